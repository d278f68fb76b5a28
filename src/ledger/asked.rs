//! What is asked of a new entry beyond what [`super::rules`] ask of every row: rows that were entered before it was asked
//! stay readable.

use jiff::ToSpan;
use jiff::civil::Date;

use super::grading::Grading;
use super::hold::{self, Holding, State};
use super::{Event, Kind, Ledger};
use crate::model::{fold, says_nothing};

/// Whether an event may be entered now, after what is in the ledger; `withdraws`: its basis is the paragraph by which stars
/// are taken away.
///
/// # Errors
/// Why not, in one Chinese clause.
pub fn asked(ledger: &Ledger, event: &Event, withdraws: bool) -> Result<(), String> {
    words(event)?;
    days(event)?;
    graded(event)?;
    lowering(ledger, event, withdraws)?;
    renewal(ledger, event)?;
    target(ledger, event)?;
    draw(ledger, event)
}

/// A stroke or 无 is no reason.
fn words(event: &Event) -> Result<(), String> {
    let remedy = if event.kind.punishes() || event.kind == Kind::Adjusted {
        "；没有陈述的写“未陈述”"
    } else {
        ""
    };
    for (what, text, remedy) in [
        ("依据", &event.basis, ""),
        ("理由", &event.reason, ""),
        ("陈述", &event.statement, remedy),
    ] {
        if !text.is_empty() && says_nothing(text) {
            return Err(format!("{what}“{text}”等于没有写{remedy}"));
        }
    }
    // With a blank in it, it is the same name.
    if event.kind.names() && fold(&event.new_name) == fold(&event.society) {
        return Err(format!("新名称“{}”就是现在的名称", event.new_name));
    }
    Ok(())
}

/// A day of effect far away is a slip, and would keep everything else from that society.
fn days(event: &Event) -> Result<(), String> {
    let most = event.entered.checked_add(1.year()).unwrap_or(Date::MAX);
    if event.effective > most {
        return Err(format!(
            "生效日期{}比登记日期{}晚一年以上，请核对年份；到时候再登记也不迟",
            event.effective, event.entered
        ));
    }
    Ok(())
}

/// What the stars mean goes with the award, and comes back as it was written.
fn graded(event: &Event) -> Result<(), String> {
    if !event.kind.begins() {
        return Ok(());
    }
    match &event.grading {
        Some(grading) if Grading::read(&grading.say()).as_ref() == Some(grading) => Ok(()),
        Some(grading) => Err(format!(
            "等次名称里有登记簿记不下的字（{}），请在方案里改用别的名称",
            grading.say()
        )),
        None => Err(format!("{}要记下等次标准", event.kind.label())),
    }
}

/// Before stars are taken away: a deadline within the term that has run out, and the society's say. Fewer stars after a
/// check are an adjustment; those that are taken away are not called so.
fn lowering(ledger: &Ledger, event: &Event, withdraws: bool) -> Result<(), String> {
    let holdings = hold::on(ledger, event.effective);
    let Some(held) = holdings.get(&event.society) else {
        return Ok(());
    };
    let what = event.kind.label();
    if event.kind == Kind::Adjusted && event.stars.is_some_and(|new| new < held.stars) && withdraws
    {
        return Err(format!(
            "依据“{}”是降级、撤销的那一条，由{}星调低请登记降级（register downgrade），并记下整改期限和陈述",
            event.basis, held.stars
        ));
    }
    if !event.kind.punishes() {
        return Ok(());
    }
    let Some(deadline) = event.deadline else {
        return Err(format!("{what}前要给整改期限，并记下这个日期"));
    };
    if deadline < held.from {
        return Err(format!(
            "整改期限{deadline}早于{}（{}）",
            began(held),
            held.from
        ));
    }
    // Neither may it take effect before, nor can it be known before what comes of it.
    if deadline >= event.effective {
        return Err(format!(
            "整改期限{deadline}还没有过，{what}不能在{}生效",
            event.effective
        ));
    }
    if deadline >= event.entered {
        return Err(format!(
            "登记日期{}，整改期限{deadline}还没有过；过了期限再登记",
            event.entered
        ));
    }
    if event.statement.is_empty() {
        return Err(format!("{what}前要听取陈述并记下；没有陈述的写“未陈述”"));
    }
    Ok(())
}

/// What the term of a holding began with.
fn began(held: &Holding) -> String {
    format!("“{}”的星级起始日期", held.society)
}

/// What has ended is not renewed.
fn renewal(ledger: &Ledger, event: &Event) -> Result<(), String> {
    if event.kind != Kind::Renewed {
        return Ok(());
    }
    let holdings = hold::on(ledger, event.effective);
    match holdings.get(&event.society).and_then(|held| held.ended) {
        Some(Kind::Revoked) => Err(format!(
            "“{}”的星级已撤销，新一轮评上的登记授予，不是续评",
            event.society
        )),
        Some(ended) => Err(format!(
            "“{}”{}，不能登记续评；登记错了的请先登记更正",
            event.society,
            State::Ended(ended).label()
        )),
        None => Ok(()),
    }
}

/// Whom a society is merged into must be there itself: else stars would end without a word.
fn target(ledger: &Ledger, event: &Event) -> Result<(), String> {
    if event.kind != Kind::Merged {
        return Ok(());
    }
    let to = &event.new_name;
    let ever = hold::ever(ledger);
    let Some(held) = ever.get(to) else {
        let now = ledger.name_now(to);
        return if now == *to {
            Ok(())
        } else {
            Err(format!("“{to}”已更名为“{now}”，请写现在的名称"))
        };
    };
    match held.ended {
        None => Ok(()),
        Some(ended) => Err(format!(
            "“{to}”的星级{}，不能合并到它；“{}”不再存在的请登记注销",
            State::Ended(ended).label(),
            event.society
        )),
    }
}

/// What is said to come from a draw must have been drawn by it; what is confirmed must be what was drawn.
fn draw(ledger: &Ledger, event: &Event) -> Result<(), String> {
    let number = &event.source;
    if number.is_empty() || event.kind == Kind::Drawn || event.kind.begins() {
        return Ok(());
    }
    let drawn = ledger.drawn(number);
    if drawn.is_empty() {
        return if event.kind == Kind::Confirmed {
            Err(format!(
                "登记簿里没有编号为“{number}”的抽查，请照抄抽查名单上的抽查编号"
            ))
        } else {
            Ok(())
        };
    }
    let Some(since) = since_drawn(ledger, number, &event.society) else {
        return Err(format!("抽查{number}没有抽到“{}”", event.society));
    };
    let changed = since.iter().find(|one| one.kind.sets_star());
    match changed {
        Some(changed) if event.kind == Kind::Confirmed => Err(format!(
            "抽查以后“{}”已登记{}（{}星），核查的是原来的星级，不能再确认",
            event.society,
            changed.kind.label(),
            changed.stars.unwrap_or_default()
        )),
        _ => Ok(()),
    }
}

/// What was entered of a society since a draw drew it; none where it did not.
fn since_drawn<'l>(ledger: &'l Ledger, number: &str, society: &str) -> Option<Vec<&'l Event>> {
    let events = ledger.events.iter().enumerate();
    let mut drawn = events.filter(|(_, one)| one.kind == Kind::Drawn && one.source == number);
    drawn.find_map(|(at, drawn)| {
        // It may be called otherwise by now.
        let mut name = drawn.society.as_str();
        let mut since = Vec::new();
        for event in &ledger.events[at + 1..] {
            if event.society == name {
                since.push(event);
                if event.kind == Kind::Renamed {
                    name = &event.new_name;
                }
            }
        }
        (name == society).then_some(since)
    })
}
