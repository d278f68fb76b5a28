//! Charts as inline SVG: each with a title and a description that say in words what is drawn, and drawn so that no
//! meaning hangs on a colour. Placed by shares of the width, so that they fit a screen and a sheet of paper alike.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::table::{clean, share, thousandths};

/// One bar: what it is called, what stands at its end, how long it is of a whole.
pub(super) struct Bar {
    pub label: String,
    pub value: String,
    pub part: Decimal,
    pub whole: Decimal,
}

/// What a chart is called, and what a screen reader says of it.
pub(super) struct Words<'w> {
    pub id: &'w str,
    pub title: &'w str,
    pub describes: String,
}

/// The chart; a title with nothing below it would look like a fault, so that nothing to draw is said.
fn svg(words: &Words<'_>, height: usize, drawn: &Markup) -> Markup {
    if height == 0 {
        return html! { p .note { (clean(words.title)) "：还没有可画的。" } };
    }
    let (title, text) = (format!("{}-t", words.id), format!("{}-d", words.id));
    html! {
        figure .chart {
            figcaption { (clean(words.title)) }
            svg #(words.id) role="img" aria-labelledby={ (title) " " (text) } width="100%" height=(height) {
                title #(title) { (clean(words.title)) }
                desc #(text) { (clean(&words.describes)) }
                (drawn)
            }
        }
    }
}

/// Bars lying below their names.
pub(super) fn bars(words: &Words<'_>, bars: &[Bar]) -> Markup {
    const STEP: usize = 38;
    let drawn = html! {
        @for (at, bar) in bars.iter().enumerate() {
            text x="0" y=(at * STEP + 15) { (clean(&bar.label)) }
            text .value x="100%" y=(at * STEP + 15) text-anchor="end" { (clean(&bar.value)) }
            rect .ground x="0" y=(at * STEP + 21) width="100%" height="9" {}
            rect .bar x="0" y=(at * STEP + 21) width=(share(bar.part, bar.whole)) height="9" {}
        }
    };
    svg(words, bars.len() * STEP, &drawn)
}

/// Bars standing side by side, each with its name below and its value above.
pub(super) fn columns(words: &Words<'_>, bars: &[Bar]) -> Markup {
    const HIGH: u32 = 170;
    const TOP: u32 = 22;
    let whole = Decimal::from(bars.len().max(1));
    let most = bars.iter().map(|bar| bar.part).max().unwrap_or_default();
    let height = if bars.is_empty() { 0 } else { 220 };
    let bars: Vec<(String, String, Decimal, &Bar)> = bars
        .iter()
        .enumerate()
        .map(|(at, bar)| {
            let left = Decimal::from(at) + Decimal::new(2, 1);
            let middle = Decimal::from(at) + Decimal::new(5, 1);
            let high = thousandths(bar.part, most) * Decimal::from(HIGH) / Decimal::ONE_THOUSAND;
            let (left, middle) = (share(left, whole), share(middle, whole));
            (left, middle, high.round(), bar)
        })
        .collect();
    let width = share(Decimal::new(6, 1), whole);
    let foot = TOP + HIGH;
    let drawn = html! {
        @for (left, middle, high, bar) in &bars {
            rect .bar x=(left) y=(Decimal::from(foot) - high) width=(width) height=(high) {}
            text .value x=(middle) y=(Decimal::from(foot) - high - Decimal::from(6)) text-anchor="middle" {
                (clean(&bar.value))
            }
            text x=(middle) y=(foot + 18) text-anchor="middle" { (clean(&bar.label)) }
        }
        line .axis x1="0" x2="100%" y1=(foot) y2=(foot) {}
    };
    svg(words, height, &drawn)
}

/// From the lowest to the highest, with the mean between.
pub(super) struct Range {
    pub label: String,
    pub value: String,
    pub low: Decimal,
    pub mean: Decimal,
    pub high: Decimal,
}

/// Ranges below their names, on a scale from 0 to `most`: a stroke from the lowest to the highest, a lozenge at the
/// mean.
pub(super) fn ranges(words: &Words<'_>, ranges: &[Range], most: Decimal) -> Markup {
    const STEP: usize = 42;
    let drawn = html! {
        @for (at, range) in ranges.iter().enumerate() {
            @let y = at * STEP + 28;
            text x="0" y=(y - 13) { (clean(&range.label)) }
            text .value x="100%" y=(y - 13) text-anchor="end" { (clean(&range.value)) }
            line .axis x1="0" x2="100%" y1=(y) y2=(y) {}
            line .range x1=(share(range.low, most)) x2=(share(range.high, most)) y1=(y) y2=(y) {}
            @for end in [range.low, range.high] {
                line .end x1=(share(end, most)) x2=(share(end, most)) y1=(y - 5) y2=(y + 5) {}
            }
            svg .mean x=(share(range.mean, most)) y=(y) overflow="visible" { path d="M0-6 5 0 0 6-5 0z" {} }
        }
    };
    svg(words, ranges.len() * STEP, &drawn)
}

/// Bars to the left and to the right of a middle: below and above zero, to at most `most` either way.
pub(super) fn leanings(words: &Words<'_>, bars: &[Bar]) -> Markup {
    const STEP: usize = 38;
    let drawn = html! {
        @for (at, bar) in bars.iter().enumerate() {
            @let y = at * STEP + 21;
            @let long = thousandths(bar.part.abs(), bar.whole) / Decimal::from(20);
            @let left = if bar.part.is_sign_negative() { Decimal::from(50) - long } else { Decimal::from(50) };
            text x="0" y=(y - 6) { (clean(&bar.label)) }
            text .value x="100%" y=(y - 6) text-anchor="end" { (clean(&bar.value)) }
            rect .ground x="0" y=(y) width="100%" height="9" {}
            rect .bar .below[bar.part.is_sign_negative()] x={ (left.normalize()) "%" } y=(y)
                width={ (long.normalize()) "%" } height="9" {}
            line .middle x1="50%" x2="50%" y1=(y - 2) y2=(y + 11) {}
        }
    };
    svg(words, bars.len() * STEP, &drawn)
}
