//! 各组进度与下一步: where the round stands group by group, and what is to be done about it.

use crate::model::{GroupId, SocietyId};
use crate::rank::{Progress, SocietyState, Standing, Standings};
use crate::report::books::due;
use crate::report::kit::{Cell, Layout, Look, Row, Table, Topic, columns, words};

/// How far one group has got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stand {
    /// What is due and what became of it, as 缺报与进度 has it.
    pub progress: Progress,
    /// All forms that wait for a correction: also those of people who are not known, and each of several of one person.
    pub held: usize,
    pub doubtful: usize,
    /// Societies that somebody has to be found for.
    pub nobody: usize,
}

impl Stand {
    /// Of a group (an index into the roster's).
    #[must_use]
    pub fn of(standings: &Standings<'_>, group: GroupId) -> Self {
        let roster = &standings.ground.roster;
        let is_own = |society: SocietyId| roster.societies[society].group == group;
        let own: Vec<&Standing> = standings.of_group(group).collect();
        Self {
            progress: standings.progress[group].clone(),
            held: own.iter().map(|one| one.held).sum(),
            doubtful: own
                .iter()
                .filter(|one| one.state == SocietyState::Ranked)
                .map(|one| one.doubtful)
                .sum(),
            nobody: standings
                .nobody
                .iter()
                .filter(|one| is_own(one.society))
                .count(),
        }
    }

    /// What to do next, heaviest first.
    #[must_use]
    pub fn next(&self) -> String {
        let told: Vec<String> = [
            (self.held, "退回更正", "份"),
            (self.doubtful, "核实后填处理登记", "份"),
            (self.progress.owed(), "催报", "份"),
            (self.nobody, "另请他人评价", "个"),
        ]
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, what, measure)| format!("{what}{count}{measure}"))
        .collect();
        if told.is_empty() {
            "已齐".to_owned()
        } else {
            told.join("；")
        }
    }
}

/// The table, one row per group.
#[must_use]
pub fn table(standings: &Standings<'_>) -> Table {
    let all = due::All::of(standings);
    let mut columns = columns![
        (Topic::Group, 7, Look::Centre),
        (Topic::Lead, 24, Look::Fitted),
    ];
    columns.extend(all.columns(6));
    columns.extend(columns![
        ("暂计", 6, Look::Whole),
        ("下一步", 34, Look::Left),
    ]);
    let groups = standings.ground.roster.groups.entries();
    let stands: Vec<Stand> = groups
        .clone()
        .map(|(index, _)| Stand::of(standings, index))
        .collect();
    let rows = groups.zip(&stands).map(|((_, group), stand)| {
        let mut cells = vec![Cell::text(group.label()), Cell::text(&group.lead)];
        let counts = all.counts(&stand.progress);
        cells.extend(counts.into_iter().map(Cell::whole));
        cells.push(Cell::whole(stand.doubtful));
        cells.push(Cell::text(stand.next()));
        Row::new(cells)
    });
    let mut note = format!("{}；“暂计”指已经计入、还要核实的份数。", all.note());
    if stands.iter().any(|stand| stand.held != stand.progress.held) {
        note.push_str("“退回更正”按交来的份数算，同一人交来的几份、看不出或不是应评的人交来的也要退回，所以可以与“待更正”不同。");
    }
    Table {
        name: "各组进度",
        unit: "单位：份",
        rows: rows.collect(),
        notes: vec![note],
        ..words::table(
            standings,
            if standings.ground.scheme.asks.groups {
                "各组进度与下一步"
            } else {
                "进度与下一步"
            }
            .to_owned(),
            columns,
            Layout::list(9.0, 2),
        )
    }
}
