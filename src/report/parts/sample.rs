//! An invented outcome for the tests of the reports: every state a society and a form can be in.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::finding::{Code, Finding};
use crate::ground::Ground;
use crate::intake::{self, Content, Sheet, Source, Value};
use crate::model::{CellRef, Place, Points};
use crate::rank::{
    self, GroupSpread, Merit, Owing, Progress, Rank, SocietyState, Standing, Standings,
};
use crate::roster::{ReviewGroup, Reviewer, Society};
use crate::score::{self, LinePoints};
use crate::settle::{FormState, ReceivedFile, SettledForm, SettledLine};

const OVER: Code = Code::error("P101", "over-cap", "超过上限", "请更正后重报。");
const COPIED: Code = Code::error(
    "F201",
    "identity-contradiction",
    "学会不一致",
    "请用空白表重填。",
);
const UNATTAINABLE: Code =
    Code::warning("P201", "unattainable", "不是可得的分值", "请确认或更正。");
const NOTE: Code = Code::note(
    "I101",
    "skipped",
    "不是评价表",
    "如是评价表，请另存为 xlsx 后重报。",
);

/// The built-in year with three reviewers per group, one society not accepted and one that must take part.
pub(crate) fn ground() -> Ground {
    let mut ground = Ground::load(None, &[]).expect("the built-in year is sound");
    let roster = &mut ground.roster;
    roster.societies[3].ineligible = Some("上年度年检基本合格".to_owned());
    roster.societies[8].must_take_part = true;
    for (group, lead) in (0..).zip(roster.groups.iter().map(|group| group.lead.clone())) {
        for (surname, unit) in [
            ("赵", lead.as_str()),
            ("钱", "科技社团党委"),
            ("孙", "中国力学会党委"),
        ] {
            roster.reviewers.push(Reviewer {
                name: format!(
                    "{surname}{}",
                    ["一", "二", "三", "四", "五", "六", "七"][group % 7]
                ),
                unit: unit.to_owned(),
                group: Some(group),
                member: Some(true),
                conflicts: Vec::new(),
                unknown_conflicts: Vec::new(),
            });
        }
    }
    ground
}

/// A year of `groups` groups with `each` societies.
pub(crate) fn large_ground(groups: usize, each: usize) -> Ground {
    let mut ground = ground();
    let roster = &mut ground.roster;
    roster.reviewers.clear();
    roster.groups = (1..)
        .take(groups)
        .map(|number| ReviewGroup {
            number,
            lead: format!("第{number}牵头学会党委"),
        })
        .collect();
    let model = roster.societies[0].clone();
    roster.societies = (0..groups * each)
        .map(|index| Society {
            name: format!("中国第{index}学会"),
            group: index / each,
            ..model.clone()
        })
        .collect();
    ground
}

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most.max(1)
    }
}

fn form(
    ground: &Ground,
    society: usize,
    reviewer: (&str, &str),
    quality: usize,
    chance: &mut Chance,
) -> SettledForm {
    let scheme = &ground.scheme;
    let one = &ground.roster.societies[society];
    let lines = (10..)
        .zip(&scheme.lines)
        .map(|(row, line)| {
            let mut pick = |values: &std::collections::BTreeSet<Points>, good: bool| {
                let values: Vec<Points> = values.iter().copied().collect();
                let at = if (chance.below(10) < quality) == good {
                    values.len() - 1
                } else {
                    chance.below(values.len())
                };
                values[at]
            };
            SettledLine {
                bonus: Some(pick(&line.bonus.attainable, true)),
                deduction: Some(if quality > 3 {
                    Points::ZERO
                } else {
                    pick(&line.deduction.attainable, false)
                }),
                bonus_cell: Some(CellRef::new(row, 8)),
                deduction_cell: Some(CellRef::new(row, 9)),
                evidence: if row == 12 {
                    "=HYPERLINK(\"http://example.org\")".to_owned()
                } else {
                    String::new()
                },
                remark: if row == 13 {
                    "材料齐全，会议记录完整，另附照片三张".to_owned()
                } else {
                    String::new()
                },
            }
        })
        .collect();
    let group = ground.roster.group_of(one).label();
    SettledForm {
        place: Place {
            file: format!("{group}/{}（{}）.xlsx", one.name, reviewer.0),
            within: Vec::new(),
            sheet: "评价表".to_owned(),
            cell: None,
        },
        sha256: intake::sha256_hex(format!("{}{}", one.name, reviewer.0).as_bytes()),
        society: Some(society),
        society_text: one.name.clone(),
        reviewer: reviewer.0.to_owned(),
        unit: reviewer.1.to_owned(),
        member: Some(true),
        mode: "现场".to_owned(),
        date: Some(
            date(2018, 8, 1).saturating_add(
                jiff::Span::new().days(i64::try_from(society % 28).expect("small")),
            ),
        ),
        phone: "010-00000000".to_owned(),
        recommended: u32::try_from(quality).ok(),
        opinion: "同意推荐。".to_owned(),
        stated_total: None,
        state: FormState::Counted,
        instead: None,
        lines,
    }
}

