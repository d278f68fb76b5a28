//! Everything that is said to people: on stderr, in Chinese, coloured only on a terminal. Data goes to stdout.

use std::io::Write;

use anstyle::{AnsiColor, Style};

pub use super::progress::{during, interrupted};
use crate::error::Error;
use crate::finding::text::Detail;
use crate::finding::{Finding, Reader, Severity, glance, text};
use crate::ground::{Ground, Like, LookAlike, REVIEWERS_FILE, SCHEME_FILE};
use crate::model::unseen::is_unseen;
use crate::rank::{Progress, SocietyState, Standings};
use crate::register::AMENDMENTS;
use crate::report::books::due;
use crate::report::kit::words;
use crate::settle::FormState;

/// One line to people.
pub fn line(text: &str) {
    print_line(&on_one_line(text));
}

/// What is safe already, or coloured by this program alone.
fn print_line(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Data, to stdout.
///
/// # Errors
/// Not all of it got there. Who reads only its head and closes the pipe is no fault.
pub fn data(text: &str) -> Result<(), Error> {
    print_data(&safe(text))
}

fn print_data(text: &str) -> Result<(), Error> {
    let mut to = anstream::stdout().lock();
    arrived(to.write_all(text.as_bytes()).and_then(|()| to.flush()))
}

/// Whether what was printed got where it was sent, as far as anybody still reads there.
pub fn arrived(printed: std::io::Result<()>) -> Result<(), Error> {
    match printed {
        Err(source) if source.kind() != std::io::ErrorKind::BrokenPipe => Err(Error::Print(source)),
        _ => Ok(()),
    }
}

/// Why the program could not work.
pub fn error(error: &Error) {
    let style = style(Severity::Error);
    print_line(&format!(
        "{style}【无法运行】{style:#}{}",
        safe(&error.to_string())
    ));
}

/// Which year is used, what the clerk decided, and what beside them is not used.
pub fn ground(ground: &Ground) {
    year(ground);
    if let Some(path) = &ground.register.path {
        line(&format!(
            "使用处理登记“{}”，其中填了处理的{}行。",
            path.display(),
            ground.register.rulings.len()
        ));
    }
    if let Some(path) = &ground.amendments.path {
        line(&format!(
            "使用{AMENDMENTS}“{}”，其中{}行。",
            path.display(),
            ground.amendments.rows.len()
        ));
    }
    cautions(ground);
}

/// Of the same, what nobody may miss who asked to be told little: rules and lists that may not be the ones that are
/// meant.
pub fn ground_in_brief(ground: &Ground) {
    if ground.is_scheme_unasked {
        year(ground);
    }
    cautions(ground);
}

fn year(ground: &Ground) {
    let folder = ground.folder.as_ref().map_or(String::new(), |folder| {
        format!("（“{}”）", folder.display())
    });
    line(&format!("使用{}{folder}。", ground.origin));
}

fn cautions(ground: &Ground) {
    if ground.is_scheme_unasked && ground.has_own_list() {
        line(&format!(
            "【请核实】年度目录里有自己的名单，没有 {SCHEME_FILE}，评价方案用的是内置的 {}。这份名单是别的年度、别的方案的，请把它的 {SCHEME_FILE} 放到一起再运行一次；就用内置方案的，加上 --year {} 就不再提示。",
            ground.scheme.id, ground.scheme.year
        ));
    }
    if ground.register.is_open {
        line(
            "【请核实】处理登记正在 Excel 或 WPS 中打开，没有存盘的内容没有读到。请存盘后再运行一次。",
        );
    }
    for name in &ground.register.look_alikes {
        line(&format!(
            "【请核实】“{name}”没有用到：处理登记的文件只认“处理登记.xlsx”或“处理登记.csv”这两个名字。"
        ));
    }
    if ground.amendments.is_open {
        line(&format!(
            "【请核实】{AMENDMENTS}正在 Excel 或 WPS 中打开，没有存盘的内容没有读到。请存盘后再运行一次。"
        ));
    }
    for name in &ground.amendments.look_alikes {
        line(&format!(
            "【请核实】“{name}”没有用到：{AMENDMENTS}的文件只认“{AMENDMENTS}.xlsx”或“{AMENDMENTS}.csv”这两个名字。"
        ));
    }
    let list = ground.scheme.list_name();
    for LookAlike { like, name } in &ground.look_alikes {
        line(&match like {
            Like::Scheme => format!(
                "【请核实】“{name}”没有用到：评价方案只认“{SCHEME_FILE}”这个名字。旁边的{SCHEME_FILE}不是要用的那一份的，请换成要用的；是的，请把“{name}”移到别处。"
            ),
            Like::List => format!(
                "【请核实】“{name}”没有用到：名单文件只认“{list}”“{REVIEWERS_FILE}”这两个名字（.xlsx 或 .csv）。"
            ),
        });
    }
}

/// That the scheme has what looks like a slip, once and shortly, where its check is not what was asked for.
pub fn doubtful_scheme(ground: &Ground) {
    let doubts = ground.scheme.doubts();
    let Some(first) = doubts.first() else { return };
    let said = match doubts.len() {
        1 => format!("有一处疑点：{first}"),
        count => format!("有{count}处疑点，第一处：{first}；全部见 xingping scheme check"),
    };
    line(&format!("【请核实】{SCHEME_FILE} {said}。"));
}

/// What in the scheme and the lists is allowed but looks like a slip.
pub fn doubts(ground: &Ground) {
    for doubt in ground.scheme.doubts() {
        line(&format!("【请核实】{SCHEME_FILE}：{doubt}。"));
    }
    let roster = &ground.roster;
    for conflict in roster
        .written_conflicts
        .iter()
        .filter(|one| one.society.is_none())
    {
        let reviewer = &roster.reviewers[conflict.reviewer];
        line(&format!(
            "【请核实】{REVIEWERS_FILE}!{}：{}（{}）应回避的“{}”不在{}中，该回避不起作用，请核对写法。",
            conflict.name.cell,
            reviewer.name,
            reviewer.unit,
            conflict.name.value,
            ground.scheme.list_name()
        ));
    }
}

/// Nothing was asked for.
pub fn short_help() {
    line("星评：把收到的评价表放进一个文件夹，拖到本程序上，结果写在旁边的“星评结果”里。");
    line("或者运行：xingping 收件目录 -o 输出目录");
    line("全部用法：xingping --help");
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default(),
        Severity::Note => Style::new(),
    }
}

