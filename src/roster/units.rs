//! What a reviewer's unit is to the society evaluated (办法7.4), decided once.
//!
//! No likeness decides: 中国化学会 and 中国草学会 differ by one character and are two.

use std::collections::BTreeSet;

use super::Roster;
use super::names::Names;
use crate::model::{SocietyId, fold::is_blank, fold_chinese};

/// What the units in a cell are to a society; of several units the weightiest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// Another unit.
    Free,
    /// Says that there is none: 退休, 独立专家.
    Unattached,
    /// Bears the name of the society, with something behind or before it that may be anything.
    Near,
    /// Names nobody: 无, 本学会, 党委.
    Nobody,
    /// A branch of the society, or somebody in its bodies.
    Branch,
    /// The society itself or an organ of it.
    Own,
}

/// Cells that name no unit.
const NOBODY: [&str; 27] = [
    "",
    "无",
    "没有",
    "暂无",
    "无单位",
    "不详",
    "未知",
    "同上",
    "同前",
    "略",
    "本学会",
    "本会",
    "本协会",
    "本研究会",
    "本单位",
    "我会",
    "我单位",
    "我学会",
    "学会",
    "协会",
    "该学会",
    "单位",
    "评价人单位",
    "-",
    "×",
    "n/a",
    "none",
];

/// Cells that say that there is no unit.
const UNATTACHED: [&str; 12] = [
    "退休",
    "已退休",
    "离退休",
    "离休",
    "退休人员",
    "退休干部",
    "退休专家",
    "独立专家",
    "独立评价人",
    "个人",
    "自由职业",
    "自由职业者",
];

/// What the rest beside a society's name says where it is a branch or a body of it.
const BRANCHES: [&str; 7] = [
    "分会",
    "专委会",
    "专业委员会",
    "工作委员会",
    "分支机构",
    "理事",
    "委员会",
];

/// The units in a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Units {
    each: Vec<Unit>,
    /// What those that name somebody are compared by.
    pub(super) keys: BTreeSet<String>,
}

/// A unit, made comparable.
#[derive(Debug, Clone)]
struct Unit {
    folded: String,
    bare: String,
    key: String,
    is_nobody: bool,
}

impl Units {
    pub(super) fn of(names: &Names, cell: &str) -> Self {
        let each: Vec<Unit> = names.apart(cell);
        let named = each.iter().filter(|unit| !unit.is_nobody);
        let keys = named.map(|unit| unit.key.clone()).collect();
        Self { each, keys }
    }
}

impl Names {
    fn unit(&self, folded: String) -> Unit {
        let bare = self.bare_of(&folded).to_owned();
        Unit {
            is_nobody: self.is_nobody(&folded),
            key: self.key_of(bare.clone()),
            bare,
            folded,
        }
    }

    /// The units in a cell, which people write one behind the other; a known one may have such signs in its name.
    fn apart(&self, cell: &str) -> Vec<Unit> {
        let whole = fold_chinese(cell);
        if self.is_known(self.bare_of(&whole)) {
            return vec![self.unit(whole)];
        }
        let signs = ['、', '；', ';', '，', ',', '/', '／', '\\', '\n', '|', '｜'];
        let parts = cell.split(signs).filter(|unit| !is_blank(unit));
        parts.map(|unit| self.unit(fold_chinese(unit))).collect()
    }

    /// Whether a folded unit names nobody.
    fn is_nobody(&self, folded: &str) -> bool {
        let plain = folded
            .trim_matches(['。', '.', '(', ')', '—', '–', '-', '_', '?', '、', '*'])
            .trim_start_matches("本学会")
            .trim_start_matches("本会");
        NOBODY.contains(&plain) || self.is_organ(plain)
    }

