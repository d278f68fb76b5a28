//! `data/manifest.json`: what was read and what was written, with SHA-256 of each, so that anybody can check
//! later that nothing was changed (`certutil -hashfile 文件 SHA256` on Windows).

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::json::{self, TOOL};
use crate::error::Error;
use crate::model::open;
use crate::rank::Standings;
use crate::report::kit::names::Originals;
use crate::report::{MANIFEST, Made, Output, RESULTS, kept_basis};

/// What a folder of this tool holds. One never takes the place of another: a decision is not what results are exchanged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// Of the main job.
    Results,
    /// The same for other tools.
    Data,
    /// What goes back to people.
    Returns,
    /// What the committee decided.
    Decision,
    /// 公示.
    Proposal,
    /// 发布.
    Announcement,
    /// 抽查.
    Draw,
}

impl Product {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Results => "汇总结果",
            Self::Data => "导出的数据",
            Self::Returns => "退回件和催报",
            Self::Decision => "审定结果",
            Self::Proposal => "公示",
            Self::Announcement => "发布",
            Self::Draw => "抽查名单和核查表",
        }
    }

    /// The letter before the number of its content; nothing where it is made anew from what stays elsewhere, so that none
    /// is worth keeping.
    const fn letter(self) -> Option<char> {
        match self {
            Self::Results => Some('R'),
            Self::Data | Self::Returns => None,
            Self::Decision => Some('D'),
            Self::Proposal => Some('G'),
            Self::Announcement => Some('F'),
            Self::Draw => Some('C'),
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// `xingping 0.1.0`: marks a folder as this tool's output.
    pub tool: String,
    /// None: an earlier version wrote it, which did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Product>,
    pub scheme: String,
    pub scheme_fingerprint: String,
    pub inputs: Vec<Entry>,
    pub outputs: Vec<Entry>,
}

impl Manifest {
    /// That of a folder; none where there is none of this tool's.
    #[must_use]
    pub fn load(folder: &Path) -> Option<Self> {
        let bytes = open::read(&folder.join(MANIFEST), open::OUTPUT).ok()?;
        let manifest: Self = serde_json::from_slice(&bytes).ok()?;
        manifest.tool.starts_with("xingping ").then_some(manifest)
    }

    /// What the folder holds; of what an earlier version wrote, as far as it shows.
    #[must_use]
    pub fn product(&self) -> Option<Product> {
        let has_results = || self.outputs.iter().any(|entry| entry.file == RESULTS);
        self.product
            .or_else(|| has_results().then_some(Product::Results))
    }

    /// What tells the content from another of its kind, as papers have it: 结果编号, 审定编号. None where it is not worth
    /// keeping beside a newer one.
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let product = self.product()?;
        let letter = product.letter()?;
        let is_content = |entry: &&Entry| match product {
            // Beside originals, which may be anything.
            Product::Results => entry.file == RESULTS,
            _ => entry.is_data(),
        };
        let content = self.outputs.iter().find(is_content)?;
        Some(number(letter, &content.sha256))
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

impl Entry {
    /// Whether it is for programs.
    fn is_data(&self) -> bool {
        Path::new(&self.file)
            .extension()
            .is_some_and(|ending| ending == "json")
    }
}

/// The manifest of a run that made `product`; `originals` are those that were kept, if any.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn write(
    standings: &Standings<'_>,
    product: Product,
    originals: &Originals,
    made: &[Made],
) -> Result<Output, Error> {
    let scheme = &standings.ground.scheme;
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
    of(product, (&scheme.id, &fingerprint), inputs.collect(), made)
}

/// The manifest of outputs that were made from `inputs`.
///
/// # Errors
/// None in practice; a value that cannot be written is a fault of this program.
pub fn of(
    product: Product,
    (scheme, scheme_fingerprint): (&str, &str),
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
        product: Some(product),
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
