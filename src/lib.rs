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
//! over all:  Checked… ─ settle ─▶ Settled ─ score ─▶ Rating… ─ rank ─▶ Standings ─ report ─▶ Output… ─ publish
//! ground:    scheme, roster, register (facts every station may read)
//!            findings travel beside the values from check and settle to the reports
//! ```
//!
//! A room knows only rooms above it, and of those not the ones named in its last column.
//!
//! | room | what happens there | what it must not know |
//! |---|---|---|
//! | [`model`] | cells, places, exact points, folding, days | |
//! | [`scheme`] | one year's rules as data; what criteria can attain; `value/`: one kind of value per file | |
//! | [`mod@error`] | why the program could not work | |
//! | [`intake`] | from paths through archives and mails to sheets, by content; the only `encoding_rs`, `html5gum`, `mail_parser` | scheme, error |
//! | [`roster`] | societies, groups, reviewers, names | error |
//! | [`register`] | 处理登记: what the clerk decided, as data | error |
//! | [`ground`] | which year is used: asked for, found, or the usual one built in | |
//! | [`mod@form`] | what the blank form's words are; from sheets to filled forms, by label and id | error, register |
//! | [`finding`] | what a finding is: values, and who reads them as what; no rule | error, intake |
//! | [`check`] | what is wrong with a form: one rule family per file; no other forms | error |
//! | [`settle`] | among all forms: copies, versions, what is missing; no sheets, no arithmetic | error, intake |
//! | [`codes`] | the one table of codes, from all families | error, intake |
//! | [`score`] | sums first, division last, one rounding (`score/round.rs`); no files, no floats | error, intake, roster, register, ground, form, finding, check, settle, codes |
//! | [`rank`] | ranks, ties, the standings; no files, no sheets | error, intake, form, check, codes |
//! | [`report`] | blank forms, books, data, returns and letters, from one kit: shows, decides nothing; with [`papers`] the only `rust_xlsxwriter` | intake |
//! | [`outcome`] | the results of a run, read back from its folder and held to its manifest | |
//! | [`committee`] | 审议: from a filled 审议表 to a decision, objections, terms | |
//! | [`notice`] | 公示 and 发布: what is made public and nothing else; with `report/page` the only `maud` | |
//! | [`ledger`] | 星级登记: events over the years, each with a digest; who holds what on a day | |
//! | [`edition`] | one year's scheme beside another's: what they say otherwise, what old forms come to by it; read back from Excel | register, form, check, settle, codes |
//! | [`agenda`] | 进度: at which stage the year is on a day, what is due and who owes it, what comes next | intake, register, check, codes, score |
//! | [`papers`] | 审议、公示、登记的文件: what a committee's year prints, made with the kit of [`report`]; shows, decides nothing | intake, register, check, settle, codes, score |
//! | [`publish`] | outputs are exchanged whole or not at all, whatever is in them; many files at once | scheme, intake, roster, register, ground, form, finding, check, settle, codes, score, rank |
//! | [`run`] | the stations in order, and all the work on forms and outputs that is done in parallel | publish |
//! | [`cli`] | what was typed, what is meant and what is said; the only clock and environment; no rules | check, score |
//!
//! **Books are tables first.** What a sheet of a book says is a value, [`report::kit::table::Table`], made from the standings
//! by a function beside what it is about (`report/books`, `papers`); one writer, `report/kit/sheet`, makes sheets of
//! them, another, `report/page/table`, parts of a page. Another way to show them is another writer, not another table.
//!
//! **What goes back to people.** No form outlives its check; for slips `run/slips.rs` reads the few files concerned
//! again and hands each form to `report/returns`, which must show its sender nothing of anybody else.
//!
//! **Where is the rule?** The word in the printed message is the name of its code, and the code is declared in
//! the file of its rule: `over-cap` is in `check/cap.rs`, `superseded` in `settle/versions.rs`.
//!
//! **What something new touches.** A rule: its file in `check/`, with the words for clerk and sender, and the list of
//! families there; `docs/问题代码.md` is printed anew. A kind of criterion: `scheme/rule.rs` with what it can attain,
//! `scheme/read/rules.rs`, what `explain` says of it in `scheme/kinds.rs`, its words in `scheme/said.rs`, and
//! when facts make it apply in `scheme/assess/`. A year: a folder under `templates/` and an entry of [`ground::BUILT_IN`]; whose default
//! it is does not change. An output: its file in `report/books/` or `report/data/` and a [`report::Job`].
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
pub mod papers;

pub mod agenda;
pub mod edition;

pub mod error;
pub mod publish;

pub mod cli;
pub mod run;
