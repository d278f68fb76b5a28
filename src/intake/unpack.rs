//! From what lies on the disk to the items in it: the file itself, and everything inside archives and mails.
//!
//! Everything is read in memory; nothing is written anywhere. What is set aside by its name on the disk is set aside
//! inside archives too. Knows nothing of cells.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::apart::{Apart, Patience};
use super::archive::Archive;
use super::sniff::{self, Where};
use super::walk::{self, Found, Junk};
use super::{
    Content, Defect, Holder, Holding, Intake, Machine, Refusal, Remedy, Shape, Shut, Source, Why,
    limits, magic, mail,
};
use crate::model::quiet::quietly;

/// Something that came in: a file, an archive or mail, or a file inside one.
#[derive(Debug)]
pub struct Item {
    source: Source,
    state: State,
}

#[derive(Debug)]
enum State {
    /// Its content is decided.
    Known(Content),
    /// Still to be read, here or apart.
    Bytes(Vec<u8>, bool),
}

impl Item {
    /// Whether it is to be read in a process of its own.
    #[must_use]
    pub const fn is_apart(&self) -> bool {
        matches!(self.state, State::Bytes(_, true))
    }

    #[must_use]
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// Reads the item. Never fails and never panics: whatever is wrong is said in the content.
    #[must_use]
    pub fn read(self, apart: &Apart, patience: &mut Patience) -> Intake {
        match self.state {
            State::Known(content) => Intake {
                source: self.source,
                content,
            },
            State::Bytes(bytes, is_apart) => {
                let source = self.source.of(&bytes);
                let content = if is_apart {
                    apart.read(source.name(), bytes, patience)
                } else {
                    super::content(source.name(), &bytes, apart.passwords())
                };
                Intake { source, content }
            }
        }
    }
}

/// Everything in what was found, itself first, then by the way inside it. Never panics: should a reader of archives or
/// mails do so, the file is refused.
#[must_use]
pub fn unpack(found: &Found) -> Vec<Item> {
    quietly(|| unpacked(found)).unwrap_or_else(|| {
        let mut unpacking = Unpacking::default();
        let source = Source {
            file: found.file.clone(),
            named: found.named,
            ..Source::default()
        };
        let fault = Defect::Machine(Machine::FailedOpening);
        unpacking.refused(source, Shape::File, Refusal::Unreadable(fault));
        unpacking.items
    })
}

fn unpacked(found: &Found) -> Vec<Item> {
    let mut source = Source {
        file: found.file.clone(),
        named: found.named,
        ..Source::default()
    };
    let mut unpacking = Unpacking::default();
    if let Some(junk) = found.junk {
        source.size = fs::symlink_metadata(&found.path).map_or(0, |metadata| metadata.len());
        unpacking.known(source, set_aside(junk));
        return unpacking.items;
    }
    match bytes_of(&found.path, &mut source) {
        Ok(bytes) => unpacking.take(source, bytes, 0),
        Err(content) => unpacking.known(source, content),
    }
    let mut items = unpacking.items;
    items.sort_by(|a, b| a.source.within.cmp(&b.source.within));
    items
}

/// Everything in `bytes`, called `name`, as [`unpack`] finds it in a file. For the fuzzing of what strangers send.
#[doc(hidden)]
#[must_use]
pub fn items_of(name: &str, bytes: Vec<u8>) -> Vec<Item> {
    let source = Source {
        file: name.to_owned(),
        ..Source::default()
    };
    let mut unpacking = Unpacking::default();
    unpacking.take(source, bytes, 0);
    unpacking.items
}

fn set_aside(junk: Junk) -> Content {
    match junk {
        Junk::Voided => Content::skipped("在“作废”文件夹里，按经办人的意见不用", Why::Voided),
        Junk::Left(what) => Content::skipped(what, Why::Unrelated),
    }
}

/// One received file being unpacked.
#[derive(Default)]
struct Unpacking {
    items: Vec<Item>,
    /// Bytes unpacked so far, those of them that are kept, and those that the workbooks among them unpack to.
    unpacked: u64,
    kept: u64,
    books: u64,
    /// Files met inside, at all depths together.
    files: u64,
}

impl Unpacking {
    fn known(&mut self, source: Source, content: Content) {
        self.items.push(Item {
            source,
            state: State::Known(content),
        });
    }

    fn refused(&mut self, source: Source, shape: Shape, refusal: Refusal) {
        self.known(source, Content::Refused(refusal, shape));
    }

