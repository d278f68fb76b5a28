//! Is it this year's form? (附件2第四条: indicators are tuned every year.)
//!
//! What it finds: a form of another scheme, stage or edition of the indicators; a form that has lost its id.
//! Compared is the fingerprint of what the form prints, so that a changed date does not void forms sent out.

use super::{Family, Subject};
use crate::finding::{Code, Finding};
use crate::model::fold;

pub const FAMILY: Family = Family {
    codes: &[&OTHER, &MISSING],
    check,
    reads_table: false,
};

pub static OTHER: Code = Code::error(
    "F101",
    "other-form-edition",
    "不是本年度、本阶段的评价表",
    "暂不计分，请用本年度空白表重填后重报",
);
static MISSING: Code = Code::note(
    "F102",
    "form-id-missing",
    "表单编号缺失或不完整",
    "按学会名称认定，请留意是否为本年度评价表",
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let Some(id) = &subject.form.id else {
        findings.push(subject.finding(&MISSING, None, MISSING.states));
        return;
    };
    let difference = if id.value.scheme != scheme.id {
        format!("表单编号属于方案“{}”，不是“{}”", id.value.scheme, scheme.id)
    } else if fold(&id.value.stage) != fold(scheme.stage_name()) {
        format!("表单属于“{}”阶段，不是“{}”", id.value.stage, scheme.stage_name())
    } else if id.value.fingerprint != scheme.form_fingerprint() {
        "表单编号末尾的指标版本与现行指标不符".to_owned()
    } else {
        return;
    };
    let allowed = format!("{}·{}·…·{}", scheme.id, scheme.stage_name(), scheme.form_fingerprint());
    findings.push(
        subject
            .finding(&OTHER, id.cell, difference)
            .found(id.value.to_string())
            .allowed(allowed),
    );
}
