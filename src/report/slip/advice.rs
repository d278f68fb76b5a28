//! A finding as the sender of the form reads it: which cell of the fresh form it marks, and how to put it right.
//!
//! Cells are told by what they are for, never by their address: the sender's layout may have been shifted.

use super::sender::Sender;
use crate::finding::{Code, Finding, Reader, Said, Severity};
use crate::form::{Field, Form, Row};
use crate::model::{CellRef, Points};
use crate::rank::Standings;
use crate::report::form::filling::Spot;
use crate::scheme::Line;

/// One thing to put right or to look at.
pub(super) struct Point {
    pub code: &'static Code,
    pub severity: Severity,
    /// The cells of the fresh form it marks; none where it is about the whole form.
    pub spots: Vec<Spot>,
    /// Where it stood in the form as it came.
    pub origin: Option<CellRef>,
    /// 指标/栏目.
    pub what: String,
    /// 您填的.
    pub found: String,
    /// 允许的.
    pub allowed: String,
    /// 怎么改: what is wrong and what to do.
    pub fix: String,
}

/// What findings are read against.
pub(super) struct Reading<'r> {
    pub standings: &'r Standings<'r>,
    pub sender: &'r Sender<'r>,
    pub form: &'r Form,
    /// Whom the fresh form is about (an index); none where no form can be made.
    pub society: Option<usize>,
}

/// Whether a form with this finding holds nothing that may be carried over but its fields: the same code may be
/// another indicator there.
pub(super) fn is_other_edition(finding: &Finding) -> bool {
    finding.code().name == "other-form-edition"
}

impl Point {
    /// Whether it asks the sender for a word in reply, which may settle it.
    pub(super) fn asks(&self) -> bool {
        self.code.name == "society-unknown" && self.fix.contains('？')
    }
}

