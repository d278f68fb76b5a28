//! From `self.toml` to the items of a scheme: every fault at once, each with its line. Every criterion that is not at
//! discretion must have its item, and no criterion two.

use super::kinds::{choices, required, tiers, unit};
use super::lacking::lacking;
use super::{Answer, Holds, Item, Met, SelfAssessment, Source, clauses, full};
use crate::model::{LineId, Points, fold};
use crate::scheme::read::{Level, document, reference, word};
use crate::scheme::reader::{At, Table};
use crate::scheme::{Fault, Rule, Scheme};

/// Reads what the societies of a scheme fill in about themselves.
///
/// # Errors
/// Every fault of the file, in the order of its lines: syntax, unknown or missing keys, references that meet nothing,
/// criteria without an item or with two, rules that an item cannot tell about.
pub fn read(source: &str, scheme: &Scheme) -> Result<SelfAssessment, Vec<Fault>> {
    document(source, |root| whole(root, scheme))
}

/// The items of a file, with every fault told to it.
pub(in crate::scheme) fn whole(root: &Table<'_, '_>, scheme: &Scheme) -> Option<SelfAssessment> {
    let stage = root.required_text("stage").and_then(|id| {
        let stages = scheme.stages.iter().map(|stage| stage.id.as_str());
        let stage = reference(root, Level::known("阶段"), &id, stages)?;
        if stage == scheme.form_stage {
            let message = "stage 不能与评价表的阶段相同，否则分不清自评表和评价表";
            root.fault(id.line, message);
        }
        Some(stage)
    });
    let title = root.required_text("title");
    if !scheme.classes.is_empty() || scheme.has_values() {
        let message = "分类的方案、填数量或等级（value）的方案还不能按事项算自评，请删去 self.toml，自评另行报送";
        root.fault(1, message);
    }
    let mut draft = Draft {
        scheme,
        items: Vec::new(),
        sources: Vec::new(),
        line: LineId::at(0),
        is_whole: true,
        asked: Vec::new(),
    };
    for table in root.tables("items") {
        draft.item(&table);
        table.finish();
    }
    // What follows from a slip of the pen is no fault of its own.
    if draft.items.is_empty() && draft.is_whole && root.is_list_of_tables("items") {
        let message = "一个事项也没有；事项写在 [[items]] 中，一项一节";
        root.fault_beside_others(root.line, message, Vec::new());
    } else if draft.is_whole {
        lacking(root, scheme, &draft.sources);
    }
    let mut read = SelfAssessment {
        stage: stage?,
        title: title?.value,
        items: draft.items,
        sources: draft.sources,
    };
    read.number(scheme);
    Some(read)
}

/// What has been read so far.
struct Draft<'s> {
    scheme: &'s Scheme,
    items: Vec<Item>,
    sources: Vec<Source>,
    /// The line of the item before, which the items must follow.
    line: LineId,
    /// Every item so far tells about what it names.
    is_whole: bool,
    /// The questions so far, and where they stand.
    asked: Vec<(String, usize)>,
}

/// A criterion, or a clause of one, that a key names.
struct Target<'s> {
    line: LineId,
    takes: bool,
    criterion: usize,
    clause: Option<usize>,
    rule: &'s Rule,
}

