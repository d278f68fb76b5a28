//! The way to a file: folders, files, and what lies inside archives and mails, name by name.

use crate::model::Place;

/// One name on the way to a file.
pub(super) struct Step<'p> {
    /// The way down to it.
    pub(super) key: String,
    pub(super) name: &'p str,
    /// Whether it is a folder, which is kept in front of what it holds by `/`.
    pub(super) is_folder: bool,
    /// Whether it is a folder of the inbox, or the file that lies there.
    pub(super) is_outside: bool,
}

/// What no form's text can hold.
const INSIDE: char = '\u{1f}';

/// The way to a file, name by name.
pub(super) fn steps<'p>(file: &'p str, within: &'p [String]) -> Vec<Step<'p>> {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut key = String::new();
    for (layer, path) in std::iter::once(file)
        .chain(within.iter().map(String::as_str))
        .enumerate()
    {
        let mut parts = path.split('/').peekable();
        while let Some(name) = parts.next() {
            let is_folder = parts.peek().is_some();
            key.push_str(name);
            key.push(if is_folder { '/' } else { INSIDE });
            steps.push(Step {
                key: key.clone(),
                name,
                is_folder,
                is_outside: layer == 0,
            });
        }
    }
    steps
}

/// The way to a file as a key.
pub(super) fn key(file: &str, within: &[String]) -> String {
    steps(file, within)
        .pop()
        .map_or_else(String::new, |step| step.key)
}

/// The way to a sheet as a key.
pub(super) fn sheet_key(place: &Place) -> String {
    format!("{}{}", key(&place.file, &place.within), place.sheet)
}

/// Names on a way, put together.
pub(super) fn said<'n>(names: impl Iterator<Item = (&'n str, bool)>) -> String {
    let mut way = String::new();
    let mut is_after_file = false;
    for (name, is_folder) in names {
        if is_after_file {
            way.push_str(" › ");
        }
        way.push_str(name);
        if is_folder {
            way.push('/');
        }
        is_after_file = !is_folder;
    }
    way
}
