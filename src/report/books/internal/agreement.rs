//! 评分宽严: how far the forms of one society lie apart, and who gives more or less than the others who saw the same
//! societies. It asks, by rules that are written down, and changes no number.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Exact, FormKey, LineId, Points, SocietyId};
use crate::rank::Standings;
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, Topic, mean, words};
use crate::report::known::Known;
use crate::scheme::Scheme;
use crate::settle::SettledForm;

/// From which part of the full points on the forms of one society lie apart so far that it is asked about, in per cent.
const APART: i64 = 10;
/// From which part of the full points on somebody gives so much more or less that it is asked about, in per cent.
const LEANS: i64 = 5;
/// From how many societies on that others scored, too.
const SHARED: usize = 2;

/// The rules, as they are printed.
#[must_use]
pub fn rules(scheme: &Scheme) -> [String; 3] {
    let object = scheme.object();
    [
        format!("同一{object}的几份评价表，合计最高与最低相差达到满分的{APART}%的，提请了解；"),
        format!(
            "评价人与他人同评{SHARED}个及以上{object}，其合计平均比同评的人高出或低于满分的{LEANS}%及以上的，提请了解；"
        ),
        format!("同一{object}同一评分行，有人给满加分上限、有人给0分的，列出行号。"),
    ]
}

/// Somebody who scored, beside the others who scored the same societies.
pub struct Leaning<'s> {
    /// Any of the person's forms.
    pub form: &'s SettledForm,
    pub forms: usize,
    pub mean: Option<Decimal>,
    /// Societies that others scored, too.
    pub shared: usize,
    /// How much more than the others, on average over these; less where negative.
    pub lean: Option<Decimal>,
    pub is_asked: bool,
}

/// The forms of one society.
pub struct Apart<'s> {
    /// Index into the standings' societies.
    pub society: SocietyId,
    pub highest: (Points, &'s SettledForm),
    pub lowest: (Points, &'s SettledForm),
    pub forms: usize,
    /// Lines where one gave everything and another nothing.
    pub torn: Vec<LineId>,
    pub is_asked: bool,
}

impl Apart<'_> {
    #[must_use]
    pub fn apart(&self) -> Points {
        self.highest.0 - self.lowest.0
    }
}

/// What is scored of a society: each form with its total.
fn scored<'s>(
    standings: &'s Standings<'_>,
    society: SocietyId,
) -> Vec<(FormKey, Points, &'s SettledForm)> {
    let forms = standings.societies[society].forms.iter();
    forms
        .filter_map(|index| {
            let form = &standings.forms[*index];
            if !form.is_scored() {
                return None;
            }
            let total = form.total(&standings.ground.scheme)?;
            Some((*index, total.rounded(Points::MOST_DECIMALS), form))
        })
        .collect()
}

/// How much more or less than the others somebody gives who is asked about.
#[must_use]
pub fn leans(standings: &Standings<'_>) -> Decimal {
    part_of_full(standings, LEANS)
}

/// So many hundredths of the full points.
fn part_of_full(standings: &Standings<'_>, percent: i64) -> Decimal {
    standings.ground.scheme.full_bonus().decimal() * Decimal::new(percent, 2)
}

/// Societies with several scored forms, in roster order.
#[must_use]
pub fn societies<'s>(standings: &'s Standings<'_>) -> Vec<Apart<'s>> {
    let far = part_of_full(standings, APART);
    let apart = |society: SocietyId| {
        let forms = scored(standings, society);
        let (_, most, highest) = forms.iter().copied().max_by_key(|one| one.1)?;
        let (_, least, lowest) = forms.iter().copied().min_by_key(|one| one.1)?;
        let torn = standings
            .ground
            .scheme
            .lines
            .ids()
            .filter(|line| is_torn(standings, &forms, *line));
        (forms.len() > 1).then(|| Apart {
            society,
            highest: (most, highest),
            lowest: (least, lowest),
            forms: forms.len(),
            torn: torn.collect(),
            is_asked: (most - least).decimal() >= far && far > Decimal::ZERO,
        })
    };
    standings.societies.ids().filter_map(apart).collect()
}

/// Whether of a line one gave all there is and another nothing.
fn is_torn(
    standings: &Standings<'_>,
    forms: &[(FormKey, Points, &SettledForm)],
    line: LineId,
) -> bool {
    let cap = standings.ground.scheme.lines[line].bonus.cap;
    let gives = |what: Points| {
        let mut forms = forms.iter();
        forms.any(|(_, _, form)| {
            form.lines
                .get(line)
                .is_some_and(|one| one.bonus == Some(Exact::from(what)))
        })
    };
    cap.is_positive() && gives(cap) && gives(Points::ZERO)
}

