//! 取值: what a line asks for where it does not ask for points, and what points that comes to.
//!
//! One kind per file: how it is read from the scheme, what it gives, and how it says so. A new kind is one such
//! file and its name in the list below.

mod bands;
mod count;
mod levels;
mod linear;
mod share;
mod steps;

use serde::Serialize;

use super::kinds::About;
use super::reader::Table;
use crate::model::{Exact, Points, fold};

/// What a reviewer wrote in the place of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// One of the levels, by name.
    Level(String),
    /// A count, a quantity, or a rate in percentage points.
    Number(Points),
    /// What was done, and the target where the form sets it.
    Done {
        done: Points,
        target: Option<Points>,
    },
}

/// What every kind of value can do.
trait Kind {
    /// The most points it can give.
    fn most(&self) -> Points;

    /// The fewest points it can give.
    fn least(&self) -> Points {
        Points::ZERO
    }

    /// What of it can hardly be meant, each in words.
    fn doubts(&self) -> Vec<String> {
        Vec::new()
    }

    /// The points of what was given; none where it is nothing that this kind asks for, or gives nothing to
    /// divide by: the line is then held back.
    fn points(&self, given: &Given) -> Option<Exact>;

    /// The rule as people read it.
    fn in_words(&self) -> String;

    /// What its cell is to hold.
    fn ask(&self) -> Ask<'_>;

    /// Whether a second cell is to hold a target.
    fn asks_target(&self) -> bool {
        false
    }

    /// Whether what its cell holds may be below 0.
    fn may_be_negative(&self) -> bool {
        false
    }

    /// The largest quantity that the rule speaks of; none where it speaks of none.
    fn reaches(&self) -> Option<Points> {
        None
    }

    /// The smallest quantity above 0 that the rule speaks of; none where it speaks of none.
    fn begins(&self) -> Option<Points> {
        None
    }

    /// The points as a spreadsheet works them out of `value`, a cell that holds what is asked for, and of `target`.
    fn formula(&self, value: &str, target: &str) -> String;

    /// How the points of what was given came about: `3次×5分，扣完为止`.
    fn working(&self, given: &Given) -> String;
}

/// What the cell of a value is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask<'v> {
    /// One of these names.
    Level(Vec<&'v str>),
    /// How often: a whole number.
    Count,
    /// A quantity or a rate, in this unit; per cent means percentage points.
    Number(&'v str),
    /// What was done of a target.
    Done,
}

impl std::fmt::Display for Ask<'_> {
    /// As the form calls it: `次数`, `等级（A、B）`, `数值（%）`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Level(names) => write!(f, "等级（{}）", names.join("、")),
            Self::Count => write!(f, "次数"),
            Self::Number("") => write!(f, "数量"),
            Self::Number("%") => write!(f, "比率（填百分数，如95.5，不带%号）"),
            Self::Number(unit) => write!(f, "数量（{unit}）"),
            Self::Done => write!(f, "完成数"),
        }
    }
}

/// Whatever a value of any kind can hold.
const KEYS: [&str; 21] = [
    "above",
    "at_least",
    "at_most",
    "bands",
    "base",
    "below",
    "each",
    "from",
    "high",
    "levels",
    "low",
    "minus",
    "negative",
    "otherwise",
    "per",
    "plus",
    "points",
    "step",
    "target",
    "to",
    "unit",
];

macro_rules! kinds {
    ($($name:literal => $kind:ident in $file:ident),* $(,)?) => {
        /// A line's rule from what was given to points.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum Value {
            $($kind($file::$kind)),*
        }

        impl Value {
            /// What is said of each kind.
            pub(super) const ABOUT: &'static [About] = &[$($file::ABOUT),*];

            fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$kind(kind) => kind),*
                }
            }

            /// The value of a line as its scheme writes it; none, with its faults told, where it cannot be meant.
            pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
                let read = Self::of_kind(table);
                if read.is_none() {
                    // What else it holds is told by its kind, once that can be read.
                    table.know(&KEYS);
                    table.finish();
                }
                read
            }

            fn of_kind(table: &Table<'_, '_>) -> Option<Self> {
                let kind = table.required_text("kind")?;
                match kind.value.as_str() {
                    $($name => $file::$kind::read(table).map(Self::$kind),)*
                    other => {
                        let known = [$($name),*].join("、");
                        table.wrong(kind.line, format!("kind 不能是“{other}”，可用：{known}"));
                        None
                    }
                }
            }
        }
    };
}

kinds! {
    "levels" => Levels in levels,
    "count" => Count in count,
    "bands" => Bands in bands,
    "linear" => Linear in linear,
    "share" => Share in share,
    "steps" => Steps in steps,
}

impl Value {
    /// The most points it can give.
    #[must_use]
    pub fn most(&self) -> Points {
        self.kind().most()
    }

    /// The fewest points it can give.
    #[must_use]
    pub fn least(&self) -> Points {
        self.kind().least()
    }

    /// What of it can hardly be meant, each in words.
    pub(super) fn doubts(&self) -> Vec<String> {
        self.kind().doubts()
    }

