//! Files and sheets that are no filled form.
//!
//! What it finds: files of other kinds, spreadsheets without a form, blank forms, files that cannot be read.
//! What is named on the command line itself was meant to be read, so there it is an error.

use super::Subject;
use crate::finding::{Code, Explained, Finding, Severity};
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
    Explained {
        means: "文件打得开，但哪张工作表上都没有评价表的表头，也没有表单编号，程序认为它不是评价表，\
            如通讯录、收件登记。单独指定这个文件来运行的，按“须更正”处理。",
        basis: "本工具约定：评价表按表头文字和表单编号认定，不看文件名。",
        example: "第5组/联系人名册.xlsx：表格里没有评价表。",
        remedy: "打开看一眼：确实不是评价表的，不用管，也可以移出收件文件夹。应当是评价表的，说明\
            表头被改得认不出来了，请退回评价人用本年度空白表重填。",
    },
);
static BLANK_FORM: Code = Code::note(
    "I102",
    "blank-form",
    "空白评价表，没有填写",
    "不作提交处理",
    Explained {
        means: "是本工具发出的空白评价表，分值、日期、推荐星级、评分说明等应由评价人填写的内容一处\
            也没有填，不算提交。单独指定这个文件来运行、其中又没有填好的表的，按“须更正”处理。",
        basis: "本工具约定：空白表不算收到的评价表，该学会仍按未交列入“缺报与进度”。",
        example: "第5组/空白表.xlsx › 评价表：空白评价表，没有填写。",
        remedy: "若是随手放进来的空白表，不用管。若文件名是某个学会，多半是评价人发错了文件，请向\
            他要填好的那一份。",
    },
);
static SKIPPED: Code = Code::note(
    "I103",
    "skipped",
    "不是表格文件，未读取",
    "未读取，不影响其他文件",
    Explained {
        means: "文件按内容判断不是表格（看的是内容，不是后缀），或是办公软件的临时文件、系统文件、\
            隐藏文件，程序没有读它。能夹带表格而没有读进去的（如压缩包），里面的评价表也没有读到，\
            处理之前不能出正式稿。单独指定这个文件来运行的，按“须更正”处理。",
        basis: "本工具约定：只读表格文件，其余照实列出，不影响别的文件。",
        example: "第5组/评价通知扫描件.pdf：PDF 文件。",
        remedy: "通知、图片、临时文件不用管。里面夹带评价表的，请解压或把附件另存到收件文件夹，再\
            运行一次。评价人只交了扫描件的，请他补交表格文件。",
    },
);
static UNREADABLE: Code = Code::error(
    "I201",
    "unreadable",
    "文件读不出来",
    "该文件没有计入，其余照常处理",
    Explained {
        means: "文件应当是表格，却打不开、读不完整，或是程序不认的格式，里面有没有评价表无从知道。\
            常见原因是没有下载完、存盘时损坏、正被别的程序占用。",
        basis: "本工具约定：读不成的文件不猜内容；处理之前不能出正式稿。",
        example: "第1组/中国地质学会-损坏.xlsx：文件读不出来：文件已损坏或不是表格，请用 Excel 或 WPS \
            打开后另存为 .xlsx。",
        remedy: "先用 Excel 或 WPS 打开：打得开的，另存为 .xlsx 替换原文件；打不开的，请评价人重新\
            发送，并把坏文件移出收件文件夹。提示被占用、没有权限的，关闭占用它的程序再运行。",
    },
);
static ENCRYPTED: Code = Code::error(
    "I202",
    "encrypted",
    "文件设有打开密码",
    "请去掉密码另存后重报",
    Explained {
        means: "工作簿设了打开密码，内容是加密的，程序不解密，也不试密码。只加了“保护工作表”而不需\
            要密码就能打开的，不受影响。",
        basis: "本工具约定：加密的文件不读；处理之前不能出正式稿。",
        example: "第5组/中国技术经济学会.xlsx：文件设有打开密码。",
        remedy: "知道密码的，用 Excel 或 WPS 打开，去掉打开密码，另存后替换原文件。不知道密码的，\
            请评价人去掉密码后重报。",
    },
);
static OVER_LIMITS: Code = Code::error(
    "I203",
    "over-limits",
    "文件大得不像评价表",
    "请只保留评价表，另存为 .xlsx 后重报",
    Explained {
        means: "文件的大小、工作表数目或单元格数目远远超过一份评价表可能有的规模（如64 MB、256张工\
            作表），为免拖垮电脑，程序不再往下读。",
        basis: "本工具约定：读取规模设有上限，正常的评价表远远达不到。",
        example: "大.xlsx：文件大得不像评价表：工作表数目超过256张。",
        remedy: "打开文件，只留下评价表这一张工作表，删去图片和别的内容，另存为 .xlsx 后替换原文件。\
            来路不明的，不要打开，请向评价人核实。",
    },
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
