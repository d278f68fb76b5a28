//! A letter for each file that was not read, to whoever sent it: in their words, by the names they know.
//!
//! The clerk's own file of a mail means nothing to its sender, who knows the mail by its subject and day.

use super::draft::address;
use super::letter::{said, signature};
use super::post::both;
use crate::finding::{Reader, Resend, Severity};
use crate::model::{Letter as Mail, Place};
use crate::rank::Standings;
use crate::report::Output;
use crate::report::kit::names::{FileNames, file_name};
use crate::report::kit::words::{deadline, form_title, return_to};
use crate::settle::ReceivedFile;

/// The folder of the letters.
const FOLDER: &str = "没有读成的文件";

/// All of them.
pub(super) fn letters(standings: &Standings<'_>) -> Vec<[Output; 2]> {
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
            let (mail, is_mail) = mail_of(standings, &finding.place);
            let outer = mail.map_or(0, |mail| parts_to(standings, mail, &finding.place));
            let inner = shown.get(outer..).filter(|parts| !parts.is_empty());
            let file = inner.unwrap_or(&shown).join(" › ");
            // Whoever sent the mail sent the file.
            let to = mail
                .and_then(|mail| address(&mail.sender))
                .unwrap_or_default();
            let subject = format!("请重新发来：{file}");
            let lines = lines(standings, &resend, &file, (mail, is_mail));
            let name = names.stem(&format!("{FOLDER}/{name}"));
            both(&name, (to, &subject), &lines, &[])
        })
        .collect()
}

/// The mail that a file came in, or that it is; and whether it is one.
fn mail_of<'s>(standings: &'s Standings<'_>, place: &Place) -> (Option<&'s Mail>, bool) {
    let mut files = standings.files.iter();
    let is_it = |file: &&ReceivedFile| file.file == place.file && file.within == place.within;
    let file = files.find(is_it);
    (
        file.and_then(|file| file.letter.as_deref()),
        file.is_some_and(|file| file.is_holder),
    )
}

/// How many parts of the way to a place lead to the mail itself: none where that is not on the way.
fn parts_to(standings: &Standings<'_>, mail: &Mail, place: &Place) -> usize {
    let mut ways = (0..place.within.len()).map(|inner| {
        let within = place.within.get(..inner).unwrap_or_default();
        mail_of(standings, &Place::file(&place.file, within))
    });
    // What is inside a mail bears its letter, too: the outermost is the mail.
    let at = ways.position(|(known, is_holder)| is_holder && known == Some(mail));
    at.map_or(0, |at| at + 1)
}

/// The name of a file without its folders.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The lines for a file that was not read.
fn lines(
    standings: &Standings<'_>,
    resend: &Resend,
    file: &str,
    (mail, is_mail): (Option<&Mail>, bool),
) -> Vec<String> {
    let form = form_title(standings);
    let what = match mail {
        // The mail itself was opened; what it only links to did not come.
        Some(mail) if is_mail => format!(
            "　　您{}里的大附件只是下载链接，文件没有收到{}。里面如有《{form}》，现在都没有计入。",
            said(mail),
            match resend.linked.as_slice() {
                [] => String::new(),
                names => format!("：{}", names.join("、")),
            }
        ),
        _ => format!(
            "　　您{}发来的文件“{file}”没有读成：{}。里面如有《{form}》，现在都没有计入。",
            mail.map_or(String::new(), |mail| format!("在{}中", said(mail))),
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
