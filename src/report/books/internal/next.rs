//! 各组进度与下一步: where the round stands group by group, and what is to be done about it.

use crate::model::{GroupId, SocietyId};
use crate::rank::{SocietyState, Standing, Standings};
use crate::report::kit::{Cell, Column, Layout, Look, Row, Table, words};

/// How far one group has got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    pub due: usize,
    pub received: usize,
    /// Of the forms due, how many count.
    pub counted: usize,
    pub held: usize,
    pub doubtful: usize,
    pub owed: usize,
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
        let progress = &standings.progress[group];
        Self {
            due: progress.due,
            received: progress.received(),
            counted: own.iter().map(|one| one.progress.counted).sum(),
            held: own.iter().map(|one| one.held).sum(),
            doubtful: own
                .iter()
                .filter(|one| one.state == SocietyState::Ranked)
                .map(|one| one.doubtful)
                .sum(),
            owed: standings
                .owing
                .iter()
                .filter(|one| is_own(one.society))
                .count(),
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
            (self.owed, "催报", "份"),
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
    let columns = Column::all([
        ("分组", 7, Look::Centre),
        ("牵头联系单位", 24, Look::Fitted),
        ("应收", 6, Look::Whole),
        ("已收", 6, Look::Whole),
        ("计入", 6, Look::Whole),
        ("待更正", 6, Look::Whole),
        ("待核实", 6, Look::Whole),
        ("未交", 6, Look::Whole),
        ("下一步", 34, Look::Left),
    ]);
    let groups = standings.ground.roster.groups.entries();
    let rows = groups.map(|(index, group)| {
        let stand = Stand::of(standings, index);
        let counts = [
            stand.due,
            stand.received,
            stand.counted,
            stand.held,
            stand.doubtful,
            stand.owed,
        ];
        let mut cells = vec![Cell::text(group.label()), Cell::text(&group.lead)];
        cells.extend(counts.map(Cell::whole));
        cells.push(Cell::text(stand.next()));
        Row::new(cells)
    });
    Table {
        name: "各组进度",
        unit: "单位：份",
        rows: rows.collect(),
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
