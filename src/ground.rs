//! The ground every station may stand on: the scheme and the lists of one year.

mod alike;
pub mod gallery;
mod kept;
mod lists;
mod sheets;
mod used;
mod year;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::error::Error;
use crate::model::SocietyId;
use crate::register::{Amendments, Register};
use crate::roster::{self, Roster};
use crate::scheme::{Scheme, SelfAssessment};
pub use alike::{Like, LookAlike};
use alike::{look_alikes, misnamed, scheme_alike, searched};
use kept::faults_without_lists;
use lists::{Listed, faults_without_scheme, list, list_name, list_of};
pub use sheets::sheets_in;
use sheets::{read_bytes, sheets_of};
pub use used::Used;
use year::{own_missing, own_of, scheme_of};

/// The files of a year folder.
pub const SCHEME_FILE: &str = "scheme.toml";
pub const OWN_FILE: &str = "self.toml";
pub const SOCIETIES_FILE: &str = "学会名单";
pub const REVIEWERS_FILE: &str = "评价人名单";

/// A year built into the binary. A new year is one folder under `templates/` and one entry of [`BUILT_IN`].
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    pub year: u32,
    pub scheme: &'static str,
    /// What the societies fill in about themselves.
    pub own: &'static str,
    pub societies: &'static str,
    pub reviewers: &'static str,
}

/// Embeds one folder under `templates/`.
macro_rules! built_in {
    ($year:literal) => {
        BuiltIn {
            year: $year,
            scheme: include_str!(concat!("../templates/", $year, "/scheme.toml")),
            own: include_str!(concat!("../templates/", $year, "/self.toml")),
            societies: include_str!(concat!("../templates/", $year, "/学会名单.csv")),
            reviewers: include_str!(concat!("../templates/", $year, "/评价人名单.csv")),
        }
    };
}

/// The built-in years.
pub const BUILT_IN: &[BuiltIn] = &[built_in!(2018)];

/// The built-in year used where nothing says which. It stays when a year is added: a folder of forms that was read
/// by the rules of one year must not be read by another's because the program is newer.
const USUAL: u32 = 2018;

/// Which year is asked for: the folder of its files, the number of a built-in year, or nothing at all.
///
/// Forms never choose their rules: one that was filled for another year would bring its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'w> {
    /// A year folder; what it lacks comes from the built-in year.
    pub folder: Option<&'w Path>,
    /// A built-in year.
    pub year: Option<u32>,
}

/// Scheme and lists, and where they come from.
#[derive(Debug, Clone, Serialize)]
pub struct Ground {
    pub scheme: Scheme,
    /// The scheme's file, to begin another year with.
    #[serde(skip)]
    pub scheme_text: String,
    /// What the societies fill in about themselves (自评), and its file; none where the year has none.
    #[serde(skip)]
    pub own: Option<(Arc<SelfAssessment>, String)>,
    pub roster: Roster,
    /// In words and without a path, for outputs: `内置方案 cast-2018，年度目录中的学会名单.csv`.
    pub origin: String,
    /// The year folder as it was given; none for the built-in year.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
    /// Files that look like one of a year folder but are not called like it: not used.
    #[serde(skip)]
    pub look_alikes: Vec<LookAlike>,
    /// Lists of a folder are read by the usual built-in scheme, which nobody asked for.
    #[serde(skip)]
    pub is_scheme_unasked: bool,
    /// The files of the year folder that were used, and the register, so that they are not taken for forms.
    #[serde(skip)]
    pub files: Vec<Used>,
    /// What the clerk decided.
    #[serde(skip)]
    pub register: Register,
    /// Which points were corrected after they came in.
    #[serde(skip)]
    pub amendments: Amendments,
}

impl Ground {
    /// Works out what otherwise the first form asks for, while all others wait.
    pub fn prepare(&self) {
        self.roster.prepare();
        let _ = self.scheme.form_fingerprint();
    }

    /// Whether a list of those evaluated is the folder's own, not the built-in one.
    #[must_use]
    pub fn has_own_list(&self) -> bool {
        let own = self.scheme.list_name();
        let names = self.files.iter().map(Used::name);
        let stems = names.filter_map(|name| Some(name.rsplit_once('.')?.0.to_owned()));
        let mut lists = stems.filter(|stem| *stem == own || stem == SOCIETIES_FILE);
        lists.next().is_some()
    }

    /// [`Ground::of`] the year in `folder`, or found among `candidates`.
    ///
    /// # Errors
    /// As there.
    pub fn load(folder: Option<&Path>, candidates: &[PathBuf]) -> Result<Self, Error> {
        Self::of(Wanted { folder, year: None }, candidates)
    }

