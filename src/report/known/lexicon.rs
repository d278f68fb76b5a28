//! Words looked for in a text that anybody may have written: names of people and societies, however they are varied.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::fold_names;

/// Words, folded, and what each of them tells.
pub(super) struct Lexicon<T> {
    words: BTreeMap<String, T>,
    /// By their first letter: how long they are in bytes, the longest first.
    lengths: BTreeMap<char, Vec<usize>>,
}

impl<T> Lexicon<T> {
    /// Of these words, those of a single letter left out, which stands in many. Where two tell by one word, `both` says
    /// what it tells.
    pub(super) fn of(words: impl Iterator<Item = (String, T)>, both: impl Fn(T, T) -> T) -> Self {
        let mut told: BTreeMap<String, T> = BTreeMap::new();
        for (word, tells) in words {
            let word = fold_names(&word);
            if word.chars().nth(1).is_none() {
                continue;
            }
            let tells = match told.remove(&word) {
                Some(other) => both(other, tells),
                None => tells,
            };
            told.insert(word, tells);
        }
        let mut lengths: BTreeMap<char, BTreeSet<usize>> = BTreeMap::new();
        for word in told.keys() {
            if let Some(first) = word.chars().next() {
                lengths.entry(first).or_default().insert(word.len());
            }
        }
        let lengths = lengths.into_iter();
        Self {
            words: told,
            lengths: lengths
                .map(|(first, lengths)| (first, lengths.into_iter().rev().collect()))
                .collect(),
        }
    }

    /// What is told by the words met in a text. Of words inside each other the longest is meant.
    pub(super) fn met(&self, text: &str) -> Vec<&T> {
        self.met_in(&fold_names(text))
    }

    /// The same in a text that is folded.
    pub(super) fn met_in(&self, folded: &str) -> Vec<&T> {
        let mut rest = folded;
        let mut met = Vec::new();
        while let Some(first) = rest.chars().next() {
            let mut lengths = self.lengths.get(&first).into_iter().flatten();
            let longest = lengths.find_map(|length| {
                let tells = self.words.get(rest.get(..*length)?)?;
                Some((*length, tells))
            });
            let length = longest.map_or(first.len_utf8(), |(length, _)| length);
            met.extend(longest.map(|(_, tells)| tells));
            rest = rest.get(length..).unwrap_or_default();
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn the_longest_word_is_meant_however_it_is_written() {
        let words = ["李明", "李明华", "买买提·江", "甲"].map(|word| (word.to_owned(), word));
        let lexicon = Lexicon::of(words.into_iter(), |one, _| one);
        for (text, met) in [
            ("李明华认为", &["李明华"][..]),
            ("李 明、李明華", &["李明", "李明华"]),
            ("买买提•江说甲好", &["买买提·江"]),
            ("李先生", &[]),
        ] {
            let told: Vec<&str> = lexicon.met(text).into_iter().copied().collect();
            assert_eq!(told, met, "{text}");
        }
    }
}
