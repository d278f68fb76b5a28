//! # 星评 `xingping`: the house
//!
//! Review groups fill evaluation forms and mail them back; one run turns the folder they were saved in into a
//! consolidated workbook per group and an overall star ranking. Two kinds of people meet the tool, both in
//! Excel: the reviewer, once a year, and the clerk, who must defend every number.
//!
//! **Data flows one way.** Every station takes what the one before it gives; only [`run`] knows them all.
//!
//! ```text
//! per file:  path ─ intake ─▶ Sheet ─ form ─▶ Form ─ check ─▶ Checked      (the sheet is dropped here)
//! over all:  Checked… ─ settle ─▶ Settled ─ score ─▶ Result… ─ rank ─▶ Standings ─ report ─▶ Output… ─ publish
//! ground:    scheme, roster, register (facts every station may read)
//!            findings travel beside the values from check and settle to the reports
//! ```
//!
//! | room | what happens there | what it must not know |
//! |---|---|---|
//! | [`model`] | cells, places, exact points, folding, days | anything else |
//! | [`scheme`] | one year's rules as data; what criteria can attain | forms, files |
//! | [`roster`] | societies, groups, reviewers, names | forms, files |
//! | [`register`] | 处理登记: what the clerk decided, as data | forms, findings |
//! | [`ground`] | which year is used: given, found, or built in | the run |
//! | [`intake`] | from paths through archives and mails to sheets, by content; the only `calamine`, `encoding_rs`, `html5gum`, `mail_parser` | schemes, findings |
//! | [`mod@form`] | what the blank form's words are; from sheets to filled forms, by label and id | rules, findings |
//! | [`finding`] | what a finding is: values, and who reads them as what | how a rule decides |
//! | [`check`] | what is wrong with a form: one rule family per file | other forms |
//! | [`settle`] | among all forms: copies, versions, what is missing | sheets, arithmetic |
//! | [`codes`] | the one table of codes, from all families | the run |
//! | [`score`] | sums first, division last, one rounding (`score/round.rs`) | files, floats |
//! | [`rank`] | ranks, ties, the standings | files, sheets |
//! | [`report`] | workbooks and JSON: shows, decides nothing; the only `rust_xlsxwriter` | the run |
//! | [`outcome`] | the results of a run, read back from its folder and held to its manifest | how they came about |
//! | [`committee`] | 审议: from a filled 审议表 to a decision, objections, terms | how results came about |
//! | [`notice`] | 公示 and 发布: what is made public and nothing else; the only `maud` | scores, reviewers |
//! | [`ledger`] | 星级登记: events over the years, each with a digest; who holds what on a day | files, forms |
//! | [`publish`] | outputs are exchanged whole or not at all | what is in them |
//! | [`cli`] | what was typed, what is said; the only clock and environment | rules |
//!
//! **What goes back to people.** No form outlives its check; for slips `run/slips.rs` reads the few files concerned
//! again and hands each form to `report/slip.rs`, which must show its sender nothing of anybody else.
//!
//! **Where is the rule?** The word in the printed message is the name of its code, and the code is declared in
//! the file of its rule: `over-cap` is in `check/cap.rs`, `superseded` in `settle/versions.rs`. A new rule is
//! one file in `check/` and one line in its list of families; a new year is one folder under `templates/` and
//! one line in [`ground`].
//!
//! **Three roads that never meet.** [`error::Error`]: the program could not work, exit status 2, nothing
//! written. A finding of severity error: the data is wrong, outputs are written, exit status 1. Warnings and
//! notes: exit status 0.
//!
//! `tests/house.rs` holds the table above to be true.

pub mod model;

pub mod register;
pub mod roster;
pub mod scheme;

pub mod ground;

pub mod intake;

pub mod form;

pub mod finding;

pub mod check;

pub mod settle;

pub mod codes;

pub mod score;

pub mod rank;

pub mod report;

pub mod committee;
pub mod ledger;
pub mod notice;
pub mod outcome;

pub mod error;
pub mod publish;

pub mod cli;
pub mod run;
