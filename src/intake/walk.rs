//! From the PATHs that were given to the files that lie there, in an order that depends on neither.
//!
//! Knows nothing of what is in the files, save that an output of this tool is known by its manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use walkdir::{DirEntry, WalkDir};

use crate::model::open;
use crate::model::unseen::is_unseen;

/// As much of a manifest as is needed to know it.
const HEAD_BYTES: u64 = 200;

/// By which an output is known, below its folder.
const MANIFEST: &str = "data/manifest.json";

pub(super) const OUTPUT: &str = "本工具的输出";

/// What stands for a character that cannot be shown.
const UNSEEN: &str = "\u{fffd}";

/// The folder into which a person puts what shall not count.
const VOIDED: &str = "作废";

/// Something that lies under one of the PATHs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where to open it.
    pub path: PathBuf,
    /// What to call it: relative to the PATH it was found under, with `/`; safe to be printed.
    pub file: String,
    /// Given on the command line itself, not met in a folder.
    pub named: bool,
    /// Why it is set aside unread. A folder that is not entered is one such entry.
    pub junk: Option<Junk>,
}

/// Why something is set aside by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Junk {
    /// Programs left it behind; what it is, in Chinese.
    Left(&'static str),
    /// A person put it into a folder 作废.
    Voided,
}

/// A PATH that cannot be begun with.
#[derive(Debug, thiserror::Error)]
#[error("找不到或打不开\"{}\"，请检查路径是否写对", safe(&path.to_string_lossy()))]
pub struct NoSuchPath {
    pub path: PathBuf,
    pub source: io::Error,
}

/// Lists what lies under `paths`: files as they are, folders with all they hold. Links are not followed.
/// A file reached twice counts once, as named if it was named.
///
/// # Errors
///
/// [`NoSuchPath`] for a PATH that is not there or cannot be listed. Something below that cannot be listed
/// is found all the same: reading it will say why.
pub fn walk(paths: &[PathBuf]) -> Result<Vec<Found>, NoSuchPath> {
    walk_while(&|| true, paths).map(Option::unwrap_or_default)
}

/// The same as long as it `goes_on`; none where it was given up.
///
/// # Errors
///
/// As of [`walk`].
pub fn walk_while(
    goes_on: &dyn Fn() -> bool,
    paths: &[PathBuf],
) -> Result<Option<Vec<Found>>, NoSuchPath> {
    let mut found = Vec::new();
    for path in paths {
        found.extend(under(path, goes_on)?);
    }
    if !goes_on() {
        return Ok(None);
    }
    // Under one PATH nothing is met twice.
    if paths.len() > 1 {
        keep_once(&mut found);
    }
    number_the_unseen(&mut found);
    let mut found: Vec<Found> = found.into_iter().map(|(_, found)| found).collect();
    tell_apart(&mut found);
    Ok(Some(found))
}

/// Keeps one of those that are the same: what is named before what is not, then the name that tells the most of the way.
fn keep_once(found: &mut Vec<(PathBuf, Found)>) {
    found.sort_by(|(_, a), (_, b)| {
        let telling = |found: &Found| std::cmp::Reverse(found.file.matches('/').count());
        (!a.named, telling(a), &a.file, &a.path).cmp(&(!b.named, telling(b), &b.file, &b.path))
    });
    let mut met = BTreeSet::new();
    found.retain(|(itself, _)| met.insert(itself.clone()));
}

/// In the order of their names.
fn sort(found: &mut [Found]) {
    found.sort_by(|a, b| (&a.file, &a.path).cmp(&(&b.file, &b.path)));
}

/// Files of the same name under different PATHs get more of their way in front, until they differ: a name means
/// one file throughout a run. Leaves them in the order of their names.
fn tell_apart(found: &mut [Found]) {
    loop {
        sort(found);
        let alike = |pair: &[Found]| (pair[0].file == pair[1].file).then(|| pair[0].file.clone());
        let twice: BTreeSet<String> = found.windows(2).filter_map(alike).collect();
        let mut is_longer = false;
        for one in found.iter_mut().filter(|one| twice.contains(&one.file)) {
            let depth = one.file.matches('/').count() + 1;
            if let Some(above) = identity(one)
                .ancestors()
                .nth(depth)
                .map(name)
                .filter(|name| !name.is_empty())
            {
                one.file = format!("{above}/{}", one.file);
                is_longer = true;
            }
        }
        if !is_longer {
            return;
        }
    }
}

