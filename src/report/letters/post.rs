//! One letter to each person, whatever they sent: a text to be pasted, and a mail still to be sent.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, address};
use super::letter::{Letter, bytes};
use crate::form::labels;
use crate::ground::Ground;
use crate::report::Output;
use crate::report::kit::names::{FileNames, file_name};
use crate::report::known::{Came, Filler, Known};
use crate::report::returns::Written;
use crate::report::returns::told::Part;

/// A letter as a text and as a mail to an address, which is empty where nobody surely knows it.
pub(super) fn both(
    name: &str,
    (to, subject): (&str, &str),
    lines: &[String],
    attached: &[&Output],
) -> [Output; 2] {
    let draft = Draft {
        to,
        subject,
        lines,
        attached,
    };
    [
        Output {
            name: format!("{name}.txt"),
            bytes: bytes(lines),
        },
        Output {
            name: format!("{name}.eml"),
            bytes: draft.bytes(),
        },
    ]
}

/// The letters for these slips, each where the slips lie: in the folder of their group, or above all folders where they
/// lie in several.
pub(super) fn letters(known: &Known<'_>, written: &[Written]) -> Vec<Output> {
    let standings = known.standings();
    let mut people: BTreeMap<Filler, Vec<&Written>> = BTreeMap::new();
    for one in written {
        let person = known.filler(one.part.form);
        people.entry(person).or_default().push(one);
    }
    let addresses = Addresses::of(known);
    let own_ground = standings.assessments.as_ref();
    let own_ground: Option<Ground> = own_ground.and_then(|_| standings.ground.assessing());
    let mut taken = FileNames::default();
    let mut outputs = Vec::new();
    for (filler, slips) in people {
        let forms: Vec<Came> = slips.iter().map(|one| one.part.form).collect();
        let Some(first) = forms.first().and_then(|form| form.form(standings)) else {
            continue;
        };
        let (ground, whom) = match (filler, &own_ground) {
            (Filler::Society(society), Some(own)) => {
                (own, own.roster.societies[society].name.as_str())
            }
            (Filler::Unclear(_), Some(own)) => (own, ""),
            _ => (standings.ground, first.reviewer.as_str()),
        };
        let parts: Vec<(&Part, &str)> = slips
            .iter()
            .map(|one| (&one.part, last(&one.workbook.name)))
            .collect();
        let letter = Letter {
            standings,
            ground,
            whom,
            parts: &parts,
        };
        let folders: BTreeSet<&str> = slips
            .iter()
            .map(|one| {
                one.workbook
                    .name
                    .rsplit_once('/')
                    .map_or("", |(folder, _)| folder)
            })
            .collect();
        let folder = match folders.into_iter().collect::<Vec<_>>().as_slice() {
            [folder] => format!("{folder}/"),
            _ => String::new(),
        };
        let whom = match (filler, whom) {
            (Filler::Reviewer(_), "") => "未填评价人".to_owned(),
            (_, "") => ground.scheme.own_words("未定学会"),
            (_, name) => name.to_owned(),
        };
        let whom: String = whom.chars().take(24).collect();
        let which = match filler {
            Filler::Reviewer(_) => String::new(),
            Filler::Society(_) | Filler::Unclear(_) => format!("-{}", labels::OWN_SHEET),
        };
        let name = taken.stem(&format!("{folder}{}{which}-回信", file_name(&whom)));
        let to = addresses.of_person(&forms);
        let attached: Vec<&Output> = slips.iter().map(|one| &one.workbook).collect();
        let head = (to.as_str(), letter.subject());
        outputs.extend(both(&name, (head.0, &head.1), &letter.lines(), &attached));
    }
    outputs
}

/// The name of a file without its folders.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// From which addresses forms came.
struct Addresses<'k, 's> {
    known: &'k Known<'s>,
    /// By address: the people whose forms it sent, each by their first form; none for whom else it may send.
    people: BTreeMap<&'s str, BTreeSet<Option<Filler>>>,
}

impl<'k, 's> Addresses<'k, 's> {
    fn of(known: &'k Known<'s>) -> Self {
        let mut people: BTreeMap<&str, BTreeSet<Option<Filler>>> = BTreeMap::new();
        let reviews = known.standings().forms.entries();
        let reviews = reviews.map(|(key, form)| (Came::Review(key), form));
        let own = known.standings().assessments.iter();
        let own = own.flat_map(|own| &own.forms).enumerate();
        let own = own.map(|(at, own)| (Came::Own(at), &own.form));
        for (key, form) in reviews.chain(own) {
            let sender = form
                .letter
                .as_deref()
                .and_then(|mail| address(&mail.sender));
            if let Some(sender) = sender {
                people
                    .entry(sender)
                    .or_default()
                    .insert(Some(known.filler(key)));
            }
        }
        // Whoever also sends what holds no form may be sending for others.
        for file in &known.standings().files {
            let mail = file.letter.as_deref();
            let is_other = file.forms.is_empty() && file.assessments.is_empty() && !file.is_holder;
            if let Some(sender) = mail.and_then(|mail| address(&mail.sender))
                && is_other
            {
                people.entry(sender).or_default().insert(None);
            }
        }
        Self { known, people }
    }

    /// Where a person with these forms is written to: as the list has it, else the one address from which all
    /// came that it ever sent. Empty where that is not sure.
    fn of_person(&self, forms: &[Came]) -> String {
        let standings = self.known.standings();
        let roster = &standings.ground.roster;
        let own = || forms.iter().filter_map(|form| form.form(standings));
        // Only reviewers are listed with an address.
        let reviews = forms.iter().filter(|form| matches!(form, Came::Review(_)));
        let listed = reviews
            .filter_map(|form| form.form(standings))
            .filter_map(|form| roster.reviewers.get(form.listed?))
            .find(|reviewer| !reviewer.email.is_empty());
        if let Some(reviewer) = listed {
            return reviewer.email.clone();
        }
        let senders: BTreeSet<&str> = own()
            .filter_map(|form| address(&form.letter.as_deref()?.sender))
            .collect();
        let is_own = |sender: &&str| {
            self.people
                .get(sender)
                .is_some_and(|people| people.len() == 1)
        };
        match senders.into_iter().collect::<Vec<_>>().as_slice() {
            [sender] if is_own(sender) => (*sender).to_owned(),
            _ => String::new(),
        }
    }
}
