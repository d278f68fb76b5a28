//! 退回件 and 催报, as typed.

use std::path::{Path, absolute};

use super::args::{Format, Return};
use super::{say, work};
use crate::error::Error;
use crate::publish;
use crate::rank::Asked;
use crate::run::{self, Returns};

/// Reads and checks, and writes what is to be sent back; no summary, no ranking.
pub fn give_back(request: &Return) -> Result<bool, Error> {
    let reading = &request.reading;
    work::in_pool(reading, || {
        let ground = work::ground(&reading.year, &request.paths)?;
        work::refuse_what_is_in_use(&request.output, &request.paths, &ground)?;
        let inbox = work::inbox(&request.paths);
        let standings = work::standings(&ground, &inbox, reading, Asked::default())?;
        let has_faults = work::has_faults(&standings);
        if !run::has_forms(&standings) && !has_faults {
            say::about_files(&standings);
            return Err(work::no_forms(&standings));
        }
        if reading.format == Format::Text && !reading.quiet {
            say::findings(&standings);
        }
        let returns = say::during(reading.quiet, |tick| run::slips(&standings, &inbox, tick))?;
        if reading.format == Format::Json {
            work::print_json(&standings)?;
        }
        work::say_ground(&ground, reading);
        say::other_scheme(&standings);
        say::line(&say::summary(&standings));
        publish(&request.output, &returns)?;
        Ok(has_faults)
    })
}

/// Writes what is to be sent back, and says so.
pub(super) fn publish(folder: &Path, returns: &Returns) -> Result<(), Error> {
    // What an earlier run wrote must not be sent any more.
    if !returns.is_empty() || folder.exists() {
        let published = publish::publish(folder, &returns.outputs, &work::stamp())?;
        work::say_published(folder, &published);
    }
    if returns.is_empty() {
        say::line("没有要退回的评价表，也没有要催报的。");
        return Ok(());
    }
    let unread = match returns.unread {
        0 => String::new(),
        count => format!("、没有读成的文件的回信{count}份"),
    };
    say::line(&format!(
        "退回件{}份、催报{}组{unread}已写入“{}”。每人一封回信：.eml 打开就是写好的邮件（附件已带上，还没有发出），.txt 可以直接粘贴。",
        returns.slips,
        returns.reminders,
        folder.display()
    ));
    Ok(())
}

/// Both folders are exchanged as a whole: neither may lie in the other.
pub(super) fn refuse_nested(
    (what, option): (&str, &str),
    folder: &Path,
    output: &Path,
) -> Result<(), Error> {
    let whole = |path: &Path| {
        path.canonicalize()
            .or_else(|_| absolute(path))
            .unwrap_or_else(|_| path.to_owned())
    };
    let (one, other) = (whole(folder), whole(output));
    if one.starts_with(&other) || other.starts_with(&one) {
        return Err(Error::Usage(format!(
            "{what}“{}”和“{}”不能是同一个，也不能一个在另一个里面。请用 {option} 另指定一个目录。",
            folder.display(),
            output.display()
        )));
    }
    Ok(())
}
