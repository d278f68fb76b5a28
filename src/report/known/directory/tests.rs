//! Of whom texts speak.

use serde::Serialize;

use super::{Directory, Remarks, SpeaksOf};
use crate::finding::{Code, Explained, Fact, Finding, Reader};
use crate::model::{FormKey, Place, SocietyId};
use crate::report::kit::sample;

static CODE: Code = Code::warning("P201", "unattainable", "概括的话", "", Explained::NOTHING);

#[derive(Debug, Serialize)]
struct Says {
    message: String,
    tells_people: bool,
}

impl Fact for Says {
    fn code(&self) -> &'static Code {
        &CODE
    }

    fn message(&self, to: &Reader<'_>) -> String {
        format!(
            "{}{}",
            self.message,
            to.way(&Place::file("张三的表.xlsx", &[]))
        )
    }

    fn tells_people(&self) -> bool {
        self.tells_people
    }
}

#[test]
fn a_remark_speaks_of_who_reviewed_and_of_other_societies() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let names = Directory::of(&standings);
    let mut remarks = Remarks::of(&names);
    let roster = &ground.roster;
    let mut form = standings.forms[FormKey::at(0)].clone();
    form.society = Some(SocietyId::at(0));
    form.unit = "钱塘江研究会党委".to_owned();
    let own = &roster.societies[SocietyId::at(0)].name;
    let other = &roster.societies[SocietyId::at(5)].name;
    for (text, told) in [
        (format!("{own}材料齐全，会议记录完整"), &[][..]),
        ("赵 一同志看过".to_owned(), &[SpeaksOf::Reviewer]),
        ("本人（趙一）看过".to_owned(), &[SpeaksOf::Reviewer]),
        (
            "我会（钱塘江研究会党委）意见".to_owned(),
            &[SpeaksOf::Reviewer],
        ),
        (format!("不如{other}"), &[SpeaksOf::Society]),
        (
            format!("孙二说不如{other}"),
            &[SpeaksOf::Reviewer, SpeaksOf::Society],
        ),
    ] {
        // Read anew and remembered.
        for _ in 0..2 {
            assert_eq!(remarks.in_form(&form, &text), told, "{text}");
        }
    }
}

#[test]
fn what_was_found_is_told_without_people_files_and_units() {
    let ground = sample::ground();
    let standings = sample::standings(&ground);
    let names = Directory::of(&standings);
    let said = |message: &str, tells_people| {
        let fact = Says {
            message: message.to_owned(),
            tells_people,
        };
        names.without_people(&Finding::of(fact, Place::default()))
    };
    assert_eq!(said("3.2填37，见", false), "3.2填37，见另一份");
    assert_eq!(said("填“赵一 20”", false), "概括的话");
    assert_eq!(said("单位不在名单中", true), "概括的话");
}
