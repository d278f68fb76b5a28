//! How fast the whole job is, as ratios of figures taken in the same run, so that they mean something on any machine:
//!
//! ```sh
//! cargo bench --bench pace                                               # 1 000 forms, and 100 to 10 000
//! cargo bench --bench pace -- --societies 33 --reviewers 60 --to 0        # 1 980 forms of few societies
//! cargo bench --bench pace -- --societies 3333 --reviewers 3 --to 100000  # 9 999 forms of many, and up to 100 000
//! ```
//!
//! Each figure is the median of rounds in which everything compared is run one after the other. With a `python3` that
//! has openpyxl, pandas, python-calamine and xlsxwriter, `others.py` does the same job with them (`--python PROGRAM`).

#![allow(clippy::expect_used, clippy::print_stdout)] // for developers: it prints, and may die of what it did not expect

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use clap::Parser;
use quick_xml::events::Event;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use xingping::ground::Ground;
use xingping::rank::Asked;
use xingping::report::Held;
use xingping::run::{self, Station, Tick};
use zip::ZipArchive;

use common::round::{Format, Round};

#[path = "../tests/common/mod.rs"]
mod common;

#[derive(Parser)]
struct Args {
    /// Of the round that is looked at closely.
    #[arg(long, default_value_t = 200)]
    societies: usize,
    #[arg(long, default_value_t = 5)]
    reviewers: usize,
    /// How often each figure is taken.
    #[arg(long, default_value_t = 5)]
    times: usize,
    /// The largest round of those that show how the cost of a form grows.
    #[arg(long, default_value_t = 10_000)]
    to: usize,
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Cargo says it to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let args = Args::parse();
    let room = tempfile::tempdir().expect("a room");
    let round = |societies, reviewers| {
        let folder = room.path().join(format!("{societies}x{reviewers}"));
        let round = Round {
            societies,
            reviewers,
            formats: vec![Format::Xlsx],
            seed: 1,
        };
        round.write(&folder);
        folder
    };
    let folder = round(args.societies, args.reviewers);
    println!(
        "{} forms of {} societies",
        args.societies * args.reviewers,
        args.societies
    );
    floors(&folder, args.times);
    stations(&folder);
    others(&folder, &args);
    println!("\ncost of a form, whole job");
    let mut base = None;
    for forms in [100, 1_000, 10_000, 100_000] {
        if forms > args.to {
            continue;
        }
        let folder = round(forms / 5, 5);
        let (took, peak) = watched(&folder, &folder.join("out"));
        let each = took.as_secs_f64() / f64::from(u32::try_from(forms).expect("a count"));
        if forms == 1_000 {
            base = Some(each);
        }
        let ratio = base.map_or(String::new(), |base| {
            format!("{:.2} of that at 1 000", each / base)
        });
        println!(
            "  {forms:>7} forms  {:>8.3} ms a form  {peak:>5} MB at most  {ratio}",
            each * 1e3
        );
        fs::remove_dir_all(&folder).expect("removed");
    }
}

/// (a), (b), (f): against what the libraries alone take, on all cores and on one.
fn floors(folder: &Path, times: usize) {
    let files = files(&folder.join("forms"));
    let pool = |threads| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads")
    };
    let (one, all) = (pool(1), pool(0));
    let mut taken: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for time in 0..times {
        let mut take = |name, took| taken.entry(name).or_default().push(took);
        for (job_name, cells_name, tokens_name, pool, jobs) in [
            ("job", "cells", "tokens", &all, None),
            ("job on 1", "cells on 1", "tokens on 1", &one, Some(1)),
        ] {
            // To where nothing is. Each to a place of its own, and none is removed before the end: a file system that
            // has just lost thousands of files is slow to make new ones, and that is not what is asked here.
            let out = folder.join(format!("out-{time}-{job_name}"));
            take(job_name, job(folder, &out, jobs));
            // Not right before another job, for the system is still at what was replaced; if that costs the floors
            // anything, they gain more by threads, which makes it harder for the job.
            if jobs.is_some() {
                take("job again", job(folder, &folder.join("out-0-job"), None));
            }
            take(cells_name, timed(pool, &files, cells));
            take(tokens_name, timed(pool, &files, tokens));
        }
    }
    let median = |name: &str| {
        let mut taken = taken[name].clone();
        taken.sort_unstable();
        taken[taken.len() / 2].as_secs_f64()
    };
    let (_, peak) = watched(folder, &folder.join("out-watched"));
    println!("  whole job {:.3} s, at most {peak} MB", median("job"));
    println!(
        "  (a) {:.2} times streaming all cells through calamine",
        median("job") / median("cells")
    );
    println!(
        "      {:.2} times where earlier results are compared, replaced and removed",
        median("job again") / median("cells")
    );
    println!(
        "  (b) {:.2} times inflating and tokenising the two parts",
        median("job") / median("tokens")
    );
    for name in ["job", "cells", "tokens"] {
        let gain = median(&format!("{name} on 1")) / median(name);
        println!("  (f) all threads bring {gain:.2} to: {name}");
    }
}

