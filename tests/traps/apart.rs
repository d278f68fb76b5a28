//! The process in which a file is read apart: when it dies, never answers or is missing, that is said of the one file,
//! and the next is read all the same.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use xingping::check::FormState;
use xingping::finding::Reader;
use xingping::ground::Ground;
use xingping::intake::apart::ARGUMENT;
use xingping::intake::{Apart, Passwords};
use xingping::rank::{Asked, Standings};
use xingping::run::{self, Inbox};

use crate::{form, make};

fn ground() -> Ground {
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/2018");
    Ground::load(Some(&year), &[]).expect("the year folder is sound")
}

/// Two old workbooks and a form, read with this program as the reader.
fn read_with<'g>(ground: &'g Ground, folder: &Path, program: PathBuf) -> Standings<'g> {
    let old = make::compound("/Workbook", &vec![0; 300_000]);
    fs::write(folder.join("a.xls"), &old).expect("written");
    fs::write(folder.join("b.xls"), &old).expect("written");
    fs::write(folder.join("c.csv"), form()).expect("written");
    let inbox = Inbox {
        paths: vec![folder.to_owned()],
        apart: Apart::with(Some(program), Passwords::default()),
        ..Inbox::default()
    };
    run::standings(ground, &inbox, Asked::default(), &|_| ()).expect("it goes on")
}

/// What is said of each of the two.
fn said(standings: &Standings<'_>) -> Vec<String> {
    let of = |name: &str| {
        let mut findings = standings.findings.iter();
        let found = findings.find(|finding| finding.place.file == name);
        let found = found.expect("something is said");
        found.said(&Reader::clerk(standings.ground)).message
    };
    let counted = standings
        .forms
        .iter()
        .filter(|form| form.state == FormState::Counted)
        .count();
    assert_eq!(counted, 1, "the form beside them is not counted");
    vec![of("a.xls"), of("b.xls")]
}

#[test]
fn a_reader_that_dies_is_told_of_each_file() {
    let (ground, folder) = (ground(), tempfile::tempdir().expect("a folder"));
    for program in ["/bin/false", "/bin/cat"] {
        let standings = read_with(&ground, folder.path(), program.into());
        for said in said(&standings) {
            assert!(said.contains("中途退出"), "{program}: {said}");
        }
    }
}

#[test]
fn a_reader_that_is_missing_is_told_with_what_to_do() {
    let (ground, folder) = (ground(), tempfile::tempdir().expect("a folder"));
    let standings = read_with(&ground, folder.path(), folder.path().join("missing"));
    for said in said(&standings) {
        assert!(said.contains("启动不了"), "{said}");
    }
}

#[test]
fn a_reader_that_never_answers_is_ended_in_time() {
    let (ground, folder) = (ground(), tempfile::tempdir().expect("a folder"));
    let script = tempfile::tempdir().expect("a folder");
    let script = script.path().join("reader");
    fs::create_dir_all(script.parent().expect("a folder")).expect("a folder");
    fs::write(&script, "#!/bin/sh\nexec sleep 100\n").expect("written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("set");
    let began = Instant::now();
    // It does not even take what it is given, which is more than a pipe holds.
    let standings = read_with(&ground, folder.path(), script);
    for said in said(&standings) {
        assert!(said.contains("读取的时间超过6秒"), "{said}");
    }
    assert!(began.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_reader_without_a_program_to_read_for_ends() {
    let mut reader = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .arg(ARGUMENT)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut to = reader.stdin.take().expect("a pipe");
    // In the middle of a question.
    to.write_all(&100_u64.to_le_bytes()).expect("written");
    to.write_all(b"abc").expect("written");
    drop(to);
    let began = Instant::now();
    while reader.try_wait().expect("it is ours").is_none() {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "it goes on for ever"
        );
        thread::sleep(Duration::from_millis(5));
    }
}
