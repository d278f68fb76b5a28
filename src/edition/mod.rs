//! 方案的年度变化: what one scheme says otherwise than another, and what last year's forms would come to by it.
//!
//! A line of one scheme is that of another where code and title are the same, or a title that both have but once.
//! What meets nothing is 不可比: it is never taken for 0.

mod cited;
pub mod import;
mod items;
mod trial;

use serde::Serialize;

use crate::committee::Level;
use crate::ground::Ground;
use crate::model::{Keyed, LineId, fold};
use crate::outcome::{Outcome, SchemeId};
use crate::report::forms::lists::said;
use crate::scheme::{Line, Scheme};
pub use trial::Trial;

/// Raised when what others rely on changes.
const SCHEMA: u32 = 1;

/// What a pair of schemes says otherwise.
#[derive(Debug, Serialize)]
pub struct Diff {
    schema: u32,
    pub from: SchemeId,
    pub to: SchemeId,
    /// In the order of the newer scheme, then those that only the older has.
    pub lines: Vec<LineDiff>,
    /// Everything that is no line and is said otherwise.
    pub rules: Vec<Change>,
    /// By society; empty where no results were given.
    pub trials: Vec<Trial>,
    /// What the older scheme calls those evaluated.
    #[serde(skip)]
    pub object: String,
    /// What the older and the newer decide: 星级, 等次; empty where neither.
    #[serde(skip)]
    pub level: (&'static str, &'static str),
    /// Whether the newer has quotas or vetoes, which a trial leaves aside.
    #[serde(skip)]
    pub has_quotas: bool,
    /// Decimals of printed totals, the more of both.
    #[serde(skip)]
    pub precision: u32,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    Same,
    Changed,
    /// Only the newer scheme has it.
    Added,
    /// Only the older scheme has it.
    Removed,
}

impl Fate {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Same => "不变",
            Self::Changed => "有改动",
            Self::Added => "新增，不可比",
            Self::Removed => "取消，不可比",
        }
    }
}

/// One line of either scheme.
#[derive(Debug, Serialize)]
pub struct LineDiff {
    pub fate: Fate,
    /// Whose line it is, where there are classes of objects: each numbers its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    pub from_code: Option<String>,
    pub to_code: Option<String>,
    pub title: String,
    pub changes: Vec<Change>,
}

/// Something said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub what: String,
    /// Empty where the older scheme says nothing.
    pub from: String,
    pub to: String,
}

impl Diff {
    /// Compares them; with the results of the older, what its forms would come to.
    #[must_use]
    pub fn of(from: &Scheme, to: &Scheme, results: Option<&Outcome>) -> Self {
        let pairs = pairs(from, to);
        let mut lines: Vec<LineDiff> = to
            .lines
            .iter()
            .zip(&pairs)
            .map(|(line, pair)| match pair {
                Some(old) => compared(from, to, &from.lines[*old], line),
                None => alone(to, line, Fate::Added),
            })
            .collect();
        let removed = from.lines.entries();
        let removed = removed.filter(|(at, _)| !pairs.contains(&Some(*at)));
        lines.extend(removed.map(|(_, line)| alone(from, line, Fate::Removed)));
        Self {
            schema: SCHEMA,
            from: id(from),
            to: id(to),
            lines,
            rules: rules(from, to),
            object: from.object().to_owned(),
            level: (level(from), level(to)),
            has_quotas: !to.quotas.is_empty() || !to.vetoes.is_empty(),
            precision: from.precision.max(to.precision),
            trials: results.map_or(Vec::new(), |results| trial::trials(from, to, results)),
        }
    }

    /// The same, with what societies fill in about themselves in either year.
    #[must_use]
    pub fn with_items(mut self, from: &Ground, to: &Ground) -> Self {
        self.rules.extend(items::changes(from, to));
        self
    }

    /// How many lines have this fate.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.lines.iter().filter(|line| line.fate == fate).count()
    }
}

