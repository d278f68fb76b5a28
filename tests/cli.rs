//! The command line as people meet it: Chinese throughout, data on stdout, people on stderr, exit status.

#![allow(clippy::expect_used)] // a test may die of what it did not expect

use std::fs;
use std::path::Path;
use std::process::Command;

use xingping::form::Field;
use xingping::ground::Ground;
use xingping::model::sha256_hex;
use xingping::report::data::manifest::Manifest;

use common::Paper;
use program::streams as run;

mod common;

#[path = "common/program.rs"]
mod program;

const SCHEME: &str = include_str!("../templates/2018/scheme.toml");

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// A folder with one sound form, and what it is called.
fn inbox(room: &Path) -> std::path::PathBuf {
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let inbox = room.join("收件");
    fs::create_dir(&inbox).expect("an inbox");
    let paper = sound(&ground, "中国地质学会");
    fs::write(inbox.join("中国地质学会.csv"), paper.csv(&[])).expect("written");
    inbox
}

fn sound(ground: &Ground, society: &str) -> Paper {
    let mut paper = Paper::sound(ground, society, "评价人甲", "中国标准化协会党委");
    paper.field(Field::Recommended, "0星");
    paper.calculate(ground);
    paper
}

#[test]
fn the_version_says_which_years_are_built_in() {
    let (status, said, _) = run(&["--version"]);
    assert_eq!(status, 0);
    let version = concat!("xingping ", env!("CARGO_PKG_VERSION"));
    assert!(said.starts_with(version), "{said}");
    assert!(said.contains("内置方案：cast-2018（2018年"), "{said}");
}

#[test]
fn shells_and_man_are_served_from_the_same_definition() {
    for (shell, sign) in [
        (&["shell", "bash"][..], "complete -F"),
        (&["shell", "zsh"], "#compdef xingping"),
        (&["shell", "fish"], "complete -c xingping"),
        (&["shell", "powershell"], "Register-ArgumentCompleter"),
        (&["shell"], ".TH xingping 1"),
        (&["shell"], r"xingping spot\-check \-\-help"),
    ] {
        let (status, said, _) = run(shell);
        assert_eq!(status, 0, "{shell:?}");
        assert!(said.contains(sign) && said.contains("returns"), "{shell:?}");
    }
}

#[test]
fn help_is_chinese_and_goes_to_stdout() {
    for command in [
        &["--help"][..],
        &["consolidate", "--help"],
        &["check", "-h"],
        &["return", "--help"],
        &["forms", "--help"],
        &["init", "--help"],
        &["explain", "--help"],
        &["deliberate", "--help"],
        &["decide", "--help"],
        &["statement", "--help"],
        &["publish", "--help"],
        &["register", "--help"],
        &["spot-check", "--help"],
        &["register", "add", "--help"],
        &["register", "show", "--help"],
        &["scheme", "--help"],
        &["scheme", "check", "--help"],
        &["scheme", "show", "--help"],
    ] {
        let (status, out, err) = run(command);
        assert_eq!((status, err.as_str()), (0, ""), "{command:?}");
        for english in [
            "Usage",
            "Options",
            "Commands",
            "Arguments",
            "Print",
            "possible",
            "default",
        ] {
            assert!(!out.contains(english), "{command:?} says {english}:\n{out}");
        }
        assert!(out.contains("用法："), "{out}");
    }
}

#[test]
fn wrong_words_get_a_chinese_sentence_and_status_2() {
    for (command, part) in [
        (&["--nope"][..], "没有“--nope”这个选项"),
        (&["check"], "缺少"),
        (&["check", ".", "--format", "xml"], "可用：text、json"),
        (
            &["check", ".", "--date", "昨天"],
            "应写成 2018-08-30 这样的日期",
        ),
        (
            &["check", ".", "--jobs", "many"],
            "“--jobs <N>”不能是“many”",
        ),
        (
            &["forms", "--per-group", "--per-reviewer", "-o", "x"],
            "不能与",
        ),
        (&["scheme"], "可用：“check”（检查）"),
        (&["register"], "“revoke”（撤销）"),
        (&["check", "/没有这个目录"], "找不到“/没有这个目录”"),
        (&["check", ".", "--scheme", "/没有这个目录"], "找不到"),
        (&["explain", "X999"], "没有“X999”这个问题代码"),
        (&[], "拖到本程序上"),
    ] {
        let (status, out, err) = run(command);
        assert_eq!((status, out.as_str()), (2, ""), "{command:?}");
        assert!(err.contains(part), "{command:?}: {err}");
        // The codes' own names are English words.
        let err = err.split("全部代码").next().unwrap_or_default();
        for english in ["error", "usage", "invalid", "unexpected", "required"] {
            assert!(!err.to_lowercase().contains(english), "{command:?}: {err}");
        }
    }
}

