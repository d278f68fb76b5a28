//! 审定什么: stars, from which the grade follows; where a scheme has none, the grade; where it has neither, that the
//! outcome stands.

use crate::model::{fold, numerals};
use crate::outcome::Society;
use crate::scheme::Scheme;

/// What is decided of each by a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Stars,
    Grades,
    /// Totals and ranks alone: there is nothing to adjust.
    Ranks,
}

/// The headings of what is decided, as its name has them.
#[derive(Debug, Clone, Copy)]
pub struct Heads {
    pub computed: &'static str,
    /// The group's.
    pub recommended: &'static str,
    pub decided: &'static str,
    /// Of the group's own page.
    pub of_group: &'static str,
}

const STARS: Heads = Heads {
    computed: "测算星级",
    recommended: "推荐星级",
    decided: "审议星级",
    of_group: "小组推荐星级",
};
const GRADES: Heads = Heads {
    computed: "测算等次",
    recommended: "推荐等次",
    decided: "审议等次",
    of_group: "小组推荐等次",
};

impl Level {
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        if scheme.has_stars() {
            Self::Stars
        } else if scheme.grades.is_empty() {
            Self::Ranks
        } else {
            Self::Grades
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Stars => "星级",
            Self::Grades => "等次",
            Self::Ranks => "名次",
        }
    }

    /// Its headings; none where nothing is filled in.
    #[must_use]
    pub const fn heads(self) -> Option<Heads> {
        match self {
            Self::Stars => Some(STARS),
            Self::Grades => Some(GRADES),
            Self::Ranks => None,
        }
    }

    /// What may be filled in, to choose from; empty where that would be more than anybody reads, or a spreadsheet holds.
    #[must_use]
    pub fn choices(self, scheme: &Scheme) -> Vec<String> {
        /// Stars; and 0.
        const MANY: usize = 21;
        /// In the file they stand in one text, with commas between.
        const LONGEST: usize = 255;
        let all: Vec<String> = match self {
            Self::Stars => (0..=scheme.stars.most())
                .map(|star| star.to_string())
                .collect(),
            Self::Grades => {
                let named = scheme.grades.iter().map(|grade| grade.name.as_str());
                named.chain([UNGRADED]).map(str::to_owned).collect()
            }
            Self::Ranks => Vec::new(),
        };
        let long: usize = all.iter().map(|one| one.encode_utf16().count() + 1).sum();
        let holds = all.iter().all(|one| !one.contains([',', '"']));
        if all.len() > MANY || long > LONGEST || !holds {
            return Vec::new();
        }
        all
    }

    /// The same in a sentence: `0至10`, `优秀、良好或不评等次`.
    #[must_use]
    pub fn allowed(self, scheme: &Scheme) -> String {
        match self {
            Self::Stars => format!("0至{}", scheme.stars.most()),
            Self::Grades | Self::Ranks => {
                let grades = scheme.grades.iter().map(|grade| grade.name.as_str());
                let grades: Vec<&str> = grades.collect();
                format!("{}或{UNGRADED}", grades.join("、"))
            }
        }
    }
}

/// How it is written that somebody has no grade.
pub const UNGRADED: &str = "不评等次";

/// What somebody has, or gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Award {
    /// None where the scheme has no stars.
    pub stars: Option<u32>,
    pub grade: Option<String>,
}

impl Award {
    /// What a society has by its points.
    #[must_use]
    pub fn of(society: &Society) -> Self {
        Self {
            stars: society.stars,
            grade: society.grade.clone(),
        }
    }

    /// What is written, if the scheme has it.
    #[must_use]
    pub fn read(scheme: &Scheme, written: &str) -> Option<Self> {
        match Level::of(scheme) {
            Level::Stars => {
                let stars = star(written).filter(|stars| *stars <= scheme.stars.most())?;
                Some(Self {
                    stars: Some(stars),
                    grade: scheme.grade(stars).map(str::to_owned),
                })
            }
            Level::Grades => {
                let written = fold(written);
                let mut grades = scheme.grades.iter();
                let grade = grades.find(|grade| fold(&grade.name) == written);
                (grade.is_some() || written == UNGRADED).then(|| Self {
                    stars: None,
                    grade: grade.map(|grade| grade.name.clone()),
                })
            }
            Level::Ranks => None,
        }
    }

    /// Whether it is anything: no star and no grade are none.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.stars.map_or(self.grade.is_some(), |stars| stars > 0)
    }

    /// Whether the level is the same: where there are stars, these alone tell.
    #[must_use]
    pub fn is_level_with(&self, other: &Self) -> bool {
        self.stars == other.stars && (self.stars.is_some() || self.grade == other.grade)
    }

    /// As people write it: `8星`, `优秀`.
    #[must_use]
    pub fn say(&self) -> String {
        match (self.stars, &self.grade) {
            (Some(stars), _) => format!("{stars}星"),
            (None, Some(grade)) => grade.clone(),
            (None, None) => UNGRADED.to_owned(),
        }
    }
}

/// A number of stars as people write it: 8, 8星, 八星.
pub(crate) fn star(text: &str) -> Option<u32> {
    let folded = fold(text);
    let bare = folded.strip_suffix('星').unwrap_or(&folded);
    bare.parse().ok().or_else(|| numerals::read(bare))
}

#[cfg(test)]
mod tests {
    use super::{Award, Level};
    use crate::scheme::{self, Scheme};

    fn scheme_of(source: &str) -> Scheme {
        scheme::read(source).expect("a sound scheme")
    }

    #[test]
    fn what_is_written_is_read_by_what_the_scheme_has() {
        let said =
            |scheme: &Scheme, written: &str| Award::read(scheme, written).map(|one| one.say());
        let stars = scheme_of(include_str!("../../templates/2018/scheme.toml"));
        assert_eq!(said(&stars, "八星").as_deref(), Some("8星"));
        assert_eq!(said(&stars, "11"), None);
        assert_eq!(said(&stars, "优秀"), None);
        let grades = scheme_of(include_str!("../../templates/目标考核/scheme.toml"));
        assert_eq!(Level::of(&grades), Level::Grades);
        assert_eq!(said(&grades, " 优秀 ").as_deref(), Some("优秀"));
        assert_eq!(said(&grades, "不评等次").as_deref(), Some("不评等次"));
        assert_eq!(said(&grades, "1"), None);
        let ranks = scheme_of(include_str!("../../templates/定量考核/scheme.toml"));
        assert_eq!(Level::of(&ranks), Level::Ranks);
        assert_eq!(said(&ranks, "1"), None);
    }
}
