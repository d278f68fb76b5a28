//! Files on their way: written below a folder that nobody relies on yet, one after the other or several at once.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

use super::disk::{Disk, Syncing};
use super::{beside, halt, write_error};
use crate::error::Error;
use crate::model::Digesting;
use crate::report::{Made, Writing};

/// Files that are brought to the disk at once; of more the system might open no other.
const AT_ONCE: usize = 16;

pub struct Stage<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    /// Where the files are meant to be, as errors name it.
    target: PathBuf,
    /// Each; a large one with how far it is on its way to the disk.
    files: Mutex<Vec<(PathBuf, Option<Syncing>)>>,
}

impl<'d> Stage<'d> {
    pub fn new(disk: &'d dyn Disk, folder: &Path, target: &Path) -> Self {
        Self {
            disk,
            folder: folder.to_owned(),
            target: target.to_owned(),
            files: Mutex::default(),
        }
    }

    /// Writes one file; a large one goes to the disk at once, while others are still being made. Left in the midst where
    /// the process is to end.
    ///
    /// # Errors
    /// It cannot be written: the place that was meant is named. The process is to end.
    pub fn put(&self, name: &str, writing: Writing<'_>) -> Result<Made, Error> {
        /// Bytes that take the disk longer than the system does to ask for them.
        const LARGE: u64 = 1 << 22;
        let path = self.folder.join(name);
        let mut write = || {
            let _at_work = halt::at_work();
            halt::go_on().map_err(io::Error::other)?;
            self.disk.create_dir_all(beside::parent(&path))?;
            let mut file = Halting(self.disk.create(&path)?);
            let mut to = Digesting::new(&mut file as &mut dyn Write);
            writing(&mut to)?;
            to.flush()?;
            Ok(to.done())
        };
        let (sha256, size) = write().map_err(|source| self.refused(name, source))?;
        let syncs = size >= LARGE && self.underway() < AT_ONCE;
        let syncing = syncs.then(|| self.disk.begin_sync(&path));
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push((path, syncing));
        Ok(Made {
            name: name.to_owned(),
            sha256,
            size,
        })
    }

    /// Brings all of it to where a power cut cannot reach it. Small files after all have been written: the system then
    /// brings many to the disk at once.
    ///
    /// # Errors
    /// The disk refuses it; the process is to end.
    pub fn settle(&self) -> Result<(), Error> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let mut folders = BTreeSet::from([self.folder.clone()]);
        for (path, _) in files.iter() {
            let above = beside::parent(path).ancestors();
            let above = above.take_while(|above| above.starts_with(&self.folder));
            folders.extend(above.map(Path::to_owned));
        }
        let left = files.iter().filter(|(_, syncing)| syncing.is_none());
        self.sync_all(&left.map(|(path, _)| path.as_path()).collect::<Vec<_>>())?;
        for (path, syncing) in files.iter_mut() {
            let synced = syncing.take().map_or(Ok(()), Syncing::wait);
            synced.map_err(|source| self.refused(self.name(path), source))?;
        }
        for folder in folders.iter().rev() {
            self.disk
                .sync(folder)
                .map_err(|source| write_error(&self.target, source))?;
        }
        halt::go_on()
    }

    /// How many files are on their way.
    fn underway(&self) -> usize {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let syncing = files.iter().filter_map(|(_, syncing)| syncing.as_ref());
        syncing.filter(|syncing| syncing.is_underway()).count()
    }

    /// Waits until no file is on its way any more: one that is cannot be removed everywhere.
    pub fn rest(&self) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, syncing) in files.iter_mut() {
            if let Some(Syncing::Underway(thread)) = syncing.take() {
                // Nobody relies on it.
                let _ = thread.join();
            }
        }
    }

    fn sync(&self, path: &Path) -> Result<(), Error> {
        let synced = self.disk.sync(path);
        synced.map_err(|source| self.refused(self.name(path), source))
    }

    /// What a file is called below the folder.
    fn name<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.folder).unwrap_or(path)
    }

    /// Why a file could not be put there: a process that is to end may have lost it already.
    fn refused(&self, name: impl AsRef<Path>, source: io::Error) -> Error {
        match halt::go_on() {
            Err(halted) => halted,
            Ok(()) => write_error(&self.target.join(name), source),
        }
    }

    /// The disk takes those that are asked for together in one go, and whoever asks does nothing but wait: many ask.
    fn sync_all(&self, files: &[&Path]) -> Result<(), Error> {
        let next = AtomicUsize::new(0);
        let sync = || {
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                halt::go_on()?;
                self.sync(path)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let others = AT_ONCE.min(files.len()).saturating_sub(1);
            // Where the system has no more threads there are fewer.
            let others = (0..others).filter_map(|_| Builder::new().spawn_scoped(scope, sync).ok());
            let others: Vec<_> = others.collect();
            let own = sync();
            let others = others.into_iter().map(|other| {
                let done = other.join();
                done.unwrap_or_else(|panic| resume_unwind(panic))
            });
            others.fold(own, Result::and)
        })
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        self.rest();
    }
}

/// Refuses to go on writing where the process is to end: a file may be long.
struct Halting<W>(W);

impl<W: Write> Write for Halting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match halt::go_on() {
            Ok(()) => self.0.write(bytes),
            Err(halted) => Err(io::Error::other(halted)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
