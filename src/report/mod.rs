//! 报表: shows the standings and decides nothing; all it works out are means for statistics. The only
//! `rust_xlsxwriter` is here and in the papers made with the same kit.
//!
//! Blank forms to fill in ([`forms`]), books ([`books`]), the same to look at ([`page`]) and for programs ([`data`]), returns to whoever sent
//! a form ([`returns`]) and the letters they go with ([`letters`]); below them what a reader may know ([`known`]) and
//! the kit that all are made with ([`kit`]).

pub mod kit;

pub mod known;

pub mod books;
pub mod data;
pub mod forms;
pub mod page;

pub mod returns;

pub mod letters;

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::ground::Used;
use crate::model::{Digesting, GroupId, sha256_hex};
use crate::rank::Standings;
use books::internal::beside::Detail;
use books::{group, internal, ranking};
use data::json;
use forms::lists;
use kit::names;
use known::Known;

/// One file to write, below the output folder, with `/`.
#[derive(Debug)]
pub struct Output {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Output {
    /// What a manifest says of it.
    #[must_use]
    pub fn made(&self) -> Made {
        Made {
            name: self.name.clone(),
            sha256: sha256_hex(&self.bytes),
            size: u64::try_from(self.bytes.len()).unwrap_or(u64::MAX),
        }
    }
}

/// A file that has been written: what a manifest says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub name: String,
    pub sha256: String,
    pub size: u64,
}

/// Writes the bytes of a file to where it is told, once; what it is told knows their digest so far.
pub type Writing<'w> = &'w mut dyn FnMut(&mut Digesting<&mut dyn Write>) -> io::Result<()>;

/// Where files are put as they are made, so that no run holds all of them.
pub trait Shelf: Sync {
    /// Puts a file there that `writing` writes.
    ///
    /// # Errors
    /// There is no room for it.
    fn put(&self, name: &str, writing: Writing<'_>) -> Result<Made, Error>;

    /// Puts a whole file there.
    ///
    /// # Errors
    /// There is no room for it.
    fn put_whole(&self, output: Output) -> Result<Made, Error> {
        let Output { name, bytes } = output;
        self.put(&name, &mut |to| to.write_all(&bytes))
    }
}

/// Holds all of them, for whoever wants to look at them where they are.
#[derive(Debug, Default)]
pub struct Held(Mutex<Vec<Output>>);

impl Held {
    /// Everything that was put here, by name.
    #[must_use]
    pub fn outputs(self) -> Vec<Output> {
        let mut outputs = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        outputs.sort_by(|left, right| left.name.cmp(&right.name));
        outputs
    }
}

impl Shelf for Held {
    fn put(&self, name: &str, writing: Writing<'_>) -> Result<Made, Error> {
        let mut bytes = Vec::new();
        writing(&mut Digesting::new(&mut bytes)).map_err(|error| Error::Sheet {
            file: name.to_owned(),
            reason: error.to_string(),
        })?;
        self.put_whole(Output {
            name: name.to_owned(),
            bytes,
        })
    }

