//! The three commands that read what was received: check, consolidate, return.

use std::path::{Path, PathBuf};

use super::args::{Check, Consolidate, Return};
use super::next::{self, Again, Way};
use super::round::{Round, has_faults, no_forms};
use super::{elsewhere, folders, say, since};
use crate::error::Error;
use crate::ground::Ground;
use crate::outcome::Brief;
use crate::publish::{self, Earlier, Next};
use crate::rank::{Since, Standings};
use crate::report::data::manifest::Product;
use crate::run::{self, Returns};

/// Reads, checks and says what was found; writes nothing.
pub fn check(typed: &Check) -> Result<bool, Error> {
    Round::run(&typed.reading, &typed.paths, |round| {
        let standings = round.standings(typed.reading.asked())?;
        let has_faults = has_faults(&standings);
        if !run::has_forms(&standings) && !has_faults {
            return Err(no_forms(&standings));
        }
        if round.lists_findings() {
            say::findings_as_data(&standings)?;
        }
        round.print(&standings)?;
        round.say_outcome(&standings);
        say::line(&match &standings.elsewhere {
            Some(elsewhere) => elsewhere::next(elsewhere, &round.ground, first(&typed.paths)),
            None => next::after_check(&standings, &Again::of(&typed.paths, &typed.reading.year)),
        });
        Ok(has_faults)
    })
}

/// The first of the paths that are read.
fn first(paths: &[PathBuf]) -> &Path {
    paths.first().map_or(Path::new("."), PathBuf::as_path)
}

/// What came of the main job.
pub struct Consolidated {
    pub has_faults: bool,
    pub output: PathBuf,
    /// Whether nothing stands in the way of 正式稿, which this is not yet.
    pub may_be_final: bool,
    /// Whether something is to be sent back or asked for.
    pub is_to_send: bool,
}

/// The main job.
pub fn consolidate(typed: &Consolidate, way: Way) -> Result<Consolidated, Error> {
    Round::run(&typed.reading, &typed.paths, |round| {
        let output = match &typed.output {
            Some(output) => output.clone(),
            None => folders::beside(&typed.paths),
        };
        refuse_folders(typed, &output, &round.ground)?;
        folders::say_published(&output, &publish::prepare(&output, &folders::stamp())?);
        // Before anything takes its place.
        let (earlier, standings) = begun(typed, round, &output)?;
        if !run::has_forms(&standings) {
            return Err(no_forms(&standings));
        }
        if round.lists_findings() {
            say::findings(&standings);
        }
        if typed.is_final && !standings.is_final {
            let open = standings.open.iter().map(ToString::to_string);
            return Err(Error::NotFinal(open.collect()));
        }
        let stamp = folders::stamp();
        // From here on files are written, but nothing takes its place before all of them are there.
        let next = Next::begin(&output, &stamp)?;
        let originals = if typed.archive {
            run::originals(&standings, &typed.paths, &next)?
        } else {
            Vec::new()
        };
        let compared = round.during(|tick| match &earlier {
            Some(earlier) => {
                run::outputs_since(&standings, earlier, originals, &next, tick).map(Some)
            }
            None => run::outputs(&standings, originals, &next, tick).map(|()| None),
        })?;
        let is_other = match compared.transpose() {
            Err(error) if typed.since.is_none() => {
                since::goes_without(&error);
                None
            }
            compared => compared?,
        };
        // Made before anything is in its place: a fault in them leaves all as it was.
        let sent = Sent::of(round, typed, &standings, &stamp)?;
        let export = exported(typed, &standings, &stamp)?;
        let since = standings.since.get();
        let is_unchanged = since.is_some_and(Since::is_nothing);
        let earlier = if is_unchanged {
            Earlier::Goes
        } else {
            Earlier::Stays
        };
        round.print(&standings)?;
        let written = format!("{}已写入“{}”。", edition(&standings), output.display());
        let mut all = Together {
            outputs: vec![(next, earlier)],
            said: vec![(output.clone(), written)],
        };
        if let Some((folder, export)) = export {
            let said = format!("数据已导出到“{}”。", folder.display());
            all.add(folder, export, said);
        }
        let unsaid = sent.and_then(|sent| all.add_sent(sent));
        let published = Next::finish_together(all.outputs)?;
        round.say_outcome(&standings);
        match (is_other, since) {
            (Some(true), Some(since)) => say::line(&since::in_a_line(&round.ground.scheme, since)),
            (Some(false), _) => say::line("收到的和得出的都与上次相同，没有变化。"),
            _ => (),
        }
        for ((folder, said), published) in all.said.iter().zip(&published) {
            folders::say_published(folder, published);
            say::line(said);
        }
        if let Some(unsaid) = unsaid {
            say::line(&unsaid);
        }
        let again = Again::of(&typed.paths, &typed.reading.year);
        let has_returned = typed.returns.is_some();
        say::line(&match &standings.elsewhere {
            Some(elsewhere) => elsewhere::next(elsewhere, &round.ground, first(&typed.paths)),
            None => next::after_results(&standings, &again, &output, has_returned, way),
        });
        let is_ranked = standings.elsewhere.is_none();
        let consolidated = Consolidated {
            has_faults: has_faults(&standings),
            may_be_final: is_ranked && !standings.is_final && standings.open.is_empty(),
            is_to_send: is_ranked && next::is_to_send(&standings),
            output,
        };
        if way == Way::Typed {
            // The process ends here, and the system takes millions of pieces of memory back at once.
            std::mem::forget(standings);
        }
        Ok(consolidated)
    })
}