/// No text from a file becomes a command to a terminal.
fn safe(text: &str) -> String {
    text.chars()
        .map(|character| if character == '\t' { ' ' } else { character })
        .filter(|character| *character == '\n' || !is_unseen(*character))
        .collect()
}

/// A line break in a text must not begin a line that looks like this program's own.
pub fn on_one_line(text: &str) -> String {
    safe(&text.replace('\n', " "))
}

/// Where no form was found at all: what there is to say about the files, not about what is missing.
pub fn about_files(standings: &Standings<'_>) {
    /// A folder of other things is not listed to the end.
    const MOST: usize = 10;
    let about: Vec<Finding> = standings
        .findings
        .iter()
        .filter(|finding| !finding.place.file.is_empty())
        .cloned()
        .collect();
    for said in lines(standings.ground, &about, Detail::Brief)
        .iter()
        .take(MOST)
    {
        print_line(said);
    }
    if about.len() > MOST {
        line(&format!("……共{}处。", about.len()));
    }
}

/// The findings as people read them, a line for each cause: each by itself stands in the workbook.
pub fn findings(standings: &Standings<'_>) {
    for line in lines(standings.ground, &standings.findings, Detail::Brief) {
        print_line(&line);
    }
}

/// The same to stdout and whole, where they are what was asked for.
pub fn findings_as_data(standings: &Standings<'_>) -> Result<(), Error> {
    let mut lines = lines(standings.ground, &standings.findings, Detail::Whole).into_iter();
    lines.try_for_each(|line| print_data(&format!("{line}\n")))
}

fn lines(ground: &Ground, findings: &[Finding], detail: Detail) -> Vec<String> {
    text::lines(findings, &Reader::clerk(ground), detail)
        .into_iter()
        .map(|(severity, line)| {
            let style = style(severity);
            format!("{style}{}{style:#}", on_one_line(&line))
        })
        .collect()
}

/// How many findings there are of what.
pub fn glance(standings: &Standings<'_>) {
    let reader = Reader::clerk(standings.ground);
    let all = standings.findings.iter();
    let all: Vec<_> = all.map(|finding| finding.said(&reader)).collect();
    let lines = glance::lines(&all);
    if !lines.is_empty() {
        line(&format!("问题共{}处：", all.len()));
    }
    for said in lines {
        line(&said);
    }
}

/// How many of the societies' own forms came and stand; nothing where none did.
fn own(standings: &Standings<'_>) -> String {
    let Some(assessments) = &standings.assessments else {
        return String::new();
    };
    let came = assessments.forms.iter();
    let came = came
        .filter(|own| own.form.state != FormState::Blank)
        .count();
    let stand = assessments.standing.iter().flatten().count();
    format!("；自评表{came}份，采用{stand}份")
}

/// The closing summary.
pub fn summary(standings: &Standings<'_>) -> String {
    let unread = standings.files.iter().filter(|file| file.is_open()).count();
    let others = standings
        .files
        .iter()
        .filter(|file| {
            !file.is_holder
                && file.assessments.is_empty()
                && file
                    .forms
                    .iter()
                    .all(|form| standings.forms[*form].state == FormState::Blank)
        })
        .count();
    let others = if others > 0 {
        match unread {
            0 => format!("；其他文件{others}个"),
            unread => format!("；其他文件{others}个，其中{unread}个没有读成"),
        }
    } else {
        String::new()
    };
    let mut places: Vec<(&str, usize)> = Vec::new();
    let mut states: Vec<(SocietyState, &str)> = standings
        .societies
        .iter()
        .map(|one| (one.state, one.label()))
        .collect();
    states.sort_unstable();
    for (_, label) in states {
        match places.last_mut() {
            Some((last, count)) if *last == label => *count += 1,
            _ => places.push((label, 1)),
        }
    }
    let places: Vec<String> = places
        .into_iter()
        .map(|(label, count)| format!("{label}{count}个"))
        .collect();
    let all = Progress::sum(&standings.progress);
    let due: Vec<String> = due::figures(&all)
        .into_iter()
        .skip(1)
        .filter(|(_, count)| *count > 0)
        .map(|(what, count)| format!("{what}{count}份"))
        .collect();
    let due = if due.is_empty() {
        String::new()
    } else {
        let basis = if standings.ground.roster.reviewers.is_empty() {
            format!(
                "（没有评价人名单，每个{}按1份）",
                standings.ground.scheme.object()
            )
        } else {
            String::new()
        };
        format!("按名单应收{}份{basis}：{}。", all.due, due.join("、"))
    };
    let ruled = words::ruled(standings).map_or(String::new(), |ruled| format!("{ruled}。"));
    format!(
        "{}，评价表{}份：{}{}{others}。{}{}个：{}。{due}{ruled}",
        standings.received(),
        words::filled(standings),
        words::form_states(standings),
        own(standings),
        standings.ground.scheme.object(),
        standings.societies.len(),
        places.join("、"),
    )
}
