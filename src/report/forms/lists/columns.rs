//! The columns of the two lists: how wide, what they hold, and a sentence on each.

use std::borrow::Cow;

use crate::register::amend::SIDES;
use crate::roster::{ReviewerColumn, SocietyColumn};
use crate::scheme::Scheme;

/// What a column of a list holds.
#[derive(Clone)]
pub enum Kind {
    Text,
    /// A group's number.
    Group,
    /// One of a few words, or nothing.
    Choice(Vec<String>),
    Day,
    /// A listed society.
    Society,
    /// A line of the scheme.
    Line,
    /// Told to the reader, not to be filled in.
    Told,
}

/// How a column is set out and explained; its heading is the roster's.
#[derive(Clone)]
pub struct Column {
    /// Half-width characters.
    pub width: u32,
    pub kind: Kind,
    pub needed: bool,
    pub about: Cow<'static, str>,
}

impl Column {
    /// The same with those evaluated called as a scheme calls them.
    pub fn said(&self, scheme: &Scheme) -> Self {
        Self {
            about: scheme.own_words(&self.about).into(),
            ..self.clone()
        }
    }
}

impl Kind {
    /// A choice among these words.
    fn choice<S: ToString>(words: impl IntoIterator<Item = S>) -> Self {
        Self::Choice(words.into_iter().map(|word| word.to_string()).collect())
    }
}

const fn column(width: u32, kind: Kind, needed: bool, about: &'static str) -> Column {
    Column {
        width,
        kind,
        needed,
        about: Cow::Borrowed(about),
    }
}

/// A column of the list of those evaluated.
pub fn society(scheme: &Scheme, column: SocietyColumn) -> Column {
    let object = scheme.object();
    let text = |width, about: String| (width, Kind::Text, about);
    let remedied = || Kind::choice(["未整改", "已整改"]);
    let (width, kind, about) = match column {
        SocietyColumn::Group => (
            8,
            Kind::Group,
            "对口分组的组号，填数字，如1；同组各行相同，留空则与上一行同组。".to_owned(),
        ),
        SocietyColumn::Lead => text(
            28,
            "该组的牵头联系单位；同组各行须一致，至少一行要填。".to_owned(),
        ),
        SocietyColumn::Name => text(
            30,
            format!("参评{object}的全称，一行一个，不得重复。评价表上的{object}名称以此为准。"),
        ),
        SocietyColumn::Class => (
            12,
            Kind::choice(scheme.classes.iter().map(|class| &class.name)),
            "按类评价的，填所属的类别；评价表上只有这一类的评分行，名次在类内排。".to_owned(),
        ),
        SocietyColumn::Aliases => text(
            26,
            format!(
                "曾用名、简称等其他写法，几个之间用顿号隔开；评价表上写了别名也认作本{object}。"
            ),
        ),
        SocietyColumn::MustTakePart => (
            16,
            Kind::choice(["是", "否"]),
            format!("按办法原则上必须参评的，填“是”；这些{object}未交评价表时会提示。"),
        ),
        SocietyColumn::Inspection => (
            16,
            Kind::choice(["合格", "基本合格", "不合格"]),
            "上年度年检结论；评价方案列为不予受理的结论，不参加排名。不清楚的可留空。".to_owned(),
        ),
        SocietyColumn::Criticism => (
            12,
            remedied(),
            "受到通报批评的，填“未整改”或“已整改”；没有的留空。未整改的不予受理。".to_owned(),
        ),
        SocietyColumn::Suspension => (
            12,
            remedied(),
            "受到停业整顿的，填“未整改”或“已整改”；没有的留空。未整改的不予受理。".to_owned(),
        ),
        SocietyColumn::PenaltyUntil => (
            14,
            Kind::Day,
            "受到处罚的，填处罚期的最后一天，写成“年-月-日”；没有的留空。未满的不予受理。"
                .to_owned(),
        ),
        SocietyColumn::Vetoes => {
            let names: Vec<&str> = scheme
                .vetoes
                .iter()
                .map(|veto| veto.name.as_str())
                .collect();
            text(
                24,
                format!(
                    "查明有否决情形的，填{}（几项之间用顿号隔开）；查明没有的填“无”，以此为准；留空的以评价表所填为准。",
                    names.join("、")
                ),
            )
        }
    };
    Column {
        width,
        kind,
        needed: column.is_needed(),
        about: about.into(),
    }
}

