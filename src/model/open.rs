//! Opening a file by a name that is known beforehand. Whatever lies there may have been put there by anybody: a pipe
//! would keep us waiting for ever, a device never ends.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

const MB: u64 = 1024 * 1024;

/// The most that is read of a list, a register or a scheme.
pub const LIST: u64 = 64 * MB;
/// The most that is read of what this tool wrote itself, or is to be kept beside it.
pub const OUTPUT: u64 = 512 * MB;

/// The bytes of a plain file, if it has no more than `most`.
///
/// # Errors
/// What cannot be opened; what is no plain file ([`io::ErrorKind::Unsupported`]); what is larger
/// ([`io::ErrorKind::FileTooLarge`]).
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more shows a file that is larger than it says.
    file(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// A plain file, open.
///
/// # Errors
/// What cannot be opened; what is no plain file ([`io::ErrorKind::Unsupported`]).
pub fn file(path: &Path) -> io::Result<File> {
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !metadata.is_file() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    File::open(path)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::path::Path;

    use super::read;

    #[test]
    fn only_plain_files_within_the_bound_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        std::fs::write(&file, "abc").expect("written");
        let kind = |path: &Path, most| read(path, most).map_err(|error| error.kind());
        assert_eq!(kind(&file, 3), Ok(b"abc".to_vec()));
        assert_eq!(kind(&file, 2), Err(ErrorKind::FileTooLarge));
        assert_eq!(kind(folder.path(), 3), Err(ErrorKind::IsADirectory));
        assert_eq!(kind(&folder.path().join("b"), 3), Err(ErrorKind::NotFound));
        #[cfg(unix)]
        assert_eq!(kind(Path::new("/dev/zero"), 3), Err(ErrorKind::Unsupported));
    }
}
