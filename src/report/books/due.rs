//! 应收 and what became of it: columns that add up, the same on every paper. Those that nothing fills are left out.

use crate::rank::{Progress, SocietyState, Standing};
use crate::report::kit::{Cell, Column, Look};

/// One of the columns.
struct Figure {
    head: &'static str,
    of: fn(&Progress) -> usize,
}

const DUE: Figure = Figure {
    head: "应收",
    of: |progress| progress.due,
};
/// Each form due is one of these.
const PARTS: [Figure; 4] = [
    Figure {
        head: "计入",
        of: |progress| progress.counted,
    },
    Figure {
        head: "待更正",
        of: |progress| progress.held,
    },
    Figure {
        head: "回避等",
        of: |progress| progress.aside,
    },
    Figure {
        head: "未交",
        of: |progress| progress.owed(),
    },
];

/// All of the figures with what each is called, whether or not anything fills it: 应收 first, then what it comes to.
#[must_use]
pub fn figures(progress: &Progress) -> Vec<(&'static str, usize)> {
    std::iter::once(&DUE)
        .chain(&PARTS)
        .map(|figure| (figure.head, (figure.of)(progress)))
        .collect()
}

/// The columns for [`figures`].
#[must_use]
pub fn all_columns(width: u32) -> Vec<Column> {
    let all = std::iter::once(&DUE).chain(&PARTS);
    all.map(|figure| Column::new(figure.head, width, Look::Whole))
        .collect()
}

/// The columns for several societies.
pub struct Due {
    parts: Vec<Figure>,
    has_aside: bool,
    /// Somebody sent several forms of which one is due.
    has_several: bool,
}

impl Due {
    /// As few columns as these societies need.
    #[must_use]
    pub fn of(shown: &[&Standing]) -> Self {
        let is_filled = |figure: &Figure| shown.iter().any(|one| (figure.of)(&one.progress) > 0);
        let has_aside = shown.iter().any(|one| one.progress.aside > 0);
        let parts = PARTS.into_iter().enumerate();
        Self {
            // How many count is always worth knowing.
            parts: parts
                .filter(|(at, figure)| *at == 0 || is_filled(figure))
                .map(|(_, figure)| figure)
                .collect(),
            has_aside,
            has_several: shown.iter().any(|one| one.held > one.progress.held),
        }
    }

    fn figures(&self) -> impl Iterator<Item = &Figure> {
        std::iter::once(&DUE).chain(&self.parts)
    }

    /// How many columns that is.
    #[must_use]
    pub fn count(&self) -> u16 {
        u16::try_from(self.figures().count()).unwrap_or(u16::MAX)
    }

    #[must_use]
    pub fn columns(&self) -> Vec<Column> {
        let column = |figure: &Figure| Column::new(figure.head, 4, Look::Whole);
        self.figures().map(column).collect()
    }

    #[must_use]
    pub fn cells(&self, standing: &Standing) -> Vec<Cell> {
        let cell = |figure: &Figure| Cell::whole((figure.of)(&standing.progress));
        self.figures().map(cell).collect()
    }

    /// How the columns hang together; none where all that is due counts.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let heads: Vec<&str> = self.parts.iter().map(|figure| figure.head).collect();
        let mut said = Vec::new();
        if heads.len() > 1 {
            said.push(format!("应收＝{}", heads.join("＋")));
        }
        if self.has_several {
            said.push("同一人交来几份而分不出以哪份为准的，按应收的1份算".to_owned());
        }
        if self.has_aside {
            said.push("“回避等”指交来了而不能计的，要另请他人评价".to_owned());
        }
        (!said.is_empty()).then(|| format!("份数：{}。", said.join("；")))
    }
}

/// That more count than are due: forms of people who are not listed, or without a list all but the first.
#[must_use]
pub fn beyond(standing: &Standing) -> Option<String> {
    let more = standing.forms_counted - standing.progress.counted;
    let counts = more > 0 && standing.state != SocietyState::Ineligible;
    counts.then(|| format!("应收之外另计入{more}份"))
}

#[cfg(test)]
mod tests {
    use super::{Due, PARTS};
    use crate::report::kit::sample;

    #[test]
    fn what_is_due_is_the_sum_of_what_became_of_it() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        for standing in &standings.societies {
            let sum: usize = PARTS
                .iter()
                .map(|figure| (figure.of)(&standing.progress))
                .sum();
            assert_eq!(sum, standing.progress.due);
        }
        let all: Vec<_> = standings.societies.iter().collect();
        let due = Due::of(&all);
        let heads: Vec<String> = due.columns().into_iter().map(|one| one.head).collect();
        assert!(heads.len() > 3, "{heads:?}");
        assert_eq!(due.cells(all[0]).len(), heads.len());
        let note = due.note().expect("not all is there");
        assert!(heads[1..].iter().all(|head| note.contains(head)), "{note}");
        // Where all that is due counts, nothing else is shown.
        let whole: Vec<_> = all
            .into_iter()
            .filter(|one| one.progress.counted == one.progress.due)
            .filter(|one| one.forms_counted == one.progress.due)
            .collect();
        assert!(!whole.is_empty());
        let due = Due::of(&whole);
        assert_eq!(due.count(), 2);
        assert_eq!(due.note(), None);
    }
}
