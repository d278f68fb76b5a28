//! What one reader may know of where things came from.

use std::sync::Arc;

use super::hush::Hush;
use super::way::{Step, key, sheet_key, steps};
use super::whose::Owner;
use super::{Known, Whom};
use crate::model::{FormKey, Letter, Place};
use crate::settle::ReceivedFile;

/// What one reader may know.
pub struct View<'k, 's> {
    pub(super) known: &'k Known<'s>,
    pub(super) whom: Whom,
    pub(super) hush: Hush<'k>,
}

impl View<'_, '_> {
    /// Whether a form is surely the reader's.
    #[must_use]
    pub fn owns(&self, form: FormKey) -> bool {
        self.is_theirs(self.known.ownership.form(form))
    }

    /// Whether a society's own form (an index) is surely the reader's.
    #[must_use]
    pub fn owns_assessment(&self, own: usize) -> bool {
        self.is_theirs(self.known.ownership.assessment(own))
    }

    fn is_theirs(&self, owner: Owner) -> bool {
        match self.whom {
            Whom::Group(group) => owner.is_group(group),
            Whom::Filler(came) => {
                let (filler, own) = self.known.ownership.came(came);
                owner.is_person(filler) && own.group().is_none_or(|group| owner.is_group(group))
            }
        }
    }

    /// Whether everything in a file, an archive or a mail is the reader's.
    #[must_use]
    pub fn owns_all_in(&self, file: &str, within: &[String]) -> bool {
        let node = self.known.nodes.get(&key(file, within));
        node.is_some_and(|node| self.is_theirs(node.owner))
    }

    /// Whether a text speaks of somebody or something that is not the reader's.
    #[must_use]
    pub fn is_of_others(&self, text: &str) -> bool {
        self.hush.names_others(text)
    }

    /// The way to a file: the outermost name with its folders, and those within. People are not shown the folders
    /// that their files were kept in.
    #[must_use]
    pub fn way(&self, file: &str, within: &[String]) -> (String, Vec<String>) {
        let mut layers: Vec<String> = vec![String::new()];
        for step in steps(file, within) {
            let is_kept = step.is_folder && step.is_outside;
            if is_kept && matches!(self.whom, Whom::Filler(_)) {
                continue;
            }
            if let Some(layer) = layers.last_mut() {
                layer.push_str(self.name(&step));
                if step.is_folder {
                    layer.push('/');
                }
            }
            if !step.is_folder {
                layers.push(String::new());
            }
        }
        layers.pop();
        let mut layers = layers.into_iter();
        (layers.next().unwrap_or_default(), layers.collect())
    }

    /// A file's own name, without the way to it; none where the reader may not know it.
    #[must_use]
    pub fn file_name(&self, file: &str, within: &[String]) -> Option<String> {
        let step = steps(file, within).pop()?;
        let is_plain = self.name(&step) == step.name;
        is_plain.then(|| step.name.to_owned())
    }

    fn name<'n>(&'n self, step: &Step<'n>) -> &'n str {
        let node = self.known.nodes.get(&step.key);
        let is_plain = node.is_some_and(|node| self.is_theirs(node.owner));
        if is_plain && !self.is_of_others(step.name) {
            step.name
        } else {
            self.known.code(&step.key)
        }
    }

    /// The name of a sheet; empty where it has none.
    #[must_use]
    pub fn sheet(&self, place: &Place) -> String {
        if place.sheet.is_empty() {
            return String::new();
        }
        match self.known.sheets.get(&sheet_key(place)) {
            Some(sheet) if self.is_theirs(sheet.owner) && !self.is_of_others(&place.sheet) => {
                place.sheet.clone()
            }
            Some(sheet) => sheet.code.clone(),
            None => "工作表".to_owned(),
        }
    }

    /// A place as the reader may know it.
    #[must_use]
    pub fn place(&self, place: &Place) -> Place {
        let (file, within) = if place.file.is_empty() {
            (String::new(), Vec::new())
        } else {
            self.way(&place.file, &place.within)
        };
        Place {
            file,
            within,
            sheet: self.sheet(place),
            cell: place.cell,
        }
    }

    /// The mail that a file came in, or that it is: when it was sent, and, where all it brought is the reader's, by
    /// whom and under which subject.
    #[must_use]
    pub fn letter(&self, file: &ReceivedFile) -> Option<Arc<Letter>> {
        let letter = file.letter.as_ref()?;
        let is_plain = self
            .mail_of(file)
            .is_some_and(|owner| self.is_theirs(owner));
        let keep = |text: &str| {
            if is_plain && !self.is_of_others(text) {
                text.to_owned()
            } else {
                String::new()
            }
        };
        Some(Arc::new(Letter {
            sender: keep(&letter.sender),
            subject: keep(&letter.subject),
            sent: letter.sent.clone(),
        }))
    }

    /// Whose all is that came in a file's mail: the outermost that bears the same head.
    fn mail_of(&self, file: &ReceivedFile) -> Option<Owner> {
        let mail = self.known.received.mail(file)?;
        let node = self.known.nodes.get(&key(&mail.file, &mail.within))?;
        Some(node.owner)
    }
}
