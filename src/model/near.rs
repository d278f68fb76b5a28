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

/// Whether one word may be short for another: its characters stand in the other in the same order.
/// 中国农机学会 may be short for 中国农业机械学会.
#[must_use]
pub fn is_short_for(short: &str, long: &str) -> bool {
    /// What has fewer characters is short for almost anything.
    const LEAST: usize = 3;
    let mut rest = long.chars();
    let stands = short.chars().all(|one| rest.any(|other| other == one));
    stands && short.chars().nth(LEAST - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::{distance, is_short_for, likeness};

    #[test]
    fn a_name_may_be_short_for_another() {
        assert!(is_short_for("中国农机学会", "中国农业机械学会"));
        assert!(is_short_for("农机学会", "中国农业机械学会"));
        assert!(!is_short_for("学会", "中国农业机械学会"));
        assert!(!is_short_for("中国机农学会", "中国农业机械学会"));
    }

    #[test]
    fn exchanged_letters_are_one_slip() {
        assert_eq!(distance("over-cpa", "over-cap"), 1);
        assert_eq!(distance("中国化学会", "中国草学会"), 1);
        assert_eq!(likeness("中国化学会", "中国草学会"), 800);
        assert_eq!(likeness("", ""), 1000);
    }
}