/// What a scheme decides; empty where it only ranks.
fn level(scheme: &Scheme) -> &'static str {
    match Level::of(scheme) {
        Level::Ranks => "",
        level => level.noun(),
    }
}

fn id(scheme: &Scheme) -> SchemeId {
    SchemeId {
        id: scheme.id.clone(),
        year: scheme.year,
        fingerprint: scheme.fingerprint(),
    }
}

/// By line of the newer scheme: the line of the older that it is.
fn pairs(from: &Scheme, to: &Scheme) -> Keyed<LineId, Option<LineId>> {
    // Each class of objects has lines of its own.
    let title = |scheme: &Scheme, line: &Line| {
        let class = line.class.and_then(|class| scheme.classes.get(class));
        let class = class.map_or("", |class| class.name.as_str());
        (class.to_owned(), fold(&scheme.indicator(line).title))
    };
    let same = |line: &Line, old: &Line| {
        fold(&old.code) == fold(&line.code) && title(from, old) == title(to, line)
    };
    let by_code = |line: &Line| from.lines.find(|old| same(line, old));
    let once = |scheme: &Scheme, wanted: &(String, String)| -> Option<LineId> {
        let those = scheme.lines.entries();
        let mut those = those.filter(|(_, one)| title(scheme, one) == *wanted);
        let (first, _) = those.next()?;
        those.next().is_none().then_some(first)
    };
    let lines = to.lines.iter();
    lines
        .map(|line| {
            by_code(line).or_else(|| {
                let wanted = title(to, line);
                once(to, &wanted)?;
                once(from, &wanted)
            })
        })
        .collect()
}

fn class_of(scheme: &Scheme, line: &Line) -> Option<String> {
    let class = scheme.classes.get(line.class?)?;
    Some(class.name.clone())
}

fn alone(scheme: &Scheme, line: &Line, fate: Fate) -> LineDiff {
    let code = Some(line.code.clone());
    let is_new = fate == Fate::Added;
    LineDiff {
        fate,
        class: class_of(scheme, line),
        from_code: code.clone().filter(|_| !is_new),
        to_code: code.filter(|_| is_new),
        title: scheme.indicator(line).title.clone(),
        changes: Vec::new(),
    }
}

fn compared(from: &Scheme, to: &Scheme, old: &Line, new: &Line) -> LineDiff {
    let said = |scheme: &Scheme, line: &Line| {
        let dimension = scheme.dimension(line);
        let part = &scheme.parts[line.part];
        let titled = |is_there: bool, id: &str, title: &str| {
            if is_there {
                format!("{id}.{title}")
            } else {
                String::new()
            }
        };
        [
            ("编号", line.code.clone()),
            ("部分", titled(scheme.has_parts(), &part.id, &part.title)),
            (
                "一级指标",
                titled(scheme.has_dimensions(), &dimension.id, &dimension.title),
            ),
            (
                "评价要求",
                scheme.requirement_in_short(line).trim().to_owned(),
            ),
            ("加分上限", line.bonus.cap.to_string()),
            ("减分上限", line.deduction.cap.to_string()),
            ("评分要点与分值", said::criteria(line).join("\n")),
            ("前提与互斥", said::conditions(scheme, line)),
        ]
    };
    let changes: Vec<Change> = said(from, old)
        .into_iter()
        .zip(said(to, new))
        .filter(|((_, from), (_, to))| from != to)
        .map(|((what, from), (_, to))| Change {
            what: what.to_owned(),
            from,
            to,
        })
        .collect();
    LineDiff {
        fate: if changes.is_empty() {
            Fate::Same
        } else {
            Fate::Changed
        },
        class: class_of(to, new),
        from_code: Some(old.code.clone()),
        to_code: Some(new.code.clone()),
        title: to.indicator(new).title.clone(),
        changes,
    }
}

