//! What a group is told, and what it is not.

use std::sync::Arc;

use super::Veil;
use crate::finding::{Bearing, Code, Explained, Finding, Said};
use crate::model::{Letter, Place};
use crate::rank::Standings;
use crate::report::books::group::workbook;
use crate::report::kit::sample;
use crate::report::known::Known;
use crate::report::known::names::Names;
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

#[test]
fn names_of_other_groups_are_left_out_of_texts() {
    let ground = sample::ground();
    let names = Names::new(&ground.roster, 0);
    let say = |text: &str, kept: &[&str]| names.say(text, &kept.iter().copied().collect());
    let text = "表内学会是“中国通信学会”，与文件名“中国地质学会”不一致";
    let veiled = "表内学会是“其他组学会”，与文件名“中国地质学会”不一致";
    assert_eq!(say(text, &[]), veiled);
    assert_eq!(say(text, &["中国通信学会"]), text);
    // A unit inside the name of a society does not uncover it.
    assert_eq!(say(text, &["中国通信"]), veiled);
}

#[test]
fn the_unit_of_a_reviewer_is_told_as_it_is() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let other = &ground.roster.societies[ground
        .roster
        .societies_of(1)
        .map(|(society, _)| society)
        .next()
        .expect("a society")]
    .name;
    // Not the first, of which the sample says that it contradicts itself.
    let own = standings
        .forms
        .iter_mut()
        .skip(1)
        .find(|form| form.society == Some(1))
        .expect("a form");
    own.unit.clone_from(other);
    let (place, reviewer) = (own.place.clone(), own.reviewer.clone());
    let message = format!("评价人“{reviewer}”（{other}）不在评价人名单中");
    standings.findings.push(
        Finding::new(&UNLISTED, place, message.clone())
            .society(&ground.roster.societies[1].name)
            .reviewer(&reviewer),
    );
    let known = Known::of(&standings);
    let veil = Veil::new(&known, 0);
    let told: Vec<Said> = veil.findings().collect();
    assert!(told.iter().any(|finding| finding.message == message));
}

#[test]
fn a_form_that_may_be_of_another_group_is_told_of_and_not_shown() {
    let ground = sample::ground();
    let mut standings = sample::standings(&ground);
    let index = standings
        .forms
        .iter()
        .position(|form| form.society == Some(1))
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
    let own = &ground.roster.societies[1].name;
    let society = |finding: Finding| finding.society(own).reviewer("外人");
    standings.findings.extend([
        society(
            Finding::new(
                &CONTRADICTION,
                place.clone(),
                "表内学会是“中国通信 学会”，疑似复制旧表",
            )
            .found("中国通信 学会")
            .allowed(own)
            .bears(Bearing::Contradicts),
        ),
        society(Finding::new(&UNLISTED, place.clone(), "别组的事")),
        society(Finding::new(
            &UNREADABLE,
            Place::file(&place.file, &[]),
            "整个文件的事",
        )),
    ]);
    let known = Known::of(&standings);
    let veil = Veil::new(&known, 0);
    assert!(!veil.owns(index));
    assert!(
        !veil
            .findings()
            .any(|finding| finding.message.contains("疑似复制旧表"))
    );
    let all: String = sample::sheets(&workbook(&Known::of(&standings), 0).expect("written"))
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
        forms: Vec::new(),
        letter: None,
        is_holder: false,
        scan_of: None,
        ruling: None,
        remark: "打不开".to_owned(),
    });
    standings
        .findings
        .push(Finding::new(&UNREADABLE, Place::file(name, &[]), "打不开").society("中国地质学会"));
    let sees = |group: usize| {
        let known = Known::of(&standings);
        let veil = Veil::new(&known, group);
        let files: Vec<String> = veil.files().map(|file| file.file).collect();
        let finding = veil.findings().find(|finding| finding.message == "打不开");
        let place = finding.map(|finding| finding.place.file);
        // Nobody knows what else is in it.
        assert!(!files.iter().any(|file| file == name || file == "通知.pdf"));
        place.is_some_and(|place| place.starts_with("材料") && files.contains(&place))
    };
    assert!(sees(0));
    assert!(!sees(1));
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
    let own = standings
        .forms
        .iter()
        .skip(1)
        .position(|form| form.society == Some(1))
        .expect("a form")
        + 1;
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
        sample::sheets(&workbook(&Known::of(standings), 0).expect("written"))
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
