//! What is due, and who owes it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Due, Late, Position, Seen};
use crate::committee::Level;
use crate::finding::text::path;
use crate::ground::Ground;
use crate::ledger::Ledger;
use crate::ledger::hold::{self, Holding, State};
use crate::model::GroupId;
use crate::rank::Standings;
use crate::scheme::Scheme;
use crate::settle::FormState;

/// A star that ends within so many months is said to.
const SOON: u32 = 6;

/// What somebody else does in a stage of which nothing comes here.
pub(super) fn elsewhere(
    ground: &Ground,
    position: Position<'_>,
    standings: Option<&Standings<'_>>,
) -> Option<Due> {
    let scheme = &ground.scheme;
    let Position::In(stage) = position else {
        return None;
    };
    let at = scheme.stages.iter().position(|one| one.id == stage.id)?;
    let own = ground.own.as_ref().filter(|(own, _)| own.stage == at);
    // Where any have come it is known who still owes one.
    if own.is_some() && standings.is_some_and(|one| one.assessments.is_some()) {
        return None;
    }
    let what = match own {
        Some((own, _)) => format!(
            "{}年{}（各{}填报）",
            scheme.year,
            own.title,
            scheme.object()
        ),
        None => format!(
            "{}材料（各{}办理，不由本工具收）",
            stage.name, scheme.subject
        ),
    };
    let here = [scheme.stage(), scheme.deciding_stage()];
    let is_here = here.into_iter().flatten().any(|one| one.id == stage.id);
    (!is_here).then(|| Due {
        what,
        by: Some(stage.to),
        who: vec![format!(
            "参评的{}{}个",
            scheme.subject,
            ground
                .roster
                .societies
                .iter()
                .filter(|one| one.is_due())
                .count()
        )],
    })
}

/// By groups, each with its lead: who owes what.
fn by_group(ground: &Ground, groups: &BTreeMap<GroupId, Vec<String>>) -> Vec<String> {
    let groups = groups.iter();
    groups
        .map(|(group, owed)| {
            let group = &ground.roster.groups[*group];
            if group.is_all() {
                return owed.join("、");
            }
            format!(
                "{}（牵头：{}）：{}",
                group.label(),
                group.lead,
                owed.join("、")
            )
        })
        .collect()
}

/// What is owed of the societies' own forms, where any have come.
pub(super) fn of_own_forms(standings: &Standings<'_>) -> Vec<Due> {
    let ground = standings.ground;
    let (Some((own, _)), Some(assessments)) = (&ground.own, &standings.assessments) else {
        return Vec::new();
    };
    let by = ground.scheme.stages.get(own.stage).map(|stage| stage.to);
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for society in assessments.owing(ground) {
        let society = &ground.roster.societies[society];
        let owed = groups.entry(society.group).or_default();
        owed.push(society.name.clone());
    }
    let held = assessments.forms.iter().map(|own| &own.form);
    let held = held
        .filter(|form| form.state == FormState::Held)
        .map(|form| {
            let listed = form
                .society
                .map(|society| &ground.roster.societies[society].name);
            let society = listed.unwrap_or(&form.society_text);
            format!("{society}（“{}”）", path(&form.place))
        });
    let dues = [
        ("未交的自评表", by_group(ground, &groups)),
        ("待更正的自评表", held.collect()),
    ];
    dues.into_iter()
        .filter(|(_, who)| !who.is_empty())
        .map(|(what, who)| Due {
            what: what.to_owned(),
            by,
            who,
        })
        .collect()
}

/// What is owed of the forms: those that have not come, those that wait for a correction, and what waits for the clerk.
pub(super) fn of_forms(standings: &Standings<'_>) -> Vec<Due> {
    let roster = &standings.ground.roster;
    let by = standings.ground.scheme.stage().map(|stage| stage.to);
    let mut groups: BTreeMap<GroupId, Vec<String>> = BTreeMap::new();
    for one in &standings.owing {
        let society = &roster.societies[one.society];
        let reviewer = one.reviewer.and_then(|at| roster.reviewers.get(at));
        let of = reviewer.map_or(String::new(), |one| format!("（评价人{}）", one.name));
        let owed = groups.entry(society.group).or_default();
        owed.push(format!("{}{of}", society.name));
    }
    let owing = by_group(standings.ground, &groups);
    let held = standings
        .forms
        .iter()
        .filter(|form| form.state == FormState::Held)
        .map(|form| {
            let by = match form.reviewer.as_str() {
                "" => "评价人未填".to_owned(),
                name => format!("评价人{name}"),
            };
            format!("{by}：{}（“{}”）", form.society_text, path(&form.place))
        });
    let dues = [
        ("未交的评价表".to_owned(), by, owing),
        ("待更正的评价表".to_owned(), by, held.collect()),
        (
            "没有采用的评分更正（请改好评分更正单）".to_owned(),
            None,
            standings.not_amended.clone(),
        ),
        (
            "经办人要定的".to_owned(),
            None,
            (!standings.pending.is_empty())
                .then(|| format!("“处理登记”中等着处理的{}项", standings.pending.len()))
                .into_iter()
                .collect(),
        ),
    ];
    dues.into_iter()
        .filter(|(_, _, who)| !who.is_empty())
        .map(|(what, by, who)| Due { what, by, who })
        .collect()
}

