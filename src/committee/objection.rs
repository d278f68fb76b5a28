//! 异议登记: what was objected during 公示, and what became of it. Kept by the clerk in a list.

mod period;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::intake::Sheet;
use crate::model::{SocietyId, day, fold};
use crate::roster::list::{Faults, List};
pub use period::Period;

/// What the file is called, without its ending.
pub const FILE: &str = "异议登记";

/// Headings behind the one above those whom an objection is about ([`crate::scheme::Scheme::object`]); the first is required, too.
pub const COLUMNS: [&str; 8] = [
    "异议内容",
    RAISED,
    "提出人",
    "承办人",
    "核查情况",
    CONCLUSION,
    "答复内容",
    ANSWERED,
];

/// The heading above what an objection came to.
pub const CONCLUSION: &str = "结论";
const RAISED: &str = "提出日期";
const ANSWERED: &str = "答复日期";

/// 结论: what an objection that was looked into came to.
pub const CONCLUSIONS: [&str; 2] = ["不成立", "成立"];

/// What the notes below the list begin with.
pub const NOTE: &str = "注：";

/// The list as it stands on the day of an award.
#[derive(Debug)]
pub struct Objections {
    /// When objections could be raised.
    pub period: Period,
    /// The day of the award.
    on: Date,
    /// Of each society those that are not closed as unfounded; by index into the roster.
    waiting: BTreeMap<SocietyId, Vec<Objection>>,
}

/// One that keeps a society from being awarded.
#[derive(Debug, Clone, Copy)]
struct Objection {
    /// As Excel counts.
    row: u32,
    state: State,
}

/// What became of it.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Nothing yet.
    Open,
    /// Answered, but after the day of the award.
    Late(Date),
    /// 成立: to be deliberated again, after it was raised and not before it was answered.
    Upheld {
        raised: Option<Date>,
        answered: Date,
    },
}

impl Objections {
    /// Reads the list for an award on a day. Societies are found by `named`; `object` is what the scheme calls them.
    ///
    /// # Errors
    /// What cannot be understood, with its cell: a period that does not say when it ends, a row, something written beside
    /// the list.
    pub fn read(
        object: &str,
        named: &dyn Fn(&str) -> Option<SocietyId>,
        sheets: &[Sheet],
        on: Date,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let period = Period::read(sheets, &mut faults);
        let waiting = rows(object, named, sheets, on, &mut faults);
        match period {
            Some(period) if faults.is_empty() => Ok(Self {
                period,
                on,
                waiting,
            }),
            _ => Err(faults),
        }
    }

    /// That the 公示 is not over on the day, in one clause.
    #[must_use]
    pub fn still_open(&self) -> Option<String> {
        (self.on <= self.period.last).then(|| {
            format!(
                "公示到{}为止，{}还在公示期内",
                day::say(self.period.last),
                day::say(self.on)
            )
        })
    }

    /// Why a society, of which was decided on a day, cannot be awarded.
    #[must_use]
    pub fn against(&self, society: SocietyId, decided: Date) -> Option<String> {
        let mut own = self.waiting.get(&society)?.iter();
        own.find_map(|one| one.against(decided))
    }

    /// Why what was decided on a day cannot be awarded yet: the 公示 began before, so it was not in it.
    #[must_use]
    pub fn not_proposed(&self, decided: Date) -> Option<String> {
        (self.period.first < decided).then(|| {
            format!(
                "{}才审定，异议登记上的公示（{}）在这以前，还没有公示过；请公示以后再办",
                day::say(decided),
                self.period.say()
            )
        })
    }
}

impl Objection {
    fn against(&self, decided: Date) -> Option<String> {
        let row = format!("{FILE}第{}行的异议", self.row);
        match self.state {
            State::Open => Some(format!("{row}还没有办结（结论和答复日期都要填）")),
            State::Late(answered) => Some(format!(
                "{row}{}才答复，到这一天还没有办结",
                day::say(answered)
            )),
            State::Upheld { raised, answered } => {
                let is_after = raised.map_or(decided > answered, |raised| {
                    decided > raised && decided >= answered
                });
                (!is_after).then(|| format!("{row}成立，须重新审议"))
            }
        }
    }
}

