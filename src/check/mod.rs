//! 检查: what is wrong with a form, one rule family per file, all in one pass.
//!
//! A new rule is one file here, declared below, and one line in the list of families. A family looks at one form and the
//! ground; of other forms (that is `settle`) it knows only whom those in the same file are about, and of files
//! nothing but their place and name.

pub mod attainable;
pub mod blank;
pub mod cap;
pub mod date;
pub mod edition;
pub mod exclusion;
pub mod file;
pub mod formatting;
pub mod hidden;
pub mod identity;
pub mod length;
pub mod needs;
pub mod number;
pub mod printed_caps;
pub mod rate;
pub mod reason;
pub mod recusal;
pub mod reviewer;
pub mod reviewer_class;
pub mod society;
pub mod stars;
pub mod table;
pub mod told;
pub mod total;
pub mod value;
pub mod veto;

mod answer;
mod at;
mod content;
mod counted;
mod own;
mod record;
mod ruled;
mod who;

use std::cell::OnceCell;

use crate::finding::{Bearing, Code, Fact, Finding, Severity};
pub use crate::finding::{Doubt, FormState};
use crate::form::{Column, Damage, Field, Form, Row};
use crate::ground::Ground;
use crate::intake::Source;
use crate::model::{CellRef, Exact, LineId, Place, SocietyId};
use crate::register::Ruling;
use crate::scheme::{Answer, Blank, Line};
pub use at::Half;
use at::PointsCell;
pub use content::Content;
pub use record::{Amended, ReceivedFile, SettledForm, SettledLine, Unread, Written};
use who::Who;

/// All families, in the order in which their findings are made.
const FAMILIES: &[Family] = &[
    edition::FAMILY,
    identity::FAMILY,
    society::FAMILY,
    reviewer::FAMILY,
    reviewer_class::FAMILY,
    recusal::FAMILY,
    date::FAMILY,
    table::FAMILY,
    hidden::FAMILY,
    formatting::FAMILY,
    length::FAMILY,
    printed_caps::FAMILY,
    number::FAMILY,
    blank::FAMILY,
    cap::FAMILY,
    value::FAMILY,
    rate::FAMILY,
    veto::FAMILY,
    attainable::FAMILY,
    exclusion::FAMILY,
    needs::FAMILY,
    reason::FAMILY,
    total::FAMILY,
    stars::FAMILY,
];

/// A rule family: the codes it can raise and how it looks at a form.
pub struct Family {
    pub codes: &'static [&'static Code],
    check: fn(&Subject<'_>, &mut Vec<Finding>),
    /// Whether it looks into the table: pointless where the table is another edition's or damaged.
    reads_table: bool,
}

/// The codes of all families.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    let families = FAMILIES.iter().chain(own::ALONE);
    families
        .flat_map(|family| family.codes)
        .chain(file::CODES)
        .copied()
}

/// What a family looks at.
pub struct Subject<'a> {
    pub ground: &'a Ground,
    pub form: &'a Form,
    pub source: &'a Source,
    /// File, inner path and sheet.
    pub place: Place,
    /// The listed societies whose full names the file bears.
    in_name: Vec<SocietyId>,
    /// What else the file holds.
    pub company: &'a Company,
    /// Whom 学会名称 names (an index into the roster): by the lists, or by the clerk's ruling on this file.
    pub named: Option<SocietyId>,
    /// Whom the form is about (an index into the roster), as far as it can be told.
    pub society: Option<SocietyId>,
    /// Who filled it in.
    who: Who<'a>,
    /// What its lines come to, once that was asked for.
    own_total: OnceCell<Option<Exact>>,
    /// What a blank bonus means here: the scheme's policy, or the clerk's ruling.
    pub blank: Blank,
    /// The rulings that were asked for this form (indices into the register).
    pub rulings: Vec<usize>,
}

