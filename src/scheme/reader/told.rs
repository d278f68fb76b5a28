//! What is said of a table, and in which lines what it rests on stands.

use toml::Spanned;
use toml::de::DeValue;

use super::Table;
use crate::scheme::faults::{Fault, Kin, Rank, Span};

impl<'r, 's> Table<'r, 's> {
    /// The lines the table takes up.
    pub fn span(&self) -> Span {
        let ends = self.entries.iter().map(|(_, value)| value.span().end);
        let last = self.reader.line(ends.max().unwrap_or_default());
        (self.line, last.max(self.line))
    }

    /// The lines that all tables under these keys take up.
    pub fn spans(&self, keys: &[&'static str]) -> Vec<Span> {
        let written = self.entries.iter();
        let written = written.filter(|(key, _)| keys.contains(&key.get_ref().as_ref()));
        let mut spans = Vec::new();
        for (_, value) in written {
            match value.get_ref() {
                DeValue::Array(_) => {
                    let first = self.line_of(value);
                    spans.push((first, self.reader.line(value.span().end).max(first)));
                    for table in self.reader_tables(value) {
                        spans.push(table.span());
                    }
                }
                DeValue::Table(table) => {
                    spans.push(Table::new(self.reader, table, self.line_of(value), "").span());
                }
                _ => spans.push((self.line_of(value), self.line_of(value))),
            }
        }
        spans
    }

    /// The tables of an array, nothing said of them.
    fn reader_tables(&self, value: &'r Spanned<DeValue<'s>>) -> Vec<Table<'r, 's>> {
        let DeValue::Array(items) = value.get_ref() else {
            return Vec::new();
        };
        let tables = items.iter().filter_map(|item| match item.get_ref() {
            DeValue::Table(table) => Some(Table::new(self.reader, table, self.line_of(item), "")),
            _ => None,
        });
        tables.collect()
    }

    /// What is wrong with one value by itself.
    pub fn wrong(&self, line: usize, message: impl Into<String>) {
        self.reader.fault(line, message);
    }

    /// What is wrong with the values of the table together.
    pub fn fault(&self, line: usize, message: impl Into<String>) {
        if self.is_root {
            // About one value, which stands for itself.
            return self.reader.fault(line, message);
        }
        self.noted(line, message, Rank::Table);
    }

    /// What is wrong with what the table comes to.
    pub fn fault_of_outcome(&self, line: usize, message: impl Into<String>) {
        self.noted(line, message, Rank::Outcome);
    }

    /// What is wrong with it beside others that can be read: see `spans` for those it rests on.
    pub fn fault_beside_others(
        &self,
        line: usize,
        message: impl Into<String>,
        rests_on: Vec<Span>,
    ) {
        self.reader.note(line, message, Rank::Beside, rests_on);
    }

    fn noted(&self, line: usize, message: impl Into<String>, rank: Rank) {
        let (first, last) = self.span();
        let span = (first.min(line), last.max(line));
        self.reader.note(line, message, rank, vec![span]);
    }

    /// A name that nothing has, or nothing could have.
    pub fn unmet(&self, line: usize, message: String, what: &str, id: Option<&str>) {
        let kin = Kin::Unmet {
            what: what.to_owned(),
            id: id.map(ToOwned::to_owned),
        };
        let fault = Fault { line, message };
        self.reader.note_kin(fault, Rank::Beside, kin, "");
    }

    /// Whether it has been told that there is nothing at all of what is called so.
    pub fn lacks(&self, what: &str) -> bool {
        self.reader.unmet(what).iter().any(Option::is_none)
    }

    /// Whether it has been told that any name of what is called so meets nothing.
    pub fn lacks_any(&self, what: &str) -> bool {
        !self.reader.unmet(what).is_empty()
    }

    /// How many faults there are so far.
    pub fn count_faults(&self) -> usize {
        self.reader.faults.borrow().len()
    }
}