    /// Takes in one file, `depth` archives and mails deep.
    fn take(&mut self, source: Source, bytes: Vec<u8>, depth: u64) {
        let place = sniff::whereabouts(&bytes, source.name());
        let holder = match place {
            Where::Archive => Some(Shape::Archive),
            Where::Mail | Where::Mailbox => Some(Shape::Mail),
            Where::Here(_) | Where::Apart => None,
        };
        if let Some(shape) = holder
            && let Err(refusal) = limits::DEPTH.hold(depth + 1)
        {
            return self.refused(source.of(&bytes), shape, refusal);
        }
        match place {
            Where::Archive => self.archive(source.of(&bytes), &bytes, depth),
            Where::Mail => self.mail(source.of(&bytes), &bytes, depth),
            Where::Mailbox => self.mailbox(source.of(&bytes), &bytes, depth),
            // A scan is large and needs no reading.
            Where::Here(_) if let Some(content) = magic::at_a_glance(&bytes) => {
                self.known(source.of(&bytes), content);
            }
            Where::Here(_) | Where::Apart => {
                if depth > 0 {
                    self.kept += bytes.len() as u64;
                    if let Where::Here(size) = place {
                        self.books = self.books.saturating_add(size);
                    }
                    let held = limits::KEPT.hold(self.kept);
                    if let Err(refusal) = held.and_then(|()| limits::BOOKS.hold(self.books)) {
                        return self.refused(source.of(&bytes), Shape::File, refusal);
                    }
                }
                self.items.push(Item {
                    source,
                    state: State::Bytes(bytes, place == Where::Apart),
                });
            }
        }
    }

    /// Takes note of so many files more.
    fn hold_files(&mut self, more: usize) -> Result<(), Refusal> {
        self.files = self.files.saturating_add(more as u64);
        limits::ENTRIES.hold(self.files)
    }

    fn archive(&mut self, source: Source, bytes: &[u8], depth: u64) {
        let mut archive = match Archive::open(bytes) {
            Ok(archive) if archive.is_encrypted() => {
                let refusal = Refusal::Encrypted(Shut::Foreign);
                return self.refused(source, Shape::Archive, refusal);
            }
            Ok(archive) => archive,
            Err(refusal) => return self.refused(source, Shape::Archive, refusal),
        };
        // All or nothing: an archive that is read half is worse than one that is not read.
        let sizes = archive.entries.iter().map(|entry| entry.size);
        let unpacked = sizes.fold(self.unpacked, u64::saturating_add);
        let held = self.hold_files(archive.entries.len());
        if let Err(refusal) = held.and_then(|()| limits::INSIDE.hold(unpacked)) {
            return self.refused(source, Shape::Archive, refusal);
        }
        self.unpacked = unpacked;
        let outputs = archive.outputs(walk::is_manifest);
        let entries = archive.entries.clone();
        let mut names = Taken::default();
        self.holder(source.clone(), Holding::Archive, entries.len(), Vec::new());
        for output in &outputs {
            let folder = names.free(&walk::safe(output));
            let inner = within(&source, folder);
            self.known(inner, Content::packed(walk::OUTPUT, Remedy::TakeOut));
        }
        for entry in &entries {
            let mut inner = within(&source, names.free(&walk::safe(&entry.name)));
            inner.size = entry.size;
            let junk = walk::junk_inside(&entry.name).or_else(|| {
                let is_output = outputs.iter().any(|output| entry.name.starts_with(output));
                is_output.then_some(Junk::Left(walk::OUTPUT))
            });
            if let Some(junk) = junk {
                self.known(inner, set_aside(junk));
            } else if entry.is_link {
                self.known(inner, Content::skipped("链接，不跟随", Why::Unrelated));
            } else {
                match archive.unpack(entry) {
                    Ok(bytes) => self.take(inner, bytes, depth + 1),
                    Err(refusal) => {
                        let content = match refusal {
                            Refusal::OverLimits(_) => sniff::too_large(&entry.name, refusal),
                            // How it was packed is the archive's fault.
                            refusal => Content::Refused(refusal, Shape::Archive),
                        };
                        self.known(inner, content);
                    }
                }
            }
        }
    }

