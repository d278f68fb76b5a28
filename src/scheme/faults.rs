//! The faults of a scheme file: each once, with its line, and none that follows from another.

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

/// A fault, and what else may be the cause of it.
pub(super) struct Noted {
    pub(super) fault: Fault,
    follows: Follows,
}

/// What a fault may follow from. One slip of the pen is one fault: what it was meant for is not wrong besides.
pub(super) enum Follows {
    Nothing,
    /// A slip in these lines (first and last).
    Within(usize, usize),
    /// A slip in whatever parts, lines and names the file is made of.
    Anything,
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
        self.note(line, message, Follows::Nothing);
    }

    pub(super) fn note(&self, line: usize, message: impl Into<String>, follows: Follows) {
        let message = message.into();
        let fault = Fault { line, message };
        self.faults.borrow_mut().push(Noted { fault, follows });
    }

    /// The line a byte offset stands on.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < offset)
    }

    /// All faults in the order of lines, without those that follow from a slip.
    pub fn into_faults(self) -> Vec<Fault> {
        let slips = self.slips.into_inner();
        let stands = |noted: &Noted| match noted.follows {
            Follows::Nothing => true,
            Follows::Within(first, last) => !slips.iter().any(|at| (first..=last).contains(at)),
            Follows::Anything => slips.is_empty(),
        };
        let all = self.faults.into_inner().into_iter();
        let mut faults: Vec<Fault> = all.filter(stands).map(|noted| noted.fault).collect();
        faults.sort();
        faults.dedup();
        faults
    }
}
