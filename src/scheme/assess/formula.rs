//! The points of a line as a spreadsheet works them out of its items: what [`SelfAssessment::reckon`] says by facts
//! alone, which decides; a form that comes back is held against it.

use super::{Bound, Holds, Item, Met, SelfAssessment, Source, clauses};
use crate::model::{LineId, Points};
use crate::scheme::rule::Combine;
use crate::scheme::{Rule, Scheme, Side, named};

/// Where the items stand: the cell of an item (an index) as formulas name it.
pub type Cells<'c> = &'c dyn Fn(usize) -> String;

impl SelfAssessment {
    /// 加分 and 减分 of a line: nothing while anything it rests on is not soundly filled in.
    #[must_use]
    pub fn formulas(&self, scheme: &Scheme, line: LineId, cells: Cells<'_>) -> [String; 2] {
        let one = &scheme.lines[line];
        let sound: Vec<String> = self
            .items_of(line)
            .map(|(item, one)| one.is_sound(&cells(item)))
            .collect();
        [(&one.bonus, false), (&one.deduction, true)].map(|(side, takes)| {
            let points = self.side_formula(line, side, takes, cells);
            if sound.is_empty() {
                points
            } else {
                format!("IF(AND({}),{points},\"\")", sound.join(","))
            }
        })
    }

    fn side_formula(&self, line: LineId, side: &Side, takes: bool, cells: Cells<'_>) -> String {
        let terms = side.criteria.iter().enumerate().filter_map(|(at, one)| {
            let term = |clause, rule: &Rule| {
                let source = self.source((line, takes, at, clause))?;
                Some(source.formula(&self.items, rule, cells))
            };
            match clauses(&one.rule) {
                Some((combine, of)) => {
                    let of = of.iter().enumerate();
                    let of = of.filter_map(|(clause, one)| term(Some(clause), &one.rule));
                    together(combine, of.collect())
                }
                None => term(None, &one.rule),
            }
        });
        match together(side.combine, terms.collect()) {
            Some(points) if side.is_open() => format!("MIN({points},{})", side.cap),
            _ => "0".to_owned(),
        }
    }
}

fn together(combine: Combine, terms: Vec<String>) -> Option<String> {
    match (terms.len(), combine) {
        (0, _) => None,
        (1, _) => terms.into_iter().next(),
        (_, Combine::Sum) => Some(terms.join("+")),
        (_, Combine::OneOf | Combine::BestOf) => Some(format!("MAX({})", terms.join(","))),
    }
}

impl Item {
    /// Whether a cell holds what the item asks for. A text would be greater than any number.
    fn is_sound(&self, cell: &str) -> String {
        let is_one_of = |names: &[&str]| {
            let names: Vec<String> = names
                .iter()
                .flat_map(|name| named::formulas(cell, name))
                .collect();
            format!("OR({})", names.join(","))
        };
        match &self.holds {
            Holds::YesNo | Holds::Choice(_) => is_one_of(&self.choices()),
            Holds::Count(_) => {
                format!("IF(ISNUMBER({cell}),AND({cell}>=0,INT({cell})={cell}),FALSE)")
            }
            Holds::Percent => format!("IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=100),FALSE)"),
        }
    }
}

impl Source {
    fn formula(&self, items: &[Item], rule: &Rule, cells: Cells<'_>) -> String {
        let worth = super::full(rule);
        let beyond = |cell: &str, bound: &Bound| {
            let sign = if bound.inclusive { ">=" } else { ">" };
            format!("{cell}{sign}{}", bound.at)
        };
        match &self.met {
            Met::Times(item) => times(rule, &cells(*item)),
            Met::Is(item, answer) => {
                let cell = cells(*item);
                let word = items[*item].said(answer);
                format!("IF({},{worth},0)", named::formula(&cell, &word))
            }
            Met::Within(item, from, to) => {
                let cell = cells(*item);
                let reached = beyond(&cell, from);
                match to {
                    Some(to) => format!("IF({reached},IF({},0,{worth}),0)", beyond(&cell, to)),
                    None => format!("IF({reached},{worth},0)"),
                }
            }
            Met::Lacks(first, second, required) => {
                let (first, second) = (cells(*first), cells(*second));
                let mut formula = "0".to_owned();
                for one in required {
                    let kept = if one.odd {
                        format!("AND({second}>={},MOD({second},2)=1)", one.at_least)
                    } else {
                        format!("{second}>={}", one.at_least)
                    };
                    formula = format!("IF({first}>={},IF({kept},0,{worth}),{formula})", one.from);
                }
                formula
            }
        }
    }
}

/// What a rule gives for so many.
fn times(rule: &Rule, cell: &str) -> String {
    match rule {
        Rule::PerCount {
            first,
            each,
            further,
        } => format!("IF({cell}>=1,{first}+MIN(({cell}-1)*{each},{further}),0)"),
        Rule::Tiers { tiers } => {
            let mut formula = Points::ZERO.to_string();
            for tier in tiers {
                formula = format!("IF({cell}>={},{},{formula})", tier.at_least, tier.points);
            }
            formula
        }
        _ => Points::ZERO.to_string(),
    }
}
