//! From `scheme.toml` to a [`Scheme`]: every fault at once, each with its line.
//!
//! One room per part of the file: `structure` (parts to indicators, and what they add up to), `lines`,
//! `under` (where they stand), `sides` (what they come to), `rules` (criteria), `grades` (stars and grades), `policies`, `terms` (caps, classes, vetoes, quotas), `year` (stages,
//! eligibility, units).

mod grades;
mod lines;
mod policies;
mod rules;
mod sides;
mod structure;
mod terms;
mod under;
mod year;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use toml::de::DeTable;

use super::faults::{Fault, Reader};
use super::reader::{At, Table};
use super::{Cap, Dimension, Part, Per, Scheme, assess};
use crate::model::fold;

/// Reads a scheme from the text of its file.
///
/// # Errors
/// Every fault of the file, in the order of its lines: syntax, unknown or missing keys, references that meet
/// nothing, sums and counts that disagree with what is declared, criteria that cannot reach their cap.
pub fn read(source: &str) -> Result<Scheme, Vec<Fault>> {
    read_or_part(source).map_err(|faulty| faulty.faults)
}

/// What is wrong with a scheme, and what of it can be relied on all the same.
#[derive(Debug)]
pub struct Faulty {
    pub faults: Vec<Fault>,
    /// What the lists of a year hang on (how those evaluated are called, groups, classes, vetoes) is as it was meant; all
    /// else may be a stand-in. None where any of that is at fault, or the file is no TOML.
    pub for_lists: Option<Box<Scheme>>,
}

/// The same, with as much of a faulty scheme as the lists need.
///
/// # Errors
/// Those of [`read`].
pub fn read_or_part(source: &str) -> Result<Scheme, Faulty> {
    let source = source.trim_start_matches('\u{feff}');
    let reader = Reader::new(source);
    let Some(document) = parsed(&reader, source) else {
        return Err(Faulty {
            faults: reader.into_faults(),
            for_lists: None,
        });
    };
    let root = Table::root(&reader, document.get_ref());
    let mut lists = Watched::default();
    let scheme = scheme(&root, &mut lists);
    let is_for_lists = !lists.is_at_fault && !root.mistypes(&FOR_LISTS);
    root.finish();
    let faults = reader.into_faults();
    if faults.is_empty() {
        return Ok(scheme);
    }
    Err(Faulty {
        faults,
        for_lists: is_for_lists.then(|| Box::new(scheme)),
    })
}

/// Every key that is asked for where a scheme is read, or the items of one, each with the name of its table
/// (`[[lines]]`): what a clerk may write, and what the page of the language has to tell.
#[must_use]
pub fn keys(source: &str, items_of: Option<&Scheme>) -> BTreeSet<(String, &'static str)> {
    let reader = Reader::new(source);
    if let Some(document) = parsed(&reader, source) {
        let root = Table::root(&reader, document.get_ref());
        match items_of {
            Some(of) => drop(assess::items(&root, of)),
            None => drop(scheme(&root, &mut Watched::default())),
        }
    }
    reader.asked.into_inner()
}

/// What `read` makes of another file that belongs to a scheme; else every fault of it.
pub(in crate::scheme) fn document<T>(
    source: &str,
    read: impl FnOnce(&Table<'_, '_>) -> Option<T>,
) -> Result<T, Vec<Fault>> {
    let source = source.trim_start_matches('\u{feff}');
    let reader = Reader::new(source);
    let Some(document) = parsed(&reader, source) else {
        return Err(reader.into_faults());
    };
    let root = Table::root(&reader, document.get_ref());
    let read = read(&root);
    root.finish();
    let faults = reader.into_faults();
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults),
    }
}

/// The tables of a file; none, with its faults told, where it is no TOML.
fn parsed<'s>(reader: &Reader, source: &'s str) -> Option<toml::Spanned<DeTable<'s>>> {
    let (document, errors) = DeTable::parse_recoverable(source);
    let is_sound = errors.is_empty();
    // What follows from a slip of the pen is no fault of its own.
    for error in errors {
        let line = error.span().map_or(1, |span| reader.line(span.start));
        reader.fault(line, syntax(source, line, error.message()));
    }
    is_sound.then_some(document)
}

/// What the lists of a year hang on.
const FOR_LISTS: [&str; 7] = [
    "subject",
    "classes",
    "reviewer_classes",
    "vetoes",
    "eligibility",
    "units",
    "asks",
];

/// Whether any of several parts of a file is at fault.
#[derive(Default)]
struct Watched {
    is_at_fault: bool,
}

