//! Files that are read in a process of their own: those whose reader takes the whole file at its word, and those too
//! large to be ordinary. Whatever happens there, endless loops and exhausted memory too, ends that process and not the
//! run.
//!
//! The process is this program itself. It stays and reads one file after the other until one is its death; then the
//! next file gets a new one. Knows nothing of formats.

mod memory;

use std::fmt;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::crypt;
use super::{Content, Defect, Machine, Passwords, Refusal, Shape, compound, limits};

/// What the program is called with to be such a process.
pub const ARGUMENT: &str = "read-apart";

/// Where files are read apart.
#[derive(Default)]
pub struct Apart {
    /// None where everything is read in this process.
    program: Option<PathBuf>,
    /// What encrypted files are tried with.
    passwords: Passwords,
    idle: Mutex<Vec<Process>>,
}

impl fmt::Debug for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Apart")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

/// What one received file may still cost.
#[derive(Debug)]
pub struct Patience {
    /// Processes.
    failures: u64,
    /// Time beyond what files need.
    time: Duration,
    /// Digests, at files that stay shut.
    rounds: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            failures: limits::FAILURES,
            time: Duration::from_secs(limits::TIME.most()),
            rounds: limits::ROUNDS_TOGETHER,
        }
    }
}

impl Patience {
    /// Why no more files of this received one are tried.
    fn is_lost(&self) -> Option<Defect> {
        if self.failures == 0 {
            Some(Defect::NotTriedForOthers)
        } else if self.time.is_zero() {
            Some(Defect::NotTriedForTime)
        } else {
            None
        }
    }
}

/// Why there is no answer.
enum Silence {
    /// The process could not be started.
    NotStarted,
    /// It ended over this file.
    Died,
    TookTooLong,
}

impl Apart {
    /// In processes of `program`, which must be this program; in this one where there is none.
    #[must_use]
    pub fn with(program: Option<PathBuf>, passwords: Passwords) -> Self {
        Self {
            program,
            passwords,
            ..Self::default()
        }
    }

    pub(super) const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// Reads `bytes`, called `name`. What the process does not survive is refused.
    pub(super) fn read(&self, name: &str, bytes: Vec<u8>, patience: &mut Patience) -> Content {
        let Some(program) = &self.program else {
            return super::content(name, &bytes, &self.passwords);
        };
        if let Some(why) = patience.is_lost() {
            return refused(why);
        }
        let began = Instant::now();
        let cost = cost(&bytes, &self.passwords);
        if cost > patience.rounds {
            return refused(Defect::NotTriedForPasswords);
        }
        let answer = self.ask(program, name, bytes, allowed(cost));
        // Trying passwords is bounded by its work: what it takes is no matter of time.
        if cost == 0 {
            let over = began.elapsed().saturating_sub(limits::NEEDED);
            patience.time = patience.time.saturating_sub(over);
        }
        match answer {
            Ok(content) => {
                if matches!(content, Content::Refused(Refusal::Encrypted(_), _)) {
                    patience.rounds -= cost;
                }
                content
            }
            Err(Silence::NotStarted) => refused(Defect::Machine(Machine::ReaderNotStarted)),
            Err(Silence::Died) => {
                patience.failures -= 1;
                refused(Defect::ReaderDied)
            }
            Err(Silence::TookTooLong) => {
                patience.failures -= 1;
                // Of a locked file it is known that its passwords take long, and of nothing else.
                let why = if cost > 0 {
                    Refusal::Encrypted(crypt::Shut::Costly { tried: 0 })
                } else {
                    Refusal::OverLimits(limits::TIME)
                };
                Content::Refused(why, Shape::File)
            }
        }
    }

    fn ask(
        &self,
        program: &PathBuf,
        name: &str,
        bytes: Vec<u8>,
        allowed: Duration,
    ) -> Result<Content, Silence> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let start = || Process::start(program, &self.passwords).ok_or(Silence::NotStarted);
        let (process, answer) = if let Some(mut process) = idle {
            // One that waited may have been ended by somebody else meanwhile: that is no fault of this file.
            match process.ask(name.to_owned(), bytes.clone(), allowed) {
                Err(Silence::Died) => {
                    let mut process = start()?;
                    let answer = process.ask(name.to_owned(), bytes, allowed);
                    (process, answer?)
                }
                answer => (process, answer?),
            }
        } else {
            let mut process = start()?;
            let answer = process.ask(name.to_owned(), bytes, allowed);
            (process, answer?)
        };
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(process);
        }
        Ok(answer)
    }
}

/// What trying the passwords at these bytes costs; nothing where they are not locked.
fn cost(bytes: &[u8], passwords: &Passwords) -> u64 {
    if compound::is_locked(bytes) {
        crypt::cost(bytes, passwords)
    } else {
        0
    }
}

/// How long is waited for an answer.
fn allowed(cost: u64) -> Duration {
    Duration::from_secs(limits::TIME.most() + cost / limits::SLOWEST)
}

