//! Long work shows itself on a terminal: where it is, how much of it, how fast, how long it still takes.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::say;
use crate::run::{Station, Tick};

/// How often the line is drawn anew where nothing happens.
const STEADY: Duration = Duration::from_millis(200);

/// The line that is drawn at present. Who stops the program from another thread must first wipe it.
static DRAWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Shows on stderr how far `work` has got, where that is a terminal and nobody wants it quiet.
pub fn during<T>(quiet: bool, work: impl FnOnce(&(dyn Fn(Tick) + Sync)) -> T) -> T {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    // Until it is known of what.
    if let Ok(style) = ProgressStyle::with_template("{msg}") {
        bar.set_style(style);
    }
    if !quiet && std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(STEADY);
    }
    drawn(Some(bar.clone()));
    let done = work(&|tick| match tick {
        Tick::Begin(station, count) => begin(&bar, station, count),
        Tick::One => bar.inc(1),
    });
    bar.finish_and_clear();
    drawn(None);
    done
}

/// Somebody pressed Ctrl-C. `published`: after a new output had come to its place.
pub fn interrupted(published: bool) {
    if let Some(bar) = drawn(None) {
        bar.finish_and_clear();
    }
    say::line(if published {
        "【已中止】按了 Ctrl-C。结果（连同要求的导出和退回件）在此之前已经写好；其后的步骤没有做。"
    } else {
        "【已中止】按了 Ctrl-C。没有写出结果，输出目录里原有的内容没有改动。"
    });
}

/// What was drawn before.
fn drawn(bar: Option<ProgressBar>) -> Option<ProgressBar> {
    let mut drawn = DRAWN.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut *drawn, bar)
}

fn begin(bar: &ProgressBar, station: Station, count: usize) {
    bar.set_length(u64::try_from(count).unwrap_or(u64::MAX));
    bar.set_position(0);
    bar.set_message(name(station));
    let template = match (count, station) {
        (0, _) => "{msg}……",
        // The books are of very different sizes: how long those still take that are left, the others do not tell.
        (_, Station::Writing) => "{msg} {pos}/{len} [{wide_bar}]",
        _ => "{msg} {pos}/{len} [{wide_bar}] {rate} {left}",
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(
            style
                .progress_chars("=> ")
                .with_key("rate", |state: &ProgressState, line: &mut dyn Write| {
                    let _ = write!(line, "每秒{:.0}个", state.per_sec());
                })
                .with_key("left", |state: &ProgressState, line: &mut dyn Write| {
                    // Nothing is known before the first is done.
                    if state.pos() > 0 {
                        let _ = line.write_str(&left(state.eta()));
                    }
                }),
        );
    }
    bar.reset_elapsed();
    bar.reset_eta();
}

const fn name(station: Station) -> &'static str {
    match station {
        Station::Reading => "读取文件",
        Station::Ranking => "核对、计分、排名",
        Station::Writing => "生成表格",
        Station::Returning => "生成退回件",
    }
}

fn left(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("约剩{seconds}秒"),
        seconds @ 60..3600 => format!("约剩{}分{}秒", seconds / 60, seconds % 60),
        seconds => format!("约剩{}小时{}分", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::left;

    #[test]
    fn the_time_left_is_said_in_what_people_count_it_in() {
        for (seconds, said) in [
            (0, "约剩0秒"),
            (59, "约剩59秒"),
            (60, "约剩1分0秒"),
            (3599, "约剩59分59秒"),
            (7260, "约剩2小时1分"),
        ] {
            assert_eq!(left(Duration::from_secs(seconds)), said);
        }
    }
}
