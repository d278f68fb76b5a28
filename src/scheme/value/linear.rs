//! 线性: points rise or fall evenly between two quantities, and stay as they are beyond them.

use serde::Serialize;

use super::{Ask, Given, Kind, negative, number, points, shown, unit};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "linear",
    called: "线性",
    means: "填数量或比率，在 low 与 high 之间按比例增减，两端以外不再变。",
    keys: "low、high 两端：at 数量，points 分值；unit 单位；negative = true 可以填负数（如增速）",
    example: "bonus = 20\nvalue = { kind = \"linear\", unit = \"%\", low = { at = 60, points = 0 }, high = { at = 100, points = 20 } }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Linear {
    pub unit: String,
    pub low: Corner,
    pub high: Corner,
    /// Whether quantities may be below 0.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// The points of one quantity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Corner {
    pub at: Points,
    pub points: Points,
}

impl Linear {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let corner = |key| {
            let Some(corner) = table.table(key) else {
                let message = format!("linear 须写明 {key} = {{ at = …, points = … }}");
                table.fault(table.line, message);
                return None;
            };
            let at = corner.required("at", corner.quantity("at"));
            let (at, points) = (at.map(|at| at.value), points(&corner, "points"));
            corner.finish();
            Some(Corner {
                at: at?,
                points: points?,
            })
        };
        let (low, high) = (corner("low"), corner("high"));
        let unit = unit(table);
        let ends = [&low, &high].into_iter().flatten().map(|end| end.at);
        let negative = negative(table, ends);
        table.finish();
        let (low, high) = (low?, high?);
        if low.at >= high.at {
            table.fault(table.line, "linear 的 low.at 须小于 high.at");
            return None;
        }
        Some(Self {
            unit,
            low,
            high,
            negative,
        })
    }
}

impl Kind for Linear {
    fn most(&self) -> Points {
        self.low.points.max(self.high.points)
    }

    fn least(&self) -> Points {
        self.low.points.min(self.high.points)
    }

    fn doubts(&self) -> Vec<String> {
        if self.low.points == self.high.points {
            let points = self.low.points;
            return vec![format!("两端（low、high）都得{points}分，填多少都一样")];
        }
        Vec::new()
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        let number = number(given, self.negative)?
            .max(self.low.at)
            .min(self.high.at);
        let way = Exact::from(number - self.low.at) / Exact::from(self.high.at - self.low.at);
        let rise = Exact::from(self.high.points) - Exact::from(self.low.points);
        Some(Exact::from(self.low.points) + rise * way)
    }

    fn in_words(&self) -> String {
        let unit = &self.unit;
        format!(
            "{}{unit}及以下得{}分，{}{unit}及以上得{}分，其间按比例",
            self.low.at, self.low.points, self.high.at, self.high.points
        )
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Number(&self.unit)
    }

    fn may_be_negative(&self) -> bool {
        self.negative
    }

    fn begins(&self) -> Option<Points> {
        let ends = [self.low.at, self.high.at].into_iter();
        ends.filter(|at| at.is_positive()).min()
    }

    fn reaches(&self) -> Option<Points> {
        Some(self.high.at)
    }

    fn formula(&self, value: &str, _: &str) -> String {
        let (low, high) = (&self.low, &self.high);
        // The difference of large quantities is what they say, not what is left of their binary fractions.
        format!(
            "{}+ROUND(MIN(MAX({value},{}),{})-({}),9)*({}-{})/({}-({}))",
            low.points, low.at, high.at, low.at, high.points, low.points, high.at, low.at
        )
    }

    fn working(&self, given: &Given) -> String {
        format!("{}{}，按比例", shown(given), self.unit)
    }
}
