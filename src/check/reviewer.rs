//! Who scored, and may they? (办法7.4: members of the evaluation group must be CPC members.)
//!
//! What it finds: no name, no unit, no statement of membership, not a member; a person the list does not have;
//! a unit nobody knows.

use serde::Serialize;

use super::answer::{self, Answer};
use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Field, Form, Spot};
use crate::ground::Ground;
use crate::model::fold;
use crate::roster::Bond;
use crate::scheme::Basis;

pub const FAMILY: Family = Family {
    codes: &[
        &REVIEWER_MISSING,
        &UNIT_MISSING,
        &MEMBERSHIP_MISSING,
        &NOT_A_MEMBER,
        &UNLISTED,
        &UNIT_UNKNOWN,
        &UNATTACHED,
        &CANDIDATE,
        &OTHER_GROUP,
        &CLASS_MISSING,
    ],
    check,
    reads_table: false,
};

static REVIEWER_MISSING: Code = Code::error(
    "R101",
    "reviewer-missing",
    "评价人未填",
    "请补填后重报",
    Explained {
        means: "表上没有写是谁评的。不知道评价人，就查不了是否中共党员、该不该回避，也分不清是不是\
            同一人的两份表。",
        basis: "2018年办法7.4（评价人的资格和回避）；未填不计分是本工具约定。",
        example: "第2组/中华口腔医学会.xlsx › 评价表!B4：评价人未填。",
        remedy: "请评价人在退回件上填上姓名后重报，自动取代旧表。另填一份的，旧表没有姓名、对不上人，\
            请对旧表在“处理登记”填“不计入”。",
    },
);
static UNIT_MISSING: Code = Code::error(
    "R102",
    "unit-missing",
    "评价人单位未填，无法判断是否应回避",
    "请补填后重报",
    Explained {
        means: "表上没有写评价人的单位，程序无法核对他是不是被评学会的人。",
        basis: "2018年办法7.4（评价人与被评价学会实行回避）；未填不计分是本工具约定。",
        example: "第2组/中华口腔医学会.xlsx › 评价表!E4：评价人单位未填，无法判断是否应回避。",
        remedy: "请评价人在退回件上写明单位全称后重报，自动取代旧表。另填一份的，旧表没有单位、对不上\
            人，请对旧表在“处理登记”填“不计入”。",
    },
);
static CLASS_MISSING: Code = Code::error(
    "R110",
    "reviewer-class-missing",
    "没有填明评价人类别",
    "请从列表中选择后重报",
    Explained {
        means: "评价方案把评价人分成几类，各占权重，这份表没有写明评价人属于哪一类，写的不是方案中的类别，或者与评价人名单不一\
            致。不知道类别，就不知道这份表该占多少。",
        basis: "本工具约定：类别须写明；各类的权重由评价方案定。",
        example: "部门甲.csv › 评价表!E5：评价人类别填“领导”，应填上级、同级。",
        remedy: "请评价人在退回件上从列表中选择类别，评价日期写更正当天再重报。名单写错的，改正评价人名单后重新运行。",
    },
);
static MEMBERSHIP_MISSING: Code = Code::error(
    "R103",
    "membership-missing",
    "没有填明是否中共党员",
    "请填“是”或“否”后重报",
    Explained {
        means: "“是否中共党员”一栏空着，或填的看不出是与否（如“预备”）。评价人必须是党员，没有填明\
            就不能计分，程序不按名单代填。",
        basis: "2018年办法7.4（评价小组人员必须为中共党员）；未填明不计分是本工具约定。",
        example: "第2组/中华口腔医学会.xlsx › 评价表!M4：没有填明是否中共党员。",
        remedy: "请评价人在这一栏填“是”或“否”，评价日期写补填当天再重报，旧表可以留着。",
    },
);
static NOT_A_MEMBER: Code = Code::error(
    "R104",
    "not-a-member",
    "评价人不是中共党员",
    "请另请党员评价人评价",
    Explained {
        means: "表上“是否中共党员”填的是“否”，或表上填“是”而评价人名单登记为“否”。非党员的评价不计\
            分。",
        basis: "2018年办法7.4（评价小组人员必须为中共党员）。",
        example: "第5组/中国感光学会.xlsx › 评价表!M4：评价人不是中共党员（办法7.4）。",
        remedy: "先核实：表填错的，请评价人更正，评价日期写更正当天再重报；名单错的，改正名单后重\
            新运行。确实不是党员的，请该组另请党员评价，这份表在“处理登记”填“不计入”。",
    },
);
static UNLISTED: Code = Code::warning(
    "R105",
    "reviewer-unlisted",
    "评价人不在评价人名单中",
    "请核实身份，确属评价人的请在“评价人名单”加一行",
    Explained {
        means: "使用了评价人名单，但表上的姓名和单位在名单里找不到这个人。姓名、单位要同时对上；单\
            位后面的“党委”“秘书处”等不影响。",
        basis: "2018年办法7.3、7.4（评价小组人员由科技社团党委组建）；先照有效计是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!B4：评价人“评价人丙”（中国标准化协会党委）不在\
            评价人名单中。",
        remedy: "核实这个人是不是评价人：是的，按提示在评价人名单加一行（或改正名单、表上的写法）后重新运行；\
            不是的，在“处理登记”填“不计入”。",
    },
);
static UNIT_UNKNOWN: Code = Code::note(
    "R106",
    "unit-unknown",
    "评价人单位不在名单和成员单位中",
    "请留意单位名称是否写全",
    Explained {
        means: "评价人的单位既不是方案里列出的评价小组成员单位，也不是名单里的学会、牵头单位或评价\
            人单位。单位写得不全，回避就可能查不出来。",
        basis: "2018年通知一、3（成员单位）和办法7.4（也可由相关学会党组织人员组成）；成员单位列在\
            方案中的 units.members。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位“某大学”不在名单和成员单位中。",
        remedy: "看单位名称是否写全、有没有写错。是名单中某学会的简称的，在“学会名单”的别名栏补上\
            后重新运行；确属别的单位的，不用管。",
    },
);

