//! What the sheet says, row by row, before it is a scheme.

use super::column;
use crate::model::{Points, Weight, fold};
use crate::roster::list::{Faults, List};
use crate::scheme::Scheme;

/// Parts and lines as the sheet has them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sheeted {
    pub(super) parts: Vec<PartRow>,
    pub(super) lines: Vec<LineRow>,
    /// What the last row says all caps add up to.
    pub(super) full: Option<(Points, Points)>,
    pub(super) rows: Rows,
}

/// Where they stand: never a difference.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) parts: Vec<u32>,
    pub(super) lines: Vec<u32>,
    pub(super) full: u32,
}

impl PartialEq for Rows {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Rows {}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct PartRow {
    pub(super) id: String,
    pub(super) title: String,
    /// Of the total, where parts have weights.
    pub(super) percent: Option<Weight>,
    pub(super) bonus: Points,
    pub(super) deduction: Points,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct LineRow {
    /// Empty where there are no classes of objects.
    pub(super) class: String,
    pub(super) code: String,
    /// Id and title; empty where there are none.
    pub(super) dimension: (String, String),
    /// Its id; empty where there are none.
    pub(super) part: String,
    pub(super) title: String,
    pub(super) wording: String,
    pub(super) criteria: String,
    pub(super) bonus: Points,
    pub(super) deduction: Points,
    pub(super) conditions: String,
}

impl LineRow {
    /// What tells it from all others: classes number their lines each for itself.
    pub(super) fn key(&self) -> (String, String) {
        (self.class.clone(), self.code.clone())
    }
}

/// What stands where classes of objects come to different sums.
const NO_SUM: &str = "—";

/// Reads them; `base` tells what there is beside parts and lines.
pub(super) fn sheeted(base: &Scheme, list: &List<'_>, faults: &mut Faults) -> Sheeted {
    let mut sheeted = Sheeted::default();
    let mut above = (String::new(), (String::new(), String::new()));
    let part_ids: Vec<&str> = base.parts.iter().map(|one| one.id.as_str()).collect();
    let dimensions = base.dimensions.iter();
    let dimension_ids: Vec<&str> = dimensions.map(|one| one.id.as_str()).collect();
    let weighted = base.parts.iter().any(|part| part.percent.is_some());
    for row in list.rows() {
        let code = list.text(row, column::CODE);
        let title = list.text(row, column::TITLE);
        // Sums over several classes of objects say nothing and are not written: each class comes to its own.
        let has_no_sum = title.is_empty() && !base.classes.is_empty();
        let mut points = |heading: &str| {
            let raw = list.text(row, heading);
            if has_no_sum && raw == NO_SUM {
                return Points::ZERO;
            }
            let written = fold(&raw);
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
            sheeted.rows.full = row;
            continue;
        }
        if title.is_empty() {
            let code = if has_no_sum { unclassed(&code) } else { &*code };
            let (name, percent) = if weighted { weight(code) } else { (code, None) };
            let read = numbered(&part_ids, name).filter(|_| base.has_parts());
            let Some((id, title)) = read else {
                let message = if base.has_parts() {
                    format!("“{code}”既不是部分（如“1.名称”），也没有二级指标")
                } else {
                    format!("“{code}”没有二级指标")
                };
                list.fault(faults, row, column::CODE, &message);
                continue;
            };
            above = Default::default();
            sheeted.rows.parts.push(row);
            sheeted.parts.push(PartRow {
                id,
                title,
                percent,
                bonus,
                deduction,
            });
            continue;
        }
        // Merged over the lines that share it: it stands in the first of them.
        let written = list.text(row, column::DIMENSION);
        if !written.is_empty() {
            match placed(base, &dimension_ids, &written) {
                Ok(read) => above = read,
                Err(message) => list.fault(faults, row, column::DIMENSION, &message),
            }
        }
        let part = sheeted.parts.last().map(|part| part.id.clone());
        if part.is_none() && base.has_parts() {
            list.fault(faults, row, column::CODE, "这一行上面没有部分");
            continue;
        }
        if above.1.0.is_empty() && base.has_dimensions() {
            list.fault(faults, row, column::DIMENSION, "没有写一级指标");
        }
        let same = sheeted
            .lines
            .iter()
            .any(|one| one.code == code && one.class == above.0);
        if same {
            let message = format!("编号“{code}”出现了两次，只能有一行");
            list.fault(faults, row, column::CODE, &message);
            continue;
        }
        sheeted.rows.lines.push(row);
        sheeted.lines.push(LineRow {
            class: above.0.clone(),
            code,
            dimension: above.1.clone(),
            part: part.unwrap_or_default(),
            title,
            wording: list.text(row, column::WORDING),
            criteria: list.text(row, column::CRITERIA),
            bonus,
            deduction,
            conditions: list.text(row, column::CONDITIONS),
        });
    }
    sheeted
}

/// The class and the dimension that a line stands under, as one cell says both.
fn placed(
    base: &Scheme,
    known: &[&str],
    written: &str,
) -> Result<(String, (String, String)), String> {
    let (class, dimension) = if base.classes.is_empty() {
        ("", written)
    } else {
        let (class, rest) = written.split_once('\n').unwrap_or((written, ""));
        let class = class.trim();
        if !base.classes.iter().any(|one| one.name == class) {
            let names: Vec<&str> = base.classes.iter().map(|one| one.name.as_str()).collect();
            return Err(format!(
                "第一行填“{class}”，应是类别：{}；类别不在表格里改，请改 scheme.toml",
                names.join("、")
            ));
        }
        (class, rest)
    };
    let dimension = dimension.trim();
    if dimension.is_empty() {
        return Ok((class.to_owned(), Default::default()));
    }
    if !base.has_dimensions() {
        return Err(format!(
            "一级指标填“{dimension}”，所据的方案没有一级指标，请改 scheme.toml"
        ));
    }
    match numbered(known, dimension) {
        Some(read) => Ok((class.to_owned(), read)),
        None => Err(format!("一级指标填“{dimension}”，应写成“1.组织建设”这样")),
    }
}

/// `1.组织建设`: its number and its words. A number that is known is taken whole; else it is all figures and points that
/// stand in front.
fn numbered(known: &[&str], written: &str) -> Option<(String, String)> {
    let written = written.trim();
    let known = known.iter().filter_map(|id| {
        let rest = written.strip_prefix(id)?.strip_prefix('.')?;
        Some((*id, rest))
    });
    let front = written.find(|one: char| !one.is_ascii_digit() && one != '.');
    let front = &written[..front.unwrap_or(written.len())];
    let (id, title) = known.max_by_key(|(id, _)| id.len()).or_else(|| {
        let at = front.rfind('.').or_else(|| written.find('.'))?;
        Some((&written[..at], &written[at + 1..]))
    })?;
    let (id, title) = (id.trim(), title.trim());
    let is_sound = !id.is_empty() && !title.is_empty();
    is_sound.then(|| (id.to_owned(), title.to_owned()))
}

/// `1.履职（A类60分、B类40分）` without what each class comes to, which follows from the lines.
fn unclassed(written: &str) -> &str {
    let name = written.strip_suffix("分）");
    let name = name.and_then(|name| name.rsplit_once('（'));
    name.map_or(written, |(name, _)| name)
}

/// `必要性（占总分的30%）`: the name and the weight.
fn weight(written: &str) -> (&str, Option<Weight>) {
    let weighted = || {
        let (name, percent) = written.strip_suffix("）")?.rsplit_once("（占总分的")?;
        Some((name, percent.parse().ok()?))
    };
    weighted().map_or((written, None), |(name, percent)| (name, Some(percent)))
}

#[cfg(test)]
mod tests {
    use super::{numbered, weight};

    #[test]
    fn numbers_are_read_whole() {
        let read = |known: &[&str], written: &str| {
            numbered(known, written).map(|(id, title)| format!("{id}|{title}"))
        };
        for (known, written, wanted) in [
            (&["1"][..], "1.组织建设", Some("1|组织建设")),
            (&["1.1"], "1.1.业务工作", Some("1.1|业务工作")),
            (&[], "1.3.新工作", Some("1.3|新工作")),
            (&["1"], "1.2018年工作", Some("1|2018年工作")),
            (&[], "一.组织建设", Some("一|组织建设")),
            (&[], "组织建设", None),
            (&["1"], "1.", None),
        ] {
            assert_eq!(read(known, written).as_deref(), wanted, "{written}");
        }
        assert_eq!(weight("1.必要性"), ("1.必要性", None));
        let (name, percent) = weight("1.必要性（占总分的12.5%）");
        assert_eq!((name, percent), ("1.必要性", "12.5".parse().ok()));
    }
}
