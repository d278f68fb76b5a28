//! Why a file could not be read, as values; the words for it, which others put into their sentences.
//!
//! What the file is for whoever is to send it again is said where it is found out, never read off these words.

use serde::{Deserialize, Serialize};

use super::Shut;
use super::limits::Limit;

/// Why a spreadsheet, an archive or a mail could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Damaged, or of a kind that is not read; what is wrong.
    Unreadable(Defect),
    /// Password-protected, and why it stayed so.
    Encrypted(Shut),
    /// Larger than anything a form can be; the limit that was met.
    OverLimits(Limit),
}

/// What kind of thing a file that was not read is, for whoever is to send it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    Mail,
    Archive,
    File,
}

/// What is wrong with a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Defect {
    Empty,
    Damaged,
    /// Called a spreadsheet, and not known to be anything.
    NoTable,
    /// A table written as text with a byte that is no letter, both counted from one.
    NoLetter {
        line: usize,
        byte: usize,
    },
    /// A text that no table can be made of.
    NoText,
    /// A page whose sheets are files of their own in a folder called so.
    Frames {
        folder: String,
    },
    /// A page without a table: perhaps one to log in.
    NoTableOnPage,
    Markup,
    /// Of Excel 4.0 or older.
    Ancient,
    /// Parts of one name: programs differ in which they show.
    PartsAlike,
    SheetsAlike,
    /// A sheet of this name that breaks off.
    SheetBroken {
        sheet: String,
    },
    /// Sheets that the workbook names and does not hold, and no form on the others.
    SheetsLost,
    OffTheGrid,
    ArchiveDamaged,
    /// An archive with two files of one name.
    EntriesAlike,
    /// A way of packing that is not known.
    OddlyPacked,
    MailBroken,
    /// The process that read it ended: most likely for want of memory.
    ReaderDied,
    /// Files beside it in one archive or mail ended their readers, or took all the time.
    NotTriedForOthers,
    NotTriedForTime,
    NotTriedForPasswords,
    /// What is no defect of the file.
    Machine(Machine),
}

/// Why a file could not be read although nothing need be wrong with it: whoever sent it can do nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Machine {
    InUse,
    Gone,
    /// No right to read it, or in use by another program.
    Denied,
    /// A folder that cannot be listed.
    FolderDenied,
    /// The disk or the network failed.
    Disk,
    /// The process that is to read it does not start.
    ReaderNotStarted,
    /// This program failed, while it opened the file or while it worked on it.
    FailedOpening,
    Failed,
}

impl Refusal {
    /// What is wrong, in one clause.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Unreadable(defect) => defect.reason(),
            Self::Encrypted(_) => "文件设有打开密码".to_owned(),
            Self::OverLimits(limit) => limit.exceeded(),
        }
    }

    /// Whether whoever sent the file could send it otherwise.
    #[must_use]
    pub const fn is_of_the_file(&self) -> bool {
        !matches!(self, Self::Unreadable(Defect::Machine(_)))
    }
}

impl Defect {
    /// What is wrong and what to do about it, in one sentence without a full stop.
    #[must_use]
    pub fn said(&self) -> String {
        match self.advice() {
            "" => self.reason(),
            advice => format!("{}，{advice}", self.reason()),
        }
    }

    /// What is wrong, in one clause.
    fn reason(&self) -> String {
        let fixed = match self {
            Self::NoLetter { line, byte } => {
                return format!("第{line}行第{byte}个字节不是文字，多半是传送或转存时损坏");
            }
            Self::Frames { folder } => {
                return format!("是网页格式，各工作表的内容在文件夹“{folder}”里");
            }
            Self::SheetBroken { sheet } => return format!("工作表“{sheet}”读不完整"),
            Self::ReaderDied => {
                return format!(
                    "读取它的进程中途退出，多半是{}",
                    super::limits::MEMORY.exceeded()
                );
            }
            Self::Empty => "空文件，没有任何内容",
            Self::Damaged => "文件已损坏",
            Self::NoTable => "文件已损坏或不是表格",
            Self::NoText => "文本内容读不出来",
            Self::NoTableOnPage => "是网页，里面没有表格，可能是网站的登录或提示页面",
            Self::Markup => "是网页或 XML 格式",
            Self::Ancient => "是 Excel 4.0 或更早的格式",
            Self::PartsAlike => "文件内有重名的部分",
            Self::SheetsAlike => "有重名的工作表",
            Self::SheetsLost => "有工作表的内容缺失或损坏，其余工作表上没有评价表",
            Self::OffTheGrid => "有单元格的位置超出表格范围，文件可能已损坏",
            Self::ArchiveDamaged => "压缩包已损坏",
            Self::EntriesAlike => "压缩包里有重名的文件，只能读到其中一个",
            Self::OddlyPacked => "压缩方式不常见",
            Self::MailBroken => "邮件读不出来",
            Self::NotTriedForOthers => {
                "同一压缩包（邮件）里已有文件把读取进程拖垮，这个文件没有再试"
            }
            Self::NotTriedForTime => "同一压缩包（邮件）里的文件读得太慢，这个文件没有再试",
            Self::NotTriedForPasswords => {
                "同一压缩包（邮件）里已有许多文件逐个试了密码，这个设有密码的文件没有再试"
            }
            Self::Machine(machine) => machine.reason(),
        };
        fixed.to_owned()
    }

