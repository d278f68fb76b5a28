//! The zip container that most workbooks are, looked at before anything unpacks it.
//!
//! Knows nothing of what is in the parts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::rc::Rc;

use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

use super::limits;
use super::seen::{self, Packed};
use super::xml::{Xml, attribute};
use super::{Defect, Refusal, inflate, listing, text};

/// An opened container. Part names are compared without regard to case and kind of slash, as programs do.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    zip: ZipArchive<Cursor<&'a [u8]>>,
    parts: BTreeMap<String, Part>,
    /// More parts than names.
    ambiguous: bool,
    encrypted: bool,
}

struct Part {
    index: usize,
    size: u64,
    method: CompressionMethod,
    checksum: u32,
    /// Where it lies in the container, packed.
    at: Option<Range<usize>>,
}

impl<'a> Package<'a> {
    /// The container, if its list of parts can be read. Nothing is unpacked.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let stated = listing::stated(bytes).unwrap_or_default();
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut parts = BTreeMap::new();
        let mut encrypted = false;
        for index in 0..zip.len() {
            let file = zip.by_index_raw(index).ok()?;
            encrypted |= file.encrypted();
            let name = String::from_utf8_lossy(file.name_raw());
            let name = key(&name).into_owned();
            let packed = file.data_start().and_then(|start| {
                let end = start.checked_add(file.compressed_size())?;
                Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
            });
            let part = Part {
                index,
                size: file.size(),
                method: file.compression(),
                checksum: file.crc32(),
                at: packed,
            };
            parts.insert(name, part);
        }
        Some(Self {
            bytes,
            ambiguous: stated.max(zip.len() as u64) > parts.len() as u64,
            zip,
            parts,
            encrypted,
        })
    }

    /// All parts together, unpacked, as the zip states; unpacking stops there.
    pub(super) fn unpacked(&self) -> u64 {
        let sizes = self.parts.values().map(|part| part.size);
        sizes.fold(0, u64::saturating_add)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&*key(name))
    }

    /// Whether a part needs a password.
    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Holds the container to its limits before its parts are unpacked. The sizes are those the zip states;
    /// unpacking stops at them, so they cannot be understated.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        limits::ENTRIES.hold(self.parts.len() as u64)?;
        for part in self.parts.values() {
            limits::PART.hold(part.size)?;
        }
        limits::PARTS.hold(self.unpacked())?;
        if self.ambiguous {
            // Programs differ in which of them they show.
            return Err(Refusal::Unreadable(Defect::PartsAlike));
        }
        Ok(())
    }

    /// How much is gone through to read these parts, one after the other.
    pub(super) fn size_of<'n>(&self, names: impl Iterator<Item = &'n String>) -> u64 {
        names
            .filter_map(|name| self.parts.get(&*key(name)))
            .fold(0, |sum, part| sum.saturating_add(part.size))
    }

    /// The size of the largest part whose name ends so.
    pub(super) fn largest_called(&self, ending: &str) -> u64 {
        let called = self.parts.iter().filter(|(name, _)| name.ends_with(ending));
        called.map(|(_, part)| part.size).max().unwrap_or_default()
    }

    /// The first `most` bytes of a part.
    pub(super) fn beginning(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        /// Room for so much is made at its word.
        const AT_ONCE: u64 = 1024 * 1024;
        let part = self.parts.get(&*key(name))?;
        let room = part.size.min(most).min(AT_ONCE);
        if room == part.size
            && part.method == CompressionMethod::Deflated
            && !self.encrypted
            && let Some(packed) = part.at.clone().and_then(|at| self.bytes.get(at))
            && let Ok(size) = usize::try_from(part.size)
            && let Some(content) = inflate::whole(packed, size, part.checksum)
        {
            return Some(content);
        }
        let mut content = vec![0; usize::try_from(room).unwrap_or_default()];
        let mut file = self.zip.by_index(part.index).ok()?.take(most);
        let mut length = 0;
        while let Some(free) = content.get_mut(length..).filter(|free| !free.is_empty()) {
            match file.read(free).ok()? {
                0 => break,
                more => length += more,
            }
        }
        content.truncate(length);
        // Only its end tells that it is whole; and it may have been longer than it said.
        file.read_to_end(&mut content).ok()?;
        Some(content)
    }

    /// A whole part, within its limit.
    pub(super) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        self.beginning(name, limits::PART.most())
    }

    /// A whole part as text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        text::decode_whole(self.part(name)?)
    }

    /// What a whole part comes to when it is read so; none where there is no such part, or no text in it. A part that
    /// was read before, in this container or another, is not read again.
    pub(super) fn understood<T: 'static>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<Result<Rc<T>, Refusal>> {
        self.beginning_understood(name, limits::PART.most(), read)
    }

    /// The same for the first `most` bytes of a part.
    pub(super) fn beginning_understood<T: 'static>(
        &mut self,
        name: &str,
        most: u64,
        read: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<Result<Rc<T>, Refusal>> {
        let packed = self.packed(name);
        if let Some(known) = packed.as_ref().and_then(seen::recall) {
            return Some(Ok(known));
        }
        let text = text::decode_whole(self.beginning(name, most)?)?;
        Some(read(&text).map(|came_to| match packed {
            // Of what is read in part only the beginning was understood.
            Some(packed) if packed.size <= most => seen::keep(packed, came_to),
            _ => Rc::new(came_to),
        }))
    }

    /// A part as it lies in the container.
    fn packed(&self, name: &str) -> Option<Packed<&'a [u8]>> {
        let name = key(name);
        let part = self.parts.get(&*name)?;
        Some(Packed {
            bytes: self.bytes.get(part.at.clone()?)?,
            name: name.into_owned(),
            method: part.method,
            checksum: part.checksum,
            size: part.size,
        })
    }

    /// Where the relations of a part lead, by their ids; those of the whole package where the part has no name.
    pub(super) fn relations(&mut self, part: &str) -> Option<Rc<Relations>> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let relations = inside(folder, &format!("_rels/{name}.rels"));
        let relations = self.understood(&relations, |text| relations_in(text, folder))?;
        relations.ok()
    }
}

