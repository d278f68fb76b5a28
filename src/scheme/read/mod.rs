//! From `scheme.toml` to a [`Scheme`]: every fault at once, each with its line.
//!
//! One room per part of the file: `structure` (parts to indicators, and what they add up to), `lines`, `rules`
//! (criteria), `policies` (stars, grades, policies), `terms` (caps, classes, vetoes, quotas), `year` (stages,
//! eligibility, units).

mod lines;
mod policies;
mod rules;
mod structure;
mod terms;
mod year;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use toml::de::DeTable;

use super::Scheme;
use super::reader::{At, Fault, Reader, Table};
use crate::model::fold;

/// Reads a scheme from the text of its file.
///
/// # Errors
/// Every fault of the file, in the order of its lines: syntax, unknown or missing keys, references that meet
/// nothing, sums and counts that disagree with what is declared, criteria that cannot reach their cap.
pub fn read(source: &str) -> Result<Scheme, Vec<Fault>> {
    document(source, scheme)
}

/// What `read` makes of a file; every fault of it, in the order of its lines.
pub(in crate::scheme) fn document<T>(
    source: &str,
    read: impl FnOnce(&Table<'_, '_>) -> Option<T>,
) -> Result<T, Vec<Fault>> {
    let source = source.trim_start_matches('\u{feff}');
    let reader = Reader::new(source);
    let (document, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        // What follows from a slip of the pen is no fault of its own.
        for error in errors {
            let line = error.span().map_or(1, |span| reader.line(span.start));
            reader.fault(line, syntax(source, line, error.message()));
        }
        return Err(reader.into_faults());
    }
    let root = Table::new(&reader, document.get_ref(), 1, "文件开头");
    let read = read(&root);
    root.finish();
    let faults = reader.into_faults();
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults),
    }
}

/// A syntax error in words. Chinese punctuation outside quotation marks is the slip people make.
fn syntax(source: &str, line: usize, message: &str) -> String {
    let written = source
        .lines()
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let is_full_width = |character: char| {
        matches!(
            character,
            '“' | '”' | '‘' | '’' | '，' | '。' | '：' | '；' | '（' | '）' | '\u{3000}'
        ) || matches!(character, '！'..='～')
    };
    // What stands inside plain quotation marks, or behind #, may be Chinese.
    let outside: String = written
        .split('#')
        .next()
        .unwrap_or_default()
        .split('"')
        .step_by(2)
        .collect();
    if outside.contains(is_full_width) {
        return "这一行用了中文引号、标点或全角数字，请改成英文半角的".to_owned();
    }
    // The parser tells what is wrong in words alone.
    if message.contains("duplicate") {
        return "同一项（或同一节）写了两遍，请只留一处".to_owned();
    }
    "写法有误，请检查引号、括号、等号和日期".to_owned()
}

