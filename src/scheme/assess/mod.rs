//! 自评: which facts a society fills in, and what points they come to by the scheme's own criteria.
//!
//! An item is one cell that holds one fact. Points stand in the scheme alone: an item only says when a criterion
//! applies. What is given at discretion (酌情) has no item; by facts alone it gives nothing, at most its full points.

mod forms;
mod formula;
mod kinds;
mod lacking;
mod read;
mod said;

use super::{Rule, Scheme, Side, rule};
use crate::model::{Exact, LineId, Points};
pub use forms::has_discretion;
pub use formula::Cells;
pub use read::read;
pub(in crate::scheme) use read::whole as items;
pub use said::Effect;

/// What the societies of a year fill in about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfAssessment {
    /// The stage that it belongs to, as an index into the scheme's.
    pub stage: usize,
    /// What its form is called: `创建星级学会党组织自评表`.
    pub title: String,
    /// 填报事项, line by line, in the order of the form.
    pub items: Vec<Item>,
    /// When a criterion, or a clause of one, applies.
    sources: Vec<Source>,
}

/// 填报事项: one fact that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Within its form: `3.1-a`.
    pub code: String,
    pub line: LineId,
    /// The question, as the form prints it.
    pub asks: String,
    pub holds: Holds,
}

/// What the cell of an item is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    YesNo,
    /// How many: a whole number, in this unit.
    Count(String),
    /// A rate, in percentage points.
    Percent,
    /// One of these names.
    Choice(Vec<String>),
}

/// What was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    YesNo(bool),
    Number(Points),
    /// One of the names (an index).
    Choice(usize),
}

/// What makes a criterion apply.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Source {
    line: LineId,
    takes: bool,
    /// Index into the criteria of its side.
    criterion: usize,
    /// Index into the clauses of the criterion, where it is put together of several.
    clause: Option<usize>,
    met: Met,
}

/// When it applies. Items are indices.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Met {
    Is(usize, Answer),
    /// As often as the item says.
    Times(usize),
    Within(usize, Bound, Option<Bound>),
    /// The second number is not what the first requires.
    Lacks(usize, usize, Vec<Required>),
}

/// Where a tier of a rate begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bound {
    at: Points,
    /// At it exactly, too.
    inclusive: bool,
}

impl Bound {
    fn reached(self, number: Points) -> bool {
        number > self.at || self.inclusive && number == self.at
    }
}

/// From a first number on (inclusive) the second must be at least this, and odd where it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Required {
    from: Points,
    at_least: Points,
    odd: bool,
}

/// What facts come to on one side of a line: by themselves, and with everything at discretion on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    pub least: Points,
    pub most: Points,
}

/// What the facts of a line come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reckoned {
    pub bonus: Reach,
    pub deduction: Reach,
}

impl Reckoned {
    /// By the facts alone.
    #[must_use]
    pub fn marks(&self) -> super::Marks {
        super::Marks {
            bonus: Exact::from(self.bonus.least),
            deduction: Exact::from(self.deduction.least),
        }
    }
}

/// 是 and 否, as they are filled in.
pub const YES: &str = "是";
pub const NO: &str = "否";

impl Item {
    /// As messages name it: `3.2-a“全年召开党委会次数”`.
    #[must_use]
    pub fn title(&self) -> String {
        // Quotation marks inside quotation marks are single.
        let asks = self.asks.replace('“', "‘").replace('”', "’");
        format!("{}“{asks}”", self.code)
    }

    /// What may be filled in, in words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match &self.holds {
            Holds::YesNo => format!("{YES}或{NO}"),
            Holds::Count(unit) => format!("不小于0的整数（{unit}）"),
            Holds::Percent => "0至100的百分数，如95.5，不带%号".to_owned(),
            Holds::Choice(names) => names.join("、"),
        }
    }

    /// What one chooses from; nothing where a number is typed.
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        match &self.holds {
            Holds::YesNo => vec![YES, NO],
            Holds::Choice(names) => names.iter().map(String::as_str).collect(),
            Holds::Count(_) | Holds::Percent => Vec::new(),
        }
    }

    /// The answer of a number; none where the item does not ask for one, or not for this.
    #[must_use]
    pub fn number(&self, number: Points) -> Option<Answer> {
        let is_sound = match self.holds {
            Holds::Count(_) => number.decimals() == 0,
            Holds::Percent => number <= Points::whole(100),
            Holds::YesNo | Holds::Choice(_) => false,
        };
        (is_sound && !number.is_negative()).then_some(Answer::Number(number))
    }

    /// The answer of a word of the list (an index into [`Item::choices`]); none where there is no list.
    #[must_use]
    pub fn choice(&self, chosen: usize) -> Option<Answer> {
        match &self.holds {
            Holds::YesNo => Some(Answer::YesNo(chosen == 0)),
            Holds::Choice(names) => (chosen < names.len()).then_some(Answer::Choice(chosen)),
            Holds::Count(_) | Holds::Percent => None,
        }
    }

    /// An answer as people read it: `3次`, `86.5%`, `是`.
    #[must_use]
    pub fn said(&self, answer: &Answer) -> String {
        match (&self.holds, answer) {
            (_, Answer::YesNo(true)) => YES.to_owned(),
            (_, Answer::YesNo(false)) => NO.to_owned(),
            (Holds::Percent, Answer::Number(number)) => format!("{number}%"),
            (Holds::Count(unit), Answer::Number(number)) => format!("{number}{unit}"),
            (_, Answer::Number(number)) => number.to_string(),
            (Holds::Choice(names), Answer::Choice(chosen)) => {
                names.get(*chosen).cloned().unwrap_or_default()
            }
            (_, Answer::Choice(_)) => String::new(),
        }
    }
}

