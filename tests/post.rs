//! The post as it comes: archives and mails are folders, every place says where it was, one bad file harms no other.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use xingping::check::FormState;
use xingping::form::Field;
use xingping::ground::Ground;
use xingping::model::FormKey;
use xingping::rank::{Asked, Standings};
use xingping::run;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use common::Paper;

mod common;

const GEOLOGY: &str = "中国地质学会";
const TEA: &str = "中国茶叶学会";

fn ground() -> Ground {
    let year = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/year");
    Ground::load(Some(&year), &[]).expect("the year folder is sound")
}

/// A sound form as csv; `bonus` of 3.1 tells it from others.
fn form(ground: &Ground, society: &str, bonus: &str) -> Vec<u8> {
    let mut paper = Paper::sound(ground, society, "评价人甲", "中国标准化协会党委");
    paper.field(Field::Date, "2018-08-05");
    paper.bonus("3.1", bonus);
    paper.calculate(ground);
    paper.csv(&[])
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("started");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// A zip whose names are in GBK and do not say so, as old programs write it.
fn old_zip(files: &[(&[u8], &[u8])]) -> Vec<u8> {
    let placeholder = |at: usize, name: &[u8]| {
        let mark = char::from(b'A' + u8::try_from(at).expect("few"));
        std::iter::repeat_n(mark, name.len()).collect::<String>()
    };
    let names: Vec<String> = (0..)
        .zip(files)
        .map(|(at, (name, _))| placeholder(at, name))
        .collect();
    let plain: Vec<(&str, &[u8])> = names
        .iter()
        .map(String::as_str)
        .zip(files.iter().map(|(_, content)| *content))
        .collect();
    let mut bytes = zip(&plain);
    for (placeholder, (name, _)) in names.iter().zip(files) {
        for at in 0..bytes.len() - name.len() {
            if bytes[at..].starts_with(placeholder.as_bytes()) {
                bytes[at..at + name.len()].copy_from_slice(name);
            }
        }
    }
    bytes
}

/// A mail with attachments; names as they stand in the head.
fn mail(date: &str, attachments: &[(&str, &[u8])]) -> Vec<u8> {
    // No two mails share it, or the inner one's end would be the outer one's.
    let mark: String = date.chars().filter(char::is_ascii_digit).collect();
    let mut mail = format!(
        "From: =?gb2312?B?1cXI/Q==?= <zhang@example.org>\r\nTo: office@example.org\r\nDate: {date}\r\nSubject: =?UTF-8?B?6K+E5Lu36KGo?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{mark}\"\r\n\r\n--{mark}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n见附件\r\n"
    )
    .into_bytes();
    for (name, content) in attachments {
        let is_mail = *name == "forward.eml";
        let kind = if is_mail {
            "message/rfc822"
        } else {
            "application/octet-stream"
        };
        mail.extend(
            format!("--{mark}\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n")
                .bytes(),
        );
        if is_mail {
            mail.extend(b"\r\n");
            mail.extend(*content);
        } else {
            mail.extend(b"Content-Transfer-Encoding: base64\r\n\r\n");
            let text = base64(content);
            for line in text.as_bytes().chunks(76) {
                mail.extend(line);
                mail.extend(b"\r\n");
            }
        }
        mail.extend(b"\r\n");
    }
    mail.extend(format!("--{mark}--\r\n").bytes());
    mail
}

/// Enough of base64 to write a test's mails.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, at| {
            word << 8 | chunk.get(at).map_or(0, |byte| usize::from(*byte))
        });
        for at in 0..4 {
            text.push(if at <= chunk.len() {
                char::from(LETTERS[word >> (18 - 6 * at) & 63])
            } else {
                '='
            });
        }
    }
    text
}

fn run<'g>(ground: &'g Ground, files: &[(&str, &[u8])]) -> Standings<'g> {
    let room = tempfile::tempdir().expect("a room");
    for (name, content) in files {
        let path = room.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, content).expect("written");
    }
    let inbox = vec![room.path().to_owned()].into();
    run::standings(ground, &inbox, Asked::default(), &|_| {}).expect("it runs")
}

/// Every file that was met: its way, and why it holds no form.
fn met(standings: &Standings<'_>) -> Vec<String> {
    standings
        .files
        .iter()
        .map(|file| {
            let way: Vec<&str> = std::iter::once(&file.file)
                .chain(&file.within)
                .map(String::as_str)
                .collect();
            format!("{} | {}", way.join(" › "), file.remark)
        })
        .collect()
}

