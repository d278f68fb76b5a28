//! (head to be written)

pub mod check;
pub mod cli;
pub mod error;
pub mod finding;
pub mod form;
pub mod ground;
pub mod intake;
pub mod model;
pub mod publish;
pub mod rank;
pub mod report;
pub mod roster;
pub mod run;
pub mod scheme;
pub mod score;
pub mod settle;
