//! 按步: from a quantity on, each full (or begun) step beyond it takes or gives so much.

use serde::Serialize;

use super::{Ask, Given, Kind, negative, number, points, positive, shown, unit};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::read::word;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "steps",
    called: "按步",
    means: "填数量或比率，超过 above（或低于 below）以后，每 per 扣 minus 分（或加 plus 分）。",
    keys: "base 没有超过时的分；above 或 below 界限；per 每步多少；step 不满一步怎么算：full 满一步才算，begun 不满一步也算；minus 每步扣分、at_least 最低分，或 plus 每步加分、at_most 最高分；unit 单位；negative = true 可以填负数（如增速）",
    example: "bonus = 20\nvalue = { kind = \"steps\", unit = \"%\", base = 20, above = 5, per = 1, step = \"full\", minus = 2 }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Steps {
    pub unit: String,
    /// The points as long as the bound is not passed.
    pub base: Points,
    pub bound: Bound,
    pub at: Points,
    pub per: Points,
    pub rounding: Rounding,
    pub change: Change,
    /// Whether numbers may be below 0.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// Which side of the bound the steps lie on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    Above,
    Below,
}

/// What a step counts as that is not full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// Only a full step counts.
    Full,
    /// A begun step counts as one.
    Begun,
}

/// What each step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    Minus { each: Points, at_least: Points },
    Plus { each: Points, at_most: Points },
}

impl Steps {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let base = points(table, "base");
        let (bound, at) = match (table.quantity("above"), table.quantity("below")) {
            (Some(above), None) => (Bound::Above, above.value),
            (None, Some(below)) => (Bound::Below, below.value),
            _ => {
                table.fault(table.line, "steps 须写明 above（超过）或 below（低于）之一");
                return None;
            }
        };
        let per = positive(table, "per");
        // The scheme says it: full steps and begun ones differ by one.
        let rounding = word(
            table,
            "step",
            &[("full", Rounding::Full), ("begun", Rounding::Begun)],
        );
        if !table.has("step") {
            table.fault(
                table.line,
                "steps 须写明 step：full（满一步才算）或 begun（不满一步也算）",
            );
        }
        let change = match (table.has("minus"), table.has("plus")) {
            (true, false) => {
                let each = positive(table, "minus");
                let least = table.points("at_least");
                if let (Some(least), Some(base)) = (&least, base)
                    && least.value >= base
                {
                    table.fault(least.line, format!("at_least 须小于 base（{base}）"));
                }
                Change::Minus {
                    each: each?,
                    at_least: least.map_or(Points::ZERO, |least| least.value),
                }
            }
            (false, true) => {
                let each = positive(table, "plus");
                let most = table.required("at_most", table.points("at_most"))?;
                if base.is_some_and(|base| most.value <= base) {
                    table.fault(most.line, "at_most 须大于 base");
                }
                Change::Plus {
                    each: each?,
                    at_most: most.value,
                }
            }
            _ => {
                table.fault(
                    table.line,
                    "steps 须写明 minus（每步扣）或 plus（每步加）之一",
                );
                return None;
            }
        };
        let unit = unit(table);
        let negative = negative(table, std::iter::once(at));
        table.finish();
        Some(Self {
            unit,
            base: base?,
            bound,
            at,
            per: per?,
            rounding: rounding?,
            change,
            negative,
        })
    }
}

impl Steps {
    /// How many steps beyond the bound a number lies.
    fn steps(&self, number: Points) -> Exact {
        let beyond = match self.bound {
            Bound::Above => number - self.at,
            Bound::Below => self.at - number,
        };
        let steps = Exact::from(beyond.max(Points::ZERO)) / Exact::from(self.per);
        match self.rounding {
            Rounding::Full => steps.floor(),
            Rounding::Begun => steps.ceil(),
        }
    }
}

impl Kind for Steps {
    fn most(&self) -> Points {
        match self.change {
            Change::Minus { .. } => self.base,
            Change::Plus { at_most, .. } => at_most,
        }
    }