fn refused(fault: Defect) -> Content {
    Content::Refused(Refusal::Unreadable(fault), Shape::File)
}

/// One running process.
struct Process {
    child: Child,
    to: Sender<(String, Vec<u8>)>,
    from: Receiver<Vec<u8>>,
}

impl Process {
    /// The passwords are what it is told first: whoever lists processes sees nothing of them.
    fn start(program: &PathBuf, passwords: &Passwords) -> Option<Self> {
        let passwords = serde_json::to_vec(passwords).ok()?;
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut questions = child.stdin.take()?;
        let mut answers = child.stdout.take()?;
        // A pipe cannot be written to and read from with a limit of time, a channel can.
        let (to, asked) = channel::<(String, Vec<u8>)>();
        let (sender, from) = channel();
        thread::spawn(move || {
            if write_frame(&mut questions, &passwords).is_err() {
                return;
            }
            for (name, bytes) in asked {
                let written = write_frame(&mut questions, name.as_bytes())
                    .and_then(|()| write_frame(&mut questions, &bytes))
                    .and_then(|()| questions.flush());
                if written.is_err() {
                    break;
                }
            }
        });
        thread::spawn(move || {
            while let Ok(answer) = frame(&mut answers) {
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        Some(Self { child, to, from })
    }

    /// Asks and waits. A process that has given no answer is ended when it is dropped.
    fn ask(&mut self, name: String, bytes: Vec<u8>, allowed: Duration) -> Result<Content, Silence> {
        self.to.send((name, bytes)).map_err(|_| Silence::Died)?;
        let answer = self
            .from
            .recv_timeout(allowed)
            .map_err(|error| match error {
                RecvTimeoutError::Timeout => Silence::TookTooLong,
                RecvTimeoutError::Disconnected => Silence::Died,
            })?;
        serde_json::from_slice(&answer).map_err(|_| Silence::Died)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Is such a process: answers what stands on stdin until there is nothing more.
pub fn serve() {
    // When this file has to be done with.
    let until: Arc<Mutex<Option<Instant>>> = Arc::default();
    let watched = Arc::clone(&until);
    // Memory is looked after here alone; and should nobody be left to end this process, it ends itself.
    thread::spawn(move || {
        loop {
            let until = watched.lock().ok().and_then(|until| *until);
            let is_late = until.is_some_and(|until: Instant| Instant::now() > until);
            if is_late || memory::exceeds(limits::MEMORY.most()) {
                std::process::abort();
            }
            thread::sleep(memory::EVERY);
        }
    });
    // A little more than is waited for its answer.
    let set = |allowed: Option<Duration>| {
        if let Ok(mut until) = until.lock() {
            *until = allowed.map(|allowed| Instant::now() + allowed + Duration::from_secs(1));
        }
    };
    let (mut from, mut to) = (io::stdin().lock(), io::stdout().lock());
    let passwords = frame(&mut from).ok();
    let passwords = passwords.and_then(|told| serde_json::from_slice(&told).ok());
    let Some(passwords) = passwords else {
        return;
    };
    while let Ok(name) = frame(&mut from) {
        set(Some(allowed(0)));
        let Ok(bytes) = frame(&mut from) else {
            return;
        };
        set(Some(allowed(cost(&bytes, &passwords))));
        let content = super::content(&String::from_utf8_lossy(&name), &bytes, &passwords);
        drop(bytes);
        let answered = serde_json::to_vec(&content)
            .map_err(io::Error::other)
            .and_then(|answer| write_frame(&mut to, &answer))
            .and_then(|()| to.flush());
        if answered.is_err() {
            return;
        }
        set(None);
    }
}

fn write_frame(to: &mut impl Write, content: &[u8]) -> io::Result<()> {
    to.write_all(&(content.len() as u64).to_le_bytes())?;
    to.write_all(content)
}

fn frame(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut content = Vec::new();
    if from.take(length).read_to_end(&mut content)? as u64 == length {
        Ok(content)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Patience, frame, limits, write_frame};

    #[test]
    fn patience_ends_with_a_failure_or_with_the_time() {
        let lost = |failures, time| {
            let patience = Patience {
                failures,
                time,
                ..Patience::default()
            };
            patience.is_lost().is_some()
        };
        let second = Duration::from_secs(1);
        assert!(!lost(limits::FAILURES, second));
        assert!(lost(0, second));
        assert!(lost(limits::FAILURES, Duration::ZERO));
    }

    #[test]
    fn a_frame_comes_out_as_it_went_in_or_not_at_all() {
        let mut written = Vec::new();
        write_frame(&mut written, b"abc").expect("written");
        assert_eq!(frame(&mut written.as_slice()).expect("read"), b"abc");
        for length in 0..written.len() {
            assert!(frame(&mut &written[..length]).is_err());
        }
    }
}
