//! Is the table whole?
//!
//! What it finds: lost, doubled or added columns, lines missing, twice or under another's code, rows that belong to no line. Reviewers
//! insert rows, unlock the sheet and delete what they do not need; what is left cannot be guessed at.

use crate::model::LineId;
use serde::Serialize;

use super::at::Half;
use super::{Family, Subject};
use crate::finding::text::{quote, shown};
use crate::finding::{Advice, Bearing, Code, Explained, Fact, Finding, Reader};
use crate::form::{Damage, Spot};
use crate::ground::Ground;
use crate::scheme::Line;

pub const FAMILY: Family = Family {
    codes: &[
        &DAMAGED,
        &LINE_MISSING,
        &LINE_TWICE,
        &UNKNOWN_LINE,
        &COLUMN_ADDED,
        &MISNAMED,
    ],
    check,
    reads_table: false,
};

static DAMAGED: Code = Code::error(
    "F201",
    "table-damaged",
    "评分表结构被改动，无法读取",
    "请用空白表重填后重报",
    Explained {
        means: "表头缺了必需的一列、同一列出现两次，或只剩表单编号、找不到评分表的表头，程序不知道\
            哪一格是加分、哪一格是减分，所以一格也不读。另加了一列（如“初评加分（调整后）”）并填了分的，\
            不知以哪列为准，暂不计分；另加的列只写说明的，不受影响。",
        basis: "本工具约定：分值在哪一列读不准的表不猜、不计分。",
        example: "第2组/中国粮油学会.xlsx › 评价表!I7：评分表缺少“初评加分”一列。",
        remedy: "请评价人用空白表重填后重报，不要改表头，不要增删列。确系只改了表头几个字的，由评\
            价人改回原样即可。旧表可以留着，新表的评价日期写更正当天。",
    },
);
static LINE_MISSING: Code = Code::error(
    "F202",
    "line-missing",
    "评分行缺失",
    "请恢复该行或用空白表重填后重报",
    Explained {
        means: "指标体系里的这一行在表上找不到：整行被删，或编号被改、被清空。缺一行就算不出总分，\
            也不能当0分。",
        basis: "2018年附件2（指标体系的评分行一行不少）；缺行的表不计分是本工具约定。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A17：找不到3.2“定期召开党委会”这一行。",
        remedy: "编号被改了的，请评价人改回原来的编号；整行被删的，请用空白表重填。更正后评价日期\
            写当天，重报后再运行一次。",
    },
)
.folding();
static LINE_TWICE: Code = Code::error(
    "F203",
    "line-twice",
    "同一编号出现两次，不知以哪行为准",
    "请删去多余的一行后重报",
    Explained {
        means: "表上有两行用了同一个编号，多半是复制、插入行时带出来的，或把别的行的编号改成了这个。\
            两行分值可能不同，程序不替人选。",
        basis: "本工具约定：同一评分行只能有一行。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A18：3.2“定期召开党委会”出现两次。",
        remedy: "请评价人看清哪一行是对的：多出来的一行删掉；编号改错的改回原编号。更正后评价日期\
            写当天再重报。",
    },
);
static UNKNOWN_LINE: Code = Code::warning(
    "F204",
    "unknown-line",
    "表内有指标体系以外的评分行",
    "该行不读，请核实是否改错了编号",
    Explained {
        means: "评分表里有一行，编号不在指标体系中，或没有编号却填了分。这一行的分不计入，表上自带\
            的总分也因此不作比对。",
        basis: "2018年附件2（只按指标体系的评分行计分）。",
        example: "第2组/中国细胞生物学学会.xlsx › 评价表!A20：指标体系中没有这一行（“3.9”）。",
        remedy: "若是把某一行的编号改错了（常常同时报“评分行缺失”），请评价人改回，评价日期写更正\
            当天再重报。若是自己加的说明行，分值没有问题的，不必重报。",
    },
);
static COLUMN_ADDED: Code = Code::warning(
    "F206",
    "column-added",
    "评分表里另加的一列填有数",
    "请核实是不是改过的分",
    Explained {
        means: "评分行上有一列不是空白表原有的（列名不是表上的，或没有列名），里面填有数，如“二次评分”“调整后”“核定”。\
            程序只读空白表原有的列，这一列不计入。只写文字的列、从小到大编的序号不在此列；列名里有“加分”“减分”的，\
            按“评分表结构被改动”暂不计分。",
        basis: "本工具约定：分值只从空白表原有的列里读。",
        example: "第2组/中国粮油学会.xlsx › 评价表!N7：评分表里另加的一列“二次评分”填有数，没有读。",
        remedy: "向评价人核实这一列是什么。是改过的分的，请评价人把分值填到原有的列里，删去另加的一列，评价日期写\
            更正当天再重报；与分值无关的，不用管。",
    },
);
static MISNAMED: Code = Code::error(
    "F207",
    "line-misnamed",
    "同一行的编号与指标对不上",
    "请用空白表重填后重报",
    Explained {
        means: "一行的编号是这一项的，写的指标名称（或评价要求）却是另一项的，多半是只对一部分列排了序，或名称、编号\
            错开了一行。这一行的分是给哪一项的，程序不猜，这份表暂不计分。名称写短了、有错字的不在此列。",
        basis: "本工具约定：编号与指标名称一致的行才读。",
        example: "第1组/中国地质学会.xlsx › 评价表!C13：编号是2.1“建立学会党委工作规则或议事规则”的，二级指标写的却是2.2“建立分支机构党建管理制度”的。",
        remedy: "请评价人用空白表重填，不要排序、不要移动行；评价日期写更正当天再重报。",
    },
)
.folding();

