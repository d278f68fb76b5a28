//! Do the form's own stars agree? (办法8.2; 推荐星级: 办法7.5)
//!
//! What it finds: a star preview or a recommendation that is not what the form's points come to. A reviewer may
//! well recommend otherwise; it is only worth knowing.

use serde::Serialize;

use super::{Family, Subject, total};
use crate::finding::text::quote;
use crate::finding::{Code, Explained, Fact, Finding, Reader};
use crate::form::{Field, Filled, Form};
use crate::intake::Value;
use crate::model::{Exact, Points, fold};

pub const FAMILY: Family = Family {
    codes: &[
        &PREVIEW_DISAGREES,
        &RECOMMENDED_DIFFERS,
        &RECOMMENDED_UNREADABLE,
    ],
    check,
    reads_table: true,
};

static PREVIEW_DISAGREES: Code = Code::note(
    "T201",
    "stars-preview-disagrees",
    "表上的星级预览与分值不符",
    "以测算星级为准",
    Explained {
        means: "程序按各行之和测算本表的星级，与表底自动显示的星级预览不同，多半是总分或星级的公式\
            被改、被手填盖掉。有加分没有填的表不作这项比对。",
        basis: "2018年办法8.2（每100分为一个星级）；以测算星级为准是本工具约定。",
        example: "第1组/中华预防医学会.xls › 评价表!E42：星级预览是9星，按各行之和应为2星。",
        remedy: "不用重报。常与“表上的总分与各行之和不一致”一起出现，那一条处理好就可以了。",
    },
);
static RECOMMENDED_DIFFERS: Code = Code::note(
    "T202",
    "recommended-differs",
    "推荐星级与分值对应的星级不同",
    "照实列出，供审议",
    Explained {
        means: "评价人填的推荐星级，与他自己在本表给的分值对应的星级不同。推荐是评价人的意见，可以\
            与分值不同，列出来供审议。",
        basis: "2018年办法7.5（评价小组提出星级评价的推荐建议）、8.2；照实列出、不影响测算是本工具\
            约定（评分说明·推荐星级）。",
        example: "第1组/中华预防医学会.xls › 评价表!E6：推荐8星，按本表分值为2星。",
        remedy: "不用更正。相差悬殊的，可以问评价人是不是填错了；审议时看“推荐星级”和备注。",
    },
);
static RECOMMENDED_UNREADABLE: Code = Code::note(
    "T203",
    "recommended-unreadable",
    "推荐星级看不懂",
    "按未推荐处理，可请评价人写成“8星”",
    Explained {
        means: "推荐星级一栏有内容，但读不成0星到最高星之间的一个整数（如“优秀”“11星”），程序不折\
            算，当作没有推荐。",
        basis: "2018年办法7.5、8.2（总星级为十星）；按未推荐处理是本工具约定。",
        example: "第4组/中国自动化学会.xlsx › 评价表!E6：推荐星级填“优秀”，应为0星至10星。",
        remedy: "需要推荐意见的，请评价人写成“8星”这样，评价日期写更正当天再重报；不需要的，不用管，\
            得分不受影响。",
    },
);

/// 推荐星级, if it can be read and there are as many: `8`, `8星`, `八星`.
#[must_use]
pub fn recommended(form: &Form, most: u32) -> Option<u32> {
    let bare = fold(form.text(Field::Recommended)).replace(['星', '级', '★'], "");
    match Filled::read(Some(&Value::Text(bare))) {
        Filled::Points { points, .. } => points
            .to_string()
            .parse()
            .ok()
            .filter(|stars| *stars <= most),
        _ => None,
    }
}

/// Stars that are not what the points come to.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Stars {
    Preview { shown: Points, own: u32 },
    Recommended { recommended: u32, own: u32 },
    Unreadable { written: String, most: u32 },
}

impl Fact for Stars {
    fn code(&self) -> &'static Code {
        match self {
            Self::Preview { .. } => &PREVIEW_DISAGREES,
            Self::Recommended { .. } => &RECOMMENDED_DIFFERS,
            Self::Unreadable { .. } => &RECOMMENDED_UNREADABLE,
        }
    }

    fn message(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Preview { shown, own } => format!("星级预览是{shown}星，按各行之和应为{own}星"),
            Self::Recommended { recommended, own } => {
                format!("推荐{recommended}星，按本表分值为{own}星")
            }
            Self::Unreadable { written, most } => {
                format!("推荐星级填{}，应为0星至{most}星", quote(written))
            }
        }
    }

    fn found(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Preview { shown, .. } => shown.to_string(),
            Self::Recommended { recommended, .. } => format!("{recommended}星"),
            Self::Unreadable { written, .. } => written.clone(),
        }
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        match self {
            Self::Preview { own, .. } => own.to_string(),
            Self::Recommended { own, .. } => format!("{own}星"),
            Self::Unreadable { .. } => String::new(),
        }
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    if !scheme.has_stars() {
        return;
    }
    let most = scheme.stars.most();
    let written = subject.form.text(Field::Recommended);
    let cell = subject.form.cell(Field::Recommended);
    let recommended = recommended(subject.form, most);
    if recommended.is_none() && !written.is_empty() {
        let written = written.to_owned();
        findings.push(subject.found(cell, Stars::Unreadable { written, most }));
    }
    // What is not scored is not 0: a form with gaps has no star of its own yet.
    let has_gaps = subject.sides().any(|cell| cell.is_unscored());
    let Some(sum) = total::own_total(subject).filter(|_| !has_gaps) else {
        return;
    };
    let own = scheme.own_star(sum);
    if let Some(preview) = &subject.form.preview
        && let Some(shown) = preview.filled.points()
        && shown != Points::from(own)
        && !follows_own_total(subject, sum, shown)
    {
        findings.push(subject.found(preview.cell, Stars::Preview { shown, own }));
    }
    if let Some(recommended) = recommended.filter(|recommended| *recommended != own) {
        findings.push(subject.found(cell, Stars::Recommended { recommended, own }));
    }
}

/// The preview follows the form's own total where that leaves out numbers typed as text.
fn follows_own_total(subject: &Subject<'_>, own: &Exact, shown: Points) -> bool {
    let stated = subject
        .form
        .total
        .as_ref()
        .and_then(|total| total::shown(&total.filled));
    stated.is_some_and(|stated| {
        let star = subject.ground.scheme.own_star(&Exact::from(stated));
        total::agrees(subject, stated, own) && shown == Points::from(star)
    })
}
