//! 暂计与不计: what counts, what counts only for the time being, what is printed of it, and what clears it. The page of the
//! handbook is made from the code; what it says is played through, cause by cause.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use xingping::finding::{Doubt, FormState, Outcome};
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::rank::{Asked, Cause, Standings};
use xingping::register::Treatment;
use xingping::report::{Held, Output};
use xingping::run;

use common::Paper;

mod common;

const SOCIETY: &str = "中国地质学会";
const UNIT: &str = "中国标准化协会党委";

fn here(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A row of a table of the page.
fn row(into: &mut String, cells: &[&str]) {
    writeln!(into, "| {} |", cells.join(" | ")).expect("written");
}

fn head(into: &mut String, cells: &[&str]) {
    row(into, cells);
    row(into, &vec!["---"; cells.len()]);
}

const fn yes(is_so: bool) -> &'static str {
    if is_so { "是" } else { "否" }
}

/// What the clerk does about a form in this state.
const fn remedy(state: FormState) -> &'static str {
    match state {
        FormState::Held => "更正后的表；或“不计入”",
        FormState::Recused => "另一位评价人的表；单位填错的，更正后的表",
        FormState::Ineligible => "学会名单中登记有误的，改正后重新运行",
        FormState::Superseded => "应以它为准的，“以此份为准”",
        FormState::Excluded => "删去“处理登记”中的那一行",
        FormState::Counted | FormState::Duplicate | FormState::Blank => "—",
    }
}

/// The page.
fn page() -> String {
    let mut page = String::from(
        "# 暂计与不计\n\n一份评价表计不计、一个学会的得分是不是暂计，由程序统一判定一次，屏幕、各张表、退回件和 results.json 都照同一个结果。本页由程序的判定表生成。\n\n## 一份评价表\n\n每份表最后都落在下面一种状态。“怎么说”随这份表的第一条问题写一次。\n\n",
    );
    head(
        &mut page,
        &["状态", "计分", "怎么说", "妨碍出正式稿", "怎么了结"],
    );
    for state in FormState::ALL {
        let outcome = Outcome {
            state,
            doubtful: false,
        };
        let said = match outcome.consequence(None) {
            said if said.is_empty() => "—".to_owned(),
            said => said,
        };
        let counted = match state {
            FormState::Ineligible => "算分，不排名次",
            state => yes(state == FormState::Counted),
        };
        let blocks = yes(state == FormState::Held);
        row(
            &mut page,
            &[state.label(), counted, &said, blocks, remedy(state)],
        );
    }
    page.push_str("\n一个学会收到了表而没有一份计入（如只有回避的表），同样妨碍出正式稿；没有读成的文件（打不开、有密码、没有解压）也是，处理好或在“处理登记”填“不计入”才算了结。\n\n## 计入而待核实\n\n有下列情形之一的，表先计入，但只是暂计：备注写“n份待核实，暂计”，核实之前不能出正式稿。\n\n");
    head(
        &mut page,
        &["情形", "计分", "妨碍出正式稿", "在“处理登记”怎么了结"],
    );
    for doubt in Doubt::ALL {
        let answers: Vec<String> = doubt
            .answers()
            .iter()
            .map(|answer| format!("“{}”", answer.label()))
            .chain(["“不计入”".to_owned()])
            .collect();
        let answers = match doubt {
            Doubt::Veto => format!("在学会名单“一票否决”一栏写明；{}", answers.join("、")),
            Doubt::Ruling => format!(
                "在新出的那一行重新登记，或删去原来的一行；{}",
                answers.join("、")
            ),
            _ => answers.join("、"),
        };
        row(&mut page, &[doubt.label(), yes(true), yes(true), &answers]);
    }
    page.push_str("\n## 一个学会\n\n列入名次的学会，有下列情形之一的，得分只是暂计。\n\n");
    head(
        &mut page,
        &[
            "情形",
            "已计的表",
            "备注",
            "results.json",
            "妨碍出正式稿",
            "怎么了结",
        ],
    );
    for (cause, what, mark, cleared) in [
        (
            Cause::Owed,
            "应交的表有的没有计入",
            "暂计c/d份",
            "补交或更正；改正名单；“不再等”",
        ),
        (
            Cause::Held,
            "另有表须更正",
            "另有n份待更正",
            "更正后的表；“不计入”",
        ),
        (
            Cause::Doubtful,
            "计入的表有的待核实",
            "n份待核实，暂计",
            "见上表",
        ),
    ] {
        let name = serde_json::to_string(&cause).expect("a name");
        let name = format!("`{}`", name.trim_matches('"'));
        row(&mut page, &[what, "计", mark, &name, yes(true), cleared]);
    }
    page
}

