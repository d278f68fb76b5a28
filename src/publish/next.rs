//! The next output while it is being made: its files are written beside the target as they come, and take its place
//! together or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::beside::{Beside, is_there};
use super::disk::{Disk, Real};
use super::lock::Lock;
use super::ours::Seen;
use super::stage::Stage;
use super::{Above, Earlier, Published, exchange, halt, locked, refuse_open, write_error};
use crate::error::Error;
use crate::report::{Made, Output, Shelf, Writing};

/// What is dropped before it is finished leaves everything as it was.
pub struct Next<'d> {
    disk: &'d dyn Disk,
    /// As it was asked for, which may be a link.
    target: PathBuf,
    beside: Beside,
    stamp: String,
    stage: Stage<'d>,
    /// What became of an exchange that was interrupted earlier.
    repaired: Published,
    /// What was in its place when it was all there.
    seen: Option<Seen>,
    lock: Option<Lock>,
    above: Above,
    is_done: bool,
}

impl Next<'static> {
    /// Begins an output for the folder `target`; what was put right of an earlier one that was stopped is repaired
    /// first. `stamp` ends the names of what has to be moved aside.
    ///
    /// # Errors
    /// A target that cannot be written or of which a workbook is open elsewhere; another run at it.
    pub fn begin(target: &Path, stamp: &str) -> Result<Self, Error> {
        Self::begin_on(&Real, target, stamp)
    }
}

impl<'d> Next<'d> {
    pub(super) fn begin_on(disk: &'d dyn Disk, target: &Path, stamp: &str) -> Result<Self, Error> {
        let beside = Beside::of(target)?;
        let _at_work = halt::at_work();
        halt::go_on()?;
        let mut next = Self {
            disk,
            target: target.to_owned(),
            stamp: stamp.to_owned(),
            stage: Stage::new(disk, &beside.new, &beside.target),
            repaired: Published::default(),
            seen: None,
            lock: None,
            above: Above::of(&beside.parent),
            beside,
            is_done: false,
        };
        fs::create_dir_all(&next.beside.parent)
            .map_err(|source| write_error(&next.beside.parent, source))?;
        next.lock = Some(locked(&next.beside, target)?);
        refuse_open(&next.beside, target)?;
        next.repaired = exchange::repair(disk, &next.beside, stamp)?;
        halt::staged(&next.beside, &next.above);
        Ok(next)
    }

    /// Puts it in its place. What was there is replaced if this tool wrote it and nobody changed it since; otherwise it
    /// is moved aside.
    ///
    /// # Errors
    /// Whatever cannot be written, with its path; then the target is as it was.
    pub fn finish(self, earlier: Earlier) -> Result<Published, Error> {
        let mut published = Self::finish_together(vec![(self, earlier)])?;
        Ok(published.pop().unwrap_or_default())
    }

    /// Puts several in their places, one right after the other: whoever stops the program then stops it before all of
    /// them or behind. Gives of each what became of what was there.
    ///
    /// # Errors
    /// Whatever cannot be written, with its path; then all targets are as they were, or it is said which are not.
    pub fn finish_together(mut all: Vec<(Self, Earlier)>) -> Result<Vec<Published>, Error> {
        let _at_work = halt::at_work();
        halt::go_on()?;
        for (next, _) in &mut all {
            refuse_open(&next.beside, &next.target)?;
            // Whoever looks through what is there reckons, the other waits for the disk.
            let target = &next.beside.target;
            let (settled, seen) = rayon::join(|| next.stage.settle(), || Seen::of(target));
            settled?;
            next.seen = Some(seen);
        }
        halt::go_on()?;
        for at in 0..all.len() {
            let (next, _) = &mut all[at];
            if let Err(error) = exchange::swap(next.disk, &next.beside) {
                all.truncate(at);
                let written = all.iter().map(|(next, _)| next.target.clone());
                let written: Vec<PathBuf> = written.collect();
                for (next, earlier) in all {
                    next.dispose(earlier);
                }
                return Err(if written.is_empty() {
                    error
                } else {
                    Error::Partly {
                        written,
                        error: Box::new(error),
                    }
                });
            }
            next.is_done = true;
        }
        let disposed = all.into_iter().map(|(next, earlier)| next.dispose(earlier));
        Ok(disposed.collect())
    }

    /// What was there goes, or goes aside.
    fn dispose(mut self, earlier: Earlier) -> Published {
        let mut published = std::mem::take(&mut self.repaired);
        let old = &self.beside.old;
        let is_ours = self.seen.as_ref().is_some_and(|seen| seen.is_ours(old));
        exchange::dispose(
            self.disk,
            &self.beside,
            &self.stamp,
            (earlier, is_ours),
            &mut published,
        );
        published
    }

    /// Writes all of these.
    ///
    /// # Errors
    /// Whatever cannot be written, with its path.
    pub fn put_all(&self, outputs: &[Output]) -> Result<(), Error> {
        let mut outputs = outputs.iter();
        outputs.try_for_each(|output| {
            self.put(&output.name, &mut |to| to.write_all(&output.bytes))?;
            Ok(())
        })
    }
}

impl Shelf for Next<'_> {
    fn put(&self, name: &str, writing: Writing<'_>) -> Result<Made, Error> {
        self.stage.put(name, writing)
    }
}

impl Drop for Next<'_> {
    fn drop(&mut self) {
        if !self.is_done && self.lock.is_some() && is_there(&self.beside.new) {
            self.stage.rest();
            let _ = self.disk.remove_dir_all(&self.beside.new);
        }
        // The lock lies in a folder that may have to go.
        self.lock = None;
        if !self.is_done {
            self.above.remove();
        }
        halt::unstaged(&self.beside);
    }
}
