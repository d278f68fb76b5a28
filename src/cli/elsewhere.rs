//! The wrong year: where the right one lies, as far as that can be seen.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::ground::{BUILT_IN, Ground, SCHEME_FILE};
use crate::rank::Elsewhere;

/// What to do where most forms are another edition's.
#[must_use]
pub fn next(elsewhere: &Elsewhere, ground: &Ground, inbox: &Path) -> String {
    let scheme = &elsewhere.scheme;
    if *scheme == ground.scheme.id {
        return format!(
            "下一步：这些表是方案 {scheme} 的，但阶段或指标版本不同，请用 --scheme 指定发空白表时用的年度目录，再运行一次。"
        );
    }
    if let Some(folder) = beside(inbox)
        .into_iter()
        .find(|folder| holds(folder, scheme))
    {
        return format!(
            "下一步：“{0}”里就是方案 {scheme}，请加 --scheme “{0}” 再运行一次。",
            folder.display()
        );
    }
    let built_in = BUILT_IN.iter().find(|one| {
        let wanted = crate::ground::Wanted {
            folder: None,
            year: Some(one.year),
        };
        Ground::of(wanted, &[]).is_ok_and(|ground| ground.scheme.id == *scheme)
    });
    match built_in {
        Some(one) => format!(
            "下一步：方案 {scheme} 是内置的，请加 --year {} 再运行一次。",
            one.year
        ),
        None => format!(
            "下一步：请找到方案 {scheme} 的年度目录（内有 {SCHEME_FILE}），用 --scheme 指定它，再运行一次。"
        ),
    }
}

/// The folders in the inbox, around it and beside it, in order of their names.
fn beside(inbox: &Path) -> BTreeSet<PathBuf> {
    let folder = if inbox.is_dir() {
        Some(inbox)
    } else {
        inbox.parent()
    };
    let above = folder.and_then(|folder| {
        // A folder named without a way to it lies in the current one.
        match folder.parent() {
            Some(above) if above != Path::new("") => Some(above.to_owned()),
            Some(_) => Some(PathBuf::from(".")),
            None => None,
        }
    });
    let within = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).map_or(Vec::new(), |entries| {
            let paths = entries.flatten().map(|entry| entry.path());
            paths.filter(|path| path.is_dir()).collect()
        })
    };
    let mut found: BTreeSet<PathBuf> = BTreeSet::new();
    found.extend(folder.map(within).into_iter().flatten());
    found.extend(above.as_deref().map(within).into_iter().flatten());
    found.extend(above);
    found
        .into_iter()
        .map(|path| path.strip_prefix("./").map(Path::to_owned).unwrap_or(path))
        .collect()
}

/// Whether a folder holds the year of this scheme.
fn holds(folder: &Path, scheme: &str) -> bool {
    folder.join(SCHEME_FILE).is_file()
        && Ground::load(Some(folder), &[]).is_ok_and(|ground| ground.scheme.id == scheme)
}
