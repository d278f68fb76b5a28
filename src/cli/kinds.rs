//! What a kind word of `scheme.toml` means: what it does, its keys, an example, and how forms and books print it.

use std::fmt::Write as _;

use crate::report::forms::lists::said;
use crate::scheme::kinds::{About, all};

/// The word that stands for all of them.
const ALL: &str = "kind";

/// The kind of this word or name; of `kind` all.
pub(super) fn named(wanted: &str) -> impl Iterator<Item = &'static About> {
    all().filter(move |about| wanted == ALL || about.word == wanted || about.called == wanted)
}

/// One kind for the terminal.
pub(super) fn card(about: &About) -> String {
    let mut card = format!("{}（{}）：{}\n", about.word, about.called, about.means);
    let _ = writeln!(card, "写法：{}", about.keys);
    let _ = writeln!(card, "举例：");
    for line in about.example.lines() {
        let _ = writeln!(card, "  {line}");
    }
    if let Some((scheme, line)) = about.read() {
        let _ = writeln!(card, "评价表上：{}", scheme.hint(&line));
        let _ = writeln!(card, "指标体系中：{}", said::criteria(&line).join("；"));
    }
    card
}
