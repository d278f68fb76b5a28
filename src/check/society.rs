//! Is the society listed, and in this group? (附件3)
//!
//! What it finds: a name that is neither listed nor an alias (never guessed, the nearest are offered); a group
//! that is not the list's. The list's group counts.

use super::{Family, Subject, identity};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Finding};
use crate::form::Field;
use crate::roster::{Roster, group_number};

pub const FAMILY: Family = Family {
    codes: &[&UNKNOWN, &WRONG_GROUP],
    check,
    reads_table: false,
};

static UNKNOWN: Code = Code::error(
    "E101",
    "society-unknown",
    "学会名称不在名单中",
    "如系同一学会，请在“学会名单”别名栏补上，或在“处理登记”中填“视同别名”，再运行一次；否则请用该学会空白表重填",
    Explained {
        means: "表上的学会名称在学会名单里没有，也不是登记过的别名，或者没有填。差一个字也不算相同，\
            程序只提示最接近的几个，不替人认。",
        basis: "2018年附件3（创建试点学会名单）；不猜名称是本工具约定。",
        example: "第1组/中国能源研究会.xlsx › 评价表!B3：学会名称填“某某学会”，名单中没有。",
        remedy: "与名单里的是同一个学会的，按提示在“学会名单”的别名栏补上这个写法，或在“处理登记”填“视同别名”，再运行；只是写错的，请\
            评价人改正重报，旧表在“处理登记”填“不计入”。名单里本来没有的学会，要先补进名单，再发给它的空\
            白表。",
    },
);
static WRONG_GROUP: Code = Code::warning(
    "E102",
    "wrong-group",
    "对口分组与名单不一致",
    "按名单的分组计，请核实",
    Explained {
        means: "表上“对口分组”一栏或表单编号中的组号，与学会名单里该学会所在的组不同。汇总进哪个组\
            以名单为准。",
        basis: "2018年附件3（对口分组联系名单）；以名单为准是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!E3：对口分组填“第2组”，名单中该学会属于第1组。",
        remedy: "看是评价人改错了，还是名单后来调整过。名单对的不用管；名单错的，改正学会名单后重\
            新运行。",
    },
);

/// The rows that would settle it, were the nearest society the one that is meant.
fn row_to_add(roster: &Roster, written: &str, meant: usize) -> String {
    let society = &roster.societies[meant];
    let (name, written) = (&society.name, quote(written));
    let place = if society.row > 0 {
        format!("第{}行（{name}）", society.row)
    } else {
        format!("“{name}”一行")
    };
    format!(
        "如系“{name}”，请在“学会名单”{place}的别名栏补上{written}，或在“处理登记”加一行：文件或学会{written}、处理“视同别名”、对应学会“{name}”，再运行一次；否则请用该学会空白表重填"
    )
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let roster = &subject.ground.roster;
    let written = subject.form.text(Field::Society);
    let is_known = subject.named.is_some();
    if !is_known && (!written.is_empty() || subject.society.is_none()) {
        let nearest = roster.nearest(written);
        let by_id = subject
            .society
            .map(|society| &roster.societies[society].name);
        let hint = if let Some(by_id) = by_id {
            format!("，表单编号中的是“{by_id}”")
        } else if nearest.is_empty() {
            String::new()
        } else {
            format!("，最接近“{}”", nearest.join("”“"))
        };
        let message = if let ("", Some(id)) = (written, &subject.form.id) {
            format!(
                "学会名称未填，表单编号中的{}不在名单中",
                quote(&id.value.society)
            )
        } else if written.is_empty() {
            "学会名称未填，也没有表单编号".to_owned()
        } else {
            format!("学会名称填{}，名单中没有{hint}", quote(written))
        };
        let finding = subject
            .finding(&UNKNOWN, subject.form.cell(Field::Society), message)
            .found(written)
            .allowed(nearest.join("、"));
        let meant = subject
            .society
            .or_else(|| nearest.first().and_then(|name| roster.society_named(name)));
        findings.push(match meant.filter(|_| !written.is_empty()) {
            Some(meant) => finding.next(row_to_add(roster, written, meant)),
            None => finding,
        });
    }
    // A copied form brings the group of the other society along; that is said already.
    let is_copy = findings
        .iter()
        .any(|finding| finding.code() == &identity::CONTRADICTION);
    let Some(society) = subject.society.filter(|_| !is_copy) else {
        return;
    };
    let group = roster.group_of(&roster.societies[society]);
    let is_listed = |text: &str| group_number(text) == Some(group.number);
    let field = subject.form.text(Field::Group);
    let by_id = subject
        .form
        .id
        .as_ref()
        .map(|id| (id.value.group.as_str(), id.cell));
    let wrong = match by_id {
        _ if !field.is_empty() && !is_listed(field) => {
            Some((field, subject.form.cell(Field::Group), "对口分组填"))
        }
        Some((text, cell)) if !is_listed(text) => Some((text, Some(cell), "表单编号中的分组是")),
        _ => None,
    };
    if let Some((text, cell, what)) = wrong {
        let message = format!("{what}{}，名单中该学会属于{}", quote(text), group.label());
        findings.push(
            subject
                .finding(&WRONG_GROUP, cell, message)
                .found(text)
                .allowed(group.label()),
        );
    }
}
