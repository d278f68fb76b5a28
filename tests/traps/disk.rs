//! Traps that lie on the disk: things that are no plain files.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use crate::make::LARGE;
use crate::{check, fault, form};

#[test]
fn what_is_no_plain_file_is_told_and_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let made = Command::new("mkfifo").arg(at("fifo.xlsx")).status();
    assert!(made.expect("it runs").success());
    fs::create_dir(at("folder.xlsx")).expect("a folder");
    symlink(at("loop.xlsx"), at("loop.xlsx")).expect("a link");
    symlink(folder.path(), at("above")).expect("a link");
    symlink("/dev/zero", at("zero.xls")).expect("a link");
    symlink("/dev/stdin", at("stdin.csv")).expect("a link");
    fs::write(at("empty.xlsx"), "").expect("written");
    // Twenty gigabytes that are nowhere.
    for name in ["sparse.xlsx", "sparse.zip", "sparse.eml"] {
        let sparse = File::create(at(name)).expect("a file");
        sparse.set_len(20 << 30).expect("a sparse file");
    }
    let mut zip = crate::make::zip(&[("a.csv", "1")]);
    zip.resize(200, 0);
    fs::write(at("sparse-zip.zip"), zip).expect("written");
    File::options()
        .write(true)
        .open(at("sparse-zip.zip"))
        .and_then(|file| file.set_len((LARGE * 5) as u64))
        .expect("a sparse file");
    fs::write(at("closed.xlsx"), "x").expect("written");
    fs::set_permissions(at("closed.xlsx"), Permissions::from_mode(0o0)).expect("set");
    let mut deep = folder.path().to_owned();
    for _ in 0..100 {
        deep.push("夹");
    }
    fs::create_dir_all(&deep).expect("a folder");
    fs::write(deep.join("评价表.csv"), form()).expect("written");
    for entry in fs::read_dir(folder.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.ends_with("above") {
            continue;
        }
        let ended = check(&path);
        assert_eq!(fault(ended.as_ref()), None, "{}", path.display());
    }
    assert_eq!(fault(check(Path::new("/dev/zero")).as_ref()), None);
    let ended = check(folder.path());
    assert_eq!(fault(ended.as_ref()), None);
    let said = ended.expect("it ended").said;
    assert!(said.contains("评价表1份：计入1"), "{said}");
}
