//! Weights, caps and grades that cannot be meant.

use crate::model::{Exact, LineId, Points, Weight};
use crate::scheme::{Figures, Line, Marks, Scheme, Value};

impl Scheme {
    /// What is odd about weights, caps and grades.
    pub(super) fn doubts_of_terms(&self) -> Vec<String> {
        // What counts for nothing is told as such; what follows from that is nothing else.
        let is_whole = self.weightless().is_empty();
        let grades = if self.has_stars() || !is_whole {
            Vec::new()
        } else {
            self.unreachable()
        };
        let caps = if is_whole {
            self.idle_caps()
        } else {
            Vec::new()
        };
        [
            self.odd_weights(),
            caps,
            grades,
            self.quotas_without_ranks(),
        ]
        .concat()
    }

    /// Weights that leave a part of the points out, or count more than there is.
    fn odd_weights(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        let whole = Exact::from(Points::whole(1));
        let parts: Vec<Weight> = self.parts.iter().filter_map(|part| part.percent).collect();
        let sum: Exact = parts.iter().map(|weight| weight.share()).sum();
        if !parts.is_empty() && (sum != whole || parts.len() != self.parts.len()) {
            doubts.push(format!(
                "{}个部分中{}个写了权重，合计{}；总分按权重合成的，各部分都要写 percent，合计100（除不尽的写分数，如 \"1/3\"）",
                self.parts.len(),
                parts.len(),
                Weight::sum_of(&sum)
            ));
        }
        for (index, part) in self.parts.iter().enumerate() {
            for class in self.each_class() {
                let of = class.map_or(String::new(), |class| {
                    format!("类别“{}”的", self.classes[class].name)
                });
                let lines = self.lines_of(index).map(|(_, line)| line);
                let lines: Vec<&Line> =
                    lines.filter(|line| Self::is_line_of(line, class)).collect();
                if let (true, true, Some(percent)) =
                    (lines.is_empty(), class.is_some(), part.percent)
                {
                    doubts.push(format!(
                        "{of}第{}部分“{}”没有评分行，而这部分占总分的{percent}，这一类得不到这部分的分；请补上评分行，或不写各部分的 percent",
                        part.id, part.title
                    ));
                }
                let weights: Vec<Weight> = lines.iter().filter_map(|line| line.percent).collect();
                let sum: Exact = weights.iter().map(|weight| weight.share()).sum();
                let is_whole = sum == whole && weights.len() == lines.len();
                if !weights.is_empty() && !is_whole {
                    doubts.push(format!(
                        "{of}第{}部分{}个评分行中{}个写了权重，合计{}；按权重合成的，每行都要写 percent，合计100（除不尽的写分数，如 \"1/3\"）",
                        part.id,
                        lines.len(),
                        weights.len(),
                        Weight::sum_of(&sum)
                    ));
                }
            }
        }
        doubts
    }

    /// Each class of objects (an index), whose lines belong together; none where all have the same.
    fn each_class(&self) -> Vec<Option<usize>> {
        if self.classes.is_empty() {
            vec![None]
        } else {
            (0..self.classes.len()).map(Some).collect()
        }
    }

    /// Caps that nothing ever comes to.
    fn idle_caps(&self) -> Vec<String> {
        let worth = |line: &Line| {
            let cap = Exact::from(line.bonus.cap);
            line.percent
                .map_or(cap.clone(), |weight| cap * weight.share())
        };
        // Of classes of objects the one that can come to most.
        let most_of = |of: &dyn Fn(LineId, &Line) -> bool| -> Exact {
            let sums = self.each_class().into_iter().map(|class| {
                let lines = self.lines_of_class(class);
                let own = lines.filter(|(index, line)| of(*index, line));
                own.map(|(_, line)| worth(line)).sum::<Exact>()
            });
            sums.max().unwrap_or_else(Exact::zero)
        };
        let idle = |what: String, most: Points, sum: Exact| {
            (sum <= Exact::from(most)).then(|| {
                format!(
                    "{what}最高{most}分，而各行合起来最多{}分，这个上限不起作用；请改小，或删去",
                    sum.shown(self.precision)
                )
            })
        };
        let groups = self.caps.iter().filter_map(|cap| {
            let sum = most_of(&|line, _| cap.lines.contains(&line));
            idle(format!("“{}”", cap.name), cap.at_most, sum)
        });
        let dimensions = self.dimensions.iter().enumerate();
        let dimensions = dimensions.filter_map(|(index, dimension)| {
            let sum = most_of(&|_, line| line.dimension == index);
            let what = format!("一级指标“{}”", dimension.title);
            idle(what, dimension.at_most?, sum)
        });
        let parts = self.parts.iter().enumerate().filter_map(|(index, part)| {
            let sum = most_of(&|_, line| line.part == index);
            idle(format!("第{}部分", part.id), part.at_most?, sum)
        });
        let uncapped = || {
            let mut open = self.clone();
            open.total_at_most = None;
            let classes = self.each_class().into_iter();
            let full = classes.map(|class| Figures::full(&open, class).total);
            full.max().unwrap_or_else(Exact::zero)
        };
        let total = self
            .total_at_most
            .and_then(|most| idle("总分".to_owned(), most, uncapped()));
        groups.chain(dimensions).chain(parts).chain(total).collect()
    }

    /// Places are given by rank: a quota over classes each of which ranks for itself has none to go by.
    fn quotas_without_ranks(&self) -> Vec<String> {
        if self.classes.len() < 2 {
            return Vec::new();
        }
        let quotas = self.quotas.iter().map(|quota| {
            format!(
                "名额按名次给，而名次在各类之内排：等次“{}”的名额跨{}类按总分评，各类的总分不可比；请每类另立一个方案分别设名额，或删去这项名额",
                self.grades[quota.grade].name,
                self.classes.len()
            )
        });
        quotas.collect()
    }

    /// Grades by the total that nobody can come to.
    fn unreachable(&self) -> Vec<String> {
        let full = self.full_bonus();
        let beyond = |least: &Points| *least > full;
        let grades = self.grades.iter().filter_map(|grade| {
            let at = usize::try_from(grade.from).ok()?.checked_sub(1)?;
            let least = self
                .stars
                .thresholds
                .get(at)
                .filter(|least| beyond(least))?;
            Some(format!(
                "等次“{}”要{least}分，而满分是{full}分，没有人能达到；请核对 at_least",
                grade.name
            ))
        });
        let least = self.least_total();
        let passed = self.grades.iter().filter_map(|grade| {
            let next = usize::try_from(grade.to).ok()?;
            let next = self.stars.thresholds.get(next)?;
            (Exact::from(*next) <= least).then(|| {
                format!(
                    "总分最低也有{}分，等次“{}”没有人会得到；请核对 at_least",
                    least.shown(self.precision),
                    grade.name
                )
            })
        });
        grades.chain(passed).collect()
    }

    /// What the total comes to where every line gives the least and takes the most, of classes of objects the lowest.
    fn least_total(&self) -> Exact {
        let of = |class| {
            let lines = self.lines.iter();
            let marks = lines.map(|line| {
                if !Self::is_line_of(line, class) {
                    return Marks::default();
                }
                Marks {
                    bonus: Exact::from(line.value.as_ref().map_or(Points::ZERO, Value::least)),
                    deduction: Exact::from(line.deduction.cap),
                }
            });
            Figures::of(self, marks.collect()).total
        };
        let classes = (0..self.classes.len()).map(|class| of(Some(class)));
        classes.min().unwrap_or_else(|| of(None))
    }
}
