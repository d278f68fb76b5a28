//! Files and sheets that are no filled form.
//!
//! What it finds: files of other kinds, archives and mails that cannot be opened, scans, spreadsheets without a form,
//! blank forms, files that cannot be read. What is named on the command line itself was meant to be read, so there it
//! is an error.

use super::Subject;
use crate::finding::{Code, Finding, Severity};
use crate::ground::Ground;
use crate::intake::{Content, Holder, Intake, Refusal, Skipped, Source, Why};

pub const CODES: &[&Code] = &[
    &NOT_A_FORM,
    &BLANK_FORM,
    &SKIPPED,
    &SIGNED_SCAN,
    &UNMATCHED_SCAN,
    &VOIDED,
    &UNREADABLE,
    &ENCRYPTED,
    &OVER_LIMITS,
    &NOT_UNPACKED,
];

static NOT_A_FORM: Code = Code::note(
    "I101",
    "not-a-form",
    "表格里没有评价表",
    "不作评价表处理；如应是评价表，请用本年度空白表重填",
);
static BLANK_FORM: Code = Code::note(
    "I102",
    "blank-form",
    "空白评价表，没有填写",
    "不作提交处理",
);
static SKIPPED: Code = Code::note("I103", "skipped", "不是表格文件，未读取", "未读取，不影响其他文件");
pub static SIGNED_SCAN: Code = Code::note(
    "I104",
    "signed-scan",
    "签字扫描件",
    "列在“签字件”一栏；分值以表格文件为准，图片里的内容没有读取",
);
static UNMATCHED_SCAN: Code = Code::note(
    "I105",
    "unmatched-scan",
    "图片或 PDF，名称里没有学会全称，没有对应到学会",
    "如是签字件，请在文件名中写上学会全称后重新运行；如是评价表的照片，请对方补报表格文件",
);
static VOIDED: Code = Code::note(
    "I106",
    "voided",
    "在“作废”文件夹里，没有读取",
    "不作数；要恢复，请移出“作废”文件夹后重新运行",
);
static UNREADABLE: Code = Code::error(
    "I201",
    "unreadable",
    "文件读不出来",
    "该文件没有计入，其余照常处理",
);
static ENCRYPTED: Code = Code::error(
    "I202",
    "encrypted",
    "文件设有打开密码",
    "请去掉密码另存后重报",
);
static OVER_LIMITS: Code = Code::error(
    "I203",
    "over-limits",
    "文件大得不像评价表",
    "请只保留评价表，另存为 .xlsx 后重报",
);
static NOT_UNPACKED: Code = Code::warning(
    "I204",
    "not-unpacked",
    "里面可能有评价表，但打不开",
    "请取出里面的文件，放进收件文件夹，再运行一次",
);

/// What there is to say about a file as a whole; `forms` is how many forms were found in it.
#[must_use]
pub fn check(ground: &Ground, intake: &Intake, forms: usize) -> Option<Finding> {
    let source = &intake.source;
    match &intake.content {
        Content::Sheets(_) if forms == 0 => Some(finding(source, &NOT_A_FORM, NOT_A_FORM.states)),
        Content::Sheets(_) => None,
        Content::Holder(holder) => held(source, holder),
        Content::Skipped(skipped) => Some(set_aside(ground, source, skipped)),
        Content::Refused(Refusal::Unreadable(reason)) => {
            let message = format!("文件读不出来：{reason}");
            Some(finding(source, &UNREADABLE, &message).found(reason.clone()))
        }
        Content::Refused(Refusal::Encrypted) => {
            Some(finding(source, &ENCRYPTED, ENCRYPTED.states))
        }
        Content::Refused(Refusal::OverLimits(reason)) => {
            let message = format!("{}：{reason}", OVER_LIMITS.states);
            Some(finding(source, &OVER_LIMITS, &message).found(reason.clone()))
        }
    }
}

