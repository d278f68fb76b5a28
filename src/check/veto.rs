//! 一票否决: does the form say whether it applies?
//!
//! What it finds: a veto that is not answered, or in words that are neither 有 nor 无. What an answer does is the
//! scheme's; whether the forms of one society agree is `settle`'s.

use serde::Serialize;

use super::answer::{self, Answer};
use super::{Family, Subject};
use crate::finding::text::{self, quote};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Form, Spot};
use crate::ground::Ground;

pub const FAMILY: Family = Family {
    codes: &[&UNSAID],
    check,
    reads_table: false,
};

static UNSAID: Code = Code::error(
    "E201",
    "veto-unsaid",
    "一票否决项没有填明",
    "请填“无”或“有”后重报",
    Explained {
        means: "评价方案设有一票否决，表底有一格要填“有”或“无”。这一格空着，或者看不出是有还是没有，程序不替人判断。",
        basis: "本工具约定：有没有一票否决的情形须写明；否决的后果由评价方案定。",
        example: "部门甲.csv › 评价表!B13：一票否决“发生责任事故”没有填，应填“无”或“有”。",
        remedy: "请评价人在退回件上填“无”或“有”，评价日期写更正当天再重报。已经查明的，也可以在名单的“一票否决”一栏写明，以名单为准，\
            但表仍须填全。",
    },
);

/// The answers to the scheme's vetoes, as far as they are said.
pub(super) fn answers(form: &Form) -> Vec<Option<bool>> {
    let said = |text: &str| match answer::recusal(text) {
        Answer::Yes => Some(true),
        Answer::No => Some(false),
        Answer::Unsaid | Answer::Unclear => None,
    };
    let answers = form.vetoes.iter();
    answers
        .map(|answer| answer.as_ref().and_then(|answer| said(&answer.text)))
        .collect()
}

/// A veto of which the form does not say whether it applies.
#[derive(Debug, Serialize)]
struct Unsaid {
    #[serde(skip)]
    veto: usize,
    name: String,
    written: String,
}

impl Fact for Unsaid {
    fn code(&self) -> &'static Code {
        &UNSAID
    }

    fn message(&self, _: &Reader<'_>) -> String {
        let said = if self.written.is_empty() {
            "没有填".to_owned()
        } else {
            format!("填{}", quote(&self.written))
        };
        format!("一票否决“{}”{said}，应填“无”或“有”", self.name)
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.written.clone()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        "无、有".to_owned()
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![Spot::Veto(self.veto)]
    }

    fn advice(&self, _: &Reader<'_>) -> Option<Advice> {
        let fix = "看不出有没有一票否决的情形。请填“无”或“有”。";
        Some(
            Advice::new(fix)
                .found(text::shown(&self.written))
                .allowed("无、有"),
        )
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let form = subject.form;
    if form.rows.is_empty() {
        return;
    }
    let vetoes = subject.ground.scheme.vetoes.iter().enumerate();
    for ((index, veto), answer) in vetoes.zip(answers(form)) {
        if answer.is_some() {
            continue;
        }
        let text = form.vetoes[index].as_ref();
        let fact = Unsaid {
            veto: index,
            name: veto.name.clone(),
            written: text.map_or(String::new(), |text| text.text.clone()),
        };
        findings.push(subject.found(text.map(|text| text.cell), fact));
    }
}
