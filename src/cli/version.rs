//! `--version`: which program this is, to the commit, and which years are built in.

use crate::ground::BUILT_IN;
use crate::report::data::json::TOOL;
use crate::scheme;

/// The text to be printed.
pub fn text() -> String {
    let commit =
        option_env!("XINGPING_COMMIT").map_or(String::new(), |commit| format!("（{commit}）"));
    let years: Vec<String> = BUILT_IN
        .iter()
        .filter_map(|year| Some((year.year, scheme::read(year.scheme).ok()?)))
        .map(|(year, scheme)| format!("{}（{year}年，{}）", scheme.id, scheme.form_fingerprint()))
        .collect();
    format!("{TOOL}{commit}\n内置方案：{}\n", years.join("、"))
}
