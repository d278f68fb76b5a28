//! 名次表: everything that is decided, complete. Reports show it; all they work out are means for statistics.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Cause, HeldDown, Rank, Since};
use crate::finding::Finding;
use crate::ground::Ground;
use crate::model::{FormKey, GroupId, Keyed, Points, SocietyId};
use crate::scheme::Scheme;
use crate::score;
use crate::settle::{
    Assessments, Elsewhere, GivenUp, Nobody, Owing, Pending, Progress, ReceivedFile, SettledForm,
};

/// What became of a society; the first that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SocietyState {
    /// At least one form counts.
    Ranked,
    /// 不予受理 (办法7.2).
    Ineligible,
    /// 不参评: the clerk's register says that it does not take part.
    Withdrawn,
    /// 一票否决: scored, and by a veto of the scheme neither graded nor ranked.
    Vetoed,
    /// 评价人不全: forms count, but none of a class of reviewers: there is no total.
    Incomplete,
    /// 待更正: forms came, none counts.
    Held,
    /// 未交: no form came.
    Missing,
}

impl SocietyState {
    /// As people see it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ranked => "列入名次",
            Self::Ineligible => "不予受理",
            Self::Withdrawn => "不参评",
            Self::Vetoed => "一票否决",
            Self::Incomplete => "评价人不全",
            Self::Held => "待更正",
            Self::Missing => "未交",
        }
    }
}

/// One society's row of the standings.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Index into the roster.
    pub society: SocietyId,
    pub state: SocietyState,
    /// Why its points are 暂计; none where they stand, and none unless ranked.
    pub provisional: Vec<Cause>,
    /// How many forms are due (0 for a society that is not accepted), and what became of them: each due is one of these.
    pub progress: Progress,
    /// How many forms count: one of somebody who is not listed counts, but is none that is due.
    pub forms_counted: usize,
    /// How many of its forms wait for a correction.
    pub held: usize,
    /// How many of its forms that count somebody has yet to look into.
    pub doubtful: usize,
    /// Within its class where objects have classes, else among all; none unless ranked.
    pub rank: Option<Rank>,
    /// Within its group; none unless ranked.
    pub rank_in_group: Option<Rank>,
    /// Why its grade is not the one of its total.
    pub held_down: Option<HeldDown>,
    /// Which vetoes apply (indices into the scheme's).
    pub vetoes: Vec<usize>,
    /// The classes of reviewers (indices into the scheme's) that are missing.
    pub absent: Vec<usize>,
    /// The scheme weighs the society's own facts, and there are none that can be used.
    pub lacks_own: bool,
    /// For a scored society that is not accepted: its rank if it alone joined. For the secretariat only.
    pub would_be_rank: Option<usize>,
    /// None where nothing counts.
    pub result: Option<score::Rating>,
    /// 推荐星级 of the scored forms and how many say so, most stars first.
    pub recommended: Vec<(u32, usize)>,
    /// Every form that came for it, blank ones excepted.
    pub forms: Vec<FormKey>,
}

impl Standing {
    /// The result as papers show it: stars and grades are for ranked societies alone, and so is a place in an average.
    /// What a society that is not accepted would have is for programs and for the secretariat.
    #[must_use]
    pub fn ranked(&self) -> Option<&score::Rating> {
        self.result
            .as_ref()
            .filter(|_| self.state == SocietyState::Ranked)
    }

    /// What the total would have to come to for the next star; none where a veto or the places keep it from the star
    /// that it has come to.
    #[must_use]
    pub fn next_star(&self, scheme: &Scheme) -> Option<Points> {
        let result = self.ranked().filter(|_| self.held_down.is_none())?;
        scheme.stars.next(result.total)
    }

    /// Its state as people see it: where nothing waits for a correction, it is not said to.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self.state {
            SocietyState::Held if self.held == 0 => "均未计入",
            SocietyState::Incomplete if self.lacks_only_own() => "缺自评",
            state => state.label(),
        }
    }

    /// Whether all that keeps it from a total is that nothing it says of itself can be used.
    #[must_use]
    pub const fn lacks_only_own(&self) -> bool {
        matches!(self.state, SocietyState::Incomplete) && self.lacks_own && self.absent.is_empty()
    }

    #[must_use]
    pub fn is_provisional(&self) -> bool {
        !self.provisional.is_empty()
    }
}

/// How a ranked society stood before points were corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    pub total: Points,
    pub stars: u32,
    pub grade: Option<String>,
    pub rank: Option<Rank>,
}

