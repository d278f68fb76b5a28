//! Traps in mails and archives.

use crate::make::{
    LARGE, Trap, compound, content, large, ods, records, rows, stating_size, trap, zip,
};

pub fn all() -> Vec<Trap> {
    [mails(), boxes(), archives()]
        .into_iter()
        .flatten()
        .collect()
}

const HEAD: &str = "From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n";

fn mail(head: &str, body: &str) -> Vec<u8> {
    format!("{HEAD}{head}\r\n\r\n{body}").into_bytes()
}

fn mails() -> Vec<Trap> {
    let multipart =
        |boundary: &str| format!("Content-Type: multipart/mixed; boundary=\"{boundary}\"");
    let nested: String = (0..10_000)
        .map(|depth| {
            format!(
                "--b{depth}\r\n{}\r\n\r\n",
                multipart(&format!("b{}", depth + 1))
            )
        })
        .collect();
    let parts = "--x\r\nContent-Type: application/octet-stream\r\n\r\na\r\n".repeat(100_000);
    let mut within = mail("Subject: x", "x");
    for _ in 0..1_000 {
        within = [mail("Content-Type: message/rfc822", "").as_slice(), &within].concat();
    }
    let attached = |encoding: &str, content: &str| {
        mail(
            &multipart("x"),
            &format!(
                "--x\r\nContent-Type: application/vnd.ms-excel\r\nContent-Disposition: attachment; filename=a.xls\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n--x--"
            ),
        )
    };
    let names = large("a.xls (3M)\r\n");
    vec![
        trap("nested.eml", mail(&multipart("b0"), &nested)),
        trap("parts.eml", mail(&multipart("x"), &parts)),
        trap("empty-parts.eml", mail(&multipart("x"), &large("--x\r\n"))),
        trap(
            "small-parts.eml",
            mail(&multipart("x"), &large("--x\n\na\n")),
        ),
        trap("within.eml", within),
        trap("no-boundary.eml", mail(&multipart(""), &large("--\r\n"))),
        trap(
            "boundary-of-another.eml",
            mail(
                &multipart("a"),
                &format!(
                    "--a\r\n{}\r\n\r\n{}--a--",
                    multipart("aa"),
                    "--aa\r\n\r\nx\r\n--a\r\n\r\nx\r\n--aaa\r\n".repeat(1_000)
                ),
            ),
        ),
        trap(
            "boundary-never.eml",
            mail(&multipart("never"), &large("--other\r\n")),
        ),
        trap(
            "long-field.eml",
            mail(&format!("Subject: {}", large("=?gb2312?B?")), "x"),
        ),
        trap(
            "long-name.eml",
            mail(
                &format!(
                    "Content-Disposition: attachment; filename*=gb2312''{}",
                    large("%C6")
                ),
                "x",
            ),
        ),
        trap(
            "parameters.eml",
            mail(
                &format!(
                    "Content-Disposition: attachment; {}",
                    large("filename*1*=a;")
                ),
                "x",
            ),
        ),
        trap(
            "folded.eml",
            mail(&format!("Subject: a{}", large("\r\n a")), "x"),
        ),
        trap("fields.eml", mail(&large("X-A: b\r\n"), "x")),
        trap(
            "senders.eml",
            format!("From: {}\r\nTo: b\r\n\r\nx", large("a <a@b>,(")),
        ),
        trap("base64.eml", attached("base64", &large("!?=_"))),
        trap("base64-of-nothing.eml", attached("base64", "")),
        trap("quoted.eml", attached("quoted-printable", &large("=ZZ=\n"))),
        trap("encoding.eml", attached("x-unknown", &large("a"))),
        trap(
            "links.eml",
            mail(
                "Content-Type: text/plain",
                &format!("超大附件 http://x\r\n{names}"),
            ),
        ),
        trap(
            "link-tags.eml",
            mail(
                "Content-Type: text/html",
                &format!("超大附件 http://x{}", large("<a>(3M)")),
            ),
        ),
        trap(
            "body.eml",
            mail(
                "Content-Type: text/plain; charset=gbk",
                &format!("超大附件 http://x {}", large("a")),
            ),
        ),
        trap("no-body.eml", HEAD),
        trap("nothing.eml", "\r\n\r\n"),
    ]
}

fn boxes() -> Vec<Trap> {
    let one = format!("From x\n{HEAD}\n\nx\n");
    vec![
        trap("many.mbox", one.repeat(6_000)),
        trap("from.mbox", format!("{one}{}", large("From \n"))),
        trap(
            "nested.mbox",
            format!(
                "From x\n{HEAD}Content-Type: message/rfc822\n\n{}",
                one.repeat(50)
            ),
        ),
    ]
}

