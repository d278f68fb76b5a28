//! Nothing a file contains can hurt the batch: files that want to, made here and given to the real program, which has
//! little memory and little time.

#![cfg(unix)] // memory is limited with the words of its shell
#![allow(clippy::expect_used)] // a test may die of what it did not expect
#![allow(clippy::too_many_lines)] // a list of traps is long, not complicated
#![allow(clippy::format_collect, clippy::format_push_string)] // clear is better than fast here
#![allow(clippy::needless_raw_string_hashes)] // so that quotes can come and go

mod apart;
#[path = "../common/mod.rs"]
mod common;
mod disk;
mod excel;
mod make;
mod old;
mod post;
mod text;

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use xingping::model::SocietyId;

use make::Trap;
use xingping::ground::Ground;

/// Kilobytes of address space for each process.
const MEMORY: u32 = 1_500_000;
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 10 });

/// What a run came to.
struct Ended {
    status: Option<i32>,
    said: String,
}

/// Runs `check` on a path; nothing when it had to be ended.
fn check(path: &Path) -> Option<Ended> {
    let script = format!("ulimit -v {MEMORY}; exec \"$0\" check \"$1\"");
    let child = Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_xingping")])
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    wait(child)
}

fn wait(mut child: Child) -> Option<Ended> {
    let began = Instant::now();
    let mut pipes: Vec<Box<dyn std::io::Read + Send>> = vec![
        Box::new(child.stdout.take().expect("a pipe")),
        Box::new(child.stderr.take().expect("a pipe")),
    ];
    let readers: Vec<_> = pipes
        .drain(..)
        .map(|mut pipe| {
            thread::spawn(move || {
                let mut said = Vec::new();
                pipe.read_to_end(&mut said).expect("read");
                String::from_utf8_lossy(&said).into_owned()
            })
        })
        .collect();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        if began.elapsed() > TIME {
            child.kill().expect("ended");
            child.wait().expect("ended");
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let said: Vec<String> = readers
        .into_iter()
        .map(|reader| reader.join().expect("read"))
        .collect();
    Some(Ended {
        status: status.code(),
        said: said.concat(),
    })
}

/// What is wrong with a run, if anything.
fn fault(ended: Option<&Ended>) -> Option<String> {
    let Some(Ended { status, said }) = ended else {
        return Some(format!("no answer within {TIME:?}"));
    };
    let chinese = said
        .chars()
        .any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
    let is_orderly = matches!(status, Some(0..=2))
        && chinese
        && !said.contains("panicked")
        && !said.contains("memory allocation");
    (!is_orderly).then(|| {
        format!(
            "status {status:?}: {}",
            said.chars().take(500).collect::<String>()
        )
    })
}

fn traps() -> Vec<Trap> {
    let all = [excel::all(), old::all(), text::all(), post::all()];
    all.into_iter().flatten().collect()
}

/// A sound form, to lie beside the traps.
fn form() -> Vec<u8> {
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/2018");
    let ground = Ground::load(Some(&year), &[]).expect("the year folder is sound");
    let society = ground.roster.societies[SocietyId::at(0)].name.clone();
    common::Paper::sound(&ground, &society, "评价人甲", "某某学会党委").csv(&[])
}

/// Whether all are asked for: `XINGPING_TRAPS=all cargo test --release --test traps`, which takes minutes without
/// `--release`. They are then left in `target/tmp/traps`, to be measured or fuzzed from.
fn all_wanted() -> bool {
    std::env::var_os("XINGPING_TRAPS").is_some()
}

#[test]
fn no_file_ends_the_program_or_keeps_it() {
    let room = tempfile::tempdir().expect("a folder");
    let folder = if all_wanted() {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("traps")
    } else {
        room.path().to_owned()
    };
    fs::create_dir_all(&folder).expect("a folder");
    let traps = traps();
    assert!(traps.len() >= 150, "only {} traps", traps.len());
    let paths: Vec<_> = (0..)
        .zip(&traps)
        .step_by(if all_wanted() { 1 } else { 4 })
        .map(|(number, trap): (usize, &Trap)| {
            let path = folder.join(format!("{number:03}-{}", trap.name));
            fs::write(&path, &trap.bytes).expect("written");
            path
        })
        .collect();
    drop(traps);
    let (queue, faults) = (Mutex::new(paths), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().expect("whole").pop();
                    let Some(path) = next else { break };
                    let ended = check(&path);
                    if let Some(fault) = fault(ended.as_ref()) {
                        let fault = format!("{}: {fault}", path.display());
                        faults.lock().expect("whole").push(fault);
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().expect("whole");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(!Path::new("/tmp/xingping-was-here.csv").exists());
}

/// A few of every kind, all in one folder with one form that is sound.
#[test]
fn the_good_form_beside_traps_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sent = 0;
    for trap in traps()
        .into_iter()
        .step_by(7)
        .filter(|trap| trap.bytes.len() < 200_000)
    {
        fs::write(
            folder.path().join(format!("{sent}-{}", trap.name)),
            trap.bytes,
        )
        .expect("written");
        sent += 1;
    }
    assert!(sent >= 15, "only {sent}");
    fs::write(folder.path().join("评价表.csv"), form()).expect("written");
    let ended = check(folder.path());
    assert_eq!(fault(ended.as_ref()), None);
    let said = ended.expect("it ended").said;
    assert!(said.contains("评价表1份：计入1"), "{said}");
}
