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
        let inbox = self.room.path().to_owned();
        let ground = ground()
            .with_register(std::slice::from_ref(&inbox))
            .expect("the register is sound");
        let paths = vec![inbox];
        let standings =
            run::standings(&ground, &paths.into(), Asked::default(), &|_| {}).expect("it runs");
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
