//! clap's own errors, in Chinese.

use std::ffi::OsString;
use std::io::Write;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::{FAILED, FINE, commands};

/// Prints help as it is, the version, everything else as a Chinese sentence; gives the exit status.
pub fn report(error: &Error, arguments: &[OsString]) -> u8 {
    match error.kind() {
        ErrorKind::DisplayVersion => status(super::say::data(&super::version::text())),
        ErrorKind::DisplayHelp => {
            let printed = error.print().and_then(|()| std::io::stdout().flush());
            status(super::say::arrived(printed))
        }
        _ => {
            // What follows from a command that is none is no fault of its own.
            let said = match commands::first_mistyped(arguments) {
                Some(error) => error.to_string(),
                None => sentence(error, arguments),
            };
            super::say::line(&format!("【无法运行】{said}"));
            super::say::line("用法请看：xingping --help");
            FAILED
        }
    }
}

/// That of something printed.
fn status(printed: Result<(), crate::error::Error>) -> u8 {
    match printed {
        Ok(()) => FINE,
        Err(error) => {
            super::say::error(&error);
            FAILED
        }
    }
}

fn sentence(error: &Error, arguments: &[OsString]) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    // `-o <目录>` and `--jobs <N>` are said without the angle brackets' content twice.
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let near = |kind| {
        let near = text(kind);
        if near.is_empty() {
            String::new()
        } else {
            format!("，是不是想写“{near}”")
        }
    };
    match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            format!("“{argument}”是多余的。")
        }
        ErrorKind::UnknownArgument => {
            format!(
                "没有“{argument}”这个选项{}。",
                near(ContextKind::SuggestedArg)
            )
        }
        ErrorKind::InvalidSubcommand => {
            let written = text(ContextKind::InvalidSubcommand);
            let hint = commands::hint_below(arguments, &written)
                .or_else(|| Some(format!("，可用：{}。", commands::all_below(arguments)?)));
            format!(
                "没有“{written}”这个命令{}",
                hint.unwrap_or_else(|| "。".to_owned())
            )
        }
        ErrorKind::MissingRequiredArgument => {
            format!(
                "缺少{}。",
                argument.replace(['<', '>'], "").replace("...", "")
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let all = commands::all_below(arguments).unwrap_or_default();
            format!("还要写明做什么，可用：{all}。")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面缺少取值。"),
        ErrorKind::InvalidValue => {
            let valid = text(ContextKind::ValidValue);
            let valid = if valid.is_empty() {
                String::new()
            } else {
                format!("，可用：{valid}")
            };
            format!("“{argument}”不能是“{value}”{valid}。")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error)
                .map(ToString::to_string)
                .filter(|reason| !reason.is_ascii())
                .unwrap_or_else(|| "写法不对".to_owned());
            format!("“{argument}”不能是“{value}”：{reason}。")
        }
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg);
            format!("“{argument}”不能与“{other}”同时使用。")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("“{argument}”的取值个数不对。")
        }
        ErrorKind::NoEquals => format!("“{argument}”要用等号连接取值。"),
        ErrorKind::InvalidUtf8 => "参数里有无法识别的字符。".to_owned(),
        _ => "命令写法不对。".to_owned(),
    }
}