/// Names that differ only in what cannot be shown get a number, in the order of their paths: no more of their way
/// would tell them apart. Each comes with what makes it itself.
fn number_the_unseen(found: &mut [(PathBuf, Found)]) {
    let mut unseen = Vec::new();
    for (at, (itself, _)) in found.iter().enumerate() {
        let shown = safe(&itself.to_string_lossy());
        // Others are shown as they are.
        if shown.contains(UNSEEN) {
            unseen.push((itself.clone(), at, shown));
        }
    }
    if unseen.is_empty() {
        return;
    }
    unseen.sort();
    let mut taken: BTreeSet<String> = found.iter().map(|(_, one)| one.file.clone()).collect();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for (_, at, shown) in unseen {
        let one = &mut found[at].1;
        let number = met.entry(shown).or_default();
        *number += 1;
        while *number > 1 {
            // Before the ending, so that the file still opens.
            let numbered = match one.file.rsplit_once('.') {
                Some((stem, ending)) if !ending.contains('/') => {
                    format!("{stem}（{number}）.{ending}")
                }
                _ => format!("{}（{number}）", one.file),
            };
            if taken.insert(numbered.clone()) {
                one.file = numbered;
                break;
            }
            *number += 1;
        }
    }
}

/// What makes two finds the same. A link that is set aside is itself, not the file it leads to.
fn identity(found: &Found) -> PathBuf {
    let link_itself = || {
        let folder = fs::canonicalize(found.path.parent()?).ok()?;
        Some(folder.join(found.path.file_name()?))
    };
    match found.junk {
        Some(_) => link_itself(),
        None => fs::canonicalize(&found.path).ok(),
    }
    .unwrap_or_else(|| found.path.clone())
}

/// What lies under one PATH, each with what makes it itself.
fn under(path: &Path, goes_on: &dyn Fn() -> bool) -> Result<Vec<(PathBuf, Found)>, NoSuchPath> {
    let no_such_path = |source| NoSuchPath {
        path: path.to_owned(),
        source,
    };
    let metadata = fs::metadata(path).map_err(no_such_path)?;
    if !metadata.is_dir() {
        let found = Found {
            path: path.to_owned(),
            file: name(path),
            named: true,
            junk: junk_file(&name(path)).map(Junk::Left),
        };
        return Ok(vec![(identity(&found), found)]);
    }
    if is_output(path) {
        let found = Found {
            path: path.to_owned(),
            file: name(path),
            named: true,
            junk: Some(Junk::Left(OUTPUT)),
        };
        return Ok(vec![(identity(&found), found)]);
    }
    // Below a folder no link is followed: where it really lies, all that is in it lies, and need not be asked one by one.
    let real = fs::canonicalize(path).ok();
    fs::read_dir(path).map_err(no_such_path)?;
    let mut found = Vec::new();
    let mut entries = WalkDir::new(path).min_depth(1).into_iter();
    while let Some(entry) = entries.next().filter(|_| goes_on()) {
        // What writing outputs leaves for a moment is not there for whoever reads.
        let is_own = |entry: &DirEntry| is_passing(entry.path()) || is_nothing_but_output(entry);
        if entry.as_ref().is_ok_and(is_own) {
            if entry.is_ok_and(|entry| entry.file_type().is_dir()) {
                entries.skip_current_dir();
            }
            continue;
        }
        let place = match &entry {
            Ok(entry) => entry.path(),
            Err(error) => error.path().unwrap_or(path),
        };
        let way = relative(path, place);
        let junk = match &entry {
            Ok(entry) if entry.file_type().is_dir() => {
                let Some(reason) = junk_folder(entry) else {
                    continue;
                };
                entries.skip_current_dir();
                Some(Junk::Left(reason))
            }
            Ok(entry) if entry.file_type().is_symlink() => Some(Junk::Left("链接，不跟随")),
            Ok(entry) => junk_file(&name(entry.path()))
                .map(Junk::Left)
                .or_else(|| voided(&way)),
            Err(_) => None,
        };
        let one = Found {
            path: place.to_owned(),
            file: way,
            named: false,
            junk,
        };
        let inside = place.strip_prefix(path).ok().filter(|_| entry.is_ok());
        let itself = real.as_ref().zip(inside).map(|(real, way)| real.join(way));
        found.push((itself.unwrap_or_else(|| identity(&one)), one));
    }
    Ok(found)
}

/// Whether a way, with `/`, leads through a folder 作废.
fn voided(way: &str) -> Option<Junk> {
    let (folders, _) = way.rsplit_once('/')?;
    let is_voided = folders.split('/').any(|folder| folder.trim() == VOIDED);
    is_voided.then_some(Junk::Voided)
}

/// Why a file inside an archive is set aside by its way alone; the same as on the disk.
pub(super) fn junk_inside(way: &str) -> Option<Junk> {
    let (folders, file) = way.rsplit_once('/').unwrap_or(("", way));
    let folder = folders.split('/').find_map(junk_folder_named);
    folder
        .or_else(|| junk_file(file))
        .map(Junk::Left)
        .or_else(|| voided(way))
}

