//! 报表: shows the standings and computes nothing. The only rust_xlsxwriter is here.

pub mod style;