/// How the groups differ: shown, never applied.
#[derive(Debug, Clone)]
pub struct GroupSpread {
    /// Index into the roster's groups.
    pub group: GroupId,
    /// Ranked societies.
    pub ranked: usize,
    pub mean: Option<rust_decimal::Decimal>,
    pub highest: Option<Points>,
    pub lowest: Option<Points>,
}

/// 未了事项: something that keeps the outcome from being final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// What it is and how often, without a name: `须更正的评价表3份`. For anybody's eyes.
    pub what: String,
    /// Which: files, societies, reviewers. For the secretariat's eyes.
    pub which: Vec<String>,
}

impl fmt::Display for Open {
    /// With the first few names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 5;
        let named = self.which[..self.which.len().min(NAMED)].join("、");
        let more = if self.which.len() > NAMED { "等" } else { "" };
        write!(f, "{}：{named}{more}", self.what)
    }
}

/// The outcome of a run.
#[derive(Debug)]
pub struct Standings<'g> {
    pub ground: &'g Ground,
    /// In the order of file, inner path and sheet.
    pub forms: Keyed<FormKey, SettledForm>,
    /// The societies' own forms (自评); none where none came.
    pub assessments: Option<Assessments>,
    /// In roster order.
    pub societies: Keyed<SocietyId, Standing>,
    /// Ranked societies (indices into `societies`), best first, equal ones in roster order.
    pub order: Vec<SocietyId>,
    /// The same per group (index into the roster's groups).
    pub order_in_group: Keyed<GroupId, Vec<SocietyId>>,
    /// The different [`Standing::recommended`] of all societies: a column is as wide in every book as the longest asks.
    pub recommendations: BTreeSet<Vec<(u32, usize)>>,
    /// All societies per group, ranked or not, in roster order.
    pub members: Keyed<GroupId, Vec<SocietyId>>,
    /// Sorted; see [`Finding::order`].
    pub findings: Vec<Finding>,
    pub files: Vec<ReceivedFile>,
    pub owing: Vec<Owing>,
    /// Accepted societies for which nobody is there to fill a form that counts.
    pub nobody: Vec<Nobody>,
    /// What is no longer waited for, as the clerk's register has it.
    pub given_up: Vec<GivenUp>,
    /// What waits for the clerk's word.
    pub pending: Vec<Pending>,
    /// Rows of 评分更正单 that were not applied.
    pub not_amended: Vec<String>,
    /// Whether most forms are another edition's: then nothing is ranked and nothing sent back.
    pub elsewhere: Option<Elsewhere>,
    /// By group (index into the roster's groups).
    pub progress: Keyed<GroupId, Progress>,
    pub spread: Vec<GroupSpread>,
    /// By society: how it stood before points were corrected; none where none were.
    pub before: Option<Keyed<SocietyId, Option<Before>>>,
    /// What keeps this from being final; empty if nothing does.
    pub open: Vec<Open>,
    /// Whether this is the final edition (`--final`, and nothing open).
    pub is_final: bool,
    /// 数据截至: the given date, else the latest 评价日期 of the scored forms within the stage.
    pub as_of: Option<Date>,
    /// A mark to print on every sheet.
    pub mark: Option<String>,
    /// The folder, relative to the outputs and with `/`, under which the files received lie by their names;
    /// none where outputs cannot link to them.
    pub link_base: Option<String>,
    /// What changed since an earlier outcome, said once the results of this one are written: they are what is compared.
    /// None where there is none to compare with.
    pub since: OnceLock<Since>,
}

impl Standings<'_> {
    /// Those of a group, in the order of the list.
    pub fn of_group(&self, group: GroupId) -> impl Iterator<Item = &Standing> {
        let members = self.members[group].iter();
        members.map(|society| &self.societies[*society])
    }

    /// What came, in words: `收到文件3个（内有文件12个）`.
    #[must_use]
    pub fn received(&self) -> String {
        let inside = self.files.iter().filter(|file| !file.within.is_empty());
        match inside.count() {
            0 => format!("收到文件{}个", self.files.len()),
            inside => format!(
                "收到文件{}个（压缩包、邮件里还有{inside}个）",
                self.files.len() - inside
            ),
        }
    }

    /// How many societies are in each state.
    #[must_use]
    pub fn count(&self) -> BTreeMap<SocietyState, usize> {
        let mut count = BTreeMap::new();
        for standing in &self.societies {
            *count.entry(standing.state).or_default() += 1;
        }
        count
    }
}
