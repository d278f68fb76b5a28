//! Windows: a program that was double-clicked, or on which a folder was dropped, has a window of its own that closes
//! with it. What was said must stay until it has been read.

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::process;

use super::say;
use crate::model::fold;

/// What the person in front of the window may ask for once the results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To see the results.
    Open,
    /// What goes back to people, written beside the results.
    Returns,
    /// 正式稿.
    Final,
    /// Nothing: the window was closed, or nobody is there.
    Leave,
}

/// Leaves the window open until the person presses a key.
pub fn keep() {
    if is_watched() {
        say::line("按回车键关闭本窗口。");
        let _ = io::stdin().lock().read_line(&mut String::new());
    }
}

/// Asks what is wanted beside the results: by then the findings above have been read. `others` are what there is to do,
/// each with its words.
pub fn wish(output: &Path, others: &[(Wish, String)]) -> Wish {
    if !is_watched() {
        return Wish::Leave;
    }
    for (number, (_, said)) in (1..).zip(others) {
        say::line(&format!("键入{number}再按回车键：{said}。"));
    }
    say::line(&format!(
        "按回车键打开“{}”；不用打开，直接关闭本窗口即可。",
        output.display()
    ));
    let others: Vec<Wish> = others.iter().map(|(wish, _)| *wish).collect();
    answer(&mut io::stdin().lock(), &others)
}

/// Shows a folder as the desktop does.
pub fn open(folder: &Path) {
    // Explorer answers for itself where it cannot be started; what is in the folder is there all the same.
    let _ = process::Command::new("explorer").arg(folder).spawn();
}

/// Only Windows closes a window with its program, and a batch file or another program does not press keys.
pub fn is_watched() -> bool {
    cfg!(windows) && io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// A number is the wish of that number, in either width; whatever else is typed shows the results.
fn answer(from: &mut impl BufRead, others: &[Wish]) -> Wish {
    let mut typed = String::new();
    if !from.read_line(&mut typed).is_ok_and(|read| read > 0) {
        return Wish::Leave;
    }
    let number: Option<usize> = fold(&typed).parse().ok();
    number
        .and_then(|number| others.get(number.checked_sub(1)?))
        .copied()
        .unwrap_or(Wish::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_line_a_number_is_a_wish_and_a_closed_window_is_none() {
        let others = [Wish::Returns, Wish::Final];
        for (typed, wish) in [
            ("\r\n", Wish::Open),
            ("1\r\n", Wish::Returns),
            (" ２ \n", Wish::Final),
            ("0\n", Wish::Open),
            ("3\n", Wish::Open),
            ("好\n", Wish::Open),
            ("", Wish::Leave),
        ] {
            assert_eq!(answer(&mut typed.as_bytes(), &others), wish, "{typed:?}");
        }
        assert_eq!(answer(&mut "1\n".as_bytes(), &[]), Wish::Open);
    }
}
