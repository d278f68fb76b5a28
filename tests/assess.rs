//! 自评: societies' own forms beside reviewers', in one folder.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;

use common::Paper;
use jiff::civil::date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::Value;
use xingping::agenda::{Agenda, Seen, Step};
use xingping::finding::Severity;
use xingping::form::{self, Column, Field};
use xingping::ground::Ground;
use xingping::model::{CellRef, GroupId, Points, SocietyId};
use xingping::rank::{Asked, Standings};
use xingping::register::Treatment;
use xingping::report::known::Known;
use xingping::report::{Held, Job, data::json};
use xingping::run;
use xingping::score::{self, LinePoints};

mod common;

const SCHEME: &str = include_str!("../templates/2018/scheme.toml");
const ITEMS: &str = include_str!("../templates/2018/self.toml");

/// A year of four societies in two groups, with the scheme of 2018 after `change`.
fn year(room: &Path, change: &dyn Fn(&str) -> String) -> Ground {
    let year = room.join("年度");
    fs::create_dir(&year).expect("a year folder");
    let list = "组号,牵头联系单位,学会名称\n1,中国农业机械学会党委,中国地质学会\n1,中国农业机械学会党委,中国能源研究会\n2,中国防痨协会党委,中国茶叶学会\n2,中国防痨协会党委,中华护理学会\n";
    for (name, text) in [
        ("scheme.toml", change(SCHEME).as_str()),
        ("self.toml", ITEMS),
        ("学会名单.csv", list),
    ] {
        fs::write(year.join(name), text).expect("a file of the year");
    }
    Ground::load(Some(&year), &[]).expect("the year is sound")
}

fn plain(text: &str) -> String {
    text.to_owned()
}

/// Puts a reviewer's form of every society into the inbox, each with `bonus` in 3.2.
fn review(ground: &Ground, inbox: &Path, bonus: &str) {
    for society in &ground.roster.societies {
        let mut paper = Paper::sound(ground, &society.name, "评价人甲", "中国标准化协会党委");
        paper.bonus("1.1", "100");
        paper.bonus("3.2", bonus);
        paper.calculate(ground);
        fs::write(inbox.join(format!("{}.csv", society.name)), paper.csv(&[])).expect("a form");
    }
}

/// Puts a society's own form into the inbox.
fn assess(ground: &Ground, inbox: &Path, society: &str, items: &[(&str, &str)]) {
    let own = ground.assessing().expect("the year has self-assessments");
    let mut paper = Paper::own(&own, society);
    for (item, answer) in items {
        paper.item(item, answer);
    }
    paper.field(Field::Reviewer, &format!("{society}某人"));
    paper.calculate(&own);
    fs::write(inbox.join(format!("{society}自查.csv")), paper.csv(&[])).expect("a form");
}

fn standings<'g>(ground: &'g Ground, inbox: &Path) -> Standings<'g> {
    let paths = vec![inbox.to_owned()];
    run::standings(ground, &paths.into(), Asked::default(), &|_| {}).expect("it runs")
}

fn inbox(room: &Path) -> std::path::PathBuf {
    let inbox = room.join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    inbox
}

fn results(standings: &Standings<'_>) -> Value {
    serde_json::from_slice(&json::results(standings).expect("results")).expect("json")
}

