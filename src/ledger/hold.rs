//! Who holds which star on a day: worked out from the events, stored nowhere.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::grading::Grading;
use super::{Event, Kind, Ledger};
use crate::scheme::Scheme;

/// What a society holds, or held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    pub society: String,
    pub stars: u32,
    /// The day the term began.
    pub from: Date,
    /// Its last day; none where the scheme of the award set no term.
    pub until: Option<Date>,
    /// What ended it before its time.
    pub ended: Option<Kind>,
    /// The last event, and its day.
    pub last: (Kind, Date),
    /// 来源编号 of the award or renewal.
    pub source: String,
    /// What its stars mean, as they were awarded; none in registers of old.
    pub grading: Option<Grading>,
}

/// How a holding stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    InForce,
    /// In force, and not for much longer.
    Expiring,
    Expired,
    Ended(Kind),
}

impl State {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "有效",
            Self::Expiring => "即将到期",
            Self::Expired => "已到期",
            Self::Ended(Kind::Merged) => "已合并",
            Self::Ended(Kind::Dissolved) => "已注销",
            Self::Ended(_) => "已撤销",
        }
    }

    #[must_use]
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::InForce | Self::Expiring)
    }
}

impl Holding {
    /// What its stars mean: as they were awarded. Where that was not kept, as a scheme says now.
    #[must_use]
    pub fn grading(&self, scheme: &Scheme) -> Grading {
        let kept = self.grading.clone();
        kept.unwrap_or_else(|| Grading::of(scheme))
    }

    /// How it stands on `on`; one that ends within so many months is expiring.
    #[must_use]
    pub fn state(&self, on: Date, months: u32) -> State {
        if let Some(kind) = self.ended {
            return State::Ended(kind);
        }
        let Some(until) = self.until else {
            return State::InForce;
        };
        if until < on {
            return State::Expired;
        }
        let within = Span::new().try_months(months);
        let soon = within.and_then(|within| on.checked_add(within));
        if soon.is_ok_and(|soon| soon < until) {
            State::InForce
        } else {
            State::Expiring
        }
    }
}

/// The same once all that was entered has come into effect.
#[must_use]
pub fn ever(ledger: &Ledger) -> BTreeMap<String, Holding> {
    on(ledger, Date::MAX)
}

/// What a decision on a society means for the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// To be entered so.
    New(Kind),
    /// The evaluation that it comes from has been entered, with this star.
    Same,
    /// With another one: a second decision in an evaluation begins no term.
    Other(u32),
    /// What it gave has ended since.
    Ended(Kind),
    /// The society itself is no more.
    Gone(Kind),
}

/// What a star decided on `day` means for the register; `society` is what it is called now. `began` is when its evaluation began: only what was held before
/// that can be renewed by it.
#[must_use]
pub fn entry(ledger: &Ledger, began: Date, society: &str, day: Date, stars: u32) -> Entry {
    let holdings = on(ledger, day);
    // On that day it may have been called otherwise.
    let mut all = holdings.values();
    let Some(held) = all.find(|held| ledger.name_now(&held.society) == society) else {
        return Entry::New(Kind::Awarded);
    };
    let is_earlier = held.from < began;
    match held.ended {
        None if is_earlier => Entry::New(Kind::Renewed),
        // There is nothing left to renew.
        Some(Kind::Revoked) if is_earlier => Entry::New(Kind::Awarded),
        Some(kind) if is_earlier => Entry::Gone(kind),
        Some(kind) => Entry::Ended(kind),
        None if held.stars == stars => Entry::Same,
        None => Entry::Other(held.stars),
    }
}

/// What every society holds on a day, by name. Events of later effect do not count yet.
#[must_use]
pub fn on(ledger: &Ledger, on: Date) -> BTreeMap<String, Holding> {
    let mut events: Vec<&Event> = ledger
        .events
        .iter()
        .filter(|event| event.effective <= on)
        .collect();
    // In the order of effect; of one day, in that of entry.
    events.sort_by_key(|event| event.effective);
    let mut holdings: BTreeMap<String, Holding> = BTreeMap::new();
    for event in events {
        if let (true, Some(stars)) = (event.kind.begins(), event.stars) {
            let holding = Holding {
                society: event.society.clone(),
                stars,
                from: event.effective,
                until: event.until,
                ended: None,
                last: (event.kind, event.effective),
                source: event.source.clone(),
                grading: event.grading.clone(),
            };
            holdings.insert(event.society.clone(), holding);
            continue;
        }
        let Some(holding) = holdings.get_mut(&event.society) else {
            continue;
        };
        holding.last = (event.kind, event.effective);
        match event.kind {
            Kind::Revoked | Kind::Merged | Kind::Dissolved => holding.ended = Some(event.kind),
            Kind::Corrected => {
                holding.ended = None;
                holding.stars = event.stars.unwrap_or(holding.stars);
            }
            Kind::Renamed => {
                if let Some(mut holding) = holdings.remove(&event.society) {
                    holding.society.clone_from(&event.new_name);
                    holdings.insert(event.new_name.clone(), holding);
                }
            }
            _ => holding.stars = event.stars.unwrap_or(holding.stars),
        }
    }
    holdings
}
