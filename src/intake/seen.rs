//! Parts that many files share byte for byte are understood once: offices write the same styles and relations, and often
//! the same texts, into every copy of a form.
//!
//! The same means the same bytes as they lie packed in the container, never merely the same checksum. Little is kept, and
//! every thread keeps its own. Knows nothing of what is in the parts.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use zip::CompressionMethod;

/// So many parts are kept, of those that were met last.
const MOST: usize = 24;
/// Longer ones, in bytes unpacked, are not worth it: those of a form are far below.
const LONGEST: u64 = 128 * 1024;

/// A part as it lies in its container: all that decides what is read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed<B> {
    pub(super) name: String,
    pub(super) method: CompressionMethod,
    pub(super) checksum: u32,
    /// Unpacked, as stated.
    pub(super) size: u64,
    pub(super) bytes: B,
}

/// A part that was understood, and what it came to.
struct Seen {
    packed: Packed<Vec<u8>>,
    came_to: Rc<dyn Any>,
}

thread_local! {
    /// The one that was met last first.
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

/// What the same part came to when it was met before.
pub(super) fn recall<T: 'static>(packed: &Packed<&[u8]>) -> Option<Rc<T>> {
    SEEN.with_borrow_mut(|seen| {
        let at = seen.iter().position(|one| {
            let other = &one.packed;
            other.checksum == packed.checksum
                && other.size == packed.size
                && other.method == packed.method
                && other.name == packed.name
                && other.bytes == packed.bytes
                && one.came_to.is::<T>()
        })?;
        seen.get_mut(..=at)?.rotate_right(1);
        seen.first()?.came_to.clone().downcast().ok()
    })
}

/// Keeps in mind what a part came to.
pub(super) fn keep<T: 'static>(packed: Packed<&[u8]>, came_to: T) -> Rc<T> {
    let came_to = Rc::new(came_to);
    if packed.size.max(packed.bytes.len() as u64) <= LONGEST {
        SEEN.with_borrow_mut(|seen| {
            seen.truncate(MOST - 1);
            let packed = Packed {
                name: packed.name,
                method: packed.method,
                checksum: packed.checksum,
                size: packed.size,
                bytes: packed.bytes.to_vec(),
            };
            let came_to: Rc<dyn Any> = came_to.clone();
            seen.insert(0, Seen { packed, came_to });
        });
    }
    came_to
}

#[cfg(test)]
mod tests {
    use super::{CompressionMethod, MOST, Packed, keep, recall};

    fn packed(name: &str, bytes: &'static [u8]) -> Packed<&'static [u8]> {
        Packed {
            name: name.to_owned(),
            method: CompressionMethod::Stored,
            checksum: 7,
            size: 2,
            bytes,
        }
    }

    #[test]
    fn only_the_very_same_part_is_known_again() {
        keep(packed("a", b"12"), "甲");
        assert_eq!(recall(&packed("a", b"12")).as_deref(), Some(&"甲"));
        // As something else, under another name, with other bytes of the same checksum and length, of another length.
        assert_eq!(recall::<String>(&packed("a", b"12")), None);
        assert_eq!(recall::<&str>(&packed("b", b"12")), None);
        assert_eq!(recall::<&str>(&packed("a", b"13")), None);
        let longer = Packed {
            size: 3,
            ..packed("a", b"12")
        };
        assert_eq!(recall::<&str>(&longer), None);
    }

    #[test]
    fn little_is_kept_and_what_is_met_stays() {
        keep(packed("often", b"1"), 0);
        for number in 0..MOST * 2 {
            keep(packed(&format!("once {number}"), b"1"), number);
            assert!(recall::<i32>(&packed("often", b"1")).is_some());
        }
        assert!(recall::<usize>(&packed("once 0", b"1")).is_none());
        let large = Packed {
            size: super::LONGEST + 1,
            ..packed("large", b"1")
        };
        keep(large.clone(), 0);
        assert!(recall::<i32>(&large).is_none());
    }
}
