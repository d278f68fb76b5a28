//! What a person is told of the forms sent back, ready to be sent or pasted; and what all letters share.

use std::collections::BTreeSet;

use crate::finding::Severity;
use crate::form::labels;
use crate::ground::Ground;
use crate::model::{CellRef, Exact, Letter as Mail, day};
use crate::rank::Standings;
use crate::report::kit::words::return_to;
use crate::report::known::Came;
use crate::report::returns::Point;
use crate::report::returns::told::{
    Part, date_stays, deadline, how_marked, said as cells_said, without_form,
};

/// A text as Windows programs open it without asking: UTF-8 with its mark.
pub(super) fn bytes(lines: &[String]) -> Vec<u8> {
    format!("\u{feff}{}", plain(lines)).into_bytes()
}

/// The same without the mark, lines ended as Windows and mails have it.
pub(super) fn plain(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        for part in line.split('\n') {
            // Nothing written into a form or name turns the direction of a letter, or ends its line.
            text.extend(
                part.chars()
                    .filter(|one| !one.is_control() && !is_turning(*one)),
            );
            text.push_str("\r\n");
        }
    }
    text
}

const fn is_turning(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A mail as its sender finds it again: `2018年8月15日16:20的邮件《第1组评价表报送》`.
pub(super) fn said(mail: &Mail) -> String {
    let subject = if mail.subject.is_empty() {
        String::new()
    } else {
        format!("《{}》", mail.subject)
    };
    let sent = mail.sent.as_ref().map_or(String::new(), |sent| {
        format!("{}{}的", day::say(sent.date()), sent.strftime("%-H:%M"))
    });
    format!("{sent}邮件{subject}")
}

/// Who signs is left open.
pub(super) fn signature() -> [String; 3] {
    [
        String::new(),
        "　　　　　　　　　　　　　　　　（署名）".to_owned(),
        "　　　　　　　　　　　　　　　　（日期）".to_owned(),
    ]
}

/// What one person is told of all the forms that go back to them, or a society of its own.
pub(super) struct Letter<'l> {
    pub standings: &'l Standings<'l>,
    /// That of the forms.
    pub ground: &'l Ground,
    /// Who filled them in; of a society's own form the society.
    pub whom: &'l str,
    /// With the names of their slips, at least one.
    pub parts: &'l [(&'l Part, &'l str)],
}

impl Letter<'_> {
    fn points(&self) -> impl Iterator<Item = &Point> + Clone {
        self.parts.iter().flat_map(|(part, _)| &part.points)
    }

    fn has_errors(&self) -> bool {
        let mut points = self.points();
        points.any(|point| point.severity == Severity::Error)
    }

    /// What stands above the mail: `请更正：对中国地质学会的《…评价表（初评）》`.
    pub(super) fn subject(&self) -> String {
        let what = if self.has_errors() {
            "请更正"
        } else {
            "请核实"
        };
        let title = self.ground.scheme.full_form_title();
        match self.parts {
            [(part, _)] => format!("{what}：{}《{title}》", part.of_society()),
            parts => format!("{what}：《{title}》{}份", parts.len()),
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let is_own = self.ground.scheme.own.is_some();
        let whom = match (self.whom, is_own) {
            ("", false) => "评价人同志：".to_owned(),
            ("", true) => "报送单位：".to_owned(),
            (whom, false) => format!("{whom}同志："),
            (whom, true) => format!("{whom}："),
        };
        let title = self.ground.scheme.full_form_title();
        let mut lines = vec![whom, String::new()];
        if let [(part, _)] = self.parts {
            let whose = if is_own {
                "贵单位的".to_owned()
            } else {
                format!("您{}", part.of_society())
            };
            lines.push(format!(
                "　　您好！{whose}《{title}》{}已收到。经核对，有下列地方请您更正或核实：",
                part.origin()
            ));
            part.list(&mut lines);
        } else {
            let whose = if is_own { "贵单位" } else { "您" };
            lines.push(format!(
                "　　您好！{whose}的{}份《{title}》已收到。经核对，有下列地方请您更正或核实：",
                self.parts.len()
            ));
            for (number, (part, slip)) in (1..).zip(self.parts) {
                lines.push(String::new());
                let society = if part.society.is_empty() {
                    format!("没有填{}", self.ground.scheme.object())
                } else {
                    part.society.clone()
                };
                lines.push(format!(
                    "【第{number}份】{society}{}，退回件“{slip}”",
                    part.origin()
                ));
                lines.extend(self.differences(number, part));
                part.list(&mut lines);
            }
        }
        lines.push(String::new());
        self.what_to_do(&mut lines);
        if let Some(day) = deadline(self.standings, self.ground) {
            let which = if self.has_errors() { "" } else { "要改的" };
            lines.push(format!("　　{which}请于{day}前发回。谢谢！"));
        }
        lines.extend(return_to(self.standings));
        lines.extend(signature());
        lines
    }

    /// How a form differs from those behind it that are about the same society.
    fn differences(&self, number: usize, part: &Part) -> Vec<String> {
        let scheme = &self.ground.scheme;
        let others = (1..).zip(self.parts).skip(number);
        others
            .filter(|(_, (other, _))| !part.society.is_empty() && other.society == part.society)
            .filter_map(|(at, (other, _))| {
                let own = part.form.form(self.standings)?;
                let other = other.form.form(self.standings)?;
                let mut cells = Vec::new();
                for (line, (one, two)) in
                    scheme.lines.iter().zip(own.lines.iter().zip(&other.lines))
                {
                    let title = scheme.title(line);
                    for (what, one, two) in [
                        ("加分", &one.bonus, &two.bonus),
                        ("减分", &one.deduction, &two.deduction),
                    ] {
                        if one != two {
                            let said = |points: &Option<Exact>| {
                                let points = points.as_ref();
                                points.map_or("看不出".to_owned(), |points| {
                                    points.shown(scheme.precision)
                                })
                            };
                            let (one, two) = (said(one), said(two));
                            cells.push(format!("{title}{what}，本份{one}、第{at}份{two}"));
                        }
                    }
                }
                Some(if cells.is_empty() {
                    format!("与第{at}份：各行分值相同，其他栏目不同。")
                } else {
                    format!("与第{at}份不同的分值：{}。", cells.join("；"))
                })
            })
            .collect()
    }

    fn what_to_do(&self, lines: &mut Vec<String>) {
        let (formed, without): (Vec<_>, Vec<_>) = self
            .parts
            .iter()
            .partition(|(part, _)| part.cells.is_some());
        for (part, _) in &without {
            let which = if self.parts.len() == 1 {
                String::new()
            } else {
                format!("“{}”这一份，", part.society)
            };
            lines.push(format!(
                "　　{which}{}",
                without_form(&self.ground.scheme, &part.points)
            ));
        }
        if formed.is_empty() {
            return;
        }
        let points = || formed.iter().flat_map(|(part, _)| &part.points);
        let marked = match how_marked(&points()) {
            marked if marked.is_empty() => marked,
            marked => format!("，有问题的格已标出：{marked}，鼠标停在格上可看说明"),
        };
        let names: Vec<String> = formed.iter().map(|(_, name)| format!("“{name}”")).collect();
        lines.push(format!(
            "　　附上{}，里面是您原来填的内容{marked}。请在“{}”工作表上直接改，保存后发回，文件名不用改，{}表底的小字编号请不要动。",
            names.join(""),
            labels::sheet(&self.ground.scheme),
            date_stays(&self.ground.scheme, points())
        ));
    }
}