#[test]
fn the_page_says_what_the_code_does() {
    let path = here("docs/暂计与不计.md");
    if std::env::var_os("XINGPING_BLESS").is_some() {
        fs::write(&path, page()).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(path).expect("the page"), page());
}

fn ground() -> Ground {
    let year = here("tests/cases/year");
    Ground::load(Some(&year), &[]).expect("the year folder is sound")
}

/// An inbox.
struct Round {
    ground: Ground,
    room: tempfile::TempDir,
}

impl Round {
    fn new() -> Self {
        Self {
            ground: ground(),
            room: tempfile::tempdir().expect("a room"),
        }
    }

    /// A form that is sound but for what is changed.
    fn form(&self, name: &str, unit: &str, change: impl FnOnce(&mut Paper)) {
        let mut paper = Paper::sound(&self.ground, SOCIETY, "评价人甲", unit);
        change(&mut paper);
        paper.calculate(&self.ground);
        fs::write(self.room.path().join(name), paper.csv(&[])).expect("written");
    }

    fn take(&self, file: &str) {
        let from = here("tests/cases").join(file);
        let name = from.file_name().expect("a name");
        fs::copy(&from, self.room.path().join(name)).expect("copied");
    }

    fn rule(&self, rows: &str) {
        let head = "文件或学会,评价人,处理,对应学会,依据,处理人,日期,核实事项,校验码\n";
        fs::write(
            self.room.path().join("处理登记.csv"),
            format!("{head}{rows}"),
        )
        .expect("written");
    }

