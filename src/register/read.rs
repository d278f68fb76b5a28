//! From the sheets of 处理登记 to rulings: every fault at once, each with its cell.

use std::collections::BTreeMap;

use super::{
    COLUMNS, Key, Register, Ruling, Treatment, UNDER_WAY, Verified, is_undecided, own_words,
};
use crate::intake::Sheet;
use crate::model::{CellRef, SocietyId, fold};
use crate::roster::Roster;
use crate::roster::list::{Faults, List};
use crate::scheme::Scheme;

/// What a clerk writes into a row.
const OWN: [&str; 6] = ["处理", "对应学会", "核实事项", "依据", "处理人", "日期"];

/// The rulings, and the rows to be kept. A row without a treatment waits; it is no fault. Without a roster no name is
/// looked up, and what needs one is left out.
///
/// # Errors
/// Every row whose treatment is not known or lacks what it needs; rows that contradict each other.
pub fn read(
    scheme: Option<&Scheme>,
    roster: Option<&Roster>,
    sheets: &[Sheet],
) -> Result<Register, Faults> {
    let mut faults = Faults::new();
    let said = |standing: &str| own_words(scheme, standing);
    let found = List::find_said(sheets, &COLUMNS, 3, &said, &mut faults);
    let Some(list) = found else {
        return unknown(scheme, faults);
    };
    let mut rulings: Vec<Ruling> = Vec::new();
    let mut rows = BTreeMap::new();
    for row in list.touched() {
        if !is_sure(&list, row, &mut faults) {
            continue;
        }
        let written = list.text(row, "处理");
        if is_kept(&list, row) {
            let texts = COLUMNS.map(|column| list.text(row, column)).to_vec();
            rows.insert(row + 1, texts);
        }
        if is_undecided(&written) {
            continue;
        }
        let known = Treatment::ALL
            .into_iter()
            .find(|treatment| treatment.label() == fold(&written));
        let Some(treatment) = known else {
            let labels = Treatment::ALL.map(Treatment::label).join("、");
            let message = format!("处理填“{written}”，只能是{labels}，或{UNDER_WAY}");
            list.fault(&mut faults, row, "处理", &message);
            continue;
        };
        let subject = list.text(row, "文件或学会");
        let reviewer = list.text(row, "评价人");
        let key =
            Key::of(&subject, &reviewer).bound(&list.text(row, "校验码"), &list.text(row, "日期"));
        // Nobody declared anything: that can be settled for a person, a group or all at once; nothing else can.
        let may_be_wide =
            treatment == Treatment::MayScore && !(subject.is_empty() && reviewer.is_empty());
        if !may_be_wide && (key.is_all || key.group.is_some()) {
            let message = said("文件或学会未填，不知处理哪一份；全部学会或全部文件不能一次处理");
            list.fault(&mut faults, row, "文件或学会", &message);
            continue;
        }
        if treatment == Treatment::Withdrawn
            && roster.is_some_and(|roster| roster.society_named(&subject).is_none())
        {
            let message = format!(
                "{}，“{subject}”不在名单中",
                said("不参评要在“文件或学会”填名单中的学会全称")
            );
            list.fault(&mut faults, row, "文件或学会", &message);
            continue;
        }
        let verified = verified(&list.text(row, "核实事项"));
        if treatment == Treatment::Verified && verified.is_empty() {
            let message = "已核实无误要在“核实事项”写明核实的是哪一条：问题代码、单元格、填报内容，如“P404 J15 25”，几条之间用分号隔开";
            list.fault(&mut faults, row, "核实事项", message);
            continue;
        }
        let reason = list.text(row, "依据");
        let society = if let (Treatment::Alias, Some(roster)) = (treatment, roster) {
            match society(scheme, roster, &list.text(row, "对应学会"), &reason) {
                Ok(society) => Some(society),
                Err(message) => {
                    list.fault(&mut faults, row, "对应学会", &message);
                    continue;
                }
            }
        } else {
            None
        };
        let against = |other: &&Ruling| {
            other.key == key && contradict((other.treatment, other.society), (treatment, society))
        };
        if let Some(other) = rulings.iter().find(against) {
            let message = format!("与第{}行互相矛盾，请只留一行", other.cell.row() + 1);
            list.fault(&mut faults, row, "处理", &message);
            continue;
        }
        rulings.push(Ruling {
            key,
            cell: list.cell(row, "文件或学会").unwrap_or(CellRef::new(row, 0)),
            subject,
            reviewer,
            treatment,
            society,
            reason,
            by: list.text(row, "处理人"),
            date: list.text(row, "日期"),
            verified,
        });
    }
    if faults.is_empty() {
        Ok(Register {
            rulings,
            rows,
            ..Register::default()
        })
    } else {
        Err(faults)
    }
}

/// Whether what a clerk wrote into a row is as it looks. What this tool listed and nobody has decided may be filtered away.
fn is_sure(list: &List<'_>, row: u32, faults: &mut Faults) -> bool {
    let before = faults.len();
    if OWN.iter().any(|column| list.is_filled(row, column)) {
        list.unsure(row, faults);
    }
    faults.len() == before
}

/// Whether a clerk noted anything that is to be kept.
fn is_kept(list: &List<'_>, row: u32) -> bool {
    let mut noted = ["处理", "依据", "处理人", "日期"].iter();
    noted.any(|column| !list.text(row, column).is_empty())
}

/// No list was found; where it is not known what those evaluated are called, its headings are not known either.
fn unknown(scheme: Option<&Scheme>, faults: Faults) -> Result<Register, Faults> {
    scheme.map_or_else(|| Ok(Register::default()), |_| Err(faults))
}