    fn put_whole(&self, output: Output) -> Result<Made, Error> {
        let made = output.made();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push(output);
        Ok(made)
    }
}

/// For the secretariat's eyes.
pub const INTERNAL: &str = "0-工作底稿（内部）.xlsx";
/// For the committee.
pub const RANKING: &str = "总排名.xlsx";
/// For the secretariat's eyes, to look at.
pub const INTERNAL_REPORT: &str = "0-报告（内部）.html";
/// For the committee, to look at.
pub const REPORT: &str = "报告.html";
/// For the clerk to fill in and put beside the inputs.
pub const REGISTER: &str = "处理登记.xlsx";
/// For programs.
pub const RESULTS: &str = "data/results.json";
/// What was read and written.
pub const MANIFEST: &str = "data/manifest.json";

/// Where the files received are kept with the outputs, under their own names.
pub const ORIGINALS: &str = "原件";

/// Where the files that the run rests on (lists, the register) are kept with the outputs, beside the originals.
pub const BASIS: &str = "依据";

/// Where such a file is kept.
#[must_use]
pub fn kept_basis(used: &Used) -> String {
    format!("{BASIS}/{}", used.name())
}

/// One file still to be made; each can be made on its own.
#[derive(Debug, Clone, Copy)]
pub enum Job {
    Internal,
    InternalReport,
    Ranking,
    Report,
    Group(GroupId),
    Register,
    /// Of details that are too many for a sheet: the file of this number.
    Detail(Detail, usize),
    Results,
}

/// Every file of the main job but the manifest, which comes last.
#[must_use]
pub fn jobs(standings: &Standings<'_>) -> Vec<Job> {
    let details = Detail::ALL.into_iter().flat_map(|detail| {
        let files = 0..detail.files(standings);
        files.map(move |file| Job::Detail(detail, file))
    });
    // What belongs to another year is not ranked by this one's rules.
    if standings.elsewhere.is_some() {
        return [Job::Internal, Job::Results]
            .into_iter()
            .chain(details)
            .collect();
    }
    let groups = standings.ground.roster.groups.ids().map(Job::Group);
    // Where nothing waits and nothing was ruled there is nothing to fill in.
    let has_register = !standings.pending.is_empty() || !standings.ground.register.rows.is_empty();
    [Job::Internal, Job::Ranking, Job::Results]
        .into_iter()
        .chain(details)
        .chain([Job::InternalReport, Job::Report])
        .chain(has_register.then_some(Job::Register))
        .chain(groups)
        .collect()
}

impl Job {
    /// Whether it says what changed since earlier results, which is known only from the results as a whole.
    #[must_use]
    pub const fn tells_since(self) -> bool {
        matches!(self, Self::Internal | Self::InternalReport)
    }

    /// About how much stands in it, in rows.
    #[must_use]
    pub fn length(self, standings: &Standings<'_>) -> usize {
        let ranked = standings.societies.len();
        // Each form has a row for every line in them.
        let all = ranked + standings.forms.len() * standings.ground.scheme.lines.len();
        match self {
            Self::Internal | Self::InternalReport | Self::Detail(..) | Self::Results => all,
            // As they are ranked, by groups, by stars.
            Self::Ranking | Self::Report => 3 * ranked,
            Self::Group(group) => {
                let own = standings.of_group(group);
                own.map(|society| 1 + society.forms.len()).sum()
            }
            Self::Register => standings.pending.len() + standings.ground.register.rows.len(),
        }
    }

    /// Makes the file and puts it on the shelf.
    ///
    /// # Errors
    /// A workbook that cannot be made: a fault of this program; no room for it.
    pub fn write(self, known: &Known<'_>, shelf: &dyn Shelf) -> Result<Made, Error> {
        let standings = known.standings();
        let whole = |name: &str, bytes: Vec<u8>| {
            let name = name.to_owned();
            shelf.put_whole(Output { name, bytes })
        };
        match self {
            Self::Internal => whole(INTERNAL, internal::workbook(known)?),
            Self::InternalReport => shelf.put(INTERNAL_REPORT, &mut |to| page::internal(known, to)),
            Self::Ranking => whole(RANKING, ranking::workbook(standings)?),
            Self::Report => shelf.put(REPORT, &mut |to| page::committee(standings, to)),
            Self::Group(group) => {
                let lead = &standings.ground.roster.groups[group];
                let name = if lead.is_all() {
                    "汇总".to_owned()
                } else {
                    names::file_name(&format!("{}-{}-汇总", lead.label(), lead.lead))
                };
                whole(&format!("{name}.xlsx"), group::workbook(known, group)?)
            }
            Self::Detail(detail, file) => {
                let name = detail.file_name(file);
                shelf.put(&name, &mut |to| detail.write(known, file, to))
            }
            Self::Register => whole(REGISTER, lists::register(standings)?),
            Self::Results => shelf.put(RESULTS, &mut |to| json::write(standings, to)),
        }
    }
}