impl SelfAssessment {
    /// The items of a line, with their indices.
    pub fn items_of(&self, line: LineId) -> impl Iterator<Item = (usize, &Item)> {
        let items = self.items.iter().enumerate();
        items.filter(move |(_, item)| item.line == line)
    }

    /// What the answers, by item, come to in one line; none while one of its items has no answer.
    #[must_use]
    pub fn reckon(
        &self,
        scheme: &Scheme,
        line: LineId,
        answers: &[Option<Answer>],
    ) -> Option<Reckoned> {
        let is_answered =
            |(item, _): (usize, &Item)| answers.get(item).is_some_and(Option::is_some);
        if !self.items_of(line).all(is_answered) {
            return None;
        }
        let one = scheme.lines.get(line)?;
        Some(Reckoned {
            bonus: self.side(line, &one.bonus, false, answers)?,
            deduction: self.side(line, &one.deduction, true, answers)?,
        })
    }

    fn side(
        &self,
        line: LineId,
        side: &Side,
        takes: bool,
        answers: &[Option<Answer>],
    ) -> Option<Reach> {
        let mut all = Vec::new();
        for (index, criterion) in side.criteria.iter().enumerate() {
            let reach =
                |clause, rule: &Rule| self.reach((line, takes, index, clause), rule, answers);
            all.push(match clauses(&criterion.rule) {
                Some((combine, of)) => {
                    let of = of.iter().enumerate();
                    let of: Option<Vec<Reach>> = of
                        .map(|(clause, one)| reach(Some(clause), &one.rule))
                        .collect();
                    together(combine, &of?)
                }
                None => reach(None, &criterion.rule)?,
            });
        }
        let reach = together(side.combine, &all);
        Some(Reach {
            least: reach.least.min(side.cap),
            most: reach.most.min(side.cap),
        })
    }

    /// What one criterion, or one clause of it, comes to.
    fn reach(
        &self,
        at: (LineId, bool, usize, Option<usize>),
        rule: &Rule,
        answers: &[Option<Answer>],
    ) -> Option<Reach> {
        if let Rule::Range { points, .. } = rule {
            return Some(Reach {
                least: Points::ZERO,
                most: *points,
            });
        }
        let points = self.source(at)?.points(rule, answers)?;
        Some(Reach {
            least: points,
            most: points,
        })
    }

    fn source(
        &self,
        (line, takes, criterion, clause): (LineId, bool, usize, Option<usize>),
    ) -> Option<&Source> {
        let mut sources = self.sources.iter();
        sources.find(|one| {
            (one.line, one.takes, one.criterion, one.clause) == (line, takes, criterion, clause)
        })
    }
}

impl Source {
    /// The points of the rule by the answers; none where an answer is missing.
    fn points(&self, rule: &Rule, answers: &[Option<Answer>]) -> Option<Points> {
        let number = |item: &usize| match answers.get(*item) {
            Some(Some(Answer::Number(number))) => Some(*number),
            _ => None,
        };
        let applies = match &self.met {
            Met::Times(item) => return Some(times(rule, number(item)?)),
            Met::Is(item, wanted) => (*answers.get(*item)?)? == *wanted,
            Met::Within(item, from, to) => {
                let number = number(item)?;
                from.reached(number) && !to.is_some_and(|to| to.reached(number))
            }
            Met::Lacks(first, second, required) => {
                let (first, second) = (number(first)?, number(second)?);
                let mut required = required.iter().rev();
                let required = required.find(|one| first >= one.from);
                required.is_some_and(|one| !one.is_kept(second))
            }
        };
        Some(if applies { full(rule) } else { Points::ZERO })
    }
}

impl Required {
    fn is_kept(self, number: Points) -> bool {
        let half = number.decimal() / rust_decimal::Decimal::TWO;
        number >= self.at_least && !(self.odd && half.is_integer())
    }
}

/// The clauses of a criterion that is put together of several.
fn clauses(rule: &Rule) -> Option<(rule::Combine, &[rule::Clause])> {
    match rule {
        Rule::Sum { of } => Some((rule::Combine::Sum, of)),
        Rule::OneOf { of } => Some((rule::Combine::OneOf, of)),
        Rule::BestOf { of } => Some((rule::Combine::BestOf, of)),
        Rule::Points { .. } | Rule::Range { .. } | Rule::PerCount { .. } | Rule::Tiers { .. } => {
            None
        }
    }
}

/// Of several of which one applies the others come to nothing: the highest is that one.
fn together(combine: rule::Combine, all: &[Reach]) -> Reach {
    let put = |of: &dyn Fn(&Reach) -> Points| match combine {
        rule::Combine::Sum => all.iter().map(of).sum(),
        rule::Combine::OneOf | rule::Combine::BestOf => {
            all.iter().map(of).max().unwrap_or(Points::ZERO)
        }
    };
    Reach {
        least: put(&|reach| reach.least),
        most: put(&|reach| reach.most),
    }
}

/// What a rule gives that applies.
fn full(rule: &Rule) -> Points {
    match rule {
        Rule::Points { points } => *points,
        _ => Points::ZERO,
    }
}

/// What a rule gives for so many.
fn times(rule: &Rule, count: Points) -> Points {
    match rule {
        Rule::PerCount {
            first,
            each,
            further,
        } if count.is_positive() => {
            let more =
                Points::from((count.decimal() - rust_decimal::Decimal::ONE) * each.decimal());
            *first + more.min(*further)
        }
        Rule::Tiers { tiers } => {
            let reached = tiers.iter().rev().find(|tier| count >= tier.at_least);
            reached.map_or(Points::ZERO, |tier| tier.points)
        }
        _ => Points::ZERO,
    }
}

#[cfg(test)]
mod tests;
