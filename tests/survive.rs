//! The earlier output survives: a kill or a Ctrl-C at any moment, a full disk, a target open elsewhere, two runs at once. The
//! real program on real files; `src/publish/tests.rs` stops it at every single step.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use xingping::ground::Ground;
use xingping::model::{SocietyId, sha256_hex};
use xingping::report::MANIFEST;
use xingping::report::data::manifest::Manifest;

use common::Paper;

mod common;

/// Two tests measure how long a run takes: one at a time.
static MEASURED: Mutex<()> = Mutex::new(());

/// A room with an inbox, and what is to be done in it.
struct Room {
    folder: tempfile::TempDir,
    ground: Ground,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a room");
        fs::create_dir(folder.path().join("收件")).expect("an inbox");
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let room = Self { folder, ground };
        for society in 0..4 {
            room.send(society, "30");
        }
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A form of a society comes in, or comes in again with other points.
    fn send(&self, society: usize, points: &str) {
        let society = &self.ground.roster.societies[SocietyId::at(society)].name;
        let mut paper = Paper::sound(&self.ground, society, "评价人甲", "中国标准化协会党委");
        paper.bonus("6.1", points);
        paper.calculate(&self.ground);
        let path = self.path("收件").join(format!("{society}.csv"));
        fs::write(path, paper.csv(&[])).expect("written");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xingping"));
        command
            .args(["consolidate", "收件", "-o", "结果", "-q", "--archive"])
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn start(&self) -> Child {
        self.command().spawn().expect("it starts")
    }

    /// Exit status and what was said.
    fn run(&self) -> (Option<i32>, String) {
        said(self.start())
    }

    /// What lies beside the inbox, without the drafts that stay.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).expect("the room");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name != "收件" && !name.starts_with("结果_前稿_R"))
            .collect();
        names.sort();
        names
    }
}

fn said(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code(), said)
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let relative = entry.path().strip_prefix(folder).expect("below");
            let name = relative.to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

/// Whether a folder holds what its manifest lists, and nothing else.
fn is_whole(folder: &Path) -> bool {
    let files = contents(folder);
    let Some(manifest) = files.get(MANIFEST) else {
        return false;
    };
    let manifest: Manifest = serde_json::from_slice(manifest).expect("a manifest");
    files.len() == manifest.outputs.len() + 1
        && manifest.outputs.iter().all(|entry| {
            files
                .get(&entry.file)
                .is_some_and(|bytes| sha256_hex(bytes) == entry.sha256)
        })
}

#[test]
fn a_kill_at_any_moment_leaves_one_whole_output() {
    const KILLS: u32 = 15;
    let _alone = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let room = Room::new();
    let target = room.path("结果");
    assert_eq!(room.run().0, Some(0));
    let began = Instant::now();
    assert_eq!(room.run().0, Some(0));
    let mut whole_run = began.elapsed();
    let mut earlier = contents(&target);
    let mut killed = 0;
    for kill in 1..=KILLS {
        // Other points each time: the new output is not the earlier one.
        room.send(0, &(kill % 10).to_string());
        let mut child = room.start();
        // Most moments of danger lie near the end.
        let share = f64::from(kill) / f64::from(KILLS);
        std::thread::sleep(whole_run.mul_f64(0.3 + 0.75 * share));
        child.kill().expect("killed");
        if child.wait().expect("it ended").success() {
            // The machine has become faster.
            whole_run = whole_run.mul_f64(0.7);
        } else {
            killed += 1;
        }
        if target.exists() {
            assert!(is_whole(&target), "after kill {kill}");
        } else {
            // What is not there is put back even by a run that comes to nothing.
            let refused = said(room.command().arg("--final").spawn().expect("it starts"));
            assert_eq!(refused.0, Some(2), "{}", refused.1);
            assert!(refused.1.contains("已放回原处"), "{}", refused.1);
            assert_eq!(contents(&target), earlier, "after kill {kill}");
        }
        if kill % 3 == 0 {
            let (status, said) = room.run();
            assert_eq!(status, Some(0), "{said}");
            assert!(is_whole(&target), "after kill {kill}");
            assert_eq!(room.names(), ["结果"], "after kill {kill}");
            assert_ne!(contents(&target), earlier, "after kill {kill}");
        }
        earlier = contents(&target);
    }
    assert!(killed >= KILLS / 3, "only {killed} were killed in time");
}

