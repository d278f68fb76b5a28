//! What lies where is to be written: forms that came in are never moved away, nor are others mixed among them.
//!
//! By names where a folder is exchanged as a whole, for nothing of somebody's is to be moved on a guess; by contents where
//! files are only added, for blank forms of other groups may well lie there.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::folders::DEFAULT_OUTPUT;
use crate::error::Error;
use crate::form::Reader;
use crate::ground::Ground;
use crate::intake::{self, Content, SPREADSHEET, Source, walk};
use crate::model::open;
use crate::report::Output;
use crate::report::data::manifest::{Manifest, Product};

/// What forms are sent in, and what may be one and is not read here.
const HOLDERS: [&str; 15] = [
    "numbers", "zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "eml", "msg", "mbox", "mht",
    "mhtml", "pst",
];
/// How deep is looked, and at how many files: what is larger is nobody's folder for results.
const DEPTH: usize = 12;
const MOST: usize = 5_000;

/// What was met below a folder.
enum Met {
    Nothing,
    /// What may be a form that came in.
    Received(PathBuf),
    /// More than is looked at.
    TooMuch,
}

/// A folder is not called like a file: whoever names one so expects the file and finds a folder.
pub fn refuse_file(output: &Path) -> Result<(), Error> {
    const FILES: [&str; 3] = ["html", "json", "pdf"];
    let is_like = ends_in(output, &SPREADSHEET) || ends_in(output, &FILES);
    if output.is_dir() || !is_like {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "“{}”像文件名，而写出来的是一个目录里的几个文件。请用 -o 写目录名，如“{}”。",
        output.display(),
        output.with_extension("").display()
    )))
}

/// A folder that is exchanged as a whole holds no forms that came in; one that this tool wrote is its own to exchange, for
/// another of the same kind.
pub fn refuse_exchange(output: &Path, product: Product) -> Result<(), Error> {
    refuse_file(output)?;
    if walk::is_output(output) {
        return match Manifest::load(output).and_then(|manifest| manifest.product()) {
            Some(there) if there == product => Ok(()),
            there => {
                let what = there.map_or("较早版本的星评写的内容", Product::label);
                let what = format!("是{what}，换成{}就没有了", product.label());
                Err(refused(output, &what))
            }
        };
    }
    let what = match met(output, |path| {
        ends_in(path, &SPREADSHEET) || ends_in(path, &HOLDERS)
    }) {
        Met::Nothing => return Ok(()),
        Met::Received(path) => format!(
            "已有别的表格文件、压缩包或邮件（如“{}”，不是本工具写的），可能是收到的评价表",
            way(output, &path)
        ),
        Met::TooMuch => "已有很多别的文件，其中可能有收到的评价表".to_owned(),
    };
    Err(refused(output, &what))
}

/// A folder that files are added to holds no filled forms beside them.
pub fn refuse_mixture(ground: &Ground, folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    refuse_file(folder)?;
    let own: BTreeSet<PathBuf> = outputs
        .iter()
        .map(|output| folder.join(&output.name))
        .collect();
    let reader = Reader::of(&ground.scheme, &ground.roster);
    let is_received = |path: &Path| {
        // One of the same name and other contents is never overwritten; that is said elsewhere.
        !own.contains(path)
            && (ends_in(path, &HOLDERS) || ends_in(path, &SPREADSHEET) && is_filled(&reader, path))
    };
    match met(folder, is_received) {
        Met::Nothing => Ok(()),
        Met::Received(path) => {
            let what = format!(
                "已有填过的评价表，或可能装有评价表的文件（如“{}”）",
                way(folder, &path)
            );
            Err(refused(folder, &what))
        }
        Met::TooMuch => Err(refused(folder, "已有很多别的文件，其中可能有收到的评价表")),
    }
}

fn refused(folder: &Path, what: &str) -> Error {
    Error::Usage(format!(
        "输出目录“{}”里{what}，不能写到那里，什么都没有改动。请用 -o 另指定一个目录，如“{}”。",
        folder.display(),
        folder.join(DEFAULT_OUTPUT).display()
    ))
}

/// The first file below a folder that is such a one, in the order of their names; what this tool wrote there is none.
fn met(folder: &Path, is_such: impl Fn(&Path) -> bool) -> Met {
    let entries = WalkDir::new(folder)
        .min_depth(1)
        .max_depth(DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !(entry.file_type().is_dir() && walk::is_output(entry.path())));
    let mut files = 0;
    for entry in entries.flatten() {
        if entry.file_type().is_dir() {
            if entry.depth() == DEPTH {
                return Met::TooMuch;
            }
            continue;
        }
        // What programs leave behind for a moment is no form.
        if entry.file_name().to_string_lossy().starts_with(['~', '.']) {
            continue;
        }
        if is_such(entry.path()) {
            return Met::Received(entry.into_path());
        }
        files += 1;
        if files > MOST {
            return Met::TooMuch;
        }
    }
    Met::Nothing
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| endings.iter().any(|one| ending == *one))
}

/// Whether somebody has filled in a form of a file; what cannot be read may be one.
fn is_filled(reader: &Reader<'_>, path: &Path) -> bool {
    let Ok(bytes) = open::read(path, open::LIST) else {
        return true;
    };
    let source = Source {
        file: path.to_string_lossy().into_owned(),
        ..Source::default()
    };
    match intake::read_bytes(source, &bytes).content {
        Content::Sheets(sheets) => sheets
            .iter()
            .flat_map(|sheet| reader.read(sheet))
            .any(|form| !form.is_untouched()),
        Content::Skipped(_) => false,
        Content::Holder(_) | Content::Refused(..) => true,
    }
}

fn way(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.display().to_string()
}
