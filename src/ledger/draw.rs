//! 抽查 (办法3.2, the first 7.8): which of the stars in force are checked. Drawn by band, so that each band is drawn, in
//! a way that anybody can repeat: whoever sorts the digests gets the same draw, whatever the order of the file.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::hold::Holding;
use crate::committee::Member;
use crate::model::sha256_hex;
use crate::scheme::{Basis, Scheme};

/// For programs.
pub const DRAW: &str = "data/draw.json";
/// Raised when what others rely on changes.
pub const SCHEMA: u32 = 1;

/// A draw: what was asked for, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draw {
    pub schema: u32,
    pub tool: String,
    /// 抽查编号: the same for whoever asks for the same of the same register, and gets the same.
    pub number: String,
    pub on: Date,
    pub per_cent: u32,
    pub seed: String,
    /// 校验码 of the register's last row before the draw was entered.
    pub check: String,
    pub lots: Vec<Lot>,
    /// Those who check, as far as they are listed.
    pub checkers: Vec<Member>,
}

impl Draw {
    /// Those that were drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &Lot> {
        self.lots.iter().filter(|lot| lot.is_drawn)
    }
}

/// What is proposed of a star that was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposal {
    Confirm,
    Adjust(u32),
    /// No star is left: that is no adjustment (the second 7.8).
    NoStar,
}

impl Proposal {
    #[must_use]
    pub const fn of(held: u32, found: u32) -> Self {
        if held == found {
            Self::Confirm
        } else if found == 0 {
            Self::NoStar
        } else {
            Self::Adjust(found)
        }
    }

    #[must_use]
    pub fn say(self, scheme: &Scheme) -> String {
        match self {
            Self::Confirm => "复核确认".to_owned(),
            Self::Adjust(stars) => format!("调整为{stars}星"),
            Self::NoStar => format!(
                "达不到星级，按撤销处理{}",
                Basis::cite(scheme.basis.withdrawal.as_deref())
            ),
        }
    }
}

/// One of those that could be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    pub society: String,
    pub stars: u32,
    /// 等次; none is a band of its own.
    pub band: Option<String>,
    /// SHA-256 of the seed with the name behind it.
    pub digest: String,
    pub is_drawn: bool,
    /// The last day of the star, where it has one.
    #[serde(default)]
    pub until: Option<Date>,
}

/// How many of so many are drawn: the share rounded up, at least one.
#[must_use]
pub fn count(of: usize, per_cent: u32) -> usize {
    let share = usize::try_from(per_cent).unwrap_or(usize::MAX);
    of.saturating_mul(share).div_ceil(100).clamp(1.min(of), of)
}

/// Every lot, by band (most stars first) and within it by digest; the first of each band are drawn.
#[must_use]
pub fn draw<'h>(
    holdings: impl Iterator<Item = &'h Holding>,
    band: impl Fn(&Holding) -> Option<String>,
    per_cent: u32,
    seed: &str,
) -> Vec<Lot> {
    let mut bands: BTreeMap<Option<String>, Vec<Lot>> = BTreeMap::new();
    for one in holdings {
        let lot = Lot {
            society: one.society.clone(),
            stars: one.stars,
            band: band(one),
            digest: sha256_hex(format!("{seed}{}", one.society).as_bytes()),
            is_drawn: false,
            until: one.until,
        };
        bands.entry(lot.band.clone()).or_default().push(lot);
    }
    let mut bands: Vec<Vec<Lot>> = bands.into_values().collect();
    bands.sort_by_key(|lots| std::cmp::Reverse(lots.iter().map(|lot| lot.stars).max()));
    for lots in &mut bands {
        lots.sort_by(|one, other| one.digest.cmp(&other.digest));
        let drawn = count(lots.len(), per_cent);
        for lot in lots.iter_mut().take(drawn) {
            lot.is_drawn = true;
        }
    }
    bands.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::{count, draw};
    use crate::ledger::Kind;
    use crate::ledger::hold::Holding;

    fn holding(name: &str, stars: u32) -> Holding {
        let day = jiff::civil::date(2018, 9, 20);
        Holding {
            society: name.to_owned(),
            stars,
            from: day,
            until: None,
            ended: None,
            last: (Kind::Awarded, day),
            source: "D0".to_owned(),
            grading: None,
        }
    }

    #[test]
    fn a_share_is_rounded_up_and_never_nothing() {
        for (of, share, drawn) in [(11, 20, 3), (10, 20, 2), (1, 1, 1), (3, 100, 3), (0, 20, 0)] {
            assert_eq!(count(of, share), drawn, "{share}% of {of}");
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_whatever_the_order_and_from_every_band() {
        let mut all: Vec<Holding> = (0..10).map(|at| holding(&format!("甲{at}"), 8)).collect();
        all.extend((0..5).map(|at| holding(&format!("乙{at}"), 5)));
        all.push(holding("丙", 3));
        let band = |one: &Holding| match one.stars {
            8 => Some("优秀".to_owned()),
            5 => Some("良好".to_owned()),
            _ => None,
        };
        let once = draw(all.iter(), band, 20, "种子");
        let again = draw(all.iter().rev(), band, 20, "种子");
        assert_eq!(once, again);
        let drawn = |wanted: Option<&str>| {
            let own = once.iter().filter(|lot| lot.band.as_deref() == wanted);
            own.filter(|lot| lot.is_drawn).count()
        };
        assert_eq!(
            (drawn(Some("优秀")), drawn(Some("良好")), drawn(None)),
            (2, 1, 1)
        );
        assert_ne!(once, draw(all.iter(), band, 20, "另一个种子"));
    }
}
