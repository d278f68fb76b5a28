//! Whom is it about? Copying last society's form and renaming it is the commonest abuse.
//!
//! What it finds: the form id, 学会名称 and, where it holds the full name of another listed society, the file
//! name contradict one another. The form is held and supersedes nothing.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Advice, Bearing, Code, Explained, Fact, Finding, Reader};
use crate::form::{Field, Form, Spot};
use crate::ground::Ground;
use crate::model::{SocietyId, fold};

pub const FAMILY: Family = Family {
    codes: &[&CONTRADICTION],
    check,
    reads_table: false,
};

static CONTRADICTION: Code = Code::error(
    "F103",
    "identity-contradiction",
    "表单编号、学会名称与文件名互相矛盾，疑似复制旧表",
    "请用该学会空白表重填",
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
    by_name: Option<SocietyId>,
    by_file: Option<SocietyId>,
) -> Option<SocietyId> {
    let by_id = form
        .id
        .as_ref()
        .and_then(|id| ground.roster.society_named(&id.value.society));
    match (by_name, by_file) {
        (Some(name), Some(file)) if name == file => Some(name),
        _ => by_id.or(by_name),
    }
}

/// Two of id, name and file name that say different societies.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Contradiction {
    ById {
        /// 学会名称, as written.
        written: String,
        /// The society in the id.
        by_id: String,
        /// Whom 学会名称 names.
        #[serde(skip)]
        named: SocietyId,
    },
    ByFile {
        #[serde(skip)]
        own: SocietyId,
        #[serde(skip)]
        other: SocietyId,
        /// The name of the society that the file is named after.
        by_file: String,
    },
}

impl Fact for Contradiction {
    fn code(&self) -> &'static Code {
        &CONTRADICTION
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::ById { written, by_id, .. } => format!(
                "表内{}是{}，与表单编号中的{}不一致，疑似复制旧表",
                to.object(),
                quote(written),
                quote(by_id)
            ),
            Self::ByFile { own, other, .. } => format!(
                "表内{}是“{}”，与文件名中的“{}”不一致，疑似复制旧表",
                to.object(),
                to.society(*own),
                to.society(*other)
            ),
        }
    }

    fn found(&self, to: &Reader<'_>) -> String {
        match self {
            Self::ById { written, .. } => written.clone(),
            Self::ByFile { own, .. } => to.society(*own),
        }
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::ById { by_id, .. } => by_id.clone(),
            Self::ByFile { other, .. } => to.society(*other),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(Field::Society)]
    }

    /// The names of other societies are nothing to show.
    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        Some(Advice::new(match self {
            Self::ById { named, .. } => format!(
                "{}退回件是“{}”的新表，分值照您填的带过来：请逐格核对后发回。{}",
                to.words("表内学会名称与表单编号不一致，像是在另一个学会的表上改了名称。"),
                to.society(*named),
                to.words("如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。")
            ),
            Self::ByFile { own, .. } => {
                let (society, object) = (to.society(*own), to.object());
                format!(
                    "表内是“{society}”，文件名上却是另一个{object}。评的是“{society}”的，请逐格核对后发回；评的是文件名上的{object}的，请不要用退回件，另用该{object}的空白表填写。"
                )
            }
        }))
    }

    fn bearing(&self) -> Bearing {
        Bearing::Contradicts
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
            let fact = Contradiction::ById {
                written: written.to_owned(),
                by_id: id.value.society.clone(),
                named,
            };
            findings.push(subject.found(cell, fact));
            return;
        }
    }
    let Some(society) = by_name.or(subject.society) else {
        return;
    };
    // A workbook of several forms may be named after any of them.
    let named = &subject.in_name;
    let stem = fold(subject.source.stem());
    let mut company = subject.company.societies.iter().chain([&society]);
    let is_named = company.any(|one| {
        let mut aliases = roster.societies[*one].aliases();
        named.contains(one) || aliases.any(|alias| stem.contains(&fold(alias)))
    });
    if let Some(other) = named.first().filter(|_| !is_named) {
        let fact = Contradiction::ByFile {
            own: society,
            other: *other,
            by_file: roster.societies[*other].name.clone(),
        };
        findings.push(subject.found(cell, fact));
    }
}