impl Watched {
    fn over<T>(&mut self, root: &Table<'_, '_>, read: impl FnOnce() -> T) -> T {
        let before = root.count_faults();
        let read = read();
        self.is_at_fault |= root.count_faults() > before;
        read
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

/// The whole file. What is missing and has to be there is a fault, and nothing in its place.
fn scheme(root: &Table<'_, '_>, lists: &mut Watched) -> Scheme {
    let id = root.required_text("id");
    let title = root.required_text("title");
    let form_title = root.required_text("form_title");
    let year = root.required("year", root.count("year"));
    let subject = lists.over(root, || root.required_text("subject"));
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
    let classes = lists.over(root, || terms::classes(root));
    let lines = lines::lines(root, &parts, &mut dimensions, &mut indicators, &classes);
    structure::declared(root, &mut parts, &indicators, &lines);
    terms::class_sums(root, &classes, &lines);
    let base = structure::base(root, &lines);
    let (stars, grades) = grades::stars_and_grades(root);
    let mut policies = policies::policies(root, &parts, &dimensions, &lines);
    let (stages, form_stage) = year::stages(root);
    let (validity_years, support_grade) = year::results(root, &grades);
    // All that a scheme may say is asked for before anything is given up: what nobody asks for is told as unknown.
    let (eligibility, units) = lists.over(root, || (year::eligibility(root), year::units(root)));
    let basis = year::basis(root);
    let (subject_suffix, source) = (root.text("subject_suffix"), root.text("source"));
    let conventions = root.texts("conventions");
    let reports = year::reports(root);
    let quotes = year::quotes(root);
    let (deadline, return_to) = (root.date("deadline"), root.text("return_to"));
    let caps = terms::caps(root, &lines, &dimensions);
    let total_at_most = terms::total_at_most(root);
    let reviewer_classes = lists.over(root, || terms::reviewer_classes(root));
    let vetoes = lists.over(root, || terms::vetoes(root, &grades));
    let quotas = terms::quotas(root, &grades);
    let asks = lists.over(root, || terms::asks(root));
    if !classes.is_empty() && (base.is_some() || !policies.tie_breaks.is_empty()) {
        root.fault(root.line, "分类的方案中不能写 [base] 或 tie_breaks");
    }
    // What a form shows is what counts: where anything above its lines has a cap, it is worked out to its end first.
    if total_at_most.is_some() || is_capped(&parts, &dimensions, &caps) {
        policies.per.get_or_insert(Per::Total);
    }
    let written = |text: Option<At<String>>| text.map_or(String::new(), |text| text.value);
    let scheme = Scheme {
        id: written(id),
        title: written(title),
        form_title: written(form_title),
        year: year.map_or(0, |year| year.value),
        subject: written(subject),
        subject_suffix: subject_suffix.map_or(String::new(), |suffix| suffix.value),
        source: source.map(|source| source.value),
        precision: precision.map_or(0, |precision| precision.value),
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
    };
    structure::nothing_lost(root, &scheme);
    scheme
}

/// Whether anything between the lines and the total has a cap.
fn is_capped(parts: &[Part], dimensions: &[Dimension], caps: &[Cap]) -> bool {
    !caps.is_empty()
        || parts.iter().any(|part| part.at_most.is_some())
        || dimensions.iter().any(|one| one.at_most.is_some())
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

/// What of a level of the file (parts, lines, grades) can be referred to.
#[derive(Clone, Copy)]
pub(in crate::scheme) struct Level<'l> {
    /// What one of it is called.
    what: &'l str,
    /// How it is headed, where it may be missing altogether: `parts`.
    heading: Option<&'l str>,
    /// Each of it could be read: what refers to one that could not is no fault of its own.
    is_whole: bool,
}

impl<'l> Level<'l> {
    /// Of what stands under `key`, `read` of which could be read.
    fn of(root: &Table<'_, '_>, key: &'static str, what: &'l str, read: usize) -> Self {
        let is_empty = root.tables(key).is_empty();
        // That there are no lines at all is told by itself.
        let is_told = is_empty && key == "lines";
        Self {
            what,
            heading: is_empty.then_some(key),
            is_whole: structure::is_whole(root, key, read) && !is_told,
        }
    }

    /// Of what has been read from another file.
    pub(in crate::scheme) fn known(what: &'l str) -> Self {
        Self {
            what,
            heading: None,
            is_whole: true,
        }
    }
}

/// Where `id` stands in a list of ids; a fault where it does not, unless some of the list could not be read.
pub(in crate::scheme) fn reference<'a>(
    table: &Table<'_, '_>,
    level: Level<'_>,
    id: &At<String>,
    ids: impl Iterator<Item = &'a str>,
) -> Option<usize> {
    let mut ids = ids;
    let found = ids.position(|known| known == id.value);
    if found.is_none() && level.is_whole {
        let what = level.what;
        let (message, missing) = match level.heading {
            Some(heading) => (
                format!(
                    "写了{what}“{}”，而文件里没有一节 [[{heading}]]（{what}）",
                    id.value
                ),
                None,
            ),
            None => (
                format!("没有编号为“{}”的{what}", id.value),
                Some(id.value.as_str()),
            ),
        };
        table.unmet(id.line, message, what, missing);
    }
    found
}

/// Reports an id that has been used before.
fn unique(table: &Table<'_, '_>, seen: &mut BTreeSet<String>, what: &str, id: &At<String>) {
    if !seen.insert(fold(&id.value)) {
        table.fault_beside_others(id.line, format!("{what}编号“{}”重复", id.value), Vec::new());
    }
}

/// A name that people choose from a list in a sheet, which is parted by commas.
pub(super) fn listed(table: &Table<'_, '_>, key: &str, name: &At<String>) {
    if name.value.contains(',') {
        let message = format!(
            "{key} “{}”中有英文逗号，表上的下拉列表会把它拆成两项；请改用顿号或中文逗号",
            name.value
        );
        table.wrong(name.line, message);
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
        table.wrong(written.line, message);
    }
    found.map(|(_, value)| *value)
}
