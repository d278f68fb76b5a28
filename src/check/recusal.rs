//! 回避 (办法7.4): a reviewer does not score a society they belong to, nor one listed as their conflict.
//!
//! What it finds: the unit is the society itself or an organ of it (after folding, through aliases); a conflict
//! declared in the list of reviewers; 有无应回避情形 ticked 有. The form is shown, struck out, and never counted.
//! What is not plain is a question for the clerk: the form waits, or counts provisionally, until it is answered.

mod fact;

use super::answer::{self, Answer};
use super::who::Who;
use super::{Family, Subject};
use crate::finding::{Code, Explained, Fact, Finding};
use crate::form::{Field, Form, Spot};
use crate::ground::Ground;
use crate::model::SocietyId;
use crate::register::{Ruling, Treatment};
use crate::roster::Bond;
use fact::Recusal;

pub const FAMILY: Family = Family {
    codes: &[&RECUSED, &UNCLEAR, &BRANCH, &NEAR, &BY_NAME],
    check,
    reads_table: false,
};

pub static RECUSED: Code = Code::error(
    "R201",
    "recused",
    "评价人应当回避",
    "单位或回避情形填错了的，请评价人更正后重报",
    Explained {
        means: "查出下列情形之一：评价人的单位就是被评的学会；评价人名单注明他须回避这个学会；他自\
            己在“有无应回避情形”填了“有”。比较单位时，去掉“党委”“秘书处”“办公室”等机构名称（写在括号里的\
            也去掉），并认别名；一格里写了几个单位的，逐个比较。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；比较时去掉哪些后缀是本工具约定（方案\
            中的 units.suffixes）。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位“中国地质学会党委”就是被评的“中国\
            地质学会”，应当回避（办法7.4）。",
        remedy: "请该组另请一位不需回避的评价人评这个学会。这份表照样列在汇总里并划线，不计入，可\
            以留着。单位填错或误选“有”的，请评价人更正，评价日期写更正当天再重报。",
    },
);
static UNCLEAR: Code = Code::error(
    "R202",
    "recusal-unclear",
    "有无应回避情形填写不明",
    "请向评价人核实；没有应回避情形的，在“处理登记”填“无须回避”",
    Explained {
        means: "“有无应回避情形”填的既不是明白的“无”，也不是“有”（如“待定”“无，但曾任副理事长”，或两个都勾了）。\
            填“否”“没有”“/”“—”都当作“无”；空着的另行提示。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；填写不明的先不计分是本工具约定。",
        example: "第4组/中国自动化学会.xlsx › 评价表!M5：有无应回避情形填“？”，应填“无”或“有”。",
        remedy: "问评价人本人。应当回避的，请他改填“有”重报，并另请他人评价；没有的，请他改填“无”重报，或在“处理\
            登记”对这一份填“无须回避”，写明依据。",
    },
);
static BRANCH: Code = Code::error(
    "R203",
    "recusal-branch",
    "评价人单位是被评学会的分支机构，或评价人在被评学会任职",
    "请核实是否应当回避；确实不必的，在“处理登记”填“无须回避”并写明依据",
    Explained {
        means: "评价人的单位一栏写着被评学会的名称，后面是分会、专业委员会、理事之类。学会的分支机构和理事算不算“该学\
            会的人”，要由人来定，定之前这份表不计分。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；先不计分是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位“中国地质学会青年工作委员会”像是被评的“中国地质学会”的分支机构或任职。",
        remedy: "问清评价人与该学会的关系。应当回避的，在“处理登记”填“不计入”，另请他人评价；不必回避的，填“无须回\
            避”，写明依据、处理人和日期，再运行一次。",
    },
);
static NEAR: Code = Code::warning(
    "R204",
    "recusal-near",
    "评价人单位含有被评学会的名称",
    "请核实是否应当回避；不必回避的，在“处理登记”填“无须回避”",
    Explained {
        means: "评价人的单位一栏里有被评学会的名称，又不就是这个学会或它的机构（如挂靠单位，或少写了“中国”二字）。表先照常\
            计分，但在核实之前只是暂计，不能出正式稿。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；先照常计分是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位“中国地质学会挂靠单位”含有被评的“中国地质学会”，是否应当回避。",
        remedy: "问清评价人的单位。就是被评学会的，请另请他人评价，这份表在“处理登记”填“不计入”；不是的，填“无须回避”，\
            写明依据、处理人和日期。",
    },
);
static BY_NAME: Code = Code::error(
    "R205",
    "conflict-by-name",
    "评价人与名单中须回避的人同名，单位写得不同",
    "请核实是否同一人；不是的，在“处理登记”填“不是同一人”",
    Explained {
        means: "评价人名单注明某人须回避这个学会，这份表的评价人与他同名，而单位写得不一样。可能就是他换了单位的写法，也可能\
            只是同名，定之前这份表不计分。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；先不计分是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!B4：评价人“评价人乙”（某大学）与评价人名单中须回避“中国地质学会”的人同名，单位不同。",
        remedy: "核实是不是同一个人。是的，请另请他人评价，这份表在“处理登记”填“不计入”；不是的，填“不是同一人”，写明依据、\
            处理人和日期。",
    },
);

