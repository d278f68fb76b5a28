//! 自评: is every item of a society's own form answered, and do its points follow from the answers?
//!
//! What it finds: an item whose row is gone or stands twice, one that is not answered, an answer that the item does not
//! ask for, points shown beside the answers that are not theirs. Points are worked out here by the scheme; the form's
//! own are only compared.

pub mod question;

use serde::Serialize;

use super::{Family, Half, Subject, total};
use crate::finding::text::{self, quote};
use crate::finding::{Advice, Code, Explained, Fact, Finding, Reader};
use crate::form::{Answered, Entry, Filled, Form, Spot};
use crate::ground::Ground;
use crate::model::{CellRef, Exact, LineId, Points, fold};
use crate::scheme::{Answer, Item, SelfAssessment, named};

pub const FAMILY: Family = Family {
    codes: &[&LOST, &MISSING, &NOT_ALLOWED, &DISAGREES],
    check,
    reads_table: true,
};

static LOST: Code = Code::error(
    "S101",
    "item-lost",
    "自评表的事项缺行或重复",
    "请学会在退回件上补填后重报",
    Explained {
        means: "自评表按“事项号”一列认事项。有一个事项号找不到（被改或整行被删），或者出现了两次，程序不知道这一项填的是什么，\
            这份自评不采用。",
        basis: "本工具约定：自评的事项按事项号认定，不按位置猜。",
        example: "中国地质学会-自评.csv › 自评表!J8：找不到事项“1.1-a”这一行。",
        remedy: "请学会在退回件上补填后发回，自动取代旧表；多出的行是自己加的，请删去。",
    },
);
static MISSING: Code = Code::error(
    "S102",
    "item-missing",
    "自评表的填报内容未填",
    "请学会照填报事项补填后重报",
    Explained {
        means: "自评表上的事项每一项都要填：是或否、次数、比率，或从列表中选一项。空着就算不出分，空白不等于没有，程序不替学会判断，\
            这份自评不采用。",
        basis: "本工具约定：空白不当0，也不当“否”。",
        example: "中国地质学会-自评.csv › 自评表!I20：3.2-a“全年召开党委会次数”未填，应填不小于0的整数（次）。",
        remedy: "请学会在退回件上照填报事项补填这一格（一次也没有的填0，事项里另写明怎么填的照它填），改好后发回，自动取代旧表。经办人不要代填。",
    },
)
.folding();
static NOT_ALLOWED: Code = Code::error(
    "S103",
    "item-not-allowed",
    "自评表的填报内容不在可填的范围",
    "请学会更正后重报",
    Explained {
        means: "填的不是这个事项所问的：该填是或否的填了别的，次数不是整数或是负数，比率超过100，选的不在列表里。程序不猜相近的意思，\
            也不取整，这份自评不采用。",
        basis: "本工具约定：照事项的填法，不能确定的不算。",
        example: "中国地质学会-自评.csv › 自评表!I20：3.2-a“全年召开党委会次数”填“约3次”，应填不小于0的整数（次）。",
        remedy: "请学会在退回件上对照填法改正这一格后发回，自动取代旧表。经办人不要代改。",
    },
);
static DISAGREES: Code = Code::warning(
    "S104",
    "self-points-disagree",
    "自评表上显示的分与所填事项算出的分不一致",
    "以按事项算出的分为准，请核实",
    Explained {
        means: "程序按评价方案由填报的事项重新算分，与自评表上自动显示的分不同。多半是公式被手填的数盖掉，或者填好后没有重新计算；\
            比率填成85%这样的写法，表上的公式也算不出。",
        basis: "本工具约定：自评核算的分以程序所算为准，表上显示的只作比对。",
        example: "中国地质学会-自评.csv › 自评表!J20：3.2“定期召开党委会”自评加分表上显示50，按所填事项应为40。",
        remedy: "问学会这一格是不是手填过。所填事项没有错的，不必重报；填错的，请改正事项后重报。",
    },
)
.folding();

