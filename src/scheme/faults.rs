//! The faults of a scheme file: each once, with its line, and none that follows from another.
//!
//! One slip makes much else look wrong: a rule that cannot be read reaches no cap, a line without a cap adds nothing to
//! its part. Every fault therefore says how far it stands from what was typed, and in which lines what it rests on
//! stands; where something nearer is at fault there, it is not told.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// A fault of the scheme file. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行：{}", self.line, self.message)
    }
}

/// How far a fault stands from what was typed, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// One value by itself.
    Value,
    /// The values of one table together.
    Table,
    /// What the rule of a line comes to, beside its cap.
    Outcome,
    /// One table beside others: what it refers to, what others come to.
    Beside,
}

/// First and last line of what a fault rests on.
pub(super) type Span = (usize, usize);

/// What several faults have in common that are told as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kin {
    /// The same name meets nothing.
    Unmet {
        /// What there is none of: `部分`.
        what: String,
        /// By which name; none where there is none at all.
        id: Option<String>,
    },
    /// The same table lacks several keys.
    Lacking {
        /// The line it begins on.
        line: usize,
        table: String,
    },
}

/// A fault, and what else may be the cause of it.
pub(super) struct Noted {
    pub(super) fault: Fault,
    pub(super) rank: Rank,
    pub(super) rests_on: Vec<Span>,
    pub(super) kin: Option<Kin>,
    /// The key that is lacking, where one is.
    pub(super) key: &'static str,
}

/// Where faults gather while a document is walked.
pub struct Reader {
    /// Byte offsets of the line ends.
    ends: Vec<usize>,
    pub(super) faults: RefCell<Vec<Noted>>,
    /// The lines on which what the file is made of is misspelt.
    pub(super) slips: RefCell<Vec<usize>>,
    /// Every key that was asked for, each with the name of its table.
    pub(super) asked: RefCell<BTreeSet<(String, &'static str)>>,
}

impl Reader {
    pub fn new(source: &str) -> Self {
        Self {
            ends: source
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(offset, _)| offset)
                .collect(),
            faults: RefCell::default(),
            slips: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    pub fn fault(&self, line: usize, message: impl Into<String>) {
        self.note(line, message, Rank::Value, Vec::new());
    }

    pub(super) fn note(
        &self,
        line: usize,
        message: impl Into<String>,
        rank: Rank,
        rests_on: Vec<Span>,
    ) {
        let message = message.into();
        self.faults.borrow_mut().push(Noted {
            fault: Fault { line, message },
            rank,
            rests_on,
            kin: None,
            key: "",
        });
    }

    /// A fault that is told with others of its kin; `key` is the key that is lacking, where one is.
    pub(super) fn note_kin(&self, fault: Fault, rank: Rank, kin: Kin, key: &'static str) {
        self.faults.borrow_mut().push(Noted {
            fault,
            rank,
            rests_on: Vec::new(),
            kin: Some(kin),
            key,
        });
    }

    /// The names noted so far of what is called so that meet nothing; none for what there is none of at all.
    pub(super) fn unmet(&self, of: &str) -> Vec<Option<String>> {
        let faults = self.faults.borrow();
        let unmet = faults.iter().filter_map(|noted| match &noted.kin {
            Some(Kin::Unmet { what, id }) if what == of => Some(id.clone()),
            _ => None,
        });
        unmet.collect()
    }

    /// The line a byte offset stands on.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < offset)
    }

    /// All faults in the order of lines, without those that follow from another.
    pub fn into_faults(self) -> Vec<Fault> {
        let slips = self.slips.into_inner();
        let all = self.faults.into_inner();
        let within = |noted: &Noted, line: usize| {
            let mut spans = noted.rests_on.iter();
            spans.any(|(first, last)| (*first..=*last).contains(&line))
        };
        let stands = |noted: &Noted| {
            let slipped = match noted.rank {
                Rank::Value => false,
                // A misspelt heading or key may be what any of the others was meant for.
                Rank::Beside => !slips.is_empty(),
                Rank::Table | Rank::Outcome => slips.iter().any(|line| within(noted, *line)),
            };
            let mut nearer = all.iter().filter(|other| other.rank < noted.rank);
            !slipped && !nearer.any(|other| within(noted, other.fault.line))
        };
        let mut kept: Vec<&Noted> = all.iter().filter(|noted| stands(noted)).collect();
        kept.sort_by(|one, other| one.fault.cmp(&other.fault));
        let mut faults: Vec<Fault> = Vec::new();
        let mut told: Vec<&Kin> = Vec::new();
        for noted in &kept {
            let Some(kin) = &noted.kin else {
                faults.push(noted.fault.clone());
                continue;
            };
            if told.contains(&kin) {
                continue;
            }
            told.push(kin);
            let all = kept.iter().filter(|one| one.kin.as_ref() == Some(kin));
            let all: Vec<&Noted> = all.copied().collect();
            faults.push(together(kin, &all));
        }
        faults.sort();
        faults.dedup();
        faults
    }
}

/// Faults of one kin as one, in the place of the first.
fn together(kin: &Kin, all: &[&Noted]) -> Fault {
    let line = all.first().map_or(1, |first| first.fault.line);
    let message = match kin {
        Kin::Unmet { .. } => {
            let said = all.first().map_or("", |first| first.fault.message.as_str());
            format!("{said}{}", also_at(line, all))
        }
        Kin::Lacking { table, .. } => {
            let mut keys: Vec<&str> = Vec::new();
            for one in all {
                if !keys.contains(&one.key) {
                    keys.push(one.key);
                }
            }
            format!("{table} 缺少 {}", keys.join("、"))
        }
    };
    Fault { line, message }
}

/// The other lines that a fault is in: `；第5、7行也写了`.
fn also_at(line: usize, all: &[&Noted]) -> String {
    /// As many lines as one looks up.
    const NAMED: usize = 5;
    let mut others: Vec<usize> = all.iter().map(|noted| noted.fault.line).collect();
    others.retain(|one| *one != line);
    others.dedup();
    if others.is_empty() {
        return String::new();
    }
    let named: Vec<String> = others.iter().take(NAMED).map(ToString::to_string).collect();
    let more = if others.len() > NAMED { "等" } else { "" };
    format!("；第{}行{more}也写了", named.join("、"))
}
