//! A random round comes to what was worked out without `score` and `rank`.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use xingping::ground::Ground;
use xingping::rank::Asked;
use xingping::run;

use common::round::{Expected, Format, Round};

mod common;

#[test]
fn a_random_round_comes_to_what_was_worked_out_apart() {
    let room = tempfile::tempdir().expect("a room");
    for (seed, formats) in [
        (1, vec![Format::Xlsx]),
        (2, vec![Format::Csv, Format::Xlsx, Format::Ods]),
    ] {
        let folder = room.path().join(seed.to_string());
        let round = Round {
            societies: 12,
            reviewers: 3,
            formats,
            seed,
        };
        let mut expected = round.write(&folder);
        let ground = Ground::load(Some(&folder.join("scheme")), &[]).expect("a year");
        let inbox = vec![folder.join("forms")].into();
        let standings =
            run::standings(&ground, &inbox, Asked::default(), &|_| {}).expect("it runs");
        let said: Vec<&str> = standings
            .findings
            .iter()
            .map(|finding| finding.code().name)
            .collect();
        assert!(said.is_empty(), "{said:#?}");
        let mut found: Vec<Expected> = standings
            .societies
            .iter()
            .map(|standing| {
                let result = standing.result.as_ref().expect("forms were counted");
                let rank = standing.rank.expect("it is ranked");
                Expected {
                    society: ground.roster.societies[standing.society].name.clone(),
                    total: result.total.with_decimals(2).to_string(),
                    stars: usize::try_from(result.stars).expect("a star"),
                    rank: rank.number,
                    tied: rank.tied,
                }
            })
            .collect();
        found.sort_by(|one, other| one.society.cmp(&other.society));
        expected.sort_by(|one, other| one.society.cmp(&other.society));
        assert_eq!(found, expected);
    }
}