/// What is no line, item by item; of several of one name those that both have are left out. Fingerprints differ where
/// anything does: that is no difference of its own.
fn rules(from: &Scheme, to: &Scheme) -> Vec<Change> {
    let said = |scheme: &Scheme| -> Vec<said::Said> {
        let rules = said::rules(scheme).into_iter();
        rules
            .filter(|(name, _)| *name != said::FINGERPRINTS)
            .chain(cited::cited(scheme))
            .collect()
    };
    let (old, new) = (said(from), said(to));
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in old.iter().chain(&new) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let lacking = |all: &[said::Said], other: &[said::Said], name: &str| -> Vec<String> {
        all.iter()
            .filter(|one| one.0 == name && !other.contains(one))
            .map(|(_, text)| text.clone())
            .collect()
    };
    names
        .into_iter()
        .map(|name| Change {
            what: name.to_owned(),
            from: lacking(&old, &new, name).join("\n"),
            to: lacking(&new, &old, name).join("\n"),
        })
        .filter(|change| change.from != change.to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Diff, Fate};
    use crate::ground::Ground;
    use crate::scheme::Scheme;

    fn scheme(change: impl Fn(String) -> String) -> Scheme {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        crate::scheme::read(&change(ground.scheme_text)).expect("a sound scheme")
    }

    #[test]
    fn a_scheme_is_not_other_than_itself() {
        let one = scheme(|text| text);
        let diff = Diff::of(&one, &one, None);
        assert_eq!(diff.count(Fate::Same), one.lines.len());
        assert!(diff.rules.is_empty(), "{:?}", diff.rules);
    }

    #[test]
    fn a_line_of_another_title_is_not_comparable_and_a_line_of_another_code_is_the_same() {
        let old = scheme(|text| text);
        let new = scheme(|text| {
            text.replace("title = \"定期召开党委会\"", "title = \"召开党委扩大会\"")
                .replace("code = \"3.3\"", "code = \"3.3a\"")
                .replace("validity_years = 3", "validity_years = 4")
        });
        let diff = Diff::of(&old, &new, None);
        let fate = |code: &str| {
            let mut lines = diff.lines.iter();
            let line = lines.find(|line| line.to_code.as_deref() == Some(code));
            line.map(|line| line.fate)
        };
        assert_eq!(fate("3.2"), Some(Fate::Added));
        assert_eq!(fate("3.3a"), Some(Fate::Changed));
        assert_eq!(fate("3.1"), Some(Fate::Same));
        assert_eq!(diff.count(Fate::Removed), 1);
        let years = diff.rules.iter().find(|rule| rule.what == "有效期");
        let years = years.map(|rule| (rule.from.as_str(), rule.to.as_str()));
        assert_eq!(years, Some(("3年", "4年")));
    }

    #[test]
    fn what_no_sheet_lists_is_a_difference_too() {
        let old = scheme(|text| text);
        for (before, after, what, from, to) in [
            (
                "decision = \"办法7.6\"",
                "decision = \"办法7.5\"",
                "条款",
                "审定：办法7.6",
                "审定：办法7.5",
            ),
            (
                "on = 2018-07-13",
                "on = 2018-08-13",
                "处罚期满",
                "以2018年7月13日为准",
                "以2018年8月13日为准",
            ),
            (
                "what = \"党委工作全面报告\"",
                "what = \"工作报告\"",
                "报送",
                "党委工作全面报告：",
                "工作报告：",
            ),
            (
                "text = \"每100分为一个星级",
                "text = \"每一百分为一个星级",
                "文件原文",
                "办法8.2：每100分",
                "办法8.2：每一百分",
            ),
        ] {
            let new = scheme(|text| {
                assert!(text.contains(before), "{before}");
                text.replacen(before, after, 1)
            });
            let diff = Diff::of(&old, &new, None);
            let [rule] = &diff.rules[..] else {
                panic!("{before}: {:?}", diff.rules)
            };
            assert_eq!(rule.what, what);
            assert!(rule.from.contains(from) && rule.to.contains(to), "{rule:?}");
        }
    }
}
