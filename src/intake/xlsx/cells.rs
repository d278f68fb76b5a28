//! One worksheet: cells, merged regions, and what is hidden, all in one go.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::around::{Around, Behind};
use super::glance::{self, Plain};
use super::is_yes;
use super::strings::{self, unescaped};
use crate::intake::limits::Tally;
use crate::intake::looks::{Formulas, Looks, Run, Told, Usual};
use crate::intake::texts::{Rich, Texts};
use crate::intake::xml::{Xml, attributes, damaged};
use crate::intake::{Refusal, Sheet, Value, value};

/// What is needed to read the cells of a workbook.
pub(super) struct Cells<'a> {
    pub(super) texts: &'a Texts,
    pub(super) styles: &'a Usual<'a>,
    pub(super) is_1904: bool,
    /// The workbook asks for all formulas to be calculated anew.
    pub(super) is_stale: bool,
    pub(super) tally: &'a mut Tally,
}

/// A row as its element says it.
struct Row {
    number: u32,
    is_hidden: bool,
    /// As it states it.
    height: Option<f64>,
}

impl Row {
    /// The one of this number, unless it states another.
    const fn of(number: u32) -> Self {
        Self {
            number,
            is_hidden: false,
            height: None,
        }
    }

    /// Takes in an attribute.
    fn note(&mut self, key: &str, value: &str) -> Result<(), Refusal> {
        match key {
            "r" => {
                let stated = value.trim().parse::<u32>().ok();
                let number = stated.and_then(|row| row.checked_sub(1));
                self.number = number.ok_or_else(|| damaged(&()))?;
            }
            "ht" => self.height = value.trim().parse().ok(),
            "hidden" => self.is_hidden = is_yes(value),
            _ => {}
        }
        Ok(())
    }

    /// Where rows without a height of their own have none (`is_flat`), they are as hidden as those that say so.
    fn begin(&self, sheet: &mut Sheet, is_flat: bool) {
        let is_low = self.height.map_or(is_flat, |height| height <= 0.0);
        if self.is_hidden || is_low {
            sheet.hidden.rows(self.number, self.number);
        }
    }
}

/// A cell as its element says it.
#[derive(Default)]
struct Stated<'s> {
    at: Option<(u32, u32)>,
    style: usize,
    kind: Cow<'s, str>,
}

/// What was found in a cell.
#[derive(Default)]
struct Content<'s> {
    value: Option<Cow<'s, str>>,
    inline: Option<Rich>,
    is_formula: bool,
}

impl<'a> Cells<'a> {
    /// Reads the part of a sheet.
    pub(super) fn read(&mut self, text: &str, sheet: &mut Sheet) -> Result<(), Refusal> {
        let mut xml = Xml::new(text);
        let mut around = Around::default();
        let mut parts = 0;
        let mut behind = None;
        loop {
            around.glance(&mut xml)?;
            match xml.next()? {
                Event::Start(start) if start.local_name().as_ref() == "sheetData" => {
                    self.rows(&mut xml, sheet, around.is_flat)?;
                    parts += 1;
                    // Further cells are read wherever they stand.
                    behind = (parts == 1).then(|| Behind::of(xml.rest(), &around));
                    if let Some(behind) = &behind
                        && behind.is_known(&mut around)?
                    {
                        break;
                    }
                }
                Event::Start(start) => around.take(&mut xml, &start)?,
                Event::End(_) => around.leave(),
                Event::Eof if parts > 0 => {
                    if let Some(behind) = behind {
                        behind.keep(&around);
                    }
                    break;
                }
                Event::Eof => return Err(damaged(&())),
                _ => {}
            }
        }
        around.hide(&mut sheet.hidden);
        for (first, last) in around.merged {
            self.tally.merge(sheet, first, last)?;
        }
        Ok(())
    }

