//! What may be entered after what. An event that is not allowed is refused before anything is written.

use super::hold;
use super::{Event, Kind, Ledger, unsafe_text};

/// Whether an event may follow what is in the ledger.
///
/// # Errors
/// Why not, in one Chinese clause.
pub fn allowed(ledger: &Ledger, event: &Event) -> Result<(), String> {
    let texts = [
        ("名称", &event.society),
        ("新名称", &event.new_name),
        ("依据", &event.basis),
        ("理由", &event.reason),
        ("陈述", &event.statement),
        ("来源编号", &event.source),
    ];
    for (what, text) in texts {
        if let Some(why) = unsafe_text(text) {
            return Err(format!("{what}“{text}”{why}"));
        }
    }
    if event.society.is_empty() {
        return Err("没有写名称".to_owned());
    }
    if event.basis.is_empty() {
        return Err(format!("{}要写明依据", event.kind.label()));
    }
    let needs_reason = !event.kind.begins() && !event.kind.is_noted();
    if needs_reason && event.reason.is_empty() {
        return Err(format!("{}要写明理由", event.kind.label()));
    }
    if event.kind.sets_star() != event.stars.is_some() {
        let needs = if event.kind.sets_star() { "要" } else { "不" };
        return Err(format!("{}{needs}写星级", event.kind.label()));
    }
    if event.kind.names() == event.new_name.is_empty() {
        let needs = if event.kind.names() { "要" } else { "不" };
        return Err(format!("{}{needs}写新名称", event.kind.label()));
    }
    if event.stars == Some(0) {
        return Err("0星不登记；不再有星级的请登记撤销".to_owned());
    }
    match event.until {
        Some(_) if !event.kind.begins() => {
            return Err(format!("{}不改变有效期，不写有效期至", event.kind.label()));
        }
        Some(until) if until < event.effective => {
            return Err(format!("有效期至{until}早于生效日期{}", event.effective));
        }
        _ => {}
    }
    if event.kind == Kind::Drawn && event.source.is_empty() {
        return Err("抽查要有抽查编号".to_owned());
    }
    if event.kind.begins() && event.source.is_empty() {
        return Err(format!("{}要有审定编号", event.kind.label()));
    }
    punishment(event)?;
    order(ledger, event)?;
    star(ledger, event)
}

/// Before 降级 or 撤销: a deadline for putting right that has run out, and the society's say.
fn punishment(event: &Event) -> Result<(), String> {
    if !event.kind.punishes() {
        return Ok(());
    }
    let label = event.kind.label();
    match event.deadline {
        None => Err(format!("{label}前要给整改期限，并记下这个日期")),
        Some(deadline) if deadline >= event.effective => Err(format!(
            "整改期限{deadline}还没有过，{label}不能在{}生效",
            event.effective
        )),
        Some(_) if event.statement.is_empty() => {
            Err(format!("{label}前要听取陈述并记下；没有陈述的写“未陈述”"))
        }
        Some(_) => Ok(()),
    }
}

/// Entries are made in the order of their days.
fn order(ledger: &Ledger, event: &Event) -> Result<(), String> {
    if let Some(last) = ledger.events.last()
        && event.entered < last.entered
    {
        return Err(format!(
            "登记日期{}早于上一条的{}",
            event.entered, last.entered
        ));
    }
    let own = ledger
        .events
        .iter()
        .filter(|one| one.society == event.society);
    match own.map(|one| one.effective).max() {
        Some(last) if event.effective < last => Err(format!(
            "生效日期{}早于同一名称上一条的{last}",
            event.effective
        )),
        _ => Ok(()),
    }
}

/// What the society holds must be what the event changes.
fn star(ledger: &Ledger, event: &Event) -> Result<(), String> {
    let holdings = hold::on(ledger, event.effective);
    let held = holdings.get(&event.society);
    let name = &event.society;
    if event.kind == Kind::Awarded {
        return match held {
            Some(held) if held.ended.is_none() => Err(format!(
                "“{name}”已有星级（{}星），新一轮评价的请登记续评",
                held.stars
            )),
            _ => Ok(()),
        };
    }
    let Some(held) = held else {
        return Err(format!(
            "“{name}”没有授予过星级，不能登记{}",
            event.kind.label()
        ));
    };
    if let Some(ended) = held.ended
        && event.kind != Kind::Renewed
    {
        return Err(format!("“{name}”的星级已{}", ended.label()));
    }
    if event.kind == Kind::Renewed && held.source == event.source {
        return Err(format!(
            "“{name}”的续评要有新一轮的审定，不能用授予时的同一个"
        ));
    }
    match (event.kind, event.stars) {
        (Kind::Downgraded, Some(stars)) if stars >= held.stars => {
            Err(format!("“{name}”现为{}星，降级后的星级应更低", held.stars))
        }
        (Kind::Adjusted, Some(stars)) if stars == held.stars => {
            Err(format!("“{name}”现在就是{stars}星，没有调整"))
        }
        _ => Ok(()),
    }
}
