//! 自评: is what stands beside an answer the question that its number asks?
//!
//! What it finds: the question of another item beside a number (somebody moved the numbers, or sorted a part of the
//! table), and a question that was written anew: what was answered may not be what is reckoned with.

use serde::Serialize;

use super::title;
use crate::check::{Family, Subject};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Question, Spot};
use crate::ground::Ground;

pub const FAMILY: Family = Family {
    codes: &[&MISNUMBERED, &REWORDED],
    check,
    reads_table: true,
};

static MISNUMBERED: Code = Code::error(
    "S105",
    "item-misnumbered",
    "自评表同一行的事项号与填报事项对不上",
    "请学会用退回件核对后重报",
    Explained {
        means: "一行的事项号是这一项的，写的填报事项却是另一项的，多半是事项号或事项错开了，或只对一部分列排了序。这一格回答的是哪一项，程序不猜，这份自评不采用。",
        basis: "本工具约定：事项号与填报事项一致的行才读。",
        example: "中国地质学会-自评.csv › 自评表!H17：事项号是3.1-b“是否按计划开展活动”的，填报事项写的却是3.1-a“是否制定工作计划”的。",
        remedy: "请学会在退回件上逐项核对后发回，不要排序、不要移动行，自动取代旧表。",
    },
)
.folding();
static REWORDED: Code = Code::warning(
    "S106",
    "item-reworded",
    "自评表的填报事项被改写",
    "请核实学会回答的是不是原来的事项",
    Explained {
        means: "填报事项的文字与空白自评表不同。答的可能是改过的问法，程序仍按原来的事项算分。",
        basis: "本工具约定：自评的事项以评价方案所写为准。",
        example: "中国地质学会-自评.csv › 自评表!H20：3.2-a“全年召开党委会次数”的填报事项写成“近三年召开党委会次数”。",
        remedy: "问学会这一格答的是哪一个问法。与原来的事项一致的不用改；不一致的，请在退回件上按原来的事项改正后发回。",
    },
);

/// A question that is not the item's.
#[derive(Debug, Serialize)]
struct Misplaced {
    #[serde(skip)]
    item: usize,
    number: String,
    /// The item (an index) whose question it is; none where it is nobody's.
    #[serde(skip)]
    of: Option<usize>,
    written: String,
}

impl Fact for Misplaced {
    fn code(&self) -> &'static Code {
        match self.of {
            Some(_) => &MISNUMBERED,
            None => &REWORDED,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let own = title(to, self.item);
        match self.of {
            Some(other) => {
                format!("事项号是{own}的，填报事项写的却是{}的", title(to, other))
            }
            None => format!("{own}的填报事项写成{}", quote(&self.written)),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.written.clone()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Item(self.item)]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        Some(match self.of {
            Some(of) => Advice::new(format!(
                "原表这一行的事项号是这一项的，填报事项写的却是{}的。这里是按事项号带过来的，请核对所填的是不是这一项。",
                title(to, of)
            )),
            None => Advice::new(
                "原表这一行的填报事项被改写了。请按这里的事项核对所填内容，不是的请改正。",
            )
            .found(shown(&self.written)),
        })
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let (Some(own), Some(told)) = (&scheme.own, &subject.form.told) else {
        return;
    };
    for (index, item) in own.items.iter().enumerate() {
        let Some((cell, question)) = told.item(index).and_then(|told| told.question.as_ref())
        else {
            continue;
        };
        let (of, written) = match question {
            Question::Of(other) => (Some(*other), own.items[*other].asks.clone()),
            Question::Changed(written) => (None, written.clone()),
        };
        let fact = Misplaced {
            item: index,
            number: item.code.clone(),
            of,
            written,
        };
        let finding = subject.found(*cell, fact);
        findings.push(finding.line(&scheme.lines[item.line].code));
    }
}