/// What is not plain about whether a reviewer may score this society.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    Branch,
    Near,
    Namesake,
    Unclear,
    Unsaid,
}

impl Question {
    /// The rulings that answer it.
    pub(super) const fn answers(self) -> &'static [Treatment] {
        match self {
            Self::Namesake => &[Treatment::NotSame],
            Self::Branch | Self::Near | Self::Unclear | Self::Unsaid => &[Treatment::MayScore],
        }
    }

    /// Whether a ruling answers it. That nothing was said is answered for many at once; what a form says of its reviewer is
    /// looked into form by form.
    pub(super) fn is_answered_by(self, ruling: &Ruling) -> bool {
        self.answers().contains(&ruling.treatment) && (self == Self::Unsaid || !ruling.is_wide())
    }
}

/// All that is not plain, whatever has been ruled about it.
pub(super) fn questions(
    ground: &Ground,
    form: &Form,
    who: &Who<'_>,
    society: Option<SocietyId>,
) -> Vec<Question> {
    if !ground.scheme.asks.recusal {
        return Vec::new();
    }
    let mut questions = Vec::new();
    if let Some(society) = society.filter(|_| !form.text(Field::Unit).is_empty()) {
        match who.bond {
            Some(Bond::Branch) => questions.push(Question::Branch),
            Some(Bond::Near) => questions.push(Question::Near),
            Some(Bond::Own | Bond::Nobody | Bond::Unattached | Bond::Free) | None => {}
        }
        let bears_name = ground
            .roster
            .reviewers_called(&who.person.name)
            .any(|listed| listed.conflicts.contains(&society));
        if bears_name && !who.is_conflict(society) {
            questions.push(Question::Namesake);
        }
    }
    questions.extend(of_declaration(form));
    questions
}

/// What is not plain in what was declared.
fn of_declaration(form: &Form) -> Option<Question> {
    match answer::recusal(form.text(Field::Recusal)) {
        Answer::Unclear => Some(Question::Unclear),
        Answer::Unsaid if !form.rows.is_empty() => Some(Question::Unsaid),
        Answer::Unsaid | Answer::Yes | Answer::No => None,
    }
}

/// The questions that nobody has answered.
fn unanswered(subject: &Subject<'_>) -> impl Iterator<Item = Question> {
    questions(subject.ground, subject.form, &subject.who, subject.society)
        .into_iter()
        .filter(|question| is_open(subject, *question))
}

/// Whether nobody has answered a question.
fn is_open(subject: &Subject<'_>, question: Question) -> bool {
    !subject.is_ruled(|ruling| question.is_answered_by(ruling))
}

/// Whether nothing was declared: the form counts, and its doubt is said once for all forms, when all are there.
pub(super) fn is_unsaid(subject: &Subject<'_>) -> bool {
    subject.ground.scheme.asks.recusal
        && of_declaration(subject.form) == Some(Question::Unsaid)
        && is_open(subject, Question::Unsaid)
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.ground.scheme.asks.recusal {
        return;
    }
    let form = subject.form;
    let text = |field| form.text(field).to_owned();
    let unit = form.text(Field::Unit);
    let mut find = |fact: Recusal| {
        let cell = match fact.spots(subject.ground).first() {
            Some(Spot::Field(field)) => form.cell(*field),
            _ => None,
        };
        findings.push(subject.found(cell, fact));
    };
    if let Some(society) = subject.society.filter(|_| !unit.is_empty()) {
        if subject.who.bond == Some(Bond::Own) {
            find(Recusal::Own {
                unit: text(Field::Unit),
                society,
            });
        } else if subject.who.is_conflict(society) {
            find(Recusal::Declared {
                reviewer: text(Field::Reviewer),
                unit: text(Field::Unit),
                society,
            });
        }
    }
    let written = text(Field::Recusal);
    if answer::recusal(&written) == Answer::Yes {
        find(Recusal::Ticked { written });
    }
    for question in unanswered(subject) {
        let (unit, society) = (text(Field::Unit), subject.society);
        let fact = match question {
            Question::Branch => society.map(|society| Recusal::Branch { unit, society }),
            Question::Near => society.map(|society| Recusal::Near { unit, society }),
            Question::Namesake => society.map(|society| Recusal::Namesake {
                reviewer: text(Field::Reviewer),
                unit,
                society,
            }),
            Question::Unclear => Some(Recusal::Unclear {
                written: text(Field::Recusal),
            }),
            Question::Unsaid => None,
        };
        if let Some(fact) = fact {
            find(fact);
        }
    }
}