/// Ctrl-C comes as a signal here; on Windows it is tried under wine with the release.
#[cfg(unix)]
#[test]
fn ctrl_c_at_any_moment_ends_it_within_a_second_and_changes_nothing() {
    const TRIES: u32 = 12;
    let _alone = MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    let room = Room::new();
    let target = room.path("结果");
    let began = Instant::now();
    assert_eq!(room.run().0, Some(0));
    let mut whole_run = began.elapsed();
    let mut stopped = 0;
    for press in 1..=TRIES {
        room.send(0, &(press % 10).to_string());
        let earlier = contents(&target);
        let child = room.start();
        std::thread::sleep(whole_run.mul_f64(0.1 + 0.9 * f64::from(press) / f64::from(TRIES)));
        let pressed = Instant::now();
        let sent = Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        sent.expect("a signal");
        let (status, said) = said(child);
        let took = pressed.elapsed();
        if status == Some(130) {
            stopped += 1;
            assert!(took < Duration::from_secs(1), "press {press}: {took:?}");
            assert!(said.contains("【已中止】"), "press {press}: {said}");
            // Said once, and by nobody else.
            assert!(!said.contains("【无法运行】"), "press {press}: {said}");
            if said.contains("没有写出结果") {
                assert_eq!(contents(&target), earlier, "press {press}");
            } else {
                assert!(said.contains("已经写好"), "press {press}: {said}");
                assert!(is_whole(&target), "press {press}");
            }
        } else {
            // It was done already, or had not begun to listen.
            assert!(matches!(status, Some(0) | None), "press {press}: {said}");
            assert!(is_whole(&target), "press {press}");
            whole_run = whole_run.mul_f64(0.7);
        }
    }
    assert!(stopped >= TRIES / 3, "only {stopped} were stopped in time");
    assert_eq!(room.run().0, Some(0));
    assert_eq!(room.names(), ["结果"]);
}

/// At most so many blocks of 512 bytes to a file, as on a disk that is full: the system's word is `ulimit`.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_said_and_changes_nothing() {
    let room = Room::new();
    let target = room.path("结果");
    assert_eq!(room.run().0, Some(0));
    let earlier = contents(&target);
    let largest = earlier.values().map(Vec::len).max().expect("files");
    room.send(0, "7");
    let most = largest / 512;
    for blocks in [0, 1, 8, most / 2, most - 2] {
        let script = format!("ulimit -f {blocks}; trap '' XFSZ; exec \"$@\"");
        let command = room.command();
        let mut limited = Command::new("sh");
        limited
            .args(["-c", &script, "sh"])
            .arg(command.get_program())
            .args(command.get_args())
            .current_dir(room.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let (status, said) = said(limited.spawn().expect("it starts"));
        assert_eq!(status, Some(2), "{blocks} blocks: {said}");
        assert!(
            said.contains("超出允许的文件大小") && said.contains("没有改动"),
            "{said}"
        );
        assert!(said.contains("用 -o 换一个目录"), "{said}");
        let english = said.chars().any(|one| one.is_ascii_uppercase());
        assert!(!english, "{said}");
        assert_eq!(contents(&target), earlier, "{blocks} blocks");
        assert_eq!(room.names(), ["结果"], "{blocks} blocks");
    }
    let (status, said) = room.run();
    assert_eq!(status, Some(0), "{said}");
    assert_ne!(contents(&target), earlier);
}

