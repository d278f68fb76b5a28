//! Does a bonus presuppose another line? (附件2: 理事会层面、办事机构的党组织未成立，其制度与作用无从谈起.)
//!
//! What it finds: a bonus in a line whose base line has 0. It counts as filled.

use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding};
use crate::form::Filled;
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
    "暂按所填计，请核实两行",
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

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    for (line, row) in subject.lines() {
        let Some(bonus) = row
            .bonus
            .filled
            .points()
            .filter(|bonus| bonus.is_positive())
        else {
            continue;
        };
        for need in &line.needs {
            // A blank base line is 0 only where the scheme says so; that it is not scored is said elsewhere.
            let blank_is_nought = scheme.policies.blank == Blank::Zero;
            let base = subject.form.rows[*need].as_ref();
            let has_none = base.is_some_and(|base| match base.bonus.filled.points() {
                Some(points) => !points.is_positive(),
                None => blank_is_nought && base.bonus.filled == Filled::Blank,
            });
            if has_none {
                let base = scheme.title(&scheme.lines[*need]);
                let message = format!("{base}得0分，{}却加{bonus}分", scheme.title(line));
                findings.push(
                    subject
                        .finding(&BASE_LINE_MISSING, row.bonus.cell, message)
                        .line(&line.code)
                        .found(bonus.to_string())
                        .allowed(format!("{base}得分后方可加分")),
                );
            }
        }
    }
}