static UNATTACHED: Code = Code::warning(
    "R107",
    "unit-unattached",
    "评价人没有写单位，写的是退休、独立专家之类",
    "请核实他与被评学会有无关系",
    Explained {
        means: "“评价人单位”填的是“退休”“独立专家”之类。程序无法核对他是不是被评学会的人，退休前的单位也可能就是被\
            评学会。",
        basis: "2018年办法7.4（评价人与被评价学会实行回避）；照常计分、请人核实是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!E4：评价人单位填“退休”，无法核对是否应当回避。",
        remedy: "问清评价人原来的单位和现在的关系。没有应回避情形的不用改；应当回避的，在“处理登记”对这份填“不计入”，\
            另请他人评价。",
    },
);
static CANDIDATE: Code = Code::warning(
    "R108",
    "member-candidate",
    "评价人是预备党员",
    "请核实预备党员可否担任评价人",
    Explained {
        means: "“是否中共党员”填的是“预备党员”。办法只说评价人必须为中共党员，预备党员算不算，由组织单位定。",
        basis: "2018年办法7.4（评价小组人员必须为中共党员）；照常计分、请人核实是本工具约定。",
        example: "第5组/中国感光学会.xlsx › 评价表!M4：是否中共党员填“预备党员”。",
        remedy: "请组织单位定。不能担任评价人的，在“处理登记”对这份填“不计入”，另请党员评价。",
    },
);
static OTHER_GROUP: Code = Code::warning(
    "R109",
    "reviewer-of-another-group",
    "评价人在名单中属于另一组",
    "请核实是否请他评了这一组的学会",
    Explained {
        means: "评价人名单里，这位评价人登记在另一组，他却评了这一组的学会。可能是临时调整，也可能填错了学会。",
        basis: "2018年办法7.3、附件3（分组评价）；照常计分、请人核实是本工具约定。",
        example: "第1组/中国地质学会.xlsx › 评价表!B4：评价人“评价人丁”在评价人名单中属于第2组，不是第1组。",
        remedy: "核实是否请他评了这个学会。确实请了的，在评价人名单给他加一行写上这一组；填错学会的，请他更正后重报。",
    },
);