#[test]
fn two_runs_at_once_leave_one_whole_output() {
    let room = Room::new();
    let target = room.path("结果");
    for round in 0..3 {
        room.send(0, &round.to_string());
        let children = [room.start(), room.start()];
        let ended = children.map(said);
        assert!(
            ended.iter().any(|(status, _)| *status == Some(0)),
            "{ended:?}"
        );
        for (status, said) in &ended {
            let waits = *status == Some(2) && said.contains("另一个星评正在写");
            assert!(*status == Some(0) || waits, "{said}");
        }
        assert!(is_whole(&target));
        assert_eq!(room.names(), ["结果"]);
    }
    // One that is at it for as long as this test wants.
    let lock = fs::File::create(room.path(".结果.xingping-lock")).expect("a lock");
    lock.try_lock().expect("locked");
    let earlier = contents(&target);
    let (status, said) = room.run();
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("请等它结束后再运行"), "{said}");
    assert_eq!(contents(&target), earlier);
}

#[test]
fn a_target_open_elsewhere_is_refused_at_once() {
    let room = Room::new();
    let target = room.path("结果");
    assert_eq!(room.run().0, Some(0));
    let earlier = contents(&target);
    for trace in ["~$总排名.xlsx", ".~lock.总排名.xlsx#"] {
        let path = target.join(trace);
        fs::write(&path, "").expect("written");
        let began = Instant::now();
        let (status, said) = room.run();
        assert!(began.elapsed() < Duration::from_mins(1));
        assert_eq!(status, Some(2), "{said}");
        assert!(
            said.contains("“总排名.xlsx”正在 Excel 或 WPS 中打开，请先关闭"),
            "{said}"
        );
        fs::remove_file(path).expect("removed");
        assert_eq!(contents(&target), earlier);
        assert_eq!(room.names(), ["结果"]);
    }
}

#[test]
fn a_folder_in_use_is_no_target() {
    let room = Room::new();
    let year = room.path("年度");
    let init = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .arg("init")
        .arg(&year)
        .output()
        .expect("it runs");
    assert!(init.status.success());
    let work = room.path("工作");
    fs::create_dir(&work).expect("a folder");
    for (output, scheme, part) in [
        (".", None, "命令行窗口当前所在的目录"),
        ("..", None, "要读的评价表"),
        ("../收件/", None, "要读的评价表"),
        ("../年度", Some("../年度"), "正在用的年度目录"),
        ("/", None, "要读的评价表"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xingping"));
        command
            .args(["consolidate", "../收件", "-o", output])
            .args(scheme.map(|scheme| format!("--scheme={scheme}")))
            .current_dir(&work);
        let refused = command.output().expect("it runs");
        let said = String::from_utf8(refused.stderr).expect("UTF-8");
        assert_eq!(refused.status.code(), Some(2), "{output}: {said}");
        assert!(said.contains(part), "{output}: {said}");
    }
    assert_eq!(room.names(), ["工作", "年度"]);
}

#[test]
fn what_a_stopped_run_left_in_the_inbox_is_not_read() {
    let room = Room::new();
    let inbox = room.path("收件");
    let consolidate = || {
        let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
            .args(["consolidate", "收件", "-o", "收件/结果", "--format", "json"])
            .current_dir(room.folder.path())
            .output()
            .expect("it runs");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(0), "{said}");
        output.stdout
    };
    consolidate();
    let clean = consolidate();
    // Stopped between the two renames, with the new output begun.
    fs::rename(inbox.join("结果"), inbox.join(".结果.xingping-old")).expect("renamed");
    let begun = inbox.join(".结果.xingping-new");
    fs::create_dir(&begun).expect("a folder");
    let form = inbox.join(format!(
        "{}.csv",
        room.ground.roster.societies[SocietyId::at(0)].name
    ));
    fs::copy(form, begun.join("像评价表.csv")).expect("copied");
    fs::write(inbox.join(".结果.xingping-lock"), "").expect("written");
    let check = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(["check", "收件"])
        .current_dir(room.folder.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8(check.stderr).expect("UTF-8");
    assert!(said.contains("收到文件4个，评价表4份"), "{said}");
    assert!(consolidate() == clean, "the leftovers show in the results");
    let hidden = fs::read_dir(&inbox)
        .expect("the inbox")
        .filter(|entry| {
            let name = entry.as_ref().expect("an entry").file_name();
            name.to_string_lossy().starts_with('.')
        })
        .count();
    assert_eq!(hidden, 0);
}