/// Everybody who scored, in the order of their first forms.
#[must_use]
pub fn people<'s>(known: &Known<'s>) -> Vec<Leaning<'s>> {
    let standings = known.standings();
    let far = leans(standings);
    let mut people: BTreeMap<FormKey, (FormKey, Vec<Points>, Vec<Decimal>)> = BTreeMap::new();
    for society in standings.societies.ids() {
        let forms = scored(standings, society);
        for (index, total, _) in &forms {
            let person = people
                .entry(known.person(*index))
                .or_insert_with(|| (*index, Vec::new(), Vec::new()));
            person.0 = person.0.min(*index);
            person.1.push(*total);
            let others = forms.iter().filter(|other| other.0 != *index);
            if let Some(others) = mean(others.map(|other| other.1.decimal())) {
                person.2.push(total.decimal() - others);
            }
        }
    }
    let mut people: Vec<(FormKey, Vec<Points>, Vec<Decimal>)> = people.into_values().collect();
    people.sort_by_key(|person| person.0);
    people
        .into_iter()
        .map(|(first, totals, leans)| {
            let lean = mean(leans.iter().copied());
            Leaning {
                form: &standings.forms[first],
                forms: totals.len(),
                mean: mean(totals.iter().map(|total| total.decimal())),
                shared: leans.len(),
                lean,
                is_asked: leans.len() >= SHARED
                    && far > Decimal::ZERO
                    && lean.is_some_and(|lean| lean.abs() >= far),
            }
        })
        .collect()
}

/// 评价人宽严.
#[must_use]
pub fn people_table(standings: &Standings<'_>, people: &[Leaning<'_>]) -> Table {
    let points = Look::Points(standings.ground.scheme.precision);
    let columns = vec![
        Column::new(Topic::Group, 7, Look::Centre).choosable(),
        Column::new("评价人", 10, Look::Fitted),
        Column::new("评价人单位", 24, Look::Left),
        Column::new("计分份数", 6, Look::Whole),
        Column::new("合计平均", 8, points),
        Column::new("与他人同评", 8, Look::Whole),
        Column::new("平均高出（负为低于）", 10, points),
        Column::new("提请了解", 30, Look::Left),
    ];
    let row = |one: &Leaning<'_>| {
        let group = group(standings, one.form);
        let asks = match one.lean {
            Some(lean) if one.is_asked && lean.is_sign_negative() => "掌握的尺度是否偏严？",
            Some(_) if one.is_asked => "掌握的尺度是否偏宽？",
            _ => "",
        };
        Row::new(vec![
            group.map_or_else(Cell::dash, Cell::text),
            Cell::text(&one.form.reviewer),
            Cell::text(&one.form.unit),
            Cell::whole(one.forms),
            one.mean.map_or_else(Cell::dash, Cell::number),
            Cell::whole(one.shared),
            one.lean.map_or_else(Cell::dash, Cell::number),
            Cell::text(asks),
        ])
    };
    Table {
        empty: "没有计分的评价表。",
        ..asking(
            standings,
            ("评价人宽严", "评价人宽严".to_owned()),
            columns,
            people.iter().map(row),
        )
    }
}

/// A list that asks about some of its rows.
fn asking(
    standings: &Standings<'_>,
    (name, title): (&'static str, String),
    columns: Vec<Column>,
    rows: impl Iterator<Item = Row>,
) -> Table {
    Table {
        name,
        unit: "单位：分",
        rows: rows.collect(),
        ..words::table(standings, title, columns, Layout::list(9.0, 2))
    }
}

/// 同一学会各份的差异.
#[must_use]
pub fn societies_table(standings: &Standings<'_>, societies: &[Apart<'_>]) -> Table {
    let scheme = &standings.ground.scheme;
    let roster = &standings.ground.roster;
    let columns = vec![
        Column::new(Topic::Group, 7, Look::Centre).choosable(),
        Column::new(scheme.object(), 26, Look::Fitted),
        Column::new("份数", 5, Look::Whole),
        Column::new("最高", 8, Look::Plain),
        Column::new("最低", 8, Look::Plain),
        Column::new("相差", 8, Look::Plain),
        Column::new("一满一零的评分行", 20, Look::Left),
        Column::new("提请了解", 34, Look::Left),
    ];
    let row = |one: &Apart<'_>| {
        let society = &roster.societies[standings.societies[one.society].society];
        let torn: Vec<&str> = one
            .torn
            .iter()
            .map(|line| scheme.lines[*line].code.as_str())
            .collect();
        let asks = if one.is_asked {
            format!(
                "{}最高、{}最低，对评分要点的理解是否一致？",
                one.highest.1.reviewer, one.lowest.1.reviewer
            )
        } else {
            String::new()
        };
        Row::new(vec![
            Cell::text(roster.group_of(society).label()).ordered(society.group.place()),
            Cell::text(&society.name),
            Cell::whole(one.forms),
            Cell::points(one.highest.0),
            Cell::points(one.lowest.0),
            Cell::points(one.apart()),
            Cell::text(torn.join("、")),
            Cell::text(asks),
        ])
    };
    let title = format!("同一{}各份评价表的差异", scheme.object());
    Table {
        empty: "没有两份及以上计分的评价表可比。",
        ..asking(
            standings,
            ("各份差异", title),
            columns,
            societies.iter().map(row),
        )
    }
}

/// The group that a form's society belongs to.
fn group(standings: &Standings<'_>, form: &SettledForm) -> Option<String> {
    let roster = &standings.ground.roster;
    let group = roster.group_at(form.society)?;
    Some(roster.groups[group].label())
}
