//! 公示 and 发布 (办法7.6): what is made public of a decision, and nothing else.
//!
//! A 公示 comes before the award: its days and its contact are there for objections. A 发布 is the award itself: a
//! society with an objection that is open or upheld is not in it. No score, no reviewer and no remark gets here: what
//! a [`Notice`] does not hold cannot be published.

pub mod page;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::committee::objection::{Objections, Period};
use crate::committee::{Level, Verdict, height, in_order, term};
use crate::error::Error;
use crate::ground::Ground;
use crate::model::rows::written;
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
    /// Of a 公示: those, too, that an earlier meeting decided on.
    pub all: bool,
}

/// The whole of what is made public.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Notice {
    pub schema: u32,
    pub kind: Kind,
    pub title: String,
    pub issuer: String,
    pub year: u32,
    /// What is made public of each.
    #[serde(skip)]
    pub level: Level,
    /// Whether what is awarded ends on a day.
    #[serde(skip)]
    pub has_terms: bool,
    pub date: Date,
    pub scope: String,
    pub basis: String,
    /// First and last day of the 公示.
    pub period: Option<Period>,
    /// Where objections go.
    pub contact: Option<String>,
    /// By star, then in the order of the list of societies.
    pub societies: Vec<Entry>,
}

/// One society.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    pub name: String,
    /// Left out where the scheme has no stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u32>,
    pub grade: Option<String>,
    pub valid_until: Option<Date>,
}

/// A notice, and who is not in it, with the reason; for the clerk alone.
#[derive(Debug)]
pub struct Made {
    pub notice: Notice,
    pub left_out: Vec<(String, String)>,
    /// How many are not in a 公示 because an earlier meeting decided on them.
    pub decided_before: usize,
}

impl Notice {
    /// The paper of one kind, made from a decision. `objections` say of an award whom it must wait for.
    #[must_use]
    pub fn of(
        ground: &Ground,
        verdict: &Verdict,
        kind: Kind,
        date: Date,
        said: &Said,
        objections: Option<&Objections>,
    ) -> Made {
        let scheme = &ground.scheme;
        let level = Level::of(scheme);
        let mut left_out = Vec::new();
        let mut decided_before = 0;
        let decided = &verdict.decided.societies;
        for one in decided.iter().filter(|one| one.is_pending()) {
            left_out.push((one.name.clone(), "暂缓，还没有审定".to_owned()));
        }
        let mut societies = Vec::new();
        let mut rows = in_order(scheme, decided);
        // Within a star or grade the order of the list: that of the ranking would tell who has more points.
        rows.sort_by_key(|(award, one)| {
            let listed = ground.roster.society_named(&one.name);
            (std::cmp::Reverse(height(scheme, award)), listed)
        });
        for (award, one) in rows {
            let listed = ground.roster.society_named(&one.name);
            if !award.is_any() {
                let none = format!("没有{}", level.noun());
                left_out.push((one.name.clone(), none));
                continue;
            }
            // What was decided before a later sheet completed it had its own 公示.
            if kind == Kind::Proposed && !said.all && one.day < verdict.decided.meeting.day {
                decided_before += 1;
                continue;
            }
            let waits = objections.and_then(|list| {
                let against = listed.and_then(|listed| list.against(listed, one.day));
                against.or_else(|| list.not_proposed(one.day))
            });
            if let Some(why) = waits {
                left_out.push((one.name.clone(), why));
                continue;
            }
            societies.push(Entry {
                name: subject(scheme, &one.name),
                stars: award.stars,
                grade: award.grade,
                valid_until: scheme
                    .validity_years
                    .map(|years| term::last_day(one.day, years)),
            });
        }
        let period = (kind == Kind::Proposed).then(|| {
            let last = date.checked_add((i64::from(said.days) - 1).days());
            let last = last.unwrap_or(date);
            Period { first: date, last }
        });
        let title = said.title.clone().unwrap_or_else(|| {
            let what = match kind {
                Kind::Proposed => format!("拟定{}公示", level.noun()),
                Kind::Announced => format!("{}发布", level.noun()),
            };
            ground.scheme.titled(&what)
        });
        let notice = Self {
            schema: SCHEMA,
            kind,
            title,
            issuer: said.issuer.clone(),
            year: scheme.year,
            level,
            has_terms: scheme.validity_years.is_some(),
            date,
            scope: said.scope.clone(),
            basis: said.basis.clone(),
            period,
            contact: (kind == Kind::Proposed).then(|| said.contact.clone()),
            societies,
        };
        Made {
            notice,
            left_out,
            decided_before,
        }
    }

    /// Whether stars are made public.
    #[must_use]
    pub fn has_stars(&self) -> bool {
        self.level == Level::Stars
    }

    /// What is said of each behind the name.
    #[must_use]
    pub fn heads(&self) -> Vec<&'static str> {
        let heads = [
            ("星级", self.has_stars()),
            ("等次", true),
            ("有效期至", self.has_terms),
        ];
        let heads = heads.into_iter().filter(|(_, is_there)| *is_there);
        heads.map(|(head, _)| head).collect()
    }

    /// The same as a table for programs and spreadsheets: UTF-8 with its mark.
    ///
    /// # Errors
    /// None in practice; a value that cannot be written is a fault of this program.
    pub fn csv(&self, file: &str) -> Result<Vec<u8>, Error> {
        let mut head = vec!["名称"];
        head.extend(self.heads());
        head.extend(["范围", "依据"]);
        let head = head.into_iter().map(str::to_owned).collect();
        let rows = self.societies.iter().map(|one| {
            let mut cells = vec![one.name.clone()];
            cells.extend(
                self.has_stars()
                    .then(|| one.stars.map_or(String::new(), |stars| stars.to_string())),
            );
            cells.push(one.grade.clone().unwrap_or_default());
            if self.has_terms {
                cells.push(one.valid_until.map_or(String::new(), |day| day.to_string()));
            }
            cells.extend([self.scope.clone(), self.basis.clone()]);
            cells
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
        said.extend(self.period.map(Period::line));
        if let Some(contact) = &self.contact {
            said.push(format!(
                "公示期内对拟定{}有异议的，请实名向以下联系人提出，并说明事实和理由：{contact}",
                self.level.noun()
            ));
        }
        said
    }
}