/// Whether two rows about the same say the contrary.
fn contradict(one: (Treatment, Option<SocietyId>), other: (Treatment, Option<SocietyId>)) -> bool {
    match (one.0, other.0) {
        (Treatment::Alias, Treatment::Alias) => one.1 != other.1,
        (Treatment::Excluded, against) | (against, Treatment::Excluded) => {
            against != Treatment::Excluded && against != Treatment::Alias
        }
        (Treatment::Same, Treatment::NotSame) | (Treatment::NotSame, Treatment::Same) => true,
        _ => false,
    }
}

/// What 核实事项 names; nothing where any of it cannot be read.
fn verified(written: &str) -> Vec<Verified> {
    let items = written.split(['；', ';', '\n']);
    let items = items.filter(|item| !item.trim().is_empty());
    let read: Option<Vec<Verified>> = items.map(Verified::read).collect();
    read.unwrap_or_default()
}

/// The society that a name is to stand for: 对应学会, else the one society whose full name the reason bears.
fn society(
    scheme: Option<&Scheme>,
    roster: &Roster,
    written: &str,
    reason: &str,
) -> Result<SocietyId, String> {
    if written.is_empty() {
        return match roster.societies_in(reason).as_slice() {
            [society] => Ok(*society),
            _ => Err(own_words(
                scheme,
                "视同别名要在“对应学会”填名单中的学会全称",
            )),
        };
    }
    roster.society_named(written).ok_or_else(|| {
        let hint = roster.hint(written);
        let heading = own_words(scheme, "对应学会");
        format!("{heading}填“{written}”，名单中没有{hint}")
    })
}

#[cfg(test)]
mod tests {
    use super::{Treatment, read};
    use crate::ground::Ground;
    use crate::intake::{Value, text};
    use crate::model::{CellRef, SocietyId};

    fn register(csv: &str) -> Result<super::Register, Vec<String>> {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        read(
            Some(&ground.scheme),
            Some(&ground.roster),
            &[text::sheet(csv).expect("a list")],
        )
    }

    #[test]
    fn rows_with_a_treatment_are_read_and_the_others_wait() {
        let register = register(
            "处理登记\n文件或学会,评价人,处理,对应学会,依据,处理人,日期\n甲.xlsx,张三,不计入,,重复报送,李四,2018-8-20\n\
             乙.xlsx,,,,,,\n丙.xlsx,,已联系更正,,,,\n丁,, 视同 别名,中国地质学会,,,\n戊,,视同别名,,即中国作物学会,,\n",
        )
        .expect("sound");
        let rulings = &register.rulings;
        let kept: Vec<u32> = register.rows.keys().copied().collect();
        assert_eq!(kept, [3, 5, 6, 7]);
        let read: Vec<(u32, &str, Treatment, Option<SocietyId>)> = rulings
            .iter()
            .map(|one| {
                (
                    one.cell.row(),
                    one.subject.as_str(),
                    one.treatment,
                    one.society,
                )
            })
            .collect();
        assert_eq!(read[0], (2, "甲.xlsx", Treatment::Excluded, None));
        assert_eq!(read.len(), 3);
        assert!(read[1].3.is_some() && read[2].3.is_some() && read[1].3 != read[2].3);
        assert_eq!(
            rulings[0].grounds(),
            "依据：重复报送；处理人：李四；日期：2018-8-20"
        );
    }

    #[test]
    fn a_ruling_that_is_not_as_it_looks_is_never_followed() {
        let ground = Ground::load(None, &[]).expect("the built-in year");
        let csv = "文件或学会,评价人,处理\n甲.xlsx,张三,不计入\n乙.xlsx,张三,\n";
        let read = |sheet| read(Some(&ground.scheme), Some(&ground.roster), &[sheet]);
        let sheet = || text::sheet(csv).expect("a list");
        // Filtered away, but nothing is decided there.
        let mut waits = sheet();
        waits.hidden.rows(2, 2);
        assert_eq!(read(waits).expect("sound").rulings.len(), 1);
        let mut hidden = sheet();
        hidden.hidden.rows(1, 1);
        assert!(read(hidden).expect_err("a fault")[0].starts_with("第2行：这一行被隐藏"));
        let mut struck = sheet();
        struck.note(CellRef::new(1, 2)).struck = "不计入".to_owned();
        assert!(read(struck).expect_err("a fault")[0].starts_with("C2：“不计入”划了删除线"));
        let mut formula = sheet();
        formula.put(CellRef::new(2, 2), Value::NoCachedValue);
        assert!(read(formula).expect_err("a fault")[0].starts_with("C3：是没有计算结果的公式"));
    }

    #[test]
    fn every_fault_is_told_with_its_cell() {
        let faults = register(
            "文件或学会,评价人,处理,对应学会\n甲.xlsx,,作废,\n,张三,不计入,\n丁,,视同别名,\n丁,,视同别名,中国地址学会\n戊,,视同别名,中国地质学会\n戊,,视同别名,中国作物学会\n己,甲,不计入,\n己, 甲,以此份为准,\n",
        )
        .expect_err("faults");
        let expected = [
            "C2：处理填“作废”，只能是以此份为准、不计入、空白按0分、视同别名、无须回避、同一人、不是同一人、已核实无误、不再等、不参评，或已联系更正",
            "A3：文件或学会未填，不知处理哪一份；全部学会或全部文件不能一次处理",
            "D4：视同别名要在“对应学会”填名单中的学会全称",
            "D5：对应学会填“中国地址学会”，名单中没有，最接近“中国地质学会”",
            "C7：与第6行互相矛盾，请只留一行",
            "C9：与第8行互相矛盾，请只留一行",
        ];
        assert_eq!(faults, expected);
    }
}
