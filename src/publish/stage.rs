//! Files on their way: written below a folder that nobody relies on yet, one after the other or several at once.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::disk::Disk;
use super::{beside, halt, write_error};
use crate::error::Error;
use crate::model::Digesting;
use crate::report::{Made, Writing};

pub struct Stage<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    /// Where the files are meant to be, as errors name it.
    target: PathBuf,
    files: Mutex<Vec<PathBuf>>,
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

    /// Writes one file. Left in the midst where the process is to end.
    ///
    /// # Errors
    /// It cannot be written: the place that was meant is named. The process is to end.
    pub fn put(&self, name: &str, writing: Writing<'_>) -> Result<Made, Error> {
        let _at_work = halt::at_work();
        halt::go_on()?;
        let path = self.folder.join(name);
        let mut write = || {
            self.disk.create_dir_all(beside::parent(&path))?;
            let mut file = Halting(self.disk.create(&path)?);
            let mut to = Digesting::new(&mut file as &mut dyn Write);
            writing(&mut to)?;
            to.flush()?;
            Ok(to.done())
        };
        let written = write().map_err(|source| match halt::go_on() {
            Err(halted) => halted,
            Ok(()) => write_error(&self.target.join(name), source),
        });
        let (sha256, size) = written?;
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(path);
        Ok(Made {
            name: name.to_owned(),
            sha256,
            size,
        })
    }

    /// Brings all of it to where a power cut cannot reach it. After all have been written: the system then brings many
    /// to the disk at once.
    ///
    /// # Errors
    /// The disk refuses it; the process is to end.
    pub fn settle(&self) -> Result<(), Error> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let mut folders = BTreeSet::from([self.folder.clone()]);
        for path in files.iter() {
            let above = beside::parent(path).ancestors();
            let above = above.take_while(|above| above.starts_with(&self.folder));
            folders.extend(above.map(Path::to_owned));
        }
        // The disk takes those that are asked for together in one go.
        files.par_iter().try_for_each(|path| {
            halt::go_on()?;
            let name = path.strip_prefix(&self.folder).unwrap_or(path);
            let synced = self.disk.sync(path);
            synced.map_err(|source| write_error(&self.target.join(name), source))
        })?;
        for folder in folders.iter().rev() {
            self.disk
                .sync(folder)
                .map_err(|source| write_error(&self.target, source))?;
        }
        halt::go_on()
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