#[test]
fn a_blank_form_is_read_back_whole_and_empty() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let own = ground.assessing().expect("2018 has self-assessments");
    let blank = xingping::report::forms::evaluation::Blank {
        society: SocietyId::at(3),
        reviewer: None,
    };
    let bytes = xingping::report::forms::evaluation::workbook(&own, &[blank]).expect("a workbook");
    let sheets = common::sheets(&bytes);
    assert_eq!(sheets[0].name, "自评表");
    let forms = form::read(&sheets[0], &own.scheme, &own.roster);
    let [form] = forms.as_slice() else {
        panic!("one form");
    };
    assert_eq!(form.damage, []);
    assert_eq!(form.strays, []);
    assert!(form.is_untouched());
    assert!(form.rows.iter().all(Option::is_some));
    let told = form.told.as_ref().expect("items");
    assert!(told.items.iter().all(Option::is_some));
    assert_eq!(told.twice, []);
    assert_eq!(form.text(Field::Society), "中国作物学会");
    assert_eq!(form.id.as_ref().expect("an id").value.stage, "自评");
    // A reviewer's form is none of these, whatever it shows.
    let mut shown = ground.clone();
    shown.scheme.shows_own = true;
    let bytes =
        xingping::report::forms::evaluation::workbook(&shown, &[blank]).expect("a workbook");
    let sheet = &common::sheets(&bytes)[0];
    assert_eq!(
        form::read(sheet, &own.scheme, &own.roster)
            .iter()
            .filter(|form| form.told.is_some())
            .count(),
        0
    );
    assert_eq!(
        form::read(sheet, &ground.scheme, &ground.roster)[0].damage,
        []
    );
}

