//! 谁能看到什么: what a reader may know of where things came from, for every paper that leaves the secretariat.
//!
//! Files, folders, archives, mails and sheets were named by those who sent or kept them, and a name can say anything:
//! another society, another reviewer, their points. It is shown as it is only where everything below it is the
//! reader's and it speaks of nobody else. Otherwise it is said by a neutral word with a number; the key to the numbers
//! stands in the internal workbook, sheet 材料来源.

mod address;
mod directory;
mod hush;
mod lexicon;
mod received;
mod sender;
mod shown;
mod view;
mod way;
mod whose;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{FormKey, GroupId, Letter, Place};
use crate::rank::Standings;
use crate::settle::ReceivedFile;
pub use directory::{Directory, Remarks, SpeaksOf};
use hush::{Hush, Told};
use received::Received;
pub use sender::Sent;
pub use view::View;
use way::{key, said, sheet_key, steps};
pub use whose::{Came, Filler};
use whose::{Owner, Ownership};

/// For whom a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// A review group (an index into the roster): its lead unit and its members.
    Group(GroupId),
    /// Whoever filled this form. What is sent back lies in the folder of the form's group and may be read
    /// there, so that it tells nothing of other groups either.
    Filler(Came),
}

/// Where everything came from, and whose it is. One for all papers, so that all speak of the same numbers.
pub struct Known<'s> {
    standings: &'s Standings<'s>,
    received: Received<'s>,
    ownership: Ownership,
    /// Everything with a name on the way to a file, by that way.
    nodes: BTreeMap<String, Node>,
    /// Sheets with forms, by the way to them.
    sheets: BTreeMap<String, Node>,
    told: Told,
    /// By group: the findings (indices) that it is shown.
    findings: BTreeMap<GroupId, Vec<usize>>,
    /// By group: the files (indices) that are its own as a whole or in part.
    files: BTreeMap<GroupId, BTreeSet<usize>>,
    directory: Directory<'s>,
}

/// Something with a name.
struct Node {
    /// `材料3`.
    code: String,
    owner: Owner,
}

impl<'s> Known<'s> {
    #[must_use]
    pub fn of(standings: &'s Standings<'s>) -> Self {
        let ownership = Ownership::of(standings);
        let mut known = Self {
            standings,
            received: Received::of(standings),
            nodes: BTreeMap::new(),
            sheets: BTreeMap::new(),
            told: Told::of(standings),
            findings: BTreeMap::new(),
            files: BTreeMap::new(),
            directory: Directory::of(standings),
            ownership,
        };
        known.number_files();
        known.number_sheets();
        known.findings = shown::findings(&known);
        known.files = shown::files(&known);
        known
    }

    #[must_use]
    pub const fn standings(&self) -> &'s Standings<'s> {
        self.standings
    }

