//! 权重: a share of a whole, in per cent or as a fraction; exact, so that three of one third are all of it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::{Exact, Points};

/// A share of a whole, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// `30`: hundredths.
    Percent(Points),
    /// `1/3`: what no number of hundredths says.
    Fraction { part: u32, of: u32 },
}

impl Weight {
    /// More than that nobody divides by.
    const MOST: u32 = 1000;

    /// How much of the whole.
    #[must_use]
    pub fn share(self) -> Exact {
        match self {
            Self::Percent(percent) => Exact::percent(percent),
            Self::Fraction { part, of } => {
                Exact::from(Points::whole(part.into())) / Exact::from(Points::whole(of.into()))
            }
        }
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.share().is_zero()
    }

    /// What a spreadsheet multiplies by.
    #[must_use]
    pub fn factor(self) -> String {
        match self {
            Self::Percent(percent) => format!("{percent}/100"),
            Self::Fraction { part, of } => format!("{part}/{of}"),
        }
    }

    /// As a file has it: `30`, `1/3`.
    #[must_use]
    pub fn bare(self) -> String {
        match self {
            Self::Percent(percent) => percent.to_string(),
            Self::Fraction { part, of } => format!("{part}/{of}"),
        }
    }

    /// What several come to, in per cent: `100%`, `99.99%`.
    #[must_use]
    pub fn sum_of(sum: &Exact) -> String {
        let percent = sum.clone() * Exact::from(Points::whole(100));
        format!("{}%", percent.shown(4))
    }
}

impl fmt::Display for Weight {
    /// As people read it: `30%`, `1/3`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Fraction { part, of } => write!(f, "{part}/{of}"),
        }
    }
}

/// It is no share of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoWeight;

impl FromStr for Weight {
    type Err = NoWeight;

    /// `30`, `30%`, `1/3`; a fraction above 1 is none.
    fn from_str(written: &str) -> Result<Self, NoWeight> {
        if let Some((part, of)) = written.split_once('/') {
            let [part, of] = [part, of].map(|one| one.trim().parse::<u32>());
            return match (part, of) {
                (Ok(part), Ok(of)) if (1..=of).contains(&part) && of <= Self::MOST => {
                    Ok(Self::Fraction { part, of })
                }
                _ => Err(NoWeight),
            };
        }
        let percent = written.strip_suffix('%').unwrap_or(written);
        let percent = percent.trim().parse::<Points>().map_err(|_| NoWeight)?;
        if percent.is_negative() {
            return Err(NoWeight);
        }
        Ok(Self::Percent(percent))
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Percent(percent) => percent.serialize(serializer),
            Self::Fraction { .. } => serializer.serialize_str(&self.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Weight;
    use crate::model::{Exact, Points};

    #[test]
    fn three_thirds_are_all_of_it() {
        let third: Weight = "1/3".parse().expect("a fraction");
        let sum: Exact = std::iter::repeat_n(third.share(), 3).sum();
        assert_eq!(sum, Exact::from(Points::whole(1)));
        assert_eq!(Weight::sum_of(&sum), "100%");
        assert_eq!(
            (third.to_string(), third.bare()),
            ("1/3".into(), "1/3".into())
        );
        // Two decimals of it are not.
        let near: Weight = "33.33".parse().expect("a percentage");
        let sum: Exact = std::iter::repeat_n(near.share(), 3).sum();
        assert_eq!(Weight::sum_of(&sum), "99.99%");
        for wrong in ["4/3", "0/3", "1/0", "1/3/3", "-5", "x", "1/1001"] {
            assert!(wrong.parse::<Weight>().is_err(), "{wrong}");
        }
    }
}
