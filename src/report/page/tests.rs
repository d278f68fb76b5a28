//! The two pages: who is shown what, and that every link leads somewhere.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::table::{Shown, said};
use super::{SCRIPT, STYLE};
use crate::rank::Standings;
use crate::report::books::ranking::{grades, statistics};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, sample};
use crate::report::known::Known;

fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut page = Vec::new();
    write(&mut page).expect("written");
    String::from_utf8(page).expect("text")
}

fn committee(standings: &Standings<'_>) -> String {
    written(|to| super::committee(standings, to))
}

fn internal(known: &Known<'_>) -> String {
    written(|to| super::internal(known, to))
}

/// What stands behind every `word="` up to the next quotation mark.
fn values<'p>(page: &'p str, word: &str) -> Vec<&'p str> {
    let begins = format!(" {word}=\"");
    let rest = page.split(begins.as_str()).skip(1);
    rest.filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_leads_to_one_place() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    for page in [committee(&standings), internal(&Known::of(&standings))] {
        let ids = values(&page, "id");
        let places: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(places.len(), ids.len(), "an id stands twice");
        for link in values(&page, "href") {
            assert!(places.contains(link.trim_start_matches('#')), "{link}");
        }
        for word in ["aria-controls", "data-for", "list", "aria-labelledby"] {
            for one in values(&page, word)
                .into_iter()
                .flat_map(str::split_whitespace)
            {
                assert!(places.contains(one), "{word} {one}");
            }
        }
    }
}

#[test]
fn the_committee_sees_no_reviewer_no_rank_that_would_be_and_not_how_near_the_next_star_is() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let (page, whole) = (committee(&standings), internal(&Known::of(&standings)));
    let mut people = 0;
    for form in standings
        .forms
        .iter()
        .filter(|form| !form.reviewer.is_empty())
    {
        assert!(!page.contains(&form.reviewer), "{}", form.reviewer);
        people += usize::from(whole.contains(&form.reviewer));
    }
    assert!(people > 0);
    for word in ["距上一星", "如受理名次", "处理建议", "评价人"] {
        assert!(!page.contains(word), "{word}");
        assert!(whole.contains(word), "{word}");
    }
}

#[test]
fn a_page_loads_nothing_and_its_own_parts_end_no_element() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    for part in [STYLE, SCRIPT] {
        assert!(!part.contains("</") && !part.contains("url(") && !part.contains("@import"));
    }
    let page = internal(&Known::of(&standings));
    assert!(page.contains("default-src 'none'"));
    // No style of a single element: the policy would not allow it.
    assert!(!page.contains(" style=\""));
}

#[test]
fn the_same_outcome_gives_the_same_pages() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let known = Known::of(&standings);
    assert_eq!(internal(&known), internal(&known));
    assert_eq!(committee(&standings), committee(&standings));
}

/// The choices of a page's lists, those behind 全部.
fn choices(page: &str) -> Vec<Vec<&str>> {
    let lists = page.split("<option value=\"\">全部</option>").skip(1);
    lists
        .filter_map(|list| list.split_once("</select>"))
        .map(|(list, _)| {
            let options = list.split("<option>").skip(1);
            options.filter_map(|one| one.split('<').next()).collect()
        })
        .collect()
}

#[test]
fn what_can_be_chosen_is_in_its_natural_order() {
    let columns = vec![
        Column::new("级别", 6, Look::Centre).choosable(),
        Column::new(Topic::Group, 6, Look::Centre).choosable(),
        Column::new(Topic::Stars, 6, Look::Star).choosable(),
        Column::new("其他", 6, Look::Centre).choosable(),
    ];
    let mut table = Table::of(columns, Layout::list(9.0, 0));
    let groups = [10, 2, 1, 2, 10, 2, 1, 2, 10, 2, 1, 2, 10];
    let stars = [9, 8, 10, 6, 9, 8, 10, 6, 9, 8, 10, 6, 9];
    for (group, stars) in groups.into_iter().zip(stars) {
        table.rows.push(Row::new(vec![
            Cell::text(if group == 1 { "须更正" } else { "请核实" })
                .ordered(usize::from(group != 1)),
            Cell::text(format!("第{group}组")).ordered(group),
            Cell::stars(stars),
            if group == 10 {
                Cell::dash()
            } else {
                Cell::text("无序")
            },
        ]));
    }
    // Without an order of its own it stays as it is met.
    let page = Shown::new("any", &table).html().into_string();
    assert_eq!(
        choices(&page),
        [
            vec!["须更正", "请核实"],
            vec!["第1组", "第2组", "第10组"],
            vec!["10星", "9星", "8星", "6星"],
            vec!["—", "无序"],
        ]
    );
}

/// What a chart says to who cannot see it.
fn described<'p>(page: &'p str, chart: &str) -> &'p str {
    let begins = format!("<desc id=\"{chart}-d\">");
    let rest = page.split_once(begins.as_str()).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split('<').next()).unwrap_or("")
}

/// What the rows of a table say in the columns with these heads, joined; of rows that say something there.
fn say(table: &Table, heads: [&[&str]; 2]) -> String {
    let read = |row: &Row, heads: &[&str], between: &str| {
        let texts: Vec<String> = heads
            .iter()
            .map(|head| {
                let mut columns = table.columns.iter();
                let at = columns.position(|column| column.head == *head);
                let at = at.expect("a column of that head");
                said(table.columns[at].look, &row.cells[at].content).into_owned()
            })
            .collect();
        texts.join(between)
    };
    let rows = table.rows.iter();
    let all: Vec<String> = rows
        .map(|row| {
            format!(
                "{}：{}",
                read(row, heads[0], " "),
                read(row, heads[1], " – ")
            )
        })
        .collect();
    all.join("；")
}

#[test]
fn a_chart_says_what_the_table_behind_it_says() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let (page, whole) = (committee(&standings), internal(&Known::of(&standings)));
    // Where a group has no score there is nothing to draw.
    let mut groups = statistics::groups(&standings);
    groups.rows.retain(|row| row.cells[3] != Cell::dash());
    let groups = say(
        &groups,
        [&["分组", "牵头联系单位"], &["最低", "平均", "最高"]],
    );
    let mut stars = statistics::stars(&standings);
    stars.rows.reverse();
    let stars = say(&stars, [&["星级"], &["个数"]]);
    let dimensions = statistics::dimensions(&standings);
    let dimensions = say(&dimensions, [&["一级指标"], &["得分率"]]);
    for (chart, told) in [
        ("ranges", groups),
        ("stars", stars),
        ("dimensions", dimensions),
    ] {
        assert!(!told.is_empty());
        for page in [&page, &whole] {
            assert_eq!(described(page, chart), told, "{chart}");
        }
    }
    // The grades of those without stars are drawn from a table of their own.
    let counts = grades::counts(&standings);
    assert!(say(&counts, [&["等次"], &["个数"]]).contains('：'));
}

#[test]
fn a_column_is_found_by_what_it_is_about_wherever_it_stands() {
    let columns = || {
        vec![
            Column::new(Topic::Lowest, 8, Look::Whole),
            Column::new("最高", 8, Look::Whole),
            Column::new(Topic::Highest, 8, Look::Whole),
        ]
    };
    let table = Table::of(columns(), Layout::list(9.0, 0));
    assert_eq!(table.column(Topic::Highest), Some(2));
    assert_eq!(table.column(Topic::Mean), None);
    let mut other = Table::of(columns(), Layout::list(9.0, 0));
    other.remove(&[0]);
    assert_eq!(other.column(Topic::Highest), Some(1));
}
