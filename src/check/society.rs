//! Is the society listed, and in this group? (附件3)
//!
//! What it finds: a name that is neither listed nor an alias (never guessed, the nearest are offered); a group
//! that is not the list's. The list's group counts.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Bearing, Code, Explained, Fact, Finding, Named, Reader};
use crate::form::{Field, Spot};
use crate::ground::Ground;
use crate::model::SocietyId;
use crate::register::Treatment;
use crate::roster::{group_number, nearest};

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
    "以名单的分组为准，请核实",
    Explained {
        means: "表上“对口分组”一栏或表单编号中的组号，与学会名单里该学会所在的组不同。汇总进哪个组\
            以名单为准。",
        basis: "2018年附件3（对口分组联系名单）；以名单为准是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!E3：对口分组填“第2组”，名单中该学会属于第1组。",
        remedy: "看是评价人改错了，还是名单后来调整过。名单对的不用管；名单错的，改正学会名单后重\
            新运行。",
    },
);

/// A society or group that is not the lists'.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Society {
    Unknown {
        /// 学会名称, as written.
        written: String,
        /// The society in the form's id, where nothing else is written.
        by_id: Option<String>,
        /// Whom the form is about all the same (an index).
        #[serde(skip)]
        society: Option<SocietyId>,
        nearest: Vec<Named>,
        /// Leads of groups that are as near and not listed.
        #[serde(skip)]
        leads: Vec<String>,
    },
    WrongGroup {
        written: String,
        /// The group is the id's, not the field's.
        in_id: bool,
        listed: String,
    },
}

impl Society {
    /// Whom it could be: a guess, to be offered and never taken.
    fn meant(&self) -> Option<SocietyId> {
        match self {
            Self::Unknown {
                society, nearest, ..
            } => society.or_else(|| Some(nearest.first()?.society)),
            Self::WrongGroup { .. } => None,
        }
    }
}