#[test]
fn bare_paths_do_the_main_job_beside_them() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let (status, out, err) = run(&[text(&inbox)]);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    assert!(room.path().join("星评结果/总排名.xlsx").is_file());
    assert!(
        err.contains("收到文件1个，评价表1份：计入1。学会33个：列入名次1个、未交32个。"),
        "{err}"
    );
    assert!(err.contains("初稿已写入"), "{err}");
}

#[test]
fn check_writes_nothing_and_prints_findings_to_stdout() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let mut paper = sound(&ground, "中国茶叶学会");
    paper.bonus("3.2", "60");
    paper.calculate(&ground);
    fs::write(inbox.join("中国茶叶学会.csv"), paper.csv(&[])).expect("written");
    let (status, out, err) = run(&["check", text(&inbox)]);
    assert_eq!(status, 1, "{err}");
    assert!(
        out.contains("【须更正】中国茶叶学会.csv › I17：3.2“定期召开党委会”加分填60，超过上限50。暂不计分，请更正后重报（P301）"),
        "{out}"
    );
    assert!(err.contains("须更正1"), "{err}");
    assert_eq!(fs::read_dir(room.path()).expect("the room").count(), 1);
    let (status, out, _) = run(&["check", text(&inbox), "--format", "json"]);
    assert_eq!(status, 1);
    let results: serde_json::Value = serde_json::from_str(&out).expect("JSON alone on stdout");
    assert_eq!(results["schema"], 3);
}

#[test]
fn what_is_named_and_cannot_be_read_is_an_error_finding() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let broken = inbox.join("坏.xlsx");
    fs::write(&broken, b"PK\x03\x04nothing").expect("written");
    let note = inbox.join("说明.pdf");
    fs::write(&note, b"%PDF-1.4").expect("written");
    let (status, out, _) = run(&["check", text(&broken)]);
    assert_eq!(status, 1);
    assert!(out.contains("【须更正】坏.xlsx"), "{out}");
    let (status, out, _) = run(&["check", text(&note), text(&inbox.join("中国地质学会.csv"))]);
    assert_eq!(status, 1);
    assert!(out.contains("【须更正】说明.pdf"), "{out}");
}

#[test]
fn without_a_form_nothing_is_written() {
    let room = tempfile::tempdir().expect("a room");
    let empty = room.path().join("空");
    fs::create_dir(&empty).expect("a folder");
    fs::write(empty.join("通讯录.csv"), "姓名,电话\n").expect("written");
    let out = room.path().join("out");
    let (status, _, err) = run(&["consolidate", text(&empty), "-o", text(&out)]);
    assert_eq!(status, 2);
    assert!(err.contains("没有找到任何评价表"), "{err}");
    assert!(!out.exists());
}

#[test]
fn final_is_refused_while_anything_is_open() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let out = room.path().join("out");
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out), "--final"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("还不能出正式稿") && err.contains("未交评价表的学会32个"),
        "{err}"
    );
    assert!(!out.exists());
    let ground = Ground::load(None, &[]).expect("the built-in year");
    for (index, society) in ground.roster.societies.iter().enumerate() {
        let mut paper = sound(&ground, &society.name);
        paper.bonus("6.1", &index.to_string());
        paper.calculate(&ground);
        fs::write(inbox.join(format!("{}.csv", society.name)), paper.csv(&[])).expect("written");
    }
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out), "--final"]);
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("正式稿已写入"), "{err}");
    let results = fs::read_to_string(out.join("data/results.json")).expect("results");
    assert!(results.contains("\"state\": \"final\""));
}

#[test]
fn what_the_clerk_decided_and_the_lists_are_inputs_and_make_it_final() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let year = room.path().join("年度");
    fs::create_dir(&year).expect("a folder");
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/2018/学会名单.csv");
    fs::copy(list, year.join("学会名单.csv")).expect("copied");
    // One does not take part; of the others nothing more is waited for.
    let others = ground.roster.societies.iter();
    let others = others.filter(|one| one.name != "中国地质学会");
    let rows = others.enumerate().map(|(at, one)| {
        let treatment = if at == 0 { "不参评" } else { "不再等" };
        format!("{},,{treatment},,来函,王五,2018-08-20,,\n", one.name)
    });
    let rows: String = rows.collect();
    let register = room.path().join("处理登记.csv");
    let head = "文件或学会,评价人,处理,对应学会,依据,处理人,日期,核实事项,校验码\n";
    fs::write(&register, format!("\u{feff}{head}{rows}")).expect("written");
    let out = room.path().join("out");
    let (status, _, err) = run(&[
        "consolidate",
        text(&inbox),
        "-o",
        text(&out),
        "--final",
        "--archive",
        "--scheme",
        text(&year),
    ]);
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("不再等的评价表31份"), "{err}");
    assert!(err.contains("不参评的学会1个"), "{err}");
    let manifest = fs::read(out.join("data/manifest.json")).expect("a manifest");
    let manifest: Manifest = serde_json::from_slice(&manifest).expect("a manifest");
    for (name, written) in [
        ("学会名单.csv", year.join("学会名单.csv")),
        ("处理登记.csv", register),
    ] {
        let kept = format!("依据/{name}");
        let mut inputs = manifest.inputs.iter();
        let entry = inputs.find(|entry| entry.file == kept).expect(name);
        let bytes = fs::read(written).expect("a file");
        assert_eq!(entry.sha256, sha256_hex(&bytes), "{name}");
        assert_eq!(entry.kept.as_deref(), Some(kept.as_str()));
        assert!(fs::read(out.join(&kept)).expect("kept") == bytes, "{name}");
    }
}

