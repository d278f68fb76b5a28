//! The main job, its stations in order, and the only work done in parallel.

pub mod awake;
mod read;
mod slips;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::error::Error;
use crate::ground::Ground;
use crate::intake::{self, Apart, Found, NoSuchPath};
use crate::model::{Keyed, LineId, open};
use crate::rank::{self, Asked, Standings};
use crate::report::kit::names::Originals;
use crate::report::{self, Made, Output, Shelf};
use crate::score::{self, Marks, ScoredForm};
use crate::settle::{self, CheckedFile, FormState, SettledForm};
use read::{Grounds, files_in};

pub use slips::{Returns, slips};
pub use write::{export, outputs, outputs_since};

/// Where the post lies, and where of it is read what may be dangerous to read.
#[derive(Debug, Default)]
pub struct Inbox {
    pub paths: Vec<PathBuf>,
    /// What lies there, once somebody has looked.
    pub found: OnceLock<Vec<Found>>,
    /// What may lie in it and is no post: the file with the passwords, which is neither read nor kept.
    pub aside: Vec<PathBuf>,
    pub apart: Apart,
}

impl Inbox {
    /// Looks what lies there, as long as it `goes_on`, for whoever asks later. What cannot be looked into is told then.
    pub fn look(&self, goes_on: &dyn Fn() -> bool) {
        if let Ok(Some(found)) = intake::walk_while(goes_on, &self.paths) {
            self.found.get_or_init(|| found);
        }
    }

    /// What lies there.
    ///
    /// # Errors
    /// A path that is not there.
    pub fn found(&self) -> Result<&[Found], Error> {
        if let Some(found) = self.found.get() {
            return Ok(found);
        }
        let found = intake::walk(&self.paths)?;
        Ok(self.found.get_or_init(|| found))
    }
}

impl From<Vec<PathBuf>> for Inbox {
    /// Everything is read in this process.
    fn from(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            ..Self::default()
        }
    }
}

/// Reads, checks, scores and ranks what lies in `inbox`, and tells `tick` how far it has got.
///
/// # Errors
/// A PATH that is not there.
pub fn standings<'g>(
    ground: &'g Ground,
    inbox: &Inbox,
    asked: Asked,
    tick: &(dyn Fn(Tick) + Sync),
) -> Result<Standings<'g>, Error> {
    /// Files that a thread takes on: of more, one would still be reading when the others have nothing left to do.
    const AT_A_TIME: usize = 8;
    // The lists in use lie beside the forms in a year folder; they are no forms.
    let lists: BTreeSet<PathBuf> = ground
        .files
        .iter()
        .map(|used| &used.path)
        .chain(&inbox.aside)
        .filter_map(|file| file.canonicalize().ok())
        .collect();
    let names: BTreeSet<&OsStr> = lists.iter().filter_map(|list| list.file_name()).collect();
    let is_list = |found: &Found| {
        // Only a link that was named is really called otherwise.
        let may_be = found.named
            || found
                .path
                .file_name()
                .is_some_and(|name| names.contains(name));
        may_be
            && found
                .path
                .canonicalize()
                .is_ok_and(|path| lists.contains(&path))
    };
    let found = inbox.found()?.iter().filter(|found| !is_list(found));
    let found: Vec<&Found> = found.collect();
    tick(Tick::Begin(Station::Reading, found.len()));
    let own = ground.assessing();
    let grounds = Grounds::of(ground, own.as_ref());
    let received: Vec<Vec<CheckedFile>> = found
        .par_iter()
        .with_max_len(AT_A_TIME)
        .map(|found| {
            let received = files_in(&grounds, &inbox.apart, intake::unpack(found));
            tick(Tick::One);
            received
        })
        .collect();
    tick(Tick::Begin(Station::Ranking, 0));
    let settled = awake::alone(|| settle::settle(ground, received));
    let score = |points: fn(&SettledForm) -> Option<Keyed<LineId, Marks>>| {
        let societies: Vec<_> = settled.scored.entries().collect();
        let results: Vec<_> = societies
            .into_par_iter()
            .map(|(society, scored)| {
                let own = settled.assessments.as_ref();
                let own = own.and_then(|own| own.of(society)?.marks());
                let forms = scored.iter().map(|form| &settled.forms[*form]);
                let forms = forms.filter_map(|form| {
                    Some(ScoredForm {
                        class: form.class,
                        lines: points(form)?,
                    })
                });
                let forms: Vec<ScoredForm> = forms.collect();
                score::score_with(&ground.scheme, &forms, own)
            })
            .collect();
        results.into()
    };
    let results = score(SettledForm::counting);
    let received = settled
        .is_corrected
        .then(|| score(SettledForm::counting_as_received));
    Ok(awake::alone(|| {
        rank::stand(ground, settled, results, received, asked)
    }))
}