/// Forms for all societies, in every state.
fn forms(ground: &Ground) -> Vec<SettledForm> {
    let mut chance = Chance(7);
    let mut forms = Vec::new();
    for (index, society) in ground.roster.societies.iter().enumerate() {
        if index == 8 {
            continue;
        }
        let listed: Vec<(String, String)> = ground
            .roster
            .reviewers
            .iter()
            .filter(|reviewer| reviewer.group == Some(society.group))
            .map(|reviewer| (reviewer.name.clone(), reviewer.unit.clone()))
            .collect();
        let people = if listed.is_empty() {
            vec![("李七".to_owned(), "某学会".to_owned())]
        } else {
            listed
        };
        let quality = 2 + chance.below(8);
        for (at, (name, unit)) in people.iter().enumerate() {
            let mut form = form(ground, index, (name, unit), quality, &mut chance);
            form.stated_total = form.total();
            form.state = match (index, at) {
                (3, _) => FormState::Ineligible,
                (12, _) | (5 | 20, 1) => FormState::Held,
                (6, 2) => FormState::Recused,
                _ => FormState::Counted,
            };
            if index == 12 {
                form.lines[4].bonus = None;
            }
            if index == 15 {
                form.recommended = Some(7);
            }
            forms.push(form);
        }
    }
    // Two societies that tie, a total below 0, a total close to the next star.
    for (from, to) in [(10, 11), (25, 26)] {
        let Some(model) = forms
            .iter()
            .find(|form| form.society == Some(from))
            .cloned()
        else {
            continue;
        };
        for form in forms
            .iter_mut()
            .filter(|form| [Some(from), Some(to)].contains(&form.society))
        {
            form.lines.clone_from(&model.lines);
        }
    }
    for form in forms.iter_mut().filter(|form| form.society == Some(30)) {
        for (line, scheme) in form.lines.iter_mut().zip(&ground.scheme.lines) {
            line.bonus = Some(Points::ZERO);
            line.deduction = Some(scheme.deduction.cap);
        }
    }
    let mut extra: Vec<SettledForm> = Vec::new();
    if let Some(first) = forms.first() {
        let mut older = first.clone();
        older.place.file = "第1组/旧/中国地质学会.xlsx".to_owned();
        older.state = FormState::Superseded;
        let mut copy = first.clone();
        copy.place.file = "第1组/中国地质学会（1）.xlsx".to_owned();
        copy.state = FormState::Duplicate;
        let mut unknown = first.clone();
        unknown.place.file = "护理.xlsx".to_owned();
        unknown.society = None;
        unknown.society_text = "中华护理协会".to_owned();
        unknown.state = FormState::Held;
        extra.extend([older, copy, unknown]);
    }
    forms.append(&mut extra);
    forms.sort_by(|left, right| left.place.cmp(&right.place));
    let newest = forms
        .iter()
        .position(|form| form.society == Some(0) && form.state == FormState::Counted);
    for form in &mut forms {
        if matches!(form.state, FormState::Superseded | FormState::Duplicate) {
            form.instead = newest;
        }
    }
    forms
}

