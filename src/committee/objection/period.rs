//! 公示时间: the days of the 公示, in a line above the list of objections. The clerk may prolong them there, so that the
//! line is read as people write it; where it cannot be read nothing is taken for over.

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::intake::Sheet;
use crate::model::{day, fold};
use crate::roster::list::Faults;

/// What stands before the days.
const LABEL: &str = "公示时间";
/// What stands between them.
const TO: char = '至';
/// What people write instead.
const BETWEEN: [char; 9] = [TO, '到', '~', '—', '–', '-', '−', '―', '─'];

/// First and last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

impl Serialize for Period {
    /// As two days.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.first, self.last).serialize(to)
    }
}

impl Period {
    /// As it stands above the list: `公示时间：2018年9月21日至2018年9月25日`.
    #[must_use]
    pub fn line(self) -> String {
        format!("{LABEL}：{}", self.say())
    }

    /// `2018年9月21日至2018年9月25日`.
    #[must_use]
    pub fn say(self) -> String {
        format!("{}{TO}{}", day::say(self.first), day::say(self.last))
    }

    /// What a list says; the fault is said where it does not, or not so that it is clear.
    pub fn read(sheets: &[Sheet], faults: &mut Faults) -> Option<Self> {
        let mut found: Option<(String, Self)> = None;
        for sheet in sheets {
            for (cell, value) in sheet.cells() {
                let written = value.written();
                if !fold(&written).starts_with(LABEL) {
                    continue;
                }
                let place = if sheets.len() > 1 {
                    format!("{}!{cell}", sheet.name)
                } else {
                    cell.to_string()
                };
                let is_struck = sheet.look(cell).is_some_and(|look| !look.struck.is_empty());
                if is_struck || sheet.hidden.hides(cell) || sheet.hidden.sheet {
                    faults.push(format!(
                        "{place}：“{written}”划了删除线或被隐藏，公示时间以哪个为准看不出来；请改成看得见的"
                    ));
                    return None;
                }
                let Some(period) = Self::of(&written) else {
                    faults.push(format!(
                        "{place}：“{written}”看不出公示从哪天到哪天，请写成“{}”这样的一行，两头都写年月日",
                        Self::example()
                    ));
                    return None;
                };
                if period.last < period.first {
                    faults.push(format!("{place}：“{written}”，到期的一天早于开始的一天"));
                    return None;
                }
                match &found {
                    Some((other, before)) if *before != period => {
                        faults.push(format!(
                            "{place}：“{written}”与{other}的公示时间不同，只能有一行"
                        ));
                        return None;
                    }
                    _ => found = Some((place, period)),
                }
            }
        }
        if found.is_none() {
            faults.push(format!(
                "找不到公示时间，不知公示到哪天为止；请在表头上面照公示补一行，写成“{}”",
                Self::example()
            ));
        }
        found.map(|(_, period)| period)
    }

    fn example() -> String {
        let (first, last) = (Date::constant(2018, 9, 21), Date::constant(2018, 9, 25));
        Self { first, last }.line()
    }

    /// The days in a line.
    fn of(written: &str) -> Option<Self> {
        let folded = fold(written);
        let days = folded.strip_prefix(LABEL)?;
        let days = days.trim_start_matches([':', '为']);
        // One of these stands within days, too: whatever parts them into two days is meant.
        let mut cuts = days.char_indices().filter(|(_, one)| BETWEEN.contains(one));
        cuts.find_map(|(at, _)| {
            let (first, last) = days.split_at(at);
            let last = last.trim_start_matches(BETWEEN);
            let (first, last) = (day::read(first)?, day::read(last)?);
            Some(Self { first, last })
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Period;
    use crate::intake::{Sheet, Value};
    use crate::model::CellRef;
    use crate::roster::list::Faults;

    const FIRST: &str = "公示时间：2018年9月21日至2018年9月25日";

    fn read(lines: &[&str]) -> (Option<Period>, Faults) {
        let mut sheet = Sheet::new("异议登记");
        for (row, line) in lines.iter().enumerate() {
            let row = u32::try_from(row).expect("small");
            sheet.put(CellRef::new(row, 0), Value::Text((*line).to_owned()));
        }
        let mut faults = Faults::new();
        let period = Period::read(&[sheet], &mut faults);
        (period, faults)
    }

    #[test]
    fn the_days_are_read_as_people_write_them() {
        let period = Period {
            first: date(2018, 9, 21),
            last: date(2018, 9, 25),
        };
        assert_eq!(period.line(), FIRST);
        for line in [
            FIRST,
            "公示时间:2018年9月21日至2018年9月25日",
            " 公示时间： 2018年9月21日 至 2018年9月25日 ",
            "公示时间：2018年9月21日到2018年9月25日",
            "公示时间：2018年9月21日—2018年9月25日",
            "公示时间：2018年9月21日——2018年9月25日",
            "公示时间：2018年9月21日～2018年9月25日",
            "公示时间：2018-09-21-2018-09-25",
            "公示时间：2018/9/21至2018/9/25",
            "公示时间 2018.9.21－2018.9.25",
        ] {
            assert_eq!(read(&[line]), (Some(period), Faults::new()), "{line}");
        }
        // The same twice is once.
        assert_eq!(read(&[FIRST, FIRST]).0, Some(period));
    }

    #[test]
    fn what_does_not_say_when_it_ends_is_a_fault() {
        for (lines, said) in [
            (&["公示时间：2018年9月21日至9月25日"][..], "A1：“公示时间"),
            (&["公示时间：2018年9月21日起5天"], "看不出公示从哪天到哪天"),
            (
                &["公示时间：2018年9月21日至2018年9月25日（5天）"],
                "看不出公示从哪天到哪天",
            ),
            (
                &["公示时间：2018年9月25日至2018年9月21日"],
                "早于开始的一天",
            ),
            (
                &[FIRST, "公示时间：2018年9月21日至2018年9月28日"],
                "A2：“公示时间：2018年9月21日至2018年9月28日”与A1的公示时间不同",
            ),
            (&["异议登记"], "找不到公示时间"),
            (&[], "找不到公示时间"),
        ] {
            let (period, faults) = read(lines);
            assert_eq!(period, None, "{lines:?}");
            assert!(
                faults.len() == 1 && faults[0].contains(said),
                "{said}: {faults:?}"
            );
        }
    }
}