/// An archive or a mail that was opened, and what of it could not be had.
fn held(source: &Source, holder: &Holder) -> Option<Finding> {
    if !holder.linked.is_empty() {
        let names: Vec<&str> = holder
            .linked
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        let named = if names.is_empty() {
            String::new()
        } else {
            format!("“{}”", names.join("”“"))
        };
        let message = format!("邮件里的大附件{named}只是下载链接，文件不在邮件里");
        return Some(
            finding(source, &NOT_UNPACKED, &message)
                .found(names.join("、"))
                .next("请在邮箱里下载后放进收件文件夹，再运行一次；链接过期的请发件人重发"),
        );
    }
    (holder.files == 0).then(|| {
        let what = &holder.what;
        let message = match what.as_ref() {
            "邮件" => "邮件没有附件".to_owned(),
            _ => format!("{what}里没有文件"),
        };
        finding(source, &SKIPPED, &message).found(what.as_ref())
    })
}

/// What was set aside unread.
fn set_aside(ground: &Ground, source: &Source, skipped: &Skipped) -> Finding {
    let what = skipped.what.as_ref();
    let (code, message) = match skipped.why {
        Why::Unrelated => (&SKIPPED, what.to_owned()),
        Why::Voided => (&VOIDED, what.to_owned()),
        Why::Packed => (&NOT_UNPACKED, format!("{what}，里面如有评价表，现在都没有读到")),
        Why::Scan => match society_of_scan(ground, source) {
            Some(society) => {
                let name = &ground.roster.societies[society].name;
                let message = format!("{what}，按名称作为“{name}”的签字件");
                return Finding::new(&SIGNED_SCAN, source.place(), message)
                    .society(name)
                    .found(what);
            }
            None => (
                &UNMATCHED_SCAN,
                format!("{what}，名称里没有学会全称，没有对应到学会"),
            ),
        },
    };
    let finding = finding(source, code, &message).found(what);
    if skipped.advice.is_empty() {
        finding
    } else {
        finding.next(skipped.advice.as_ref())
    }
}

/// Of which society a file is the signed form, scanned.
#[must_use]
pub fn scan_of(ground: &Ground, intake: &Intake) -> Option<usize> {
    match &intake.content {
        Content::Skipped(skipped) if skipped.why == Why::Scan => {
            society_of_scan(ground, &intake.source)
        }
        _ => None,
    }
}

/// Whose signed form a scan is, told by its name: the one society whose full name or alias it bears, else the one that
/// the folders it lies in are named after.
fn society_of_scan(ground: &Ground, source: &Source) -> Option<usize> {
    let one = |text: &str| match ground.roster.societies_or_aliases_in(text).as_slice() {
        [society] => Some(*society),
        _ => None,
    };
    let way = std::iter::once(&source.file).chain(&source.within);
    one(source.stem()).or_else(|| one(&way.cloned().collect::<Vec<_>>().join("/")))
}

/// Whether a finding is about a file in which forms may lie that were not read: damaged, locked, an archive.
#[must_use]
pub fn hides_forms(finding: &Finding) -> bool {
    CODES.contains(&finding.code)
        && (finding.severity == Severity::Error && finding.code != &BLANK_FORM
            || finding.code == &NOT_UNPACKED)
}

/// A blank form lying about stands for nothing.
pub(super) fn blank_form(subject: &Subject<'_>) -> Finding {
    let mut finding = finding(subject.source, &BLANK_FORM, BLANK_FORM.states);
    finding.place = subject.place.clone();
    // Beside filled forms it is only one that was not needed.
    if subject.company.filled > 0 {
        finding.severity = BLANK_FORM.severity;
    }
    finding
}

fn finding(source: &Source, code: &'static Code, message: &str) -> Finding {
    let finding = Finding::new(code, source.place(), message);
    if source.named {
        finding.severity(Severity::Error)
    } else {
        finding
    }
}
