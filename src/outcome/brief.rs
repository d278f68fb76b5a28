//! What is asked of an earlier outcome before it is worth reading as a whole: a run that brings nothing new never does,
//! and no run holds it while forms are read.

use std::fmt;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};

use super::{Kept, Outcome, SchemeId};
use crate::error::Error;
use crate::model::{Digesting, open};
use crate::rank::Since;
use crate::report::data::json;
use crate::report::data::manifest::{Entry, Manifest};
use crate::report::{MANIFEST, RESULTS};

/// Which outcome it is, and by which scheme.
#[derive(Debug)]
pub struct Brief {
    /// The file itself, as manifests list it.
    pub source: Entry,
    pub scheme: SchemeId,
    /// What it was compared with, if with any.
    since: Option<Since>,
    folder: PathBuf,
}

impl Brief {
    /// Looks into the folder that a run wrote.
    ///
    /// # Errors
    /// No such folder; no results in it; a file changed since, or of another version.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        // Who has to be told why it cannot be used is told by the longer way.
        match Self::glance(folder) {
            Some(brief) => Ok(brief),
            None => Self::read(folder),
        }
    }

    /// Where it was compared with nothing, which its manifest tells, its first lines say all that is asked: the rest is
    /// held to its digest and never in memory.
    fn glance(folder: &Path) -> Option<Self> {
        let manifest = open::read(&folder.join(MANIFEST), open::OUTPUT).ok()?;
        let manifest: Manifest = serde_json::from_slice(&manifest).ok()?;
        if manifest.inputs.iter().any(|one| one.within == [RESULTS]) {
            return None;
        }
        let mut outputs = manifest.outputs.into_iter();
        let source = outputs.find(|entry| entry.file == RESULTS)?;
        let path = folder.join(RESULTS);
        let mut digesting = Digesting::new(io::sink());
        // One byte more shows a file that is larger than it says.
        let mut bytes = open::file(&path).ok()?.take(source.size + 1);
        io::copy(&mut bytes, &mut digesting).ok()?;
        if digesting.done() != (source.sha256.clone(), source.size) {
            return None;
        }
        let mut head = Head::default();
        let mut text =
            serde_json::Deserializer::from_reader(BufReader::new(open::file(&path).ok()?));
        // It ends early on purpose.
        let _ = First(&mut head).deserialize(&mut text);
        Some(Self {
            source,
            scheme: head.scheme.filter(|_| head.schema == Some(json::SCHEMA))?,
            since: None,
            folder: folder.to_owned(),
        })
    }

    fn read(folder: &Path) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Asked {
            scheme: SchemeId,
            #[serde(default)]
            since: Option<Since>,
        }
        let kept = Kept::load(folder, RESULTS, "汇总结果")?;
        let Asked { scheme, since } = kept.parse(json::SCHEMA)?;
        Ok(Self {
            source: kept.entry,
            scheme,
            since,
            folder: folder.to_owned(),
        })
    }

    /// Whether it has results of this content (their digest, compared with nothing), and then what those were compared
    /// with, if with any: that still holds.
    #[must_use]
    pub fn has(&self, content: &str) -> Option<Option<&Since>> {
        let own = match &self.since {
            Some(since) => &since.content,
            None => &self.source.sha256,
        };
        (own == content).then_some(self.since.as_ref())
    }

    /// The whole of it.
    ///
    /// # Errors
    /// It is no longer there, or no longer what it was.
    pub fn outcome(&self) -> Result<Outcome, Error> {
        Outcome::load(&self.folder)
    }
}

/// What stands at the top of the results.
#[derive(Default)]
struct Head {
    schema: Option<u32>,
    scheme: Option<SchemeId>,
}

/// Reads no further than it has to.
struct First<'h>(&'h mut Head);

impl<'de> DeserializeSeed<'de> for First<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for First<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("results")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "schema" => self.0.schema = Some(map.next_value()?),
                "scheme" => self.0.scheme = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            if self.0.schema.is_some() && self.0.scheme.is_some() {
                return Err(M::Error::custom("nothing more is asked"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;

    use super::Brief;
    use crate::model::{Digesting, sha256_hex};
    use crate::report::data::{json, manifest};
    use crate::report::kit::names::Originals;
    use crate::report::kit::sample;
    use crate::report::{MANIFEST, Output, RESULTS};

    #[test]
    fn a_glance_sees_what_reading_sees_and_nothing_that_was_changed() {
        let ground = sample::ground();
        let standings = sample::standings(&ground);
        let results = json::results(&standings).expect("results");
        let room = tempfile::tempdir().expect("a room");
        let put = |output: &Output| {
            let path = room.path().join(&output.name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, &output.bytes).expect("written");
        };
        let mut output = Output {
            name: RESULTS.to_owned(),
            bytes: results,
        };
        let made = [output.made()];
        put(&output);
        put(&manifest::write(
            &standings,
            manifest::Product::Results,
            &Originals::default(),
            &made,
        )
        .expect("a manifest"));
        let brief = Brief::glance(room.path()).expect("seen");
        let read = Brief::read(room.path()).expect("read");
        assert_eq!(brief.scheme, read.scheme);
        assert_eq!(brief.source.sha256, read.source.sha256);
        assert_eq!(brief.has(&sha256_hex(&output.bytes)), Some(None));
        // Compared with nothing, they are known by their digest before they end.
        let (mut written, mut content) = (Vec::new(), None);
        let mut to = Digesting::new(&mut written as &mut dyn Write);
        json::write_compared(&standings, &mut to, &mut |digest| content = Some(digest))
            .expect("results");
        assert_eq!(content, Some(sha256_hex(&output.bytes)));
        assert_eq!(written, output.bytes);
        // A byte at the end is another, and the reason is said.
        *output.bytes.last_mut().expect("bytes") = b' ';
        put(&output);
        assert!(Brief::glance(room.path()).is_none());
        assert!(Brief::load(room.path()).is_err());
        fs::remove_file(room.path().join(MANIFEST)).expect("removed");
        assert!(Brief::load(room.path()).is_err());
    }
}
