//! What was typed, and what is meant by it. The only `clap` but for its errors.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub use super::year::args::{
    Amend, Decide, Deliberate, Publish, Recheck, RegisterCommand, SchemeDiff, SchemeImport,
    SpotCheck, Statement, Status,
};
use crate::ground::Wanted;
use crate::rank::Asked;
use crate::report::ORIGINALS;

pub(super) const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 星评：读、查、计分、排名，一条命令完成评价表汇总。
#[derive(Debug, Parser)]
#[command(
    name = "xingping",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    subcommand_precedence_over_arg = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    help_template = TEMPLATE,
    override_usage = "xingping 收件目录 [-o 输出目录]\n      xingping <命令> [选项]",
    after_help = "退出状态：0 没有须更正的问题；1 已出结果，但有须更正的问题；2 无法运行，什么都没有写（已写了一部分的，会说明是哪些）；130 按 Ctrl-C 中止，原有的结果没有改动。\n各命令的用法：xingping <命令> --help"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub bare: Consolidate,
    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "其他")]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "其他")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 汇总：读取、检查、计分、排名，写出各组汇总和总排名
    #[command(aliases = ["汇总", "统计", "排名"], help_template = TEMPLATE, override_usage = "xingping consolidate 路径… [-o 输出目录]")]
    Consolidate(Consolidate),
    /// 只检查：列出问题，不写任何文件
    #[command(aliases = ["检查", "核对"], help_template = TEMPLATE, override_usage = "xingping check 路径…")]
    Check(Check),
    /// 退回：有问题的评价表带标注退回，缺报的写催报，不出汇总
    #[command(visible_alias = "退回", aliases = ["催报", "催交"], help_template = TEMPLATE, override_usage = "xingping return 路径… -o 输出目录")]
    Return(Return),
    /// 生成空白评价表：每组一个文件夹，每个学会一个工作簿
    #[command(aliases = ["空白表", "评价表", "制表"], help_template = TEMPLATE, override_usage = "xingping forms -o 输出目录")]
    Forms(Forms),
    /// 新建年度目录：评价方案、学会名单、评价人名单，供修改
    #[command(aliases = ["新建", "年度"], help_template = TEMPLATE, override_usage = "xingping init 目录 [--like 样例]\n      xingping init --list")]
    Init(Init),
    /// 解释问题代码，以及 scheme.toml 里能写的各项和规则的种类
    #[command(aliases = ["解释", "说明"], help_template = TEMPLATE, override_usage = "xingping explain 代码（如 P301 或 over-cap）\n      xingping explain 规则种类（如 count；全部用 kind）\n      xingping explain 方案的键名或名称（如 down_to、名额）\n      xingping explain --all")]
    Explain(Explain),
    /// 进度：现在是哪个阶段、还差什么、该谁办、下一步用哪条命令
    #[command(visible_alias = "进度", help_template = TEMPLATE, override_usage = "xingping status [--on 日期] 收件 [结果目录 审定目录 登记簿.csv]")]
    Status(Status),
    /// 出空白的评分更正单：收件以后更正分数用
    #[command(aliases = ["更正", "更正单", "评分更正单"], help_template = TEMPLATE, override_usage = "xingping amend -o 评分更正单.xlsx")]
    Amend(Amend),
    /// 出审议表：会议情况、各组推荐页、每个学会的审议单页
    #[command(aliases = ["审议", "审议表"], help_template = TEMPLATE, override_usage = "xingping deliberate 结果目录 -o 审议表.xlsx")]
    Deliberate(Deliberate),
    /// 读回填好的审议表，出审定结果和变更对照
    #[command(alias = "审定", help_template = TEMPLATE, override_usage = "xingping decide 审议表.xlsx --results 结果目录 -o 审定目录")]
    Decide(Decide),
    /// 得分说明：名单上每个一页，供答复询问
    #[command(alias = "得分说明", help_template = TEMPLATE, override_usage = "xingping statement 结果目录 --society 名称｜--all -o 目录")]
    Statement(Statement),
    /// 公示或发布审定结果：网页、打印件和数据
    #[command(aliases = ["公示", "发布"], help_template = TEMPLATE, override_usage = "xingping publish 审定目录 --kind 公示｜发布 --scope 范围 --basis 依据 --issuer 单位 --date 日期 -o 目录")]
    Publish(Publish),
    /// 星级登记簿：授予、调整、降级、撤销、查询、台账
    #[command(aliases = ["登记", "登记簿", "星级登记簿"], help_template = TEMPLATE, subcommand_help_heading = "命令", disable_help_subcommand = true, override_usage = "xingping register add｜adjust｜downgrade｜revoke｜show｜export")]
    Register {
        #[command(subcommand)]
        command: RegisterCommand,
    },
    /// 抽查：从有效的星级中按等次抽取，任何人都能重复
    #[command(alias = "抽查", help_template = TEMPLATE, override_usage = "xingping spot-check --register 登记簿.csv --on 日期 --share 20% --seed 文字 --results 结果目录 -o 抽查")]
    SpotCheck(SpotCheck),
    /// 读回填好的核查表，得出建议：复核确认或调整
    #[command(aliases = ["核查", "复核"], help_template = TEMPLATE, override_usage = "xingping recheck 核查表… --draw 抽查 -o 核查结论.xlsx")]
    Recheck(Recheck),
    /// 检查或显示评价方案
    #[command(aliases = ["方案", "评价方案"], help_template = TEMPLATE, subcommand_help_heading = "命令", disable_help_subcommand = true, override_usage = "xingping scheme check｜show｜diff｜import")]
    Scheme {
        #[command(subcommand)]
        command: SchemeCommand,
    },
    /// 命令补全脚本，或 man 手册页：为打包和安装用
    #[command(hide = true, help_template = TEMPLATE, override_usage = "xingping shell [bash｜zsh｜fish｜powershell]")]
    Shell(Shell),
}

