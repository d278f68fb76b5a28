//! Traps in .xls: the compound file around it, and the records in it.

use crate::make::{Trap, biff, compound, number, patched, sector, trap};

pub fn all() -> Vec<Trap> {
    [files(), records(), formulas()]
        .into_iter()
        .flatten()
        .collect()
}

const BOF: (u16, &[u8]) = (0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]);
const BOF_SHEET: (u16, &[u8]) = (0x0809, &[0, 6, 16, 0, 0, 0, 0, 0]);
const EOF: (u16, &[u8]) = (0x000a, &[]);

/// A stream of one sheet with these records; `others` stand in the part for the whole workbook.
fn stream(others: &[(u16, &[u8])], sheet: &[(u16, &[u8])]) -> Vec<u8> {
    let globals = |at: u32| {
        let name = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat();
        biff(&[&[BOF], others, &[(0x0085, &name), EOF]].concat())
    };
    let at = u32::try_from(globals(0).len()).expect("short");
    let sheet = biff(&[&[BOF_SHEET], sheet, &[EOF]].concat());
    [globals(at), sheet].concat()
}

fn book(others: &[(u16, &[u8])], sheet: &[(u16, &[u8])]) -> Vec<u8> {
    compound("/Workbook", &stream(others, sheet))
}

fn files() -> Vec<Trap> {
    let cell: (u16, &[u8]) = (0x0203, &[0; 14]);
    let small = book(&[], &[cell]);
    // So long that it lies in sectors of its own.
    let long = book(&[], &vec![cell; 1_000]);
    let fat = sector(number(&long, 76));
    let directory = number(&long, 48);
    let entry = |index: usize| sector(directory) + 128 * index;
    let chained = |file: &[u8], from: u32, to: u32| {
        let at = sector(number(file, 76)) + 4 * usize::try_from(from).expect("small");
        patched(file.to_vec(), at, to)
    };
    let start = number(&long, entry(1) + 116);
    let mini = number(&small, 60);
    vec![
        trap("directory-loop.xls", chained(&long, directory, directory)),
        trap("stream-loop.xls", chained(&long, start, start)),
        trap("stream-nowhere.xls", chained(&long, start, 0x00ff_ffff)),
        trap("mini-loop.xls", patched(small.clone(), sector(mini), 0)),
        trap("mini-table-loop.xls", chained(&small, mini, mini)),
        trap(
            "table-loop.xls",
            patched(patched(long.clone(), 68, 0), 72, u32::MAX),
        ),
        trap("table-count.xls", patched(long.clone(), 44, u32::MAX)),
        trap(
            "table-is-itself.xls",
            patched(long.clone(), fat, number(&long, 76)),
        ),
        trap(
            "entry-its-own-child.xls",
            patched(long.clone(), entry(0) + 76, 0),
        ),
        trap(
            "entry-its-own-sibling.xls",
            patched(patched(long.clone(), entry(1) + 68, 1), entry(1) + 72, 1),
        ),
        trap(
            "stream-length.xls",
            patched(long.clone(), entry(1) + 120, u32::MAX),
        ),
        trap("sector-size.xls", patched(long.clone(), 30, 0xffff_ffff)),
        trap("sector-size-0.xls", patched(long.clone(), 30, 0)),
        trap("head-only.xls", &long[..512]),
        trap("cut.xls", &long[..long.len() / 2]),
        trap("all-ones.xls", [&long[..8], &[0xff; 8192]].concat()),
        trap("all-zeros.xls", [&long[..8], &[0; 8192]].concat()),
    ]
}

