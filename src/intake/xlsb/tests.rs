use super::{Book, Styles, cells, rich, styles};
use crate::intake::limits::Tally;
use crate::intake::sheet::tests::shown;
use crate::intake::xlsb::records::Fields;
use crate::intake::{Refusal, Sheet, Value};
use crate::model::CellRef;

/// A part made of these records.
fn part(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut part = Vec::new();
    for (kind, data) in records {
        match kind {
            0..=0x7f => part.push(u8::try_from(*kind).expect("short")),
            _ => part.extend([
                u8::try_from(kind & 0x7f | 0x80).expect("short"),
                u8::try_from(kind >> 7).expect("short"),
            ]),
        }
        part.push(u8::try_from(data.len()).expect("short"));
        part.extend(*data);
    }
    part
}

/// What stands in a column: its number and its style before it.
fn at(column: u8, style: u8, content: &[u8]) -> Vec<u8> {
    [&[column, 0, 0, 0, style, 0, 0, 0][..], content].concat()
}

fn styled() -> Styles {
    let font = |flags: u8, kind: u8, number: u8| {
        let mut font = vec![0; 20];
        (font[2], font[12], font[13]) = (flags, kind << 1, number);
        font
    };
    let style = |format: u8, font: u8| {
        let mut style = vec![0; 16];
        (style[2], style[4]) = (format, font);
        style
    };
    let (plain, struck, white) = (font(0, 1, 64), font(8, 1, 64), font(0, 3, 0));
    let fill = [0; 20];
    let code = [164, 0, 2, 0, 0, 0, b'0', 0, b'%', 0];
    let [zero, percent, lined, hidden] = [style(0, 0), style(164, 0), style(0, 1), style(0, 2)];
    styles::read(&part(&[
        (0x2c, &code),
        (0x2b, &plain),
        (0x2b, &struck),
        (0x2b, &white),
        (0x2d, &fill),
        // A style of styles, which no cell names.
        (0x2f, &percent),
        (0x0269, &[]),
        (0x2f, &zero),
        (0x2f, &percent),
        (0x2f, &lined),
        (0x2f, &hidden),
        (0x026a, &[]),
    ]))
}

fn read(cells: &[(u16, &[u8])]) -> Result<Sheet, Refusal> {
    let book = Book {
        styles: styled(),
        ..Book::default()
    };
    let mut sheet = Sheet::new("a");
    cells::read(&book, &part(cells), &mut Tally::default(), &mut sheet)?;
    Ok(sheet)
}

#[test]
fn what_is_seen_is_told_beside_what_is_stored() {
    let number = |column, number: f64| at(column, column, &number.to_le_bytes());
    let row = [[6, 0, 0, 0].as_slice(), &[0; 7], &[0x10], &[0; 4]].concat();
    let error = at(5, 0, &[7]);
    let merged = [1_u32, 2, 3, 4].map(u32::to_le_bytes).concat();
    let sheet = read(&[
        (0, &row),
        (5, &number(0, 0.4)),
        (5, &number(1, 0.4)),
        (2, &at(2, 2, &[82, 0, 0, 0])),
        (5, &number(3, 5.0)),
        (0x0b, &error),
        (0x92, &[]),
        (0xb0, &merged),
        (0x82, &[]),
    ])
    .expect("readable");
    let cells = ["A7=0.4", "B7=0.4", "C7=20", "D7=5", "F7=#DIV/0!"];
    assert_eq!(shown(&sheet), cells);
    let look = |column| sheet.look(CellRef::new(6, column));
    assert_eq!(look(0), None);
    assert_eq!(look(1).and_then(|look| look.seen.as_deref()), Some("40%"));
    assert_eq!(look(2).map(|look| look.struck.as_str()), Some("20"));
    assert!(look(3).is_some_and(|look| look.unseen));
    assert!(sheet.hidden.hides(CellRef::new(6, 0)));
    assert_eq!(sheet.end_of(CellRef::new(1, 3)), CellRef::new(2, 4));
}

#[test]
fn formulas_that_nobody_calculated_have_no_result() {
    let formula = |column, number: f64| at(column, 0, &number.to_le_bytes());
    let uncalculated = |cells: &[(u16, &[u8])]| {
        let sheet = read(cells).expect("readable");
        assert_eq!(
            sheet.get(CellRef::new(0, 0)),
            Some(&Value::Number(0.into()))
        );
        let look = sheet.look(CellRef::new(0, 0));
        look.is_some_and(|look| look.uncalculated)
    };
    let (naught, some) = (formula(0, 0.0), formula(1, 5.0));
    assert!(uncalculated(&[(9, &naught), (0x82, &[])]));
    assert!(!uncalculated(&[(9, &naught), (9, &some), (0x82, &[])]));
}

#[test]
fn parts_of_a_text_keep_their_looks() {
    // 19, its first letter in font 1, its second in font 0.
    let text = [
        1, 2, 0, 0, 0, b'1', 0, b'9', 0, 2, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0,
    ];
    let rich = rich(&mut Fields::of(&text), &styled()).expect("a text");
    assert_eq!(rich.text, "19");
    let struck: Vec<bool> = rich
        .runs
        .iter()
        .map(|run| run.font.is_some_and(|font| font.struck))
        .collect();
    assert_eq!(struck, [true, false]);
}

#[test]
fn what_is_cut_off_is_refused_and_nothing_panics() {
    let whole: &[(u16, &[u8])] = &[(0, &[0; 16]), (7, &[0; 12]), (0x82, &[])];
    assert!(read(whole).is_err());
    let number = at(0, 0, &[0; 8]);
    let sound = part(&[(0, &[0; 16]), (5, &number), (0x82, &[])]);
    for length in 0..sound.len() {
        let mut sheet = Sheet::new("a");
        let cut = &sound[..length];
        assert!(cells::read(&Book::default(), cut, &mut Tally::default(), &mut sheet).is_err());
        let _ = styles::read(cut);
    }
}