#[test]
fn reviewers_points_stand_whatever_societies_say() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "50");
    let alone = results(&standings(&ground, &inbox));
    assess(
        &ground,
        &inbox,
        "中国地质学会",
        &[("3.2-a", "2"), ("1.1-a", "否")],
    );
    assess(&ground, &inbox, "中国茶叶学会", &[]);
    let both = standings(&ground, &inbox);
    let told = results(&both);
    for (before, after) in alone["societies"]
        .as_array()
        .expect("societies")
        .iter()
        .zip(told["societies"].as_array().expect("societies"))
    {
        let mut after = after.clone();
        let own = after.as_object_mut().expect("a society").remove("self");
        assert!(own.is_some());
        assert_eq!(*before, after);
    }
    assert!(!alone.to_string().contains("\"self\""));
    let of = |name: &str| {
        let all = told["societies"].as_array().expect("societies");
        all.iter().find(|one| one["name"] == name).expect("listed")["self"].clone()
    };
    assert_eq!(of("中国地质学会")["state"], "used");
    assert_eq!(of("中国能源研究会")["state"], "missing");
    let line = of("中国地质学会")["lines"][8].clone();
    assert_eq!(
        (&line["code"], &line["bonus"]),
        (&"3.2".into(), &"40.00".into())
    );
    // Both are named where they differ, at the reviewer's cell.
    let above: Vec<_> = both
        .findings
        .iter()
        .filter(|finding| finding.code().id == "S201")
        .collect();
    let lines: Vec<_> = above
        .iter()
        .map(|one| one.line.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(lines, ["1.1", "3.2"]);
    assert!(above.iter().all(|one| one.severity == Severity::Warning));
    assert!(
        above
            .iter()
            .all(|one| one.place.file == "中国地质学会.csv" && one.place.cell.is_some())
    );
    // Whoever assesses themselves is no reviewer: nothing more is due, nobody owes less.
    assert_eq!(alone["groups"], told["groups"]);
    assert_eq!(told["forms"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_group_sees_what_its_own_societies_say_and_no_others() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    assess(&ground, &inbox, "中国地质学会", &[("9.1-a", "7")]);
    assess(
        &ground,
        &inbox,
        "中国茶叶学会",
        &[("9.1-a", "6"), ("3.2-a", "约3次")],
    );
    assess(&ground, &inbox, "中华护理学会", &[("9.1-a", "5")]);
    // The name of a file speaks of somebody in the other group.
    let plain = inbox.join("中国地质学会自查.csv");
    fs::rename(plain, inbox.join("李测绘转中国地质学会自查.csv")).expect("another name");
    let own = ground.assessing().expect("the year has self-assessments");
    let mut paper = Paper::own(&own, "中华护理学会");
    paper.field(Field::Reviewer, "李测绘");
    paper.item("9.1-a", "5");
    paper.calculate(&own);
    fs::write(inbox.join("中华护理学会自查.csv"), paper.csv(&[])).expect("a form");
    let both = standings(&ground, &inbox);
    let known = Known::of(&both);
    let texts = |group: usize| {
        let held = Held::default();
        Job::Group(GroupId::at(group))
            .write(&known, &held)
            .expect("a book");
        let book = &held.outputs()[0];
        let mut all = String::new();
        for sheet in common::sheets(&book.bytes) {
            all.push_str(&sheet.name);
            for (_, value) in sheet.cells() {
                all.push_str(&common::text(value));
                all.push('\n');
            }
        }
        all
    };
    let (first, second) = (texts(0), texts(1));
    assert!(first.contains("自评对照") && second.contains("自评对照"));
    assert!(first.contains("刊发党建类简讯篇数：7篇"));
    assert!(second.contains("刊发党建类简讯篇数：5篇") && second.contains("约3次"));
    for (text, others) in [
        (&first, ["中国茶叶学会", "中华护理学会", "约3次", "李测绘"]),
        (
            &second,
            ["中国地质学会", "中国能源研究会", "7篇", "中国地质学会某人"],
        ),
    ] {
        for other in others {
            assert!(!text.contains(other), "{other}");
        }
    }
}

#[test]
fn what_societies_say_weighs_as_the_scheme_has_it_and_is_rounded_once() {
    let room = tempfile::tempdir().expect("a folder");
    let weighed =
        |text: &str| text.replacen("[policies]\n", "[policies]\nself_percent = 33.3\n", 1);
    let ground = year(room.path(), &weighed);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    assess(&ground, &inbox, "中国地质学会", &[("9.1-a", "7")]);
    let both = standings(&ground, &inbox);
    let own = both.assessments.as_ref().expect("one came");
    let id = SocietyId::at(0);
    let own = own
        .of(id)
        .expect("one stands")
        .figures(&ground)
        .expect("whole");
    let own = own.total.rounded(Points::MOST_DECIMALS).decimal();
    // 100 + 20 by the reviewer.
    let percent: rust_decimal::Decimal = "0.333".parse().expect("a share");
    let total =
        rust_decimal::Decimal::from(120) * (rust_decimal::Decimal::ONE - percent) + own * percent;
    let standing = &both.societies[id];
    let result = standing.result.as_ref().expect("a result");
    assert_eq!(
        result.total.decimal(),
        total
            .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
            .normalize()
    );
    assert_eq!(result.score.reviewed_total().rounded(2), Points::whole(120));
    // Whoever has sent none has no total, and is named.
    let lacking = &both.societies[SocietyId::at(1)];
    assert!(lacking.result.is_none() && lacking.lacks_own);
    assert_eq!(lacking.label(), "缺自评");
    assert!(
        both.open
            .iter()
            .any(|open| open.which.len() == 3 && open.what.contains("缺自评"))
    );
}

#[test]
fn without_a_weight_nothing_is_weighed() {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let points = LinePoints {
        bonus: Points::whole(10),
        deduction: Points::ZERO,
    };
    let forms = [vec![points; ground.scheme.lines.len()]];
    let plain = score::score(&ground.scheme, &forms);
    let scored = score::ScoredForm {
        class: None,
        lines: forms[0].iter().copied().map(Into::into).collect(),
    };
    let own = Some(vec![xingping::scheme::Marks::default(); ground.scheme.lines.len()].into());
    assert_eq!(plain, score::score_with(&ground.scheme, &[scored], own));
}

#[test]
fn a_weight_without_items_is_refused() {
    let room = tempfile::tempdir().expect("a folder");
    let text = SCHEME.replacen("[policies]\n", "[policies]\nself_percent = 30\n", 1);
    fs::write(room.path().join("scheme.toml"), text).expect("a scheme");
    let refused = Ground::load(Some(room.path()), &[]).expect_err("refused");
    assert!(refused.to_string().contains("self.toml"), "{refused}");
    // Every column of a reviewer's form is as before.
    assert!(
        !Column::of(&Ground::load(None, &[]).expect("2018").scheme).any(|one| one == Column::Item)
    );
}

#[test]
fn reviewers_forms_show_what_societies_say_reckoned_anew() {
    let room = tempfile::tempdir().expect("a folder");
    let inbox = inbox(room.path());
    let ground = Ground::load(None, &[]).expect("the built-in year");
    assess(
        &ground,
        &inbox,
        "中国地质学会",
        &[("3.2-a", "2"), ("2.3-a", "不报送")],
    );
    // Nothing of a form that cannot be used is shown.
    assess(&ground, &inbox, "中国能源研究会", &[("3.2-a", "")]);
    let forms = room.path().join("空白表");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_xingping"))
        .arg("forms")
        .arg("--self")
        .arg(&inbox)
        .arg("-o")
        .arg(&forms)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{said}");
    assert!(
        said.contains("S102") && said.contains("自评栏已按1份自评表填好"),
        "{said}"
    );
    let shown = |society: &str| {
        let group = fs::read_dir(&forms).expect("groups").flatten();
        let mut files = group.map(|group| group.path().join(format!("{society}.xlsx")));
        let file = files.find(|file| file.is_file()).expect("a form");
        common::sheets(&fs::read(file).expect("a file")).remove(0)
    };
    let cell = |society: &str, heading: &str, code: &str| {
        let sheet = shown(society);
        let find = |text: &str| {
            let mut cells = sheet.cells();
            cells
                .find(|(_, value)| common::text(value) == text)
                .expect("a text")
                .0
        };
        let (column, row) = (find(heading).column(), find(code).row());
        assert!(
            !sheet.hidden.hides(CellRef::new(row, column)),
            "{heading} is hidden"
        );
        sheet
            .get(CellRef::new(row, column))
            .map_or(String::new(), common::text)
    };
    assert_eq!(cell("中国地质学会", "自评加分", "3.2"), "40");
    assert_eq!(cell("中国地质学会", "自评减分", "2.3"), "50");
    assert_eq!(cell("中国地质学会", "自评减分", "总分"), "50");
    assert_eq!(cell("中国能源研究会", "自评加分", "3.2"), "");
    // Without it the columns are there, and hidden.
    let review = form::read(&shown("中国地质学会"), &ground.scheme, &ground.roster);
    assert!(review[0].is_untouched());
}

#[test]
fn every_number_of_a_self_assessment_can_be_followed_to_its_cell() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    assess(&ground, &inbox, "中国地质学会", &[("3.2-a", "2")]);
    let both = standings(&ground, &inbox);
    let held = Held::default();
    Job::Internal
        .write(&Known::of(&both), &held)
        .expect("a book");
    let book = &held.outputs()[0];
    let sheets = common::sheets(&book.bytes);
    let sheet = sheets.iter().find(|sheet| sheet.name == "自评对照");
    let sheet = sheet.expect("the sheet");
    let rows = sheet.rows();
    let row = |society: &str, code: &str| {
        let texts = |row: u32| -> Vec<String> {
            sheet
                .row(row)
                .map(|(_, value)| common::text(value))
                .collect()
        };
        let mut rows = rows.iter().map(|row| texts(*row));
        rows.find(|texts| texts.first().is_some_and(|one| one == society) && texts[1] == code)
            .expect("a row")
    };
    let own = row("中国地质学会", "3.2");
    assert_eq!(
        own[3..],
        [
            "全年召开党委会次数：2次",
            "40",
            "40",
            "20",
            "-20",
            "J20",
            "中国地质学会自查.csv"
        ]
    );
    assert!(row("中国茶叶学会", "—").contains(&"没有收到自评表".to_owned()));
}

/// The slips, letters and reminders of an inbox, by name.
fn returned(ground: &Ground, inbox: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let both = standings(ground, inbox);
    let paths = vec![inbox.to_owned()];
    let returns = run::slips(&both, &paths.into(), &|_| {}).expect("the slips are made");
    let outputs = returns.outputs.into_iter();
    outputs.map(|one| (one.name, one.bytes)).collect()
}

fn utf8(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_society_gets_its_own_form_back_and_what_it_corrects_stands() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    let own = ground.assessing().expect("the year has self-assessments");
    let mut paper = Paper::own(&own, "中国地质学会");
    paper.item("3.2-a", "约3次");
    paper.item("1.1-a", "");
    paper.set(paper.item_at("9.1-a", Column::Evidence), "简讯目录");
    paper.set(paper.item_at("3.1-b", Column::Remark), "见附件");
    paper.calculate(&own);
    fs::write(inbox.join("能源转地质自查.csv"), paper.csv(&[])).expect("a form");
    assess(&ground, &inbox, "中国茶叶学会", &[("9.1-a", "6")]);
    let sent = returned(&ground, &inbox);
    let named = |ending: &str| {
        let mut names = sent.keys().filter(|name| name.ends_with(ending));
        let name = names.next().cloned();
        assert_eq!(names.next(), None);
        name.expect("one")
    };
    let slip = named("-自评表-退回.xlsx");
    assert_eq!(
        slip,
        "第1组-中国农业机械学会党委/中国地质学会-自评表-退回.xlsx"
    );
    let letter = utf8(&sent[&named("中国地质学会-自评表-回信.txt")]);
    for told in [
        "\u{feff}中国地质学会：",
        "贵单位的《2018年创建星级学会党组织自评表》",
        "须更正（更正之前，这份自评表暂不采用）",
        "3.2-a“全年召开党委会次数”：填的是“约3次”，允许：不小于0的整数（次）",
        "1.1-a“理事会层面是否成立党委”：允许：是或否。这一项没有填",
        "请在“自评表”工作表上直接改，保存后发回，文件名不用改，填报日期不用改",
    ] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    let sheets = common::sheets(&sent[&slip]);
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["退回说明", "自评表"]);
    // Nothing of anybody else, and the name of the file, which speaks of somebody else, is not said either.
    let all: String = sheets
        .iter()
        .flat_map(|sheet| sheet.cells().map(|(_, value)| common::text(value)))
        .chain([letter])
        .collect();
    for other in ["茶叶", "评价人甲", "能源"] {
        assert!(!all.contains(other), "{other}");
    }
    // The neutral word of the guide is read as no form.
    assert_eq!(form::read(&sheets[0], &own.scheme, &own.roster), []);
    let forms = form::read(&sheets[1], &own.scheme, &own.roster);
    let [form] = forms.as_slice() else {
        panic!("one form");
    };
    assert_eq!((&form.damage, &form.strays), (&Vec::new(), &Vec::new()));
    let told = form.told.as_ref().expect("items");
    let items = &own.scheme.own.as_ref().expect("items").items;
    let item = |code: &str| {
        let at = items.iter().position(|item| item.code == code);
        told.item(at.expect("an item")).expect("its row")
    };
    assert_eq!(item("3.2-a").written, "约3次");
    assert_eq!(item("9.1-a").value.filled.points(), Some(Points::whole(9)));
    assert_eq!(item("9.1-a").evidence, "简讯目录");
    assert_eq!(item("3.1-b").remark, "见附件");
    assert_eq!(form.corrects.len(), 1);
    // Put right, under the same date and by somebody else, it stands; the form that was sent back gives way.
    let mut cells: std::collections::BTreeMap<CellRef, String> = sheets[1]
        .cells()
        .map(|(cell, value)| (cell, common::text(value)))
        .collect();
    cells.insert(item("3.2-a").value.cell, "3".to_owned());
    cells.insert(item("1.1-a").value.cell, "是".to_owned());
    // A csv of it shows days as text; its total is not calculated.
    let day = form.fields[&Field::Date].cell;
    let filled = own.scheme.stage().expect("a stage").from;
    cells.insert(day, filled.to_string());
    cells.remove(&form.total.as_ref().expect("a total").cell);
    let filler = form.fields[&Field::Reviewer].cell;
    cells.insert(filler, "另一位".to_owned());
    fs::write(inbox.join("更正.csv"), common::csv_of(&cells, &[])).expect("a form");
    let both = standings(&ground, &inbox);
    let stands = both.assessments.as_ref().expect("some came");
    let stands = stands.of(SocietyId::at(0)).expect("one stands");
    assert_eq!(stands.form.place.file, "更正.csv");
    let codes: Vec<&str> = both
        .findings
        .iter()
        .filter(|one| one.place.file.contains("自查") || one.place.file == "更正.csv")
        .filter(|one| one.severity < Severity::Note && one.line.is_none())
        .map(|one| one.code().id)
        .collect();
    assert_eq!(codes, Vec::<&str>::new());
    assert!(
        !returned(&ground, &inbox)
            .keys()
            .any(|name| name.contains("-自评表-"))
    );
}

