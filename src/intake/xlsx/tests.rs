//! The reader of .xlsx: on its own, and beside calamine as the yardstick.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use proptest::prelude::{Just, Strategy, prop_oneof, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{Refusal, Sheet, sheets};
use crate::intake::package::Package;
use crate::intake::package::tests::zip;
use crate::intake::{Value, value};
use crate::model::CellRef;

fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    sheets(Package::open(bytes).expect("a zip"))
}

fn shown(sheet: &Sheet) -> Vec<String> {
    let shown = |(cell, value): (CellRef, &Value)| match value {
        Value::Text(text) => format!("{cell}={text}"),
        Value::Number(number) => format!("{cell}={number}"),
        Value::Date { day, serial } => format!("{cell}={day:?} {serial}"),
        other => format!("{cell}={other:?}"),
    };
    sheet.cells().map(shown).collect()
}

/// An .xlsx with one sheet of this XML, and what belongs to it.
fn with_sheet(sheet: &str) -> Vec<u8> {
    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            r#"<Relationships><Relationship Id="r" Type="{RELATION}/{kind}" Target="{target}"/></Relationships>"#
        )
    };
    zip(&[
        (
            "_rels/.rels",
            &relations("officeDocument", "xl/workbook.xml"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relations("worksheet", "worksheets/a.xml"),
        ),
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="表" r:id="r"/></sheets></workbook>"#,
        ),
        ("xl/worksheets/a.xml", sheet),
    ])
}

#[test]
fn values_are_what_excel_shows_where_it_shows_them() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let plain = Format::new();
    let first = ExcelDateTime::from_ymd(2026, 3, 1).expect("a day");
    sheet.write(11, 7, " 学会 ").expect("written");
    sheet.write(2, 1, 0.1 + 0.2).expect("written");
    sheet.write(2, 2, true).expect("written");
    sheet
        .write_with_format(2, 3, &first, &date)
        .expect("written");
    sheet.write_with_format(2, 4, 60, &date).expect("written");
    sheet.write_with_format(2, 5, 0.5, &date).expect("written");
    sheet
        .write(3, 1, Formula::new("=1+1").set_result("2"))
        .expect("written");
    sheet
        .write(3, 3, Formula::new("=1/0").set_result("#DIV/0!"))
        .expect("written");
    sheet
        .merge_range(4, 1, 5, 3, "合并", &plain)
        .expect("merged");
    workbook
        .add_worksheet()
        .set_name("隐藏")
        .expect("named")
        .set_hidden(true);
    let bytes = workbook.save_to_buffer().expect("saved");
    let sheets = read(&bytes).expect("readable");
    let expected = [
        "B3=0.3",
        "C3=Bool(true)",
        "D3=Some(2026-03-01) 46082",
        "E3=None 60",
        "F3=None 0.5",
        "B4=2",
        "D4=Error(\"#DIV/0!\")",
        "B5=合并",
        "H12= 学会 ",
    ];
    assert_eq!(shown(&sheets[0]), expected);
    assert_eq!(sheets[0].end_of(CellRef::new(4, 1)), CellRef::new(5, 3));
    assert_eq!(sheets[1].name, "隐藏");
}

#[test]
fn a_formula_without_a_result_is_not_one_that_gives_nothing() {
    let bytes = with_sheet(
        r#"<worksheet><sheetData><row r="1">
        <c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>1+1</f><v/></c><c r="C1"><f>1+1</f></c>
        <c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1+1</f><v>0</v></c><c r="F1" s="0"/>
        </row></sheetData></worksheet>"#,
    );
    let sheets = read(&bytes).expect("readable");
    let expected = [
        "A1=NoCachedValue",
        "B1=NoCachedValue",
        "C1=NoCachedValue",
        "E1=0",
    ];
    assert_eq!(shown(&sheets[0]), expected);
}

#[test]
fn stray_cells_and_odd_sizes_cost_nothing() {
    for size in ["A1", "??", "XFD1048576:A1", "A1:ZZZZZZZ99999999999"] {
        let bytes = with_sheet(&format!(
            r#"<worksheet><dimension ref="{size}"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
            <row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>"#
        ));
        let sheets = read(&bytes).expect("readable");
        assert_eq!(shown(&sheets[0]), ["A1=1", "XFD1048576=2"], "{size}");
    }
}

