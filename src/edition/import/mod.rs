//! 指标体系.xlsx read back: what people changed in Excel becomes a scheme again, exactly or not at all.
//!
//! The sheet holds the lines; everything else stays as the scheme says on which the sheet is based, and so does every line
//! whose cells were left alone. A scheme that the sheet cannot hold is refused before anything is read, and a cell that does
//! not come out as it stands is told.

mod lines;
mod rows;
mod rule;
mod write;

use crate::error::Error;
use crate::ground::Ground;
use crate::intake::{self, Content, Sheet, Source};
use crate::model::Points;
use crate::report::forms::lists::{self, said};
use crate::roster::list::{Faults, List};
use crate::scheme::{self, Scheme};
use rows::{Sheeted, sheeted};

/// Headings of the sheet that are read; what can be given is worked out from the criteria.
mod column {
    pub const CODE: &str = "编号";
    pub const DIMENSION: &str = "一级指标";
    pub const TITLE: &str = "二级指标";
    pub const WORDING: &str = "评价要求";
    pub const CRITERIA: &str = "评分要点与分值";
    pub const BONUS: &str = "加分上限";
    pub const DEDUCTION: &str = "减分上限";
    pub const CONDITIONS: &str = "前提与互斥";
    pub const ALL: [&str; 8] = [
        CODE, DIMENSION, TITLE, WORDING, CRITERIA, BONUS, DEDUCTION, CONDITIONS,
    ];
}

/// Reads the sheet; the text of a scheme, and what it reads as.
///
/// # Errors
/// Every cell that does not come out as it stands.
pub fn read(base: &Ground, sheets: &[Sheet]) -> Result<(String, Scheme), Faults> {
    let before = itself(&base.scheme)?;
    let mut faults = Faults::new();
    rules(&base.scheme, sheets, &mut faults);
    items(base, sheets, &mut faults);
    let Some(list) = find(&base.scheme, sheets, &mut faults) else {
        return Err(faults);
    };
    let after = sheeted(&base.scheme, &list, &mut faults);
    let written = write::text(base, &list, (&before, &after), &mut faults);
    let Some(text) = written.filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    let scheme = scheme::read(&text).map_err(|faults| {
        let faults = faults.into_iter();
        faults.map(|fault| fault.message).collect::<Faults>()
    })?;
    // What societies fill in is kept as it is, and must tell about the criteria as they are now.
    if let Some((_, own)) = &base.own
        && let Err(faults) = scheme::assess::read(own, &scheme)
    {
        let first = faults.first().map_or("", |fault| fault.message.as_str());
        let message = format!(
            "改后的评分要点与自评事项（self.toml）对不上：{first}。请不用表格，把所据的 scheme.toml 和 self.toml 一起直接改"
        );
        return Err(std::iter::once(message).collect());
    }
    // Whatever was misread would not be shown as it stands.
    let shown = itself(&scheme)?;
    told_otherwise(&list, (&before, &after, &shown), &mut faults);
    if faults.is_empty() {
        Ok((text, scheme))
    } else {
        Err(faults)
    }
}

/// Whether a scheme goes through Excel and back as it is.
///
/// # Errors
/// It does not: its sheet cannot hold it.
pub fn hold(base: &Ground) -> Result<(), Error> {
    let sheets = read_back(&lists::scheme_table(base)?);
    match read(base, &sheets) {
        Ok((_, scheme)) if scheme.fingerprint() == base.scheme.fingerprint() => Ok(()),
        Ok(_) => Err(lacking(base, "读回来与原来不一样")),
        Err(faults) => Err(lacking(base, &faults.join("；"))),
    }
}

/// A workbook of ours as it is read; nothing where it is not.
fn read_back(bytes: &[u8]) -> Vec<Sheet> {
    let source = Source {
        named: true,
        ..Source::default()
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => sheets,
        _ => Vec::new(),
    }
}

/// What the own sheet of a scheme says: every line of it, each once.
fn itself(scheme: &Scheme) -> Result<Sheeted, Faults> {
    let mut faults = Faults::new();
    let sheets = lists::line_table(scheme).map_or(Vec::new(), |bytes| read_back(&bytes));
    let list = find(scheme, &sheets, &mut faults);
    let said = list.map(|list| sheeted(scheme, &list, &mut faults));
    let said = said.filter(|said| said.lines.len() == scheme.lines.len());
    match said {
        Some(said) if faults.is_empty() => Ok(said),
        _ => {
            faults.insert(0, "方案里的评分行在表格里认不全".to_owned());
            Err(faults)
        }
    }
}

