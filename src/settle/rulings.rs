//! The clerk's rulings among all forms: what is set aside, which rulings took effect, which met nothing.
//!
//! A ruling that could mean either of two files is not applied to any; what it could concern is held.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{GivenUp, doubts};
use crate::check::{Checked, Doubt, FormState, ReceivedFile, SettledForm};
use crate::finding::text::{path, quote};
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Moot, Reader, Severity};
use crate::ground::Ground;
use crate::model::Place;
use crate::register::{Concern, Ruling, Treatment, Verified};

pub const CODES: &[&Code] = &[
    &RULED,
    &NOT_APPLIED,
    &WITHOUT_REASON,
    &AMBIGUOUS,
    &OUTDATED,
    &AT_ODDS,
];

static RULED: Code = Code::note(
    "V301",
    "ruled",
    "已按处理登记处理",
    "如有变动，请改“处理登记”后重新运行",
    Explained {
        means: "经办人在“处理登记”里对这一份定了怎样处理，程序照办了，并把依据、处理人、日期一并写明，备查。\
            原件没有改动。",
        basis: "本工具约定：经办人登记的处理意见逐份写明，不改原件。",
        example: "中国地质学会-二.csv：按处理登记第2行“以此份为准”处理（依据：电话核实；处理人：王五；日期：2018-8-20）。",
        remedy: "不用处理。改了主意的，改“处理登记”里的那一行，或删去这一行，再运行一次。",
    },
);
static NOT_APPLIED: Code = Code::warning(
    "V302",
    "ruling-not-applied",
    "处理登记中的一行没有用上",
    "请核对文件名、学会名称和评价人的写法；已不需要的请删去这一行",
    Explained {
        means: "“处理登记”里的一行填了处理，但没有对应到任何文件、学会或评价表，或者对应到的那一份用不着这样\
            处理，所以没有起作用。",
        basis: "本工具约定：登记了而没有用上的，一律指出来。",
        example: "处理登记!A2：“没有这个文件.csv”（不计入）没有对应到任何文件、学会或评价表。",
        remedy: "照“填报核对清单”的“文件”一栏核对文件名，或写学会全称；填了评价人的，核对姓名。事情已经了结的，\
            删去这一行。",
    },
);
static WITHOUT_REASON: Code = Code::warning(
    "V303",
    "ruling-without-reason",
    "处理登记中的一行没有写明依据或处理人",
    "照此处理，请补填依据和处理人，以备查核",
    Explained {
        means: "“处理登记”里的一行填了处理，却没有写依据或处理人。程序照办，但日后查起来说不清为什么这样处理、\
            是谁定的。",
        basis: "本工具约定：每项处理都应写明依据和处理人。",
        example: "处理登记!A2：“中国地质学会.csv”（不计入）没有填依据和处理人。",
        remedy: "在“处理登记”补填依据（如电话核实、会议纪要）和处理人，再运行一次。",
    },
);
static AMBIGUOUS: Code = Code::error(
    "V304",
    "ruling-ambiguous",
    "处理登记中的一行对应到几个同名文件，分不清是哪一个",
    "请在“文件或学会”写全路径（照“填报核对清单”的“文件”一栏抄写；直接放在收件文件夹里的，前面加“/”）后重新运行",
    Explained {
        means: "“处理登记”里的一行只写了文件名，而收到的文件里有几个同名的，不知说的是哪一个。程序不猜，可能说到的\
            几份都暂不计分。",
        basis: "本工具约定：一行登记只能对应一个文件，不猜。",
        example: "乙/中国能源研究会.xlsx：处理登记第2行写的“中国能源研究会.xlsx”对应到几个同名文件，分不清是哪一个。",
        remedy: "在“文件或学会”一栏把文件夹名、压缩包名一起写上，如“乙/中国能源研究会.xlsx”；直接放在收件文件夹里的，\
            前面加“/”。然后重新运行。",
    },
);