/// What has become of the table.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Broken {
    NoTable {},
    ColumnMissing {
        column: String,
    },
    ColumnTwice {
        column: String,
    },
    ColumnBeside {
        column: String,
        written: String,
    },
    ColumnAdded {
        written: String,
    },
    LineMissing {
        #[serde(skip)]
        line: LineId,
    },
    LineTwice {
        #[serde(skip)]
        line: LineId,
    },
    /// The name or wording in the row is another line's.
    LineMisnamed {
        #[serde(skip)]
        line: LineId,
        #[serde(skip)]
        other: LineId,
        column: String,
    },
    /// A row that belongs to no line.
    Stray {
        text: String,
    },
}

impl Fact for Broken {
    fn code(&self) -> &'static Code {
        match self {
            Self::NoTable {}
            | Self::ColumnMissing { .. }
            | Self::ColumnTwice { .. }
            | Self::ColumnBeside { .. } => &DAMAGED,
            Self::LineMissing { .. } => &LINE_MISSING,
            Self::LineTwice { .. } => &LINE_TWICE,
            Self::Stray { .. } => &UNKNOWN_LINE,
            Self::ColumnAdded { .. } => &COLUMN_ADDED,
            Self::LineMisnamed { .. } => &MISNAMED,
        }
    }

    fn message(&self, to: &Reader<'_>) -> String {
        match self {
            Self::NoTable {} => "有表单编号，却找不到评分表的表头".to_owned(),
            Self::ColumnMissing { column } => format!("评分表缺少“{column}”一列"),
            Self::ColumnTwice { column } => {
                format!("评分表有两列“{column}”，不知以哪列为准")
            }
            Self::ColumnBeside { column, written } => format!(
                "评分表除“{column}”外，另加的一列{}里也填了分，不知以哪列为准",
                quote(written)
            ),
            Self::ColumnAdded { written } if written.is_empty() => {
                "评分表里另加的一列（没有列名）填有数，没有读".to_owned()
            }
            Self::ColumnAdded { written } => {
                format!("评分表里另加的一列{}填有数，没有读", quote(written))
            }
            Self::LineMisnamed {
                line,
                other,
                column,
            } => format!(
                "编号是{}的，{column}写的却是{}的",
                to.line(*line),
                to.line(*other)
            ),
            Self::LineMissing { line } => format!("找不到{}这一行", to.line(*line)),
            Self::LineTwice { line } => format!("{}出现两次", to.line(*line)),
            Self::Stray { text } => format!("指标体系中没有这一行（{}）", quote(text)),
        }
    }

    fn found(&self, to: &Reader<'_>) -> String {
        match self {
            Self::ColumnTwice { column } => column.clone(),
            Self::ColumnBeside { written, .. } | Self::ColumnAdded { written } => written.clone(),
            Self::LineMisnamed { other, .. } => to.ground.scheme.lines[*other].code.clone(),
            Self::LineTwice { line } => to.ground.scheme.lines[*line].code.clone(),
            Self::Stray { text } => text.clone(),
            _ => String::new(),
        }
    }

    fn allowed(&self, to: &Reader<'_>) -> String {
        match self {
            Self::ColumnMissing { column } => column.clone(),
            Self::LineMissing { line } | Self::LineMisnamed { line, .. } => {
                to.ground.scheme.lines[*line].code.clone()
            }
            _ => String::new(),
        }
    }

    fn next(&self, _: &Reader<'_>) -> String {
        match self {
            Self::ColumnBeside { column, written } => format!(
                "请把分值填在“{column}”一列，删去{}一列后重报",
                quote(written)
            ),
            _ => self.code().next.to_owned(),
        }
    }

    fn spots(&self, ground: &Ground) -> Vec<Spot> {
        match self {
            Self::NoTable {} | Self::ColumnMissing { .. } | Self::ColumnTwice { .. } => {
                every_bonus(ground)
            }
            Self::LineMissing { line }
            | Self::LineTwice { line }
            | Self::LineMisnamed { line, .. } => {
                let one = &ground.scheme.lines[*line];
                [gives(one), Half::Deduction]
                    .into_iter()
                    .filter(|half| half.of(one).is_open())
                    .map(|half| half.spot(*line))
                    .collect()
            }
            Self::Stray { .. } | Self::ColumnBeside { .. } | Self::ColumnAdded { .. } => Vec::new(),
        }
    }

    fn advice(&self, to: &Reader<'_>) -> Option<Advice> {
        let hint = |line: LineId| to.ground.scheme.hint(&to.ground.scheme.lines[line]);
        Some(match self {
            Self::NoTable {} | Self::ColumnMissing { .. } | Self::ColumnTwice { .. } => {
                let message = self.message(to);
                let fix = format!(
                    "{message}，分值读不出来，没能带过来。请照您原来的表，把分值填到退回件上。"
                );
                Advice::new(fix).about("整张评分表")
            }
            Self::ColumnBeside { column, written } => Advice::new(format!(
                "原表另加的一列里也填了分，这里带的是“{column}”一列的数。请核对，不对的请改过来。"
            ))
            .about("另加的一列")
            .found(shown(written)),
            Self::ColumnAdded { written } => Advice::new(
                "原表另加的一列里填有数，没有带过来。是改过的分的，请填到原有的列里；与分值无关的，不用改。",
            )
            .about("另加的一列")
            .found(shown(written)),
            Self::LineMisnamed {
                line,
                other,
                column,
            } => Advice::new(format!(
                "原表这一行的编号与指标对不上，{column}写的是{}的，这里是按编号带的。请逐项核对，把分值填在该填的行上。",
                to.line(*other)
            ))
            .about(to.line(*line)),
            Self::LineMissing { line } => {
                Advice::new("原表里找不到这一行（编号被改或整行被删）。请补填这一行。")
                    .about(to.line(*line))
                    .allowed(hint(*line))
            }
            Self::LineTwice { line } => {
                Advice::new("原表里这个编号出现了两次，这里带的是上面那一行的数。请核对、改对。")
                    .about(to.line(*line))
                    .allowed(hint(*line))
            }
            Self::Stray { text } => Advice::new(
                "原表里这一行不在指标体系里，没有带过来。请核对它应是哪一行，把分值填到那一行。",
            )
            .about("多出的一行")
            .found(format!("编号{}", shown(text))),
        })
    }
}

