//! What check, consolidate and return have in common: the year, what is read, and what is said of it at the end.

use std::io;
use std::mem::{self, ManuallyDrop};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use super::args::{Format, Reading, Year};
use super::{folders, say};
use crate::error::Error;
use crate::finding::Severity;
use crate::ground::Ground;
use crate::intake::{Apart, Passwords, text};
use crate::model::open;
use crate::rank::{Asked, Standings};
use crate::report::data::json;
use crate::run::{self, Inbox, Tick, awake};

/// One run over what was received.
pub struct Round<'a> {
    reading: &'a Reading,
    pub ground: Ground,
    pub inbox: Inbox,
    /// What the folder itself asks to have printed on every sheet.
    mark: Option<Mark>,
}

impl<'a> Round<'a> {
    /// Does `work` on the year and the paths, on as many threads as were asked for.
    pub fn run<T: Send>(
        reading: &'a Reading,
        paths: &[PathBuf],
        work: impl FnOnce(&Self) -> Result<T, Error> + Send,
    ) -> Result<T, Error> {
        in_pool(reading.jobs, || {
            let first = paths.first().map(PathBuf::as_path);
            let passwords = reading.password_file.as_deref().map(passwords);
            let passwords = passwords.transpose()?.unwrap_or_default();
            let mark = Mark::of(paths)?;
            let aside = reading.password_file.iter().cloned();
            // What may be dangerous to read is read in processes of this program.
            let inbox = Inbox {
                aside: aside
                    .chain(mark.iter().map(|mark| mark.path.clone()))
                    .collect(),
                apart: Apart::with(std::env::current_exe().ok(), passwords),
                ..paths.to_vec().into()
            };
            // Without a year nothing is read: then nobody waits for the end of a long list.
            let has_year = AtomicBool::new(true);
            let year = || -> Result<Ground, Error> {
                let ground = beside(&reading.year, first, paths)?.with_register(paths)?;
                ground.prepare();
                Ok(ground)
            };
            let (ground, ()) = awake::both(
                || year().inspect_err(|_| has_year.store(false, Ordering::Relaxed)),
                || inbox.look(&|| has_year.load(Ordering::Relaxed)),
            );
            let round = Self {
                reading,
                ground: ground?,
                inbox,
                mark,
            };
            let done = work(&round);
            // A process sees a round or two, and the system takes back so many pieces of memory at once.
            mem::forget((round.ground, round.inbox.found));
            done
        })
    }

    /// Reads, checks, scores and ranks.
    pub fn standings(&self, mut asked: Asked) -> Result<Standings<'_>, Error> {
        // What was typed stands before what lies there.
        if asked.mark.is_none() {
            asked.mark = self.mark.as_ref().map(|mark| mark.text.clone());
        }
        self.during(|tick| run::standings(&self.ground, &self.inbox, asked, tick))
    }

    /// The same while `beside` is done.
    pub fn standings_while<T: Send>(
        &self,
        asked: Asked,
        beside: impl FnOnce() -> T + Send,
    ) -> (Result<Standings<'_>, Error>, T) {
        rayon::join(|| self.standings(asked), beside)
    }

    /// Shows how far `work` has got.
    pub fn during<T>(&self, work: impl FnOnce(&(dyn Fn(Tick) + Sync)) -> T) -> T {
        say::during(self.reading.quiet, work)
    }

    /// Whether the findings are to be listed for people.
    pub fn lists_findings(&self) -> bool {
        self.reading.format == Format::Text && !self.reading.quiet
    }

    /// Prints the results where they were asked for: before anything takes its place, so that results which did not
    /// get where they were sent leave all as it was.
    pub fn print(&self, standings: &Standings<'_>) -> Result<(), Error> {
        if self.reading.format == Format::Json {
            say::data(&json::text(standings)?)?;
        }
        Ok(())
    }

    /// What is said at the end: the year, and the sum of it all.
    pub fn say_outcome(&self, standings: &Standings<'_>) {
        if self.reading.quiet {
            say::ground_in_brief(&self.ground);
        } else {
            say::ground(&self.ground);
            let typed = self.reading.asked().mark;
            if let Some(mark) = self.mark.as_ref().filter(|_| typed.is_none()) {
                say::line(&format!(
                    "每张表上印“{}”（“{}”里写的）。",
                    mark.text,
                    mark.path.display()
                ));
            }
            say::doubtful_scheme(&self.ground);
        }
        if !self.reading.quiet && self.reading.format == Format::Text {
            say::glance(standings);
        }
        say::line(&say::summary(standings));
    }
}

