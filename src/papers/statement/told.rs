//! How total and star of a society came about, in words.

use super::Known;
use crate::committee::{Award, Decision, Level};
use crate::model::{Points, day};
use crate::outcome::{HeldDown, Society};
use crate::papers::remarked::{ANNEX, More};
use crate::report::kit::policies;
use crate::scheme::Scheme;

/// How the total and what comes of it came about.
pub(super) fn notes(
    scheme: &Scheme,
    known: Known<'_>,
    society: &Society,
    reason_apart: bool,
) -> Vec<String> {
    let counted = known.outcome.forms_of(&society.name).len();
    let classes = policies::reviewer_classes(scheme);
    let classes = classes.map_or(String::new(), |(_, how)| how);
    let mut notes = vec![
        format!(
            "一、分数：计入评价表{counted}份。{}{classes}",
            policies::aggregation(scheme)
        ),
        format!("二、总分：{}", total(scheme, society)),
    ];
    notes.extend(computed(scheme, society).map(|said| format!("三、{said}")));
    let reason = |decision: &Decision| {
        if known.keeps_reason_back(society) {
            "理由提到个人或其他单位，此处不列".to_owned()
        } else if reason_apart {
            format!("理由见{ANNEX}")
        } else {
            format!("理由：{}", decision.reason.trim_end_matches('。'))
        }
    };
    let decision = known.decision(society);
    let decision = decision.map(|decision| (decision, reason(decision)));
    let last = if notes.len() > 2 { "四" } else { "三" };
    notes.push(format!("{last}、{}", decided(scheme, decision.as_ref())));
    notes
}

/// The reason of what was decided, for the annex: none where none had to be given or it is kept back.
pub(super) fn reason_apart(known: Known<'_>, society: &Society) -> Option<More> {
    let decision = known.decision(society);
    let decision = decision.filter(|one| one.is_pending() || one.is_changed())?;
    let is_kept = known.keeps_reason_back(society);
    (!is_kept).then(|| ("审定理由", decision.reason.clone()))
}

/// How the lines come to the total.
fn total(scheme: &Scheme, society: &Society) -> String {
    let printed =
        |points: Option<Points>| points.unwrap_or_default().with_decimals(scheme.precision);
    let total = printed(society.total);
    let sum = match (scheme.adds_up(), scheme.has_deductions()) {
        (true, true) => format!(
            "加分合计{}－减分合计{}＝{total}分",
            printed(society.bonus),
            printed(society.deduction)
        ),
        (true, false) => format!("各项得分之和，{total}分"),
        (false, _) => {
            let how: Vec<String> = policies::beyond_lines(scheme)
                .into_iter()
                .map(|(_, how)| how)
                .collect();
            format!("{}得{total}分", how.concat())
        }
    };
    let least = if scheme.has_deductions() {
        "；低于0分的按0分计"
    } else {
        ""
    };
    format!(
        "{sum}，一次四舍五入到{}位小数（各栏分别四舍五入，以总分为准{least}）。",
        scheme.precision
    )
}

/// What the total comes to; nothing where a scheme has neither stars nor grades.
fn computed(scheme: &Scheme, society: &Society) -> Option<String> {
    // Why it is not what the total comes to, and the rules that say so.
    let held = match &society.held_down {
        Some(HeldDown::Quota { grade, veto: None }) => format!("因名额（按总分为{grade}）"),
        Some(HeldDown::Quota {
            grade,
            veto: Some(veto),
        }) => {
            format!("因一票否决（{veto}，至多{grade}）和名额")
        }
        Some(HeldDown::Veto { veto }) => format!("因一票否决（{veto}）"),
        None => String::new(),
    };
    let rules = if held.is_empty() {
        String::new()
    } else {
        let rules = policies::vetoes_and_quotas(scheme).into_iter();
        rules.map(|(_, how)| how).collect()
    };
    let Some(stars) = society.stars else {
        let (_, rule) = policies::grades(scheme)?;
        let computed = Award::of(society).say();
        let computed = match (held.is_empty(), &society.grade) {
            (true, _) => computed,
            (false, Some(grade)) => format!("{held}评为{grade}"),
            (false, None) => format!("{held}{computed}"),
        };
        return Some(format!("测算等次：{computed}。{rule}{rules}"));
    };
    let by_total = society.total.map_or(stars, |total| scheme.stars.of(total));
    let at = usize::try_from(by_total).unwrap_or_default();
    let reached = at
        .checked_sub(1)
        .and_then(|at| scheme.stars.thresholds.get(at));
    let reached = reached.map_or_else(
        || "没有达到1星的分数".to_owned(),
        |least| format!("达到{by_total}星的{least}分"),
    );
    let next = scheme.stars.thresholds.get(at);
    let next = next.map_or(String::new(), |next| {
        format!("，没有达到{}星的{next}分", by_total + 1)
    });
    let grade = society.grade.as_deref().unwrap_or("不设等次");
    let held = if held.is_empty() {
        String::new()
    } else {
        format!("按总分为{by_total}星；{held}，")
    };
    Some(format!(
        "测算星级：{reached}{next}，{held}测算为{stars}星，{grade}。{rules}"
    ))
}

/// What the committee decided on it.
fn decided(scheme: &Scheme, decision: Option<&(&Decision, String)>) -> String {
    let level = Level::of(scheme);
    let noun = level.noun();
    let Some((decision, reason)) = decision else {
        return format!("以上是测算，{noun}以审定结果为准。");
    };
    let on = day::say(decision.day);
    let Some(decided) = decision.decided() else {
        return format!("审定：{on}暂缓审定，{reason}。");
    };
    if level == Level::Ranks {
        return format!("审定：{on}同意测算的总分和名次。");
    }
    let grade = match (decided.stars, decision.grade.as_deref()) {
        (Some(_), grade) => format!("，{}", grade.unwrap_or("不设等次")),
        (None, _) => String::new(),
    };
    let why = if decision.is_changed() {
        format!("，由测算的{}调整，{reason}", decision.computed().say())
    } else {
        "，与测算相同".to_owned()
    };
    format!("审定：{on}审定为{}{grade}{why}。", decided.say())
}
