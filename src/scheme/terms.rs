//! Weights, caps, classes, vetoes and places: what a scheme may say beyond lines, stars and grades.

use std::sync::OnceLock;

use serde::Serialize;

use super::{Aggregation, Policies, Scheme};
use crate::model::{LineId, Points, Weight};

/// From how many forms up the trimmed mean leaves out the highest and the lowest, unless the scheme says otherwise.
const USUAL_TRIM: usize = 5;

/// A cap on a group of lines: 附加分 together at most 5.
#[derive(Debug, Clone, Serialize)]
pub struct Cap {
    pub name: String,
    /// All of one part.
    pub lines: Vec<LineId>,
    pub at_most: Points,
}

/// What several reviewers' forms are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Line by line; caps and weights come after.
    Line,
    /// Each form's capped and weighted total for itself.
    Total,
}

impl Policies {
    /// Whether an aggregation works on the totals of forms. Unless the scheme says it, mean and median work on lines,
    /// and the trimmed mean leaves out whole forms.
    #[must_use]
    pub fn by_total(&self, aggregation: Aggregation) -> bool {
        match self.per {
            Some(per) => per == Per::Total,
            None => aggregation == Aggregation::TrimmedMean,
        }
    }

    /// From how many forms up the trimmed mean leaves any out.
    #[must_use]
    pub fn trim(&self) -> usize {
        self.trims_from.unwrap_or(USUAL_TRIM)
    }
}

/// A class of reviewers and what its score weighs.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewerClass {
    pub name: String,
    pub percent: Weight,
    /// Within the class; otherwise the scheme's.
    pub aggregation: Option<Aggregation>,
}

/// A class of what is evaluated: its lines are its own, and ranks are within it.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectClass {
    pub name: String,
    /// What the bonus caps of its lines add up to.
    pub bonus: Points,
}

/// 一票否决.
#[derive(Debug, Clone, Serialize)]
pub struct Veto {
    pub name: String,
    pub effect: Effect,
}

/// What a veto does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Neither grade nor rank.
    NotRanked,
    /// No grade; the rank stays.
    NoGrade,
    /// At most this grade (an index into [`Scheme::grades`]); the rank stays.
    AtMost(usize),
}

/// 名额: how many may have a grade, and where those beyond go.
#[derive(Debug, Clone, Serialize)]
pub struct Quota {
    /// Index into [`Scheme::grades`].
    pub grade: usize,
    pub places: Places,
    /// Index into [`Scheme::grades`]; none where there is no grade below.
    pub down_to: Option<usize>,
}

/// How many places a quota has.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// This share of those ranked, in per cent, rounded down.
    Percent(Points),
    /// So many.
    Count(u32),
}

impl Scheme {
    /// The scheme of one class of objects (an index): its lines and no others.
    #[must_use]
    pub fn of_class(&self, class: usize) -> Self {
        let mut scheme = self.clone();
        // Its forms are others.
        scheme.form_fingerprints = OnceLock::new();
        let kept: Vec<LineId> = self
            .lines
            .ids()
            .filter(|line| self.lines[*line].class.is_none_or(|of| of == class))
            .collect();
        scheme.lines = kept.iter().map(|line| self.lines[*line].clone()).collect();
        for cap in &mut scheme.caps {
            cap.lines = cap
                .lines
                .iter()
                .filter_map(|line| kept.iter().position(|kept| kept == line))
                .map(LineId::at)
                .collect();
        }
        for (part, of) in scheme.parts.iter_mut().enumerate() {
            let lines = || scheme.lines.iter().filter(|line| line.part == part);
            of.bonus = lines().map(|line| line.bonus.cap).sum();
            of.deduction = lines().map(|line| line.deduction.cap).sum();
        }
        scheme
    }
}

#[cfg(test)]
mod tests {
    use crate::scheme::{Aggregation, Ask, Scheme, Value, read};

    const HEAD: &str = "id = \"x-2027\"\ntitle = \"例\"\nform_title = \"例\"\nyear = 2027\nsubject = \"单位\"\nstage = \"review\"\nprecision = 2\nasks = []\n\
        [[stages]]\nid = \"review\"\nname = \"评\"\nfrom = 2027-01-01\nto = 2027-12-31\n";

    /// A scheme of two lines, with more before and after them.
    fn written(more: &str, first: &str, second: &str) -> String {
        format!(
            "{HEAD}{more}\n[[lines]]\ncode = \"1\"\nbonus = 60\nstep = 1\n{first}\n\
             [[lines]]\ncode = \"2\"\nbonus = 40\nstep = 1\n{second}\n"
        )
    }

