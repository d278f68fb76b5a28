//! Traps in .xlsx and .xlsb.

use crate::make::{
    LARGE, Trap, large, relation, relations, replaced, rows, sheet, stating_size, trap,
    wide_records, xlsb, xlsx, xlsx_parts, zip,
};

const STRINGS: &str = "xl/sharedStrings.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const CORNERS: &str = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;

pub fn all() -> Vec<Trap> {
    [cells(), strings(), parts(), containers(), binary()]
        .into_iter()
        .flatten()
        .collect()
}

fn cells() -> Vec<Trap> {
    let one = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let with = |rest: &str| {
        let sheet = format!("<worksheet><sheetData>{one}</sheetData>{rest}</worksheet>");
        xlsx(&[(SHEET, &sheet)])
    };
    let mut overlapping = String::from("<mergeCells>");
    for row in 1..30_000 {
        overlapping.push_str(&format!(r#"<mergeCell ref="A1:XFD{row}"/>"#));
    }
    overlapping.push_str("</mergeCells>");
    let full: String = (1..=20_000)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#))
        .collect();
    let formulas: String = (1..=2_000)
        .map(|row| {
            format!(r#"<row r="{row}"><c r="A{row}"><f t="shared" si="4294967295" ref="A1:XFD1048576">SUM(A1)</f><v>1</v></c></row>"#)
        })
        .collect();
    vec![
        trap("corners.xlsx", rows(CORNERS)),
        trap(
            "dimension.xlsx",
            xlsx(&[(
                SHEET,
                &format!(
                    r#"<worksheet><dimension ref="A1:ZZZZZZZ99999999999999999999"/><sheetData>{CORNERS}</sheetData></worksheet>"#
                ),
            )]),
        ),
        trap(
            "merge-all.xlsx",
            with(r#"<mergeCells count="4294967295"><mergeCell ref="A1:XFD1048576"/></mergeCells>"#),
        ),
        trap(
            "merge-backwards.xlsx",
            with(
                r#"<mergeCells><mergeCell ref="XFD1048576:A1"/><mergeCell ref="::"/></mergeCells>"#,
            ),
        ),
        trap(
            "merge-many.xlsx",
            with(&format!(
                "<mergeCells>{}</mergeCells>",
                r#"<mergeCell ref="A1:B2"/>"#.repeat(120_000)
            )),
        ),
        trap(
            "merge-overlapping.xlsx",
            xlsx(&[(
                SHEET,
                &format!("<worksheet><sheetData>{full}</sheetData>{overlapping}</worksheet>"),
            )]),
        ),
        trap(
            "cell-names.xlsx",
            rows(r#"<row r="99999999999999999999"><c r="AAAAAAAAAAAAAAA1"><v>1</v></c></row>"#),
        ),
        trap(
            "cell-name-0.xlsx",
            rows(
                r#"<row r="0"><c r="A0"><v>1</v></c><c r=""><v>1</v></c><c r="1A"><v>1</v></c></row>"#,
            ),
        ),
        trap(
            "cells-without-names.xlsx",
            rows(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(20_000))),
        ),
        trap("rows-without-names.xlsx", rows(&large("<row></row>"))),
        trap("empty-cells.xlsx", rows(&large(r#"<c r="A1"/>"#))),
        trap(
            "numbers.xlsx",
            rows(&format!(
                r#"<row r="1"><c r="A1"><v>1e999999999</v></c><c r="B1"><v>NaN</v></c><c r="C1"><v>{}</v></c></row>"#,
                "9".repeat(100_000)
            )),
        ),
        trap("formulas.xlsx", rows(&formulas)),
        trap(
            "formula-long.xlsx",
            rows(&format!(
                r#"<row r="1"><c r="A1"><f>{}</f></c></row>"#,
                large("(")
            )),
        ),
        trap(
            "dates.xlsx",
            xlsx(&[
                (
                    "xl/styles.xml",
                    r#"<styleSheet><numFmts count="4294967295"><numFmt numFmtId="999" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="4294967295"><xf numFmtId="999"/></cellXfs></styleSheet>"#,
                ),
                (
                    SHEET,
                    &sheet(
                        r#"<row r="1"><c r="A1" s="0"><v>1e308</v></c><c r="B1" s="0"><v>-99999999</v></c><c r="C1" s="4294967295"><v>1</v></c><c r="D1" t="d"><v>-99999-99-99T99:99:99</v></c></row>"#,
                    ),
                ),
            ]),
        ),
        trap("nested.xlsx", rows(&"<a>".repeat(200_000))),
        trap(
            "attributes.xlsx",
            rows(&format!("<row {}/>", large("a='' "))),
        ),
        trap(
            "namespaces.xlsx",
            rows(&format!("<row {}/>", large("xmlns:a='b' "))),
        ),
        trap(
            "hidden.xlsx",
            xlsx(&[(
                SHEET,
                &format!(
                    r#"<worksheet><cols>{}</cols><sheetData>{}{one}</sheetData></worksheet>"#,
                    r#"<col min="1" max="4294967295" hidden="1"/>"#.repeat(20_000),
                    r#"<row r="4294967295" hidden="1"/><row hidden="1"/>"#.repeat(5_000)
                ),
            )]),
        ),
        trap("spaces.xlsx", rows(&large(" "))),
        trap("comment.xlsx", rows(&format!("<!--{}-->", large("-x")))),
        trap("unclosed.xlsx", rows(r#"<row r="1"><c r="A1"><v>1"#)),
    ]
}

fn strings() -> Vec<Trap> {
    let refer = |indexes: &[&str]| {
        let cells: String = indexes
            .iter()
            .map(|index| format!(r#"<c t="s"><v>{index}</v></c>"#))
            .collect();
        sheet(&format!("<row r=\"1\">{cells}</row>"))
    };
    let with =
        |strings: &str, indexes: &[&str]| xlsx(&[(STRINGS, strings), (SHEET, &refer(indexes))]);
    let long = format!("<sst><si><t>{}</t></si></sst>", "长".repeat(200_000));
    let many: String = (1..=2_000)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    let stating = |number: &str| {
        format!(r#"<sst count="{number}" uniqueCount="{number}"><si><t>a</t></si></sst>"#)
    };
    vec![
        trap("strings-stated.xlsx", with(&stating("4294967295"), &["0"])),
        trap(
            "strings-stated-more.xlsx",
            with(&stating("18446744073709551615"), &["0"]),
        ),
        trap(
            "strings-stated-late.xlsx",
            with(
                &format!("<!--{}-->{}", "x".repeat(10_000), stating("99999999999")),
                &["0"],
            ),
        ),
        trap(
            "strings-stated-twice.xlsx",
            with(
                &format!(
                    r#"<!-- uniqueCount="1" --><?a uniqueCount="1" ?>{}"#,
                    stating("99999999999")
                ),
                &["0"],
            ),
        ),
        trap(
            "strings-empty.xlsx",
            with(&format!("<sst>{}</sst>", large("<si/>")), &["0"]),
        ),
        trap(
            "strings-long.xlsx",
            xlsx(&[(STRINGS, &long), (SHEET, &sheet(&many))]),
        ),
        trap(
            "strings-runs.xlsx",
            with(
                &format!("<sst><si>{}</si></sst>", large("<r><t>a</t></r>")),
                &["0"],
            ),
        ),
        trap(
            "strings-missing.xlsx",
            with(
                &stating("1"),
                &["-1", "1e3", "abc", "99999999999999999999", "1"],
            ),
        ),
        trap(
            "strings-entities.xlsx",
            with(
                r#"<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><sst><si><t>&d;&d;&d;&d;</t></si></sst>"#,
                &["0"],
            ),
        ),
        trap(
            "strings-outside.xlsx",
            with(
                r#"<!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>"#,
                &["0"],
            ),
        ),
        trap(
            "strings-controls.xlsx",
            with(
                "<sst><si><t>\u{1}\u{1b}[31m_x0000_&#0;&#x1F;&#xFFFFFFFF;</t></si></sst>",
                &["0"],
            ),
        ),
    ]
}

fn parts() -> Vec<Trap> {
    let leading_to = |target: &str| {
        xlsx(&[(
            "xl/_rels/workbook.xml.rels",
            &relations(&relation("r1", "worksheet", target)),
        )])
    };
    let sheets = |count: usize| {
        let sheets: String = (0..count)
            .map(|number| format!(r#"<sheet name="{number}" sheetId="{number}" r:id="r1"/>"#))
            .collect();
        format!("<workbook><sheets>{sheets}</sheets></workbook>")
    };
    let wide = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let mut in_utf_16 = xlsx_parts(&[]);
    for (name, content) in &mut in_utf_16 {
        if name.contains("sheet1") {
            *content = wide(&sheet(CORNERS));
        }
    }
    vec![
        trap(
            "relation-up.xlsx",
            leading_to("../../../../../../etc/passwd"),
        ),
        trap("relation-root.xlsx", leading_to("/etc/passwd")),
        trap("relation-http.xlsx", leading_to("http://localhost:1/x")),
        trap("relation-itself.xlsx", leading_to("workbook.xml")),
        trap(
            "sheets-many.xlsx",
            xlsx(&[("xl/workbook.xml", &sheets(50_000))]),
        ),
        trap(
            "sheets-one-part.xlsx",
            xlsx(&[
                ("xl/workbook.xml", &sheets(256)),
                (SHEET, &sheet(&large(r#"<c r="A1"/>"#))),
            ]),
        ),
        // Where the workbook stands elsewhere the parts are found otherwise.
        trap(
            "sheets-one-part-elsewhere.xlsx",
            xlsx(&[
                (
                    "_rels/.rels",
                    &relations(&relation("r", "officeDocument", "zz/workbook.xml")),
                ),
                (
                    "zz/_rels/workbook.xml.rels",
                    &relations(&relation("r1", "worksheet", "sheet1.xml")),
                ),
                ("zz/workbook.xml", &sheets(256)),
                ("zz/sheet1.xml", &sheet(&large(r#"<c r="A1"/>"#))),
            ]),
        ),
        trap(
            "sheets-one-name.xlsx",
            xlsx(&[(
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name="a" r:id="r1"/><sheet name="a" r:id="r1"/></sheets></workbook>"#,
            )]),
        ),
        trap(
            "sheet-name.xlsx",
            xlsx(&[(
                "xl/workbook.xml",
                &format!(
                    r#"<workbook><sheets><sheet name="{}" r:id="r1"/></sheets></workbook>"#,
                    "长".repeat(100_000)
                ),
            )]),
        ),
        trap("utf-16.xlsx", zip(&in_utf_16)),
        trap(
            "no-workbook.xlsx",
            zip(&[("[Content_Types].xml", "spreadsheetml.sheet.main")]),
        ),
        trap(
            "styles.xlsx",
            xlsx(&[(
                "xl/styles.xml",
                &format!(
                    "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
                    large("<xf/>")
                ),
            )]),
        ),
        trap(
            "names.xlsx",
            xlsx(&[(
                "xl/workbook.xml",
                &format!(
                    r#"<workbook><definedNames>{}</definedNames></workbook>"#,
                    large("<definedName name='a'>b</definedName>")
                ),
            )]),
        ),
        trap(
            "relations.xlsx",
            xlsx(&[(
                "xl/_rels/workbook.xml.rels",
                &relations(&large(r#"<Relationship Id="r1" Target="a"/>"#)),
            )]),
        ),
    ]
}

fn containers() -> Vec<Trap> {
    let good = xlsx(&[]);
    let cut = good[..good.len() - 30].to_vec();
    let twice = xlsx(&[("xl/worksheets/sheet2.xml", &sheet(CORNERS))]);
    let mut locked = good.clone();
    let lines = crate::make::records(&locked, b"PK\x01\x02");
    for at in lines {
        locked[at + 8] |= 1;
    }
    let many: Vec<(String, &str)> = (0..6_000)
        .map(|number| (format!("xl/{number}"), ""))
        .collect();
    vec![
        trap("states-4-gb.xlsx", stating_size(good.clone(), u32::MAX)),
        trap("states-200-mb.xlsx", stating_size(good.clone(), 200 << 20)),
        trap("states-100-mb.xlsx", stating_size(good.clone(), 100 << 20)),
        trap("states-nothing.xlsx", stating_size(good.clone(), 0)),
        trap("cut.xlsx", cut),
        trap("cut-in-half.xlsx", &good[..good.len() / 2]),
        trap(
            "behind-junk.xlsx",
            [vec![b'x'; 100_000], good.clone()].concat(),
        ),
        trap("before-junk.xlsx", [good, vec![b'x'; 200_000]].concat()),
        trap(
            "twice.xlsx",
            replaced(twice.clone(), b"sheet2.xml", b"sheet1.xml"),
        ),
        trap(
            "twice-in-capitals.xlsx",
            replaced(twice, b"sheet2.xml", b"SHEET1.XML"),
        ),
        trap("locked.xlsx", locked),
        trap("entries.xlsx", zip(&many)),
    ]
}

fn binary() -> Vec<Trap> {
    let begin: (u32, &[u8]) = (0x81, &[]);
    let data: (u32, &[u8]) = (0x91, &[]);
    let row: (u32, &[u8]) = (0x00, &[0, 0, 0, 0, 0, 0, 0, 0]);
    let end: (u32, &[u8]) = (0x92, &[]);
    let strings = |count: u32| {
        let count = [count.to_le_bytes(), count.to_le_bytes()].concat();
        wide_records(&[
            (0x9f, &count),
            (0x13, &[0, 1, 0, 0, 0, b'a', 0]),
            (0xa0, &[]),
        ])
    };
    let cell = |kind: u32, data: &[u8]| {
        let all = [begin, (0x94, &[0; 16]), data_of(), row, (kind, data), end];
        wide_records(&all)
    };
    let far = [[0xff_u8; 4], [0xff; 4], [0xff; 4], [0xff; 4]].concat();
    let corner = wide_records(&[
        begin,
        (0x94, &far),
        data,
        (0x00, &[0xff; 8]),
        (0x05, &[0xff; 16]),
        end,
    ]);
    let many = [
        wide_records(&[begin, data, row]),
        wide_records(&[(0x05, &[0; 16])]).repeat(LARGE / 18),
        wide_records(&[end]),
    ]
    .concat();
    let none = strings(1);
    vec![
        trap("corners.xlsb", xlsb(&corner, &none)),
        trap(
            "strings-stated.xlsb",
            xlsb(&cell(0x07, &[0; 12]), &strings(u32::MAX)),
        ),
        trap(
            "strings-missing.xlsb",
            xlsb(&cell(0x07, &[0xff; 12]), &none),
        ),
        trap(
            "string-length.xlsb",
            xlsb(
                &cell(0x06, &[0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]),
                &none,
            ),
        ),
        trap("short-cell.xlsb", xlsb(&cell(0x05, &[0]), &none)),
        trap(
            "short-row.xlsb",
            xlsb(&wide_records(&[begin, data, (0x00, &[1]), end]), &none),
        ),
        trap(
            "length-of-a-record.xlsb",
            xlsb(
                &[
                    &wide_records(&[begin, data])[..],
                    &[0x05, 0xff, 0xff, 0xff, 0x7f],
                ]
                .concat(),
                &none,
            ),
        ),
        trap(
            "no-end.xlsb",
            xlsb(&wide_records(&[begin, data, row]), &none),
        ),
        trap("nothing.xlsb", xlsb(&[], &[])),
        trap(
            "merged.xlsb",
            xlsb(
                &wide_records(&[begin, data, row, end, (0xb0, &[0xff; 16]), (0xb0, &[0; 3])]),
                &none,
            ),
        ),
        trap("many-cells.xlsb", xlsb(&many, &none)),
        trap(
            "format.xlsb",
            xlsb(
                &cell(
                    0x05,
                    &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0],
                ),
                &none,
            ),
        ),
    ]
}

fn data_of() -> (u32, &'static [u8]) {
    (0x91, &[])
}