/// (e): where the time goes, in this process.
fn stations(folder: &Path) {
    let moments: Mutex<Vec<(Station, Instant)>> = Mutex::default();
    let tick = |tick| {
        if let Tick::Begin(station, _) = tick {
            moments
                .lock()
                .expect("moments")
                .push((station, Instant::now()));
        }
    };
    let began = Instant::now();
    let ground = Ground::load(Some(&folder.join("scheme")), &[]).expect("a year");
    let inbox = vec![folder.join("forms")].into();
    let standings = run::standings(&ground, &inbox, Asked::default(), &tick).expect("standings");
    run::outputs(&standings, Vec::new(), &Held::default(), &tick).expect("outputs");
    let ended = Instant::now();
    let moments = moments.into_inner().expect("moments");
    let ends = moments
        .iter()
        .skip(1)
        .map(|(_, moment)| *moment)
        .chain([ended]);
    for ((station, from), to) in moments.iter().zip(ends) {
        let share = (to - *from).as_secs_f64() / (ended - began).as_secs_f64();
        println!("  (e) {station:?}: {:.0} %", share * 100.0);
    }
}

/// (g): the same job by other people's means.
fn others(folder: &Path, args: &Args) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/others.py");
    let took = job(folder, &folder.join("out"), None);
    let output = Command::new(&args.python)
        .arg(script)
        .arg(folder)
        .stderr(Stdio::null())
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!(
            "  (g) not taken: {} lacks the packages",
            args.python.display()
        );
        return;
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (name, seconds) = line.split_once('\t').expect("name and seconds");
        let seconds: f64 = seconds.parse().expect("seconds");
        println!(
            "  (g) {name} takes {:.1} times as long",
            seconds / took.as_secs_f64()
        );
    }
}

/// The whole job as people run it: how long.
fn job(folder: &Path, out: &Path, jobs: Option<usize>) -> Duration {
    let mut command = consolidate(folder, out);
    if let Some(jobs) = jobs {
        command.args(["--jobs", &jobs.to_string()]);
    }
    let began = Instant::now();
    let ended = command.status().expect("it starts");
    let took = began.elapsed();
    assert!(ended.success(), "{ended}");
    took
}

/// The same, with the most memory it had, in MB. Whoever asks for that takes a processor from it every time: what is held
/// against other times is not taken so.
fn watched(folder: &Path, out: &Path) -> (Duration, u64) {
    let began = Instant::now();
    let mut child = consolidate(folder, out).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Some(ended) = child.try_wait().expect("it runs") {
            let took = began.elapsed();
            assert!(ended.success(), "{ended}");
            return (took, peak / 1024);
        }
        // Only ever grows; what the last moments add is missed.
        let text = fs::read_to_string(&status).unwrap_or_default();
        let most = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let most = most.and_then(|most| most.trim().trim_end_matches(" kB").parse().ok());
        peak = most.unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn consolidate(folder: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xingping"));
    command
        .arg("consolidate")
        .arg(folder.join("forms"))
        .arg("--scheme")
        .arg(folder.join("scheme"))
        .arg("-o")
        .arg(out)
        .arg("-q")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn files(folder: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.is_file())
        .collect()
}

fn timed(pool: &ThreadPool, files: &[PathBuf], read: fn(&[u8]) -> usize) -> Duration {
    let began = Instant::now();
    let read = |path: &PathBuf| read(&fs::read(path).expect("a file"));
    let count: usize = pool.install(|| files.par_iter().map(read).sum());
    assert!(count > 0, "nothing was read");
    began.elapsed()
}

/// Every cell of every sheet, through calamine.
fn cells(bytes: &[u8]) -> usize {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut count = 0;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name).expect("a sheet");
        while cells.next_cell().expect("a cell").is_some() {
            count += 1;
        }
    }
    count
}

/// The two parts that hold the data, inflated and cut into tokens.
fn tokens(bytes: &[u8]) -> usize {
    let mut parts = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut count = 0;
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        let part = parts.by_name(name).expect("a part");
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
        let mut buffer = Vec::new();
        while !matches!(reader.read_event_into(&mut buffer), Ok(Event::Eof)) {
            buffer.clear();
            count += 1;
        }
    }
    count
}
