//! 按区间: a table of intervals over a quantity or a rate, from a bound upwards or up to a bound.

use serde::Serialize;

use super::{Ask, Given, Kind, negative, number, points, shown, unit};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "bands",
    called: "按区间",
    means: "填数量或比率，落在哪个区间得几分；边界上的数算在区间之内。",
    keys: "bands 各区间：from 不低于（从大到小排列）或 up_to 不高于（从小到大排列），points 分值；otherwise 都不在时的分；unit 单位；negative = true 可以填负数（如增速）",
    example: "bonus = 20\nvalue = { kind = \"bands\", unit = \"%\", otherwise = 0, bands = [{ from = 95, points = 20 }, { from = 90, points = 15 }, { from = 80, points = 8 }] }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bands {
    /// What the number is counted in: `%`. For people only; per cent means percentage points.
    pub unit: String,
    /// Which way the bounds go.
    pub bound: Bound,
    /// The first that holds gives the points.
    #[serde(rename = "bands")]
    pub intervals: Vec<Band>,
    /// What a number outside every band gives.
    pub otherwise: Points,
    /// Whether numbers may be below 0.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negative: bool,
}

/// Which side of its bound a band lies on; the bound itself belongs to the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    From,
    UpTo,
}

/// One interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Band {
    pub at: Points,
    pub points: Points,
}

impl Bands {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let mut bound = None;
        let mut bands: Vec<Band> = Vec::new();
        for band in table.tables("bands") {
            let (from, up_to) = (band.quantity("from"), band.quantity("up_to"));
            let points = points(&band, "points");
            band.finish();
            let (side, at) = match (from, up_to) {
                (Some(from), None) => (Bound::From, from.value),
                (None, Some(up_to)) => (Bound::UpTo, up_to.value),
                _ => {
                    table.fault(
                        band.line,
                        "每个区间须写明 from（不低于）或 up_to（不高于）之一",
                    );
                    return None;
                }
            };
            if bound.is_some_and(|bound| bound != side) {
                table.fault(band.line, "同一张表的区间须都用 from，或都用 up_to");
            }
            let in_order = bands.last().is_none_or(|last| match side {
                Bound::From => last.at > at,
                Bound::UpTo => last.at < at,
            });
            if !in_order {
                let order = match side {
                    Bound::From => "从大到小（from）",
                    Bound::UpTo => "从小到大（up_to）",
                };
                table.fault(band.line, format!("区间须{order}排列"));
            }
            bound = Some(side);
            bands.push(Band {
                at,
                points: points?,
            });
        }
        let otherwise = points(table, "otherwise");
        let unit = unit(table);
        let negative = negative(table, bands.iter().map(|band| band.at));
        table.finish();
        let Some(bound) = bound else {
            table.fault(table.line, "bands 至少要有一个区间");
            return None;
        };
        Some(Self {
            unit,
            bound,
            intervals: bands,
            otherwise: otherwise?,
            negative,
        })
    }
}

impl Kind for Bands {
    fn most(&self) -> Points {
        let points = self.intervals.iter().map(|band| band.points);
        points.max().unwrap_or_default().max(self.otherwise)
    }

    fn least(&self) -> Points {
        let points = self.intervals.iter().map(|band| band.points);
        points.min().unwrap_or_default().min(self.otherwise)
    }

    /// Of neighbours that give the same one is idle; points that rise and fall again are mostly two that were exchanged.
    fn doubts(&self) -> Vec<String> {
        let side = match self.bound {
            Bound::From => "及以上",
            Bound::UpTo => "及以下",
        };
        let named = |at: Points| format!("{at}{}{side}", self.unit);
        let bands = self.intervals.iter();
        let bands = bands.map(|band| (named(band.at), band.points));
        let all: Vec<(String, Points)> =
            bands.chain([("其余".to_owned(), self.otherwise)]).collect();
        let mut doubts = Vec::new();
        for pair in all.windows(2) {
            if let [(one, points), (next, same)] = pair
                && points == same
            {
                doubts.push(format!("{one}与{next}都得{points}分，可以并作一个区间"));
            }
        }
        let falls = all.windows(2).any(|pair| pair[0].1 > pair[1].1);
        let rises = all.windows(2).find(|pair| pair[0].1 < pair[1].1);
        if let (true, Some([(one, less), (next, more)])) = (falls, rises) {
            doubts.push(format!(
                "{one}得{less}分，{next}反而得{more}分，分值忽升忽降"
            ));
        }
        doubts
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        let number = number(given, self.negative)?;
        let held = self.intervals.iter().find(|band| match self.bound {
            Bound::From => number >= band.at,
            Bound::UpTo => number <= band.at,
        });
        Some(Exact::from(held.map_or(self.otherwise, |band| band.points)))
    }

    fn in_words(&self) -> String {
        let bound = match self.bound {
            Bound::From => "及以上",
            Bound::UpTo => "及以下",
        };
        let unit = &self.unit;
        let bands: Vec<String> = self
            .intervals
            .iter()
            .map(|band| format!("{}{unit}{bound}得{}分", band.at, band.points))
            .collect();
        format!("{}，其余得{}分", bands.join("、"), self.otherwise)
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Number(&self.unit)
    }

    fn may_be_negative(&self) -> bool {
        self.negative
    }

    fn begins(&self) -> Option<Points> {
        let bounds = self.intervals.iter().map(|band| band.at);
        bounds.filter(|at| at.is_positive()).min()
    }

    fn reaches(&self) -> Option<Points> {
        self.intervals.iter().map(|band| band.at).max()
    }

    fn formula(&self, value: &str, _: &str) -> String {
        let sign = match self.bound {
            Bound::From => ">=",
            Bound::UpTo => "<=",
        };
        let rest = self.otherwise.to_string();
        self.intervals.iter().rev().fold(rest, |rest, band| {
            format!("IF({value}{sign}{},{},{rest})", band.at, band.points)
        })
    }

    fn working(&self, given: &Given) -> String {
        format!("{}{}", shown(given), self.unit)
    }
}