/// What was found of the items.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Told {
    Lost {
        /// Index into the items.
        #[serde(skip)]
        item: usize,
        number: String,
        twice: bool,
    },
    Missing {
        #[serde(skip)]
        item: usize,
        number: String,
    },
    NotAllowed {
        #[serde(skip)]
        item: usize,
        number: String,
        written: String,
        /// Why what looks like an answer is none, where the words of the item do not say so.
        #[serde(skip_serializing_if = "String::is_empty")]
        because: String,
    },
    Disagrees {
        #[serde(skip)]
        line: LineId,
        side: Half,
        shown: String,
        points: Points,
    },
}

/// The item (an index) of the year.
fn item<'r>(to: &Reader<'r>, item: usize) -> Option<&'r Item> {
    let (own, _) = to.ground.own.as_ref()?;
    own.items.get(item)
}

/// `3.2-a“全年召开党委会次数”`.
pub(super) fn title(to: &Reader<'_>, index: usize) -> String {
    item(to, index).map_or(String::new(), Item::title)
}

impl Told {
    fn item(&self) -> Option<usize> {
        match self {
            Self::Lost { item, .. }
            | Self::Missing { item, .. }
            | Self::NotAllowed { item, .. } => Some(*item),
            Self::Disagrees { .. } => None,
        }
    }
}

impl Fact for Told {
    fn code(&self) -> &'static Code {
        match self {
            Self::Lost { .. } => &LOST,
            Self::Missing { .. } => &MISSING,
            Self::NotAllowed { .. } => &NOT_ALLOWED,
            Self::Disagrees { .. } => &DISAGREES,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Lost {
                number,
                twice: true,
                ..
            } => format!("事项{}出现两次", quote(number)),
            Self::Lost { number, .. } => format!("找不到事项{}这一行", quote(number)),
            Self::Missing { item, .. } => {
                format!("{}未填，应填{}", title(to, *item), self.allowed(to))
            }
            Self::NotAllowed {
                item,
                written,
                because,
                ..
            } if !because.is_empty() => {
                let (title, allowed) = (title(to, *item), self.allowed(to));
                if written.is_empty() {
                    format!("{title}{because}，应填{allowed}")
                } else {
                    format!("{title}填{}，{because}，应填{allowed}", quote(written))
                }
            }
            Self::NotAllowed { item, written, .. } => format!(
                "{}填{}，应填{}",
                title(to, *item),
                quote(written),
                self.allowed(to)
            ),
            Self::Disagrees {
                line,
                side,
                shown,
                points,
            } => {
                let shown = if shown.is_empty() { "空白" } else { shown };
                format!(
                    "{}自评{}表上显示{shown}，按所填事项应为{points}",
                    to.line(*line),
                    side.label()
                )
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Lost { .. } | Self::Missing { .. } => String::new(),
            Self::NotAllowed { written, .. } => written.clone(),
            Self::Disagrees { shown, .. } => shown.clone(),
        }
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::Lost { number, .. } => number.clone(),
            Self::Disagrees { points, .. } => points.to_string(),
            Self::Missing { item, .. } | Self::NotAllowed { item, .. } => {
                self::item(to, *item).map_or(String::new(), Item::allowed)
            }
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        match self {
            Self::Disagrees {
                line,
                side: Half::Deduction,
                ..
            } => vec![Spot::Deduction(*line)],
            Self::Disagrees { line, .. } => vec![Spot::Bonus(*line)],
            _ => self.item().map(Spot::Item).into_iter().collect(),
        }
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let advice = match self {
            Self::Lost { twice: true, .. } => Advice::new(
                "原表里这个事项号出现了两次，这里带的是上面那一行的内容。请核对、改对。",
            ),
            Self::Lost { item, .. } => {
                let allowed = self::item(to, *item).map_or(String::new(), Item::allowed);
                Advice::new("原表里找不到这一项（事项号被改或整行被删）。请补填这一项。")
                    .allowed(allowed)
            }
            Self::Missing { .. } => Advice::new("这一项没有填。请照填报事项补填，一次也没有的填“0”。")
                .left_out("没有填")
                .allowed(self.allowed(to)),
            Self::NotAllowed { written, .. } => {
                Advice::new("填的不是这一项所问的，请照允许的改。")
                    .found(text::shown(written))
                    .allowed(self.allowed(to))
            }
            Self::Disagrees { shown, points, .. } => Advice::new(
                "原表上显示的分与所填事项算出的不同，退回件已按所填事项重新自动计算。请核对这一行的事项，填错的请改正；没有填错的不用改。",
            )
            .found(text::shown(shown))
            .allowed(points.to_string()),
        };
        Some(advice)
    }
}

