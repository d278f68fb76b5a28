//! 核查表: a society that was drawn, verified line by line; what comes of it is proposed and never entered by itself.
//!
//! The star is worked out as it was in the review: by the scheme, from one form.

mod aside;
mod row;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::ground::Ground;
use crate::intake::{Sheet, Value};
use crate::model::{LineId, Name, Points, day, fold};
use crate::roster::list::{Faults, List};
use crate::scheme::{Basis, Scheme};
use crate::score::{self, LinePoints};

use super::Member;
pub use aside::must_recuse;

/// What is asked for above the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Number,
    Society,
    Stars,
    Checker,
    Unit,
    Day,
}

impl Ask {
    pub const ALL: [Self; 6] = [
        Self::Number,
        Self::Society,
        Self::Stars,
        Self::Checker,
        Self::Unit,
        Self::Day,
    ];

    #[must_use]
    pub fn label(self, scheme: &Scheme) -> String {
        match self {
            Self::Number => "抽查编号（请勿修改）",
            Self::Society => return format!("被核查{}", scheme.object()),
            Self::Stars => "现有星级",
            Self::Checker => "核查人",
            Self::Unit => "核查人单位",
            Self::Day => "核查日期",
        }
        .to_owned()
    }
}

/// Headings of the table.
pub mod column {
    pub const CODE: &str = "编号";
    const BONUS: &str = "核查加分";
    /// The same where nothing is deducted.
    const POINTS: &str = "核查得分";
    pub const DEDUCTION: &str = "核查减分";
    pub const NOTE: &str = "核查说明";
    /// What a line is called, with dimensions above it and without.
    pub const TITLES: [&str; 2] = ["二级指标", "指标"];
    /// Printed for those who fill it in.
    pub const REQUIREMENT: &str = "评价要求";
    /// With deductions and without.
    pub const LAST: [&str; 2] = ["上次加分", "上次得分"];
    pub const LAST_DEDUCTION: &str = "上次减分";
    pub const CAPS: [&str; 3] = ["加分上限", "减分上限", "满分"];
    /// Of what stands above it.
    pub const ASK: &str = "核查事项";
    pub const ANSWER: &str = "填写";

    /// Of the points given.
    #[must_use]
    pub fn bonus(scheme: &crate::scheme::Scheme) -> &'static str {
        if scheme.has_deductions() {
            BONUS
        } else {
            POINTS
        }
    }
}

/// What the sheets were made for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'d> {
    /// 抽查编号.
    pub number: &'d str,
    /// The day of the draw.
    pub on: Date,
    pub drawn: &'d [Drawn<'d>],
    pub checkers: &'d [Member],
    /// Nobody verifies tomorrow.
    /// Later than any day that can be meant.
    pub latest: Date,
}

/// Who was drawn, as the register calls it.
#[derive(Debug, Clone, Copy)]
pub struct Drawn<'d> {
    pub society: &'d str,
    pub stars: u32,
    /// The last day of the star, where it has one.
    pub until: Option<Date>,
}

/// A society that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub society: String,
    pub checker: String,
    pub unit: String,
    pub day: Date,
    pub total: Points,
    pub stars: u32,
    /// What should be looked at, with its cell.
    pub doubts: Vec<String>,
}

/// Reads a sheet that was made for a draw, about one of those drawn.
///
/// # Errors
/// Everything that is missing, does not hold, or would be by somebody who must stand aside, with its cell.
pub fn read(ground: &Ground, asked: Asked<'_>, sheets: &[Sheet]) -> Result<Checked, Faults> {
    let (mut faults, mut doubts) = (Faults::new(), Faults::new());
    let head = head(ground, asked, sheets, (&mut faults, &mut doubts));
    let scheme = head.as_ref().map(|head| scheme_of(ground, &head.society));
    let points = scheme
        .as_ref()
        .and_then(|scheme| points(scheme, sheets, &mut faults, &mut doubts));
    let (Some(head), Some(scheme), Some(points), true) = (head, scheme, points, faults.is_empty())
    else {
        return Err(faults);
    };
    let Some(result) = score::score(&scheme, &[points]) else {
        return Err(vec!["没有核查的分数".to_owned()]);
    };
    Ok(Checked {
        total: result.total,
        stars: result.stars,
        doubts,
        ..head
    })
}

/// What a society is verified by: the lines of its class, and one form that stands for all classes of reviewers.
#[must_use]
pub fn scheme_of(ground: &Ground, society: &str) -> Scheme {
    let listed = ground.society_named(society);
    let class = listed.and_then(|at| ground.roster.societies[at].class);
    let mut scheme = class.map_or_else(
        || ground.scheme.clone(),
        |class| ground.scheme.of_class(class),
    );
    scheme.reviewer_classes.clear();
    scheme
}

