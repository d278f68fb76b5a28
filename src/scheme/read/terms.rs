//! Caps, classes, vetoes and quotas.

use std::collections::BTreeSet;

use super::policies::AGGREGATIONS;
use super::{Level, listed, reference, unique, word};
use crate::model::{Exact, Keyed, LineId, Points, Weight};
use crate::scheme::reader::{At, Table};
use crate::scheme::{
    Asks, Cap, Dimension, Effect, Grade, Line, ObjectClass, Places, Quota, ReviewerClass, Veto,
};

/// `asks`: what a form asks about its reviewer; everything where the scheme does not say.
pub(super) fn asks(root: &Table<'_, '_>) -> Asks {
    let Some(written) = root.texts("asks") else {
        return Asks::default();
    };
    let mut asks = Asks {
        membership: false,
        recusal: false,
        groups: false,
        eligibility: false,
    };
    for word in written.value {
        match word.value.as_str() {
            "membership" => asks.membership = true,
            "recusal" => asks.recusal = true,
            "groups" => asks.groups = true,
            "eligibility" => asks.eligibility = true,
            other => root.wrong(
                word.line,
                format!(
                    "asks 不能有“{other}”，可用：membership（是否中共党员）、recusal（有无应回避情形）、groups（对口分组）、eligibility（受理条件）"
                ),
            ),
        }
    }
    asks
}

/// `[total]`: the most a total can be.
pub(super) fn total_at_most(root: &Table<'_, '_>) -> Option<Points> {
    let table = root.table("total")?;
    let most = table.required("at_most", table.points("at_most"));
    table.finish();
    most.map(|most| most.value)
}

/// Where the place of a line is written.
const LEVELS: [&str; 4] = ["parts", "dimensions", "indicators", "lines"];

/// `[[caps]]`: groups of lines, each within one part, no line in two of them.
pub(super) fn caps(
    root: &Table<'_, '_>,
    lines: &Keyed<LineId, Line>,
    dimensions: &[Dimension],
) -> Vec<Cap> {
    let level = Level::of(root, "lines", "评分行", lines.len());
    let mut caps: Vec<Cap> = Vec::new();
    for table in root.tables("caps") {
        let name = table.required_text("name");
        let codes = table.required("lines", table.texts("lines"));
        let at_most = table.required("at_most", table.points("at_most"));
        table.finish();
        let (Some(name), Some(codes), Some(at_most)) = (name, codes, at_most) else {
            continue;
        };
        if lines.iter().any(|line| line.class.is_some()) {
            table.fault(table.line, "分类的方案中不能写 [[caps]]");
            continue;
        }
        let mut of: Vec<LineId> = Vec::new();
        for code in &codes.value {
            let known = lines.iter().map(|line| line.code.as_str());
            let line = reference(&table, level, code, known);
            let Some(line) = line.map(LineId::at) else {
                continue;
            };
            if of.contains(&line) || caps.iter().any(|cap| cap.lines.contains(&line)) {
                let message = format!("评分行“{}”已在一组上限中", code.value);
                table.fault_beside_others(code.line, message, Vec::new());
            }
            of.push(line);
        }
        if codes.value.is_empty() {
            let message = "[[caps]] 的 lines 不能是空的，请写明哪些评分行合起来封顶";
            table.wrong(codes.line, message);
        }
        let first = of.first().map(|line| lines[*line].part);
        if of.iter().any(|line| Some(lines[*line].part) != first) {
            let message = "一组上限的各行（lines）须在同一部分";
            table.fault_beside_others(codes.line, message, root.spans(&LEVELS));
        }
        // Taken together such caps have no order in which they hold: what one takes the other would take again.
        let spans = |dimension: usize| of.iter().any(|line| lines[*line].dimension == dimension);
        let spanned = || (0..dimensions.len()).filter(|dimension| spans(*dimension));
        let within = spanned().find(|dimension| dimensions[*dimension].at_most.is_some());
        if let (true, Some(within)) = (spanned().count() > 1, within) {
            let message = format!(
                "这一组上限的各行不在同一个一级指标，其中“{}”又另有上限（at_most），两个上限互相交叠，无法先后封顶；请去掉其中一个，或把这一组限在一个一级指标之内",
                dimensions[within].title
            );
            table.fault_beside_others(codes.line, message, root.spans(&LEVELS));
        }
        caps.push(Cap {
            name: name.value,
            lines: of,
            at_most: at_most.value,
        });
    }
    caps
}