pub(super) static OUTDATED: Code = Code::warning(
    "V305",
    "ruling-outdated",
    "处理登记中的一行是对另一份内容定的",
    "暂计，请看这一份现在的内容，重新登记或删去那一行",
    Explained {
        means: "“处理登记”里的一行写着这一份的名称，但定的时候这里是另一份内容：程序填的行，校验码与现在的内容不符；手工写的\
            行，这一份是登记那天以后填报或收到的。所以这一行没有用在这一份上，这一份在重新核实之前只是暂计。",
        basis: "本工具约定：处理意见只管登记时的那一份，不因为文件同名就用到另一份上。",
        example: "地质一.csv：处理登记第2行写的“地质一.csv”（不计入）没有用在这一份上：这一份是登记那天以后填报或收到的。",
        remedy: "看这一份现在的内容。仍照原来处理的，在“处理登记”新出的那一行重新填处理（手工写的改日期）；不用处理的，删去\
            那一行，再运行一次。",
    },
);
static AT_ODDS: Code = Code::error(
    "V306",
    "rulings-at-odds",
    "处理登记中的几行对同一份说法相反",
    "请在“处理登记”只留一行，再运行一次",
    Explained {
        means: "“处理登记”里有几行用不同的写法（文件名、学会、评价人）说到同一份表，一行说不计入，一行说以此份为准；或一行\
            说同一人，一行说不是同一人。程序不猜，都不采用，这份表暂不计分。",
        basis: "本工具约定：互相矛盾的登记都不采用。",
        example: "地质一.csv：对这一份，处理登记第2行“不计入”与处理登记第3行“以此份为准”互相矛盾，都没有采用。",
        remedy: "在“处理登记”删去不对的那一行，再运行一次。",
    },
);

/// Makes warnings that were looked into merely worth knowing, and answers the doubts that rest on them.
pub(super) fn verify(
    ground: &Ground,
    rulings: &Rulings,
    forms: &mut [Checked],
    findings: &mut [Finding],
) {
    let clerk = Reader::clerk(ground);
    for (index, one) in forms.iter_mut().enumerate() {
        for ruling in rulings.clear(ground, Treatment::Verified, index) {
            let row = &ground.register.rulings[ruling];
            let of_form = findings.iter_mut().filter(|finding| {
                finding.severity == Severity::Warning && finding.place.at(None) == one.form.place
            });
            for finding in of_form {
                let (code, found) = (finding.code(), finding.fact.found(&clerk));
                let is_of = |item: &Verified| item.is_of(code.id, finding.place.cell, &found);
                if !row.verified.iter().any(is_of) {
                    continue;
                }
                finding.close(Moot::Verified { by: row.label() });
                if let Some(doubt) = doubts::raised_by(code) {
                    one.form.doubts.remove(&doubt);
                }
                if !one.form.rulings.contains(&ruling) {
                    one.form.rulings.push(ruling);
                }
            }
        }
    }
}

/// A ruling that took effect.
#[derive(Debug, Serialize)]
struct Ruled {
    /// The row of the register.
    row: String,
    treatment: String,
    /// On what grounds, by whom and when.
    grounds: String,
}

impl Fact for Ruled {
    fn code(&self) -> &'static Code {
        &RULED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let said = format!("按{}“{}”处理", self.row, self.treatment);
        if self.grounds.is_empty() || !to.sees_grounds() {
            said
        } else {
            format!("{said}（{}）", self.grounds)
        }
    }
}

/// What a checked form is to the register.
fn concern(ground: &Ground, form: &Checked) -> Concern {
    let form = &form.form;
    let society = form.society.map_or(form.society_text.as_str(), |society| {
        ground.roster.societies[society].name.as_str()
    });
    let group = ground.roster.group_at(form.society);
    Concern::form(&form.place, society, &form.society_text, &form.reviewer)
        .in_group(group.map(|group| ground.roster.groups[group].number))
        .with(&form.fingerprint, &form.corrects, form.day())
}

