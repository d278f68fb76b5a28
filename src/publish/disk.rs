//! The seam between what is to be done and the disk it is done on. Tests put a disk there that is full after so
//! many bytes, or that stops at any step as if the program had been killed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::panic::resume_unwind;
use std::path::Path;
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// Everything that changes the disk while outputs are written.
pub trait Disk: Sync {
    /// Makes a folder and those above it.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that is not there yet, to be written by whoever gets it.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>>;
    /// Brings a file, or the names in a folder, to where a power cut cannot reach them.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Begins to do so, of a file that takes the disk long.
    fn begin_sync(&self, path: &Path) -> Syncing {
        Syncing::Done(self.sync(path))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove_dir_all(&self, path: &Path) -> io::Result<()>;
}

/// A file on its way to where a power cut cannot reach it.
pub enum Syncing {
    Done(io::Result<()>),
    Underway(JoinHandle<io::Result<()>>),
}

impl Syncing {
    pub fn is_underway(&self) -> bool {
        matches!(self, Self::Underway(thread) if !thread.is_finished())
    }

    /// Waits for it.
    pub fn wait(self) -> io::Result<()> {
        match self {
            Self::Done(synced) => synced,
            Self::Underway(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        }
    }
}

/// The disk there is.
pub struct Real;

impl Disk for Real {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        let synced = if path.is_dir() {
            // Elsewhere folders cannot be opened, and their names are written through.
            if cfg!(unix) {
                File::open(path)?.sync_all()
            } else {
                Ok(())
            }
        } else {
            OpenOptions::new().write(true).open(path)?.sync_all()
        };
        match synced {
            // Some network drives cannot be asked for it.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
                ) =>
            {
                Ok(())
            }
            synced => synced,
        }
    }

    /// On a thread of its own, which does nothing but wait.
    fn begin_sync(&self, path: &Path) -> Syncing {
        let own = path.to_owned();
        match Builder::new().spawn(move || Real.sync(&own)) {
            Ok(thread) => Syncing::Underway(thread),
            // The system has no more.
            Err(_) => Syncing::Done(self.sync(path)),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        /// How often it is tried again on Windows, where a virus scanner holds what has just been written.
        const AGAIN: usize = 20;
        const WAIT: Duration = Duration::from_millis(100);
        let mut tries = 0;
        loop {
            match fs::rename(from, to) {
                Err(error)
                    if cfg!(windows)
                        && tries < AGAIN
                        && error.kind() == io::ErrorKind::PermissionDenied =>
                {
                    tries += 1;
                    std::thread::sleep(WAIT);
                }
                renamed => return renamed,
            }
        }
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
