//! Another year's scheme out of this one's file: its id, year and dates, and nothing that nobody has decided.

/// The text of a scheme file for the year `to`, where it is of the year `from`: dates keep day and month. The number of
/// the official document is left out, for nobody knows it yet. Everything else stays as it is written.
#[must_use]
pub fn of_another_year(text: &str, from: u32, to: u32) -> String {
    let (old, new) = (from.to_string(), to.to_string());
    let said = (format!("{from}年"), format!("{to}年"));
    let line = |line: &str| -> String {
        if line.trim_start().starts_with('#') {
            return if line.contains(&said.0) {
                let line = line.replace(&said.0, &said.1);
                format!("{line}（由{from}年的方案改来，请逐项核对。）")
            } else {
                line.to_owned()
            };
        }
        let Some((key, value)) = line.split_once('=') else {
            return line.to_owned();
        };
        match key.trim() {
            "id" | "year" => format!("{key}={}", value.replacen(&old, &new, 1)),
            "from" | "to" | "on" | "deadline" => match value.trim_start().strip_prefix(&old) {
                Some(rest) if rest.starts_with('-') => format!("{key}= {new}{rest}"),
                _ => line.to_owned(),
            },
            "source" => format!(
                "# source = \"\"　　{to}年通知的文号，发了再填（原为{}）",
                value.trim()
            ),
            _ => line.to_owned(),
        }
    };
    let mut written: String = text.lines().map(|one| line(one) + "\n").collect();
    if !text.ends_with('\n') {
        written.pop();
    }
    written
}

#[cfg(test)]
mod tests {
    use super::of_another_year;
    use crate::ground::BUILT_IN;
    use crate::scheme;

    #[test]
    fn nothing_of_the_old_year_is_left_and_all_else_is() {
        let text = BUILT_IN[0].scheme;
        let made = of_another_year(text, 2018, 2020);
        let (old, new) = (scheme::read(text), scheme::read(&made));
        let (old, new) = (old.expect("sound"), new.expect("sound"));
        assert_eq!((new.id.as_str(), new.year), ("cast-2020", 2020));
        assert!(new.source.is_none());
        assert!(new.doubts().is_empty(), "{:?}", new.doubts());
        for (old, new) in old.stages.iter().zip(&new.stages) {
            assert_eq!(new.from.year(), 2020);
            assert_eq!(
                (new.from.month(), new.to.day()),
                (old.from.month(), old.to.day())
            );
        }
        assert_eq!(old.form_fingerprint(), new.form_fingerprint());
        for line in made.lines().filter(|line| line.contains("2018")) {
            assert!(line.starts_with('#'), "{line}");
        }
    }
}
