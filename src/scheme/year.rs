//! Stages, the paragraphs behind the rules, who is not accepted, and whose reviewers may come.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::Scheme;

/// 评价阶段, both days included.
#[derive(Debug, Clone, Serialize)]
pub struct Stage {
    pub id: String,
    pub name: String,
    pub from: Date,
    pub to: Date,
}

/// 依据: the paragraph of the year's regulations behind each rule that is in the tool, as people cite it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Basis {
    /// 原则上必须参评 (2018: 办法2.2).
    pub participation: Option<String>,
    /// 不予受理 (2018: 办法7.2).
    pub eligibility: Option<String>,
    /// 评价人须为中共党员 (2018: 办法7.4).
    pub membership: Option<String>,
    /// 回避 (2018: 办法7.4).
    pub recusal: Option<String>,
    /// 审议确定星级 (2018: 办法7.6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    /// 支持 (2018: 办法9.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// 抽查、调整 (2018: the first of the two paragraphs numbered 7.8). Cited, and no rule: not in the fingerprint.
    #[serde(skip)]
    pub adjustment: Option<String>,
    /// 降级、撤销 (2018: the second of the two paragraphs numbered 7.8).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<String>,
    /// 对评价小组的支持 (2018: 通知三、3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_support: Option<String>,
}

/// 原文: a paragraph of the year's regulations as it stands, to be quoted.
#[derive(Debug, Clone, Serialize)]
pub struct Quote {
    /// As people cite it: `办法7.2`.
    pub paragraph: String,
    pub text: String,
}

impl Basis {
    /// A paragraph in brackets, as it follows a sentence; nothing where none is given.
    #[must_use]
    pub fn cite(paragraph: Option<&str>) -> String {
        paragraph.map_or(String::new(), |paragraph| format!("（{paragraph}）"))
    }

    /// The paragraph for adjustment, or for withdrawal, where both have one number and a text cites that number without
    /// saying which of them is meant: what is done tells it.
    #[must_use]
    pub fn meant(&self, cited: &str, withdraws: bool) -> Option<&str> {
        let [adjustment, withdrawal] = self.either(cited)?;
        Some(if withdraws { withdrawal } else { adjustment })
    }

    /// Whether a text cites the paragraph for withdrawal.
    #[must_use]
    pub fn withdraws(&self, cited: &str) -> bool {
        let paragraph = self.withdrawal.as_deref().map(bare);
        paragraph.is_some_and(|paragraph| bare(cited).replace('的', "").contains(&paragraph))
    }

    /// Both, where they have one number and a text cites that number without saying which of them is meant.
    #[must_use]
    fn either(&self, cited: &str) -> Option<[&str; 2]> {
        let both = [self.adjustment.as_deref()?, self.withdrawal.as_deref()?];
        let [one, other] = both.map(bare);
        let same = one.chars().zip(other.chars());
        let same = same.take_while(|(one, other)| one == other).count();
        let ends = [&one, &other].map(|one| one.chars().skip(same).collect::<String>());
        let stem: String = one.chars().take(same).collect();
        let is_number = |end: &str| end.starts_with(|one: char| one.is_ascii_digit() || one == '.');
        let is_one_number = stem.ends_with(|one: char| one.is_ascii_digit())
            && ends.iter().all(|end| !end.is_empty() && !is_number(end));
        let cited = bare(cited);
        let is_unclear = |(at, _): (usize, &str)| {
            let rest = &cited[at + stem.len()..];
            let rest = rest.trim_start_matches('的');
            !is_number(rest) && !ends.iter().any(|end| rest.starts_with(end))
        };
        let is_unclear = is_one_number && cited.match_indices(&stem).any(is_unclear);
        is_unclear.then_some(both)
    }
}

/// A paragraph without what people put around its number.
fn bare(paragraph: &str) -> String {
    let folded = crate::model::fold(paragraph);
    folded
        .chars()
        .filter(|one| !one.is_whitespace() && !"第条款项()《》".contains(*one))
        .collect()
}

/// 不予受理 (办法7.2).
#[derive(Debug, Clone, Serialize)]
pub struct Eligibility {
    /// The day on which a penalty period must be over.
    pub on: Option<Date>,
    /// Results of the last annual inspection that are not accepted.
    pub refused_inspections: Vec<String>,
}

/// 报送 (办法7.7): what those who hold a star report, when, and which of their organs does. Tells, and decides nothing.
#[derive(Debug, Clone)]
pub struct Report {
    pub what: String,
    pub when: String,
    pub by: String,
    pub basis: String,
}

/// How names of units are compared, and which units may send reviewers beside the listed societies.
#[derive(Debug, Clone, Serialize)]
pub struct Units {
    /// Stripped before comparing, longest first.
    pub suffixes: Vec<String>,
    pub members: Vec<UnitField>,
}

/// 试点评价工作小组成员单位 of one field (通知一、3).
#[derive(Debug, Clone, Serialize)]
pub struct UnitField {
    pub field: String,
    pub names: Vec<String>,
    /// They are several names of one unit.
    pub is_one: bool,
}

impl Scheme {
    /// When nothing of it holds any more, whenever within its stages it was decided; far off where it says of no end.
    #[must_use]
    pub fn expired(&self) -> Date {
        let decided = self.stages.iter().map(|stage| stage.to).max();
        let decided = decided.unwrap_or_else(|| self.began());
        // As long as anything is heard of where nothing expires.
        let years = i64::from(self.validity_years.unwrap_or(10)) + 1;
        decided.checked_add(years.years()).unwrap_or(Date::MAX)
    }

    /// When its evaluation began, as far as it says.
    #[must_use]
    pub fn began(&self) -> Date {
        self.stage().map_or_else(
            || {
                let year = i16::try_from(self.year).unwrap_or(i16::MAX);
                Date::new(year, 1, 1).unwrap_or(Date::MAX)
            },
            |stage| stage.from,
        )
    }

    /// A day on which it may be decided, to show how days are written.
    #[must_use]
    pub fn deciding_day(&self) -> Date {
        let stage = self.deciding_stage().or_else(|| self.stage());
        stage.map_or_else(|| self.began(), |stage| stage.to)
    }

    /// The stage behind that of the forms, in which it is decided what comes of them.
    #[must_use]
    pub fn deciding_stage(&self) -> Option<&Stage> {
        self.stages.get(self.form_stage + 1)
    }
}

impl Stage {
    /// Whether a day lies within the stage.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::Basis;

    #[test]
    fn a_number_that_two_paragraphs_have_does_not_say_which() {
        let basis = |adjustment: &str, withdrawal: &str| Basis {
            adjustment: Some(adjustment.to_owned()),
            withdrawal: Some(withdrawal.to_owned()),
            ..Basis::default()
        };
        let twice = basis("办法7.8前一条", "办法7.8后一条");
        for unclear in [
            "办法7.8",
            "办法 第7.8条",
            "《办法》7.8",
            "办法7.8及第9号纪要",
        ] {
            assert!(twice.either(unclear).is_some(), "{unclear}");
        }
        for clear in [
            "办法7.8后一条",
            "办法第7.8条（前一条）",
            "办法7.8的后一条",
            "办法7.80",
            "办法7.6",
            "第9号文",
        ] {
            assert!(twice.either(clear).is_none(), "{clear}");
        }
        // Two numbers are two paragraphs; and one of them is no choice.
        assert!(basis("办法7.8", "办法7.9").either("办法7").is_none());
        let one = Basis {
            adjustment: None,
            ..twice
        };
        assert!(one.either("办法7.8").is_none());
    }
}