/// Outputs that take their places together, or stay as they were: results of today beside slips of yesterday are worse
/// than either.
struct Together {
    outputs: Vec<(Next<'static>, Earlier)>,
    /// What is said of each, with its place.
    said: Vec<(PathBuf, String)>,
}

/// What is to be sent back, and what is said of it.
struct Sent {
    folder: PathBuf,
    /// Where there is something, or was.
    next: Option<Next<'static>>,
    said: String,
}

impl Sent {
    fn of(
        round: &Round<'_>,
        typed: &Consolidate,
        standings: &Standings<'_>,
        stamp: &str,
    ) -> Result<Option<Self>, Error> {
        let Some(folder) = typed.returns.clone() else {
            return Ok(None);
        };
        let returns = round.during(|tick| run::slips(standings, &round.inbox, tick))?;
        // Nothing is to be sent for those of another year.
        let (next, said) = if standings.elsewhere.is_some() {
            (None, "没有写退回件和催报。".to_owned())
        } else {
            let next = staged(&folder, &returns, stamp)?;
            (next, returned_line(&folder, &returns))
        };
        Ok(Some(Self { folder, next, said }))
    }
}

/// The data for other tools, beside its place.
fn exported<'t>(
    typed: &'t Consolidate,
    standings: &Standings<'_>,
    stamp: &str,
) -> Result<Option<(&'t PathBuf, Next<'static>)>, Error> {
    let Some(folder) = &typed.export else {
        return Ok(None);
    };
    let export = Next::begin(folder, stamp)?;
    run::export(standings, &export)?;
    Ok(Some((folder, export)))
}

impl Together {
    /// Gives what is to be said where there is nothing to put in its place.
    fn add_sent(&mut self, sent: Sent) -> Option<String> {
        let Some(next) = sent.next else {
            return Some(sent.said);
        };
        self.add(&sent.folder, next, sent.said);
        None
    }

    fn add(&mut self, folder: &Path, next: Next<'static>, said: String) {
        self.outputs.push((next, Earlier::Stays));
        self.said.push((folder.to_owned(), said));
    }
}

