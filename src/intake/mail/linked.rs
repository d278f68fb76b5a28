//! Large attachments that are not in the mail: its text holds a link to them and, if all goes well, their names.
//!
//! Knows what the mail services write, nothing of parts and heads.

use mail_parser::decoders::html::html_to_text;

use super::words;
use crate::model::quiet::quietly;

/// Where the services keep what is too large for a mail. Each is the address of a download, not only of the
/// service: signatures link to that, and many pages carry the style names of the attachments they do not have.
const PLACES: [&str; 12] = [
    // QQ, Foxmail, Tencent's mail for offices.
    "ftnexs_download",
    "mail.qq.com/ftn/download",
    "share.weiyun.com/",
    // 163, 126 and NetEase's mail for offices.
    "163.com/large-attachment-download",
    "126.com/large-attachment-download",
    "dashi.163.com/html/cloud-attachment",
    "fs.163.com/fs/",
    "edisk.qiye.163.com/",
    "bigattach-mailmaster-download",
    // 189, Sina, Baidu. Ali's and 139's are known by their words.
    "cloud.189.cn/file/download",
    "mail.sina.com.cn/filecenter/download",
    "pan.baidu.com/s/",
];

/// What the services, and people, call them; beside any link at all.
const WORDS: [&str; 4] = ["超大附件", "云附件", "文件中转站", "进入下载页面"];

/// The names of the attachments that this text only links to; one empty name where it links but does not tell
/// any.
pub(super) fn names(text: &str, is_html: bool) -> Vec<String> {
    let small = text.to_ascii_lowercase();
    let links = PLACES.iter().any(|place| small.contains(place))
        || small.contains("://") && WORDS.iter().any(|word| text.contains(word));
    if !links {
        return Vec::new();
    }
    let plain = if is_html {
        plain(text)
    } else {
        text.to_owned()
    };
    let mut names = Vec::new();
    let mut before = "";
    for line in plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
        names.extend(name_before_size(before, line));
        before = line;
    }
    if names.is_empty() {
        names.push(String::new());
    }
    names
}

/// The text of a page, each tag a new line: the services set names and sizes in boxes of their own.
fn plain(html: &str) -> String {
    let mut lines = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        let (_, behind) = tag.split_once('>').unwrap_or_default();
        lines.push_str(text);
        lines.push_str("<br>");
        rest = behind;
    }
    lines.push_str(rest);
    quietly(|| html_to_text(&lines)).unwrap_or(lines)
}

/// The name in `评价表.rar (58.37M, 2018年09月20日 15:33 到期)`; the size may stand on a line of its own.
fn name_before_size(before: &str, line: &str) -> Option<String> {
    let opening = line.match_indices(['(', '（']);
    let sizes = opening.map(|(at, bracket)| (at, at + bracket.len()));
    std::iter::once((0, 0))
        .chain(sizes)
        .find_map(|(end, size)| {
            if !is_size(&line[size..]) {
                return None;
            }
            let written = tail(line[..end].trim());
            let written = if written.is_empty() {
                tail(before)
            } else {
                written
            };
            let (_, ending) = written.rsplit_once('.')?;
            let known = (1..=5).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
            known
                .then(|| words::file_name(written))?
                .filter(|name| !name.starts_with('.'))
        })
}

/// The end of a text, as long as a name can be: a line may hold any number of sizes.
fn tail(text: &str) -> &str {
    const LONGEST: usize = 200;
    let start = text.char_indices().rev().nth(LONGEST);
    start.map_or(text, |(start, _)| &text[start..])
}

/// Whether a text begins with a size: `58.37M`, `120 KB`, `3,000字节`.
fn is_size(text: &str) -> bool {
    let unit = text.trim_start_matches(|character: char| {
        character.is_ascii_digit() || ",.".contains(character)
    });
    if unit.len() == text.len() {
        return false;
    }
    let unit = unit.trim_start();
    let behind = unit.strip_prefix("字节").or_else(|| {
        let behind = unit.strip_prefix(['B', 'K', 'M', 'G', 'b', 'k', 'm', 'g'])?;
        Some(behind.strip_prefix(['B', 'b']).unwrap_or(behind))
    });
    behind.is_some_and(|behind| !behind.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::names;

    const QQ: &str = "您好，附件请查收。\n\n从QQ邮箱发来的超大附件\n\n评价表(第2组).rar (58.37M, 2018年09月20日 15:33 到期)进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=7d36&code=7684\n\n中国地质学会.xlsx (1.20G, 无限期)\n进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=1\n";
    const NETEASE: &str = "<div id=\"divNeteaseBigAttach\"><div><b>从网易163邮箱发来的超大附件</b><a class=\"bigattach-mailmaster-download\" href=\"http://u.163.com/R\">推荐客户端极速下载</a></div><div><div><a href=\"https://mail.163.com/large-attachment-download/index.html?file=a\"></a></div><div><div><a href=\"https://mail.163.com/large-attachment-download/index.html?file=a\">评价&amp;表.zip</a><span style=\"color:#bbb\"> (80.96M, 2018年8月17日 0:49 到期)</span></div><div><a href=\"https://mail.163.com/large-attachment-download/index.html?file=a\">下载</a></div></div></div></div>";

    #[test]
    fn names_are_found_where_the_services_write_them() {
        assert_eq!(names(QQ, false), ["评价表(第2组).rar", "中国地质学会.xlsx"]);
        assert_eq!(names(&QQ.replace('\n', "<br/>"), true), names(QQ, false));
        assert_eq!(names(NETEASE, true), ["评价&表.zip"]);
        let master = "<a href='https://dashi.163.com/html/cloud-attachment-download/?key=x'><p>评价表.zip</p><p>12.5MB</p><p>2018-09-20 到期</p></a>";
        assert_eq!(names(master, true), ["评价表.zip"]);
    }

    #[test]
    fn a_link_without_a_name_counts_too() {
        for text in [
            "https://wx.mail.qq.com/ftn/download?func=3&key=x",
            "请从云附件下载：https://example.org/x",
            "链接：https://pan.baidu.com/s/1abc 提取码：1234",
            "文件中转站 http://x (3M)",
        ] {
            assert_eq!(names(text, false), [""], "{text}");
        }
    }

    #[test]
    fn other_texts_and_signatures_are_no_links() {
        for text in [
            "您好，评价表.xls (3M) 见附件。",
            "超大附件请勿发送",
            "<style id=\"cloudAttachStyle\">#divNeteaseBigAttach{display:none;}</style>x",
            "<a href=\"https://dashi.163.com/projects/signature-manager/detail/index.html?x\">张三</a>",
            "<a href=\"http://mail.163.com/\">网易邮箱</a> <a href=\"https://mail.qq.com\">QQ</a>",
            "",
        ] {
            assert!(names(text, true).is_empty(), "{text}");
        }
    }
}
