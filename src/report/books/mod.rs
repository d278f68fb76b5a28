//! 底稿、总排名、分组汇总: the books of a round. Each sheet is first a table as a value, made beside what it is about.

pub mod assessment;
pub mod due;
pub mod files;
pub mod findings;
pub mod group;
pub mod internal;
pub mod ranking;
pub mod score;