/// The rows, one by one.
fn rows(
    object: &str,
    named: &dyn Fn(&str) -> Option<SocietyId>,
    sheets: &[Sheet],
    on: Date,
    faults: &mut Faults,
) -> BTreeMap<SocietyId, Vec<Objection>> {
    let mut waiting: BTreeMap<SocietyId, Vec<Objection>> = BTreeMap::new();
    let known: Vec<&str> = std::iter::once(object).chain(COLUMNS).collect();
    let Some(list) = List::find(sheets, &known, 2, faults) else {
        return waiting;
    };
    list.hidden(&known, faults);
    strays(&list, faults);
    for row in list.rows() {
        let text = |heading| list.text(row, heading);
        let written = text(object);
        // A row in which anything is written is an objection: it is not passed over.
        if written.is_empty() {
            let message = format!("这一行写了异议，{object}却没有填");
            list.fault(faults, row, object, &message);
            continue;
        }
        let Some(society) = named(&written) else {
            let message = format!("“{written}”不在{object}名单中，请写名单中的全称");
            list.fault(faults, row, object, &message);
            continue;
        };
        let conclusion = fold(&text(CONCLUSION));
        if !conclusion.is_empty() && !CONCLUSIONS.contains(&conclusion.as_str()) {
            let message = format!("结论填的是“{conclusion}”，只能填不成立或成立，没有办结的留空");
            list.fault(faults, row, CONCLUSION, &message);
            continue;
        }
        let before = faults.len();
        let mut day_of = |heading: &'static str| {
            let written = text(heading);
            let read = day::read(&written);
            if read.is_none() && !written.is_empty() {
                let message = format!("{heading}填的是“{written}”，应写成2018-09-20这样的日期");
                list.fault(faults, row, heading, &message);
            }
            read
        };
        let (raised, answered) = (day_of(RAISED), day_of(ANSWERED));
        if let (Some(raised), Some(answered)) = (raised, answered)
            && answered < raised
        {
            let message = format!("答复日期{answered}早于提出日期{raised}");
            list.fault(faults, row, ANSWERED, &message);
        }
        // It is not there yet, or one of the days is a slip: which one cannot be told.
        if let Some(raised) = raised.filter(|raised| *raised > on) {
            let message = format!("提出日期{raised}晚于发布、登记的日期{on}，请核对这两个日期");
            list.fault(faults, row, RAISED, &message);
        }
        if faults.len() > before {
            continue;
        }
        let state = match answered {
            Some(answered) if answered > on => State::Late(answered),
            Some(answered) if conclusion == CONCLUSIONS[1] => State::Upheld { raised, answered },
            Some(_) if !conclusion.is_empty() => continue,
            _ => State::Open,
        };
        let row = row + 1;
        waiting
            .entry(society)
            .or_default()
            .push(Objection { row, state });
    }
    waiting
}

/// What is written where nobody reads it: in a row of no objection, the numbers of the rows and the notes below aside.
fn strays(list: &List<'_>, faults: &mut Faults) {
    let is_known: Vec<u32> = list.rows().collect();
    for row in list.below().filter(|row| !is_known.contains(row)) {
        for (cell, _, written) in list.outside(row) {
            let is_number = fold(&written).parse::<u32>().is_ok();
            if !is_number && !fold(&written).starts_with(&fold(NOTE)) {
                faults.push(format!(
                    "{cell}：“{written}”写在登记各栏以外，不知是不是异议；是异议的请填到各栏里，不是的请删去"
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Objection, State};

    #[test]
    fn what_was_upheld_waits_until_it_was_deliberated_again() {
        let upheld = |raised: Option<Date>| Objection {
            row: 4,
            state: State::Upheld {
                raised,
                answered: date(2018, 9, 25),
            },
        };
        let raised = Some(date(2018, 9, 22));
        assert!(upheld(raised).against(date(2018, 9, 20)).is_some());
        assert!(upheld(raised).against(date(2018, 9, 24)).is_some());
        assert!(upheld(raised).against(date(2018, 9, 25)).is_none());
        // When it was raised is not known: the same day may be that of the first decision.
        assert!(upheld(None).against(date(2018, 9, 25)).is_some());
        assert!(upheld(None).against(date(2018, 9, 26)).is_none());
    }
}
