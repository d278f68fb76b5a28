//! The texts of a workbook, and which parts of them are struck out or coloured.

use memchr::memchr;
use quick_xml::events::{BytesCData, BytesText, Event};

use super::glance;
use super::styles::{colour, flag};
use crate::intake::Refusal;
use crate::intake::limits::LETTERS;
use crate::intake::looks::{Face, Run};
use crate::intake::texts::{Rich, Texts};
use crate::intake::xml::{Xml, character};

/// The shared texts of a part.
pub(super) fn shared(text: &str) -> Result<Texts, Refusal> {
    let mut xml = Xml::new(text);
    let mut texts = Texts::default();
    loop {
        while let Some((text, keeps_space)) = xml.at_a_glance(glance::text) {
            let text = if keeps_space {
                unescaped(text)
            } else {
                meant(text)
            };
            texts.push(Rich::plain(text))?;
        }
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "si" => {
                texts.push(rich(&mut xml)?)?;
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// A text up to the end of its element: one piece, or several that look differently. Readings of the letters (rPh)
/// belong to none.
pub(super) fn rich(xml: &mut Xml<'_>) -> Result<Rich, Refusal> {
    let mut rich = Rich::default();
    loop {
        match xml.next_inside()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => rich.text.push_str(&text(xml, keeps_space(&start))?),
                "r" => {
                    let font = run(xml, &mut rich.text)?;
                    let end = rich.text.len();
                    if rich.runs.last().map_or(0, |run| run.end) < end {
                        rich.runs.push(Run { end, font });
                    }
                }
                _ => xml.skip(&start)?,
            },
            Event::End(_) => return Ok(rich),
            _ => {}
        }
    }
}

/// One piece: its text, and its font where it has one of its own.
fn run(xml: &mut Xml<'_>, into: &mut String) -> Result<Option<Face>, Refusal> {
    let mut font = None;
    loop {
        match xml.next_inside()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "t" => into.push_str(&text(xml, keeps_space(&start))?),
                "rPr" => font = Some(face(xml)?),
                _ => xml.skip(&start)?,
            },
            Event::End(_) => return Ok(font),
            _ => {}
        }
    }
}

/// What matters of a font, up to the end of its element.
pub(super) fn face(xml: &mut Xml<'_>) -> Result<Face, Refusal> {
    let mut face = Face::default();
    loop {
        match xml.next_inside()? {
            Event::Start(start) => {
                match start.local_name().as_ref() {
                    "strike" => face.struck = flag(&start)?,
                    "color" => face.colour = colour(&start)?,
                    _ => {}
                }
                xml.skip(&start)?;
            }
            Event::End(_) => return Ok(face),
            _ => {}
        }
    }
}

fn keeps_space(start: &quick_xml::events::BytesStart<'_>) -> bool {
    start
        .try_get_attribute("xml:space")
        .ok()
        .flatten()
        .is_some_and(|space| space.value.as_ref() == "preserve")
}

/// The text of an element as it stands, up to its end.
pub(super) fn verbatim(xml: &mut Xml<'_>) -> Result<String, Refusal> {
    let mut text = String::new();
    if let Some(beginning) = xml.at_a_glance(glance::endless) {
        text.push_str(beginning);
    } else if let Some(all) = xml.at_a_glance(glance::escaped) {
        text.push_str(&all);
    }
    loop {
        match xml.next_inside()? {
            Event::Start(start) => xml.skip(&start)?,
            Event::End(_) => return Ok(text),
            _ if text.len() > ENOUGH => {}
            Event::Text(part) => {
                let part = BytesText::from_escaped(beginning(&part));
                text.push_str(&part.xml10_content());
            }
            Event::CData(part) => {
                let part = BytesCData::new(beginning(&part));
                text.push_str(&part.xml10_content());
            }
            Event::GeneralRef(entity) => text.push_str(&character(&entity)?),
            _ => {}
        }
    }
}

/// More bytes than the letters of a cell can have: of what is longer the rest need not be gone through.
pub(super) const ENOUGH: usize = 4 * LETTERS;

fn beginning(part: &str) -> &str {
    let end = part.floor_char_boundary(ENOUGH + 4);
    part.get(..end).unwrap_or(part)
}