#[test]
fn a_sheet_that_breaks_off_costs_the_file() {
    let start = r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>"#;
    for rest in [
        "",
        r#"<row r="2"><c r="A2" t="s"><v>9</v></c></row></sheetData></worksheet>"#,
    ] {
        let bytes = with_sheet(&format!("{start}{rest}"));
        assert!(matches!(read(&bytes), Err(Refusal::Unreadable(_))));
    }
}

#[test]
fn what_stood_behind_other_cells_is_not_taken_for_granted() {
    let cells = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>"#;
    let merged = r#"</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
    let further =
        r#"</sheetData><sheetData><row r="2"><c r="A2"><v>4</v></c></row></sheetData></worksheet>"#;
    let first = r#"<worksheet><mergeCells><mergeCell ref="B1:C1"/></mergeCells>"#;
    // Whatever was met before.
    for _ in 0..2 {
        for (head, behind, expected) in [
            ("<worksheet>", merged, Some(&["A1=1", "C1=3"][..])),
            (first, merged, Some(&["A1=1"])),
            // What ends is not what began.
            ("<w:worksheet>", merged, None),
            (
                "<worksheet>",
                further,
                Some(&["A1=1", "B1=2", "C1=3", "A2=4"]),
            ),
        ] {
            let sheets = read(&with_sheet(&format!("{head}{cells}{behind}")));
            let cells = sheets.map(|sheets| shown(&sheets[0]));
            match expected {
                Some(expected) => assert_eq!(cells.expect("readable"), expected, "{head}"),
                None => assert!(cells.is_err(), "{head}"),
            }
        }
    }
}

/// Cells of every look: those that are told from it, and those that nearly are.
fn cell() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        5 => "[A-D][1-4]".prop_map(|place| format!(" r=\"{place}\"")),
        1 => Just(String::new()),
        1 => prop_oneof![Just(" r=\"A0\""), Just(" r=\"a2 \""), Just(" r=\"&#65;1\"")].prop_map(str::to_owned),
    ];
    let style = prop_oneof![
        Just(""),
        Just(" s=\"1\""),
        Just(" s=\"x\""),
        Just(" s=\"99999999999999999999\"")
    ];
    let kind = prop_oneof![
        3 => Just(""), 3 => Just(" t=\"s\""), 2 => Just(" t=\"n\""), 1 => Just(" t=\"b\""), 1 => Just(" t=\"e\""),
        1 => Just(" t=\"str\""), 1 => Just(" t=\"d\""), 1 => Just(" t=\"other\"")
    ];
    let formula = prop_oneof![
        4 => Just(""), 2 => Just("<f>A1+1</f>"), 1 => Just("<f>A1&amp;1</f>"), 1 => Just("<f>A1&1</f>"), 1 => Just("<f/>"),
        1 => Just("<f aca=\"false\">A1&gt;1</f>"), 1 => Just("<f t=\"shared\" si='0'>1</f>")
    ];
    let value = prop_oneof![
        3 => "[0-2]".prop_map(|value| format!("<v>{value}</v>")),
        2 => "-?[0-9]{1,4}(\\.[0-9]{1,3})?(E[+-][0-9])?".prop_map(|value| format!("<v>{value}</v>")),
        2 => Just("<v></v>".to_owned()),
        1 => prop_oneof![
            Just("<v/>"), Just("<v> 1</v>"), Just("<v>&#49;</v>"), Just("<v>--</v>"), Just("<v>1</v><v>2</v>"),
            Just("<is><t>学 </t></is>"), Just("<is><t> a_x0041_</t></is>"), Just("<is><t>&amp;</t></is>"),
            Just("<is><t/></is>"), Just("<is><t></t></is><v>1</v>"), Just("<is><r><t>1</t></r></is>"),
            Just("<v><![CDATA[1]]></v>"), Just("<v>1</v><!-- 1 -->"), Just("<v>1</w>")
        ].prop_map(str::to_owned),
    ];
    let between = prop_oneof![
        4 => Just(""), 1 => Just("\n  "), 1 => Just("x"), 1 => Just("</row><row>"),
        1 => Just("</row><row r=\"3\" x:r=\"4\" hidden=\"1\">"), 1 => Just("</row ><row r=\"2\" ht='1'>"),
        1 => Just("</row><row r=\"0\"/>\n<row spans=\"1>2\" hidden=\"&#49;\">"),
    ];
    let whole = (place, style, kind, formula, value, between.clone());
    let whole = whole.prop_map(|(place, style, kind, formula, value, between)| {
        format!("<c{place}{style}{kind}>{formula}{value}</c>{between}")
    });
    prop_oneof![
        8 => whole,
        2 => ("[A-D][1-4]", between).prop_map(|(place, between)| format!("<c r=\"{place}\" s=\"1\"/>{between}")),
        1 => Just("</row><row/>".to_owned()),
        1 => Just("<c r=\"A1\"".to_owned()),
    ]
}