impl Fact for Society {
    fn code(&self) -> &'static Code {
        match self {
            Self::Unknown { .. } => &UNKNOWN,
            Self::WrongGroup { .. } => &WRONG_GROUP,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Unknown {
                written,
                by_id,
                society,
                nearest,
                leads,
            } => match (written.as_str(), by_id, society) {
                ("", Some(by_id), _) => {
                    format!(
                        "{}名称未填，表单编号中的{}不在名单中",
                        to.object(),
                        quote(by_id)
                    )
                }
                ("", None, _) => to.words("学会名称未填，也没有表单编号"),
                (written, _, Some(society)) => format!(
                    "{}名称填{}，名单中没有，表单编号中的是“{}”",
                    to.object(),
                    quote(written),
                    to.society(*society)
                ),
                (written, _, None) => format!(
                    "{}名称填{}，名单中没有{}",
                    to.object(),
                    quote(written),
                    to.words(&nearest::said(
                        &to.known(nearest),
                        leads,
                        nearest::UNLISTED_LEAD
                    ))
                ),
            },
            Self::WrongGroup {
                written,
                in_id,
                listed,
            } => {
                let what = if *in_id {
                    "表单编号中的分组是"
                } else {
                    "对口分组填"
                };
                format!(
                    "{what}{}，名单中该{}属于{listed}",
                    quote(written),
                    to.object()
                )
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Unknown { written, .. } | Self::WrongGroup { written, .. } => written.clone(),
        }
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Unknown { nearest, .. } => to.known(nearest).join("、"),
            Self::WrongGroup { listed, .. } => listed.clone(),
        }
    }

    /// The rows that would settle it, were the nearest society the one that is meant.
    fn next(&self, to: &Reader<'_>) -> String {
        let meant = self.meant();
        let (Self::Unknown { written, .. }, Some(meant)) = (self, meant) else {
            return to.words(self.code().next);
        };
        if written.is_empty() {
            return to.words(self.code().next);
        }
        let object = to.object();
        let row = to.ground.roster.societies[meant].row;
        let (name, written) = (to.society(meant), quote(written));
        let place = if row > 0 {
            format!("第{row}行（{name}）")
        } else {
            format!("“{name}”一行")
        };
        format!(
            "如系“{name}”，请在“{object}名单”{place}的别名栏补上{written}，或在“处理登记”加一行：文件或{object}{written}、处理“视同别名”、对应{object}“{name}”，再运行一次；否则请用该{object}空白表重填"
        )
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(match self {
            Self::Unknown { .. } => Field::Society,
            Self::WrongGroup { .. } => Field::Group,
        })]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        Some(match self {
            Self::Unknown {
                written,
                society: Some(society),
                ..
            } => Advice::new(format!(
                "名单里没有这个名称，退回件已按表单编号改为“{}”。{}",
                to.society(*society),
                to.words("如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。")
            ))
            .found(shown(written)),
            Self::Unknown {
                written,
                nearest,
                leads,
                ..
            } => {
                let what = if written.is_empty() {
                    to.words("没有填学会名称，也看不出评的是哪个学会")
                } else {
                    to.words("名单里没有这个学会")
                };
                // What to do otherwise stands once, below the points.
                let mut advice = Advice::new(format!("{what}。"));
                if !nearest.is_empty() {
                    let nearest = to.known(nearest).join("”或“");
                    advice.fix =
                        format!("{what}。是不是“{nearest}”？如是，请在回信中确认，不用重填。");
                    advice.asks = true;
                } else if !leads.is_empty() {
                    let leads = leads.join("”和“");
                    advice.fix = to.words(&format!(
                        "{what}。相近的“{leads}”是牵头联系单位，不在参评名单中，请核对评的是哪个学会。"
                    ));
                }
                advice.found(shown(written))
            }
            Self::WrongGroup {
                written, listed, ..
            } => Advice::new(format!(
                "与名单不一致。退回件已按名单改为{listed}，不用再改；如有不同意见请在回信中说明。"
            ))
            .found(shown(written))
            .allowed(listed.clone()),
        })
    }

    fn treatments(&self) -> &'static [Treatment] {
        match self {
            Self::Unknown { .. } => &[Treatment::Alias],
            Self::WrongGroup { .. } => &[],
        }
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let roster = &subject.ground.roster;
    let form = subject.form;
    let written = form.text(Field::Society);
    let is_known = subject.named.is_some();
    if !is_known && (!written.is_empty() || subject.society.is_none()) {
        let nearest = roster.nearest(written);
        let fact = Society::Unknown {
            written: written.to_owned(),
            by_id: form.id.as_ref().map(|id| id.value.society.clone()),
            society: subject.society,
            nearest: nearest
                .societies
                .into_iter()
                .map(|society| Named::of(subject.ground, society))
                .collect(),
            leads: nearest.leads,
        };
        findings.push(subject.found(form.cell(Field::Society), fact));
    }
    // A copied form brings the group of the other society along; that is said already.
    let is_copy = findings
        .iter()
        .any(|finding| finding.bearing() == Bearing::Contradicts);
    let Some(society) = subject.society.filter(|_| !is_copy) else {
        return;
    };
    if !subject.ground.scheme.asks.groups {
        return;
    }
    let group = roster.group_of(&roster.societies[society]);
    let is_listed = |text: &str| group_number(text) == Some(group.number);
    let field = form.text(Field::Group);
    let by_id = form
        .id
        .as_ref()
        .map(|id| (id.value.group.as_str(), id.cell));
    let wrong = match by_id {
        _ if !field.is_empty() && !is_listed(field) => {
            Some((field, form.cell(Field::Group), false))
        }
        Some((text, cell)) if !is_listed(text) => Some((text, Some(cell), true)),
        _ => None,
    };
    if let Some((written, cell, in_id)) = wrong {
        let fact = Society::WrongGroup {
            written: written.to_owned(),
            in_id,
            listed: group.label(),
        };
        findings.push(subject.found(cell, fact));
    }
}
