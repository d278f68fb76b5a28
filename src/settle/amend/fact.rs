//! What is found about corrected points.

use jiff::civil::Date;
use serde::Serialize;

use super::codes::{APPLIED, INCOMPLETE, NOT_ALLOWED, NOTHING_MET, ORIGINAL, UNLIKELY};
use crate::check::Half;
use crate::finding::text::quote;
use crate::finding::{Code, Fact, Reader};
use crate::model::{LineId, Place, Points, SocietyId, day};
use crate::register::amend::Item;

/// Points that were corrected.
#[derive(Debug, Serialize)]
pub(super) struct Applied {
    /// The row of 评分更正单.
    pub(super) row: String,
    #[serde(skip)]
    pub(super) line: LineId,
    pub(super) half: Half,
    pub(super) from: Points,
    pub(super) to: Points,
    /// On what grounds, by whom and when.
    #[serde(skip)]
    pub(super) grounds: String,
}

impl Fact for Applied {
    fn code(&self) -> &'static Code {
        &APPLIED
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let said = format!(
            "{}{}由{}更正为{}",
            to.line(self.line),
            self.half.label(),
            self.from,
            self.to
        );
        if to.sees_all() {
            format!("{said}（{}，{}）", self.row, self.grounds)
        } else {
            said
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.from.to_string()
    }
}

/// A correction to points that the criteria do not give.
#[derive(Debug, Serialize)]
pub(super) struct Unlikely {
    #[serde(skip)]
    pub(super) line: LineId,
    pub(super) half: Half,
    pub(super) to: Points,
}

impl Fact for Unlikely {
    fn code(&self) -> &'static Code {
        &UNLIKELY
    }

    fn message(&self, to: &Reader<'_>) -> String {
        format!(
            "{}{}改后填{}，按评价要求只能为{}",
            to.line(self.line),
            self.half.label(),
            self.to,
            self.allowed(to)
        )
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.to.to_string()
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        self.half.of(&to.ground.scheme.lines[self.line]).in_words()
    }
}

/// Why a row was not applied.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub(super) enum Wrong {
    Society {
        written: String,
    },
    Line {
        written: String,
    },
    Side {
        written: String,
    },
    /// No form of the society counts.
    NoForm {
        #[serde(skip)]
        society: SocietyId,
    },
    /// None that counts is by this reviewer.
    Reviewer {
        #[serde(skip)]
        society: SocietyId,
        written: String,
    },
    /// Several are by reviewers of this name.
    Several {
        written: String,
    },
    /// The same form is meant twice.
    Twice {
        written: String,
    },
    /// Everybody, and these were not listed.
    Lacking {
        lacking: Vec<String>,
    },
    /// It is so already.
    Same {
        points: Points,
    },
    Unsaid {
        #[serde(skip)]
        item: Item,
    },
    /// Something is, that says nothing.
    NoWords {
        #[serde(skip)]
        item: Item,
        written: String,
    },
    NoNumber {
        #[serde(skip)]
        item: Item,
        written: String,
    },
    /// 原分 of everybody that cannot be read.
    Unlisted {
        written: String,
    },
    NoDay {
        written: String,
    },
    /// No day on which anything of this evaluation was corrected: it began later, or its stars had expired.
    OtherDay {
        written: Date,
        first: Date,
        last: Date,
    },
    Original {
        reviewer: String,
        written: Points,
        now: Option<Points>,
        place: Place,
        /// The row that corrected it before.
        by: Option<String>,
    },
    /// Nothing can be given on this side.
    Closed {
        #[serde(skip)]
        line: LineId,
        half: Half,
    },
    /// Its points are worked out from what was given; that is to be corrected, not they.
    WorkedOut {
        #[serde(skip)]
        line: LineId,
    },
    OverCap {
        #[serde(skip)]
        line: LineId,
        half: Half,
        to: Points,
        cap: Points,
    },
    /// The other side has points, and only one may.
    Exclusive {
        #[serde(skip)]
        line: LineId,
        half: Half,
        other: Points,
    },
}

