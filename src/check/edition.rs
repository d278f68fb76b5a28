//! Is it this year's form? (附件2第四条: indicators are tuned every year.)
//!
//! What it finds: a form of another scheme, stage or edition of the indicators; a form that has lost its id.
//! Compared is the fingerprint of what the form prints, so that a changed date does not void forms sent out.

use super::{Family, Subject};
use crate::finding::{Code, Explained, Finding};
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
    Explained {
        means: "程序拿表底的表单编号与现用的评价方案比对，方案、阶段或末尾的指标版本有一处不同。指\
            标每年微调，旧表上的分值不能按新指标计。",
        basis: "2018年附件2第四条（指标每年微调）；表单编号是本工具约定。",
        example: "第4组/中国自然资源学会.xlsx › 评价表!D46：表单编号属于方案“cast-2017”，不是“cast-2018”。",
        remedy: "请评价人用本年度、本阶段的空白表重填，评价日期写重填当天再重报，旧表可以留着。若\
            所有表都报这个问题，多半是运行时用错了年度目录，请用 --scheme 指明。",
    },
);
static MISSING: Code = Code::note(
    "F102",
    "form-id-missing",
    "表单编号缺失或不完整",
    "按学会名称认定，请留意是否为本年度评价表",
    Explained {
        means: "表上找不到完整的表单编号，无法核对是不是本年度的表、是不是别的学会的表改的名，只能\
            按表内的学会名称认定。",
        basis: "本工具约定：编号缺失的照常计分，但少了一道核对。",
        example: "第4组/中国自动化学会.xlsx › 评价表：表单编号缺失或不完整。",
        remedy: "打开表看一眼指标和学会名称是否为本年度的。有疑问的，请评价人用空白表重填，评价日\
            期写重填当天再重报；没有疑问的，不用管。",
    },
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
        format!(
            "表单属于“{}”阶段，不是“{}”",
            id.value.stage,
            scheme.stage_name()
        )
    } else if id.value.fingerprint != scheme.form_fingerprint() {
        "表单编号末尾的指标版本与现行指标不符".to_owned()
    } else {
        return;
    };
    let allowed = format!(
        "{}·{}·…·{}",
        scheme.id,
        scheme.stage_name(),
        scheme.form_fingerprint()
    );
    findings.push(
        subject
            .finding(&OTHER, id.cell, difference)
            .found(id.value.to_string())
            .allowed(allowed),
    );
}
