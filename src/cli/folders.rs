//! The folders that are written to: where, whether they may be, and what became of what lay there.

use std::path::{Path, PathBuf, absolute};

use super::{received, say};
use crate::error::Error;
use crate::ground::Ground;
use crate::publish::Published;
use crate::report::REGISTER;
use crate::report::data::manifest::Product;

/// Where results go when nothing is said.
pub const DEFAULT_OUTPUT: &str = "星评结果";

/// The folder the program lies in.
pub fn of_program() -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(Path::to_owned)
}

/// Where what goes back to people goes when nothing is said.
const DEFAULT_RETURNS: &str = "退回件";

/// `星评结果` beside the first path.
pub fn beside(paths: &[PathBuf]) -> PathBuf {
    place(paths).join(DEFAULT_OUTPUT)
}

/// `退回件` beside the first path.
pub fn returns_beside(paths: &[PathBuf]) -> PathBuf {
    place(paths).join(DEFAULT_RETURNS)
}

/// The folder that the first path lies in.
fn place(paths: &[PathBuf]) -> PathBuf {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    // `.` and `..` have no name to stand beside.
    let real = if first.file_name().is_none() {
        first.canonicalize().unwrap_or_else(|_| first.to_owned())
    } else {
        first.to_owned()
    };
    real.parent().unwrap_or(Path::new("")).to_owned()
}

/// The output folder is exchanged as a whole: it must not hold what is being read or worked in.
pub fn refuse_what_is_in_use(
    output: &Path,
    product: Product,
    paths: &[PathBuf],
    ground: &Ground,
) -> Result<(), Error> {
    received::refuse_file(output)?;
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
    } else if of_program().is_some_and(|folder| is_within(&folder)) {
        "本程序"
    } else {
        // They might be the forms that came in, from another computer or another day.
        return received::refuse_exchange(output, product);
    };
    Err(Error::Usage(format!(
        "输出目录“{}”里就是{what}，而输出目录会整个换成结果，不能写到那里。请用 -o 另指定一个目录，如“{}”。",
        output.display(),
        output.join(DEFAULT_OUTPUT).display()
    )))
}

/// Both folders are exchanged as a whole: neither may lie in the other.
pub fn refuse_nested(
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

/// What became of earlier outputs.
pub fn say_published(output: &Path, published: &Published) {
    if published.restored {
        say::line(&format!(
            "上一次运行中途停了，“{}”原有的内容已放回原处。",
            output.display()
        ));
    }
    if let Some(kept) = &published.kept {
        let all = match published.count_kept {
            0 | 1 => String::new(),
            count => format!("，连以前的共留有{count}份，不再需要的可自行删去"),
        };
        say::line(&format!("上一稿留在“{}”{all}。", kept.display()));
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
pub fn stamp() -> String {
    jiff::Zoned::now().strftime("%Y%m%d-%H%M%S").to_string()
}
