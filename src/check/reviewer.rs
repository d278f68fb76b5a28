//! Who scored, and may they? (办法7.4: members of the evaluation group must be CPC members.)
//!
//! What it finds: no name, no unit, no statement of membership, not a member; a person the list does not have;
//! a unit nobody knows.

use super::{Family, Subject};
use crate::finding::text::quote;
use crate::finding::{Code, Finding};
use crate::form::{Field, Form};
use crate::model::fold;
use crate::scheme::Basis;

pub const FAMILY: Family = Family {
    codes: &[
        &REVIEWER_MISSING,
        &UNIT_MISSING,
        &MEMBERSHIP_MISSING,
        &NOT_A_MEMBER,
        &UNLISTED,
        &UNIT_UNKNOWN,
    ],
    check,
    reads_table: false,
};

static REVIEWER_MISSING: Code =
    Code::error("R101", "reviewer-missing", "评价人未填", "暂不计分，请补填后重报");
static UNIT_MISSING: Code = Code::error(
    "R102",
    "unit-missing",
    "评价人单位未填，无法判断是否应回避",
    "暂不计分，请补填后重报",
);
static MEMBERSHIP_MISSING: Code = Code::error(
    "R103",
    "membership-missing",
    "没有填明是否中共党员",
    "暂不计分，请填“是”或“否”后重报",
);
static NOT_A_MEMBER: Code = Code::error(
    "R104",
    "not-a-member",
    "评价人不是中共党员",
    "不计分，请另请党员评价人评价",
);
static UNLISTED: Code = Code::warning(
    "R105",
    "reviewer-unlisted",
    "评价人不在评价人名单中",
    "暂按有效计，请核实身份，确属评价人的请在“评价人名单”加一行",
);
static UNIT_UNKNOWN: Code = Code::note(
    "R106",
    "unit-unknown",
    "评价人单位不在名单和成员单位中",
    "请留意单位名称是否写全",
);

/// 是否中共党员, as far as it is said.
#[must_use]
pub fn member(form: &Form) -> Option<bool> {
    match fold(form.text(Field::Member)).as_str() {
        "是" | "中共党员" | "党员" | "√" | "TRUE" => Some(true),
        "否" | "不是" | "非党员" | "非中共党员" | "群众" | "×" | "FALSE" => Some(false),
        _ => None,
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    let (name, unit) = (form.text(Field::Reviewer), form.text(Field::Unit));
    if name.is_empty() {
        findings.push(subject.finding(
            &REVIEWER_MISSING,
            form.cell(Field::Reviewer),
            REVIEWER_MISSING.states,
        ));
    }
    if unit.is_empty() {
        findings.push(subject.finding(&UNIT_MISSING, form.cell(Field::Unit), UNIT_MISSING.states));
    }
    let roster = &subject.ground.roster;
    let listed = roster.reviewer_named(name, unit).map(|(_, reviewer)| reviewer);
    check_membership(subject, listed.and_then(|reviewer| reviewer.member), findings);
    if name.is_empty() || unit.is_empty() {
        return;
    }
    if listed.is_none() && !roster.reviewers.is_empty() {
        let message = format!("评价人{}（{unit}）不在评价人名单中", quote(name));
        // Whose name is near is the group's own matter.
        let group = subject.society.map(|society| roster.societies[society].group);
        let nearest = roster.nearest_reviewers(name, group);
        let hint = if nearest.is_empty() {
            String::new()
        } else {
            let near: Vec<String> =
                nearest.iter().map(|one| format!("{}（{}）", one.name, one.unit)).collect();
            format!("；名单中最接近的是{}，如系同一人，请统一写法", near.join("、"))
        };
        let next = format!(
            "暂按有效计，请核实身份，确属评价人的请在“评价人名单”加一行：姓名{}、单位{}{hint}",
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
    if !roster.knows_unit(unit) {
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
        (Some(false), _) => subject.finding(&NOT_A_MEMBER, cell, format!("{}{basis}", NOT_A_MEMBER.states)),
        (Some(true), Some(false)) => subject.finding(
            &NOT_A_MEMBER,
            cell,
            format!("表上填的是中共党员，评价人名单中却不是{basis}"),
        ),
        (Some(true), _) => return,
    };
    findings.push(finding.found(written).allowed("是"));
}