#[test]
fn the_output_never_swallows_its_input() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&inbox)]);
    assert_eq!(status, 2);
    assert!(err.contains("不能写到那里"), "{err}");
    // Below the input is fine, and is not read the next time.
    let out = inbox.join("结果");
    for _ in 0..2 {
        let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out)]);
        assert_eq!(status, 0, "{err}");
        assert!(err.contains("评价表1份"), "{err}");
    }
}

#[test]
fn an_output_does_not_replace_tables_of_others() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let other = room.path().join("别处");
    fs::create_dir(&other).expect("a folder");
    fs::write(other.join("收到的.XLSX"), "x").expect("written");
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&other)]);
    assert_eq!(status, 2);
    assert!(err.contains("已有别的表格文件"), "{err}");
    assert_eq!(fs::read(other.join("收到的.XLSX")).expect("kept"), b"x");
    // In whatever they came, and however deep.
    let deep = room.path().join("往年");
    for name in [
        "第1组/甲.xls",
        "第1组/第一批/甲.ET",
        "甲.ods",
        "收件.zip",
        "来信/甲.eml",
    ] {
        let file = deep.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "x").expect("written");
        for command in ["consolidate", "return"] {
            let (status, _, err) = run(&[command, text(&inbox), "-o", text(&deep)]);
            assert_eq!(status, 2, "{name}");
            assert!(err.contains(name), "{err}");
        }
        assert!(file.is_file());
        fs::remove_dir_all(&deep).expect("removed");
    }
    // Blank forms are not mixed among filled ones; those of another call may lie there.
    let (status, _, err) = run(&["forms", "-o", text(&inbox)]);
    assert_eq!(status, 2);
    assert!(err.contains("中国地质学会.csv"), "{err}");
    // A note of somebody's is moved aside as ever.
    fs::create_dir(&deep).expect("a folder");
    fs::write(deep.join("README.txt"), "x").expect("written");
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&deep)]);
    assert_eq!(status, 0, "{err}");
    // What this tool wrote is its own to replace; so is an empty folder.
    let own = room.path().join("自己的");
    fs::create_dir(&own).expect("a folder");
    for _ in 0..2 {
        let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&own)]);
        assert_eq!(status, 0, "{err}");
    }
}

#[test]
fn commands_are_known_in_chinese_and_nearly_right() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    for known in [
        &["检查", text(&inbox)][..],
        &["核对", text(&inbox)],
        &["方案", "检查"],
        &["进度", text(&inbox)],
        &["解释", "P301"],
        &["抽查", "--help"],
        &["登记", "导出", "--help"],
        &["帮助"],
    ] {
        let (status, _, err) = run(known);
        assert_eq!(status, 0, "{known:?}: {err}");
    }
    for (words, command) in [
        (&["chekc", text(&inbox)][..], "check"),
        (&["检察", text(&inbox)], "check"),
        (&["consolidat", text(&inbox)], "consolidate"),
        // Its options are not what is wrong.
        (&["抽察", "--share", "20%"], "spot-check"),
        (&["方案", "检察"], "check"),
        (&["register", "exprot"], "export"),
    ] {
        let (status, _, err) = run(words);
        assert_eq!(status, 2);
        assert!(
            err.contains(&format!("是不是想写“{command}”")),
            "{words:?}: {err}"
        );
    }
    let (status, _, err) = run(&["导出", text(&inbox)]);
    assert_eq!(status, 2);
    assert!(err.contains("--export"), "{err}");
    let (status, _, err) = run(&["scheme", "完全不是"]);
    assert_eq!(status, 2);
    assert!(err.contains("可用：“check”（检查）"), "{err}");
    let (status, _, err) = run(&["没有的文件夹"]);
    assert_eq!(status, 2);
    assert!(!err.contains("是不是"), "{err}");
}