    fn play<T>(&self, look: impl FnOnce(&Standings<'_>) -> T) -> T {
        self.play_as(Asked::default(), look)
    }

    fn play_as<T>(&self, asked: Asked, look: impl FnOnce(&Standings<'_>) -> T) -> T {
        let inbox = self.room.path().to_owned();
        let ground = ground()
            .with_register(std::slice::from_ref(&inbox))
            .expect("the register is sound");
        let paths = vec![inbox];
        let standings = run::standings(&ground, &paths.into(), asked, &|_| {}).expect("it runs");
        look(&standings)
    }
}

/// A round in which a form counts and is doubtful; none where this year's scheme knows no such doubt.
fn doubtful(doubt: Doubt) -> Option<Round> {
    let round = Round::new();
    match doubt {
        Doubt::Unit => round.form("地质.csv", "中国地质学会挂靠单位", |_| {}),
        Doubt::RecusalUnsaid => {
            round.form("地质.csv", UNIT, |paper| paper.field(Field::Recusal, ""));
        }
        Doubt::Person => {
            round.form("地质一.csv", UNIT, |_| {});
            round.form("地质二.csv", "中国水产学会", |paper| {
                paper.bonus("9.1", "5");
                paper.field(Field::Date, "2018-08-20");
            });
        }
        Doubt::Returned => {
            round.take("returned-as-another/in/原件.csv");
            round.take("returned-as-another/in/更正.csv");
        }
        Doubt::Hidden => round.take("hidden-sheet/in/中国能源研究会.xlsx"),
        Doubt::Ruling => {
            round.form("地质.csv", UNIT, |_| {});
            round.rule("地质.csv,,不计入,,电话,王五,2018-1-1,,\n");
        }
        Doubt::Veto => return None,
    }
    Some(round)
}

fn doubts(standings: &Standings<'_>, doubt: Doubt) -> usize {
    let forms = standings.forms.iter();
    forms
        .filter(|form| form.is_scored() && form.doubts.contains(&doubt))
        .count()
}

#[test]
fn what_is_doubtful_counts_is_marked_and_is_cleared_by_its_rulings() {
    for doubt in Doubt::ALL {
        let Some(round) = doubtful(doubt) else {
            continue;
        };
        let rows = round.play(|standings| {
            assert!(doubts(standings, doubt) > 0, "{doubt:?}");
            let mut marked = standings.societies.iter();
            assert!(
                marked.any(|one| one.provisional.contains(&Cause::Doubtful)),
                "{doubt:?}"
            );
            assert!(!standings.open.is_empty(), "{doubt:?}");
            let mut rows = Vec::new();
            for answer in doubt.answers() {
                let pending = standings
                    .pending
                    .iter()
                    .find(|one| one.treatments.contains(answer));
                let pending =
                    pending.unwrap_or_else(|| panic!("{doubt:?}: {answer:?} is not offered"));
                rows.push(format!(
                    "{},{},{},,电话核实,王五,2018-8-20,{},{}\n",
                    pending.subject,
                    pending.reviewer,
                    answer.label(),
                    pending.verify,
                    pending.mark
                ));
            }
            rows
        });
        for row in rows {
            round.rule(&row);
            round.play(|standings| assert_eq!(doubts(standings, doubt), 0, "{doubt:?}: {row}"));
        }
    }
}

/// The rows of a sheet of an output, each with a tab between its cells.
fn rows_of(outputs: &[Output], file: &str, sheet: &str) -> Vec<String> {
    let mut books = outputs.iter().filter(|output| output.name.contains(file));
    let book = books.next().expect("the book");
    let sheets = common::sheets(&book.bytes);
    let sheet = sheets
        .iter()
        .find(|one| one.name == sheet)
        .expect("the sheet");
    let rows = sheet.rows().into_iter();
    rows.map(|row| {
        let cells = sheet.row(row).map(|(_, value)| common::text(value));
        cells.collect::<Vec<_>>().join("\t")
    })
    .collect()
}

/// Plays a round to the end by these rows: nothing is left open, each row is printed with what it was applied to, and
/// each treatment is counted in the ranking's notes as `counted`.
fn is_final_by(round: &Round, rows: &[(String, Treatment)], counted: &[String]) {
    let written: String = rows.iter().map(|(row, _)| row.as_str()).collect();
    round.rule(&written);
    let asked = Asked {
        is_final: true,
        ..Asked::default()
    };
    let outputs = round.play_as(asked, |standings| {
        assert!(standings.is_final, "{written}{:?}", standings.open);
        let held = Held::default();
        run::outputs(standings, Vec::new(), &held, &|_| {}).expect("books");
        held.outputs()
    });
    let printed = rows_of(&outputs, "工作底稿", "处理登记");
    for (row, treatment) in rows {
        let subject = row.split(',').next().expect("a subject");
        let row = printed
            .iter()
            .find(|one| one.contains(&format!("\t{subject}\t")) && one.contains(treatment.label()));
        let row = row.unwrap_or_else(|| panic!("{subject}: {printed:#?}"));
        assert!(row.contains("王五") && !row.contains("没有用上"), "{row}");
    }
    let notes = rows_of(&outputs, "总排名", "评分说明").join("\n");
    for counted in counted {
        assert!(notes.contains(counted.as_str()), "{counted}: {notes}");
    }
}

#[test]
fn every_ruling_leads_to_a_final_edition_and_is_printed_and_counted() {
    let mut seen = Vec::new();
    for doubt in Doubt::ALL {
        let Some(round) = doubtful(doubt) else {
            continue;
        };
        let (others, pending) = round.play(|standings| {
            let without = standings
                .societies
                .iter()
                .filter(|one| one.forms.is_empty());
            let names = without.map(|one| ground().roster.societies[one.society].name.clone());
            (names.collect::<Vec<_>>(), standings.pending.clone())
        });
        // Nothing more is waited for from one; the others do not take part.
        let gone = others.iter().enumerate().map(|(at, name)| {
            let treatment = if at == 0 {
                Treatment::GivenUp
            } else {
                Treatment::Withdrawn
            };
            let row = format!("{name},,{},,来函,王五,2018-8-20,,\n", treatment.label());
            (row, treatment)
        });
        let gone: Vec<(String, Treatment)> = gone.collect();
        let counted = [
            "不再等的评价表1份".to_owned(),
            format!("不参评的学会{}个", others.len() - 1),
        ];
        for answer in doubt.answers() {
            let own = pending.iter().find(|one| one.treatments.contains(answer));
            let own = own.expect("it is offered");
            let row = format!(
                "{},{},{},,电话核实,王五,2018-8-20,{},{}\n",
                own.subject,
                own.reviewer,
                answer.label(),
                own.verify,
                own.mark
            );
            let mut rows = gone.clone();
            rows.push((row, *answer));
            let mut counted = counted.to_vec();
            counted.push(answer.label().to_owned());
            is_final_by(&round, &rows, &counted);
            seen.push(*answer);
        }
    }
    for treatment in [
        Treatment::MayScore,
        Treatment::Same,
        Treatment::NotSame,
        Treatment::Verified,
    ] {
        assert!(seen.contains(&treatment), "{treatment:?}");
    }
}

#[test]
fn one_row_answers_what_is_blank_for_a_person_a_group_or_all() {
    let blank = |name: &str, reviewer: &str, round: &Round, society: &str| {
        let mut paper = Paper::sound(&round.ground, society, reviewer, UNIT);
        paper.field(Field::Recusal, "");
        paper.calculate(&round.ground);
        fs::write(round.room.path().join(name), paper.csv(&[])).expect("written");
    };
    for (row, left) in [
        // Nobody has said anything.
        ("", 4),
        (",评价人甲,无须回避,,电话,王五,2018-8-20,,\n", 2),
        ("全部,评价人甲,无须回避,,电话,王五,2018-8-20,,\n", 2),
        ("第1组,,无须回避,,电话,王五,2018-8-20,,\n", 2),
        ("第1组,评价人甲,无须回避,,电话,王五,2018-8-20,,\n", 3),
        ("全部,,无须回避,,电话,王五,2018-8-20,,\n", 0),
        // Another person, another group.
        ("全部,评价人丙,无须回避,,电话,王五,2018-8-20,,\n", 4),
        ("第3组,,无须回避,,电话,王五,2018-8-20,,\n", 4),
    ] {
        let round = Round::new();
        blank("一.csv", "评价人甲", &round, "中国地质学会");
        blank("二.csv", "评价人乙", &round, "中国能源研究会");
        blank("三.csv", "评价人甲", &round, "中国茶叶学会");
        blank("四.csv", "评价人乙", &round, "中华护理学会");
        round.rule(row);
        round.play(|standings| {
            assert_eq!(doubts(standings, Doubt::RecusalUnsaid), left, "{row}");
            assert_eq!(standings.open.is_empty(), left == 0, "{row}");
        });
    }
}

#[test]
fn the_handbook_names_every_treatment() {
    let handbook = fs::read_to_string(here("docs/手册.md")).expect("the handbook");
    let told = handbook.lines().filter(|line| line.starts_with("| "));
    let told: String = told.collect::<Vec<_>>().join("\n");
    for treatment in Treatment::ALL {
        let label = treatment.label();
        let is_told = [
            format!("| {label} |"),
            format!("| {label}、"),
            format!("、{label} |"),
        ];
        assert!(is_told.iter().any(|row| told.contains(row)), "{label}");
    }
    assert!(handbook.contains("](暂计与不计.md)"));
}

#[test]
fn what_is_held_does_not_count_and_keeps_the_outcome_open() {
    let round = Round::new();
    round.form("地质一.csv", UNIT, |_| {});
    round.form("地质二.csv", "中国水产学会党委", |paper| {
        paper.bonus("3.1", "60");
    });
    round.play(|standings| {
        let own = standings.societies.iter().find(|one| one.held == 1);
        let own = own.expect("a society with a form that is held");
        assert!(own.provisional.contains(&Cause::Held));
        let mut open = standings.open.iter();
        assert!(open.any(|one| one.which.iter().any(|which| which.contains("地质二"))));
    });
}
