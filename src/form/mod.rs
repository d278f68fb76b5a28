//! 评价表: what the blank form looks like to the reader, and from sheets to filled forms.
//!
//! Everything is found by label and id, never by position or sheet name. Knows nothing of files, of rules
//! (a number over its cap is just a number here) or of findings: what is wrong is kept as a fact, and `check`
//! says it.

mod beside;
mod class;
mod entry;
mod folded;
mod id;
pub mod labels;
pub mod length;
mod locate;
mod marks;
mod misnamed;
mod read;
mod reader;
mod spot;
mod stray;
mod told;
mod words;

pub use entry::{Entry, Filled};
pub use id::FormId;
pub use labels::{Column, Field, Foot};
pub use locate::Damage;
pub use marks::Mark;
pub use read::{Asked, Form, Row, Text};
pub use reader::{Reader, read};
pub use spot::Spot;
pub use stray::Stray;
pub use told::{Answered, Question, Told};
