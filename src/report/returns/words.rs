//! The words of findings that do not yet carry their own for their sender: about persons and versions.

use super::advice::Reading;
use crate::finding::{Advice, Finding, Reader, Said};
use crate::form::{Field, Spot};
use crate::rank::Standings;
use crate::scheme::Basis;

/// The codes whose words for their sender are here.
const SENDERS: &[&str] = &[
    "conflicting-versions",
    "membership-missing",
    "not-a-member",
    "recusal-branch",
    "recusal-unclear",
    "reviewer-missing",
    "reviewer-unlisted",
    "unit-missing",
    "unit-unattached",
];

/// Whether the sender of a form is told of it.
pub(super) fn is_senders(standings: &Standings<'_>, finding: &Finding) -> bool {
    let reader = Reader::clerk(standings.ground);
    finding.fact.advice(&reader).is_some() || SENDERS.contains(&finding.code().name)
}

impl Reading<'_> {
    /// Of a finding that is still a bare message.
    pub(super) fn of_prose(&self, finding: &Finding) -> (Vec<Spot>, Advice) {
        let scheme = &self.standings.ground.scheme;
        let said = finding.said(&Reader::clerk(self.standings.ground));
        let found = self.sender.found(&said.found);
        let allowed = self.sender.say(&said.allowed);
        let (field, advice) = match said.code.name {
            "reviewer-missing" => (
                Some(Field::Reviewer),
                Advice::new("请填评价人姓名。").found("（没有填）"),
            ),
            "unit-missing" => (
                Some(Field::Unit),
                Advice::new("请填评价人单位全称，以便判断是否应当回避。").found(
                    if found.is_empty() {
                        "（没有填）".to_owned()
                    } else {
                        found
                    },
                ),
            ),
            "membership-missing" => (
                Some(Field::Member),
                Advice::new("请从列表里选“是”或“否”。")
                    .found(if found.is_empty() {
                        "（没有填）".to_owned()
                    } else {
                        found
                    })
                    .allowed("是、否"),
            ),
            "not-a-member" => (
                Some(Field::Member),
                Advice::new(format!(
                    "评价人须是中共党员{}。填错了的请改正；名单登记有误的请在回信中说明；确不是党员的，请另请党员评价，并改填其姓名、单位。",
                    Basis::cite(scheme.basis.membership.as_deref())
                ))
                .found(found)
                .allowed(allowed),
            ),
            "reviewer-unlisted" => (
                Some(Field::Reviewer),
                Advice::new("评价人名单里没有这一位（按姓名和单位对照）。请核对姓名、单位是否写对；确是评价人的，请在回信中说明，以便补入名单。")
                    .found(found),
            ),
            "recusal-unclear" => (
                Some(Field::Recusal),
                Advice::new("看不明白。请从列表里选“无”或“有”。")
                    .found(found)
                    .allowed(allowed),
            ),
            "recusal-branch" => (
                Some(Field::Unit),
                Advice::new("单位像是被评学会的分支机构，或您在该学会任职。请在回信中说明是否应当回避；单位填错了的请改正。")
                    .found(found),
            ),
            "unit-unattached" => (
                Some(Field::Unit),
                Advice::new("请写明现在或退休前的单位全称，以便判断是否应当回避。").found(found),
            ),
            "conflicting-versions" => (
                None,
                Advice::new(format!(
                    "您就这个学会交来内容不同的几份{}，分不出以哪份为准，都暂不计分。请确认后只发回要用的那一份的退回件，评价日期不用改；另一份的不要发回。",
                    why(&said)
                )),
            ),
            _ => (
                None,
                Advice::new(self.sender.say(&format!("{}。请核对。", said.message)))
                    .found(found)
                    .allowed(allowed),
            ),
        };
        (field.map(Spot::Field).into_iter().collect(), advice)
    }
}

/// Why versions cannot be told apart, as the finding says it behind the names of the others.
fn why(finding: &Said) -> String {
    let behind = finding.message.rsplit_once("内容不同，");
    let why = behind.and_then(|(_, why)| why.strip_suffix("，分不出先后"));
    why.map_or(String::new(), |why| format!("，{why}"))
}
