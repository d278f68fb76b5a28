//! What facts come to under the scheme of 2018, whatever they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Answer, Holds, Item, SelfAssessment, read};
use crate::model::{LineId, Points};
use crate::scheme::rule::combined;
use crate::scheme::{Rule, Scheme, Side};

const SCHEME: &str = include_str!("../../../templates/2018/scheme.toml");
const ITEMS: &str = include_str!("../../../templates/2018/self.toml");

fn scheme() -> Scheme {
    crate::scheme::read(SCHEME).expect("the scheme of 2018")
}

fn assessment(scheme: &Scheme) -> SelfAssessment {
    read(ITEMS, scheme).expect("the items of 2018")
}

fn points(text: &str) -> Points {
    text.parse().expect("points")
}

/// Answers at and around every bound there is.
fn answers(item: &Item) -> Vec<Answer> {
    let numbers = |all: &[&str]| all.iter().map(|one| Answer::Number(points(one))).collect();
    match &item.holds {
        Holds::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
        Holds::Choice(names) => (0..names.len()).map(Answer::Choice).collect(),
        Holds::Percent => numbers(&["0", "0.01", "49.99", "50", "84.9", "85", "99.99", "100"]),
        Holds::Count(_) => {
            let few = (0..=12).map(|count| Answer::Number(Points::whole(count)));
            let many = [99, 100, 101, 1_000, 999_999_999];
            few.chain(many.map(|count| Answer::Number(Points::whole(count))))
                .collect()
        }
    }
}

/// Every choice of answers for the items of a line.
fn all(own: &SelfAssessment, line: LineId) -> Vec<Vec<Option<Answer>>> {
    let mut all = vec![vec![None; own.items.len()]];
    for (index, item) in own.items_of(line) {
        all = all
            .into_iter()
            .flat_map(|before| {
                answers(item).into_iter().map(move |answer| {
                    let mut after = before.clone();
                    after[index] = Some(answer);
                    after
                })
            })
            .collect();
    }
    all
}

/// What a side can attain without anything at discretion.
fn without_discretion(side: &Side) -> BTreeSet<Points> {
    let rules = side.criteria.iter().map(|criterion| &criterion.rule);
    let rules = rules.filter(|rule| !matches!(rule, Rule::Range { .. }));
    let values = combined(side.combine, rules).expect("few values");
    values
        .into_iter()
        .map(|value| value.min(side.cap))
        .collect()
}

#[test]
fn facts_reach_every_value_that_needs_no_judgement_and_nothing_else() {
    let scheme = scheme();
    let own = assessment(&scheme);
    for (index, line) in scheme.lines.entries() {
        let reckoned: Vec<_> = all(&own, index)
            .iter()
            .map(|answers| {
                own.reckon(&scheme, index, answers)
                    .expect("all is answered")
            })
            .collect();
        let bonus: BTreeSet<Points> = reckoned.iter().map(|one| one.bonus.least).collect();
        let deduction: BTreeSet<Points> = reckoned.iter().map(|one| one.deduction.least).collect();
        assert_eq!(bonus, without_discretion(&line.bonus), "{}", line.code);
        assert_eq!(
            deduction,
            without_discretion(&line.deduction),
            "{}",
            line.code
        );
        for one in &reckoned {
            assert!(one.bonus.most <= line.bonus.cap, "{}", line.code);
            assert!(one.deduction.most <= line.deduction.cap, "{}", line.code);
            assert!(
                line.bonus.attainable.contains(&one.bonus.most),
                "{}",
                line.code
            );
            assert!(one.bonus.least <= one.bonus.most, "{}", line.code);
            let both = one.bonus.least.is_positive() && one.deduction.least.is_positive();
            assert!(!(line.exclusive && both), "{}", line.code);
        }
        // With everything at discretion on top the cap is reached.
        let most = reckoned.iter().map(|one| one.bonus.most).max();
        assert_eq!(most, Some(line.bonus.cap), "{}", line.code);
    }
}

