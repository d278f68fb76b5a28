//! A finding that is still a bare message, until its family hands on values.

use serde::Serialize;

use super::{Bearing, Code, Fact, Reader};
use crate::register::Treatment;

/// A message made where it was found.
#[derive(Debug, Clone, Serialize)]
pub struct Prose {
    #[serde(skip)]
    pub code: &'static Code,
    #[serde(skip)]
    pub message: String,
    #[serde(skip)]
    pub found: String,
    #[serde(skip)]
    pub allowed: String,
    #[serde(skip)]
    pub next: String,
    #[serde(skip)]
    pub bearing: Bearing,
    #[serde(skip)]
    pub treatments: &'static [Treatment],
}

impl Fact for Prose {
    fn code(&self) -> &'static Code {
        self.code
    }

    fn message(&self, _: &Reader<'_>) -> String {
        self.message.clone()
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.found.clone()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        self.allowed.clone()
    }

    fn next(&self, _: &Reader<'_>) -> String {
        self.next.clone()
    }

    fn bearing(&self) -> Bearing {
        self.bearing
    }

    fn treatments(&self) -> &'static [Treatment] {
        self.treatments
    }

    fn prose(&self) -> Option<&Prose> {
        Some(self)
    }
}
