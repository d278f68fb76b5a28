//! Does the form's own total agree? Totals are recomputed; the form's own is only compared.
//!
//! What it finds: a total that is neither what the lines add up to nor what the spreadsheet itself can see of
//! them (it leaves out numbers typed as text); a total without a result.

use serde::Serialize;

use super::value::{self, Wrong};
use super::{Family, Subject};
use crate::finding::text;
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Column, Damage, Entry, Filled, Row, Spot};
use crate::ground::Ground;
use crate::model::{Exact, Keyed, LineId, Points};
use crate::scheme::{Figures, Line, Marks};

pub const FAMILY: Family = Family {
    codes: &[&DISAGREES, &NOT_COMPARED],
    check,
    reads_table: true,
};

static DISAGREES: Code = Code::warning(
    "T101",
    "total-disagrees",
    "表上的总分与各行之和不一致",
    "以各行之和为准，请核实",
    Explained {
        means: "程序把各行加分减去减分重新加总，与表底自带的总分比较，两者不一致。多半是总分的公式\
            被手填的数盖掉，或公式的范围被改。取位造成的细小误差、数字存成文字而软件没有加进去的，\
            不算不一致。",
        basis: "本工具约定（评分说明·行得分）：总分以各行之和为准，表上的只作比对。",
        example: "第1组/中华预防医学会.xls › 评价表!K41：表上总分（初评得分）是999，各行加起来是200。",
        remedy: "问评价人以哪个为准：各行有填错的，请他改正那一行，评价日期写更正当天再重报；只是\
            总分被手填盖掉的，不必重报。",
    },
);
static NOT_COMPARED: Code = Code::note(
    "T102",
    "total-not-compared",
    "表上的总分没有计算结果，未作比对",
    "以各行之和为准",
    Explained {
        means: "表底的总分是没有存下计算结果的公式，或者空着，程序没有可比对的数，少了一道核对。总\
            分由程序按各行重新计算，不受影响。",
        basis: "本工具约定（评分说明·行得分）：总分以各行之和为准。",
        example: "第1组/中国能源研究会.xlsx › 评价表!K41：表上的总分没有计算结果，未作比对。",
        remedy: "不用处理。想核对的，用 Excel 或 WPS 打开原表，看显示的总分与“评价人明细”里的是否\
            一致。",
    },
);

/// What the lines come to. None where some points cannot be read, lines are missing or strange rows would be
/// in the form's own sums: then there is nothing to compare.
pub(super) fn own_total<'s>(subject: &'s Subject<'_>) -> Option<&'s Exact> {
    let total = subject.own_total.get_or_init(|| added_up(subject));
    total.as_ref()
}

fn added_up(subject: &Subject<'_>) -> Option<Exact> {
    let form = subject.form;
    let is_damage = |damage: &Damage| !matches!(damage, Damage::ColumnAdded { .. });
    if form.damage.iter().any(is_damage) || !form.strays.is_empty() {
        return None;
    }
    let mut marks: Keyed<LineId, Marks> =
        Keyed::of(Marks::default(), subject.ground.scheme.lines.len());
    for cell in subject.sides() {
        let points = match &cell.entry.filled {
            Filled::Blank => Points::ZERO,
            _ => cell.points()?,
        };
        *side(&mut marks[cell.index], cell.is_bonus()) = Exact::from(points);
    }
    for (index, line, row) in subject.lines().filter(|(_, line, _)| line.value.is_some()) {
        marks[index].bonus = worked_out(line, row)?;
    }
    // What follows from the answers of a society's own form.
    for (index, _, row) in subject.lines().filter(|_| subject.form.told.is_some()) {
        let points = |entry: &Entry| Exact::from(entry.filled.points().unwrap_or_default());
        marks[index] = Marks {
            bonus: points(&row.bonus),
            deduction: points(&row.deduction),
        };
    }
    Some(Figures::of(&subject.ground.scheme, marks).total)
}

/// The points of a value; nothing where nothing is said yet. None where they cannot be worked out.
fn worked_out(line: &Line, row: &Row) -> Option<Exact> {
    match value::given(line, row) {
        Ok(given) => line.worked_out(&given),
        Err(Wrong::Missing) => Some(Exact::zero()),
        Err(_) => None,
    }
}

fn side(marks: &mut Marks, is_bonus: bool) -> &mut Exact {
    if is_bonus {
        &mut marks.bonus
    } else {
        &mut marks.deduction
    }
}

