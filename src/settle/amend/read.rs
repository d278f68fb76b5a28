//! What a row asks for, made comparable.

use std::str::FromStr;

use super::Fault;
use super::fact::Wrong;
use crate::check::{Half, SettledForm};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, LineId, Name, Points, SocietyId, day, fold, says_nothing};
use crate::register::amend::{Amendment, EVERYBODY, Item, SIDES};
use crate::scheme::Scheme;

/// What a row asks for.
pub(super) struct Asked {
    society: SocietyId,
    pub(super) line: LineId,
    pub(super) half: Half,
    /// As written; none for everybody.
    reviewer: Option<String>,
    /// By reviewer as written; of one reviewer the name is not repeated.
    from: Vec<(String, Points)>,
    pub(super) to: Points,
}

/// Reads a row; every fault at once.
pub(super) fn asked(ground: &Ground, row: &Amendment) -> Result<Asked, Vec<Fault>> {
    let mut faults = Vec::new();
    let written = |item| row.text(item).to_owned();
    let society = ground.society_named(row.text(Item::Society));
    if society.is_none() {
        let written = written(Item::Society);
        faults.push((Item::Society, Wrong::Society { written }));
    }
    let class = society.and_then(|society| ground.roster.societies[society].class);
    let line = line(&ground.scheme, class, row.text(Item::Line));
    if line.is_none() {
        let written = written(Item::Line);
        faults.push((Item::Line, Wrong::Line { written }));
    }
    let half = half(row.text(Item::Side));
    if half.is_none() {
        let written = written(Item::Side);
        faults.push((Item::Side, Wrong::Side { written }));
    }
    let reviewer = written(Item::Reviewer);
    let is_everybody = fold(&reviewer) == EVERYBODY;
    if reviewer.is_empty() {
        let item = Item::Reviewer;
        faults.push((item, Wrong::Unsaid { item }));
    }
    let from = if is_everybody {
        everybodys(row.text(Item::From))
    } else {
        points(row.text(Item::From)).map(|points| vec![(String::new(), points)])
    };
    if from.is_none() {
        let written = written(Item::From);
        let wrong = if is_everybody {
            Wrong::Unlisted { written }
        } else {
            let item = Item::From;
            Wrong::NoNumber { item, written }
        };
        faults.push((Item::From, wrong));
    }
    let to = points(row.text(Item::To));
    if to.is_none() && !row.text(Item::To).is_empty() {
        let (item, written) = (Item::To, written(Item::To));
        faults.push((item, Wrong::NoNumber { item, written }));
    }
    for item in [Item::To, Item::Basis, Item::By, Item::Date] {
        let text = row.text(item);
        let wrong = match item {
            _ if text.is_empty() => Some(Wrong::Unsaid { item }),
            Item::Basis | Item::By if says_nothing(text) => {
                let written = written(item);
                Some(Wrong::NoWords { item, written })
            }
            Item::Date => other_day(&ground.scheme, text),
            _ => None,
        };
        faults.extend(wrong.map(|wrong| (item, wrong)));
    }
    if let (Some(line), Some(half), Some(to)) = (line, half, to) {
        let side = half.of(&ground.scheme.lines[line]);
        if half == Half::Bonus && ground.scheme.lines[line].value.is_some() {
            faults.push((Item::Line, Wrong::WorkedOut { line }));
        } else if !side.is_open() {
            faults.push((Item::Side, Wrong::Closed { line, half }));
        } else if to.is_negative() || to > side.cap {
            let cap = side.cap;
            faults.push((
                Item::To,
                Wrong::OverCap {
                    line,
                    half,
                    to,
                    cap,
                },
            ));
        }
    }
    match (society, line, half, from, to) {
        (Some(society), Some(line), Some(half), Some(from), Some(to)) if faults.is_empty() => {
            Ok(Asked {
                society,
                line,
                half,
                reviewer: Some(reviewer).filter(|_| !is_everybody),
                from,
                to,
            })
        }
        _ => Err(faults),
    }
}

/// What is wrong with a day, if anything.
fn other_day(scheme: &Scheme, text: &str) -> Option<Wrong> {
    let Some(day) = day::read(text) else {
        let written = text.to_owned();
        return Some(Wrong::NoDay { written });
    };
    let first = scheme.began();
    let last = scheme.expired();
    (day < first || day > last).then_some(Wrong::OtherDay {
        written: day,
        first,
        last,
    })
}

