//! What is written: the files of the main job, and of an export, made side by side, each put where it belongs as soon as
//! it is made.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::iter;
use std::mem;
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::{Station, Tick};
use crate::error::Error;
use crate::outcome::{self, Brief};
use crate::rank::Standings;
use crate::report::data::export::{self, Export};
use crate::report::data::json;
use crate::report::data::manifest::{self, Product};
use crate::report::kit::names::Originals;
use crate::report::known::Known;
use crate::report::{self, Job, Made, RESULTS, Shelf};

/// Holds the standings against an earlier outcome, and gives whether they are another one; `content` is the digest of
/// their results.
fn compare(standings: &Standings<'_>, earlier: &Brief, content: String) -> Result<bool, Error> {
    // Most runs bring nothing new: then neither results are held as a whole.
    let (since, is_other) = if let Some(since) = earlier.has(&content) {
        (since.cloned(), false)
    } else {
        let results = json::results(standings)?;
        let roster = &standings.ground.roster;
        let since = outcome::compared(roster, &earlier.outcome()?, content, &results)?;
        (Some(since), true)
    };
    if let Some(since) = since {
        standings.since.get_or_init(|| since);
    }
    Ok(is_other)
}

/// Puts every file of the main job on the shelf as it is made, the manifest last; `originals` lie there already.
///
/// # Errors
/// A workbook that cannot be made: a fault of this program; no room for it.
pub fn outputs(
    standings: &Standings<'_>,
    originals: Vec<Made>,
    shelf: &dyn Shelf,
    tick: &(dyn Fn(Tick) + Sync),
) -> Result<(), Error> {
    written(standings, &mut |_| {}, originals, shelf, tick)
}

/// The same, held against an earlier outcome: gives whether this is another one, or why they could not be compared,
/// which keeps nothing from being written.
///
/// # Errors
/// A workbook that cannot be made: a fault of this program; no room for it.
pub fn outputs_since(
    standings: &Standings<'_>,
    earlier: &Brief,
    originals: Vec<Made>,
    shelf: &dyn Shelf,
    tick: &(dyn Fn(Tick) + Sync),
) -> Result<Result<bool, Error>, Error> {
    let mut compared = Ok(false);
    let mut hold = |content| compared = compare(standings, earlier, content);
    written(standings, &mut hold, originals, shelf, tick)?;
    Ok(compared)
}

/// `compare` is given the digest of the results, and may say in the standings what changed.
fn written(
    standings: &Standings<'_>,
    compare: &mut (dyn FnMut(String) + Send),
    originals: Vec<Made>,
    shelf: &dyn Shelf,
    tick: &(dyn Fn(Tick) + Sync),
) -> Result<(), Error> {
    let mut jobs: Vec<(usize, Job)> = report::jobs(standings).into_iter().enumerate().collect();
    tick(Tick::Begin(Station::Writing, jobs.len()));
    // The longest first: with a long one at the end one thread would be left alone.
    jobs.sort_by_cached_key(|(_, job)| Reverse(job.length(standings)));
    let (results, jobs): (Vec<_>, Vec<_>) = jobs
        .into_iter()
        .partition(|(_, job)| matches!(job, Job::Results));
    let (telling, others): (VecDeque<_>, VecDeque<_>) =
        jobs.into_iter().partition(|(_, job)| job.tells_since());
    let known = OnceLock::new();
    let write = |(at, job): (usize, Job)| {
        let known = known.get_or_init(|| Known::of(standings));
        let made = job.write(known, shelf);
        tick(Tick::One);
        Ok((at, made?))
    };
    let left = Mutex::new(others);
    let left = || left.lock().unwrap_or_else(PoisonError::into_inner);
    let rest = || each(iter::from_fn(|| left().pop_front()), write);
    let first = || {
        let mut made = Vec::new();
        for (at, _) in results {
            let one = shelf.put(RESULTS, &mut |to| {
                json::write_compared(standings, to, compare)
            })?;
            tick(Tick::One);
            made.push((at, one));
        }
        let others = mem::replace(&mut *left(), telling);
        left().extend(others);
        made.extend(rest()?);
        Ok::<_, Error>(made)
    };
    // Nothing more is begun in vain.
    let stop = |_: &Error| left().clear();
    // Once the results are there it is known what changed; what does not tell of it is written meanwhile.
    let (first, others) = rayon::join(|| first().inspect_err(stop), || rest().inspect_err(stop));
    let mut made: Vec<(usize, Made)> = first?;
    made.extend(others?);
    // As they are listed, whatever came first.
    made.sort_by_key(|(at, _)| *at);
    // What they are called takes long to say of thousands, and few runs keep any.
    let kept = if originals.is_empty() {
        Originals::default()
    } else {
        Originals::of(standings)
    };
    let made = made.into_iter().map(|(_, one)| one).chain(originals);
    let made: Vec<Made> = made.collect();
    let (last, ()) = rayon::join(
        || {
            let manifest = manifest::write(standings, Product::Results, &kept, &made)?;
            shelf.put_whole(manifest)
        },
        move || drop(known),
    );
    last.map(|_| ())
}

/// Puts the standings there as data for other tools, the manifest last.
///
/// # Errors
/// A value that a format cannot hold: a fault of this program; no room for it.
pub fn export(standings: &Standings<'_>, shelf: &dyn Shelf) -> Result<(), Error> {
    let exports = export::exports();
    let made = each(exports.iter(), |one: &Export| {
        shelf.put_whole(one.write(standings)?)
    })?;
    let none = Originals::default();
    shelf.put_whole(manifest::write(standings, Product::Data, &none, &made)?)?;
    Ok(())
}

/// Does `work` for all of them and gives what it came to in their order, in which they are begun, too, one by one as
/// threads become free.
fn each<T: Send, M: Send>(
    all: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> Result<M, Error> + Sync + Send,
) -> Result<Vec<M>, Error> {
    let done = all.enumerate().par_bridge();
    let done = done.map(|(at, one)| Ok((at, work(one)?)));
    let mut done: Vec<(usize, M)> = done.collect::<Result<_, Error>>()?;
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, made)| made).collect())
}
