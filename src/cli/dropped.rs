//! A folder dropped on the program: the main job, and in its window what else a person without a command line needs to
//! bring a round to its end.

use super::args::{Consolidate, Return};
use super::next::Way;
use super::window::{self, Wish};
use super::{folders, say, work};
use crate::error::Error;

/// Started by paths alone.
pub fn consolidate(typed: &Consolidate) -> Result<bool, Error> {
    let way = if window::is_watched() {
        Way::Window
    } else {
        Way::Typed
    };
    let done = work::consolidate(typed, way)?;
    let returns = folders::returns_beside(&typed.paths);
    let mut others = Vec::new();
    if done.is_to_send {
        let said = format!("写好退回件和催报，放在“{}”里", returns.display());
        others.push((Wish::Returns, said));
    }
    if done.may_be_final {
        others.push((Wish::Final, "出正式稿".to_owned()));
    }
    loop {
        match window::wish(&done.output, &others) {
            Wish::Leave => break,
            Wish::Open => {
                window::open(&done.output);
                break;
            }
            Wish::Returns => {
                give_back(&Return {
                    paths: typed.paths.clone(),
                    output: returns.clone(),
                    reading: typed.reading.clone(),
                });
                others.retain(|(wish, _)| *wish != Wish::Returns);
            }
            Wish::Final => {
                return consolidate(&Consolidate {
                    is_final: true,
                    ..typed.clone()
                });
            }
        }
    }
    Ok(done.has_faults)
}

/// The results stand whatever becomes of it.
fn give_back(typed: &Return) {
    match work::give_back(typed) {
        Ok(_) => window::open(&typed.output),
        Err(error) => say::error(&error),
    }
}