    fn mail(&mut self, source: Source, bytes: &[u8], depth: u64) {
        let mail = match mail::open(bytes) {
            Ok(mail) => mail,
            Err(refusal) => return self.refused(source, Shape::Mail, refusal),
        };
        let size = |attachment: &mail::Attachment| attachment.bytes.len() as u64;
        let unpacked = self.unpacked + mail.attachments.iter().map(size).sum::<u64>();
        let held = self.hold_files(mail.attachments.len());
        if let Err(refusal) = held.and_then(|()| limits::INSIDE.hold(unpacked)) {
            return self.refused(source, Shape::Mail, refusal);
        }
        self.unpacked = unpacked;
        let source = Source {
            letter: Some(Arc::new(mail.letter)),
            ..source
        };
        let files = mail.attachments.len();
        self.holder(source.clone(), Holding::Mail, files, mail.linked);
        let mut names = Taken::default();
        for attachment in mail.attachments {
            // A name without a way: whatever would lead elsewhere is part of the name.
            let name = walk::safe(&attachment.name).replace(['/', '\\'], "_");
            let inner = within(&source, names.free(&name));
            match walk::junk_inside(&name) {
                Some(junk) => self.known(inner.of(&attachment.bytes), set_aside(junk)),
                None => self.take(inner, attachment.bytes, depth + 1),
            }
        }
    }

    fn mailbox(&mut self, source: Source, bytes: &[u8], depth: u64) {
        let most = usize::try_from(limits::ENTRIES.most()).unwrap_or(usize::MAX);
        let mails: Vec<Vec<u8>> = mail::mailbox(bytes).take(most.saturating_add(1)).collect();
        if let Err(refusal) = self.hold_files(mails.len()) {
            return self.refused(source, Shape::Mail, refusal);
        }
        self.holder(source.clone(), Holding::Mailbox, mails.len(), Vec::new());
        let width = mails.len().to_string().len();
        for (number, mail) in (1..).zip(mails) {
            let inner = within(&source, format!("第{number:0width$}封.eml"));
            self.mail(inner.of(&mail), &mail, depth + 1);
        }
    }

    fn holder(&mut self, source: Source, what: Holding, files: usize, linked: Vec<String>) {
        let holder = Holder {
            what,
            files,
            linked,
        };
        self.known(source, Content::Holder(holder));
    }
}

/// Something called `name` inside of what `source` is.
fn within(source: &Source, name: String) -> Source {
    let mut within = source.within.clone();
    within.push(name);
    Source {
        file: source.file.clone(),
        within,
        letter: source.letter.clone(),
        ..Source::default()
    }
}

/// Taken given so far: a place means one file.
#[derive(Default)]
struct Taken(BTreeMap<String, u32>);

impl Taken {
    /// `name`, or with a number before its ending where it is taken.
    fn free(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        while self.0.contains_key(&free) {
            let number = self.0.entry(name.to_owned()).or_insert(1);
            *number += 1;
            free = match name.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() && !ending.contains('/') => {
                    format!("{stem}({number}).{ending}")
                }
                _ => format!("{name}({number})"),
            };
        }
        self.0.insert(free.clone(), 1);
        free
    }
}

/// The bytes of a file, or what to say of it instead. Nothing that is no plain file is opened: a pipe would
/// keep us waiting for ever.
fn bytes_of(path: &Path, source: &mut Source) -> Result<Vec<u8>, Content> {
    let refused = |machine| {
        let refusal = Refusal::Unreadable(Defect::Machine(machine));
        Content::Refused(refusal, Shape::File)
    };
    let metadata = fs::metadata(path).map_err(|error| refused(why(&error)))?;
    if metadata.is_dir() {
        return Err(refused(Machine::FolderDenied));
    }
    if !metadata.is_file() {
        return Err(Content::skipped("不是普通文件", Why::Unrelated));
    }
    source.size = metadata.len();
    let mut file = File::open(path).map_err(|error| refused(why(&error)))?;
    let mut head = Vec::new();
    let is_read = file.by_ref().take(4).read_to_end(&mut head).is_ok() && file.rewind().is_ok();
    let limit = if is_read && head.starts_with(b"PK") {
        limits::ARCHIVE
    } else {
        limits::FILE
    };
    let most = limit.most();
    let mut bytes = Vec::new();
    // One byte more than the most shows a file that is larger than it said.
    let size = if source.size > most {
        source.size
    } else {
        // A little more room than it says it needs, so that its end is met without asking for more.
        bytes.reserve(usize::try_from(source.size).unwrap_or_default() + 64);
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(why(&error)))? as u64
    };
    match limit.hold(size) {
        Ok(()) => Ok(bytes),
        Err(refusal) => Err(sniff::too_large(&source.file, refusal)),
    }
}

/// Why a file does not open.
fn why(error: &io::Error) -> Machine {
    /// Windows: another program has the file open, or a part of it locked.
    const SHARING: [i32; 2] = [32, 33];
    let shared = cfg!(windows)
        && error
            .raw_os_error()
            .is_some_and(|code| SHARING.contains(&code));
    match error.kind() {
        _ if shared => Machine::InUse,
        io::ErrorKind::NotFound => Machine::Gone,
        io::ErrorKind::PermissionDenied => Machine::Denied,
        _ => Machine::Disk,
    }
}
