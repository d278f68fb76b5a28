//! The notice as one static page: read on a phone, printed on A4, searched without a network.
//!
//! Nothing is loaded from anywhere: the only style and the only script are in the page, and its policy allows no
//! others. Without the script the whole table is there.

use maud::html;

use super::{Entry, Notice};
use crate::model::day::say;
use crate::report::page::shell::document;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page.
#[must_use]
pub fn html(notice: &Notice) -> String {
    let mut levels: Vec<String> = Vec::new();
    for one in &notice.societies {
        let level = level(one);
        if !levels.contains(&level) {
            levels.push(level);
        }
    }
    let body = html! {
        main {
            h1 { (notice.title) }
            @for line in notice.preamble() { p { (line) } }
            div .controls role="search" {
                // A label stays beside what it names, however narrow the page is.
                span .named .wide {
                    label for="name" { "查找名称" }
                    input #name type="search" autocomplete="off" aria-controls="list";
                }
                span .named {
                    label for="stars" { (notice.level.noun()) }
                    select #stars aria-controls="list" {
                        option value="" { "全部" }
                        @for level in &levels { option value=(level) { (level) } }
                    }
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
                        @for head in notice.heads() { th scope="col" { (head) } }
                    }
                }
                tbody #list {
                    @for one in &notice.societies {
                        tr data-level=(level(one)) {
                            th scope="row" { (one.name) }
                            @if let Some(stars) = one.stars { td { (stars) "星" } }
                            td { (one.grade.as_deref().unwrap_or("—")) }
                            @if notice.has_terms {
                                td { (one.valid_until.map_or_else(|| "—".to_owned(), say)) }
                            }
                        }
                    }
                }
            }
            p .sign { (notice.issuer) br; time datetime=(notice.date) { (say(notice.date)) } }
        }
    };
    document(&notice.title, STYLE, SCRIPT, &body)
}

/// What somebody is found by: `8星`, `优秀`.
fn level(one: &Entry) -> String {
    match (one.stars, &one.grade) {
        (Some(stars), _) => format!("{stars}星"),
        (None, Some(grade)) => grade.clone(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{SCRIPT, STYLE, html};
    use crate::committee::Level;
    use crate::notice::{Entry, Kind, Notice};

    #[test]
    fn nothing_from_a_name_becomes_markup_and_nothing_is_loaded() {
        let notice = Notice {
            schema: 1,
            kind: Kind::Announced,
            title: "标题</title><script>".to_owned(),
            issuer: "单位".to_owned(),
            year: 2018,
            level: Level::Stars,
            has_terms: true,
            date: jiff::civil::date(2018, 10, 1),
            scope: "\" onload=x".to_owned(),
            basis: "依据".to_owned(),
            period: None,
            contact: None,
            societies: vec![Entry {
                name: "<img src=x onerror=1>".to_owned(),
                stars: Some(8),
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