/// The relations in a text about a part in this folder.
fn relations_in(text: &str, folder: &str) -> Result<Relations, Refusal> {
    let mut xml = Xml::new(text);
    let mut relations = Relations::new();
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let value = |name| attribute(&start, name).ok().flatten();
                if let (Some(id), Some(target)) = (value("Id"), value("Target")) {
                    let relation = Relation {
                        kind: value("Type").unwrap_or_default().into_owned(),
                        target: inside(folder, &target),
                    };
                    relations.insert(id.into_owned(), relation);
                }
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The relations of a part, by their ids.
pub(super) type Relations = BTreeMap<String, Relation>;

/// Where a relation leads.
pub(super) struct Relation {
    /// What it leads to: an address whose end tells it.
    pub(super) kind: String,
    /// The part.
    pub(super) target: String,
}

/// What `target` is for a part that lies in `folder`.
fn inside(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut way: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(way.pop()),
            part => way.push(part),
        }
    }
    way.join("/")
}

/// How part names are compared.
fn key(name: &str) -> Cow<'_, str> {
    let is_other = |byte: u8| byte == b'\\' || byte.is_ascii_uppercase();
    if name.starts_with('/') || name.bytes().any(is_other) {
        let name = name.replace('\\', "/");
        name.trim_start_matches('/').to_ascii_lowercase().into()
    } else {
        name.into()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::{Cursor, Package, Refusal, inside};

    /// A zip made of these parts.
    pub(in crate::intake) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let options = SimpleFileOptions::default();
            zip.start_file(*name, options).expect("started");
            zip.write_all(content.as_bytes()).expect("written");
        }
        zip.finish().expect("finished").into_inner()
    }

    #[test]
    fn parts_are_found_as_programs_find_them() {
        let bytes = zip(&[("xl\\Workbook.xml", "a"), ("/b", "b")]);
        let mut package = Package::open(&bytes).expect("a zip");
        assert!(package.has("xl/workbook.xml"));
        assert_eq!(package.text("B").as_deref(), Some("b"));
        assert_eq!(package.text("c"), None);
        assert_eq!(package.check(), Ok(()));
    }

    #[test]
    fn names_that_programs_cannot_tell_apart_are_refused() {
        let bytes = zip(&[("a", "1"), ("A", "2")]);
        let package = Package::open(&bytes).expect("a zip");
        assert!(matches!(package.check(), Err(Refusal::Unreadable(_))));
    }

    #[test]
    fn targets_are_parts_wherever_the_part_lies() {
        for (folder, target, part) in [
            ("xl", "worksheets/a.xml", "xl/worksheets/a.xml"),
            ("xl", "/xl/a.xml", "xl/a.xml"),
            ("xl/worksheets", "../a.xml", "xl/a.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("", "../../a", "a"),
        ] {
            assert_eq!(inside(folder, target), part);
        }
    }
}