impl Part {
    fn of_society(&self) -> String {
        if self.society.is_empty() {
            String::new()
        } else if matches!(self.form, Came::Own(_)) {
            format!("{}的", self.society)
        } else {
            format!("对{}的", self.society)
        }
    }

    /// Where it came from: `（文件“地质.xlsx”，附在2018年8月15日16:20的邮件中）`.
    fn origin(&self) -> String {
        let file = self.file.iter().map(|file| format!("文件“{file}”"));
        let mail = self.mail.iter().map(|mail| format!("附在{}中", said(mail)));
        let parts: Vec<String> = file.chain(mail).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("（{}）", parts.join("，"))
        }
    }

    /// The points, what weighs most first; what becomes of the form is said once, with the first of them.
    fn list(&self, lines: &mut Vec<String>) {
        let has_errors = self
            .points
            .iter()
            .any(|point| point.severity == Severity::Error);
        let mut outcome = self.becomes(has_errors);
        let mut number = 0;
        for (severity, otherwise) in [
            (Severity::Error, ""),
            (Severity::Warning, "确认无误的不用改"),
        ] {
            let points: Vec<&Point> = self
                .points
                .iter()
                .filter(|point| point.severity == severity)
                .collect();
            if points.is_empty() {
                continue;
            }
            let mut remarks = vec![std::mem::take(&mut outcome), otherwise];
            remarks.retain(|remark| !remark.is_empty());
            lines.push(String::new());
            let remarks = match remarks.join("；") {
                remarks if remarks.is_empty() => remarks,
                remarks => format!("（{remarks}）"),
            };
            lines.push(format!("{}{remarks}：", severity.label()));
            for group in folded(&points) {
                number += 1;
                lines.push(format!("{number}. {}", self.item(&group)));
            }
        }
    }

    /// One point, or several of one kind.
    fn item(&self, points: &[&Point]) -> String {
        let cells: Vec<CellRef> = points
            .iter()
            .flat_map(|point| &point.spots)
            .filter_map(|spot| self.cells.as_ref()?.get(spot))
            .copied()
            .collect::<BTreeSet<CellRef>>()
            .into_iter()
            .collect();
        let place = if cells.is_empty() {
            String::new()
        } else {
            format!("{}　", cells_said(&cells))
        };
        let what: Vec<&str> = points
            .iter()
            .map(|point| point.advice.what.as_str())
            .collect();
        let what = what.join("、");
        let Some(first) = points.first() else {
            return String::new();
        };
        let mut facts = Vec::new();
        if points.len() == 1 {
            if !first.advice.left_out && !first.advice.found.is_empty() {
                facts.push(format!("填的是“{}”", first.advice.found));
            }
            if !first.advice.allowed.is_empty() {
                facts.push(format!("允许：{}", first.advice.allowed));
            }
        }
        let facts = if facts.is_empty() {
            String::new()
        } else {
            format!("{}。", facts.join("，"))
        };
        format!("{place}{what}：{facts}{}", first.advice.fix)
    }
}

/// Points of one kind that are said the same way stand together.
fn folded<'p>(points: &[&'p Point]) -> Vec<Vec<&'p Point>> {
    let mut groups: Vec<Vec<&Point>> = Vec::new();
    for point in points {
        let known = groups.iter_mut().find(|group| {
            group.first().is_some_and(|first| {
                point.code.folds && first.code == point.code && first.advice.fix == point.advice.fix
            })
        });
        match known {
            Some(group) => group.push(point),
            None => groups.push(vec![point]),
        }
    }
    groups
}
