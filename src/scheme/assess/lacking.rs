//! Whether the items tell about every criterion: each that is not at discretion once, and nothing at once that excludes
//! itself.

use std::collections::BTreeSet;

use super::{Met, Source, clauses};
use crate::model::LineId;
use crate::scheme::reader::Table;
use crate::scheme::{Rule, Scheme, rule};

/// Whether everything that is not at discretion has its item, and nothing can apply at once that excludes itself.
pub(super) fn lacking(root: &Table<'_, '_>, scheme: &Scheme, sources: &[Source]) {
    // What follows from an item that cannot be read is no fault of its own.
    let said = |message| root.fault_beside_others(root.line, message, root.spans(&["items"]));
    for (line, one) in scheme.lines.entries() {
        for (side, takes) in [(&one.bonus, false), (&one.deduction, true)] {
            for (index, criterion) in side.criteria.iter().enumerate() {
                let is_there = |clause| {
                    let at = (line, takes, index, clause);
                    let mut sources = sources.iter();
                    sources.any(|one| (one.line, one.takes, one.criterion, one.clause) == at)
                };
                let lacks =
                    |clause, rule: &Rule| !matches!(rule, Rule::Range { .. }) && !is_there(clause);
                match clauses(&criterion.rule) {
                    None if lacks(None, &criterion.rule) => {
                        let message = format!("评分要点“{}”没有事项", criterion.id);
                        said(message);
                    }
                    None => {}
                    Some((_, of)) => {
                        for (clause, one) in of.iter().enumerate() {
                            if clauses(&one.rule).is_some() {
                                let message =
                                    format!("评分要点“{}”分了两层，不能用事项算", criterion.id);
                                said(message);
                            } else if lacks(Some(clause), &one.rule) {
                                let message = format!(
                                    "评分要点“{}”的第{}条没有事项",
                                    criterion.id,
                                    clause + 1
                                );
                                said(message);
                            }
                        }
                    }
                }
            }
            if side.combine == rule::Combine::OneOf && cells(sources, line, Some(takes)) > 1 {
                let message = format!("“{}”取其一，各要点须由同一个事项定", one.code);
                said(message);
            }
        }
        if one.exclusive && cells(sources, line, None) > 1 {
            let message = format!("“{}”加分与减分不得同时出现，须由同一个事项定", one.code);
            said(message);
        }
    }
}

/// How many items a line, or one side of it, rests on.
fn cells(sources: &[Source], line: LineId, takes: Option<bool>) -> usize {
    let own = sources.iter().filter(|one| one.line == line);
    let own = own.filter(|one| takes.is_none_or(|takes| one.takes == takes));
    let cells: BTreeSet<usize> = own
        .map(|one| match one.met {
            Met::Is(item, _) | Met::Times(item) | Met::Within(item, ..) | Met::Lacks(item, ..) => {
                item
            }
        })
        .collect();
    cells.len()
}