impl Subject<'_> {
    /// Whether such a ruling was asked for this form.
    fn is_ruled(&self, is_such: impl Fn(&Ruling) -> bool) -> bool {
        let rulings = &self.ground.register.rulings;
        let mut asked = self.rulings.iter().filter_map(|index| rulings.get(*index));
        asked.any(is_such)
    }

    /// What was found at `cell`.
    fn found(&self, cell: impl Into<Option<CellRef>>, fact: impl Fact + 'static) -> Finding {
        Finding::of(fact, self.place.at(cell))
    }

    /// The lines that the form has, each with the scheme's line and the form's row.
    fn lines(&self) -> impl Iterator<Item = (LineId, &Line, &Row)> {
        self.ground
            .scheme
            .lines
            .entries()
            .zip(&self.form.rows)
            .filter_map(|((index, line), row)| row.as_ref().map(|row| (index, line, row)))
    }

    /// Both sides of every line as far as they are typed: 加分 with its cell and cap, 减分 with its.
    fn sides(&self) -> impl Iterator<Item = PointsCell<'_>> {
        let is_points = |cell: &PointsCell<'_>| matches!(cell.half, Half::Bonus | Half::Deduction);
        self.typed().filter(is_points)
    }

    /// Every cell of the table that a number is typed into; the names of levels are none.
    fn numbers(&self) -> impl Iterator<Item = PointsCell<'_>> {
        self.typed().filter(|cell| {
            let asks_level = value::asks_level(cell.line);
            cell.half != Half::Value || !asks_level
        })
    }

    /// Every cell of the table that points, or what stands in their place, are typed into.
    fn typed(&self) -> impl Iterator<Item = PointsCell<'_>> {
        // Of a society's own form all points are worked out.
        let lines = self.lines().filter(|_| self.form.told.is_none());
        lines.flat_map(|(index, line, row)| {
            let asked = row.asked.as_ref();
            let target = asked.and_then(|asked| asked.target.as_ref());
            // A bonus that is worked out is the form's own.
            let bonus = Some(&row.bonus).filter(|_| line.value.is_none());
            [
                (Half::Value, asked.map(|asked| &asked.value)),
                (Half::Target, target),
                (Half::Bonus, bonus),
                (Half::Deduction, Some(&row.deduction)),
            ]
            .into_iter()
            .filter_map(move |(half, entry)| {
                Some(PointsCell {
                    index,
                    line,
                    half,
                    side: half.of(line),
                    entry: entry?,
                })
            })
        })
    }

    /// A column's heading as the form has it, for messages.
    fn heading(&self, column: Column) -> String {
        column.label(&self.ground.scheme)
    }
}

/// The forms of one file, seen from each of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Company {
    /// Whom the filled forms of the file are about (indices into the roster).
    pub societies: Vec<SocietyId>,
    /// How many of its forms have been filled in.
    pub filled: usize,
}

impl Company {
    /// What `forms`, all of one file, are to each other.
    #[must_use]
    pub fn of<'f>(ground: &Ground, forms: impl Iterator<Item = &'f Form>) -> Self {
        let mut company = Self::default();
        for form in forms.filter(|form| !is_blank(ground, form)) {
            company.filled += 1;
            let by_name = ground.roster.society_named(form.text(Field::Society));
            company
                .societies
                .extend(identity::society(ground, form, by_name, None));
        }
        company
    }
}

/// Whether nobody has filled in anything.
fn is_blank(ground: &Ground, form: &Form) -> bool {
    // Without a list of reviewers nobody can have filled in the person but the person.
    let named = [Field::Reviewer, Field::Unit, Field::Member];
    !form.rows.is_empty()
        && form.is_untouched()
        && (form.told.is_some()
            || !ground.roster.reviewers.is_empty()
            || named.into_iter().all(|field| form.text(field).is_empty()))
}

/// A form, checked.
#[derive(Debug)]
pub struct Checked {
    pub form: Box<SettledForm>, // It is large, and handed on from station to station.
    pub findings: Vec<Finding>,
    /// What the form says, made comparable: two forms with the same content are copies.
    pub content: Content,
    /// It is unclear whom it is about: it supersedes nothing.
    pub stands_alone: bool,
    /// By item of a society's own form, what it was answered with; none of a reviewer's.
    pub answers: Option<Vec<Option<Answer>>>,
}

