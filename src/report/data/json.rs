//! `data/results.json`: everything for programs. Points are decimal strings; nothing is folded.

use std::fmt::Write as _;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::check::{SettledForm, SettledLine};
use crate::error::Error;
use crate::finding::{Fact, Finding, Reader, text};
use crate::model::unseen::is_unseen;
use crate::model::{CellRef, Exact, Points};
use crate::rank::{Cause, HeldDown, SocietyState, Standing, Standings};
use crate::report::kit::words;
use crate::scheme::Scheme;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'s str>,
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
    /// Left out where the scheme has no stars.
    #[serde(skip_serializing_if = "Option::is_none")]
    stars: Option<Option<u32>>,
    grade: Option<&'s str>,
    /// Why the grade is not the one of the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_down: Option<HeldDownRow<'s>>,
    /// 一票否决, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vetoes: Vec<&'s str>,
    /// Classes of reviewers of which nobody's form counts, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    absent_classes: Vec<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<Vec<Recommended>>,
    parts: Vec<PartRow<'s>>,
    lines: Vec<LineRow<'s>>,
    forms: Vec<usize>,
}

/// `{"by": "quota", "grade": "五星"}`, `{"by": "veto", "veto": "…"}`.
#[derive(Serialize)]
#[serde(tag = "by", rename_all = "lowercase")]
enum HeldDownRow<'s> {
    Quota { grade: &'s str },
    Veto { veto: &'s str },
}

impl<'s> HeldDownRow<'s> {
    fn of(held_down: &'s HeldDown) -> Self {
        match held_down {
            HeldDown::Quota(grade) => Self::Quota { grade },
            HeldDown::Veto(veto) => Self::Veto { veto },
        }
    }
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
            class: society
                .class
                .and_then(|class| scheme.classes.get(class))
                .map(|class| class.name.as_str()),
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
            stars: scheme
                .has_stars()
                .then(|| result.map(|result| result.stars)),
            grade: result.and_then(|result| result.grade.as_deref()),
            held_down: standing.held_down.as_ref().map(HeldDownRow::of),
            vetoes: standing
                .vetoes
                .iter()
                .map(|veto| scheme.vetoes[*veto].name.as_str())
                .collect(),
            absent_classes: standing
                .absent
                .iter()
                .map(|class| scheme.reviewer_classes[*class].name.as_str())
                .collect(),
            recommended: scheme.has_stars().then(|| {
                let recommended = standing.recommended.iter();
                recommended
                    .map(|(stars, forms)| Recommended {
                        stars: *stars,
                        forms: *forms,
                    })
                    .collect()
            }),
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
                let lines = scheme.lines_of_class(society.class);
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

#[derive(Serialize)]
struct FormRow<'s> {
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
    stated_total: Option<String>,
    state: crate::check::FormState,
    /// The form that this one is a copy of, or was superseded by.
    instead: Option<usize>,
    bonus: Option<String>,
    deduction: Option<String>,
    total: Option<String>,
    lines: Vec<FormLineRow<'s>>,
}

#[derive(Serialize)]
struct FormLineRow<'s> {
    code: &'s str,
    bonus: Option<String>,
    deduction: Option<String>,
    bonus_cell: Option<CellRef>,
    deduction_cell: Option<CellRef>,
    /// How points that are worked out came about.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// 评分说明, as written.
    remark: Option<&'s str>,
}

impl<'s> FormRow<'s> {
    fn of(standings: &'s Standings<'_>, index: usize, form: &'s SettledForm) -> Self {
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
        let line = |(line, filled): (&'s crate::scheme::Line, &'s SettledLine)| FormLineRow {
            code: &line.code,
            bonus: exact(filled.bonus.as_ref()),
            deduction: exact(filled.deduction.as_ref()),
            bonus_cell: filled.bonus_cell,
            deduction_cell: filled.deduction_cell,
            step: words::step(&ground.scheme, line, filled),
            remark: some(&filled.remark),
        };
        Self {
            id: index + 1,
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
            state: form.state,
            instead: form.instead.map(|instead| instead + 1),
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
                .map(line)
                .collect(),
        }
    }
}

fn scan_name(standings: &Standings<'_>, scan: usize) -> String {
    let file = &standings.files[scan];
    text::path(&file.place())
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
