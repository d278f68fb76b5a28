//! `data/manifest.json`: what was read and what was written, with SHA-256 of each, so that anybody can check
//! later that nothing was changed (`certutil -hashfile 文件 SHA256` on Windows).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::json::{self, TOOL};
use crate::error::Error;
use crate::rank::Standings;
use crate::report::kit::names::Originals;
use crate::report::{MANIFEST, Made, Output, RESULTS, kept_basis};

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// `xingping 0.1.0`: marks a folder as this tool's output.
    pub tool: String,
    pub scheme: String,
    pub scheme_fingerprint: String,
    pub inputs: Vec<Entry>,
    pub outputs: Vec<Entry>,
}

impl Manifest {
    /// 结果编号 of the results among the outputs; none where there are none.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let mut outputs = self.outputs.iter();
        let results = outputs.find(|entry| entry.file == RESULTS)?;
        Some(number('R', &results.sha256))
    }
}

/// What identifies a content on paper. It begins with a letter, so that no spreadsheet takes it for a number:
/// `letter`, then 16 hex digits of its SHA-256.
#[must_use]
pub fn number(letter: char, sha256: &str) -> String {
    format!("{letter}{}", sha256.get(..16).unwrap_or(sha256))
}

/// One file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub file: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub within: Vec<String>,
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Of an input: the output that keeps it unchanged, where originals were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

/// The manifest of a run.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn write(standings: &Standings<'_>, made: &[Made]) -> Result<Output, Error> {
    let scheme = &standings.ground.scheme;
    let originals = Originals::of(standings);
    let outputs: BTreeSet<&str> = made.iter().map(|one| one.name.as_str()).collect();
    // What lies inside another file is kept inside it.
    let kept = |file: &str| {
        let path = originals.path(file)?;
        outputs.contains(path.as_str()).then_some(path)
    };
    let inputs = standings.files.iter().map(|file| Entry {
        kept: kept(&file.file),
        file: file.file.clone(),
        within: file.within.clone(),
        sha256: file.sha256.clone(),
        size: file.size,
    });
    // What it was compared with is in it, too.
    let earlier = standings.since.get().map(|since| Entry {
        kept: None,
        file: format!("上次的结果 {}", since.earlier.number),
        within: vec![RESULTS.to_owned()],
        sha256: since.earlier.sha256.clone(),
        size: since.earlier.size,
    });
    // So are the lists and what the clerk decided.
    let basis = standings.ground.files.iter().map(|used| {
        let name = kept_basis(used);
        let is_kept = outputs.contains(name.as_str());
        Entry {
            kept: is_kept.then(|| name.clone()),
            file: name,
            within: Vec::new(),
            sha256: used.sha256.clone(),
            size: used.size,
        }
    });
    let inputs = inputs.chain(basis).chain(earlier);
    let fingerprint = scheme.fingerprint();
    of(&scheme.id, &fingerprint, inputs.collect(), made)
}

/// The manifest of outputs that were made from `inputs`.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn of(
    scheme: &str,
    scheme_fingerprint: &str,
    inputs: Vec<Entry>,
    made: &[Made],
) -> Result<Output, Error> {
    let listed = made.iter().map(|one| Entry {
        kept: None,
        file: one.name.clone(),
        within: Vec::new(),
        sha256: one.sha256.clone(),
        size: one.size,
    });
    let manifest = Manifest {
        tool: TOOL.to_owned(),
        scheme: scheme.to_owned(),
        scheme_fingerprint: scheme_fingerprint.to_owned(),
        inputs,
        outputs: listed.collect(),
    };
    Ok(Output {
        name: MANIFEST.to_owned(),
        bytes: json::bytes(MANIFEST, &manifest)?,
    })
}
