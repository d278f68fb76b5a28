//! A random round for as many societies as are asked for, sound to the last cell, and what must come of it: worked
//! out here in whole numbers, without `score` or `rank`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use fastrand::Rng;
use rayon::prelude::*;
use xingping::form::{Column, Field, FormId};
use xingping::ground::{self, Ground};
use xingping::model::{CellRef, Keyed, LineId, Points, ReviewerId, SocietyId};
use xingping::report::forms::evaluation::{Blank, workbook};
use xingping::roster::{Reviewer, Roster, Society};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Paper;

/// Societies of a group.
const GROUP: usize = 5;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Round {
    pub societies: usize,
    /// Of each group; every one of them scores every society of it.
    pub reviewers: usize,
    pub formats: Vec<Format>,
    pub seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Xlsx,
    Csv,
    Ods,
}

/// What a society must come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    pub society: String,
    pub total: String,
    pub stars: usize,
    pub rank: usize,
    pub tied: bool,
}

impl Round {
    /// Writes `scheme/`, `forms/` and `expected.csv` into a folder that is not there yet.
    pub fn write(&self, folder: &Path) -> Vec<Expected> {
        assert!(!folder.exists(), "{} is there already", folder.display());
        let ground = self.ground(&folder.join("scheme"));
        for group in &ground.roster.groups {
            fs::create_dir_all(folder.join("forms").join(group.label())).expect("a folder");
        }
        let blank = Paper::blank(&ground, &ground.roster.societies[SocietyId::at(0)].name);
        let package = Package::of(&ground);
        let sums: Vec<i128> = (0..self.societies)
            .into_par_iter()
            .map(|society| {
                (0..self.reviewers)
                    .map(|reviewer| {
                        let (paper, sum) = self.form(&ground, &blank, society, reviewer);
                        self.save(
                            folder,
                            &ground,
                            (society, reviewer),
                            &blank,
                            &paper,
                            &package,
                        );
                        sum
                    })
                    .sum()
            })
            .collect();
        let expected = self.expected(&ground, &sums);
        let mut writer = csv::Writer::from_path(folder.join("expected.csv")).expect("a csv");
        for one in &expected {
            let record = [
                &one.society,
                &one.total,
                &one.stars.to_string(),
                &one.rank.to_string(),
                &one.tied.to_string(),
            ];
            writer.write_record(record).expect("a record");
        }
        writer.flush().expect("written");
        expected
    }

