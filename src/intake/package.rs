//! The zip container that most workbooks are, looked at before anything unpacks it.
//!
//! Knows nothing of what is in the parts.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::limits;
use super::{Refusal, listing, text};

/// Bytes of the shared strings looked at for their stated number.
const STATED_WITHIN: u64 = 4096;
/// The least a shared string takes, rounded down.
const STRING_BYTES: u64 = 4;

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
            let name = String::from_utf8_lossy(file.name_raw()).into_owned();
            let size = file.size();
            parts.insert(key(&name), Part { index, size });
        }
        Some(Self {
            ambiguous: stated.max(zip.len() as u64) > parts.len() as u64,
            bytes,
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
        self.parts.contains_key(&key(name))
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
            return Err(Refusal::Unreadable(
                "文件内有重名的部分，请用 Excel 或 WPS 打开后另存为 .xlsx".to_owned(),
            ));
        }
        Ok(())
    }

    /// Whether the shared strings of an .xlsx can be as many as it states: its reader reserves memory for all of
    /// them at once.
    pub(super) fn has_room_for_its_strings(&mut self) -> bool {
        let parts = self.parts.iter();
        let tables: Vec<(String, u64)> = parts
            .filter(|(name, _)| name.ends_with("sharedstrings.xml"))
            .map(|(name, part)| (name.clone(), part.size))
            .collect();
        tables.iter().all(|(name, size)| {
            // Where something else fills the beginning, the whole part tells.
            let stated = [STATED_WITHIN, limits::PART.most()]
                .into_iter()
                .find_map(|most| strings_stated(&self.beginning(name, most)?));
            stated.is_none_or(|stated| stated <= size / STRING_BYTES)
        })
    }

    /// How much is gone through to read these parts, one after the other.
    pub(super) fn size_of<'n>(&self, names: impl Iterator<Item = &'n String>) -> u64 {
        names
            .filter_map(|name| self.parts.get(&key(name)))
            .fold(0, |sum, part| sum.saturating_add(part.size))
    }

    /// The size of the largest part whose name ends so.
    pub(super) fn largest_called(&self, ending: &str) -> u64 {
        let called = self.parts.iter().filter(|(name, _)| name.ends_with(ending));
        called.map(|(_, part)| part.size).max().unwrap_or_default()
    }

    /// The first `most` bytes of a part.
    pub(super) fn beginning(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let index = self.parts.get(&key(name))?.index;
        let mut content = Vec::new();
        let file = self.zip.by_index(index).ok()?;
        file.take(most).read_to_end(&mut content).ok()?;
        Some(content)
    }

    /// A whole part, within its limit.
    pub(super) fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        self.beginning(name, limits::PART.most())
    }

    /// A whole part as text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        text::decode(&self.part(name)?)
    }

    /// Which part each relation of the workbook, as its .rels part says, leads to.
    pub(super) fn targets(&mut self, relations: &str) -> Option<BTreeMap<String, String>> {
        let relations = self.text(relations)?;
        let mut reader = Reader::from_str(&relations);
        let mut targets = BTreeMap::new();
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) | Event::Empty(element)
                    if element.local_name().as_ref() == "Relationship" =>
                {
                    let value = |name| {
                        let attribute = element.try_get_attribute(name).ok()??;
                        Some(attribute.value.into_owned())
                    };
                    if let (Some(id), Some(target)) = (value("Id"), value("Target")) {
                        let part = match target.strip_prefix('/') {
                            Some(absolute) => absolute.to_owned(),
                            None => format!("xl/{target}"),
                        };
                        targets.insert(id, part);
                    }
                }
                Event::Eof => return Some(targets),
                _ => {}
            }
        }
    }

    /// The same container without what keeps the workbook reader from good sheets, or nothing when there is no
    /// such thing: the worksheets' `<dimension>`, a hint that some programs get wrong, and macro sheets, which
    /// the reader does not know; as dialogs they are left out.
    pub(super) fn repaired(&mut self) -> Option<Vec<u8>> {
        let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        let mut changed = false;
        let parts: Vec<(String, usize)> = self
            .parts
            .iter()
            .map(|(name, part)| (name.clone(), part.index))
            .collect();
        for (name, index) in parts {
            let better = if name.ends_with("workbook.xml.rels") {
                self.text(&name)
                    .and_then(|relations| without_macro_sheets(&relations))
            } else if name.contains("worksheets/") {
                self.text(&name).and_then(without_dimension)
            } else {
                None
            };
            if let Some(better) = better {
                let own_name = self.zip.name_for_index(index)?.ok()?.into_owned();
                let options = SimpleFileOptions::default();
                copy.start_file(own_name, options).ok()?;
                copy.write_all(better.as_bytes()).ok()?;
                changed = true;
            } else {
                let part = self.zip.by_index_raw(index).ok()?;
                copy.raw_copy_file(part).ok()?;
            }
        }
        let copy = copy.finish().ok()?.into_inner();
        changed.then_some(copy)
    }
}