impl Reading<'_> {
    /// All findings of the form as points: what weighs most first, then in the order of the form.
    pub(super) fn points(&self, findings: &[&Finding]) -> Vec<Point> {
        let mut points: Vec<Point> = findings
            .iter()
            .map(|finding| self.point(&finding.said(&Reader::clerk(self.standings.ground))))
            .collect();
        points.sort_by_key(|point| (point.severity, point.spots.first().copied().map(order)));
        points
    }

    fn point(&self, finding: &Said) -> Point {
        let spots = match self.society {
            Some(_) => self.spots(finding),
            None => Vec::new(),
        };
        Point {
            code: finding.code,
            severity: finding.severity,
            origin: finding.place.cell,
            what: self.what(finding),
            found: self.found(finding),
            allowed: self.allowed(finding),
            fix: self.sender.say(&self.fix(finding)),
            spots,
        }
    }

    fn line(&self, finding: &Said) -> Option<(usize, &Line)> {
        let code = finding.line.as_deref()?;
        let lines = &self.standings.ground.scheme.lines;
        lines.iter().enumerate().find(|(_, line)| line.code == code)
    }

    pub(super) fn row(&self, line: usize) -> Option<&Row> {
        self.form.rows.get(line)?.as_ref()
    }

    /// The field of the form that a finding is about.
    fn field(&self, finding: &Said) -> Option<Field> {
        match finding.code.name {
            "society-unknown" | "identity-contradiction" => Some(Field::Society),
            "wrong-group" => Some(Field::Group),
            "reviewer-missing" | "reviewer-unlisted" => Some(Field::Reviewer),
            "unit-missing" => Some(Field::Unit),
            "membership-missing" | "not-a-member" => Some(Field::Member),
            "recusal-unclear" => Some(Field::Recusal),
            "date-missing" | "date-unreadable" | "outside-stage" => Some(Field::Date),
            _ => {
                let cell = finding.place.cell?;
                let fields = self.form.fields.iter();
                let mut met = fields.filter(|(_, text)| text.cell == cell);
                met.next().map(|(field, _)| *field)
            }
        }
    }

    fn is_deduction(&self, finding: &Said, line: usize) -> bool {
        let cell = self.row(line).map(|row| row.deduction.cell);
        cell.is_some() && finding.place.cell == cell
    }

    fn spots(&self, finding: &Said) -> Vec<Spot> {
        let scheme = &self.standings.ground.scheme;
        if let Some((index, line)) = self.line(finding) {
            let both = [
                (&line.bonus, Spot::Bonus(index)),
                (&line.deduction, Spot::Deduction(index)),
            ];
            return match finding.code.name {
                "excluded-by" => both.map(|(_, spot)| spot).into(),
                "line-missing" | "line-twice" => both
                    .into_iter()
                    .filter(|(side, _)| side.is_open())
                    .map(|(_, spot)| spot)
                    .collect(),
                "base-line-missing" => {
                    let without = |need: &&usize| {
                        let base = self.row(**need).and_then(|row| row.bonus.filled.points());
                        !base.is_some_and(Points::is_positive)
                    };
                    let bases = line.needs.iter().filter(without);
                    std::iter::once(Spot::Bonus(index))
                        .chain(bases.map(|need| Spot::Bonus(*need)))
                        .collect()
                }
                "deduction-without-reason" => vec![Spot::Remark(index)],
                "caps-changed" => {
                    let row = self.row(index);
                    let cap = row.and_then(|row| row.deduction_cap.as_ref());
                    let is_deduction = cap.is_some_and(|cap| finding.place.cell == Some(cap.cell));
                    vec![if is_deduction {
                        Spot::DeductionCap(index)
                    } else {
                        Spot::BonusCap(index)
                    }]
                }
                _ if self.is_deduction(finding, index) => vec![Spot::Deduction(index)],
                _ => vec![Spot::Bonus(index)],
            };
        }
        match finding.code.name {
            // Nothing could be carried over: every bonus is to be filled in again.
            "table-damaged" | "other-form-edition" => (0..scheme.lines.len())
                .filter(|line| scheme.lines[*line].bonus.is_open())
                .map(Spot::Bonus)
                .collect(),
            "total-disagrees" => vec![Spot::Total],
            _ => self.field(finding).map(Spot::Field).into_iter().collect(),
        }
    }

    fn what(&self, finding: &Said) -> String {
        if let Some((index, line)) = self.line(finding) {
            let title = self.standings.ground.scheme.title(line);
            let part = match finding.code.name {
                "line-missing" | "line-twice" | "excluded-by" => "",
                "deduction-without-reason" => "评分说明",
                "caps-changed" if matches!(self.spots(finding)[..], [Spot::DeductionCap(_)]) => {
                    "减分上限"
                }
                "caps-changed" => "加分上限",
                _ if self.is_deduction(finding, index) => "减分",
                _ => "加分",
            };
            return format!("{title}{part}");
        }
        match finding.code.name {
            "conflicting-versions" => "整份表".to_owned(),
            "same-lines-as-another-society" => "各行分值".to_owned(),
            "table-damaged" | "other-form-edition" => "整张评分表".to_owned(),
            "unknown-line" => "多出的一行".to_owned(),
            "total-disagrees" => "总分".to_owned(),
            // Quoted, so that no program takes it for the label of a form.
            _ => self.field(finding).map_or_else(
                || "整份表".to_owned(),
                |field| format!("“{}”", field.label()),
            ),
        }
    }

    fn found(&self, finding: &Said) -> String {
        match finding.code.name {
            "not-scored" | "reviewer-missing" | "unit-missing" | "date-missing" => {
                "（没有填）".to_owned()
            }
            "membership-missing" if finding.found.is_empty() => "（没有填）".to_owned(),
            "deduction-without-reason" => "（没有写）".to_owned(),
            "no-cached-value" => "没有算出结果的公式".to_owned(),
            "excluded-by" => {
                let row = self.line(finding).and_then(|(index, _)| self.row(index));
                let bonus = row.map_or(String::new(), |row| row.bonus.filled.shown());
                format!("加{bonus}、减{}", finding.found)
            }
            "unknown-line" => format!("编号{}", self.sender.found(&finding.found)),
            // The names of forms and of other societies are nothing to show here.
            "other-form-edition"
            | "line-twice"
            | "line-missing"
            | "table-damaged"
            | "identity-contradiction"
            | "conflicting-versions" => String::new(),
            _ => self.sender.found(&finding.found),
        }
    }

    fn allowed(&self, finding: &Said) -> String {
        match finding.code.name {
            "membership-missing" => "是、否".to_owned(),
            "line-missing" | "line-twice" => self
                .line(finding)
                .map_or(String::new(), |(_, line)| line.hint()),
            "other-form-edition"
            | "table-damaged"
            | "total-disagrees"
            | "base-line-missing"
            | "identity-contradiction"
            | "society-unknown" => String::new(),
            _ => self.sender.say(&finding.allowed),
        }
    }
}

/// The order of a form, top to bottom.
const fn order(spot: Spot) -> (u8, usize, Spot) {
    match spot {
        Spot::Field(_) => (0, 0, spot),
        Spot::BonusCap(line)
        | Spot::DeductionCap(line)
        | Spot::Bonus(line)
        | Spot::Deduction(line)
        | Spot::Remark(line) => (1, line, spot),
        Spot::Total => (2, 0, spot),
    }
}
