//! Does a bonus presuppose another line? (附件2: 理事会层面、办事机构的党组织未成立，其制度与作用无从谈起.)
//!
//! What it finds: a bonus in a line whose base line has 0. It counts as filled.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Filled, Spot};
use crate::ground::Ground;
use crate::model::{LineId, Points};
use crate::scheme::Blank;

pub const FAMILY: Family = Family {
    codes: &[&BASE_LINE_MISSING],
    check,
    reads_table: true,
};

static BASE_LINE_MISSING: Code = Code::warning(
    "P403",
    "base-line-missing",
    "前提行没有得分，本行却加了分",
    "请核实两行",
    Explained {
        means: "这一行的加分要以另一行得分为前提（没有成立党委，就谈不上党委的制度和作用），前提行\
            是0分，这一行却加了分，两行至少有一行可疑。",
        basis: "2018年附件2的1.1、4.1；以哪行为前提是本工具约定（评分说明·前提，方案中各行的 needs）。",
        example: "第1组/中国作物学会.ods › 评价表!I13：1.1“成立理事会党委”得0分，2.1“建立学会党委\
            工作规则或议事规则”却加50分。",
        remedy: "请评价人核实两行：前提行漏给分的补上，这一行不该加分的改为0，评价日期写更正当天再\
            重报。确认无误的，照所填计。",
    },
);

/// A bonus in a line whose base line has none.
#[derive(Debug, Serialize)]
struct BaseMissing {
    #[serde(skip)]
    line: LineId,
    #[serde(skip)]
    base: LineId,
    /// Code of the base line.
    base_line: String,
    bonus: Points,
    /// All lines that this one presupposes and that have no bonus.
    #[serde(skip)]
    without: Vec<LineId>,
}

impl Fact for BaseMissing {
    fn code(&self) -> &'static Code {
        &BASE_LINE_MISSING
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (base, line) = (to.line(self.base), to.line(self.line));
        format!("{base}得0分，{line}却加{}分", self.bonus)
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.bonus.to_string()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        format!("{}得分后方可加分", to.line(self.base))
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        std::iter::once(self.line)
            .chain(self.without.iter().copied())
            .map(Spot::Bonus)
            .collect()
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let message = self.message(to);
        // Of a society's own form points are worked out: what was filled in is the items.
        if to.ground.scheme.own.is_some() {
            let fix = format!("{message}。请核对标出的这几行所填的事项；确认无误的不用改。");
            return Some(Advice::new(fix));
        }
        let fix = format!("{message}。请核对标出的这几行；确认无误的不用改。");
        Some(Advice::new(fix).found(self.bonus.to_string()))
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let bonus_of = |line: LineId| {
        let row = subject.form.rows[line].as_ref();
        row.map(|row| &row.bonus.filled)
    };
    for (index, line, row) in subject.lines() {
        let Some(bonus) = row
            .bonus
            .filled
            .points()
            .filter(|bonus| bonus.is_positive())
        else {
            continue;
        };
        let without: Vec<LineId> = line
            .needs
            .iter()
            .copied()
            .filter(|need| {
                let points = bonus_of(*need).and_then(Filled::points);
                !points.is_some_and(Points::is_positive)
            })
            .collect();
        for need in &line.needs {
            // A blank base line is 0 only where the scheme says so; that it is not scored is said elsewhere.
            let blank_is_nought = scheme.policies.blank == Blank::Zero;
            let has_none = bonus_of(*need).is_some_and(|base| match base.points() {
                Some(points) => !points.is_positive(),
                None => blank_is_nought && *base == Filled::Blank,
            });
            if has_none {
                let fact = BaseMissing {
                    line: index,
                    base: *need,
                    base_line: scheme.lines[*need].code.clone(),
                    bonus,
                    without: without.clone(),
                };
                findings.push(subject.found(row.bonus.cell, fact).line(&line.code));
            }
        }
    }
}
