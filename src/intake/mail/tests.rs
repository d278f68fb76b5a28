//! Whole mails, as programs write them. The first two were written by another program (Python's `email`).

use std::time::{Duration, Instant};

use super::{Mail, is_mail, is_mailbox, is_web_archive, mailbox, open, sent};

const LEGACY: &str = r#"Content-Type: multipart/mixed; boundary="===============1=="
MIME-Version: 1.0
From: =?utf-8?b?5byg5LiJIDx6aGFuZ3NhbkBleGFtcGxlLm9yZz4=?=
To: pingjia@example.org
Subject: =?eucgb2312_cn?b?tdq2/tfpxsC827HtsajLzaOsubLI/bfdo6zH67LpytWyorvYuLTIt8jPo6zQu9C7uPfOu8DPyqa1xNans9Y=?=
Date: Wed, 05 Sep 2018 16:20:11 +0800

--===============1==
Content-Type: text/plain; charset="gb2312"
MIME-Version: 1.0
Content-Transfer-Encoding: base64

vPu4vbz+oaM=

--===============1==
Content-Type: application/octet-stream
MIME-Version: 1.0
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename*=gb2312''%D6%D0%B9%FA%B5%D8%D6%CA%D1%A7%BB%E1.xlsx

UEsDBG9uZQ==

--===============1==
Content-Type: application/vnd.ms-excel
MIME-Version: 1.0
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="=?gb18030?b?1tC5+sb4z/PRp7vhxsC827Hto6i12rb+1+mjqS54bHM=?="

UEsDBHR3bw==

--===============1==--
"#;

const MODERN: &str = r#"From: =?utf-8?b?546L5LqU?= <wangwu@example.org>
To: x@example.org
Subject: Fw: =?utf-8?b?6K+E5Lu36KGo77yI6KGl5YWF5p2Q5paZ77yM5YaF5ZCr5Lik5Lu9?=
 =?utf-8?b?6ZmE5Lu277yM6K+35Lul5pys5qyh5Li65YeG77yM5q2k5YmN55qE5L2c5bqf77yJ?=
Date: Wed, 05 Sep 2018 16:20:11 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="===outer=="

--===outer==
Content-Type: multipart/alternative; boundary="===alt=="

--===alt==
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

6K+35p+l5pS2Cg==

--===alt==
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64
MIME-Version: 1.0

PHA+6K+35p+l5pS2PC9wPgo=

--===alt==--

--===outer==
Content-Type: application/octet-stream
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
 filename*0*=utf-8''%E4%BA%8C%E3%80%87%E4%B8%80%E5%85%AB%E5%B9%B4%E5%BA%A6;
 filename*1*=%E5%AD%A6%E4%BC%9A%E8%AF%84%E4%BB%B7%E4%B8%93%E5%AE%B6%E7%BB%84;
 filename*2*=%E7%AC%AC%E4%BA%8C%E7%BB%84%E6%B1%87%E6%80%BB%E8%AF%84%E4%BB%B7;
 filename*3*=%E8%A1%A8%E6%9C%80%E7%BB%88%E7%A1%AE%E8%AE%A4%E4%BF%AE%E8%AE%A2;
 filename*4*=%E7%89%88.csv
MIME-Version: 1.0

YSxiCjEsMgo=

--===outer==
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit
MIME-Version: 1.0
Content-Disposition: attachment

From: =?utf-8?b?5p2O5Zub?= <lisi@example.org>
Subject: =?utf-8?b?6L2s5Y+R77ya6K+E5Lu36KGo?=
Date: Tue, 04 Sep 2018 09:00:00 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="===inner=="

--===inner==
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

5YaF5a65Cg==

--===inner==
Content-Type: application/vnd.ms-excel
Content-Transfer-Encoding: base64
Content-Disposition: attachment;
 filename*0*=utf-8''%E4%B8%AD%E5%9B%BD%E5%8C%96%E5%AD%A6%E4%BC%9A%E8%AF%84;
 filename*1*=%E4%BB%B7%E8%A1%A8.xls
MIME-Version: 1.0

aW5uZXIgYnl0ZXM=

--===inner==--

--===outer==--
"#;

fn opened(mail: &[u8]) -> Mail {
    open(mail).unwrap_or_else(|_| panic!("no mail: {}", String::from_utf8_lossy(mail)))
}

fn attachments(mail: &Mail) -> Vec<(&str, &[u8])> {
    let attachments = mail.attachments.iter();
    attachments
        .map(|attachment| (attachment.name.as_str(), attachment.bytes.as_slice()))
        .collect()
}

