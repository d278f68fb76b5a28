//! `data/results.json`: everything for programs. Points are decimal strings; nothing is folded.

mod form;
mod own;
mod plain;
mod society;

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::error::Error;
use crate::finding::{Fact, Finding, Reader, Severity};
use crate::model::{CellRef, Digesting};
use crate::rank::{Since, Standings};
use crate::report::known::{Directory, Remarks};
use crate::scheme::Scheme;
use form::FormRow;
use society::SocietyRow;

/// Raised when what others rely on changes.
pub const SCHEMA: u32 = 3;

/// Name and version of this tool, as outputs carry it.
pub const TOOL: &str = concat!("xingping ", env!("CARGO_PKG_VERSION"));

/// Writes the whole file, society by society and form by form: it is nowhere held as a whole.
///
/// # Errors
/// What `to` refuses.
pub fn write(standings: &Standings<'_>, to: &mut dyn Write) -> io::Result<()> {
    write_head(standings, to)?;
    to.write_all(&tail(standings, standings.since.get())?)
}

/// The same for standings that have not been compared with earlier ones: `compare` is given the digest that the file
/// would have without, when all before it has been written, and may say in the standings what changed.
///
/// # Errors
/// What `to` refuses.
pub fn write_compared(
    standings: &Standings<'_>,
    to: &mut Digesting<&mut dyn Write>,
    compare: &mut dyn FnMut(String),
) -> io::Result<()> {
    write_head(standings, to)?;
    compare(to.with(&tail(standings, None)?));
    to.write_all(&tail(standings, standings.since.get())?)
}

/// All before what changed since earlier results.
fn write_head(standings: &Standings<'_>, to: &mut dyn Write) -> io::Result<()> {
    /// The values come in small pieces.
    const PIECE: usize = 1 << 16;
    let mut to = BufWriter::with_capacity(PIECE, to);
    serialize_head(standings, &mut plain::serializer(&mut to))?;
    to.flush()
}

/// The rest of what [`write_head`] began.
fn tail(standings: &Standings<'_>, since: Option<&Since>) -> io::Result<Vec<u8>> {
    let tail = Tail {
        since,
        groups: groups(standings),
    };
    let mut bytes = Vec::new();
    write_value(&tail, &mut bytes)?;
    // Its entries go on where those before it ended.
    if let Some(begins) = bytes.first_mut() {
        *begins = b',';
    }
    Ok(bytes)
}

/// The whole file.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn results(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    write(standings, &mut bytes).map_err(|error| fault(crate::report::RESULTS, &error))?;
    Ok(bytes)
}

/// The whole file as text, for a terminal or a pipe.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn text(standings: &Standings<'_>) -> Result<String, Error> {
    results(standings).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
}

/// A value as a file of this name holds it.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn bytes(file: &str, value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    write_value(value, &mut bytes).map_err(|error| fault(file, &error))?;
    Ok(bytes)
}

fn fault(file: &str, error: &io::Error) -> Error {
    Error::Sheet {
        file: file.to_owned(),
        reason: error.to_string(),
    }
}

fn write_value(value: &impl Serialize, to: &mut impl Write) -> io::Result<()> {
    value.serialize(&mut plain::serializer(&mut *to))?;
    to.write_all(b"\n")
}

/// Begins the object that [`Tail`] ends.
fn serialize_head<S: Serializer>(standings: &Standings<'_>, to: S) -> Result<(), S::Error> {
    let scheme = &standings.ground.scheme;
    let mut map = to.serialize_map(None)?;
    map.serialize_entry("schema", &SCHEMA)?;
    map.serialize_entry("tool", TOOL)?;
    map.serialize_entry("state", if standings.is_final { "final" } else { "draft" })?;
    map.serialize_entry("scheme", &SchemeRow::of(scheme))?;
    map.serialize_entry("as_of", &standings.as_of)?;
    map.serialize_entry("mark", &standings.mark)?;
    let directory = &Directory::of(standings);
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
            let rows = standings.forms.entries();
            let mut remarks = Remarks::of(directory);
            rows.map(move |(key, form)| FormRow::of(standings, &mut remarks, key, form))
        }),
    )?;
    map.serialize_entry(
        "findings",
        &Stream(|| {
            let reader = Reader::clerk(standings.ground);
            let rows = standings.findings.iter();
            rows.map(move |finding| FindingRow::of(&reader, directory, finding))
        }),
    )?;
    Ok(())
}

/// What the results end with.
#[derive(Serialize)]
struct Tail<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'s Since>,
    groups: Vec<GroupRow<'s>>,
}

fn groups<'s>(standings: &'s Standings<'_>) -> Vec<GroupRow<'s>> {
    let groups = standings.ground.roster.groups.iter();
    groups
        .zip(&standings.progress)
        .map(|(group, done)| GroupRow {
            number: group.number,
            lead: &group.lead,
            due: done.due,
            received: done.received(),
            in_time: done.in_time,
            held: done.held,
            corrected: done.corrected,
        })
        .collect()
}

/// What a group has done.
#[derive(Serialize)]
struct GroupRow<'s> {
    number: u32,
    lead: &'s str,
    due: usize,
    received: usize,
    in_time: usize,
    held: usize,
    corrected: usize,
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

/// None for an empty text.
fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

#[derive(Serialize)]
struct FindingRow<'s> {
    code: &'s str,
    name: &'s str,
    severity: Severity,
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
    /// The same for those who may not know who reviewed; of warnings about a society.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_people: Option<String>,
    next: String,
}

impl<'s> FindingRow<'s> {
    fn of(reader: &Reader<'_>, directory: &Directory<'_>, finding: &'s Finding) -> Self {
        let said = finding.said(reader);
        let is_told = finding.severity == Severity::Warning && finding.society.is_some();
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
            without_people: is_told.then(|| directory.without_people(finding)),
            next: said.next,
        }
    }
}
