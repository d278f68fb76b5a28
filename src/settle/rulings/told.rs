//! Which rulings took effect and which did not, and why, said to the clerk.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Rulings;
use super::codes::{NOT_APPLIED, RULED, WITHOUT_REASON};
use crate::check::ReceivedFile;
use crate::check::SettledForm;
use crate::finding::text::{path, quote};
use crate::finding::{Bearing, Code, Fact, Finding, FormState, Reader};
use crate::ground::Ground;
use crate::register::{Concern, Ruling, Treatment};
use crate::settle::GivenUp;

impl Rulings {
    /// Says which rulings took effect and which did not; `contradicting` are those that contradict one another.
    pub(in crate::settle) fn check(
        &self,
        ground: &Ground,
        forms: &[SettledForm],
        files: &[ReceivedFile],
        given_up: &[GivenUp],
        contradicting: &BTreeSet<usize>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut applied: BTreeSet<usize> = self.files.values().copied().collect();
        let roster = &ground.roster;
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let own = given_up.iter().filter(|one| one.ruling == index);
            let mut whom: Vec<String> = own
                .map(|one| {
                    let society = &roster.societies[one.owing.society].name;
                    let reviewer = one
                        .owing
                        .reviewer
                        .map(|index| &roster.reviewers[index].name);
                    reviewer.map_or(society.clone(), |name| format!("{society}（{name}）"))
                })
                .collect();
            if ruling.treatment == Treatment::Withdrawn {
                let society = roster.society_named(&ruling.subject);
                whom.extend(society.map(|society| roster.societies[society].name.clone()));
            }
            if !whom.is_empty() {
                applied.insert(index);
                let message = format!(
                    "{}{}：{}",
                    what(ground, ruling),
                    said(ruling),
                    whom.join("、")
                );
                findings.push(Finding::new(&RULED, ruling.place(), message));
            }
        }
        for form in forms {
            for ruling in &form.rulings {
                applied.insert(*ruling);
                let ruling = &ground.register.rulings[*ruling];
                let fact = Ruled {
                    row: ruling.label(),
                    treatment: what(ground, ruling),
                    grounds: ruling.grounds(),
                };
                findings.push(crate::settle::found(ground, fact, form));
            }
        }
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let is_met = applied.contains(&index) || names_a_unit(ground, forms, ruling);
            let named = format!("{}（{}）", quote(&ruling.subject), ruling.treatment.label());
            // Where it could mean a form, that form says so.
            let is_told = self
                .ambiguous
                .get(&index)
                .is_some_and(|forms| !forms.is_empty())
                || self.at_odds.iter().any(|(_, ruling)| *ruling == index)
                || self.outdated(ruling).next().is_some();
            if !is_met && !is_told {
                let why = if self.ambiguous.contains_key(&index) {
                    "对应到几个同名文件，分不清是哪一个，没有采用，请写全路径".to_owned()
                } else if contradicting.contains(&index) {
                    "与另一行互相矛盾：同一评价人对同一学会的几份，都说以自己为准，没有采用"
                        .to_owned()
                } else {
                    self.why(forms, files, ruling)
                };
                let message = format!("{named}{why}");
                let finding = Finding::new(&NOT_APPLIED, ruling.place(), message);
                findings.push(
                    finding
                        .found(ruling.subject.clone())
                        .bears(Bearing::NotApplied),
                );
            }
            let missing = match (ruling.reason.is_empty(), ruling.by.is_empty()) {
                (true, true) => "依据和处理人",
                (true, false) => "依据",
                (false, true) => "处理人",
                (false, false) => continue,
            };
            let message = format!("{named}没有填{missing}");
            findings.push(Finding::new(&WITHOUT_REASON, ruling.place(), message));
        }
        findings
    }

    /// Why a ruling took no effect.
    fn why(&self, forms: &[SettledForm], files: &[ReceivedFile], ruling: &Ruling) -> String {
        let mut concerned = forms
            .iter()
            .zip(&self.concerns)
            .filter(|(_, concern)| ruling.concerns(concern));
        let Some((first, _)) = concerned.next() else {
            let mut places = files.iter().map(ReceivedFile::place);
            let formless = places.find(|place| ruling.named(&Concern::file(place)).is_some());
            return formless.map_or_else(
                || "没有对应到任何文件、学会或评价表".to_owned(),
                |place| format!("对应到“{}”，里面没有评价表可处理", path(&place)),
            );
        };
        let place = path(&first.place);
        if first.state == FormState::Blank && concerned.next().is_none() {
            return format!("对应到“{place}”，是空白表，没有可处理的");
        }
        match ruling.treatment {
            Treatment::Stands if concerned.next().is_some() => {
                "对应到不止一份，不知以哪份为准，没有采用，请写文件名".to_owned()
            }
            Treatment::Stands => format!("对应到“{place}”，没有另一份与它不同，用不着"),
            Treatment::BlankAsZero => format!("对应到“{place}”，没有未填的加分，用不着"),
            Treatment::Alias => format!("对应到“{place}”，它写的学会名称本来就认得，用不着"),
            Treatment::Excluded => format!("对应到“{place}”，本来就不计入"),
            Treatment::MayScore => format!("对应到“{place}”，没有是否回避的疑问，用不着"),
            Treatment::Same | Treatment::NotSame => {
                format!("对应到“{place}”，没有与它分不清是否同一人的另一份，用不着")
            }
            Treatment::Verified => {
                format!("对应到“{place}”，没有“核实事项”写的这条提示，或填报内容已经变了")
            }
            Treatment::GivenUp => format!("对应到“{place}”，已经收到，用不着"),
            Treatment::Withdrawn => "没有用上".to_owned(),
        }
    }
}

/// A ruling that took effect.
#[derive(Debug, Serialize)]
struct Ruled {
    /// The row of the register.
    row: String,
    treatment: String,
    /// On what grounds, by whom and when.
    grounds: String,
}

impl Fact for Ruled {
    fn code(&self) -> &'static Code {
        &RULED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let said = format!("按{}“{}”处理", self.row, self.treatment);
        if self.grounds.is_empty() || !to.sees_grounds() {
            said
        } else {
            format!("{said}（{}）", self.grounds)
        }
    }
}

/// Whether an alias is one that a reviewer's unit is written by.
fn names_a_unit(ground: &Ground, forms: &[SettledForm], ruling: &Ruling) -> bool {
    let bare = |unit: &str| ground.roster.bare_unit(unit);
    ruling.treatment == Treatment::Alias
        && forms
            .iter()
            .any(|form| bare(&form.unit) == bare(&ruling.subject))
}

/// What stands behind a ruling, in brackets.
fn said(ruling: &Ruling) -> String {
    match ruling.grounds() {
        grounds if grounds.is_empty() => grounds,
        grounds => format!("（{grounds}）"),
    }
}

/// A treatment, with the society it leads to.
fn what(ground: &Ground, ruling: &Ruling) -> String {
    let label = ruling.treatment.label();
    ruling.society.map_or(label.to_owned(), |society| {
        format!("{label}：{}", ground.roster.societies[society].name)
    })
}
