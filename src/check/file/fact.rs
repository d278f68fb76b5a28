//! What a file turned out to be, and what the clerk and its sender are told.

use serde::Serialize;

use super::{
    BLANK_FORM, CLIPPED, ENCRYPTED, NOT_A_FORM, NOT_UNPACKED, OVER_LIMITS, SHEET_LOST, SIGNED_SCAN,
    SKIPPED, UNMATCHED_SCAN, UNREADABLE, VOIDED,
};
use crate::finding::text::quote;
use crate::finding::{Bearing, Code, Fact, Reader, Resend};
use crate::intake::{Refusal, Shape, Shut};
use crate::model::SocietyId;

/// What a file is that holds no filled form.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum File {
    /// A spreadsheet without a form; perhaps the clerk's own register, which is not looked for just anywhere.
    NotAForm {
        is_register: bool,
    },
    Blank {},
    Skipped {
        what: String,
        advice: String,
    },
    SignedScan {
        what: String,
        #[serde(skip)]
        society: SocietyId,
    },
    UnmatchedScan {
        what: String,
        advice: String,
    },
    Voided {
        what: String,
        advice: String,
    },
    Refused {
        #[serde(skip)]
        refusal: Refusal,
        reason: String,
        shape: Shape,
    },
    /// Not opened, and forms may lie in it.
    Packed {
        what: String,
        advice: String,
        is_broken: bool,
    },
    /// A mail that only links to its attachments.
    Linked {
        names: Vec<String>,
    },
    /// A sheet that the workbook names and does not hold.
    SheetLost {
        name: String,
    },
    /// A text that was cut off.
    Clipped {},
}