/// 是否中共党员, as far as it is said.
#[must_use]
pub fn member(form: &Form) -> Option<bool> {
    match answer::member(form.text(Field::Member)) {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Unsaid | Answer::Unclear => None,
    }
}

/// 评价人类别 (an index), as the form says it, else as the list does.
#[must_use]
pub fn class(ground: &Ground, form: &Form) -> Option<usize> {
    let written = fold(form.text(Field::Class));
    if written.is_empty() {
        let (name, unit) = (form.text(Field::Reviewer), form.text(Field::Unit));
        return ground
            .roster
            .reviewer_named(name, unit, None)
            .and_then(|(_, listed)| listed.class);
    }
    let mut classes = ground.scheme.reviewer_classes.iter();
    classes.position(|class| fold(&class.name) == written)
}

/// A form that does not say what it weighs, or not as the list does.
#[derive(Debug, Serialize)]
struct Unclassed {
    written: String,
    /// What the list says, where that is another class.
    listed: Option<String>,
}

impl Fact for Unclassed {
    fn code(&self) -> &'static Code {
        &CLASS_MISSING
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match &self.listed {
            Some(listed) => format!(
                "评价人类别填{}，评价人名单中是“{listed}”",
                to.quote(&self.written)
            ),
            None if self.written.is_empty() => {
                format!("评价人类别没有填，应填{}", self.allowed(to))
            }
            None => format!(
                "评价人类别填{}，应填{}",
                to.quote(&self.written),
                self.allowed(to)
            ),
        }
    }

    fn found(&self, to: &Reader<'_>) -> String {
        to.written(&self.written)
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        let classes = to.ground.scheme.reviewer_classes.iter();
        let names: Vec<&str> = classes.map(|class| class.name.as_str()).collect();
        names.join("、")
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(Field::Class)]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = "看不出评价人属于哪一类。请从列表中选择。";
        Some(
            Advice::new(fix)
                .found(to.shown(&self.written))
                .allowed(self.allowed(to)),
        )
    }
}

