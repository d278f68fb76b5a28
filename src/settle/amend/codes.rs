//! The codes of corrected points.

use crate::finding::{Code, Explained};

pub(in crate::settle) const CODES: &[&Code] = &[
    &APPLIED,
    &ORIGINAL,
    &NOT_ALLOWED,
    &NOTHING_MET,
    &INCOMPLETE,
    &UNLIKELY,
];

const REST: &str = "这一行没有采用，请改好评分更正单再运行一次";

pub(super) static APPLIED: Code = Code::note(
    "V401",
    "score-corrected",
    "已按评分更正单更正",
    "如有变动，请改评分更正单后重新运行",
    Explained {
        means: "“评分更正单”里的一行更正了这一格的分数。原件没有改动，计分用更正后的；原分、改后、依据、批准人都写明，内部底稿的“评分更正”\
            和总排名的“变更对照”列出更正前后的分数、名次和星级。",
        basis: "本工具约定：更正写在评分更正单上，不改原件，原分和改后都能查到单元格。",
        example: "中国地质学会.csv!I17：3.2“定期召开党委会”加分由0更正为20（评分更正单第2行，依据：补充会议记录；批准人：王五；日期：2018-09-10）。",
        remedy: "不用处理。更正有误的，改“评分更正单”里的那一行，或删去这一行，再运行一次；审定以后又更正的，要按新的结果重新审议。",
    },
);
pub(super) static ORIGINAL: Code = Code::error(
    "V402",
    "correction-original-differs",
    "评分更正单的原分与评价表不符",
    REST,
    Explained {
        means: "“评分更正单”里填的原分，不是这位评价人现在计入的分数。可能看错了行、看错了评价人，也可能评价表已经换了新的一份，或前面一行已经\
            更正过。程序不猜，这一行不采用，也不能出正式稿。",
        basis: "本工具约定：原分必须与计入的评价表一致，才更正。",
        example: "评分更正单.csv!E2：评价人“评价人甲”的原分填30，“中国地质学会.csv!I17”是0。",
        remedy: "打开评价表看那一格，把“原分”改成现在的分数；已由前面一行更正过的，原分写更正后的。然后重新运行。",
    },
);
pub(super) static NOT_ALLOWED: Code = Code::error(
    "V403",
    "correction-not-allowed",
    "评分更正单的改后分数不合评分规则",
    REST,
    Explained {
        means: "“评分更正单”里改后的分数小于0、超过上限，或这一侧不设分，或加分、减分只能取一而两样都有。更正后的分数也要守评分规则，这一行不\
            采用，也不能出正式稿。",
        basis: "2018年办法附件2（各项加分、减分上限）；加分减分只取一是本工具约定。",
        example: "评分更正单.csv!F2：3.2“定期召开党委会”加分改后填60，应在0至50之间。",
        remedy: "核对是哪一项、加还是减，把“改后”改到上限以内；加分、减分一并更正的，先写改为0的一行。然后重新运行。",
    },
);
pub(super) static NOTHING_MET: Code = Code::error(
    "V404",
    "correction-meets-nothing",
    "评分更正单的一行没有可更正的",
    REST,
    Explained {
        means: "“评分更正单”里写的学会、指标、加减或评价人对应不到计入的评价表，或改后与原分相同。待更正的、未计入的评价表不在此列：请评价人\
            改好重报。更正“全部”评价人的，每一位的原分都要写上，少一位也不采用。",
        basis: "本工具约定：一行更正要么全部采用，要么不采用，不猜。",
        example: "评分更正单.csv!A2：学会填“中国地质协会”，名单中没有。",
        remedy: "学会写名单中的全称，指标写编号（如3.2），加减写加或减，评价人照评价表写；同名的写“姓名（单位）”。然后重新运行。",
    },
);
pub(super) static INCOMPLETE: Code = Code::error(
    "V405",
    "correction-incomplete",
    "评分更正单的一行没有填全",
    REST,
    Explained {
        means: "“评分更正单”里的一行缺评价人、原分、改后、依据、批准人或日期，只填了“/”“无”之类，或填的不是分数、日期，日期早于评价开\
            始，或离本次评价太远。没有依据和批准人的更正说不清，程序不采用，也不能出正式稿。",
        basis: "本工具约定：每项更正都要有依据、批准人和日期。",
        example: "评分更正单.csv!G2：依据没有填。",
        remedy: "补填空着的栏目，日期写成2018-09-10，再运行一次；不更正了的，删去这一行。",
    },
);
pub(super) static UNLIKELY: Code = Code::warning(
    "V406",
    "correction-unattainable",
    "更正后的分数按评价要求得不出",
    "已照此更正，请核实改后的分数",
    Explained {
        means: "“评分更正单”里改后的分数在上限以内，但按评分要点得不出这个数，多半是笔误。",
        basis: "2018年办法附件2（评分要点）；核对可得分值是本工具约定。",
        example: "评分更正单.csv!F2：3.2“定期召开党委会”加分改后填37，按评价要求只能为0、20、40、50。",
        remedy: "对照评价要求看改后的分数。是笔误的，改“评分更正单”再运行一次；确是如此的不用处理。",
    },
);
