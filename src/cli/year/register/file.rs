//! The file of the register: read, and written back whole with new entries.

use std::collections::BTreeSet;
use std::path::Path;

use crate::cli::say;
use crate::cli::year::spans::far_ahead;
use crate::cli::year::{name, refused};
use crate::error::Error;
use crate::ground;
use crate::ledger::asked::asked;
use crate::ledger::hold::Holding;
use crate::ledger::{Event, Ledger, bytes, read, rules};
use crate::publish;
use crate::scheme::Scheme;

/// A ledger, and the file as it was read.
pub(in crate::cli::year) struct Open {
    pub(in crate::cli::year) ledger: Ledger,
    before: Option<Vec<u8>>,
    /// What else stands in the file, and would be gone once it is written again.
    beside: Option<String>,
}

/// A register with new entries, not written yet.
pub(in crate::cli::year) struct Entered {
    ledger: Ledger,
    before: Option<Vec<u8>>,
    bytes: Vec<u8>,
    count: usize,
}

/// Reads the file; none where it has faults, which are said.
pub(in crate::cli::year) fn open(path: &Path, may_be_new: bool) -> Result<Option<Open>, Error> {
    if may_be_new && !path.exists() {
        return Ok(Some(Open {
            ledger: Ledger::default(),
            before: None,
            beside: None,
        }));
    }
    let (sheets, found) = ground::sheets_in(path)?;
    match read::read(&sheets) {
        Ok(ledger) => Ok(Some(Open {
            ledger,
            before: Some(found),
            beside: read::beside(&sheets),
        })),
        Err(faults) => {
            refused(path, &faults);
            say::line("登记簿没有读通，什么都没有写。");
            Ok(None)
        }
    }
}

/// What is in a register; none where it has faults, which are said.
pub(in crate::cli::year) fn read_in(path: &Path) -> Result<Option<Ledger>, Error> {
    Ok(open(path, false)?.map(|open| open.ledger))
}

impl Open {
    /// Enters events, all or none. Whether there were faults.
    pub(super) fn enter(
        self,
        scheme: &Scheme,
        path: &Path,
        events: Vec<Event>,
    ) -> Result<bool, Error> {
        match self.with(scheme, path, events)? {
            Some(entered) => entered.write(path).map(|()| false),
            None => Ok(true),
        }
    }

    /// The register with these events, all or none: then there were faults, which are said. Nothing is written yet.
    pub(in crate::cli::year) fn with(
        mut self,
        scheme: &Scheme,
        path: &Path,
        events: Vec<Event>,
    ) -> Result<Option<Entered>, Error> {
        self.may_be_written(path)?;
        let mut sound = true;
        let today = jiff::Zoned::now().date();
        let count = events.len();
        let (mut ahead, mut unclear) = (BTreeSet::new(), BTreeSet::new());
        for event in events {
            if event.entered > today {
                ahead.insert(event.entered);
            }
            let far = far_ahead(event.entered, today).map(|day| {
                format!(
                    "登记日期{}比今天（{day}）晚十年以上，以后的登记都会被挡住；登记日期写登记的那一天，不写就是今天",
                    event.entered
                )
            });
            if let Some(paragraph) = scheme.basis.meant(&event.basis, event.kind.punishes()) {
                unclear.insert((event.basis.clone(), paragraph.to_owned()));
            }
            let allowed = far
                .map_or(Ok(()), Err)
                .and_then(|()| rules::allowed(&self.ledger, &event))
                .and_then(|()| {
                    let withdraws = scheme.basis.withdraws(&event.basis);
                    asked(&self.ledger, &event, withdraws)
                });
            match allowed {
                Ok(()) => self.ledger.events.push(event),
                Err(why) => {
                    say::line(&format!(
                        "【须更正】{}（{}）：{why}。",
                        event.society,
                        event.kind.label()
                    ));
                    sound = false;
                }
            }
        }
        if !sound {
            say::line("什么都没有登记。");
            return Ok(None);
        }
        for day in ahead {
            say::line(&format!(
                "【请核实】登记日期{day}在今天（{today}）之后，以后的登记不能早于它。"
            ));
        }
        for (basis, paragraph) in unclear {
            say::line(&format!(
                "【请核实】依据“{basis}”有两条同号，这里指的是“{paragraph}”，最好写明。"
            ));
        }
        let bytes = bytes(scheme, &self.ledger, &path.to_string_lossy())?;
        Ok(Some(Entered {
            ledger: self.ledger,
            before: self.before,
            bytes,
            count,
        }))
    }

    /// Whether the file can be written back as what it is, with all that is in it.
    ///
    /// # Errors
    /// It is no csv file, or somebody keeps something else in it.
    fn may_be_written(&self, path: &Path) -> Result<(), Error> {
        let is_csv = path
            .extension()
            .is_some_and(|one| one.eq_ignore_ascii_case("csv"));
        if !is_csv {
            return Err(Error::Usage(format!(
                "登记簿是 CSV 文件，文件名应以.csv结尾；“{}”不是，什么都没有登记。在 Excel 或 WPS 里存成了工作簿的，请打开它，另存为“CSV UTF-8（逗号分隔）”，再用那个文件登记。",
                name(path)
            )));
        }
        match &self.beside {
            None => Ok(()),
            Some(beside) => Err(Error::Usage(format!(
                "“{}”里{beside}，再登记就会丢掉；请先移到别的文件，什么都没有登记。",
                name(path)
            ))),
        }
    }
}

impl Entered {
    pub(in crate::cli::year) fn write(&self, path: &Path) -> Result<(), Error> {
        publish::replace(path, self.before.as_deref(), &self.bytes)?;
        let check = self.ledger.last_check().unwrap_or_default();
        say::line(&format!(
            "已登记{}条，共{}条，末条校验码 {check}。",
            self.count,
            self.ledger.events.len()
        ));
        Ok(())
    }
}

/// Registers of old do not say what their stars mean.
pub(in crate::cli::year) fn say_ungraded<'h>(
    holdings: impl Iterator<Item = &'h Holding>,
    scheme: &Scheme,
) {
    let unknown = holdings.filter(|one| one.grading.is_none()).count();
    if unknown > 0 {
        say::line(&format!(
            "【请核实】登记簿里{unknown}个没有记等次标准（较早登记的），等次按现在用的方案“{}”算。",
            scheme.title
        ));
    }
}