/// What the register says of all forms, and of the files of which nothing could be read; nothing where there is none.
#[derive(Default)]
pub(super) struct Rulings {
    /// By form.
    concerns: Vec<Concern>,
    /// The rulings (indices) that name several files, and the forms (indices) each could mean.
    ambiguous: BTreeMap<usize, Vec<usize>>,
    /// Which files are done with by which ruling (an index).
    files: BTreeMap<Place, usize>,
    /// What a ruling (an index) names that is an archive or mail with something missing: done with is what is missing,
    /// not what is there.
    missing: BTreeSet<(usize, Vec<String>)>,
    /// Forms (indices) and the rulings about them that contradict one another, each by another name for the form.
    at_odds: BTreeSet<(usize, usize)>,
}

/// What the register says of several versions.
pub(super) enum Verdict {
    Nothing,
    /// The form that stands, and the ruling (an index) that says so.
    Stands(usize, usize),
    /// Several rulings (indices), each for another one.
    Contradicts(BTreeSet<usize>),
}

/// A file of which something could not be read.
pub(super) struct Unread {
    pub(super) place: Place,
    pub(super) sha256: String,
    pub(super) is_holder: bool,
}

/// What a file of which nothing could be read is to the register: what it is, is its bytes.
fn file_concern(place: &Place, sha256: &str) -> Concern {
    Concern::file(place).with(&file_mark(sha256), &[], None)
}

/// What a file of which nothing could be read is told by.
pub(super) fn file_mark(sha256: &str) -> String {
    const DIGITS: usize = 12;
    sha256.get(..DIGITS).unwrap_or_default().to_owned()
}

impl Rulings {
    pub(super) fn of(ground: &Ground, forms: &[Checked], unread: &[Unread]) -> Self {
        let register = &ground.register;
        if register.rulings.is_empty() {
            return Self::default();
        }
        let concerns: Vec<Concern> = forms.iter().map(|form| concern(ground, form)).collect();
        let mut ambiguous = BTreeMap::new();
        let mut files = BTreeMap::new();
        let mut missing = BTreeSet::new();
        let unread: Vec<(&Unread, Concern)> = unread
            .iter()
            .map(|one| (one, file_concern(&one.place, &one.sha256)))
            .collect();
        for (index, ruling) in register.rulings.iter().enumerate() {
            let meant: Vec<(usize, &[String])> = concerns
                .iter()
                .enumerate()
                .filter(|(_, concern)| ruling.concerns(concern))
                .filter_map(|(form, concern)| Some((form, ruling.named(concern)?)))
                .collect();
            let excludes = matches!(ruling.treatment, Treatment::Excluded | Treatment::GivenUp);
            let closed: Vec<(&Unread, &[String])> = unread
                .iter()
                .filter(|(_, concern)| excludes && ruling.concerns(concern))
                .filter_map(|(one, concern)| Some((*one, ruling.named(concern)?)))
                .collect();
            let ways = meant.iter().map(|(_, way)| *way);
            let ways: BTreeSet<&[String]> =
                ways.chain(closed.iter().map(|(_, way)| *way)).collect();
            // What is told by its content lies there twice.
            if ways.len() > 1 && !ruling.is_marked() {
                ambiguous.insert(index, meant.iter().map(|(form, _)| *form).collect());
                continue;
            }
            for (one, way) in closed {
                files.entry(one.place.clone()).or_insert(index);
                // The whole way to it, not to something around it.
                if one.is_holder && Concern::file(&one.place).is_at(way) {
                    missing.insert((index, way.to_vec()));
                }
            }
        }
        let mut at_odds = BTreeSet::new();
        for (form, concern) in concerns.iter().enumerate() {
            let rulings = register.rulings.iter().enumerate();
            let own: Vec<(usize, &Ruling)> = rulings
                .filter(|(_, ruling)| ruling.concerns(concern))
                .collect();
            for (index, ruling) in &own {
                if own.iter().any(|(_, other)| ruling.is_against(other)) {
                    at_odds.insert((form, *index));
                }
            }
        }
        Self {
            concerns,
            ambiguous,
            files,
            missing,
            at_odds,
        }
    }

    /// The ruling (an index) by which a file that could not be read is done with.
    pub(super) fn of_file(&self, place: &Place) -> Option<usize> {
        self.files.get(place).copied()
    }

