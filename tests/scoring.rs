//! The 2018 scheme held against an independent program: `scoring.json`, 74 societies.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::collections::BTreeMap;

use serde::Deserialize;
use xingping::model::Points;
use xingping::rank;
use xingping::scheme::{self, Aggregation, Scheme};
use xingping::score::{self, LinePoints};

#[derive(Deserialize)]
struct Cases {
    societies: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    aggregation: String,
    forms: Vec<BTreeMap<String, (String, String)>>,
    expect: Expected,
}

#[derive(Deserialize)]
struct Expected {
    bonus: String,
    deduction: String,
    total: String,
    stars: u32,
    grade: Option<String>,
    lines: BTreeMap<String, (String, String)>,
    rank: usize,
    tied: bool,
}

fn scheme_of_2018() -> Scheme {
    let source = include_str!("../templates/2018/scheme.toml");
    scheme::read(source).expect("the built-in scheme is sound")
}

fn points(text: &str) -> Points {
    text.parse().expect("the cases hold plain decimals")
}

#[test]
fn the_independent_cases_are_reproduced() {
    let cases: Cases =
        serde_json::from_str(include_str!("scoring.json")).expect("the cases can be read");
    assert_eq!(cases.societies.len(), 74);
    let mut merits = Vec::new();
    for case in &cases.societies {
        let mut scheme = scheme_of_2018();
        scheme.policies.aggregation = match case.aggregation.as_str() {
            "mean" => Aggregation::Mean,
            "median" => Aggregation::Median,
            "trimmed-mean" => Aggregation::TrimmedMean,
            other => panic!("{other}"),
        };
        let forms: Vec<Vec<LinePoints>> = case
            .forms
            .iter()
            .map(|form| {
                assert_eq!(form.len(), scheme.lines.len());
                scheme
                    .lines
                    .iter()
                    .map(|line| LinePoints {
                        bonus: points(&form[&line.code].0),
                        deduction: points(&form[&line.code].1),
                    })
                    .collect()
            })
            .collect();
        let result = score::score(&scheme, &forms).expect("there are forms");
        let (name, expect) = (&case.name, &case.expect);
        assert_eq!(
            result.score.bonus().printed(2),
            expect.bonus,
            "{name} bonus"
        );
        assert_eq!(
            result.score.deduction().printed(2),
            expect.deduction,
            "{name} deduction"
        );
        assert_eq!(result.total.with_decimals(2), expect.total, "{name} total");
        assert_eq!(result.stars, expect.stars, "{name} stars");
        assert_eq!(result.grade, expect.grade, "{name} grade");
        for (index, line) in scheme.lines.entries() {
            let (bonus, deduction) = &expect.lines[&line.code];
            assert_eq!(
                &result.score.line_bonus(index).printed(2),
                bonus,
                "{name} {}",
                line.code
            );
            assert_eq!(
                &result.score.line_deduction(index).printed(2),
                deduction,
                "{name} {}",
                line.code
            );
        }
        merits.push(rank::merit(&scheme, &result));
    }
    for (case, rank) in cases.societies.iter().zip(rank::ranks(&merits)) {
        assert_eq!(rank.number, case.expect.rank, "{}", case.name);
        assert_eq!(rank.tied, case.expect.tied, "{}", case.name);
    }
}