/// The table of lines. What depends on what has a column only where something does.
fn find<'s>(scheme: &Scheme, sheets: &'s [Sheet], faults: &mut Faults) -> Option<List<'s>> {
    let mut lines = scheme.lines.iter();
    let depends = lines.any(|line| !said::conditions(scheme, line).is_empty());
    let required = column::ALL.len() - usize::from(!depends);
    List::find(sheets, &column::ALL, required, faults)
}

/// Tells every cell that the scheme which was read would show otherwise. What follows from another cell, and was left as it
/// was, is no fault.
fn told_otherwise(
    list: &List<'_>,
    (before, after, shown): (&Sheeted, &Sheeted, &Sheeted),
    faults: &mut Faults,
) {
    let mut differs = |row: u32, heading: &'static str, is: &str, would_be: &str| {
        if squeezed(is) != squeezed(would_be) {
            let message = format!(
                "这样写会读成“{}”，请照原来的样式写",
                would_be.replace('\n', "；")
            );
            list.fault(faults, row, heading, &message);
        }
    };
    let titled = |(id, title): &(String, String)| format!("{id}.{title}");
    for (at, (one, row)) in after.lines.iter().zip(&after.rows.lines).enumerate() {
        let Some(other) = shown.lines.get(at) else {
            differs(*row, column::CODE, &one.code, "");
            continue;
        };
        let old = before.lines.iter().find(|old| old.key() == one.key());
        let is_left = old.is_some_and(|old| old.criteria == one.criteria);
        for (heading, is, would_be) in [
            (column::CODE, &one.code, &other.code),
            (column::TITLE, &one.title, &other.title),
            (column::CONDITIONS, &one.conditions, &other.conditions),
        ] {
            differs(*row, heading, is, would_be);
        }
        // Where nothing is worded officially, what the criteria are called is shown.
        let is_worded = !one.wording.is_empty() && old.is_none_or(|old| old.wording != one.wording);
        if is_worded {
            differs(*row, column::WORDING, &one.wording, &other.wording);
        }
        if !is_left {
            differs(*row, column::CRITERIA, &one.criteria, &other.criteria);
        }
        let (is, would_be) = (titled(&one.dimension), titled(&other.dimension));
        differs(*row, column::DIMENSION, &is, &would_be);
        let points = |one: &rows::LineRow| [one.bonus.to_string(), one.deduction.to_string()];
        let heads = [column::BONUS, column::DEDUCTION].into_iter();
        for (heading, (is, would_be)) in heads.zip(points(one).into_iter().zip(points(other))) {
            differs(*row, heading, &is, &would_be);
        }
    }
    // What a line shows is read from it; what a sum shows comes of the lines.
    let mut sums_up = |row: u32, sheeted: (Points, Points), come_to: (Points, Points)| {
        for (heading, is, would_be) in [
            (column::BONUS, sheeted.0, come_to.0),
            (column::DEDUCTION, sheeted.1, come_to.1),
        ] {
            if is != would_be {
                let message = format!("{heading}填{is}，按各行算出来是{would_be}，请核对后改好");
                list.fault(faults, row, heading, &message);
            }
        }
    };
    for (at, (one, row)) in after.parts.iter().zip(&after.rows.parts).enumerate() {
        let come_to = shown.parts.get(at);
        let come_to = come_to.map_or_else(Default::default, |part| (part.bonus, part.deduction));
        sums_up(*row, (one.bonus, one.deduction), come_to);
    }
    if let (Some(one), Some(other)) = (after.full, shown.full) {
        sums_up(after.rows.full, one, other);
    }
    for (at, (one, row)) in after.parts.iter().zip(&after.rows.parts).enumerate() {
        let name = |one: &rows::PartRow| (one.id.clone(), one.title.clone(), one.percent);
        if shown.parts.get(at).map(name) != Some(name(one)) {
            list.fault(
                faults,
                *row,
                column::CODE,
                "部分没有照这样读成，请照原来的样式写",
            );
        }
    }
}

fn lacking(base: &Ground, why: &str) -> Error {
    Error::Usage(format!(
        "方案 {} 有 Excel 表装不下的内容（{why}），不能从表格导入，请直接改 scheme.toml。",
        base.scheme.id
    ))
}

