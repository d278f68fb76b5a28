//! Invented forms in every state, and findings about them.

use std::collections::BTreeSet;

use jiff::civil::date;
use serde::Serialize;

use crate::check::Written;
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Reader};
use crate::ground::Ground;
use crate::intake;
use crate::model::{CellRef, Exact, FormKey, Keyed, LineId, Place, Points, SocietyId};
use crate::settle::{FormState, SettledForm, SettledLine};

const OVER: Code = Code::error(
    "P101",
    "over-cap",
    "超过上限",
    "请更正后重报。",
    Explained::NOTHING,
);
const COPIED: Code = Code::error(
    "F201",
    "identity-contradiction",
    "学会不一致",
    "请用空白表重填。",
    Explained::NOTHING,
);
const UNATTAINABLE: Code = Code::warning(
    "P201",
    "unattainable",
    "不是可得的分值",
    "请确认或更正。",
    Explained::NOTHING,
);
const NOTE: Code = Code::note(
    "I101",
    "skipped",
    "不是评价表",
    "如是评价表，请另存为 xlsx 后重报。",
    Explained::NOTHING,
);

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
    society: SocietyId,
    reviewer: (&str, &str),
    quality: usize,
    chance: &mut Chance,
) -> SettledForm {
    let scheme = &ground.scheme;
    let one = &ground.roster.societies[society];
    let lines = (10..)
        .zip(&scheme.lines)
        .map(|(row, line)| {
            let mut pick = |values: &BTreeSet<Points>, good: bool| {
                let values: Vec<Points> = values.iter().copied().collect();
                let at = if (chance.below(10) < quality) == good {
                    values.len() - 1
                } else {
                    chance.below(values.len())
                };
                values[at]
            };
            SettledLine {
                bonus: Some(Exact::from(pick(&line.bonus.attainable, true))),
                deduction: Some(Exact::from(if quality > 3 {
                    Points::ZERO
                } else {
                    pick(&line.deduction.attainable, false)
                })),
                by_formula: [false; 2],
                bonus_cell: Some(CellRef::new(row, 8)),
                deduction_cell: Some(CellRef::new(row, 9)),
                written: Written {
                    given: None,
                    evidence: if row == 12 {
                        "=HYPERLINK(\"http://example.org\")".into()
                    } else {
                        Box::default()
                    },
                    remark: if row == 13 {
                        "材料齐全，会议记录完整，另附照片三张".into()
                    } else {
                        Box::default()
                    },
                }
                .kept(),
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
        fingerprint: String::new(),
        tag: None,
        of_scheme: None,
        doubts: BTreeSet::new(),
        letter: None,
        scans: Vec::new(),
        society: Some(society),
        society_text: one.name.clone(),
        reviewer: reviewer.0.to_owned(),
        unit: reviewer.1.to_owned(),
        listed: ground
            .roster
            .reviewer_named(reviewer.0, reviewer.1, Some(one.group))
            .map(|(row, _)| row),
        class: None,
        vetoes: Vec::new(),
        member: Some(true),
        mode: "现场".to_owned(),
        date: Some(date(2018, 8, 1).saturating_add(
            jiff::Span::new().days(i64::try_from(society.place() % 28).expect("small")),
        )),
        phone: "010-00000000".to_owned(),
        recommended: u32::try_from(quality).ok(),
        opinion: "同意推荐。".to_owned(),
        stated_total: None,
        corrects: Vec::new(),
        state: FormState::Counted,
        instead: None,
        clashes: Vec::new(),
        rulings: Vec::new(),
        amended: Vec::new(),
        lines,
    }
}

/// Forms for all societies, in every state.
pub(super) fn forms(ground: &Ground) -> Keyed<FormKey, SettledForm> {
    let mut chance = Chance(7);
    let mut forms = Vec::new();
    for (index, society) in ground.roster.societies.entries() {
        let at = index.place();
        if at == 8 {
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
        for (nth, (name, unit)) in people.iter().enumerate() {
            let mut form = form(ground, index, (name, unit), quality, &mut chance);
            form.stated_total = form.total(&ground.scheme).and_then(|total| total.points());
            form.state = match (at, nth) {
                (3, _) => FormState::Ineligible,
                (12, _) | (5 | 20, 1) => FormState::Held,
                (6, 2) => FormState::Recused,
                _ => FormState::Counted,
            };
            if at == 12 {
                form.lines[LineId::at(4)].bonus = None;
            }
            if at == 15 {
                form.recommended = Some(7);
            }
            forms.push(form);
        }
    }
    // Two societies that tie, a total below 0, a total close to the next star.
    for (from, to) in
        [(10, 11), (25, 26)].map(|(from, to)| (SocietyId::at(from), SocietyId::at(to)))
    {
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
    for form in forms
        .iter_mut()
        .filter(|form| form.society == Some(SocietyId::at(30)))
    {
        for (line, scheme) in form.lines.iter_mut().zip(&ground.scheme.lines) {
            line.bonus = Some(Exact::zero());
            line.deduction = Some(Exact::from(scheme.deduction.cap));
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
    let mut forms: Keyed<FormKey, SettledForm> = forms.into();
    let newest = forms
        .find(|form| form.society == Some(SocietyId::at(0)) && form.state == FormState::Counted);
    for form in &mut forms {
        if matches!(form.state, FormState::Superseded | FormState::Duplicate) {
            form.instead = newest;
        }
    }
    forms
}

/// Something that was found, in words that were made before.
#[derive(Debug, Serialize)]
pub struct Told {
    #[serde(skip)]
    pub code: &'static Code,
    pub message: String,
    pub found: &'static str,
    pub allowed: String,
    #[serde(skip)]
    pub bearing: Bearing,
}

impl Told {
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            found: "",
            allowed: String::new(),
            bearing: Bearing::Plain,
        }
    }
}

impl Fact for Told {
    fn code(&self) -> &'static Code {
        self.code
    }

    fn message(&self, _: &Reader<'_>) -> String {
        self.message.clone()
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.found.to_owned()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        self.allowed.clone()
    }

    fn bearing(&self) -> Bearing {
        self.bearing
    }
}

pub(super) fn findings(forms: &Keyed<FormKey, SettledForm>, ground: &Ground) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, form) in forms.entries() {
        let society = form.society.map_or("中华护理协会", |society| {
            &ground.roster.societies[society].name
        });
        let (told, row, line) = match form.state {
            FormState::Held => (
                Told {
                    found: "60",
                    allowed: "0、15、20、30、35、50".to_owned(),
                    ..Told::new(&OVER, "3.1“学习宣传贯彻党的方针、政策”填60，超过上限50")
                },
                14,
                "3.1",
            ),
            FormState::Ineligible => (
                Told {
                    found: "37",
                    allowed: "0、20、40、50".to_owned(),
                    ..Told::new(
                        &UNATTAINABLE,
                        "3.2“定期召开党委会”填37，只能为0、20、40、50",
                    )
                },
                15,
                "3.2",
            ),
            _ => continue,
        };
        findings.push(
            Finding::of(told, form.place.at(CellRef::new(row, 8)))
                .form(key)
                .line(line)
                .society(society)
                .reviewer(&form.reviewer),
        );
    }
    if let Some((key, form)) = forms.entries().next() {
        let message = "表内学会是“中国通信学会”，与文件名“中国地质学会”不一致，疑似复制旧表";
        let told = Told {
            found: "中国通信学会",
            bearing: Bearing::Contradicts,
            ..Told::new(&COPIED, message)
        };
        let finding = Finding::of(told, form.place.clone()).form(key);
        findings.push(finding.society("中国地质学会"));
    }
    findings.push(Finding::of(
        Told::new(&NOTE, "是 PDF 文件，不是评价表"),
        Place::file("通知.pdf", &[]),
    ));
    findings.sort_by(|left, right| left.order().cmp(&right.order()));
    findings
}
