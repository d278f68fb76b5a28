pub mod model;
pub mod scheme;
