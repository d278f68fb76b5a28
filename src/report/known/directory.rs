//! Of whom a text speaks that came with a form, or was said of one: told by the names that are known, where the form is
//! known, so that whoever must not read of them need not look for names again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::address::{addresses, surname};
use super::hush::{self, People};
use super::lexicon::Lexicon;
use crate::finding::{Eyes, Finding, Reader};
use crate::ground::Ground;
use crate::model::{Name, Place, SocietyId, fold_names};
use crate::rank::Standings;
use crate::roster::Society;
use crate::settle::SettledForm;

/// Of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeaksOf {
    /// Somebody who reviews, the writer included; or somebody addressed who may.
    Reviewer,
    /// Another society than the form's.
    Society,
}

/// Everybody's name.
pub struct Directory<'s> {
    ground: &'s Ground,
    /// Of those who review.
    surnames: BTreeSet<String>,
    words: Lexicon<Whose>,
    /// The same with what is a society's own in its name: files are called by less than sentences.
    files: Lexicon<Whose>,
}

/// Whose a name is: of a reviewer, told by a number, of a society, or of both.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Whose {
    reviewer: Option<usize>,
    society: Option<SocietyId>,
}

impl<'s> Directory<'s> {
    #[must_use]
    pub fn of(standings: &Standings<'s>) -> Self {
        let people = People::of(standings);
        Self::with(standings.ground, &people.names().cloned().collect())
    }

    /// The same where no more than the results of a run is left: of those who are listed and those who `wrote`.
    #[must_use]
    pub fn among<'n>(ground: &'s Ground, wrote: impl Iterator<Item = &'n str>) -> Self {
        let listed = ground.roster.reviewers.iter();
        let listed = listed.map(|one| Name::of(&one.name));
        Self::with(ground, &listed.chain(wrote.map(Name::of)).collect())
    }

    fn with(ground: &'s Ground, people: &BTreeSet<Name>) -> Self {
        let of = |called: &dyn Fn(&Society) -> Vec<String>| {
            let reviewers = people.iter().enumerate().map(|(number, name)| {
                let whose = Whose {
                    reviewer: Some(number),
                    society: None,
                };
                (name.as_str().to_owned(), whose)
            });
            let societies = ground.roster.societies.entries().flat_map(|(key, one)| {
                let whose = Whose {
                    reviewer: None,
                    society: Some(key),
                };
                called(one).into_iter().map(move |name| (name, whose))
            });
            Lexicon::of(reviewers.chain(societies), |one, other| Whose {
                reviewer: one.reviewer.or(other.reviewer),
                society: one.society.or(other.society),
            })
        };
        let whole = |one: &Society| {
            let names = std::iter::once(&one.name).chain(one.aliases());
            names.cloned().collect()
        };
        Self {
            ground,
            surnames: people.iter().filter_map(surname).collect(),
            words: of(&whole),
            files: of(&hush::words),
        }
    }

    /// Of whom a text speaks that is written about a society, whose reviewers are of these `units`.
    #[must_use]
    pub fn in_text<'u>(
        &self,
        about: Option<SocietyId>,
        mut units: impl Iterator<Item = &'u str>,
        text: &str,
    ) -> Vec<SpeaksOf> {
        let spoken = self.spoken(text);
        spoken.of(about, || {
            units.any(|unit| spoken.tells_unit(&fold_names(unit)))
        })
    }

    fn spoken(&self, text: &str) -> Spoken {
        let text = fold_names(text);
        let met = self.words.met_in(&text);
        let is_named = met.iter().any(|whose| whose.reviewer.is_some());
        Spoken {
            // By surname and title as well, whoever it is.
            is_of_reviewer: is_named || addresses(&text, &self.surnames),
            societies: met.iter().filter_map(|whose| whose.society).collect(),
            text,
        }
    }

    /// Whether the name of a file speaks of more than one reviewer, or of more than one society.
    #[must_use]
    pub fn are_several(&self, file: &str) -> bool {
        let met = self.files.met(file);
        let reviewers = met.iter().filter_map(|whose| whose.reviewer);
        let societies = met.iter().filter_map(|whose| whose.society);
        reviewers.collect::<BTreeSet<usize>>().len() > 1
            || societies.collect::<BTreeSet<SocietyId>>().len() > 1
    }

    /// What was found, for those who may know every society and none who reviewed: without files, grounds and people.
    /// Where it cannot be said so, what its code states in general.
    #[must_use]
    pub fn without_people(&self, finding: &Finding) -> String {
        let reader = Reader::with(self.ground, &Meeting);
        let said = finding.fact.message(&reader);
        let mut met = self.words.met(&said).into_iter();
        if met.any(|whose| whose.reviewer.is_some()) || finding.fact.tells_people() {
            reader.words(finding.code().states)
        } else {
            said
        }
    }
}

/// Of whom a text speaks, wherever it stands.
struct Spoken {
    /// Folded as names are.
    text: String,
    is_of_reviewer: bool,
    societies: Vec<SocietyId>,
}

impl Spoken {
    /// The same where it is written about a society; `tells_unit` says whether it names a unit of those who wrote.
    fn of(&self, about: Option<SocietyId>, tells_unit: impl FnOnce() -> bool) -> Vec<SpeaksOf> {
        let mut societies = self.societies.iter();
        let is_other = societies.any(|society| Some(*society) != about);
        [
            (self.is_of_reviewer || tells_unit(), SpeaksOf::Reviewer),
            (is_other, SpeaksOf::Society),
        ]
        .into_iter()
        .filter(|(is_met, _)| *is_met)
        .map(|(_, named)| named)
        .collect()
    }

    /// By the unit of its writer, folded, a form is known as well.
    fn tells_unit(&self, unit: &str) -> bool {
        unit.chars().nth(1).is_some() && self.text.contains(unit)
    }
}

/// Of whom the texts of forms speak, one form after the other. Most are short, and what one reviewer writes others write,
/// too: what was met in them is remembered.
pub struct Remarks<'d, 's> {
    directory: &'d Directory<'s>,
    met: BTreeMap<String, Spoken>,
    /// The unit of the form that was read last, as it is written and folded.
    unit: (String, String),
}

impl<'d, 's> Remarks<'d, 's> {
    /// So many texts are remembered at most.
    const MOST: usize = 1000;
    /// So long, in bytes, is a text that others write, too.
    const SHORT: usize = 120;

    #[must_use]
    pub fn of(directory: &'d Directory<'s>) -> Self {
        Self {
            directory,
            met: BTreeMap::new(),
            unit: Default::default(),
        }
    }

    /// Of whom a text speaks that stands in a form.
    #[must_use]
    pub fn in_form(&mut self, form: &SettledForm, text: &str) -> Vec<SpeaksOf> {
        if *self.unit.0 != *form.unit {
            self.unit = (form.unit.clone(), fold_names(&form.unit));
        }
        let unit = &self.unit.1;
        let of = |spoken: &Spoken| spoken.of(form.society, || spoken.tells_unit(unit));
        if let Some(spoken) = self.met.get(text) {
            return of(spoken);
        }
        let spoken = self.directory.spoken(text);
        let speaks_of = of(&spoken);
        if text.len() <= Self::SHORT {
            if self.met.len() == Self::MOST {
                self.met.clear();
            }
            self.met.insert(text.to_owned(), spoken);
        }
        speaks_of
    }
}

/// What a committee may know: every society, and nothing of who sent what.
struct Meeting;

impl Eyes for Meeting {
    fn way(&self, _: &Place) -> String {
        "另一份".to_owned()
    }

    fn see_all(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