/// The findings as people read them.
fn said(standings: &Standings<'_>) -> String {
    xingping::finding::text::lines(
        &standings.findings,
        &xingping::finding::Reader::clerk(standings.ground),
        xingping::finding::text::Detail::Whole,
    )
    .into_iter()
    .map(|(_, line)| line)
    .collect::<Vec<_>>()
    .join("\n")
}

#[test]
fn every_place_says_the_whole_way() {
    let ground = ground();
    let inner = zip(&[("中国地质学会.csv", &form(&ground, GEOLOGY, "99"))]);
    let letter = mail(
        "Sun, 5 Aug 2018 09:30:00 +0800",
        &[("=?GBK?B?xsC827HtLnppcA==?=", &inner)],
    );
    let outer = mail(
        "Mon, 6 Aug 2018 09:30:00 +0800",
        &[("forward.eml", &letter), ("表.zip", &inner)],
    );
    let standings = run(&ground, &[("组1.eml", &outer)]);
    let said = said(&standings);
    assert!(
        said.contains("【须更正】组1.eml › 表.zip › 中国地质学会.csv › I16："),
        "{said}"
    );
    assert!(
        said.contains(
            "【提示】组1.eml › forward.eml › 评价表.zip › 中国地质学会.csv：与“组1.eml › 表.zip"
        ),
        "{said}"
    );
    // Of copies the one that came last stands.
    let form = &standings.forms[FormKey::at(0)];
    assert_eq!(form.state, FormState::Duplicate);
    assert_eq!(form.place.file, "组1.eml");
    assert_eq!(form.place.within.len(), 3);
    // The innermost mail is the one that brought the form.
    let letter = form.letter.as_ref().expect("a letter");
    assert_eq!(letter.sent_text(), "2018-08-05 09:30");
    assert_eq!(letter.subject, "评价表");
    assert_eq!(letter.sender, "张三 <zhang@example.org>");
    assert_eq!(standings.received(), "收到文件1个（压缩包、邮件里还有5个）");
}

#[test]
fn archives_are_folders_whatever_wrote_their_names() {
    let ground = ground();
    let geology = form(&ground, GEOLOGY, "15");
    let tea = form(&ground, TEA, "20");
    let new = zip(&[
        ("第1组/中国地质学会.csv", &geology),
        ("../../evil/作废/旧.csv", &tea),
        ("__MACOSX/._a.csv", b"x"),
        ("~$a.xlsx", b"x"),
        ("说明.docx", b"PK"),
    ]);
    // 中国茶叶学会.csv in GBK.
    let old = old_zip(&[(
        b"\xd6\xd0\xb9\xfa\xb2\xe8\xd2\xb6\xd1\xa7\xbb\xe1.csv",
        &tea,
    )]);
    let standings = run(&ground, &[("新.zip", &new), ("旧.zip", &old)]);
    assert_eq!(
        met(&standings),
        [
            "新.zip | 压缩包，里面5个文件",
            "新.zip › __MACOSX/._a.csv | macOS 压缩时附带的文件夹",
            "新.zip › evil/作废/旧.csv | 在“作废”文件夹里，按经办人的意见不用",
            "新.zip › ~$a.xlsx | Excel 或 WPS 打开文件时留下的临时文件",
            "新.zip › 第1组/中国地质学会.csv | ",
            "新.zip › 说明.docx | 损坏的文件",
            "旧.zip | 压缩包，里面1个文件",
            "旧.zip › 中国茶叶学会.csv | ",
        ]
    );
    let counted = |form: &&xingping::check::SettledForm| form.state == FormState::Counted;
    assert_eq!(standings.forms.iter().filter(counted).count(), 2);
}

#[test]
fn of_two_mails_the_newer_one_counts_whatever_the_forms_say() {
    let ground = ground();
    let older = mail(
        "Sun, 5 Aug 2018 09:30:00 +0800",
        &[("a.csv", &form(&ground, GEOLOGY, "15"))],
    );
    // An hour later, though its own clock shows an earlier hour.
    let newer = mail(
        "Sun, 5 Aug 2018 02:30:00 +0000",
        &[("a.csv", &form(&ground, GEOLOGY, "35"))],
    );
    let standings = run(&ground, &[("1.eml", &newer), ("2.eml", &older)]);
    let states: Vec<FormState> = standings.forms.iter().map(|form| form.state).collect();
    assert_eq!(states, [FormState::Counted, FormState::Superseded]);
    assert!(said(&standings).contains("来件时间早于“1.eml › a.csv”"));
    // Where one came otherwise, the dates on the forms decide, and these are equal.
    let standings = run(
        &ground,
        &[("1.eml", &newer), ("2.csv", &form(&ground, GEOLOGY, "15"))],
    );
    assert!(
        standings
            .forms
            .iter()
            .all(|form| form.state == FormState::Held)
    );
    // So do mails of the same moment.
    let same = mail(
        "Sun, 5 Aug 2018 10:30:00 +0800",
        &[("a.csv", &form(&ground, GEOLOGY, "15"))],
    );
    let standings = run(&ground, &[("1.eml", &newer), ("2.eml", &same)]);
    assert!(
        standings
            .forms
            .iter()
            .all(|form| form.state == FormState::Held)
    );
    assert!(said(&standings).contains("来件时间相同，分不出先后"));
}

