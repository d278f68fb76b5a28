//! What a value of the file is taken for.

use std::str::FromStr;

use jiff::civil::Date;
use toml::de::DeValue;

use crate::model::{Points, Weight};

pub(super) fn text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.as_ref().to_owned()),
        _ => None,
    }
}

/// Points are never below 0.
pub(super) fn points(value: &DeValue<'_>) -> Option<Points> {
    quantity(value).filter(|points| !points.is_negative())
}

/// A number of per cent, or a fraction.
pub(super) fn weight(value: &DeValue<'_>) -> Option<Weight> {
    match value {
        DeValue::String(text) => text.parse().ok(),
        _ => points(value).map(Weight::Percent),
    }
}

/// Numbers are taken as written, never through a binary float.
pub(super) fn quantity(value: &DeValue<'_>) -> Option<Points> {
    let written = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        DeValue::String(text) => text.as_ref(),
        _ => return None,
    };
    Points::from_str(&written.replace('_', "")).ok()
}

pub(super) fn count(value: &DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(integer) => integer.as_str().replace('_', "").parse().ok(),
        _ => None,
    }
}

pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::Datetime(date) => date.to_string().parse().ok(),
        DeValue::String(text) => text.parse().ok(),
        _ => None,
    }
}
