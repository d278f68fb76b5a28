//! 催报: one text per group, to its lead unit: what has not come, and what has to be done again by somebody else.

use super::letter::signature;
use crate::model::{GroupId, SocietyId, day};
use crate::rank::{SocietyState, Standings};
use crate::report::kit::words::{deadline, form_title, return_to};
use crate::report::known::Known;
use crate::settle::FormState;

/// What stands above the mail to a group (an index).
pub(super) fn subject(standings: &Standings<'_>, group: GroupId) -> String {
    let lead = &standings.ground.roster.groups[group];
    let label = if lead.is_all() {
        String::new()
    } else {
        lead.label()
    };
    format!("请催办：{label}《{}》", form_title(standings))
}

/// The lines of a group's (an index); none where it owes nothing.
pub(super) fn lines(known: &Known<'_>, group: GroupId) -> Option<Vec<String>> {
    let standings = known.standings();
    let ground = standings.ground;
    let roster = &ground.roster;
    let lead = &roster.groups[group];
    let sections: Vec<(String, Vec<String>)> = [
        (
            &*ground.scheme.own_words("还没有收到评价表的学会"),
            "个",
            without_form(standings, group),
        ),
        ("评价人还没有交的", "人", owing(standings, group)),
        (
            "评价人应当回避，须另请他人评价的",
            "份",
            recused(known, group),
        ),
    ]
    .into_iter()
    .filter(|(_, _, items)| !items.is_empty())
    .map(|(what, measure, items)| (format!("{what}（{}{measure}）", items.len()), items))
    .collect();
    if sections.is_empty() {
        return None;
    }
    let stage = ground.scheme.stage().map_or(String::new(), |stage| {
        format!(
            "{}时间为{}至{}。",
            stage.name,
            day::say(stage.from),
            day::say(stage.to)
        )
    });
    // Without groups there is no lead to be asked.
    let (whom, whose) = if lead.is_all() {
        ("各有关单位", String::new())
    } else {
        let whose = format!("贵单位牵头的{}，", lead.label());
        (lead.lead.as_str(), whose)
    };
    let mut lines = vec![
        format!("{whom}："),
        String::new(),
        format!(
            "　　{whose}《{}》还有下列未了的，请帮助催办。{stage}",
            form_title(standings)
        ),
    ];
    for (number, (heading, items)) in ["一", "二", "三"].into_iter().zip(sections) {
        lines.push(String::new());
        lines.push(format!("{number}、{heading}"));
        for (number, item) in (1..).zip(items) {
            lines.push(format!("{number}. {item}"));
        }
    }
    lines.push(String::new());
    if let Some(day) = deadline(standings) {
        lines.push(format!("　　请于{day}前交齐。谢谢！"));
    }
    lines.extend(return_to(standings));
    lines.extend(signature());
    Some(lines)
}

/// The accepted societies of the group for which nothing came.
fn without_form(standings: &Standings<'_>, group: GroupId) -> Vec<String> {
    let roster = &standings.ground.roster;
    standings
        .of_group(group)
        .filter(|standing| standing.state == SocietyState::Missing)
        .map(|standing| {
            let society = &roster.societies[standing.society];
            let must = if society.must_take_part {
                "（原则上必须参评）"
            } else {
                ""
            };
            let unread = if was_unread(standings, standing.society) {
                "（发来的文件没有读成，请重新发来）"
            } else {
                ""
            };
            format!("{}{must}{unread}", society.name)
        })
        .collect()
}

/// Whether a file named after a society (an index) came and was not read.
fn was_unread(standings: &Standings<'_>, society: SocietyId) -> bool {
    let mut open = standings.files.iter().filter(|file| file.is_open());
    open.any(|file| file.unread.and_then(|unread| unread.about) == Some(society))
}

/// The listed reviewers of the group who owe a form, person by person.
fn owing(standings: &Standings<'_>, group: GroupId) -> Vec<String> {
    let roster = &standings.ground.roster;
    let mut items = Vec::new();
    for (index, reviewer) in roster.reviewers.entries() {
        let societies: Vec<&str> = standings
            .owing
            .iter()
            .filter(|owing| owing.reviewer == Some(index))
            .map(|owing| &roster.societies[owing.society])
            .filter(|society| society.group == group)
            .map(|society| society.name.as_str())
            .collect();
        if !societies.is_empty() {
            items.push(format!(
                "{}（{}）：{}",
                reviewer.name,
                reviewer.unit,
                societies.join("、")
            ));
        }
    }
    items
}

/// The forms that are surely of the group, whose reviewers should have stood aside.
fn recused(known: &Known<'_>, group: GroupId) -> Vec<String> {
    let standings = known.standings();
    let roster = &standings.ground.roster;
    let forms = standings.forms.entries();
    forms
        .filter(|(index, form)| {
            form.state == FormState::Recused && known.group(*index) == Some(group)
        })
        .filter_map(|(_, form)| {
            let society = roster.societies.get(form.society?)?;
            let reviewer = if form.reviewer.is_empty() {
                "评价人没有填"
            } else {
                &form.reviewer
            };
            Some(format!("{}：{reviewer}", society.name))
        })
        .collect()
}
