//! What makes two schemes, or two editions of a form, the same.

use super::Scheme;

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
        self.form_fingerprint.get_or_init(|| self.printed_digest())
    }

    fn printed_digest(&self) -> String {
        let mut printed = String::new();
        for line in &self.lines {
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
                &line.hint(),
            ] {
                printed.push_str(text);
                printed.push('\u{1f}');
            }
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