/// What may stand behind the cells, whole or in pieces.
fn piece() -> impl Strategy<Value = String> {
    const PIECES: [&str; 24] = [
        "<x>",
        "</x>",
        "<y a=\"1\">",
        "</y>",
        "<x/>",
        "<x a=\"1>2\">",
        "<x a='>'>",
        "<x a='\"'>",
        "&amp;",
        "&",
        "&lt",
        "&#49;",
        "a>b",
        "\"",
        "<x\u{c}b>",
        "</x >",
        "<?x ?>",
        "学",
        "<1>",
        "<>",
        "<mergeCell ref=\"A1:B2\"/>",
        "<mergeCell ref=\"A1\"/>",
        "<mergeCell ref=\"a1:b2\" />",
        "<mergeCells>",
    ];
    let piece = proptest::sample::select(&PIECES[..]).prop_map(str::to_owned);
    let leaf = prop_oneof![
        2 => piece,
        1 => Just("<mergeCells><mergeCell ref=\"A1:B1\"/>\n<mergeCell ref=\"C1:D1\"/></mergeCells>".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        proptest::collection::vec(inner, 0..4)
            .prop_map(|inner| format!("<x>{}</x>", inner.concat()))
    })
}

proptest! {
    /// A blank more in a tag means nothing, and what has one is not told from its look.
    #[test]
    fn what_is_told_from_its_look_is_what_would_be_read(cells in proptest::collection::vec(cell(), 0..8)) {
        let cells = cells.concat();
        let rows = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
        let [plain, other] = ["<c r", "<c  r"].map(|tag| read(&with_sheet(&rows.replace("<c r", tag))));
        assert_eq!(plain, other, "{rows}");
    }

    /// A comment means nothing, and what stands beside one is not told from its look.
    #[test]
    fn what_is_passed_over_ends_where_it_would(pieces in proptest::collection::vec(piece(), 0..8)) {
        let cells = r#"<sheetData><row><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row></sheetData>"#;
        let sheet = format!("<worksheet>{cells}{}</worksheet>", pieces.concat());
        let other = sheet.replace('<', "<!----><");
        assert_eq!(read(&with_sheet(&sheet)), read(&with_sheet(&other)), "{sheet}");
    }

    #[test]
    fn texts_told_from_their_look_are_those_that_would_be_read(
        texts in proptest::collection::vec(
            "(<si><t>|<si><t xml:space=\"preserve\">|<si>\n<t>|<si/>\n<si><t>|<r>)[ 学a_x0D\r\n]{0,9}(&amp;|&lt;|&|_x000D_)?(</t></si>|</t></si>\n|</t><phoneticPr fontId=\"1\" type=\"x\"/></si>|</t><phoneticPr></phoneticPr></si>|</t>\n</si>|</t><rPh/></si>|</t>)",
            0..6,
        )
    ) {
        let texts = format!("<sst>{}</sst>", texts.concat());
        let all = |text: &str| {
            let texts = super::strings::shared(text)?;
            let all = (0..).map_while(|at| texts.get(at).map(|(text, runs)| (text.to_owned(), runs.to_vec())));
            Ok::<_, Refusal>(all.collect::<Vec<_>>())
        };
        assert_eq!(all(&texts), all(&texts.replace("<si>", "<si >")), "{texts}");
    }
}