impl Asked {
    /// The forms that are meant, each with what is said to stand in it.
    pub(super) fn forms(
        &self,
        forms: &Keyed<FormKey, SettledForm>,
    ) -> Result<Vec<(FormKey, Points)>, Vec<Fault>> {
        let own: Vec<FormKey> = forms
            .ids()
            .filter(|form| forms[*form].society == Some(self.society))
            .filter(|form| forms[*form].is_scored())
            .collect();
        let society = self.society;
        if own.is_empty() {
            return Err(vec![(Item::Society, Wrong::NoForm { society })]);
        }
        let by = |written: &str| -> Vec<FormKey> {
            let of = |form: &&FormKey| is_by(&forms[**form], written);
            own.iter().filter(of).copied().collect()
        };
        let mut meant = Vec::new();
        let mut faults = Vec::new();
        for (named, from) in &self.from {
            let written = self.reviewer.as_deref().unwrap_or(named);
            let item = if self.reviewer.is_some() {
                Item::Reviewer
            } else {
                Item::From
            };
            let written_out = || written.to_owned();
            match by(written).as_slice() {
                [form] if meant.iter().any(|(other, _)| other == form) => {
                    let written = written_out();
                    faults.push((item, Wrong::Twice { written }));
                }
                [form] => meant.push((*form, *from)),
                [] => {
                    let written = written_out();
                    faults.push((item, Wrong::Reviewer { society, written }));
                }
                [..] => {
                    let written = written_out();
                    faults.push((item, Wrong::Several { written }));
                }
            }
        }
        let lacking: Vec<String> = own
            .iter()
            .filter(|form| self.reviewer.is_none() && !meant.iter().any(|(one, _)| one == *form))
            .map(|form| forms[*form].reviewer.clone())
            .collect();
        if !lacking.is_empty() && faults.is_empty() {
            faults.push((Item::From, Wrong::Lacking { lacking }));
        }
        if faults.is_empty() {
            Ok(meant)
        } else {
            Err(faults)
        }
    }
}

/// Whether a form is by the one who is written, with or without the unit: 张三, 张三（中国化学会党委）.
fn is_by(form: &SettledForm, written: &str) -> bool {
    let name = Name::of(written);
    if name.is_empty() {
        return false;
    }
    let whole = fold(&format!("{}（{}）", form.reviewer, form.unit));
    name == Name::of(&form.reviewer) || fold(written) == whole
}

/// The line of a class of objects that is meant: by its code, by its code and title, or by a title that
/// only it has.
fn line(scheme: &Scheme, class: Option<usize>, written: &str) -> Option<LineId> {
    let folded = fold(written);
    let is = |index: &LineId| {
        let line = &scheme.lines[*index];
        let code = fold(&line.code);
        let title = fold(&scheme.indicator(line).title);
        folded == code || folded == format!("{code}{title}") || folded == fold(&scheme.title(line))
    };
    let all: Vec<LineId> = scheme
        .lines_of_class(class)
        .map(|(index, _)| index)
        .collect();
    if let Some(index) = all.iter().copied().find(is) {
        return Some(index);
    }
    let titled = |index: &LineId| {
        let line = &scheme.lines[*index];
        fold(&scheme.indicator(line).title) == folded
    };
    let titled: Vec<LineId> = all.into_iter().filter(titled).collect();
    match titled.as_slice() {
        [index] => Some(*index),
        _ => None,
    }
}

fn half(written: &str) -> Option<Half> {
    let folded = fold(written);
    let bare = folded.strip_suffix('分').unwrap_or(&folded);
    match SIDES.iter().position(|side| *side == bare)? {
        0 => Some(Half::Bonus),
        _ => Some(Half::Deduction),
    }
}

/// `20`, `20分`.
fn points(written: &str) -> Option<Points> {
    let folded = fold(written);
    let bare = folded.strip_suffix('分').unwrap_or(&folded);
    Points::from_str(bare).ok()
}

/// 原分 of everybody: `评价人甲 20、评价人乙 30`.
fn everybodys(written: &str) -> Option<Vec<(String, Points)>> {
    let each = written
        .split(['、', '，', ',', '；', ';', '\n'])
        .map(str::trim)
        .filter(|one| !one.is_empty());
    let each: Option<Vec<(String, Points)>> = each.map(nameds).collect();
    each.filter(|each| !each.is_empty())
}

fn nameds(written: &str) -> Option<(String, Points)> {
    let is_between = |one: char| one.is_whitespace() || matches!(one, ':' | '：' | '=' | '＝');
    let (name, number) = written.rsplit_once(is_between)?;
    let name = name.trim_end_matches(is_between);
    (!name.is_empty()).then_some((name.to_owned(), points(number)?))
}
