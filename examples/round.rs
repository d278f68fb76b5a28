//! Writes a random, sound round of any size, with what must come of it beside it:
//!
//! ```sh
//! cargo run --release --example round -- --societies 3333 --reviewers 3 --formats xlsx,csv,ods --seed 1 DIR
//! ```
//!
//! `DIR/scheme` is the year folder, `DIR/forms` the inbox, `DIR/expected.csv` says of each society name, total, star,
//! place, and whether it shares it.

#![allow(clippy::expect_used)] // for developers: it may die of what it did not expect

use std::path::PathBuf;

use clap::Parser;

use common::round::{Format, Round};

#[path = "../tests/common/mod.rs"]
mod common;

#[derive(Parser)]
struct Args {
    #[arg(long, default_value_t = 33)]
    societies: usize,
    /// Of each group of five societies.
    #[arg(long, default_value_t = 3)]
    reviewers: usize,
    #[arg(long, value_delimiter = ',', default_value = "xlsx")]
    formats: Vec<Format>,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A folder that is not there yet.
    folder: PathBuf,
}

fn main() {
    let args = Args::parse();
    let round = Round {
        societies: args.societies,
        reviewers: args.reviewers,
        formats: args.formats,
        seed: args.seed,
    };
    round.write(&args.folder);
}
