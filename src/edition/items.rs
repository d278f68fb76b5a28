//! 自评事项 of one year beside another's.

use std::collections::BTreeSet;

use super::Change;
use crate::ground::Ground;
use crate::report::forms::lists::said::{ItemSaid, items};

/// What is asked otherwise, item by item; an item that only has another number is the same.
pub(super) fn changes(from: &Ground, to: &Ground) -> Vec<Change> {
    let of = |ground: &Ground| {
        let own = ground.own.as_ref();
        own.map(|(own, _)| (own.title.clone(), items(&ground.scheme, own)))
    };
    let change = |what: &str, from: String, to: String| Change {
        what: what.to_owned(),
        from,
        to,
    };
    let ((old_title, old), (new_title, new)) = match (of(from), of(to)) {
        (None, None) => return Vec::new(),
        (Some(old), Some(new)) => (old, new),
        // One of them has none at all.
        (old, new) => {
            let count = |side: Option<(String, Vec<ItemSaid>)>| {
                side.map_or(String::new(), |(title, items)| {
                    format!("{title}，{}项", items.len())
                })
            };
            return vec![change("自评事项", count(old), count(new))];
        }
    };
    let mut all = Vec::new();
    if old_title != new_title {
        all.push(change("自评表名称", old_title, new_title));
    }
    let alone = |one: &[ItemSaid], other: &[ItemSaid]| -> Vec<(String, String)> {
        let known: BTreeSet<String> = other.iter().map(said).collect();
        let alone = one.iter().filter(|item| !known.contains(&said(item)));
        alone.map(|item| (item.code.clone(), said(item))).collect()
    };
    let (gone, come) = (alone(&old, &new), alone(&new, &old));
    let mut codes: Vec<&String> = Vec::new();
    for (code, _) in gone.iter().chain(&come) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let of_code = |side: &[(String, String)], code: &String| {
        let mut side = side.iter();
        let found = side.find(|(own, _)| own == code);
        found.map_or(String::new(), |(_, said)| said.clone())
    };
    all.extend(codes.into_iter().map(|code| {
        let what = format!("自评事项{code}");
        change(&what, of_code(&gone, code), of_code(&come, code))
    }));
    all
}

fn said(item: &ItemSaid) -> String {
    format!("{}：填{}\n{}", item.asks, item.allowed, item.gives)
}
