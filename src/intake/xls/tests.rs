use super::sheets;
use crate::intake::sheet::tests::shown;
use crate::intake::{Refusal, Sheet, Value, limits};
use crate::model::CellRef;

/// A stream made of these records.
fn stream(records: &[(u16, &[u8])]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, data) in records {
        let length = u16::try_from(data.len()).expect("short");
        stream.extend(kind.to_le_bytes());
        stream.extend(length.to_le_bytes());
        stream.extend(*data);
    }
    stream
}

/// A workbook of one sheet: what stands before the sheet besides its name, and what stands on it.
fn book(version: u8, before: &[(u16, &[u8])], cells: &[(u16, &[u8])]) -> Vec<u8> {
    let name: &[u8] = match version {
        5 => &[2, 0xb1, 0xed],
        _ => &[1, 1, 0x68, 0x88],
    };
    let globals = |at: u32| {
        let named = [&at.to_le_bytes()[..], &[0, 0], name].concat();
        let begin = [0, version, 5, 0, 0, 0, 0, 0];
        let mut records = vec![(0x0809, begin.as_slice())];
        records.extend(before);
        records.push((0x0085, &named));
        records.push((0x000a, &[]));
        stream(&records)
    };
    let at = u32::try_from(globals(0).len()).expect("short");
    let begin = [0, version, 16, 0, 0, 0, 0, 0];
    let mut records = vec![(0x0809, begin.as_slice())];
    records.extend(cells);
    records.push((0x000a, &[]));
    [globals(at), stream(&records)].concat()
}

fn first(stream: &[u8]) -> Sheet {
    sheets(stream).expect("readable").remove(0)
}

/// What stands at a place: row, column and style before it.
fn at(row: u16, column: u16, style: u16, content: &[u8]) -> Vec<u8> {
    let place = [row, column, style].map(u16::to_le_bytes).concat();
    [&place, content].concat()
}

#[test]
fn old_workbooks_are_read_in_their_own_letters() {
    let number = at(2, 1, 0, &25.5_f64.to_le_bytes());
    let merged = [1_u16, 1, 1, 1, 3].map(u16::to_le_bytes).concat();
    let wide = at(1, 1, 0, &[2, 0, 1, 0x66, 0x5b, 0x1a, 0x4f]);
    let sheet = first(&book(
        6,
        &[(0x0042, &936_u16.to_le_bytes())],
        &[
            (0x0200, &[255; 14]),
            (0x0204, &wide),
            (0x0203, &number),
            (0x00e5, &merged),
        ],
    ));
    assert_eq!(sheet.name, "\u{8868}");
    assert_eq!(shown(&sheet), ["B2=学会", "B3=25.5"]);
    assert_eq!(sheet.end_of(CellRef::new(1, 1)), CellRef::new(1, 3));
    let narrow = at(1, 1, 0, b"\x04\x00\xd1\xa7\xbb\xe1");
    for page in [936_u16, 0] {
        let before: [(u16, &[u8]); 1] = [(0x0042, &page.to_le_bytes())];
        let sheet = first(&book(5, &before, &[(0x0204, &narrow)]));
        assert_eq!(sheet.name, "\u{8868}");
        assert_eq!(shown(&sheet), ["B2=学会"]);
    }
}

#[test]
fn what_is_seen_is_told_beside_what_is_stored() {
    // Font 0 is plain, font 1 struck out, font 2 white.
    let font = |flags: u8, colour: u8| [220, 0, flags, 0, colour, 0, 0, 0];
    let style = |font: u8, format: u8| {
        let mut style = [0; 20];
        (style[0], style[2]) = (font, format);
        style
    };
    let texts = [
        &[2, 0, 0, 0, 2, 0, 0, 0][..],
        // 19, its first letter in font 1, its second in font 0.
        &[2, 0, 0x08, 2, 0, b'1', b'9', 0, 0, 1, 0, 1, 0, 0, 0],
        // A text whose letters go on in the next record, there in two bytes each.
        &[3, 0, 0, b'a'],
    ]
    .concat();
    let before: &[(u16, &[u8])] = &[
        (0x0031, &font(0, 8)),
        (0x0031, &font(0x08, 8)),
        (0x0031, &font(0, 9)),
        (0x041e, &[164, 0, 2, 0, 0, b'0', b'%']),
        (0x00e0, &style(0, 0)),
        (0x00e0, &style(0, 164)),
        (0x00e0, &style(1, 0)),
        (0x00e0, &style(2, 0)),
        (0x00fc, &texts),
        (0x003c, &[1, 0x66, 0x5b, 0x1a, 0x4f]),
    ];
    let number = |style, number: f64| at(0, style, style, &number.to_le_bytes());
    let (plain, percent) = (number(0, 0.4), number(1, 0.4));
    // 20 as a whole number of 30 bits.
    let (struck, white) = (at(0, 2, 2, &[82, 0, 0, 0]), number(3, 5.0));
    let (part, split) = (at(1, 0, 0, &[0; 4]), at(1, 1, 0, &[1, 0, 0, 0]));
    let sheet = first(&book(
        6,
        before,
        &[
            (0x0203, &plain),
            (0x0203, &percent),
            (0x027e, &struck),
            (0x0203, &white),
            (0x00fd, &part),
            (0x00fd, &split),
        ],
    ));
    let cells = ["A1=0.4", "B1=0.4", "C1=20", "D1=5", "A2=19", "B2=a学会"];
    assert_eq!(shown(&sheet), cells);
    let look = |row, column| sheet.look(CellRef::new(row, column));
    assert_eq!(look(0, 0), None);
    assert_eq!(
        look(0, 1).and_then(|look| look.seen.as_deref()),
        Some("40%")
    );
    assert_eq!(look(0, 2).map(|look| look.struck.as_str()), Some("20"));
    assert!(look(0, 3).is_some_and(|look| look.unseen));
    assert_eq!(look(1, 0).map(|look| look.struck.as_str()), Some("1"));
}

