//! `data/results.json`: everything for programs. Points are decimal strings; nothing is folded.

mod form;

use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::Error;
use crate::finding::{Fact, Finding, Reader};
use crate::model::CellRef;
use crate::model::unseen::is_unseen;
use crate::rank::{Cause, SocietyState, Standing, Standings};
use crate::scheme::Scheme;
use form::FormRow;

/// Raised when what others rely on changes.
pub const SCHEMA: u32 = 2;

/// Name and version of this tool, as outputs carry it.
pub const TOOL: &str = concat!("xingping ", env!("CARGO_PKG_VERSION"));

/// The whole file.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn results(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    bytes(crate::report::RESULTS, &Results(standings))
}

/// The whole file as text, for a terminal or a pipe.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn text(standings: &Standings<'_>) -> Result<String, Error> {
    results(standings).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// A value as a file of this name holds it. Whatever commands a terminal is escaped: people also look at these
/// files there.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn bytes(file: &str, value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let json = serde_json::to_string_pretty(value).map_err(|error| Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    })?;
    let mut plain = String::with_capacity(json.len() + 1);
    for character in json.chars() {
        // Between the values there are none but line breaks.
        if is_unseen(character) && character != '\n' {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(plain, "\\u{unit:04x}");
            }
        } else {
            plain.push(character);
        }
    }
    plain.push('\n');
    Ok(plain.into_bytes())
}

struct Results<'s>(&'s Standings<'s>);

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let standings = self.0;
        let scheme = &standings.ground.scheme;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("tool", TOOL)?;
        map.serialize_entry("state", if standings.is_final { "final" } else { "draft" })?;
        map.serialize_entry("scheme", &SchemeRow::of(scheme))?;
        map.serialize_entry("as_of", &standings.as_of)?;
        map.serialize_entry("mark", &standings.mark)?;
        let open: Vec<String> = standings.open.iter().map(ToString::to_string).collect();
        map.serialize_entry("open", &open)?;
        map.serialize_entry(
            "societies",
            &Stream(|| {
                let rows = standings.societies.iter();
                rows.map(|standing| SocietyRow::of(standings, standing))
            }),
        )?;
        map.serialize_entry(
            "forms",
            &Stream(|| {
                let rows = standings.forms.iter().enumerate();
                rows.map(|(index, form)| FormRow::of(standings, index, form))
            }),
        )?;
        map.serialize_entry(
            "findings",
            &Stream(|| {
                let reader = Reader::clerk(standings.ground);
                let rows = standings.findings.iter();
                rows.map(move |finding| FindingRow::of(&reader, finding))
            }),
        )?;
        if let Some(since) = &standings.since {
            map.serialize_entry("since", since)?;
        }
        map.end()
    }
}

/// A list that is made while it is written.
struct Stream<F>(F);

impl<F, I> Serialize for Stream<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
struct SchemeRow<'s> {
    id: &'s str,
    year: u32,
    fingerprint: String,
    form_fingerprint: &'s str,
}

impl<'s> SchemeRow<'s> {
    fn of(scheme: &'s Scheme) -> Self {
        Self {
            id: &scheme.id,
            year: scheme.year,
            fingerprint: scheme.fingerprint(),
            form_fingerprint: scheme.form_fingerprint(),
        }
    }
}

#[derive(Serialize)]
struct SocietyRow<'s> {
    name: &'s str,
    group: u32,
    state: SocietyState,
    provisional: bool,
    /// Why.
    provisional_for: &'s [Cause],
    forms_due: usize,
    forms_counted: usize,
    due_counted: usize,
    /// Whether rank, stars and grade are what a society would have that is not accepted.
    would_be: bool,
    rank: Option<usize>,
    tied: bool,
    rank_in_group: Option<usize>,
    would_be_rank: Option<usize>,
    has_base: Option<bool>,
    bonus: Option<String>,
    deduction: Option<String>,
    total: Option<String>,
    stars: Option<u32>,
    grade: Option<&'s str>,
    recommended: Vec<Recommended>,
    parts: Vec<PartRow<'s>>,
    lines: Vec<LineRow<'s>>,
    forms: Vec<usize>,
}