impl<'s> Draft<'s> {
    /// One `[[items]]`, with what it makes apply.
    fn item(&mut self, table: &Table<'_, '_>) {
        let kinds = [
            ("yes-no", Kind::YesNo),
            ("count", Kind::Count),
            ("percent", Kind::Percent),
            ("choice", Kind::Choice),
            ("numbers", Kind::Numbers),
        ];
        let asks = table.required_text("ask");
        if let Some(asks) = &asks {
            // Two questions alike cannot be told apart where they are named.
            let known = self
                .asked
                .iter()
                .find(|(known, _)| *known == fold(&asks.value));
            if let Some((_, line)) = known {
                let message = format!("ask 与第{line}行的相同，请写明两个事项的区别");
                table.wrong(asks.line, message);
            }
            self.asked.push((fold(&asks.value), asks.line));
        }
        let kind = word(table, "kind", &kinds);
        if kind.is_none() && table.text("kind").is_none() {
            table.fault(table.line, "[[items]] 缺少 kind");
        }
        let (Some(asks), Some(kind)) = (asks, kind) else {
            table.excuse();
            self.is_whole = false;
            return;
        };
        // The clause is meant for whatever the item makes apply.
        let clause = table.count("clause").map(|clause| clause.value);
        let item = self.items.len();
        let mut holds = vec![(asks.value, Holds::YesNo)];
        let made: Vec<(At<String>, Met)> = match kind {
            Kind::YesNo => {
                let (yes, no) = (table.text("yes"), table.text("no"));
                if yes.is_none() && no.is_none() {
                    table.fault(
                        table.line,
                        "yes-no 须写明 yes 或 no：填“是”或填“否”为哪个要点",
                    );
                }
                let yes = yes.map(|id| (id, Met::Is(item, Answer::YesNo(true))));
                let no = no.map(|id| (id, Met::Is(item, Answer::YesNo(false))));
                yes.into_iter().chain(no).collect()
            }
            Kind::Count => {
                holds[0].1 = Holds::Count(unit(table));
                let gives = table.required_text("gives");
                gives.map(|id| (id, Met::Times(item))).into_iter().collect()
            }
            Kind::Percent => {
                holds[0].1 = Holds::Percent;
                tiers(table, item)
            }
            Kind::Choice => {
                let (names, made) = choices(table, item);
                holds[0].1 = Holds::Choice(names);
                made
            }
            Kind::Numbers => {
                let unit = unit(table);
                holds[0].1 = Holds::Count(unit.clone());
                let and = table.required_text("and");
                holds.extend(and.map(|and| (and.value, Holds::Count(unit))));
                let lacks = table.required_text("lacks");
                let required = required(table);
                let met = Met::Lacks(item, item + 1, required);
                lacks.map(|id| (id, met)).into_iter().collect()
            }
        };
        let mut line = None;
        let mut given = Vec::new();
        for (id, met) in made {
            let Some(target) = self.target(table, &id, clause) else {
                self.is_whole = false;
                continue;
            };
            if line.is_some_and(|line| line != target.line) {
                table.fault(id.line, "一个事项只能用于一个评分行的要点");
            }
            line = Some(target.line);
            given.extend(target.given(&met).into_iter().map(|given| (id.line, given)));
            self.source(table, &id, &target, met);
        }
        more_gives_no_less(table, &given);
        let Some(line) = line else {
            self.is_whole = false;
            return;
        };
        if line < self.line {
            table.fault(table.line, "事项须按评分行的次序排列");
        }
        self.line = line;
        for (asks, holds) in holds {
            self.items.push(Item {
                code: String::new(),
                line,
                asks,
                holds,
            });
        }
    }