    fn sound(more: &str, first: &str, second: &str) -> Scheme {
        read(&written(more, first, second)).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    fn refused(more: &str, first: &str, second: &str) -> Vec<String> {
        let faults = read(&written(more, first, second)).expect_err(more);
        faults.into_iter().map(|fault| fault.message).collect()
    }

    const DECLARED: &str = "[declared]\nlines = 2\nbonus = 100\n";
    const TITLES: [&str; 2] = ["title = \"甲\"", "title = \"乙\""];

    #[test]
    fn where_a_cap_stands_above_the_lines_each_form_comes_to_its_end() {
        let by_total = |more: &str| {
            let scheme = sound(&format!("{DECLARED}{more}"), TITLES[0], TITLES[1]);
            scheme.policies.by_total(Aggregation::Mean)
        };
        assert!(by_total("[total]\nat_most = 90"));
        assert!(by_total(
            "[[caps]]\nname = \"合\"\nlines = [\"1\", \"2\"]\nat_most = 90"
        ));
        // Without one both come to the same; and what the scheme says stands.
        assert!(!by_total(""));
        assert!(!by_total(
            "[total]\nat_most = 90\n[policies]\naggregation = \"mean\"\nper = \"line\""
        ));
    }

    #[test]
    fn a_table_is_read_or_told() {
        let grades =
            "[[grades]]\nname = \"优\"\nat_least = 90\n[[grades]]\nname = \"良\"\nat_least = 0\n";
        let veto = "[[vetoes]]\nname = \"事故\"\neffect = \"no-grade\"\nat_most = \"良\"\n";
        let faults = refused(&format!("{DECLARED}{grades}{veto}"), TITLES[0], TITLES[1]);
        let [fault] = faults.as_slice() else {
            panic!("{faults:?}");
        };
        assert!(fault.contains("[[vetoes]] 须写明 effect"), "{fault}");
        let one = veto.replace("at_most = \"良\"\n", "");
        let scheme = sound(&format!("{DECLARED}{grades}{one}"), TITLES[0], TITLES[1]);
        assert_eq!(scheme.vetoes.len(), 1);
    }

    #[test]
    fn a_quota_on_the_only_grade_leaves_no_grade_beyond_it() {
        let only =
            "[[grades]]\nname = \"优\"\nat_least = 90\n[[quotas]]\ngrade = \"优\"\npercent = 20\n";
        let scheme = sound(&format!("{DECLARED}{only}"), TITLES[0], TITLES[1]);
        assert_eq!(scheme.quotas[0].down_to, None);
        let two = format!("{only}[[grades]]\nname = \"良\"\nat_least = 80\n");
        let scheme = sound(&format!("{DECLARED}{two}"), TITLES[0], TITLES[1]);
        assert_eq!(scheme.quotas[0].down_to, Some(1));
        // Of stars there has to be one less.
        let from_none = "[stars]\nthresholds = [60, 80]\n[[grades]]\nname = \"优\"\nfrom = 0\nto = 2\n[[quotas]]\ngrade = \"优\"\ncount = 2\n";
        let faults = refused(&format!("{DECLARED}{from_none}"), TITLES[0], TITLES[1]);
        assert!(faults[0].contains("没有更低的"), "{faults:?}");
    }

    #[test]
    fn per_cent_is_per_cent_however_wide_it_is_typed() {
        let unit_of = |unit: &str| {
            let value = format!(
                "title = \"甲\"\nvalue = {{ kind = \"bands\", unit = \"{unit}\", otherwise = 0, bands = [{{ from = 95, points = 60 }}] }}"
            );
            let source = written(DECLARED, &value, TITLES[1]).replacen("step = 1\n", "", 1);
            let scheme = read(&source).unwrap_or_else(|faults| panic!("{faults:?}"));
            let line = scheme.lines.iter().next().expect("a line");
            line.value.as_ref().map(Value::ask) == Some(Ask::Number("%"))
        };
        assert!(unit_of("％") && unit_of("%") && !unit_of("万元"));
    }

    #[test]
    fn a_dimension_called_as_its_part_is_one_all_the_same() {
        let parts = "[declared]\nparts = 1\ndimensions = 1\nlines = 2\nbonus = 100\n[[parts]]\nid = \"1\"\ntitle = \"部分\"\n";
        let dimension = "[[dimensions]]\nid = \"1\"\npart = \"1\"\ntitle = \"一级\"\n";
        let lines = TITLES.map(|title| format!("{title}\ndimension = \"1\""));
        let scheme = sound(&format!("{parts}{dimension}"), &lines[0], &lines[1]);
        assert!(scheme.has_dimensions());
        let under = TITLES.map(|title| format!("{title}\npart = \"1\""));
        let parts = parts.replace("dimensions = 1\n", "");
        assert!(!sound(&parts, &under[0], &under[1]).has_dimensions());
    }

    #[test]
    fn thirds_are_all_of_it_and_their_decimals_are_not() {
        let classes = |percent: &str| {
            let classes = ["甲", "乙", "丙"].map(|name| {
                format!("[[reviewer_classes]]\nname = \"{name}\"\npercent = {percent}\n")
            });
            format!("{DECLARED}{}", classes.concat())
        };
        let scheme = sound(&classes("\"1/3\""), TITLES[0], TITLES[1]);
        assert_eq!(scheme.reviewer_classes[0].percent.to_string(), "1/3");
        let faults = refused(&classes("33.33"), TITLES[0], TITLES[1]);
        assert!(
            faults[0].contains("现为99.99%") && faults[0].contains("1/3"),
            "{faults:?}"
        );
        assert!(refused(&classes("\"4/3\""), TITLES[0], TITLES[1])[0].contains("percent"));
    }

    #[test]
    fn a_class_without_lines_in_a_weighted_part_is_doubted() {
        let of = |second: &str| {
            let more = "[declared]\nparts = 2\nlines = 3\nbonus = 140\n\
                [[classes]]\nname = \"县\"\nbonus = 100\n[[classes]]\nname = \"村\"\nbonus = 40\n\
                [[parts]]\nid = \"1\"\ntitle = \"履职\"\npercent = 60\n[[parts]]\nid = \"2\"\ntitle = \"效能\"\npercent = 40\n";
            let first = "title = \"甲\"\npart = \"1\"\nclass = \"县\"";
            let third = format!(
                "title = \"乙\"\npart = \"2\"\nclass = \"县\"\n[[lines]]\ncode = \"3\"\nbonus = 40\nstep = 1\ntitle = \"丙\"\npart = \"{second}\"\nclass = \"村\""
            );
            sound(more, first, &third).doubts()
        };
        let said = |doubts: &[String], part: &str| {
            let mut all = doubts.iter();
            all.any(|doubt| doubt.contains(&format!("类别“村”的第{part}部分")))
        };
        assert!(said(&of("2"), "1") && !said(&of("2"), "2"));
        assert!(said(&of("1"), "2"));
    }
}
