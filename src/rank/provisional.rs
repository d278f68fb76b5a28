//! 暂计: why the points of a ranked society may still change. Decided here, once; papers and programs only show it.
//!
//! | cause | counted | printed | blocks `--final` | cleared by |
//! |---|---|---|---|---|
//! | a form is held | no | 另有n份待更正 | yes | a corrected form, or 处理登记 |
//! | a form is due and has not come | — | 暂计c/d份 | yes | the form, or the lists |

use serde::Serialize;

use crate::settle::{FormState, Settled};

/// Why a society's points are provisional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// A form that is due does not count: it has not come, or does not count yet.
    Owed,
    /// Another of its forms waits for a correction.
    Held,
}

/// The causes for a ranked society, each once.
pub(super) fn causes(settled: &Settled, society: usize) -> Vec<Cause> {
    let mut forms = settled.forms.iter();
    let has_held = forms.any(|form| form.society == Some(society) && form.state == FormState::Held);
    let is_owed = settled.owing.iter().any(|owing| owing.society == society);
    let lacks = settled.due_counted[society] < settled.due[society];
    [(is_owed || lacks, Cause::Owed), (has_held, Cause::Held)]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, cause)| cause)
        .collect()
}
