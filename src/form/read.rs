//! From its region of a sheet to the filled form.

use std::collections::BTreeMap;

use super::beside::beside;
use super::class;
use super::entry::{Entry, Filled};
use super::folded::{Folded, labelled};
use super::id::FormId;
use super::labels::{Column, Field};
use super::length::{self, Cut};
use super::locate::{self, Damage, Region};
use super::marks::{Mark, marks};
use super::misnamed::misnamed;
use super::stray::{Stray, stray};
use super::told::{self, Told};
use crate::intake::{Sheet, Value};
use crate::model::{CellRef, Keyed, LineId, Located, Points, Tag, fold, folded};
use crate::roster::Roster;
use crate::scheme::{Line, Scheme};

/// 评价表, filled: what stands in it, not yet judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub id: Option<Located<FormId>>,
    /// Fields whose label was found.
    pub fields: BTreeMap<Field, Text>,
    /// The class of objects (an index) whose form it is read as, where the scheme has classes.
    pub class: Option<usize>,
    /// It has no id, and its table is rather that of another class of objects.
    pub is_of_another_class: bool,
    /// The answers to the scheme's vetoes, by veto; none where its label is gone.
    pub vetoes: Vec<Option<Text>>,
    /// By line of the scheme; none where the line is missing, or another class's. Empty where there is no table.
    pub rows: Keyed<LineId, Option<Row>>,
    /// Rows of the table that belong to no line of the scheme.
    pub strays: Vec<Stray>,
    /// What a society says of itself; none on a reviewer's form.
    pub told: Option<Told>,
    pub damage: Vec<Damage>,
    /// The total the form itself shows.
    pub total: Option<Entry>,
    /// The star preview the form itself shows.
    pub preview: Option<Entry>,
    /// 推荐意见.
    pub opinion: String,
    /// The sheet itself is hidden.
    pub is_hidden: bool,
    /// Cells meant for points that hold something and stand in a hidden row or column, with the line.
    pub unseen: Vec<(LineId, CellRef)>,
    /// Filled cells of which formatting tells more than the value does.
    pub marks: Vec<Mark>,
    /// Cells in which more is written than is kept.
    pub cut: Vec<Cut>,
    /// The forms received earlier that this one corrects; of a slip that came back.
    pub corrects: Vec<Tag>,
    /// The sheet is a csv or a web page: it cannot be told which numbers the spreadsheet saw as numbers.
    pub is_text: bool,
}

/// A field: where its value stands (or should stand), and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub cell: CellRef,
    /// As written, trimmed; empty where nothing stands there.
    pub text: String,
    /// The value itself, for dates.
    pub value: Option<Value>,
}

/// One line as filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub bonus: Entry,
    pub deduction: Entry,
    /// What stands in the place of points; none unless the line asks for it.
    pub asked: Option<Asked>,
    /// The caps as the form prints them, where it has the columns.
    pub bonus_cap: Option<Entry>,
    pub deduction_cap: Option<Entry>,
    /// 得分 as the form itself shows it, where it has the column.
    pub net: Option<Entry>,
    /// 佐证材料.
    pub evidence: String,
    /// 评分说明; none where the form has lost the column.
    pub remark: Option<String>,
}

/// What a line is filled with where points are worked out from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub value: Entry,
    /// The same as it is written: the name of a level is no number, whatever it looks like.
    pub written: String,
    /// Where the form has the column, and the line asks for it.
    pub target: Option<Entry>,
}

impl Row {
    /// The cells that a person fills in: a bonus that is worked out is none.
    pub fn filled(&self) -> impl Iterator<Item = &Entry> {
        let asked = self.asked.as_ref();
        let bonus = [&self.bonus].into_iter().filter(move |_| asked.is_none());
        bonus
            .chain([&self.deduction])
            .chain(asked.map(|asked| &asked.value))
            .chain(asked.and_then(|asked| asked.target.as_ref()))
    }
}