/// What the spreadsheet's own formulas make of the lines: numbers typed as text are left out, a deduction
/// written as -10 is added. A csv does not tell text from numbers; there the net of each line does.
fn seen_by_sums(subject: &Subject<'_>) -> Exact {
    let scheme = &subject.ground.scheme;
    let mut marks: Keyed<LineId, Marks> = Keyed::of(Marks::default(), scheme.lines.len());
    for (index, line, row) in subject.lines() {
        if line.value.is_some() {
            // The form's own formula sees numbers alone.
            let is_number =
                |entry: &Entry| matches!(entry.filled, Filled::Points { numeric: true, .. });
            let asked = row.asked.as_ref();
            let is_seen = subject.form.is_text
                || value::asks_level(line)
                || asked.is_some_and(|asked| {
                    is_number(&asked.value) && asked.target.as_ref().is_none_or(is_number)
                });
            let seen = worked_out(line, row).filter(|_| is_seen);
            marks[index].bonus = seen.unwrap_or_default();
        } else if subject.form.is_text {
            marks[index].bonus = Exact::from(net_in_csv(row));
        } else {
            marks[index].bonus = Exact::from(row.bonus.filled.seen_by_sums());
        }
        if !subject.form.is_text {
            marks[index].deduction = Exact::from(row.deduction.filled.seen_by_sums());
        }
    }
    Figures::of(scheme, marks).total
}

/// The net of a line as a csv shows it, if it is one that the form's formula can have given for these points:
/// with each of them taken as a number, as text, or with its sign. Else what the points come to.
fn net_in_csv(row: &Row) -> Points {
    let bonus = row.bonus.filled.points().unwrap_or_default();
    let deduction = row.deduction.filled.points().unwrap_or_default();
    let own = bonus - deduction.magnitude();
    let possible = [own, bonus - deduction, bonus, -deduction, Points::ZERO];
    row.net
        .as_ref()
        .and_then(|net| net.filled.points())
        .filter(|net| possible.contains(net))
        .unwrap_or(own)
}

/// Whether the form's own total agrees with its lines.
pub(super) fn agrees(subject: &Subject<'_>, stated: Points, own: &Exact) -> bool {
    let near = Exact::from(subject.ground.scheme.half_unit());
    let stated = Exact::from(stated);
    let is_near = |total: &Exact| {
        stated.clone() - total.clone() <= near && total.clone() - stated.clone() <= near
    };
    // Nearly all totals are what the lines come to.
    is_near(own) || is_near(&seen_by_sums(subject))
}

/// What the form shows, worked out as it is: to more decimals than anybody types.
pub(super) fn shown(filled: &Filled) -> Option<Points> {
    /// As many as points are told apart by.
    const ENOUGH: u32 = 6;
    match filled {
        Filled::TooFine(written) => {
            let number: rust_decimal::Decimal = written.parse().ok()?;
            Points::bounded(number.round_dp(ENOUGH))
        }
        other => other.points(),
    }
}

/// What there is to say of the form's own total.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum OwnTotal {
    Disagrees {
        /// The heading of its column.
        #[serde(skip)]
        heading: String,
        stated: String,
        sum: String,
    },
    NotCompared {},
}

impl Fact for OwnTotal {
    fn code(&self) -> &'static Code {
        match self {
            Self::Disagrees { .. } => &DISAGREES,
            Self::NotCompared {} => &NOT_COMPARED,
        }
    }

    fn message(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Disagrees {
                heading,
                stated,
                sum,
            } => {
                let stated = stated.clone();
                format!("表上总分（{heading}）是{stated}，各行加起来是{sum}")
            }
            Self::NotCompared {} => NOT_COMPARED.states.to_owned(),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Disagrees { stated, .. } => stated.clone(),
            Self::NotCompared {} => String::new(),
        }
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Disagrees { sum, .. } => sum.clone(),
            Self::NotCompared {} => String::new(),
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        match self {
            Self::Disagrees { .. } => vec![Spot::Total],
            Self::NotCompared {} => Vec::new(),
        }
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        match self {
            Self::Disagrees { stated, .. } => Some(
                Advice::new("原表的总分与各行之和对不上，退回件已重新自动计算。请核对各行分值。")
                    .found(text::shown(stated)),
            ),
            Self::NotCompared {} => None,
        }
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let (Some(total), Some(sum)) = (&subject.form.total, own_total(subject)) else {
        return;
    };
    match &total.filled {
        Filled::NoCachedValue | Filled::Blank => {
            findings.push(subject.found(total.cell, OwnTotal::NotCompared {}));
        }
        filled => {
            let is_same = |stated| agrees(subject, stated, sum);
            if !shown(filled).is_some_and(is_same) {
                let fact = OwnTotal::Disagrees {
                    heading: subject.heading(Column::Net),
                    stated: filled.shown(),
                    sum: sum.shown(subject.ground.scheme.precision),
                };
                findings.push(subject.found(total.cell, fact));
            }
        }
    }
}