/// Without what Excel and people do to blanks and line ends.
fn squeezed(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What stands on 规则 is changed in the scheme's own file.
fn rules(scheme: &Scheme, sheets: &[Sheet], faults: &mut Faults) {
    /// What follows from the lines, or is said anew for each scheme.
    const FOLLOWS: [&str; 3] = ["结构", "满分", said::FINGERPRINTS];
    let Some(list) = List::find(sheets, &["项目", "内容"], 2, &mut Faults::new()) else {
        return;
    };
    let known = said::rules(scheme);
    let mut own = Faults::new();
    for row in list.rows() {
        let (what, text) = (list.text(row, "项目"), list.text(row, "内容"));
        let is_known = known
            .iter()
            .any(|(name, said)| *name == what && squeezed(said) == squeezed(&text));
        if !is_known && !FOLLOWS.contains(&what.as_str()) {
            let message = "与所据的方案不同；规则不在表格里改，请改 scheme.toml";
            list.fault(&mut own, row, "内容", message);
        }
    }
    faults.extend(own.into_iter().map(|fault| list.placed(&fault)));
}

/// What stands on 自评事项 is changed in its own file.
fn items(base: &Ground, sheets: &[Sheet], faults: &mut Faults) {
    let Some((own, _)) = &base.own else {
        return;
    };
    let known = said::items(&base.scheme, own);
    let headings: Vec<&str> = known
        .first()
        .map_or(Vec::new(), |item| item.texts().map(|(head, _)| head).into());
    let found = List::find(sheets, &headings, headings.len(), &mut Faults::new());
    let Some(list) = found else { return };
    let mut told = Faults::new();
    let rows: Vec<u32> = list.rows().collect();
    for (at, row) in rows.iter().enumerate() {
        let is_same = known.get(at).is_some_and(|item| {
            let mut texts = item.texts().into_iter();
            texts.all(|(head, said)| squeezed(said) == squeezed(&list.text(*row, head)))
        });
        if !is_same {
            let message = "与所据的方案不同；自评事项不在表格里改，请改 self.toml";
            list.fault(&mut told, *row, "填报事项", message);
            break;
        }
    }
    if told.is_empty() && rows.len() != known.len() {
        told.push("自评事项少了几行；自评事项不在表格里改，请改 self.toml".to_owned());
    }
    faults.extend(told.into_iter().map(|fault| list.placed(&fault)));
}

#[cfg(test)]
mod tests {
    use super::{hold, read};
    use crate::ground::Ground;
    use crate::intake::{Sheet, Value};
    use crate::model::CellRef;
    use crate::report::forms::lists;

    fn ground() -> Ground {
        Ground::load(None, &[]).expect("the built-in year")
    }

    fn sheets(ground: &Ground) -> Vec<Sheet> {
        super::read_back(&lists::scheme_table(ground).expect("a workbook"))
    }

    /// The sheet with `text` in the column of `heading`, in the row of the line `code`.
    fn changed(ground: &Ground, code: &str, heading: &str, text: &str) -> Vec<Sheet> {
        let mut sheets = sheets(ground);
        let at = |text: &str| {
            let mut cells = sheets[0].cells();
            let found = cells.find(|(_, value)| value.written() == text);
            found.unwrap_or_else(|| panic!("no {text}")).0
        };
        let cell = CellRef::new(at(code).row(), at(heading).column());
        sheets[0].put(cell, Value::Text(text.to_owned()));
        sheets
    }

    #[test]
    fn a_scheme_goes_through_excel_and_back_as_it_is() {
        let ground = ground();
        let (_, scheme) = read(&ground, &sheets(&ground)).expect("its own sheet");
        assert_eq!(scheme.fingerprint(), ground.scheme.fingerprint());
        hold(&ground).expect("it can be held");
    }

    #[test]
    fn what_excel_cannot_hold_is_refused() {
        let mut ground = ground();
        // A line that stands for the sum on the sheet.
        let text = ground
            .scheme_text
            .replace("code = \"3.3\"", "code = \"合计\"");
        ground.scheme = crate::scheme::read(&text).expect("a sound scheme");
        ground.scheme_text = text;
        assert!(hold(&ground).is_err());
    }

    #[test]
    fn a_changed_cell_is_read_or_told() {
        let ground = ground();
        let told = |code: &str, heading: &str, text: &str| {
            let read = read(&ground, &changed(&ground, code, heading, text));
            read.map(|(_, scheme)| scheme.fingerprint())
        };
        let kept = ground.scheme.fingerprint();
        // A label may be reworded, and the criterion beside it keeps its id.
        let sound = told("3.3", "评分要点与分值", "前置审议：加50分").expect("understood");
        assert_ne!(sound, kept);
        for (code, heading, text, said) in [
            (
                "3.3",
                "评分要点与分值",
                "前置审议给50分",
                "没有读懂“前置审议给50分”",
            ),
            (
                "3.3",
                "加分上限",
                "五十",
                "加分上限填“五十”，应是不小于0的数",
            ),
            ("3.3", "加分上限", "60", "60"),
            ("3.3", "前提与互斥", "要先有1.1", "前提与互斥填“要先有1.1”"),
        ] {
            let faults = told(code, heading, text).expect_err(text);
            assert!(
                faults.iter().any(|fault| fault.contains(said)),
                "{faults:?}"
            );
        }
    }
}
