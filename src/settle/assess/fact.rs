//! What is found of the societies' own forms beside the reviewers'.

use serde::Serialize;

use crate::finding::{Code, Explained, Fact, Reader};
use crate::form::Spot;
use crate::ground::Ground;
use crate::model::{LineId, Points};

pub static ABOVE: Code = Code::warning(
    "S201",
    "above-own-facts",
    "加分超过自评所填事项能得的分",
    "请向评价人和学会核实，以核实的为准",
    Explained {
        means: "学会在自评表上填的事项，按评价方案算出来，这一行最多能得若干分（酌情的要点按满分算），评价人给的加分比这还多。\
            可能是评价人掌握了自评没有写的材料，也可能是评错了行、看错了次数。",
        basis: "本工具约定：自评只供比对，不改评价人的分；评价人给的分多于事项能得的，请核实。",
        example: "中国地质学会.csv › 评价表!I17：3.2“定期召开党委会”加分50，自评所填（全年召开党委会次数：2次）最多得40。",
        remedy: "把两份表对着看：自评漏填的，请学会补正自评表重报；评价人评错的，请评价人改正后重报；评价人另有依据的，请在评分说明中写明，\
            分数照计。",
    },
)
.folding();
pub static BELOW: Code = Code::warning(
    "S202",
    "deduction-below-own-facts",
    "减分少于自评所填事项应减的分",
    "请向评价人和学会核实，以核实的为准",
    Explained {
        means: "学会在自评表上自己填的事项，按评价方案应当减分，评价人减得比这少，或者没有减。",
        basis: "本工具约定：自评只供比对，不改评价人的分；评价人减的分少于事项应减的，请核实。",
        example: "中国地质学会.csv › 评价表!J15：2.3“建立学会党委请示报告工作制度”减分0，自评所填（向科技社团党委作年度全面报告的情况：不报送）应减50。",
        remedy: "把两份表对着看：学会填错的，请补正自评表重报；评价人漏减的，请评价人改正后重报；评价人另有依据的，请在评分说明中写明，\
            分数照计。",
    },
)
.folding();
pub static LACKING: Code = Code::warning(
    "S301",
    "society-without-own-form",
    "没有收到自评表",
    "请向学会催报自评表；自评不影响评价人的分",
    Explained {
        means: "收件里有别的学会的自评表，而这个应当参评的学会一份也没有，无法与评价人的分比对。收件里一份自评表也没有的，不提示。",
        basis: "2018年通知二、1（各学会自行评估）；缺自评不影响计分是本工具约定。",
        example: "中国能源研究会：没有收到自评表。",
        remedy: "把空白自评表发给学会补报，催报里已列上；确实不报的，在“处理登记”填“不再等”，文件或学会写学会名称，评价人写“自评表”。自评计入总分的方案，缺自评的没有总分，须补报。",
    },
);

/// A reviewer's points against what follows from the facts.
#[derive(Debug, Serialize)]
pub(super) struct Against {
    #[serde(skip)]
    pub line: LineId,
    /// As the reviewer gave them.
    pub points: String,
    /// What the facts come to: at most, or of a deduction at least.
    pub bound: Points,
    #[serde(skip)]
    pub takes: bool,
    /// In words.
    pub facts: Vec<String>,
}

impl Fact for Against {
    fn code(&self) -> &'static Code {
        if self.takes { &BELOW } else { &ABOVE }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        let (side, comes_to) = if self.takes {
            ("减分", "应减")
        } else {
            ("加分", "最多得")
        };
        format!(
            "{}{side}{}，自评所填（{}）{comes_to}{}",
            to.line(self.line),
            self.points,
            self.facts.join("；"),
            self.bound
        )
    }

    fn found(&self, _: &Reader<'_>) -> String {
        self.points.clone()
    }

    fn allowed(&self, _: &Reader<'_>) -> String {
        if self.takes {
            format!("不少于{}", self.bound)
        } else {
            format!("不超过{}", self.bound)
        }
    }

    fn spots(&self, _: &Ground) -> Vec<Spot> {
        vec![if self.takes {
            Spot::Deduction(self.line)
        } else {
            Spot::Bonus(self.line)
        }]
    }
}

/// A society that has not sent its own form.
#[derive(Debug, Serialize)]
pub(super) struct Lacking {}

impl Fact for Lacking {
    fn code(&self) -> &'static Code {
        &LACKING
    }

    fn message(&self, _: &Reader<'_>) -> String {
        LACKING.states.to_owned()
    }

    fn next(&self, to: &Reader<'_>) -> String {
        to.words(match to.ground.scheme.policies.self_percent {
            Some(_) => "请向学会催报自评表；自评计入总分，没有自评表的没有总分",
            None => LACKING.next,
        })
    }
}
