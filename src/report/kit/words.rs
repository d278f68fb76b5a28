//! The words of an outcome, said the same in every workbook.
//!
//! Decides nothing: what it says stands in the standings.

mod ruled;
pub use ruled::ruled;

use std::collections::BTreeSet;

use super::{Cell, Column, Layout, Look, Table};
use crate::check::Amended;
use crate::model::day;
use crate::rank::{Cause, HeldDown, SocietyState, Standing, Standings};
use crate::register::AMENDMENTS;
use crate::scheme::Scheme;
use crate::settle::{FormState, SettledForm};

/// 数据截至.
#[must_use]
pub fn as_of(standings: &Standings<'_>) -> String {
    standings
        .as_of
        .map_or_else(|| "未注明".to_owned(), day::say)
}

/// The last day of the stage, if the scheme knows one.
#[must_use]
pub fn deadline(standings: &Standings<'_>) -> Option<String> {
    let scheme = &standings.ground.scheme;
    if let Some(day) = scheme.deadline {
        return Some(day::say(day));
    }
    let stage = scheme.stage()?;
    Some(format!("{}（{}截止）", day::say(stage.to), stage.name))
}

/// Where forms are sent back to, as a letter says it; nothing where the scheme does not.
#[must_use]
pub fn return_to(standings: &Standings<'_>) -> Option<String> {
    let to = standings.ground.scheme.return_to.as_ref()?;
    Some(format!("　　请发到：{to}"))
}

/// `2018年创建星级学会党组织试点评价表（初评）`.
#[must_use]
pub fn form_title(standings: &Standings<'_>) -> String {
    standings.ground.scheme.full_form_title()
}

/// What stands above a table: `数据截至：2018年8月30日`.
#[must_use]
pub fn dated(standings: &Standings<'_>) -> String {
    format!("数据截至：{}", as_of(standings))
}

/// An empty table about the standings.
#[must_use]
pub fn table(
    standings: &Standings<'_>,
    title: String,
    columns: Vec<Column>,
    layout: Layout,
) -> Table {
    Table {
        title,
        dated: dated(standings),
        ..Table::of(columns, layout)
    }
}

/// 签字件 that go with a form, by their names.
#[must_use]
pub fn scans(standings: &Standings<'_>, form: &SettledForm) -> String {
    let names = form.scans.iter().map(|scan| {
        let file = &standings.files[*scan];
        super::file_text(&file.file, &file.within)
    });
    names.collect::<Vec<_>>().join("、")
}

/// The rows of the register that were applied to a form: `按处理登记第3行`; empty where none was.
#[must_use]
pub fn rulings(standings: &Standings<'_>, form: &SettledForm) -> String {
    let rulings = &standings.ground.register.rulings;
    let labels: Vec<String> = form
        .rulings
        .iter()
        .filter_map(|ruling| rulings.get(*ruling))
        .map(|ruling| format!("{}“{}”", ruling.label(), ruling.treatment.label()))
        .collect();
    if labels.is_empty() {
        String::new()
    } else {
        format!("按{}", labels.join("、"))
    }
}

/// The rows of 评分更正单 by which points of a form were corrected, those that `which` keeps: `按评分更正单第2行更正`;
/// empty where none were.
#[must_use]
pub fn amended(
    standings: &Standings<'_>,
    form: &SettledForm,
    which: impl Fn(&Amended) -> bool,
) -> String {
    let rows = &standings.ground.amendments.rows;
    let labels: BTreeSet<u32> = form
        .amended
        .iter()
        .filter(|one| which(one))
        .filter_map(|one| rows.get(one.row))
        .map(|row| row.row)
        .collect();
    if labels.is_empty() {
        return String::new();
    }
    let labels: Vec<String> = labels.iter().map(ToString::to_string).collect();
    format!("按{AMENDMENTS}第{}行更正", labels.join("、"))
}

