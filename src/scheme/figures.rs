//! From the lines of one form, or of several put together, to dimensions, parts and the total: weights and caps.

use super::{Line, Scheme};
use crate::model::{Exact, Keyed, LineId, Points, Weight};

/// What a line gives and takes, both as magnitudes; worked out, hence no decimals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    pub bonus: Exact,
    pub deduction: Exact,
}

impl Marks {
    #[must_use]
    pub fn net(&self) -> Exact {
        self.bonus.clone() - self.deduction.clone()
    }
}

/// Lines and what stands above them, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// As given, neither weighted nor capped.
    pub lines: Keyed<LineId, Marks>,
    pub dimensions: Vec<Exact>,
    pub parts: Vec<Exact>,
    pub total: Exact,
}

impl Figures {
    /// What every line of a class of objects at its cap comes to, nothing deducted; deductions stand beside at theirs.
    #[must_use]
    pub fn full(scheme: &Scheme, class: Option<usize>) -> Self {
        let side = |line: &Line, points: Points| {
            if Scheme::is_line_of(line, class) {
                Exact::from(points)
            } else {
                Exact::zero()
            }
        };
        let marks = |deducts: bool| {
            let lines = scheme.lines.iter();
            let marks = lines.map(|line| Marks {
                bonus: side(line, line.bonus.cap),
                deduction: side(
                    line,
                    if deducts {
                        line.deduction.cap
                    } else {
                        Points::ZERO
                    },
                ),
            });
            marks.collect()
        };
        Self {
            lines: marks(true),
            ..Self::of(scheme, marks(false))
        }
    }

    /// Caps hold from the inside out: a group of lines, the dimension, the part, the total. A line's weight is its
    /// share of the part, a part's its share of the total.
    #[must_use]
    pub fn of(scheme: &Scheme, lines: Keyed<LineId, Marks>) -> Self {
        let (dimensions, parts, total) = Self::above(scheme, lines.iter().map(Marks::net));
        Self {
            lines,
            dimensions,
            parts,
            total,
        }
    }

    /// What lines with these nets come to in all.
    #[must_use]
    pub fn total_of(scheme: &Scheme, nets: impl Iterator<Item = Exact>) -> Exact {
        Self::above(scheme, nets).2
    }

    /// What stands above lines with these nets: dimensions, parts and the total.
    fn above(
        scheme: &Scheme,
        nets: impl Iterator<Item = Exact>,
    ) -> (Vec<Exact>, Vec<Exact>, Exact) {
        let worth: Keyed<LineId, Exact> = scheme
            .lines
            .iter()
            .zip(nets)
            .map(|(line, net)| weighed(net, line.percent))
            .collect();
        // What the lines of a group come to beyond its cap, for those groups that `which` keeps.
        let beyond = |which: &dyn Fn(&[LineId]) -> bool| -> Exact {
            let kept = scheme.caps.iter().filter(|cap| which(&cap.lines));
            kept.map(|cap| {
                let sum: Exact = cap.lines.iter().map(|line| worth[*line].clone()).sum();
                (sum - Exact::from(cap.at_most)).max(Exact::zero())
            })
            .sum()
        };
        let one_dimension = |group: &[LineId]| {
            let first = group.first().map(|line| scheme.lines[*line].dimension);
            let all = group
                .iter()
                .all(|line| Some(scheme.lines[*line].dimension) == first);
            first.filter(|_| all)
        };
        let mut sums = vec![Exact::zero(); scheme.dimensions.len()];
        for (line, worth) in scheme.lines.iter().zip(&worth) {
            if let Some(sum) = sums.get_mut(line.dimension) {
                *sum = std::mem::take(sum) + worth.clone();
            }
        }
        let dimensions: Vec<Exact> = scheme
            .dimensions
            .iter()
            .zip(sums)
            .enumerate()
            .map(|(index, (dimension, sum))| {
                let beyond = beyond(&|group| one_dimension(group) == Some(index));
                capped(sum - beyond, dimension.at_most)
            })
            .collect();
        let parts: Vec<Exact> = scheme
            .parts
            .iter()
            .enumerate()
            .map(|(index, part)| {
                let of = scheme.dimensions.iter().zip(&dimensions);
                let own = of.filter(|(dimension, _)| dimension.part == index);
                let sum: Exact = own.map(|(_, points)| points.clone()).sum();
                let beyond = beyond(&|group| {
                    let first = group.first().map(|line| scheme.lines[*line].part);
                    first == Some(index) && one_dimension(group).is_none()
                });
                capped(sum - beyond, part.at_most)
            })
            .collect();
        let of = scheme.parts.iter().zip(&parts);
        let sum = of
            .map(|(part, points)| weighed(points.clone(), part.percent))
            .sum();
        (dimensions, parts, capped(sum, scheme.total_at_most))
    }
}

fn weighed(points: Exact, weight: Option<Weight>) -> Exact {
    match weight {
        Some(weight) => points * weight.share(),
        None => points,
    }
}

fn capped(points: Exact, most: Option<Points>) -> Exact {
    match most {
        Some(most) => points.min(Exact::from(most)),
        None => points,
    }
}
