//! The lists of those evaluated and of the reviewers, with the columns that the scheme has.

use super::columns::{self, Column};
use super::{Offers, made};
use crate::error::Error;
use crate::ground::Ground;
use crate::roster::{Reviewer, ReviewerColumn, Society, SocietyColumn};

/// The list of those evaluated with its current contents.
///
/// # Errors
/// The workbook cannot be made.
pub fn societies(ground: &Ground) -> Result<Vec<u8>, Error> {
    let (roster, scheme) = (&ground.roster, &ground.scheme);
    let columns = SocietyColumn::of(scheme);
    let text = |society: &Society, column: SocietyColumn| {
        let group = roster.group_of(society);
        match column {
            SocietyColumn::Group => group.number.to_string(),
            SocietyColumn::Lead => group.lead.clone(),
            SocietyColumn::Name => society.name.clone(),
            SocietyColumn::Class => {
                let class = society.class.and_then(|class| scheme.classes.get(class));
                class.map_or(String::new(), |class| class.name.clone())
            }
            SocietyColumn::Aliases => society.aliases.join("、"),
            SocietyColumn::MustTakePart if society.must_take_part => "是".to_owned(),
            SocietyColumn::MustTakePart => String::new(),
            SocietyColumn::Inspection => society.facts.inspection.clone(),
            SocietyColumn::Criticism => society.facts.criticism.clone(),
            SocietyColumn::Suspension => society.facts.suspension.clone(),
            SocietyColumn::PenaltyUntil => {
                let until = society.facts.penalty_until;
                until.map_or(String::new(), |day| day.to_string())
            }
            SocietyColumn::Vetoes => match &society.vetoes {
                None => String::new(),
                Some(vetoes) if vetoes.is_empty() => "无".to_owned(),
                Some(vetoes) => {
                    let names = vetoes.iter();
                    let names: Vec<&str> = names
                        .map(|veto| scheme.vetoes[*veto].name.as_str())
                        .collect();
                    names.join("、")
                }
            },
        }
    };
    let rows: Vec<Vec<String>> = roster
        .societies
        .iter()
        .map(|society| columns.iter().map(|one| text(society, *one)).collect())
        .collect();
    let headings: Vec<String> = columns.iter().map(|one| one.heading(scheme)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let columns: Vec<Column> = columns
        .into_iter()
        .map(|one| columns::society(scheme, one))
        .collect();
    let title = format!("{}名单", scheme.object());
    made(
        scheme,
        &title,
        &headings,
        &columns,
        &rows,
        &Offers::default(),
    )
}

/// 评价人名单.xlsx with the current contents.
///
/// # Errors
/// The workbook cannot be made.
pub fn reviewers(ground: &Ground) -> Result<Vec<u8>, Error> {
    let (roster, scheme) = (&ground.roster, &ground.scheme);
    let columns = ReviewerColumn::of(scheme);
    let text = |reviewer: &Reviewer, column: ReviewerColumn| match column {
        ReviewerColumn::Name => reviewer.name.clone(),
        ReviewerColumn::Unit => reviewer.unit.clone(),
        ReviewerColumn::Group => {
            let group = reviewer.group.and_then(|group| roster.groups.get(group));
            group.map_or(String::new(), |group| group.number.to_string())
        }
        ReviewerColumn::Class => {
            let classes = &scheme.reviewer_classes;
            let class = reviewer.class.and_then(|class| classes.get(class));
            class.map_or(String::new(), |class| class.name.clone())
        }
        ReviewerColumn::Member => match reviewer.member {
            Some(true) => "是".to_owned(),
            Some(false) => "否".to_owned(),
            None => String::new(),
        },
        ReviewerColumn::Conflicts => {
            let mut conflicts: Vec<&str> = reviewer
                .conflicts
                .iter()
                .filter_map(|society| roster.societies.get(*society))
                .map(|society| society.name.as_str())
                .collect();
            conflicts.extend(reviewer.unknown_conflicts.iter().map(String::as_str));
            conflicts.join("、")
        }
        ReviewerColumn::Email => reviewer.email.clone(),
    };
    let rows: Vec<Vec<String>> = roster
        .reviewers
        .iter()
        .map(|reviewer| columns.iter().map(|one| text(reviewer, *one)).collect())
        .collect();
    let headings: Vec<String> = columns.iter().map(|one| one.heading(scheme)).collect();
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let columns: Vec<Column> = columns
        .into_iter()
        .map(|one| columns::reviewer(scheme, one))
        .collect();
    made(
        scheme,
        "评价人名单",
        &headings,
        &columns,
        &rows,
        &Offers::default(),
    )
}
