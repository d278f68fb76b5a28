//! Who scored, and may they? (办法7.4: members of the evaluation group must be CPC members.)
//!
//! What it finds: no name, no unit, no statement of membership, not a member; a person the list does not have;
//! a unit nobody knows.

mod fact;

use super::answer::{self, Answer};
use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding, Named};
use crate::form::{Field, Form};
use crate::model::GroupId;
use crate::roster::Bond;
use fact::Reviewer;

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

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    let asks = subject.ground.scheme.asks;
    let (name, unit) = (form.text(Field::Reviewer), form.text(Field::Unit));
    let roster = &subject.ground.roster;
    let mut find = |fact: Reviewer| findings.push(subject.found(form.cell(fact.field()), fact));
    // Whose unit it is decides nothing where nobody has to stand aside.
    let names_nobody = asks.recusal && (unit.is_empty() || roster.names_nobody(unit));
    if name.is_empty() {
        find(Reviewer::NameMissing {});
    }
    if names_nobody {
        let unit = unit.to_owned();
        find(Reviewer::UnitMissing { unit });
    }
    let group = roster.group_at(subject.society);
    let listed = subject.who.listed.map(|(_, listed)| listed);
    let is_listed_member = listed.and_then(|reviewer| reviewer.member);
    if let Some(fact) = membership(form, is_listed_member).filter(|_| asks.membership) {
        find(fact);
    }
    if name.is_empty() || names_nobody {
        return;
    }
    if let (Some(own), Some(listed)) = (group, listed.and_then(|reviewer| reviewer.group))
        && own != listed
    {
        let label = |group: GroupId| roster.groups[group].label();
        find(Reviewer::OtherGroup {
            reviewer: name.to_owned(),
            listed: label(listed),
            own: label(own),
        });
    }
    let unit = unit.to_owned();
    if subject.who.bond == Some(Bond::Unattached) {
        find(Reviewer::Unattached { unit });
        return;
    }
    if listed.is_none() && !roster.reviewers.is_empty() {
        let nearest = roster.nearest_reviewers(name, group);
        find(Reviewer::Unlisted {
            reviewer: name.to_owned(),
            unit: unit.clone(),
            nearest: nearest
                .into_iter()
                .map(|one| (one.name.clone(), one.unit.clone()))
                .collect(),
        });
    }
    // What is asked about as the society itself is not named once more.
    let is_near = subject.who.bond == Some(Bond::Near);
    if asks.recusal && !is_near && !roster.knows_unit(&unit) {
        let nearest = roster.nearest(&unit);
        find(Reviewer::UnitUnknown {
            nearest: nearest
                .societies
                .into_iter()
                .map(|society| Named::of(subject.ground, society))
                .collect(),
            leads: nearest.leads,
            unit,
        });
    }
}

/// What there is to say of 是否中共党员; `listed` is what the list of reviewers says.
fn membership(form: &Form, listed: Option<bool>) -> Option<Reviewer> {
    let written = form.text(Field::Member).to_owned();
    match (member(form), listed) {
        (None, _) => Some(Reviewer::MembershipMissing { written }),
        (Some(false), _) => Some(Reviewer::NotAMember {
            written,
            by_list: false,
        }),
        (Some(true), Some(false)) => Some(Reviewer::NotAMember {
            written,
            by_list: true,
        }),
        (Some(true), _) if answer::is_candidate(&written) => Some(Reviewer::Candidate { written }),
        (Some(true), _) => None,
    }
}