/// The text of an element as it is meant, up to its end.
fn text(xml: &mut Xml<'_>, keeps_space: bool) -> Result<String, Refusal> {
    let text = verbatim(xml)?;
    Ok(if keeps_space {
        unescaped(&text)
    } else {
        meant(&text)
    })
}

/// A text that does not say that it keeps its space.
pub(super) fn meant(text: &str) -> String {
    unescaped(text.trim_matches([' ', '\t', '\r', '\n']))
}

/// `_x000D_` stands for the character of that number.
pub(super) fn unescaped(text: &str) -> String {
    if memchr(b'_', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut units: Vec<u16> = Vec::new();
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    let flush = |units: &mut Vec<u16>, whole: &mut String| {
        if !units.is_empty() {
            whole.push_str(&String::from_utf16_lossy(units));
            units.clear();
        }
    };
    while let Some(at) = rest.find("_x") {
        let escape = rest.get(at + 2..at + 7).filter(|escape| {
            escape.ends_with('_') && escape[..4].bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        let unit = escape.and_then(|escape| u16::from_str_radix(&escape[..4], 16).ok());
        let (plain, after) = rest.split_at(if unit.is_some() { at } else { at + 2 });
        if !plain.is_empty() {
            flush(&mut units, &mut whole);
            whole.push_str(plain);
        }
        rest = match unit {
            Some(unit) => {
                units.push(unit);
                &after[7..]
            }
            None => after,
        };
    }
    flush(&mut units, &mut whole);
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::{shared, unescaped};

    #[test]
    fn escapes_are_characters() {
        for (written, read) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "📷"),
            ("_x00", "_x00"),
            ("学_x_会", "学_x_会"),
            ("_x学会学会", "_x学会学会"),
            ("", ""),
        ] {
            assert_eq!(unescaped(written), read, "{written}");
        }
    }

    #[test]
    fn letters_written_as_entities_are_letters() {
        for (written, read) in [
            ("&#23398;&#x4F1A;", Some("学会")),
            ("1 &lt; 2 &amp;amp; 3", Some("1 < 2 &amp; 3")),
            ("&#23398;\r\n会", Some("学\n会")),
            ("&#23398;<![CDATA[<会>]]>&gt;", Some("学<会>>")),
            ("学&nbsp;会", None),
            ("学&#xD800;会", None),
        ] {
            let strings = shared(&format!("<sst><si><t>{written}</t></si></sst>"));
            let text = strings
                .ok()
                .and_then(|texts| texts.get(0).map(|(text, _)| text.to_owned()));
            assert_eq!(text.as_deref(), read, "{written}");
        }
    }

    #[test]
    fn what_no_cell_can_hold_is_passed_over() {
        for (piece, is_escaped) in [("学", false), ("&#23398;", true)] {
            let long = piece.repeat(20 * super::LETTERS);
            let part = format!("<sst><si><t>{long}</t></si><si><t>会</t></si></sst>");
            let strings = shared(&part).expect("readable");
            let (text, _) = strings.get(0).expect("there");
            assert!(text.starts_with("学学"), "{is_escaped}");
            assert!(text.chars().count() > super::LETTERS, "{is_escaped}");
            assert!(text.len() < 40 * super::LETTERS, "{is_escaped}");
            assert_eq!(strings.get(1).map(|(text, _)| text), Some("会"));
        }
    }

    #[test]
    fn readings_belong_to_no_text_and_parts_keep_their_looks() {
        let strings = shared(
            r#"<sst><si><t>甲</t><rPh sb="0" eb="1"><t>jia</t></rPh></si><si/>
            <si><r><rPr><strike/></rPr><t>1</t></r><r><t>9</t></r></si></sst>"#,
        )
        .expect("readable");
        assert_eq!(strings.get(0).map(|(text, _)| text), Some("甲"));
        assert_eq!(strings.get(1).map(|(text, _)| text), Some(""));
        let (text, runs) = strings.get(2).expect("there");
        assert_eq!(text, "19");
        assert!(runs[0].font.is_some_and(|font| font.struck));
        assert!(runs[1].font.is_none());
        assert_eq!(strings.get(3), None);
    }
}
