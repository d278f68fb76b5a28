//! Writing for good: outputs are made complete beside the target, then exchanged by two renames.
//!
//! At any moment the earlier output or the new one is whole. An exchange that was interrupted is repaired by the
//! next run. Nothing is ever deleted that this tool did not write.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::model::sha256_hex;
use crate::report::Output;
use crate::report::manifest::Manifest;

/// What became of an earlier output.
#[derive(Debug, Default)]
pub struct Published {
    /// The target held something that this tool did not write or that somebody changed; it is here now.
    pub moved_aside: Option<PathBuf>,
}

/// The names used beside the target while it is exchanged.
struct Beside {
    lock: PathBuf,
    new: PathBuf,
    old: PathBuf,
}

impl Beside {
    fn of(target: &Path) -> Self {
        let name = target
            .file_name()
            .map(|name| name.to_string_lossy())
            .unwrap_or_default();
        let parent = parent(target);
        let beside = |what: &str| parent.join(format!(".{name}.xingping-{what}"));
        Self {
            lock: beside("lock"),
            new: beside("new"),
            old: beside("old"),
        }
    }
}

fn parent(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Puts `outputs` into the folder `target`. What was there is replaced if this tool wrote it and nobody changed
/// it since; otherwise it is moved aside under a name that ends with `stamp`.
///
/// # Errors
/// Whatever cannot be written, with its path; then the target is as it was. Another run at the same target.
pub fn publish(target: &Path, outputs: &[Output], stamp: &str) -> Result<Published, Error> {
    if target.is_file() {
        let message = format!(
            "“{}”是文件，不是目录。请用 -o 另指定一个目录。",
            target.display()
        );
        return Err(Error::Usage(message));
    }
    let parent = parent(target);
    fs::create_dir_all(parent).map_err(|source| write_error(parent, source))?;
    let beside = Beside::of(target);
    let lock = File::create(&beside.lock).map_err(|source| write_error(parent, source))?;
    if lock.try_lock().is_err() {
        let message = format!(
            "另一个星评正在写“{}”，请等它结束后再运行。",
            target.display()
        );
        return Err(Error::Usage(message));
    }
    let published = match open_elsewhere(target) {
        Some(file) => Err(Error::Usage(format!(
            "“{}”里的“{file}”正在 Excel 或 WPS 中打开，请先关闭再运行，或用 -o 换一个目录。",
            target.display()
        ))),
        None => exchange(target, outputs, stamp, &beside),
    };
    // The lock file goes while it is still held: who opens it later makes a new one.
    let _ = fs::remove_file(&beside.lock);
    drop(lock);
    published
}

fn exchange(
    target: &Path,
    outputs: &[Output],
    stamp: &str,
    beside: &Beside,
) -> Result<Published, Error> {
    let mut published = repair(target, beside, stamp)?;
    let old = free(&beside.old);
    if let Err(error) = stage(&beside.new, outputs) {
        let _ = fs::remove_dir_all(&beside.new);
        return Err(error);
    }
    let existed = target.exists();
    let ours = !existed || is_ours(target);
    if existed {
        fs::rename(target, &old).map_err(|source| write_error(target, source))?;
    }
    if let Err(source) = fs::rename(&beside.new, target) {
        if existed {
            let _ = fs::rename(&old, target);
        }
        let _ = fs::remove_dir_all(&beside.new);
        return Err(write_error(target, source));
    }
    if existed {
        published.moved_aside = dispose(target, &old, ours, stamp).or(published.moved_aside);
    }
    Ok(published)
}

/// Puts right what an interrupted exchange left behind.
fn repair(target: &Path, beside: &Beside, stamp: &str) -> Result<Published, Error> {
    let mut published = Published::default();
    // Never complete, and no other run is at it: the lock is held.
    if beside.new.exists() {
        fs::remove_dir_all(&beside.new).map_err(|source| write_error(&beside.new, source))?;
    }
    if beside.old.exists() {
        if target.exists() {
            let ours = is_ours(&beside.old);
            published.moved_aside = dispose(target, &beside.old, ours, stamp);
        } else {
            fs::rename(&beside.old, target).map_err(|source| write_error(target, source))?;
        }
    }
    Ok(published)
}

/// Removes an earlier output of ours, or moves aside what is not; gives where it lies if it still does. The new
/// output is in its place already, so that nothing that goes wrong here is an error.
fn dispose(target: &Path, old: &Path, ours: bool, stamp: &str) -> Option<PathBuf> {
    if ours && fs::remove_dir_all(old).is_ok() {
        return None;
    }
    let name = target
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let aside = free(&parent(target).join(format!("{name}_旧_{stamp}")));
    match fs::rename(old, &aside) {
        Ok(()) => Some(aside),
        Err(_) => Some(old.to_owned()),
    }
}

/// `path`, or with a number behind it if that is taken.
fn free(path: &Path) -> PathBuf {
    let mut free = path.to_owned();
    let mut number = 1;
    while free.exists() {
        number += 1;
        let mut name = path.as_os_str().to_owned();
        name.push(format!("-{number}"));
        free = PathBuf::from(name);
    }
    free
}

/// A workbook of the target that an office program has open, by the file it leaves beside it.
fn open_elsewhere(target: &Path) -> Option<String> {
    let entries = fs::read_dir(target).ok()?;
    entries.filter_map(Result::ok).find_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let office = name.strip_prefix("~$");
        let libre = name
            .strip_prefix(".~lock.")
            .and_then(|name| name.strip_suffix('#'));
        office.or(libre).map(str::to_owned)
    })
}

