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

use super::reader::Table;
use crate::model::{Exact, Points};

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

    /// The points of what was given; none where it is nothing that this kind asks for, or gives nothing to
    /// divide by: the line is then held back.
    fn points(&self, given: &Given) -> Option<Exact>;

    /// The rule as people read it.
    fn in_words(&self) -> String;
}

macro_rules! kinds {
    ($($name:literal => $kind:ident in $file:ident),* $(,)?) => {
        /// A line's rule from what was given to points.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "kind", rename_all = "kebab-case")]
        pub enum Value {
            $($kind($file::$kind)),*
        }

        impl Value {
            fn kind(&self) -> &dyn Kind {
                match self {
                    $(Self::$kind(kind) => kind),*
                }
            }

            /// The value of a line as its scheme writes it; none, with its faults told, where it cannot be meant.
            pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
                let kind = table.required("kind", table.text("kind"))?;
                match kind.value.as_str() {
                    $($name => $file::$kind::read(table).map(Self::$kind),)*
                    other => {
                        let known = [$($name),*].join("、");
                        table.fault(kind.line, format!("kind 不能是“{other}”，可用：{known}"));
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

    /// The points of what was given, exactly; none where nothing can be worked out from it.
    #[must_use]
    pub fn points(&self, given: &Given) -> Option<Exact> {
        self.kind().points(given)
    }

    /// The rule as people read it: `每次扣5分，从10分扣起，扣完为止`.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.kind().in_words()
    }
}

/// A number that is not below 0: no count, quantity or rate is.
fn number(given: &Given) -> Option<Points> {
    match given {
        Given::Number(number) if !number.is_negative() => Some(*number),
        _ => None,
    }
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
        table.fault(points.line, format!("{key} 必须大于0"));
        return None;
    }
    Some(points.value)
}