fn check_class(subject: &Subject<'_>, listed: Option<usize>, findings: &mut Vec<Finding>) {
    let classes = &subject.ground.scheme.reviewer_classes;
    if classes.is_empty() {
        return;
    }
    let own = class(subject.ground, subject.form);
    let contradicts = listed.filter(|listed| own.is_some_and(|own| own != *listed));
    if own.is_none() || contradicts.is_some() {
        let fact = Unclassed {
            written: subject.form.text(Field::Class).to_owned(),
            listed: contradicts.map(|class| classes[class].name.clone()),
        };
        findings.push(subject.found(subject.form.cell(Field::Class), fact));
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    let asks = subject.ground.scheme.asks;
    let (name, unit) = (form.text(Field::Reviewer), form.text(Field::Unit));
    if name.is_empty() {
        findings.push(subject.finding(
            &REVIEWER_MISSING,
            form.cell(Field::Reviewer),
            REVIEWER_MISSING.states,
        ));
    }
    let roster = &subject.ground.roster;
    let at = form.cell(Field::Unit);
    if !asks.recusal {
        // Whose unit it is decides nothing then.
    } else if unit.is_empty() {
        findings.push(subject.finding(&UNIT_MISSING, at, UNIT_MISSING.states));
    } else if roster.names_nobody(unit) {
        let message = format!(
            "评价人单位填{}，看不出是哪个单位，无法判断是否应回避",
            quote(unit)
        );
        findings.push(subject.finding(&UNIT_MISSING, at, message).found(unit));
    }
    let group = roster.group_at(subject.society);
    let listed = roster
        .reviewer_named(name, unit, group)
        .map(|(_, reviewer)| reviewer);
    check_membership(
        subject,
        listed.and_then(|reviewer| reviewer.member),
        findings,
    );
    check_class(
        subject,
        listed.and_then(|reviewer| reviewer.class),
        findings,
    );
    if name.is_empty() || asks.recusal && (unit.is_empty() || roster.names_nobody(unit)) {
        return;
    }
    if let (Some(own), Some(asked)) = (group, listed.and_then(|reviewer| reviewer.group))
        && own != asked
    {
        let message = format!(
            "评价人{}在评价人名单中属于{}，不是{}",
            quote(name),
            roster.groups[asked].label(),
            roster.groups[own].label()
        );
        findings.push(
            subject
                .finding(&OTHER_GROUP, form.cell(Field::Reviewer), message)
                .found(name),
        );
    }
    if asks.recusal
        && subject
            .society
            .is_some_and(|society| roster.bond(unit, society) == Bond::Unattached)
    {
        let message = format!("评价人单位填{}，无法核对是否应当回避", quote(unit));
        findings.push(subject.finding(&UNATTACHED, at, message).found(unit));
        return;
    }
    if listed.is_none() && !roster.reviewers.is_empty() {
        let message = format!("评价人{}（{unit}）不在评价人名单中", quote(name));
        // Whose name is near is the group's own matter.
        let nearest = roster.nearest_reviewers(name, group);
        let hint = if nearest.is_empty() {
            String::new()
        } else {
            let near: Vec<String> = nearest
                .iter()
                .map(|one| format!("{}（{}）", one.name, one.unit))
                .collect();
            format!(
                "；名单中最接近的是{}，如系同一人，请统一写法",
                near.join("、")
            )
        };
        let next = format!(
            "请核实身份，确属评价人的请在“评价人名单”加一行：姓名{}、单位{}{hint}",
            quote(name),
            quote(unit)
        );
        findings.push(
            subject
                .finding(&UNLISTED, form.cell(Field::Reviewer), message)
                .found(name)
                .next(next),
        );
    }
    if asks.recusal && !roster.knows_unit(unit) {
        let nearest = roster.nearest(unit);
        let hint = if nearest.is_empty() {
            String::new()
        } else {
            format!("，最接近“{}”", nearest.join("”“"))
        };
        let message = format!("评价人单位{}不在名单和成员单位中{hint}", quote(unit));
        findings.push(
            subject
                .finding(&UNIT_UNKNOWN, form.cell(Field::Unit), message)
                .found(unit),
        );
    }
}

fn check_membership(subject: &Subject<'_>, listed: Option<bool>, findings: &mut Vec<Finding>) {
    if !subject.ground.scheme.asks.membership {
        return;
    }
    let cell = subject.form.cell(Field::Member);
    let written = subject.form.text(Field::Member);
    let basis = Basis::cite(subject.ground.scheme.basis.membership.as_deref());
    let finding = match (member(subject.form), listed) {
        (None, _) if written.is_empty() => {
            subject.finding(&MEMBERSHIP_MISSING, cell, MEMBERSHIP_MISSING.states)
        }
        (None, _) => {
            let message = format!("是否中共党员填{}，应填“是”或“否”", quote(written));
            subject.finding(&MEMBERSHIP_MISSING, cell, message)
        }
        (Some(false), _) => subject.finding(
            &NOT_A_MEMBER,
            cell,
            format!("{}{basis}", NOT_A_MEMBER.states),
        ),
        (Some(true), Some(false)) => subject.finding(
            &NOT_A_MEMBER,
            cell,
            format!("表上填的是中共党员，评价人名单中却不是{basis}"),
        ),
        (Some(true), _) if answer::is_candidate(written) => {
            let message = format!("是否中共党员填{}", quote(written));
            subject.finding(&CANDIDATE, cell, message)
        }
        (Some(true), _) => return,
    };
    findings.push(finding.found(written).allowed("是"));
}
