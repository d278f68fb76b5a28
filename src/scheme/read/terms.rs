//! Caps, classes, vetoes and quotas.

use std::collections::BTreeSet;

use super::policies::AGGREGATIONS;
use super::structure::is_whole;
use super::{reference, unique, word};
use crate::model::{Keyed, LineId, Points};
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
            other => root.fault(
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

/// `[[caps]]`: groups of lines, each within one part, no line in two of them.
pub(super) fn caps(
    root: &Table<'_, '_>,
    lines: &Keyed<LineId, Line>,
    dimensions: &[Dimension],
) -> Vec<Cap> {
    let is_whole = is_whole(root, "lines", lines.len());
    let mut caps: Vec<Cap> = Vec::new();
    for table in root.tables("caps") {
        let name = table.required("name", table.text("name"));
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
            let line = reference(&table, ("评分行", is_whole), code, known);
            let Some(line) = line.map(LineId::at) else {
                continue;
            };
            if of.contains(&line) || caps.iter().any(|cap| cap.lines.contains(&line)) {
                let message = format!("评分行“{}”已在一组上限中", code.value);
                table.fault_beside_others(code.line, message);
            }
            of.push(line);
        }
        let first = of.first().map(|line| lines[*line].part);
        if of.iter().any(|line| Some(lines[*line].part) != first) {
            table.fault_beside_others(codes.line, "一组上限的各行须在同一部分");
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
            table.fault_beside_others(codes.line, message);
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
        let name = table.required("name", table.text("name"));
        let percent = table.required("percent", table.points("percent"));
        let aggregation = word(&table, "aggregation", &AGGREGATIONS);
        table.finish();
        if let (Some(name), Some(percent)) = (name, percent) {
            unique(&table, &mut seen, "评价人类别", &name);
            if percent.value.is_zero() {
                table.fault(percent.line, "percent 必须大于0");
            }
            classes.push(ReviewerClass {
                name: name.value,
                percent: percent.value,
                aggregation,
            });
        }
    }
    let sum: Points = classes.iter().map(|class| class.percent).sum();
    if !classes.is_empty() && sum != Points::whole(100) {
        let message = format!("各类评价人的权重合计应为100%，现为{sum}%");
        let first = root.tables("reviewer_classes");
        root.fault_beside_others(first.first().map_or(root.line, |table| table.line), message);
    }
    classes
}

/// `[[classes]]` of what is evaluated.
pub(super) fn classes(root: &Table<'_, '_>) -> Vec<ObjectClass> {
    let mut seen = BTreeSet::new();
    let mut classes = Vec::new();
    for table in root.tables("classes") {
        let name = table.required("name", table.text("name"));
        let bonus = table.required("bonus", table.points("bonus"));
        table.finish();
        if let (Some(name), Some(bonus)) = (name, bonus) {
            unique(&table, &mut seen, "类别", &name);
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
    for (index, class) in classes.iter().enumerate() {
        let of_class = lines.iter().filter(|line| line.class == Some(index));
        let sum: Points = of_class.map(|line| line.bonus.cap).sum();
        if sum != class.bonus {
            let message = format!(
                "类别“{}”加分写的是{}，各行加起来是{sum}",
                class.name, class.bonus
            );
            let line = tables.get(index).map_or(root.line, |table| table.line);
            root.fault_beside_others(line, message);
        }
    }
}

/// `[[vetoes]]`: 一票否决.
pub(super) fn vetoes(root: &Table<'_, '_>, grades: &[Grade]) -> Vec<Veto> {
    let mut seen = BTreeSet::new();
    let mut vetoes = Vec::new();
    for table in root.tables("vetoes") {
        let name = table.required("name", table.text("name"));
        let words = [
            ("not-ranked", Effect::NotRanked),
            ("no-grade", Effect::NoGrade),
        ];
        let known: Vec<(&str, usize)> = vec![("not-ranked", 0), ("no-grade", 1)];
        let effect = word(&table, "effect", &known).map(|one| words[one].1.clone());
        let written = table.text("at_most");
        // A grade that there is not is told as such.
        let is_told = written.is_some();
        let at_most = written
            .and_then(|written| grade(&table, &written, grades))
            .map(Effect::AtMost);
        table.finish();
        let ((Some(effect), None) | (None, Some(effect))) = (effect, at_most) else {
            if !is_told {
                table.fault(
                    table.line,
                    "[[vetoes]] 须写明 effect（not-ranked 不列入名次，no-grade 不评等次）或 at_most（最高等次）之一",
                );
            }
            continue;
        };
        if let Some(name) = name {
            unique(&table, &mut seen, "一票否决项", &name);
            vetoes.push(Veto {
                name: name.value,
                effect,
            });
        }
    }
    vetoes
}

/// `[[quotas]]`: at most one for a grade; those beyond go to the next grade down.
pub(super) fn quotas(root: &Table<'_, '_>, grades: &[Grade]) -> Vec<Quota> {
    let mut quotas: Vec<Quota> = Vec::new();
    for table in root.tables("quotas") {
        let of = table.required("grade", table.text("grade"));
        let (percent, count) = (table.points("percent"), table.count("count"));
        let down_to = table.text("down_to");
        table.finish();
        let Some(of) = of.and_then(|written| grade(&table, &written, grades)) else {
            continue;
        };
        let places = match (percent, count) {
            (Some(percent), None) if percent.value <= Points::whole(100) => {
                Places::Percent(percent.value)
            }
            (None, Some(count)) => Places::Count(count.value),
            _ => {
                table.fault(
                    table.line,
                    "[[quotas]] 须写明 percent（不超过100）或 count 之一",
                );
                continue;
            }
        };
        let next = match down_to {
            Some(written) => grade(&table, &written, grades),
            None => below(grades, of),
        };
        let Some(down_to) = next.filter(|next| grades[*next].from < grades[of].from) else {
            table.fault(
                table.line,
                format!("等次“{}”之下没有可以降到的等次", grades[of].name),
            );
            continue;
        };
        if quotas.iter().any(|quota| quota.grade == of) {
            let message = format!("等次“{}”已有名额", grades[of].name);
            table.fault(table.line, message);
        }
        quotas.push(Quota {
            grade: of,
            places,
            down_to,
        });
    }
    // Who goes down from a better grade may fill the next one: best first.
    quotas.sort_by_key(|quota| std::cmp::Reverse(grades[quota.grade].from));
    quotas
}

fn grade(table: &Table<'_, '_>, written: &At<String>, grades: &[Grade]) -> Option<usize> {
    let names = grades.iter().map(|grade| grade.name.as_str());
    reference(table, ("等次", true), written, names)
}

/// The best grade below another.
fn below(grades: &[Grade], grade: usize) -> Option<usize> {
    (0..grades.len())
        .filter(|one| grades[*one].to < grades[grade].from)
        .max_by_key(|one| grades[*one].to)
}
