//! Places that a quota leaves hold for what the committee decides, too.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use committee::{agreed, decide};
use xingping::committee::{Verdict, quota};
use xingping::ground::Ground;
use xingping::outcome::Outcome;
use xingping::scheme::{Places, Quota};

#[path = "common/committee.rs"]
mod committee;
mod common;
#[path = "common/desk.rs"]
mod desk;
#[path = "common/program.rs"]
mod program;

#[test]
fn more_than_the_quota_are_not_decided() {
    let room = tempfile::tempdir().expect("a room");
    let room = room.path();
    let (status, said) = decide(room, &agreed(room));
    assert_eq!(status, 0, "{said}");
    let outcome = Outcome::load(&room.join("结果")).expect("results");
    let decided = Verdict::load(&room.join("审定"))
        .expect("a decision")
        .decided;
    let mut scheme = Ground::load(None, &[]).expect("the built-in year").scheme;
    assert!(quota::exceeded(&scheme, &outcome, &decided).is_empty());
    let best = decided.societies.iter();
    let best = best
        .filter(|one| one.grade.as_deref() == Some("优秀"))
        .count();
    let mut with = |places: u32| {
        scheme.quotas = vec![Quota {
            grade: 0,
            places: Places::Count(places),
            down_to: Some(1),
        }];
        quota::exceeded(&scheme, &outcome, &decided)
    };
    let best = u32::try_from(best).expect("few");
    assert!(with(best).is_empty());
    let told = with(best - 1);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with(&format!("优秀最多{}个", best - 1)),
        "{told:?}"
    );
}