    /// Loads the year: the folder asked for, which must then be a year folder; else the built-in year asked for;
    /// else the first of `candidates` that is a year folder; else the usual built-in year. A file missing in a year
    /// folder comes from the built-in year.
    ///
    /// # Errors
    /// A year that is not built in, or not that of the folder; every fault of the scheme, or else of the lists; a list
    /// that is there twice.
    pub fn of(wanted: Wanted<'_>, candidates: &[PathBuf]) -> Result<Self, Error> {
        Self::beside(wanted, candidates, &[])
    }

    /// The same, telling the faults of a register beside `inputs` with others; else [`Ground::with_register`] reads it.
    ///
    /// # Errors
    /// As for [`Ground::of`].
    pub fn beside(
        wanted: Wanted<'_>,
        candidates: &[PathBuf],
        inputs: &[PathBuf],
    ) -> Result<Self, Error> {
        let built_in = built_in(BUILT_IN, wanted.year)?;
        let folder = wanted.folder;
        // The scheme file itself may be given instead of its folder.
        let folder = match folder {
            Some(file) if file.is_file() && file.ends_with(SCHEME_FILE) => {
                let parent = file.parent().filter(|parent| *parent != Path::new(""));
                Some(parent.unwrap_or(Path::new(".")))
            }
            other => other,
        };
        let folder = match folder {
            Some(folder) if !folder.exists() => {
                return Err(Error::NoSuchPath(folder.to_owned()));
            }
            Some(folder) if !is_year_folder(folder) && scheme_alike(folder).is_none() => {
                return Err(Error::NoYearFolder(folder.to_owned()));
            }
            Some(folder) => Some(folder),
            None => candidates
                .iter()
                .map(PathBuf::as_path)
                .find(|path| is_year_folder(path))
                // A year that is asked for is not another one because of what lies about; lists alone belong to any.
                .filter(|path| {
                    wanted.year.is_none() || existing(Some(path), SCHEME_FILE).is_none()
                }),
        };
        let looked_at = match (folder, wanted.year) {
            (None, Some(_)) => Vec::new(),
            _ => searched(folder, candidates),
        };
        for place in &looked_at {
            if existing(Some(place), SCHEME_FILE).is_none()
                && let Some(name) = scheme_alike(place)
            {
                return Err(misnamed(place, &name));
            }
        }
        let mut files = Vec::new();
        let mut errors = Vec::new();
        let (scheme, scheme_text) = match scheme_of(folder, built_in, &mut files) {
            Ok(read) => read,
            Err(unusable) => {
                errors.push(unusable.error);
                // The lists can be looked through all the same, where it is known what they hang on.
                let Some(part) = unusable.for_lists else {
                    errors.extend(faults_without_scheme(folder));
                    errors.extend(faults_without_lists(None, inputs));
                    return Err(together(errors));
                };
                (*part, String::new())
            }
        };
        if let Some(year) = wanted.year
            && year != scheme.year
            && errors.is_empty()
        {
            return Err(Error::Usage(format!(
                "--year 写的是{year}年，而 --scheme 指定的是{}年的方案。请只留一个。",
                scheme.year
            )));
        }
        let own = if errors.is_empty() {
            own_of(folder, built_in, &scheme, &mut files)
        } else {
            Ok(None)
        };
        let own = own.unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        if own.is_none() && scheme.policies.self_percent.is_some() && errors.is_empty() {
            errors.push(own_missing());
        }
        let roster = roster_of(folder, built_in, &scheme, &mut files, &mut errors);
        let Some(roster) = roster else {
            errors.extend(faults_without_lists(Some(&scheme), inputs));
            return Err(together(errors));
        };
        let origin = origin(&scheme, folder, &files);
        let ground = Self {
            scheme_text,
            own,
            roster,
            origin,
            look_alikes: look_alikes(&looked_at, &scheme.list_name(), &files),
            is_scheme_unasked: wanted.year.is_none()
                && folder.is_some()
                && existing(folder, SCHEME_FILE).is_none(),
            scheme,
            folder: folder.map(Path::to_owned),
            files,
            register: Register::default(),
            amendments: Amendments::default(),
        };
        if errors.is_empty() {
            return Ok(ground);
        }
        // The register, too, so that all is put right at once.
        if let Err(error) = ground.with_register(inputs) {
            errors.push(error);
        }
        Err(together(errors))
    }

    /// The same ground as the societies' own forms stand on it; none where the year has none.
    #[must_use]
    pub fn assessing(&self) -> Option<Self> {
        let (own, _) = self.own.as_ref()?;
        Some(Self {
            scheme: self.scheme.assessing(own),
            ..self.clone()
        })
    }

    /// The society (an index into the roster) that a paper names, with or without the scheme's suffix.
    #[must_use]
    pub fn society_named(&self, written: &str) -> Option<SocietyId> {
        let bare = written.trim();
        let bare = bare
            .strip_suffix(&self.scheme.subject_suffix)
            .unwrap_or(bare);
        self.roster
            .society_named(written)
            .or_else(|| self.roster.society_named(bare))
    }
}

