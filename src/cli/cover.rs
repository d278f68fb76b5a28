//! Who reviews whom by the lists, as it is said before the forms go out.

use super::say;
use crate::ground::{Ground, REVIEWERS_FILE};
use crate::model::SocietyId;
use crate::roster::Cover;

/// Everything: how many forms are due from whom, who must stand aside, and what is missing.
pub fn all(ground: &Ground) {
    let object = ground.scheme.object();
    let roster = &ground.roster;
    if roster.reviewers.is_empty() {
        say::line(&format!(
            "{REVIEWERS_FILE}里没有人：不知道谁评谁，每个{object}按应收1份计。"
        ));
        return;
    }
    let cover = roster.cover();
    let due: usize = cover.of_reviewer.iter().map(Vec::len).sum();
    let busy = cover.of_reviewer.iter().filter(|own| !own.is_empty());
    say::line(&format!("评价分工：{}位评价人应交{due}份。", busy.count()));
    for (index, group) in roster.groups.entries() {
        let own: Vec<String> = roster
            .reviewers
            .iter()
            .zip(&cover.of_reviewer)
            .filter(|(reviewer, _)| reviewer.group == Some(index))
            .map(|(reviewer, due)| format!("{}{}份", reviewer.name, due.len()))
            .collect();
        if !own.is_empty() {
            say::line(&format!("　{}：{}", group.label(), own.join("、")));
        }
    }
    for (reviewer, recused) in roster.reviewers.iter().zip(&cover.recused) {
        if !recused.is_empty() {
            say::line(&format!(
                "　应回避：{}（{}）不评{}",
                reviewer.name,
                reviewer.unit,
                names(ground, recused)
            ));
        }
    }
    gaps(ground, &cover);
}

/// What somebody has to see to: societies that nobody reviews, and reviewers who have nobody.
pub fn gaps(ground: &Ground, cover: &Cover) {
    let object = ground.scheme.object();
    let roster = &ground.roster;
    if !cover.nobodys.is_empty() {
        say::line(&format!(
            "【请核实】没有人评的{object}{}个：{}。请在{REVIEWERS_FILE}里给所在的组加评价人。",
            cover.nobodys.len(),
            names(ground, &cover.nobodys)
        ));
    }
    let idle = roster.reviewers.iter().zip(&cover.of_reviewer);
    for (reviewer, _) in idle.filter(|(_, due)| due.is_empty()) {
        let why = match reviewer.group {
            _ if reviewer.member == Some(false) => "名单中不是中共党员".to_owned(),
            None => "没有填组号".to_owned(),
            Some(_) => format!("本组的{object}都应回避或不用评"),
        };
        say::line(&format!(
            "【请核实】没有{object}可评的评价人：{}（{}），{why}。",
            reviewer.name, reviewer.unit
        ));
    }
}

fn names(ground: &Ground, societies: &[SocietyId]) -> String {
    let names = societies
        .iter()
        .map(|one| ground.roster.societies[*one].name.as_str());
    names.collect::<Vec<_>>().join("、")
}