#[test]
fn who_has_sent_none_is_asked_for_through_its_lead_until_it_is_not_waited_for() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    assess(&ground, &inbox, "中国地质学会", &[]);
    let reminder = |ground: &Ground, group: &str| {
        let sent = returned(ground, &inbox);
        let mut found = sent.iter();
        found
            .find(|(name, _)| name.starts_with(group) && name.ends_with("催报.txt"))
            .map(|(_, bytes)| utf8(bytes))
    };
    // While societies assess themselves nobody is asked for reviews.
    let first = reminder(&ground, "第1组").expect("a reminder");
    for told in [
        "中国农业机械学会党委：",
        "贵单位牵头的第1组，《2018年创建星级学会党组织自评表》还有下列未了的",
        "一、还没有收到自评表的学会（1个）",
        "1. 中国能源研究会",
        "请于2018年7月31日（自评截止）前交齐",
    ] {
        assert!(first.contains(told), "{told}: {first}");
    }
    assert!(
        !first.contains("评价表") && !first.contains("茶叶"),
        "{first}"
    );
    review(&ground, &inbox, "20");
    let second = reminder(&ground, "第2组").expect("a reminder");
    assert!(second.contains("还没有收到自评表的学会（2个）"), "{second}");
    // The near miss: a row about a reviewer is not about the society's own form.
    let register = |row: &str| {
        let file = room.path().join("处理登记.csv");
        let text = format!(
            "文件或学会,评价人,处理,对应学会,依据,处理人,日期\n{row},,电话核实,王五,2018-8-20\n"
        );
        fs::write(&file, text).expect("written");
        ground.clone().with_register(&[file]).expect("the register")
    };
    let other = register("中国能源研究会,评价人甲,不再等");
    assert!(reminder(&other, "第1组").is_some());
    let waived = register("中国能源研究会,自评表,不再等");
    assert_eq!(reminder(&waived, "第1组"), None);
    let both = standings(&waived, &inbox);
    let lacking = both.findings.iter().filter(|one| one.code().id == "S301");
    assert_eq!(lacking.count(), 2);
    assert!(
        !both
            .findings
            .iter()
            .any(|one| one.code().name == "ruling-not-applied")
    );
}