/// A mail with one part of this head and body between a text and an end.
fn with_part(part: &[u8]) -> Vec<u8> {
    let start = b"From: a@b.cn\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\nfor old programs\r\n--b\r\n\r\ntext\r\n--b\r\n";
    [start, part, b"\r\n--b--\r\nbehind\r\n"].concat()
}

fn name_of(part: &[u8]) -> String {
    let mail = opened(&with_part(part));
    assert_eq!(
        mail.attachments.len(),
        1,
        "{}",
        String::from_utf8_lossy(part)
    );
    mail.attachments[0].name.clone()
}

#[test]
fn a_mail_in_gb2312_is_opened() {
    for text in [LEGACY.to_owned(), LEGACY.replace('\n', "\r\n")] {
        assert!(is_mail(text.as_bytes()) && !is_web_archive(text.as_bytes()));
        let mail = opened(text.as_bytes());
        assert_eq!(mail.letter.sender, "张三 <zhangsan@example.org>");
        assert_eq!(
            mail.letter.subject,
            "第二组评价表报送，共三份，请查收并回复确认，谢谢各位老师的支持"
        );
        assert_eq!(
            mail.letter.sent_iso().as_deref(),
            Some("2018-09-05T16:20:11+08:00")
        );
        assert_eq!(
            attachments(&mail),
            [
                ("中国地质学会.xlsx", &b"PK\x03\x04one"[..]),
                ("中国气象学会评价表（第二组）.xls", b"PK\x03\x04two")
            ]
        );
        assert!(mail.linked.is_empty());
    }
}

#[test]
fn a_mail_with_a_mail_in_it_is_opened_one_level_at_a_time() {
    for text in [MODERN.to_owned(), MODERN.replace('\n', "\r\n")] {
        let mail = opened(text.as_bytes());
        assert_eq!(mail.letter.sender, "王五 <wangwu@example.org>");
        assert_eq!(
            mail.letter.subject,
            "Fw: 评价表（补充材料，内含两份附件，请以本次为准，此前的作废）"
        );
        assert_eq!(
            attachments(&mail)[0],
            (
                "二〇一八年度学会评价专家组第二组汇总评价表最终确认修订版.csv",
                &b"a,b\n1,2\n"[..]
            )
        );
        assert_eq!(mail.attachments.len(), 2);
        assert_eq!(mail.attachments[1].name, "转发：评价表.eml");
        let inner = &mail.attachments[1].bytes;
        assert!(is_mail(inner));
        let inner = opened(inner);
        assert_eq!(inner.letter.sender, "李四 <lisi@example.org>");
        assert_eq!(inner.letter.sent_text(), "2018-09-04 09:00");
        assert_eq!(
            attachments(&inner),
            [("中国化学会评价表.xls", &b"inner bytes"[..])]
        );
    }
}

#[test]
fn the_head_is_read_however_it_is_written() {
    for (head, sender, subject) in [
        (&b"From: a@b.cn\nSubject: x"[..], "a@b.cn", "x"),
        (b"From: <a@b.cn>\nSubject:", "a@b.cn", ""),
        (b"From: \"a@b.cn\" <a@b.cn>\nX-A: x", "a@b.cn", ""),
        (b"Sender: a@b.cn (=?gb2312?B?1cXI/Q==?=)\nTo: x", "张三 <a@b.cn>", ""),
        (b"from: =?gb2312?B?1cXI/Q==?= <a@b.cn>, c@d.cn\nsubject: =?gb2312?B?xsA=?=\n =?gb2312?B?vNs=?=", "张三 <a@b.cn>", "评价"),
        (b"From: =?gb2312?B?1Q==?= =?gb2312?B?xcj9?= <a@b.cn>\nSubject: =?utf-8?B?6K8=?=\r\n =?utf-8?B?hA==?=", "张三 <a@b.cn>", "评"),
        (b"From: \"=?GBK?Q?=D5=C5=C8=FD?=\" <a@b.cn>\nSubject: =?GBK?Q?=C6=C0_1?=", "张三 <a@b.cn>", "评 1"),
        (b"From: \"'=?utf-8?B?5byg5LiJ?='\"\n <a@b.cn>\nSubject: a\n\tb", "张三 <a@b.cn>", "a b"),
        // Plain bytes, in GBK and in UTF-8.
        (b"From: \xd5\xc5\xc8\xfd <a@b.cn>\nSubject: \xc6\xc0\xbc\xdb\xb1\xed", "张三 <a@b.cn>", "评价表"),
        ("From: \"张三，李四\" <a@b.cn>\nSubject: 评价表".as_bytes(), "张三，李四 <a@b.cn>", "评价表"),
        (b"From: =?gb2312?B?1cXI/Q==?=\nSubject: a\x1b[31m\xe2\x80\xaeb", "张三", "a[31mb"),
        (b"From:\nTo: x", "", ""),
    ] {
        let shown = String::from_utf8_lossy(head).into_owned();
        for end in [&b""[..], b"\n", b"\n\nbody"] {
            let letter = opened(&[head, end].concat()).letter;
            assert_eq!(letter.sender, sender, "{shown}");
            assert_eq!(letter.subject, subject, "{shown}");
            assert_eq!(letter.sent, None);
        }
    }
    assert!(open(b"").is_err());
    assert!(open("评价表\n".as_bytes()).is_err());
}