    fn number_files(&mut self) {
        let letters: BTreeMap<String, Option<&Letter>> = self
            .standings
            .files
            .iter()
            .filter(|file| file.is_holder)
            .map(|file| (key(&file.file, &file.within), file.letter.as_deref()))
            .collect();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, file) in self.standings.files.iter().enumerate() {
            let owner = self.ownership.file(index);
            // What is inside a mail bears its head, too: a mail is what bears another one than what it lies in.
            let mut above: Option<&Letter> = None;
            for step in steps(&file.file, &file.within) {
                let letter = letters.get(&step.key);
                let word = match letter {
                    _ if step.is_folder => "文件夹",
                    Some(letter) if letter.is_some() && *letter != above => "邮件",
                    Some(_) => "压缩包",
                    None => "材料",
                };
                above = letter.copied().flatten().or(above);
                self.nodes
                    .entry(step.key)
                    .or_insert_with(|| {
                        let number = numbers.entry(word).or_default();
                        *number += 1;
                        Node {
                            code: format!("{word}{number}"),
                            owner: Owner::default(),
                        }
                    })
                    .owner
                    .join(owner);
            }
        }
    }

    fn number_sheets(&mut self) {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let forms = self.standings.forms.entries();
        let forms = forms.map(|(index, form)| (form, self.ownership.form(index)));
        let own = self.standings.assessments.iter().flat_map(|own| &own.forms);
        let own = own.enumerate();
        let own = own.map(|(index, own)| (&own.form, self.ownership.assessment(index)));
        for (form, owner) in forms.chain(own) {
            self.sheets
                .entry(sheet_key(&form.place))
                .or_insert_with(|| {
                    let file = key(&form.place.file, &form.place.within);
                    let number = numbers.entry(file).or_default();
                    *number += 1;
                    Node {
                        code: format!("工作表{number}"),
                        owner: Owner::default(),
                    }
                })
                .owner
                .join(owner);
        }
    }

    /// The way to a file in neutral words, with those of its sheets: the key for the secretariat.
    #[must_use]
    pub fn neutral(&self, file: &ReceivedFile) -> String {
        let steps = steps(&file.file, &file.within);
        let way = said(
            steps
                .iter()
                .map(|step| (self.code(&step.key), step.is_folder)),
        );
        let mut sheets: Vec<String> = Vec::new();
        for form in Came::in_file(file).filter_map(|form| form.form(self.standings)) {
            if let Some(sheet) = self.sheets.get(&sheet_key(&form.place)) {
                let sheet = format!("{}“{}”", sheet.code, form.place.sheet);
                if !form.place.sheet.is_empty() && !sheets.contains(&sheet) {
                    sheets.push(sheet);
                }
            }
        }
        if sheets.is_empty() {
            way
        } else {
            format!("{way}（{}）", sheets.join("、"))
        }
    }

    fn code(&self, key: &str) -> &str {
        self.nodes.get(key).map_or("材料", |node| &node.code)
    }

    /// Who filled a reviewer's form, told by the first form of that person.
    #[must_use]
    pub fn person(&self, form: FormKey) -> FormKey {
        self.ownership.person(form)
    }

    /// Who filled in a form.
    #[must_use]
    pub fn filler(&self, form: Came) -> Filler {
        self.ownership.came(form).0
    }

    /// The group that a form surely belongs to, whoever's it is.
    #[must_use]
    pub fn group_of(&self, form: Came) -> Option<GroupId> {
        self.ownership.came(form).1.group()
    }

    /// The group that a form surely belongs to.
    #[must_use]
    pub fn group(&self, form: FormKey) -> Option<GroupId> {
        self.ownership.form(form).group()
    }

    /// Whether forms lie in a file, an archive or a mail.
    fn has_forms(&self, place: &Place) -> bool {
        let way = key(&place.file, &place.within);
        let mut below = self.sheets.range(way.clone()..);
        below
            .next()
            .is_some_and(|(sheet, _)| sheet.starts_with(&way))
    }

    /// The findings (indices) that a group is shown, in their order.
    #[must_use]
    pub fn findings(&self, group: GroupId) -> &[usize] {
        self.findings.get(&group).map_or(&[], Vec::as_slice)
    }

    /// What `whom` may know.
    #[must_use]
    pub fn view(&self, whom: Whom) -> View<'_, 's> {
        let hush = match whom {
            Whom::Group(group) => Hush::group(&self.told, group),
            Whom::Filler(came) => {
                let name = came.form(self.standings);
                let name = name.map_or("", |form| &form.reviewer);
                match (came, self.filler(came)) {
                    (_, Filler::Society(society)) => Hush::society(&self.told, society, name),
                    (Came::Review(form), _) => {
                        let groups = match self.group(form) {
                            Some(group) => vec![group],
                            None => self.ownership.groups_of(form),
                        };
                        Hush::person(&self.told, groups, name)
                    }
                    (Came::Own(_), _) => Hush::person(&self.told, Vec::new(), name),
                }
            }
        };
        View {
            known: self,
            whom,
            hush,
        }
    }
}
