//! The words of a finding as its sender is told it: what is wrong and what to do. And which findings are the clerk's
//! matter, of which no sender is told.
//!
//! Knows nothing of cells; a finding's own message speaks to the clerk.

use super::advice::Reading;
use crate::finding::{Code, Said, Severity};
use crate::scheme::Basis;

/// The codes at a form that its sender can do nothing about: notes, and what the clerk alone decides.
const CLERKS: &[&str] = &[
    "blank-form",
    "conflict-by-name",
    "form-id-missing",
    "identical-copy",
    "maybe-one-reviewer",
    "member-candidate",
    "recommended-differs",
    "recommended-unreadable",
    // Somebody else has to fill another form: the lead unit is reminded.
    "recused",
    "recusal-near",
    "recusal-unsaid",
    "returned-as-another",
    "reviewer-of-another-group",
    "ruled",
    "ruling-ambiguous",
    "ruling-not-applied",
    "ruling-outdated",
    "ruling-without-reason",
    "rulings-at-odds",
    "stars-preview-disagrees",
    "superseded",
    "total-not-compared",
    "unit-unknown",
];

/// Whether what a code states is not for the sender of a form.
pub(super) fn is_clerks(code: &Code) -> bool {
    CLERKS.contains(&code.name)
}

impl Reading<'_> {
    /// What is wrong and what to do, in the words of a letter.
    pub(super) fn fix(&self, finding: &Said) -> String {
        Self::on_lines(finding)
            .or_else(|| self.on_the_form(finding))
            .unwrap_or_else(|| format!("{}。请核对。", finding.message))
    }

    /// Of a code about a line of the table.
    fn on_lines(finding: &Said) -> Option<String> {
        let is_counted = finding.severity != Severity::Error;
        let words = match finding.code.name {
            "not-scored" if is_counted => {
                "没有填，暂以0分计。有得分的请补填，没有得分的填0。".to_owned()
            }
            "not-scored" => "没有填。空白不等于0分：有得分的填分值，没有得分的填0。".to_owned(),
            "not-a-number" => "填的不是数字。请只填数字；没有得分的填0。".to_owned(),
            "no-cached-value" | "error-value" => {
                "原表这一格的公式没有结果，没能带过来。请直接填数字。".to_owned()
            }
            "date-in-points" => "软件把它当成了日期。请删掉后重新填数字。".to_owned(),
            "too-many-decimals" => "小数位数过多。请改短；确认无误的不用改。".to_owned(),
            "over-cap" if is_counted => "超过上限，暂按上限计。请改到允许的范围内。".to_owned(),
            "over-cap" => "超过上限。请改到允许的范围内。".to_owned(),
            "negative-bonus" => {
                "加分不能是负数。要减分的请填在减分栏，这一格改填得分，没有得分的填0。".to_owned()
            }
            "points-without-cap" => {
                "这一格不设分值，不能填分。请看是否填错了行或栏，改好后把这一格清空。".to_owned()
            }
            "unattainable" => {
                "按评价要求得不出这个分值，暂按所填计。请改为允许的分值；确认无误的不用改，在回信里说明即可。"
                    .to_owned()
            }
            "excluded-by" => {
                "这一行的加分和减分不能同时有。请只保留一个；加分不要的填0，减分不要的清空。".to_owned()
            }
            "base-line-missing" => format!("{}。请核对标出的这几行；确认无误的不用改。", finding.message),
            "deduction-without-reason" => format!(
                "减了{}分，没有写理由。请在评分说明里补写。",
                finding.found
            ),
            "caps-changed" => "原表上的上限被改过，退回件已恢复。请核对这一行的分值。".to_owned(),
            "total-disagrees" => {
                "原表的总分与各行之和对不上，退回件已重新自动计算。请核对各行分值。".to_owned()
            }
            "line-missing" => "原表里找不到这一行（编号被改或整行被删）。请补填这一行。".to_owned(),
            "line-twice" => {
                "原表里这个编号出现了两次，这里带的是上面那一行的数。请核对、改对。".to_owned()
            }
            "unknown-line" => {
                "原表里这一行不在指标体系里，没有带过来。请核对它应是哪一行，把分值填到那一行。".to_owned()
            }
            "hidden-points" => {
                "原表这一行（或列）是隐藏的，里面填有分值，已照常计分。退回件上已取消隐藏：请核对这个分值，不要的改填0，改了的发回；确认无误的不用改。"
                    .to_owned()
            }
            _ => return None,
        };
        Some(words)
    }

    /// Of a code about the form as a whole or a field of it.
    fn on_the_form(&self, finding: &Said) -> Option<String> {
        let ground = self.standings.ground;
        let scheme = &ground.scheme;
        let example = scheme.stage().map_or_else(
            || format!("{}-8-5", scheme.year),
            |stage| stage.from.to_string(),
        );
        let society = self
            .society
            .map_or("", |society| ground.roster.societies[society].name.as_str());
        let words = match finding.code.name {
            "table-damaged" => format!(
                "{}，分值读不出来，没能带过来。请照您原来的表，把分值填到退回件上。",
                finding.message
            ),
            "other-form-edition" => format!(
                "您填的不是{}年{}的评价表。退回件用的是现行的表，指标可能不同，分值没有带过来，请对照评价要求逐行填写。",
                scheme.year,
                scheme.stage_name()
            ),
            "society-unknown" => Self::which_society(finding, society),
            "identity-contradiction" => self.which_of_two(finding, society),
            "wrong-group" => {
                format!("与名单不一致。退回件已按名单改为{}，不用再改；如有不同意见请在回信中说明。", finding.allowed)
            }
            "reviewer-missing" => "请填评价人姓名。".to_owned(),
            "unit-missing" => "请填评价人单位全称，以便判断是否应当回避。".to_owned(),
            "membership-missing" => "请从列表里选“是”或“否”。".to_owned(),
            "not-a-member" => format!(
                "评价人须是中共党员{}。填错了的请改正；名单登记有误的请在回信中说明；确不是党员的，请另请党员评价，并改填其姓名、单位。",
                Basis::cite(scheme.basis.membership.as_deref())
            ),
            "reviewer-unlisted" => {
                "评价人名单里没有这一位（按姓名和单位对照）。请核对姓名、单位是否写对；确是评价人的，请在回信中说明，以便补入名单。"
                    .to_owned()
            }
            "recusal-unclear" => "看不明白。请从列表里选“无”或“有”。".to_owned(),
            "recusal-branch" => {
                "单位像是被评学会的分支机构，或您在该学会任职。请在回信中说明是否应当回避；单位填错了的请改正。"
                    .to_owned()
            }
            "unit-unattached" => {
                "请写明现在或退休前的单位全称，以便判断是否应当回避。".to_owned()
            }
            "date-missing" => format!("请补填评价日期，样式如{example}。"),
            "date-unreadable" => format!("看不出是哪一天。请写成{example}这样的日期。"),
            "outside-stage" => {
                "不在评价阶段之内。填错了的请改正；确是这一天的不用改，请在回信中说明。".to_owned()
            }
            "conflicting-versions" => format!(
                "您就这个学会交来内容不同的几份{}，分不出以哪份为准，都暂不计分。请确认后只发回要用的那一份的退回件，评价日期不用改；另一份的不要发回。",
                why(finding)
            ),
            "same-lines-as-another-society" => {
                "各行分值与您给另一个学会填的完全相同。请核实是否复制后忘了修改；确实相同的不用改。".to_owned()
            }
            "hidden-sheet" => {
                "评价表在隐藏的工作表里，已照常读取。请取消隐藏看一眼：是要报送的，不用改；是留着没用的旧表，请在回信中说明。"
                    .to_owned()
            }
            _ => return None,
        };
        Some(words)
    }

    fn which_society(finding: &Said, society: &str) -> String {
        if !society.is_empty() {
            return format!(
                "名单里没有这个名称，退回件已按表单编号改为“{society}”。如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。"
            );
        }
        let what = if finding.found.is_empty() {
            "没有填学会名称，也看不出评的是哪个学会"
        } else {
            "名单里没有这个学会"
        };
        // What to do otherwise stands once, below the points.
        if finding.allowed.is_empty() {
            format!("{what}。")
        } else {
            let nearest = finding.allowed.replace('、', "”或“");
            format!("{what}。是不是“{nearest}”？如是，请在回信中确认，不用重填。")
        }
    }

    fn which_of_two(&self, finding: &Said, society: &str) -> String {
        let by_id = self.form.id.as_ref().map(|id| id.value.society.as_str());
        if by_id == Some(finding.allowed.as_str()) {
            return format!(
                "表内学会名称与表单编号不一致，像是在另一个学会的表上改了名称。退回件是“{society}”的新表，分值照您填的带过来：请逐格核对后发回。如果评的不是这个学会，请不要用退回件，另用该学会的空白表填写。"
            );
        }
        format!(
            "表内是“{society}”，文件名上却是另一个学会。评的是“{society}”的，请逐格核对后发回；评的是文件名上的学会的，请不要用退回件，另用该学会的空白表填写。"
        )
    }
}

/// Why versions cannot be told apart, as the finding says it behind the names of the others.
fn why(finding: &Said) -> String {
    let behind = finding.message.rsplit_once("内容不同，");
    let why = behind.and_then(|(_, why)| why.strip_suffix("，分不出先后"));
    why.map_or(String::new(), |why| format!("，{why}"))
}

#[cfg(test)]
mod tests {
    use super::is_clerks;
    use crate::codes;

    #[test]
    fn every_code_at_a_form_has_words_for_its_sender_or_is_the_clerks() {
        let source = include_str!("words.rs");
        let words = source.split("fn on_lines(").nth(1).expect("the words");
        let words = words.split("#[cfg(test)]").next().expect("the arms");
        let of_files_and_lists = |code: &&crate::finding::Code| {
            let is_family = code.id.starts_with(['I', 'M']) && code.name != "blank-form";
            is_family || code.name == "society-ineligible"
        };
        let mut count = 0;
        for code in codes::all() {
            if of_files_and_lists(&code) {
                continue;
            }
            let has_words = words.contains(&format!("\"{}\"", code.name));
            assert_ne!(has_words, is_clerks(code), "{}", code.name);
            count += 1;
        }
        assert!(count > 40, "{count}");
    }
}