#[test]
fn more_of_a_counted_activity_never_gives_less() {
    let scheme = scheme();
    let own = assessment(&scheme);
    for (index, item) in own.items.iter().enumerate() {
        let (line, asks) = (item.line, &item.code);
        let is_number = matches!(item.holds, Holds::Count(_) | Holds::Percent);
        // 1.2 depends on two numbers.
        if !is_number || scheme.lines[line].code == "1.2" {
            continue;
        }
        let order: Vec<Answer> = answers(item);
        for mut at in all(&own, line) {
            let mut before = Points::ZERO;
            for answer in &order {
                at[index] = Some(*answer);
                let now = own
                    .reckon(&scheme, line, &at)
                    .expect("answered")
                    .bonus
                    .least;
                assert!(now >= before, "{asks}: {answer:?}");
                before = now;
            }
        }
    }
}

/// `(line, answers, 加分, 至多, 减分)`.
#[test]
fn facts_come_to_what_the_notice_says() {
    let scheme = scheme();
    let own = assessment(&scheme);
    let number = |number: &str| Answer::Number(points(number));
    let (yes, no) = (Answer::YesNo(true), Answer::YesNo(false));
    for (code, given, bonus, most, deduction) in [
        ("1.2", vec![number("99"), number("5")], 0, 0, 0),
        ("1.2", vec![number("99"), number("4")], 0, 0, 30),
        ("1.2", vec![number("99"), number("6")], 0, 0, 0),
        ("1.2", vec![number("100"), number("5")], 0, 0, 30),
        ("1.2", vec![number("100"), number("7")], 0, 0, 0),
        ("1.2", vec![number("100"), number("8")], 0, 0, 30),
        ("1.2", vec![number("0"), number("0")], 0, 0, 30),
        ("1.3", vec![no, no], 0, 0, 20),
        ("1.4", vec![number("0")], 0, 0, 0),
        ("1.4", vec![number("49.999")], 15, 15, 0),
        ("1.4", vec![number("50")], 20, 20, 0),
        ("1.4", vec![number("85")], 25, 25, 0),
        ("2.3", vec![Answer::Choice(0)], 0, 0, 0),
        ("2.3", vec![Answer::Choice(2)], 0, 0, 50),
        ("3.2", vec![number("2")], 40, 40, 0),
        ("3.2", vec![number("7")], 50, 50, 0),
        ("4.2", vec![Answer::Choice(1)], 0, 0, 25),
        ("5.1", vec![number("100"), no, no], 25, 25, 0),
        ("5.1", vec![number("99.9"), yes, no], 15, 15, 0),
        ("5.1", vec![number("100"), yes, yes], 25, 25, 0),
        ("6.1", vec![number("0")], 0, 20, 0),
        ("6.1", vec![number("3")], 20, 40, 0),
        ("8.1", vec![yes, yes, yes], 30, 50, 0),
        ("8.2", vec![number("9")], 50, 50, 0),
        ("9.1", vec![number("3")], 15, 15, 0),
        ("9.2(3)", vec![no], 0, 0, 50),
    ] {
        let line = scheme.lines.find(|one| one.code == code);
        let line = line.expect("a line");
        let mut answers = vec![None; own.items.len()];
        let items: Vec<usize> = own.items_of(line).map(|(item, _)| item).collect();
        assert_eq!(items.len(), given.len(), "{code}");
        for (item, answer) in items.iter().zip(&given) {
            answers[*item] = Some(*answer);
        }
        let reckoned = own.reckon(&scheme, line, &answers).expect("answered");
        let came = (
            reckoned.bonus.least,
            reckoned.bonus.most,
            reckoned.deduction.least,
        );
        let wanted = (
            Points::whole(bonus),
            Points::whole(most),
            Points::whole(deduction),
        );
        assert_eq!(came, wanted, "{code} {given:?}");
        answers[items[0]] = None;
        assert_eq!(own.reckon(&scheme, line, &answers), None, "{code}");
    }
}

#[test]
fn only_what_an_item_asks_for_answers_it() {
    let scheme = scheme();
    let own = assessment(&scheme);
    let item = |code: &str| {
        let mut items = own.items.iter();
        items.find(|item| item.code == code).expect("an item")
    };
    assert!(item("3.2-a").number(points("2.5")).is_none());
    assert!(item("3.2-a").number(points("-1")).is_none());
    assert!(item("3.2-a").number(points("3")).is_some());
    assert!(item("1.4-a").number(points("100.1")).is_none());
    assert!(item("1.4-a").number(points("99.5")).is_some());
    assert!(item("1.1-a").number(points("1")).is_none());
    assert!(item("2.3-a").choice(3).is_none());
    assert_eq!(item("9.2(3)-a").choice(1), Some(Answer::YesNo(false)));
}

