//! clap only: the commands of the committee's year.

use std::path::PathBuf;

use crate::cli::args::Year;

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
