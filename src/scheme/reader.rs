//! Walks a TOML document and collects every fault with its line, instead of stopping at the first.
//!
//! Serde stops at the first unknown key and speaks English; a clerk who tunes the indicators wants all slips
//! at once, in Chinese, with the line. Syntax is the `toml` crate's; only the walking is here.

mod told;
mod values;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults::{Fault, Kin, Rank, Reader};
use crate::model::{Points, Weight, near};
use values::{count, date, points, quantity, text, weight};

/// What a file is made of, among the keys at its beginning: the others stand for themselves.
const STRUCTURE: [&str; 11] = [
    "declared",
    "parts",
    "dimensions",
    "indicators",
    "lines",
    "classes",
    "reviewer_classes",
    "stars",
    "grades",
    "stages",
    "base",
];

/// What a number of points is written like.
const NUMBER: &str = "不小于0的数，如 10 或 2.5";

/// Letters by which a key may differ from the one that was meant.
const NEAR: usize = 2;

/// A value and the line it stands on.
#[derive(Debug, Clone)]
pub struct At<T> {
    pub value: T,
    pub line: usize,
}

/// One table being read. Every key asked for is known; [`Table::finish`] reports the others.
pub struct Table<'r, 's> {
    reader: &'r Reader,
    entries: &'r DeTable<'s>,
    /// The line the table begins on.
    pub line: usize,
    /// How the table is called in messages: `[[lines]]`.
    name: String,
    asked: RefCell<BTreeSet<&'static str>>,
    is_excused: Cell<bool>,
    is_root: bool,
}

impl<'r, 's> Table<'r, 's> {
    /// The whole file.
    pub fn root(reader: &'r Reader, entries: &'r DeTable<'s>) -> Self {
        Self {
            is_root: true,
            ..Self::new(reader, entries, 1, "文件开头")
        }
    }

    fn new(reader: &'r Reader, entries: &'r DeTable<'s>, line: usize, name: &str) -> Self {
        Self {
            reader,
            entries,
            line,
            name: name.to_owned(),
            asked: RefCell::default(),
            is_excused: Cell::default(),
            is_root: false,
        }
    }

    fn value(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'s>>> {
        self.asked.borrow_mut().insert(key);
        let named = (self.name.clone(), key);
        self.reader.asked.borrow_mut().insert(named);
        self.entries
            .iter()
            .find(|(written, _)| written.get_ref().as_ref() == key)
            .map(|(_, value)| value)
    }

    fn line_of(&self, value: &Spanned<DeValue<'s>>) -> usize {
        self.reader.line(value.span().start)
    }

    /// The value of `key` as `read` understands it; a fault where it does not.
    fn optional<T>(
        &self,
        key: &'static str,
        kind: &str,
        read: impl Fn(&DeValue<'s>) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.value(key)?;
        let line = self.line_of(value);
        let read = read(value.get_ref());
        if read.is_none() {
            let message = format!("{} 的 {key} 应为{kind}", self.name);
            self.reader.fault(line, message);
        }
        read.map(|value| At { value, line })
    }

    /// Reports the absence of a required key.
    pub fn required<T>(&self, key: &'static str, value: Option<At<T>>) -> Option<At<T>> {
        if value.is_none() && self.value(key).is_none() {
            let fault = Fault {
                line: self.line,
                message: format!("{} 缺少 {key}", self.name),
            };
            self.reader
                .note_kin(fault, Rank::Value, self.lacking(), key);
        }
        value
    }

    /// What the keys have in common that have to be there and are not.
    fn lacking(&self) -> Kin {
        Kin::Lacking {
            line: self.line,
            table: self.name.clone(),
        }
    }

    /// A text that has to be there, and has to say something.
    pub fn required_text(&self, key: &'static str) -> Option<At<String>> {
        let text = self.required(key, self.text(key))?;
        if text.value.trim().is_empty() {
            let message = format!("{} 的 {key} 不能是空的", self.name);
            self.reader.fault(text.line, message);
            return None;
        }
        Some(text)
    }

    /// Whether anything stands under `key`, readable or not.
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    pub fn text(&self, key: &'static str) -> Option<At<String>> {
        self.optional(key, "文字（加引号）", text)
    }

    pub fn flag(&self, key: &'static str) -> Option<At<bool>> {
        self.optional(key, " true 或 false", |value| match value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => None,
        })
    }

    pub fn points(&self, key: &'static str) -> Option<At<Points>> {
        self.optional(key, NUMBER, points)
    }

    /// A number that may be below 0, as a quantity may be.
    pub fn quantity(&self, key: &'static str) -> Option<At<Points>> {
        self.optional(key, "数，如 10 或 -2.5", quantity)
    }

