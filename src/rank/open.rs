//! 未了事项: what keeps an outcome from being final, in words for people.

use super::{Open, SocietyState, Standing};
use crate::ground::Ground;
use crate::model::SocietyId;
use crate::settle::{FormState, Settled};

/// What keeps this from being final: forms that wait for a correction, files that could not be read, societies
/// of which nothing counts, forms that have not come.
pub(super) fn open(ground: &Ground, settled: &Settled, societies: &[Standing]) -> Vec<Open> {
    let name = |society: SocietyId| ground.roster.societies[society].name.clone();
    let held = settled
        .forms
        .iter()
        .filter(|form| form.state == FormState::Held)
        .map(|form| format!("“{}”", crate::finding::text::path(&form.place)));
    let path = crate::finding::text::path;
    let unread = settled
        .files
        .iter()
        .filter(|file| file.is_open())
        .map(|file| format!("“{}”", path(&file.place())));
    let doubtful = settled
        .forms
        .iter()
        .filter(|form| form.state == FormState::Counted && !form.doubts.is_empty())
        .map(|form| format!("“{}”", path(&form.place)));
    let is_given_up = |society: SocietyId| {
        let mut given_up = settled.given_up.iter();
        given_up.any(|one| one.owing.society == society) && settled.progress[society].due == 0
    };
    let in_state = |state| {
        societies
            .iter()
            .filter(move |one| one.state == state && !is_given_up(one.society))
            .map(|one| name(one.society))
    };
    let incomplete = |of_own: bool| -> Vec<String> {
        let all = societies.iter();
        let all = all.filter(|one| one.state == SocietyState::Incomplete);
        all.filter(|one| one.absent.is_empty() == of_own)
            .map(|one| name(one.society))
            .collect()
    };
    let owing = settled.owing.iter().filter_map(|one| {
        let reviewer = &ground.roster.reviewers[one.reviewer?];
        Some(format!("{}（{}）", name(one.society), reviewer.name))
    });
    let object = ground.scheme.object();
    [
        ("须更正的评价表", "份", held.collect::<Vec<String>>()),
        ("待核实而暂计的评价表", "份", doubtful.collect()),
        ("没有读成的文件", "个", unread.collect()),
        (
            &format!("有评价表但没有一份计入的{object}"),
            "个",
            in_state(SocietyState::Held).collect(),
        ),
        (&format!("缺一类评价人的{object}"), "个", incomplete(false)),
        (&format!("缺自评的{object}"), "个", incomplete(true)),
        (
            &format!("未交评价表的{object}"),
            "个",
            in_state(SocietyState::Missing).collect(),
        ),
        ("评价人未交的评价表", "份", owing.collect()),
        ("没有采用的评分更正", "行", settled.not_amended.clone()),
    ]
    .into_iter()
    .filter(|(_, _, which)| !which.is_empty())
    .map(|(what, measure, which)| Open {
        what: format!("{what}{}{measure}", which.len()),
        which,
    })
    .collect()
}
