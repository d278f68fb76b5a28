//! 评价人明细: one row per form, whatever became of it. Recused ones are struck out and said to be.

use super::beside::{Detail, List};
use super::which;
use crate::model::FormKey;
use crate::rank::Standings;
use crate::register::Treatment;
use crate::report::kit::{Cell, Column, Layout, Links, Look, Row, Table, Topic, columns, words};
use crate::settle::{FormState, SettledForm};

fn columns() -> Vec<Column> {
    columns![
        ("表号", 5, Look::Whole),
        (Topic::Group, 6, Look::Centre),
        (Topic::Object, 18, Look::Left),
        ("评价人", 8, Look::Left),
        ("评价人单位", 18, Look::Left),
        (Topic::Membership, 5, Look::Centre),
        ("评价方式", 7, Look::Centre),
        ("评价日期", 14, Look::Day),
        ("联系电话", 12, Look::Left),
        (Topic::RecommendedStars, 5, Look::Star),
        (Topic::Bonus, 8, Look::Plain),
        (Topic::Deduction, 7, Look::Plain),
        ("合计", 8, Look::Plain),
        ("表内总分", 8, Look::Plain),
        ("状态", 12, Look::Centre),
        ("说明", 16, Look::Left),
        ("推荐意见", 24, Look::Left),
        ("签字件", 20, Look::Left),
        ("来件时间", 11, Look::Centre),
        ("文件", 30, Look::Left),
        ("工作表", 10, Look::Left),
    ]
}

/// What there is to list.
pub(super) fn list(standings: &Standings<'_>, title: String) -> List {
    const MAY_BE_EMPTY: [&str; 11] = [
        "分组",
        "中共党员",
        "评价方式",
        "联系电话",
        "推荐星级",
        "减分",
        "说明",
        "推荐意见",
        "签字件",
        "来件时间",
        "工作表",
    ];
    List {
        blank: blank(standings, title),
        empty: "没有收到评价表。",
        may_be_empty: &MAY_BE_EMPTY,
    }
}

/// The table without its rows.
pub(super) fn blank(standings: &Standings<'_>, title: String) -> Table {
    Table {
        name: Detail::Forms.name(),
        unit: "单位：分",
        ..words::table(standings, title, columns(), Layout::list(10.5, 4))
    }
}

/// One row after the other.
pub(super) fn rows<'s>(
    standings: &'s Standings<'_>,
    links: Option<&'s Links>,
) -> impl Iterator<Item = Row> + 's {
    let forms = standings.forms.entries();
    forms.map(move |(key, form)| row(standings, links, key, form))
}

fn row(standings: &Standings<'_>, links: Option<&Links>, key: FormKey, form: &SettledForm) -> Row {
    let member = match form.member {
        Some(true) => "是",
        Some(false) => "否",
        None => "",
    };
    let mut cells = which(standings, key, form).to_vec();
    cells.extend([
        Cell::text(&form.unit),
        Cell::text(member),
        Cell::text(&form.mode),
        form.date.map_or_else(Cell::blank, Cell::day),
        Cell::text(&form.phone),
        form.recommended.map_or_else(Cell::blank, Cell::stars),
        Cell::exact_or_dash(form.bonus().as_ref()),
        Cell::exact_or_dash(form.deduction().as_ref()),
        Cell::exact_or_dash(form.total(&standings.ground.scheme).as_ref()),
        Cell::points_or_dash(form.stated_total),
    ]);
    if form.state == FormState::Recused {
        cells = cells.into_iter().map(Cell::struck).collect();
    }
    cells.extend([
        Cell::text(form.state.label()),
        Cell::text(why(standings, form)),
        Cell::text(&form.opinion),
        Cell::text(words::scans(standings, form)),
        Cell::text(
            form.letter
                .as_ref()
                .map_or(String::new(), |letter| letter.sent_text()),
        ),
        Links::cell_of(links, &form.place.file, &form.place.within),
        Cell::text(&form.place.sheet),
    ]);
    Row::new(cells)
}

/// Whether the clerk's register let the other one stand.
fn is_ruled(standings: &Standings<'_>, form: &SettledForm) -> bool {
    let stands = |index: &usize| {
        let ruling = standings.ground.register.rulings.get(*index);
        ruling.is_some_and(|ruling| ruling.treatment == Treatment::Stands)
    };
    let other = form.instead.and_then(|other| standings.forms.get(other));
    other.is_some_and(|other| other.rulings.iter().any(stands))
}

/// What the state means for this form.
fn why(standings: &Standings<'_>, form: &SettledForm) -> String {
    let what = match form.state {
        FormState::Counted => "",
        FormState::Held => "更正前不计入",
        FormState::Recused => "应回避，只列示，不计入",
        FormState::Ineligible => "学会不予受理，计分不排名",
        FormState::Superseded if is_ruled(standings, form) => "按处理登记以另一份为准，不计入",
        FormState::Superseded => "已有新版，不计入",
        FormState::Duplicate => "内容相同，不重复计入",
        FormState::Blank => "未填写，不作数",
        FormState::Excluded => "经办人决定不计入",
    };
    let what = match form.instead {
        Some(instead) => format!("{what}，见表号{}", instead.number()),
        None => what.to_owned(),
    };
    let said = [
        what,
        words::rulings(standings, form),
        words::amended(standings, form, |_| true),
    ];
    let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
    said.join("；")
}
