//! The clerk's rulings among all forms: what is set aside, which rulings took effect, which met nothing.
//!
//! A ruling that could mean either of two files is not applied to any; what it could concern is held.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::check::{Checked, FormState, ReceivedFile};
use crate::finding::text::{path, quote};
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Moot, Reader};
use crate::ground::Ground;
use crate::model::Place;
use crate::register::{Concern, Ruling, Treatment};

pub const CODES: &[&Code] = &[&RULED, &NOT_APPLIED, &WITHOUT_REASON, &AMBIGUOUS];

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
    Concern::form(&form.place, society, &form.society_text, &form.reviewer)
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
    pub(super) is_holder: bool,
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
            .map(|one| (one, Concern::file(&one.place)))
            .collect();
        for (index, ruling) in register.rulings.iter().enumerate() {
            let meant: Vec<(usize, &[String])> = concerns
                .iter()
                .enumerate()
                .filter(|(_, concern)| ruling.concerns(concern))
                .filter_map(|(form, concern)| Some((form, ruling.named(concern)?)))
                .collect();
            let excludes = ruling.treatment == Treatment::Excluded;
            let closed: Vec<(&Unread, &[String])> = unread
                .iter()
                .filter(|(_, concern)| excludes && ruling.concerns(concern))
                .filter_map(|(one, concern)| Some((*one, ruling.named(concern)?)))
                .collect();
            let ways = meant.iter().map(|(_, way)| *way);
            let ways: BTreeSet<&[String]> =
                ways.chain(closed.iter().map(|(_, way)| *way)).collect();
            if ways.len() > 1 {
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
        Self {
            concerns,
            ambiguous,
            files,
            missing,
        }
    }

    /// The ruling (an index) by which a file that could not be read is done with.
    pub(super) fn of_file(&self, place: &Place) -> Option<usize> {
        self.files.get(place).copied()
    }

    /// The rulings of one kind that concern a form and can mean no other file.
    fn clear(&self, ground: &Ground, treatment: Treatment, form: usize) -> Vec<usize> {
        let Some(concern) = self.concerns.get(form) else {
            return Vec::new();
        };
        let rulings = ground.register.of(treatment, concern);
        rulings
            .filter(|(index, ruling)| {
                let way = ruling.named(concern).map(<[String]>::to_vec);
                !self.ambiguous.contains_key(index)
                    && way.is_none_or(|way| !self.missing.contains(&(*index, way)))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Applies 不计入 and holds what an ambiguous ruling could concern; gives the findings of the latter.
    pub(super) fn apply(&self, ground: &Ground, forms: &mut [Checked]) -> Vec<Finding> {
        let mut findings = Vec::new();
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
            let excluded = self.clear(ground, Treatment::Excluded, index);
            if form.form.state != FormState::Blank && !excluded.is_empty() {
                form.form.state = FormState::Excluded;
                form.form.rulings.extend(excluded);
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
        forms: &[Checked],
        files: &[ReceivedFile],
        contradicting: &BTreeSet<usize>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut applied: BTreeSet<usize> = self.files.values().copied().collect();
        for form in forms {
            for ruling in &form.form.rulings {
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
                .is_some_and(|forms| !forms.is_empty());
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
    fn why(&self, forms: &[Checked], files: &[ReceivedFile], ruling: &Ruling) -> String {
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
        let place = path(&first.form.place);
        if first.form.state == FormState::Blank && concerned.next().is_none() {
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

/// Whether an alias is one that a reviewer's unit is written by.
fn names_a_unit(ground: &Ground, forms: &[Checked], ruling: &Ruling) -> bool {
    let bare = |unit: &str| ground.roster.bare_unit(unit);
    ruling.treatment == Treatment::Alias
        && forms
            .iter()
            .any(|form| bare(&form.form.unit) == bare(&ruling.subject))
}

/// A treatment, with the society it leads to.
fn what(ground: &Ground, ruling: &Ruling) -> String {
    let label = ruling.treatment.label();
    ruling.society.map_or(label.to_owned(), |society| {
        format!("{label}：{}", ground.roster.societies[society].name)
    })
}
