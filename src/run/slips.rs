//! 退回件: the few files with a form to be sent back are read again, for no form outlives its check.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::read::{Grounds, forms_of};
use super::{Inbox, Station, Tick};
use crate::error::Error;
use crate::form::Form;
use crate::intake::{self, Apart, Found, Intake, Item, Patience};
use crate::model::quiet::quietly;
use crate::rank::Standings;
use crate::report::data::manifest::{self, Product};
use crate::report::kit::names::Originals;
use crate::report::known::{Came, Known};
use crate::report::returns::{Slips, Written};
use crate::report::{Made, Output, letters};
use crate::settle::ReceivedFile;

/// All that is sent back, and how much of each.
#[derive(Debug, Default)]
pub struct Returns {
    /// The manifest among them, if there is anything.
    pub outputs: Vec<Output>,
    /// Forms sent back.
    pub slips: usize,
    /// Groups reminded.
    pub reminders: usize,
    /// Files that were not read.
    pub unread: usize,
}

impl Returns {
    /// Whether there is nothing to send.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.slips == 0 && self.reminders == 0 && self.unread == 0
    }
}

/// Every slip, reminder and letter; `inbox` is the one that was read. `tick` is told of the files with forms sent back.
///
/// # Errors
/// A file that changed while the program ran; a workbook that cannot be made.
pub fn slips(
    standings: &Standings<'_>,
    inbox: &Inbox,
    tick: &(dyn Fn(Tick) + Sync),
) -> Result<Returns, Error> {
    // Nobody has to correct what was read by the wrong year's rules.
    if standings.elsewhere.is_some() {
        return Ok(Returns::default());
    }
    let known = Known::of(standings);
    let slips = Slips::plan(&known);
    let mut files: BTreeMap<&str, Vec<&ReceivedFile>> = BTreeMap::new();
    for file in &standings.files {
        if Came::in_file(file).any(|form| slips.of(form).is_some()) {
            files.entry(&file.file).or_default().push(file);
        }
    }
    let walked = intake::walk(&inbox.paths).map_err(Error::from)?;
    let found: BTreeMap<&str, &Found> = walked
        .iter()
        .map(|found| (found.file.as_str(), found))
        .collect();
    let files: Vec<(&str, Vec<&ReceivedFile>)> = files.into_iter().collect();
    tick(Tick::Begin(Station::Returning, files.len()));
    let written: Vec<Written> = files
        .par_iter()
        .map(|(name, files)| {
            let outputs = match found.get(name) {
                Some(found) => of_file(standings, &slips, (found, &inbox.apart), files),
                None => Err(changed(name)),
            };
            tick(Tick::One);
            outputs
        })
        .collect::<Result<Vec<_>, Error>>()?
        .into_iter()
        .flatten()
        .collect();
    let (reminders, unread) = (letters::reminders(&known), letters::unread(&known));
    let mut returns = Returns {
        slips: written.len(),
        reminders: reminders.len(),
        unread: unread.len(),
        ..Returns::default()
    };
    let mut outputs = letters::to_senders(&known, &written);
    outputs.extend(written.into_iter().map(|one| one.workbook));
    outputs.extend(reminders.into_iter().flatten());
    outputs.extend(unread.into_iter().flatten());
    outputs.sort_by(|left, right| left.name.cmp(&right.name));
    let made: Vec<Made> = outputs.iter().map(Output::made).collect();
    outputs.push(manifest::write(
        standings,
        Product::Returns,
        &Originals::default(),
        &made,
    )?);
    returns.outputs = outputs;
    Ok(returns)
}

/// The slips of one found file, which may hold several files with forms.
fn of_file(
    standings: &Standings<'_>,
    slips: &Slips<'_>,
    (found, apart): (&Found, &Apart),
    files: &[&ReceivedFile],
) -> Result<Vec<Written>, Error> {
    let mut items = intake::unpack(found);
    items.retain(|item| files.iter().any(|file| file.within == item.source().within));
    let mut patience = Patience::default();
    let read_again = |item: Item| quietly(|| item.read(apart, &mut patience));
    let intakes: Vec<Intake> = items.into_iter().filter_map(read_again).collect();
    let mut written = Vec::new();
    for file in files {
        let forms = intakes
            .iter()
            .find(|intake| intake.source.within == file.within)
            .filter(|intake| intake.source.sha256 == file.sha256)
            .and_then(|intake| read(standings, intake))
            // What was read once is read the same again; else it is another file.
            .filter(|forms| forms.len() == Came::in_file(file).count())
            .ok_or_else(|| changed(&found.file))?;
        for (form, index) in forms.iter().zip(Came::in_file(file)) {
            if let Some(slip) = slips.of(index) {
                written.push(slips.write(slip, form)?);
            }
        }
    }
    Ok(written)
}

/// The forms of an intake, in the order of [`Came::in_file`].
fn read(standings: &Standings<'_>, intake: &Intake) -> Option<Vec<Form>> {
    let ground = standings.ground;
    quietly(|| {
        let own = ground.assessing();
        let (forms, own) = forms_of(intake, &Grounds::of(ground, own.as_ref()));
        let forms = forms.into_iter().chain(own);
        forms.map(|(_, form)| form).collect()
    })
}

fn changed(file: &str) -> Error {
    Error::Usage(super::changed(file))
}
