//! clap only: the commands of the committee's year.

use std::path::PathBuf;

use jiff::civil::Date;

use super::spans::{days, months, share};
use crate::cli::args::{Format, TEMPLATE, Year, date};

#[derive(Debug, Clone, clap::Args)]
pub struct SchemeDiff {
    /// 原方案：年度目录，或内置的年份，如 2018
    #[arg(value_name = "原方案", help_heading = "参数")]
    pub from: String,
    /// 新方案：同上
    #[arg(value_name = "新方案", help_heading = "参数")]
    pub to: String,
    /// 原方案的结果目录：用原来的评价表按新方案试算
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: Option<PathBuf>,
    /// text 供人看，json 供程序看（打印到标准输出）
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
    /// 写成表格文件
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, clap::Args)]
pub struct SchemeImport {
    /// 用 scheme show -o 写出、在 Excel 里改过的指标体系
    #[arg(value_name = "指标体系", help_heading = "参数")]
    pub sheet: PathBuf,
    /// 写到哪个目录，里面会有 scheme.toml
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Status {
    /// 收件、结果目录、审定目录、登记簿：有哪些给哪些
    #[arg(value_name = "路径", help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    /// 哪一天，默认今天
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub on: Option<Date>,
    /// 密码文件：加了打开密码的评价表用里面的密码逐个试，一行一个
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub password_file: Option<PathBuf>,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Amend {
    /// 写成哪个文件；填好后放在收件文件夹里，叫“评分更正单.xlsx”
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Deliberate {
    /// 汇总写出的结果目录
    #[arg(value_name = "结果目录", help_heading = "参数")]
    pub results: PathBuf,
    /// 审议表写成哪个文件
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: PathBuf,
    /// 审议委员名单（姓名、单位、应回避的学会），印进委员名单和单页
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub members: Option<PathBuf>,
    /// 上一次的审定目录：只出其中暂缓的学会，供补审
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub decided: Option<PathBuf>,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Decide {
    /// 填好的审议表
    #[arg(value_name = "审议表", help_heading = "参数")]
    pub sheet: PathBuf,
    /// 出审议表时用的结果目录
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: PathBuf,
    /// 审定结果写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    /// 上一次的审定目录：本次补审其中暂缓的学会
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub decided: Option<PathBuf>,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Statement {
    /// 汇总写出的结果目录
    #[arg(value_name = "结果目录", help_heading = "参数")]
    pub results: PathBuf,
    /// 只出名单上的这一个
    #[arg(
        long,
        value_name = "名称",
        required_unless_present = "all",
        conflicts_with = "all",
        help_heading = "选项"
    )]
    pub society: Option<String>,
    /// 名单上的每个都出
    #[arg(long, help_heading = "选项")]
    pub all: bool,
    /// 写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    /// 审定目录：写上审定的星级
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub decided: Option<PathBuf>,
    /// 附上评分说明（提到评价人或其他学会的不列出）
    #[arg(long, help_heading = "选项")]
    pub remarks: bool,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum NoticeKind {
    #[default]
    #[value(name = "公示")]
    Proposed,
    #[value(name = "发布")]
    Announced,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Publish {
    /// 审定写出的目录
    #[arg(value_name = "审定目录", help_heading = "参数")]
    pub decided: PathBuf,
    /// 公示（授予前，征求异议）还是发布（授予）
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "公示｜发布",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub kind: NoticeKind,
    /// 发布范围，如“各全国学会党组织”
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub scope: String,
    /// 依据，如文号
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub basis: String,
    /// 发布单位，如“中国科协科技社团党委”
    #[arg(long, value_name = "单位", help_heading = "选项")]
    pub issuer: String,
    /// 公示或发布的日期
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub date: Date,
    /// 标题，不写则用方案的名称
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub title: Option<String>,
    /// 公示几天（自然日，含当日），默认5
    #[arg(
        long,
        value_name = "天数",
        value_parser = days,
        default_value_t = 5,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub days: u32,
    /// 公示的联系人和联系方式
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub contact: Option<String>,
    /// 发布时必须给：公示期间的异议登记
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub objections: Option<PathBuf>,
    /// 登记簿：异议登记里写了更名以后的名称，也认得出
    #[arg(long, value_name = "登记簿", help_heading = "选项")]
    pub register: Option<PathBuf>,
    /// 结果目录：核对审定以后有没有更正过
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: Option<PathBuf>,
    /// 写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, clap::Subcommand)]
pub enum RegisterCommand {
    /// 按审定结果登记授予（已有星级的登记续评）
    #[command(aliases = ["授予", "登记", "续评"], help_template = TEMPLATE, override_usage = "xingping register add 登记簿.csv --decided 审定目录 --results 结果目录 --objections 异议登记.xlsx --basis 文字")]
    Add(Add),
    /// 登记调整、更正、更名、合并、注销、复核确认
    #[command(aliases = ["调整", "更正"], help_template = TEMPLATE, override_usage = "xingping register adjust 登记簿.csv --event 调整 --society 学会 --stars N --effective 日期 --basis 文字 --reason 文字")]
    Adjust(Change),
    /// 登记降级
    #[command(aliases = ["降级"], help_template = TEMPLATE, override_usage = "xingping register downgrade 登记簿.csv --society 学会 --stars N --effective 日期 --basis 文字 --reason 文字 --deadline 日期 --statement 文字")]
    Downgrade(Change),
    /// 登记撤销
    #[command(aliases = ["撤销", "取消"], help_template = TEMPLATE, override_usage = "xingping register revoke 登记簿.csv --society 学会 --effective 日期 --basis 文字 --reason 文字 --deadline 日期 --statement 文字")]
    Revoke(Change),
    /// 某一天谁是几星，哪些即将到期、已到期
    #[command(aliases = ["查询", "显示"], help_template = TEMPLATE, override_usage = "xingping register show 登记簿.csv --on 日期 [--within 月数]")]
    Show(ShowLedger),
    /// 写出可打印的星级台账、登记流水和支持名单
    #[command(aliases = ["导出", "台账", "星级台账"], help_template = TEMPLATE, override_usage = "xingping register export 登记簿.csv --on 日期 -o 星级台账.xlsx")]
    Export(ShowLedger),
}

#[derive(Debug, Clone, clap::Args)]
pub struct Add {
    /// 登记簿，没有则新建
    #[arg(value_name = "登记簿", help_heading = "参数")]
    pub ledger: PathBuf,
    /// 审定写出的目录
    #[arg(long, value_name = "目录", help_heading = "选项")]
    pub decided: PathBuf,
    /// 现在的结果目录：审定以后更正过评分的，原审定作废，不能登记
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: PathBuf,
    /// 公示期间的异议登记；没有收到异议的给空白的
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub objections: PathBuf,
    /// 依据，如发布的文号
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub basis: String,
    /// 登记日期，默认今天
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub date: Option<Date>,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ChangeKind {
    #[default]
    #[value(name = "调整")]
    Adjusted,
    #[value(name = "更正")]
    Corrected,
    #[value(name = "复核确认")]
    Confirmed,
    #[value(name = "更名")]
    Renamed,
    #[value(name = "合并")]
    Merged,
    #[value(name = "注销")]
    Dissolved,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Change {
    /// 登记簿
    #[arg(value_name = "登记簿", help_heading = "参数")]
    pub ledger: PathBuf,
    /// 只用于 adjust：调整（默认）、更正、复核确认、更名、合并、注销
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "事件",
        hide_possible_values = true,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub event: ChangeKind,
    /// 哪个学会
    #[arg(long, value_name = "学会", help_heading = "选项")]
    pub society: String,
    /// 改成几星
    #[arg(long, value_name = "N", help_heading = "选项")]
    pub stars: Option<u32>,
    /// 更名后、合并到的名称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub to: Option<String>,
    /// 生效日期
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub effective: Date,
    /// 依据
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub basis: String,
    /// 理由
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub reason: Option<String>,
    /// 降级、撤销前给的整改期限
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub deadline: Option<Date>,
    /// 降级、撤销前学会的陈述；没有陈述的写“未陈述”
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub statement: Option<String>,
    /// 来源编号，如抽查编号
    #[arg(long, value_name = "编号", help_heading = "选项")]
    pub source: Option<String>,
    /// 登记日期，默认今天
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub date: Option<Date>,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct SpotCheck {
    /// 登记簿
    #[arg(long, value_name = "登记簿", help_heading = "选项")]
    pub register: PathBuf,
    /// 哪一天有效的参加抽取
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub on: Date,
    /// 每个等次抽百分之几，如 20%
    #[arg(long, value_name = "比例", value_parser = share, help_heading = "选项")]
    pub share: u32,
    /// 种子：事先公布的一段文字，同样的种子抽出同样的名单
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub seed: String,
    /// 核查人名单（姓名、单位、应回避的学会）：名单上注明谁应回避
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub checkers: Option<PathBuf>,
    /// 评价时的结果目录：核查表上印出上次得分
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: Option<PathBuf>,
    /// 抽查名单和核查表写到哪个目录
    #[arg(short, long, value_name = "目录", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Recheck {
    /// 填好的核查表，可以有多个
    #[arg(value_name = "核查表", required = true, help_heading = "参数")]
    pub sheets: Vec<PathBuf>,
    /// 抽查写出的目录
    #[arg(long, value_name = "抽查目录", help_heading = "选项")]
    pub draw: PathBuf,
    /// 核查结论写成哪个文件
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: PathBuf,
    #[command(flatten)]
    pub year: Year,
}

#[derive(Debug, Clone, clap::Args)]
pub struct ShowLedger {
    /// 登记簿
    #[arg(value_name = "登记簿", help_heading = "参数")]
    pub ledger: PathBuf,
    /// 哪一天
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    pub on: Date,
    /// 几个月以内到期的算即将到期，默认6
    #[arg(
        long,
        value_name = "月数",
        value_parser = months,
        default_value_t = 6,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub within: u32,
    /// 评价的结果目录（export 用）：另附分组工作情况
    #[arg(long, value_name = "结果目录", help_heading = "选项")]
    pub results: Option<PathBuf>,
    /// 写成哪个文件（export 用）
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub year: Year,
}