/// Every bonus that can be given: where nothing can be carried over, all are to be filled in again.
pub(super) fn every_bonus(ground: &Ground) -> Vec<Spot> {
    let lines = ground.scheme.lines.entries();
    lines
        .filter(|(_, line)| line.bonus.is_open())
        .map(|(index, line)| gives(line).spot(index))
        .collect()
}

/// What a line is filled in by: points, or what they are worked out from.
const fn gives(line: &Line) -> Half {
    if line.value.is_some() {
        Half::Value
    } else {
        Half::Bonus
    }
}

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let scheme = &subject.ground.scheme;
    let is_cut = subject.form.damage.iter().any(|damage| {
        matches!(
            damage,
            Damage::ColumnMissing { .. } | Damage::ColumnTwice { .. }
        )
    });
    for damage in &subject.form.damage {
        // It is most likely the one that is missing, under another heading.
        if is_cut && matches!(damage, Damage::ColumnAdded { .. }) {
            continue;
        }
        let (cell, fact, line) = match damage {
            Damage::NoTable { cell } => (cell, Broken::NoTable {}, None),
            Damage::ColumnMissing { label, cell } => {
                let column = label.clone();
                (cell, Broken::ColumnMissing { column }, None)
            }
            Damage::ColumnTwice { label, cell } => {
                let column = label.clone();
                (cell, Broken::ColumnTwice { column }, None)
            }
            Damage::ColumnBeside {
                label,
                written,
                cell,
            } => {
                let fact = Broken::ColumnBeside {
                    column: label.clone(),
                    written: written.clone(),
                };
                (cell, fact, None)
            }
            Damage::ColumnAdded { written, cell } => {
                let written = written.clone();
                (cell, Broken::ColumnAdded { written }, None)
            }
            Damage::LineMisnamed {
                line,
                other,
                column,
                cell,
            } => {
                let fact = Broken::LineMisnamed {
                    line: *line,
                    other: *other,
                    column: column.clone(),
                };
                (cell, fact, Some(line))
            }
            Damage::LineMissing { line, cell } => {
                (cell, Broken::LineMissing { line: *line }, Some(line))
            }
            Damage::LineTwice { line, cell } => {
                (cell, Broken::LineTwice { line: *line }, Some(line))
            }
        };
        let mut finding = subject.found(*cell, fact);
        finding.line = line.map(|line| scheme.lines[*line].code.clone());
        findings.push(finding);
    }
    let is_other = |finding: &Finding| finding.bearing() == Bearing::OtherEdition;
    if is_cut || findings.iter().any(is_other) {
        return;
    }
    for stray in &subject.form.strays {
        let text = stray.text.clone();
        findings.push(subject.found(stray.cell, Broken::Stray { text }));
    }
}