fn archives() -> Vec<Trap> {
    let good = zip(&[("a.csv", "1,2\n")]);
    let mut deep = good.clone();
    for _ in 0..20 {
        deep = zip(&[("a.zip", deep)]);
    }
    let many: Vec<(String, &str)> = (0..4_900)
        .map(|number| (format!("{number}.csv"), "1\n"))
        .collect();
    let too_many: Vec<(String, &str)> = (0..6_000)
        .map(|number| (format!("{number}.csv"), "1\n"))
        .collect();
    let named = |name: &str| zip(&[(name, "1,2\n")]);
    let mut locked = good.clone();
    for at in records(&locked, b"PK\x01\x02") {
        locked[at + 8] |= 1;
    }
    let mut method = good.clone();
    for at in records(&method, b"PK\x01\x02") {
        method[at + 10] = 99;
    }
    let mut link = good.clone();
    for at in records(&link, b"PK\x01\x02") {
        link[at + 5] = 3;
        link[at + 38..at + 42].copy_from_slice(&0xa1ff_0000_u32.to_le_bytes());
    }
    // The end says one part; another end before it says more than anybody can hold.
    let line = {
        let at = records(&good, b"PK\x01\x02")[0];
        let end = records(&good, b"PK\x05\x06")[0];
        good[at..end].to_vec()
    };
    let lines = LARGE / line.len();
    let list = line.repeat(lines);
    let start = u32::try_from(records(&good, b"PK\x01\x02")[0]).expect("small");
    let end = |parts: u16, length: usize, comment: u16| {
        let length = u32::try_from(length).expect("small");
        [
            b"PK\x05\x06\0\0\0\0".as_slice(),
            &parts.to_le_bytes(),
            &parts.to_le_bytes(),
            &length.to_le_bytes(),
            &start.to_le_bytes(),
            &comment.to_le_bytes(),
        ]
        .concat()
    };
    let head = &good[..usize::try_from(start).expect("small")];
    let two_ends = [head, &list, &end(60_000, list.len(), 22), &end(1, 46, 0)].concat();
    let long_line = {
        let mut long = line.clone();
        long.truncate(46);
        long[28..34].fill(0xff);
        [long, vec![b'a'; 3 * 65_535]].concat()
    };
    let long = long_line.repeat((LARGE / 65_535).max(45));
    let long_names = [head, &long, &end(45, long.len(), 0)].concat();
    let traps: Vec<(String, Vec<u8>)> = (0..50)
        .map(|number| {
            let bytes = if number % 2 == 0 {
                b"\xff".repeat(4_000)
            } else {
                vec![0; 4_000]
            };
            let stream = [&[9_u8, 8, 8, 0, 0, 6, 5, 0, 0, 0, 0, 0][..], &bytes].concat();
            (format!("{number}.xls"), compound("/Workbook", &stream))
        })
        .collect();
    let repeated = ods(&content(
        r#"<t:table-row t:number-rows-repeated="19000"><t:table-cell o:value-type="float" o:value="1"/></t:table-row>"#,
    ));
    let books: Vec<(String, Vec<u8>)> = (0..100)
        .map(|number| (format!("{number}.ods"), repeated.clone()))
        .collect();
    let spaces = rows(&large(" "));
    let unpacking: Vec<(String, Vec<u8>)> = (0..60)
        .map(|number| (format!("{number}.xlsx"), spaces.clone()))
        .collect();
    let manifests: Vec<(String, &str)> = (0..2_000)
        .map(|number| {
            (
                format!("{number}/data/manifest.json"),
                r#"{"tool":"xingping"}"#,
            )
        })
        .collect();
    vec![
        trap("deep.zip", deep),
        trap("itself.zip", [good.clone(), good.clone()].concat()),
        trap("many.zip", zip(&many)),
        trap("too-many.zip", zip(&too_many)),
        trap(
            "up.zip",
            named("../../../../../../../../tmp/xingping-was-here.csv"),
        ),
        trap("root.zip", named("/etc/xingping-was-here.csv")),
        trap("drive.zip", named("C:\\xingping-was-here.csv")),
        trap("controls.zip", named("\u{1b}[31m\u{7}\u{202e}\n.csv")),
        trap(
            "nul.zip",
            crate::make::replaced(named("a0b.csv"), b"a0b.csv", b"a\0b.csv"),
        ),
        trap("long-name.zip", named(&"长".repeat(20_000))),
        trap("folders.zip", named(&"a/".repeat(30_000))),
        trap(
            "no-name.zip",
            crate::make::replaced(named("x.y"), b"x.y", b"../"),
        ),
        trap("locked.zip", locked),
        trap("method.zip", method),
        trap("link.zip", link),
        trap("states-4-gb.zip", stating_size(good.clone(), u32::MAX)),
        trap("states-60-mb.zip", stating_size(good, 60 << 20)),
        trap("two-ends.zip", two_ends),
        trap("long-names.zip", long_names),
        trap("traps.zip", zip(&traps)),
        trap("books.zip", zip(&books)),
        trap("unpacking.zip", zip(&unpacking)),
        trap("manifests.zip", zip(&manifests)),
        trap("empty.zip", zip::<&str, &str>(&[])),
    ]
}
