//! 与上次相比: which earlier outcome is meant, and what changed since, in a line.

use std::path::Path;

use super::say;
use crate::error::Error;
use crate::ground::Ground;
use crate::intake::walk;
use crate::outcome::Brief;
use crate::rank::{Happened, Since};
use crate::report::kit::policies;
use crate::scheme::Scheme;

/// The outcome that `asked` holds; else the one that lies in `output`, if there is any.
///
/// # Errors
/// It cannot be compared with: there is none where one was asked for, it was changed, or it is another scheme's.
pub fn earlier(
    asked: Option<&Path>,
    output: &Path,
    ground: &Ground,
) -> Result<Option<Brief>, Error> {
    let of_this_scheme = |folder: &Path| {
        let brief = Brief::load(folder)?;
        let theirs = &brief.scheme;
        if theirs.id == ground.scheme.id {
            return Ok(brief);
        }
        Err(Error::Usage(format!(
            "“{}”里是{}年方案 {} 的结果，这次用的是方案 {}，不能比较。请用 --since 指定同一方案的结果目录。",
            folder.display(),
            theirs.year,
            theirs.id,
            ground.scheme.id
        )))
    };
    if let Some(folder) = asked {
        return of_this_scheme(folder).map(Some);
    }
    if !walk::is_output(output) {
        return Ok(None);
    }
    of_this_scheme(output).map(Some)
}

/// Says that the work goes on without: nobody asked for it.
pub fn goes_without(error: &Error) {
    say::line(&format!("【请核实】没有与上次的结果比较：{error}"));
}

/// What changed, in a line.
#[must_use]
pub fn in_a_line(scheme: &Scheme, since: &Since) -> String {
    let number = &since.earlier.number;
    if since.is_nothing() {
        return format!(
            "与上次的结果（{number}）相比：评价表、{}都没有变化。",
            policies::outcome(scheme)
        );
    }
    let forms = [
        Happened::New,
        Happened::Corrected,
        Happened::Otherwise,
        Happened::Gone,
    ]
    .map(|happened| (happened.label(), since.count(happened), "份"));
    let societies = [
        ("总分变了", since.moved(|had| had.total), "个"),
        ("名次变了", since.moved(|had| had.rank), "个"),
        ("星级变了", since.moved(|had| had.stars), "个"),
        (
            "等次变了",
            // A grade follows the star where there are any.
            since.moved(|had| had.grade.clone().filter(|_| had.stars.is_none())),
            "个",
        ),
    ];
    let said = |counts: &[(&str, usize, &str)]| {
        let some = counts.iter().filter(|(_, count, _)| *count > 0);
        let words: Vec<String> = some
            .map(|(what, count, measure)| format!("{what}{count}{measure}"))
            .collect();
        words.join("、")
    };
    let told: Vec<String> = [said(&forms), said(&societies)]
        .into_iter()
        .filter(|said| !said.is_empty())
        .collect();
    let told = if told.is_empty() {
        format!("{}个{}的状态有变化", since.societies.len(), scheme.object())
    } else {
        told.join("；")
    };
    format!("与上次的结果（{number}）相比：{told}。")
}