#[test]
fn a_scheme_under_another_name_is_not_passed_over() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    for name in ["scheme.toml.txt", "评价方案.toml"] {
        let file = inbox.join(name);
        fs::write(&file, "x").expect("written");
        let (status, _, err) = run(&["check", text(&inbox)]);
        assert_eq!(status, 2);
        assert!(
            err.contains(name) && err.contains("必须是 scheme.toml"),
            "{err}"
        );
        fs::remove_file(&file).expect("removed");
    }
    // What reads like one is meant as one, whatever it is called; another program's is not.
    let file = inbox.join("2020年.toml");
    fs::write(&file, SCHEME).expect("written");
    let (status, _, err) = run(&["check", text(&inbox)]);
    assert_eq!(status, 2);
    assert!(err.contains("2020年.toml"), "{err}");
    fs::remove_file(&file).expect("removed");
    fs::write(inbox.join("方案说明.txt"), "x").expect("written");
    fs::write(inbox.join("Cargo.toml"), "[package]\n").expect("written");
    let (status, _, err) = run(&["check", text(&inbox)]);
    assert_eq!(status, 0, "{err}");
    assert!(!err.contains("Cargo.toml"), "{err}");
    // Beside the scheme that is used, who asked to be told little is told, too.
    fs::write(inbox.join("scheme.toml"), SCHEME).expect("written");
    fs::write(inbox.join("scheme (2).toml"), SCHEME).expect("written");
    let (status, _, err) = run(&["check", "-q", text(&inbox)]);
    assert_eq!(status, 0, "{err}");
    assert!(
        err.contains("“scheme (2).toml”没有用到：评价方案只认“scheme.toml”"),
        "{err}"
    );
    assert!(!err.contains("Cargo.toml"), "{err}");
}

#[test]
fn lists_without_their_scheme_are_said_even_to_who_asked_for_little() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let said = |more: &[&str]| {
        let (status, _, err) = run(&[&["check", "-q", text(&inbox)], more].concat());
        assert_eq!(status, 0, "{err}");
        err
    };
    assert!(!said(&[]).contains("内置"), "{}", said(&[]));
    // The built-in year has no reviewers: whoever uses it keeps this list.
    let reviewers = inbox.join("评价人名单.csv");
    fs::write(
        &reviewers,
        "姓名,单位,组号\n评价人甲,中国标准化协会党委,1\n",
    )
    .expect("written");
    let err = said(&[]);
    assert!(err.contains("使用内置方案 cast-2018"), "{err}");
    assert!(!err.contains("请核实"), "{err}");
    fs::write(
        inbox.join("学会名单.csv"),
        "组号,牵头联系单位,学会名称\n1,中国农业机械学会党委,中国地质学会\n",
    )
    .expect("written");
    let err = said(&[]);
    assert!(
        err.contains("【请核实】年度目录里有自己的名单，没有 scheme.toml"),
        "{err}"
    );
    let err = said(&["--year", "2018"]);
    assert!(!err.contains("请核实"), "{err}");
    // A list that is only called nearly so is not used, in whatever folder it lies.
    fs::remove_file(&reviewers).expect("removed");
    fs::rename(inbox.join("学会名单.csv"), inbox.join("学会名单 (1).csv")).expect("renamed");
    let err = said(&[]);
    assert!(err.contains("“学会名单 (1).csv”没有用到"), "{err}");
}

/// The faults of the scheme, the lists and the register in one run, whichever of them is at fault.
#[test]
fn what_is_wrong_comes_in_one_run() {
    const LIST: &str =
        "组号,牵头联系单位,学会名称,上年度年检结论\n1,甲单位,乙学会,优秀\n1,甲单位,丙学会,\n";
    const REGISTER: &str = "文件或学会,评价人,处理\na.csv,,划掉\n丁学会,,不参评\n";
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    fs::write(inbox.join("学会名单.csv"), LIST).expect("written");
    fs::write(inbox.join("处理登记.csv"), REGISTER).expect("written");
    let said = |from: &str, to: &str| {
        assert!(SCHEME.contains(from), "{from}");
        let scheme = SCHEME.replacen(from, to, 1);
        fs::write(inbox.join("scheme.toml"), scheme).expect("written");
        let (status, _, err) = run(&["check", text(&inbox)]);
        assert_eq!(status, 2);
        err
    };
    let (list, register) = ("D2：上年度年检结论填“优秀”", "C2：处理填“划掉”");
    // One slip is one fault, and the rows of the list are read by the scheme that has it.
    let err = said("precision = 2", "precison = 2");
    assert!(
        err.contains("有1处须改正") && err.contains("是否应为 precision"),
        "{err}"
    );
    assert!(err.contains(list) && err.contains(register), "{err}");
    // The names of a list that is at fault cannot be looked up.
    assert!(!err.contains("丁学会"), "{err}");
    let err = said("kind = \"range\"", "kind = \"rang\"");
    assert_eq!(err.matches("第").count(), 1, "{err}");
    assert!(err.contains(list), "{err}");
    // What the rows hang on is not known: they wait, and that is said.
    for (from, to) in [
        (
            "title = \"创建星级学会党组织试点评价\"",
            "title = “创建星级学会党组织试点评价”",
        ),
        ("subject = ", "subjct = "),
        ("[eligibility]", "[eligibilty]"),
    ] {
        let err = said(from, to);
        assert!(err.contains("要等评价方案改好后才能检查"), "{from}: {err}");
        assert!(!err.contains(list), "{from}: {err}");
        assert!(err.contains(register), "{from}: {err}");
    }
    // With the list put right, its names are looked up in spite of the scheme.
    fs::write(inbox.join("学会名单.csv"), LIST.replace("优秀", "合格")).expect("written");
    let err = said("precision = 2", "precison = 2");
    assert!(err.contains("“丁学会”不在名单中"), "{err}");
}