#[test]
fn the_moment_is_read_or_not_at_all() {
    for (date, expected) in [
        (
            "Wed, 5 Sep 2018 16:20:11 +0800",
            Some("2018-09-05T16:20:11+08:00"),
        ),
        (
            " Wed, 5 Sep 2018 16:20:11 +0800 (CST) ",
            Some("2018-09-05T16:20:11+08:00"),
        ),
        ("5 Sep 2018 16:20 +0800", Some("2018-09-05T16:20:00+08:00")),
        // The wrong day of the week.
        (
            "Mon, 5 Sep 2018 16:20:11 +0800",
            Some("2018-09-05T16:20:11+08:00"),
        ),
        (
            "Wed, 05 Sep 2018 08:20:11 GMT",
            Some("2018-09-05T08:20:11+00:00"),
        ),
        (
            "Wed, 5 Sep 2018 01:20:11 -0700 (PDT)",
            Some("2018-09-05T01:20:11-07:00"),
        ),
        // China's or America's.
        ("Wed, 5 Sep 2018 16:20:11 CST", None),
        ("2018-09-05 16:20:11", None),
        ("Wed, 5 Sep 2018 16:20:11", None),
        ("Wed, 35 Sep 2018 16:20:11 +0800", None),
        ("18", None),
        ("", None),
    ] {
        let read = sent(date).map(|sent| sent.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
        assert_eq!(read.as_deref(), expected, "{date}");
    }
}

#[test]
fn names_come_from_where_they_are_whole() {
    for (part, name) in [
        (&b"Content-Disposition: attachment; filename=\"=?gb2312?B?xsC827HtLnhscw==?=\"\n\nx"[..], "评价表.xls"),
        (b"Content-Type: application/octet-stream;\r\n\tname=\"=?gb2312?B?xsC827HtLnhscw==?=\"\r\n\r\nx", "评价表.xls"),
        (b"Content-Type: application/octet-stream; name=\"\xc6\xc0\xbc\xdb\xb1\xed.xls\"\nContent-Disposition: attachment\n\nx", "评价表.xls"),
        // One of the two has holes.
        (b"Content-Type: a/b; name=\"=?gb2312?B?xsC827HtLnhscw==?=\"\nContent-Disposition: attachment; filename=\"???.xls\"\n\nx", "评价表.xls"),
        (b"Content-Type: a/b; name=\"?????.xls\"\nContent-Disposition: attachment; filename*=gbk''%C6%C0.xls\n\nx", "评.xls"),
        (b"Content-Type: a/b; name=x.xls\nContent-Disposition: attachment; filename=\"=?utf-8?B?/////w==?=.xls\"\n\nx", "x.xls"),
        (b"Content-Disposition: attachment; filename=\"??.xls\"\n\nx", "??.xls"),
        // A picture or a text with a name was attached, even if it is shown.
        (b"Content-Type: image/png; name=a.png\nContent-Disposition: inline\n\nx", "a.png"),
        (b"Content-Type: text/html; name=a.html\n\nx", "a.html"),
        (b"Content-Type: text/csv; charset=gbk\n\nx", "附件1.csv"),
        (b"Content-Type: text/plain\nContent-Disposition: attachment\n\nx", "附件1.txt"),
        // No name.
        (b"Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\n\nx", "附件1.xlsx"),
        (b"Content-Type: Application/VND.MS-Excel\nContent-Disposition: attachment; filename=\"\"\n\nx", "附件1.xls"),
        (b"Content-Type: application/octet-stream\n\nx", "附件1"),
        (b"Content-Disposition: attachment\n\nx", "附件1.txt"),
        (b"Content-Type: application/ms-tnef\n\nx", "winmail.dat"),
        (b"Content-Type: application/ms-tnef; name=\"winmail.dat\"\n\nx", "winmail.dat"),
        // Mails.
        (b"Content-Type: message/rfc822; name=\"=?gb2312?B?16q3og==?=.eml\"\n\nSubject: x\n\n", "转发.eml"),
        (b"Content-Type: message/rfc822\n\nSubject: =?gb2312?B?xsA=?= 1/2\n\n", "评 1_2.eml"),
        (b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeA0KDQp5", "x.eml"),
        (b"Content-Type: message/rfc822\n\nFrom: x\n\nSubject: y", "邮件.eml"),
    ] {
        assert_eq!(name_of(part), name, "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn what_was_written_is_no_attachment() {
    for part in [
        &b"Content-Type: text/html\n\n<p>x"[..],
        b"Content-Type: text/plain; charset=gbk\nContent-Disposition: inline\n\nx",
        b"Content-Type: image/png\nContent-ID: <x>\n\nx",
        b"Content-Type: text/calendar\n\nx",
        b"Content-Type: message/delivery-status\n\nx: y",
        b"",
    ] {
        let mail = opened(&with_part(part));
        assert_eq!(attachments(&mail), [], "{}", String::from_utf8_lossy(part));
    }
}

#[test]
fn contents_are_decoded_and_what_is_broken_is_given_as_it_is() {
    for (encoding, body, content) in [
        ("base64", "UEsDBG9uZQ==", &b"PK\x03\x04one"[..]),
        (
            "BASE64 ",
            "UE\r\n\r\nsD \t\r\nBG9u\r\nZQ=\r\n=\r\n",
            b"PK\x03\x04one",
        ),
        ("base64", "UEsDBG9uZQ", b"PK\x03\x04one"),
        // What a mailing list wrote below.
        (
            "base64",
            "UEsDBG9u\r\nZQ==\r\n____\r\nList, see you!\r\nAAAA\r\n",
            b"PK\x03\x04one",
        ),
        ("base64", "", b""),
        (
            "quoted-printable",
            "a=3Db=\r\nc =E8=AF=84",
            "a=bc 评".as_bytes(),
        ),
        ("quoted-printable", "a==b", b"a==b"),
        ("7bit", "a\r\nb", b"a\r\nb"),
        ("8bit", "a\r\n", b"a\r\n"),
        (
            "",
            "--\r\n-- b\r\n--bb\r\n --b\r\n",
            b"--\r\n-- b\r\n--bb\r\n --b\r\n",
        ),
    ] {
        let head = "Content-Disposition: attachment; filename=a.xls\r\nContent-Transfer-Encoding: ";
        let part = format!("{head}{encoding}\r\n\r\n{body}");
        let mail = opened(&with_part(part.as_bytes()));
        assert_eq!(attachments(&mail), [("a.xls", content)], "{part}");
    }
}

#[test]
fn a_mail_that_is_nothing_but_an_attachment_has_one() {
    let mail = opened(b"From: a@b.cn\nMIME-Version: 1.0\nContent-Type: application/vnd.ms-excel; name=a.xls\nContent-Transfer-Encoding: base64\n\nQUJD\n");
    assert_eq!(attachments(&mail), [("a.xls", &b"ABC"[..])]);
}

#[test]
fn parts_are_found_although_boundaries_are_missing_or_alike() {
    let part = |name: &str| format!("Content-Disposition: attachment; filename={name}\n\n{name}\n");
    let (a, b, c) = (part("a"), part("b"), part("c"));
    let head = "From: a@b.cn\nContent-Type: multipart/mixed; boundary=";
    for text in [
        // All is well; the inner boundary begins like the outer.
        format!(
            "{head}x\n\n--x\nContent-Type: multipart/alternative; boundary=xy\n\n--xy\n\n{a}\n--xy\n{a}--xy\n{b}--xy--\n--x\n{c}--x--\n"
        ),
        // No end at all.
        format!("{head}x\n\n--x\n{a}--x\n{b}--x\n{c}"),
        // The inner end is missing.
        format!(
            "{head}x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n\n--y\n{a}--y\n{b}--x\n{c}--x--\n"
        ),
        // The blank line behind the head is missing; white space behind the boundary.
        format!("{head}x\n--x \t\n{a}--x\r\n{b}--x\n{c}--x--  \n{a}"),
        // A multipart in the text of an alternative, and both with the same boundary.
        format!(
            "{head}x\n\n--x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n{a}--x\n{b}--x--\n--x\n{c}--x--\n"
        ),
        // An empty multipart.
        format!(
            "{head}x\n\n--x\nContent-Type: multipart/mixed; boundary=y\n--x\n{a}--x\n{b}--x\n{c}--x--"
        ),
    ] {
        let mail = opened(text.as_bytes());
        let found: Vec<_> = attachments(&mail)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(found, ["a", "b", "c"], "{text}");
        assert_eq!(mail.attachments[1].bytes, b"b", "{text}");
    }
    let digest = "From: x\nContent-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: a\n\ny\n--x\n\nSubject: b\n\ny\n--x--\n";
    let digest = opened(digest.as_bytes());
    assert_eq!(
        attachments(&digest),
        [
            ("a.eml", &b"Subject: a\n\ny"[..]),
            ("b.eml", b"Subject: b\n\ny")
        ]
    );
    // Nothing that lies too deep, or without a boundary, is lost without a trace.
    let lost = format!("{head}\n\n--x\n{a}--x--\n");
    assert_eq!(opened(lost.as_bytes()).attachments.len(), 1);
}

#[test]
fn large_attachments_that_are_only_linked_are_told() {
    let mail = |parts: &str| {
        opened(
            format!(
                "From: a@qq.com\nContent-Type: multipart/alternative; boundary=x\n\n{parts}--x--\n"
            )
            .as_bytes(),
        )
    };
    // 从QQ邮箱发来的超大附件, in GB18030, as text and as a page.
    let text = "--x\nContent-Type: text/plain; charset=\"gb18030\"\nContent-Transfer-Encoding: base64\n\ntNNRUdPKz+S3osC0tcSzrLTzuL28/gq12rb+1+kueGxzeCAoNTguMzdNLCC1vcbaKQpodHRwOi8v\nbWFpbC5xcS5jb20vY2dpLWJpbi9mdG5FeHNfZG93bmxvYWQ/az0x\n\n";
    let page = "--x\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<a href=3D\"http://mail.qq.com/cgi-bin/ftnExs_down=\nload?k=3D1\">=E7=AC=AC=E4=BA=8C=E7=BB=84.xlsx</a><span> (58.37M, x)</span>\n";
    let bare = "--x\nContent-Type: text/html; charset=utf-8\n\n<a href=\"https://wx.mail.qq.com/ftn/download?key=1\">x</a>\n";
    for parts in [
        text.to_owned(),
        page.to_owned(),
        format!("{bare}{text}{page}"),
    ] {
        let mail = mail(&parts);
        assert_eq!(mail.linked, ["第二组.xlsx"], "{parts}");
        assert!(mail.attachments.is_empty());
    }
    assert_eq!(mail(bare).linked, [""]);
    assert!(mail("--x\n\nhttps://mail.qq.com\n").linked.is_empty());
}

#[test]
fn a_mailbox_is_divided_into_its_mails() {
    let mails = "\r\nFrom a@b.cn Mon Sep  3 10:00:00 2018\nFrom: a@b.cn\nSubject: one\n\n>From here\n>>From there\nFrom now on\nend\n\nFrom - Mon Sep 03 10:00:00 2018\nFrom: c@d.cn\nSubject: two\n\n";
    assert!(is_mailbox(mails.as_bytes()));
    let found: Vec<_> = mailbox(mails.as_bytes()).collect();
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0],
        b"From: a@b.cn\nSubject: one\n\nFrom here\n>From there\nend\n\n"
    );
    assert_eq!(opened(&found[1]).letter.subject, "two");
    assert_eq!(mailbox(b"").count(), 0);
    // Opened as it is, it gives its first mail.
    assert_eq!(opened(mails.as_bytes()).letter.subject, "one");
}

#[test]
fn hostile_mails_take_no_longer_than_others() {
    let head = "From: a@b.cn\nContent-Type: multipart/mixed; boundary=x\n\n";
    let nested = |of: &dyn Fn(usize) -> String| (0..10_000).map(of).collect::<String>();
    let long = "y".repeat(1_000_000);
    for mail in [
        nested(&|at| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n")),
        nested(&|_| "Content-Type: multipart/mixed; boundary=b\n\n--b\n".to_owned()),
        nested(&|_| "Content-Type: message/rfc822\n\n".to_owned()),
        format!(
            "{head}{}",
            nested(&|at| format!("--x\nContent-Type: multipart/mixed; boundary=b{at}\n\n"))
        ),
        format!("{head}{}", "--x\n\ny\n".repeat(20_000)),
        format!("{head}{}", "--x\n".repeat(100_000)),
        format!(
            "{head}{}",
            "--x\nContent-Transfer-Encoding: base64\n\n".repeat(20_000)
        ),
        format!("{head}--x\n{}", "a: b\n".repeat(100_000)),
        format!("Subject: {long}\nFrom: {long}\nDate: {long}\n\n"),
        format!("Subject: {}\n\n", "=?a?B? ".repeat(100_000)),
        format!("From: {}\n\n", "\"<(:;,".repeat(100_000)),
        format!(
            "Content-Type: a/b; {}\n\n",
            "name*1*=a'b'c; ".repeat(100_000)
        ),
        format!("Content-Type: a/b; {}\n\n", "\\\"; name=".repeat(100_000)),
        format!(
            "Date: Wed, 5 Sep 2018 16:20:11 +0800 {}\n\n",
            "(".repeat(100_000)
        ),
        format!("Subject: x\n\n://超大附件{}", "<(1M".repeat(100_000)),
        format!("Subject: x\n{}", " y\n".repeat(200_000)),
    ] {
        let began = Instant::now();
        let opened = open(mail.as_bytes());
        let took = began.elapsed();
        assert!(
            took < Duration::from_secs(20),
            "{took:?} for {}",
            &mail[..80]
        );
        let given = opened.map_or(0, |mail| {
            mail.attachments.iter().map(|one| one.bytes.len()).sum()
        });
        assert!(given <= mail.len());
    }
    let many = "From a@b.cn x\nFrom: a@b.cn\nTo: c\n\n".repeat(20_000);
    assert_eq!(mailbox(many.as_bytes()).count(), 20_000);
}

#[test]
fn no_mail_however_damaged_does_harm() {
    let linked = "From: x\nContent-Type: text/html\n\n<p>超大附件&nbsp;<a href=\"https://x/y\">评价表&amp;.zip</a><b>(80.96M)<!-- x -->";
    let boxed = format!("From a@b.cn x\n{MODERN}\nFrom - y\n{LEGACY}\nFrom \n{linked}");
    let mut random = 0x2018_0905_u64;
    let mut below = |most: usize| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(random >> 33).unwrap_or_default() % most.max(1)
    };
    let odd = b"\0\n\r\t \"'()*,-:;<=>?@\\%\xff\xc6\xe8";
    for _ in 0..1_500 {
        let mut bytes = boxed.clone().into_bytes();
        for _ in 0..=below(12) {
            let at = below(bytes.len());
            match below(4) {
                0 => bytes[at] = odd[below(odd.len())],
                1 => bytes.truncate(at + 1),
                2 => drop(bytes.drain(at..(at + below(40)).min(bytes.len()))),
                _ => {
                    let copied = bytes[at..(at + below(200)).min(bytes.len())].to_vec();
                    let to = below(bytes.len());
                    bytes.splice(to..to, copied);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        for mail in mailbox(&bytes).chain([bytes.clone()]) {
            let Ok(mail) = open(&mail) else { continue };
            let shown = mail.attachments.iter().map(|one| &one.name);
            for text in shown.chain([&mail.letter.sender, &mail.letter.subject]) {
                assert!(!text.contains(char::is_control), "{text:?}");
            }
            assert!(mail.attachments.iter().all(|one| !one.name.is_empty()));
        }
    }
}

#[test]
fn parts_and_names_beyond_number_are_not_gathered() {
    let head = "From: x\nContent-Type: multipart/mixed; boundary=y\n\n";
    let parts = |count: usize| format!("{head}{}", "--y\n\na\n".repeat(count));
    assert!(open(parts(5_000).as_bytes()).is_ok());
    assert!(matches!(
        open(parts(5_001).as_bytes()),
        Err(super::Refusal::OverLimits(_))
    ));
    let names: Vec<String> = (0..50_000)
        .map(|number| format!("{number}.xls (3M)"))
        .collect();
    let names = names.join("\n");
    let mail = format!("From: x\n\n超大附件 http://x\n{names}");
    assert_eq!(opened(mail.as_bytes()).linked.len(), super::LINKED);
}
