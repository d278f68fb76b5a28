//! "Cannot work": what ends a run with exit status 2 and nothing written, or said what. Wrong data is never here, it is a
//! [`crate::finding::Finding`].

use std::io;
use std::path::{Path, PathBuf};

use crate::model::unseen::is_unseen;
use crate::scheme::Fault;

/// Why the program could not work, in Chinese, with what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("找不到“{}”。请检查路径是否写对。", shown(.0))]
    NoSuchPath(PathBuf),
    #[error("读不了“{}”（{}）。请确认文件没有被占用、有读取权限。", shown(.path), reason(.source))]
    Read { path: PathBuf, source: io::Error },
    #[error("写不了“{}”（{}）。原有的内容没有改动。请确认磁盘未满、目录可写、文件没有在别处打开，然后重试，或用 -o 换一个目录。", shown(.path), reason(.source))]
    Write { path: PathBuf, source: io::Error },
    #[error("“{}”没法整个换成新的（{}）。原有的内容没有改动。请关闭正在用它的窗口和文件，再运行一次；如果它是整个磁盘，请用 -o 在里面另起一个目录名。", shown(.path), reason(.source))]
    Exchange { path: PathBuf, source: io::Error },
    /// The earlier output is whole, but beside its place.
    #[error("“{}”原有的内容没能放回原处（{}），现在完整地放在“{}”。请不要删除它；关闭正在用它的窗口和文件，再运行一次，会自动放回。", shown(.path), reason(.source), shown(.now))]
    Displaced {
        path: PathBuf,
        now: PathBuf,
        source: io::Error,
    },
    #[error("“{}”既不是评价方案目录，里面也没有 scheme.toml、学会名单或评价人名单。", shown(.0))]
    NoYearFolder(PathBuf),
    #[error("评价方案{file}有{}处须改正：\n{}\n  各项怎样写，见手册“评价方案”一页，或运行：xingping explain 键名", .faults.len(), list(.faults))]
    Scheme { file: String, faults: Vec<Fault> },
    #[error("{file}有{}处须改正：\n{}", .faults.len(), list(.faults))]
    List { file: String, faults: Vec<String> },
    /// Several files at once, each with its own faults.
    #[error("{}", one_by_one(.0))]
    Several(Vec<Self>),
    #[error("“{}”和“{}”是同一份名单，不知以哪份为准。请只留一份。", shown(.0), shown(.1))]
    TwoLists(PathBuf, PathBuf),
    #[error("没有找到任何评价表。{0}")]
    NoForms(String),
    #[error("还不能出正式稿：\n{}", list(.0))]
    NotFinal(Vec<String>),
    /// What was asked for was printed, and not all of it got there.
    #[error("要输出的内容没有写全（{}）。请确认接收它的磁盘未满、可写，再运行一次。", reason(.0))]
    Print(io::Error),
    /// Of several outputs some are in their places and the next is not.
    #[error("{}已经写好，后面的没有写成：\n{error}", .written.iter().map(|path| format!("“{}”", shown(path))).collect::<Vec<_>>().join("、"))]
    Partly {
        written: Vec<PathBuf>,
        error: Box<Self>,
    },
    /// Stopped from outside; said by who stopped it.
    #[error("已中止。")]
    Halted,
    #[error("{0}")]
    Usage(String),
    #[error("生成表格“{file}”时出错（{reason}）。请把这句话告诉维护人员。")]
    Sheet { file: String, reason: String },
}

/// A path as a message may show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(is_unseen, "\u{fffd}")
}

/// What the system says, in Chinese: the usual things by their name, the rest by their number.
fn reason(error: &io::Error) -> String {
    /// Another program has the file, or a part of it.
    const WINDOWS_BUSY: [i32; 2] = [32, 33];
    let number = error.raw_os_error();
    if cfg!(windows) && number.is_some_and(|number| WINDOWS_BUSY.contains(&number)) {
        return "正被别的程序占用".to_owned();
    }
    let named = match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::NotFound => "不存在",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => "已有同名文件",
        io::ErrorKind::IsADirectory => "是目录，不是文件",
        io::ErrorKind::Unsupported => "不是普通文件",
        io::ErrorKind::DirectoryNotEmpty => "目录里还有文件",
        io::ErrorKind::StorageFull => "磁盘已满",
        io::ErrorKind::QuotaExceeded => "超出允许使用的磁盘空间",
        io::ErrorKind::FileTooLarge => "超出允许的文件大小",
        io::ErrorKind::ReadOnlyFilesystem => "磁盘只读",
        io::ErrorKind::ResourceBusy => "正被占用",
        io::ErrorKind::CrossesDevices => "不在同一个磁盘",
        io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => {
            "名字太长，或有不允许的字符"
        }
        io::ErrorKind::TimedOut | io::ErrorKind::StaleNetworkFileHandle => "网络盘没有响应",
        io::ErrorKind::InvalidData => "内容无法识别",
        io::ErrorKind::UnexpectedEof => "文件不完整",
        _ => {
            return number.map_or_else(
                || "系统出错".to_owned(),
                |number| format!("系统错误{number}"),
            );
        }
    };
    named.to_owned()
}

/// Each on lines of its own.
fn one_by_one(errors: &[Error]) -> String {
    let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
    said.join("\n")
}

/// One fault a line, indented.
fn list<T: ToString>(faults: &[T]) -> String {
    faults
        .iter()
        .map(|fault| format!("  {}", fault.to_string()))
        .collect::<Vec<_>>()
        .join("\n")
}