    /// The points of what was given, exactly; none where nothing can be worked out from it.
    #[must_use]
    pub fn points(&self, given: &Given) -> Option<Exact> {
        self.kind().points(given)
    }

    /// What its cell is to hold.
    #[must_use]
    pub fn ask(&self) -> Ask<'_> {
        self.kind().ask()
    }

    /// What its own cell is to hold, as people read it: `数量（万元），可以是负数`.
    #[must_use]
    pub fn asks_one(&self) -> String {
        let below = if self.may_be_negative() {
            "，可以是负数"
        } else {
            ""
        };
        format!("{}{below}", self.ask())
    }

    /// What is to be filled in, as people read it.
    #[must_use]
    pub fn asks(&self) -> String {
        let target = if self.asks_target() {
            "和目标数"
        } else {
            ""
        };
        format!("{}{target}", self.asks_one())
    }

    #[must_use]
    pub fn asks_target(&self) -> bool {
        self.kind().asks_target()
    }

    /// Whether what its cell holds may be below 0.
    #[must_use]
    pub fn may_be_negative(&self) -> bool {
        self.kind().may_be_negative()
    }

    /// The largest quantity that the rule speaks of; none where it speaks of none.
    #[must_use]
    pub fn reaches(&self) -> Option<Points> {
        self.kind().reaches()
    }

    /// The smallest quantity above 0 that the rule speaks of; none where it speaks of none.
    #[must_use]
    pub fn begins(&self) -> Option<Points> {
        self.kind().begins()
    }

    /// What a spreadsheet works out: the points to `decimals` decimals, nothing where nothing sound is given.
    #[must_use]
    pub fn formula(&self, value: &str, target: &str, decimals: Option<u32>) -> String {
        /// Enough for every comparison, and no more than a spreadsheet is sure of.
        const FINE: u32 = 10;
        let points = self.kind().formula(value, target);
        let fine = format!("ROUND({points},{FINE})");
        // Binary fractions fall short of a half by less than anybody measures: that is put right before a half decides.
        let rounded = match decimals {
            Some(decimals) if decimals < FINE => format!("ROUND({fine},{decimals})"),
            _ => fine,
        };
        match self.ask() {
            Ask::Level(_) => points,
            Ask::Count => {
                format!(
                    "IF(ISNUMBER({value}),IF(AND({value}>=0,INT({value})={value}),{rounded},\"\"),\"\")"
                )
            }
            Ask::Number(_) if self.may_be_negative() => {
                format!("IF(ISNUMBER({value}),{rounded},\"\")")
            }
            Ask::Number(_) => {
                format!("IF(ISNUMBER({value}),IF({value}>=0,{rounded},\"\"),\"\")")
            }
            Ask::Done if self.asks_target() => format!(
                "IF(AND(ISNUMBER({value}),ISNUMBER({target})),IF(AND({value}>=0,{target}>0),{rounded},\"\"),\"\")"
            ),
            Ask::Done => format!("IF(ISNUMBER({value}),IF({value}>=0,{rounded},\"\"),\"\")"),
        }
    }

    /// The step taken, as people follow it: `扣3次×5分，扣完为止 → 0分`.
    #[must_use]
    pub fn step(&self, given: &Given, points: &str) -> String {
        format!("{} → {points}分", self.kind().working(given))
    }

    /// The rule as people read it: `每次扣5分，从10分扣起，扣完为止`.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.kind().in_words()
    }
}

/// What was given, as it was written.
fn shown(given: &Given) -> String {
    match given {
        Given::Level(level) => level.clone(),
        Given::Number(number) | Given::Done { done: number, .. } => number.to_string(),
    }
}

/// A number that is not below 0: no count is, nor a quantity or a rate unless its rule says so.
fn number(given: &Given, may_be_negative: bool) -> Option<Points> {
    match given {
        Given::Number(number) if may_be_negative || !number.is_negative() => Some(*number),
        _ => None,
    }
}

/// What a number is counted in: per cent is per cent however wide its sign is typed.
fn unit(table: &Table<'_, '_>) -> String {
    let unit = table.text("unit").map_or(String::new(), |unit| unit.value);
    if fold(&unit) == "%" {
        "%".to_owned()
    } else {
        unit
    }
}

/// Whether a number may be below 0 (a growth of −2.5%): where the scheme says so, or speaks of a bound below 0.
fn negative(table: &Table<'_, '_>, mut bounds: impl Iterator<Item = Points>) -> bool {
    let said = table.flag("negative");
    said.map_or_else(|| bounds.any(Points::is_negative), |said| said.value)
}

/// The value of a required key of points.
fn points(table: &Table<'_, '_>, key: &'static str) -> Option<Points> {
    table
        .required(key, table.points(key))
        .map(|points| points.value)
}

/// The value of a required key of points above 0.
fn positive(table: &Table<'_, '_>, key: &'static str) -> Option<Points> {
    let points = table.required(key, table.points(key))?;
    if points.value.is_zero() {
        table.wrong(points.line, format!("{key} 必须大于0"));
        return None;
    }
    Some(points.value)
}
