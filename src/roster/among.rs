//! Names that stand in a text: a nationwide list has thousands, and every file name is asked.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::model::SocietyId;

/// Names to be found in texts, all of them folded.
#[derive(Debug, Clone, Default)]
pub(super) struct Among {
    /// Longest first.
    names: Vec<(String, SocietyId)>,
    /// The same (as indices) in the order of their letters; of equal ones the first stands last.
    by_letters: Vec<usize>,
    /// What they begin with.
    firsts: BTreeSet<char>,
}

impl Among {
    pub(super) fn of(mut names: Vec<(String, SocietyId)>) -> Self {
        names.sort_by_key(|(name, _)| Reverse(name.chars().count()));
        let mut by_letters: Vec<usize> = (0..names.len()).collect();
        by_letters.retain(|one| !names[*one].0.is_empty());
        by_letters.sort_by_key(|one| (names[*one].0.as_str(), Reverse(*one)));
        let firsts = names.iter().filter_map(|(name, _)| name.chars().next());
        let firsts = firsts.collect();
        Self {
            names,
            by_letters,
            firsts,
        }
    }

    /// Whose names stand in a folded text, longest first. A name inside a longer one does not count for itself.
    pub(super) fn found_in(&self, text: &str) -> Vec<SocietyId> {
        let mut candidates: Vec<usize> = text
            .char_indices()
            // Few letters of a text begin a name at all.
            .filter(|(_, letter)| self.firsts.contains(letter))
            .flat_map(|(at, _)| self.begin(&text[at..]))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut rest = text.to_owned();
        let mut found = Vec::new();
        for (name, society) in candidates.into_iter().map(|one| &self.names[one]) {
            if rest.contains(name.as_str()) {
                rest = rest.replace(name.as_str(), "\u{1f}");
                found.push(*society);
            }
        }
        found
    }

    /// The names (as indices) that a text begins with.
    fn begin(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        // All that are still to be found begin this, too: none stands behind it in the order of the letters.
        let mut bound = text;
        while !bound.is_empty() {
            let up_to = |one: &usize| self.names[*one].0.as_str() <= bound;
            let behind = self.by_letters.partition_point(up_to);
            let Some(last) = behind.checked_sub(1).map(|last| self.by_letters[last]) else {
                break;
            };
            let name = self.names[last].0.as_str();
            let letters = name.chars().zip(bound.chars());
            let common: usize = letters
                .take_while(|(left, right)| left == right)
                .map(|(letter, _)| letter.len_utf8())
                .sum();
            bound = &bound[..common];
            if common == name.len() {
                found.push(last);
                bound = bound
                    .char_indices()
                    .next_back()
                    .map_or("", |(at, _)| &bound[..at]);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Among, SocietyId};

    /// The same, name by name.
    fn one_by_one(names: &[(String, SocietyId)], text: &str) -> Vec<SocietyId> {
        let mut names: Vec<_> = names.iter().filter(|(name, _)| !name.is_empty()).collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        let mut rest = text.to_owned();
        let mut found = Vec::new();
        for (name, society) in names {
            if rest.contains(name.as_str()) {
                rest = rest.replace(name.as_str(), "\u{1f}");
                found.push(*society);
            }
        }
        found
    }

    proptest::proptest! {
        #[test]
        fn those_are_found_that_stand_in_it(
            names in proptest::collection::vec("[学会中国]{0,4}", 0..12),
            text in "[学会中国甲]{0,9}",
        ) {
            let names: Vec<_> = names.into_iter().zip((0..).map(SocietyId::at)).collect();
            let expected = one_by_one(&names, &text);
            proptest::prop_assert_eq!(Among::of(names).found_in(&text), expected);
        }
    }
}