/// Results in the inbox, and the drafts that stay beside them, are no post: the next run says the same.
#[test]
fn results_in_the_inbox_are_no_post() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let out = inbox.join("结果");
    let run = || {
        let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out)]);
        assert_eq!(status, 0, "{err}");
        err
    };
    let drafts = || {
        let entries = fs::read_dir(&inbox).expect("the inbox");
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names
            .filter(|name| name.to_string_lossy().contains("_前稿_"))
            .count()
    };
    let received = |err: &str| {
        err.lines()
            .find(|line| line.contains("收到文件"))
            .map(str::to_owned)
    };
    let first = received(&run());
    assert!(
        first
            .as_ref()
            .is_some_and(|line| line.contains("收到文件1个")),
        "{first:?}"
    );
    assert!(run().contains("没有变化"));
    assert_eq!(drafts(), 0);
    // Another outcome: the earlier one stays, and is no post either.
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let other = inbox.join("中国茶叶学会.csv");
    fs::write(&other, sound(&ground, "中国茶叶学会").csv(&[])).expect("written");
    run();
    assert_eq!(drafts(), 1);
    fs::remove_file(&other).expect("removed");
    let err = run();
    assert_eq!(received(&err), first);
    // What somebody put there is told.
    fs::write(
        out.join("中国茶叶学会.csv"),
        sound(&ground, "中国茶叶学会").csv(&[]),
    )
    .expect("written");
    let (_, said, _) = crate::run(&["check", text(&inbox)]);
    assert!(
        said.contains("结果") && said.contains("本工具的输出"),
        "{said}"
    );
}

/// Of a file that could not be read, what tells whose it may be stands in its row: its name, else the mail's subject.
#[test]
fn the_register_says_whose_an_unread_file_may_be() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    fs::write(inbox.join("中国茶叶学会.xlsx"), "PK\u{3}\u{4}坏的").expect("written");
    fs::write(inbox.join("表1.xlsx"), "PK\u{3}\u{4}坏的").expect("written");
    // The subject is 中国茶叶学会评价表.
    let mail = "From: a@example.org\r\nSubject: =?utf-8?B?5Lit5Zu96Iy25Y+25a2m5Lya6K+E5Lu36KGo?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/octet-stream; name=b.xlsx\r\nContent-Disposition: attachment; filename=b.xlsx\r\n\r\nPK\u{3}\u{4}坏的\r\n--x--\r\n";
    fs::write(inbox.join("来信.eml"), mail).expect("written");
    let out = room.path().join("结果");
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out)]);
    assert_eq!(status, 1, "{err}");
    let (sheets, _) = xingping::ground::sheets_in(&out.join("处理登记.xlsx")).expect("it is there");
    let texts: Vec<String> = sheets[0]
        .cells()
        .map(|(_, value)| value.written())
        .collect();
    for said in [
        "中国茶叶学会（按文件名）",
        "中国茶叶学会（按邮件主题）",
        "（没有读成，看不出是哪个学会的）",
    ] {
        assert!(texts.iter().any(|text| text == said), "{said}: {texts:?}");
    }
}

/// A pipe that nobody writes to keeps whoever opens it waiting for ever.
#[cfg(unix)]
#[test]
fn a_pipe_by_a_known_name_keeps_nobody_waiting() {
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo");
        assert!(made.success());
    };
    for name in ["处理登记.xlsx", "scheme.toml", "学会名单.csv"] {
        let room = tempfile::tempdir().expect("a room");
        let inbox = inbox(room.path());
        pipe(&inbox.join(name));
        let (status, _, err) = run(&["check", text(&inbox)]);
        assert_eq!(status, 2, "{name}: {err}");
        assert!(err.contains("不是普通文件"), "{name}: {err}");
    }
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    pipe(&inbox.join("data/manifest.json"));
    let (status, _, err) = run(&["check", text(&inbox)]);
    assert_eq!(status, 0, "{err}");
    let out = room.path().join("结果");
    pipe(&out.join("data/manifest.json"));
    let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out)]);
    assert!(status == 0 || status == 2, "{err}");
}

#[test]
fn the_archive_keeps_the_originals_unchanged() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let out = room.path().join("out");
    for _ in 0..2 {
        let (status, _, err) = run(&["consolidate", text(&inbox), "-o", text(&out), "--archive"]);
        assert_eq!(status, 0, "{err}");
        assert!(!err.contains("已移到"), "{err}");
    }
    let kept = fs::read(out.join("原件/中国地质学会.csv")).expect("kept");
    assert_eq!(
        kept,
        fs::read(inbox.join("中国地质学会.csv")).expect("sent")
    );
    let manifest = fs::read_to_string(out.join("data/manifest.json")).expect("the manifest");
    assert!(manifest.contains("原件/中国地质学会.csv"));
}