/// What is behind a title: （初稿） while anything is held, provisional or missing; （核对稿） where nothing is, but nobody
/// has asked for the final edition.
#[must_use]
pub const fn edition(standings: &Standings<'_>) -> &'static str {
    if standings.is_final {
        ""
    } else if standings.open.is_empty() {
        "（核对稿）"
    } else {
        "（初稿）"
    }
}

/// How many forms came in which something is filled in.
#[must_use]
pub fn filled(standings: &Standings<'_>) -> usize {
    let forms = standings.forms.iter();
    forms.filter(|form| form.state != FormState::Blank).count()
}

/// What became of them, in words that come to their number: `计入62、须更正3、回避1`.
#[must_use]
pub fn form_states(standings: &Standings<'_>) -> String {
    let count = |state| {
        let forms = standings.forms.iter();
        forms.filter(|form| form.state == state).count()
    };
    let states: Vec<String> = [
        FormState::Counted,
        FormState::Ineligible,
        FormState::Held,
        FormState::Recused,
        FormState::Superseded,
        FormState::Duplicate,
        FormState::Excluded,
    ]
    .into_iter()
    .filter(|state| *state == FormState::Counted || count(*state) > 0)
    .map(|state| format!("{}{}", state.label(), count(state)))
    .collect();
    states.join("、")
}

/// Year and title of the scheme, with what this paper is: `2018年创建星级学会党组织试点评价总排名（初稿）`.
#[must_use]
pub fn title(standings: &Standings<'_>, what: &str) -> String {
    format!(
        "{}{}",
        standings.ground.scheme.titled(what),
        edition(standings)
    )
}

/// How points of single forms look: as they were typed, or rounded where a rule worked them out.
#[must_use]
pub fn form_points(scheme: &Scheme) -> Look {
    if scheme.adds_up() && !scheme.has_values() {
        Look::Plain
    } else {
        Look::Points(scheme.precision)
    }
}

/// The heading above the names of those evaluated: `学会党组织名称`.
#[must_use]
pub fn subject_head(scheme: &Scheme) -> String {
    format!("{}名称", scheme.subject)
}

/// Who is evaluated, in full: `中国地质学会党组织`.
#[must_use]
pub fn subject(scheme: &Scheme, society: &str) -> String {
    if society.ends_with(&scheme.subject_suffix) {
        society.to_owned()
    } else {
        format!("{society}{}", scheme.subject_suffix)
    }
}

/// The same for a standing.
#[must_use]
pub fn subject_of(standings: &Standings<'_>, standing: &Standing) -> String {
    let ground = standings.ground;
    subject(
        &ground.scheme,
        &ground.roster.societies[standing.society].name,
    )
}

/// A part by its number, as the form calls it: `第1部分`.
#[must_use]
pub fn part(id: &str) -> String {
    format!("第{id}部分")
}

/// 推荐星级: the number where all agree, else `8星×2、7星×1`; blank where none recommends.
#[must_use]
pub fn recommended(recommended: &[(u32, usize)]) -> Cell {
    match recommended {
        [] => Cell::blank(),
        [(stars, _)] => Cell::stars(*stars),
        several => {
            let words: Vec<String> = several
                .iter()
                .map(|(stars, forms)| format!("{stars}星×{forms}"))
                .collect();
            Cell::text(words.join("、"))
        }
    }
}

/// Which remarks are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remarks {
    All,
    /// Not how near the next star is.
    ButNearness,
}

/// 备注 of a society.
#[must_use]
pub fn remarks(
    standings: &Standings<'_>,
    standing: &Standing,
    tied: bool,
    remarks: Remarks,
) -> String {
    match standing.state {
        SocietyState::Ranked => remarks_of_ranked(standings, standing, tied, remarks).join("；"),
        _ => reason(standings, standing),
    }
}

/// Why a society is not ranked.
#[must_use]
pub fn reason(standings: &Standings<'_>, standing: &Standing) -> String {
    let society = &standings.ground.roster.societies[standing.society];
    match standing.state {
        SocietyState::Ranked => String::new(),
        SocietyState::Ineligible => format!(
            "不予受理：{}",
            society.ineligible.as_deref().unwrap_or("不符合受理条件")
        ),
        SocietyState::Withdrawn => "不参评（按处理登记）".to_owned(),
        SocietyState::Vetoed => format!("一票否决：{}", vetoes(standings, standing)),
        SocietyState::Incomplete if standing.absent.is_empty() => {
            "没有可用的自评表，没有总分".to_owned()
        }
        SocietyState::Incomplete => {
            let classes = &standings.ground.scheme.reviewer_classes;
            let absent = standing.absent.iter();
            let names: Vec<&str> = absent.map(|class| classes[*class].name.as_str()).collect();
            format!("没有{}的评价表计入，没有总分", names.join("、"))
        }
        SocietyState::Held => match standing.held {
            0 => "交来的均不能计入".to_owned(),
            held => format!("待更正（{held}份）"),
        },
        SocietyState::Missing if society.must_take_part => {
            "未交评价表（原则上必须参评）".to_owned()
        }
        SocietyState::Missing => "未交评价表".to_owned(),
    }
}