    /// A share of a whole.
    pub fn weight(&self, key: &'static str) -> Option<At<Weight>> {
        self.optional(
            key,
            "百分数，如 30 或 12.5；除不尽的写分数，如 \"1/3\"",
            weight,
        )
    }

    pub fn count(&self, key: &'static str) -> Option<At<u32>> {
        self.optional(key, "不小于0的整数，如 3", count)
    }

    pub fn date(&self, key: &'static str) -> Option<At<Date>> {
        self.optional(key, "日期，如 2018-08-01", date)
    }

    pub fn texts(&self, key: &'static str) -> Option<At<Vec<At<String>>>> {
        self.list(key, "文字（加引号）", text)
    }

    pub fn all_points(&self, key: &'static str) -> Option<At<Vec<At<Points>>>> {
        self.list(key, NUMBER, points)
    }

    fn list<T>(
        &self,
        key: &'static str,
        kind: &str,
        read: impl Fn(&DeValue<'s>) -> Option<T>,
    ) -> Option<At<Vec<At<T>>>> {
        let value = self.value(key)?;
        let line = self.line_of(value);
        let DeValue::Array(items) = value.get_ref() else {
            let message = format!("{} 的 {key} 应为用 [ ] 括起的一组{kind}", self.name);
            self.reader.fault(line, message);
            return None;
        };
        let mut list = Vec::new();
        for item in items {
            let line = self.line_of(item);
            if let Some(value) = read(item.get_ref()) {
                list.push(At { value, line });
            } else {
                let message = format!("{} 的 {key} 中应为{kind}", self.name);
                self.reader.fault(line, message);
            }
        }
        Some(At { value: list, line })
    }

    /// A sub-table.
    pub fn table(&self, key: &'static str) -> Option<Table<'r, 's>> {
        let value = self.value(key)?;
        let line = self.line_of(value);
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Table::new(self.reader, table, line, &format!("[{key}]")));
        }
        self.reader
            .fault(line, format!("{key} 应写成 [{key}] 一节"));
        None
    }

    /// The tables of an array of tables; none where the key is absent.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'r, 's>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let line = self.line_of(value);
        let DeValue::Array(items) = value.get_ref() else {
            self.reader
                .fault(line, format!("{key} 应写成若干 [[{key}]]"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let line = self.line_of(item);
            match item.get_ref() {
                DeValue::Table(table) => {
                    tables.push(Table::new(self.reader, table, line, &format!("[[{key}]]")));
                }
                _ => self
                    .reader
                    .fault(line, format!("{key} 中的每一项应为一组键值")),
            }
        }
        tables
    }

    /// Whether what stands under `key` can be taken for tables, as far as anything does.
    pub fn is_list_of_tables(&self, key: &'static str) -> bool {
        self.value(key).is_none_or(|value| match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .all(|item| matches!(item.get_ref(), DeValue::Table(_))),
            _ => false,
        })
    }

    /// Whether something stands here that nobody asked for and that is nearly called like one of `keys`.
    pub fn mistypes(&self, keys: &[&str]) -> bool {
        let asked = self.asked.borrow();
        let written = self.entries.iter().map(|(key, _)| key.get_ref().as_ref());
        let mut unknown = written.filter(|written| !asked.contains(written));
        unknown.any(|written| keys.iter().any(|key| near::distance(key, written) <= NEAR))
    }

    /// Whether no fault of the file has been found so far.
    pub fn is_sound(&self) -> bool {
        self.reader.faults.borrow().is_empty()
    }

    /// Takes keys for known without asking for them.
    pub fn know(&self, keys: &[&'static str]) {
        self.asked.borrow_mut().extend(keys);
    }

    /// What else stands here cannot be judged: it is not told as unknown.
    pub fn excuse(&self) {
        self.is_excused.set(true);
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub fn finish(&self) {
        if self.is_excused.get() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let written = key.get_ref().as_ref();
            if asked.contains(written) {
                continue;
            }
            let near = asked
                .iter()
                .map(|known| (near::distance(known, written), known))
                .min()
                .filter(|(distance, _)| *distance <= NEAR);
            let hint = near.map_or(String::new(), |(_, known)| format!("，是否应为 {known}"));
            let line = self.reader.line(key.span().start);
            if let Some((_, known)) = near {
                let kin = Some(self.lacking());
                let mut faults = self.reader.faults.borrow_mut();
                faults.retain(|noted| noted.kin != kin || noted.key != *known);
                if !self.is_root || STRUCTURE.contains(known) {
                    self.reader.slips.borrow_mut().push(line);
                }
            }
            self.reader.fault(
                line,
                format!("{} 中不认识 {written} 这一项{hint}", self.name),
            );
        }
    }
}
