//! The secretariat's workbook, read back.

use super::workbook;
use crate::finding::Reader;
use crate::finding::text::{Detail, lines};
use crate::intake::Value;
use crate::model::CellRef;
use crate::report::data::json;
use crate::report::kit::sample;
use crate::report::known::Known;

/// Rows above a table: mark, title, day, header.
const HEAD: usize = 4;

#[test]
fn every_finding_form_value_and_file_has_a_row() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&Known::of(&standings)).expect("written"));
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "填报核对清单",
            "缺报与进度",
            "不予受理与待更正",
            "评价人明细",
            "逐项明细",
            "材料来源"
        ]
    );
    let scored = standings
        .forms
        .iter()
        .filter(|form| form.is_scored())
        .count();
    let findings = standings.findings.iter();
    let weights: std::collections::BTreeSet<_> = findings.map(|one| one.severity).collect();
    for (sheet, rows) in [
        // Above its list stands how many there are of what, below it what becomes of remarks.
        (0, 1 + weights.len() + standings.findings.len() + 1),
        (3, standings.forms.len()),
        (4, scored * ground.scheme.lines.len()),
        (5, standings.files.len()),
    ] {
        assert_eq!(
            sheets[sheet].rows().len(),
            HEAD + rows,
            "{}",
            sheets[sheet].name
        );
    }
}

#[test]
fn what_weighs_most_is_listed_first() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&Known::of(&standings)).expect("written"));
    let texts = sample::texts(&sheets[0]);
    assert!(texts.rfind("\n须更正\n") < texts.find("\n请核实\n"));
    assert!(texts.rfind("\n请核实\n") < texts.find("\n提示\n"));
}

#[test]
fn text_of_forms_never_becomes_a_formula() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&Known::of(&standings)).expect("written"));
    assert!(sample::texts(&sheets[4]).contains("=HYPERLINK(\"http://example.org\")"));
}

#[test]
fn the_rank_of_one_not_accepted_stands_here() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&Known::of(&standings)).expect("written"));
    let rank = sample::value(&sheets[2], "中国作物学会", "如受理名次");
    assert_eq!(rank, Some(&Value::Number(5.into())));
}

#[test]
fn the_same_outcome_gives_the_same_bytes() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    assert_eq!(
        workbook(&Known::of(&standings)).expect("written"),
        workbook(&Known::of(&standings)).expect("written")
    );
}

/// Ten thousand of them: a person at the console reads some dozens of lines, the workbook has them all and says above
/// them what they are, and so do the data.
#[test]
fn ten_thousand_findings_are_complete_and_can_be_read() {
    const ALL: usize = 10_000;
    const READABLE: usize = 60;
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let some = std::mem::take(&mut standings.findings);
    standings.findings = some.iter().cycle().take(ALL).cloned().collect();
    for (at, finding) in (0..).zip(&mut standings.findings) {
        finding.place.cell = Some(CellRef::new(at, 8));
        finding.place.file = format!("第{at}份.xlsx");
    }
    standings
        .findings
        .sort_by(|one, other| one.order().cmp(&other.order()));
    let said = lines(&standings.findings, &Reader::clerk(&ground), Detail::Brief);
    assert!(said.len() <= READABLE, "{} lines", said.len());
    for (_, line) in &said {
        assert!(line.chars().count() < 400, "{line}");
    }
    let sheets = sample::sheets(&workbook(&Known::of(&standings)).expect("written"));
    let (sheet, lead) = (&sheets[0], 1 + 3);
    assert_eq!(sheet.name, "填报核对清单");
    assert_eq!(sheet.rows().len(), HEAD + lead + ALL + 1);
    assert!(sample::texts(sheet).contains(&format!("共{ALL}处")));
    let data = json::results(&standings).expect("written");
    let data: serde_json::Value = serde_json::from_slice(&data).expect("json");
    assert_eq!(data["findings"].as_array().map(Vec::len), Some(ALL));
}
