//! How near words are to each other: to suggest what may have been meant, never to decide what was.

/// Characters that are changed, left out, added or exchanged with the next.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

/// What two words have in common, in thousandths of the longer one: 1000 where they are the same.
#[must_use]
pub fn likeness(one: &str, other: &str) -> usize {
    let longer = one.chars().count().max(other.chars().count());
    match longer {
        0 => 1000,
        longer => longer.saturating_sub(distance(one, other)) * 1000 / longer,
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, likeness};

    #[test]
    fn exchanged_letters_are_one_slip() {
        assert_eq!(distance("over-cpa", "over-cap"), 1);
        assert_eq!(distance("中国化学会", "中国草学会"), 1);
        assert_eq!(likeness("中国化学会", "中国草学会"), 800);
        assert_eq!(likeness("", ""), 1000);
    }
}
