//! What a release carries beyond its code: the commit it was made of, and on Windows icon, version and manifest.

#![allow(clippy::disallowed_methods, clippy::print_stdout)] // cargo speaks to it through the environment, and it to cargo

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Only what is given away says its commit: while somebody works on it, it is of none.
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-env-changed=XINGPING_COMMIT");
        let given = env::var("XINGPING_COMMIT").ok();
        if let Some(commit) = given.or_else(commit) {
            let short: String = commit.trim().chars().take(12).collect();
            println!("cargo::rustc-env=XINGPING_COMMIT={short}");
        }
    }
    if env::var("CARGO_CFG_WINDOWS").is_ok() {
        println!("cargo::rerun-if-changed=packaging/windows");
        let result = embed_resource::compile("packaging/windows/xingping.rc", version());
        result.manifest_required().unwrap_or_else(|error| {
            println!("cargo::error=the icon and manifest cannot be built in: {error}");
        });
    }
}

/// The version as Windows counts it.
fn version() -> [String; 2] {
    let parts = ["MAJOR", "MINOR", "PATCH"]
        .map(|part| env::var(format!("CARGO_PKG_VERSION_{part}")).unwrap_or_default());
    [
        format!("VERSION_NUMBER={},0", parts.join(",")),
        format!("VERSION_TEXT=\\\"{}\\\"", parts.join(".")),
    ]
}

/// The commit that is checked out, read from the repository's files: git itself need not be there, nor a repository.
fn commit() -> Option<String> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?);
    let entry = root.join(".git");
    // In a further working tree it is a file that says where the folder is.
    let git = match fs::read_to_string(&entry) {
        Ok(text) => root.join(text.strip_prefix("gitdir:")?.trim()),
        Err(_) => entry,
    };
    let common = match fs::read_to_string(git.join("commondir")) {
        Ok(text) => git.join(text.trim()),
        Err(_) => git.clone(),
    };
    let head = watched(&git.join("HEAD"))?;
    let Some(name) = head.trim().strip_prefix("ref: ") else {
        return Some(head);
    };
    watched(&common.join(name)).or_else(|| {
        let packed = watched(&common.join("packed-refs"))?;
        packed.lines().find_map(|line| {
            let (commit, packed) = line.split_once(' ')?;
            (packed == name).then(|| commit.to_owned())
        })
    })
}

/// A file's text; the build is made anew when it changes.
fn watched(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text)
}
