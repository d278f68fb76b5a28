//! One run at a time at one target.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock that is held until it is dropped, or until the program ends in whatever way.
pub struct Lock {
    path: PathBuf,
    /// The system lets go of the lock when this is closed.
    _file: File,
}

impl Lock {
    /// Takes the lock; none where another run has it.
    pub fn take(path: &Path) -> io::Result<Option<Self>> {
        /// Each further try means that another run has ended meanwhile.
        const TRIES: usize = 100;
        for _ in 0..TRIES {
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Ok(None),
                // A drive that knows no locks must do without.
                Ok(()) | Err(TryLockError::Error(_)) => {}
            }
            // Who held it before has removed the file with it: a lock on a file that is no longer there is none.
            let there = fs::metadata(path);
            if there.is_ok_and(|there| file.metadata().is_ok_and(|ours| same(&ours, &there))) {
                return Ok(Some(Self {
                    path: path.to_owned(),
                    _file: file,
                }));
            }
        }
        Ok(None)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still held: who opens it later makes a new one.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn same(one: &Metadata, other: &Metadata) -> bool {
    let times = |file: &Metadata| (file.created().ok(), file.modified().ok());
    times(one) == times(other)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Lock;

    #[test]
    fn one_has_it_and_leaves_nothing() {
        let room = tempfile::tempdir().expect("a room");
        let path = room.path().join("lock");
        // What a killed run left is no lock.
        fs::write(&path, "").expect("written");
        let held = Lock::take(&path).expect("no fault").expect("the lock");
        assert!(Lock::take(&path).expect("no fault").is_none());
        drop(held);
        assert!(!path.exists());
        assert!(Lock::take(&path).expect("no fault").is_some());
    }

    #[test]
    fn of_many_at_once_never_two_have_it() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let room = tempfile::tempdir().expect("a room");
        let path = room.path().join("lock");
        let (inside, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2000 {
                        if let Some(_lock) = Lock::take(&path).expect("no fault") {
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            taken.fetch_add(1, Ordering::SeqCst);
                            inside.fetch_sub(1, Ordering::SeqCst);
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
