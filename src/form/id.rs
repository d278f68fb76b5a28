//! 表单编号: what ties a filled form to its scheme, stage, group and society.

use std::fmt;

use crate::model::{SocietyId, fold};
use crate::roster::Roster;
use crate::scheme::Scheme;

/// `cast-2018·初评·第1组·中国地质学会·abcdef`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormId {
    pub scheme: String,
    pub stage: String,
    pub group: String,
    pub society: String,
    /// Fingerprint of what the form prints.
    pub fingerprint: String,
}

/// The dot between the parts, as the form prints it and as input methods and programs turn it.
const DOTS: [char; 5] = ['·', '•', '・', '‧', '∙'];

impl FormId {
    /// The id of the blank form of `society` (an index into the roster).
    #[must_use]
    pub fn of(scheme: &Scheme, roster: &Roster, society: SocietyId) -> Self {
        let society = &roster.societies[society];
        Self {
            scheme: scheme.id.clone(),
            stage: scheme.stage_name().to_owned(),
            group: roster.group_of(society).label(),
            society: society.name.clone(),
            fingerprint: scheme.edition(society.class).to_owned(),
        }
    }

    /// Whether a folded text ends as an id does, and has as many dots.
    pub(super) fn can_be_in(folded: &str) -> bool {
        folded.ends_with(is_plain) && folded.matches(DOTS).nth(3).is_some()
    }

    /// Finds an id in the text of a cell, alone or behind a label. None where there is none, or only part of
    /// one.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        let folded = fold(text);
        let id = folded.rsplit(':').next().unwrap_or(&folded);
        let parts: Vec<&str> = id.split(DOTS).collect();
        let [scheme, stage, group, society, fingerprint] = parts.as_slice() else {
            return None;
        };
        // A fingerprint of another length is a damaged id, not none: it has to be reported.
        let is_told = |part: &str| !part.is_empty() && part.chars().all(is_plain);
        (is_told(scheme) && is_told(fingerprint)).then(|| Self {
            scheme: (*scheme).to_owned(),
            stage: (*stage).to_owned(),
            group: (*group).to_owned(),
            society: (*society).to_owned(),
            fingerprint: fingerprint.to_ascii_lowercase(),
        })
    }
}

/// What schemes and fingerprints are written with.
const fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-'
}

impl fmt::Display for FormId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            scheme,
            stage,
            group,
            society,
            fingerprint,
        } = self;
        write!(f, "{scheme}·{stage}·{group}·{society}·{fingerprint}")
    }
}

#[cfg(test)]
mod tests {
    use super::FormId;

    #[test]
    fn is_found_alone_or_behind_its_label() {
        for text in [
            "cast-2018·初评·第1组·中国地质学会·abcdef",
            "表单编号（请勿修改）：cast-2018·初评·第1组·中国地质学会·ABCDEF",
            " cast-2018 • 初评 • 第1组 • 中国地质学会 • abcdef ",
        ] {
            let id = FormId::find(text).expect("an id");
            assert_eq!(id.society, "中国地质学会");
            assert_eq!(id.to_string(), "cast-2018·初评·第1组·中国地质学会·abcdef");
        }
    }

    #[test]
    fn is_not_seen_where_there_is_none() {
        for text in [
            "",
            "中国·地质",
            "cast-2018·初评·第1组·中国地质学会",
            "a·b·c·d·这不是指纹",
        ] {
            assert_eq!(FormId::find(text), None, "{text}");
        }
    }
}