/// The whole file. None only where something so basic is missing that a fault has been reported for it.
fn scheme(root: &Table<'_, '_>) -> Option<Scheme> {
    let id = root.required("id", root.text("id"));
    let title = root.required("title", root.text("title"));
    let form_title = root.required("form_title", root.text("form_title"));
    let year = root.required("year", root.count("year"));
    let subject = root.required("subject", root.text("subject"));
    let precision = root.required("precision", root.count("precision"));
    if let Some(precision) = precision.as_ref().filter(|precision| precision.value > 6) {
        root.fault(precision.line, "precision 最多为 6");
    }
    if let Some(id) = id.as_ref().filter(|id| !is_plain_id(&id.value)) {
        root.fault(id.line, "id 只能用英文字母、数字和连字符");
    }
    let mut parts = structure::parts(root);
    let mut dimensions = structure::dimensions(root, &parts);
    let mut indicators = structure::indicators(root, &dimensions);
    let classes = terms::classes(root);
    let lines = lines::lines(root, &parts, &mut dimensions, &mut indicators, &classes);
    structure::declared(root, &mut parts, &indicators, &lines, !classes.is_empty());
    terms::class_sums(root, &classes, &lines);
    let base = structure::base(root, &lines);
    let (stars, grades) = policies::stars_and_grades(root);
    let policies = policies::policies(root, &parts, &dimensions, &lines);
    let (stages, form_stage) = year::stages(root);
    let (validity_years, support_grade) = year::results(root, &grades);
    // All that a scheme may say is asked for before anything is given up: what nobody asks for is told as unknown.
    let (eligibility, units, basis) = (
        year::eligibility(root),
        year::units(root),
        year::basis(root),
    );
    let (subject_suffix, source) = (root.text("subject_suffix"), root.text("source"));
    let conventions = root.texts("conventions");
    let reports = year::reports(root);
    let quotes = year::quotes(root);
    let (deadline, return_to) = (root.date("deadline"), root.text("return_to"));
    let caps = terms::caps(root, &lines);
    let total_at_most = terms::total_at_most(root);
    let reviewer_classes = terms::reviewer_classes(root);
    let vetoes = terms::vetoes(root, &grades);
    let quotas = terms::quotas(root, &grades);
    let asks = terms::asks(root);
    if !classes.is_empty() && (base.is_some() || !policies.tie_breaks.is_empty()) {
        root.fault(root.line, "分类的方案中不能写 [base] 或 tie_breaks");
    }
    Some(Scheme {
        id: id?.value,
        title: title?.value,
        form_title: form_title?.value,
        year: year?.value,
        subject: subject?.value,
        subject_suffix: subject_suffix.map_or(String::new(), |suffix| suffix.value),
        source: source.map(|source| source.value),
        precision: precision?.value,
        parts,
        dimensions,
        indicators,
        lines,
        base,
        stars,
        grades,
        policies,
        stages,
        form_stage,
        deadline: deadline.map(|day| day.value),
        return_to: return_to
            .map(|to| to.value)
            .filter(|to| !to.trim().is_empty()),
        validity_years,
        support_grade,
        eligibility,
        units,
        basis,
        conventions: conventions.map_or(Vec::new(), values),
        reports,
        quotes,
        caps,
        total_at_most,
        reviewer_classes,
        classes,
        vetoes,
        quotas,
        asks,
        own: None,
        shows_own: false,
        form_fingerprints: OnceLock::new(),
    })
}

/// Ids go into form ids and file names.
fn is_plain_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn values<T>(list: At<Vec<At<T>>>) -> Vec<T> {
    list.value.into_iter().map(|item| item.value).collect()
}

/// Where `id` stands in a list of ids; a fault where it does not.
pub(in crate::scheme) fn reference<'a>(
    table: &Table<'_, '_>,
    what: &str,
    id: &At<String>,
    ids: impl Iterator<Item = &'a str>,
) -> Option<usize> {
    let mut ids = ids;
    let found = ids.position(|known| known == id.value);
    if found.is_none() {
        table.fault(id.line, format!("没有编号为“{}”的{what}", id.value));
    }
    found
}

/// Reports an id that has been used before.
fn unique(table: &Table<'_, '_>, seen: &mut BTreeSet<String>, what: &str, id: &At<String>) {
    if !seen.insert(fold(&id.value)) {
        table.fault(id.line, format!("{what}编号“{}”重复", id.value));
    }
}

/// A word of a closed list; a fault that names the list where it is none of it.
pub(super) fn word<T: Copy>(
    table: &Table<'_, '_>,
    key: &'static str,
    words: &[(&str, T)],
) -> Option<T> {
    let written = table.text(key)?;
    let found = words.iter().find(|(word, _)| *word == written.value);
    if found.is_none() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let message = format!(
            "{key} 不能是“{}”，可用：{}",
            written.value,
            known.join("、")
        );
        table.fault(written.line, message);
    }
    found.map(|(_, value)| *value)
}
