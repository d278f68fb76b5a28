pub mod error;
#[path = "."]
pub mod intake { #[path="intake/sheet.rs"] pub mod sheet; pub use sheet::*; }
pub mod model;
pub mod scheme;
pub mod roster;
pub mod score;
pub mod rank;
