//! 应收 and what became of it: columns that add up, the same on every paper. Those that nothing fills are left out.

use crate::rank::{Progress, SocietyState, Standing, Standings};
use crate::report::kit::{Cell, Column, Look};

/// One of the columns.
struct Figure {
    head: &'static str,
    /// Of what came and counts for nothing as it is.
    is_aside: bool,
    of: fn(&Progress) -> usize,
}

/// Came, and counts for nothing as it is.
const ASIDE: &str = "回避等";
static DUE: Figure = Figure {
    head: "应收",
    is_aside: false,
    of: |progress| progress.due,
};
/// Each form due is one of these.
static PARTS: [Figure; 4] = [
    Figure {
        head: "计入",
        is_aside: false,
        of: |progress| progress.counted,
    },
    Figure {
        head: "待更正",
        is_aside: false,
        of: |progress| progress.held,
    },
    Figure {
        head: ASIDE,
        is_aside: true,
        of: |progress| progress.aside,
    },
    Figure {
        head: "未交",
        is_aside: false,
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

/// The figures of a whole round, each by itself and all together: the same on every paper of it.
pub struct All {
    parts: Vec<&'static Figure>,
    has_aside: bool,
}

impl All {
    /// Where nobody is asked to stand aside, and nobody does, nothing is said of it.
    #[must_use]
    pub fn of(standings: &Standings<'_>) -> Self {
        let ground = standings.ground;
        let has_aside = ground.scheme.asks.recusal
            || !ground.roster.written_conflicts.is_empty()
            || standings.progress.iter().any(|one| one.aside > 0);
        let parts = PARTS.iter();
        Self {
            parts: parts
                .filter(|figure| has_aside || !figure.is_aside)
                .collect(),
            has_aside,
        }
    }

    fn figures(&self) -> impl Iterator<Item = &'static Figure> {
        std::iter::once(&DUE).chain(self.parts.iter().copied())
    }

    #[must_use]
    pub fn columns(&self, width: u32) -> Vec<Column> {
        let column = |figure: &Figure| Column::new(figure.head, width, Look::Whole);
        self.figures().map(column).collect()
    }

    #[must_use]
    pub fn counts(&self, progress: &Progress) -> Vec<usize> {
        self.figures().map(|figure| (figure.of)(progress)).collect()
    }

    /// How the columns hang together.
    #[must_use]
    pub fn note(&self) -> String {
        let heads: Vec<&str> = self.parts.iter().map(|figure| figure.head).collect();
        let aside = if self.has_aside {
            format!("；{}", aside())
        } else {
            String::new()
        };
        format!("注：应收＝{}{aside}", heads.join("＋"))
    }

    /// Why nobody may be left to evaluate one.
    #[must_use]
    pub const fn nobody(&self) -> &'static str {
        if self.has_aside {
            "没有人应评，或交表的都应当回避，请另请他人评价"
        } else {
            "没有人应评，请另请他人评价"
        }
    }
}

/// What [`ASIDE`] means.
fn aside() -> String {
    format!("“{ASIDE}”指交来了而不能计的，要另请他人评价")
}

/// The columns for several societies.
pub struct Due {
    parts: Vec<&'static Figure>,
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
        let parts = PARTS.iter().enumerate();
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

    fn figures(&self) -> impl Iterator<Item = &'static Figure> {
        std::iter::once(&DUE).chain(self.parts.iter().copied())
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
            said.push(aside());
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
