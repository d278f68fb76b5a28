//! 按次: so much for each, given up to a most or taken from a base down to a least (扣完为止).

use serde::Serialize;

use super::{Ask, Given, Kind, number, positive, shown};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "count",
    called: "按次（填次数）",
    means: "填次数，分值由规则算出：每次得 each 分，最高 at_most 分；或者从 base 分扣起，每次扣 minus 分，扣到 at_least 为止。",
    keys: "each 每次得分、at_most 最高分；或 base 基准分、minus 每次扣分、at_least 最低分（不写为0，即扣完为止）",
    example: "bonus = 10\nvalue = { kind = \"count\", base = 10, minus = 5 }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "direction", rename_all = "kebab-case")]
pub enum Count {
    /// `each` for each, together at most `at_most`.
    Gives { each: Points, at_most: Points },
    /// `base` is there without anyone typing it; each takes `minus`, never below `at_least`.
    Takes {
        base: Points,
        minus: Points,
        at_least: Points,
    },
}

impl Count {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let read = match (table.points("each"), table.points("minus")) {
            (Some(_), None) => {
                let (each, at_most) = (positive(table, "each"), positive(table, "at_most"));
                Self::Gives {
                    each: each?,
                    at_most: at_most?,
                }
            }
            (None, Some(_)) => {
                let (base, minus) = (positive(table, "base"), positive(table, "minus"));
                let least = table.points("at_least");
                let (base, minus) = (base?, minus?);
                if let Some(least) = least.as_ref().filter(|least| least.value >= base) {
                    table.fault(least.line, format!("at_least 须小于 base（{base}）"));
                }
                Self::Takes {
                    base,
                    minus,
                    at_least: least.map_or(Points::ZERO, |least| least.value),
                }
            }
            _ => {
                table.fault(
                    table.line,
                    "count 须写明 each 与 at_most（每次得分），或者 base 与 minus（每次扣分）",
                );
                return None;
            }
        };
        table.finish();
        Some(read)
    }
}

impl Kind for Count {
    fn most(&self) -> Points {
        match self {
            Self::Gives { at_most, .. } => *at_most,
            Self::Takes { base, .. } => *base,
        }
    }

    fn least(&self) -> Points {
        match self {
            Self::Gives { .. } => Points::ZERO,
            Self::Takes { at_least, .. } => *at_least,
        }
    }

    fn doubts(&self) -> Vec<String> {
        match self {
            Self::Gives { each, at_most } if each > at_most => {
                vec![format!(
                    "每次得{each}分（each），而最高才{at_most}分（at_most）"
                )]
            }
            Self::Takes { base, minus, .. } if minus > base => {
                vec![format!(
                    "每次扣{minus}分（minus），而基准分才{base}分（base）"
                )]
            }
            Self::Gives { .. } | Self::Takes { .. } => Vec::new(),
        }
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        // How often something happened is a whole number.
        let count = number(given, false).filter(|count| count.decimals() == 0)?;
        let times = |each: Points| Exact::from(count) * Exact::from(each);
        Some(match self {
            Self::Gives { each, at_most } => times(*each).min(Exact::from(*at_most)),
            Self::Takes {
                base,
                minus,
                at_least,
            } => (Exact::from(*base) - times(*minus)).max(Exact::from(*at_least)),
        })
    }

    fn in_words(&self) -> String {
        match self {
            Self::Gives { each, at_most } => format!("每次得{each}分，最高{at_most}分"),
            Self::Takes {
                base,
                minus,
                at_least,
            } if at_least.is_zero() => format!("基准分{base}分，每次扣{minus}分，扣完为止"),
            Self::Takes {
                base,
                minus,
                at_least,
            } => format!("基准分{base}分，每次扣{minus}分，最低{at_least}分"),
        }
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Count
    }

    fn formula(&self, value: &str, _: &str) -> String {
        match self {
            Self::Gives { each, at_most } => format!("MIN({value}*{each},{at_most})"),
            Self::Takes {
                base,
                minus,
                at_least,
            } => format!("MAX({base}-{value}*{minus},{at_least})"),
        }
    }

    fn working(&self, given: &Given) -> String {
        let times = shown(given);
        let reaches = |end: &Points| self.points(given) == Some(Exact::from(*end));
        match self {
            Self::Gives { each, at_most } => {
                let end = if reaches(at_most) {
                    format!("，最高{at_most}分")
                } else {
                    String::new()
                };
                format!("{times}次×{each}分{end}")
            }
            Self::Takes {
                base,
                minus,
                at_least,
            } => {
                let end = if !reaches(at_least) {
                    String::new()
                } else if at_least.is_zero() {
                    "，扣完为止".to_owned()
                } else {
                    format!("，最低{at_least}分")
                };
                format!("{base}分，扣{times}次×{minus}分{end}")
            }
        }
    }
}