    /// Whether two forms are said to be by one person (treatment 同一人) or by several: the first ruling (an index) about
    /// either.
    pub(super) fn about_persons(
        &self,
        ground: &Ground,
        treatment: Treatment,
        forms: [usize; 2],
    ) -> Option<usize> {
        let mut rulings = forms
            .into_iter()
            .flat_map(|form| self.clear(ground, treatment, form));
        rulings.next()
    }

    /// The rulings of one kind that concern a form, can mean no other file, and that no other row contradicts.
    pub(super) fn clear(&self, ground: &Ground, treatment: Treatment, form: usize) -> Vec<usize> {
        let Some(concern) = self.concerns.get(form) else {
            return Vec::new();
        };
        let rulings = ground.register.of(treatment, concern);
        rulings
            .filter(|(index, ruling)| {
                let way = ruling.named(concern).map(<[String]>::to_vec);
                !self.ambiguous.contains_key(index)
                    && !self.at_odds.contains(&(form, *index))
                    && way.is_none_or(|way| !self.missing.contains(&(*index, way)))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Applies 不计入, holds what an ambiguous ruling or contradicting ones could concern, and marks what was ruled when
    /// something else lay there; gives the findings of these.
    pub(super) fn apply(&self, ground: &Ground, forms: &mut [Checked]) -> Vec<Finding> {
        let mut findings = Vec::new();
        findings.extend(self.hold_contradicted(ground, forms));
        findings.extend(self.doubt_outdated(ground, forms));
        for (index, meant) in &self.ambiguous {
            let ruling = &ground.register.rulings[*index];
            for form in meant {
                let one = &mut forms[*form];
                if one.form.state == FormState::Blank {
                    continue;
                }
                if one.form.state == FormState::Counted {
                    one.form.state = FormState::Held;
                }
                // What it was taken for, it may not be: it stands for nothing, and nothing gives way to it.
                one.stands_alone = true;
                if one.form.rulings.contains(index) && ruling.treatment == Treatment::Alias {
                    one.form.society = None;
                }
                let message = format!(
                    "{}写的{}对应到几个同名文件，分不清是哪一个",
                    ruling.label(),
                    quote(&ruling.subject)
                );
                findings.push(super::about(ground, &AMBIGUOUS, one, message));
            }
        }
        for (index, form) in forms.iter_mut().enumerate() {
            let rulings = &mut form.form.rulings;
            rulings.retain(|ruling| !self.ambiguous.contains_key(ruling));
            let mut excluded = self.clear(ground, Treatment::Excluded, index);
            excluded.extend(withdrawn(ground, form.form.society));
            if form.form.state != FormState::Blank && !excluded.is_empty() {
                form.form.state = FormState::Excluded;
                form.form.rulings.extend(excluded);
            }
        }
        findings
    }

    /// Holds what two rows say the contrary of.
    fn hold_contradicted(&self, ground: &Ground, forms: &mut [Checked]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, one) in forms.iter_mut().enumerate() {
            let own = self.at_odds.range((index, 0)..=(index, usize::MAX));
            let rows: Vec<String> = own
                .map(|(_, ruling)| {
                    let ruling = &ground.register.rulings[*ruling];
                    format!("{}“{}”", ruling.label(), ruling.treatment.label())
                })
                .collect();
            if rows.is_empty() || one.form.state == FormState::Blank {
                continue;
            }
            if one.form.state == FormState::Counted {
                one.form.state = FormState::Held;
            }
            let message = format!("对这一份，{}互相矛盾，都没有采用", rows.join("与"));
            findings.push(super::about(ground, &AT_ODDS, one, message));
        }
        findings
    }

    /// The forms (indices) that a row names although it was made about something else.
    fn outdated(&self, ruling: &Ruling) -> impl Iterator<Item = usize> {
        // What the program wrote it about lies elsewhere now, or is still there.
        let is_met = ruling.is_marked() && self.concerns.iter().any(|one| ruling.concerns(one));
        let concerns = self.concerns.iter().enumerate();
        concerns
            .filter(move |_| ruling.is_about_forms() && !is_met)
            .filter(|(_, concern)| ruling.names(concern) && !ruling.concerns(concern))
            .map(|(index, _)| index)
    }

    /// Marks what a row names although it was made about something else: the file has other content now, or came after
    /// the row's day.
    fn doubt_outdated(&self, ground: &Ground, forms: &mut [Checked]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for ruling in &ground.register.rulings {
            for index in self.outdated(ruling) {
                let form = &mut forms[index];
                if form.form.state == FormState::Blank {
                    continue;
                }
                form.form.doubts.insert(Doubt::Ruling);
                let why = if ruling.is_marked() {
                    "这一份现在的内容与登记时不同"
                } else {
                    "这一份是登记那天以后填报或收到的"
                };
                let message = format!(
                    "{}写的{}（{}）没有用在这一份上：{why}",
                    ruling.label(),
                    quote(&ruling.subject),
                    ruling.treatment.label()
                );
                findings.push(super::about(ground, &OUTDATED, form, message));
            }
        }
        findings
    }

    /// Which of several versions the register lets stand.
    pub(super) fn verdict(&self, ground: &Ground, versions: &[usize]) -> Verdict {
        let standing: Vec<(usize, usize)> = versions
            .iter()
            .filter_map(|version| {
                let rulings = self.clear(ground, Treatment::Stands, *version);
                Some((*version, *rulings.first()?))
            })
            .collect();
        match standing.as_slice() {
            [] => Verdict::Nothing,
            [(form, ruling)] => Verdict::Stands(*form, *ruling),
            several => Verdict::Contradicts(several.iter().map(|(_, ruling)| *ruling).collect()),
        }
    }

    /// Says which rulings took effect and which did not; `contradicting` are those that contradict one another.
    pub(super) fn check(
        &self,
        ground: &Ground,
        forms: &[SettledForm],
        files: &[ReceivedFile],
        given_up: &[GivenUp],
        contradicting: &BTreeSet<usize>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut applied: BTreeSet<usize> = self.files.values().copied().collect();
        let roster = &ground.roster;
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let own = given_up.iter().filter(|one| one.ruling == index);
            let mut whom: Vec<String> = own
                .map(|one| {
                    let society = &roster.societies[one.owing.society].name;
                    let reviewer = one
                        .owing
                        .reviewer
                        .map(|index| &roster.reviewers[index].name);
                    reviewer.map_or(society.clone(), |name| format!("{society}（{name}）"))
                })
                .collect();
            if ruling.treatment == Treatment::Withdrawn {
                let society = roster.society_named(&ruling.subject);
                whom.extend(society.map(|society| roster.societies[society].name.clone()));
            }
            if !whom.is_empty() {
                applied.insert(index);
                let message = format!(
                    "{}{}：{}",
                    what(ground, ruling),
                    said(ruling),
                    whom.join("、")
                );
                findings.push(Finding::new(&RULED, ruling.place(), message));
            }
        }
        for form in forms {
            for ruling in &form.rulings {
                applied.insert(*ruling);
                let ruling = &ground.register.rulings[*ruling];
                let fact = Ruled {
                    row: ruling.label(),
                    treatment: what(ground, ruling),
                    grounds: ruling.grounds(),
                };
                findings.push(super::found(ground, fact, form));
            }
        }
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let is_met = applied.contains(&index) || names_a_unit(ground, forms, ruling);
            let named = format!("{}（{}）", quote(&ruling.subject), ruling.treatment.label());
            // Where it could mean a form, that form says so.
            let is_told = self
                .ambiguous
                .get(&index)
                .is_some_and(|forms| !forms.is_empty())
                || self.at_odds.iter().any(|(_, ruling)| *ruling == index)
                || self.outdated(ruling).next().is_some();
            if !is_met && !is_told {
                let why = if self.ambiguous.contains_key(&index) {
                    "对应到几个同名文件，分不清是哪一个，没有采用，请写全路径".to_owned()
                } else if contradicting.contains(&index) {
                    "与另一行互相矛盾：同一评价人对同一学会的几份，都说以自己为准，没有采用"
                        .to_owned()
                } else {
                    self.why(forms, files, ruling)
                };
                let message = format!("{named}{why}");
                let finding = Finding::new(&NOT_APPLIED, ruling.place(), message);
                findings.push(
                    finding
                        .found(ruling.subject.clone())
                        .bears(Bearing::NotApplied),
                );
            }
            let missing = match (ruling.reason.is_empty(), ruling.by.is_empty()) {
                (true, true) => "依据和处理人",
                (true, false) => "依据",
                (false, true) => "处理人",
                (false, false) => continue,
            };
            let message = format!("{named}没有填{missing}");
            findings.push(Finding::new(&WITHOUT_REASON, ruling.place(), message));
        }
        findings
    }