    /// What an id, and the number of a clause, name.
    fn target(
        &self,
        table: &Table<'_, '_>,
        id: &At<String>,
        clause: Option<u32>,
    ) -> Option<Target<'s>> {
        let found = self.scheme.lines.entries().find_map(|(line, one)| {
            [(&one.bonus, false), (&one.deduction, true)]
                .into_iter()
                .find_map(|(side, takes)| {
                    let mut criteria = side.criteria.iter();
                    let at = criteria.position(|criterion| criterion.id == id.value)?;
                    Some((line, takes, at, &side.criteria[at].rule))
                })
        });
        let Some((line, takes, criterion, rule)) = found else {
            table.fault(id.line, format!("没有编号为“{}”的评分要点", id.value));
            return None;
        };
        let target = |clause, rule| Target {
            line,
            takes,
            criterion,
            clause,
            rule,
        };
        match (clauses(rule), clause) {
            (None, None) => Some(target(None, rule)),
            (Some((_, of)), Some(number)) => {
                let at = usize::try_from(number).ok()?.checked_sub(1);
                let Some((at, one)) = at.and_then(|at| Some((at, of.get(at)?))) else {
                    let message = format!("“{}”只有{}条，clause 从1数起", id.value, of.len());
                    table.fault(id.line, message);
                    return None;
                };
                Some(target(Some(at), &one.rule))
            }
            (Some(_), None) => {
                table.fault(
                    id.line,
                    format!("“{}”分几条，请用 clause 写明第几条", id.value),
                );
                None
            }
            (None, Some(_)) => {
                table.fault(id.line, format!("“{}”不分条，不能写 clause", id.value));
                None
            }
        }
    }

    /// Notes when a criterion applies, where its rule can be told so.
    fn source(&mut self, table: &Table<'_, '_>, id: &At<String>, target: &Target<'_>, met: Met) {
        let fits = match (&met, target.rule) {
            (_, Rule::Range { .. }) => {
                let message = format!("“{}”酌情给分，不能由事项算出", id.value);
                table.fault(id.line, message);
                return;
            }
            (Met::Times(_), Rule::PerCount { .. } | Rule::Tiers { .. }) => true,
            (Met::Times(_), _) => false,
            (_, Rule::Points { .. }) => true,
            _ => false,
        };
        if !fits {
            let message = format!(
                "“{}”与这种事项不配：按次、按档的要点用 count，其余（points）不用",
                id.value
            );
            table.fault(id.line, message);
        }
        let key = |one: &Source| (one.line, one.takes, one.criterion, one.clause);
        let source = Source {
            line: target.line,
            takes: target.takes,
            criterion: target.criterion,
            clause: target.clause,
            met,
        };
        if self.sources.iter().any(|one| key(one) == key(&source)) {
            table.fault(id.line, format!("“{}”已有事项", id.value));
            self.is_whole = false;
        }
        self.sources.push(source);
    }
}

impl Target<'_> {
    /// What is given from which number on, as far as it goes by numbers.
    fn given(&self, met: &Met) -> Vec<Given> {
        let given = |from: Points, points: Points| Given {
            from,
            points,
            takes: self.takes,
        };
        match (met, self.rule) {
            (Met::Within(_, from, _), rule) => vec![given(from.at, full(rule))],
            (Met::Times(_), Rule::Tiers { tiers }) => {
                let tiers = tiers.iter();
                tiers
                    .map(|tier| given(tier.at_least, tier.points))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What a number gives or takes from where on.
struct Given {
    from: Points,
    points: Points,
    takes: bool,
}

impl Given {
    fn net(&self) -> Points {
        if self.takes {
            -self.points
        } else {
            self.points
        }
    }

    fn said(&self) -> String {
        let side = if self.takes { "减" } else { "加" };
        format!("{}起{side}{}分", self.from, self.points)
    }
}

/// More of what earns points never gives less: of what only takes points nobody wants more.
fn more_gives_no_less(table: &Table<'_, '_>, given: &[(usize, Given)]) {
    if given.iter().all(|(_, given)| given.takes) {
        return;
    }
    let mut before: Option<&Given> = None;
    for (line, given) in given {
        let least = before.map_or(Points::ZERO, Given::net);
        if given.net() < least {
            let said = before.map_or_else(|| "一点没有不加不减".to_owned(), Given::said);
            let message = format!(
                "填得多的分反而少：{said}，而{}；请调换各档（tiers）所给的要点，或核对 scheme.toml 中的分值",
                given.said()
            );
            table.wrong(*line, message);
            return;
        }
        before = Some(given);
    }
}

#[derive(Clone, Copy)]
enum Kind {
    YesNo,
    Count,
    Percent,
    Choice,
    Numbers,
}

impl SelfAssessment {
    /// Numbers the items within their lines: `3.1-a`, `3.1-b`.
    fn number(&mut self, scheme: &Scheme) {
        let mut last = None;
        let mut letters = 'a'..='z';
        for item in &mut self.items {
            if last != Some(item.line) {
                last = Some(item.line);
                letters = 'a'..='z';
            }
            let letter = letters.next().unwrap_or('z');
            item.code = format!("{}-{letter}", scheme.lines[item.line].code);
        }
    }
}
