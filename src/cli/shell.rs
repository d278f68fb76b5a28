//! What shells and `man` want to know of the commands, made from the same definition.

use clap::CommandFactory;

use super::args::{Args, Shell};
use super::say;
use crate::error::Error;

/// Prints the completions of a shell, or the man page.
pub fn shell(request: &Shell) -> Result<(), Error> {
    let mut command = Args::command();
    let name = command.get_name().to_owned();
    let mut text = Vec::new();
    match request.shell {
        Some(shell) => clap_complete::generate(shell, &mut command, name, &mut text),
        None => clap_mangen::Man::new(command)
            .render(&mut text)
            .map_err(|error| Error::Usage(error.to_string()))?,
    }
    say::data(&String::from_utf8_lossy(&text))
}