impl Form {
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.fields.get(&field).map_or("", |text| &text.text)
    }

    /// Where the value of a field stands or should stand; none where its label is gone.
    #[must_use]
    pub fn cell(&self, field: Field) -> Option<CellRef> {
        self.fields.get(&field).map(|text| text.cell)
    }

    /// Whether nothing has been filled in that a blank form does not bring along: no points, no remarks, no
    /// field but those of the person, which may have been filled in for the reviewer.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let is_blank = |entry: &Entry| entry.filled == Filled::Blank;
        // The form's own formula: not calculated, or calculated to nothing or 0.
        let is_nothing = |net: &Entry| match &net.filled {
            Filled::Blank | Filled::NoCachedValue => true,
            filled => filled.points().is_some_and(Points::is_zero),
        };
        let rows = self.rows.iter().flatten().all(|row| {
            let is_unsaid = match &row.asked {
                // The points beside it are the form's own.
                Some(asked) => is_blank(&asked.value) && asked.target.as_ref().is_none_or(is_blank),
                None => is_blank(&row.bonus),
            };
            is_unsaid
                && is_blank(&row.deduction)
                && row.net.as_ref().is_none_or(is_nothing)
                && row.evidence.is_empty()
                && row.remark.as_deref().is_none_or(str::is_empty)
        });
        let fields = [
            Field::Date,
            Field::Mode,
            Field::Recusal,
            Field::Phone,
            Field::Recommended,
        ];
        let vetoes = self.vetoes.iter().flatten();
        let told = self.told.as_ref();
        let rows = told.map_or(rows, Told::is_untouched);
        rows && vetoes.into_iter().all(|veto| veto.text.is_empty())
            && self.opinion.is_empty()
            && fields.into_iter().all(|field| self.text(field).is_empty())
    }
}

/// The form that takes up a region.
pub(super) fn form(page: &Folded<'_>, scheme: &Scheme, roster: &Roster, region: &Region) -> Form {
    let mut form = Form {
        id: region.id.clone(),
        class: class::of(page, scheme, roster, region),
        is_of_another_class: false,
        vetoes: Vec::new(),
        fields: BTreeMap::new(),
        rows: Keyed::default(),
        strays: Vec::new(),
        told: None,
        damage: Vec::new(),
        total: None,
        preview: None,
        opinion: String::new(),
        corrects: Vec::new(),
        is_hidden: page.sheet.hidden.sheet,
        unseen: Vec::new(),
        marks: Vec::new(),
        cut: Vec::new(),
        is_text: page.sheet.is_text(),
    };
    let table = if let Some(head) = region.head {
        Some(read_table(page, scheme, region, head, &mut form))
    } else {
        let cell = region.id.as_ref().map_or(CellRef::new(0, 0), |id| id.cell);
        form.damage.push(Damage::NoTable { cell });
        None
    };
    let texts = locate::outside(page, region, table.as_ref());
    let outside = |label: &str| locate::value_of(page, &texts, label);
    let text = |label: &str| {
        let (cell, value) = outside(label)?;
        Some(Text {
            cell,
            text: behind_label(value.map_or(String::new(), Value::written), label),
            value: value.cloned(),
        })
    };
    let words = page.words;
    for (field, label) in &words.fields {
        if let Some(text) = text(label) {
            form.fields.insert(*field, text);
        }
    }
    form.vetoes = words.vetoes.iter().map(|label| text(label)).collect();
    let opinion = outside(&words.opinion);
    if let Some((_, value)) = opinion {
        form.opinion = behind_label(value.map_or(String::new(), Value::written), &words.opinion);
    }
    length::outside(&mut form, page.sheet, opinion.map(|(cell, _)| cell));
    if let Some((_, Some(Value::Text(text)))) = outside(&words.corrects) {
        form.corrects = Tag::find(text);
    }
    if scheme.has_stars() {
        form.preview = outside(&words.preview).map(|(cell, value)| preview(cell, value));
    }
    if let (Some(told), Some(own)) = (&form.told, &scheme.own) {
        form.unseen = told.unseen(page.sheet, own);
        form.marks = marks(page.sheet, &form.fields, &Keyed::default());
        form.marks.extend(told.marks(page.sheet));
    } else {
        form.unseen = unseen(page.sheet, &form.rows);
        form.marks = marks(page.sheet, &form.fields, &form.rows);
    }
    form
}

/// The filled cells for points that are not shown.
fn unseen(sheet: &Sheet, rows: &Keyed<LineId, Option<Row>>) -> Vec<(LineId, CellRef)> {
    let rows = rows.entries();
    rows.filter_map(|(line, row)| Some((line, row.as_ref()?)))
        .flat_map(|(line, row)| row.filled().map(move |entry| (line, entry)))
        .filter(|(_, entry)| entry.filled != Filled::Blank && sheet.hidden.hides(entry.cell))
        .map(|(line, entry)| (line, entry.cell))
        .collect()
}

