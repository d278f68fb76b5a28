//! 进度: at which stage the year is on a day, what is due and who owes it, what came late, and what comes next.
//!
//! Works out nothing that another room decides: what is owed stands in the standings, what was decided in the
//! decision, who holds what in the ledger.

mod due;

use jiff::civil::Date;

use crate::committee::{Decision, Level, Verdict};
use crate::ground::Ground;
use crate::ledger::Ledger;
use crate::ledger::hold::{self, Entry};
use crate::model::day::say;
use crate::outcome::Outcome;
use crate::rank::Standings;
use crate::scheme::{Scheme, Stage};

/// What there is to look at; none where it was not given.
#[derive(Debug, Default)]
pub struct Seen<'s> {
    pub standings: Option<&'s Standings<'s>>,
    pub outcome: Option<&'s Outcome>,
    pub verdict: Option<&'s Verdict>,
    pub ledger: Option<&'s Ledger>,
}

/// Where a day lies among the stages.
#[derive(Debug, Clone, Copy)]
pub enum Position<'s> {
    /// The scheme has no stages.
    None,
    Before(&'s Stage),
    In(&'s Stage),
    /// The last one is over, the next has not begun.
    Between(&'s Stage, &'s Stage),
    After(&'s Stage),
}

impl<'s> Position<'s> {
    #[must_use]
    pub fn of(scheme: &'s Scheme, on: Date) -> Self {
        let stages = || scheme.stages.iter();
        if let Some(stage) = stages().find(|stage| stage.holds(on)) {
            return Self::In(stage);
        }
        let last = stages()
            .filter(|stage| stage.to < on)
            .max_by_key(|stage| stage.to);
        let next = stages()
            .filter(|stage| stage.from > on)
            .min_by_key(|stage| stage.from);
        match (last, next) {
            (None, None) => Self::None,
            (None, Some(next)) => Self::Before(next),
            (Some(last), None) => Self::After(last),
            (Some(last), Some(next)) => Self::Between(last, next),
        }
    }

    /// In words.
    #[must_use]
    pub fn say(self) -> String {
        match self {
            Self::None => "方案没有写明评价阶段".to_owned(),
            Self::Before(next) => format!(
                "还没有开始，第一个阶段“{}”自{}起",
                next.name,
                say(next.from)
            ),
            Self::In(stage) => format!(
                "“{}”阶段（{}至{}）",
                stage.name,
                say(stage.from),
                say(stage.to)
            ),
            Self::Between(last, next) => format!(
                "在两个阶段之间：“{}”已于{}结束，“{}”自{}起",
                last.name,
                say(last.to),
                next.name,
                say(next.from)
            ),
            Self::After(last) => format!(
                "各阶段都已结束，最后的“{}”到{}为止",
                last.name,
                say(last.to)
            ),
        }
    }
}

/// Something that is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub what: String,
    /// The last day; none where there is none.
    pub by: Option<Date>,
    /// Who owes it, each with what.
    pub who: Vec<String>,
}

impl Due {
    /// Whether its last day is over.
    #[must_use]
    pub fn is_overdue(&self, on: Date) -> bool {
        self.by.is_some_and(|by| by < on)
    }
}

/// A form that came when its stage was over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub society: String,
    pub reviewer: String,
    pub day: Date,
    pub file: String,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The societies' own blank forms are sent out.
    OwnForms,
    /// Blank forms are sent out.
    Forms,
    /// What came is read.
    Consolidate,
    /// What is faulty goes back, what is owed is asked for.
    Return,
    /// The final edition.
    Final,
    /// The sheet for the committee.
    Deliberate,
    /// The filled sheet is read.
    Decide,
    /// What was put off is deliberated on again.
    Again,
    /// 公示.
    Propose,
    /// 发布.
    Announce,
    /// The entries in the register, where there is one.
    Award,
    /// The register is printed.
    Export,
    /// Some are checked.
    SpotCheck,
}

/// The whole of it.
#[derive(Debug)]
pub struct Agenda<'s> {
    pub position: Position<'s>,
    pub due: Vec<Due>,
    pub late: Vec<Late>,
    pub next: Vec<Step>,
}

impl<'s> Agenda<'s> {
    /// Where the year is on a day, by what there is to look at.
    #[must_use]
    pub fn of(ground: &'s Ground, on: Date, seen: &Seen<'_>) -> Self {
        let scheme = &ground.scheme;
        let position = Position::of(scheme, on);
        let mut due = Vec::new();
        due.extend(due::elsewhere(ground, position, seen.standings));
        let late = seen
            .standings
            .map_or(Vec::new(), |standings| due::late(standings));
        if seen.outcome.is_none() && seen.verdict.is_none() {
            due.extend(seen.standings.into_iter().flat_map(due::of_own_forms));
            due.extend(seen.standings.into_iter().flat_map(due::of_forms));
        }
        due.extend(due::of_committee(scheme, seen));
        due.extend(
            seen.ledger
                .into_iter()
                .flat_map(|ledger| due::of_holders(scheme, ledger, on)),
        );
        Self {
            position,
            late,
            next: next(ground, on, seen),
            due,
        }
    }
}

