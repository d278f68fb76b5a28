//! 指标体系.xlsx read back: what people changed in Excel becomes a scheme again, exactly or not at all.
//!
//! The sheet holds the lines; everything else stays as the scheme says on which the sheet is based. A scheme that the
//! sheet cannot hold is refused before anything is read, and a cell that does not come out as it stands is told.

mod rule;
mod write;

use crate::error::Error;
use crate::ground::Ground;
use crate::intake::{self, Content, Sheet, Source};
use crate::model::{Points, fold};
use crate::report::forms::lists::{self, said};
use crate::roster::list::{Faults, List};
use crate::scheme::{self, Scheme};

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

/// What a part or a line says, before it is a scheme.
#[derive(Debug, Default)]
struct Sheeted {
    parts: Vec<PartRow>,
    lines: Vec<LineRow>,
    /// What the last row says all caps add up to.
    full: Option<(Points, Points)>,
}

#[derive(Debug)]
struct PartRow {
    id: String,
    title: String,
    bonus: Points,
    deduction: Points,
}

#[derive(Debug)]
struct LineRow {
    row: u32,
    code: String,
    /// Id and title.
    dimension: (String, String),
    part: String,
    title: String,
    wording: String,
    criteria: String,
    bonus: Points,
    deduction: Points,
    needs: Vec<String>,
    exclusive: bool,
}

/// Reads the sheet; the text of a scheme, and what it reads as.
///
/// # Errors
/// Every cell that does not come out as it stands.
pub fn read(base: &Ground, sheets: &[Sheet]) -> Result<(String, Scheme), Faults> {
    let mut faults = Faults::new();
    rules(&base.scheme, sheets, &mut faults);
    items(base, sheets, &mut faults);
    let Some(list) = List::find(sheets, &column::ALL, column::ALL.len(), &mut faults) else {
        return Err(faults);
    };
    let sheeted = sheeted(&list, &mut faults);
    let written = write::text(base, &list, &sheeted, &mut faults);
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
    // Whatever was misread would not read like the sheet.
    for (row, line) in sheeted.lines.iter().zip(&scheme.lines) {
        let told = said::criteria(line).join("\n");
        if squeezed(&told) != squeezed(&row.criteria) {
            let message = format!(
                "这样写会读成“{}”，请照原来的样式写",
                told.replace('\n', "；")
            );
            list.fault(&mut faults, row.row, column::CRITERIA, &message);
        }
    }
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
    let bytes = lists::scheme_table(base)?;
    let source = Source {
        named: true,
        ..Source::default()
    };
    let Content::Sheets(sheets) = intake::read_bytes(source, &bytes).content else {
        return Err(lacking(base, "表格没有读成"));
    };
    match read(base, &sheets) {
        Ok((_, scheme)) if scheme.fingerprint() == base.scheme.fingerprint() => Ok(()),
        Ok(_) => Err(lacking(base, "读回来与原来不一样")),
        Err(faults) => Err(lacking(base, &faults.join("；"))),
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
    const FOLLOWS: [&str; 3] = ["结构", "满分", "校验码"];
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

fn sheeted(list: &List<'_>, faults: &mut Faults) -> Sheeted {
    let mut sheeted = Sheeted::default();
    let mut dimension = (String::new(), String::new());
    for row in list.rows() {
        let code = list.text(row, column::CODE);
        let mut points = |heading: &str| {
            let written = fold(&list.text(row, heading));
            let read = written.parse::<Points>().ok();
            let read = read.filter(|points| !points.is_negative());
            if read.is_none() {
                let message = format!("{heading}填“{written}”，应是不小于0的数");
                list.fault(faults, row, heading, &message);
            }
            read.unwrap_or_default()
        };
        let (bonus, deduction) = (points(column::BONUS), points(column::DEDUCTION));
        if fold(&code) == "合计" {
            sheeted.full = Some((bonus, deduction));
            continue;
        }
        let title = list.text(row, column::TITLE);
        if title.is_empty() {
            let Some((id, title)) = numbered(&code) else {
                let message = format!("“{code}”既不是部分（如“1.名称”），也没有二级指标");
                list.fault(faults, row, column::CODE, &message);
                continue;
            };
            dimension = (String::new(), String::new());
            sheeted.parts.push(PartRow {
                id,
                title,
                bonus,
                deduction,
            });
            continue;
        }
        let written = list.text(row, column::DIMENSION);
        // Merged over the lines that share it: it stands in the first of them.
        if !written.is_empty() {
            if let Some(read) = numbered(&written) {
                dimension = read;
            } else {
                let message = format!("一级指标填“{written}”，应写成“1.组织建设”这样");
                list.fault(faults, row, column::DIMENSION, &message);
            }
        }
        let Some(part) = sheeted.parts.last().map(|part| part.id.clone()) else {
            list.fault(faults, row, column::CODE, "这一行上面没有部分");
            continue;
        };
        if dimension.0.is_empty() {
            list.fault(faults, row, column::DIMENSION, "没有写一级指标");
        }
        let conditions = list.text(row, column::CONDITIONS);
        let Some((needs, exclusive)) = rule::conditions(&conditions) else {
            let message = format!(
                "前提与互斥填“{conditions}”，只能写“以1.1得分为前提”“加分与减分不得同时有”，几项用分号隔开"
            );
            list.fault(faults, row, column::CONDITIONS, &message);
            continue;
        };
        sheeted.lines.push(LineRow {
            row,
            code,
            dimension: dimension.clone(),
            part,
            title,
            wording: list.text(row, column::WORDING),
            criteria: list.text(row, column::CRITERIA),
            bonus,
            deduction,
            needs,
            exclusive,
        });
    }
    sheeted
}

/// `1.组织建设`: its number and its words.
fn numbered(written: &str) -> Option<(String, String)> {
    let (id, title) = written.trim().split_once('.')?;
    let is_sound = !id.is_empty() && !title.is_empty();
    is_sound.then(|| (id.trim().to_owned(), title.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{hold, read};
    use crate::ground::Ground;
    use crate::intake::{self, Content, Sheet, Source, Value};
    use crate::model::CellRef;
    use crate::report::forms::lists;

    fn ground() -> Ground {
        Ground::load(None, &[]).expect("the built-in year")
    }

    fn sheets(ground: &Ground) -> Vec<Sheet> {
        let bytes = lists::scheme_table(ground).expect("a workbook");
        let source = Source {
            named: true,
            ..Source::default()
        };
        match intake::read_bytes(source, &bytes).content {
            Content::Sheets(sheets) => sheets,
            other => panic!("{other:?}"),
        }
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
        // An indicator called otherwise than its line.
        let text = ground.scheme_text.replace("\"3.3\"", "\"33\"");
        let text = text.replace("code = \"33\"", "code = \"3.3\"");
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
