//! What the readers of XML share: events, attributes and entities, with one refusal for whatever is wrong.
//!
//! Elements and attributes are known by their local names: the prefixes are the writer's choice. Knows nothing
//! of what they mean.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Defect, Refusal};

/// A text being read. An element without content is told as its start and its end.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    pub(super) fn next(&mut self) -> Result<Event<'a>, Refusal> {
        self.reader.read_event().map_err(|error| damaged(&error))
    }

    /// The next event inside an element: here the end of the file is a fault.
    pub(super) fn next_inside(&mut self) -> Result<Event<'a>, Refusal> {
        match self.next()? {
            Event::Eof => Err(damaged(&())),
            event => Ok(event),
        }
    }

    /// Passes over an element and all that is in it.
    pub(super) fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        match self.reader.read_to_end(start.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(damaged(&error)),
        }
    }
}

/// Attributes by their local names, with entities resolved; one after the other, for there may be millions.
pub(super) fn attributes(
    start: &BytesStart<'_>,
) -> impl Iterator<Item = Result<(String, String), Refusal>> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.map(|attribute| {
        let attribute = attribute.map_err(|error| damaged(&error))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| damaged(&error))?;
        let key = attribute.key.local_name().as_ref().to_owned();
        Ok((key, value.into_owned()))
    })
}

/// The attribute of this local name.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    for attribute in attributes(start) {
        let (key, value) = attribute?;
        if key == name {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The character that an entity stands for.
pub(super) fn character(entity: &BytesRef<'_>) -> Result<String, Refusal> {
    if let Some(character) = entity.resolve_char_ref().map_err(|error| damaged(&error))? {
        return Ok(character.to_string());
    }
    quick_xml::escape::resolve_xml_entity(entity.as_ref())
        .map(str::to_owned)
        .ok_or_else(|| damaged(&()))
}

/// Whatever was wrong with the file: a person can only save it anew.
pub(super) fn damaged<E>(_: &E) -> Refusal {
    Refusal::Unreadable(Defect::Damaged)
}