/// What is compared with, if there is anything, and the standings.
fn begun<'r>(
    typed: &Consolidate,
    round: &'r Round<'_>,
    output: &Path,
) -> Result<(Option<Brief>, Standings<'r>), Error> {
    let earlier = || since::earlier(typed.since.as_deref(), output, &round.ground);
    if typed.since.is_some() {
        // What was asked for is missed before much is read.
        return Ok((earlier()?, round.standings(typed.asked())?));
    }
    let (standings, earlier) = round.standings_while(typed.asked(), earlier);
    let earlier = earlier.unwrap_or_else(|error| {
        since::goes_without(&error);
        None
    });
    Ok((earlier, standings?))
}

/// The folders that are written to must not be in use, nor lie in one another.
fn refuse_folders(typed: &Consolidate, output: &Path, ground: &Ground) -> Result<(), Error> {
    folders::refuse_what_is_in_use(output, Product::Results, &typed.paths, ground)?;
    let mut taken = vec![output];
    for (folder, product, what) in [
        (
            &typed.returns,
            Product::Returns,
            ("退回件的目录", "--returns"),
        ),
        (&typed.export, Product::Data, ("数据导出的目录", "--export")),
    ] {
        let Some(folder) = folder else { continue };
        folders::refuse_what_is_in_use(folder, product, &typed.paths, ground)?;
        for other in &taken {
            folders::refuse_nested(what, folder, other)?;
        }
        taken.push(folder);
    }
    Ok(())
}

/// What has been written, in a word.
fn edition(standings: &Standings<'_>) -> &'static str {
    if standings.elsewhere.is_some() {
        "底稿（没有排名）"
    } else if standings.is_final {
        "正式稿"
    } else if standings.open.is_empty() {
        "核对稿"
    } else {
        "初稿"
    }
}

/// Reads and checks, and writes what is to be sent back; no summary, no ranking.
pub fn give_back(typed: &Return) -> Result<bool, Error> {
    Round::run(&typed.reading, &typed.paths, |round| {
        folders::refuse_what_is_in_use(
            &typed.output,
            Product::Returns,
            &typed.paths,
            &round.ground,
        )?;
        let standings = round.standings(typed.reading.asked())?;
        let has_faults = has_faults(&standings);
        if !run::has_forms(&standings) && !has_faults {
            return Err(no_forms(&standings));
        }
        if round.lists_findings() {
            say::findings(&standings);
        }
        round.print(&standings)?;
        if let Some(elsewhere) = &standings.elsewhere {
            round.say_outcome(&standings);
            say::line("没有写退回件和催报。");
            say::line(&elsewhere::next(
                elsewhere,
                &round.ground,
                first(&typed.paths),
            ));
            return Ok(has_faults);
        }
        let returns = round.during(|tick| run::slips(&standings, &round.inbox, tick))?;
        round.say_outcome(&standings);
        if let Some(next) = staged(&typed.output, &returns, &folders::stamp())? {
            let published = next.finish(Earlier::Stays)?;
            folders::say_published(&typed.output, &published);
        }
        say::line(&returned_line(&typed.output, &returns));
        Ok(has_faults)
    })
}

/// What is to be sent back, beside its place; nothing where there is nothing and never was.
fn staged(folder: &Path, returns: &Returns, stamp: &str) -> Result<Option<Next<'static>>, Error> {
    // What an earlier run wrote must not be sent any more.
    if returns.is_empty() && !folder.exists() {
        return Ok(None);
    }
    let next = Next::begin(folder, stamp)?;
    next.put_all(&returns.outputs)?;
    Ok(Some(next))
}

/// What is said of it.
fn returned_line(folder: &Path, returns: &Returns) -> String {
    if returns.is_empty() {
        return "没有要退回的评价表，也没有要催报的。".to_owned();
    }
    let unread = match returns.unread {
        0 => String::new(),
        count => format!("、没有读成的文件的回信{count}份"),
    };
    format!(
        "退回件{}份、催报{}组{unread}已写入“{}”。每人一封回信：.eml 打开就是写好的邮件（附件已带上，还没有发出），.txt 可以直接粘贴。",
        returns.slips,
        returns.reminders,
        folder.display()
    )
}