#[test]
fn of_two_that_clash_the_clerk_says_which_stands() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    assess(&ground, &inbox, "中国地质学会", &[("9.1-a", "7")]);
    fs::rename(inbox.join("中国地质学会自查.csv"), inbox.join("一.csv")).expect("renamed");
    assess(&ground, &inbox, "中国地质学会", &[("9.1-a", "5")]);
    fs::rename(inbox.join("中国地质学会自查.csv"), inbox.join("二.csv")).expect("renamed");
    let both = standings(&ground, &inbox);
    assert!(
        both.assessments
            .as_ref()
            .expect("two")
            .of(SocietyId::at(0))
            .is_none()
    );
    let waiting: Vec<_> = both
        .pending
        .iter()
        .map(|one| {
            (
                one.subject.as_str(),
                one.treatments.as_slice(),
                one.shown.society.as_str(),
            )
        })
        .collect();
    let fits: &[Treatment] = &[Treatment::Stands, Treatment::Excluded];
    assert_eq!(
        waiting,
        [
            ("/一.csv", fits, "中国地质学会"),
            ("/二.csv", fits, "中国地质学会")
        ]
    );
    assert!(both.pending[0].shown.differing.contains("9.1加分"));
    let problem = &both.pending[0].problem;
    assert!(
        problem.contains("填报日期相同") && problem.contains("自评表"),
        "{problem}"
    );
    // Both are asked which is meant, and nobody else.
    let sent = returned(&ground, &inbox);
    let letter = utf8(&sent["第1组-中国农业机械学会党委/中国地质学会-自评表-回信.txt"]);
    assert!(
        letter.contains("贵单位的2份") && letter.contains("与第2份不同的分值：9.1"),
        "{letter}"
    );
    let with = |rows: &str| {
        let file = room.path().join("处理登记.csv");
        let text = format!("文件或学会,评价人,处理,依据,处理人,日期\n{rows}");
        fs::write(&file, text).expect("written");
        ground.clone().with_register(&[file]).expect("the register")
    };
    let stands = |ground: &Ground| {
        let both = standings(ground, &inbox);
        let own = both.assessments.as_ref().expect("two");
        let file = own
            .of(SocietyId::at(0))
            .map(|one| one.form.place.file.clone());
        let is_met = both
            .findings
            .iter()
            .all(|one| one.code().name != "ruling-not-applied");
        (file, is_met, both.pending.len())
    };
    let ruled = with("二.csv,,以此份为准,电话核实,王五,2018-8-20\n");
    assert_eq!(stands(&ruled), (Some("二.csv".to_owned()), true, 0));
    let ruled = with("二.csv,,不计入,电话核实,王五,2018-8-20\n");
    assert_eq!(stands(&ruled), (Some("一.csv".to_owned()), true, 0));
    // What the program wrote is bound to what lay there, whatever it is called.
    let mark = &both.pending[1].mark;
    let file = room.path().join("处理登记.csv");
    let text = format!(
        "文件或学会,评价人,处理,依据,处理人,日期,校验码\n/二.csv,,以此份为准,电话核实,王五,2018-8-20,{mark}\n"
    );
    fs::write(&file, text).expect("written");
    let ruled = ground.clone().with_register(&[file]).expect("the register");
    fs::rename(inbox.join("二.csv"), inbox.join("另.csv")).expect("renamed");
    assert_eq!(stands(&ruled), (Some("另.csv".to_owned()), true, 0));
    // Near misses: a row about the society is about its reviewers' forms; two rows that contradict mean neither.
    let reviews = with("中国地质学会,,不计入,电话核实,王五,2018-8-20\n");
    let (file, is_met, waiting) = stands(&reviews);
    assert_eq!((file, is_met, waiting), (None, true, 2));
    let torn = with(
        "一.csv,,以此份为准,电话核实,王五,2018-8-20\n另.csv,,以此份为准,电话核实,王五,2018-8-20\n",
    );
    assert_eq!(stands(&torn).0, None);
}

