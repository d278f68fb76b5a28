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
    if event.new_name == event.society {
        return Err(format!("新名称“{}”就是现在的名称", event.new_name));
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
    if event.grading.is_some() && !event.kind.begins() {
        return Err(format!("{}不写等次标准", event.kind.label()));
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
        return Err(unknown(ledger, event));
    };
    // A slip in what ended it is put right like any other.
    if let Some(ended) = held.ended
        && !matches!(event.kind, Kind::Renewed | Kind::Corrected)
    {
        return Err(format!(
            "“{name}”的星级已{}，不能登记{}；登记错了的请登记更正",
            ended.label(),
            event.kind.label()
        ));
    }
    // Under one name there is one holding: another's would be gone.
    if event.kind == Kind::Renamed && hold::ever(ledger).contains_key(&event.new_name) {
        return Err(format!(
            "“{}”在登记簿里是另一家，不能更名成它；并入它的请登记合并",
            event.new_name
        ));
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

/// Why a society of this name holds nothing on the day.
fn unknown(ledger: &Ledger, event: &Event) -> String {
    let name = &event.society;
    let mut events = ledger.events.iter();
    // Entered already, and to come.
    let later = events.find(|one| {
        one.effective > event.effective
            && (one.kind == Kind::Renamed && one.new_name == *name
                || one.kind.begins() && one.society == *name)
    });
    if let Some(later) = later {
        return if later.kind == Kind::Renamed {
            format!(
                "“{name}”的更名{}才生效，在{}还叫“{}”，请写当时的名称",
                later.effective, event.effective, later.society
            )
        } else {
            format!(
                "“{name}”的星级{}才授予，生效日期{}早于它",
                later.effective, event.effective
            )
        };
    }
    let now = ledger.name_now(name);
    if now == *name {
        format!("“{name}”没有授予过星级，不能登记{}", event.kind.label())
    } else {
        format!("“{name}”已更名为“{now}”，请写现在的名称")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::allowed;
    use crate::ledger::hold::{self, Entry};
    use crate::ledger::{Event, Kind, Ledger};

    fn event(kind: Kind, society: &str, effective: Date) -> Event {
        let is_punished = kind.punishes();
        Event {
            kind,
            society: society.to_owned(),
            stars: kind.sets_star().then_some(8),
            new_name: String::new(),
            effective,
            entered: effective,
            until: kind.begins().then(|| date(2021, 9, 19)),
            basis: "某文".to_owned(),
            reason: "某理由".to_owned(),
            deadline: is_punished.then(|| date(2018, 1, 1)),
            statement: if is_punished { "未陈述" } else { "" }.to_owned(),
            source: "D0".to_owned(),
            grading: None,
        }
    }

    /// Two that hold a star, and what happened since.
    fn ledger(since: impl IntoIterator<Item = Event>) -> Ledger {
        let awarded =
            ["甲学会", "乙学会"].map(|name| event(Kind::Awarded, name, date(2018, 9, 20)));
        Ledger {
            events: awarded.into_iter().chain(since).collect(),
        }
    }

    fn renamed(from: &str, to: &str) -> Event {
        Event {
            new_name: to.to_owned(),
            ..event(Kind::Renamed, from, date(2019, 1, 1))
        }
    }

    #[test]
    fn a_name_that_another_holds_is_not_taken_and_an_old_one_is_told() {
        let refused = |since: Vec<Event>, event: &Event| {
            allowed(&ledger(since), event).expect_err("not allowed")
        };
        let taken = renamed("甲学会", "乙学会");
        assert!(refused(vec![], &taken).contains("是另一家"));
        assert!(refused(vec![], &renamed("甲学会", "甲学会")).contains("就是现在的名称"));
        // Whoever holds it, in force or not; and whenever it takes effect.
        let revoked = event(Kind::Revoked, "乙学会", date(2018, 12, 1));
        assert!(refused(vec![revoked], &taken).contains("是另一家"));
        let later = Event {
            entered: date(2018, 12, 1),
            ..event(Kind::Awarded, "丙学会", date(2020, 1, 1))
        };
        assert!(refused(vec![later], &renamed("甲学会", "丙学会")).contains("是另一家"));
        let old = event(Kind::Confirmed, "甲学会", date(2019, 2, 1));
        let said = refused(vec![renamed("甲学会", "丁学会")], &old);
        assert!(said.contains("已更名为“丁学会”"), "{said}");
        // The near misses: a free name, one that was given up, a merger into the other.
        assert_eq!(allowed(&ledger([]), &renamed("甲学会", "丙学会")), Ok(()));
        let back = Event {
            effective: date(2019, 3, 1),
            entered: date(2019, 3, 1),
            ..renamed("丙学会", "甲学会")
        };
        assert_eq!(
            allowed(&ledger([renamed("甲学会", "丙学会")]), &back),
            Ok(())
        );
        let merged = Event {
            kind: Kind::Merged,
            ..taken
        };
        assert_eq!(allowed(&ledger([]), &merged), Ok(()));
    }

    #[test]
    fn a_slip_in_what_ended_a_star_is_put_right_and_nothing_else_is_entered() {
        let on = date(2019, 1, 1);
        for kind in [Kind::Revoked, Kind::Merged, Kind::Dissolved] {
            let ended = Event {
                new_name: if kind == Kind::Merged {
                    "乙学会"
                } else {
                    ""
                }
                .to_owned(),
                ..event(kind, "甲学会", on)
            };
            let ledger = ledger([ended]);
            let adjusted = event(Kind::Adjusted, "甲学会", on);
            let said = allowed(&ledger, &adjusted).expect_err("ended");
            assert!(said.contains("登记错了的请登记更正"), "{said}");
            let corrected = event(Kind::Corrected, "甲学会", on);
            assert_eq!(allowed(&ledger, &corrected), Ok(()));
            let mut ledger = ledger;
            ledger.events.push(corrected);
            let held = &hold::on(&ledger, on)["甲学会"];
            let kept = (held.ended, held.stars, held.until);
            assert_eq!(kept, (None, 8, Some(date(2021, 9, 19))));
        }
    }

    #[test]
    fn only_a_new_evaluation_renews() {
        let ledger = ledger([renamed("乙学会", "丙学会")]);
        let entry = |began, name: &str, day, stars| hold::entry(&ledger, began, name, day, stars);
        let (this, next) = (date(2018, 8, 1), date(2021, 8, 1));
        let day = date(2018, 11, 1);
        assert_eq!(entry(this, "甲学会", day, 8), Entry::Same);
        assert_eq!(entry(this, "甲学会", day, 7), Entry::Other(8));
        assert_eq!(entry(this, "丁学会", day, 7), Entry::New(Kind::Awarded));
        let later = date(2021, 9, 10);
        assert_eq!(entry(next, "甲学会", later, 7), Entry::New(Kind::Renewed));
        // On the day of the decision it was still called otherwise.
        assert_eq!(entry(this, "丙学会", date(2018, 9, 20), 8), Entry::Same);
    }
}