#[test]
fn the_scheme_stays_what_it_is_beside_its_items() {
    let scheme = scheme();
    let own = scheme.assessing(&Arc::new(assessment(&scheme)));
    assert_eq!(own.stage_name(), "自评");
    assert_ne!(own.form_fingerprint(), scheme.form_fingerprint());
    assert!(own.own_items(LineId::at(0)).next().is_some());
    assert!(scheme.own_items(LineId::at(0)).next().is_none());
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_with_its_lines() {
    let scheme = scheme();
    let with = |from: &str, to: &str| {
        assert!(ITEMS.contains(from), "{from}");
        let faults = read(&ITEMS.replacen(from, to, 1), &scheme).expect_err("refused");
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        said.join("\n")
    };
    for (from, to, said) in [
        (
            "yes = \"1.1-a\"",
            "yes = \"1.1-x\"",
            "没有编号为“1.1-x”的评分要点",
        ),
        ("no = \"1.3-b\"", "no = \"1.3-a\"", "“1.3-a”已有事项"),
        ("gives = \"6.1-a\"", "gives = \"6.1-b\"", "“6.1-b”酌情给分"),
        (
            "gives = \"6.1-a\"",
            "gives = \"7.1-a\"",
            "按次、按档的要点用 count",
        ),
        ("yes = \"2.1-a\"", "yse = \"2.1-a\"", "是否应为 yes"),
        ("clause = 2", "clause = 3", "只有2条"),
        (
            "{ at_least = 50, gives",
            "{ at_least = 90, gives",
            "从小到大",
        ),
        (
            "{ from = 0, at_least = 5 }",
            "{ from = 1, at_least = 5 }",
            "须从0起",
        ),
        (
            "stage = \"self-assessment\"",
            "stage = \"review\"",
            "不能与评价表的阶段相同",
        ),
        ("name = \"按时报送\"", "name = \"未按时报送\"", "重复"),
    ] {
        let faults = with(from, to);
        assert!(faults.contains(said), "{from} → {to}:\n{faults}");
    }
    let without = with(
        "[[items]]\nask = \"是否开展工会工作\"\nkind = \"yes-no\"\nyes = \"7.1-b\"\n",
        "",
    );
    assert!(without.contains("评分要点“7.1-b”没有事项"), "{without}");
    // One slip of the pen is one fault.
    assert_eq!(
        with("yes = \"1.1-a\"", "yes = \"1.1-x\"").lines().count(),
        1
    );
}

/// What is wrong with the items of 2018 where one text is replaced.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(ITEMS.contains(from), "{from}");
    match read(&ITEMS.replacen(from, to, 1), &scheme()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn items_that_give_less_for_more_or_ask_the_same_are_refused() {
    let tiers = |ways: [&str; 3]| {
        let [one, two, three] = ways;
        format!(
            "{{ above = 0, gives = \"{one}\" }},\n    {{ at_least = 50, gives = \"{two}\" }},\n    {{ at_least = 85, gives = \"{three}\" }}"
        )
    };
    let usual = tiers(["1.4-a", "1.4-b", "1.4-c"]);
    for (from, to, said) in [
        (
            usual.as_str(),
            tiers(["1.4-b", "1.4-a", "1.4-c"]),
            "填得多的分反而少：0起加20分，而50起加15分",
        ),
        (
            "ask = \"是否按计划开展活动\"",
            "ask = \"是否制定 工作计划\"".to_owned(),
            "的相同",
        ),
        (
            "ask = \"是否制定工作计划\"",
            "ask = \"\"".to_owned(),
            "ask 不能是空的",
        ),
    ] {
        let said_of = faults(from, &to);
        assert!(
            said_of.len() == 1 && said_of[0].contains(said),
            "{said_of:#?}"
        );
    }
    // A scheme may take more for more: of that nobody wants more.
    assert_eq!(
        faults(
            "ask = \"是否按计划开展活动\"",
            "ask = \"是否按工作计划开展活动\""
        ),
        Vec::<String>::new()
    );
}
