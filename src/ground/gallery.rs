//! 方案样例: schemes of other offices, to begin a year with. Each is one folder under `templates/`, without code.

use super::{BUILT_IN, Ground};
use crate::error::Error;
use crate::model::near;
use crate::register::{Amendments, Register};
use crate::roster::Roster;
use crate::scheme;

/// The name of a template, and its scheme as it is written.
struct Template {
    name: &'static str,
    scheme: &'static str,
}

/// Embeds folders under `templates/`.
macro_rules! gallery {
    ($($name:literal),* $(,)?) => {
        &[$(Template {
            name: $name,
            scheme: include_str!(concat!("../../templates/", $name, "/scheme.toml")),
        }),*]
    };
}

const GALLERY: &[Template] = gallery![
    "社会组织评估",
    "支部评星",
    "目标考核",
    "专家评审",
    "定量考核",
    "分类考核",
];

/// Every template's name with what its first line says of it; the built-in years stand first.
#[must_use]
pub fn all() -> Vec<(String, String)> {
    let built_in = BUILT_IN
        .iter()
        .map(|one| (one.year.to_string(), one.scheme));
    let others = GALLERY.iter().map(|one| (one.name.to_owned(), one.scheme));
    built_in
        .chain(others)
        .map(|(name, scheme)| (name, about(scheme)))
        .collect()
}

/// The first line of a scheme, without its mark.
fn about(scheme: &str) -> String {
    let first = scheme.lines().next().unwrap_or_default();
    first.trim_start_matches(['#', ' ']).to_owned()
}

/// The ground of a template: its scheme, and lists in which nobody stands yet.
///
/// # Errors
/// There is no template of this name.
pub fn like(name: &str) -> Result<Ground, Error> {
    let Some(template) = GALLERY.iter().find(|one| one.name == name) else {
        return Err(unknown(name));
    };
    let scheme_text = template.scheme.to_owned();
    let scheme = scheme::read(&scheme_text).map_err(|faults| Error::Scheme {
        file: format!("样例“{name}”"),
        faults,
    })?;
    Ok(Ground {
        origin: format!("样例“{name}”"),
        scheme,
        scheme_text,
        roster: Roster::default(),
        folder: None,
        look_alikes: Vec::new(),
        own: None,
        is_scheme_unasked: false,
        files: Vec::new(),
        register: Register::default(),
        amendments: Amendments::default(),
    })
}

fn unknown(name: &str) -> Error {
    let known: Vec<String> = all().into_iter().map(|(name, _)| name).collect();
    let nearest = known
        .iter()
        .map(|one| (near::distance(one, name), one))
        .min()
        .filter(|(distance, one)| *distance < one.chars().count())
        .map_or(String::new(), |(_, one)| format!("，是否要“{one}”"));
    Error::Usage(format!(
        "没有“{name}”这个样例{nearest}。可用：{}。",
        known.join("、")
    ))
}

#[cfg(test)]
mod tests {
    use super::{GALLERY, all, like};

    #[test]
    fn every_template_is_sound_and_says_what_it_is() {
        for template in GALLERY {
            let ground = like(template.name).expect("a sound scheme");
            assert_eq!(
                ground.scheme.doubts(),
                Vec::<String>::new(),
                "{}",
                template.name
            );
        }
        assert!(
            all()
                .iter()
                .all(|(name, about)| !name.is_empty() && !about.is_empty())
        );
        let told = like("支部平星").expect_err("none").to_string();
        assert!(told.contains("是否要“支部评星”"), "{told}");
    }
}
