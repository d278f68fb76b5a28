//! A finding as the sender of the form reads it: which cell of the fresh form it marks, and how to put it right.
//!
//! Cells are told by what they are for, never by their address: the sender's layout may have been shifted.

use super::sender::Sender;
use crate::finding::{Code, Finding, Severity};
use crate::form::{Field, Form, Row};
use crate::model::{CellRef, Points};
use crate::rank::Standings;
use crate::report::form::filling::Spot;
use crate::scheme::{Basis, Line};

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
    finding.code.name == "other-form-edition"
}

impl Reading<'_> {
    /// All findings of the form as points: what weighs most first, then in the order of the form.
    pub(super) fn points(&self, findings: &[&Finding]) -> Vec<Point> {
        let mut points: Vec<Point> = findings.iter().map(|finding| self.point(finding)).collect();
        points.sort_by_key(|point| (point.severity, point.spots.first().copied().map(order)));
        points
    }

    fn point(&self, finding: &Finding) -> Point {
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

    fn line(&self, finding: &Finding) -> Option<(usize, &Line)> {
        let code = finding.line.as_deref()?;
        let lines = &self.standings.ground.scheme.lines;
        lines.iter().enumerate().find(|(_, line)| line.code == code)
    }

    fn row(&self, line: usize) -> Option<&Row> {
        self.form.rows.get(line)?.as_ref()
    }

    /// The field of the form that a finding is about.
    fn field(&self, finding: &Finding) -> Option<Field> {
        match finding.code.name {
            "society-unknown" | "identity-contradiction" => Some(Field::Society),
            "wrong-group" => Some(Field::Group),
            "reviewer-missing" | "reviewer-unlisted" => Some(Field::Reviewer),
            "unit-missing" => Some(Field::Unit),
            "membership-missing" | "not-a-member" => Some(Field::Member),
            "recusal-unclear" => Some(Field::Recusal),
            "date-missing" | "date-unreadable" | "outside-stage" | "conflicting-versions" => {
                Some(Field::Date)
            }
            _ => {
                let cell = finding.place.cell?;
                let fields = self.form.fields.iter();
                let mut met = fields.filter(|(_, text)| text.cell == cell);
                met.next().map(|(field, _)| *field)
            }
        }
    }

    fn is_deduction(&self, finding: &Finding, line: usize) -> bool {
        let cell = self.row(line).map(|row| row.deduction.cell);
        cell.is_some() && finding.place.cell == cell
    }

    fn spots(&self, finding: &Finding) -> Vec<Spot> {
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

    fn what(&self, finding: &Finding) -> String {
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

    fn found(&self, finding: &Finding) -> String {
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

    fn allowed(&self, finding: &Finding) -> String {
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

    /// What is wrong and what to do, in the words of a letter.
    fn fix(&self, finding: &Finding) -> String {
        let ground = self.standings.ground;
        let scheme = &ground.scheme;
        let example = scheme.stage().map_or_else(
            || format!("{}-8-5", scheme.year),
            |stage| stage.from.to_string(),
        );
        let society = self
            .society
            .map_or("", |society| ground.roster.societies[society].name.as_str());
        let is_counted = finding.severity != Severity::Error;
        match finding.code.name {
            "not-scored" if is_counted => {
                "没有填，暂以0分计。有得分的请补填，没有得分的填0。".to_owned()
            }
            "not-scored" => "没有填。空白不等于0分：有得分的填分值，没有得分的填0。".to_owned(),
            "not-a-number" => "填的不是数字。请只填数字；没有得分的填0。".to_owned(),
            "no-cached-value" | "error-value" => {
                "原表这一格的公式没有结果，没能带过来。请直接填数字。".to_owned()
            }
            "date-in-points" => "软件把它当成了日期。请删掉后重新填数字。".to_owned(),
            "too-many-decimals" => "小数位数过多。请改短；确认无误的不用改。".to_owned(),
            "over-cap" if is_counted => "超过上限，暂按上限计。请改到允许的范围内。".to_owned(),
            "over-cap" => "超过上限。请改到允许的范围内。".to_owned(),
            "negative-bonus" => {
                "加分不能是负数。要减分的请填在减分栏，这一格改填得分，没有得分的填0。".to_owned()
            }
            "points-without-cap" => {
                "这一格不设分值，不能填分。请看是否填错了行或栏，改好后把这一格清空。".to_owned()
            }
            "unattainable" => {
                "按评价要求得不出这个分值，暂按所填计。请改为允许的分值；确认无误的，请在评分说明里写明理由。"
                    .to_owned()
            }
            "excluded-by" => {
                "这一行的加分和减分不能同时有。请只保留一个；加分不要的填0，减分不要的清空。".to_owned()
            }
            "base-line-missing" => format!("{}。请核对标出的这几行；确认无误的不用改。", finding.message),
            "deduction-without-reason" => format!(
                "减了{}分，没有写理由。请在评分说明里补写。",
                finding.found
            ),
            "caps-changed" => "原表上的上限被改过，退回件已恢复。请核对这一行的分值。".to_owned(),
            "total-disagrees" => {
                "原表的总分与各行之和对不上，退回件已重新自动计算。请核对各行分值。".to_owned()
            }
            "line-missing" => "原表里找不到这一行（编号被改或整行被删）。请补填这一行。".to_owned(),
            "line-twice" => {
                "原表里这个编号出现了两次，这里带的是上面那一行的数。请核对、改对。".to_owned()
            }
            "unknown-line" => {
                "原表里这一行不在指标体系里，没有带过来。请核对它应是哪一行，把分值填到那一行。".to_owned()
            }
            "table-damaged" => format!(
                "{}，分值读不出来，没能带过来。请照您原来的表，把分值填到退回件上。",
                finding.message
            ),
            "other-form-edition" => format!(
                "您填的不是{}年{}的评价表。退回件用的是现行的表，指标可能不同，分值没有带过来，请对照评价要求逐行填写。",
                scheme.year,
                scheme.stage_name()
            ),
            "society-unknown" => self.which_society(society),
            "identity-contradiction" => self.which_of_two(finding, society),
            "wrong-group" => {
                format!("与名单不一致。退回件已按名单改为{}，不用再改；如有不同意见请在回信中说明。", finding.allowed)
            }
            "reviewer-missing" => "请填评价人姓名。".to_owned(),
            "unit-missing" => "请填评价人单位全称，以便判断是否应当回避。".to_owned(),
            "membership-missing" => "请从列表里选“是”或“否”。".to_owned(),
            "not-a-member" => format!(
                "评价人须是中共党员{}。填错了的请改正；名单登记有误的请在回信中说明；确不是党员的，请另请党员评价，并改填其姓名、单位。",
                Basis::cite(scheme.basis.membership.as_deref())
            ),
            "reviewer-unlisted" => {
                "评价人名单里没有这一位（按姓名和单位对照）。请核对姓名、单位是否写对；确是评价人的，请在回信中说明，以便补入名单。"
                    .to_owned()
            }
            "recusal-unclear" if self.form.cell(Field::Recusal).is_none() => {
                "原表里找不到这一栏，暂按“无”处理。请从列表里选“无”或“有”。".to_owned()
            }
            "recusal-unclear" => "看不明白，暂按“无”处理。请从列表里选“无”或“有”。".to_owned(),
            "date-missing" => format!("请补填评价日期，样式如{example}。"),
            "date-unreadable" => format!("看不出是哪一天。请写成{example}这样的日期。"),
            "outside-stage" => {
                "不在评价阶段之内。填错了的请改正；确是这一天的不用改，请在回信中说明。".to_owned()
            }
            "conflicting-versions" => {
                "您就这个学会交来内容不同的几份，按评价日期分不出以哪份为准，都暂不计分。请确认后，只发回要用的那一份的退回件。"
                    .to_owned()
            }
            "same-lines-as-another-society" => {
                "各行分值与您给另一个学会填的完全相同。请核实是否复制后忘了修改；确实相同的不用改。".to_owned()
            }
            _ => format!("{}。{}。", finding.message, finding.next),
        }
    }

    fn which_society(&self, society: &str) -> String {
        if !society.is_empty() {
            return format!(
                "名单里没有这个名称，退回件已按表单编号改为“{society}”。如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。"
            );
        }
        let written = self.form.text(Field::Society);
        let nearest = self.standings.ground.roster.nearest(written);
        let nearest = if nearest.is_empty() {
            String::new()
        } else {
            format!("，最接近的是“{}”", nearest.join("”“"))
        };
        format!("名单里没有这个学会{nearest}。请用所评学会的本年度空白表重填后发回。")
    }

    fn which_of_two(&self, finding: &Finding, society: &str) -> String {
        let by_id = self.form.id.as_ref().map(|id| id.value.society.as_str());
        if by_id == Some(finding.allowed.as_str()) {
            return format!(
                "表内学会名称与表单编号不一致，像是在另一个学会的表上改了名称。退回件是“{society}”的新表，分值照您填的带过来：请逐格核对后发回。如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。"
            );
        }
        format!(
            "表内是“{society}”，文件名上却是另一个学会。评的是“{society}”的，请逐格核对后发回；评的是文件名上的学会的，请不要用退回件，另用该学会的空白表填写。"
        )
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
