//! 按等级: a level by name, each worth its points (优、良、中、差; A to D).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Ask, Given, Kind, points, shown};
use crate::model::{Exact, Points};
use crate::scheme::kinds::About;
use crate::scheme::named;
use crate::scheme::read::listed;
use crate::scheme::reader::Table;

/// What is said of it.
pub(super) const ABOUT: About = About {
    word: "levels",
    called: "按等级",
    means: "填等级的名称，各等级对应几分。",
    keys: "levels 各等级：name 名称，points 分值",
    example: "bonus = 95\nvalue = { kind = \"levels\", levels = [{ name = \"优\", points = 95 }, { name = \"良\", points = 80 }, { name = \"差\", points = 0 }] }",
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Levels {
    pub levels: Vec<Level>,
}

/// One level and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Level {
    pub name: String,
    pub points: Points,
}

impl Levels {
    pub(super) fn read(table: &Table<'_, '_>) -> Option<Self> {
        let mut seen = BTreeSet::new();
        let mut levels = Vec::new();
        for level in table.tables("levels") {
            let name = level.required_text("name");
            let points = points(&level, "points");
            level.finish();
            let (name, points) = (name?, points?);
            if !seen.insert(named::comparable(&name.value)) {
                table.wrong(name.line, format!("等级 name “{}”重复", name.value));
            }
            listed(&level, "name", &name);
            levels.push(Level {
                name: name.value,
                points,
            });
        }
        if levels.len() < 2 {
            table.fault(table.line, "levels 至少要有两个等级");
            return None;
        }
        table.finish();
        Some(Self { levels })
    }
}

impl Kind for Levels {
    fn most(&self) -> Points {
        let points = self.levels.iter().map(|level| level.points);
        points.max().unwrap_or_default()
    }

    fn least(&self) -> Points {
        let points = self.levels.iter().map(|level| level.points);
        points.min().unwrap_or_default()
    }

    fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        for (at, level) in self.levels.iter().enumerate() {
            let mut before = self.levels[..at].iter();
            if let Some(same) = before.find(|one| one.points == level.points) {
                doubts.push(format!(
                    "等级“{}”和“{}”都得{}分，分不出高下",
                    same.name, level.name, level.points
                ));
            }
        }
        doubts
    }

    fn points(&self, given: &Given) -> Option<Exact> {
        let Given::Level(written) = given else {
            return None;
        };
        let level = self
            .levels
            .iter()
            .find(|level| named::is_called(&level.name, written))?;
        Some(Exact::from(level.points))
    }

    fn in_words(&self) -> String {
        let levels: Vec<String> = self
            .levels
            .iter()
            .map(|level| format!("{}得{}分", level.name, level.points))
            .collect();
        levels.join("、")
    }

    fn ask(&self) -> Ask<'_> {
        Ask::Level(
            self.levels
                .iter()
                .map(|level| level.name.as_str())
                .collect(),
        )
    }

    fn formula(&self, value: &str, _: &str) -> String {
        let rest = "\"\"".to_owned();
        self.levels.iter().rev().fold(rest, |rest, level| {
            let is_called = named::formula(&format!("TRIM({value})"), &level.name);
            format!("IF({is_called},{},{rest})", level.points)
        })
    }

    fn working(&self, given: &Given) -> String {
        shown(given)
    }
}
