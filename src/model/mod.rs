//! The few types every station speaks in, and how texts, days and numerals are read everywhere alike.
//!
//! Knows nothing of files, schemes or findings.

pub mod cell;
pub mod day;
pub mod digest;
pub mod empty;
pub mod exact;
pub mod fold;
pub mod free;
pub mod id;
pub mod letter;
pub mod near;
pub mod numerals;
pub mod open;
pub mod person;
pub mod place;
pub mod points;
pub mod quiet;
mod radical;
pub mod rows;
pub mod short;
pub mod tag;
pub mod unseen;
pub mod weight;

pub use cell::{CellRef, Located};
pub use digest::{Digesting, sha256_hex};
pub use empty::says_nothing;
pub use exact::Exact;
pub use fold::{fold, folded};
pub use free::first_free;
pub use id::{FormKey, GroupId, Id, Keyed, LineId, ReviewerId, SocietyId};
pub use letter::Letter;
pub use person::{Likeness, Name, Person, fold_chinese, fold_names};
pub use place::Place;
pub use points::Points;
pub use short::Short;
pub use tag::Tag;
pub use weight::Weight;
