//! 规则的种类: the kind words that a scheme file may use, each with what it means and an example that is read like any
//! scheme, so that what is said of it is what forms and books would print.

use super::value::Value;
use super::{Line, Scheme, read};

/// What is said of one kind.
#[derive(Debug)]
pub struct About {
    /// As the scheme file writes it.
    pub word: &'static str,
    pub called: &'static str,
    pub means: &'static str,
    /// Its keys, each with what it holds.
    pub keys: &'static str,
    /// What stands in a line of the scheme.
    pub example: &'static str,
}

/// The kinds of criteria, in which the reviewer gives points.
const CRITERIA: [About; 7] = [
    About {
        word: "points",
        called: "达到即得",
        means: "做到了给满这一要点的分，没有做到给0分，没有中间分。",
        keys: "points 分值",
        example: "bonus = 25\ncriteria = [{ id = \"1-a\", label = \"建立制度并备案\", kind = \"points\", points = 25 }]",
    },
    About {
        word: "range",
        called: "酌情",
        means: "由评价人在0分与满分之间酌情给分，按 step 分档。",
        keys: "points 最高分；step 每档几分，不写为1",
        example: "bonus = 20\ncriteria = [{ id = \"1-a\", label = \"工作成效\", kind = \"range\", points = 20, step = 5 }]",
    },
    About {
        word: "per-count",
        called: "按次给分",
        means: "评价人按次数给分：首次给 first 分，以后每次给 each 分，到上限为止。",
        keys: "each 每次的分；first 首次的分，不写同 each；at_most 合计最高，或 further_at_most 首次以外最高",
        example: "bonus = 50\ncriteria = [{ id = \"1-a\", label = \"召开会议\", kind = \"per-count\", first = 20, each = 10, at_most = 50 }]",
    },
    About {
        word: "tiers",
        called: "按档给分",
        means: "按达到的最高一档给分，不到最低一档给0分。",
        keys: "tiers 各档：at_least 达到多少，points 给几分，从小到大排列",
        example: "bonus = 30\ncriteria = [{ id = \"1-a\", label = \"培训人次\", kind = \"tiers\", tiers = [{ at_least = 10, points = 10 }, { at_least = 50, points = 30 }] }]",
    },
    About {
        word: "sum",
        called: "相加",
        means: "几项都可以得分，加起来。",
        keys: "of 各项：label 名称，和它自己的 kind",
        example: "bonus = 30\ncriteria = [{ id = \"1-a\", label = \"宣传\", kind = \"sum\", of = [{ label = \"有专栏\", kind = \"points\", points = 10 }, { label = \"有专人\", kind = \"points\", points = 20 }] }]",
    },
    About {
        word: "one-of",
        called: "取其一",
        means: "几项之中只会有一项成立，按成立的一项给分。",
        keys: "of 各项：label 名称，和它自己的 kind",
        example: "bonus = 30\ncriteria = [{ id = \"1-a\", label = \"评估结果\", kind = \"one-of\", of = [{ label = \"优秀\", kind = \"points\", points = 30 }, { label = \"合格\", kind = \"points\", points = 10 }] }]",
    },
    About {
        word: "best-of",
        called: "取最高",
        means: "几项可能同时成立，只取分数最高的一项。",
        keys: "of 各项：label 名称，和它自己的 kind",
        example: "bonus = 30\ncriteria = [{ id = \"1-a\", label = \"受到表彰\", kind = \"best-of\", of = [{ label = \"国家级\", kind = \"points\", points = 30 }, { label = \"省级\", kind = \"points\", points = 20 }] }]",
    },
];

/// What stands around an example so that it is a scheme.
const AROUND: &str = "id = \"example\"\ntitle = \"例\"\nform_title = \"例\"\nyear = 2027\nsubject = \"单位\"\nstage = \"review\"\nprecision = 2\nasks = []\n\n[[stages]]\nid = \"review\"\nname = \"评价\"\nfrom = 2027-01-01\nto = 2027-12-31\n";
const LINE: &str = "[[lines]]\ncode = \"1\"\ntitle = \"例\"\n";

/// All kinds: of criteria first, then of values.
pub fn all() -> impl Iterator<Item = &'static About> {
    CRITERIA.iter().chain(Value::ABOUT)
}

impl About {
    /// The line of the example, in its scheme; none only where the example is wrong, which a test rules out.
    #[must_use]
    pub fn read(&self) -> Option<(Scheme, Line)> {
        // The first line says what the line can come to, and so does the whole.
        let bonus = self.example.lines().next()?;
        let declared = format!("[declared]\nlines = 1\n{bonus}\n");
        let scheme = read(&format!("{AROUND}\n{declared}\n{LINE}{}\n", self.example)).ok()?;
        let line = scheme.lines.first()?.clone();
        Some((scheme, line))
    }
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_example_is_a_sound_line_of_its_kind_and_doubted_by_nobody() {
        for about in all() {
            let (scheme, line) = about.read().unwrap_or_else(|| panic!("{}", about.word));
            assert!(
                about
                    .example
                    .contains(&format!("kind = \"{}\"", about.word))
            );
            assert!(!scheme.hint(&line).is_empty(), "{}", about.word);
            assert!(
                scheme.doubts().is_empty(),
                "{}: {:?}",
                about.word,
                scheme.doubts()
            );
        }
    }
}
