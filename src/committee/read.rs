//! From a filled 审议表 to a decision: every fault at once, each with its cell. With one fault nothing is decided.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::level::Heads;
use super::meeting::meeting;
use super::recommended::{Recommendation, recommended};
use super::{Award, Decided, Decision, Level, Meeting, Opinion, SCHEMA, column, printed};
use crate::ground::Ground;
use crate::intake::{Sheet, Value};
use crate::model::{Points, SocietyId, fold};
use crate::outcome::{Edition, Outcome, Society};
use crate::report::data::json::TOOL;
use crate::report::kit::words::{subject, subject_head};
use crate::roster::list::{Faults, List};

/// Reads the sheet that was made from `outcome`. `earlier` is the decision whose pending societies it completes.
///
/// # Errors
/// Every row that cannot be decided, with its cell, what was found and what is allowed.
pub fn read(
    ground: &Ground,
    outcome: &Outcome,
    earlier: Option<&Decided>,
    sheets: &[Sheet],
) -> Result<Decided, Faults> {
    let mut faults = Faults::new();
    edition(outcome, &mut faults);
    let meeting = meeting(ground, outcome, earlier, sheets, &mut faults);
    let recommended = recommended(ground, sheets, &mut faults);
    let head = subject_head(&ground.scheme);
    let level = Level::of(&ground.scheme);
    let heads = level.heads();
    let mut known = vec![
        head.as_str(),
        column::OPINION,
        column::TOTAL,
        column::REASON,
    ];
    known.extend(
        heads
            .into_iter()
            .flat_map(|heads| [heads.decided, heads.computed]),
    );
    let required = known.len();
    known.extend([column::VISIT, column::FEEDBACK, column::VOTES]);
    known.extend(printed::columns(ground));
    known.extend(heads.map(|heads| heads.recommended));
    let mut decided: BTreeMap<String, Decision> = BTreeMap::new();
    if let Some(list) = List::find(sheets, &known, required, &mut faults) {
        let mut own = Faults::new();
        let table = Table {
            ground,
            day: meeting.as_ref().map(|meeting| meeting.day),
            list: &list,
            head: &head,
            heads,
            recommended: &recommended,
        };
        let mut seen = BTreeSet::new();
        for row in list.rows() {
            // The block to sign below the table has nothing in these columns.
            if list.text(row, &head).is_empty() && list.text(row, column::OPINION).is_empty() {
                continue;
            }
            let Some(society) = table.society(outcome, earlier, row, &mut own) else {
                continue;
            };
            if !seen.insert(society.name.clone()) {
                let message = format!("“{}”出现了两次，只能有一行", society.name);
                list.fault(&mut own, row, &head, &message);
                continue;
            }
            if let Some(decision) = table.decision(society, row, &mut own) {
                decided.insert(society.name.clone(), decision);
            }
        }
        faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
        faults.extend(missing(ground, &due(outcome, earlier), &seen));
    }
    match meeting {
        Some(meeting) if faults.is_empty() => Ok(complete(outcome, earlier, meeting, &decided)),
        _ => Err(faults),
    }
}

/// That rows are missing: one sentence, however many.
fn missing(ground: &Ground, due: &[&Society], seen: &BTreeSet<String>) -> Option<String> {
    /// More than this are counted.
    const NAMED: usize = 5;
    let missing: Vec<String> = due
        .iter()
        .filter(|one| !seen.contains(&one.name))
        .map(|one| format!("“{}”", subject(&ground.scheme, &one.name)))
        .collect();
    let named = missing[..missing.len().min(NAMED)].join("、");
    let object = ground.scheme.object();
    match missing.len() {
        0 => None,
        1 => Some(format!("缺少{named}这一行，参加审议的{object}一个也不能少")),
        count => {
            let and = if count > NAMED { "等" } else { "" };
            Some(format!(
                "缺少{named}{and}{count}行，参加审议的{object}一个也不能少；只补审上次暂缓的，要加 --decided 上次的审定目录"
            ))
        }
    }
}

/// The societies that a sheet deliberates on: all that are ranked, or those left pending.
#[must_use]
pub fn due<'o>(outcome: &'o Outcome, earlier: Option<&Decided>) -> Vec<&'o Society> {
    let is_due = |name: &str| {
        earlier.is_none_or(|earlier| {
            let mut pending = earlier.societies.iter().filter(|one| one.is_pending());
            pending.any(|one| one.name == name)
        })
    };
    let ranked = outcome.ranked().into_iter();
    ranked.filter(|one| is_due(&one.name)).collect()
}

