//! 等次标准: which stars of an award are which 等次, and from which on they are supported. It is kept with the award, as its
//! term is: a later year's scheme may say otherwise, and the register outlives the scheme.

use crate::scheme::Scheme;

/// Of an award whose scheme has no grades.
const NONE: &str = "不分等次";
/// Behind the grade from which on stars are supported.
const SUPPORTED: &str = "起支持";

/// What the stars of one award mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grading {
    grades: Vec<Grade>,
    /// The least that is supported, an index into the grades.
    support: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Grade {
    name: String,
    from: u32,
    to: u32,
}

impl Grading {
    /// What a scheme says now.
    #[must_use]
    pub fn of(scheme: &Scheme) -> Self {
        let grades = scheme.grades.iter().map(|grade| Grade {
            name: grade.name.clone(),
            from: grade.from,
            to: grade.to,
        });
        let grades: Vec<Grade> = grades.collect();
        let least = scheme.support_grade.as_deref();
        let support = grades
            .iter()
            .position(|one| Some(one.name.as_str()) == least);
        Self { grades, support }
    }

    /// 等次 of so many stars.
    #[must_use]
    pub fn grade(&self, stars: u32) -> Option<&str> {
        let mut grades = self.grades.iter();
        let grade = grades.find(|grade| (grade.from..=grade.to).contains(&stars));
        grade.map(|grade| grade.name.as_str())
    }

    /// From how many stars on they are supported; none where none are.
    #[must_use]
    pub fn least_supported(&self) -> Option<u32> {
        let least = self.grades.get(self.support?)?;
        Some(least.from)
    }

    /// The name of that grade.
    #[must_use]
    pub fn support_grade(&self) -> Option<&str> {
        let least = self.grades.get(self.support?)?;
        Some(least.name.as_str())
    }

    /// As the register has it: `优秀8-10星、良好5-7星；良好起支持`.
    #[must_use]
    pub fn say(&self) -> String {
        if self.grades.is_empty() {
            return NONE.to_owned();
        }
        let grades = self.grades.iter();
        let grades: Vec<String> = grades
            .map(|one| format!("{}{}-{}星", one.name, one.from, one.to))
            .collect();
        let support = self.support_grade();
        let support = support.map_or(String::new(), |name| format!("；{name}{SUPPORTED}"));
        grades.join("、") + &support
    }

    /// Reads that; none where it is anything else.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        if written == NONE {
            let (grades, support) = (Vec::new(), None);
            return Some(Self { grades, support });
        }
        let (listed, supported) = match written.split_once('；') {
            Some((listed, supported)) => (listed, Some(supported.strip_suffix(SUPPORTED)?)),
            None => (written, None),
        };
        let grades: Vec<Grade> = listed.split('、').map(grade).collect::<Option<_>>()?;
        let support = match supported {
            None => None,
            Some(name) => Some(grades.iter().position(|one| one.name == name)?),
        };
        Some(Self { grades, support })
    }
}

/// `优秀8-10星`.
fn grade(written: &str) -> Option<Grade> {
    let stars = written.strip_suffix('星')?;
    let name = stars.trim_end_matches(|one: char| one.is_ascii_digit() || one == '-');
    let (from, to) = stars.get(name.len()..)?.split_once('-')?;
    (!name.is_empty()).then_some(Grade {
        name: name.to_owned(),
        from: from.parse().ok()?,
        to: to.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::Grading;
    use crate::ground::Ground;

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is() {
        let scheme = Ground::load(None, &[]).expect("the built-in year").scheme;
        let grading = Grading::of(&scheme);
        assert_eq!(grading.say(), "优秀8-10星、良好5-7星；良好起支持");
        assert_eq!(Grading::read(&grading.say()), Some(grading.clone()));
        for stars in 0..=10 {
            assert_eq!(grading.grade(stars), scheme.grade(stars));
        }
        assert_eq!(grading.least_supported(), Some(5));
        let mut plain = scheme;
        plain.grades.clear();
        let none = Grading::of(&plain);
        assert_eq!(none.say(), "不分等次");
        assert_eq!(Grading::read(&none.say()), Some(none));
        for wrong in [
            "",
            "优秀",
            "优秀8星",
            "优秀8-10",
            "优秀8-10星；良好起支持",
            "8-10星",
        ] {
            assert_eq!(Grading::read(wrong), None, "{wrong}");
        }
    }
}