#[test]
fn facts_and_what_they_come_to_leave_as_tables() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    review(&ground, &inbox, "20");
    assess(
        &ground,
        &inbox,
        "中国地质学会",
        &[("3.2-a", "2"), ("2.3-a", "不报送")],
    );
    assess(&ground, &inbox, "中国能源研究会", &[("3.2-a", "")]);
    let held = Held::default();
    run::export(&standings(&ground, &inbox), &held).expect("an export");
    let outputs = held.outputs();
    let file = |name: &str| {
        &outputs
            .iter()
            .find(|one| one.name == name)
            .expect(name)
            .bytes
    };
    let rows = |name: &str| -> Vec<std::collections::BTreeMap<String, String>> {
        let text = utf8(file(name));
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        reader
            .deserialize()
            .map(|row| row.expect("a row"))
            .collect()
    };
    let own = rows("self.csv");
    let of = |row: &std::collections::BTreeMap<String, String>, names: [&str; 4]| {
        names.map(|name| row[name].clone())
    };
    assert_eq!(
        of(&own[0], ["society", "state", "used", "filled_by"]),
        ["中国地质学会", "counted", "true", "中国地质学会某人"]
    );
    assert_eq!(
        of(&own[1], ["society", "state", "used", "total"]),
        ["中国能源研究会", "held", "false", ""]
    );
    let items = rows("self_items.csv");
    assert_eq!(items.len(), 2 * 38);
    let item = |society: &str, code: &str| {
        let mut items = items.iter();
        let row = items.find(|row| row["society"] == society && row["item"] == code);
        of(row.expect("a row"), ["line", "answer", "number", "used"])
    };
    assert_eq!(item("中国地质学会", "3.2-a"), ["3.2", "2次", "2", "true"]);
    assert_eq!(item("中国地质学会", "2.3-a"), ["2.3", "不报送", "", "true"]);
    assert_eq!(item("中国能源研究会", "3.2-a"), ["3.2", "", "", "false"]);
    let lines = rows("self_lines.csv");
    assert_eq!(lines.len(), 2 * 27);
    let line = |society: &str, code: &str| {
        let mut lines = lines.iter();
        let row = lines.find(|row| row["society"] == society && row["line"] == code);
        of(
            row.expect("a row"),
            ["bonus", "bonus_at_most", "deduction", "used"],
        )
    };
    assert_eq!(line("中国地质学会", "3.2"), ["40", "40", "0", "true"]);
    assert_eq!(line("中国地质学会", "6.1"), ["30", "50", "0", "true"]);
    assert_eq!(line("中国地质学会", "2.3"), ["0", "0", "50", "true"]);
    assert_eq!(line("中国能源研究会", "3.2"), ["", "", "", "false"]);
    // Parquet holds as many rows of each.
    for (name, count) in [("self", 2), ("self_items", 76), ("self_lines", 54)] {
        let path = room.path().join(name);
        fs::write(&path, file(&format!("{name}.parquet"))).expect("written");
        let opened = fs::File::open(&path).expect("it is there");
        let reader = SerializedFileReader::new(opened).expect("parquet");
        assert_eq!(
            reader.metadata().file_metadata().num_rows(),
            count,
            "{name}"
        );
        let sums: Vec<String> = reader
            .get_row_iter(None)
            .expect("rows")
            .map(|row| row.expect("a row").to_string())
            .collect();
        assert!(
            sums.iter().any(|row| row.contains("中国地质学会")),
            "{name}"
        );
    }
}