impl Fact for Wrong {
    fn code(&self) -> &'static Code {
        match self {
            Self::Society { .. }
            | Self::Line { .. }
            | Self::Side { .. }
            | Self::NoForm { .. }
            | Self::Reviewer { .. }
            | Self::Several { .. }
            | Self::Twice { .. }
            | Self::Lacking { .. }
            | Self::Same { .. } => &NOTHING_MET,
            Self::Unsaid { .. }
            | Self::NoWords { .. }
            | Self::OtherDay { .. }
            | Self::NoNumber { .. }
            | Self::Unlisted { .. }
            | Self::NoDay { .. } => &INCOMPLETE,
            Self::Original { .. } => &ORIGINAL,
            Self::Closed { .. }
            | Self::WorkedOut { .. }
            | Self::OverCap { .. }
            | Self::Exclusive { .. } => &NOT_ALLOWED,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let title = |line: LineId, half: Half| format!("{}{}", to.line(line), half.label());
        match self {
            Self::Society { written } => {
                format!("{}填{}，名单中没有", to.object(), quote(written))
            }
            Self::Line { written } => format!("指标填{}，方案中没有", quote(written)),
            Self::Side { written } => {
                let deducts = to.ground.scheme.has_deductions();
                let sides = if deducts { "加或减" } else { "加" };
                format!("加减填{}，只能填{sides}", quote(written))
            }
            Self::NoForm { society } => {
                format!("“{}”没有计入的评价表，没有可更正的", to.society(*society))
            }
            Self::Reviewer { society, written } => format!(
                "“{}”计入的评价表中没有{}填的",
                to.society(*society),
                quote(written)
            ),
            Self::Several { written } => {
                format!("评价人{}不止一份计入，请写成“姓名（单位）”", quote(written))
            }
            Self::Twice { written } => format!("评价人{}写了两次", quote(written)),
            Self::Lacking { lacking } => {
                format!(
                    "更正全部评价人的，原分要逐人写明，还缺{}",
                    lacking.join("、")
                )
            }
            Self::Same { points } => format!("改后与原分都是{points}，没有更正"),
            Self::Unsaid { item } => format!("{}没有填", to.words(item.label())),
            Self::NoWords { item, written } => {
                format!("{}填{}，没有写明", to.words(item.label()), quote(written))
            }
            Self::OtherDay { written, first, .. } if written < first => format!(
                "日期{written}早于评价开始（{}），请核对年月日",
                day::say(*first)
            ),
            Self::OtherDay { written, last, .. } => format!(
                "日期{written}离本次评价太远，{}以后的不再更正；请核对年月日",
                day::say(*last)
            ),
            Self::NoNumber { item, written } => {
                format!("{}填{}，不是分数", item.label(), quote(written))
            }
            Self::Unlisted { written } => format!(
                "更正全部评价人的，原分应逐人写成“评价人甲 20、评价人乙 30”，现填{}",
                quote(written)
            ),
            Self::NoDay { written } => {
                format!("日期填{}，应写成2018-09-10这样的日期", quote(written))
            }
            Self::Original {
                reviewer,
                written,
                now,
                place,
                by,
            } => {
                let now = now.map_or_else(|| "没有分数".to_owned(), |now| format!("是{now}"));
                let cell = place.cell.map_or(String::new(), |cell| format!("!{cell}"));
                let by = by
                    .as_ref()
                    .map_or(String::new(), |by| format!("（已按{by}更正）"));
                format!(
                    "评价人{}的原分填{written}，“{}{cell}”{now}{by}",
                    quote(reviewer),
                    to.way(place)
                )
            }
            Self::Closed { line, half } => {
                format!("{}不设分，没有可更正的", title(*line, *half))
            }
            Self::WorkedOut { line } => format!(
                "{}的分由填报内容算出，不能直接更正；请评价人改填报内容后重报",
                to.line(*line)
            ),
            Self::OverCap {
                line,
                half,
                to: points,
                cap,
            } => format!("{}改后填{points}，应在0至{cap}之间", title(*line, *half)),
            Self::Exclusive { line, half, other } => format!(
                "{}与{}只能取一，{}现为{other}；要一并更正的，先写改为0的一行",
                title(*line, *half),
                half.other().label(),
                half.other().label()
            ),
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Society { written }
            | Self::Line { written }
            | Self::Side { written }
            | Self::Reviewer { written, .. }
            | Self::Several { written }
            | Self::Twice { written }
            | Self::NoWords { written, .. }
            | Self::NoNumber { written, .. }
            | Self::Unlisted { written }
            | Self::NoDay { written } => written.clone(),
            Self::OtherDay { written, .. } => written.to_string(),
            Self::Same { points } => points.to_string(),
            Self::Original { written, .. } => written.to_string(),
            Self::OverCap { to, .. } => to.to_string(),
            Self::NoForm { .. }
            | Self::Lacking { .. }
            | Self::Unsaid { .. }
            | Self::Closed { .. }
            | Self::WorkedOut { .. }
            | Self::Exclusive { .. } => String::new(),
        }
    }
}
