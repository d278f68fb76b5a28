//! Stages, results, eligibility, units, and the paragraphs behind the rules.

use std::collections::BTreeSet;

use super::{Level, reference, unique, values};
use crate::scheme::reader::Table;
use crate::scheme::{Basis, Eligibility, Grade, Quote, Report, Stage, UnitField, Units};

pub(super) fn stages(root: &Table<'_, '_>) -> (Vec<Stage>, usize) {
    let mut seen = BTreeSet::new();
    let mut stages: Vec<Stage> = Vec::new();
    for table in root.tables("stages") {
        let id = table.required_text("id");
        let name = table.required_text("name");
        let from = table.required("from", table.date("from"));
        let to = table.required("to", table.date("to"));
        table.finish();
        if let (Some(id), Some(name), Some(from), Some(to)) = (id, name, from, to) {
            unique(&table, &mut seen, "阶段", &id);
            if from.value > to.value {
                table.fault(from.line, format!("阶段“{}”的起止日期颠倒", name.value));
            }
            stages.push(Stage {
                id: id.value,
                name: name.value,
                from: from.value,
                to: to.value,
            });
        }
    }
    let known = Level::of(root, "stages", "阶段", stages.len());
    let form_stage = root
        .required_text("stage")
        .and_then(|id| reference(root, known, &id, stages.iter().map(|one| one.id.as_str())));
    (stages, form_stage.unwrap_or_default())
}

pub(super) fn results(root: &Table<'_, '_>, grades: &[Grade]) -> (Option<u32>, Option<String>) {
    let Some(table) = root.table("results") else {
        return (None, None);
    };
    let validity = table.count("validity_years").map(|years| years.value);
    let support = table.text("support_grade");
    table.finish();
    if let Some(support) = &support {
        reference(
            &table,
            Level::of(root, "grades", "等次", grades.len()),
            support,
            grades.iter().map(|grade| grade.name.as_str()),
        );
    }
    (validity, support.map(|support| support.value))
}

/// `[[reports]]`: what is reported by those who hold a star.
pub(super) fn reports(root: &Table<'_, '_>) -> Vec<Report> {
    let mut reports = Vec::new();
    for table in root.tables("reports") {
        let what = table.required_text("what");
        let when = table.required_text("when");
        let by = table.required_text("by");
        let basis = table.required_text("basis");
        table.finish();
        if let (Some(what), Some(when), Some(by), Some(basis)) = (what, when, by, basis) {
            reports.push(Report {
                what: what.value,
                when: when.value,
                by: by.value,
                basis: basis.value,
            });
        }
    }
    reports
}

pub(super) fn eligibility(root: &Table<'_, '_>) -> Eligibility {
    let Some(table) = root.table("eligibility") else {
        return Eligibility {
            on: None,
            refused_inspections: Vec::new(),
        };
    };
    let eligibility = Eligibility {
        on: table.date("on").map(|date| date.value),
        refused_inspections: table
            .texts("refused_inspections")
            .map_or(Vec::new(), values),
    };
    table.finish();
    eligibility
}

pub(super) fn units(root: &Table<'_, '_>) -> Units {
    let mut units = Units {
        suffixes: Vec::new(),
        members: Vec::new(),
    };
    let Some(table) = root.table("units") else {
        return units;
    };
    units.suffixes = table.texts("suffixes").map_or(Vec::new(), values);
    units
        .suffixes
        .sort_by_key(|suffix| std::cmp::Reverse(suffix.chars().count()));
    for member in table.tables("members") {
        let field = member.required_text("field");
        let names = member.required("names", member.texts("names"));
        let is_one = member.flag("one_unit").is_some_and(|flag| flag.value);
        member.finish();
        if let (Some(field), Some(names)) = (field, names) {
            units.members.push(UnitField {
                field: field.value,
                names: values(names),
                is_one,
            });
        }
    }
    table.finish();
    units
}

pub(super) fn quotes(root: &Table<'_, '_>) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for table in root.tables("quotes") {
        let paragraph = table.required_text("paragraph");
        let text = table.required_text("text");
        table.finish();
        if let (Some(paragraph), Some(text)) = (paragraph, text) {
            quotes.push(Quote {
                paragraph: paragraph.value,
                text: text.value,
            });
        }
    }
    quotes
}

pub(super) fn basis(root: &Table<'_, '_>) -> Basis {
    let Some(table) = root.table("basis") else {
        return Basis::default();
    };
    let paragraph = |key| table.text(key).map(|paragraph| paragraph.value);
    let basis = Basis {
        participation: paragraph("participation"),
        eligibility: paragraph("eligibility"),
        membership: paragraph("membership"),
        recusal: paragraph("recusal"),
        decision: paragraph("decision"),
        support: paragraph("support"),
        adjustment: paragraph("adjustment"),
        withdrawal: paragraph("withdrawal"),
        group_support: paragraph("group_support"),
    };
    table.finish();
    basis
}