/// The way of what was decided: made public, and entered in the register, is what the scheme decides.
fn made_public(scheme: &Scheme) -> &'static [Step] {
    match Level::of(scheme) {
        Level::Stars => &[Step::Propose, Step::Announce, Step::Award],
        Level::Grades => &[Step::Propose, Step::Announce],
        Level::Ranks => &[],
    }
}

/// Whether a star that was decided has not been entered.
fn is_to_enter(scheme: &Scheme, ledger: &Ledger, verdict: &Verdict) -> bool {
    verdict.decided.societies.iter().any(|one| {
        let stars = one.stars.filter(|stars| *stars > 0);
        stars.is_some_and(|stars| {
            let society = ledger.name_now(&one.name);
            let entry = hold::entry(ledger, scheme.began(), &society, one.day, stars);
            matches!(entry, Entry::New(_))
        })
    })
}

/// What comes next, by how far the papers have got.
fn next(ground: &Ground, on: Date, seen: &Seen<'_>) -> Vec<Step> {
    let scheme = &ground.scheme;
    // Points corrected after a decision void it, whatever has been entered from it.
    let again = seen.verdict.and_then(|verdict| {
        let outcome = seen.outcome;
        if outcome.is_some_and(|outcome| !verdict.is_of(&outcome.fingerprint)) {
            return Some(Step::Deliberate);
        }
        let mut decided = verdict.decided.societies.iter();
        decided.any(Decision::is_pending).then_some(Step::Again)
    });
    if let Some(ledger) = seen.ledger {
        let is_new = seen
            .verdict
            .is_some_and(|verdict| is_to_enter(scheme, ledger, verdict));
        let new = if is_new && again != Some(Step::Deliberate) {
            made_public(scheme)
        } else {
            &[]
        };
        let is_in_force = due::is_any_in_force(ledger, on);
        return again
            .into_iter()
            .chain(new.iter().copied())
            .chain([Step::Export])
            .chain(is_in_force.then_some(Step::SpotCheck))
            .collect();
    }
    if seen.verdict.is_some() {
        let new = match again {
            Some(Step::Deliberate) => &[],
            _ => made_public(scheme),
        };
        return again.into_iter().chain(new.iter().copied()).collect();
    }
    if let Some(outcome) = seen.outcome {
        return if outcome.is_final() {
            vec![Step::Deliberate, Step::Decide]
        } else {
            vec![Step::Return, Step::Final]
        };
    }
    let has_begun = scheme.stage().is_none_or(|stage| stage.from <= on);
    match seen.standings {
        None if has_begun => vec![Step::Consolidate],
        None => {
            let own = ground.own.as_ref();
            let own = own.and_then(|(own, _)| scheme.stages.get(own.stage));
            let own = own.filter(|stage| on <= stage.to);
            let own = own.map(|_| Step::OwnForms);
            own.into_iter().chain([Step::Forms]).collect()
        }
        // What societies say of themselves has come, and nothing of what reviewers say.
        Some(standings) if standings.forms.is_empty() => {
            let back = standings.assessments.as_ref().map(|_| Step::Return);
            back.into_iter().chain([Step::Forms]).collect()
        }
        Some(standings) if standings.open.is_empty() => vec![Step::Final],
        Some(standings) => {
            let send = due::is_to_send(standings).then_some(Step::Return);
            send.into_iter().chain([Step::Consolidate]).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Position;
    use crate::ground::Ground;

    #[test]
    fn days_between_stages_are_said_to_be_so() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let said = |day| Position::of(&ground.scheme, day).say();
        for (day, words) in [
            (date(2018, 7, 12), "还没有开始"),
            (date(2018, 7, 13), "“自评”阶段"),
            (date(2018, 7, 31), "“自评”阶段"),
            (date(2018, 8, 1), "“初评”阶段"),
            (date(2018, 8, 30), "“初评”阶段"),
            (
                date(2018, 8, 31),
                "在两个阶段之间：“初评”已于2018年8月30日结束，“审议”自2018年9月3日起",
            ),
            (date(2018, 9, 2), "在两个阶段之间"),
            (date(2018, 9, 3), "“审议”阶段"),
            (date(2018, 10, 1), "“总结”阶段"),
            (date(2018, 11, 30), "“总结”阶段"),
            (
                date(2018, 12, 1),
                "各阶段都已结束，最后的“总结”到2018年11月30日为止",
            ),
        ] {
            assert!(said(day).starts_with(words), "{day}: {}", said(day));
        }
    }
}
