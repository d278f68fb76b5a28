//! Filled forms for the tests: the blank form of this tool, filled by label, saved as csv.

#![allow(dead_code)] // each test binary uses its part

pub mod own;
pub mod round;

use std::collections::BTreeMap;
use std::sync::Mutex;

use xingping::form::{Column, Field, Foot, FormId, labels};
use xingping::ground::Ground;
use xingping::intake::{self, Content, Sheet, Source, Value};
use xingping::model::{CellRef, Exact, Keyed, LineId, Points, SocietyId};
use xingping::report::forms::evaluation::{Blank, workbook};
use xingping::scheme::{Ask, Figures, Given, Line, Marks};

/// A form on its way: cells as text, as a csv shows them.
#[derive(Clone)]
pub struct Paper {
    cells: BTreeMap<CellRef, String>,
    columns: BTreeMap<Column, u32>,
    lines: BTreeMap<String, u32>,
    fields: BTreeMap<Field, CellRef>,
    total: CellRef,
    preview: Option<CellRef>,
}

impl Paper {
    /// The blank form of a society.
    pub fn blank(ground: &Ground, society: &str) -> Self {
        let society = ground
            .roster
            .society_named(society)
            .unwrap_or_else(|| panic!("{society} is not in the list"));
        let cells = blank_cells(ground, society);
        let find = |label: &str| {
            let cell = cells.iter().find(|(_, text)| text.as_str() == label);
            *cell
                .unwrap_or_else(|| panic!("{label} is not on the form"))
                .0
        };
        let scheme = &ground.scheme;
        let columns: BTreeMap<Column, u32> = Column::of(scheme)
            .map(|column| (column, find(&column.label(scheme)).column()))
            .collect();
        let in_codes = |text: &str| {
            let mut cells = cells.iter();
            let code = columns[&Column::Code];
            let cell = cells.find(|(cell, written)| cell.column() == code && *written == text);
            cell.unwrap_or_else(|| panic!("{text} is not on the form"))
                .0
                .row()
        };
        let class = ground.roster.societies[society].class;
        let lines = scheme
            .lines_of_class(class)
            .map(|(_, line)| (line.code.clone(), in_codes(&line.code)))
            .collect();
        let fields = Field::ALL
            .into_iter()
            .filter(|field| field.is_asked(scheme))
            .map(|field| (field, find(&field.label(scheme)).right(1)))
            .collect();
        let total = CellRef::new(find(Foot::Total.label()).row(), columns[&Column::Net]);
        let preview = scheme
            .has_stars()
            .then(|| {
                cells
                    .iter()
                    .find(|(_, text)| *text == Foot::Preview.label())
            })
            .flatten()
            .map(|(cell, _)| cell.right(1));
        Self {
            cells,
            columns,
            lines,
            fields,
            total,
            preview,
        }
    }

    /// A sound form: reviewer, date within the stage, 0 in every bonus.
    pub fn sound(ground: &Ground, society: &str, reviewer: &str, unit: &str) -> Self {
        let mut paper = Self::blank(ground, society);
        let listed = ground.roster.society_named(society).expect("listed");
        let class = ground.roster.societies[listed].class;
        let date = ground.scheme.stage().expect("a stage").from.to_string();
        for (field, text) in [
            (Field::Reviewer, reviewer),
            (Field::Unit, unit),
            (Field::Member, "是"),
            (Field::Date, &date),
            (Field::Mode, "现场"),
            (Field::Recusal, "无"),
        ] {
            paper.field(field, text);
        }
        let scheme = &ground.scheme;
        for (_, line) in scheme.lines_of_class(class) {
            if let Some(value) = &line.value {
                let sound = match value.ask() {
                    Ask::Level(names) => names[0].to_owned(),
                    Ask::Count | Ask::Number(_) => "0".to_owned(),
                    Ask::Done => "1".to_owned(),
                };
                paper.value(&line.code, &sound);
                if line.asks_target() {
                    paper.target(&line.code, "1");
                }
            } else if line.bonus.is_open() {
                paper.bonus(&line.code, "0");
            }
        }
        for veto in &scheme.vetoes {
            paper.veto(&labels::veto(veto), "无");
        }
        if let Some(class) = scheme.reviewer_classes.first() {
            paper.field(Field::Class, &class.name);
        }
        paper
    }

    pub fn field(&mut self, field: Field, text: &str) {
        if let Some(cell) = self.fields.get(&field) {
            self.cells.insert(*cell, text.to_owned());
        }
    }

    /// 填报内容 of a line.
    pub fn value(&mut self, code: &str, text: &str) {
        self.set(self.at(code, Column::Value), text);
    }

    pub fn target(&mut self, code: &str, text: &str) {
        self.set(self.at(code, Column::Target), text);
    }

    /// The answer to a veto, by the label of its row.
    pub fn veto(&mut self, label: &str, text: &str) {
        let row = self.cells.iter().find(|(_, written)| *written == label);
        let row = row.expect("the veto is on the form").0.row();
        let cell = CellRef::new(row, self.columns[&Column::Requirement]);
        self.set(cell, text);
    }

    pub fn bonus(&mut self, code: &str, text: &str) {
        self.set(self.at(code, Column::Bonus), text);
    }

    pub fn deduction(&mut self, code: &str, text: &str) {
        self.set(self.at(code, Column::Deduction), text);
    }

    pub fn remark(&mut self, code: &str, text: &str) {
        self.set(self.at(code, Column::Remark), text);
    }

