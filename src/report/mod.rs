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

use crate::error::Error;
use crate::ground::Used;
use crate::model::GroupId;
use crate::rank::Standings;
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
    Results,
}

/// Every file of the main job but the manifest, which comes last.
#[must_use]
pub fn jobs(standings: &Standings<'_>) -> Vec<Job> {
    // What belongs to another year is not ranked by this one's rules.
    if standings.elsewhere.is_some() {
        return vec![Job::Internal, Job::Results];
    }
    let groups = standings.ground.roster.groups.ids().map(Job::Group);
    // Where nothing waits and nothing was ruled there is nothing to fill in.
    let has_register = !standings.pending.is_empty() || !standings.ground.register.rows.is_empty();
    [Job::Internal, Job::Ranking, Job::Results]
        .into_iter()
        .chain([Job::InternalReport, Job::Report])
        .chain(has_register.then_some(Job::Register))
        .chain(groups)
        .collect()
}

impl Job {
    /// Makes the file.
    ///
    /// # Errors
    /// A workbook that cannot be made: a fault of this program.
    pub fn write(self, known: &Known<'_>) -> Result<Output, Error> {
        let standings = known.standings();
        let (name, bytes) = match self {
            Self::Internal => (INTERNAL.to_owned(), internal::workbook(known)?),
            Self::InternalReport => {
                let page = page::internal(known);
                (INTERNAL_REPORT.to_owned(), page.into_bytes())
            }
            Self::Ranking => (RANKING.to_owned(), ranking::workbook(standings)?),
            Self::Report => (REPORT.to_owned(), page::committee(standings).into_bytes()),
            Self::Group(group) => {
                let lead = &standings.ground.roster.groups[group];
                let name = if lead.is_all() {
                    "汇总".to_owned()
                } else {
                    names::file_name(&format!("{}-{}-汇总", lead.label(), lead.lead))
                };
                (format!("{name}.xlsx"), group::workbook(known, group)?)
            }
            Self::Register => (REGISTER.to_owned(), lists::register(standings)?),
            Self::Results => (RESULTS.to_owned(), json::results(standings)?),
        };
        Ok(Output { name, bytes })
    }
}
