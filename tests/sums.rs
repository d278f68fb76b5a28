//! The figures that are printed add up: on the screen and in 缺报与进度, over every sample round.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::path::Path;
use std::process::Command;

use xingping::intake::Value;
use xingping::model::CellRef;

mod common;

/// The numbers behind the words of `计入7、须更正14`.
fn sum(words: &str) -> usize {
    words
        .split('、')
        .map(|word| {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            digits.parse::<usize>().expect("a number")
        })
        .sum()
}

/// What stands between two words of a text.
fn between<'t>(text: &'t str, before: &str, after: &[char]) -> &'t str {
    let rest = text.split_once(before).expect("it is said").1;
    &rest[..rest.find(after).unwrap_or(rest.len())]
}

/// The rows of a table of the page, as the texts of their cells.
fn page_rows(page: &str, id: &str) -> Vec<Vec<String>> {
    let table = page
        .split_once(&format!(" id=\"{id}\""))
        .expect("the table")
        .1;
    let body = table.split_once("<tbody>").expect("a body").1;
    let body = body.split_once("</tbody>").expect("its end").0;
    let text = |cell: &str| {
        let words = cell
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        words.collect::<String>()
    };
    body.split("<tr")
        .skip(1)
        .map(|row| {
            let cells = row.replace("<th ", "<td ").replace("<td>", "<td >");
            let cells = cells.split("<td ").skip(1);
            cells.map(|cell| text(&format!("<{cell}"))).collect()
        })
        .collect()
}

#[test]
fn the_printed_figures_add_up() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for round in ["samples/2018", "samples/mistakes", "samples/post"] {
        let inbox = root.join(round);
        let room = tempfile::tempdir().expect("a room");
        let out = room.path().join("结果");
        let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
            .args(["consolidate", "-q", "-o"])
            .arg(&out)
            .arg(&inbox)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let Some(line) = said.lines().find(|line| line.starts_with("收到文件")) else {
            // Nothing but hostile files: there is no round.
            assert_eq!(output.status.code(), Some(2), "{round}: {said}");
            continue;
        };
        for (total, parts) in [("，评价表", "份："), ("应收", "："), ("学会", "个：")]
        {
            if !line.contains(total) {
                continue;
            }
            let all: usize = between(line, total, &['份', '个'])
                .parse()
                .expect("a number");
            let rest = line.split_once(total).expect("it is said").1;
            let own = between(rest, parts, &['。', '；']);
            assert_eq!(sum(own), all, "{round}: {line}");
        }
        let book = std::fs::read(out.join("0-工作底稿（内部）.xlsx")).expect("a workbook");
        let sheets = common::sheets(&book);
        let sheet = sheets
            .iter()
            .find(|sheet| sheet.name == "缺报与进度")
            .expect("the sheet");
        let number = |row: u32, column: u32| match sheet.get(CellRef::new(row, column)) {
            Some(Value::Number(number)) => number.to_string().parse::<usize>().ok(),
            _ => None,
        };
        let mut rows = 0;
        let mut of_groups = Vec::new();
        for row in sheet.rows() {
            let figures: Option<Vec<usize>> = (6..11).map(|column| number(row, column)).collect();
            if let Some(figures) = figures {
                assert_eq!(
                    figures[0],
                    figures[1..].iter().sum::<usize>(),
                    "{round}: {row}"
                );
                rows += 1;
                if matches!(sheet.get(CellRef::new(row, 2)), Some(Value::Text(text)) if text == "本组进度")
                {
                    of_groups.push(figures);
                }
            }
        }
        assert!(rows > 1, "{round}: {rows}");
        // The page says of each group what the workbook says.
        let page = std::fs::read_to_string(out.join("0-报告（内部）.html")).expect("a page");
        let shown: Vec<Vec<usize>> = page_rows(&page, "next")
            .iter()
            .map(|cells| cells.iter().skip(2).take(5))
            .map(|cells| cells.map(|one| one.parse().expect("a number")).collect())
            .collect();
        assert!(!shown.is_empty(), "{round}");
        assert_eq!(shown, of_groups, "{round}");
    }
}
