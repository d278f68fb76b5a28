//! 备注 of a society: why it is not ranked, and what is to be known where it is.

use crate::rank::{Cause, HeldDown, SocietyState, Standing, Standings};

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
        Cause::Owed => format!("暂计{}/{}份", standing.due_counted, standing.forms_due),
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
        Some(HeldDown::Quota(grade)) => remarks.push(format!("因名额（按总分为{grade}）")),
        Some(HeldDown::Veto(veto)) => remarks.push(format!("一票否决：{veto}")),
        None => {}
    }
    if which == Remarks::All && result.to_next_star.is_some() {
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
