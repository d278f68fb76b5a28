//! 更正件: a slip that came back corrected says by its tag which form it stands for.
//!
//! Dates play no part here, for the form that was sent back still lies in the inbox, often under the same date. A
//! tag that meets nothing, and one on a form that contradicts itself or is blank, is ignored.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Checked, FormState};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Name, Tag};

/// Forms of one content, of which the first stands for all; never empty.
#[derive(Debug)]
pub(super) struct Class {
    first: FormKey,
    copies: Vec<FormKey>,
}

impl Class {
    pub(super) const fn of(form: FormKey) -> Self {
        Self {
            first: form,
            copies: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, form: FormKey) {
        self.copies.push(form);
    }

    /// The form that stands for all.
    pub(super) const fn first(&self) -> FormKey {
        self.first
    }

    pub(super) fn forms(&self) -> impl Iterator<Item = FormKey> {
        std::iter::once(self.first).chain(self.copies.iter().copied())
    }
}

/// Which form corrects which.
pub(super) struct Corrections {
    /// By form: all it corrects, also through corrections in between.
    reached: Keyed<FormKey, BTreeSet<FormKey>>,
    /// By form: how many corrections deep it is.
    depth: Keyed<FormKey, usize>,
}

impl Corrections {
    /// Follows the tags of all forms.
    pub(super) fn new(forms: &Keyed<FormKey, Checked>) -> Self {
        // Few forms are corrections.
        let asked = forms.iter().flat_map(|one| &one.form.corrects);
        let mut tagged: BTreeMap<&Tag, Vec<FormKey>> = asked.map(|tag| (tag, Vec::new())).collect();
        for (form, one) in forms.entries() {
            if tagged.is_empty() {
                break;
            }
            if let Some(own) = one.form.tag.as_ref().and_then(|tag| tagged.get_mut(tag)) {
                own.push(form);
            }
        }
        let direct: Keyed<FormKey, Vec<FormKey>> = forms
            .iter()
            .map(|one| {
                let is_aside = matches!(one.form.state, FormState::Blank | FormState::Excluded);
                if one.stands_alone || is_aside {
                    return Vec::new();
                }
                let met = one.form.corrects.iter().filter_map(|tag| tagged.get(tag));
                met.flatten().copied().collect()
            })
            .collect();
        let mut corrections = Self {
            reached: Keyed::default(),
            depth: Keyed::default(),
        };
        for form in forms.ids() {
            let (reached, depth) = follow(&direct, form);
            corrections.reached.push(reached);
            corrections.depth.push(depth);
        }
        corrections
    }

    /// How many corrections stand between a form and the first of its kind.
    pub(super) fn depth(&self, form: FormKey) -> usize {
        self.depth.get(form).copied().unwrap_or_default()
    }

    /// Whether one form corrects the other, itself or through corrections in between.
    pub(super) fn corrects(&self, newer: FormKey, older: FormKey) -> bool {
        self.reached
            .get(newer)
            .is_some_and(|reached| reached.contains(&older))
    }

    /// All forms that one corrects.
    pub(super) fn of(&self, newer: FormKey) -> impl Iterator<Item = FormKey> {
        self.reached.get(newer).into_iter().flatten().copied()
    }

    /// Which classes (indices) are corrected, and by which. Where two correct each other, because somebody went
    /// back to what was there before, the later correction stands.
    pub(super) fn among(
        &self,
        ground: &Ground,
        forms: &Keyed<FormKey, Checked>,
        classes: &[Class],
    ) -> BTreeMap<usize, usize> {
        let mut class_of: Keyed<FormKey, Option<usize>> = Keyed::of(None, forms.len());
        for (index, class) in classes.iter().enumerate() {
            for form in class.forms() {
                class_of[form] = Some(index);
            }
        }
        // How deep a correction the newer class has of the older one.
        let mut deepest: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (newer, reached) in self.reached.entries() {
            for older in reached {
                if may_replace(ground, &forms[newer], &forms[*older])
                    && let (Some(newer_class), Some(older_class)) =
                        (class_of[newer], class_of[*older])
                    && newer_class != older_class
                {
                    let depth = deepest.entry((older_class, newer_class)).or_default();
                    *depth = self.depth(newer).max(*depth);
                }
            }
        }
        let mut corrected: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for ((older, newer), depth) in &deepest {
            let back = deepest.get(&(*newer, *older));
            let stands = back.is_none_or(|back| back < depth);
            // Of several corrections the first in a chain is named: the next one corrects that.
            let is_nearer = corrected.get(older).is_none_or(|(known, _)| depth < known);
            if stands && is_nearer {
                corrected.insert(*older, (*depth, *newer));
            }
        }
        corrected
            .into_iter()
            .map(|(older, (_, newer))| (older, newer))
            .collect()
    }
}

/// All that a form corrects, and how deep the longest way is.
fn follow(direct: &Keyed<FormKey, Vec<FormKey>>, form: FormKey) -> (BTreeSet<FormKey>, usize) {
    let mut reached = BTreeSet::new();
    let mut depth = 0;
    let mut next: BTreeSet<FormKey> = direct[form].iter().copied().collect();
    // A digest cannot stand in its own file, but nothing written into a form may make this run for ever.
    while !next.is_empty() {
        depth += 1;
        next.remove(&form);
        next.retain(|one| !reached.contains(one));
        reached.extend(next.iter().copied());
        next = next
            .iter()
            .flat_map(|one| direct[*one].iter().copied())
            .collect();
    }
    (reached, depth)
}

/// Whether one form may stand for another: about the same society, or one that could not be told; by the same
/// person, or by another where nobody who may score is named on the older.
fn may_replace(ground: &Ground, newer: &Checked, older: &Checked) -> bool {
    let (new, old) = (&newer.form, &older.form);
    let Some(society) = new.society else {
        return false;
    };
    if old.state == FormState::Blank {
        return false;
    }
    let is_about = older.stands_alone || old.society.is_none_or(|one| one == society);
    // What a society says of itself anybody there may put right.
    if ground.scheme.own.is_some() {
        return is_about;
    }
    let roster = &ground.roster;
    let person = old.person(roster);
    let is_same_person = person.name == Name::of(&new.reviewer);
    // Among those who may score what the newer is about.
    let listed = roster.listed(&person, roster.group_at(Some(society)));
    let is_unlisted = !roster.reviewers.is_empty() && listed.is_none();
    let is_listed_as_none = listed.is_some_and(|(_, reviewer)| reviewer.member == Some(false));
    let nobody_may =
        !person.is_told() || old.member != Some(true) || is_unlisted || is_listed_as_none;
    is_about && (is_same_person || nobody_may)
}
