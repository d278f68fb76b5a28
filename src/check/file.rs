//! Files and sheets that are no filled form.
//!
//! What it finds: files of other kinds, spreadsheets without a form, blank forms, files that cannot be read.
//! What is named on the command line itself was meant to be read, so there it is an error.

use super::Subject;
use crate::finding::{Code, Finding, Severity};
use crate::intake::{Content, Intake, Refusal, Source, may_hold_spreadsheets};

pub const CODES: &[&Code] = &[
    &NOT_A_FORM,
    &BLANK_FORM,
    &SKIPPED,
    &UNREADABLE,
    &ENCRYPTED,
    &OVER_LIMITS,
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

/// What there is to say about a file as a whole; `forms` is how many forms were found in it.
#[must_use]
pub fn check(intake: &Intake, forms: usize) -> Option<Finding> {
    let source = &intake.source;
    match &intake.content {
        Content::Sheets(_) if forms == 0 => Some(finding(source, &NOT_A_FORM, NOT_A_FORM.states)),
        Content::Sheets(_) => None,
        // Forms often come in archives: nobody must take the round for complete.
        Content::Skipped(reason) if may_hold_spreadsheets(reason) => Some(
            finding(source, &SKIPPED, reason)
                .found(*reason)
                .next("里面如有评价表，现在都没有读到"),
        ),
        Content::Skipped(reason) => Some(finding(source, &SKIPPED, reason).found(*reason)),
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

/// Whether a finding is about a file in which forms may lie that were not read: damaged, locked, an archive.
#[must_use]
pub fn hides_forms(finding: &Finding) -> bool {
    CODES.contains(&finding.code)
        && (finding.severity == Severity::Error && finding.code != &BLANK_FORM
            || finding.code == &SKIPPED && may_hold_spreadsheets(&finding.found))
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