/// What stands above the table.
fn head(
    ground: &Ground,
    asked: Asked<'_>,
    sheets: &[Sheet],
    (faults, doubts): (&mut Faults, &mut Faults),
) -> Option<Checked> {
    let number = asked.number;
    let scheme = &ground.scheme;
    let list = List::find(sheets, &[column::ASK, column::ANSWER], 2, faults)?;
    let row_of = |ask: Ask| {
        let label = fold(&ask.label(scheme));
        let mut rows = list.rows();
        rows.find(|row| fold(&list.text(*row, column::ASK)) == label)
    };
    let text = |ask: Ask| row_of(ask).map_or(String::new(), |row| list.text(row, column::ANSWER));
    let mut own = Faults::new();
    for ask in Ask::ALL {
        let label = ask.label(scheme);
        let mut rows = list.rows();
        rows.find(|row| fold(&list.text(*row, column::ASK)) == fold(&label));
        if let Some(row) = rows.find(|row| fold(&list.text(*row, column::ASK)) == fold(&label)) {
            let message = format!("“{label}”有两行，不知以哪一行为准；只能留一行");
            list.fault(&mut own, row, column::ASK, &message);
        }
    }
    let mut fault = |ask: Ask, message: &str| {
        list.fault(&mut own, row_of(ask).unwrap_or(0), column::ANSWER, message);
    };
    if text(Ask::Number) != number {
        let message = format!("抽查编号是“{}”，这次抽查是“{number}”", text(Ask::Number));
        fault(Ask::Number, &message);
    }
    let written = text(Ask::Society);
    let suffix = &scheme.subject_suffix;
    let drawn = asked.drawn.iter().find(|drawn| {
        let one = drawn.society;
        fold(one) == fold(&written) || fold(&format!("{one}{suffix}")) == fold(&written)
    });
    if let Some(Drawn { stars, .. }) = drawn {
        let found = text(Ask::Stars);
        if super::level::star(&found) != Some(*stars) {
            let message =
                format!("现有星级填的是“{found}”，抽取时是{stars}星；现有星级不能在这里改");
            fault(Ask::Stars, &message);
        }
    } else {
        let object = scheme.object();
        fault(
            Ask::Society,
            &format!("“{written}”不在这次抽中的{object}里"),
        );
    }
    let society = drawn.map(|drawn| drawn.society);
    let (checker, unit) = (text(Ask::Checker), text(Ask::Unit));
    if checker.is_empty() {
        fault(Ask::Checker, "核查人没有填");
    }
    if unit.is_empty() {
        fault(Ask::Unit, "核查人单位没有填，无法核对是否应当回避");
    }
    if let Some(society) = society
        && must_recuse(ground, asked.checkers, society, &checker, &unit)
    {
        let message = format!(
            "核查人“{checker}”（{unit}）与被核查{}有利害关系，应当回避{}",
            scheme.object(),
            Basis::cite(scheme.basis.recusal.as_deref())
        );
        fault(Ask::Checker, &message);
    }
    let written = text(Ask::Day);
    let day = day::read(&written);
    if day.is_none() {
        fault(
            Ask::Day,
            &format!("核查日期填的是“{written}”，应写成2020-09-20这样的日期"),
        );
    }
    let untimely = day.and_then(|day| untimely(asked, drawn, day));
    if let Some(why) = untimely {
        fault(Ask::Day, &format!("核查日期填的是“{written}”，{why}"));
    }
    if let Some(message) = unlisted(asked.checkers, &checker) {
        let row = row_of(Ask::Checker).unwrap_or(0);
        let mut doubt = Faults::new();
        list.fault(&mut doubt, row, column::ANSWER, &message);
        doubts.extend(doubt.iter().map(|doubt| list.placed(doubt)));
    }
    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
    Some(Checked {
        society: society?.to_owned(),
        checker,
        unit,
        day: day?,
        total: Points::ZERO,
        stars: 0,
        doubts: Vec::new(),
    })
}

/// Why nobody can have verified on that day.
fn untimely(asked: Asked<'_>, drawn: Option<&Drawn<'_>>, day: Date) -> Option<String> {
    if day < asked.on {
        return Some(format!("早于抽取日期（{}）", day::say(asked.on)));
    }
    if day > asked.latest {
        return Some(format!("晚于{}，请核对年份", day::say(asked.latest)));
    }
    let until = drawn.and_then(|drawn| drawn.until);
    let until = until.filter(|until| day > *until)?;
    Some(format!("星级已于{}到期", day::say(until)))
}