/// Whether this tool gave the name while it exchanged its outputs: `.结果.xingping-new`.
fn is_passing(path: &Path) -> bool {
    let name = name(path);
    name.starts_with('.') && name.contains(".xingping-")
}

/// Why a folder is not entered.
fn junk_folder(folder: &DirEntry) -> Option<&'static str> {
    junk_folder_named(&name(folder.path())).or_else(|| is_output(folder.path()).then_some(OUTPUT))
}

fn junk_folder_named(name: &str) -> Option<&'static str> {
    match name {
        "__MACOSX" => Some("macOS 压缩时附带的文件夹"),
        "$RECYCLE.BIN" | "System Volume Information" => Some("系统文件夹"),
        _ if name.starts_with('.') => Some("隐藏文件夹"),
        _ => None,
    }
}

/// Why a file is set aside by its mere name: only what programs leave behind, never what a person named.
fn junk_file(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "thumbs.db" | "desktop.ini" | ".ds_store" => Some("系统文件"),
        _ if name.starts_with("~$") => Some("Excel 或 WPS 打开文件时留下的临时文件"),
        _ if name.starts_with(".~") => Some("WPS 或 LibreOffice 打开文件时留下的临时文件"),
        _ if name.starts_with("._") => Some("macOS 附带的文件"),
        _ if name.starts_with('.') => Some("隐藏文件"),
        _ => None,
    }
}

/// Whether this tool wrote the folder: its workbooks would be taken for forms that came in.
#[must_use]
pub fn is_output(folder: &Path) -> bool {
    let Ok(file) = open::file(&folder.join(MANIFEST)) else {
        return false;
    };
    let mut head = Vec::new();
    file.take(HEAD_BYTES).read_to_end(&mut head).is_ok() && is_manifest(&head)
}

/// Whether a folder holds what this tool wrote and nothing else: results that are written into the inbox, and the drafts
/// that stay beside them, are no more post than before. With anything else in it, it is told.
fn is_nothing_but_output(folder: &DirEntry) -> bool {
    /// As much of a manifest as is asked for here.
    #[derive(Deserialize)]
    struct Manifest {
        outputs: Vec<Written>,
    }
    #[derive(Deserialize)]
    struct Written {
        file: String,
    }
    let root = folder.path();
    if !folder.file_type().is_dir() || !is_output(root) {
        return false;
    }
    let manifest = open::read(&root.join(MANIFEST), open::OUTPUT).ok();
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(Manifest { outputs }) = manifest else {
        return false;
    };
    let known: BTreeSet<&str> = outputs.iter().map(|one| one.file.as_str()).collect();
    let mut entries = WalkDir::new(root).min_depth(1).into_iter();
    entries.all(|entry| {
        entry.is_ok_and(|entry| {
            let way = relative(root, entry.path());
            entry.file_type().is_dir()
                || way == MANIFEST
                || known.contains(way.as_str())
                || junk_file(&name(entry.path())).is_some()
        })
    })
}

/// Whether this tool wrote a manifest. Of thousands of inputs it is long; what it is stands at its head.
pub(super) fn is_manifest(manifest: &[u8]) -> bool {
    let most = usize::try_from(HEAD_BYTES).unwrap_or(usize::MAX);
    let head = &manifest[..manifest.len().min(most)];
    let plain: String = String::from_utf8_lossy(head).split_whitespace().collect();
    plain.starts_with(r#"{"tool":"xingping"#)
}

/// The last part of a path. A PATH such as `..` has none of its own; then the folder it stands for is asked.
fn name(path: &Path) -> String {
    let canonical = || fs::canonicalize(path).ok();
    path.file_name()
        .map(|name| safe(&name.to_string_lossy()))
        .or_else(|| Some(safe(&canonical()?.file_name()?.to_string_lossy())))
        .unwrap_or_else(|| safe(&path.to_string_lossy()))
}

/// The way from `root` to `path`, with `/`.
fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).iter();
    let parts: Vec<String> = parts.map(|part| safe(&part.to_string_lossy())).collect();
    parts.join("/")
}

