//! 公示 and 发布 (办法7.6): what is made public of a decision, and nothing else.
//!
//! A 公示 comes before the award: its days and its contact are there for objections. A 发布 is the award itself: a
//! society with an objection that is open or upheld is not in it. No score, no reviewer and no remark gets here: what
//! a [`Notice`] does not hold cannot be published.

pub mod page;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::committee::{Verdict, in_order, term};
use crate::error::Error;
use crate::ground::Ground;
use crate::model::{SocietyId, rows::written};
use crate::report::kit::words::subject;

/// Raised when what others rely on changes.
const SCHEMA: u32 = 1;

/// Which of the two papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// 公示, before the award.
    Proposed,
    /// 发布, the award.
    Announced,
}

impl Kind {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proposed => "公示",
            Self::Announced => "发布",
        }
    }
}

/// What the issuer says about the paper.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub title: Option<String>,
    pub issuer: String,
    pub scope: String,
    pub basis: String,
    /// Of the 公示.
    pub days: u32,
    pub contact: String,
}

/// The whole of what is made public.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Notice {
    pub schema: u32,
    pub kind: Kind,
    pub title: String,
    pub issuer: String,
    pub year: u32,
    pub date: Date,
    pub scope: String,
    pub basis: String,
    /// First and last day of the 公示.
    pub period: Option<(Date, Date)>,
    /// Where objections go.
    pub contact: Option<String>,
    /// By star, then in the order of the list of societies.
    pub societies: Vec<Entry>,
}

/// One society.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    pub name: String,
    pub stars: u32,
    pub grade: Option<String>,
    pub valid_until: Option<Date>,
}

/// A notice, and who is not in it, with the reason; for the clerk alone.
#[derive(Debug)]
pub struct Made {
    pub notice: Notice,
    pub left_out: Vec<(String, String)>,
}

impl Notice {
    /// The paper of one kind, made from a decision. `open` says of societies (by index into the roster) why an
    /// objection keeps them from being awarded.
    #[must_use]
    pub fn of(
        ground: &Ground,
        verdict: &Verdict,
        kind: Kind,
        date: Date,
        said: &Said,
        open: &BTreeMap<SocietyId, String>,
    ) -> Made {
        let scheme = &ground.scheme;
        let mut left_out = Vec::new();
        let decided = &verdict.decided.societies;
        for one in decided.iter().filter(|one| one.stars.is_none()) {
            left_out.push((one.name.clone(), "暂缓，还没有审定".to_owned()));
        }
        let mut societies = Vec::new();
        let mut rows = in_order(decided);
        // Within a star the order of the list: that of the ranking would tell who has more points.
        rows.sort_by_key(|(stars, one)| {
            let listed = ground.roster.society_named(&one.name);
            (std::cmp::Reverse(*stars), listed)
        });
        for (stars, one) in rows {
            let listed = ground.roster.society_named(&one.name);
            if stars == 0 {
                left_out.push((one.name.clone(), "没有星级".to_owned()));
                continue;
            }
            if kind == Kind::Announced
                && let Some(why) = listed.and_then(|listed| open.get(&listed))
            {
                left_out.push((one.name.clone(), why.clone()));
                continue;
            }
            societies.push(Entry {
                name: subject(scheme, &one.name),
                stars,
                grade: one.grade.clone(),
                valid_until: scheme
                    .validity_years
                    .map(|years| term::last_day(one.day, years)),
            });
        }
        let period = (kind == Kind::Proposed).then(|| {
            let last = date.checked_add((i64::from(said.days) - 1).days());
            (date, last.unwrap_or(date))
        });
        let title = said.title.clone().unwrap_or_else(|| {
            let what = match kind {
                Kind::Proposed => "拟定星级公示",
                Kind::Announced => "星级发布",
            };
            ground.scheme.titled(what)
        });
        let notice = Self {
            schema: SCHEMA,
            kind,
            title,
            issuer: said.issuer.clone(),
            year: scheme.year,
            date,
            scope: said.scope.clone(),
            basis: said.basis.clone(),
            period,
            contact: (kind == Kind::Proposed).then(|| said.contact.clone()),
            societies,
        };
        Made { notice, left_out }
    }

    /// The same as a table for programs and spreadsheets: UTF-8 with its mark.
    ///
    /// # Errors
    /// None in practice; a value that cannot be written is a fault of this program.
    pub fn csv(&self, file: &str) -> Result<Vec<u8>, Error> {
        let head = ["名称", "星级", "等次", "有效期至", "范围", "依据"].map(str::to_owned);
        let rows = self.societies.iter().map(|one| {
            [
                one.name.clone(),
                one.stars.to_string(),
                one.grade.clone().unwrap_or_default(),
                one.valid_until.map_or(String::new(), |day| day.to_string()),
                self.scope.clone(),
                self.basis.clone(),
            ]
        });
        written(std::iter::once(head).chain(rows)).map_err(|reason| Error::Sheet {
            file: file.to_owned(),
            reason,
        })
    }

    /// What is said above the table, one sentence a paragraph.
    #[must_use]
    pub fn preamble(&self) -> Vec<String> {
        let mut said = vec![
            format!("发布单位：{}", self.issuer),
            format!("依据：{}", self.basis),
            format!("范围：{}", self.scope),
        ];
        if let Some((first, last)) = self.period {
            use crate::model::day::say;
            said.push(format!("公示时间：{}至{}", say(first), say(last)));
        }
        if let Some(contact) = &self.contact {
            said.push(format!(
                "公示期内对拟定星级有异议的，请实名向以下联系人提出，并说明事实和理由：{contact}"
            ));
        }
        said
    }
}
