//! The main job and the check, as typed.

use std::path::{Path, PathBuf};

use super::args::{Check, Consolidate, Format, Reading, Year};
use super::{returns, say};
use crate::error::Error;
use crate::finding::Severity;
use crate::ground::Ground;
use crate::intake::Apart;
use crate::publish::{self, Published};
use crate::rank::{Asked, Standings};
use crate::report::{ORIGINALS, REGISTER, json};
use crate::run::{self, Inbox};

/// Where results go when nothing is said.
const DEFAULT_OUTPUT: &str = "星评结果";

/// Reads, checks and says what was found; writes nothing.
pub fn check(request: &Check) -> Result<bool, Error> {
    in_pool(&request.reading, || {
        let ground = ground(&request.reading.year, &request.paths)?;
        let inbox = inbox(&request.paths);
        let standings = standings(&ground, &inbox, &request.reading, Asked::default())?;
        let has_faults = has_faults(&standings);
        if !run::has_forms(&standings) && !has_faults {
            say::about_files(&standings);
            return Err(no_forms(&standings));
        }
        if request.reading.format == Format::Json {
            print_json(&standings)?;
        } else if !request.reading.quiet {
            say::findings_as_data(&standings);
        }
        say_ground(&ground, &request.reading);
        say::other_scheme(&standings);
        say::line(&say::summary(&standings));
        Ok(has_faults)
    })
}

/// The main job. `bare`: started by paths alone, as when files are dropped on the program.
pub fn consolidate(request: &Consolidate, bare: bool) -> Result<bool, Error> {
    in_pool(&request.reading, || {
        let output = match &request.output {
            Some(output) => output.clone(),
            None => beside(&request.paths),
        };
        let ground = ground(&request.reading.year, &request.paths)?;
        refuse_what_is_in_use(&output, &request.paths, &ground)?;
        let mut taken = vec![&output];
        for (folder, what) in [
            (&request.returns, ("退回件的目录", "--returns")),
            (&request.export, ("数据导出的目录", "--export")),
        ] {
            let Some(folder) = folder else { continue };
            refuse_what_is_in_use(folder, &request.paths, &ground)?;
            for other in &taken {
                returns::refuse_nested(what, folder, other)?;
            }
            taken.push(folder);
        }
        say_published(&output, &publish::prepare(&output, &stamp())?);
        let asked = Asked {
            is_final: request.is_final,
            link_base: request.archive.then(|| ORIGINALS.to_owned()),
            ..Asked::default()
        };
        let inbox = inbox(&request.paths);
        let standings = standings(&ground, &inbox, &request.reading, asked)?;
        if !run::has_forms(&standings) {
            say::about_files(&standings);
            return Err(no_forms(&standings));
        }
        if request.reading.format == Format::Text && !request.reading.quiet {
            say::findings(&standings);
        }
        if request.is_final && !standings.is_final {
            return Err(Error::NotFinal(standings.open));
        }
        let originals = if request.archive {
            run::originals(&standings, &request.paths)?
        } else {
            Vec::new()
        };
        let quiet = request.reading.quiet;
        let outputs = say::during(quiet, |tick| run::outputs(&standings, originals, tick))?;
        // Made before anything is written: a fault in them leaves all as it was.
        let slips = match &request.returns {
            Some(folder) => {
                let slips = say::during(quiet, |tick| run::slips(&standings, &inbox, tick))?;
                Some((folder, slips))
            }
            None => None,
        };
        let export = match &request.export {
            Some(folder) => Some((folder, run::export(&standings)?)),
            None => None,
        };
        let published = publish::publish(&output, &outputs, &stamp())?;
        if request.reading.format == Format::Json {
            print_json(&standings)?;
        }
        say_ground(&ground, &request.reading);
        say_published(&output, &published);
        let edition = if standings.is_final {
            "正式稿"
        } else if standings.open.is_empty() {
            "结果"
        } else {
            "初稿"
        };
        say::other_scheme(&standings);
        say::line(&say::summary(&standings));
        say::line(&format!(
            "{edition}已写入“{}”。{}",
            output.display(),
            say::look_first(&standings)
        ));
        if let Some((folder, export)) = export {
            say_published(folder, &publish::publish(folder, &export, &stamp())?);
            say::line(&format!("数据已导出到“{}”。", folder.display()));
        }
        if let Some((folder, slips)) = slips {
            returns::publish(folder, &slips)?;
        }
        if bare {
            open(&output);
        }
        Ok(has_faults(&standings))
    })
}

pub(super) fn ground(year: &Year, paths: &[PathBuf]) -> Result<Ground, Error> {
    let mut candidates: Vec<PathBuf> = paths.first().into_iter().cloned().collect();
    candidates.extend(program_folder());
    Ground::of(year.wanted(), &candidates)?.with_register(paths)
}

