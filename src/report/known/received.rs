//! The files that came, found by their way and by the forms in them. Found out once, for files, mails and slips may all
//! be thousands.

use std::collections::BTreeMap;

use super::{Came, Known};
use crate::finding::Finding;
use crate::model::{GroupId, Letter, Place};
use crate::rank::Standings;
use crate::settle::ReceivedFile;

/// What lies at one way.
#[derive(Default)]
struct Met {
    /// The files (indices) by this way, in their order.
    files: Vec<usize>,
    /// The first finding (an index) about a file as a whole.
    finding: Option<usize>,
}

/// The outermost name with its folders, and those within.
type Way<'s> = (&'s str, &'s [String]);

pub(super) struct Received<'s> {
    standings: &'s Standings<'s>,
    ways: BTreeMap<Way<'s>, Met>,
    /// By form: the first file (an index) that it lies in.
    forms: BTreeMap<Came, usize>,
}

impl<'s> Received<'s> {
    pub(super) fn of(standings: &'s Standings<'s>) -> Self {
        let mut ways: BTreeMap<Way<'s>, Met> = BTreeMap::new();
        let mut forms = BTreeMap::new();
        for (index, file) in standings.files.iter().enumerate() {
            let way = (file.file.as_str(), file.within.as_slice());
            ways.entry(way).or_default().files.push(index);
            for form in Came::in_file(file) {
                forms.entry(form).or_insert(index);
            }
        }
        for (index, finding) in standings.findings.iter().enumerate() {
            let place = &finding.place;
            if place.sheet.is_empty()
                && place.cell.is_none()
                && let Some(met) = ways.get_mut(&(place.file.as_str(), place.within.as_slice()))
            {
                met.finding.get_or_insert(index);
            }
        }
        Self {
            standings,
            ways,
            forms,
        }
    }

    /// The files (indices) by a way, in their order.
    pub(super) fn indices<'a>(&'a self, file: &'a str, within: &'a [String]) -> &'a [usize] {
        let met = self.ways.get(&(file, within));
        met.map_or(&[], |met| met.files.as_slice())
    }

    fn files<'a>(
        &'a self,
        file: &'a str,
        within: &'a [String],
    ) -> impl Iterator<Item = &'s ReceivedFile> {
        let files = self.indices(file, within).iter();
        files.filter_map(|index| self.standings.files.get(*index))
    }

    /// The file at a place.
    pub(super) fn at(&self, place: &Place) -> Option<&'s ReceivedFile> {
        self.files(&place.file, &place.within).next()
    }

    /// The mail that brought a file, or that it is: the outermost that bears the same head.
    pub(super) fn mail(&self, file: &ReceivedFile) -> Option<&'s ReceivedFile> {
        let letter: Option<&Letter> = file.letter.as_deref();
        let mut ways = (0..=file.within.len()).filter_map(|inner| file.within.get(..inner));
        ways.find_map(|within| {
            let mut files = self.files(&file.file, within);
            files.find(|one| one.is_holder && one.letter.as_deref() == letter)
        })
    }
}

impl<'s> Known<'s> {
    /// The files that are a group's as a whole or in part, in their order.
    pub fn files(&self, group: GroupId) -> impl Iterator<Item = &'s ReceivedFile> {
        let files = self.files.get(&group).into_iter().flatten();
        files.filter_map(|file| self.standings.files.get(*file))
    }

    /// The file that a form came in.
    #[must_use]
    pub fn file_with(&self, form: Came) -> Option<&'s ReceivedFile> {
        let file = self.received.forms.get(&form)?;
        self.standings.files.get(*file)
    }

    /// The first finding about a file as a whole.
    #[must_use]
    pub fn about(&self, file: &ReceivedFile) -> Option<&'s Finding> {
        let way = (file.file.as_str(), file.within.as_slice());
        let finding = self.received.ways.get(&way)?.finding?;
        self.standings.findings.get(finding)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Known, Received};
    use crate::finding::{Code, Explained, Finding};
    use crate::model::{Letter, Place};
    use crate::report::kit::sample::{self, Told};
    use crate::settle::ReceivedFile;

    static UNREADABLE: Code =
        Code::error("I201", "unreadable", "打不开", "请重报", Explained::NOTHING);

    fn file(name: &str, within: &[&str], letter: &Arc<Letter>, is_holder: bool) -> ReceivedFile {
        ReceivedFile {
            file: name.to_owned(),
            within: within.iter().map(|name| (*name).to_owned()).collect(),
            sha256: "00".to_owned(),
            size: 7,
            assessments: Vec::new(),
            forms: Vec::new(),
            letter: Some(Arc::clone(letter)),
            is_holder,
            scan_of: None,
            unread: None,
            remark: String::new(),
        }
    }

    #[test]
    fn a_file_came_in_the_outermost_mail_of_its_own_head() {
        let ground = sample::ground();
        let mut standings = sample::standings(&ground);
        let letter = |subject: &str| {
            Arc::new(Letter {
                subject: subject.to_owned(),
                ..Letter::default()
            })
        };
        let (own, forwarded) = (letter("报送"), letter("转发"));
        let [inner, attached] = ["原信.eml", "表.zip"];
        standings.files.extend([
            file("信.eml", &[], &forwarded, true),
            file("信.eml", &[inner], &own, true),
            file("信.eml", &[inner, attached], &own, true),
            file("信.eml", &[inner, attached, "表.xlsx"], &own, false),
            file("另一封.eml", &[], &own, true),
            file("信.eml", &["散.xlsx"], &own, false),
        ]);
        let received = Received::of(&standings);
        let mail = |within: &[&str]| {
            let within = within.iter().map(|name| (*name).to_owned());
            let within: Vec<String> = within.collect();
            let file = received.at(&Place::file("信.eml", &within));
            received
                .mail(file.expect("it"))
                .map(|mail| mail.within.clone())
        };
        assert_eq!(
            mail(&[inner, attached, "表.xlsx"]),
            Some(vec![inner.to_owned()])
        );
        assert_eq!(mail(&[inner]), Some(vec![inner.to_owned()]));
        assert_eq!(mail(&[]), Some(Vec::new()));
        // It bears a head that no mail above it bears.
        assert_eq!(mail(&["散.xlsx"]), None);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_what_was_first_said_of_all_of_it() {
        let ground = sample::ground();
        let mut standings = sample::standings(&ground);
        let broken = file("坏.xlsx", &[], &Arc::default(), false);
        let place = broken.place();
        let of_sheet = Place {
            sheet: "表1".to_owned(),
            ..place.clone()
        };
        standings.files.push(broken.clone());
        standings.findings.extend(
            [(of_sheet, "表"), (place.clone(), "先"), (place, "后")]
                .map(|(place, what)| Finding::of(Told::new(&UNREADABLE, what), place)),
        );
        let known = Known::of(&standings);
        let of_whole = standings.findings.len() - 2;
        let about = known.about(&broken).expect("a finding");
        let mut findings = standings.findings.iter();
        let at = findings.position(|finding| std::ptr::eq(finding, about));
        assert_eq!(at, Some(of_whole));
        let other = file("好.xlsx", &[], &Arc::default(), false);
        assert!(known.about(&other).is_none());
    }
}
