//! A letter for each file that was not read, to whoever sent it: in their words, by the names they know.
//!
//! The clerk's own file of a mail means nothing to its sender, who knows the mail by its subject and day.

use super::draft::address;
use super::letter::{said, signature};
use super::post::both;
use crate::finding::{Reader, Resend, Severity};
use crate::rank::Standings;
use crate::report::Output;
use crate::report::kit::names::{FileNames, file_name};
use crate::report::kit::words::{deadline, form_title, return_to};
use crate::report::known::{Known, Sent};

/// The folder of the letters.
const FOLDER: &str = "没有读成的文件";

/// All of them.
pub(super) fn letters(known: &Known<'_>) -> Vec<[Output; 2]> {
    let standings = known.standings();
    let mut names = FileNames::default();
    let reader = Reader::clerk(standings.ground);
    standings
        .findings
        .iter()
        .filter(|finding| finding.severity <= Severity::Warning)
        .filter_map(|finding| Some((finding, finding.fact.resend(&reader)?)))
        .map(|(finding, resend)| {
            let parts = std::iter::once(&finding.place.file).chain(&finding.place.within);
            let shown: Vec<&str> = parts.map(|part| last(part)).collect();
            let name = file_name(&shown.join("-"));
            let sent = known.sent(&finding.place);
            // Whoever sent the mail sent the file.
            let to = sent
                .mail
                .and_then(|mail| address(&mail.sender))
                .unwrap_or_default();
            let subject = format!("请重新发来：{}", sent.name);
            let lines = lines(standings, &resend, &sent);
            let name = names.stem(&format!("{FOLDER}/{name}"));
            both(&name, (to, &subject), &lines, &[])
        })
        .collect()
}

/// The name of a file without its folders.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The lines for a file that was not read.
fn lines(standings: &Standings<'_>, resend: &Resend, sent: &Sent<'_>) -> Vec<String> {
    let form = form_title(standings);
    let what = match sent.mail {
        // The mail itself was opened; what it only links to did not come.
        Some(mail) if sent.is_mail => format!(
            "　　您{}里的大附件只是下载链接，文件没有收到{}。里面如有《{form}》，现在都没有计入。",
            said(mail),
            match resend.linked.as_slice() {
                [] => String::new(),
                names => format!("：{}", names.join("、")),
            }
        ),
        mail => format!(
            "　　您{}发来的文件“{}”没有读成：{}。里面如有《{form}》，现在都没有计入。",
            mail.map_or(String::new(), |mail| format!("在{}中", said(mail))),
            sent.name,
            resend.reason
        ),
    };
    let mut lines = vec![
        "您好！".to_owned(),
        String::new(),
        what,
        format!("　　{}。", resend.remedy),
    ];
    if let Some(day) = deadline(standings) {
        lines.push(format!("　　请于{day}前重新发来。谢谢！"));
    }
    lines.extend(return_to(standings));
    lines.extend(signature());
    lines
}
