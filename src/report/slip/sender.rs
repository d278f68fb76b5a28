//! Whom a slip goes to, and what they may read: their own, and nothing of another group or another reviewer.

use std::collections::BTreeSet;

use crate::finding::Eyes;
use crate::finding::text::quote;
use crate::ground::Ground;
use crate::model::Letter;
use crate::rank::Standings;
use crate::report::group::veil::names::Names;
use crate::settle::SettledForm;

/// Said instead of a part of the way to a file that names somebody else.
const SOMEWHERE: &str = "…";

/// Everybody who reviews, listed or not.
pub(super) struct People<'s>(BTreeSet<&'s str>);

impl<'s> People<'s> {
    pub(super) fn of(standings: &'s Standings<'_>) -> Self {
        let listed = standings.ground.roster.reviewers.iter();
        let listed = listed.map(|reviewer| reviewer.name.as_str());
        let wrote = standings.forms.iter().map(|form| form.reviewer.as_str());
        // A single letter is nobody's name, and stands in many.
        let is_name = |name: &&str| name.chars().nth(1).is_some();
        Self(listed.chain(wrote).filter(is_name).collect())
    }
}

/// The sender of one form.
pub(super) struct Sender<'s> {
    form: &'s SettledForm,
    people: &'s People<'s>,
    /// None where the group is not known.
    names: Option<Names<'s>>,
}

impl<'s> Sender<'s> {
    /// The sender of `form`, which is about a society of this group.
    pub(super) fn new(
        standings: &'s Standings<'_>,
        people: &'s People<'s>,
        form: &'s SettledForm,
        group: Option<usize>,
    ) -> Self {
        Self {
            form,
            people,
            names: group.map(|group| Names::new(&standings.ground.roster, group)),
        }
    }

    /// A text without the names of other groups' societies; the sender's own unit stays, though it may be named
    /// after one.
    pub(super) fn say(&self, text: &str) -> String {
        let own: BTreeSet<&str> = [self.form.unit.as_str()]
            .into_iter()
            .filter(|unit| !unit.is_empty())
            .collect();
        match &self.names {
            Some(names) => names.say(text, &own),
            None => text.to_owned(),
        }
    }

    /// The file as it came, with the way inside archives.
    pub(super) fn file(&self) -> String {
        let place = &self.form.place;
        let parts = std::iter::once(&place.file).chain(&place.within);
        let parts: Vec<String> = parts.map(|part| self.path(part)).collect();
        parts.join(" › ")
    }

    /// The file as its sender named it, without the folders it was kept in.
    pub(super) fn file_name(&self) -> String {
        let place = &self.form.place;
        let path = place.within.last().unwrap_or(&place.file);
        self.path(path.rsplit('/').next().unwrap_or(path))
    }

    /// The mail it came in; without its subject where that speaks of others.
    pub(super) fn mail(&self) -> Option<Letter> {
        let mut mail = self.form.letter.as_deref()?.clone();
        if self.path(&mail.subject) != mail.subject || self.say(&mail.subject) != mail.subject {
            mail.subject.clear();
        }
        Some(mail)
    }

    fn path(&self, path: &str) -> String {
        let parts: Vec<String> = path
            .split('/')
            .map(|part| {
                if self.names_another(part) {
                    SOMEWHERE.to_owned()
                } else {
                    self.say(part)
                }
            })
            .collect();
        parts.join("/")
    }

    /// Whether a text names another reviewer.
    fn names_another(&self, text: &str) -> bool {
        let own = &self.form.reviewer;
        self.people
            .0
            .iter()
            .any(|name| text.contains(name) && !own.contains(name))
    }

    /// The sheet as it came; sheets are named after societies and people, too.
    pub(super) fn sheet(&self) -> String {
        match self.path(&self.form.place.sheet) {
            sheet if sheet.is_empty() => "（没有工作表名）".to_owned(),
            sheet => sheet,
        }
    }

    /// What a sender wrote, as it may be shown in a cell or letter.
    pub(super) fn found(&self, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        let quoted = quote(&self.say(text));
        quoted.trim_matches(['“', '”']).to_owned()
    }
}

impl Eyes for Sender<'_> {
    fn society(&self, ground: &Ground, society: usize) -> String {
        self.say(&ground.roster.societies[society].name)
    }

    fn written(&self, text: &str) -> String {
        self.say(text)
    }

    fn see_grounds(&self) -> bool {
        false
    }
}