/// `[[reviewer_classes]]`: who weighs what.
pub(super) fn reviewer_classes(root: &Table<'_, '_>) -> Vec<ReviewerClass> {
    let mut seen = BTreeSet::new();
    let mut classes: Vec<ReviewerClass> = Vec::new();
    for table in root.tables("reviewer_classes") {
        let name = table.required_text("name");
        let percent = table.required("percent", table.weight("percent"));
        let aggregation = word(&table, "aggregation", &AGGREGATIONS);
        table.finish();
        if let (Some(name), Some(percent)) = (name, percent) {
            unique(&table, &mut seen, "评价人类别", &name);
            listed(&table, "name", &name);
            if percent.value.is_zero() {
                table.wrong(percent.line, "percent 必须大于0");
            }
            classes.push(ReviewerClass {
                name: name.value,
                percent: percent.value,
                aggregation,
            });
        }
    }
    let sum: Exact = classes.iter().map(|class| class.percent.share()).sum();
    if !classes.is_empty() && sum != Exact::from(Points::whole(1)) {
        let message = format!(
            "各类评价人的权重（percent）合计应为100%，现为{}；除不尽的可以写分数，如 \"1/3\"",
            Weight::sum_of(&sum)
        );
        let tables = root.tables("reviewer_classes");
        let line = tables.first().map_or(root.line, |table| table.line);
        root.fault_beside_others(line, message, root.spans(&["reviewer_classes"]));
    }
    classes
}

/// `[[classes]]` of what is evaluated.
pub(super) fn classes(root: &Table<'_, '_>) -> Vec<ObjectClass> {
    let mut seen = BTreeSet::new();
    let mut classes = Vec::new();
    for table in root.tables("classes") {
        let name = table.required_text("name");
        let bonus = table.required("bonus", table.points("bonus"));
        table.finish();
        if let (Some(name), Some(bonus)) = (name, bonus) {
            unique(&table, &mut seen, "类别", &name);
            listed(&table, "name", &name);
            classes.push(ObjectClass {
                name: name.value,
                bonus: bonus.value,
            });
        }
    }
    classes
}

/// What each class declares, held against its lines.
pub(super) fn class_sums(root: &Table<'_, '_>, classes: &[ObjectClass], lines: &[Line]) {
    let tables = root.tables("classes");
    let is_whole = super::structure::is_whole(root, "lines", lines.len()) && !lines.is_empty();
    for (index, class) in classes.iter().enumerate() {
        let of_class = lines.iter().filter(|line| line.class == Some(index));
        let sum: Points = of_class.map(|line| line.bonus.cap).sum();
        if sum != class.bonus && is_whole {
            let message = format!(
                "类别“{}”的 bonus（加分）写的是{}，各行加起来是{sum}",
                class.name, class.bonus
            );
            let line = tables.get(index).map_or(root.line, |table| table.line);
            root.fault_beside_others(line, message, root.spans(&["classes", "lines"]));
        }
    }
}