/// What an item was answered with, where it is an answer to it. Words are those of the list; numbers are read as points
/// are, so that nothing is guessed.
fn answer(item: &Item, told: &Answered) -> Option<Answer> {
    let choices = item.choices();
    if choices.is_empty() {
        let points = told.value.filled.points();
        points.and_then(|number| item.number(number))
    } else {
        let mut choices = choices.into_iter();
        let chosen = choices.position(|choice| named::is_called(choice, &told.written));
        chosen.and_then(|chosen| item.choice(chosen))
    }
}

/// Why a number is none that can be counted with; nothing where it is no number, or just not the one that is asked for.
fn because(filled: &Filled) -> String {
    match filled {
        Filled::Otherwise { seen, .. } => format!("显示为{}，与存的数不同", quote(seen)),
        Filled::NoCachedValue => "是没有计算结果的公式".to_owned(),
        Filled::TooLarge(_) => "数字过大".to_owned(),
        Filled::TooFine(_) => format!("小数位数过多（最多{}位）", Points::MOST_DECIMALS),
        _ => String::new(),
    }
}

/// The answers of a form, by item; none where there is none that can be read.
pub(super) fn answers(own: &SelfAssessment, form: &Form) -> Vec<Option<Answer>> {
    let items = own.items.iter().enumerate();
    let told = form.told.as_ref();
    items
        .map(|(index, item)| answer(item, told?.item(index)?))
        .collect()
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let (Some(own), Some(told)) = (&scheme.own, &subject.form.told) else {
        return;
    };
    let mut found = |cell: Option<CellRef>, line: LineId, fact| {
        findings.push(subject.found(cell, fact).line(&scheme.lines[line].code));
    };
    for (index, item) in own.items.iter().enumerate() {
        let number = item.code.clone();
        let twice = told.twice.iter().find(|(twice, _)| *twice == index);
        let Some(answered) = told.item(index).filter(|_| twice.is_none()) else {
            let row = subject.form.rows.get(item.line).and_then(Option::as_ref);
            let cell = twice
                .map(|(_, cell)| *cell)
                .or(row.map(|row| row.bonus.cell));
            let fact = Told::Lost {
                item: index,
                number,
                twice: twice.is_some(),
            };
            found(cell, item.line, fact);
            continue;
        };
        let cell = Some(answered.value.cell);
        let is_blank = answered.value.filled == Filled::Blank && fold(&answered.written).is_empty();
        if is_blank {
            found(
                cell,
                item.line,
                Told::Missing {
                    item: index,
                    number,
                },
            );
        } else if answer(item, answered).is_none() {
            let fact = Told::NotAllowed {
                item: index,
                number,
                written: answered.written.clone(),
                because: because(&answered.value.filled),
            };
            found(cell, item.line, fact);
        }
    }
    // What the form shows; elsewhere what follows from the answers is looked at.
    let answers = answers(own, subject.form);
    for (index, row) in told.shown.entries() {
        let Some([bonus, deduction]) = row else {
            continue;
        };
        let Some(reckoned) = own.reckon(scheme, index, &answers) else {
            continue;
        };
        for (side, entry, points) in [
            (Half::Bonus, bonus, reckoned.bonus.least),
            (Half::Deduction, deduction, reckoned.deduction.least),
        ] {
            if !agrees(entry, points) {
                let fact = Told::Disagrees {
                    line: index,
                    side,
                    shown: entry.filled.shown(),
                    points,
                };
                found(Some(entry.cell), index, fact);
            }
        }
    }
}

/// Whether what a form shows is what the answers come to. What was never calculated shows nothing, and a side that
/// gives nothing need not.
fn agrees(entry: &Entry, points: Points) -> bool {
    match &entry.filled {
        Filled::Blank | Filled::NoCachedValue => true,
        filled => {
            total::shown(filled).is_some_and(|shown| Exact::from(shown) == Exact::from(points))
        }
    }
}
