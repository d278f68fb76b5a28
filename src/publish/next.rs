//! The next output while it is being made: its files are written beside the target as they come, and take its place
//! together or not at all.

use std::fs;
use std::path::{Path, PathBuf};

use super::beside::{Beside, is_there};
use super::disk::{Disk, Real};
use super::lock::Lock;
use super::stage::Stage;
use super::{Above, Earlier, Published, exchange, halt, locked, refuse_open, write_error};
use crate::error::Error;
use crate::report::{Made, Shelf, Writing};

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
    pub fn finish(mut self, earlier: Earlier) -> Result<Published, Error> {
        let _at_work = halt::at_work();
        halt::go_on()?;
        refuse_open(&self.beside, &self.target)?;
        self.stage.settle()?;
        exchange::swap(self.disk, &self.beside)?;
        self.is_done = true;
        let mut published = std::mem::take(&mut self.repaired);
        exchange::dispose(
            self.disk,
            &self.beside,
            &self.stamp,
            earlier,
            &mut published,
        );
        Ok(published)
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
