//! Where two versions of one form differ, cell by cell.

use serde::Serialize;

use crate::check::SettledForm;
use crate::ground::Ground;
use crate::model::{CellRef, Exact, Points};

/// A cell in which another version says something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Difference {
    /// What stands there: `3.2加分`, `推荐星级`.
    what: String,
    cell: Option<CellRef>,
    /// As it counts here, and in each other version that differs; nothing where it is in words.
    own: String,
    others: Vec<String>,
}

/// Where a form differs from others by the same person: points first, then what is beside them.
pub(crate) fn differences(
    ground: &Ground,
    own: &SettledForm,
    others: &[&SettledForm],
) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |what: String, cell, of: &dyn Fn(&SettledForm) -> String| {
        let here = of(own);
        let mut there: Vec<String> = others.iter().map(|other| of(other)).collect();
        there.retain(|one| *one != here);
        there.dedup();
        if !there.is_empty() {
            found.push(Difference {
                what,
                cell,
                own: here,
                others: there,
            });
        }
    };
    for (index, line) in ground.scheme.lines.entries() {
        let cells = own.lines.get(index);
        compare(
            format!("{}加分", line.code),
            cells.and_then(|line| line.bonus_cell),
            &|form| points(form.lines.get(index).and_then(|line| line.bonus.as_ref())),
        );
        compare(
            format!("{}减分", line.code),
            cells.and_then(|line| line.deduction_cell),
            &|form| {
                points(
                    form.lines
                        .get(index)
                        .and_then(|line| line.deduction.as_ref()),
                )
            },
        );
    }
    compare("评价人类别".to_owned(), None, &|form| {
        let classes = &ground.scheme.reviewer_classes;
        let class = form.class.and_then(|class| classes.get(class));
        class.map_or_else(|| NOTHING.to_owned(), |class| class.name.clone())
    });
    compare("推荐星级".to_owned(), None, &|form| {
        let stars = form.recommended.map(|stars| format!("{stars}星"));
        stars.unwrap_or_else(|| NOTHING.to_owned())
    });
    // Words may say anything; that they differ is enough.
    let differ = |of: &dyn Fn(&SettledForm) -> String| others.iter().any(|one| of(one) != of(own));
    for (what, is_other) in [
        ("评价方式", differ(&|form| form.mode.clone())),
        ("推荐意见", differ(&|form| form.opinion.clone())),
    ] {
        if is_other {
            found.push(Difference {
                what: what.to_owned(),
                cell: None,
                own: String::new(),
                others: Vec::new(),
            });
        }
    }
    found
}

const NOTHING: &str = "空";

fn points(points: Option<&Exact>) -> String {
    let shown = points.map(|points| points.rounded(Points::MOST_DECIMALS).to_string());
    shown.unwrap_or_else(|| NOTHING.to_owned())
}

/// The first few, and how many there are: `3.2加分（I17）40，另一份50；等5处`. Nothing where no cell differs.
pub(crate) fn told(differences: &[Difference], few: usize) -> String {
    let told: Vec<String> = differences
        .iter()
        .take(few)
        .map(|one| {
            if one.others.is_empty() {
                return format!("{}不同", one.what);
            }
            let cell = one.cell.map_or(String::new(), |cell| format!("（{cell}）"));
            let other = if one.others.len() > 1 {
                "另几份"
            } else {
                "另一份"
            };
            format!(
                "{}{cell}{}，{other}{}",
                one.what,
                one.own,
                one.others.join("、")
            )
        })
        .collect();
    if differences.len() > few {
        format!("{}；等{}处", told.join("；"), differences.len())
    } else {
        told.join("；")
    }
}
