//! What the readers of XML share: events, attributes and entities, with one refusal for whatever is wrong.
//!
//! Elements and attributes are known by their local names: the prefixes are the writer's choice. Knows nothing
//! of what they mean.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::{Defect, Refusal};

/// A text being read. An element without content is told as its start and its end.
pub(super) struct Xml<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Nothing is pending: it stands behind a tag, and not behind that of an element without content, whose end has
    /// yet to be told.
    is_behind_tag: bool,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            text,
            reader,
            is_behind_tag: false,
        }
    }

    pub(super) fn next(&mut self) -> Result<Event<'a>, Refusal> {
        let event = self.reader.read_event().map_err(|error| damaged(&error))?;
        self.is_behind_tag = match event {
            Event::Start(_) => !self.text[..self.at()].ends_with("/>"),
            Event::End(_) => true,
            _ => false,
        };
        Ok(event)
    }

    /// How far it has got.
    fn at(&self) -> usize {
        self.text.len() - self.reader.get_ref().len()
    }

    /// What comes next, where it can be told from its look: `read` gives it, and what stands behind it. It must be made
    /// of whole elements, and what is between them must mean nothing, or what follows is read wrongly.
    pub(super) fn at_a_glance<T>(
        &mut self,
        read: impl FnOnce(&'a str) -> Option<(T, &'a str)>,
    ) -> Option<T> {
        if !self.is_behind_tag {
            return None;
        }
        let (told, rest) = read(self.text.get(self.at()..)?)?;
        *self.reader.get_mut() = rest.as_bytes();
        Some(told)
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
        self.is_behind_tag = true;
        match self.reader.read_to_end(start.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(damaged(&error)),
        }
    }
}

/// Attributes by their local names, with entities resolved; one after the other, for there may be millions.
pub(super) fn attributes<'s>(
    start: &'s BytesStart<'_>,
) -> impl Iterator<Item = Result<(&'s str, Cow<'s, str>), Refusal>> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.map(|attribute| {
        let attribute = attribute.map_err(|error| damaged(&error))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| damaged(&error))?;
        Ok((attribute.key.local_name().into_inner(), value))
    })
}

/// The attribute of this local name.
pub(super) fn attribute<'s>(
    start: &'s BytesStart<'_>,
    name: &str,
) -> Result<Option<Cow<'s, str>>, Refusal> {
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