/// Checks one form of `source`, found on `sheet`.
#[must_use]
pub fn check(
    ground: &Ground,
    source: &Source,
    sheet: &str,
    form: &Form,
    company: &Company,
) -> Checked {
    let in_name = ground.roster.societies_in(source.stem());
    let by_file = match in_name.as_slice() {
        // A workbook of several forms cannot be named after each of them.
        [society] if company.filled <= 1 => Some(*society),
        _ => None,
    };
    let place = source.sheet(sheet);
    let asked = ruled::ask(ground, source, &place, form, by_file);
    let own = own::Own::of(ground, form);
    let subject = Subject {
        ground,
        form: own.as_ref().map_or(form, |own| &own.reckoned),
        source,
        place,
        in_name,
        company,
        named: asked.named,
        society: asked.society,
        who: asked.who,
        own_total: OnceCell::new(),
        blank: asked.blank,
        rulings: asked.rulings,
    };
    let mut findings = Vec::new();
    let is_blank = is_blank(ground, form);
    if is_blank {
        findings.push(file::blank_form(&subject));
    } else {
        let families = own.as_ref().map_or(FAMILIES, |_| own::FAMILIES);
        for family in families {
            if runs(family, form, &findings) {
                (family.check)(&subject, &mut findings);
            }
        }
    }
    let mut record = record(&subject);
    record
        .doubts
        .extend(findings.iter().filter_map(|finding| finding.fact.doubt()));
    record.state = verdict(is_blank, &record, &findings);
    let society = subject.society.map_or_else(
        || record.society_text.clone(),
        |society| ground.roster.societies[society].name.clone(),
    );
    for finding in &mut findings {
        finding.society = Some(society.clone()).filter(|name| !name.is_empty());
        finding.reviewer = Some(record.reviewer.clone()).filter(|name| !name.is_empty());
    }
    let answers = own.as_ref().map(|own| own.answers.clone());
    Checked {
        content: content::content(&subject, answers.as_deref()),
        answers,
        stands_alone: findings
            .iter()
            .any(|finding| finding.bearing() == Bearing::Contradicts),
        form: record,
        findings,
    }
}

/// Whether a family has anything to look at. Root cause first: a sheet without a table is one finding, not six,
/// and a table of another edition, or one that has lost its columns, says nothing in its cells.
fn runs(family: &Family, form: &Form, findings: &[Finding]) -> bool {
    let has = |is: fn(&Damage) -> bool| form.damage.iter().any(is);
    let is_other = findings
        .iter()
        .any(|finding| finding.bearing() == Bearing::OtherEdition);
    if has(|damage| matches!(damage, Damage::NoTable { .. })) {
        // Of another edition it has other headings; that is then the one thing to say.
        return family.codes == edition::FAMILY.codes
            || family.codes == table::FAMILY.codes && !is_other;
    }
    let has_lost_columns = has(|damage| {
        matches!(
            damage,
            Damage::ColumnMissing { .. } | Damage::ColumnTwice { .. }
        )
    });
    !family.reads_table || !is_other && !has_lost_columns
}

/// A form is held unless everything speaks for it.
fn verdict(is_blank: bool, form: &SettledForm, findings: &[Finding]) -> FormState {
    if is_blank {
        FormState::Blank
    } else if findings
        .iter()
        .any(|finding| finding.bearing() == Bearing::Recuses)
    {
        FormState::Recused
    } else if form.is_whole()
        && findings
            .iter()
            .all(|finding| finding.severity != Severity::Error)
    {
        FormState::Counted
    } else {
        FormState::Held
    }
}

/// What is kept of the form.
fn record(subject: &Subject<'_>) -> Box<SettledForm> {
    let form = subject.form;
    let society_text = match (form.text(Field::Society), &form.id) {
        ("", Some(id)) => id.value.society.clone(),
        (text, _) => text.to_owned(),
    };
    Box::new(SettledForm {
        place: subject.place.clone(),
        sha256: subject.source.sha256.clone(),
        fingerprint: content::fingerprint(form),
        tag: None,
        of_scheme: form.id.as_ref().map(|id| id.value.scheme.clone()),
        letter: subject.source.letter.clone(),
        scans: Vec::new(),
        society: subject.society,
        society_text,
        reviewer: form.text(Field::Reviewer).to_owned(),
        unit: form.text(Field::Unit).to_owned(),
        listed: subject.who.listed.map(|(row, _)| row),
        class: reviewer_class::class(subject),
        vetoes: veto::answers(form),
        member: reviewer::member(form),
        mode: form.text(Field::Mode).to_owned(),
        date: date::day(form),
        phone: form.text(Field::Phone).to_owned(),
        recommended: stars::recommended(form, subject.ground.scheme.stars.most()),
        opinion: form.opinion.clone(),
        stated_total: form.total.as_ref().and_then(|total| total.filled.points()),
        corrects: form.corrects.clone(),
        state: FormState::Held,
        instead: None,
        clashes: Vec::new(),
        rulings: subject.rulings.clone(),
        doubts: recusal::is_unsaid(subject)
            .then_some(Doubt::RecusalUnsaid)
            .into_iter()
            .collect(),
        lines: counted::lines(subject),
        amended: Vec::new(),
    })
}