/// Which shell's completions.
#[derive(Debug, Clone, clap::Args)]
pub struct Shell {
    /// 哪种命令行：bash、zsh、fish、powershell；不写则给出 man 手册页
    #[arg(value_name = "名称", help_heading = "参数")]
    pub shell: Option<clap_complete::Shell>,
}

#[derive(Debug, Subcommand)]
pub enum SchemeCommand {
    /// 检查评价方案和名单，一次列出所有问题
    #[command(aliases = ["检查", "核对"], help_template = TEMPLATE, override_usage = "xingping scheme check [--scheme 目录]")]
    Check(Year),
    /// 读回在 Excel 里改过的指标体系，写成 scheme.toml
    #[command(aliases = ["导入", "读回"], help_template = TEMPLATE, override_usage = "xingping scheme import 指标体系.xlsx [--scheme 所据的年度目录] -o 目录")]
    Import(SchemeImport),
    /// 比较两年的方案：指标、上限、规则，用原来的评价表试算
    #[command(aliases = ["比较", "对照"], help_template = TEMPLATE, override_usage = "xingping scheme diff 原方案 新方案 [--results 结果目录] [-o 方案对照.xlsx]")]
    Diff(SchemeDiff),
    /// 显示指标体系，或用 -o 写成表格校对
    #[command(aliases = ["显示", "导出", "指标体系"], help_template = TEMPLATE, override_usage = "xingping scheme show [-o 指标体系.xlsx]")]
    Show(Show),
}

/// Which year.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Year {
    /// 年度目录（内有 scheme.toml、学会名单、评价人名单）；不写则依次找收件目录、程序所在目录，最后用内置方案
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub scheme: Option<PathBuf>,
    /// 用哪一年的内置方案，如 2018
    #[arg(long, value_name = "年份", help_heading = "选项")]
    pub year: Option<u32>,
}

impl Year {
    /// What is meant by it.
    pub fn wanted(&self) -> Wanted<'_> {
        Wanted {
            folder: self.scheme.as_deref(),
            year: self.year,
        }
    }
}

/// What is read, and how.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Reading {
    #[command(flatten)]
    pub year: Year,
    /// 输出格式：text 给人看，json 给程序看（打印到标准输出）
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "格式",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub format: Format,
    /// 不列出问题，只给出结果
    #[arg(short, long, help_heading = "选项")]
    pub quiet: bool,
    /// 密码文件：加了打开密码的评价表用里面的密码逐个试，一行一个
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub password_file: Option<PathBuf>,
    /// 同时处理的线程数，默认用满
    #[arg(long, value_name = "N", help_heading = "选项")]
    pub jobs: Option<usize>,
    /// 数据截至日期，如 2018-08-30；默认取计入的评价表中评价阶段内最晚的评价日期
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub date: Option<Date>,
    /// 印在每张表上的标记，如“内部资料 注意保密”；收件目录里有“标记.txt”的，默认用它的第一行
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub mark: Option<String>,
}