/// Whether anybody else has to be asked for anything.
pub(super) fn is_to_send(standings: &Standings<'_>) -> bool {
    let mut forms = standings.forms.iter();
    !standings.owing.is_empty() || forms.any(|form| form.state == FormState::Held)
}

/// Forms filled in or sent when their stage was over.
pub(super) fn late(standings: &Standings<'_>) -> Vec<Late> {
    let Some(stage) = standings.ground.scheme.stage() else {
        return Vec::new();
    };
    let roster = &standings.ground.roster;
    let forms = standings.forms.iter();
    forms
        .filter(|form| form.state != FormState::Blank)
        .filter_map(|form| {
            let day = form.day().filter(|day| *day > stage.to)?;
            let listed = form
                .society
                .map(|society| roster.societies[society].name.clone());
            Some(Late {
                society: listed.unwrap_or_else(|| form.society_text.clone()),
                reviewer: form.reviewer.clone(),
                day,
                file: path(&form.place),
            })
        })
        .collect()
}

/// What the committee owes.
pub(super) fn of_committee(scheme: &Scheme, seen: &Seen<'_>) -> Vec<Due> {
    let by = scheme.deciding_stage().map(|stage| stage.to);
    let mut due = Vec::new();
    match (seen.outcome, seen.verdict) {
        (Some(outcome), None) if outcome.is_final() => due.push(Due {
            what: format!("审议，确定{}", Level::of(scheme).noun()),
            by,
            who: vec!["审议单位".to_owned()],
        }),
        (Some(outcome), None) => due.push(Due {
            what: "正式稿".to_owned(),
            by: scheme.stage().map(|stage| stage.to),
            who: outcome.results.open.clone(),
        }),
        (outcome, Some(verdict)) => {
            let is_void = outcome.is_some_and(|outcome| !verdict.is_of(&outcome.fingerprint));
            if is_void {
                due.push(Due {
                    what: "重新审议：结果在审定以后更正过，原审定不再有效".to_owned(),
                    by,
                    who: vec!["审议单位".to_owned()],
                });
            }
            let pending = verdict.decided.societies.iter();
            let pending: Vec<String> = pending
                .filter(|one| one.is_pending())
                .map(|one| format!("{}（{}）", one.name, one.reason))
                .collect();
            if !pending.is_empty() && !is_void {
                due.push(Due {
                    what: format!("补审暂缓的{}", scheme.object()),
                    by,
                    who: pending,
                });
            }
        }
        (None, None) => {}
    }
    due
}

/// What those owe who hold a star, and which stars end.
pub(super) fn of_holders(scheme: &Scheme, ledger: &Ledger, on: Date) -> Vec<Due> {
    let holdings = hold::on(ledger, on);
    let state = |one: &Holding| one.state(on, SOON);
    let named = |wanted: State| -> Vec<String> {
        let those = holdings.values().filter(|one| state(one) == wanted);
        those
            .map(|one| {
                let until = one.until.map_or(String::new(), crate::model::day::say);
                format!("{}（{}星，到{until}）", one.society, one.stars)
            })
            .collect()
    };
    let in_force = holdings
        .values()
        .filter(|one| state(one).is_in_force())
        .count();
    let mut due = Vec::new();
    if in_force > 0 {
        due.extend(scheme.reports.iter().map(|report| Due {
            what: format!("报送{}，{}（{}）", report.what, report.when, report.basis),
            by: None,
            who: vec![format!("{}，有效的{in_force}个", report.by)],
        }));
    }
    for (what, state) in [
        ("有效期将满，准备新一轮评价", State::Expiring),
        ("有效期已满，不再有星级", State::Expired),
    ] {
        let who = named(state);
        if !who.is_empty() {
            let what = what.to_owned();
            due.push(Due {
                what,
                by: None,
                who,
            });
        }
    }
    due
}

/// Whether anybody holds a star on a day.
pub(super) fn is_any_in_force(ledger: &Ledger, on: Date) -> bool {
    let holdings = hold::on(ledger, on);
    holdings.values().any(|one| one.state(on, 0).is_in_force())
}
