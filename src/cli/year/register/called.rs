//! What a society is called in the register, and what it may be called.

use crate::ground::Ground;
use crate::ledger::{Kind, Ledger, hold, plain};
use crate::model::fold;

/// The name under which a society stands in the ledger.
pub(super) fn held_name(ground: &Ground, ledger: &Ledger, written: &str) -> String {
    let written = plain(written);
    // With a blank in it, or with what is added on papers, it is the same name.
    let known = |wanted: &str| {
        let events = ledger.events.iter().rev();
        let mut names = events.flat_map(|event| [&event.society, &event.new_name]);
        let wanted = fold(wanted);
        names.find(|name| fold(name) == wanted && !wanted.is_empty())
    };
    let known = known(&written).or_else(|| known(bare(ground, &written)));
    if let Some(known) = known {
        return known.clone();
    }
    ground
        .society_named(&written)
        .map(|at| ground.roster.societies[at].name.clone())
        .unwrap_or(written)
}

/// A name without what is added to it on papers.
pub(super) fn bare<'n>(ground: &Ground, name: &'n str) -> &'n str {
    let suffix = ground.scheme.subject_suffix.as_str();
    let bare = name.strip_suffix(suffix).map(str::trim_end);
    bare.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Why a society cannot get this name, or be merged into whoever bears it.
pub(super) fn not_named(
    ground: &Ground,
    ledger: &Ledger,
    (kind, society): (Kind, &str),
    to: &str,
) -> Option<String> {
    let roster = &ground.roster;
    let list = ground.scheme.list_name();
    let listed = |name: &str| ground.society_named(name);
    match kind {
        _ if to.is_empty() => None,
        Kind::Merged => {
            let is_there = listed(to).is_some() || hold::ever(ledger).contains_key(to);
            (!is_there && ledger.name_now(to) == to).then(|| {
                format!(
                    "“{to}”不在{list}里，登记簿里也没有；名称写错了的请改正，新成立的请先写进{list}"
                )
            })
        }
        Kind::Renamed => {
            let own = listed(society);
            if let (Some(own), Some(new)) = (own, listed(to))
                && own != new
            {
                return Some(format!("“{to}”是{list}里的另一家，不能更名成它"));
            }
            // A unit that others are of: a member, a lead.
            let is_own = own.is_some_and(|own| roster.same_unit(to, own));
            (roster.knows_unit(to) && !is_own && fold(to) != fold(society)).then(|| {
                format!(
                    "“{to}”是方案或名单里的另一个单位，不能更名成它；确已改用这个名称的，请先在{list}里写作它的别名"
                )
            })
        }
        _ => None,
    }
}