/// `[[vetoes]]`: 一票否决.
pub(super) fn vetoes(root: &Table<'_, '_>, grades: &[Grade]) -> Vec<Veto> {
    let level = Level::of(root, "grades", "等次", grades.len());
    let mut seen = BTreeSet::new();
    let mut vetoes = Vec::new();
    for table in root.tables("vetoes") {
        let name = table.required_text("name");
        let words = [
            ("not-ranked", Effect::NotRanked),
            ("no-grade", Effect::NoGrade),
        ];
        let known: Vec<(&str, usize)> = vec![("not-ranked", 0), ("no-grade", 1)];
        let effect = word(&table, "effect", &known).map(|one| words[one].1.clone());
        let at_most = table.text("at_most");
        table.finish();
        if table.has("effect") == table.has("at_most") {
            table.fault(
                table.line,
                "[[vetoes]] 须写明 effect（not-ranked 不列入名次，no-grade 不评等次）或 at_most（最高等次）之一",
            );
            continue;
        }
        // A grade that there is not is told as such.
        let at_most = at_most.and_then(|written| grade(&table, level, &written, grades));
        let (Some(name), Some(effect)) = (name, effect.or(at_most.map(Effect::AtMost))) else {
            continue;
        };
        // Whoever has no grade has no star: that would have to be none of a grade's.
        let from_none = grades.iter().find(|grade| grade.from == 0);
        if let (Effect::NoGrade, Some(from_none), true) = (&effect, from_none, root.has("stars")) {
            let message = format!(
                "一票否决“{}”是 no-grade（不评等次），而等次“{}”从0星起，没有星级也评得上；请把它的 from 改为1，或把 effect 改为 at_most",
                name.value, from_none.name
            );
            table.fault_beside_others(table.line, message, root.spans(&["grades", "stars"]));
        }
        unique(&table, &mut seen, "一票否决项", &name);
        vetoes.push(Veto {
            name: name.value,
            effect,
        });
    }
    vetoes
}

/// `[[quotas]]`: at most one for a grade; those beyond go to the next grade down, or have none where it is the lowest.
pub(super) fn quotas(root: &Table<'_, '_>, grades: &[Grade]) -> Vec<Quota> {
    let level = Level::of(root, "grades", "等次", grades.len());
    let mut quotas: Vec<Quota> = Vec::new();
    for table in root.tables("quotas") {
        let of = table.required_text("grade");
        let (percent, count) = (table.points("percent"), table.count("count"));
        let down_to = table.text("down_to");
        table.finish();
        let places = match (percent, count) {
            (Some(percent), None) if percent.value <= Points::whole(100) => {
                Some(Places::Percent(percent.value))
            }
            (None, Some(count)) => Some(Places::Count(count.value)),
            _ => {
                table.fault(
                    table.line,
                    "[[quotas]] 须写明 percent（不超过100）或 count 之一",
                );
                None
            }
        };
        let Some(of) = of.and_then(|written| grade(&table, level, &written, grades)) else {
            continue;
        };
        let next = match &down_to {
            // A grade that there is not is told as such.
            Some(written) => match grade(&table, level, written, grades) {
                Some(next) => Some(next),
                None => continue,
            },
            None => below(grades, of),
        };
        // Where no grade is below, those beyond have none; but a star has to be below to be had.
        let has_room = match next {
            Some(next) => grades[next].from < grades[of].from,
            None => grades[of].from > 0 || !root.has("stars"),
        };
        if !has_room {
            let message = format!(
                "等次“{}”有名额，而{}；名额以外的须降到比它低的等次",
                grades[of].name,
                match next {
                    Some(next) => format!("down_to 写的“{}”不比它低", grades[next].name),
                    None => "它从0星起，没有更低的".to_owned(),
                }
            );
            table.fault_beside_others(table.line, message, root.spans(&["grades", "stars"]));
            continue;
        }
        if quotas.iter().any(|quota| quota.grade == of) {
            let message = format!("等次“{}”已有名额", grades[of].name);
            table.fault(table.line, message);
        }
        quotas.extend(places.map(|places| Quota {
            grade: of,
            places,
            down_to: next,
        }));
    }
    // Who goes down from a better grade may fill the next one: best first.
    quotas.sort_by_key(|quota| std::cmp::Reverse(grades[quota.grade].from));
    quotas
}

fn grade(
    table: &Table<'_, '_>,
    level: Level<'_>,
    written: &At<String>,
    grades: &[Grade],
) -> Option<usize> {
    let names = grades.iter().map(|grade| grade.name.as_str());
    reference(table, level, written, names)
}

/// The best grade below another.
fn below(grades: &[Grade], grade: usize) -> Option<usize> {
    (0..grades.len())
        .filter(|one| grades[*one].to < grades[grade].from)
        .max_by_key(|one| grades[*one].to)
}
