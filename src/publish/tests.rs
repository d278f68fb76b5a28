//! Disks that are full, that refuse a step, and programs killed at any step.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use super::Earlier;
use super::add::add_on;
use super::beside::Beside;
use super::disk::{Disk, Real, Syncing};
use super::ours::Seen;
use super::{Next, Published, add, ours, prepare, publish, publish_on};
use crate::error::Error;
use crate::model::sha256_hex;
use crate::report::{MANIFEST, Output};

fn output(name: &str, text: &str) -> Output {
    Output {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// A folder as this tool writes it: files and the manifest that lists them.
fn ours(text: &str) -> Vec<Output> {
    let mut outputs = vec![
        output("a.txt", text),
        output("原件/第1组/b.txt", &format!("the original of {text}")),
    ];
    let entries: Vec<String> = outputs
        .iter()
        .map(|output| {
            let digest = sha256_hex(&output.bytes);
            format!(
                r#"{{"file":"{}","sha256":"{digest}","size":1}}"#,
                output.name
            )
        })
        .collect();
    let manifest = format!(
        r#"{{"tool":"xingping 0","scheme":"s","scheme_fingerprint":"f","inputs":[],"outputs":[{}]}}"#,
        entries.join(",")
    );
    outputs.push(output(MANIFEST, &manifest));
    outputs
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Every file below a folder, with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let relative = entry.path().strip_prefix(folder).expect("below");
            let bytes = fs::read(entry.path()).expect("a file");
            (relative.to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn bytes_of(outputs: &[Output]) -> BTreeMap<String, Vec<u8>> {
    let files = outputs.iter();
    files
        .map(|output| (output.name.clone(), output.bytes.clone()))
        .collect()
}

/// A disk that holds so many more bytes.
struct Small(Arc<AtomicUsize>);

impl Small {
    fn of(bytes: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(bytes)))
    }
}

/// A file on it.
struct SmallFile(File, Arc<AtomicUsize>);

impl Write for SmallFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let left = self.1.load(SeqCst);
        let fit = bytes.len().min(left);
        if fit < bytes.len() && fit == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.1.store(left - fit, SeqCst);
        self.0.write(&bytes[..fit])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for Small {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        Real.create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        let file = File::create_new(path)?;
        Ok(Box::new(SmallFile(file, Arc::clone(&self.0))))
    }

    fn sync(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Real.rename(from, to)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        Real.remove_dir_all(path)
    }
}

/// A disk that refuses the step of this number, and all after it if the program has been killed there. The step
/// itself is half done where it can be.
struct Stopping(Arc<Steps>);

struct Steps {
    left: AtomicUsize,
    killed: bool,
    stopped: AtomicBool,
}

impl Stopping {
    fn at(step: usize, killed: bool) -> Self {
        Self(Arc::new(Steps {
            left: AtomicUsize::new(step),
            killed,
            stopped: AtomicBool::new(false),
        }))
    }

    fn is_stopped(&self) -> bool {
        self.0.stopped.load(SeqCst)
    }

    fn step<T>(&self, half: impl FnOnce(), whole: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.0.step(half, whole)
    }
}

impl Steps {
    fn step<T>(&self, half: impl FnOnce(), whole: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        if self.stopped.load(SeqCst) {
            return if self.killed {
                Err(io::ErrorKind::Other.into())
            } else {
                whole()
            };
        }
        // Several are taken at once.
        let one_less = |left: usize| left.checked_sub(1);
        if self.left.fetch_update(SeqCst, SeqCst, one_less).is_ok() {
            return whole();
        }
        self.stopped.store(true, SeqCst);
        half();
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

/// A file on it, of which half may be written.
struct StoppingFile(File, Arc<Steps>);

impl Write for StoppingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (file, steps) = (&self.0, &self.1);
        let half = || {
            let mut file = file;
            let _ = file.write_all(&bytes[..bytes.len() / 2]);
        };
        let whole = || {
            let mut file = file;
            file.write(bytes)
        };
        steps.step(half, whole)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Disk for Stopping {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.step(|| (), || Real.create_dir_all(path))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        let file = self.step(|| (), || File::create_new(path))?;
        Ok(Box::new(StoppingFile(file, Arc::clone(&self.0))))
    }

    fn sync(&self, _: &Path) -> io::Result<()> {
        self.step(|| (), || Ok(()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| (), || Real.rename(from, to))
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        let half = || {
            // The manifest goes first, so that what is left can no longer be known by it.
            let _ = fs::remove_file(path.join(MANIFEST));
            let _ = fs::remove_file(path.join("a.txt"));
        };
        self.step(half, || Real.remove_dir_all(path))
    }
}

/// A disk that is full only when it is asked to keep what it took, which it is of a large file on another thread.
struct Late(Option<&'static str>);

impl Disk for Late {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        Real.create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        Real.create(path)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        Real.sync(path)
    }

    fn begin_sync(&self, path: &Path) -> Syncing {
        let is_full = path.file_name().and_then(|name| name.to_str()) == self.0;
        Syncing::Underway(thread::spawn(move || {
            thread::sleep(Duration::from_millis(20));
            if is_full {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                Ok(())
            }
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Real.rename(from, to)
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        Real.remove_dir_all(path)
    }
}

#[test]
fn a_large_file_that_does_not_reach_the_disk_keeps_all_as_it_was() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    publish(&target, &ours("one"), "T").expect("published");
    let large = "大".repeat(2 << 20);
    let mut next = ours("two");
    next.push(output("大.csv", &large));
    next.push(output("再大.csv", &large));
    let publish_on = |disk: Late| publish_on(&disk, &target, &next, "T", Earlier::Stays);
    for full in ["大.csv", "再大.csv"] {
        let error = publish_on(Late(Some(full))).expect_err("full");
        assert!(matches!(error, Error::Write { .. }));
        let said = error.to_string();
        assert!(said.contains(full) && said.contains("磁盘已满"), "{said}");
        assert!(!said.contains("xingping-"), "{said}");
        assert_eq!(contents(&target), bytes_of(&ours("one")));
        assert_eq!(names(room.path()), ["out"]);
    }
    publish_on(Late(None)).expect("it fits");
    assert_eq!(contents(&target).len(), next.len());
}

#[test]
fn a_disk_full_at_any_byte_leaves_the_earlier_output() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    publish(&target, &ours("one"), "T").expect("published");
    let next = ours("two");
    let all: usize = next.iter().map(|output| output.bytes.len()).sum();
    assert!(all > 300);
    for fits in 0..all {
        let error =
            publish_on(&Small::of(fits), &target, &next, "T", Earlier::Stays).expect_err("full");
        let said = error.to_string();
        assert!(matches!(error, Error::Write { .. }), "{said}");
        assert!(
            said.contains("磁盘已满")
                && said.contains("没有改动")
                && said.contains("-o 换一个目录"),
            "{said}"
        );
        assert!(!said.contains("xingping-"), "{said}");
        assert_eq!(
            contents(&target),
            bytes_of(&ours("one")),
            "after {fits} bytes"
        );
        assert_eq!(names(room.path()), ["out"], "after {fits} bytes");
    }
    publish_on(&Small::of(all), &target, &next, "T", Earlier::Stays).expect("it fits");
    assert_eq!(contents(&target), bytes_of(&next));
}

#[test]
fn a_disk_full_the_first_time_leaves_nothing() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("2018/五月/out");
    let full = publish_on(&Small::of(5), &target, &ours("one"), "T", Earlier::Stays);
    assert!(matches!(full, Err(Error::Write { .. })));
    assert!(names(room.path()).is_empty());
}

#[test]
fn a_step_that_fails_leaves_the_earlier_output_or_the_new_one() {
    for step in 0.. {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        publish(&target, &ours("one"), "T").expect("published");
        let disk = Stopping::at(step, false);
        let published = publish_on(&disk, &target, &ours("two"), "T", Earlier::Stays);
        let expected = if published.is_ok() { "two" } else { "one" };
        assert_eq!(contents(&target), bytes_of(&ours(expected)), "step {step}");
        // What could not be removed waits for the next run, hidden.
        publish(&target, &ours("three"), "T").expect("published");
        assert_eq!(names(room.path()), ["out"], "step {step}");
        if !disk.is_stopped() {
            assert!(step > 12, "{step} steps");
            break;
        }
    }
}

#[test]
fn several_outputs_are_exchanged_together_or_it_is_said_which_were() {
    let mut met = [false; 3];
    for step in 0.. {
        let room = tempfile::tempdir().expect("a room");
        let targets = ["结果", "导出"].map(|name| room.path().join(name));
        for target in &targets {
            publish(target, &ours("one"), "T").expect("published");
        }
        let disk = Stopping::at(step, false);
        let together = || {
            let mut all = Vec::new();
            for target in &targets {
                let next = Next::begin_on(&disk, target, "T")?;
                next.put_all(&ours("two"))?;
                all.push((next, Earlier::Stays));
            }
            Next::finish_together(all)
        };
        let done = together();
        let are = targets
            .each_ref()
            .map(|target| contents(target) == bytes_of(&ours("two")));
        match done {
            Ok(published) => assert_eq!((published.len(), are), (2, [true, true]), "step {step}"),
            Err(Error::Partly { written, .. }) => {
                assert_eq!(
                    (written, are),
                    (vec![targets[0].clone()], [true, false]),
                    "step {step}"
                );
                met[0] = true;
            }
            Err(_) => {
                assert_eq!(are, [false, false], "step {step}");
                met[1] = true;
            }
        }
        for (target, is_new) in targets.iter().zip(are) {
            let expected = if is_new { "two" } else { "one" };
            assert_eq!(contents(target), bytes_of(&ours(expected)), "step {step}");
        }
        if !disk.is_stopped() {
            met[2] = true;
            break;
        }
    }
    assert_eq!(met, [true; 3]);
}

/// Publishes without waiting for the disk: these tests do it some thousand times.
fn put(target: &Path, outputs: &[Output]) -> Published {
    publish_on(&Small::of(usize::MAX), target, outputs, "T", Earlier::Stays).expect("published")
}

/// Kills a run at a step: what it would still have done does not happen, and its lock file stays.
fn kill(target: &Path, outputs: &[Output], step: usize) -> bool {
    let disk = Stopping::at(step, true);
    let _ = publish_on(&disk, target, outputs, "K", Earlier::Stays);
    let lock = Beside::of(target).expect("a target").lock;
    fs::write(lock, "").expect("written");
    disk.is_stopped()
}

#[test]
fn a_kill_at_any_step_and_again_in_the_repair_loses_nothing() {
    let mut moments = 0;
    for first in 0.. {
        let mut was_killed = false;
        for second in 0.. {
            let room = tempfile::tempdir().expect("a room");
            let target = room.path().join("out");
            let (one, two, three) = (ours("one"), ours("two"), ours("three"));
            put(&target, &one);
            was_killed = kill(&target, &two, first);
            let again = kill(&target, &three, second);
            if target.exists() {
                let now = contents(&target);
                let whole = [&one, &two, &three].map(|outputs| bytes_of(outputs));
                assert!(whole.contains(&now), "{first}, {second}: {now:?}");
            } else {
                // A run that comes to nothing has put it back before.
                let prepared = prepare(&target, "T").expect("prepared");
                assert!(prepared.restored, "{first}, {second}");
                assert!(ours::is_whole(&target), "{first}, {second}");
                assert_eq!(names(room.path()), ["out"], "{first}, {second}");
                moments += 1;
            }
            let last = put(&target, &ours("four"));
            assert!(last.moved_aside.is_empty(), "{first}, {second}");
            assert_eq!(contents(&target), bytes_of(&ours("four")));
            assert_eq!(names(room.path()), ["out"], "{first}, {second}");
            if !again {
                break;
            }
        }
        if !was_killed {
            break;
        }
    }
    assert!(moments > 10, "{moments}");
}

#[test]
fn what_somebody_changed_survives_a_kill_at_any_step() {
    for step in 0.. {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        put(&target, &ours("one"));
        fs::write(target.join("笔记.txt"), "mine").expect("written");
        let before = contents(&target);
        let was_killed = kill(&target, &ours("two"), step);
        put(&target, &ours("three"));
        assert_eq!(contents(&target), bytes_of(&ours("three")), "step {step}");
        let aside: Vec<String> = names(room.path())
            .into_iter()
            .filter(|name| name != "out")
            .collect();
        assert_eq!(aside.len(), 1, "step {step}: {aside:?}");
        assert!(aside[0].starts_with("out_旧_"), "{aside:?}");
        assert_eq!(
            contents(&room.path().join(&aside[0])),
            before,
            "step {step}"
        );
        if !was_killed {
            break;
        }
    }
}

#[test]
fn the_earlier_output_is_not_lost_to_a_folder_made_in_its_place() {
    for made_anew in [None, Some("别的.txt")] {
        let room = tempfile::tempdir().expect("a room");
        let target = room.path().join("out");
        put(&target, &ours("one"));
        let beside = Beside::of(&target).expect("a target");
        fs::rename(&target, &beside.old).expect("renamed");
        fs::create_dir(&target).expect("a folder");
        if let Some(file) = made_anew {
            fs::write(target.join(file), "mine").expect("written");
        }
        let prepared = prepare(&target, "T").expect("prepared");
        assert_eq!(prepared.restored, made_anew.is_none());
        let found = match prepared.moved_aside.as_slice() {
            [aside] => aside.clone(),
            _ => target,
        };
        assert_eq!(contents(&found), bytes_of(&ours("one")));
    }
}

#[test]
fn what_nobody_changed_is_replaced() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    publish(&target, &ours("one"), "T").expect("published");
    // Looking at a folder is not changing it.
    fs::write(target.join("Thumbs.db"), "pictures").expect("written");
    let second = publish(&target, &ours("two"), "T").expect("published");
    assert!(second.moved_aside.is_empty());
    assert_eq!(contents(&target), bytes_of(&ours("two")));
    assert_eq!(names(room.path()), ["out"]);
}

#[test]
fn what_somebody_changed_or_added_is_moved_aside() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    publish(&target, &ours("one"), "T").expect("published");
    fs::write(target.join("笔记.txt"), "mine").expect("written");
    let second = publish(&target, &ours("two"), "T").expect("published");
    assert_eq!(second.moved_aside, [room.path().join("out_旧_T")]);
    fs::write(target.join("a.txt"), "changed").expect("written");
    let third = publish(&target, &ours("three"), "T").expect("published");
    assert_eq!(third.moved_aside, [room.path().join("out_旧_T-2")]);
    assert_eq!(names(room.path()), ["out", "out_旧_T", "out_旧_T-2"]);
}

#[test]
fn what_somebody_changes_after_it_was_looked_through_is_found() {
    let room = tempfile::tempdir().expect("a folder");
    let target = room.path().join("结果");
    put(&target, &ours("earlier"));
    let seen = Seen::of(&target);
    let moved = room.path().join("moved");
    fs::rename(&target, &moved).expect("moved");
    assert!(seen.is_ours(&moved));
    // As long as it was.
    fs::write(moved.join("a.txt"), "EARLIER").expect("written");
    assert!(!seen.is_ours(&moved));
    fs::write(moved.join("a.txt"), "earlier").expect("written");
    assert!(seen.is_ours(&moved));
    fs::write(moved.join("mine.txt"), "").expect("written");
    assert!(!seen.is_ours(&moved));
    // What was not ours has not become so.
    assert!(!Seen::of(&moved).is_ours(&moved));
}

#[test]
fn a_workbook_that_is_open_is_named_and_left() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    publish(&target, &ours("one"), "T").expect("published");
    for (trace, file) in [
        ("~$总排名.xlsx", "总排名.xlsx"),
        (".~lock.总排名.xlsx#", "总排名.xlsx"),
        (".~总排名.xlsx", "总排名.xlsx"),
        ("原件/第1组/~$b.xlsx", "b.xlsx"),
    ] {
        fs::write(target.join(trace), "").expect("written");
        let said = publish(&target, &ours("two"), "T").expect_err("it is open");
        let early = prepare(&target, "T").expect_err("it is open");
        assert_eq!(said.to_string(), early.to_string());
        let said = said.to_string();
        assert!(said.contains(&format!("“{file}”正在")), "{said}");
        assert!(said.contains(&format!("请删除那里的“{trace}”")), "{said}");
        fs::remove_file(target.join(trace)).expect("removed");
    }
    assert_eq!(contents(&target), bytes_of(&ours("one")));
}

