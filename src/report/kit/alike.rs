//! A workbook is the same bytes whatever system it was made on.

/// What a package says of the system that made an entry: one byte of each record of its directory, which the writer
/// takes from where it runs. Nobody needs it; here it always says what it says on Linux.
const SYSTEM: u8 = 3;

const RECORD: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// The package with the system of its entries made alike. What is not laid out as a package stays as it is.
pub(in crate::report) fn alike(mut package: Vec<u8>) -> Vec<u8> {
    let end = package.windows(END.len()).rposition(|word| word == END);
    let Some(mut at) = end.and_then(|end| number(&package, end + 16, 4)) else {
        return package;
    };
    while package.get(at..at + RECORD.len()) == Some(RECORD.as_slice()) {
        let lengths = [28, 30, 32].map(|field| number(&package, at + field, 2));
        if let Some(system) = package.get_mut(at + 5) {
            *system = SYSTEM;
        }
        let [Some(name), Some(extra), Some(comment)] = lengths else {
            return package;
        };
        at += 46 + name + extra + comment;
    }
    package
}

/// A number of `bytes` bytes, the lowest first.
fn number(package: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let digits = package.get(at..at + bytes)?.iter().rev();
    Some(digits.fold(0, |number, digit| number << 8 | usize::from(*digit)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{System, ZipWriter};

    use super::alike;

    #[test]
    fn only_the_system_is_made_alike() {
        let made_on = |system| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for name in ["甲.xml", "b.xml"] {
                let options = SimpleFileOptions::default().system(system);
                zip.start_file(name, options).expect("an entry");
                zip.write_all(b"PK\x01\x02 in a text").expect("written");
            }
            zip.finish().expect("a package").into_inner()
        };
        let (here, there) = (made_on(System::Unix), made_on(System::Dos));
        assert_ne!(here, there);
        assert_eq!(alike(here.clone()), here);
        assert_eq!(alike(there), here);
        assert_eq!(alike(b"PK".to_vec()), b"PK");
    }
}
