//! 退回件: for each form with something to put right, the sender's own values in a fresh form, marked, with a
//! sheet that says what to do.
//!
//! A slip goes to the sender: it must not show anything of another group or another reviewer. The forms were
//! dropped after the check, so that each is handed in again to be written.

mod advice;
mod guide;
mod sender;
pub(super) mod told;
mod values;

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::Output;
use super::forms::evaluation::{filled, free, point_to};
use super::kit::names::FileNames;
use super::kit::{fault, names, style};
use super::known::Known;
use crate::error::Error;
use crate::finding::{Bearing, Finding, Reader, Severity};
use crate::form::{Form, labels};
use crate::model::{FormKey, GroupId, Person, SocietyId, Tag};
use crate::rank::Standings;
use crate::settle::{FormState, SettledForm};
pub(super) use advice::Point;
use advice::Reading;
use guide::Guide;
use sender::Sender;
use told::Part;

/// Where forms go of which the society is not known for sure.
const UNKNOWN: &str = "未定学会";

/// All that is to be sent back.
pub struct Slips<'s> {
    standings: &'s Standings<'s>,
    known: &'s Known<'s>,
    /// In the order of the forms.
    pub slips: Vec<Slip<'s>>,
}

/// One form to be sent back.
pub struct Slip<'s> {
    pub form: FormKey,
    /// Whom the fresh form is about (an index into the roster); none where none can be made.
    society: Option<SocietyId>,
    findings: Vec<&'s Finding>,
    /// Folder and name without ending.
    name: String,
}

/// A slip that was written.
pub struct Written {
    pub workbook: Output,
    /// What the letter says of it.
    pub(super) part: Part,
}

impl<'s> Slips<'s> {
    /// Which forms are to be sent back, and as what.
    #[must_use]
    pub fn plan(known: &'s Known<'s>) -> Self {
        let standings = known.standings();
        let mut of_form: BTreeMap<FormKey, Vec<&Finding>> = BTreeMap::new();
        let reader = Reader::clerk(standings.ground);
        for finding in &standings.findings {
            let is_senders =
                finding.severity <= Severity::Warning && finding.fact.advice(&reader).is_some();
            if let (true, Some(form)) = (is_senders, finding.form) {
                of_form.entry(form).or_default().push(finding);
            }
        }
        let mut names = FileNames::default();
        let mut slips = Vec::new();
        for (key, form) in standings.forms.entries() {
            let findings = of_form.remove(&key).unwrap_or_default();
            let is_open = matches!(
                form.state,
                FormState::Counted | FormState::Held | FormState::Ineligible
            );
            if is_open && !findings.is_empty() {
                let society = society(standings, form, &findings);
                let group = known.group(key);
                let name = names.stem(&stem(standings, form, (society, group)));
                slips.push(Slip {
                    form: key,
                    society,
                    findings,
                    name,
                });
            }
        }
        Self {
            standings,
            known,
            slips,
        }
    }