/// Nothing is decided on what is not final.
fn edition(outcome: &Outcome, faults: &mut Faults) {
    if outcome.results.state != Edition::Final {
        let open = if outcome.results.open.is_empty() {
            "请用 consolidate --final 出正式稿".to_owned()
        } else {
            format!("还有未了事项：{}", outcome.results.open.join("；"))
        };
        faults.push(format!("依据的结果不是正式稿，不能据以审定；{open}"));
    }
    for society in &outcome.results.societies {
        if society.provisional {
            faults.push(format!(
                "“{}”的分数是暂定的（还有评价表待更正），不能据以审定",
                society.name
            ));
        }
    }
}

fn complete(
    outcome: &Outcome,
    earlier: Option<&Decided>,
    meeting: Meeting,
    decided: &BTreeMap<String, Decision>,
) -> Decided {
    let before = |name: &str| earlier?.societies.iter().find(|one| one.name == name);
    let societies = outcome
        .ranked()
        .into_iter()
        .filter_map(|one| {
            let now = decided.get(&one.name);
            now.or_else(|| before(&one.name)).cloned()
        })
        .collect();
    Decided {
        schema: SCHEMA,
        tool: TOOL.to_owned(),
        results: outcome.fingerprint.clone(),
        scheme: outcome.results.scheme.clone(),
        mark: outcome.results.mark.clone(),
        meeting,
        societies,
    }
}

struct Table<'t> {
    ground: &'t Ground,
    /// Of the decision; none where the sheet does not say.
    day: Option<Date>,
    list: &'t List<'t>,
    head: &'t str,
    /// Of what is decided; none where there is nothing but the opinion.
    heads: Option<Heads>,
    recommended: &'t BTreeMap<SocietyId, Recommendation>,
}

