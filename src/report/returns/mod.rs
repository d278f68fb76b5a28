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
use super::known::{Came, Known};
use crate::error::Error;
use crate::finding::{Bearing, Finding, Reader, Severity};
use crate::form::{Form, labels};
use crate::ground::Ground;
use crate::model::{GroupId, Person, SocietyId, Tag};
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
    /// The ground of the societies' own forms, where any came.
    own: Option<Ground>,
    /// In the order of the forms, the societies' own at the end.
    pub slips: Vec<Slip<'s>>,
}

/// One form to be sent back.
pub struct Slip<'s> {
    pub form: Came,
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
        let mut of_form: BTreeMap<Came, Vec<&Finding>> = BTreeMap::new();
        let reader = Reader::clerk(standings.ground);
        for finding in &standings.findings {
            let is_senders =
                finding.severity <= Severity::Warning && finding.fact.advice(&reader).is_some();
            let review = finding.form.map(Came::Review);
            let form = review.or(finding.own.map(Came::Own));
            if let (true, Some(form)) = (is_senders, form) {
                of_form.entry(form).or_default().push(finding);
            }
        }
        let mut names = FileNames::default();
        let mut slips = Vec::new();
        let reviews = standings.forms.entries();
        let reviews = reviews.map(|(key, form)| (Came::Review(key), form));
        let own = standings.assessments.iter().flat_map(|own| &own.forms);
        let own = own.enumerate();
        let own = own.map(|(at, own)| (Came::Own(at), &own.form));
        for (key, form) in reviews.chain(own) {
            let findings = of_form.remove(&key).unwrap_or_default();
            let is_open = matches!(
                form.state,
                FormState::Counted | FormState::Held | FormState::Ineligible
            );
            if is_open && !findings.is_empty() {
                let society = society(standings, form, &findings);
                let group = known.group_of(key);
                let name = names.stem(&stem(standings, (key, form), (society, group)));
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
            own: standings
                .assessments
                .as_ref()
                .and_then(|_| standings.ground.assessing()),
            known,
            slips,
        }
    }

    /// The slip of a form, if it is sent back.
    #[must_use]
    pub fn of(&self, form: Came) -> Option<&Slip<'s>> {
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

    /// The ground that a form stands on.
    fn ground(&self, form: Came) -> &Ground {
        match (form, &self.own) {
            (Came::Own(_), Some(own)) => own,
            _ => self.standings.ground,
        }
    }

    fn build(&self, slip: &Slip<'_>, form: &Form) -> Result<(Vec<u8>, Part), XlsxError> {
        let standings = self.standings;
        let ground = self.ground(slip.form);
        let roster = &ground.roster;
        let gone = || XlsxError::ParameterError("没有这份表".to_owned());
        let settled = slip.form.form(standings).ok_or_else(gone)?;
        let group = slip.society.map(|society| roster.societies[society].group);
        let sender = Sender::new(self.known, (slip.form, settled), group);
        let reading = Reading {
            ground,
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
                Some(filled(ground, society, &filling, &mut page)?)
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
            form: slip.form,
            ground,
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
                let sheet = labels::sheet(&ground.scheme);
                point_to(&mut book, labels::ID_NAME, sheet, placed.id_row)?;
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
            let is_own = matches!(slip.form, Came::Own(_));
            let others = self.slips.iter().filter(|other| {
                other.form != slip.form
                    && matches!(other.form, Came::Own(_)) == is_own
                    && is_conflict(other)
                    && self.person(other.form) == own
            });
            forms.extend(others.map(|other| other.form));
        }
        let own = forms.iter();
        let own = own.filter_map(|form| form.form(self.standings)?.tag.as_ref());
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
    fn inherited(&self, form: Came) -> &'s [Tag] {
        let contradicts = self
            .of(form)
            .is_some_and(|slip| slip.findings.iter().any(|finding| contradicts(finding)));
        let standings = self.standings;
        match form.form(standings) {
            Some(form) if !contradicts => &form.corrects,
            _ => &[],
        }
    }

    /// Whom a form is about and who filled it.
    fn person(&self, came: Came) -> Option<(Option<SocietyId>, Option<Person>)> {
        let form = came.form(self.standings)?;
        let roster = &self.standings.ground.roster;
        // A society has one form of its own, whoever filled it in.
        let is_review = matches!(came, Came::Review(_));
        let person = is_review.then(|| roster.person(&form.reviewer, &form.unit));
        Some((form.society, person))
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
    (came, form): (Came, &SettledForm),
    (society, group): (Option<SocietyId>, Option<GroupId>),
) -> String {
    let reviewer = match came {
        Came::Own(_) => labels::OWN_SHEET,
        Came::Review(_) if form.reviewer.is_empty() => "未填评价人",
        Came::Review(_) => &form.reviewer,
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
