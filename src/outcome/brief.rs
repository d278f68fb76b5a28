//! What is asked of an earlier outcome before it is worth reading as a whole: a run that brings nothing new never does,
//! and no run holds it while forms are read.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Kept, Outcome, SchemeId};
use crate::error::Error;
use crate::rank::Since;
use crate::report::RESULTS;
use crate::report::data::json;
use crate::report::data::manifest::Entry;

/// Which outcome it is, and by which scheme.
#[derive(Debug)]
pub struct Brief {
    /// The file itself, as manifests list it.
    pub source: Entry,
    pub scheme: SchemeId,
    /// What it was compared with, if with any.
    since: Option<Since>,
    folder: PathBuf,
}

impl Brief {
    /// Looks into the folder that a run wrote.
    ///
    /// # Errors
    /// No such folder; no results in it; a file changed since, or of another version.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Head {
            scheme: SchemeId,
            #[serde(default)]
            since: Option<Since>,
        }
        let kept = Kept::load(folder, RESULTS, "汇总结果")?;
        let Head { scheme, since } = kept.parse(json::SCHEMA)?;
        Ok(Self {
            source: kept.entry,
            scheme,
            since,
            folder: folder.to_owned(),
        })
    }

    /// Whether it has results of this content (their digest, compared with nothing), and then what those were compared
    /// with, if with any: that still holds.
    #[must_use]
    pub fn has(&self, content: &str) -> Option<Option<&Since>> {
        let own = match &self.since {
            Some(since) => &since.content,
            None => &self.source.sha256,
        };
        (own == content).then_some(self.since.as_ref())
    }

    /// The whole of it.
    ///
    /// # Errors
    /// It is no longer there, or no longer what it was.
    pub fn outcome(&self) -> Result<Outcome, Error> {
        Outcome::load(&self.folder)
    }
}
