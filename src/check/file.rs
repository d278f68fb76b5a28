//! Files and sheets that are no filled form.
//!
//! What it finds: files of other kinds, archives and mails that cannot be opened, scans, spreadsheets without a form,
//! blank forms, files that cannot be read. What is named on the command line itself was meant to be read, so there it
//! is an error.

mod fact;

use super::Subject;
use crate::finding::{Bearing, Code, Explained, Finding, Severity};
use crate::ground::Ground;
use crate::intake::{
    Content, Defect, Holder, Holding, Intake, Refusal, Remedy, Shape, Skipped, Source, Why,
};
use crate::model::SocietyId;
use crate::register;
use fact::File;

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
    &SHEET_LOST,
    &CLIPPED,
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
            隐藏文件、没有附件的邮件，程序没有读它。单独指定这个文件来运行的，按“须更正”处理。",
        basis: "本工具约定：只读表格文件，其余照实列出，不影响别的文件。",
        example: "~$中国地质学会.xlsx：Excel 或 WPS 打开文件时留下的临时文件。",
        remedy: "通知、临时文件不用管。应当是评价表的，请对方用本年度空白表重填，存成 xlsx 再报。",
    },
);
pub static SIGNED_SCAN: Code = Code::note(
    "I104",
    "signed-scan",
    "签字扫描件",
    "列在“签字件”一栏；分值以表格文件为准，图片里的内容没有读取",
    Explained {
        means: "pdf 或图片，文件名（或所在文件夹名）里有一个学会的全称或别名，作为该学会评价表的签字件列出。\
            文件名里还有评价人姓名的，只列在这个人的表下。图片里写了什么，程序不看。",
        basis: "本工具约定：签字件只作对应和备查，分值以表格文件为准。",
        example: "中国地质学会-签字页.pdf：PDF 文件，按名称作为“中国地质学会”的签字件。",
        remedy: "不用处理。对应错了的，改文件名后重新运行。只有签字件、没有表格文件的学会仍按未交列出，\
            请补收表格文件。",
    },
);
static UNMATCHED_SCAN: Code = Code::note(
    "I105",
    "unmatched-scan",
    "图片或 PDF，名称里没有学会全称，没有对应到学会",
    "如是签字件，请在文件名中写上学会全称后重新运行；如是评价表的照片，请对方补报表格文件",
    Explained {
        means: "pdf 或图片，文件名和所在文件夹名里都没有学会的全称或别名，或者有不止一个，不知是谁的。\
            单独指定这个文件来运行的，按“须更正”处理。",
        basis: "本工具约定：签字件按名称对应学会，不猜。",
        example: "照片.jpg：图片，名称里没有学会全称，没有对应到学会。",
        remedy: "打开看一眼：是签字件的，把文件名改成学会全称（可加评价人姓名）后重新运行；是评价表照片的，\
            请评价人补交表格文件；无关的不用管。",
    },
);
static VOIDED: Code = Code::note(
    "I106",
    "voided",
    "在“作废”文件夹里，没有读取",
    "不作数；要恢复，请移出“作废”文件夹后重新运行",
    Explained {
        means: "文件放在名为“作废”的文件夹里（压缩包里的“作废”文件夹也算），是经办人不要的，程序不读，\
            只列出来备查。",
        basis: "本工具约定：经办人移入“作废”文件夹的不作数。",
        example: "作废/中国地质学会旧.csv：在“作废”文件夹里，按经办人的意见不用。",
        remedy: "不用处理。放错了的，移出“作废”文件夹后重新运行。",
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
            发送，坏文件在“处理登记”填“不计入”。提示被占用、没有权限的，关闭占用它的程序再运行。",
    },
);
static ENCRYPTED: Code = Code::error(
    "I202",
    "encrypted",
    "文件设有打开密码",
    "请去掉密码另存后重报",
    Explained {
        means: "工作簿设了打开密码，内容是加密的。经办人用 --password-file 给出密码文件（一行一个密码）的，程序用\
            里面的密码逐个试 xlsx、xlsb、xls；试一个密码要算很久的，一个文件试一百来个就不再试，\
            并且说明试了几个；密码文件不会存入结果。不猜密码；ods 和加了密码的压缩包解不开。只\
            加了“保护工作表”“保护工作簿”而不用输密码就能打开的，照常读取。",
        basis: "本工具约定：打不开的加密文件不读；处理之前不能出正式稿。",
        example: "第5组/中国技术经济学会.xlsx：文件设有打开密码。",
        remedy: "知道密码的，把密码写进一个文本文件（放在收件文件夹以外），用 --password-file 指定后再运行一次；或者用 Excel 或 \
            WPS 打开，去掉打开密码，另存后替换原文件。不知道密码的，请评价人去掉密码后重报。",
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
static NOT_UNPACKED: Code = Code::warning(
    "I204",
    "not-unpacked",
    "里面可能有评价表，但打不开",
    "请取出里面的文件，放进收件文件夹，再运行一次",
    Explained {
        means: "文件里可能夹带评价表，但程序打不开：.rar、.7z 等压缩包，损坏的压缩包，Outlook 的 .msg 和\
            winmail.dat，或者邮件里的大附件只是一个下载链接。处理之前不能出正式稿。zip 压缩包和 .eml 邮件\
            能打开，不在此列。单独指定这个文件来运行的，按“须更正”处理。",
        basis: "本工具约定：可能漏收评价表的，一律点名，不能出正式稿。",
        example: "第1组.rar：压缩包（.rar），里面如有评价表，现在都没有读到。",
        remedy: "按提示取出里面的文件（解压、另存附件或下载），放进收件文件夹，再运行一次。里面确实没有评价表的，\
            在“处理登记”填“不计入”。",
    },
);

static SHEET_LOST: Code = Code::warning(
    "I205",
    "sheet-lost",
    "有工作表的内容缺失或损坏",
    "其余工作表照常读取；请打开原文件看一眼，缺的工作表上如有评价表，请补报",
    Explained {
        means: "工作簿里列有这张工作表，文件里却没有它的内容，或内容损坏、读不完整，多半是传送或转存时丢失的。其余工作表照常读取、照常计分。\
            哪张表上都没有读到评价表的，按“文件读不出来”处理。",
        basis: "本工具约定：一张工作表损失，不影响其余工作表，但要点名。",
        example: "第1组/中国能源研究会.xlsx › 附表：工作表“附表”的内容缺失或损坏。",
        remedy: "用 Excel 或 WPS 打开原文件看一眼：缺的工作表与评价无关的，不用管；上面有评价表的，请评价人重新报送。",
    },
);
static CLIPPED: Code = Code::warning(
    "I206",
    "cell-clipped",
    "单元格内容超过32767字，只读了前面的部分",
    "其余照常处理，请核实填的内容",
    Explained {
        means: "单元格里的文字比 Excel 允许的最多字数（32767字）还多，不会是人填的，只读取前面32767字。",
        basis: "本工具约定：单元格文字以 Excel 允许的最多字数为限。",
        example: "第1组/中国能源研究会.xlsx › 评价表!L20：单元格内容超过32767字，只读了前面的部分。",
        remedy: "打开原文件看这一格是什么内容，向评价人核实，请他改好后重报。",
    },
);

/// What there is to say of the parts of a workbook in which `forms` forms were found.
#[must_use]
pub fn parts(intake: &Intake, forms: usize) -> Vec<Finding> {
    let source = &intake.source;
    let Content::Sheets(sheets) = &intake.content else {
        return Vec::new();
    };
    if forms == 0 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for sheet in sheets {
        let place = source.sheet(&sheet.name);
        if sheet.is_lost {
            let name = sheet.name.clone();
            findings.push(Finding::of(File::SheetLost { name }, place.clone()));
        }
        for cell in &sheet.clipped {
            findings.push(Finding::of(File::Clipped {}, place.at(*cell)));
        }
    }
    findings
}

/// What there is to say about a file as a whole; `forms` is how many forms were found in it.
#[must_use]
pub fn check(ground: &Ground, intake: &Intake, forms: usize) -> Option<Finding> {
    let source = &intake.source;
    match &intake.content {
        Content::Sheets(sheets) if forms == 0 && sheets.iter().any(|sheet| sheet.is_lost) => {
            let refusal = Refusal::Unreadable(Defect::SheetsLost);
            Some(finding(source, refused(refusal, Shape::File)))
        }
        Content::Sheets(_) if forms == 0 => {
            let is_register = register::is_called_so(source.stem());
            let finding = finding(source, File::NotAForm { is_register });
            Some(if is_register {
                finding.severity(Severity::Warning)
            } else {
                finding
            })
        }
        Content::Sheets(_) => None,
        Content::Holder(holder) => held(source, holder),
        Content::Skipped(skipped) => Some(set_aside(ground, source, skipped)),
        Content::Refused(refusal, shape) => Some(finding(source, refused(refusal.clone(), *shape))),
    }
}

fn refused(refusal: Refusal, shape: Shape) -> File {
    File::Refused {
        reason: refusal.reason(),
        shape,
        refusal,
    }
}

/// An archive or a mail that was opened, and what of it could not be had.
fn held(source: &Source, holder: &Holder) -> Option<Finding> {
    if !holder.linked.is_empty() {
        let mut names = holder.linked.clone();
        names.retain(|name| !name.is_empty());
        return Some(finding(source, File::Linked { names }));
    }
    (holder.files == 0).then(|| {
        let what = match holder.what {
            Holding::Mail => "邮件没有附件".to_owned(),
            Holding::Archive | Holding::Mailbox => format!("{}里没有文件", holder.what.said()),
        };
        let advice = String::new();
        finding(source, File::Skipped { what, advice })
    })
}

/// What was set aside unread.
fn set_aside(ground: &Ground, source: &Source, skipped: &Skipped) -> Finding {
    let what = skipped.what.clone().into_owned();
    let advice = skipped.remedy.map_or("", Remedy::said).to_owned();
    let fact = match skipped.why {
        Why::Unrelated => File::Skipped { what, advice },
        Why::Voided => File::Voided { what, advice },
        Why::Packed => File::Packed {
            what,
            advice,
            is_broken: skipped.remedy == Some(Remedy::PackAgain),
        },
        Why::Scan => match society_of_scan(ground, source) {
            Some(society) => {
                let name = &ground.roster.societies[society].name;
                return Finding::of(File::SignedScan { what, society }, source.place())
                    .society(name);
            }
            None => File::UnmatchedScan { what, advice },
        },
    };
    finding(source, fact)
}

/// Of which society a file is the signed form, scanned.
#[must_use]
pub fn scan_of(ground: &Ground, intake: &Intake) -> Option<SocietyId> {
    match &intake.content {
        Content::Skipped(skipped) if skipped.why == Why::Scan => {
            society_of_scan(ground, &intake.source)
        }
        _ => None,
    }
}

/// Whose signed form a scan is, told by its name: the one society whose full name or alias it bears, else the one that
/// the folders it lies in are named after.
fn society_of_scan(ground: &Ground, source: &Source) -> Option<SocietyId> {
    let one = |text: &str| match ground.roster.societies_or_aliases_in(text).as_slice() {
        [society] => Some(*society),
        _ => None,
    };
    let way = std::iter::once(&source.file).chain(&source.within);
    one(source.stem()).or_else(|| one(&way.cloned().collect::<Vec<_>>().join("/")))
}

/// Whether what was found of a file as a whole says that forms may lie in it which were not read: it is damaged, locked or
/// packed, or it was named to be read and holds none.
#[must_use]
pub fn is_unread(finding: &Finding) -> bool {
    finding.bearing() == Bearing::HidesForms || finding.severity == Severity::Error
}

/// A blank form lying about stands for nothing.
pub(super) fn blank_form(subject: &Subject<'_>) -> Finding {
    let mut finding = finding(subject.source, File::Blank {});
    finding.place = subject.place.clone();
    // Beside filled forms it is only one that was not needed.
    if subject.company.filled > 0 {
        finding.severity = BLANK_FORM.severity;
    }
    finding
}

/// What is named on the command line itself was meant to be read.
fn finding(source: &Source, fact: File) -> Finding {
    let finding = Finding::of(fact, source.place());
    if source.named {
        finding.severity(Severity::Error)
    } else {
        finding
    }
}
