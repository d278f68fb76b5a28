//! Which rulings took effect and which did not, and why, said to the clerk.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Rulings;
use super::codes::{NOT_APPLIED, RULED, WITHOUT_REASON};
use crate::check::ReceivedFile;
use crate::check::SettledForm;
use crate::finding::text::quote;
use crate::finding::{Bearing, Code, Fact, Finding, FormState, Named, Reader};
use crate::ground::Ground;
use crate::model::{FormKey, Keyed, Place};
use crate::register::{Concern, Ruling, Treatment};
use crate::settle::GivenUp;

impl Rulings {
    /// Says which rulings took effect and which did not; `contradicting` are those that contradict one another.
    pub(in crate::settle) fn check(
        &self,
        ground: &Ground,
        forms: &Keyed<FormKey, SettledForm>,
        files: &[ReceivedFile],
        given_up: &[GivenUp],
        contradicting: &BTreeSet<usize>,
        own: Option<(&Self, &Keyed<FormKey, SettledForm>)>,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut applied: BTreeSet<usize> = self.files.values().copied().collect();
        applied.extend(
            own.iter()
                .flat_map(|(_, forms)| forms.iter())
                .flat_map(|form| &form.rulings),
        );
        let roster = &ground.roster;
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let own = given_up.iter().filter(|one| one.ruling == index);
            let mut whom: Vec<Whom> = own
                .map(|one| Whom {
                    society: Named::of(ground, one.owing.society),
                    reviewer: one
                        .owing
                        .reviewer
                        .map(|index| roster.reviewers[index].name.clone()),
                })
                .collect();
            if ruling.treatment == Treatment::Withdrawn {
                let society = roster.society_named(&ruling.subject);
                whom.extend(society.map(|society| Whom {
                    society: Named::of(ground, society),
                    reviewer: None,
                }));
            }
            if !whom.is_empty() {
                applied.insert(index);
                let fact = Awaited {
                    treatment: what(ground, ruling),
                    grounds: ruling.grounds(),
                    whom,
                };
                findings.push(Finding::of(fact, ruling.place()));
            }
        }
        applied.extend(forms.iter().flat_map(|form| &form.rulings));
        findings.extend(ruled(ground, forms));
        for (index, ruling) in ground.register.rulings.iter().enumerate() {
            let is_met = applied.contains(&index) || names_a_unit(ground, forms, ruling);
            // Where it could mean a form, that form says so.
            let is_told = self.is_told(ruling, index)
                || own.is_some_and(|(rulings, _)| rulings.is_told(ruling, index));
            if !is_met && !is_told {
                let why = if self.ambiguous.contains_key(&index) {
                    Why::Ambiguous
                } else if contradicting.contains(&index) {
                    Why::Contradicted
                } else {
                    match own {
                        Some((rulings, own))
                            if !self.is_about(ruling) && rulings.is_about(ruling) =>
                        {
                            rulings.why(ground, own, files, ruling)
                        }
                        _ => self.why(ground, forms, files, ruling),
                    }
                };
                findings.push(Finding::of(
                    Unsettled::new(ruling, Some(why)),
                    ruling.place(),
                ));
            }
            if ruling.reason.is_empty() || ruling.by.is_empty() {
                findings.push(Finding::of(Unsettled::new(ruling, None), ruling.place()));
            }
        }
        findings
    }

    /// Whether a form that a row (an index) could mean says so.
    fn is_told(&self, ruling: &Ruling, index: usize) -> bool {
        let ambiguous = self.ambiguous.get(&index);
        ambiguous.is_some_and(|forms| !forms.is_empty())
            || self.at_odds.iter().any(|(_, ruling)| *ruling == index)
            || self.outdated(ruling).next().is_some()
    }

    /// Whether a row is about any of the forms.
    fn is_about(&self, ruling: &Ruling) -> bool {
        self.concerns.iter().any(|one| ruling.concerns(one))
    }

    /// Why a ruling took no effect.
    fn why(
        &self,
        ground: &Ground,
        forms: &[SettledForm],
        files: &[ReceivedFile],
        ruling: &Ruling,
    ) -> Why {
        let mut concerned = forms
            .iter()
            .zip(&self.concerns)
            .filter(|(_, concern)| ruling.concerns(concern));
        let Some((first, _)) = concerned.next() else {
            let mut places = files.iter().map(ReceivedFile::place);
            let formless = places.find(|place| ruling.named(&Concern::file(place)).is_some());
            return formless.map_or(Why::NotMet, |place| Why::Formless { place });
        };
        let place = first.place.clone();
        let is_alone = concerned.next().is_none();
        if first.state == FormState::Blank && is_alone {
            Why::Blank { place }
        } else if ruling.treatment == Treatment::Stands && !is_alone {
            Why::Several
        } else if ruling.treatment == Treatment::BlankAsZero && lacks_value(ground, first) {
            Why::NoPoints { place }
        } else {
            Why::Needless { place }
        }
    }
}

/// Whether what points are worked out from is missing in a form.
fn lacks_value(ground: &Ground, form: &SettledForm) -> bool {
    let lines = ground.scheme.lines.iter().zip(&form.lines);
    let mut values = lines.filter(|(line, _)| line.value.is_some());
    values.any(|(_, line)| line.bonus.is_none())
}

/// That rulings took effect on forms.
pub(in crate::settle) fn ruled(
    ground: &Ground,
    forms: &Keyed<FormKey, SettledForm>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, form) in forms.entries() {
        for ruling in &form.rulings {
            let ruling = &ground.register.rulings[*ruling];
            let fact = Ruled {
                row: ruling.label(),
                treatment: what(ground, ruling),
                grounds: ruling.grounds(),
            };
            findings.push(crate::settle::found(ground, fact, (key, form)));
        }
    }
    findings
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
        let grounds = in_brackets(&self.grounds, to);
        format!("按{}“{}”处理{grounds}", self.row, self.treatment)
    }
}

