//! Which spreadsheet a text is that begins with `<`, if it is one: by its first element.
//!
//! Knows nothing of cells.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::attributes;

/// A text by how it has to be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Markup {
    Html,
    SpreadsheetMl,
    /// An `OpenDocument` spreadsheet in one text.
    FlatOds,
    /// Another `OpenDocument` document in one text.
    FlatOther,
    Other,
}

const SPREADSHEET_ML: &str = "urn:schemas-microsoft-com:office:spreadsheet";
const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.";

/// What web pages begin with, as a rule or because a program wrote only a part of one.
const OF_HTML: [&str; 31] = [
    "html", "head", "meta", "title", "link", "base", "script", "style", "body", "table", "caption",
    "thead", "tbody", "tr", "td", "div", "p", "span", "font", "center", "br", "hr", "b", "h1",
    "h2", "h3", "h4", "form", "ul", "a", "frameset",
];

/// What the text is. Only its beginning is looked at.
pub(super) fn markup(text: &str) -> Markup {
    let text = text
        .trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => return by_root(&root),
            Ok(Event::DocType(doctype)) if begins_with_html(&doctype) => return Markup::Html,
            Ok(Event::End(_) | Event::Eof) | Err(_) => return Markup::Other,
            Ok(_) => {}
        }
    }
}

fn begins_with_html(doctype: &str) -> bool {
    let start = doctype.trim_start().get(..4);
    start.is_some_and(|start| start.eq_ignore_ascii_case("html"))
}

fn by_root(root: &BytesStart<'_>) -> Markup {
    let name = root.local_name().as_ref().to_owned();
    let says = |key: &str, is: &dyn Fn(&str) -> bool| {
        attributes(root)
            .map_while(Result::ok)
            .any(|(name, value)| (key.is_empty() || name == key) && is(&value))
    };
    match name.as_str() {
        "Workbook" if says("", &|value| value == SPREADSHEET_ML) => Markup::SpreadsheetMl,
        "document" if says("mimetype", &|kind| is_open_document(kind, "spreadsheet")) => {
            Markup::FlatOds
        }
        "document" if says("mimetype", &|kind| is_open_document(kind, "")) => Markup::FlatOther,
        _ if OF_HTML.contains(&name.to_ascii_lowercase().as_str()) => Markup::Html,
        _ => Markup::Other,
    }
}

fn is_open_document(mimetype: &str, kind: &str) -> bool {
    mimetype
        .strip_prefix(OPEN_DOCUMENT)
        .is_some_and(|rest| rest.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use super::{Markup, markup};

    #[test]
    fn the_first_element_decides() {
        for (text, expected) in [
            ("<html>", Markup::Html),
            ("\n <!DOCTYPE html>", Markup::Html),
            (
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0//EN\">",
                Markup::Html,
            ),
            ("\u{feff}<!-- 导出 --> <TABLE border=1>", Markup::Html),
            (
                "<meta http-equiv=Content-Type content=\"text/html; charset=gb2312\"><table>",
                Markup::Html,
            ),
            (
                "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">",
                Markup::Html,
            ),
            (
                "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<!-- x --><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Markup::SpreadsheetMl,
            ),
            (
                "<ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'>",
                Markup::SpreadsheetMl,
            ),
            ("<Workbook>", Markup::Other),
            (
                "<office:document xmlns:office=\"o\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">",
                Markup::FlatOds,
            ),
            (
                "<o:document o:mimetype=\"application/vnd.oasis.opendocument.text\">",
                Markup::FlatOther,
            ),
            ("<document>", Markup::Other),
            ("<svg>", Markup::Other),
            ("<评价表>,1", Markup::Other),
            ("<", Markup::Other),
            ("<!-- ", Markup::Other),
            ("</a>", Markup::Other),
        ] {
            assert_eq!(markup(text), expected, "{text}");
        }
    }
}