/// Reads the table into `form` and gives the rows it takes up, from its head to its last line.
fn read_table(
    page: &Folded<'_>,
    scheme: &Scheme,
    region: &Region,
    head: u32,
    form: &mut Form,
) -> std::ops::RangeInclusive<u32> {
    let sheet = page.sheet;
    let (columns, damage) = locate::columns(page, scheme, head);
    form.damage.extend(damage);
    let (Some(code), Some(bonus), Some(deduction)) = (
        columns.get(&Column::Code).copied(),
        columns.get(&Column::Bonus).copied(),
        columns.get(&Column::Deduction).copied(),
    ) else {
        return head..=region.to;
    };
    let class = form.class;
    // Where there is an id, it says whose form it is.
    form.is_of_another_class = form.id.is_none()
        && scheme.classes.len() > 1
        && class::is_another(page, scheme, class, head + 1..region.to, &columns);
    let found = locate::lines(page, scheme, class, region, head, code);
    form.damage.extend(found.damage);
    form.damage
        .extend(beside(page, scheme, class, head, &found.rows));
    form.damage
        .extend(misnamed(page, scheme, class, &columns, &found.rows));
    let entry = |row: u32, column: u32| plain_entry(sheet, CellRef::new(row, column));
    let points = |row: u32, column: u32| Entry::of(sheet, CellRef::new(row, column));
    let text = |row: u32, column: u32| {
        let value = sheet.get(CellRef::new(row, column));
        value.map_or(String::new(), Value::written)
    };
    let at = |column: Column| columns.get(&column).copied();
    let (value, target) = (at(Column::Value), at(Column::Target));
    let asked = |line: &Line, row: u32| {
        let value = value.filter(|_| line.value.is_some())?;
        Some(Asked {
            value: if line.asks_rate() {
                points(row, value).for_value(sheet, false).in_per_cent()
            } else {
                points(row, value).for_value(sheet, true)
            },
            written: length::beginning(&text(row, value)).to_owned(),
            target: target
                .filter(|_| line.asks_target())
                .map(|at| points(row, at).for_value(sheet, true)),
        })
    };
    let (bonus_cap, deduction_cap) = (at(Column::BonusCap), at(Column::DeductionCap));
    let (net, evidence, remark) = (at(Column::Net), at(Column::Evidence), at(Column::Remark));
    form.rows = found
        .rows
        .iter()
        .zip(&scheme.lines)
        .map(|(row, line)| {
            row.map(|row| Row {
                asked: asked(line, row),
                // What the form works out itself is only compared, and shown rounded.
                bonus: if line.value.is_some() || scheme.own.is_some() {
                    entry(row, bonus)
                } else {
                    points(row, bonus)
                },
                deduction: points(row, deduction).taken_off(),
                bonus_cap: bonus_cap.map(|at| entry(row, at)),
                deduction_cap: deduction_cap.map(|at| entry(row, at)),
                net: net.map(|at| entry(row, at)),
                evidence: evidence.map_or(String::new(), |at| text(row, at)),
                remark: remark.map(|at| text(row, at)),
            })
        })
        .collect();
    let mut last = found.rows.iter().flatten().max().copied().unwrap_or(head);
    if let Some((told, row)) = told::read(page, scheme, head..region.to, &columns, &form.rows) {
        form.told = Some(told);
        last = last.max(row);
    }
    length::table(form, sheet, &columns);
    let total = &page.words.total;
    let total_row = (last + 1..region.to).find(|row| {
        page.row(*row).any(|(cell, text)| {
            cell.column() < bonus && labelled(text, total).is_some_and(str::is_empty)
        })
    });
    if let (Some(row), Some(net)) = (total_row, net) {
        form.total = Some(entry(row, net));
    }
    for row in head + 1..total_row.unwrap_or(last + 1) {
        // A row in which a line is missing or stands twice is said to be that already.
        let is_said = form.damage.iter().any(|damage| match damage {
            Damage::LineMissing { cell, .. } => {
                let code = page.code(*cell);
                cell.row() == row && !code.is_some_and(|code| locate::is_code_like(&code))
            }
            Damage::LineTwice { cell, .. } => cell.row() == row,
            _ => false,
        });
        if !is_said && !found.rows.contains(&Some(row)) {
            let stray = stray(page, row, code, [bonus, deduction]);
            form.strays.extend(stray);
        }
    }
    head..=last
}

/// What stands in a cell that is only compared, whatever it looks like.
fn plain_entry(sheet: &Sheet, cell: CellRef) -> Entry {
    Entry {
        cell,
        filled: Filled::read(sheet.get(cell)),
        is_formula: false,
    }
}

/// The star preview: a number, or text such as `8星` where a csv shows the format.
fn preview(cell: CellRef, value: Option<&Value>) -> Entry {
    let filled = match value {
        Some(Value::Text(text)) => {
            let bare = fold(text).replace(['星', '级', '★'], "");
            Filled::read(Some(&Value::Text(bare)))
        }
        other => Filled::read(other),
    };
    Entry {
        cell,
        filled,
        is_formula: false,
    }
}

/// `评价人：张三` in one cell is `张三`; the label is folded.
pub(super) fn behind_label(text: String, label: &str) -> String {
    if !folded(&text).starts_with(label) {
        return text;
    }
    match text.split_once([':', '：']) {
        Some((_, rest)) => rest.trim().to_owned(),
        None => text,
    }
}