    fn rows<'t>(
        &mut self,
        xml: &mut Xml<'t>,
        sheet: &mut Sheet,
        is_flat: bool,
    ) -> Result<(), Refusal> {
        let mut formulas = Formulas::default();
        let mut plain = glance::Row::default();
        let mut next = 0;
        loop {
            let told = xml.at_a_glance(|text: &'t str| Some(((), plain.read(text)?)));
            if told.is_some() {
                let mut row = Row::of(next);
                for (key, value) in &plain.attributes {
                    row.note(key, value)?;
                }
                row.begin(sheet, is_flat);
                for cell in &plain.cells {
                    self.plain(sheet, cell, &mut formulas)?;
                }
                next = row.number.saturating_add(1);
                continue;
            }
            match xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "row" => {
                    let mut row = Row::of(next);
                    for attribute in attributes(&start) {
                        let (key, value) = attribute?;
                        row.note(key, &value)?;
                    }
                    row.begin(sheet, is_flat);
                    self.row(xml, sheet, row.number, &mut formulas)?;
                    next = row.number.saturating_add(1);
                }
                Event::Start(start) => xml.skip(&start)?,
                Event::End(_) => break,
                _ => {}
            }
        }
        formulas.finish(sheet, self.is_stale);
        Ok(())
    }

    /// Reads the cells of one row, up to its end. They may state another one.
    fn row(
        &mut self,
        xml: &mut Xml<'_>,
        sheet: &mut Sheet,
        row: u32,
        formulas: &mut Formulas,
    ) -> Result<(), Refusal> {
        let mut next = (row, 0);
        loop {
            if let Some(plain) = xml.at_a_glance(Plain::read) {
                self.plain(sheet, &plain, formulas)?;
                next = (row, plain.at.1.saturating_add(1));
                continue;
            }
            match xml.next_inside()? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    let stated = stated(&start)?;
                    let at = stated.at.unwrap_or(next);
                    let content = content(xml)?;
                    self.cell(sheet, at, &stated, content, formulas)?;
                    next = (row, at.1.saturating_add(1));
                }
                Event::Start(start) => xml.skip(&start)?,
                Event::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    /// A cell that was told from its look.
    fn plain(
        &mut self,
        sheet: &mut Sheet,
        plain: &Plain<'_>,
        formulas: &mut Formulas,
    ) -> Result<(), Refusal> {
        if !plain.holds_something() {
            return Ok(());
        }
        let stated = Stated {
            at: Some(plain.at),
            style: plain.style,
            kind: Cow::Borrowed(plain.kind),
        };
        let content = Content {
            value: plain.value.map(Cow::Borrowed),
            inline: plain.inline.map(|text| Rich::plain(strings::meant(text))),
            is_formula: plain.is_formula,
        };
        self.cell(sheet, plain.at, &stated, content, formulas)
    }

    fn cell(
        &mut self,
        sheet: &mut Sheet,
        at: (u32, u32),
        stated: &Stated<'_>,
        content: Content<'_>,
        formulas: &mut Formulas,
    ) -> Result<(), Refusal> {
        let looks = self.styles.looks(stated.style);
        let is_formula = content.is_formula;
        let (value, runs) = self.value(&stated.kind, content, &looks)?;
        let told = Told {
            at,
            value,
            runs: &runs,
            is_formula,
        };
        formulas.place(self.tally, sheet, &looks, told)
    }

    /// The value of a cell, and the parts of its text that look differently.
    fn value(
        &self,
        kind: &str,
        content: Content<'_>,
        looks: &Looks<'_>,
    ) -> Result<(Option<Value>, Cow<'a, [Run]>), Refusal> {
        let plain = |value: Option<Value>| Ok((value, Cow::Borrowed(&[][..])));
        if let Some(rich) = content.inline
            && !(rich.text.is_empty() && content.value.is_some())
        {
            return Ok((Some(Value::Text(rich.text)), Cow::Owned(rich.runs)));
        }
        let Some(written) = content.value else {
            return plain(None);
        };
        let short = written.trim();
        match kind {
            "s" if short.is_empty() => plain(None),
            "s" => {
                let index = short.parse().map_err(|error| damaged(&error))?;
                let (text, runs) = self.texts.get(index).ok_or_else(|| damaged(&()))?;
                Ok((Some(Value::Text(text.to_owned())), Cow::Borrowed(runs)))
            }
            "b" => match short.to_ascii_lowercase().as_str() {
                "" => plain(None),
                "1" | "true" => plain(Some(Value::Bool(true))),
                "0" | "false" => plain(Some(Value::Bool(false))),
                _ => Err(damaged(&())),
            },
            "e" => plain((!short.is_empty()).then(|| Value::Error(short.to_owned()))),
            "d" => plain((!short.is_empty()).then(|| {
                value::iso_date(short)
                    .or_else(|| value::iso_time(short))
                    .unwrap_or_else(|| Value::Text(written.to_string()))
            })),
            "n" | "" => match short.parse::<f64>() {
                _ if short.is_empty() => plain(None),
                Ok(number) => plain(Some(looks.number(number, self.is_1904))),
                Err(_) if kind.is_empty() => plain(Some(Value::Text(written.into_owned()))),
                Err(error) => Err(damaged(&error)),
            },
            "str" | "inlineStr" | "is" => plain(Some(Value::Text(unescaped(&written)))),
            _ => Err(damaged(&())),
        }
    }
}

fn stated<'s>(start: &'s BytesStart<'_>) -> Result<Stated<'s>, Refusal> {
    let mut stated = Stated::default();
    for attribute in attributes(start) {
        let (key, value) = attribute?;
        match key {
            "r" => stated.at = Some(place(&value).ok_or_else(|| damaged(&()))?),
            "s" => stated.style = value.trim().parse().unwrap_or_default(),
            "t" => stated.kind = value,
            _ => {}
        }
    }
    Ok(stated)
}

/// What stands in a cell, up to its end.
fn content<'s>(xml: &mut Xml<'_>) -> Result<Content<'s>, Refusal> {
    let mut content = Content::default();
    loop {
        match xml.next_inside()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "v" => content.value = Some(strings::verbatim(xml)?.into()),
                "is" => content.inline = Some(strings::rich(xml)?),
                "f" => {
                    content.is_formula = true;
                    xml.skip(&start)?;
                }
                _ => xml.skip(&start)?,
            },
            Event::End(_) => return Ok(content),
            _ => {}
        }
    }
}

/// `H12` as row and column, counted from zero.
pub(super) fn place(written: &str) -> Option<(u32, u32)> {
    let written = written.trim();
    let at = written.find(|character: char| !character.is_ascii_alphabetic())?;
    let (letters, number) = written.split_at(at);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = number.parse().ok()?;
    Some((row.checked_sub(1)?, column - 1))
}
