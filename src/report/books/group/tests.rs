//! A group's workbook, read back: its own and nothing else.

use super::workbook;
use crate::intake::Value;
use crate::model::GroupId;
use crate::report::kit::sample;
use crate::report::known::Known;

#[test]
fn a_group_sees_its_own_and_nothing_else() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    for (group, one) in ground.roster.groups.entries() {
        let sheets = sample::sheets(&workbook(&Known::of(&standings), group).expect("written"));
        let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "汇总",
                "指标明细",
                "各表逐项",
                "评价人明细",
                "填报核对清单",
                "材料来源"
            ]
        );
        let all: String = sheets.iter().map(sample::texts).collect();
        for society in &ground.roster.societies {
            assert_eq!(
                all.contains(&society.name),
                society.group == group,
                "{} {}",
                one.lead,
                society.name
            );
        }
        for reviewer in &ground.roster.reviewers {
            assert!(
                reviewer.group == Some(group) || !all.contains(&reviewer.name),
                "{}",
                reviewer.name
            );
        }
    }
}

#[test]
fn recused_reviewers_are_said_to_be() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let sheets =
        sample::sheets(&workbook(&Known::of(&standings), GroupId::at(1)).expect("written"));
    assert!(sample::texts(&sheets[2]).contains("（回避）"));
    assert!(sample::texts(&sheets[3]).contains("（回避）"));
    let due = sample::value(&sheets[0], "中国水利学会党组织", "应收");
    assert_eq!(due, Some(&Value::Number(3.into())));
}