#[test]
fn formulas_that_nobody_calculated_have_no_result() {
    let formula = |row: u16, result: [u8; 8]| at(row, 0, 0, &[&result[..], &[0; 8]].concat());
    let of = |number: f64| formula(0, number.to_le_bytes());
    let text = |row| formula(row, [0, 0, 0, 0, 0, 0, 255, 255]);
    let nothing = formula(2, [3, 0, 0, 0, 0, 0, 255, 255]);
    let value = |cells: &[(u16, &[u8])]| {
        let sheet = first(&book(6, &[], cells));
        let cell = CellRef::new(0, 0);
        let uncalculated = sheet.look(cell).is_some_and(|look| look.uncalculated);
        (sheet.get(cell).cloned(), uncalculated)
    };
    let (naught, some) = (of(0.0), of(5.0));
    // All come to nothing: nobody fills in such a sheet.
    let zero = Some(Value::Number(0.into()));
    assert_eq!(value(&[(6, &naught)]), (zero.clone(), true));
    // Another one has a result, so that 0 is one as well.
    let other = formula(1, 7.0_f64.to_le_bytes());
    let both: [(u16, &[u8]); 2] = [(6, &naught), (6, &other)];
    assert_eq!(value(&both), (zero.clone(), false));
    // Unless the file says that they are out of date.
    let stale: [(u16, &[u8]); 3] = [(0x005e, &[0, 0]), (6, &naught), (6, &other)];
    assert_eq!(value(&stale), (zero, true));
    // A text that never comes is no result; one that comes is.
    let lost: [(u16, &[u8]); 2] = [(6, &text(0)), (6, &other)];
    assert_eq!(value(&lost).0, Some(Value::NoCachedValue));
    let found: [(u16, &[u8]); 2] = [(6, &text(0)), (0x0207, &[1, 0, 0, b'a'])];
    assert_eq!(value(&found).0, Some(Value::Text("a".to_owned())));
    assert_eq!(
        value(&[(6, &some), (6, &nothing)]).0,
        Some(Value::Number(5.into()))
    );
}

#[test]
fn limits_hold_the_cells_and_not_the_rectangle() {
    let far = at(65_535, 255, 0, &1.0_f64.to_le_bytes());
    let near = at(0, 0, 0, &1.0_f64.to_le_bytes());
    let sheet = first(&book(6, &[], &[(0x0203, &near), (0x0203, &far)]));
    assert_eq!(shown(&sheet), ["A1=1", "IV65536=1"]);
    let numbers = [at(0, 0, 0, &[0; 4]), [0; 6].repeat(255), vec![255, 0]].concat();
    let row: (u16, &[u8]) = (0x00bd, &numbers);
    let read = sheets(&book(6, &[], &vec![row; 2_000]));
    assert_eq!(read.err(), limits::CELLS.hold(512_000).err());
}

#[test]
fn what_is_no_such_workbook_is_refused_and_nothing_panics() {
    for bad in [
        stream(&[(0x0409, &[0, 0])]),
        stream(&[(0x000a, &[])]),
        vec![],
    ] {
        assert!(matches!(sheets(&bad), Err(Refusal::Unreadable(_))));
    }
    let texts = [
        &[1, 0, 0, 0, 1, 0, 0, 0][..],
        &[1, 0, 0x0c, 1, 0, 1, 0, 0, 0, b'a'],
    ]
    .concat();
    let cells = at(0, 0, 0, &[0; 16]);
    let all: Vec<(u16, &[u8])> = [
        0x06, 0xbd, 0xd6, 0xfd, 0x0203, 0x0204, 0x0205, 0x0207, 0x027e,
    ]
    .map(|kind| (kind, cells.as_slice()))
    .to_vec();
    let whole = book(6, &[(0x00fc, &texts), (0x00e0, &[0; 3])], &all);
    for length in 0..whole.len() {
        let _ = sheets(&whole[..length]);
        let mut other = whole.clone();
        other[length] ^= 0xff;
        let _ = sheets(&other);
    }
}