#[test]
fn a_password_that_is_given_opens_and_is_kept_nowhere() {
    const LOCKED: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cases/encrypted/in/自设密码.xlsx"
    );
    const PASSWORD: &str = "评价2018!";
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    fs::copy(LOCKED, inbox.join("锁.xlsx")).expect("copied");
    let (status, out, _) = run(&["check", text(&inbox)]);
    assert_eq!(status, 1);
    assert!(out.contains("--password-file"), "{out}");
    // Laid among the post by mistake it is neither read nor kept.
    let passwords = inbox.join("密码.txt");
    fs::write(&passwords, format!("别的\r\n{PASSWORD}\r\n")).expect("written");
    let given = ["--password-file", text(&passwords)];
    let to = room.path().join("out");
    let whole = ["consolidate", text(&inbox), "-o", text(&to), "--archive"];
    let (status, said, err) = run(&[&whole[..], &given].concat());
    assert_eq!(status, 0, "{said}{err}");
    let mut kept = 0;
    let files = walkdir::WalkDir::new(&to).into_iter();
    for file in files.map(|file| file.expect("there")) {
        if !file.file_type().is_file() {
            continue;
        }
        let bytes = fs::read(file.path()).expect("read");
        let has = |text: &str| {
            let mut parts = bytes.windows(text.len());
            parts.any(|part| part == text.as_bytes())
        };
        assert!(!has(PASSWORD) && !has("密码.txt"), "{file:?}");
        kept += 1;
    }
    assert!(kept > 3, "{kept}");
    fs::write(&passwords, "\n").expect("written");
    let (status, _, err) = run(&[&["check", text(&inbox)][..], &given].concat());
    assert_eq!(status, 2);
    assert!(err.contains("没有密码"), "{err}");
}

#[test]
fn forms_and_init_write_what_can_be_used_at_once() {
    let room = tempfile::tempdir().expect("a room");
    let year = room.path().join("年度");
    let (status, _, err) = run(&["init", text(&year)]);
    assert_eq!(status, 0, "{err}");
    let (status, _, err) = run(&["scheme", "check", "--scheme", text(&year)]);
    assert_eq!(status, 0, "{err}");
    assert!(err.contains("7个组、33个学会"), "{err}");
    let forms = room.path().join("空白表");
    let (status, _, err) = run(&["forms", "-o", text(&forms), "--scheme", text(&year)]);
    assert_eq!(status, 0, "{err}");
    assert!(
        forms
            .join("第1组-中国农业机械学会党委/中国地质学会.xlsx")
            .is_file()
    );
    let (status, _, err) = run(&["forms", "-o", text(&forms), "--per-group"]);
    assert_eq!(status, 0, "{err}");
    assert!(
        forms
            .join("第7组-中国仪器仪表学会党委-评价表.xlsx")
            .is_file()
    );
    let (status, _, err) = run(&["forms", "-o", text(&forms), "--per-reviewer"]);
    assert_eq!(status, 2);
    assert!(err.contains("评价人名单"), "{err}");
    let lists = "姓名,单位,组号,应回避的学会\n评价人甲,中国力学会党委,1,中国作物学会\n评价人乙,中国地质学会,1,\n";
    fs::remove_file(year.join("评价人名单.xlsx")).expect("removed");
    fs::write(year.join("评价人名单.csv"), lists).expect("written");
    let (status, _, err) = run(&[
        "forms",
        "-o",
        text(&forms),
        "--per-reviewer",
        "--scheme",
        text(&year),
    ]);
    assert_eq!(status, 0, "{err}");
    assert!(
        err.contains("不出表：评价人甲（中国力学会党委）—中国作物学会（应回避）"),
        "{err}"
    );
    assert!(
        err.contains("不出表：评价人乙（中国地质学会）—中国地质学会（应回避）"),
        "{err}"
    );
    assert!(
        forms
            .join("第1组-中国农业机械学会党委/中国地质学会-评价人甲.xlsx")
            .is_file()
    );
    assert!(
        !forms
            .join("第1组-中国农业机械学会党委/中国地质学会-评价人乙.xlsx")
            .exists()
    );
}