/// The lists of a year under its scheme; none where anything about them is at fault, which joins `errors`.
fn roster_of(
    folder: Option<&Path>,
    built_in: &BuiltIn,
    scheme: &Scheme,
    files: &mut Vec<Used>,
    errors: &mut Vec<Error>,
) -> Option<Roster> {
    let name = list_name(folder, scheme);
    let is_built_in_for = name == SOCIETIES_FILE;
    let societies = match list_of(folder, &name) {
        Listed::Nowhere if !is_built_in_for => Err(Error::List {
            file: format!("{name}.xlsx"),
            faults: vec![format!(
                "年度目录里没有这份名单。请用 Excel 建一个“{name}.xlsx”，第一行写“{}名称”等表头",
                scheme.object()
            )],
        }),
        found => list(found, &name, built_in.societies, files),
    };
    let found = list_of(folder, REVIEWERS_FILE);
    let reviewers = list(found, REVIEWERS_FILE, built_in.reviewers, files);
    let mut kept = |read| match read {
        Ok(read) => Some(read),
        Err(error) => {
            errors.push(error);
            None
        }
    };
    match (kept(societies), kept(reviewers)) {
        (Some((societies_name, societies)), Some((reviewers_name, reviewers))) => {
            match roster::read(scheme, &societies, &reviewers) {
                Ok(roster) => Some(roster),
                Err((first, second)) => {
                    let faulty = [(societies_name, first), (reviewers_name, second)];
                    let faulty = faulty.into_iter().filter(|(_, faults)| !faults.is_empty());
                    errors.extend(faulty.map(|(file, faults)| Error::List { file, faults }));
                    None
                }
            }
        }
        _ => None,
    }
}

/// One error, or all of several.
fn together(mut errors: Vec<Error>) -> Error {
    match errors.len() {
        1 => errors.remove(0),
        _ => Error::Several(errors),
    }
}

/// Which year is used, and what of it lies in a year folder and what does not.
fn origin(scheme: &Scheme, folder: Option<&Path>, files: &[Used]) -> String {
    if folder.is_none() {
        return format!("内置方案 {}", scheme.id);
    }
    let names: Vec<String> = files.iter().map(Used::name).collect();
    let has = |stem: &str| names.iter().any(|name| name.starts_with(stem));
    let own = scheme.list_name();
    let societies = if has(&own) { &own } else { SOCIETIES_FILE };
    let scheme = if has(SCHEME_FILE) {
        format!("方案 {}", scheme.id)
    } else {
        format!("内置方案 {}", scheme.id)
    };
    let missing: Vec<&str> = [societies, REVIEWERS_FILE]
        .into_iter()
        .filter(|list| !has(list))
        .collect();
    let built_in = if missing.is_empty() {
        String::new()
    } else {
        format!("；没有{}，用内置的", missing.join("、"))
    };
    format!("{scheme}，年度目录中的{}{built_in}", names.join("、"))
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
}

/// The built-in year of this number, or the usual one.
///
/// # Errors
/// There is none of this number.
fn built_in(years: &[BuiltIn], year: Option<u32>) -> Result<&BuiltIn, Error> {
    let wanted = year.unwrap_or(USUAL);
    years.iter().find(|one| one.year == wanted).ok_or_else(|| {
        let known: Vec<String> = years.iter().map(|one| one.year.to_string()).collect();
        Error::Usage(format!(
            "没有内置{wanted}年的方案，内置的有：{}。别的年度请用 --scheme 指定年度目录。",
            known.join("、")
        ))
    })
}

/// Whether a folder holds any of the files of a year.
#[must_use]
pub fn is_year_folder(folder: &Path) -> bool {
    existing(Some(folder), SCHEME_FILE).is_some()
        || [SOCIETIES_FILE, REVIEWERS_FILE].iter().any(|name| {
            ["csv", "xlsx"]
                .iter()
                .any(|ending| folder.join(format!("{name}.{ending}")).exists())
        })
}

fn existing(folder: Option<&Path>, name: &str) -> Option<PathBuf> {
    folder
        .map(|folder| folder.join(name))
        // Whatever has the name is meant; what is no file is said to be none when it is read.
        .filter(|path| path.exists())
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, BuiltIn, built_in};

    #[test]
    fn a_further_built_in_year_is_nobodys_but_who_asks_for_it() {
        let further = BuiltIn {
            year: 2019,
            ..BUILT_IN[0]
        };
        let years = [BUILT_IN[0], further];
        let year = |asked| built_in(&years, asked).map(|one| one.year);
        assert!(matches!(year(None), Ok(2018)));
        assert!(matches!(year(Some(2019)), Ok(2019)));
        let said = year(Some(2020)).expect_err("not built in").to_string();
        assert!(said.contains("内置的有：2018、2019"), "{said}");
    }
}
