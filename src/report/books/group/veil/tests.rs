//! What a group is told, and what it is not.

use std::sync::Arc;

use serde::Serialize;

use super::Veil;
use crate::finding::{Bearing, Code, Explained, Fact, Finding, Reader};
use crate::model::{GroupId, Letter, Place, SocietyId};
use crate::rank::Standings;
use crate::report::books::group::workbook;
use crate::report::kit::sample::{self, Told};
use crate::report::known::Known;
use crate::settle::ReceivedFile;

static UNLISTED: Code = Code::warning(
    "R105",
    "reviewer-unlisted",
    "不在名单中",
    "请核实",
    Explained::NOTHING,
);
static CONTRADICTION: Code = Code::error(
    "F103",
    "identity-contradiction",
    "互相矛盾",
    "请重填",
    Explained::NOTHING,
);
static UNREADABLE: Code = Code::error("I201", "unreadable", "打不开", "请重报", Explained::NOTHING);

/// Something about two societies and the file of a third form.
#[derive(Debug, Serialize)]
struct Compared {
    societies: [SocietyId; 2],
    other: Place,
    unit: String,
}

impl Fact for Compared {
    fn code(&self) -> &'static Code {
        &UNLISTED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let [one, other] = self.societies.map(|society| to.society(society));
        format!("{one}、{other}、{}、{}", self.unit, to.way(&self.other))
    }
}

#[test]
fn a_sentence_is_made_for_the_group_from_what_it_may_know() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let mut of_other = ground.roster.societies_of(GroupId::at(1));
    let (other, society) = of_other.next().expect("a society");
    // Not the first, of which the sample says that it contradicts itself.
    let (own, _) = standings
        .forms
        .entries()
        .skip(1)
        .find(|(_, form)| form.society == Some(SocietyId::at(1)))
        .expect("a form");
    let foreign = Place::file("另一组的.xlsx", &[]);
    let fact = Compared {
        societies: [SocietyId::at(1), other],
        other: foreign,
        // A unit may be named after any society: it is the fact to check.
        unit: society.name.clone(),
    };
    let name = &ground.roster.societies[SocietyId::at(1)].name;
    let place = standings.forms[own].place.clone();
    let finding = Finding::of(fact, place).form(own).society(name);
    standings.findings.push(finding);
    let known = Known::of(&standings);
    let told: Vec<String> = Veil::new(&known, GroupId::at(0))
        .findings()
        .map(|said| said.message)
        .collect();
    let message = format!("{name}、其他组学会、{}、材料", society.name);
    assert!(told.contains(&message), "{told:?}");
}

#[test]
fn a_form_that_may_be_of_another_group_is_told_of_and_not_shown() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let index = standings
        .forms
        .find(|form| form.society == Some(SocietyId::at(1)))
        .expect("a form");
    let form = &mut standings.forms[index];
    form.reviewer = "外人".to_owned();
    form.place.file = "别组的文件.xlsx".to_owned();
    form.place.sheet = "中国通信学会".to_owned();
    let place = form.place.clone();
    let file = standings
        .files
        .iter_mut()
        .find(|file| file.forms.contains(&index))
        .expect("its file");
    file.file.clone_from(&place.file);
    let own = &ground.roster.societies[SocietyId::at(1)].name;
    let society = |finding: Finding| finding.society(own).reviewer("外人");
    let contradiction = Told {
        found: "中国通信 学会",
        allowed: own.clone(),
        bearing: Bearing::Contradicts,
        ..Told::new(&CONTRADICTION, "表内学会是“中国通信 学会”，疑似复制旧表")
    };
    standings.findings.extend([
        society(Finding::of(contradiction, place.clone())).form(index),
        society(Finding::of(Told::new(&UNLISTED, "别组的事"), place.clone())).form(index),
        society(Finding::of(
            Told::new(&UNREADABLE, "整个文件的事"),
            Place::file(&place.file, &[]),
        )),
    ]);
    let known = Known::of(&standings);
    let veil = Veil::new(&known, GroupId::at(0));
    assert!(!veil.owns(index));
    assert!(
        !veil
            .findings()
            .any(|finding| finding.message.contains("疑似复制旧表"))
    );
    let all: String =
        sample::sheets(&workbook(&Known::of(&standings), GroupId::at(0)).expect("written"))
            .iter()
            .map(sample::texts)
            .collect();
    for hidden in [
        "外人",
        "别组的",
        "整个文件的事",
        "中国通信学会",
        "中国通信 学会",
    ] {
        assert!(!all.contains(hidden), "{hidden}");
    }
}

