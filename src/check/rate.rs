//! Is a rate typed in per cent? `0.95` where `95` is asked for is a hundredth of what is meant.
//!
//! What it finds: a rate above 0 of at most 1, and one above 100 where the rule speaks of nothing above 100. Both may be
//! meant, and count as written. What is written or shown with a per cent sign is meant.

use serde::Serialize;

use super::at::{At, Half};
use super::told::title;
use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{Exact, Points, fold};
use crate::scheme::Value;
use crate::scheme::assess::Holds;

pub const FAMILY: Family = Family {
    codes: &[&DOUBTFUL, &OWN_DOUBTFUL],
    check,
    reads_table: true,
};

static DOUBTFUL: Code = Code::warning(
    "P505",
    "rate-doubtful",
    "比率像是没有按百分数填",
    "请核实",
    Explained {
        means: "这一格要填百分数，95%填95。填了0.95或1这样不超过1的数，或者超过100而规则里没有超过100的数，多半是填法不同，差了一百倍。\
            程序照所填的计，不替人换算。",
        basis: "本工具约定：比率按百分数填；照所填计分，请人核实。写明或显示为“0.95%”的，不提示。",
        example: "部门甲.csv › 评价表!I6：1“满意率”填报内容填0.95，按0.95%计分；如指95%，应填95。",
        remedy: "问评价人是多少。填法错了的，请他改成百分数，评价日期写更正当天再重报；确是这么多的，不用改。",
    },
);

static OWN_DOUBTFUL: Code = Code::warning(
    "S107",
    "own-rate-doubtful",
    "自评表的比率像是没有按百分数填",
    "请核实",
    Explained {
        means: "这一项要填百分数，95%填95。填了0.95或1这样不超过1的数，多半是填法不同，差了一百倍。程序照所填的算，不替学会换算。",
        basis: "本工具约定：比率按百分数填；照所填算分，请人核实。写明或显示为“0.95%”的，不提示。",
        example: "中国地质学会-自评.csv › 自评表!I13：1.4-a“分支机构成立党组织的覆盖率（没有成立的填0）”填0.85，按0.85%算分；如指85%，应填85。",
        remedy: "问学会是多少。填法错了的，请在退回件上改成百分数后发回；确是这么多的，不用改。",
    },
);

/// A rate on a society's own form that is probably a hundredth of what is meant.
#[derive(Debug, Serialize)]
struct OwnDoubtful {
    #[serde(skip)]
    item: usize,
    number: String,
    counted: Points,
    meant: String,
}

impl Fact for OwnDoubtful {
    fn code(&self) -> &'static Code {
        &OWN_DOUBTFUL
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (title, counted, meant) = (title(to, self.item), self.counted, &self.meant);
        format!("{title}填{counted}，按{counted}%算分；如指{meant}%，应填{meant}")
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.counted.to_string()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Item(self.item)]
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        let (counted, meant) = (self.counted, &self.meant);
        let fix =
            format!("这一项填百分数。是{meant}%的，请改填{meant}；确是{counted}%的，不用改。");
        Some(Advice::new(fix).found(counted.to_string()))
    }
}

/// A rate that is probably a hundredth, or a hundredfold, of what is meant.
#[derive(Debug, Serialize)]
struct Doubtful {
    #[serde(flatten)]
    at: At,
    counted: Points,
    /// What it would be in per cent; none where it is above all that it can be.
    meant: Option<String>,
}

impl Fact for Doubtful {
    fn code(&self) -> &'static Code {
        &DOUBTFUL
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (title, counted) = (self.at.title(to), self.counted);
        match &self.meant {
            Some(meant) => {
                format!("{title}填{counted}，按{counted}%计分；如指{meant}%，应填{meant}")
            }
            None => format!("{title}填{counted}，按{counted}%计分，超过100%"),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.at.written.clone()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        self.at.allowed(to)
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![self.at.spot()]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = match &self.meant {
            Some(meant) => format!(
                "这一格填百分数。是{meant}%的，请改填{meant}；确是{}%的，不用改。",
                self.counted
            ),
            None => "这一格填百分数，现在超过100%。请核对；确实如此的，不用改。".to_owned(),
        };
        Some(self.at.advice(to, fix))
    }
}

/// Whether the number stands there as it is, without a per cent sign.
fn is_bare(written: &str, number: Points) -> bool {
    let written: Option<Points> = fold(written).parse().ok();
    written == Some(number)
}

/// Whether a rate is so small that it is rather the part of one than per cent.
fn is_part(rate: Points) -> bool {
    rate.is_positive() && rate <= Points::whole(1)
}

/// What such a part is in per cent.
fn in_per_cent(part: Points) -> String {
    let hundredfold = Exact::from(part) * Exact::from(Points::whole(100));
    hundredfold.shown(Points::MOST_DECIMALS)
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for cell in subject.typed().filter(|cell| cell.line.asks_rate()) {
        let Some(rate) = cell.entry.filled.points() else {
            continue;
        };
        let row = subject.form.rows.get(cell.index).and_then(Option::as_ref);
        let written = row.and_then(|row| row.asked.as_ref());
        let Some(written) = written.map(|asked| asked.written.as_str()) else {
            continue;
        };
        let hundred = Points::whole(100);
        let reaches = cell.line.value.as_ref().and_then(Value::reaches);
        let is_above = rate > hundred && reaches.is_none_or(|most| most <= hundred);
        // Where the rule itself parts rates of at most 1 per cent, such a rate is what is asked for.
        let begins = cell.line.value.as_ref().and_then(Value::begins);
        let is_fine = begins.is_some_and(is_part);
        let is_part = is_part(rate) && !is_fine;
        let is_doubtful = cell.half == Half::Value && (is_part || is_above);
        if !is_doubtful || !is_bare(written, rate) {
            continue;
        }
        let fact = Doubtful {
            at: cell.at(),
            counted: rate,
            meant: is_part.then(|| in_per_cent(rate)),
        };
        findings.push(cell.found(subject, fact));
    }
    check_own(subject, findings);
}

/// The same of the items of a society's own form, none of which is above 100.
fn check_own(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let (Some(own), Some(told)) = (&scheme.own, &subject.form.told) else {
        return;
    };
    let rates = own.items.iter().enumerate();
    for (index, item) in rates.filter(|(_, item)| item.holds == Holds::Percent) {
        let Some(answered) = told.item(index) else {
            continue;
        };
        let rate = answered.value.filled.points();
        let rate = rate.filter(|rate| is_part(*rate) && is_bare(&answered.written, *rate));
        if let Some(counted) = rate {
            let fact = OwnDoubtful {
                item: index,
                number: item.code.clone(),
                counted,
                meant: in_per_cent(counted),
            };
            let finding = subject.found(answered.value.cell, fact);
            findings.push(finding.line(&scheme.lines[item.line].code));
        }
    }
}