#[test]
fn scheme_check_says_what_looks_like_a_slip() {
    let room = tempfile::tempdir().expect("a room");
    let year = room.path().join("年度");
    run(&["init", text(&year)]);
    let path = year.join("scheme.toml");
    let scheme = fs::read_to_string(&path).expect("the scheme");
    fs::write(&path, scheme.replacen("year = 2018", "year = 2019", 1)).expect("written");
    fs::remove_file(year.join("评价人名单.xlsx")).expect("removed");
    let lists = "姓名,单位,组号,应回避的学会\n评价人甲,中国力学会党委,1,中国作物会\n";
    fs::write(year.join("评价人名单.csv"), lists).expect("written");
    fs::rename(year.join("学会名单.xlsx"), year.join("学会名单(1).xlsx")).expect("renamed");
    // The scheme file itself may be given, too.
    let (status, _, err) = run(&["scheme", "check", "--scheme", text(&path)]);
    assert_eq!(status, 0, "{err}");
    for part in [
        "没有学会名单，用内置的",
        "“学会名单(1).xlsx”没有用到",
        "id 是“cast-2018”，而 year 是 2019",
        "阶段“初评”的日期不在 2019 年",
        "评价人名单!D2：评价人甲（中国力学会党委）应回避的“中国作物会”不在学会名单中",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
}

#[test]
fn forms_of_another_scheme_are_told_once_as_such() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let year = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/other_year");
    let (status, _, err) = run(&["check", text(&inbox), "--scheme", year]);
    assert_eq!(status, 1);
    let last = err.lines().last().unwrap_or_default();
    assert!(
        last.contains("方案 cast-2018 是内置的，请加 --year 2018"),
        "{err}"
    );

    // Where the year folder lies beside the inbox, it is offered by its name; nothing is ranked and nothing sent back.
    let beside = room.path().join("二〇一八");
    run(&["init", text(&beside)]);
    let (out, returns) = (room.path().join("out"), room.path().join("退"));
    let (status, _, err) = run(&[
        "consolidate",
        text(&inbox),
        "--scheme",
        year,
        "-o",
        text(&out),
        "--returns",
        text(&returns),
    ]);
    assert_eq!(status, 1, "{err}");
    let last = err.lines().last().unwrap_or_default();
    assert!(
        last.contains("二〇一八”里就是方案 cast-2018，请加 --scheme"),
        "{err}"
    );
    let told = err
        .lines()
        .filter(|line| line.starts_with("【须更正】收到的评价表多数"));
    assert_eq!(told.count(), 1, "{err}");
    assert!(out.join("0-工作底稿（内部）.xlsx").is_file());
    assert!(!out.join("总排名.xlsx").exists() && !returns.exists());
}

#[test]
fn files_of_one_name_under_two_paths_are_told_apart() {
    let room = tempfile::tempdir().expect("a room");
    let ground = Ground::load(None, &[]).expect("the built-in year");
    let mut folders = Vec::new();
    for (folder, society) in [("甲组", "中国地质学会"), ("乙组", "中国茶叶学会")] {
        let folder = room.path().join(folder);
        fs::create_dir(&folder).expect("a folder");
        let paper = sound(&ground, society);
        fs::write(folder.join("评价表.csv"), paper.csv(&[])).expect("written");
        folders.push(folder);
    }
    let out = room.path().join("out");
    let (status, _, err) = run(&[
        "consolidate",
        text(&folders[0]),
        text(&folders[1]),
        "-o",
        text(&out),
        "--archive",
    ]);
    assert_eq!(status, 0, "{err}");
    let results = fs::read_to_string(out.join("data/results.json")).expect("results");
    for file in ["甲组/评价表.csv", "乙组/评价表.csv"] {
        assert!(results.contains(&format!("\"file\": \"{file}\"")), "{file}");
        assert!(out.join("原件").join(file).is_file(), "{file}");
    }
}

#[test]
fn the_year_is_the_one_asked_for_then_the_one_found() {
    let room = tempfile::tempdir().expect("a folder");
    let inbox = inbox(room.path());
    let other = include_str!("../templates/2018/scheme.toml").replace("cast-2018", "cast-2018b");
    let scheme = inbox.join("scheme.toml");
    let said = |arguments: &[&str]| {
        let (_, _, said) = run(&[&["check", text(&inbox)], arguments].concat());
        said
    };
    assert!(said(&[]).contains("使用内置方案 cast-2018。"));
    fs::write(&scheme, &other).expect("written");
    assert!(said(&[]).contains("使用方案 cast-2018b"));
    assert!(said(&["--year", "2018"]).contains("使用内置方案 cast-2018。"));
    let unknown = said(&["--year", "2017"]);
    assert!(
        unknown.contains("没有内置2017年的方案，内置的有：2018。"),
        "{unknown}"
    );
    fs::write(&scheme, other.replace("year = 2018", "year = 2019")).expect("written");
    let both = said(&["--scheme", text(&inbox), "--year", "2018"]);
    assert!(both.contains("--scheme 指定的是2019年的方案"), "{both}");
}

#[test]
fn a_list_that_is_there_twice_is_refused() {
    let room = tempfile::tempdir().expect("a room");
    let year = room.path().join("年度");
    run(&["init", text(&year)]);
    fs::write(
        year.join("学会名单.csv"),
        "组号,牵头联系单位,学会名称\n1,甲,乙\n",
    )
    .expect("written");
    let (status, _, err) = run(&["scheme", "check", "--scheme", text(&year)]);
    assert_eq!(status, 2);
    assert!(err.contains("同一份名单"), "{err}");
}

