//! 处理登记.xlsx: what waits for the clerk's word, row by row, with what there is to go by.
//!
//! A row is found again by its headings, so that what is told may stand between what is filled in. Versions of one form
//! stand beside one another.

use std::collections::BTreeMap;

use super::columns::{self, Column};
use super::{Fit, Offers, fitted, names};
use crate::error::Error;
use crate::model::day;
use crate::rank::{Pending, Standings};
use crate::register::{self, COLUMNS, Treatment};

/// One row while it is put together: what the register holds, what is told beside it, and what fits.
struct Row {
    texts: Vec<String>,
    told: Told,
    fit: Fit,
}

/// What the program tells, none of which is read again.
#[derive(Default)]
struct Told {
    society: String,
    problem: String,
    treatments: String,
    total: String,
    date: String,
    sent: String,
    differing: String,
}

/// What stands in a column.
enum Shows {
    /// A column of the register (an index).
    Register(usize),
    /// Told, under this heading, so wide, and explained so.
    Told(fn(&Told) -> &str, &'static str, u32, &'static str),
}

use Shows::{Register, Told as Tells};

/// From left to right: whose it is, what is wrong, what is decided, and behind it what to go by.
const SHOWN: [Shows; 16] = [
    Tells(
        |told| &told.society,
        "学会",
        28,
        "本工具填的，这一份是评哪个学会的；没有读成的，按文件名或邮件主题。",
    ),
    Register(0),
    Register(1),
    Tells(
        |told| &told.problem,
        "待处理的问题",
        44,
        "本工具填的，说明这一份为什么等着处理；改了也不起作用。",
    ),
    Tells(
        |told| &told.treatments,
        "可以怎样处理",
        16,
        "本工具填的，能解决问题的处理办法；“处理”一栏只列出这些。",
    ),
    Register(2),
    Register(3),
    Register(4),
    Register(5),
    Register(6),
    Tells(
        |told| &told.total,
        "表内合计",
        9,
        "本工具填的，这一份各行加起来的分数。",
    ),
    Tells(
        |told| &told.date,
        "填表日期",
        15,
        "本工具填的，这一份上的评价日期。",
    ),
    Tells(
        |told| &told.sent,
        "来件",
        26,
        "本工具填的，这一份是谁、什么时候用邮件发来的；不是邮件来的空着。",
    ),
    Tells(
        |told| &told.differing,
        "与另一份不同的格",
        40,
        "本工具填的，同一评价人就同一学会交来的几份，不同在哪些格。",
    ),
    Register(7),
    Register(8),
];

impl Shows {
    const fn head(&self) -> &'static str {
        match self {
            Register(column) => COLUMNS[*column],
            Tells(_, head, ..) => head,
        }
    }

    fn column(&self) -> Column {
        match self {
            Register(column) => columns::register()[*column].clone(),
            Tells(_, _, width, about) => columns::told(*width, about),
        }
    }

    fn text(&self, row: &Row) -> String {
        match self {
            Register(column) => row.texts.get(*column).cloned().unwrap_or_default(),
            Tells(of, ..) => of(&row.told).to_owned(),
        }
    }
}

/// The rows that the clerk has filled in, where they were, and a row for everything that waits for a decision. No row is
/// left empty between them.
///
/// # Errors
/// The workbook cannot be made.
pub fn register(standings: &Standings<'_>) -> Result<Vec<u8>, Error> {
    let decimals = standings.ground.scheme.precision;
    let ruled = ruled_societies(standings);
    let written = &standings.ground.register.rows;
    let mut rows: BTreeMap<u32, Row> = written
        .iter()
        .map(|(number, texts)| {
            let told = Told {
                society: ruled.get(number).cloned().unwrap_or_default(),
                ..Told::default()
            };
            let fit = Fit {
                choices: None,
                names_society: true,
            };
            let texts = texts.clone();
            (*number, Row { texts, told, fit })
        })
        .collect();
    let mut pending: Vec<&Pending> = standings.pending.iter().collect();
    // Something that was noted, but settles nothing yet, keeps its row. A decision stays bound to what lay there when
    // it was made: with the mark of another form it would count for that one, which nobody has decided.
    for row in rows.values_mut() {
        let treatment = row.texts.get(2);
        if !treatment.is_some_and(|said| register::is_undecided(said)) {
            continue;
        }
        let same = |one: &&Pending| {
            let [subject, reviewer, ..] = row.texts.as_slice() else {
                return false;
            };
            let is_his =
                reviewer.is_empty() || one.reviewer.is_empty() || *reviewer == one.reviewer;
            *subject == one.subject && is_his
        };
        if let Some(at) = pending.iter().position(same) {
            let one = pending.remove(at);
            row.texts[7].clone_from(&one.verify);
            row.texts[8].clone_from(&one.mark);
            row.told = told(one, decimals);
            row.fit = fit(one);
        }
    }
    // The heading stands in the first row.
    let mut next = 2;
    for one in pending {
        while rows.contains_key(&next) {
            next += 1;
        }
        let mut texts = vec![String::new(); COLUMNS.len()];
        texts[0].clone_from(&one.subject);
        texts[1].clone_from(&one.reviewer);
        texts[7].clone_from(&one.verify);
        texts[8].clone_from(&one.mark);
        let row = Row {
            texts,
            told: told(one, decimals),
            fit: fit(one),
        };
        rows.insert(next, row);
    }
    let texts: Vec<Vec<String>> = rows
        .values()
        .map(|row| SHOWN.iter().map(|shows| shows.text(row)).collect())
        .collect();
    let fits: Vec<Fit> = rows.into_values().map(|row| row.fit).collect();
    let columns = SHOWN.map(|shows| shows.column());
    let headings = SHOWN.map(|shows| shows.head());
    let offers = Offers {
        societies: names(standings.ground),
        lines: Vec::new(),
    };
    let scheme = &standings.ground.scheme;
    fitted(
        scheme,
        register::FILE,
        &headings,
        &columns,
        &texts,
        &fits,
        &offers,
    )
}