/// The sheets of `bytes` that calamine reads, with their cells as they are to be seen.
fn by_calamine(bytes: &[u8]) -> Option<BTreeMap<String, BTreeMap<CellRef, Value>>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut sheets = BTreeMap::new();
    for name in workbook.sheet_names() {
        let mut cells = BTreeMap::new();
        let mut reader = workbook.worksheet_cells_reader(&name).ok()?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().ok()? {
            let at = CellRef::new(cell.pos.0, cell.pos.1);
            let value = match Data::from(cell.value) {
                Data::Empty if cell.formula.is_some() => Value::NoCachedValue,
                Data::Empty => continue,
                Data::Int(number) => Value::Number(number.into()),
                Data::Float(number) => value::number(number),
                Data::String(text) if text.is_empty() => continue,
                Data::String(text) => Value::Text(text),
                Data::Bool(truth) => Value::Bool(truth),
                Data::DateTime(moment) => {
                    let (year, month, day, ..) = moment.to_ymd_hms_milli();
                    let day = (moment.as_f64() >= 1.0 && !moment.is_duration())
                        .then(|| {
                            let year = i16::try_from(year).ok()?;
                            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
                            jiff::civil::Date::new(year, month, day).ok()
                        })
                        .flatten();
                    let serial = value::decimal(moment.as_f64())?;
                    Value::Date { day, serial }
                }
                Data::DateTimeIso(text) => value::iso_date(&text)
                    .or_else(|| value::iso_time(&text))
                    .unwrap_or(Value::Text(text)),
                Data::DurationIso(text) => value::iso_time(&text).unwrap_or(Value::Text(text)),
                Data::Error(error) => Value::Error(error.to_string()),
            };
            cells.insert(at, value);
        }
        drop(reader);
        for region in workbook
            .merge_cells_by_sheet_name(&name)
            .unwrap_or_default()
        {
            let rows = region.start.0..=region.end.0;
            let columns = region.start.1..=region.end.1;
            cells.retain(|cell, _| {
                (cell.row(), cell.column()) == region.start
                    || !(rows.contains(&cell.row()) && columns.contains(&cell.column()))
            });
        }
        sheets.insert(name, cells);
    }
    Some(sheets)
}

fn workbooks(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, into);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "xlsx" || ending == "xlsm")
        {
            into.push(path);
        }
    }
}

/// Reads all workbooks of a folder both ways; gives how many were read, and what differs.
fn differences(folder: &Path) -> (usize, Vec<String>) {
    let mut paths = Vec::new();
    workbooks(folder, &mut paths);
    let mut told = Vec::new();
    let mut count = 0;
    for path in paths {
        let bytes = std::fs::read(&path).expect("a file");
        let Some(package) = Package::open(&bytes) else {
            continue;
        };
        let ours = sheets(package);
        let theirs = std::panic::catch_unwind(|| by_calamine(&bytes))
            .ok()
            .flatten();
        match (ours, theirs) {
            (Ok(ours), Some(theirs)) => {
                count += 1;
                for sheet in ours {
                    let Some(cells) = theirs.get(&sheet.name) else {
                        told.push(format!("{}: {} is new", path.display(), sheet.name));
                        continue;
                    };
                    let read: BTreeMap<CellRef, Value> = sheet
                        .cells()
                        .map(|(cell, value)| (cell, value.clone()))
                        .collect();
                    let keys = cells.keys().chain(read.keys());
                    let other = keys
                        .into_iter()
                        .filter(|cell| !sheet.clipped.contains(cell))
                        .find(|cell| cells.get(cell) != read.get(cell));
                    if let Some(cell) = other {
                        told.push(format!(
                            "{}!{cell}: {:?}, by calamine {:?}",
                            path.display(),
                            read.get(cell),
                            cells.get(cell)
                        ));
                    }
                }
            }
            // Calamine knows no bounds.
            (Err(Refusal::OverLimits(_)), _) | (Err(_), None) => {}
            (Err(refusal), Some(_)) => told.push(format!("{}: {refusal:?}", path.display())),
            (Ok(_), None) => count += 1,
        }
    }
    (count, told)
}

#[test]
fn cells_are_those_that_calamine_reads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["tests", "samples"] {
        let (count, differences) = differences(&root.join(folder));
        assert_eq!(differences, Vec::<String>::new());
        assert!(count > 0, "{folder}");
    }
}