#[derive(Serialize)]
struct Recommended {
    stars: u32,
    forms: usize,
}

#[derive(Serialize)]
struct PartRow<'s> {
    id: &'s str,
    points: String,
}

#[derive(Serialize)]
struct LineRow<'s> {
    code: &'s str,
    bonus: String,
    deduction: String,
}

impl<'s> SocietyRow<'s> {
    fn of(standings: &'s Standings<'_>, standing: &'s Standing) -> Self {
        let scheme = &standings.ground.scheme;
        let society = &standings.ground.roster.societies[standing.society];
        let result = standing.result.as_ref();
        let decimals = scheme.precision;
        let score = result.map(|result| &result.score);
        Self {
            name: &society.name,
            group: standings.ground.roster.group_of(society).number,
            state: standing.state,
            provisional: standing.is_provisional(),
            provisional_for: &standing.provisional,
            forms_due: standing.forms_due,
            forms_counted: standing.forms_counted,
            due_counted: standing.due_counted,
            would_be: standing.state == SocietyState::Ineligible && result.is_some(),
            rank: standing.rank.map(|rank| rank.number),
            tied: standing.rank.is_some_and(|rank| rank.tied),
            rank_in_group: standing.rank_in_group.map(|rank| rank.number),
            would_be_rank: standing.would_be_rank,
            has_base: result.and_then(|result| result.has_base),
            bonus: score.map(|score| score.bonus().printed(decimals)),
            deduction: score.map(|score| score.deduction().printed(decimals)),
            total: result.map(|result| result.total.with_decimals(decimals)),
            stars: result.map(|result| result.stars),
            grade: result.and_then(|result| result.grade.as_deref()),
            recommended: standing
                .recommended
                .iter()
                .map(|(stars, forms)| Recommended {
                    stars: *stars,
                    forms: *forms,
                })
                .collect(),
            parts: score.map_or(Vec::new(), |score| {
                let parts = scheme.parts.iter().enumerate();
                parts
                    .map(|(index, part)| PartRow {
                        id: &part.id,
                        points: score.part(index).printed(decimals),
                    })
                    .collect()
            }),
            lines: score.map_or(Vec::new(), |score| {
                let lines = scheme.lines.iter().enumerate();
                lines
                    .map(|(index, line)| LineRow {
                        code: &line.code,
                        bonus: score.line_bonus(index).printed(decimals),
                        deduction: score.line_deduction(index).printed(decimals),
                    })
                    .collect()
            }),
            forms: standing.forms.iter().map(|form| form + 1).collect(),
        }
    }
}

/// None for an empty text.
fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[derive(Serialize)]
struct FindingRow<'s> {
    code: &'s str,
    name: &'s str,
    severity: crate::finding::Severity,
    file: &'s str,
    within: &'s [String],
    sheet: &'s str,
    cell: Option<CellRef>,
    society: Option<&'s str>,
    reviewer: Option<&'s str>,
    line: Option<&'s str>,
    /// What the rule found, as values.
    fact: &'s dyn Fact,
    found: String,
    allowed: String,
    message: String,
    next: String,
}

impl<'s> FindingRow<'s> {
    fn of(reader: &Reader<'_>, finding: &'s Finding) -> Self {
        let said = finding.said(reader);
        Self {
            code: finding.code().id,
            name: finding.code().name,
            severity: finding.severity,
            file: &finding.place.file,
            within: &finding.place.within,
            sheet: &finding.place.sheet,
            cell: finding.place.cell,
            society: finding.society.as_deref(),
            reviewer: finding.reviewer.as_deref(),
            line: finding.line.as_deref(),
            fact: finding.fact.as_ref(),
            found: said.found,
            allowed: said.allowed,
            message: said.message,
            next: said.next,
        }
    }
}
