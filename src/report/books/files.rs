//! 材料来源: every file that was met, with its digest and what became of it. For the secretariat with links to what
//! was received, and with the neutral words by which other papers call it.

use std::borrow::Cow;

use crate::ground::Used;
use crate::model::Letter;
use crate::rank::Standings;
use crate::report::kit::{Cell, Column, Layout, Links, Look, Row, Table, file_text, words};
use crate::report::known::Known;
use crate::settle::{FormState, ReceivedFile, SettledForm};

/// Said where there are none.
pub const EMPTY: &str = "没有收到文件。";

/// Columns that stand there only where some file fills them.
pub const MAY_BE_EMPTY: [&str; 4] = ["来件人", "来件时间", "邮件主题", "说明"];

/// The table of these files, as others may see it.
#[must_use]
pub fn table(
    standings: &Standings<'_>,
    title: String,
    files: impl Iterator<Item = ReceivedFile>,
) -> Table {
    Table {
        rows: rows(standings, files.map(Cow::Owned), None).collect(),
        empty: EMPTY,
        ..blank(standings, title, false)
    }
    .without_empty(&MAY_BE_EMPTY)
}

/// All files and what the run rests on, for the secretariat: a row each.
pub fn all<'k>(known: &'k Known<'_>, links: Option<&'k Links>) -> impl Iterator<Item = Row> + 'k {
    let standings = known.standings();
    let files = standings.files.iter().map(Cow::Borrowed);
    let used = (standings.files.len() + 1..).zip(&standings.ground.files);
    rows(standings, files, Some((known, links)))
        .chain(used.map(|(number, used)| basis(number, used)))
}

fn rows<'f>(
    standings: &'f Standings<'_>,
    files: impl Iterator<Item = Cow<'f, ReceivedFile>> + 'f,
    key: Option<Key<'f>>,
) -> impl Iterator<Item = Row> + 'f {
    (1..).zip(files).map(move |(number, file)| {
        let forms: Vec<&SettledForm> = file
            .forms
            .iter()
            .filter_map(|form| standings.forms.get(*form))
            .collect();
        let own = standings.assessments.iter();
        let own: Vec<&SettledForm> = own
            .flat_map(|own| {
                file.assessments
                    .iter()
                    .filter_map(|form| own.forms.get(*form))
            })
            .map(|own| &own.form)
            .collect();
        row(key, number, &file, (&forms, &own))
    })
}

/// The table without its rows; for the secretariat with the neutral words.
#[must_use]
pub fn blank(standings: &Standings<'_>, title: String, is_internal: bool) -> Table {
    let mut columns = vec![
        ("序号", 5, Look::Whole),
        ("文件", 44, Look::Left),
        ("来件人", 18, Look::Left),
        ("来件时间", 11, Look::Centre),
        ("邮件主题", 20, Look::Left),
        ("字节数", 10, Look::Whole),
        ("评价表份数", 7, Look::Whole),
        ("状态", 18, Look::Left),
        ("说明", 28, Look::Left),
        ("SHA-256", 34, Look::Left),
    ];
    if is_internal {
        columns.insert(2, ("对外代称", 20, Look::Left));
    }
    let columns = columns
        .into_iter()
        .map(|(head, width, look)| Column::new(head, width, look))
        .collect();
    Table {
        name: "材料来源",
        ..words::table(standings, title, columns, Layout::list(10.5, 2))
    }
}

/// A list or the register: nobody sent it, and it has no neutral word.
fn basis(number: usize, used: &Used) -> Row {
    let mut cells = vec![Cell::whole(number), Cell::text(used.name())];
    cells.extend([(); 4].map(|()| Cell::blank()));
    cells.extend([
        Cell::number(used.size.into()),
        Cell::blank(),
        Cell::text("依据"),
        Cell::text("年度目录或经办人所填，不是收到的"),
        Cell::text(&used.sha256),
    ]);
    Row::new(cells)
}

/// What the secretariat alone is told: the neutral words, and where the files lie.
type Key<'k> = (&'k Known<'k>, Option<&'k Links>);

fn row(
    key: Option<Key<'_>>,
    number: usize,
    file: &ReceivedFile,
    (forms, own): (&[&SettledForm], &[&SettledForm]),
) -> Row {
    let letter = file.letter.as_deref();
    let mut states: Vec<String> = Vec::new();
    if file.scan_of.is_some() {
        states.push("签字件".to_owned());
    }
    for form in forms {
        let state = words::form_state(form);
        if !states.contains(&state) {
            states.push(state);
        }
    }
    for form in own {
        let state = match form.state {
            FormState::Counted => "采用",
            state => state.label(),
        };
        let state = format!("自评表（{state}）");
        if !states.contains(&state) {
            states.push(state);
        }
    }
    let mut cells = vec![Cell::whole(number)];
    match key {
        // What was skipped was not even opened, and is nowhere kept.
        Some((_, links)) if !file.sha256.is_empty() => {
            cells.push(Links::cell_of(links, &file.file, &file.within));
        }
        _ => cells.push(Cell::text(file_text(&file.file, &file.within))),
    }
    cells.extend(key.map(|(known, _)| Cell::text(known.neutral(file))));
    cells.extend([
        Cell::text(letter.map_or("", |letter| letter.sender.as_str())),
        Cell::text(letter.map_or(String::new(), Letter::sent_text)),
        Cell::text(letter.map_or("", |letter| letter.subject.as_str())),
        Cell::number(file.size.into()),
        Cell::whole(forms.len()),
        Cell::text(states.join("、")),
        Cell::text(&file.remark),
        Cell::text(&file.sha256),
    ]);
    Row::new(cells)
}