#[test]
fn a_mailbox_is_a_folder_of_mails() {
    let ground = ground();
    let mut mailbox = Vec::new();
    for society in [GEOLOGY, TEA] {
        mailbox.extend(b"From zhang@example.org Sun Aug  5 09:30:00 2018\n");
        let mail = mail(
            "Sun, 5 Aug 2018 09:30:00 +0800",
            &[("a.csv", &form(&ground, society, "15"))],
        );
        mailbox.extend(mail);
        mailbox.push(b'\n');
    }
    let standings = run(&ground, &[("收件箱", &mailbox)]);
    let societies: Vec<&str> = standings
        .forms
        .iter()
        .map(|form| form.society_text.as_str())
        .collect();
    assert_eq!(societies, [GEOLOGY, TEA]);
    assert_eq!(
        standings.forms[FormKey::at(1)].place.within,
        ["第2封.eml", "a.csv"]
    );
}

#[test]
fn what_is_packed_too_deep_or_too_large_is_told_and_costs_nothing_else() {
    let ground = ground();
    let good = form(&ground, GEOLOGY, "15");
    let mut deep = zip(&[("中国茶叶学会.csv", &form(&ground, TEA, "15"))]);
    for _ in 0..5 {
        deep = zip(&[("又一层.zip", &deep)]);
    }
    // Nine files that say to be of 60 MB each.
    let names: Vec<String> = (0..9).map(|number| format!("{number}.csv")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), &b"1"[..]))
        .collect();
    let mut bomb = zip(&files);
    for at in 0..bomb.len() {
        if bomb[at..].starts_with(b"PK\x01\x02") {
            bomb[at + 24..at + 28].copy_from_slice(&(60_u32 << 20).to_le_bytes());
        }
    }
    let standings = run(
        &ground,
        &[
            ("深.zip", &deep),
            ("炸.zip", &bomb),
            ("中国地质学会.csv", &good),
        ],
    );
    let said = said(&standings);
    assert!(said.contains("压缩包、邮件层层相套超过4层"), "{said}");
    assert!(
        said.contains("压缩包、邮件里的文件解压后的总大小超过512 MB"),
        "{said}"
    );
    assert_eq!(standings.forms[FormKey::at(0)].state, FormState::Counted);
}

#[test]
fn files_of_one_name_in_one_mail_are_told_apart() {
    let ground = ground();
    let letter = mail(
        "Sun, 5 Aug 2018 09:30:00 +0800",
        &[
            ("a.csv", &form(&ground, GEOLOGY, "15")),
            ("a.csv", &form(&ground, TEA, "15")),
        ],
    );
    let standings = run(&ground, &[("1.eml", &letter)]);
    let within: Vec<&str> = standings
        .forms
        .iter()
        .map(|form| form.place.within[0].as_str())
        .collect();
    assert_eq!(within, ["a(2).csv", "a.csv"]);
    assert!(
        standings
            .forms
            .iter()
            .all(|form| form.state == FormState::Counted)
    );
}

#[test]
fn a_scan_goes_with_the_forms_of_its_society_or_of_the_reviewer_it_names() {
    let ground = ground();
    let standings = run(
        &ground,
        &[
            ("甲.csv", &form(&ground, GEOLOGY, "15")),
            ("签字/中国地质学会-评价人甲.pdf", b"%PDF-1.4"),
            ("签字/中国地质学会-评价人乙.jpg", b"\xff\xd8\xff\xe0"),
            ("签字/IMG_1.jpg", b"\xff\xd8\xff\xe0"),
        ],
    );
    let scans: Vec<&str> = standings.forms[FormKey::at(0)]
        .scans
        .iter()
        .map(|scan| standings.files[*scan].file.as_str())
        .collect();
    assert_eq!(
        scans,
        [
            "签字/中国地质学会-评价人乙.jpg",
            "签字/中国地质学会-评价人甲.pdf"
        ]
    );
}
