//! The tables of lines: as they were, but for the cells that the sheet has otherwise; new ones in the manner of the others.

use std::collections::BTreeSet;

use toml_edit::{Array, InlineTable, Table, value};

use super::column;
use super::rows::{LineRow, Sheeted};
use super::rule::{self, Said};
use super::write::{Old, figure, of_line, ordered, put, set, set_weight, text_of};
use crate::ground::Ground;
use crate::roster::list::{Faults, List};
use crate::scheme::rule::{Clause, Combine};
use crate::scheme::{Line, Rule, Scheme};

/// All of them; none where a row is not understood, which is told.
pub(super) fn tables(
    base: &Ground,
    list: &List<'_>,
    old: &Old<'_>,
    after: &Sheeted,
    faults: &mut Faults,
) -> Option<Vec<Table>> {
    let keys = |sheeted: &Sheeted| -> Vec<(String, String)> {
        sheeted.lines.iter().map(LineRow::key).collect()
    };
    let file: Vec<(String, String)> = old.lines.iter().map(of_line).collect();
    let mut tables = Vec::new();
    let mut is_sound = true;
    for key in ordered(&file, &keys(old.before), &keys(after)) {
        let at = after.lines.iter().position(|row| row.key() == key)?;
        let writing = Writing {
            scheme: &base.scheme,
            list,
            old,
            at: after.rows.lines[at],
            row: &after.lines[at],
        };
        let table = writing.table(faults);
        is_sound &= table.is_some();
        tables.extend(table);
    }
    is_sound.then_some(tables)
}

/// One line while it is written.
struct Writing<'w> {
    scheme: &'w Scheme,
    list: &'w List<'w>,
    old: &'w Old<'w>,
    /// Its row on the sheet.
    at: u32,
    row: &'w LineRow,
}

