//! A part of a zip unpacked in one go, straight from where it lies packed into its place: the reader of zips hands it on
//! through several buffers, and each part's own are cleared first.
//!
//! Only what is whole and as stated is unpacked here; anything else is left to that reader, which says what is wrong.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};

thread_local! {
    static INFLATER: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// What a deflated part comes to, where it is no longer than it states and has its checksum.
pub(super) fn whole(packed: &[u8], size: usize, checksum: u32) -> Option<Vec<u8>> {
    /// Room in which the end is met without asking for more.
    const END: usize = 64;
    let mut content = Vec::with_capacity(size.saturating_add(END));
    let status = INFLATER.with_borrow_mut(|inflater| {
        inflater.reset(false);
        inflater.decompress_vec(packed, &mut content, FlushDecompress::Finish)
    });
    let is_whole = matches!(status, Ok(Status::StreamEnd))
        && content.len() <= size
        && crc32fast::hash(&content) == checksum;
    is_whole.then_some(content)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    use super::whole;

    #[test]
    fn only_what_is_as_stated_is_unpacked() {
        for length in [0, 1, 1_000, 100_000] {
            let content = "学会·1".repeat(length).into_bytes();
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&content).expect("written");
            let packed = packed.finish().expect("finished");
            let (size, checksum) = (content.len(), crc32fast::hash(&content));
            assert_eq!(whole(&packed, size, checksum).as_ref(), Some(&content));
            // Less than stated is not more than stated.
            let more = whole(&packed, size + 1, checksum);
            assert_eq!(more.as_ref(), Some(&content));
            if size > 0 {
                assert_eq!(whole(&packed, size - 1, checksum), None);
            }
            assert_eq!(whole(&packed, size, !checksum), None);
            assert_eq!(whole(&packed[..packed.len() - 1], size, checksum), None);
            assert_eq!(whole(&[], size, checksum), None);
            assert_eq!(whole(&[0xff; 9], size, checksum), None);
        }
    }
}