#[test]
fn a_file_named_after_a_society_is_its_groups_matter_though_it_cannot_be_read() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let name = "中国地质学会（加密）.xlsx";
    standings.files.push(ReceivedFile {
        file: name.to_owned(),
        within: Vec::new(),
        sha256: "00".to_owned(),
        size: 7,
        assessments: Vec::new(),
        forms: Vec::new(),
        letter: None,
        is_holder: false,
        scan_of: None,
        unread: None,
        remark: "打不开".to_owned(),
    });
    standings.findings.push(
        Finding::of(Told::new(&UNREADABLE, "打不开"), Place::file(name, &[]))
            .society("中国地质学会"),
    );
    let sees = |group: GroupId| {
        let known = Known::of(&standings);
        let veil = Veil::new(&known, group);
        let files: Vec<String> = veil.files().map(|file| file.file).collect();
        let finding = veil.findings().find(|finding| finding.message == "打不开");
        let place = finding.map(|finding| finding.place.file);
        // Nobody knows what else is in it.
        assert!(!files.iter().any(|file| file == name || file == "通知.pdf"));
        place.is_some_and(|place| place.starts_with("材料") && files.contains(&place))
    };
    assert!(sees(GroupId::at(0)));
    assert!(!sees(GroupId::at(1)));
}

#[test]
fn a_mail_that_brought_anothers_file_is_not_named() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let mail = "张三报送两组材料.eml";
    let letter = Arc::new(Letter {
        sender: "张三 <zhang@example.org>".to_owned(),
        subject: "地质与外人".to_owned(),
        ..Letter::default()
    });
    // Not the first, of which the sample says that it contradicts itself.
    let (own, _) = standings
        .forms
        .entries()
        .skip(1)
        .find(|(_, form)| form.society == Some(SocietyId::at(1)))
        .expect("a form");
    let within = vec!["地质.xlsx".to_owned()];
    mail.clone_into(&mut standings.forms[own].place.file);
    standings.forms[own].place.within.clone_from(&within);
    let file = standings
        .files
        .iter_mut()
        .find(|file| file.forms.contains(&own))
        .expect("its file");
    file.file = mail.to_owned();
    file.within = within;
    file.forms = vec![own];
    file.letter = Some(Arc::clone(&letter));
    let mut holder = file.clone();
    holder.within = Vec::new();
    holder.forms = Vec::new();
    holder.is_holder = true;
    standings.files.push(holder);
    let seen = |standings: &Standings<'_>| -> String {
        sample::sheets(&workbook(&Known::of(standings), GroupId::at(0)).expect("written"))
            .iter()
            .map(sample::texts)
            .collect()
    };
    let alone = seen(&standings);
    assert!(alone.contains(mail) && alone.contains(&letter.subject));
    let mut other = standings
        .files
        .iter()
        .find(|file| file.file == mail && !file.is_holder)
        .expect("it")
        .clone();
    // Nobody knows whose it is: it could not be read.
    other.within = vec!["附件2.xlsx".to_owned()];
    other.forms = Vec::new();
    standings.files.push(other);
    let shared = seen(&standings);
    assert!(shared.contains("邮件1 › 地质.xlsx"));
    for hidden in [mail, &letter.subject, "zhang@example.org", "附件2"] {
        assert!(!shared.contains(hidden), "{hidden}");
    }
}
