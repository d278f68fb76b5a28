//! Criteria and conditions as the sheet says them, read back.

use crate::model::{Points, Weight};
use crate::scheme::Rule;
use crate::scheme::rule::{Clause, Combine, Tier};

/// One criterion: whether it takes points, how those of its side are put together where it says so, its words and rule.
pub(super) struct Said {
    pub(super) takes: bool,
    pub(super) combine: Option<Combine>,
    pub(super) label: String,
    pub(super) rule: Rule,
}

/// `建立规则并备案：加50分`.
pub(super) fn criterion(written: &str) -> Option<Said> {
    let mut text = written.trim();
    let mut combine = None;
    for (words, how) in [
        ("（以下取其一）", Combine::OneOf),
        ("（以下取最高）", Combine::BestOf),
    ] {
        if let Some(rest) = text.strip_prefix(words) {
            (text, combine) = (rest, Some(how));
        }
    }
    // What comes last is the rule; a label may hold the same mark.
    for (at, mark) in text.char_indices().rev().filter(|(_, one)| *one == '：') {
        let (label, said) = (&text[..at], &text[at + mark.len_utf8()..]);
        for (verb, takes) in [("加", false), ("减", true)] {
            if let Some(rule) = rule(verb, said)
                && !label.is_empty()
            {
                return Some(Said {
                    takes,
                    combine,
                    label: label.to_owned(),
                    rule,
                });
            }
        }
    }
    None
}

fn rule(verb: &str, said: &str) -> Option<Rule> {
    simple(verb, said).or_else(|| composed(verb, said))
}

fn simple(verb: &str, said: &str) -> Option<Rule> {
    let number = |text: &str| text.parse::<Points>().ok();
    let given = |text: &str| number(text.strip_prefix(verb)?.strip_suffix('分')?);
    if let Some(points) = given(said) {
        return Some(Rule::Points { points });
    }
    if let Some(rest) = said.strip_prefix(&format!("酌情{verb}0至")) {
        let (points, step) = rest.strip_suffix('）')?.split_once("分（")?;
        let step = match step {
            "整数" => Points::whole(1),
            step => number(step.strip_prefix('每')?.strip_suffix("分一档")?)?,
        };
        let points = number(points)?;
        return Some(Rule::Range { points, step });
    }
    if let Some(rest) = said.strip_prefix(&format!("每次{verb}")) {
        let (each, most) = rest.strip_suffix('分')?.split_once("分，最多")?;
        let (each, most) = (number(each)?, number(most)?);
        return (most >= each).then(|| Rule::PerCount {
            first: each,
            each,
            further: most - each,
        });
    }
    if let Some(rest) = said.strip_prefix(&format!("首次{verb}")) {
        let (first, rest) = rest.split_once(&format!("分，每多一次{verb}"))?;
        let (each, further) = rest.strip_suffix('分')?.split_once("分，多出部分最多")?;
        return Some(Rule::PerCount {
            first: number(first)?,
            each: number(each)?,
            further: number(further)?,
        });
    }
    let tiers = said.split('，').map(|tier| {
        let (at_least, points) = tier.strip_prefix("达到")?.split_once('的')?;
        Some(Tier {
            at_least: number(at_least)?,
            points: given(points)?,
        })
    });
    let tiers: Option<Vec<Tier>> = tiers.collect();
    tiers.map(|tiers| Rule::Tiers { tiers })
}

/// `甲加15分、乙加10分（相加）`.
fn composed(verb: &str, said: &str) -> Option<Rule> {
    let (inner, how) = said.strip_suffix('）')?.rsplit_once('（')?;
    let mut of = Vec::new();
    let mut pending = String::new();
    for piece in inner.split('、') {
        if !pending.is_empty() {
            pending.push('、');
        }
        pending.push_str(piece);
        if let Some(clause) = clause(verb, &pending) {
            of.push(clause);
            pending.clear();
        }
    }
    if !pending.is_empty() || of.is_empty() {
        return None;
    }
    match how {
        "相加" => Some(Rule::Sum { of }),
        "取其一" => Some(Rule::OneOf { of }),
        "取最高" => Some(Rule::BestOf { of }),
        _ => None,
    }
}

/// Words with a rule behind them: the longest rule that they can end in.
fn clause(verb: &str, said: &str) -> Option<Clause> {
    said.char_indices().skip(1).find_map(|(at, _)| {
        Some(Clause {
            rule: simple(verb, &said[at..])?,
            label: said[..at].to_owned(),
        })
    })
}

/// What a line says of itself beside its criteria.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Conditions {
    /// Codes of lines whose bonus it presupposes.
    pub(super) needs: Vec<String>,
    pub(super) exclusive: bool,
    /// Of its part.
    pub(super) percent: Option<Weight>,
    /// Of its own points.
    pub(super) decimals: Option<i64>,
}

/// The same as the sheet says it; none where it is not understood.
pub(super) fn conditions(written: &str) -> Option<Conditions> {
    let mut read = Conditions::default();
    let pieces = written.split(['；', ';']).map(str::trim);
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        let between = |front: &str, behind: &str| piece.strip_prefix(front)?.strip_suffix(behind);
        if piece == "加分与减分不得同时有" {
            read.exclusive = true;
        } else if let Some(percent) = piece.strip_prefix("占本部分的") {
            read.percent = Some(percent.parse().ok()?);
        } else if let Some(decimals) = between("本行得分保留", "位小数") {
            read.decimals = Some(decimals.parse().ok()?);
        } else {
            let codes = between("以", "得分为前提")?;
            let codes = codes.split('、').map(|code| code.trim().to_owned());
            read.needs.extend(codes);
        }
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::{Combine, Rule, conditions, criterion};
    use crate::model::Points;

    #[test]
    fn what_the_sheet_says_is_read_back() {
        let said = criterion("（以下取其一）覆盖率：达到85%：加25分").expect("understood");
        assert_eq!(said.label, "覆盖率：达到85%");
        assert_eq!((said.takes, said.combine), (false, Some(Combine::OneOf)));
        let said =
            criterion("发展党员：参加培训加15分、完成、上报加10分（相加）").expect("understood");
        let Rule::Sum { of } = said.rule else {
            panic!("a sum");
        };
        let labels: Vec<&str> = of.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels, ["参加培训", "完成、上报"]);
        let said = criterion("不报送：减12.5分").expect("understood");
        let points: Points = "12.5".parse().expect("points");
        assert_eq!((said.takes, said.rule), (true, Rule::Points { points }));
        for unclear in ["加25分", "覆盖率：25分", "覆盖率：加二十分", "：加25分"]
        {
            assert!(criterion(unclear).is_none(), "{unclear}");
        }
        let read = conditions("以1.1、4.1得分为前提；加分与减分不得同时有").expect("understood");
        assert_eq!(read.needs, ["1.1", "4.1"]);
        assert!(read.exclusive && read.percent.is_none());
        let read = conditions("占本部分的40%；本行得分保留2位小数").expect("understood");
        assert_eq!((read.percent, read.decimals), ("40".parse().ok(), Some(2)));
        for unclear in ["以1.1为前提", "占本部分的四成", "本行得分保留两位小数"]
        {
            assert_eq!(conditions(unclear), None, "{unclear}");
        }
    }
}
