//! One cell of an `OpenDocument` table: what its attributes say, and which value that is.
//!
//! Knows nothing of rows and tables.

use quick_xml::events::BytesStart;

use crate::intake::xml::attributes;
use crate::intake::{Refusal, Value, value};

/// How Excel writes errors; it gives them the value 0 when it saves as ods.
const ERRORS: [&str; 8] = [
    "#DIV/0!",
    "#N/A",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#REF!",
    "#VALUE!",
    "#GETTING_DATA",
];

/// What the attributes of a cell say.
#[derive(Default)]
pub(super) struct Stated {
    kind: String,
    value: Option<String>,
    text: Option<String>,
    pub(super) formula: bool,
    error: bool,
    /// What its style is called.
    pub(super) style: Option<String>,
    /// How many columns the cell stands for, and how many columns and rows it is merged over.
    pub(super) repeated: u32,
    pub(super) columns: u32,
    pub(super) rows: u32,
}

impl Stated {
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind.as_str(), "float" | "percentage" | "currency")
    }
}

/// Reads the attributes of a cell.
pub(super) fn stated(start: &BytesStart<'_>) -> Result<Stated, Refusal> {
    let mut stated = Stated {
        repeated: 1,
        columns: 1,
        rows: 1,
        ..Stated::default()
    };
    for attribute in attributes(start) {
        let (key, value) = attribute?;
        match key {
            "value-type" if value == "error" => stated.error = true,
            "value-type" => stated.kind = value.into_owned(),
            "value" | "date-value" | "time-value" | "boolean-value" => {
                stated.value = Some(value.into_owned());
            }
            "string-value" => stated.text = Some(value.into_owned()),
            "formula" => stated.formula = true,
            "style-name" => stated.style = Some(value.into_owned()),
            "number-columns-repeated" => stated.repeated = count(&value),
            "number-columns-spanned" => stated.columns = count(&value),
            "number-rows-spanned" => stated.rows = count(&value),
            _ => {}
        }
    }
    Ok(stated)
}

/// The value of a cell; `shown` is the text in it, in so many paragraphs.
pub(super) fn value_of(stated: &Stated, shown: String, paragraphs: u32) -> Option<Value> {
    let error = stated.error || (stated.formula && ERRORS.contains(&shown.as_str()));
    if error && !shown.is_empty() {
        return Some(Value::Error(shown));
    }
    let written = stated.value.as_deref();
    let value = match (stated.kind.as_str(), written) {
        ("float" | "percentage" | "currency", Some(number)) => {
            number.trim().parse().ok().map(value::number)
        }
        ("date", Some(date)) => value::iso_date(date),
        ("time", Some(time)) => value::iso_time(time),
        ("boolean", Some(truth)) => Some(Value::Bool(truth.eq_ignore_ascii_case("true"))),
        ("string", _) => {
            let text = stated.text.clone().unwrap_or(shown);
            return (!text.is_empty()).then_some(Value::Text(text));
        }
        // LibreOffice writes a result that is an empty text as an empty paragraph of no type.
        _ if stated.formula && paragraphs == 0 => Some(Value::NoCachedValue),
        _ => None,
    };
    // A value that cannot be made out is at least shown as text.
    value.or_else(|| (!shown.is_empty()).then_some(Value::Text(shown)))
}

/// A number of repetitions; what is none, or none at all, is once.
pub(super) fn count(number: &str) -> u32 {
    number
        .trim()
        .parse::<u64>()
        .map_or(1, |number| u32::try_from(number).unwrap_or(u32::MAX).max(1))
}
