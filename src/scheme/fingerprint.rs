//! What makes two schemes, or two editions of a form, the same.

use super::{Line, Scheme};

impl Scheme {
    /// Fingerprint of everything in the scheme: two schemes with the same one score alike. 16 hex digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let written = serde_json::to_vec(self).unwrap_or_default();
        hex(&written, 16)
    }

    /// Fingerprint of what the form prints (lines, caps, requirements, hints) and of nothing else: a change of
    /// dates or policies leaves the forms already sent out valid. 6 hex digits.
    #[must_use]
    pub fn form_fingerprint(&self) -> &str {
        self.edition(None)
    }

    /// The same of the form for one class of objects (an index); without classes there is one form for all.
    #[must_use]
    pub fn edition(&self, class: Option<usize>) -> &str {
        let all = self.form_fingerprints.get_or_init(|| {
            let whole = self.printed_digest(|_| true);
            let classes = (0..self.classes.len())
                .map(|class| self.printed_digest(|line| Self::is_line_of(line, Some(class))));
            std::iter::once(whole).chain(classes).collect()
        });
        let at = class.map_or(0, |class| class + 1);
        all.get(at).or(all.first()).map_or("", String::as_str)
    }

    fn printed_digest(&self, is_printed: impl Fn(&Line) -> bool) -> String {
        let mut printed = String::new();
        let mut print = |text: &str| {
            printed.push_str(text);
            printed.push('\u{1f}');
        };
        let lines = self.lines.entries();
        for (index, line) in lines.filter(|(_, line)| is_printed(line)) {
            let indicator = self.indicator(line);
            let dimension = self.dimension(line);
            for text in [
                &self.parts[line.part].title,
                &dimension.id,
                &dimension.title,
                &indicator.id,
                &indicator.title,
                &line.code,
                &self.requirement(line),
                &line.bonus.cap.to_string(),
                &line.deduction.cap.to_string(),
                &self.hint(line),
            ] {
                print(text);
            }
            for (_, item) in self.own_items(index) {
                for text in [&item.code, &item.asks, &item.allowed()] {
                    print(text);
                }
            }
        }
        let vetoes = self.vetoes.iter().map(|veto| &veto.name);
        let classes = self.reviewer_classes.iter().map(|class| &class.name);
        for name in vetoes.chain(classes) {
            print(name);
        }
        hex(printed.as_bytes(), 6)
    }
}

/// The first `digits` hex digits of the SHA-256.
fn hex(bytes: &[u8], digits: usize) -> String {
    let mut written = crate::model::sha256_hex(bytes);
    written.truncate(digits);
    written
}
