//! The words that the forms of a scheme are found by, folded once for all of them.

use std::collections::BTreeMap;

use super::labels::{self, Column, Field, Foot};
use crate::model::{Keyed, LineId, fold};
use crate::scheme::Scheme;

/// What is written on every form of a scheme, folded.
pub(super) struct Words {
    /// The headings of the table.
    headings: Vec<(Column, String)>,
    /// The length of the longest of them, in bytes.
    longest_heading: usize,
    /// The labels of the fields that are asked for.
    pub(super) fields: Vec<(Field, String)>,
    /// 学会名称.
    pub(super) society: String,
    /// The labels of the scheme's vetoes, in their order.
    pub(super) vetoes: Vec<String>,
    pub(super) total: String,
    pub(super) preview: String,
    pub(super) opinion: String,
    pub(super) corrects: String,
    /// All labels around the table.
    pub(super) labels: Vec<String>,
    /// What the rows of the lines are headed with.
    pub(super) names: Keyed<LineId, Name>,
    /// The codes of the lines of no class, and of each.
    codes: Vec<BTreeMap<String, LineId>>,
}

/// What a form prints of a line, folded.
pub(super) struct Name {
    pub(super) title: String,
    /// Empty where the scheme gives none.
    pub(super) wording: String,
}

impl Words {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let fields: Vec<(Field, String)> = Field::ALL
            .into_iter()
            .filter(|field| field.is_asked(scheme))
            .map(|field| (field, fold(&field.label(scheme))))
            .collect();
        let vetoes: Vec<String> = scheme
            .vetoes
            .iter()
            .map(|veto| fold(&labels::veto(veto)))
            .collect();
        let foot = |foot: Foot| fold(foot.label());
        let feet = [
            Foot::Unscored,
            Foot::Preview,
            Foot::Opinion,
            Foot::Signature,
            Foot::FormId,
            Foot::Corrects,
        ];
        let labels = fields.iter().map(|(_, label)| label.clone());
        let labels = labels
            .chain(feet.into_iter().map(foot))
            .chain(vetoes.clone())
            .collect();
        let classes = std::iter::once(None).chain((0..scheme.classes.len()).map(Some));
        let codes = |class| {
            let lines = scheme.lines_of_class(class);
            lines
                .map(|(index, line)| (fold(&line.code), index))
                .collect()
        };
        let headings: Vec<(Column, String)> = Column::of(scheme)
            .map(|column| (column, fold(&column.label(scheme))))
            .collect();
        let lengths = headings.iter().map(|(_, heading)| heading.len());
        Self {
            longest_heading: lengths.max().unwrap_or_default(),
            headings,
            society: fold(&Field::Society.label(scheme)),
            total: foot(Foot::Total),
            preview: foot(Foot::Preview),
            opinion: foot(Foot::Opinion),
            corrects: foot(Foot::Corrects),
            names: scheme
                .lines
                .iter()
                .map(|line| Name {
                    title: fold(&scheme.indicators[line.indicator].title),
                    wording: line.wording.as_deref().map_or(String::new(), fold),
                })
                .collect(),
            codes: classes.map(codes).collect(),
            fields,
            vetoes,
            labels,
        }
    }

    /// The column that is headed so (folded).
    pub(super) fn heading(&self, written: &str) -> Option<Column> {
        // Most texts of a form are longer.
        if written.len() > self.longest_heading {
            return None;
        }
        let mut headings = self.headings.iter();
        let heading = headings.find(|(_, heading)| heading == written);
        heading.map(|(column, _)| *column)
    }

    /// The line of this code (folded) among those of a class.
    pub(super) fn line(&self, class: Option<usize>, code: &str) -> Option<LineId> {
        let class = class.map_or(0, |class| class.saturating_add(1));
        self.codes.get(class)?.get(code).copied()
    }
}