    fn least(&self) -> Points {
        match self.change {
            Change::Minus { at_least, .. } => at_least,
            Change::Plus { .. } => self.base,
        }
    }

    fn doubts(&self) -> Vec<String> {
        match self.change {
            Change::Minus { each, .. } if each > self.base => {
                vec![format!(
                    "每步扣{each}分（minus），而起点才{}分（base）",
                    self.base
                )]
            }
            Change::Plus { each, at_most } if each > at_most - self.base => vec![format!(
                "每步加{each}分（plus），而从{}分（base）到最高{at_most}分（at_most）才差{}分",
                self.base,
                at_most - self.base
            )],
            Change::Minus { .. } | Change::Plus { .. } => Vec::new(),
        }
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        let steps = self.steps(number(given, self.negative)?);
        let base = Exact::from(self.base);
        Some(match self.change {
            Change::Minus { each, at_least } => {
                (base - steps * Exact::from(each)).max(Exact::from(at_least))
            }
            Change::Plus { each, at_most } => {
                (base + steps * Exact::from(each)).min(Exact::from(at_most))
            }
        })
    }

    fn in_words(&self) -> String {
        let side = match self.bound {
            Bound::Above => "超过",
            Bound::Below => "低于",
        };
        let per = format!("{}{}", self.per, self.unit);
        let step = match self.rounding {
            Rounding::Full => format!("每满{per}"),
            Rounding::Begun => format!("每{per}（不足{per}按{per}计）"),
        };
        let change = match self.change {
            Change::Minus { each, at_least } if at_least.is_zero() => {
                format!("扣{each}分，扣完为止")
            }
            Change::Minus { each, at_least } => format!("扣{each}分，最低{at_least}分"),
            Change::Plus { each, at_most } => format!("加{each}分，最高{at_most}分"),
        };
        let Self { base, at, unit, .. } = self;
        format!("{base}分，{side}{at}{unit}的部分{step}{change}")
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Number(&self.unit)
    }

    fn may_be_negative(&self) -> bool {
        self.negative
    }

    fn begins(&self) -> Option<Points> {
        Some(self.at).filter(|at| at.is_positive())
    }

    fn reaches(&self) -> Option<Points> {
        Some(self.at)
    }

    fn formula(&self, value: &str, _: &str) -> String {
        let beyond = match self.bound {
            Bound::Above => format!("{value}-({})", self.at),
            Bound::Below => format!("{}-{value}", self.at),
        };
        // Binary fractions fall short of a full step by less than anybody measures.
        let steps = format!("ROUND(MAX({beyond},0)/{},9)", self.per);
        let steps = match self.rounding {
            Rounding::Full => format!("INT({steps})"),
            Rounding::Begun => format!("ROUNDUP({steps},0)"),
        };
        match self.change {
            Change::Minus { each, at_least } => {
                format!("MAX({}-{steps}*{each},{at_least})", self.base)
            }
            Change::Plus { each, at_most } => {
                format!("MIN({}+{steps}*{each},{at_most})", self.base)
            }
        }
    }

    fn working(&self, given: &Given) -> String {
        let steps =
            number(given, self.negative).map_or_else(Exact::zero, |number| self.steps(number));
        let change = match self.change {
            Change::Minus { each, .. } => format!("扣{each}分"),
            Change::Plus { each, .. } => format!("加{each}分"),
        };
        let end = match self.change {
            Change::Minus { at_least, .. } if self.points(given) == Some(Exact::from(at_least)) => {
                if at_least.is_zero() {
                    "，扣完为止".to_owned()
                } else {
                    format!("，最低{at_least}分")
                }
            }
            Change::Plus { at_most, .. } if self.points(given) == Some(Exact::from(at_most)) => {
                format!("，最高{at_most}分")
            }
            _ => String::new(),
        };
        format!(
            "{}{}，{}分，{}步×{change}{end}",
            shown(given),
            self.unit,
            self.base,
            steps.rounded(0)
        )
    }
}