fn records() -> Vec<Trap> {
    let far = |row: u16, column: u16| {
        let place = [row.to_le_bytes(), column.to_le_bytes()].concat();
        [place, vec![0; 10]].concat()
    };
    let ends: &[u8] = &[0xff; 14];
    let sheet_at = |at: u32| {
        let name = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat();
        compound("/Workbook", &biff(&[BOF, (0x0085, &name), EOF]))
    };
    let names: Vec<(u16, &[u8])> = vec![(0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, b'a']); 300];
    let strings = |count: u32, rest: &[u8]| {
        [&[count.to_le_bytes(), count.to_le_bytes()].concat(), rest].concat()
    };
    let long = strings(1, &[&[0xff_u8, 0xff, 0][..], &[b'a'; 4000]].concat());
    let rich = strings(1, &[1, 0, 0x0d, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, b'a']);
    let many = strings(u32::MAX, &[1, 0, 0, b'a']);
    let continued: Vec<(u16, &[u8])> = std::iter::once((0x00fc_u16, long.as_slice()))
        .chain(vec![(0x003c_u16, [1_u8; 100].as_slice()); 2_000])
        .collect();
    let deep: Vec<(u16, &[u8])> = vec![BOF_SHEET; 20_000];
    vec![
        trap(
            "corners.xls",
            book(&[], &[(0x0203, &far(0, 0)), (0x0203, &far(u16::MAX, 255))]),
        ),
        trap(
            "corners-wide.xls",
            book(
                &[],
                &[(0x0203, &far(0, 0)), (0x0203, &far(u16::MAX, u16::MAX))],
            ),
        ),
        trap(
            "dimensions.xls",
            book(&[], &[(0x0200, ends), (0x0203, &far(0, 0))]),
        ),
        trap("sheet-beyond-the-end.xls", sheet_at(u32::MAX)),
        trap("sheet-is-the-workbook.xls", sheet_at(0)),
        trap("sheet-in-a-record.xls", sheet_at(5)),
        trap(
            "sheets-on-one-place.xls",
            compound("/Workbook", &biff(&[&[BOF][..], &names, &[EOF]].concat())),
        ),
        trap(
            "short-records.xls",
            book(
                &[
                    (0x0042, &[]),
                    (0x0085, &[]),
                    (0x00e0, &[]),
                    (0x041e, &[1]),
                    (0x0018, &[0]),
                    (0x0017, &[9]),
                    (0x00fc, &[1]),
                ],
                &[
                    (0x0203, &[]),
                    (0x0006, &[0]),
                    (0x00bd, &[1]),
                    (0x00e5, &[9, 9]),
                    (0x0204, &[1]),
                ],
            ),
        ),
        trap(
            "length-of-a-record.xls",
            compound(
                "/Workbook",
                &[biff(&[BOF]), vec![0x03, 0x02, 0xff, 0xff, 0]].concat(),
            ),
        ),
        trap("no-end.xls", compound("/Workbook", &biff(&[BOF]))),
        trap(
            "strings-stated.xls",
            book(
                &[(0x00fc, &many)],
                &[(0x00fd, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f])],
            ),
        ),
        trap(
            "strings-rich.xls",
            book(&[(0x00fc, &rich)], &[(0x00fd, &[0; 10])]),
        ),
        trap(
            "strings-continued.xls",
            book(&continued, &[(0x00fd, &[0; 10])]),
        ),
        trap(
            "merged.xls",
            book(
                &[],
                &[
                    (0x0203, &far(0, 0)),
                    (0x00e5, &[&[0xff_u8, 0xff][..], &[0xff; 64]].concat()),
                ],
            ),
        ),
        trap(
            "multiple-numbers.xls",
            book(
                &[],
                &[
                    (0x00bd, &[0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]),
                    (0x00bd, &[0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
                ],
            ),
        ),
        trap("deep.xls", book(&[], &deep)),
        trap("locked.xls", book(&[(0x002f, &[0; 54])], &[])),
        trap("old.xls", biff(&[(0x0409, &[0; 6]), EOF])),
        trap(
            "bare.xls",
            stream(&[], &[(0x0203, &far(u16::MAX, 200)), (0x0203, &far(0, 0))]),
        ),
        trap(
            "code-page.xls",
            book(
                &[(0x0042, &[0xff, 0xff])],
                &[(0x0204, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 0, 0xd8])],
            ),
        ),
    ]
}

/// Formulas are parsed while the workbook is opened.
fn formulas() -> Vec<Trap> {
    let cell = |tokens: &[u8]| {
        let length = u16::try_from(tokens.len()).expect("short");
        let formula = [&[0_u8; 20][..], &length.to_le_bytes(), tokens].concat();
        book(&[], &[(0x0006, &formula)])
    };
    let name = |tokens: &[u8]| {
        let length = u16::try_from(tokens.len()).expect("short").to_le_bytes();
        let name = [&[0, 0, 0, 1][..], &length, &[0; 8], &[0, b'a'], tokens].concat();
        book(&[(0x0018, &name), (0x0017, &[0xff; 8])], &[])
    };
    // Each repeats what was before it: the text doubles.
    let doubled = [&[0x17, 200, 0][..], &[b'a'; 200], &[0x15; 2_000]].concat();
    vec![
        trap(
            "formula-parentheses.xls",
            cell(&[&[0x1e, 1, 0][..], &[0x15; 8_000]].concat()),
        ),
        trap("formula-operators.xls", cell(&[0x03; 8_000])),
        trap(
            "formula-names.xls",
            cell(&[0x23, 0xff, 0xff, 0xff, 0xff].repeat(1_000)),
        ),
        trap("formula-function.xls", cell(&[0x22, 0xff, 0xff, 0x7f])),
        trap(
            "formula-functions.xls",
            cell(&[0x42, 0, 4, 0].repeat(1_500)),
        ),
        trap("formula-attributes.xls", cell(&[0x19, 0x04, 0xff, 0xff])),
        trap("formula-text.xls", cell(&doubled)),
        trap("formula-cut.xls", cell(&[0x17, 0xff])),
        trap("formula-sheet.xls", cell(&[0x3a, 0xff, 0xff, 0, 0, 0, 0])),
        trap("formula-unknown.xls", cell(&[0xff; 100])),
        trap(
            "name-sheet.xls",
            name(&[0x3b, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]),
        ),
        trap("name-nothing.xls", name(&[])),
    ]
}
