//! A form in `data/results.json`: what came, what became of it, and what was corrected.

use serde::Serialize;

use super::some;
use crate::check::{Amended, Half, SettledForm, SettledLine};
use crate::finding::text;
use crate::ground::Ground;
use crate::model::{CellRef, Exact, FormKey, Points, Short};
use crate::rank::Standings;
use crate::report::kit::steps;
use crate::report::known::{Remarks, SpeaksOf};
use crate::scheme::Scheme;

#[derive(Serialize)]
pub(super) struct FormRow<'s> {
    id: usize,
    file: &'s str,
    within: &'s [String],
    sheet: &'s str,
    sha256: &'s str,
    society: Option<&'s str>,
    group: Option<u32>,
    reviewer: Option<&'s str>,
    unit: Option<&'s str>,
    member: Option<bool>,
    /// 评价人类别.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'s str>,
    /// The vetoes that the form says apply, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vetoes: Vec<&'s str>,
    mode: Option<&'s str>,
    date: Option<jiff::civil::Date>,
    /// When the mail came; none for a plain file.
    received: Option<String>,
    /// Scans of the signed form, with the way inside archives and mails.
    signed: Vec<String>,
    recommended: Option<u32>,
    stated_total: Option<Short>,
    /// Points that were corrected after they came in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<Corrected<'s>>,
    state: crate::check::FormState,
    /// The form that this one is a copy of, or was superseded by.
    instead: Option<usize>,
    bonus: Option<Short>,
    deduction: Option<Short>,
    total: Option<Short>,
    lines: Vec<FormLineRow<'s>>,
}

/// One correction; the lines have the points as they are after it.
#[derive(Serialize)]
struct Corrected<'s> {
    code: &'s str,
    side: Half,
    from: Short,
    to: Short,
    cell: Option<CellRef>,
    /// Row of 评分更正单, as Excel counts.
    row: Option<u32>,
}

#[derive(Serialize)]
struct FormLineRow<'s> {
    code: &'s str,
    bonus: Option<Short>,
    deduction: Option<Short>,
    bonus_cell: Option<CellRef>,
    deduction_cell: Option<CellRef>,
    /// How points that are worked out came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// 评分说明, as written.
    remark: Option<&'s str>,
    /// Of whom it speaks beside the society; nothing where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    remark_speaks_of: Option<Vec<SpeaksOf>>,
}

impl<'s> FormRow<'s> {
    pub(super) fn of(
        standings: &'s Standings<'_>,
        remarks: &mut Remarks<'_, '_>,
        key: FormKey,
        form: &'s SettledForm,
    ) -> Self {
        let ground = standings.ground;
        let decimals = ground.scheme.precision;
        let points = |points: Option<Points>| points.map(|points| points.with_decimals(decimals));
        // Points that a rule worked out are rounded where they have no end.
        let exact = |exact: Option<&Exact>| {
            let exact = exact?;
            let decimal = exact.points().unwrap_or_else(|| exact.rounded(decimals));
            Some(decimal.with_decimals(decimals))
        };
        let society = form
            .society
            .map(|society| &ground.roster.societies[society]);
        let mut line = |(line, filled): (&'s crate::scheme::Line, &'s SettledLine)| FormLineRow {
            code: &line.code,
            bonus: exact(filled.bonus.as_ref()),
            deduction: exact(filled.deduction.as_ref()),
            bonus_cell: filled.bonus_cell,
            deduction_cell: filled.deduction_cell,
            step: steps::step(&ground.scheme, line, filled),
            remark: some(filled.remark()),
            remark_speaks_of: some(filled.remark()).map(|remark| remarks.in_form(form, remark)),
        };
        Self {
            id: key.number(),
            file: &form.place.file,
            within: &form.place.within,
            sheet: &form.place.sheet,
            sha256: &form.sha256,
            society: society
                .map(|society| society.name.as_str())
                .or_else(|| some(&form.society_text)),
            group: society.map(|society| ground.roster.group_of(society).number),
            reviewer: some(&form.reviewer),
            unit: some(&form.unit),
            member: form.member,
            class: form
                .class
                .map(|class| ground.scheme.reviewer_classes[class].name.as_str()),
            vetoes: ground
                .scheme
                .vetoes
                .iter()
                .zip(&form.vetoes)
                .filter(|(_, answer)| **answer == Some(true))
                .map(|(veto, _)| veto.name.as_str())
                .collect(),
            mode: some(&form.mode),
            date: form.date,
            received: form.letter.as_ref().and_then(|letter| letter.sent_iso()),
            signed: form
                .scans
                .iter()
                .map(|scan| scan_name(standings, *scan))
                .collect(),
            recommended: form.recommended,
            stated_total: points(form.stated_total),
            corrected: form
                .amended
                .iter()
                .map(|one| corrected(ground, form, one))
                .collect(),
            state: form.state,
            instead: form.instead.map(FormKey::number),
            bonus: exact(form.bonus().as_ref()),
            deduction: exact(form.deduction().as_ref()),
            total: exact(form.total(&ground.scheme).as_ref()),
            lines: ground
                .scheme
                .lines
                .iter()
                .zip(&form.lines)
                .filter(|(line, _)| {
                    let class = society.and_then(|society| society.class);
                    Scheme::is_line_of(line, class)
                })
                .map(&mut line)
                .collect(),
        }
    }
}

fn corrected<'s>(ground: &'s Ground, form: &SettledForm, one: &Amended) -> Corrected<'s> {
    let decimals = ground.scheme.precision;
    Corrected {
        code: &ground.scheme.lines[one.line].code,
        side: one.half,
        from: one.from.with_decimals(decimals),
        to: one.to.with_decimals(decimals),
        cell: form
            .lines
            .get(one.line)
            .and_then(|line| line.cell(one.half)),
        row: ground.amendments.rows.get(one.row).map(|row| row.row),
    }
}

fn scan_name(standings: &Standings<'_>, scan: usize) -> String {
    let file = &standings.files[scan];
    text::path(&file.place())
}
