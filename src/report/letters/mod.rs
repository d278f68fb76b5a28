//! Letters: one to each person, with all their slips; 催报 for what is missing; one for each file that was not read.
//! They are texts, and the same as mails still to be sent.

mod draft;
mod letter;
mod post;
mod reminder;
mod unread;

use super::Output;
use super::known::Known;
use super::returns::{Written, folder};

/// A letter to each person, with all their slips.
#[must_use]
pub fn to_senders(known: &Known<'_>, written: &[Written]) -> Vec<Output> {
    post::letters(known, written)
}

/// 催报 of every group that owes something: a text and a mail each.
#[must_use]
pub fn reminders(known: &Known<'_>) -> Vec<[Output; 2]> {
    let standings = known.standings();
    let debts = reminder::Debts::of(known);
    let groups = standings.ground.roster.groups.ids();
    groups
        .filter_map(|group| {
            let name = format!("{}/催报", folder(standings, group));
            let lines = reminder::lines(standings, &debts, group)?;
            let subject = reminder::subject(standings, &debts, group);
            Some(post::both(&name, ("", &subject), &lines, &[]))
        })
        .collect()
}

/// A letter for every file that was not read: a text and a mail each.
#[must_use]
pub fn unread(known: &Known<'_>) -> Vec<[Output; 2]> {
    unread::letters(known)
}