/// A folder's own mark, beside its forms: what is only an example says so on whatever is made of it, whoever does it and
/// however it is asked for.
struct Mark {
    path: PathBuf,
    text: String,
}

impl Mark {
    const FILE: &'static str = "标记.txt";

    /// That of the first of the folders that has one; one of blanks is none.
    fn of(paths: &[PathBuf]) -> Result<Option<Self>, Error> {
        const MOST: u64 = 4 * 1024;
        let mut files = paths.iter().map(|path| path.join(Self::FILE));
        let Some(path) = files.find(|path| path.is_file()) else {
            return Ok(None);
        };
        let failed = |source| Error::Read {
            path: path.clone(),
            source,
        };
        let bytes = open::read(&path, MOST).map_err(failed)?;
        let text = text::decode(&bytes).ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))?;
        let text = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let mut text = text.filter(|line| !line.is_empty());
        let text = text.next();
        Ok(text.map(str::to_owned).map(|text| Self { path, text }))
    }
}

/// The passwords in a file.
fn passwords(path: &Path) -> Result<Passwords, Error> {
    const MOST: u64 = 64 * 1024;
    let failed = |source| Error::Read {
        path: path.to_owned(),
        source,
    };
    let bytes = open::read(path, MOST).map_err(failed)?;
    let text = text::decode(&bytes).ok_or_else(|| failed(io::ErrorKind::InvalidData.into()))?;
    let passwords = Passwords::read(&text);
    if passwords.is_empty() {
        return Err(Error::Usage(format!(
            "密码文件“{}”里没有密码。请一行写一个密码。",
            path.display()
        )));
    }
    Ok(passwords)
}

/// The year that is meant: given, or found in what is read or beside the program.
pub fn ground(year: &Year, read: Option<&Path>) -> Result<Ground, Error> {
    beside(year, read, &[])
}

/// The same beside what is read, where a register may lie.
fn beside(year: &Year, read: Option<&Path>, inputs: &[PathBuf]) -> Result<Ground, Error> {
    let candidates: Vec<PathBuf> = read
        .map(Path::to_owned)
        .into_iter()
        .chain(folders::of_program())
        .collect();
    Ground::beside(year.wanted(), &candidates, inputs)
}

/// Whether a finding is of severity error.
pub fn has_faults(standings: &Standings<'_>) -> bool {
    standings
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

/// That there is not one form, after what there is to say about the files.
pub fn no_forms(standings: &Standings<'_>) -> Error {
    say::about_files(standings);
    let blank = standings.forms.len();
    let blank = if blank > 0 {
        format!("（其中空白评价表{blank}份）")
    } else {
        String::new()
    };
    Error::NoForms(format!(
        "共看了{}个文件{blank}。请确认路径下是填好的评价表。",
        standings.files.len()
    ))
}

/// Runs `work` on as many threads as were asked for.
fn in_pool<T: Send>(
    jobs: Option<usize>,
    work: impl FnOnce() -> Result<T, Error> + Send,
) -> Result<T, Error> {
    if jobs == Some(0) {
        return Err(Error::Usage("--jobs 至少为 1。".to_owned()));
    }
    // An earlier round of this process made this thread one of its threads, and they are still there.
    if rayon::current_thread_index().is_some() {
        return work();
    }
    // This thread is one of them: what is handed on to others waits until one wakes up.
    let pool = rayon::ThreadPoolBuilder::new().use_current_thread();
    match (pool.num_threads(jobs.unwrap_or_default()).build(), jobs) {
        (Ok(pool), _) => {
            // Without the others this thread would be left alone with what comes behind the round.
            let pool = ManuallyDrop::new(pool);
            pool.install(work)
        }
        (Err(_), None) => work(),
        (Err(error), Some(jobs)) => Err(Error::Usage(format!("--jobs {jobs} 不可行（{error}）。"))),
    }
}
