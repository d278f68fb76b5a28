//! "Cannot work": what ends a run with exit status 2 and nothing written. Wrong data is never here, it is a
//! [`crate::finding::Finding`].

use std::io;
use std::path::PathBuf;

use crate::scheme::Fault;

/// Why the program could not work, in Chinese, with what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("找不到“{}”。请检查路径是否写对。", .0.display())]
    NoSuchPath(PathBuf),
    #[error("读不了“{}”（{}）。请确认文件没有被占用、有读取权限。", .path.display(), reason(.source))]
    Read { path: PathBuf, source: io::Error },
    #[error("写不了“{}”（{}）。请确认磁盘未满、目录可写、文件没有在别处打开，然后重试，或用 -o 换一个目录。", .path.display(), reason(.source))]
    Write { path: PathBuf, source: io::Error },
    #[error("“{}”既不是评价方案目录，里面也没有 scheme.toml、学会名单或评价人名单。", .0.display())]
    NoYearFolder(PathBuf),
    #[error("评价方案{file}有{}处须改正：\n{}", .faults.len(), list(.faults))]
    Scheme { file: String, faults: Vec<Fault> },
    #[error("{file}有{}处须改正：\n{}", .faults.len(), list(.faults))]
    List { file: String, faults: Vec<String> },
    #[error("“{}”和“{}”是同一份名单，不知以哪份为准。请只留一份。", .0.display(), .1.display())]
    TwoLists(PathBuf, PathBuf),
    #[error("没有找到任何评价表。{0}")]
    NoForms(String),
    #[error("还不能出正式稿：\n{}", list(.0))]
    NotFinal(Vec<crate::rank::Open>),
    #[error("{0}")]
    Usage(String),
    #[error("生成表格“{file}”时出错（{reason}）。请把这句话告诉维护人员。")]
    Sheet { file: String, reason: String },
}

/// What the system says, in Chinese where it is one of the usual things.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
        io::ErrorKind::NotFound => "不存在".to_owned(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => "已有同名文件".to_owned(),
        io::ErrorKind::StorageFull => "磁盘已满".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "磁盘只读".to_owned(),
        io::ErrorKind::ResourceBusy => "正被占用".to_owned(),
        _ => error.to_string(),
    }
}

/// One fault a line, indented.
fn list<T: ToString>(faults: &[T]) -> String {
    faults
        .iter()
        .map(|fault| format!("  {}", fault.to_string()))
        .collect::<Vec<_>>()
        .join("\n")
}
