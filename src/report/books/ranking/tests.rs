//! The committee's workbook, read back.

use std::io::Read;

use super::{list, workbook};
use crate::intake::Value;
use crate::model::{FormKey, GroupId, Keyed, SocietyId};
use crate::report::kit::words::Remarks;
use crate::report::kit::{sample, words};
use crate::settle::FormState;

#[test]
fn the_ranking_is_read_back_as_it_was_decided() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let bytes = workbook(&standings).expect("written");
    let sheets = sample::sheets(&bytes);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        ["按总分", "按分组", "等次名单", "统计分析", "评分说明"]
    );
    for standing in &standings.societies {
        let name = format!("{}党组织", ground.roster.societies[standing.society].name);
        let rank = sample::value(&sheets[0], &name, "名次");
        let total = sample::value(&sheets[0], &name, "总分");
        if let (Some(known), Some(result)) = (standing.rank, &standing.result) {
            assert_eq!(rank, Some(&Value::Number(known.number.into())), "{name}");
            assert_eq!(
                total,
                Some(&Value::Number(result.total.decimal())),
                "{name}"
            );
        } else {
            assert_eq!(rank, Some(&Value::Text("—".to_owned())), "{name}");
            assert_eq!(total, Some(&Value::Text("—".to_owned())), "{name}");
        }
    }
}

#[test]
fn the_list_is_a_value_before_anybody_writes_it() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let table = list::by_total(&standings, Remarks::All);
    assert_eq!(table.rows.len(), standings.societies.len());
    assert!(
        table
            .rows
            .iter()
            .all(|row| row.cells.len() == table.columns.len())
    );
    assert!(table.title.contains("总排名") && table.dated.contains("2018年8月30日"));
    assert_eq!(table, list::by_total(&standings, Remarks::All));
}

#[test]
fn no_reviewer_is_named_and_the_draft_says_that_it_is_one() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    for sheet in sample::sheets(&workbook(&standings).expect("written")) {
        let texts = sample::texts(&sheet);
        for reviewer in &ground.roster.reviewers {
            assert!(!texts.contains(&reviewer.name), "{}", sheet.name);
        }
        assert!(texts.contains("（初稿）"), "{}", sheet.name);
        assert!(texts.contains("内部资料"), "{}", sheet.name);
        assert!(texts.contains("2018年8月30日"), "{}", sheet.name);
    }
}

#[test]
fn the_remarks_are_said() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    let texts = sample::texts(&sheets[0]);
    for remark in [
        "并列",
        "暂计2/3份；另有1份待更正",
        "推荐与测算不一致",
        "无基础分",
        "总分低于0按0计",
        "不予受理：上年度年检基本合格",
        "未交评价表（原则上必须参评）",
        "待更正（3份）",
    ] {
        assert!(texts.contains(remark), "{remark}");
    }
}

#[test]
fn what_counts_provisionally_is_told_by_the_forms_that_are_due() {
    let mut ground = sample::ground();
    let listed = ground.roster.reviewers.clone().into_iter();
    let others = listed.filter(|one| one.group != Some(GroupId::at(0)));
    ground.roster.reviewers = others.collect();
    // Nobody of the first group is listed: nothing is due, and whoever sends a form counts.
    let remarks = |ground: &crate::ground::Ground, society: SocietyId| {
        let standings = sample::standings(ground);
        let standing = &standings.societies[society];
        words::remarks(&standings, standing, false, Remarks::All)
    };
    assert!(!remarks(&ground, SocietyId::at(0)).contains("暂计"));
    ground.roster.reviewers = Keyed::default();
    // Without a list one form is due, and it counts.
    assert!(!remarks(&ground, SocietyId::at(15)).contains("暂计"));
}

#[test]
fn blank_forms_are_no_forms_received() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let all = standings.forms.len();
    standings.forms[FormKey::at(0)].state = FormState::Blank;
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    let texts = sample::texts(&sheets[4]);
    assert!(texts.contains(&format!("评价表{}份：", all - 1)));
    assert!(texts.contains("；另有空白表1份，不计在内。"));
}

#[test]
fn groups_without_a_score_stand_behind_the_others() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let spread = &mut standings.spread[0];
    (spread.mean, spread.highest, spread.lowest) = (None, None, None);
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    let texts = sample::texts(&sheets[3]);
    assert!(texts.find("\n第1组\n") > texts.find("\n第7组\n"));
}

#[test]
fn the_same_outcome_gives_the_same_bytes_and_the_final_edition_says_so() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let first = workbook(&standings).expect("written");
    assert_eq!(first, workbook(&standings).expect("written"));
    standings.open.clear();
    for sheet in sample::sheets(&workbook(&standings).expect("written")) {
        assert!(
            !sample::texts(&sheet).contains("（初稿）"),
            "{}",
            sheet.name
        );
    }
}

#[test]
fn thousands_of_societies_run_on() {
    let ground = sample::large_ground(40, 60);
    let standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    assert!(sheets[0].rows().len() > 2400);
}

/// More groups than a chart and a page hold are a sheet of their own, whose heads every page repeats.
#[test]
fn many_groups_have_a_sheet_of_their_own() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    assert!(sheets.iter().all(|sheet| sheet.name != "各组离散"));
    let some = std::mem::take(&mut standings.spread);
    standings.spread = some.iter().cycle().take(45).cloned().collect();
    let sheets = sample::sheets(&workbook(&standings).expect("written"));
    let named = |name: &str| sheets.iter().find(|sheet| sheet.name == name);
    let apart = sample::texts(named("各组离散").expect("a sheet of its own"));
    let whole = sample::texts(named("统计分析").expect("the statistics"));
    assert_eq!(apart.matches("\n第").count(), 45, "{apart}");
    assert!(whole.contains("共45组，另见工作表“各组离散”"), "{whole}");
}

/// What stands between every `before` and the next `<` or quotation mark, as numbers.
fn numbers(text: &str, before: &str) -> Vec<u32> {
    let rest = text.split(before).skip(1);
    rest.filter_map(|rest| rest.split(['<', '"']).next()?.parse().ok())
        .collect()
}

#[test]
fn no_page_tears_a_chart() {
    let ground = sample::ground();
    let bytes = workbook(&sample::standings(&ground)).expect("written");
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut part = parts.by_name(name).expect("the part");
        part.read_to_string(&mut text).expect("text");
        text
    };
    // 统计分析 is the fourth sheet and the only one with charts.
    let breaks = numbers(&part("xl/worksheets/sheet4.xml"), "<brk id=\"");
    // First and last row of each chart, in turns.
    let rows = numbers(&part("xl/drawings/drawing1.xml"), "<xdr:row>");
    assert!(!breaks.is_empty() && rows.len() == 6, "{breaks:?} {rows:?}");
    for chart in rows.chunks(2) {
        let is_torn = |at: &u32| chart[0] < *at && *at <= chart[1];
        assert!(!breaks.iter().any(is_torn), "{breaks:?} {rows:?}");
    }
    // Two on the first page.
    assert!(breaks[0] > rows[3], "{breaks:?} {rows:?}");
}