/// Writes every output below `folder` and to the disk.
fn stage(folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    for output in outputs {
        let path = folder.join(&output.name);
        write_file(&path, &output.bytes).map_err(|source| write_error(&path, source))?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Whether a folder holds exactly what its manifest says this tool wrote. An empty folder is nobody's.
fn is_ours(folder: &Path) -> bool {
    let Ok(files) = list(folder, folder) else {
        return false;
    };
    if files.is_empty() {
        return true;
    }
    let manifest = fs::read(folder.join(crate::report::MANIFEST));
    let Some(manifest) = manifest
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok())
    else {
        return false;
    };
    let known = |file: &str| manifest.outputs.iter().find(|entry| entry.file == file);
    manifest.tool.starts_with("xingping ")
        && files.iter().all(|file| {
            file == crate::report::MANIFEST
                || known(file).is_some_and(|entry| {
                    fs::read(folder.join(file))
                        .is_ok_and(|bytes| sha256_hex(&bytes) == entry.sha256)
                })
        })
}

/// The files below `folder`, relative to `root`, with `/`.
fn list(folder: &Path, root: &Path) -> io::Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && !path.is_symlink() {
            files.extend(list(&path, root)?);
        } else {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<String> = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            files.push(parts.join("/"));
        }
    }
    Ok(files)
}

/// Puts files into a folder that people also work in (blank forms, a year folder): what is there with other
/// contents is never overwritten.
///
/// # Errors
/// Files of these names with other contents, before anything is written; whatever cannot be written.
pub fn add(folder: &Path, outputs: &[Output]) -> Result<(), Error> {
    let changed: Vec<&str> = outputs
        .iter()
        .filter(|output| {
            let path = folder.join(&output.name);
            path.exists() && !fs::read(&path).is_ok_and(|bytes| bytes == output.bytes)
        })
        .map(|output| output.name.as_str())
        .collect();
    if let Some(first) = changed.first() {
        let message = format!(
            "“{}”里已有{}个同名而内容不同的文件（如“{first}”），什么都没有改动。请换一个目录，或先把它们移走。",
            folder.display(),
            changed.len()
        );
        return Err(Error::Usage(message));
    }
    for output in outputs {
        let path = folder.join(&output.name);
        if !path.exists() {
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(|source| write_error(parent, source))?;
            // Beside its place first, so that no half-written form ever bears its name.
            let part = free(&path.with_extension("part"));
            let written = write_file(&part, &output.bytes).and_then(|()| fs::rename(&part, &path));
            if let Err(source) = written {
                let _ = fs::remove_file(&part);
                return Err(write_error(&path, source));
            }
        }
    }
    Ok(())
}

