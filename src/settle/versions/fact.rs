//! What is found of several forms of one person, and what the clerk and the sender are told.

use serde::Serialize;

use super::differ::{Difference, told};
use super::{CONFLICTING, IDENTICAL, SUPERSEDED};
use crate::finding::{Advice, Bearing, Code, Fact, Reader};
use crate::model::Place;
use crate::register::Treatment;

/// What was found of several forms of one person for one society.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(in crate::settle) enum Version {
    /// The same content as another form's.
    Copy { of: Place },
    /// Another form stands for it.
    Superseded {
        by: Place,
        because: Because,
        /// The classes of reviewers that this one and that one say, where they are not the same.
        #[serde(skip_serializing_if = "Option::is_none")]
        classes: Option<[String; 2]>,
    },
    /// None of several is the newest.
    Clashing {
        with: Vec<Place>,
        /// What they were compared by, and are equal in; none where a date is missing.
        equal: Option<Clock>,
        /// In what they differ.
        differing: Vec<Difference>,
    },
    /// None of several forms of one society about itself is the newest.
    OwnClashing {
        with: Vec<Place>,
        equal: Option<Clock>,
        differing: Vec<Difference>,
    },
}

/// Why one form stands for another.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::settle) enum Because {
    /// It is the slip of the other, corrected.
    Correction,
    /// It is newer.
    Newer(Clock),
    /// A row of the register says so.
    Ruling(String),
}

/// What tells which of several forms is the newest.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::settle) enum Clock {
    Sent,
    Dated,
    /// By the day on a society's own form.
    Filed,
}

impl Clock {
    const fn label(self) -> &'static str {
        match self {
            Self::Sent => "来件时间",
            Self::Dated => "评价日期",
            Self::Filed => "填报日期",
        }
    }
}

/// Why versions cannot be told apart; `day` is the day that may be missing.
fn equally(equal: Option<Clock>, day: Clock) -> String {
    match equal {
        Some(clock) => format!("{}相同", clock.label()),
        None => format!("有的没有{}", day.label()),
    }
}

/// In which cells they differ, as far as a sentence holds it.
fn differing_in(differing: &[Difference]) -> String {
    const FEW: usize = 3;
    match told(differing, FEW) {
        none if none.is_empty() => String::new(),
        told => format!("（{told}）"),
    }
}

impl Fact for Version {
    fn code(&self) -> &'static Code {
        match self {
            Self::Copy { .. } => &IDENTICAL,
            Self::Superseded { .. } => &SUPERSEDED,
            Self::Clashing { .. } | Self::OwnClashing { .. } => &CONFLICTING,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Copy { of } => format!("与“{}”内容相同", to.way(of)),
            Self::Superseded {
                by,
                because,
                classes,
            } => {
                let by = to.way(by);
                let said = match because {
                    Because::Correction => format!("已由更正件“{by}”更正"),
                    Because::Newer(clock) => {
                        format!("{}早于“{by}”，已被其取代", clock.label())
                    }
                    Because::Ruling(row) => format!("按{row}以“{by}”为准，这份不计"),
                };
                match classes {
                    Some([own, other]) => format!(
                        "{said}；评价人类别这份是“{own}”，那份是“{other}”，一人只能属于一类"
                    ),
                    None => said,
                }
            }
            Self::Clashing {
                with,
                equal,
                differing,
            } => {
                let with: Vec<String> = with.iter().map(|place| to.way(place)).collect();
                format!(
                    "与“{}”是同一评价人对同一{}的评价，内容不同，{}，分不出先后{}",
                    with.join("”、“"),
                    to.object(),
                    equally(*equal, Clock::Dated),
                    differing_in(differing)
                )
            }
            Self::OwnClashing {
                with,
                equal,
                differing,
            } => {
                let with: Vec<String> = with.iter().map(|place| to.way(place)).collect();
                format!(
                    "与“{}”是同一{}的自评表，内容不同，{}，分不出先后{}",
                    with.join("”、“"),
                    to.object(),
                    equally(*equal, Clock::Filed),
                    differing_in(differing)
                )
            }
        }
    }

    fn next(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Superseded {
                because: Because::Correction,
                ..
            } => "以更正件为准",
            Self::Superseded {
                because: Because::Ruling(_),
                ..
            } => "按登记的一份计",
            Self::OwnClashing { .. } => {
                return to.words(
                    "几份都不采用；请向学会确认以哪份为准，在“处理登记”中填“以此份为准”，再运行一次",
                );
            }
            _ => self.code().next,
        }
        .to_owned()
    }

    // In which cells they differ stands in the letter for all of them.
    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        match self {
            Self::Clashing { equal, .. } => Some(Advice::new(format!(
                "您就这个{}交来内容不同的几份，{}，分不出以哪份为准。请确认后只发回要用的那一份的退回件，评价日期不用改；另一份的不要发回。",
                to.object(),
                equally(*equal, Clock::Dated)
            ))),
            Self::OwnClashing { equal, .. } => Some(Advice::new(format!(
                "收到内容不同的几份自评表，{}，分不出以哪份为准。请确认后只发回要用的那一份的退回件，填报日期不用改；另一份的不要发回。",
                equally(*equal, Clock::Filed)
            ))),
            Self::Copy { .. } | Self::Superseded { .. } => None,
        }
    }

    fn treatments(&self) -> &'static [Treatment] {
        match self {
            Self::Clashing { .. } | Self::OwnClashing { .. } => &[Treatment::Stands],
            Self::Copy { .. } | Self::Superseded { .. } => &[],
        }
    }

    fn bearing(&self) -> Bearing {
        match self {
            Self::Clashing { .. } | Self::OwnClashing { .. } => Bearing::Clashes,
            Self::Copy { .. } | Self::Superseded { .. } => Bearing::Beside,
        }
    }
}