impl Writing<'_> {
    fn table(&self, faults: &mut Faults) -> Option<Table> {
        let row = self.row;
        let known = self.known();
        let (was, mut table) = match self.old.line(&row.key()) {
            Some((was, table)) => (Some(was), table.clone()),
            None => (None, Table::new()),
        };
        let is_new = was.is_none();
        put(&mut table, "class", &row.class);
        if row.class.is_empty() {
            table.remove("class");
        }
        put(&mut table, "code", &row.code);
        self.place(&mut table);
        set(&mut table, "bonus", row.bonus);
        if table.contains_key("deduction") || row.deduction.is_positive() {
            set(&mut table, "deduction", row.deduction);
        }
        if was.is_none_or(|was| was.conditions != row.conditions) {
            self.conditions(&mut table, faults)?;
        }
        let is_worded = was.map_or(!row.wording.is_empty(), |was| was.wording != row.wording);
        if is_worded && row.wording.is_empty() {
            table.remove("wording");
        } else if is_worded {
            put(&mut table, "wording", &row.wording);
        }
        if is_new || was.is_some_and(|was| was.criteria != row.criteria) {
            self.criteria(&mut table, known, faults)?;
        }
        Some(table)
    }

    /// The line as the scheme has it.
    fn known(&self) -> Option<&Line> {
        let class = |line: &Line| {
            let class = line.class.and_then(|class| self.scheme.classes.get(class));
            class.map_or("", |class| class.name.as_str())
        };
        let mut lines = self.scheme.lines.iter();
        lines.find(|line| line.code == self.row.code && class(line) == self.row.class)
    }

    /// What it is called and stands under: an indicator, where the scheme lists them; else its own title, and the dimension
    /// or part.
    fn place(&self, table: &mut Table) {
        let row = self.row;
        let is_listed = !self.old.indicators.is_empty();
        if table.contains_key("indicator") || is_listed && !table.contains_key("title") {
            if !table.contains_key("indicator") {
                table.insert("indicator", value(self.indicator()));
            }
            return;
        }
        put(table, "title", &row.title);
        let dimension = &row.dimension.0;
        if dimension.is_empty() || *dimension == row.part && !table.contains_key("dimension") {
            table.remove("dimension");
            // One part need not be named.
            if table.contains_key("part") || !row.part.is_empty() {
                put(table, "part", &row.part);
            }
        } else {
            table.remove("part");
            put(table, "dimension", dimension);
        }
    }

    /// The indicator of a new line: that of the same name beside it, or what its code begins with.
    fn indicator(&self) -> String {
        let row = self.row;
        let beside = self
            .old
            .before
            .lines
            .iter()
            .find(|one| one.title == row.title && one.dimension.0 == row.dimension.0);
        let beside = beside.and_then(|one| self.old.line(&one.key()));
        let beside = beside.map(|(_, table)| text_of(table, "indicator"));
        beside.filter(|id| !id.is_empty()).unwrap_or_else(|| {
            let stem = row.code.split_once('(');
            stem.map_or(row.code.as_str(), |(stem, _)| stem).to_owned()
        })
    }

    fn conditions(&self, table: &mut Table, faults: &mut Faults) -> Option<()> {
        let written = &self.row.conditions;
        let Some(read) = rule::conditions(written) else {
            let message = format!(
                "前提与互斥填“{written}”，只能写“以1.1得分为前提”“加分与减分不得同时有”“占本部分的40%”“本行得分保留2位小数”，几项用分号隔开"
            );
            self.list
                .fault(faults, self.at, column::CONDITIONS, &message);
            return None;
        };
        for key in ["needs", "exclusive", "percent", "decimals"] {
            table.remove(key);
        }
        if !read.needs.is_empty() {
            table.insert("needs", value(read.needs.iter().collect::<Array>()));
        }
        if read.exclusive {
            table.insert("exclusive", value(true));
        }
        if let Some(percent) = read.percent {
            set_weight(table, "percent", percent);
        }
        if let Some(decimals) = read.decimals {
            table.insert("decimals", value(decimals));
        }
        Some(())
    }

    fn criteria(&self, table: &mut Table, known: Option<&Line>, faults: &mut Faults) -> Option<()> {
        let row = self.row;
        let mut told = |message: &str| {
            self.list.fault(faults, self.at, column::CRITERIA, message);
        };
        if table.contains_key("value") {
            told("这一行的分数由填报内容算出，取值规则不在表格里改，请改 scheme.toml");
            return None;
        }
        let pieces = row.criteria.lines().map(str::trim);
        let mut criteria = Vec::new();
        for piece in pieces.filter(|piece| !piece.is_empty()) {
            let Some(said) = rule::criterion(piece) else {
                told(&format!(
                    "没有读懂“{piece}”，应写成“建立规则并备案：加50分”这样，一行一个要点"
                ));
                return None;
            };
            criteria.push(said);
        }
        // Given as a whole, in steps: the one criterion is called as the line is.
        if let [
            Said {
                takes: false,
                combine: None,
                label,
                rule: Rule::Range { points, step },
            },
        ] = criteria.as_slice()
            && *label == row.title
            && *points == row.bonus
            && !table.contains_key("criteria")
        {
            set(table, "step", *step);
            return Some(());
        }
        table.remove("step");
        for (key, takes) in [("combine_bonus", false), ("combine_deduction", true)] {
            let mut own = criteria.iter().filter(|one| one.takes == takes);
            let word = match own.find_map(|one| one.combine) {
                Some(Combine::OneOf) => "one-of",
                Some(Combine::BestOf) => "best-of",
                Some(Combine::Sum) | None => {
                    table.remove(key);
                    continue;
                }
            };
            put(table, key, word);
        }
        let mut taken: BTreeSet<String> = known.map_or(BTreeSet::new(), ids);
        let mut array = Array::new();
        for (at, said) in criteria.iter().enumerate() {
            let id = reworded(known, &criteria, at)
                .unwrap_or_else(|| id(known, said, &self.prefix(), &mut taken));
            array.push(criterion(id, said));
        }
        table.insert("criteria", value(array));
        Some(())
    }

    /// What the ids of new criteria begin with: they are not the same in two classes.
    fn prefix(&self) -> String {
        if self.row.class.is_empty() {
            self.row.code.clone()
        } else {
            format!("{}-{}", self.row.class, self.row.code)
        }
    }
}