    /// The cell of a line in a column.
    pub fn at(&self, code: &str, column: Column) -> CellRef {
        CellRef::new(self.lines[code], self.columns[&column])
    }

    pub fn set(&mut self, cell: CellRef, text: &str) {
        self.cells.insert(cell, text.to_owned());
    }

    /// What the form's formulas see in a cell: nothing, a number, or 0 for text.
    fn seen(&self, row: u32, column: Column) -> Option<Points> {
        let text = self.cells.get(&CellRef::new(row, self.columns[&column]))?;
        (!text.is_empty()).then(|| text.parse().unwrap_or_default())
    }

    /// What the form's own formulas would show: the points of each value, the net of each line, the total and the star.
    pub fn calculate(&mut self, ground: &Ground) {
        self.reckon(ground);
        let scheme = &ground.scheme;
        let mut marks: Keyed<LineId, Marks> = Keyed::of(Marks::default(), scheme.lines.len());
        for (index, line) in scheme.lines.entries() {
            let Some(row) = self.lines.get(&line.code).copied() else {
                continue;
            };
            if line.value.is_some() {
                let points = self.given(line).and_then(|given| line.worked_out(&given));
                let shown = points.map_or(String::new(), |points| points.shown(10));
                self.bonus(&line.code, &shown);
            }
            let bonus = self.seen(row, Column::Bonus);
            let deduction = self.seen(row, Column::Deduction);
            if bonus.is_some() || deduction.is_some() {
                marks[index] = Marks {
                    bonus: Exact::from(bonus.unwrap_or_default()),
                    deduction: Exact::from(deduction.unwrap_or_default()),
                };
                let cell = CellRef::new(row, self.columns[&Column::Net]);
                self.set(cell, &marks[index].net().shown(10));
            }
        }
        let total = Figures::of(scheme, marks).total;
        self.set(self.total, &total.shown(4));
        if let Some(preview) = self.preview {
            self.set(preview, &format!("{}星", scheme.own_star(&total)));
        }
    }

    /// What stands in the place of a line's points, where it is sound.
    fn given(&self, line: &Line) -> Option<Given> {
        let text = |column| {
            let cell = self.at(&line.code, column);
            self.cells.get(&cell).map(String::as_str)
        };
        let written = text(Column::Value).filter(|text| !text.is_empty())?;
        match line.value.as_ref()?.ask() {
            Ask::Level(_) => Some(Given::Level(written.to_owned())),
            Ask::Done if line.asks_target() => Some(Given::Done {
                done: written.parse().ok()?,
                target: text(Column::Target)?.parse().ok(),
            }),
            _ => Some(Given::Number(written.parse().ok()?)),
        }
    }

    /// Something below the table.
    pub fn foot(&mut self, foot: Foot, text: &str) {
        let label = self
            .cells
            .iter()
            .find(|(_, written)| *written == foot.label());
        let cell = label.expect("the label is on the form").0.right(1);
        self.set(cell, text);
    }

    pub const fn cells(&self) -> &BTreeMap<CellRef, String> {
        &self.cells
    }

    /// As a csv, without the rows `delete` (counted from 1, as Excel shows them).
    pub fn csv(&self, delete: &[u32]) -> Vec<u8> {
        csv_of(&self.cells, delete)
    }
}

/// Cells as a csv, without the rows `delete` (counted from 1, as Excel shows them).
pub fn csv_of(cells: &BTreeMap<CellRef, String>, delete: &[u32]) -> Vec<u8> {
    let rows = cells.keys().map(|cell| cell.row()).max().unwrap_or(0);
    let columns = cells.keys().map(|cell| cell.column()).max().unwrap_or(0);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in (0..=rows).filter(|row| !delete.contains(&(row + 1))) {
        let record = (0..=columns).map(|column| {
            let text = cells.get(&CellRef::new(row, column));
            text.map_or("", String::as_str)
        });
        writer.write_record(record).expect("a record");
    }
    writer.into_inner().expect("the csv")
}

/// The cells of a society's blank form. Made once and kept: the tests need the same ones over and over.
fn blank_cells(ground: &Ground, society: SocietyId) -> BTreeMap<CellRef, String> {
    static KNOWN: Mutex<BTreeMap<String, BTreeMap<CellRef, String>>> = Mutex::new(BTreeMap::new());
    let id = FormId::of(&ground.scheme, &ground.roster, society).to_string();
    let lead = &ground
        .roster
        .group_of(&ground.roster.societies[society])
        .lead;
    let mut known = KNOWN.lock().expect("no test died here");
    known
        .entry(format!("{id}{lead}"))
        .or_insert_with(|| {
            let blank = Blank {
                society,
                reviewer: None,
            };
            let bytes = workbook(ground, &[blank]).expect("a blank form");
            grid(&sheets(&bytes)[0])
        })
        .clone()
}

/// The sheets of a workbook.
pub fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let source = Source {
        file: String::new(),
        named: true,
        ..Source::default()
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => sheets,
        other => panic!("the workbook cannot be read back: {other:?}"),
    }
}

fn grid(sheet: &Sheet) -> BTreeMap<CellRef, String> {
    sheet
        .cells()
        .map(|(cell, value)| (cell, text(value)))
        .collect()
}

/// A value as a csv shows it.
pub fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.normalize().to_string(),
        _ => String::new(),
    }
}

/// `I17` as Excel shows it.
pub fn cell_ref(shown: &str) -> CellRef {
    let letters: String = shown
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter - b'A') + 1
    });
    let row: u32 = shown[letters.len()..].parse().expect("a row");
    CellRef::new(row - 1, column - 1)
}