fn findings(forms: &[SettledForm], ground: &Ground) -> Vec<Finding> {
    let mut findings = Vec::new();
    for form in forms {
        let society = form.society.map_or("中华护理协会", |society| {
            &ground.roster.societies[society].name
        });
        let at = |row| form.place.at(CellRef::new(row, 8));
        match form.state {
            FormState::Held => findings.push(
                Finding::new(
                    &OVER,
                    at(14),
                    "3.1“学习宣传贯彻党的方针、政策”填60，超过上限50",
                )
                .found("60")
                .allowed("0、15、20、30、35、50")
                .line("3.1")
                .society(society)
                .reviewer(&form.reviewer),
            ),
            FormState::Ineligible => findings.push(
                Finding::new(
                    &UNATTAINABLE,
                    at(15),
                    "3.2“定期召开党委会”填37，只能为0、20、40、50",
                )
                .found("37")
                .allowed("0、20、40、50")
                .line("3.2")
                .society(society)
                .reviewer(&form.reviewer),
            ),
            _ => {}
        }
    }
    if let Some(form) = forms.first() {
        let message = "表内学会是“中国通信学会”，与文件名“中国地质学会”不一致，疑似复制旧表";
        findings.push(
            Finding::new(&COPIED, form.place.clone(), message)
                .found("中国通信学会")
                .society("中国地质学会"),
        );
    }
    findings.push(Finding::new(
        &NOTE,
        Place::file("通知.pdf", &[]),
        "是 PDF 文件，不是评价表",
    ));
    findings.sort_by(|left, right| left.order().cmp(&right.order()));
    findings
}

fn standing(ground: &Ground, forms: &[SettledForm], society: usize) -> Standing {
    let own: Vec<usize> = (0..forms.len())
        .filter(|form| forms[*form].society == Some(society))
        .collect();
    let scored: Vec<&SettledForm> = own
        .iter()
        .map(|form| &forms[*form])
        .filter(|form| form.is_scored())
        .collect();
    let lines: Vec<Vec<LinePoints>> = scored
        .iter()
        .map(|form| {
            form.lines
                .iter()
                .map(|line| LinePoints {
                    bonus: line.bonus.expect("scored"),
                    deduction: line.deduction.expect("scored"),
                })
                .collect()
        })
        .collect();
    let result = score::score(&ground.scheme, &lines);
    let state = if ground.roster.societies[society].ineligible.is_some() {
        SocietyState::Ineligible
    } else if result.is_some() {
        SocietyState::Ranked
    } else if own.is_empty() {
        SocietyState::Missing
    } else {
        SocietyState::Held
    };
    let mut recommended: BTreeMap<u32, usize> = BTreeMap::new();
    for stars in scored.iter().filter_map(|form| form.recommended) {
        *recommended.entry(stars).or_default() += 1;
    }
    let counted = scored
        .iter()
        .filter(|form| form.state == FormState::Counted)
        .count();
    Standing {
        society,
        state,
        provisional: state == SocietyState::Ranked
            && own.iter().any(|form| forms[*form].state == FormState::Held),
        forms_due: ground
            .roster
            .due(society)
            .count()
            .max(usize::from(ground.roster.reviewers.is_empty())),
        forms_counted: counted,
        rank: None,
        rank_in_group: None,
        would_be_rank: None,
        result,
        recommended: recommended.into_iter().rev().collect(),
        forms: own,
    }
}

/// Ranks those of `which` (indices) that are ranked; gives their order.
fn ranked(
    ground: &Ground,
    societies: &mut [Standing],
    which: &[usize],
    set: impl Fn(&mut Standing, Rank),
) -> Vec<usize> {
    let which: Vec<usize> = which
        .iter()
        .copied()
        .filter(|society| societies[*society].state == SocietyState::Ranked)
        .collect();
    let merits: Vec<Merit> = which
        .iter()
        .map(|society| {
            rank::merit(
                &ground.scheme,
                societies[*society].result.as_ref().expect("ranked"),
            )
        })
        .collect();
    for (society, rank) in which.iter().zip(rank::ranks(&merits)) {
        set(&mut societies[*society], rank);
    }
    rank::order(&merits)
        .into_iter()
        .map(|at| which[at])
        .collect()
}

