//! Traps in .ods, web pages, XML and csv.

use crate::make::{LARGE, Trap, content, large, ods, stating_size, trap, zip};

pub fn all() -> Vec<Trap> {
    [open_document(), pages(), xml(), tables()]
        .into_iter()
        .flatten()
        .collect()
}

fn open_document() -> Vec<Trap> {
    let rows = |rows: &str| ods(&content(rows));
    let cell = |attributes: &str, inner: &str| {
        format!(r#"<t:table-row><t:table-cell {attributes}>{inner}</t:table-cell></t:table-row>"#)
    };
    let number = r#"o:value-type="float" o:value="1""#;
    let flat = |inner: &str| {
        format!(
            r#"<o:document xmlns:o="o" xmlns:t="t" xmlns:x="x" o:mimetype="application/vnd.oasis.opendocument.spreadsheet"><o:body><o:spreadsheet><t:table t:name="a">{inner}</t:table></o:spreadsheet></o:body></o:document>"#
        )
    };
    let corner = format!(
        r#"{}<t:table-row t:number-rows-repeated="1048574"/>{}"#,
        cell(number, ""),
        cell(r#"t:number-columns-repeated="16383""#, "") + &cell(number, "")
    );
    let text = "长".repeat(50_000);
    let mut locked = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "x"),
    ]);
    for at in crate::make::records(&locked, b"PK\x01\x02") {
        locked[at + 8] |= 1;
    }
    vec![
        trap("corners.ods", rows(&corner)),
        trap("columns-repeated.ods", rows(&cell(&format!("{number} t:number-columns-repeated=\"1073741824\""), "1"))),
        trap("rows-repeated.ods", rows(&format!(r#"<t:table-row t:number-rows-repeated="4294967295"><t:table-cell {number}/></t:table-row>"#))),
        trap("both-repeated.ods", rows(&format!(r#"<t:table-row t:number-rows-repeated="99999"><t:table-cell t:number-columns-repeated="16384" {number}/></t:table-row>"#))),
        trap("text-repeated.ods", rows(&cell(r#"o:value-type="string" t:number-columns-repeated="16384""#, &format!("<x:p>{text}</x:p>")))),
        trap("text-repeated-down.ods", rows(&format!(r#"<t:table-row t:number-rows-repeated="90000"><t:table-cell o:value-type="string"><x:p>{text}</x:p></t:table-cell></t:table-row>"#))),
        trap("blanks.ods", rows(&cell(r#"o:value-type="string""#, &format!("<x:p>{}</x:p>", large(r#"<x:s x:c="99999999"/>"#))))),
        trap("merged.ods", rows(&cell(&format!("{number} t:number-columns-spanned=\"4294967295\" t:number-rows-spanned=\"4294967295\""), ""))),
        trap("merged-many.ods", rows(&format!("<t:table-row>{}</t:table-row>", format!(r#"<t:table-cell {number} t:number-columns-spanned="9" t:number-rows-spanned="9999"/>"#).repeat(10_000)))),
        trap("tables.ods", ods(&format!("<a>{}</a>", "<table/>".repeat(10_000)))),
        trap("nested-tables.ods", rows(&"<t:table>".repeat(100_000))),
        trap("nested-cells.ods", rows(&"<t:table-row><t:table-cell>".repeat(50_000))),
        trap("nested-paragraphs.ods", rows(&cell("", &"<x:p>".repeat(100_000)))),
        trap("unclosed.ods", ods(r#"<a><table name="a"><table-row><table-cell value-type="float" value="1">"#)),
        trap("cut-in-the-table.ods", ods("<a><table name=\"a\">")),
        trap("annotations.ods", rows(&cell(number, &"<o:annotation><x:p>a</x:p></o:annotation>".repeat(10_000)))),
        trap("annotation-unclosed.ods", rows(&cell(number, &"<o:annotation>".repeat(100_000)))),
        trap("attributes.ods", rows(&cell(&large("a=\"\" "), ""))),
        trap("entities.ods", ods("<!DOCTYPE a [<!ENTITY a SYSTEM \"/etc/passwd\">]><a><table name=\"&a;\"><table-row><table-cell value-type=\"string\"><p>&a;</p></table-cell></table-row></table></a>")),
        trap("numbers.ods", rows(&cell(r#"o:value-type="float" o:value="1e999999""#, "") .repeat(3).replace("1e999999", "NaN"))),
        trap("dates.ods", rows(&cell(r#"o:value-type="date" o:date-value="-999999999-99-99""#, "<x:p>1</x:p>"))),
        trap("locked.ods", locked),
        trap("states-4-gb.ods", stating_size(rows(""), u32::MAX)),
        trap("flat.fods", flat(&cell(r#"o:value-type="string" t:number-columns-repeated="16384""#, &format!("<x:p>{text}</x:p>")))),
        trap("flat-nested.fods", flat(&"<x:p>".repeat(100_000))),
    ]
}

fn pages() -> Vec<Trap> {
    let mht = |boundary: &str, body: &str| {
        format!(
            "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"{boundary}\"\r\n\r\n{body}"
        )
    };
    let page = "--x\r\nContent-Type: text/html\r\n\r\n<table><tr><td>1</table>\r\n";
    vec![
        trap("cells.xls", format!("<table><tr>{}", large("<td>1"))),
        trap("rows.xls", format!("<table>{}", large("<tr><td>"))),
        trap("tables.xls", large("<table><tr><td>1")),
        trap(
            "nested.xls",
            format!("<table><tr><td>{}", large("<table><tr><td>")),
        ),
        trap(
            "spans.xls",
            format!(
                "<table><tr>{}",
                "<td colspan=99999999999 rowspan=99999999999>1".repeat(40_000)
            ),
        ),
        trap(
            "spans-down.xls",
            format!("<table>{}", "<tr><td rowspan=65534>1<td>2".repeat(20_000)),
        ),
        trap(
            "spans-crossing.xls",
            format!(
                "<table>{}",
                format!("<tr>{}", "<td rowspan=60000>".repeat(100)).repeat(200)
            ),
        ),
        trap("breaks.xls", format!("<table><tr><td>{}a", large("<br>"))),
        trap(
            "attributes.xls",
            format!("<table><tr><td {}>1</table>", large("a=b ")),
        ),
        trap(
            "attribute.xls",
            format!("<table><tr><td style='{}'>1</table>", large("a:b;")),
        ),
        trap("tag.xls", format!("<table><tr><td><{}", large("a"))),
        trap("comment.xls", format!("<table><!--{}", large("--"))),
        trap(
            "scripts.xls",
            format!("<table><tr><td>1{}", large("<script>")),
        ),
        trap(
            "entities.xls",
            format!("<table><tr><td>{}", large("&amp;&#0;&#xffffffff;")),
        ),
        trap("closing.xls", format!("<table>{}", large("</td></tr></p>"))),
        trap("captions.xls", format!("<table>{}", large("<caption>a"))),
        trap("no-table.xls", format!("<html>{}", large("<p>"))),
        trap("pages.mht", mht("x", &page.repeat(300))),
        trap("parts.mht", mht("x", &"--x\n\na\n".repeat(20_000))),
        trap("boundary.mht", mht("", &"--\r\n\r\n".repeat(10_000))),
    ]
}

fn xml() -> Vec<Trap> {
    let book = |inner: &str| {
        format!(
            r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">{inner}</Workbook>"#
        )
    };
    let table = |rows: &str| {
        book(&format!(
            r#"<Worksheet Name="a"><Table>{rows}</Table></Worksheet>"#
        ))
    };
    let cell = r#"<Cell><Data Type="Number">1</Data></Cell>"#;
    vec![
        trap("corners-of-2003.xml", table(&format!(r#"<Row Index="4294967295"><Cell Index="4294967295"><Data Type="Number">1</Data></Cell></Row><Row Span="4294967295">{cell}</Row>"#))),
        trap("merged-of-2003.xml", table(&format!("<Row>{}</Row>", r#"<Cell MergeAcross="4294967295" MergeDown="4294967295"><Data Type="String">a</Data></Cell>"#.repeat(2_000)))),
        trap("sheets-of-2003.xml", book(&r#"<Worksheet Name="a"><Table/></Worksheet>"#.repeat(5_000))),
        trap("nested-of-2003.xml", table(&format!("<Row><Cell><Data Type=\"String\">{}", "<B>".repeat(100_000)))),
        trap("skipped-of-2003.xml", book(&"<Styles>".repeat(100_000))),
        trap("attributes-of-2003.xml", table(&format!("<Row {}/>", large("a=\"\" ")))),
        trap("unclosed-of-2003.xml", r#"<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>"#),
        trap("entities-of-2003.xml", format!("<!DOCTYPE a [<!ENTITY a \"b\">]>{}", table("<Row><Cell><Data Type=\"String\">&a;&a;</Data></Cell></Row>"))),
        trap("declaration.xml", large("<?x?>")),
    ]
}

fn tables() -> Vec<Trap> {
    let labels = "学会名称,评价人姓名,指标编号,加分,减分,备注,合计\n";
    vec![
        trap("nul.csv", vec![0; LARGE]),
        trap("nuls.csv", "a\0b,\0\n".repeat(10_000)),
        trap("line.csv", large("a")),
        trap("delimiters.csv", large(",")),
        trap("tabs.csv", large("\t")),
        trap("lines.csv", large("\r\n")),
        trap("returns.csv", large("\r")),
        trap("quote.csv", format!("\"{}", large("a,\n"))),
        trap("quotes.csv", large("\"")),
        trap("cells.csv", large("1,2\n")),
        trap("labels.csv", large(labels)),
        trap("one-label.csv", large("学会名称,")),
        trap("delimiter.csv", format!("sep=\0\n{}", large("a\n"))),
        trap(
            "wide.csv",
            [b"\xff\xfe".as_slice(), &[0xd8; 9_999]].concat(),
        ),
        trap("gb18030.csv", b"\x81\x30\x81\x30\xff\xff".repeat(10_000)),
        trap("marks.csv", "\u{feff}\u{202e}\u{200f}".repeat(10_000)),
        trap("one-byte.csv", b"\xff"),
    ]
}
