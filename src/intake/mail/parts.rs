//! The parts of a mail, found by their boundaries.
//!
//! Knows what divides the parts, not what is in them. One pass over the lines and a stack of open multiparts: no
//! mail, however nested, takes longer or goes deeper. A boundary of an outer multipart also ends the inner ones,
//! whose own end some programs forget.

use super::super::Refusal;
use super::field::{self, Field};

/// So deep multiparts are opened; one that lies deeper is a part like any other.
const DEPTH: usize = 50;

/// A part that is no multipart.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) head: &'a [u8],
    pub(super) body: &'a [u8],
    /// Where nothing else is said, such a part is a mail.
    pub(super) in_digest: bool,
}

/// A multipart whose end has not come.
struct Multipart {
    boundary: Vec<u8>,
    is_digest: bool,
}

/// The part that is being read.
struct Begun {
    head: usize,
    /// Where the head ends and the body begins, once that is known.
    body: Option<(usize, usize)>,
}

/// Hands on all parts of a mail, in order, for as long as they are taken; those with nothing in them are none.
pub(super) fn each<'a>(
    mail: &'a [u8],
    mut hand_on: impl FnMut(&Part<'a>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut finish = |begun: Option<Begun>, end: usize, open: &[Multipart]| {
        let part = begun.map(|begun| finished(mail, &begun, end, open));
        match part.filter(|part| !part.head.is_empty() || !part.body.is_empty()) {
            Some(part) => hand_on(&part),
            None => Ok(()),
        }
    };
    let mut open: Vec<Multipart> = Vec::new();
    let mut begun = Some(Begun {
        head: 0,
        body: None,
    });
    let mut next = 0;
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        let start = next;
        next += line.len();
        if let Some(part) = &mut begun
            && part.body.is_none()
            && let Some(body) = end_of_head(line, start)
        {
            part.body = Some((start, body));
            if let Some(multipart) = multipart(&mail[part.head..start])
                && open.len() < DEPTH
            {
                open.push(multipart);
                begun = None;
            }
        }
        if let Some((depth, is_end)) = boundary(line, &open) {
            finish(begun.take(), start, &open)?;
            open.truncate(if is_end { depth } else { depth + 1 });
            begun = (!is_end).then_some(Begun {
                head: next,
                body: None,
            });
        }
    }
    finish(begun, mail.len(), &open)
}

/// The head at the start of a mail.
pub(super) fn head_of(mail: &[u8]) -> &[u8] {
    let mut next = 0;
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if end_of_head(line, next).is_some() {
            return &mail[..next];
        }
        next += line.len();
    }
    mail
}

/// Where the body begins, if this line ends the head: a blank line, or a boundary where it was forgotten.
fn end_of_head(line: &[u8], start: usize) -> Option<usize> {
    let is_blank = line.iter().all(|byte| matches!(byte, b'\r' | b'\n'));
    if is_blank {
        Some(start + line.len())
    } else {
        line.starts_with(b"--").then_some(start)
    }
}

/// The multipart that a head announces.
fn multipart(head: &[u8]) -> Option<Multipart> {
    let content_type = Field::read(&field::raw(head, "Content-Type")?);
    let kind = content_type.value.strip_prefix("multipart/")?;
    let boundary = content_type.parameter("boundary")?.trim_end().as_bytes();
    (!boundary.is_empty()).then(|| Multipart {
        boundary: boundary.to_vec(),
        is_digest: kind == "digest",
    })
}

/// Which of the open multiparts this line divides, and whether it is its end.
fn boundary(line: &[u8], open: &[Multipart]) -> Option<(usize, bool)> {
    let line = line.strip_prefix(b"--")?.trim_ascii_end();
    let ends = line.strip_suffix(b"--");
    let mut open = open.iter().enumerate().rev();
    open.find_map(|(depth, open)| {
        if line == open.boundary {
            Some((depth, false))
        } else {
            (ends? == open.boundary).then_some((depth, true))
        }
    })
}

/// The part up to `end`. The line break before a boundary belongs to the boundary.
fn finished<'a>(mail: &'a [u8], part: &Begun, end: usize, open: &[Multipart]) -> Part<'a> {
    let (head_end, body) = part.body.unwrap_or((end, end));
    let mut content = &mail[body..end];
    if !open.is_empty() {
        content = content.strip_suffix(b"\n").unwrap_or(content);
        content = content.strip_suffix(b"\r").unwrap_or(content);
    }
    Part {
        head: &mail[part.head..head_end],
        body: content,
        in_digest: open.last().is_some_and(|last| last.is_digest),
    }
}
