//! How a scheme and its lines are called, and what a line asks for, in words: the same on forms, in messages and in
//! books.

use super::{Figures, Line, Scheme, Side, rule, said};

/// What those evaluated are called in standing words as they are written down.
const OBJECT: &str = "学会";

/// As much of what a line requires as tells it from its neighbours.
const GIST: usize = 16;

impl Scheme {
    /// Standing words with those evaluated called as this scheme calls them. No name may stand in them.
    #[must_use]
    pub fn own_words(&self, standing: &str) -> String {
        standing.replace(OBJECT, self.object())
    }

    /// The form's title with year and stage: `2018年创建星级学会党组织评价表（初评）`.
    #[must_use]
    pub fn full_form_title(&self) -> String {
        match self.stage_name() {
            // The name of a society's own form says which stage it is for.
            stage if stage.is_empty() || self.own.is_some() => {
                format!("{}年{}", self.year, self.form_title)
            }
            stage => format!("{}年{}（{stage}）", self.year, self.form_title),
        }
    }

    /// Year and title, with what a paper is: `2018年…评价方案总排名`.
    #[must_use]
    pub fn titled(&self, what: &str) -> String {
        format!("{}年{}{what}", self.year, self.title)
    }

    /// 编号 and 二级指标 of a line as messages name it: `3.2“定期召开党委会”`.
    #[must_use]
    pub fn title(&self, line: &Line) -> String {
        // Quotation marks inside quotation marks are single.
        let title = self.name(line).replace('“', "‘").replace('”', "’");
        format!("{}“{title}”", line.code)
    }

    /// What a line is called: its 二级指标, and where several lines share one, what is required in this one, as far as
    /// tells them apart: `年度任务：完成数量`.
    #[must_use]
    pub fn name(&self, line: &Line) -> String {
        let title = &self.indicator(line).title;
        let sharing = self.lines.iter();
        let sharing: Vec<&Line> = sharing
            .filter(|one| one.indicator == line.indicator && one.class == line.class)
            .collect();
        if sharing.len() < 2 {
            return title.clone();
        }
        let gist = Self::gist(line);
        let beginning = |text: &str| text.chars().take(GIST).collect::<String>();
        let short = beginning(&gist);
        let mut alike = sharing.iter().filter(|one| one.code != line.code);
        let is_told = !alike.any(|one| beginning(&Self::gist(one)) == short);
        match gist.is_empty() {
            true => title.clone(),
            false if is_told && short.len() < gist.len() => format!("{title}：{short}…"),
            false => format!("{title}：{gist}"),
        }
    }

    /// What a line requires, on one line: the names of its criteria, which are short, else the official wording, else how
    /// its points are worked out.
    fn gist(line: &Line) -> String {
        let labels = labels(line);
        if !labels.is_empty() {
            return labels.join("；");
        }
        let wording = line.wording.as_deref().unwrap_or_default();
        let pieces = wording
            .lines()
            .map(|one| one.trim().trim_start_matches('*'));
        let wording: String = pieces.filter(|one| !one.is_empty()).collect();
        match &line.value {
            Some(value) if wording.is_empty() => value.in_words(),
            _ => wording,
        }
    }

    /// What a part (an index) comes to where every line is at its cap, in words before 分: `47`; where what is evaluated
    /// has classes, of each of them: `A类60分、B类70`.
    #[must_use]
    pub fn full_of_part(&self, part: usize) -> String {
        let of = |class| Figures::full(self, class).parts[part].shown(self.precision);
        if self.classes.is_empty() {
            return of(None);
        }
        let classes = self.classes.iter().enumerate();
        let classes = classes.map(|(at, class)| format!("{}{}", class.name, of(Some(at))));
        classes.collect::<Vec<_>>().join("分、")
    }

    /// What can be given, in words: `加分可填0、20、40、50`; or what is to be filled in, and what that comes to.
    #[must_use]
    pub fn hint(&self, line: &Line) -> String {
        if self.own.is_some() {
            let is_partly = super::assess::has_discretion(line);
            return if is_partly {
                "酌情的要点自评不计"
            } else {
                ""
            }
            .to_owned();
        }
        let weight = line.percent.map(|percent| format!("占本部分的{percent}"));
        if let Some(value) = &line.value {
            return [Some(format!("填{}：{}", value.asks(), value.in_words()))]
                .into_iter()
                .chain([line.rounding(), weight])
                .flatten()
                .collect::<Vec<_>>()
                .join("；");
        }
        let side = |name: &str, side: &Side| {
            side.is_open()
                .then(|| format!("{name}可填{}", side.in_words()))
        };
        let bonus = if self.has_deductions() { "加分" } else { "" };
        [side(bonus, &line.bonus), side("减分", &line.deduction)]
            .into_iter()
            .chain([weight])
            .flatten()
            .collect::<Vec<_>>()
            .join("；")
    }

    /// 评价要求 as the form prints it: the official wording, else the criteria with their points, one to a line. A line that
    /// is given points as a whole has no criteria but itself, and its name stands beside.
    #[must_use]
    pub fn requirement(&self, line: &Line) -> String {
        line.wording
            .clone()
            .unwrap_or_else(|| said::asked(line).join("\n"))
    }

    /// 评价要求 where the criteria stand beside: the official wording, else their names.
    #[must_use]
    pub fn requirement_in_short(&self, line: &Line) -> String {
        line.wording
            .clone()
            .unwrap_or_else(|| labels(line).join("；"))
    }
}

impl Line {
    /// The rounding of its own, in words; none where it has none.
    #[must_use]
    pub fn rounding(&self) -> Option<String> {
        Some(match self.decimals? {
            0 => "本行得分取整数".to_owned(),
            decimals => format!("本行得分保留{decimals}位小数"),
        })
    }
}

/// The labels of the criteria of a line, but for the one that is the line itself.
fn labels(line: &Line) -> Vec<&str> {
    let criteria = line.bonus.criteria.iter().chain(&line.deduction.criteria);
    let other = criteria.filter(|criterion| criterion.id != line.code);
    other.map(|criterion| criterion.label.as_str()).collect()
}

impl Side {
    /// The attainable values in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        rule::in_words(&self.attainable)
    }
}