    /// Makes the year folder and loads it.
    fn ground(&self, folder: &Path) -> Ground {
        let built_in = ground::BUILT_IN.last().expect("a year");
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join("scheme.toml"), built_in.scheme).expect("written");
        let list = |name: &str, head: &[&str], rows: &mut dyn Iterator<Item = Vec<String>>| {
            let mut writer = csv::Writer::from_path(folder.join(name)).expect("a csv");
            writer.write_record(head).expect("a record");
            for row in rows {
                writer.write_record(row).expect("a record");
            }
            writer.flush().expect("written");
        };
        let lead = |group: usize| format!("中国{}联合会党委", numeral(group));
        list(
            "学会名单.csv",
            &["组号", "牵头联系单位", "学会名称"],
            &mut (0..self.societies).map(|society| {
                let group = society / GROUP;
                let name = format!("中国{}学会", numeral(society));
                vec![(group + 1).to_string(), lead(group), name]
            }),
        );
        let groups = self.societies.div_ceil(GROUP);
        list(
            "评价人名单.csv",
            &["姓名", "单位", "组号", "是否中共党员"],
            &mut (0..groups * self.reviewers).map(|person| {
                let group = person / self.reviewers;
                let name = format!("王{}", numeral(person));
                vec![name, lead(group), (group + 1).to_string(), "是".to_owned()]
            }),
        );
        Ground::load(Some(folder), &[]).expect("a sound year")
    }

    /// A filled form, and what it comes to in hundredths of a point.
    fn form(
        &self,
        ground: &Ground,
        blank: &Paper,
        society: usize,
        reviewer: usize,
    ) -> (Paper, i128) {
        let roster = &ground.roster;
        let listed = &roster.societies[SocietyId::at(society)];
        let person = self.person(roster, listed, reviewer);
        let number = (society * self.reviewers + reviewer) as u64;
        let mut rng = Rng::with_seed(self.seed.wrapping_add(number.wrapping_mul(0x9e37_79b9)));
        let mut paper = blank.clone();
        let id = |society| FormId::of(&ground.scheme, roster, society).to_string();
        let printed = id(SocietyId::at(0));
        let cell = blank.cells.iter().find(|(_, text)| **text == printed);
        paper.set(*cell.expect("an id").0, &id(SocietyId::at(society)));
        let stage = ground.scheme.stage().expect("a stage");
        let days = i32::abs(stage.from.until(stage.to).expect("days").get_days());
        let day = stage
            .from
            .checked_add(jiff::Span::new().days(rng.i32(0..=days)));
        for (field, text) in [
            (Field::Society, listed.name.as_str()),
            (Field::Group, &roster.groups[listed.group].label()),
            (Field::Lead, &roster.groups[listed.group].lead),
            (Field::Reviewer, &person.name),
            (Field::Unit, &person.unit),
            (Field::Member, "是"),
            (Field::Date, &day.expect("a day").to_string()),
            (Field::Mode, ["现场", "非现场"][rng.usize(0..2)]),
            (Field::Recusal, "无"),
        ] {
            paper.field(field, text);
        }
        let mut given: Keyed<LineId, Points> = Keyed::default();
        let lines = &ground.scheme.lines;
        for line in lines {
            // Most of what is given is the most: a society that takes part has prepared for it.
            let bonus = match rng.u8(0..4) {
                0 => rng.choice(&line.bonus.attainable).copied(),
                _ => line.bonus.attainable.last().copied(),
            };
            given.push(bonus.unwrap_or_default());
        }
        // What is presupposed, and not given, takes along what presupposes it.
        while let Some((loose, _)) = lines.entries().find(|(at, line)| {
            let mut needs = line.needs.iter();
            given[*at].is_positive() && needs.any(|needed| !given[*needed].is_positive())
        }) {
            given[loose] = Points::ZERO;
        }
        let mut sum = 0;
        for (line, bonus) in lines.iter().zip(given) {
            if line.bonus.is_open() {
                paper.bonus(&line.code, &bonus.to_string());
                sum += hundredths(bonus);
            }
            let is_free = line.deduction.is_open() && !(line.exclusive && bonus.is_positive());
            if is_free && rng.u8(0..8) == 0 {
                let deduction = rng.choice(&line.deduction.attainable).copied();
                let deduction = deduction.unwrap_or_default();
                paper.deduction(&line.code, &deduction.to_string());
                paper.remark(&line.code, "现场查阅材料，按标准扣分");
                sum -= hundredths(deduction);
            } else if rng.u8(0..3) == 0 {
                paper.remark(&line.code, "材料齐全");
            }
        }
        paper.calculate(ground);
        (paper, sum)
    }

    /// The nth reviewer of a society's group.
    fn person<'r>(&self, roster: &'r Roster, society: &Society, nth: usize) -> &'r Reviewer {
        &roster.reviewers[ReviewerId::at(society.group.place() * self.reviewers + nth)]
    }

    fn save(
        &self,
        folder: &Path,
        ground: &Ground,
        (society, reviewer): (usize, usize),
        blank: &Paper,
        paper: &Paper,
        package: &Package,
    ) {
        let roster = &ground.roster;
        let listed = &roster.societies[SocietyId::at(society)];
        let person = self.person(roster, listed, reviewer);
        let format = self.formats[(society * self.reviewers + reviewer) % self.formats.len()];
        let (ending, bytes) = match format {
            Format::Xlsx => ("xlsx", package.filled(blank, paper)),
            Format::Csv => ("csv", paper.csv(&[])),
            Format::Ods => ("ods", ods(paper)),
        };
        let name = format!("{}-{}.{ending}", listed.name, person.name);
        let group = roster.groups[listed.group].label();
        fs::write(folder.join("forms").join(group).join(name), bytes).expect("written");
    }

    /// The mean to two decimals, half up; the star by the thresholds; the place by counting who is better.
    fn expected(&self, ground: &Ground, sums: &[i128]) -> Vec<Expected> {
        let over = i128::try_from(self.reviewers).expect("a count");
        let totals: Vec<i128> = sums
            .iter()
            .map(|sum| ((2 * sum + over).div_euclid(2 * over)).max(0))
            .collect();
        let mut sorted = totals.clone();
        sorted.sort_unstable();
        let thresholds = &ground.scheme.stars.thresholds;
        totals
            .iter()
            .zip(&ground.roster.societies)
            .map(|(total, society)| {
                let not_better = sorted.partition_point(|other| other <= total);
                let worse = sorted.partition_point(|other| other < total);
                let reached = thresholds.iter().filter(|one| hundredths(**one) <= *total);
                Expected {
                    society: society.name.clone(),
                    total: format!("{}.{:02}", total / 100, total % 100),
                    stars: reached.count(),
                    rank: 1 + sorted.len() - not_better,
                    tied: not_better - worse > 1,
                }
            })
            .collect()
    }
}

/// Points as whole hundredths; the schemes of this tool know nothing finer.
fn hundredths(points: Points) -> i128 {
    let text = points.with_decimals(2);
    assert_eq!(text.parse(), Ok(points), "finer than a hundredth");
    text.replace('.', "").parse().expect("digits")
}

/// A number as a name: always of one length, so that no name lies within another.
fn numeral(number: usize) -> String {
    const DIGITS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digit = |place: u32| DIGITS[number / 10_usize.pow(place) % 10];
    (0..6).rev().map(digit).collect()
}

/// A blank form's package, cut once at its cells.
struct Package {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    tail: String,
}

