//! 暂计: what keeps forms that count from counting for good, and what answers it.

use crate::check::{Checked, Doubt, FormState, SettledForm, hidden, recusal};
use crate::finding::{Code, Explained, Finding};
use crate::model::Place;
use crate::register::Treatment;

pub const CODES: &[&Code] = &[&UNSAID];

static UNSAID: Code = Code::warning(
    "R206",
    "recusal-unsaid",
    "有的评价表“有无应回避情形”空着",
    "暂按“无”计，请核实；没有的，可在“处理登记”对一人、一组（如“第1组”）或“全部”填一行“无须回避”",
    Explained {
        means: "有的评价表“有无应回避情形”一栏空着（或表上没有这一栏），不知道评价人是没有应回避情形，还是没有看到这一栏。先按“无”\
            计分，核实之前只是暂计，不能出正式稿。一次运行只提示一次，写明共几份、是哪几份。",
        basis: "2018年办法7.4、通知三、2（严格落实回避制度）；空着的先按“无”计是本工具约定。",
        example: "2份评价表“有无应回避情形”空着：“中国地质学会.csv”、“中国能源研究会.csv”。",
        remedy: "问评价人，或由经办人统一核实。没有应回避情形的，在“处理登记”填一行“无须回避”：文件或学会可填文件名、学会全称、\
            “第1组”或“全部”，只核实一位评价人的，填在“评价人”一栏。应当回避的，对那份填“不计入”，另请他人评价。",
    },
);

/// That nothing was declared, once for all forms that count.
pub(super) fn unsaid(forms: &[Checked]) -> Option<Finding> {
    /// More names than this help nobody; the list of forms has them all.
    const NAMED: usize = 5;
    let unsaid: Vec<&SettledForm> = forms
        .iter()
        .map(|one| &one.form)
        .filter(|form| form.state == FormState::Counted)
        .filter(|form| form.doubts.contains(&Doubt::RecusalUnsaid))
        .collect();
    let names: Vec<String> = unsaid
        .iter()
        .take(NAMED)
        .map(|form| {
            let whole = Place::file(&form.place.file, &form.place.within);
            format!("“{}”", crate::finding::text::path(&whole))
        })
        .collect();
    let more = if unsaid.len() > NAMED { "等" } else { "" };
    let message = format!(
        "{}份评价表“有无应回避情形”空着：{}{more}",
        unsaid.len(),
        names.join("、")
    );
    (!unsaid.is_empty()).then(|| Finding::new(&UNSAID, Place::default(), message))
}

/// The doubt that rests on a finding of this code alone, so that it goes with it.
pub(super) fn raised_by(code: &Code) -> Option<Doubt> {
    if code == &hidden::SHEET {
        Some(Doubt::Hidden)
    } else {
        (code == &super::versions::RETURNED).then_some(Doubt::Returned)
    }
}

/// Whether a finding of this code says why a form counts only provisionally.
pub(super) fn is_told_by(code: &Code) -> bool {
    raised_by(code).is_some()
        || [
            &recusal::NEAR,
            &super::versions::MAYBE_ONE,
            &super::rulings::OUTDATED,
        ]
        .contains(&code)
}

/// The rulings that answer a doubt, beside putting the form aside.
pub(super) const fn answers(doubt: Doubt) -> &'static [Treatment] {
    match doubt {
        Doubt::Unit | Doubt::RecusalUnsaid => &[Treatment::MayScore],
        Doubt::Person => &[Treatment::Same, Treatment::NotSame],
        Doubt::Returned | Doubt::Hidden => &[Treatment::Verified],
        Doubt::Ruling => &[],
    }
}
