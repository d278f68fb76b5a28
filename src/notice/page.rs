//! The notice as one static page: read on a phone, printed on A4, searched without a network.
//!
//! Nothing is loaded from anywhere: the only style and the only script are in the page, and its policy allows no
//! others. Without the script the whole table is there.

use std::collections::BTreeSet;

use maud::html;

use super::Notice;
use crate::model::day::say;
use crate::report::page::shell::document;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
#[must_use]
pub fn html(notice: &Notice) -> String {
    let stars: BTreeSet<u32> = notice.societies.iter().map(|one| one.stars).collect();
    let body = html! {
        main {
            h1 { (notice.title) }
            @for line in notice.preamble() { p { (line) } }
            div .controls role="search" {
                label for="name" { "查找名称" }
                input #name type="search" autocomplete="off" aria-controls="list";
                label for="stars" { "星级" }
                select #stars aria-controls="list" {
                    option value="" { "全部" }
                    @for star in stars.iter().rev() { option value=(star) { (star) "星" } }
                }
            }
            p #count role="status" aria-live="polite" {
                "共" (notice.societies.len()) "个"
            }
            table {
                caption { (notice.kind.label()) "名单" }
                thead {
                    tr {
                        th scope="col" { "名称" }
                        th scope="col" { "星级" }
                        th scope="col" { "等次" }
                        th scope="col" { "有效期至" }
                    }
                }
                tbody #list {
                    @for one in &notice.societies {
                        tr data-stars=(one.stars) {
                            th scope="row" { (one.name) }
                            td { (one.stars) "星" }
                            td { (one.grade.as_deref().unwrap_or("—")) }
                            td { (one.valid_until.map_or_else(|| "—".to_owned(), say)) }
                        }
                    }
                }
            }
            p .sign { (notice.issuer) br; time datetime=(notice.date) { (say(notice.date)) } }
        }
    };
    document(&notice.title, STYLE, SCRIPT, &body)
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE, html};
    use crate::notice::{Entry, Kind, Notice};

    #[test]
    fn nothing_from_a_name_becomes_markup_and_nothing_is_loaded() {
        let notice = Notice {
            schema: 1,
            kind: Kind::Announced,
            title: "标题</title><script>".to_owned(),
            issuer: "单位".to_owned(),
            year: 2018,
            date: jiff::civil::date(2018, 10, 1),
            scope: "\" onload=x".to_owned(),
            basis: "依据".to_owned(),
            period: None,
            contact: None,
            societies: vec![Entry {
                name: "<img src=x onerror=1>".to_owned(),
                stars: 8,
                grade: None,
                valid_until: None,
            }],
        };
        let page = html(&notice);
        assert_eq!(page.matches("<script>").count(), 1);
        assert!(!page.contains("<img") && page.contains("&lt;img"));
        for foreign in [
            "http://", "https://", "//", "url(", "@import", "onclick=", "src=",
        ] {
            let plain = page.replace("&lt;img src=x", "");
            assert!(!plain.contains(foreign), "{foreign}");
        }
        // What would end the element early.
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
    }
}