/// A cell of the sheet's part, and what stands before it.
struct Piece {
    before: String,
    cell: CellRef,
    style: String,
    formula: String,
    written: String,
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

impl Package {
    fn of(ground: &Ground) -> Self {
        let blank = Blank {
            society: SocietyId::at(0),
            reviewer: None,
        };
        let bytes = workbook(ground, &[blank]).expect("a blank form");
        let mut sheet = String::new();
        let mut parts = ZipArchive::new(Cursor::new(&bytes)).expect("a package");
        let mut part = parts.by_name(SHEET).expect("a sheet");
        part.read_to_string(&mut sheet).expect("text");
        drop(part);
        let mut pieces = Vec::new();
        let mut rest = sheet.as_str();
        while let Some(start) = rest.find("<c r=\"") {
            let (before, from) = rest.split_at(start);
            let (head, body) = from.split_at(from.find('>').expect("a tag") + 1);
            let end = if head.ends_with("/>") {
                0
            } else {
                body.find("</c>").expect("an end") + "</c>".len()
            };
            let (body, after) = body.split_at(end);
            let quoted: Vec<&str> = head.split('"').collect();
            let style = quoted.iter().position(|word| *word == " s=");
            let formula = body
                .find("</f>")
                .map_or("", |end| &body[..end + "</f>".len()]);
            pieces.push(Piece {
                before: before.to_owned(),
                cell: super::cell_ref(quoted[1]),
                style: style.map_or(String::new(), |at| format!(" s=\"{}\"", quoted[at + 1])),
                formula: formula.to_owned(),
                written: format!("{head}{body}"),
            });
            rest = after;
        }
        Self {
            tail: rest.to_owned(),
            bytes,
            pieces,
        }
    }

    /// The package with what `paper` holds beyond `blank`.
    fn filled(&self, blank: &Paper, paper: &Paper) -> Vec<u8> {
        let mut sheet = String::with_capacity(1 << 17);
        for piece in &self.pieces {
            sheet.push_str(&piece.before);
            let text = paper.cells.get(&piece.cell);
            if text == blank.cells.get(&piece.cell) {
                sheet.push_str(&piece.written);
                continue;
            }
            let text = text.map_or("", String::as_str);
            let (cell, style) = (piece.cell, &piece.style);
            let is_points = paper.is_points(cell);
            // What the form's formula for the star gives is the bare number.
            let number = if Some(cell) == paper.preview {
                text.trim_end_matches('星')
            } else {
                text
            };
            let cell = if is_points || Some(cell) == paper.preview {
                format!(
                    "<c r=\"{cell}\"{style}>{}<v>{number}</v></c>",
                    piece.formula
                )
            } else {
                format!("<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t>{text}</t></is></c>")
            };
            sheet.push_str(&cell);
        }
        sheet.push_str(&self.tail);
        let mut parts = ZipArchive::new(Cursor::new(&self.bytes)).expect("a package");
        let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len())));
        for index in 0..parts.len() {
            let part = parts.by_index_raw(index).expect("a part");
            if part.name().expect("a name") == SHEET {
                copy.start_file(SHEET, deflated()).expect("a part");
                copy.write_all(sheet.as_bytes()).expect("written");
            } else {
                copy.raw_copy_file(part).expect("copied");
            }
        }
        copy.finish().expect("a package").into_inner()
    }
}

impl Paper {
    /// Whether a number stands in a cell of a filled form.
    fn is_points(&self, cell: CellRef) -> bool {
        let columns = [Column::Bonus, Column::Deduction, Column::Net];
        let is_in = |column: &Column| self.columns[column] == cell.column();
        cell == self.total
            || columns.iter().any(is_in) && self.lines.values().any(|row| *row == cell.row())
    }
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
}

/// The form as an OpenDocument table, the least that is one.
fn ods(paper: &Paper) -> Vec<u8> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for (cell, text) in &paper.cells {
        rows.entry(cell.row())
            .or_default()
            .insert(cell.column(), text);
    }
    let mut table = String::new();
    for row in 0..=rows.keys().max().copied().unwrap_or(0) {
        table.push_str("<table:table-row>");
        let cells = rows.remove(&row).unwrap_or_default();
        for column in 0..=cells.keys().max().copied().unwrap_or(0) {
            let text = cells.get(&column).copied().unwrap_or_default();
            let plain = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('\n', "</text:p><text:p>");
            let cell = if text.is_empty() {
                "<table:table-cell/>".to_owned()
            } else if paper.is_points(CellRef::new(row, column)) {
                format!(
                    "<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"
                )
            } else {
                format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{plain}</text:p></table:table-cell>"
                )
            };
            table.push_str(&cell);
        }
        table.push_str("</table:table-row>");
    }
    let spaces = ["office", "table", "text"]
        .map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces} office:version=\"1.3\"><office:body><office:spreadsheet><table:table table:name=\"评价表\">{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = deflated().compression_method(CompressionMethod::Stored);
    for (name, options, text) in [
        ("mimetype", stored, kind),
        ("META-INF/manifest.xml", deflated(), &manifest),
        ("content.xml", deflated(), &content),
    ] {
        package.start_file(name, options).expect("a part");
        package.write_all(text.as_bytes()).expect("written");
    }
    package.finish().expect("a package").into_inner()
}
