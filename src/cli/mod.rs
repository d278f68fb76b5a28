//! The command line: what was typed, what was meant, and what is said back.
//!
//! The only place that reads the environment, the clock and the current program's place, and the only one that
//! prints. Knows no rules.

mod args;
mod commands;
mod cover;
mod dropped;
mod elsewhere;
mod errors;
mod explain;
mod folders;
mod forms;
mod interrupt;
mod kinds;
mod language;
mod next;
mod own;
mod progress;
mod received;
mod round;
mod say;
mod shell;
mod since;
mod version;
mod window;
mod work;
mod year;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::error::Error;
use crate::intake::apart;
use args::{Args, Command, SchemeCommand};
use next::Way;

/// No finding of severity error.
const FINE: u8 = 0;
/// Outputs written, some finding of severity error.
const FAULTS: u8 = 1;
/// Could not work; nothing written, or it is said what.
const FAILED: u8 = 2;
/// Stopped by Ctrl-C; the earlier output is as it was. The number is the one shells know.
const INTERRUPTED: u8 = 130;

/// Runs the program on its arguments and gives its exit status.
#[must_use]
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Not for people: this program as it calls itself.
    if let [_, only] = arguments.as_slice()
        && only == apart::ARGUMENT
    {
        apart::serve();
        return ExitCode::from(FINE);
    }
    if arguments.len() < 2 {
        say::short_help();
        window::keep();
        return ExitCode::from(FAILED);
    }
    let mut arguments = arguments;
    if arguments
        .get(1)
        .is_some_and(|first| commands::is_help(first))
    {
        arguments[1] = OsString::from("--help");
    }
    let args = match Args::try_parse_from(&arguments) {
        Ok(args) => args,
        Err(error) => return ExitCode::from(errors::report(&error, &arguments)),
    };
    let done = interrupt::unless_interrupted(move || {
        // A folder dropped on the program, as far as can be told.
        let bare = args.command.is_none();
        Ok(match run(args) {
            Ok(true) => FAULTS,
            Ok(false) => FINE,
            // Said by who stopped it: the work that notices says nothing beside.
            Err(Error::Halted) => INTERRUPTED,
            Err(error) => {
                say::error(&error);
                if bare {
                    window::keep();
                }
                FAILED
            }
        })
    });
    ExitCode::from(match done {
        None => INTERRUPTED,
        Some(Ok(status)) => status,
        Some(Err(error)) => {
            say::error(&error);
            FAILED
        }
    })
}

/// Whether there was a finding of severity error.
fn run(args: Args) -> Result<bool, Error> {
    match args.command {
        None => {
            if let Some(first) = args.bare.paths.first() {
                commands::mistyped(first)?;
            }
            dropped::consolidate(&args.bare)
        }
        Some(Command::Consolidate(typed)) => {
            work::consolidate(&typed, Way::Typed).map(|done| done.has_faults)
        }
        Some(Command::Check(typed)) => work::check(&typed),
        Some(Command::Return(typed)) => work::give_back(&typed),
        Some(Command::Forms(typed)) => forms::forms(&typed).map(|()| false),
        Some(Command::Init(typed)) => forms::init(&typed).map(|()| false),
        Some(Command::Shell(typed)) => shell::shell(&typed).map(|()| false),
        Some(Command::Explain(asked)) => explain::explain(&asked).map(|()| false),
        Some(Command::Status(request)) => year::status::status(&request),
        Some(Command::Amend(request)) => year::amend(&request).map(|()| false),
        Some(Command::Deliberate(request)) => year::deliberate(&request).map(|()| false),
        Some(Command::Decide(request)) => year::decide(&request),
        Some(Command::Statement(request)) => year::notices::statement(&request).map(|()| false),
        Some(Command::Publish(request)) => year::notices::publish(&request),
        Some(Command::SpotCheck(request)) => year::spot::spot_check(&request),
        Some(Command::Recheck(request)) => year::spot::recheck(&request),
        Some(Command::Register { command }) => year::register::register(&command),
        Some(Command::Scheme { command }) => match command {
            SchemeCommand::Check(year) => forms::scheme_check(&year).map(|()| false),
            SchemeCommand::Import(request) => year::edition::import(&request),
            SchemeCommand::Diff(request) => year::edition::diff(&request).map(|()| false),
            SchemeCommand::Show(typed) => forms::scheme_show(&typed).map(|()| false),
        },
    }
}
