//! The target, and the names beside it that are used while it is exchanged.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::model::{first_free, sha256_hex};

/// Stands between the name of the target and the number of the results that stay.
const KEPT: &str = "_前稿_";

/// Where everything lies. All names but the target's are hidden and hold `.xingping-`, by which
/// what lists the inputs passes over them.
pub struct Beside {
    /// The real folder, not a link to it.
    pub target: PathBuf,
    pub parent: PathBuf,
    name: OsString,
    pub lock: PathBuf,
    /// The new output while it is written: never to be relied on.
    pub new: PathBuf,
    /// The earlier output between the two renames: the only one there is if the target is not there.
    pub old: PathBuf,
    /// An earlier output of ours that has been replaced and is being removed: no longer whole.
    pub gone: PathBuf,
}

impl Beside {
    /// # Errors
    /// A target that is no folder, or one that has nothing beside it.
    pub fn of(target: &Path) -> Result<Self, Error> {
        let real = real(target)?;
        let Some(name) = real.file_name().map(OsStr::to_owned) else {
            return Err(Error::Usage(format!(
                "“{}”是磁盘的根目录，不能整个换成结果。请用 -o 在里面另起一个目录名，如“{}”。",
                target.display(),
                target.join("星评结果").display()
            )));
        };
        if real.exists() && !real.is_dir() {
            return Err(Error::Usage(format!(
                "“{}”是文件，不是目录。请用 -o 另指定一个目录。",
                target.display()
            )));
        }
        let parent = parent(&real).to_owned();
        let short = short(&name);
        let beside = |what: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(&short);
            hidden.push(".xingping-");
            hidden.push(what);
            parent.join(hidden)
        };
        Ok(Self {
            lock: beside("lock"),
            new: beside("new"),
            old: beside("old"),
            gone: beside("gone"),
            target: real,
            parent,
            name: short,
        })
    }

    /// Whether a run is at it, or was stopped while it was.
    pub fn has_leftovers(&self) -> bool {
        [&self.lock, &self.new, &self.old, &self.gone]
            .iter()
            .any(|path| is_there(path))
    }

    /// The name under which an earlier output of ours stays that holds other results.
    pub fn kept(&self, number: &str) -> PathBuf {
        let mut name = self.name.clone();
        name.push(KEPT);
        name.push(number);
        self.parent.join(name)
    }

    /// How many such outputs stay.
    pub fn count_kept(&self) -> usize {
        let mut begin = self.name.clone();
        begin.push(KEPT);
        let begin = begin.to_string_lossy().into_owned();
        std::fs::read_dir(&self.parent).map_or(0, |entries| {
            let names = entries.flatten().map(|entry| entry.file_name());
            names
                .filter(|name| name.to_string_lossy().starts_with(&begin))
                .count()
        })
    }

    /// A free name for what must not be deleted.
    pub fn aside(&self, stamp: &str) -> PathBuf {
        let mut name = self.name.clone();
        name.push(format!("_旧_{stamp}"));
        free(&self.parent.join(name))
    }
}

/// The folder that is meant: links are followed, for the folder is to be exchanged and not the link to it.
fn real(target: &Path) -> Result<PathBuf, Error> {
    // Put together again without a slash at its end, behind which a link would not show.
    let plain = match target.file_name() {
        Some(name) => parent(target).join(name),
        None => target.to_owned(),
    };
    if target.file_name().is_some() && !plain.is_symlink() {
        return Ok(plain);
    }
    plain.canonicalize().map_err(|_| {
        Error::Usage(format!(
            "“{}”找不到，或者是失效的链接。请用 -o 另指定一个目录。",
            target.display()
        ))
    })
}

pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A name to which something can still be added: most systems allow 255 bytes.
fn short(name: &OsStr) -> OsString {
    const MOST: usize = 180;
    const KEPT: usize = 40;
    if name.len() <= MOST {
        return name.to_owned();
    }
    let kept: String = name.to_string_lossy().chars().take(KEPT).collect();
    let digest = sha256_hex(name.as_encoded_bytes());
    OsString::from(format!("{kept}-{}", digest.get(..16).unwrap_or(&digest)))
}

/// Whether anything bears the name, be it a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// `path`, or with a number behind it if that is taken.
pub fn free(path: &Path) -> PathBuf {
    let numbered = |number| match number {
        1 => path.to_owned(),
        number => {
            let mut name = path.as_os_str().to_owned();
            name.push(format!("-{number}"));
            PathBuf::from(name)
        }
    };
    first_free(numbered, |path| !is_there(path))
}