/// A column of 评价人名单.
pub fn reviewer(scheme: &Scheme, column: ReviewerColumn) -> Column {
    let object = scheme.object();
    let (width, kind, about) = match column {
        ReviewerColumn::Name => (14, Kind::Text, "评价人姓名，一行一人。".to_owned()),
        ReviewerColumn::Unit if scheme.asks.recusal => (
            34,
            Kind::Text,
            "评价人所在单位（党组织）的全称；用来判断是否应当回避。".to_owned(),
        ),
        ReviewerColumn::Unit => (34, Kind::Text, "评价人所在单位的全称。".to_owned()),
        ReviewerColumn::Group => (
            8,
            Kind::Group,
            format!("评价人参加哪一组的评价，填“{object}名单”中的组号；留空的不计应交份数。"),
        ),
        ReviewerColumn::Class => (
            14,
            Kind::choice(scheme.reviewer_classes.iter().map(|class| &class.name)),
            "评价人属于哪一类；各类的权重由评价方案定。".to_owned(),
        ),
        ReviewerColumn::Member => (
            14,
            Kind::choice(["是", "否"]),
            "评价人须为中共党员。不清楚的可留空，以评价表所填为准。".to_owned(),
        ),
        ReviewerColumn::Conflicts => (
            50,
            Kind::Text,
            format!("有利害关系、应当回避的{object}，几个之间用顿号隔开；本人单位不必重复填写。"),
        ),
        ReviewerColumn::Email => (
            26,
            Kind::Text,
            "退回件的回信寄到这里；不清楚的可留空，由经办人发信时填。".to_owned(),
        ),
    };
    Column {
        width,
        kind,
        needed: column.is_needed(),
        about: about.into(),
    }
}

/// In the order of [`crate::register::amend::Item::ALL`].
pub fn amendments(scheme: &Scheme) -> [Column; 9] {
    let [gives, takes] = SIDES;
    let (sides, about) = if scheme.has_deductions() {
        (vec![gives, takes], "更正加分填“加”，更正减分填“减”。")
    } else {
        (vec![gives], "填“加”，即这一项的得分。")
    };
    [
        column(26, Kind::Society, true, "名单中的学会全称。"),
        column(
            30,
            Kind::Line,
            true,
            "更正哪一项：从列表中选，或写编号，如3.2。",
        ),
        column(7, Kind::choice(sides), true, about),
        column(
            18,
            Kind::Text,
            true,
            "谁的评价表，照评价表上的姓名写；同名的写“姓名（单位）”；每位评价人都更正的填“全部”。",
        ),
        column(
            22,
            Kind::Text,
            true,
            "现在计入的分数，与评价表不符的不采用；评价人填“全部”的，逐人写成“评价人甲 20、评价人乙 30”，少一位也不采用。",
        ),
        column(8, Kind::Text, true, "改成多少，在0至上限之间。"),
        column(
            34,
            Kind::Text,
            true,
            "为什么更正，如“9月3日补充材料”“复核记录第2条”。",
        ),
        column(12, Kind::Text, true, "谁批准的。"),
        column(14, Kind::Day, true, "哪天批准的，如2018-09-10。"),
    ]
}

/// In the order of [`crate::register::COLUMNS`].
pub fn register() -> [Column; 9] {
    [
        column(
            36,
            Kind::Text,
            true,
            "要处理的文件（照“填报核对清单”的“文件”一栏，写文件名或带文件夹、压缩包的全路径都可以；一个文件里有几份表的，后面加“ › 工作表名”），或学会全称。",
        ),
        column(
            12,
            Kind::Text,
            false,
            "只处理这位评价人的；留空则不论是谁填的。",
        ),
        column(
            14,
            Kind::choice([
                "以此份为准",
                "不计入",
                "空白按0分",
                "视同别名",
                "无须回避",
                "同一人",
                "不是同一人",
                "已核实无误",
                "不再等",
                "不参评",
                "已联系更正",
            ]),
            false,
            "以此份为准：几份不同的，只计这份；不计入：不作数（读不出来的文件，表示不再等它）；空白按0分：没填的加分都按0分；\
         视同别名：表上写的学会名称（或左边写的名称）就是“对应学会”；无须回避：核实过，不必回避（可填“全部”“第1组”或只填评价人）；同一人、不是同一人：姓名相近的几份是不是一个人填的；\
         已核实无误：“核实事项”里的提示核实过，没有错；不再等：该学会（该评价人）的表不会来了；不参评：该学会不参加；\
         已联系更正：只作记录。留空的行不起作用。",
        ),
        column(
            22,
            Kind::Society,
            false,
            "处理填“视同别名”时，填它对应的学会全称。",
        ),
        column(
            24,
            Kind::Text,
            false,
            "为什么这样处理，如“6月3日电话核实”“会议纪要第2条”。会写进各份结果。",
        ),
        column(10, Kind::Text, false, "谁决定的。"),
        column(
            14,
            Kind::Day,
            false,
            "哪天决定的，如2018-8-30。手工写的行，只管到这一天为止来的表。",
        ),
        column(
            20,
            Kind::Text,
            false,
            "处理填“已核实无误”时，核实的是哪一条：照“填报核对清单”写问题代码、单元格、填报内容，如“P404 J15 25”，几条之间用分号隔开。填报内容变了，就不再算数。",
        ),
        column(
            18,
            Kind::Told,
            false,
            "本工具填的，表明这一行说的是哪一份表；请勿修改。那份表换了内容，这一行就不再起作用。",
        ),
    ]
}

/// A column that the program fills in.
pub fn told(width: u32, about: &'static str) -> Column {
    column(width, Kind::Told, false, about)
}