/// The outcome on `ground`.
pub(crate) fn standings(ground: &Ground) -> Standings<'_> {
    let roster = &ground.roster;
    let forms = forms(ground);
    let mut societies: Vec<Standing> = (0..roster.societies.len())
        .map(|society| standing(ground, &forms, society))
        .collect();
    let all: Vec<usize> = (0..societies.len()).collect();
    let order = ranked(ground, &mut societies, &all, |standing, rank| {
        standing.rank = Some(rank)
    });
    let mut order_in_group = Vec::new();
    let (mut progress, mut spread) = (Vec::new(), Vec::new());
    for group in 0..roster.groups.len() {
        let members: Vec<usize> = roster
            .societies_of(group)
            .map(|(society, _)| society)
            .collect();
        let order = ranked(ground, &mut societies, &members, |standing, rank| {
            standing.rank_in_group = Some(rank)
        });
        let totals: Vec<Points> = order
            .iter()
            .filter_map(|society| societies[*society].result.as_ref())
            .map(|result| result.total)
            .collect();
        let sum: Points = totals.iter().copied().sum();
        spread.push(GroupSpread {
            group,
            ranked: order.len(),
            mean: (!totals.is_empty())
                .then(|| sum.decimal() / rust_decimal::Decimal::from(totals.len())),
            highest: totals.iter().max().copied(),
            lowest: totals.iter().min().copied(),
        });
        progress.push(Progress {
            due: members.len() * 3,
            received: members.len() * 3 - 1,
            in_time: 12,
            held: 1,
            corrected: 0,
        });
        order_in_group.push(order);
    }
    if let Some(standing) = societies
        .iter_mut()
        .find(|standing| standing.state == SocietyState::Ineligible)
    {
        standing.would_be_rank = Some(5);
    }
    let mut files: BTreeMap<String, ReceivedFile> = BTreeMap::new();
    for (index, form) in forms.iter().enumerate() {
        files
            .entry(form.place.file.clone())
            .or_insert_with(|| ReceivedFile {
                file: form.place.file.clone(),
                within: Vec::new(),
                sha256: form.sha256.clone(),
                size: 20_480,
                forms: Vec::new(),
                remark: String::new(),
            })
            .forms
            .push(index);
    }
    let mut files: Vec<ReceivedFile> = files.into_values().collect();
    files.push(ReceivedFile {
        file: "通知.pdf".to_owned(),
        within: Vec::new(),
        sha256: String::new(),
        size: 1024,
        forms: Vec::new(),
        remark: "PDF 文件".to_owned(),
    });
    let owing = if roster.societies.len() > 8 {
        (0..2)
            .map(|reviewer| Owing {
                society: 8,
                reviewer: roster.reviewers.get(3 + reviewer).map(|_| 3 + reviewer),
            })
            .collect()
    } else {
        Vec::new()
    };
    Standings {
        ground,
        findings: findings(&forms, ground),
        forms,
        societies,
        order,
        order_in_group,
        files,
        owing,
        progress,
        spread,
        open: vec!["1个学会未交评价表".to_owned()],
        is_final: false,
        as_of: Some(date(2018, 8, 30)),
        mark: Some("内部资料 注意保密".to_owned()),
    }
}

/// The sheets of a workbook, read back.
pub(crate) fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let source = Source {
        file: "a.xlsx".to_owned(),
        within: Vec::new(),
        sha256: String::new(),
        size: 0,
        named: true,
    };
    match intake::read_bytes(source, bytes).content {
        Content::Sheets(sheets) => sheets,
        other => panic!("{other:?}"),
    }
}

/// All texts of a sheet, one line each.
pub(crate) fn texts(sheet: &Sheet) -> String {
    sheet
        .cells()
        .filter_map(|(_, value)| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The cell below the head `head` in the row that holds the text `of`.
pub(crate) fn value<'s>(sheet: &'s Sheet, of: &str, head: &str) -> Option<&'s Value> {
    let find = |wanted: &str| {
        sheet.cells().find_map(|(cell, value)| match value {
            Value::Text(text) if text == wanted => Some(cell),
            _ => None,
        })
    };
    sheet.get(CellRef::new(find(of)?.row(), find(head)?.column()))
}