/// How part names are compared.
fn key(name: &str) -> String {
    name.replace('\\', "/")
        .trim_start_matches('/')
        .to_ascii_lowercase()
}

/// A worksheet without its `<dimension>`, which stands before the cells if at all.
fn without_dimension(sheet: String) -> Option<String> {
    let head = sheet.find("sheetData")?;
    let word = sheet[..head].find("dimension")?;
    let start = sheet[..word].rfind('<')?;
    let end = word + sheet[word..head].find('>')? + 1;
    let mut sheet = sheet;
    // With a closing tag of its own, that one stays and must stay matched.
    if sheet[..end].ends_with("/>") {
        sheet.replace_range(start..end, "");
        Some(sheet)
    } else {
        None
    }
}

/// The relations of a workbook in which no sheet is said to be one of macros.
fn without_macro_sheets(relations: &str) -> Option<String> {
    let fewer = ["/xlMacrosheet\"", "/xlIntlMacrosheet\""]
        .iter()
        .fold(relations.to_owned(), |relations, kind| {
            relations.replace(kind, "/dialogsheet\"")
        });
    (fewer != relations).then_some(fewer)
}

/// The number of shared strings that the first element of their part states; nothing when that element is not whole.
/// A number too large to be one is the largest.
fn strings_stated(start: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(start);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    loop {
        match reader.read_event().ok()? {
            Event::Start(table) | Event::Empty(table) if table.local_name().as_ref() == "sst" => {
                let mut attributes = table.attributes();
                attributes.with_checks(false);
                let stated = attributes
                    .filter_map(Result::ok)
                    .filter(|attribute| attribute.key.local_name().as_ref() == "uniqueCount")
                    .map(|attribute| number(&attribute.value));
                return stated.max().or(Some(0));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The number in a text, whatever stands around it.
fn number(text: &str) -> u64 {
    let number = text.trim_start_matches(|character: char| !character.is_ascii_digit());
    let end = number.find(|character: char| !character.is_ascii_digit());
    match &number[..end.unwrap_or(number.len())] {
        "" => 0,
        digits => digits.parse().unwrap_or(u64::MAX),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Cursor, Package, Refusal, SimpleFileOptions, Write, ZipWriter};

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
    fn a_lie_about_the_number_of_strings_is_seen() {
        for (stated, fits) in [
            ("1", true),
            ("999999", false),
            ("99999999999999999999", false),
            (" +999999", false),
        ] {
            let strings = format!(
                r#"<!-- <si/> uniqueCount="1" --><?x uniqueCount="1"?><sst uniqueCount="{stated}"><si><t>a</t></si></sst>"#
            );
            let bytes = zip(&[("xl/sharedStrings.xml", &strings)]);
            let mut package = Package::open(&bytes).expect("a zip");
            assert_eq!(package.has_room_for_its_strings(), fits, "{stated}");
            // However far away from the beginning.
            let strings = format!("<!--{}-->{strings}", " ".repeat(5_000));
            let bytes = zip(&[("XL\\sharedStrings.xml", &strings)]);
            let mut package = Package::open(&bytes).expect("a zip");
            assert_eq!(package.has_room_for_its_strings(), fits, "{stated}");
        }
    }

    #[test]
    fn the_dimension_alone_is_left_out() {
        let sheet = r#"<worksheet><dimension ref="??"/><sheetData/></worksheet>"#;
        let bytes = zip(&[("xl/worksheets/sheet1.xml", sheet), ("other", "o")]);
        let mut package = Package::open(&bytes).expect("a zip");
        let copy = package.repaired().expect("changed");
        let mut copy = Package::open(&copy).expect("a zip");
        let expected = "<worksheet><sheetData/></worksheet>";
        assert_eq!(
            copy.text("xl/worksheets/sheet1.xml").as_deref(),
            Some(expected)
        );
        assert_eq!(copy.text("other").as_deref(), Some("o"));
        assert_eq!(copy.repaired(), None);
    }
}
