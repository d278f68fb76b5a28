//! A society's own form for the tests: the blank one of this tool, answered by item.

use xingping::form::{Column, Field};
use xingping::ground::Ground;
use xingping::model::{CellRef, Points};
use xingping::scheme::assess::Holds;
use xingping::scheme::{Answer, Item};

use super::Paper;

impl Paper {
    /// A sound form of a society about itself; `ground` is that of the societies' own forms. Every question is answered
    /// with yes or the first of the list, every count with 9, every rate with 0.
    pub fn own(ground: &Ground, society: &str) -> Self {
        let mut paper = Self::blank(ground, society);
        let date = ground.scheme.stage().expect("a stage").from.to_string();
        paper.field(Field::Reviewer, "填报人");
        paper.field(Field::Date, &date);
        let own = ground.scheme.own.clone().expect("the societies' own form");
        for item in &own.items {
            let sound = match &item.holds {
                Holds::YesNo => "是",
                Holds::Count(_) => "9",
                Holds::Percent => "0",
                Holds::Choice(names) => &names[0],
            };
            paper.item(&item.code, sound);
        }
        paper
    }

    /// 填报内容 of an item.
    pub fn item(&mut self, code: &str, text: &str) {
        self.set(self.item_at(code, Column::Value), text);
    }

    /// The cell of an item in a column.
    pub fn item_at(&self, code: &str, column: Column) -> CellRef {
        let number = self.columns[&Column::Item];
        let mut cells = self.cells.iter();
        let found = cells.find(|(cell, text)| cell.column() == number && *text == code);
        let row = found
            .unwrap_or_else(|| panic!("{code} is not on the form"))
            .0
            .row();
        CellRef::new(row, self.columns[&column])
    }

    /// What an item is answered with, where it is sound.
    fn answer(&self, item: &Item) -> Option<Answer> {
        let written = self.cells.get(&self.item_at(&item.code, Column::Value))?;
        let mut choices = item.choices().into_iter();
        match choices.position(|choice| choice == written) {
            Some(chosen) => item.choice(chosen),
            None => item.number(written.parse::<Points>().ok()?),
        }
    }

    /// What the form's own formulas would show of the lines.
    pub(super) fn reckon(&mut self, ground: &Ground) {
        let scheme = &ground.scheme;
        let Some(own) = scheme.own.clone() else {
            return;
        };
        let answers: Vec<Option<Answer>> = own.items.iter().map(|item| self.answer(item)).collect();
        for (index, line) in scheme.lines.entries() {
            let Some(reckoned) = own.reckon(scheme, index, &answers) else {
                continue;
            };
            self.bonus(&line.code, &reckoned.bonus.least.to_string());
            self.deduction(&line.code, &reckoned.deduction.least.to_string());
        }
    }
}