/// The vetoes that apply, by name.
fn vetoes(standings: &Standings<'_>, standing: &Standing) -> String {
    let vetoes = &standings.ground.scheme.vetoes;
    let names = standing.vetoes.iter();
    let names: Vec<&str> = names.map(|veto| vetoes[*veto].name.as_str()).collect();
    names.join("、")
}

/// Why a society's points may still change: `暂计2/3份；另有1份待更正`.
#[must_use]
pub fn provisional(standing: &Standing) -> String {
    let why = standing.provisional.iter().map(|cause| match cause {
        Cause::Held => format!("另有{}份待更正", standing.held),
        Cause::Doubtful => format!("{}份待核实，暂计", standing.doubtful),
        Cause::Owed => format!(
            "暂计{}/{}份",
            standing.progress.counted, standing.progress.due
        ),
    });
    why.collect::<Vec<_>>().join("；")
}

fn remarks_of_ranked(
    standings: &Standings<'_>,
    standing: &Standing,
    tied: bool,
    which: Remarks,
) -> Vec<String> {
    let mut remarks = Vec::new();
    if tied {
        remarks.push("并列".to_owned());
    }
    if standing.is_provisional() {
        remarks.push(provisional(standing));
    }
    let Some(result) = &standing.result else {
        return remarks;
    };
    match &standing.held_down {
        Some(HeldDown::Quota { grade, veto }) => {
            remarks.push(super::policies::by_quota(grade, veto.as_deref()));
        }
        Some(HeldDown::Veto(veto)) => remarks.push(format!("一票否决：{veto}")),
        None => {}
    }
    // Of a star that a veto or the places keep from it nothing is a point away.
    let is_near = result.to_next_star.is_some() && standing.held_down.is_none();
    if which == Remarks::All && is_near {
        let near = standings.ground.scheme.stars.near;
        remarks.push(format!("距上一星不足{near}分"));
    }
    if standing
        .recommended
        .iter()
        .any(|(stars, _)| *stars != result.stars)
    {
        remarks.push("推荐与测算不一致".to_owned());
    }
    if result.has_base == Some(false) {
        remarks.push("无基础分".to_owned());
    }
    if result.below_zero {
        remarks.push("总分低于0按0计".to_owned());
    }
    remarks
}

/// What became of a form, with the form that took its place: `被新版取代（见表号12）`. The number is the
/// 表号 of the secretariat's workbook.
#[must_use]
pub fn form_state(form: &SettledForm) -> String {
    let label = match form.state {
        FormState::Counted if !form.doubts.is_empty() => "计入（暂计）",
        state => state.label(),
    };
    match form.instead {
        Some(instead) => format!("{label}（见表号{}）", instead.number()),
        None => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{recommended, subject};
    use crate::report::kit::Cell;
    use crate::report::kit::sample;

    #[test]
    fn nobody_is_called_a_society_twice() {
        let ground = sample::ground();
        let name = |society: &str| subject(&ground.scheme, society);
        assert_eq!(name("中国地质学会"), "中国地质学会党组织");
        assert_eq!(name("中国能源研究会"), "中国能源研究会党组织");
        assert_eq!(name("某学会党组织"), "某学会党组织");
    }

    #[test]
    fn recommendations_are_one_number_where_all_agree() {
        assert_eq!(recommended(&[]), Cell::blank());
        assert_eq!(recommended(&[(8, 3)]), Cell::stars(8));
        assert_eq!(recommended(&[(8, 2), (7, 1)]), Cell::text("8星×2、7星×1"));
    }
}
