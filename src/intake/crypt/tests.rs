use super::{Passwords, Refusal, Shut, cost, unlock};
use crate::intake::{Content, Source, content, limits};

/// A file of the cases.
fn file(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/encrypted/in");
    std::fs::read(format!("{folder}/{name}")).expect("there")
}

fn read(name: &str, passwords: &str) -> Content {
    content(name, &file(name), &Passwords::read(passwords))
}

#[test]
fn what_opens_without_asking_is_read() {
    for name in [
        "近似/常用密码.xlsx",
        "近似/常用密码（2007）.xlsx",
        "近似/常用密码.xls",
        "近似/常用密码（CryptoAPI）.xls",
    ] {
        assert!(matches!(read(name, ""), Content::Sheets(_)), "{name}");
    }
}

#[test]
fn a_password_that_is_known_opens_and_others_are_counted() {
    let own = "自设密码.xlsx";
    for (passwords, shut) in [
        ("", Some(0)),
        ("错的\n\n评价2017!", Some(2)),
        ("\u{feff}错的\r\n评价2018!\r\n", None),
    ] {
        match (read(own, passwords), shut) {
            (Content::Sheets(_), None) => {}
            (Content::Refused(Refusal::Encrypted(Shut::Unknown { tried }), _), Some(wrong)) => {
                assert_eq!(tried, wrong);
            }
            (other, _) => panic!("{passwords}: {other:?}"),
        }
    }
}

#[test]
fn cut_off_anywhere_it_stays_shut() {
    let whole = file("近似/常用密码.xlsx");
    let source = |name: &str| Source {
        file: name.to_owned(),
        ..Source::default()
    };
    for length in (600..whole.len()).step_by(997) {
        let read = crate::intake::read_bytes(source("a.xlsx"), &whole[..length]);
        assert!(matches!(read.content, Content::Refused(..)), "{length}");
    }
}

#[test]
fn what_trying_costs_is_known_beforehand() {
    let locked = file("自设密码.xlsx");
    let none = cost(&locked, &Passwords::default());
    assert!((1..=limits::ROUNDS).contains(&none));
    assert_eq!(cost(&locked, &Passwords::read("a\nb")), 3 * none);
    let many = cost(&locked, &Passwords::read(&"x\n".repeat(100_000)));
    assert!(many <= limits::ROUNDS && many > limits::ROUNDS - none);
    assert_eq!(cost(b"no such file", &Passwords::default()), 0);
}

#[test]
fn trying_ends() {
    let many = Passwords::read(&"x\n".repeat(1_000));
    let tried = |rounds| unlock(&many, rounds, |_| None::<()>).err();
    let shut = |shut| Some(Refusal::Encrypted(shut));
    assert_eq!(tried(1), shut(Shut::Unknown { tried: 1_000 }));
    let costly = limits::ROUNDS / 10;
    assert_eq!(tried(costly), shut(Shut::Costly { tried: 9 }));
    assert_eq!(tried(u64::MAX), shut(Shut::Costly { tried: 0 }));
    assert_eq!(format!("{many:?}"), "Passwords(1000)");
}