/// A ruling about what will not come.
#[derive(Debug, Serialize)]
struct Awaited {
    treatment: String,
    grounds: String,
    whom: Vec<Whom>,
}

/// From whom nothing comes: from this reviewer, or for the society altogether.
#[derive(Debug, Serialize)]
struct Whom {
    society: Named,
    reviewer: Option<String>,
}

impl Fact for Awaited {
    fn code(&self) -> &'static Code {
        &RULED
    }

    fn tells_people(&self) -> bool {
        true
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let whom: Vec<String> = self
            .whom
            .iter()
            .map(|one| {
                let society = to.society(one.society.society);
                let reviewer = one.reviewer.as_ref();
                reviewer.map_or(society.clone(), |name| format!("{society}（{name}）"))
            })
            .collect();
        let grounds = in_brackets(&self.grounds, to);
        format!("{}{grounds}：{}", self.treatment, whom.join("、"))
    }
}

/// A row of the register with which something is not right.
#[derive(Debug, Serialize)]
struct Unsettled {
    subject: String,
    treatment: Treatment,
    /// Why it took no effect; none where only its grounds are missing.
    not_applied: Option<Why>,
    has_reason: bool,
    has_person: bool,
}

/// Why a ruling took no effect.
#[derive(Debug, Serialize)]
#[serde(tag = "why", rename_all = "lowercase")]
enum Why {
    /// It could mean several files.
    Ambiguous,
    /// Another row says the contrary.
    Contradicted,
    NotMet,
    Formless {
        place: Place,
    },
    Blank {
        place: Place,
    },
    /// It names several forms where it must name one.
    Several,
    /// What is blank is not points.
    NoPoints {
        place: Place,
    },
    /// What it names needs no such ruling.
    Needless {
        place: Place,
    },
}

impl Unsettled {
    fn new(ruling: &Ruling, not_applied: Option<Why>) -> Self {
        Self {
            subject: ruling.subject.clone(),
            treatment: ruling.treatment,
            not_applied,
            has_reason: !ruling.reason.is_empty(),
            has_person: !ruling.by.is_empty(),
        }
    }

    fn why(&self, why: &Why, to: &Reader<'_>) -> String {
        match why {
            Why::Ambiguous => "对应到几个同名文件，分不清是哪一个，没有采用，请写全路径".to_owned(),
            Why::Contradicted => {
                to.words("与另一行互相矛盾：同一评价人对同一学会的几份，都说以自己为准，没有采用")
            }
            Why::NotMet => to.words("没有对应到任何文件、学会或评价表"),
            Why::Formless { place } => {
                format!("对应到“{}”，里面没有评价表可处理", to.way(place))
            }
            Why::Blank { place } => {
                format!("对应到“{}”，是空白表，没有可处理的", to.way(place))
            }
            Why::Several => "对应到不止一份，不知以哪份为准，没有采用，请写文件名".to_owned(),
            Why::NoPoints { place } => format!(
                "对应到“{}”，空着的是填报内容（次数、比率、等级等），分由它算出，没有分可按0计；须请评价人补填",
                to.way(place)
            ),
            Why::Needless { place } => {
                let needless = match self.treatment {
                    Treatment::Stands => "没有另一份与它不同，用不着",
                    Treatment::BlankAsZero => "没有未填的加分，用不着",
                    Treatment::Alias => "它写的学会名称本来就认得，用不着",
                    Treatment::Excluded => "本来就不计入",
                    Treatment::MayScore => "没有是否回避的疑问，用不着",
                    Treatment::Same | Treatment::NotSame => {
                        "没有与它分不清是否同一人的另一份，用不着"
                    }
                    Treatment::Verified => "没有“核实事项”写的这条提示，或填报内容已经变了",
                    Treatment::GivenUp => "已经收到，用不着",
                    Treatment::Withdrawn => return "没有用上".to_owned(),
                };
                format!("对应到“{}”，{}", to.way(place), to.words(needless))
            }
        }
    }
}

impl Fact for Unsettled {
    fn code(&self) -> &'static Code {
        match self.not_applied {
            Some(_) => &NOT_APPLIED,
            None => &WITHOUT_REASON,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let row = format!("{}（{}）", quote(&self.subject), self.treatment.label());
        if let Some(why) = &self.not_applied {
            return format!("{row}{}", self.why(why, to));
        }
        let missing: Vec<&str> = [(self.has_reason, "依据"), (self.has_person, "处理人")]
            .into_iter()
            .filter(|(has, _)| !has)
            .map(|(_, what)| what)
            .collect();
        format!("{row}没有填{}", missing.join("和"))
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self.not_applied {
            Some(_) => self.subject.clone(),
            None => String::new(),
        }
    }

    fn bearing(&self) -> Bearing {
        match self.not_applied {
            Some(_) => Bearing::NotApplied,
            None => Bearing::Plain,
        }
    }
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
fn in_brackets(grounds: &str, to: &Reader<'_>) -> String {
    if grounds.is_empty() || !to.sees_all() {
        String::new()
    } else {
        format!("（{grounds}）")
    }
}

/// A treatment, with the society it leads to.
fn what(ground: &Ground, ruling: &Ruling) -> String {
    let label = ruling.treatment.label();
    ruling.society.map_or(label.to_owned(), |society| {
        format!("{label}：{}", ground.roster.societies[society].name)
    })
}
