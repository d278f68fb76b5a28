//! What is given out to be filled in: the evaluation form, the lists of a year, the clerk's register.

pub mod assignment;
pub mod evaluation;
pub mod lists;
