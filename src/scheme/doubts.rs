//! What a scheme may say, but probably does not mean.

mod days;
mod idle;
mod rules;
mod stars;
mod terms;

use super::{Line, Scheme};
use crate::model::{Points, fold};

impl Scheme {
    /// What is allowed but looks as if last year's file had not been changed throughout.
    #[must_use]
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        let year = self.year.to_string();
        let years: Vec<&str> = self
            .id
            .split(|character: char| !character.is_ascii_digit())
            .filter(|digits| digits.len() == 4)
            .collect();
        if !years.is_empty() && !years.contains(&year.as_str()) {
            doubts.push(format!("id 是“{}”，而 year 是 {year}，是否忘了改", self.id));
        }
        for stage in &self.stages {
            if stage.from.year().to_string() != year && stage.to.year().to_string() != year {
                doubts.push(format!(
                    "阶段“{}”的日期不在 {year} 年，是否忘了改",
                    stage.name
                ));
            }
        }
        doubts.extend(self.doubts_of_days());
        doubts.extend(self.doubts_of_stars());
        doubts.extend(self.doubts_of_wordings());
        doubts.extend(self.doubts_of_terms());
        doubts.extend(self.doubts_of_rules());
        doubts.extend(self.doubts_of_idle());
        doubts
    }

    /// Lines whose wording speaks of more points than their caps allow.
    fn doubts_of_wordings(&self) -> Vec<String> {
        let plain = |line: &&Line| line.value.is_none() && line.percent.is_none();
        let lines = self.lines.iter().filter(plain);
        lines
            .filter_map(|line| {
                let cap = line.bonus.cap.max(line.deduction.cap);
                let said = points_in(line.wording.as_deref()?);
                let most = said.into_iter().max().filter(|most| *most > cap)?;
                Some(format!(
                    "{} 的 wording 写到{most}分，而上限是{cap}，请核对是哪个写错了",
                    line.code
                ))
            })
            .collect()
    }
}

/// The numbers before 分 in a text.
fn points_in(text: &str) -> Vec<Points> {
    let folded = fold(text);
    let before = |piece: &str| {
        let digits = piece.chars().rev();
        let digits = digits.take_while(|one| one.is_ascii_digit() || *one == '.');
        let number: String = digits.collect::<Vec<char>>().into_iter().rev().collect();
        number.parse().ok()
    };
    let mut pieces: Vec<&str> = folded.split('分').collect();
    pieces.pop();
    pieces.into_iter().filter_map(before).collect()
}