impl From<NoSuchPath> for Error {
    /// What is there and may not be looked into is not said to be missing.
    fn from(NoSuchPath { path, source }: NoSuchPath) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoSuchPath(path),
            _ => Self::Read { path, source },
        }
    }
}

/// How far a run has got.
#[derive(Debug, Clone, Copy)]
pub enum Tick {
    /// Where it is now, and of how many things each will be told; 0 where that is not worth it.
    Begin(Station, usize),
    /// One of them has been done.
    One,
}

/// What takes time in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Station {
    /// Files: read and checked.
    Reading,
    /// All forms together: settled, scored and ranked.
    Ranking,
    /// Workbooks and data.
    Writing,
    /// Files with forms that are sent back.
    Returning,
}

/// Puts the files received, unchanged, with the outputs, named by their place.
///
/// # Errors
/// A file that cannot be read again, or that changed while the program ran; no room for it.
pub fn originals(
    standings: &Standings<'_>,
    paths: &[PathBuf],
    shelf: &dyn Shelf,
) -> Result<Vec<Made>, Error> {
    let kept = Originals::of(standings);
    // A name means one file throughout a run; what could not be read has no digest.
    let digests: BTreeMap<&str, &str> = standings
        .files
        .iter()
        .filter(|file| file.within.is_empty() && !file.sha256.is_empty())
        .map(|file| (file.file.as_str(), file.sha256.as_str()))
        .collect();
    let keep = |path: &Path, most: u64, name: String| {
        let bytes = open::read(path, most).map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?;
        shelf.put_whole(Output { name, bytes })
    };
    let mut originals: Vec<Made> = Vec::new();
    for found in intake::walk(paths).map_err(Error::from)? {
        let Some(name) = kept.path(&found.file) else {
            continue;
        };
        let made = keep(&found.path, open::OUTPUT, name)?;
        let known = digests.get(found.file.as_str());
        if known.is_some_and(|known| made.sha256 != *known) {
            return Err(Error::Usage(changed(&found.file)));
        }
        originals.push(made);
    }
    for used in &standings.ground.files {
        let made = keep(&used.path, open::LIST, report::kept_basis(used))?;
        if made.sha256 != used.sha256 {
            return Err(Error::Usage(changed(&used.name())));
        }
        originals.push(made);
    }
    Ok(originals)
}

/// What is said of a file that is no longer what was read.
fn changed(file: &str) -> String {
    format!("“{file}”在运行过程中被改动了，请重新运行。")
}

/// Whether anything was filled in at all.
#[must_use]
pub fn has_forms(standings: &Standings<'_>) -> bool {
    let own = standings.assessments.iter().flat_map(|own| &own.forms);
    let forms = standings.forms.iter().chain(own.map(|own| &own.form));
    forms.into_iter().any(|form| form.state != FormState::Blank)
}

#[cfg(test)]
mod tests {
    use std::io::{Error as Failure, ErrorKind};

    use super::{Error, NoSuchPath};

    #[test]
    fn what_may_not_be_looked_into_is_not_missing() {
        let said = |kind| {
            let missing = NoSuchPath {
                path: "收件".into(),
                source: Failure::from(kind),
            };
            Error::from(missing).to_string()
        };
        assert!(said(ErrorKind::NotFound).contains("找不到"));
        let denied = said(ErrorKind::PermissionDenied);
        assert!(denied.contains("没有权限") && !denied.contains("找不到"));
    }
}