#[test]
fn a_list_in_gb18030_is_read_and_its_faults_come_at_once() {
    let room = tempfile::tempdir().expect("a room");
    let year = room.path().join("年度");
    fs::create_dir(&year).expect("a folder");
    let list = "组号,牵头联系单位,学会名称,上年度年检结论\n1,甲单位,乙学会,优秀\n甲,甲单位,丙学会,\n1,别的单位,乙学会,\n";
    // The bytes of the text above in GB18030.
    let (bytes, _, _) = encoding_rs::GB18030.encode(list);
    fs::write(year.join("学会名单.csv"), bytes).expect("written");
    let (status, _, err) = run(&["scheme", "check", "--scheme", text(&year)]);
    assert_eq!(status, 2);
    for part in [
        "D2：上年度年检结论填“优秀”",
        "A3：组号填“甲”",
        "“乙学会”在第2行已经出现过",
        "与第2行的“甲单位”不一致",
    ] {
        assert!(err.contains(part), "{part}: {err}");
    }
}

#[test]
fn explain_says_what_a_code_means() {
    for asked in ["P301", "p301", "over-cap"] {
        let (status, out, _) = run(&["explain", asked]);
        assert_eq!(status, 0);
        assert!(
            out.contains("P301 over-cap（须更正）") && out.contains("超过上限"),
            "{out}"
        );
    }
}

#[test]
fn the_next_command_reads_the_same_by_the_same_year() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let year = room.path().join("年度");
    fs::create_dir(&year).expect("a folder");
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/2018/学会名单.csv");
    fs::copy(list, year.join("学会名单.csv")).expect("copied");
    let more = room.path().join("更多");
    fs::create_dir(&more).expect("a folder");
    let (_, _, err) = run(&["check", text(&inbox), text(&more), "--scheme", text(&year)]);
    let inputs = format!(
        "“{}” “{}” --scheme “{}” -o ",
        text(&inbox),
        text(&more),
        text(&year)
    );
    for command in ["return", "consolidate"] {
        assert!(
            err.contains(&format!("xingping {command} {inputs}")),
            "{err}"
        );
    }
    let (_, _, err) = run(&["check", text(&inbox)]);
    assert!(
        err.contains(&format!("xingping return “{}” -o ", text(&inbox))),
        "{err}"
    );
}

/// The program with its data sent to a file that takes nothing.
#[cfg(target_os = "linux")]
fn into_nothing(room: &Path, arguments: &[&str]) -> (i32, String) {
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let output = Command::new(env!("CARGO_BIN_EXE_xingping"))
        .args(arguments)
        .current_dir(room)
        .env("NO_COLOR", "1")
        .stdout(full.expect("it is there"))
        .output()
        .expect("it runs");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (output.status.code().expect("it ended"), said)
}

#[test]
#[cfg(target_os = "linux")]
fn data_that_does_not_get_where_it_is_sent_is_a_failure_and_nothing_is_written() {
    let room = tempfile::tempdir().expect("a room");
    inbox(room.path());
    for typed in [
        &["consolidate", "收件", "-o", "结果", "--format", "json"][..],
        &["check", "收件", "--format", "json"],
        &["explain", "--all"],
        &["shell", "bash"],
        &["scheme", "show"],
        &["init", "--list"],
        &["--help"],
        &["--version"],
    ] {
        let (status, said) = into_nothing(room.path(), typed);
        assert_eq!(status, 2, "{typed:?} {said}");
        assert!(
            said.contains("没有写全") && said.contains("磁盘已满"),
            "{typed:?} {said}"
        );
    }
    assert!(!room.path().join("结果").exists());
    // What prints no data does not mind.
    let (status, said) = into_nothing(room.path(), &["consolidate", "收件", "-o", "结果"]);
    assert!(status < 2, "{said}");
    assert!(room.path().join("结果/总排名.xlsx").exists());
}

#[test]
fn a_folder_brings_the_mark_of_what_is_made_of_it() {
    let room = tempfile::tempdir().expect("a room");
    let inbox = inbox(room.path());
    let marked = |typed: &[&str]| {
        let all = [&["consolidate", "收件", "-o", "结果"], typed].concat();
        let (status, _, said) = program::streams_in(room.path(), &all);
        assert!(status < 2, "{said}");
        assert!(said.contains("收到文件1个"), "{said}");
        let page = fs::read_to_string(room.path().join("结果/报告.html")).expect("a page");
        let mark = page.split_once("<p class=\"mark\">").map(|(_, rest)| rest);
        mark.and_then(|rest| rest.split('<').next())
            .map(str::to_owned)
    };
    assert_eq!(marked(&[]), None);
    fs::write(
        inbox.join("标记.txt"),
        "\u{feff}\r\n虚构示例数据\r\n其余不用\r\n",
    )
    .expect("written");
    assert_eq!(marked(&[]).as_deref(), Some("虚构示例数据"));
    assert_eq!(marked(&["--mark", "内部资料"]).as_deref(), Some("内部资料"));
    // A folder of that name is none.
    fs::remove_file(inbox.join("标记.txt")).expect("removed");
    fs::create_dir(inbox.join("标记.txt")).expect("a folder");
    assert_eq!(marked(&[]), None);
}
