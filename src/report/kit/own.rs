//! What a scheme does not have is on none of its papers: columns of groups, stars, deductions or membership go, and
//! those evaluated are called as the scheme calls them.

use super::Table;
use crate::scheme::Scheme;

/// What those evaluated are called in heads as tables are written down.
const OBJECT: &str = "学会";
/// The heads that call them so.
const OF_OBJECTS: [&str; 4] = [OBJECT, "文件或学会", "对应学会", "评价的学会"];

/// What the tables of a scheme keep.
#[derive(Debug, Clone)]
pub struct Own {
    /// What those evaluated are called.
    object: String,
    /// The heads of columns that go.
    gone: Vec<&'static str>,
    /// Heads that are said otherwise.
    otherwise: Vec<(&'static str, &'static str)>,
}

impl Own {
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        let mut gone = Vec::new();
        let mut otherwise = Vec::new();
        if !scheme.asks.groups {
            gone.extend(["分组", "牵头联系单位"]);
            otherwise.push(("组内名次", "名次"));
            otherwise.push(("本组进度", "进度"));
        }
        if !scheme.has_stars() {
            gone.extend(["测算星级", "推荐星级", "星级", "原星级", "现星级"]);
            if scheme.grades.is_empty() {
                gone.extend(["等次", "原等次", "现等次"]);
            }
        }
        if !scheme.has_deductions() {
            gone.extend(["减分", "减分上限", "减分单元格"]);
            otherwise.push(("加分", "得分"));
            otherwise.push(("加分上限", "满分"));
            otherwise.push(("加分单元格", "单元格"));
        }
        if !scheme.asks.membership {
            gone.push("中共党员");
        }
        if !scheme.has_dimensions() {
            gone.push("一级指标");
            otherwise.push(("二级指标", "指标"));
        }
        Self {
            object: scheme.object().to_owned(),
            gone,
            otherwise,
        }
    }

    /// The table with nothing in it that the scheme does not have.
    #[must_use]
    pub fn table(&self, mut table: Table) -> Table {
        let gone: Vec<usize> = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| self.gone.contains(&column.head.as_str()))
            .map(|(at, _)| at)
            .collect();
        table.remove(&gone);
        for column in &mut table.columns {
            let said = self.otherwise.iter().find(|(head, _)| *head == column.head);
            column.head = match said {
                Some((_, said)) => (*said).to_owned(),
                None => self.head(&column.head),
            };
        }
        table
    }

    /// A head as the scheme has it. Any other may be somebody's name, and notes may hold names: they are made with the
    /// scheme's word in the first place.
    fn head(&self, head: &str) -> String {
        if OF_OBJECTS.contains(&head) {
            head.replace(OBJECT, &self.object)
        } else {
            head.to_owned()
        }
    }
}
