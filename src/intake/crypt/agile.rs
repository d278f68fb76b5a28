//! The encryption of Excel 2010 and later, described in XML ("agile").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::{BytesStart, Event};

use super::keys::{BLOCK, Hash, decrypt_chained, fit};
use crate::intake::xml::{Xml, attributes};

/// What is encrypted apart has a vector of its own for each piece of so many bytes.
const SEGMENT: usize = 4096;

/// What the digest of the password is mixed with, for what is to be decrypted.
const FOR_INPUT: [u8; 8] = [0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79];
const FOR_VALUE: [u8; 8] = [0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e];
const FOR_KEY: [u8; 8] = [0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6];

/// A cipher and its digest, as an element says them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Way {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

/// What opens the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lock {
    document: Way,
    password: Way,
    rounds: u32,
    input: Vec<u8>,
    value: Vec<u8>,
    key: Vec<u8>,
}

impl Lock {
    pub(super) fn read(info: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(info).ok()?;
        let mut xml = Xml::new(text);
        let (mut document, mut lock) = (None, None);
        loop {
            match xml.next().ok()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "keyData" => document = Some(way(&start)?),
                    "encryptedKey" => {
                        let bytes = |name| STANDARD.decode(stated(&start, name)?).ok();
                        lock = Some((
                            way(&start)?,
                            stated(&start, "spinCount")?.parse().ok()?,
                            bytes("encryptedVerifierHashInput")?,
                            bytes("encryptedVerifierHashValue")?,
                            bytes("encryptedKeyValue")?,
                        ));
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        let (password, rounds, input, value, key) = lock?;
        Some(Self {
            document: document?,
            password,
            rounds,
            input,
            value,
            key,
        })
    }

    /// What one try costs.
    pub(super) fn rounds(&self) -> u64 {
        self.rounds.into()
    }

    /// The key of the document, if the password is the right one.
    pub(super) fn key(&self, password: &str) -> Option<Vec<u8>> {
        let way = &self.password;
        let digest = way.hash.spun(&way.salt, password, self.rounds);
        let decrypted = |bytes: &[u8], block: [u8; 8]| {
            let key = fit(way.hash.of(&[&digest, &block]), way.key_bytes);
            let mut bytes = bytes.to_vec();
            decrypt_chained(&key, &fit(way.salt.clone(), BLOCK), &mut bytes)?;
            Some(bytes)
        };
        let input = decrypted(&self.input, FOR_INPUT)?;
        let input = input.get(..way.salt.len()).unwrap_or(&input);
        let expected = way.hash.of(&[input]);
        let value = decrypted(&self.value, FOR_VALUE)?;
        if value.get(..expected.len())? != expected {
            return None;
        }
        let mut key = decrypted(&self.key, FOR_KEY)?;
        key.truncate(self.document.key_bytes);
        Some(key)
    }

    pub(super) fn open(&self, key: &[u8], package: &mut [u8]) -> Option<()> {
        let way = &self.document;
        for (number, segment) in (0_u32..).zip(package.chunks_mut(SEGMENT)) {
            let start = way.hash.of(&[&way.salt, &number.to_le_bytes()]);
            decrypt_chained(key, &fit(start, BLOCK), segment)?;
        }
        Some(())
    }
}

fn way(start: &BytesStart<'_>) -> Option<Way> {
    let number = |name| stated(start, name)?.parse::<usize>().ok();
    let is_aes = stated(start, "cipherAlgorithm")? == "AES"
        && stated(start, "cipherChaining")? == "ChainingModeCBC"
        && number("blockSize")? == BLOCK;
    is_aes.then_some(())?;
    Some(Way {
        hash: Hash::called(&stated(start, "hashAlgorithm")?)?,
        salt: STANDARD.decode(stated(start, "saltValue")?).ok()?,
        key_bytes: number("keyBits")? / 8,
    })
}

fn stated(start: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(start)
        .filter_map(Result::ok)
        .find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}