    /// What to do about it; empty where the code says it.
    const fn advice(&self) -> &'static str {
        const SAVE_AS: &str = "请用 Excel 或 WPS 打开后另存为 .xlsx";
        match self {
            Self::Damaged
            | Self::NoTable
            | Self::Frames { .. }
            | Self::Markup
            | Self::Ancient
            | Self::PartsAlike
            | Self::SheetsAlike
            | Self::SheetBroken { .. }
            | Self::ReaderDied => SAVE_AS,
            Self::NoLetter { .. } => "请重新导出，或用 Excel 或 WPS 打开核对后另存为 .xlsx",
            Self::NoTableOnPage => "请重新导出，用 Excel 或 WPS 打开核对后另存为 .xlsx",
            Self::Empty => "请重新报送",
            Self::ArchiveDamaged => "请重新压缩后报送，或直接报送里面的文件",
            Self::EntriesAlike => "请解压后改名，再放进收件文件夹",
            Self::OddlyPacked => "请解压后把里面的文件放进收件文件夹",
            Self::MailBroken => "请在邮件程序中打开，把附件另存到收件文件夹",
            Self::NotTriedForOthers | Self::NotTriedForTime | Self::NotTriedForPasswords => {
                "请单独放进收件文件夹"
            }
            Self::Machine(machine) => machine.advice(),
            Self::NoText | Self::SheetsLost | Self::OffTheGrid => "",
        }
    }
}

impl Machine {
    const fn reason(self) -> &'static str {
        match self {
            Self::InUse => "文件正被其他程序占用",
            Self::Gone => "文件已不在原处",
            Self::Denied => "没有读取权限，或正被其他程序占用",
            Self::FolderDenied => "文件夹打不开",
            Self::Disk => "读取出错",
            Self::ReaderNotStarted => "读取它的进程启动不了，可能被安全软件拦截",
            Self::FailedOpening => "打开这个文件时程序出错",
            Self::Failed => "处理这个文件时程序出错",
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::InUse | Self::Denied => "请关闭后重试",
            Self::Gone => "",
            Self::FolderDenied => "请检查访问权限",
            Self::Disk => "请检查磁盘或网络后重试",
            Self::ReaderNotStarted => "请把本程序加入信任后重新运行",
            Self::FailedOpening => "请把它发给维护人员，并把里面的表格另存到收件文件夹",
            Self::Failed => "请把它发给维护人员",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Defect, Machine, Refusal};
    use crate::intake::limits;

    #[test]
    fn what_to_do_follows_what_is_wrong_and_is_left_out_of_the_reason() {
        for (defect, reason, advice) in [
            (
                Defect::MailBroken,
                "邮件读不出来",
                "请在邮件程序中打开，把附件另存到收件文件夹",
            ),
            (Defect::Machine(Machine::Gone), "文件已不在原处", ""),
            // A name that a stranger gave a sheet is no end of the reason.
            (
                Defect::SheetBroken {
                    sheet: "甲，请".to_owned(),
                },
                "工作表“甲，请”读不完整",
                "请用 Excel 或 WPS 打开后另存为 .xlsx",
            ),
        ] {
            let whole = [reason, advice].into_iter().filter(|part| !part.is_empty());
            assert_eq!(defect.said(), whole.collect::<Vec<_>>().join("，"));
            assert_eq!(Refusal::Unreadable(defect).reason(), reason);
        }
    }

    #[test]
    fn only_the_machine_is_no_matter_of_the_sender() {
        assert!(Refusal::Unreadable(Defect::Empty).is_of_the_file());
        assert!(Refusal::OverLimits(limits::TIME).is_of_the_file());
        assert!(!Refusal::Unreadable(Defect::Machine(Machine::InUse)).is_of_the_file());
    }
}
