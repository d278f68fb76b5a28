//! 自评 in `results.json`: what a society's own facts come to.

use serde::Serialize;

use crate::model::Short;
use crate::rank::{Standing, Standings};
use crate::scheme::assess::Reckoned;
use crate::settle::FormState;

/// A society's own form, as far as one stands.
#[derive(Serialize)]
pub(super) struct OwnRow<'s> {
    state: OwnState,
    file: Option<&'s str>,
    within: &'s [String],
    sheet: Option<&'s str>,
    bonus: Option<Short>,
    deduction: Option<Short>,
    total: Option<Short>,
    items: Vec<ItemRow<'s>>,
    lines: Vec<LineRow<'s>>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum OwnState {
    /// One stands.
    Used,
    /// Some came, and none can be used as it is.
    Held,
    Missing,
}

/// One fact.
#[derive(Serialize)]
struct ItemRow<'s> {
    item: &'s str,
    line: &'s str,
    answer: String,
}

/// What facts come to, and at most with everything at discretion.
#[derive(Serialize)]
struct LineRow<'s> {
    code: &'s str,
    bonus: Short,
    bonus_at_most: Short,
    deduction: Short,
}

impl<'s> OwnRow<'s> {
    pub(super) fn of(standings: &'s Standings<'_>, standing: &Standing) -> Option<Self> {
        let assessments = standings.assessments.as_ref()?;
        let ground = standings.ground;
        let scheme = &ground.scheme;
        let decimals = scheme.precision;
        let Some(own) = assessments.of(standing.society) else {
            let mut all = assessments.forms.iter();
            let has_come = all.any(|own| {
                own.form.society == Some(standing.society) && own.form.state != FormState::Blank
            });
            return Some(Self {
                state: if has_come {
                    OwnState::Held
                } else {
                    OwnState::Missing
                },
                file: None,
                within: &[],
                sheet: None,
                bonus: None,
                deduction: None,
                total: None,
                items: Vec::new(),
                lines: Vec::new(),
            });
        };
        let items = ground.own.iter().flat_map(|(items, _)| &items.items);
        let lines = scheme.lines.iter().zip(&own.reckoned);
        let line = |(line, reckoned): (&'s crate::scheme::Line, &Option<Reckoned>)| {
            let reckoned = reckoned.as_ref()?;
            Some(LineRow {
                code: &line.code,
                bonus: reckoned.bonus.least.with_decimals(decimals),
                bonus_at_most: reckoned.bonus.most.with_decimals(decimals),
                deduction: reckoned.deduction.least.with_decimals(decimals),
            })
        };
        Some(Self {
            state: OwnState::Used,
            file: Some(&own.form.place.file),
            within: &own.form.place.within,
            sheet: Some(&own.form.place.sheet),
            bonus: own.form.bonus().map(|sum| sum.printed(decimals)),
            deduction: own.form.deduction().map(|sum| sum.printed(decimals)),
            total: own
                .figures(ground)
                .map(|figures| figures.total.printed(decimals)),
            items: items
                .zip(&own.answers)
                .filter_map(|(item, answer)| {
                    Some(ItemRow {
                        item: &item.code,
                        line: &scheme.lines[item.line].code,
                        answer: item.said(answer.as_ref()?),
                    })
                })
                .collect(),
            lines: lines.filter_map(line).collect(),
        })
    }
}
