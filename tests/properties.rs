//! What must hold for any input: order, ties and arithmetic.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use proptest::collection::vec;
use proptest::prelude::*;
use xingping::check::{self, Company};
use xingping::form;
use xingping::ground::Ground;
use xingping::intake::{self, Source};
use xingping::model::{CellRef, Points};
use xingping::rank::{order, ranks, would_be};
use xingping::scheme::{self, Aggregation, Scheme};
use xingping::score::{self, LinePoints};

use common::Paper;

mod common;

fn scheme_of_2018() -> Scheme {
    scheme::read(include_str!("../templates/2018/scheme.toml"))
        .expect("the built-in scheme is sound")
}

/// Points to the thousandth: more decimals than are printed.
fn points() -> impl Strategy<Value = Points> {
    (0_i64..=100_000).prop_map(|thousandths| {
        let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        text.parse().expect("a plain decimal")
    })
}

fn line() -> impl Strategy<Value = LinePoints> {
    (points(), points()).prop_map(|(bonus, deduction)| LinePoints { bonus, deduction })
}

/// Forms of one society.
fn forms(most: usize) -> impl Strategy<Value = Vec<Vec<LinePoints>>> {
    vec(vec(line(), 27), 1..=most)
}

fn thousandths(points: Points) -> i128 {
    (points.decimal() * rust_decimal::Decimal::from(1000))
        .try_into()
        .expect("whole thousandths")
}

/// round(sum / over) to hundredths, half away from zero, in whole numbers: an independent way.
fn hundredths(sum_in_thousandths: i128, over: i128) -> i128 {
    let twice = 2 * sum_in_thousandths.abs() + 10 * over;
    sum_in_thousandths.signum() * (twice / (20 * over))
}

/// What people and programs leave in cells, and what nobody would.
fn scrawl() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        " ",
        "0",
        "25",
        "25分",
        "-10",
        "１２",
        "12.345",
        "叁拾",
        "无",
        "—",
        "约25",
        "#REF!",
        "2018-05-10",
        "5月10日",
        "79228162514264337593543950335",
        "-0.0000000000001",
        "1e400",
        "初评加分",
        "初评减分",
        "编号",
        "学会名称",
        "学会名称：中国地质学会",
        "评价人",
        "总分",
        "第1部分小计",
        "3.2",
        "9.2(1)",
        "9.9",
        "中国茶叶学会",
        "表单编号（请勿修改）",
        "cast-2018·初评·第1组·中国地质学会·0ebb0f",
        "cast-2017·初评·第9组·某学会·abcdef",
        "有",
        "是",
        "否",
    ]);
    prop_oneof![3 => known.prop_map(str::to_owned), 1 => ".{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_in_a_form_ends_the_run(
        edits in vec((0_u32..50, 0_u32..15, scrawl()), 0..40),
        deleted in vec(1_u32..50, 0..4),
    ) {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let mut paper = Paper::sound(&ground, "中国地质学会", "评价人甲", "中国力学会党委");
        for (row, column, text) in &edits {
            paper.set(CellRef::new(*row, *column), text);
        }
        let csv = String::from_utf8(paper.csv(&deleted)).expect("UTF-8");
        let Ok(sheet) = intake::text::sheet(&csv) else { return Ok(()) };
        let source = Source {
            file: "中国地质学会.csv".to_owned(),
            ..Source::default()
        };
        let forms = form::read(&sheet, &ground.scheme, &ground.roster);
        let company = Company::of(&ground, forms.iter());
        for form in &forms {
            let checked = check::check(&ground, &source, &sheet.name, form, &company);
            // What counts can be added up; what cannot has a finding that says why.
            if checked.form.state == check::FormState::Counted {
                prop_assert!(checked.form.is_whole());
            } else {
                prop_assert!(!checked.findings.is_empty());
            }
        }
    }
}

proptest! {
    #[test]
    fn the_mean_is_rounded_once_and_exactly(forms in forms(7)) {
        let scheme = scheme_of_2018();
        let result = score::score(&scheme, &forms).expect("there are forms");
        let net: i128 = forms
            .iter()
            .flatten()
            .map(|line| thousandths(line.bonus) - thousandths(line.deduction))
            .sum();
        let expected = hundredths(net, i128::try_from(forms.len()).expect("few")).max(0);
        prop_assert_eq!(thousandths(result.total), expected * 10);
    }

    #[test]
    fn the_order_of_reviewers_changes_no_score(forms in forms(6), turn in 0_usize..6) {
        for aggregation in [Aggregation::Mean, Aggregation::Median] {
            let mut scheme = scheme_of_2018();
            scheme.policies.aggregation = aggregation;
            let mut turned = forms.clone();
            turned.rotate_left(turn % forms.len());
            let (one, other) = (score::score(&scheme, &forms), score::score(&scheme, &turned));
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn a_form_repeated_by_all_reviewers_is_the_score(form in vec(line(), 27), reviewers in 1_usize..9) {
        for aggregation in [Aggregation::Mean, Aggregation::Median, Aggregation::TrimmedMean] {
            let mut scheme = scheme_of_2018();
            scheme.policies.aggregation = aggregation;
            let alone = score::score(&scheme, std::slice::from_ref(&form)).expect("a form");
            let many = score::score(&scheme, &vec![form.clone(); reviewers]).expect("forms");
            prop_assert_eq!(alone.total, many.total);
            prop_assert_eq!(alone.stars, many.stars);
        }
    }

    #[test]
    fn more_points_never_mean_fewer_stars(one in points(), other in points()) {
        let stars = scheme_of_2018().stars;
        let (low, high) = if one < other { (one, other) } else { (other, one) };
        prop_assert!(stars.of(low) <= stars.of(high));
    }

    #[test]
    fn ranks_do_not_depend_on_the_order_given(
        totals in vec(0_i64..12, 1..40),
        turn in 0_usize..40,
    ) {
        let merits: Vec<Vec<Points>> = totals.iter().map(|total| vec![Points::whole(*total)]).collect();
        let given = ranks(&merits);
        let mut turned = merits.clone();
        turned.rotate_left(turn % merits.len());
        let mut again = ranks(&turned);
        again.rotate_right(turn % merits.len());
        prop_assert_eq!(&given, &again);
        for (one, rank) in merits.iter().zip(&given) {
            let better = merits.iter().filter(|other| *other > one).count();
            let equal = merits.iter().filter(|other| *other == one).count();
            prop_assert_eq!(rank.number, better + 1);
            prop_assert_eq!(rank.tied, equal > 1);
            // Joining alone, a contender would rank where those with its merit do.
            prop_assert_eq!(would_be(&merits, one), rank.number);
        }
        let listed: Vec<usize> = order(&merits).into_iter().map(|one| given[one].number).collect();
        prop_assert!(listed.is_sorted());
    }

    #[test]
    fn equal_ones_stand_in_the_order_given(totals in vec(0_i64..4, 1..40)) {
        let merits: Vec<Vec<Points>> = totals.iter().map(|total| vec![Points::whole(*total)]).collect();
        for pair in order(&merits).windows(2) {
            prop_assert!(merits[pair[0]] > merits[pair[1]] || pair[0] < pair[1]);
        }
    }

    #[test]
    fn points_are_written_and_read_back_exactly(points in points()) {
        prop_assert_eq!(points.to_string().parse(), Ok(points));
        prop_assert_eq!(points.with_decimals(2).parse(), Ok(points));
    }
}