/// Who is not on the list of those who check: whether they must stand aside nobody has said.
fn unlisted(checkers: &[Member], checker: &str) -> Option<String> {
    let unlisted: Vec<&str> = named(checker)
        .filter(|name| !checkers.iter().any(|one| is_called(one, name)))
        .collect();
    (!checkers.is_empty() && !unlisted.is_empty()).then(|| {
        format!(
            "核查人“{}”不在核查人名单里，不知道应不应当回避",
            unlisted.join("、")
        )
    })
}

/// The people whom a cell names.
fn named(checker: &str) -> impl Iterator<Item = &str> {
    let apart = ['、', '，', ',', ';', '；', '/', '\n'];
    let names = checker.split(apart).map(str::trim);
    names.filter(|name| !name.is_empty())
}

/// Whether a person of the list is meant, whatever title stands behind the name.
fn is_called(one: &Member, name: &str) -> bool {
    Name::of(&one.name) == Name::of(name)
}

/// The verified points, line by line; what no combination of the criteria gives counts, and is told.
fn points(
    scheme: &Scheme,
    sheets: &[Sheet],
    faults: &mut Faults,
    doubts: &mut Faults,
) -> Option<Vec<LinePoints>> {
    let mut known = vec![column::CODE, column::bonus(scheme)];
    known.extend(scheme.has_deductions().then_some(column::DEDUCTION));
    let required = known.len();
    known.push(column::NOTE);
    known.extend(column::TITLES);
    let list = List::find(sheets, &known, required, faults)?;
    let (mut own, mut unlikely) = (Faults::new(), Faults::new());
    list.hidden(&known[..required], &mut own);
    let mut unread = BTreeMap::new();
    let mut points: Vec<LinePoints> = Vec::with_capacity(scheme.lines.len());
    let mut read: BTreeMap<LineId, (u32, Points)> = BTreeMap::new();
    for (at, line) in scheme.lines.entries() {
        let code = fold(&line.code);
        let mut rows = list.rows();
        let Some(row) = rows.find(|row| fold(&list.text(*row, column::CODE)) == code) else {
            own.push(format!("缺少{}这一行", scheme.title(line)));
            continue;
        };
        row::hold(scheme, line, &list, row, &mut own);
        row::outside(&list, row, &mut unread);
        let mut side = |heading: &str, side: &crate::scheme::Side| {
            let written = list.text(row, heading);
            let read = match list.value(row, heading) {
                None => None,
                Some(Value::Number(number)) => Points::bounded(*number),
                Some(other) => fold(&other.written()).parse().ok(),
            };
            if !side.is_open() {
                if read.is_some_and(|points| !points.is_zero()) {
                    let message = format!("{}{heading}不设分，填了{written}", line.code);
                    list.fault(&mut own, row, heading, &message);
                }
                return Points::ZERO;
            }
            let fits = read.filter(|points| !points.is_negative() && *points <= side.cap);
            if fits.is_none() {
                let said = if written.is_empty() {
                    format!("{}{heading}没有填，没有得分的填0", line.code)
                } else {
                    format!("{}{heading}填{written}，应在0至{}之间", line.code, side.cap)
                };
                list.fault(&mut own, row, heading, &said);
            }
            let odd = fits.filter(|points| !side.attainable.contains(points));
            if odd.is_some() {
                let allowed = side.in_words();
                let message = format!(
                    "{}{heading}填{written}，按评价要求只能为{allowed}",
                    line.code
                );
                list.fault(&mut unlikely, row, heading, &message);
            }
            fits.unwrap_or_default()
        };
        let bonus = side(column::bonus(scheme), &line.bonus);
        let deduction = side(column::DEDUCTION, &line.deduction);
        if line.exclusive && bonus.is_positive() && deduction.is_positive() {
            let message = format!("{}加分与减分只能取一", line.code);
            list.fault(&mut own, row, column::bonus(scheme), &message);
        }
        points.push(LinePoints { bonus, deduction });
        read.insert(at, (row, bonus));
    }
    // Nothing is built on nothing.
    for (at, line) in scheme.lines.entries() {
        let Some((row, _)) = read.get(&at).filter(|(_, bonus)| bonus.is_positive()) else {
            continue;
        };
        let without = line.needs.iter().filter(|need| {
            let base = read.get(*need);
            base.is_some_and(|(_, bonus)| !bonus.is_positive())
        });
        let without: Vec<&str> = without
            .map(|need| scheme.lines[*need].code.as_str())
            .collect();
        if !without.is_empty() {
            let message = format!(
                "{}以{}得分为前提，{}核查为0分，{}却有加分",
                line.code,
                without.join("、"),
                without.join("、"),
                line.code
            );
            list.fault(&mut unlikely, *row, column::bonus(scheme), &message);
        }
    }
    own.extend(unread.into_values());
    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
    doubts.extend(unlikely.into_iter().map(|doubt| list.placed(&doubt)));
    Some(points)
}