fn write_error(path: &Path, source: io::Error) -> Error {
    Error::Write {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(name: &str, text: &str) -> Output {
        Output {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    /// A folder as this tool writes it: one file and the manifest that lists it.
    fn ours(text: &str) -> Vec<Output> {
        let manifest = format!(
            r#"{{"tool":"xingping 0","scheme":"s","scheme_fingerprint":"f","inputs":[],"outputs":[{{"file":"a.txt","sha256":"{}","size":1}}]}}"#,
            sha256_hex(text.as_bytes())
        );
        vec![
            output("a.txt", text),
            output(crate::report::MANIFEST, &manifest),
        ]
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("the folder is there")
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_nobody_changed_is_replaced() {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        publish(&target, &ours("one"), "T").expect("published");
        let second = publish(&target, &ours("two"), "T").expect("published");
        assert!(second.moved_aside.is_none());
        assert_eq!(
            fs::read_to_string(target.join("a.txt")).expect("text"),
            "two"
        );
        assert_eq!(names(room.path()), ["out"]);
    }

    #[test]
    fn what_somebody_changed_or_added_is_moved_aside() {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        publish(&target, &ours("one"), "T").expect("published");
        fs::write(target.join("笔记.txt"), "mine").expect("written");
        let second = publish(&target, &ours("two"), "T").expect("published");
        assert_eq!(second.moved_aside, Some(room.path().join("out_旧_T")));
        fs::write(target.join("a.txt"), "changed").expect("written");
        let third = publish(&target, &ours("three"), "T").expect("published");
        assert_eq!(third.moved_aside, Some(room.path().join("out_旧_T-2")));
        assert_eq!(names(room.path()), ["out", "out_旧_T", "out_旧_T-2"]);
    }

    #[test]
    fn an_interrupted_exchange_is_repaired() {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        publish(&target, &ours("one"), "T").expect("published");
        let beside = Beside::of(&target);
        // Killed between the two renames, with the new output staged.
        fs::rename(&target, &beside.old).expect("renamed");
        stage(&beside.new, &ours("half")).expect("staged");
        publish(&target, &ours("two"), "T").expect("published");
        assert_eq!(
            fs::read_to_string(target.join("a.txt")).expect("text"),
            "two"
        );
        assert_eq!(names(room.path()), ["out"]);
    }

    #[test]
    fn a_workbook_that_is_open_is_named_and_left() {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        publish(&target, &ours("one"), "T").expect("published");
        fs::write(target.join("~$总排名.xlsx"), "").expect("written");
        let refused = publish(&target, &ours("two"), "T").expect_err("it is open");
        assert!(
            refused.to_string().contains("“总排名.xlsx”正在"),
            "{refused}"
        );
        assert_eq!(
            fs::read_to_string(target.join("a.txt")).expect("text"),
            "one"
        );
    }

    #[test]
    fn two_runs_at_once_do_not_meet() {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        let lock = File::create(Beside::of(&target).lock).expect("a lock");
        lock.try_lock().expect("locked");
        assert!(matches!(
            publish(&target, &ours("one"), "T"),
            Err(Error::Usage(_))
        ));
        assert!(!target.exists());
    }

    #[test]
    fn forms_never_overwrite_what_is_there() {
        let room = tempfile::tempdir().expect("a room");
        add(room.path(), &[output("g/a.xlsx", "one")]).expect("added");
        add(room.path(), &[output("g/a.xlsx", "one")]).expect("the same again");
        let refused = add(
            room.path(),
            &[output("b.xlsx", "new"), output("g/a.xlsx", "two")],
        );
        assert!(matches!(refused, Err(Error::Usage(_))));
        assert_eq!(names(room.path()), ["g"]);
    }
}