impl Table<'_> {
    /// Which society a row is about.
    fn society<'o>(
        &self,
        outcome: &'o Outcome,
        earlier: Option<&Decided>,
        row: u32,
        faults: &mut Faults,
    ) -> Option<&'o Society> {
        let written = self.list.text(row, self.head);
        let listed = self.ground.society_named(&written);
        let all = due(outcome, earlier);
        let listed = listed.map(|at| self.ground.roster.societies[at].name.as_str());
        let found = all
            .into_iter()
            .find(|one| Some(one.name.as_str()) == listed);
        if found.is_none() {
            let object = self.ground.scheme.object();
            let why = match listed {
                None => format!("名单中没有这个{object}"),
                Some(_) if earlier.is_some() => format!("不在上次暂缓的{object}之中"),
                Some(_) => "没有列入名次，不在审议之列".to_owned(),
            };
            let message = format!("“{written}”{why}，这一行不应有");
            self.list.fault(faults, row, self.head, &message);
        }
        found
    }

    fn decision(&self, society: &Society, row: u32, faults: &mut Faults) -> Option<Decision> {
        let list = self.list;
        let scheme = &self.ground.scheme;
        let total = society.total?;
        let computed = Award::of(society);
        let before = faults.len();
        // What the sheet was printed with must be what the results say.
        if points(list.value(row, column::TOTAL)) != Some(total) {
            let found = list.text(row, column::TOTAL);
            let message = format!("总分填的是“{found}”，结果中是{total}；总分不能在这里改");
            list.fault(faults, row, column::TOTAL, &message);
        }
        let opinion = list.text(row, column::OPINION);
        let known = Opinion::ALL
            .into_iter()
            .find(|one| one.label() == fold(&opinion));
        if opinion.is_empty() {
            let message = format!("审议意见没有填，这个{}还没有审定", scheme.object());
            list.fault(faults, row, column::OPINION, &message);
        } else if known.is_none() {
            let message = format!("审议意见填的是“{opinion}”，只能填同意、调整或暂缓");
            list.fault(faults, row, column::OPINION, &message);
        }
        let decided = match self.heads {
            Some(heads) => self.award(heads, row, &computed, known, faults),
            None => self.confirmed(row, &computed, known, faults),
        };
        printed::hold(self.ground, list, society, decided.as_ref(), row, faults);
        let reason = list.text(row, column::REASON);
        if matches!(known, Some(Opinion::Adjusted | Opinion::Deferred)) && reason.is_empty() {
            list.fault(faults, row, column::REASON, "调整和暂缓都要写明理由");
        }
        let of_group = self.ground.roster.society_named(&society.name);
        let of_group = of_group.and_then(|at| self.recommended.get(&at).cloned());
        let of_group = of_group.unwrap_or_default();
        let of_group = of_group.held(self.ground, list, row, faults);
        let recommended = of_group.award;
        let opinion = known.filter(|_| faults.len() == before)?;
        let (stars, grade) = decided.map_or((None, None), |one| (one.stars, one.grade));
        Some(Decision {
            name: society.name.clone(),
            group: society.group,
            class: society.class.clone(),
            total,
            rank: society.rank,
            computed_stars: computed.stars,
            computed_grade: computed.grade,
            recommended: recommended.as_ref().and_then(|one| one.stars),
            recommended_grade: recommended
                .filter(|one| one.stars.is_none())
                .map(|one| one.say()),
            recommended_reason: of_group.reason,
            visit: list.text(row, column::VISIT),
            feedback: list.text(row, column::FEEDBACK),
            votes: list.text(row, column::VOTES),
            opinion,
            reason,
            day: self.day?,
            stars,
            grade,
        })
    }

    /// The star or grade of a row, held to its opinion; none where it is put off, or does not hold.
    fn award(
        &self,
        heads: Heads,
        row: u32,
        computed: &Award,
        opinion: Option<Opinion>,
        faults: &mut Faults,
    ) -> Option<Award> {
        let (list, scheme) = (self.list, &self.ground.scheme);
        let noun = Level::of(scheme).noun();
        let found = list.text(row, heads.computed);
        let read = Award::read(scheme, &found);
        if !read.is_some_and(|read| read.is_level_with(computed)) {
            let message = format!(
                "{}填的是“{found}”，结果中是{}；改在“{}”",
                heads.computed,
                computed.say(),
                heads.decided
            );
            list.fault(faults, row, heads.computed, &message);
        }
        let written = list.text(row, heads.decided);
        let decided = Award::read(scheme, &written);
        if !written.is_empty() && decided.is_none() {
            let allowed = Level::of(scheme).allowed(scheme);
            let message = format!("{}填的是“{written}”，只能填{allowed}", heads.decided);
            list.fault(faults, row, heads.decided, &message);
        }
        let mut fault = |heading: &str, message: &str| list.fault(faults, row, heading, message);
        match (opinion?, decided) {
            (Opinion::Deferred, Some(_)) => {
                let message = format!(
                    "暂缓的不填{}；要定{noun}，审议意见请填同意或调整",
                    heads.decided
                );
                fault(heads.decided, &message);
                None
            }
            (Opinion::Deferred, None) => None,
            (Opinion::Agreed | Opinion::Adjusted, None) => {
                if written.is_empty() {
                    let object = scheme.object();
                    let message = format!("{}没有填，这个{object}还没有审定", heads.decided);
                    fault(heads.decided, &message);
                }
                None
            }
            (Opinion::Agreed, Some(other)) if !other.is_level_with(computed) => {
                let message = format!(
                    "审议意见是同意，{}却是{}，测算是{}；改了{noun}请填调整",
                    heads.decided,
                    other.say(),
                    computed.say()
                );
                fault(column::OPINION, &message);
                None
            }
            (Opinion::Adjusted, Some(same)) if same.is_level_with(computed) => {
                let message = format!(
                    "审议意见是调整，{}却与测算的{}相同；没有改请填同意",
                    heads.decided,
                    same.say()
                );
                fault(column::OPINION, &message);
                None
            }
            // A grade that a quota or a veto holds down stays so while the star does.
            (Opinion::Agreed, Some(_)) => Some(computed.clone()),
            (Opinion::Adjusted, Some(other)) => Some(other),
        }
    }

    /// The same where a scheme has neither stars nor grades: the outcome stands, or is put off.
    fn confirmed(
        &self,
        row: u32,
        computed: &Award,
        opinion: Option<Opinion>,
        faults: &mut Faults,
    ) -> Option<Award> {
        match opinion? {
            Opinion::Agreed => Some(computed.clone()),
            Opinion::Deferred => None,
            Opinion::Adjusted => {
                let message = "本方案不评星级，也不评等次，没有可调整的，只能填同意或暂缓；分数有误的请用“评分更正单”更正";
                self.list.fault(faults, row, column::OPINION, message);
                None
            }
        }
    }
}

/// Points as a sheet holds them.
fn points(value: Option<&Value>) -> Option<Points> {
    match value? {
        Value::Number(number) => Points::bounded(*number),
        other => other.written().parse().ok(),
    }
}
