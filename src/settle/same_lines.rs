//! One reviewer, two societies, all lines equal: the form was probably copied and only renamed.
//!
//! Both forms count; both are to be looked at.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::check::{Checked, FormState, SettledForm, SettledLine};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Named, Reader};
use crate::ground::Ground;
use crate::model::{Exact, FormKey, Keyed, Name, SocietyId};
use crate::scheme::Given;

pub const CODES: &[&Code] = &[&SAME_LINES];

static SAME_LINES: Code = Code::warning(
    "V201",
    "same-lines-as-another-society",
    "各行分值与同一评价人给另一学会的完全相同",
    "请核实是否复制后忘了修改",
    Explained {
        means: "同一评价人给两个学会的评价表，每一行的加分、减分都一样。碰巧的可能不大，多半是复制\
            一份改了学会名称，忘了改分。一样的学会超过四个的，只提示一次，列前三个。各行都填0的，评分行不足五行的，一样是常事，不提示。",
        basis: "本工具约定：两份都照常计分，请人核实。",
        example: "第1组/中国地质学会.xlsx › 评价表：各行分值与同一评价人给“中国能源研究会”的完全相\
            同。",
        remedy: "把两份表一起发给评价人核对：有复制没改的，请他按实际评价重填，评价日期写重填当天\
            再重报；确实如此的，记在核对清单的“处理意见”里。",
    },
);

/// Of so many societies alike each form is named; of more one finding speaks for all.
const NAMED: usize = 4;
/// With fewer lines than that, equal ones are nothing to wonder at.
const FEW: usize = 5;

/// Other societies for which the same person gave the same points.
#[derive(Debug, Serialize)]
struct SameLines {
    societies: Vec<Named>,
    /// How many more there are than are named.
    #[serde(skip_serializing_if = "is_none")]
    more: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
const fn is_none(more: &usize) -> bool {
    *more == 0
}

impl Fact for SameLines {
    fn code(&self) -> &'static Code {
        &SAME_LINES
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let others = self.societies.iter();
        let others: Vec<String> = others.map(|other| to.society(other.society)).collect();
        let all = match self.more {
            0 => String::new(),
            more => format!("等{}个{}", self.societies.len() + more, to.object()),
        };
        format!(
            "各行分值与同一评价人给“{}”{all}的完全相同",
            others.join("”“")
        )
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let others = match self.societies.len() + self.more {
            others if others >= NAMED => format!("另外{others}个{}", to.object()),
            _ => to.words("另一个学会"),
        };
        let fix = format!(
            "各行分值与您给{others}填的完全相同。请核实是否复制后忘了修改；确实相同的不用改。"
        );
        Some(Advice::new(fix).about("各行分值"))
    }
}

/// Whether so many lines are filled in, and in such a way, that the same again is no chance: where nothing is given and
/// nothing happened, every such form is alike.
fn is_telling(ground: &Ground, form: &SettledForm) -> bool {
    let is_nought = |line: &SettledLine| match line.given() {
        Some(Given::Number(number) | Given::Done { done: number, .. }) => number.is_zero(),
        Some(Given::Level(_)) => false,
        None => line.bonus.as_ref().is_none_or(Exact::is_zero),
    };
    let is_nothing =
        |line: &SettledLine| is_nought(line) && line.deduction.as_ref().is_none_or(Exact::is_zero);
    let class = form
        .society
        .and_then(|one| ground.roster.societies[one].class);
    ground.scheme.lines_of_class(class).count() >= FEW && !form.lines.iter().all(is_nothing)
}

pub(super) fn check(ground: &Ground, forms: &Keyed<FormKey, Checked>) -> Vec<Finding> {
    let stands = |one: &Checked| {
        let has_come = matches!(
            one.form.state,
            FormState::Counted | FormState::Held | FormState::Recused | FormState::Ineligible
        );
        has_come && !one.stands_alone && one.form.society.is_some()
    };
    let standing = forms.entries().filter(|(_, one)| stands(one));
    let mut by_points: Vec<(&str, FormKey)> = standing
        .map(|(key, one)| (one.content.lines(), key))
        .collect();
    by_points.sort_unstable();
    // Few forms have the points of another: only of those it matters what they say and whose they are.
    let mut alike: BTreeMap<(Name, String, &str), Vec<FormKey>> = BTreeMap::new();
    let groups = by_points.chunk_by(|(one, _), (other, _)| one == other);
    for group in groups.filter(|group| group.len() > 1) {
        for (points, key) in group.iter().copied() {
            let form = &forms[key].form;
            if !form.is_whole() || !is_telling(ground, form) {
                continue;
            }
            let reviewer = Name::of(&form.reviewer);
            if !reviewer.is_empty() {
                let unit = ground.roster.unit_key(&form.unit);
                alike.entry((reviewer, unit, points)).or_default().push(key);
            }
        }
    }
    let mut findings = Vec::new();
    for group in alike.into_values() {
        let of = |key: &FormKey| forms[*key].form.society;
        let societies: BTreeSet<SocietyId> = group.iter().filter_map(of).collect();
        if societies.len() < 2 {
            continue;
        }
        let said = if societies.len() > NAMED {
            1
        } else {
            group.len()
        };
        for key in group.iter().take(said) {
            let form = &forms[*key].form;
            let others = societies
                .iter()
                .filter(|other| form.society != Some(**other));
            let named: Vec<Named> = others
                .take(NAMED - 1)
                .map(|other| Named::of(ground, *other))
                .collect();
            let fact = SameLines {
                more: societies.len() - 1 - named.len(),
                societies: named,
            };
            findings.push(super::found(ground, fact, (*key, form)));
        }
    }
    findings
}