#[test]
fn two_runs_at_once_do_not_meet() {
    let room = tempfile::tempdir().expect("a room");
    let target = room.path().join("out");
    let lock = File::create(Beside::of(&target).expect("a target").lock).expect("a lock");
    lock.try_lock().expect("locked");
    for refused in [publish(&target, &ours("one"), "T"), prepare(&target, "T")] {
        let said = refused.expect_err("locked").to_string();
        assert!(said.contains("另一个星评正在写"), "{said}");
    }
    assert!(!target.exists());
}

#[test]
fn any_name_of_a_folder_can_be_a_target() {
    let room = tempfile::tempdir().expect("a room");
    for name in [
        "结果".to_owned(),
        "结果/".to_owned(),
        "结果/.".to_owned(),
        "结果. .".to_owned(),
        "-结果 (1)".to_owned(),
        "长".repeat(85),
    ] {
        let target = room.path().join(&name);
        publish(&target, &ours("one"), "T").expect("published");
        fs::write(target.join("笔记.txt"), "mine").expect("written");
        let second = publish(&target, &ours("two"), "T").expect("published");
        assert_eq!(contents(&target), bytes_of(&ours("two")), "{name}");
        let [aside] = second.moved_aside.as_slice() else {
            panic!("{name}: {second:?}");
        };
        fs::remove_dir_all(aside).expect("removed");
        let real = Beside::of(&target).expect("a target").target;
        fs::remove_dir_all(real).expect("removed");
        assert!(names(room.path()).is_empty(), "{name}");
    }
    let file = room.path().join("文件");
    fs::write(&file, "").expect("written");
    for target in [&file, Path::new("/"), &room.path().join("没有/..")] {
        let refused = publish(target, &ours("one"), "T");
        assert!(matches!(refused, Err(Error::Usage(_))), "{target:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let room = tempfile::tempdir().expect("a room");
    let (real, link) = (room.path().join("real/out"), room.path().join("link"));
    publish(&real, &ours("one"), "T").expect("published");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    for target in [link.clone(), room.path().join("link/")] {
        publish(&target, &ours("two"), "T").expect("published");
        assert!(link.is_symlink());
        assert_eq!(contents(&real), bytes_of(&ours("two")));
        assert_eq!(names(&room.path().join("real")), ["out"]);
    }
    fs::remove_dir_all(&real).expect("removed");
    let lost = publish(&link, &ours("two"), "T").expect_err("a link to nowhere");
    assert!(lost.to_string().contains("失效的链接"), "{lost}");
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

#[test]
fn forms_are_added_all_or_none() {
    let forms = [
        output("第1组/甲.xlsx", "the first"),
        output("第2组/乙.xlsx", "the second"),
    ];
    let all: usize = forms.iter().map(|form| form.bytes.len()).sum();
    let room = tempfile::tempdir().expect("a room");
    fs::write(room.path().join("手册.txt"), "mine").expect("written");
    for fits in 0..all {
        let full = add_on(&Small::of(fits), room.path(), &forms);
        assert!(full.expect_err("full").to_string().contains("磁盘已满"));
        assert_eq!(names(room.path()), ["手册.txt"], "after {fits} bytes");
    }
    let fresh = room.path().join("年度/空白表");
    for step in 0.. {
        let disk = Stopping::at(step, false);
        if add_on(&disk, &fresh, &forms).is_ok() {
            break;
        }
        assert_eq!(names(room.path()), ["手册.txt"], "step {step}");
    }
    fs::remove_dir_all(room.path().join("年度")).expect("removed");
    for step in 0.. {
        let disk = Stopping::at(step, true);
        let _ = add_on(&disk, &fresh, &forms);
        // Whole or not there; and the next run goes on from here.
        for form in &forms {
            let path = fresh.join(&form.name);
            assert!(!path.exists() || fs::read(&path).expect("a file") == form.bytes);
        }
        add(&fresh, &forms).expect("added");
        assert_eq!(contents(&fresh), bytes_of(&forms), "step {step}");
        assert_eq!(names(&fresh), ["第1组", "第2组"], "step {step}");
        if !disk.is_stopped() {
            break;
        }
        fs::remove_dir_all(&fresh).expect("removed");
    }
}