/// The folder the program lies in.
pub(super) fn program_folder() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(Path::to_owned)
}

/// What is read: what may be dangerous to read, in processes of this program.
pub(super) fn inbox(paths: &[PathBuf]) -> Inbox {
    Inbox {
        paths: paths.to_vec(),
        apart: std::env::current_exe().map_or_else(|_| Apart::default(), Apart::with),
    }
}

pub(super) fn standings<'g>(
    ground: &'g Ground,
    inbox: &Inbox,
    reading: &Reading,
    asked: Asked,
) -> Result<Standings<'g>, Error> {
    let asked = Asked {
        date: reading.date,
        mark: reading.mark.clone().filter(|mark| !mark.trim().is_empty()),
        ..asked
    };
    say::during(reading.quiet, |tick| {
        run::standings(ground, inbox, asked, tick)
    })
}

pub(super) fn has_faults(standings: &Standings<'_>) -> bool {
    standings
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

pub(super) fn no_forms(standings: &Standings<'_>) -> Error {
    let blank = standings.forms.len();
    let blank = if blank > 0 {
        format!("（其中空白评价表{blank}份）")
    } else {
        String::new()
    };
    Error::NoForms(format!(
        "共看了{}个文件{blank}。请确认路径下是填好的评价表。",
        standings.files.len()
    ))
}

pub(super) fn say_ground(ground: &Ground, reading: &Reading) {
    if !reading.quiet {
        say::ground(ground);
    }
}

/// The results to stdout. Who reads only the head of them is no fault.
pub(super) fn print_json(standings: &Standings<'_>) -> Result<(), Error> {
    say::data(&json::text(standings)?);
    Ok(())
}

/// Runs `work` on as many threads as were asked for.
pub(super) fn in_pool<T: Send>(
    reading: &Reading,
    work: impl FnOnce() -> Result<T, Error> + Send,
) -> Result<T, Error> {
    match reading.jobs {
        None => work(),
        Some(0) => Err(Error::Usage("--jobs 至少为 1。".to_owned())),
        Some(jobs) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
            let pool =
                pool.map_err(|error| Error::Usage(format!("--jobs {jobs} 不可行（{error}）。")))?;
            pool.install(work)
        }
    }
}

/// `星评结果` beside the first path.
fn beside(paths: &[PathBuf]) -> PathBuf {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    // `.` and `..` have no name to stand beside.
    let real = if first.file_name().is_none() {
        first.canonicalize().unwrap_or_else(|_| first.to_owned())
    } else {
        first.to_owned()
    };
    real.parent().unwrap_or(Path::new("")).join(DEFAULT_OUTPUT)
}

/// The output folder is exchanged as a whole: it must not hold what is being read or worked in.
pub(super) fn refuse_what_is_in_use(
    output: &Path,
    paths: &[PathBuf],
    ground: &Ground,
) -> Result<(), Error> {
    let Ok(real) = output.canonicalize() else {
        return Ok(());
    };
    let is_within = |path: &Path| {
        path.canonicalize()
            .is_ok_and(|path| path.starts_with(&real))
    };
    let what = if paths.iter().any(|path| is_within(path)) {
        "要读的评价表"
    } else if ground.folder.as_deref().is_some_and(is_within) {
        "正在用的年度目录"
    } else if is_within(Path::new(".")) {
        "命令行窗口当前所在的目录"
    } else if program_folder().is_some_and(|folder| is_within(&folder)) {
        "本程序"
    } else {
        return Ok(());
    };
    Err(Error::Usage(format!(
        "输出目录“{}”里就是{what}，而输出目录会整个换成结果，不能写到那里。请用 -o 另指定一个目录，如“{}”。",
        output.display(),
        output.join(DEFAULT_OUTPUT).display()
    )))
}

/// What became of earlier outputs.
pub(super) fn say_published(output: &Path, published: &Published) {
    if published.restored {
        say::line(&format!(
            "上一次运行中途停了，“{}”原有的内容已放回原处。",
            output.display()
        ));
    }
    for aside in &published.moved_aside {
        say::line(&format!(
            "“{}”里原有的内容不是本工具写的或已被改动，已移到“{}”。",
            output.display(),
            aside.display()
        ));
        if aside.join(REGISTER).is_file() {
            say::line(&format!(
                "其中的“{REGISTER}”如已填写，请复制到收件文件夹再运行一次，才会起作用。"
            ));
        }
    }
}

/// Date and time for the name of what is moved aside; in no output.
pub(super) fn stamp() -> String {
    jiff::Zoned::now().strftime("%Y%m%d-%H%M%S").to_string()
}

/// Shows the result folder to a person who dropped files on the program.
fn open(output: &Path) {
    if cfg!(windows) {
        let _ = std::process::Command::new("explorer").arg(output).spawn();
    }
}
