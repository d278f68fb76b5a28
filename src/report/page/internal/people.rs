//! 评价人: who gives more, who less, where they disagree. Questions by written rules; nothing is decided here.

use maud::{Markup, html};

use super::link;
use crate::report::books::internal::agreement;
use crate::report::known::Known;
use crate::report::page::chart::{self, Bar, Words};
use crate::report::page::committee::told;
use crate::report::page::own;
use crate::report::page::table::Shown;

/// The section.
pub(super) fn section(known: &Known<'_>) -> Markup {
    let standings = known.standings();
    let scheme = &standings.ground.scheme;
    let people = agreement::people(known);
    let societies = agreement::societies(standings);
    // Who is asked about fills it.
    let whole = agreement::leans(standings).normalize();
    let bars: Vec<Bar> = people
        .iter()
        .filter_map(|one| {
            let lean = one.lean?;
            let rounded = crate::model::Points::from(lean.round_dp_with_strategy(
                scheme.precision,
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            ));
            let sign = if lean.is_sign_negative() || lean.is_zero() {
                ""
            } else {
                "+"
            };
            Some(Bar {
                label: format!("{}（{}）", one.form.reviewer, one.form.unit),
                value: format!(
                    "{sign}{}（同评{}个）",
                    rounded.with_decimals(scheme.precision),
                    one.shared
                ),
                part: lean,
                whole,
            })
        })
        .collect();
    let people_table = own(standings, agreement::people_table(standings, &people));
    let societies_table = own(standings, agreement::societies_table(standings, &societies));
    html! {
        p { "以下只是提问，不是结论，不据以改动任何得分。提问的规则：" }
        ol { @for rule in agreement::rules(scheme) { li { (rule) } } }
        @if !bars.is_empty() {
            div .tall {
                (chart::leanings(
                    &Words {
                        id: "leanings",
                        title: &format!("比同评的人平均高出（右）或低于（左、空心）多少分，画满为{whole}分"),
                        describes: told(&bars),
                    },
                    &bars,
                ))
            }
        }
        (Shown::new("person", &people_table).html())
        (Shown {
            links: societies.iter().map(|one| link(standings, one.society)).collect(),
            ..Shown::new("differ", &societies_table)
        }.html())
    }
}