/// A name as it may be printed: control characters and those that turn the direction of writing could show
/// another name than the file has.
pub(super) fn safe(name: &str) -> String {
    name.replace(is_unseen, UNSEEN)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{Found, safe, walk, walk_while};

    fn write(folder: &Path, files: &[(&str, &str)]) {
        for (file, content) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, content).expect("written");
        }
    }

    fn told(found: &[Found]) -> Vec<(&str, bool, bool)> {
        let told = |found: &'_ Found| (found.named, found.junk.is_some());
        found
            .iter()
            .map(|found| (found.file.as_str(), told(found).0, told(found).1))
            .collect()
    }

    #[test]
    fn lists_everything_and_enters_no_junk() {
        let folder = tempfile::tempdir().expect("a folder");
        write(
            folder.path(),
            &[
                ("b.xlsx", ""),
                ("第1组/a.xlsx", ""),
                ("第1组/~$a.xlsx", ""),
                (".git/config", ""),
                ("__MACOSX/._a.xlsx", ""),
                (".结果.xingping-old/总排名.xlsx", ""),
                ("第1组/.结果.xingping-lock", ""),
                ("Thumbs.db", ""),
                ("结果/data/manifest.json", r#"{"tool": "xingping 0.1.0"}"#),
                ("结果/1.xlsx", ""),
                ("data/manifest.json", r#"{"tool": "other"}"#),
                // Nothing but what was written is no post; with anything else it may hold some.
                (
                    "初稿/data/manifest.json",
                    r#"{"tool": "xingping 0.1.0", "outputs": [{"file": "总排名.xlsx"}, {"file": "data/results.json"}]}"#,
                ),
                ("初稿/总排名.xlsx", ""),
                ("初稿/~$总排名.xlsx", ""),
                ("初稿/data/results.json", ""),
            ],
        );
        let found = walk(&[folder.path().to_owned()]).expect("listed");
        let expected = [
            (".git", false, true),
            ("Thumbs.db", false, true),
            ("__MACOSX", false, true),
            ("b.xlsx", false, false),
            ("data/manifest.json", false, false),
            ("第1组/a.xlsx", false, false),
            ("第1组/~$a.xlsx", false, true),
            ("结果", false, true),
        ];
        assert_eq!(told(&found), expected);
    }

    #[test]
    fn a_file_reached_twice_counts_once_and_order_does_not_matter() {
        let folder = tempfile::tempdir().expect("a folder");
        write(
            folder.path(),
            &[("x/a.xlsx", ""), ("x/b.xlsx", ""), ("x/.c", "")],
        );
        let mut paths: Vec<PathBuf> = ["", "x", "x/b.xlsx", "x/../x"]
            .iter()
            .map(|path| folder.path().join(path))
            .collect();
        let found = walk(&paths).expect("listed");
        let expected = [
            ("b.xlsx", true, false),
            ("x/.c", false, true),
            ("x/a.xlsx", false, false),
        ];
        assert_eq!(told(&found), expected);
        paths.reverse();
        assert_eq!(walk(&paths).expect("listed"), found);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_has_the_name_of_where_it_lies() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), &[("y/a.xlsx", ""), ("y/b.xlsx", "")]);
        let link = |to: &str, from: &str| {
            let [to, from] = [to, from].map(|way| folder.path().join(way));
            fs::create_dir_all(from.parent().expect("a folder")).expect("created");
            symlink(to, from).expect("a link");
        };
        // Within a folder, and from one of two PATHs into the other.
        link("y/b.xlsx", "y/c.xlsx");
        link("y/a.xlsx", "z/a.xlsx");
        let paths = ["y", "z"].map(|path| folder.path().join(path));
        let found = walk(&paths).expect("listed");
        let expected = [
            ("b.xlsx", false, false),
            ("c.xlsx", false, true),
            ("y/a.xlsx", false, false),
            ("z/a.xlsx", false, true),
        ];
        assert_eq!(told(&found), expected);
    }

    #[test]
    fn nobody_lists_on_for_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), &[("a.xlsx", ""), ("b.xlsx", "")]);
        let paths = [folder.path().to_owned()];
        let given_up = walk_while(&|| false, &paths).expect("no fault");
        assert_eq!(given_up, None);
        let all = walk_while(&|| true, &paths).expect("listed");
        assert_eq!(all, Some(walk(&paths).expect("listed")));
    }

    #[test]
    fn a_path_that_is_not_there_is_told() {
        let error = walk(&[PathBuf::from("没有\u{202e}这个")]).expect_err("not there");
        assert!(
            error
                .to_string()
                .starts_with("找不到或打不开\"没有\u{fffd}这个\"")
        );
    }

    #[cfg(unix)]
    #[test]
    fn names_that_differ_only_in_what_cannot_be_shown_are_numbered() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = ["a\u{1}/x.csv", "a\u{2}/x.csv", "b\u{7}.csv", "b\u{1b}.csv"];
        write(folder.path(), &names.map(|name| (name, "")));
        let found = walk(&[folder.path().to_owned()]).expect("listed");
        let files: Vec<&str> = found.iter().map(|found| found.file.as_str()).collect();
        assert_eq!(
            files,
            [
                "a\u{fffd}/x.csv",
                "a\u{fffd}/x（2）.csv",
                "b\u{fffd}.csv",
                "b\u{fffd}（2）.csv"
            ]
        );
    }

    #[test]
    fn names_are_safe_to_print() {
        assert_eq!(
            safe("a\u{1b}[2J\u{202e}\n学会"),
            "a\u{fffd}[2J\u{fffd}\u{fffd}学会"
        );
    }
}
