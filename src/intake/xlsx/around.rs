//! What is said of a sheet around its cells: merged regions, and columns that are hidden.
//!
//! Most of what stands behind the cells (the rules for what may be filled in) says nothing here, and is the same in all
//! copies of a form: what was gone through once is known again.

use std::rc::Rc;

use quick_xml::events::BytesStart;
use zip::CompressionMethod;

use super::cells::place;
use super::glance;
use super::is_set;
use crate::intake::Refusal;
use crate::intake::limits::MERGED;
use crate::intake::seen::{self, Packed};
use crate::intake::sheet::{Corners, Hidden};
use crate::intake::xml::{Xml, attribute};

/// What was found around the cells.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) merged: Vec<Corners>,
    /// First and last, counted from zero.
    columns: Vec<(u32, u32)>,
    /// Rows without a height of their own have none.
    pub(super) is_flat: bool,
    /// The names of the elements that are open.
    inside: String,
}

impl Around {
    /// Takes in columns and merged regions that come next, as far as they are told from their look.
    pub(super) fn glance(&mut self, xml: &mut Xml<'_>) -> Result<(), Refusal> {
        while let Some(hidden) = xml.at_a_glance(glance::hidden_columns) {
            self.columns.extend(hidden);
        }
        while let Some(region) = xml.at_a_glance(glance::merged) {
            self.merged.push(region);
            MERGED.hold(self.merged.len() as u64)?;
        }
        Ok(())
    }

    /// Takes in an element that begins; one that says nothing is passed over.
    pub(super) fn take(
        &mut self,
        xml: &mut Xml<'_>,
        start: &BytesStart<'_>,
    ) -> Result<(), Refusal> {
        match start.local_name().as_ref() {
            "col" if is_set(start, "hidden")? || is_naught(start, "width")? => {
                let (first, last) = (attribute(start, "min")?, attribute(start, "max")?);
                self.columns
                    .extend(columns(first.as_deref(), last.as_deref()));
            }
            "mergeCell" => {
                let region = attribute(start, "ref")?;
                self.merged.extend(region.as_deref().and_then(corners));
                MERGED.hold(self.merged.len() as u64)?;
            }
            "sheetFormatPr" => {
                self.is_flat =
                    is_set(start, "zeroHeight")? || is_naught(start, "defaultRowHeight")?;
            }
            "worksheet" | "cols" | "col" | "mergeCells" => {}
            _ => return xml.skip(start),
        }
        self.inside.push('<');
        self.inside.push_str(start.name().as_ref());
        Ok(())
    }

    /// Takes in that an element ends.
    pub(super) fn leave(&mut self) {
        let end = self.inside.rfind('<').unwrap_or_default();
        self.inside.truncate(end);
    }

    /// Takes in what was found elsewhere, or before.
    fn add(&mut self, other: &Self) -> Result<(), Refusal> {
        self.merged.extend(&other.merged);
        self.columns.extend(&other.columns);
        MERGED.hold(self.merged.len() as u64)
    }

    /// Notes the columns that are hidden.
    pub(super) fn hide(&self, hidden: &mut Hidden) {
        for (first, last) in &self.columns {
            hidden.columns(*first, *last);
        }
    }
}

/// What stands behind the cells, as text; and what had been found before.
pub(super) struct Behind<'t> {
    packed: Packed<&'t [u8]>,
    merged: usize,
    columns: usize,
}

impl<'t> Behind<'t> {
    pub(super) fn of(text: &'t str, before: &Around) -> Self {
        let packed = Packed {
            // How it is read depends on the elements that are open where it begins, and on nothing else.
            name: before.inside.clone(),
            method: CompressionMethod::Stored,
            checksum: 0,
            size: text.len() as u64,
            bytes: text.as_bytes(),
        };
        Self {
            packed,
            merged: before.merged.len(),
            columns: before.columns.len(),
        }
    }

    /// Whether the same was gone through before; then what it came to is taken in.
    pub(super) fn is_known(&self, into: &mut Around) -> Result<bool, Refusal> {
        let known: Option<Rc<Around>> = seen::recall(&self.packed);
        match known {
            Some(known) => into.add(&known).map(|()| true),
            None => Ok(false),
        }
    }

    /// Keeps in mind what it came to, when all has been gone through.
    pub(super) fn keep(self, all: &Around) {
        let came_to = Around {
            merged: all.merged.get(self.merged..).unwrap_or_default().to_vec(),
            columns: all.columns.get(self.columns..).unwrap_or_default().to_vec(),
            is_flat: false,
            inside: String::new(),
        };
        seen::keep(self.packed, came_to);
    }
}

/// `A1:B2` as its first and last cell.
fn corners(written: &str) -> Option<Corners> {
    let (first, last) = written.split_once(':').unwrap_or((written, written));
    Some((place(first)?, place(last)?))
}

/// First and last column, counted from zero, as they are stated, counted from one.
pub(super) fn columns(first: Option<&str>, last: Option<&str>) -> Option<(u32, u32)> {
    let number = |stated: Option<&str>| stated?.trim().parse::<u32>().ok()?.checked_sub(1);
    Some((number(first)?, number(last)?))
}

/// Whether a measure is stated, and none.
fn is_naught(start: &BytesStart<'_>, name: &str) -> Result<bool, Refusal> {
    Ok(attribute(start, name)?.is_some_and(|measure| is_no_measure(&measure)))
}

pub(super) fn is_no_measure(stated: &str) -> bool {
    let measure = stated.trim().parse::<f64>();
    measure.is_ok_and(|measure| measure <= 0.0)
}