    /// Why a ruling took no effect.
    fn why(&self, forms: &[SettledForm], files: &[ReceivedFile], ruling: &Ruling) -> String {
        let mut concerned = forms
            .iter()
            .zip(&self.concerns)
            .filter(|(_, concern)| ruling.concerns(concern));
        let Some((first, _)) = concerned.next() else {
            let mut places = files.iter().map(ReceivedFile::place);
            let formless = places.find(|place| ruling.named(&Concern::file(place)).is_some());
            return formless.map_or_else(
                || "没有对应到任何文件、学会或评价表".to_owned(),
                |place| format!("对应到“{}”，里面没有评价表可处理", path(&place)),
            );
        };
        let place = path(&first.place);
        if first.state == FormState::Blank && concerned.next().is_none() {
            return format!("对应到“{place}”，是空白表，没有可处理的");
        }
        match ruling.treatment {
            Treatment::Stands if concerned.next().is_some() => {
                "对应到不止一份，不知以哪份为准，没有采用，请写文件名".to_owned()
            }
            Treatment::Stands => format!("对应到“{place}”，没有另一份与它不同，用不着"),
            Treatment::BlankAsZero => format!("对应到“{place}”，没有未填的加分，用不着"),
            Treatment::Alias => format!("对应到“{place}”，它写的学会名称本来就认得，用不着"),
            Treatment::Excluded => format!("对应到“{place}”，本来就不计入"),
            Treatment::MayScore => format!("对应到“{place}”，没有是否回避的疑问，用不着"),
            Treatment::Same | Treatment::NotSame => {
                format!("对应到“{place}”，没有与它分不清是否同一人的另一份，用不着")
            }
            Treatment::Verified => {
                format!("对应到“{place}”，没有“核实事项”写的这条提示，或填报内容已经变了")
            }
            Treatment::GivenUp => format!("对应到“{place}”，已经收到，用不着"),
            Treatment::Withdrawn => "没有用上".to_owned(),
        }
    }
}

