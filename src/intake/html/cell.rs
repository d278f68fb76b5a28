//! One cell of a page: what its attributes say, and which value that is.
//!
//! Knows nothing of rows and tables.

use super::tokens::Attributes;
use crate::intake::{Value, value};
use crate::model::day;

/// The first serial that is a day in any calendar.
const FIRST_DAY: f64 = 61.0;

/// How many columns or rows a cell takes: one where nothing sensible is said.
pub(super) fn span(attributes: &Attributes, name: &str, most: u32) -> u32 {
    let written = attributes.get(name).map_or("", |written| written.trim());
    let digits = written
        .find(|character: char| !character.is_ascii_digit())
        .map_or(written, |end| &written[..end]);
    match digits.parse::<u64>() {
        Ok(number) => u32::try_from(number).unwrap_or(most).clamp(1, most),
        Err(_) if digits.is_empty() => 1,
        Err(_) => most,
    }
}

/// The value of a cell that shows this text: Excel and LibreOffice write the exact one beside it.
pub(super) fn value_of(attributes: &Attributes, shown: String) -> Option<Value> {
    let stated = |name: &str| {
        let stated = attributes.get(name)?.as_str();
        Some(if stated.is_empty() { &shown } else { stated })
    };
    let value = if let Some(error) = stated("x:err") {
        Some(Value::Error(error.to_owned()))
    } else if let Some(text) = stated("x:str") {
        Some(Value::Text(text.to_owned()))
    } else if let Some(truth) = stated("x:bool") {
        Some(Value::Bool(truth.eq_ignore_ascii_case("true")))
    } else if let Some(number) = stated("x:num").or_else(|| stated("sdval")) {
        let float: Option<f64> = number.replace(',', "").trim().parse().ok();
        float.filter(|float| float.is_finite()).and_then(|float| {
            if float >= FIRST_DAY && day::is_like(&shown) {
                value::serial_date(float)
            } else {
                Some(value::number(float))
            }
        })
    } else {
        None
    };
    let value = match value {
        Some(value) => value,
        None if attributes.contains_key("x:fmla") && shown.is_empty() => Value::NoCachedValue,
        None => Value::Text(shown),
    };
    let is_empty = matches!(&value, Value::Text(text) | Value::Error(text) if text.is_empty());
    (!is_empty).then_some(value)
}