#[test]
fn who_owes_a_self_assessment_is_told_with_its_day() {
    let room = tempfile::tempdir().expect("a folder");
    let ground = year(room.path(), &plain);
    let inbox = inbox(room.path());
    assess(&ground, &inbox, "中国地质学会", &[("3.2-a", "约3次")]);
    assess(&ground, &inbox, "中国茶叶学会", &[]);
    let both = standings(&ground, &inbox);
    let seen = Seen {
        standings: Some(&both),
        ..Seen::default()
    };
    let agenda = Agenda::of(&ground, date(2018, 7, 25), &seen);
    let by = Some(date(2018, 7, 31));
    let own = agenda.due.iter().filter(|due| due.by == by);
    let own: Vec<(&str, String)> = own
        .map(|due| (due.what.as_str(), due.who.join("；")))
        .collect();
    assert_eq!(
        own,
        [
            (
                "未交的自评表",
                "第1组（牵头：中国农业机械学会党委）：中国能源研究会；第2组（牵头：中国防痨协会党委）：中华护理学会".to_owned()
            ),
            ("待更正的自评表", "中国地质学会（“中国地质学会自查.csv”）".to_owned()),
        ]
    );
    assert_eq!(agenda.next, [Step::Return, Step::Forms]);
    // Before any has come all who take part owe one.
    let agenda = Agenda::of(&ground, date(2018, 7, 25), &Seen::default());
    assert!(agenda.due[0].what.contains("自评表（各学会填报）"));
    assert_eq!(agenda.next, [Step::OwnForms, Step::Forms]);
}