/// By row of the register: the societies of the forms that it was applied to.
fn ruled_societies(standings: &Standings<'_>) -> BTreeMap<u32, String> {
    let rulings = &standings.ground.register.rulings;
    let mut societies: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for form in &standings.forms {
        let society = form.society.map_or(form.society_text.as_str(), |society| {
            &standings.ground.roster.societies[society].name
        });
        for ruling in form.rulings.iter().filter_map(|one| rulings.get(*one)) {
            let own = societies.entry(ruling.cell.row() + 1).or_default();
            if !own.contains(&society) {
                own.push(society);
            }
        }
    }
    societies
        .into_iter()
        .map(|(row, own)| (row, own.join("、")))
        .collect()
}

fn told(pending: &Pending, decimals: u32) -> Told {
    let labels = labels(pending);
    let shown = &pending.shown;
    Told {
        society: shown.society.clone(),
        problem: pending.problem.clone(),
        treatments: labels.join("、"),
        total: shown
            .total
            .as_ref()
            .map_or(String::new(), |total| total.rounded(decimals).to_string()),
        date: shown.date.map_or(String::new(), day::say),
        sent: shown.sent.clone(),
        differing: shown.differing.clone(),
    }
}

fn fit(pending: &Pending) -> Fit {
    let mut choices = labels(pending);
    choices.push(register::UNDER_WAY);
    Fit {
        choices: Some(choices),
        names_society: pending.treatments.contains(&Treatment::Alias),
    }
}

fn labels(pending: &Pending) -> Vec<&'static str> {
    pending.treatments.iter().map(|one| one.label()).collect()
}

#[cfg(test)]
mod tests {
    use super::register;
    use crate::intake::{self, Content, Sheet, Source};
    use crate::model::CellRef;
    use crate::rank::{Pending, Shown};
    use crate::register::{COLUMNS, Treatment};
    use crate::report::kit::sample;

    fn sheet(bytes: &[u8]) -> Sheet {
        let source = Source {
            file: "list.xlsx".to_owned(),
            named: true,
            ..Source::default()
        };
        match intake::read_bytes(source, bytes).content {
            Content::Sheets(mut sheets) => sheets.remove(0),
            other => panic!("{other:?}"),
        }
    }

    fn pending(subject: &str) -> Pending {
        Pending {
            subject: subject.to_owned(),
            reviewer: String::new(),
            problem: "须更正".to_owned(),
            treatments: vec![Treatment::Stands, Treatment::Excluded],
            verify: String::new(),
            mark: "new".to_owned(),
            shown: Shown {
                society: "中国地质学会".to_owned(),
                total: None,
                date: None,
                sent: String::new(),
                differing: "3.2加分（I17）40，另一份50".to_owned(),
            },
        }
    }

    /// What stands under these headings, row by row.
    fn under<const N: usize>(sheet: &Sheet, heads: [&str; N], rows: u32) -> Vec<[String; N]> {
        let text = |row, column| match sheet.get(CellRef::new(row, column)) {
            Some(intake::Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let column = |head: &str| (0..40).find(|column| text(0, *column) == head);
        let columns = heads.map(|head| column(head).unwrap_or_else(|| panic!("no {head}")));
        (1..=rows)
            .map(|row| columns.map(|column| text(row, column)))
            .collect()
    }

    #[test]
    fn a_decision_never_takes_the_mark_of_what_came_later() {
        let mut ground = sample::ground();
        let written = [
            ("/a.csv", "不计入"),
            ("/b.csv", "已联系更正"),
            ("/c.csv", ""),
        ];
        for (row, (subject, treatment)) in (2..).zip(written) {
            let mut texts = vec![String::new(); COLUMNS.len()];
            texts[0] = subject.to_owned();
            texts[2] = treatment.to_owned();
            texts[4] = "电话核实".to_owned();
            texts[8] = "old".to_owned();
            ground.register.rows.insert(row, texts);
        }
        let mut standings = sample::standings(&ground);
        standings.pending = written.map(|(subject, _)| pending(subject)).into();
        let sheet = sheet(&register(&standings).expect("a workbook"));
        let heads = ["文件或学会", "处理", "校验码", "待处理的问题"];
        assert_eq!(
            under(&sheet, heads, 4),
            [
                ["/a.csv", "不计入", "old", ""],
                ["/b.csv", "已联系更正", "new", "须更正"],
                ["/c.csv", "", "new", "须更正"],
                // What came in its stead waits in a row of its own.
                ["/a.csv", "", "new", "须更正"],
            ]
        );
    }

    #[test]
    fn no_row_is_left_empty_and_each_says_whose_it_is() {
        let mut ground = sample::ground();
        let mut texts = vec![String::new(); COLUMNS.len()];
        texts[0] = "/z.csv".to_owned();
        texts[2] = "不计入".to_owned();
        ground.register.rows.insert(9, texts);
        let mut standings = sample::standings(&ground);
        standings.pending = vec![pending("/a.csv"), pending("/b.csv")];
        let sheet = sheet(&register(&standings).expect("a workbook"));
        let heads = ["学会", "文件或学会", "与另一份不同的格"];
        let differing = "3.2加分（I17）40，另一份50";
        assert_eq!(
            under(&sheet, heads, 4),
            [
                ["中国地质学会", "/a.csv", differing],
                ["中国地质学会", "/b.csv", differing],
                ["", "/z.csv", ""],
                ["", "", ""],
            ]
        );
    }
}