fn ids(line: &Line) -> BTreeSet<String> {
    let both = line.bonus.criteria.iter().chain(&line.deduction.criteria);
    both.map(|one| one.id.clone()).collect()
}

/// The id of a criterion (an index into those of the row) that was only called otherwise: as many stand on its side as
/// before, in its place stood one that gives the same, and nothing is called as that was.
fn reworded(known: Option<&Line>, all: &[Said], at: usize) -> Option<String> {
    let said = all.get(at)?;
    let line = known?;
    let old = if said.takes {
        &line.deduction.criteria
    } else {
        &line.bonus.criteria
    };
    let new: Vec<&Said> = all.iter().filter(|one| one.takes == said.takes).collect();
    let place = new.iter().position(|one| std::ptr::eq(*one, said))?;
    let before = old.get(place).filter(|_| old.len() == new.len())?;
    let is_gone = |label: &str| new.iter().all(|one| one.label != label);
    let is_new = old.iter().all(|one| one.label != said.label);
    (is_new && is_gone(&before.label) && before.rule == said.rule).then(|| before.id.clone())
}

/// The id that the criterion had; else the next letter behind the code.
fn id(known: Option<&Line>, said: &Said, code: &str, taken: &mut BTreeSet<String>) -> String {
    let side = known.map(|line| {
        if said.takes {
            &line.deduction
        } else {
            &line.bonus
        }
    });
    let same = side.and_then(|side| side.criteria.iter().find(|one| one.label == said.label));
    if let Some(same) = same {
        return same.id.clone();
    }
    let letters = ('a'..='z').map(|letter| format!("{code}-{letter}"));
    let numbers = (1_u32..).map(|number| format!("{code}-{number}"));
    let mut free = letters.chain(numbers).filter(|id| !taken.contains(id));
    let id = free.next().unwrap_or_default();
    taken.insert(id.clone());
    id
}

fn criterion(id: String, said: &Said) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("id", id.into());
    table.insert("label", said.label.as_str().into());
    if said.takes {
        table.insert("side", "deduction".into());
    }
    put_rule(&mut table, &said.rule);
    table
}

fn put_rule(table: &mut InlineTable, rule: &Rule) {
    let kind = match rule {
        Rule::Points { .. } => "points",
        Rule::Range { .. } => "range",
        Rule::PerCount { .. } => "per-count",
        Rule::Tiers { .. } => "tiers",
        Rule::Sum { .. } => "sum",
        Rule::OneOf { .. } => "one-of",
        Rule::BestOf { .. } => "best-of",
    };
    table.insert("kind", kind.into());
    match rule {
        Rule::Points { points } => drop(table.insert("points", figure(*points))),
        Rule::Range { points, step } => {
            table.insert("points", figure(*points));
            table.insert("step", figure(*step));
        }
        Rule::PerCount {
            first,
            each,
            further,
        } => {
            table.insert("first", figure(*first));
            table.insert("each", figure(*each));
            table.insert("further_at_most", figure(*further));
        }
        Rule::Tiers { tiers } => {
            let tiers = tiers.iter().map(|tier| {
                let mut one = InlineTable::new();
                one.insert("at_least", figure(tier.at_least));
                one.insert("points", figure(tier.points));
                one
            });
            table.insert("tiers", tiers.collect::<Array>().into());
        }
        Rule::Sum { of } | Rule::OneOf { of } | Rule::BestOf { of } => {
            let of = of.iter().map(clause);
            table.insert("of", of.collect::<Array>().into());
        }
    }
}

fn clause(clause: &Clause) -> InlineTable {
    let mut table = InlineTable::new();
    table.insert("label", clause.label.as_str().into());
    put_rule(&mut table, &clause.rule);
    table
}