impl Reading {
    /// What is meant by it: a mark of blanks is none.
    pub fn asked(&self) -> Asked {
        Asked {
            date: self.date,
            mark: self.mark.clone().filter(|mark| !mark.trim().is_empty()),
            ..Asked::default()
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Default, clap::Args)]
pub struct Consolidate {
    /// 收到的评价表：文件或文件夹，可以有多个
    #[arg(value_name = "路径", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 输出目录；不写则写到收件目录旁边的“星评结果”
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: Option<PathBuf>,
    /// 出正式稿；还有未更正、未交的就不出，并说明还差什么
    #[arg(long = "final", help_heading = "选项")]
    pub is_final: bool,
    /// 与哪一次的结果比较：那次的输出目录；不写则与输出目录里原有的结果比较
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub since: Option<PathBuf>,
    /// 把收到的原件一并存入输出目录的“原件”，明细里可以点开
    #[arg(long, help_heading = "选项")]
    pub archive: bool,
    /// 另把数据导出到这个目录，供其他软件用：CSV 和 Parquet
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub export: Option<PathBuf>,
    /// 另把退回件、催报写到这个目录：有问题的格已标出，附好回信
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub returns: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

impl Consolidate {
    /// What is meant by it: originals that are kept are linked to.
    pub fn asked(&self) -> Asked {
        Asked {
            is_final: self.is_final,
            link_base: self.archive.then(|| ORIGINALS.to_owned()),
            ..self.reading.asked()
        }
    }
}

#[derive(Debug, Clone, clap::Args)]
pub struct Check {
    /// 收到的评价表：文件或文件夹，可以有多个
    #[arg(value_name = "路径", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Return {
    /// 收到的评价表：文件或文件夹，可以有多个
    #[arg(value_name = "路径", required = true, help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 退回件、催报写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
}

/// Whose forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum FormStage {
    /// The reviewers'.
    #[default]
    Review,
    /// The societies' own.
    #[value(name = "self", alias = "自评")]
    Own,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Forms {
    /// 写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    /// 每组一个工作簿，每个学会一张表
    #[arg(long, conflicts_with = "per_reviewer", help_heading = "选项")]
    pub per_group: bool,
    /// 出哪一阶段的表：review 评价表（默认），self 学会自评表
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "阶段",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub stage: FormStage,
    /// 学会报来的自评表（文件或文件夹，可以有多个）：把自评得分填进评价表的自评栏
    #[arg(
        long = "self",
        value_name = "路径",
        num_args = 1..,
        help_heading = "选项"
    )]
    pub own: Vec<PathBuf>,
    /// 按评价人名单，每个学会每位评价人一个工作簿；应回避的不出，并列出
    #[arg(long, help_heading = "选项")]
    pub per_reviewer: bool,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Init {
    /// 要建的年度目录；以年份为名的（如 2027），样例里的年份随之改好
    #[arg(
        value_name = "目录",
        required_unless_present = "list",
        help_heading = "参数"
    )]
    pub folder: Option<PathBuf>,
    /// 照哪个样例建，用 --list 查看
    #[arg(
        long,
        value_name = "样例",
        // The names of samples, not those of files.
        value_hint = clap::ValueHint::Other,
        conflicts_with = "scheme",
        help_heading = "选项"
    )]
    pub like: Option<String>,
    /// 列出有哪些样例
    #[arg(long, conflicts_with = "like", help_heading = "选项")]
    pub list: bool,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Explain {
    /// 问题代码、英文名，或问题说法中的几个字；规则的种类，如 count，全部用 kind；方案的键名或名称，如 quotas、名额
    #[arg(
        value_name = "代码",
        required_unless_present = "all",
        help_heading = "参数"
    )]
    pub code: Option<String>,
    /// 打印全部问题代码，即说明书“问题代码”一页
    #[arg(long, conflicts_with = "code", help_heading = "选项")]
    pub all: bool,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Show {
    /// 写成表格文件
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub year: Year,
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    crate::model::day::read(text).ok_or_else(|| "应写成 2018-08-30 这样的日期".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Args::command().debug_assert();
    }
}
