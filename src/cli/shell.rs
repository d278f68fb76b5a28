//! What shells and `man` want to know of the commands, made from the same definition.

use clap::{Command, CommandFactory};

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
        None => return say::data(&page(command)?),
    }
    say::data(&String::from_utf8_lossy(&text))
}

/// The man page. The commands have none of their own: what helps is named in their place.
fn page(command: Command) -> Result<String, Error> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Error::Usage(error.to_string()))?;
    let page = String::from_utf8_lossy(&page);
    let lines = page.lines().map(|line| {
        let command = line.strip_prefix(r"xingping\-");
        match command.and_then(|command| command.strip_suffix("(1)")) {
            Some(command) => format!(r"xingping {command} \-\-help"),
            None if line == ".SH EXTRA" => ".SH 说明".to_owned(),
            None => line.to_owned(),
        }
    });
    Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
}
