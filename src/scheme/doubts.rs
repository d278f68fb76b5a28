//! What a scheme may say, but probably does not mean.

use super::Scheme;

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
        doubts
    }
}
