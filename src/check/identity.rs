//! Whom is it about? Copying last society's form and renaming it is the commonest abuse.
//!
//! What it finds: the form id, 学会名称 and, where it holds the full name of another listed society, the file
//! name contradict one another. The form is held and supersedes nothing.

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Finding};
use crate::form::{Field, Form};
use crate::ground::Ground;
use crate::model::fold;

pub const FAMILY: Family = Family {
    codes: &[&CONTRADICTION],
    check,
    reads_table: false,
};

pub static CONTRADICTION: Code = Code::error(
    "F103",
    "identity-contradiction",
    "表单编号、学会名称与文件名互相矛盾，疑似复制旧表",
    "暂不计分，请用该学会空白表重填",
    Explained {
        means: "程序比对表单编号、表内的学会名称和文件名里的学会，其中有两处说的不是同一个学会。最\
            常见的是把填好的表改个名字给了另一个学会，分值可能是别人的。",
        basis: "本工具约定：归属不明的表不计分，也不取代别的表。",
        example: "第1组/中国地质学会.xlsx › 评价表!B3：表内学会是“中国能源研究会”，与表单编号中的“\
            中国地质学会”不一致，疑似复制旧表。",
        remedy: "向评价人问清这份表评的是哪个学会。请他用该学会自己的空白表重填后重报，这份旧\
            表在“处理登记”填“不计入”。只是文件名写错的，改正文件名即可。",
    },
);

/// Whom the form is about: what the id says, for that cell is authoritative; without it the name. Where name and
/// file name agree against the id, a form was copied for the society they name.
#[must_use]
pub fn society(
    ground: &Ground,
    form: &Form,
    by_name: Option<usize>,
    by_file: Option<usize>,
) -> Option<usize> {
    let by_id = form
        .id
        .as_ref()
        .and_then(|id| ground.roster.society_named(&id.value.society));
    match (by_name, by_file) {
        (Some(name), Some(file)) if name == file => Some(name),
        _ => by_id.or(by_name),
    }
}

/// The one listed society whose full name a file bears.
#[must_use]
pub fn named_by_file(ground: &Ground, stem: &str) -> Option<usize> {
    match ground.roster.societies_in(stem).as_slice() {
        [society] => Some(*society),
        _ => None,
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let roster = &subject.ground.roster;
    let written = subject.form.text(Field::Society);
    let by_name = subject.named;
    let cell = subject.form.cell(Field::Society);
    if let (Some(id), Some(named)) = (&subject.form.id, by_name) {
        let by_id = roster.society_named(&id.value.society);
        if by_id != Some(named) && fold(&id.value.society) != fold(written) {
            let message = format!(
                "表内学会是{}，与表单编号中的{}不一致，疑似复制旧表",
                quote(written),
                quote(&id.value.society)
            );
            findings.push(
                subject
                    .finding(&CONTRADICTION, cell, message)
                    .found(written)
                    .allowed(id.value.society.clone()),
            );
            return;
        }
    }
    let Some(society) = by_name.or(subject.society) else {
        return;
    };
    // A workbook of several forms may be named after any of them.
    let named = roster.societies_in(subject.source.stem());
    let stem = fold(subject.source.stem());
    let is_named = subject
        .company
        .societies
        .iter()
        .chain([&society])
        .any(|one| {
            let mut aliases = roster.societies[*one].aliases();
            named.contains(one) || aliases.any(|alias| stem.contains(&fold(alias)))
        });
    if let Some(other) = named.first().filter(|_| !is_named) {
        let (own, other) = (
            &roster.societies[society].name,
            &roster.societies[*other].name,
        );
        let message = format!("表内学会是“{own}”，与文件名中的“{other}”不一致，疑似复制旧表");
        findings.push(
            subject
                .finding(&CONTRADICTION, cell, message)
                .found(own.clone())
                .allowed(other.clone()),
        );
    }
}