    /// The slip of a form, if it is sent back.
    #[must_use]
    pub fn of(&self, form: FormKey) -> Option<&Slip<'s>> {
        let at = self.slips.binary_search_by_key(&form, |slip| slip.form);
        at.ok().and_then(|at| self.slips.get(at))
    }

    /// The workbook of a slip; `form` is the form as it was read.
    ///
    /// # Errors
    /// A workbook that cannot be made: a fault of this program.
    pub fn write(&self, slip: &Slip<'_>, form: &Form) -> Result<Written, Error> {
        let name = format!("{}.xlsx", slip.name);
        let (bytes, part) = self
            .build(slip, form)
            .map_err(|error| fault(&name, &error))?;
        Ok(Written {
            workbook: Output { name, bytes },
            part,
        })
    }

    fn build(&self, slip: &Slip<'_>, form: &Form) -> Result<(Vec<u8>, Part), XlsxError> {
        let standings = self.standings;
        let roster = &standings.ground.roster;
        let settled = &standings.forms[slip.form];
        let group = slip.society.map(|society| roster.societies[society].group);
        let sender = Sender::new(self.known, slip.form, group);
        let reading = Reading {
            standings,
            sender: &sender,
            society: slip.society,
        };
        let points = reading.points(&slip.findings);
        let mut book = style::workbook(guide::SHEET, standings.as_of)?;
        let mut page = style::worksheet()?;
        let placed = match slip.society {
            Some(society) => {
                let is_other = |finding: &&Finding| finding.bearing() == Bearing::OtherEdition;
                let has_lines = !slip.findings.iter().any(is_other);
                let corrects = self.corrects(slip);
                let filling = values::filling(form, settled, has_lines, &points, corrects);
                Some(filled(standings.ground, society, &filling, &mut page)?)
            }
            None => None,
        };
        let society = slip.society.map_or_else(
            || settled.society_text.clone(),
            |society| roster.societies[society].name.clone(),
        );
        let cells = placed.as_ref().map(|placed| &placed.cells);
        let guide = Guide {
            standings,
            sender: &sender,
            society: society.clone(),
            reviewer: settled.reviewer.clone(),
            points: &points,
            cells,
            outcome: settled.outcome(),
        };
        book.push_worksheet(guide.sheet()?);
        let bytes = match &placed {
            Some(placed) => {
                book.push_worksheet(page);
                point_to(&mut book, labels::ID_NAME, labels::SHEET, placed.id_row)?;
                let bytes = style::saved(&mut book)?;
                let rows = [Vec::new(), placed.rows.clone()];
                free(&bytes, &rows).map_err(|error| XlsxError::ParameterError(error.to_string()))?
            }
            None => style::saved(&mut book)?,
        };
        let part = Part {
            form: slip.form,
            society,
            file: sender.file_name(),
            mail: sender.mail(),
            outcome: settled.outcome(),
            points,
            cells: placed.map(|placed| placed.cells),
        };
        Ok((bytes, part))
    }

    /// The forms that a slip stands for when it comes back: its own and those it is in conflict with, first; then all
    /// that these correct themselves, for a slip that came back in between may be saved over by the next.
    fn corrects(&self, slip: &Slip<'_>) -> Vec<Tag> {
        let mut forms = vec![slip.form];
        let is_conflict = |slip: &Slip<'_>| {
            let mut findings = slip.findings.iter();
            findings.any(|finding| finding.bearing() == Bearing::Clashes)
        };
        if is_conflict(slip) {
            let own = self.person(slip.form);
            let others = self.slips.iter().filter(|other| {
                other.form != slip.form && is_conflict(other) && self.person(other.form) == own
            });
            forms.extend(others.map(|other| other.form));
        }
        let own = forms.iter();
        let own = own.filter_map(|form| self.standings.forms[*form].tag.as_ref());
        let inherited = forms.iter().flat_map(|form| self.inherited(*form));
        let mut tags: Vec<Tag> = Vec::new();
        for tag in own.chain(inherited) {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }

    /// What a form corrects itself. The tags of a form that contradicts itself may be those of another society's form
    /// that it was copied from.
    fn inherited(&self, form: FormKey) -> &'s [Tag] {
        let contradicts = self
            .of(form)
            .is_some_and(|slip| slip.findings.iter().any(|finding| contradicts(finding)));
        let standings = self.standings;
        if contradicts {
            &[]
        } else {
            &standings.forms[form].corrects
        }
    }

    /// Whom a form is about and who filled it.
    fn person(&self, form: FormKey) -> (Option<SocietyId>, Person) {
        let form = &self.standings.forms[form];
        let roster = &self.standings.ground.roster;
        (form.society, roster.person(&form.reviewer, &form.unit))
    }
}

/// Whom the fresh form is about. Where a form contradicts itself, what people read on it counts.
fn society(
    standings: &Standings<'_>,
    form: &SettledForm,
    findings: &[&Finding],
) -> Option<SocietyId> {
    let contradicts = findings.iter().any(|finding| contradicts(finding));
    let named = || standings.ground.roster.society_named(&form.society_text);
    if contradicts {
        named().or(form.society)
    } else {
        form.society
    }
}

fn contradicts(finding: &Finding) -> bool {
    finding.bearing() == Bearing::Contradicts
}

/// The folder of a group.
pub(super) fn folder(standings: &Standings<'_>, group: GroupId) -> String {
    let group = &standings.ground.roster.groups[group];
    if group.is_all() {
        return group.label();
    }
    names::file_name(&format!("{}-{}", group.label(), group.lead))
}

/// Folder and name of a slip: in the folder of its group, where it surely is of one.
fn stem(
    standings: &Standings<'_>,
    form: &SettledForm,
    (society, group): (Option<SocietyId>, Option<GroupId>),
) -> String {
    let reviewer = if form.reviewer.is_empty() {
        "未填评价人"
    } else {
        &form.reviewer
    };
    let folder = group.map_or_else(
        || standings.ground.scheme.own_words(UNKNOWN),
        |group| folder(standings, group),
    );
    let societies = &standings.ground.roster.societies;
    let society = match society {
        Some(society) => societies[society].name.clone(),
        None if form.society_text.is_empty() => standings.ground.scheme.own_words("未填学会"),
        None => form.society_text.clone(),
    };
    // Each part alone, so that a long one leaves room for the others.
    let part = |text: &str| names::file_name(&text.chars().take(24).collect::<String>());
    format!("{folder}/{}-{}-退回", part(&society), part(reviewer))
}