impl Fact for File {
    fn code(&self) -> &'static Code {
        match self {
            Self::NotAForm { .. } => &NOT_A_FORM,
            Self::Blank {} => &BLANK_FORM,
            Self::Skipped { .. } => &SKIPPED,
            Self::SignedScan { .. } => &SIGNED_SCAN,
            Self::UnmatchedScan { .. } => &UNMATCHED_SCAN,
            Self::Voided { .. } => &VOIDED,
            Self::Refused { refusal, .. } => match refusal {
                Refusal::Unreadable(_) => &UNREADABLE,
                Refusal::Encrypted(_) => &ENCRYPTED,
                Refusal::OverLimits(_) => &OVER_LIMITS,
            },
            Self::Packed { .. } | Self::Linked { .. } => &NOT_UNPACKED,
            Self::SheetLost { .. } => &SHEET_LOST,
            Self::Clipped {} => &CLIPPED,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::NotAForm { is_register: true } => "这份处理登记没有用到".to_owned(),
            Self::NotAForm { .. } | Self::Blank {} | Self::Clipped {} => {
                self.code().states.to_owned()
            }
            Self::SheetLost { name } if to.sees_all() => {
                format!("工作表{}的内容缺失或损坏", quote(name))
            }
            Self::SheetLost { .. } => "有一张工作表的内容缺失或损坏".to_owned(),
            Self::Skipped { what, .. } | Self::Voided { what, .. } => what.clone(),
            Self::SignedScan { what, society } => {
                format!("{what}，按名称作为“{}”的签字件", to.society(*society))
            }
            Self::UnmatchedScan { what, .. } => {
                format!("{what}，{}", to.words("名称里没有学会全称，没有对应到学会"))
            }
            Self::Refused { refusal, .. } => match refusal {
                // What is wrong may name a sheet or a folder.
                Refusal::Unreadable(_) if !to.sees_all() => "文件读不出来".to_owned(),
                Refusal::Unreadable(fault) => format!("文件读不出来：{}", fault.said()),
                Refusal::Encrypted(shut) => format!("{}{}", ENCRYPTED.states, tried(*shut)),
                Refusal::OverLimits(limit) => {
                    format!("{}：{}", OVER_LIMITS.states, limit.exceeded())
                }
            },
            Self::Packed { what, .. } => format!("{what}，里面如有评价表，现在都没有读到"),
            Self::Linked { names } if names.is_empty() || !to.sees_all() => {
                "邮件里的大附件只是下载链接，文件不在邮件里".to_owned()
            }
            Self::Linked { names } => {
                format!(
                    "邮件里的大附件“{}”只是下载链接，文件不在邮件里",
                    names.join("”“")
                )
            }
        }
    }

    fn found(&self, to: &Reader<'_>) -> String {
        match self {
            Self::NotAForm { .. } | Self::Blank {} | Self::Clipped {} | Self::SheetLost { .. } => {
                String::new()
            }
            Self::Skipped { what, .. }
            | Self::SignedScan { what, .. }
            | Self::UnmatchedScan { what, .. }
            | Self::Voided { what, .. }
            | Self::Packed { what, .. } => what.clone(),
            Self::Refused { refusal, .. } => match refusal {
                Refusal::Unreadable(_) if !to.sees_all() => String::new(),
                Refusal::Unreadable(fault) => fault.said(),
                Refusal::OverLimits(limit) => limit.exceeded(),
                Refusal::Encrypted(_) => String::new(),
            },
            Self::Linked { names } if to.sees_all() => names.join("、"),
            Self::Linked { .. } => String::new(),
        }
    }

    fn next(&self, to: &Reader<'_>) -> String {
        match self {
            Self::NotAForm { is_register: true } => {
                "处理登记要直接放在收件文件夹里（或在它旁边）才起作用，请移过去再运行一次"
                    .to_owned()
            }
            Self::Linked { .. } => {
                "请在邮箱里下载后放进收件文件夹，再运行一次；链接过期的请发件人重发".to_owned()
            }
            Self::Skipped { advice, .. }
            | Self::UnmatchedScan { advice, .. }
            | Self::Voided { advice, .. }
            | Self::Packed { advice, .. }
                if !advice.is_empty() =>
            {
                to.words(advice)
            }
            Self::Refused {
                refusal: Refusal::Encrypted(Shut::Unknown { tried: 0 }),
                ..
            } => "知道密码的，把密码写进一个文本文件（一行一个），用 --password-file 指定后再运行一次；不知道的，请对方去掉密码另存后重报".to_owned(),
            _ => to.words(self.code().next),
        }
    }

    fn resend(&self, to: &Reader<'_>) -> Option<Resend> {
        /// What to do about an archive that is broken.
        const REPACK: &str = "请重新压缩后再发，或直接发送里面的文件";
        const PLAINLY: &str = "请把里面的评价表直接作为普通附件重新发来（可以用 zip 压缩，不要用其他压缩格式、超大附件链接或转发成 winmail.dat）";
        let (reason, remedy, linked) = match self {
            // Whoever sent it can do nothing about it.
            Self::Refused { refusal, .. } if !refusal.is_of_the_file() => return None,
            Self::Refused {
                refusal,
                reason,
                shape,
            } => {
                let remedy = match (refusal, shape) {
                    (_, Shape::Mail) => "请重新发一封邮件，把评价表直接作为普通附件",
                    (Refusal::Encrypted(_), Shape::Archive) => {
                        "请去掉密码重新压缩后再发，或直接发送里面的文件"
                    }
                    (Refusal::OverLimits(_), Shape::Archive) => {
                        "请只把评价表重新压缩后再发，或直接发送评价表"
                    }
                    (Refusal::Unreadable(_), Shape::Archive) => REPACK,
                    (Refusal::Unreadable(_), Shape::File) => {
                        "请先看原文件能否打开，再用 Excel 或 WPS 另存为 .xlsx 重新发来"
                    }
                    (Refusal::Encrypted(_) | Refusal::OverLimits(_), Shape::File) => {
                        self.code().next
                    }
                };
                (reason.clone(), remedy, Vec::new())
            }
            Self::Packed {
                what, is_broken, ..
            } => {
                let remedy = if *is_broken { REPACK } else { PLAINLY };
                (what.clone(), remedy, Vec::new())
            }
            Self::Linked { names } => (self.message(to), PLAINLY, names.clone()),
            _ => return None,
        };
        Some(Resend {
            reason,
            remedy: remedy.to_owned(),
            linked,
        })
    }

    fn bearing(&self) -> Bearing {
        match self {
            Self::Refused { .. } | Self::Packed { .. } | Self::Linked { .. } => Bearing::HidesForms,
            _ => Bearing::Plain,
        }
    }
}

/// What was tried at a file that stayed shut.
fn tried(shut: Shut) -> String {
    match shut {
        Shut::Unknown { tried: 0 } => String::new(),
        Shut::Unknown { tried } => format!("，密码文件里的{tried}个密码都打不开"),
        Shut::Costly { tried: 0 } => "，试一个密码就要算很久，没有试".to_owned(),
        Shut::Costly { tried } => {
            format!(
                "，试一个密码要算很久，密码文件里的密码只试了前{tried}个，都打不开，后面的没有试"
            )
        }
        Shut::Foreign => "，加密的方式不是本程序能解的".to_owned(),
    }
}