    fn bond(&self, unit: &Unit, society: SocietyId) -> Bond {
        if unit.is_nobody {
            return Bond::Nobody;
        }
        let own = &self.keys[society];
        if unit.key == *own {
            return Bond::Own;
        }
        let plain = unit.folded.trim_matches(['。', '.', '(', ')']);
        if UNATTACHED.contains(&plain) {
            return Bond::Unattached;
        }
        if self.is_known(&unit.bare) {
            // It is not this one, or it would have the same key.
            return Bond::Free;
        }
        let mut rest = unit.bare.clone();
        for (name, of) in &self.bare {
            if rest == *name {
                return Bond::Free;
            }
            if !rest.contains(name.as_str()) {
                continue;
            }
            rest = rest.replace(name.as_str(), "\u{1f}");
            if *of == Some(society) {
                // Names of others, which stood in it as well, say nothing about this one.
                let beside = rest.replace('\u{1f}', "");
                return if self.is_organ(&beside) {
                    Bond::Own
                } else if BRANCHES.iter().any(|branch| beside.contains(branch)) {
                    Bond::Branch
                } else {
                    Bond::Near
                };
            }
        }
        let without_land = own
            .strip_prefix("中国")
            .or_else(|| own.strip_prefix("中华"));
        if without_land == Some(unit.bare.as_str()) {
            Bond::Near
        } else {
            Bond::Free
        }
    }
}

impl Roster {
    /// What the units in a cell are to a society.
    #[must_use]
    pub fn bond(&self, cell: &str, society: SocietyId) -> Bond {
        let names = self.names();
        let units = names.units(cell);
        let bonds = units.each.iter().map(|unit| names.bond(unit, society));
        // Beside a unit that is named, what names nobody is a remark.
        let named = bonds.filter(|bond| *bond != Bond::Nobody);
        named.max().unwrap_or(Bond::Nobody)
    }

    /// Whether a cell is filled and yet names no unit.
    #[must_use]
    pub fn names_nobody(&self, cell: &str) -> bool {
        !is_blank(cell)
            && self
                .names()
                .units(cell)
                .each
                .iter()
                .all(|unit| unit.is_nobody)
    }
}

#[cfg(test)]
mod tests {
    use super::Bond;
    use crate::ground::Ground;

    #[test]
    fn what_a_unit_is_to_the_society_evaluated() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let roster = &ground.roster;
        let society = roster.society_named("中国地质学会").expect("listed");
        for (unit, bond) in [
            ("中国地质学会", Bond::Own),
            ("中國地質學會", Bond::Own),
            ("中国地质学会党委", Bond::Own),
            ("中国地质学会 党委办公室", Bond::Own),
            ("中国地质学会（秘书处）", Bond::Own),
            ("中国地质学会机关党委（办公室）", Bond::Own),
            ("中国地质学会党总支", Bond::Own),
            ("中国地质学会学术部", Bond::Own),
            ("中国标准化协会、中国地质学会办公室", Bond::Own),
            ("中国地质学会地质灾害分会", Bond::Branch),
            ("中国地质学会（常务理事）", Bond::Branch),
            ("中国地质学会青年工作委员会", Bond::Branch),
            ("中国地质学会挂靠单位", Bond::Near),
            ("北京中国地质学会", Bond::Near),
            ("地质学会", Bond::Near),
            ("无", Bond::Nobody),
            ("—", Bond::Nobody),
            ("/", Bond::Nobody),
            ("本学会", Bond::Nobody),
            ("本学会党委", Bond::Nobody),
            ("党委", Bond::Nobody),
            ("退休", Bond::Unattached),
            ("独立专家", Bond::Unattached),
            ("中国地质大学", Bond::Free),
            ("中国地理学会", Bond::Free),
            ("北京地质学会", Bond::Free),
            ("中国标准化协会党委", Bond::Free),
            ("科技社团党委", Bond::Free),
            ("中国标准化协会（无）", Bond::Free),
        ] {
            assert_eq!(roster.bond(unit, society), bond, "{unit}");
        }
    }

    #[test]
    fn one_unit_by_several_names() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let person = |unit| ground.roster.person("张三", unit);
        let same = |one, other| person(one).shares_unit(&person(other));
        for (one, other) in [
            ("科技社团党委", "中国科协科技社团党委"),
            ("中华医学会理事会党委", "中华医学会"),
            ("中国水产学会；中国标准化协会党委", "中国标准化协会秘书处"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [("中国化学会", "中国草学会"), ("无", "无"), ("党委", "党委")]
        {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
