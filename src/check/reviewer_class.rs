//! Which class of reviewers is the form of, where classes weigh differently?
//!
//! What it finds: no class, a class that the scheme does not have, another one than the list of reviewers says.

use serde::Serialize;

use super::{Family, Subject};
use crate::finding::text::{self, quote};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Field, Spot};
use crate::ground::Ground;
use crate::model::fold;

pub const FAMILY: Family = Family {
    codes: &[&MISSING],
    check,
    reads_table: false,
};

static MISSING: Code = Code::error(
    "R110",
    "reviewer-class-missing",
    "没有填明评价人类别",
    "请从列表中选择后重报",
    Explained {
        means: "评价方案把评价人分成几类，各占权重，这份表没有写明评价人属于哪一类，写的不是方案中的类别，或者与评价人名单不一\
            致。不知道类别，就不知道这份表该占多少。",
        basis: "本工具约定：类别须写明；各类的权重由评价方案定。",
        example: "部门甲.csv › 评价表!B5：评价人类别填“领导”，应填上级、同级。",
        remedy: "请评价人在退回件上从列表中选择类别，评价日期写更正当天再重报。名单写错的，改正评价人名单后重新运行。",
    },
);

/// 评价人类别 (an index), as the form says it, else as the list does.
#[must_use]
pub(super) fn class(subject: &Subject<'_>) -> Option<usize> {
    let (ground, form) = (subject.ground, subject.form);
    let written = fold(form.text(Field::Class));
    if written.is_empty() {
        let (_, listed) = ground.roster.listed(&subject.who.person, None)?;
        return listed.class;
    }
    let mut classes = ground.scheme.reviewer_classes.iter();
    classes.position(|class| fold(&class.name) == written)
}

/// A form that does not say what it weighs, or not as the list does.
#[derive(Debug, Serialize)]
struct Unclassed {
    written: String,
    /// What the list says, where that is another class.
    listed: Option<String>,
}

impl Fact for Unclassed {
    fn code(&self) -> &'static Code {
        &MISSING
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match &self.listed {
            Some(listed) => format!(
                "评价人类别填{}，评价人名单中是“{listed}”",
                quote(&self.written)
            ),
            None if self.written.is_empty() => {
                format!("评价人类别没有填，应填{}", self.allowed(to))
            }
            None => format!(
                "评价人类别填{}，应填{}",
                quote(&self.written),
                self.allowed(to)
            ),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.written.clone()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        let classes = to.ground.scheme.reviewer_classes.iter();
        let names: Vec<&str> = classes.map(|class| class.name.as_str()).collect();
        names.join("、")
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Field(Field::Class)]
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let fix = "看不出评价人属于哪一类。请从列表中选择。";
        Some(
            Advice::new(fix)
                .found(text::shown(&self.written))
                .allowed(self.allowed(to)),
        )
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let classes = &subject.ground.scheme.reviewer_classes;
    if classes.is_empty() {
        return;
    }
    let listed = subject.who.listed.and_then(|(_, reviewer)| reviewer.class);
    let own = class(subject);
    let contradicts = listed.filter(|listed| own.is_some_and(|own| own != *listed));
    if own.is_none() || contradicts.is_some() {
        let fact = Unclassed {
            written: subject.form.text(Field::Class).to_owned(),
            listed: contradicts.map(|class| classes[class].name.clone()),
        };
        findings.push(subject.found(subject.form.cell(Field::Class), fact));
    }
}
