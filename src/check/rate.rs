//! Is a rate typed in per cent? `0.95` where `95` is asked for is a hundredth of what is meant.
//!
//! What it finds: a rate above 0 of at most 1, and one above 100 where the rule speaks of nothing above 100. Both may be
//! meant, and count as written. What is written or shown with a per cent sign is meant.

use serde::Serialize;

use super::at::{At, Half, PointsCell};
use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{Exact, Points, fold};
use crate::scheme::Value;

pub const FAMILY: Family = Family {
    codes: &[&DOUBTFUL],
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
fn is_bare(cell: &PointsCell<'_>, written: &str, number: Points) -> bool {
    let written: Option<Points> = fold(written).parse().ok();
    cell.half == Half::Value && written == Some(number)
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
        let (one, hundred) = (Points::whole(1), Points::whole(100));
        let reaches = cell.line.value.as_ref().and_then(Value::reaches);
        let is_above = rate > hundred && reaches.is_none_or(|most| most <= hundred);
        let is_part = rate.is_positive() && rate <= one;
        if !is_bare(&cell, written, rate) || !is_part && !is_above {
            continue;
        }
        let hundredfold = Exact::from(rate) * Exact::from(hundred);
        let fact = Doubtful {
            at: cell.at(),
            counted: rate,
            meant: is_part.then(|| hundredfold.shown(Points::MOST_DECIMALS)),
        };
        findings.push(cell.found(subject, fact));
    }
}
