//! The words that the forms of a scheme are found by, folded once for all of them.

use std::collections::BTreeMap;

use super::labels::{self, Column, Field, Foot};
use crate::model::{LineId, fold};
use crate::scheme::Scheme;

/// What is written on every form of a scheme, folded.
pub(super) struct Words {
    /// The headings of the table.
    pub(super) headings: Vec<(Column, String)>,
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
    /// The codes of the lines of no class, and of each.
    codes: Vec<BTreeMap<String, LineId>>,
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
        Self {
            headings: Column::of(scheme)
                .map(|column| (column, fold(&column.label(scheme))))
                .collect(),
            society: fold(&Field::Society.label(scheme)),
            total: foot(Foot::Total),
            preview: foot(Foot::Preview),
            opinion: foot(Foot::Opinion),
            corrects: foot(Foot::Corrects),
            codes: classes.map(codes).collect(),
            fields,
            vetoes,
            labels,
        }
    }

    /// The line of this code (folded) among those of a class.
    pub(super) fn line(&self, class: Option<usize>, code: &str) -> Option<LineId> {
        let class = class.map_or(0, |class| class.saturating_add(1));
        self.codes.get(class)?.get(code).copied()
    }
}
