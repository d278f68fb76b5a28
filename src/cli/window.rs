//! Windows: a program that was double-clicked, or on which a folder was dropped, has a window of its own that closes
//! with it. What was said must stay until it has been read.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::process;

use super::say;

/// What the person in front of the window did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Enter,
    /// The window was closed, or nobody is there.
    Gone,
}

/// Leaves the window open until the person presses a key.
pub fn keep() {
    if is_watched() {
        say::line("按回车键关闭本窗口。");
        answer(&mut io::stdin().lock());
    }
}

/// Opens the folder of the results once the person asks for it: by then the findings above have been read.
pub fn offer(output: &Path) {
    if !is_watched() {
        return;
    }
    say::line(&format!(
        "按回车键打开“{}”；不用打开，直接关闭本窗口即可。",
        output.display()
    ));
    if answer(&mut io::stdin().lock()) == Answer::Enter {
        // Explorer answers for itself where it cannot be started; the results are written all the same.
        let _ = process::Command::new("explorer").arg(output).spawn();
    }
}

/// Only Windows closes a window with its program, and a batch file or another program does not press keys.
fn is_watched() -> bool {
    cfg!(windows) && io::stdin().is_terminal() && io::stderr().is_terminal()
}

fn answer(from: &mut impl BufRead) -> Answer {
    match from.read_line(&mut String::new()) {
        Ok(read) if read > 0 => Answer::Enter,
        _ => Answer::Gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_line_and_a_closed_window_is_none() {
        assert_eq!(answer(&mut "\r\n".as_bytes()), Answer::Enter);
        assert_eq!(answer(&mut "".as_bytes()), Answer::Gone);
    }
}
