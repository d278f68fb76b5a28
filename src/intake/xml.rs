//! What the readers of XML share: events, attributes and entities, with one refusal for whatever is wrong.
//!
//! Elements and attributes are known by their local names: the prefixes are the writer's choice. Knows nothing
//! of what they mean.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};
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

    /// What is still to be read. Not to be asked for behind an element without content, whose end is pending.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at()..).unwrap_or_default()
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
        // The end itself is read as ever, which sees whose it is.
        if self.is_behind_tag
            && let Some(end) = self.text.get(self.at()..).and_then(end_of)
        {
            *self.reader.get_mut() = end.as_bytes();
        }
        self.is_behind_tag = true;
        match self.reader.read_to_end(start.name()) {
            Ok(_) => Ok(()),
            Err(error) => Err(damaged(&error)),
        }
    }
}

/// From the end of the element on whose content a text begins with: all that stands before must be whole elements, plainly
/// written, and nothing else than the reader would find; else none.
fn end_of(text: &str) -> Option<&str> {
    /// Deeper than anything is that is written plainly.
    const DEEPEST: usize = 16;
    let bytes = text.as_bytes();
    let mut open: Vec<&[u8]> = Vec::new();
    let mut at = 0;
    loop {
        at += memchr2(b'<', b'&', bytes.get(at..)?)?;
        let inside = bytes.get(at + 1..)?;
        if bytes.get(at) == Some(&b'&') {
            let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'#';
            let length = inside.iter().take_while(is_name).count();
            if length == 0 || inside.get(length) != Some(&b';') {
                return None;
            }
            at += length + 2;
            continue;
        }
        let length = memchr(b'>', inside)?;
        let tag = inside.get(..length)?;
        match tag.split_first()? {
            (b'/', _) if open.is_empty() => return text.get(at..),
            (b'/', name) if open.pop() == Some(name) => {}
            (first, _) if first.is_ascii_alphabetic() => {
                // A sign that ends a tag may stand in quotes and mean nothing.
                let is_quoted = memchr_iter(b'"', tag).count() % 2 == 1;
                if is_quoted || memchr(b'\'', tag).is_some() || open.len() == DEEPEST {
                    return None;
                }
                if !tag.ends_with(b"/") {
                    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
                    open.push(tag.split(is_space).next()?);
                }
            }
            _ => return None,
        }
        at += length + 2;
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