/// Makes what was said of a file that is done with merely worth knowing.
pub(super) fn close(ground: &Ground, ruling: usize, findings: &mut [Finding]) {
    let label = ground.register.rulings[ruling].label();
    for finding in findings {
        finding.close(Moot::Closed { by: label.clone() });
    }
}

/// The ruling (an index) by which a society does not take part: nothing counts that came for it.
fn withdrawn(ground: &Ground, society: Option<usize>) -> Option<usize> {
    let society = society?;
    ground.register.rulings.iter().position(|ruling| {
        ruling.treatment == Treatment::Withdrawn
            && ground.roster.society_named(&ruling.subject) == Some(society)
    })
}

/// Whether an alias is one that a reviewer's unit is written by.
fn names_a_unit(ground: &Ground, forms: &[SettledForm], ruling: &Ruling) -> bool {
    let bare = |unit: &str| ground.roster.bare_unit(unit);
    ruling.treatment == Treatment::Alias
        && forms
            .iter()
            .any(|form| bare(&form.unit) == bare(&ruling.subject))
}

/// What stands behind a ruling, in brackets.
fn said(ruling: &Ruling) -> String {
    match ruling.grounds() {
        grounds if grounds.is_empty() => grounds,
        grounds => format!("（{grounds}）"),
    }
}

/// A treatment, with the society it leads to.
fn what(ground: &Ground, ruling: &Ruling) -> String {
    let label = ruling.treatment.label();
    ruling.society.map_or(label.to_owned(), |society| {
        format!("{label}：{}", ground.roster.societies[society].name)
    })
}
