#!/usr/bin/env python3
"""Makes the pictures of the handbook, and the piece of screen it shows, from the samples.

    cargo build --release
    python3 docs/make.py --bin target/release/xingping

Writes docs/img/*.png and the text block between the two marks in docs/手册.md.  Needs Python 3.11, LibreOffice
(`soffice`), openpyxl and poppler (`pdfinfo`, `pdftotext`, `pdftoppm`).  With the fonts of a Chinese Windows
(仿宋, 黑体, 楷体, 宋体) the pictures look as in the office; without them others take their place.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
IMG = ROOT / "docs" / "img"
BOOK = ROOT / "docs" / "手册.md"
MARK = "虚构示例数据"
LARGEST = 150_000
# Of the committee's year, which has the most of them and no colours.
SMALLER = 120_000

# picture: folder, workbook, words that only its page has, part of the page from the top that is shown
PICTURES = {
    "评价表": ("form", "评价表.xlsx", "2018年创建星级学会党组织评价表", 1.0),
    "自评表": ("own", "自评表.xlsx", "2018年创建星级学会党组织自评表", 1.0),
    "填报核对清单": ("mistakes", "0-工作底稿（内部）.xlsx", "填报核对清单", 0.75),
    "汇总": ("mistakes", "第4组-中国图书馆学会党委-汇总.xlsx", "第4组汇总表", 0.62),
    "退回说明": ("returns", "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx", "评价表退回说明", 0.68),
    "退回件": ("returns", "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx", "第1部分小计", 0.75),
    "处理登记": ("mistakes", "处理登记.xlsx", "文件或学会", 0.6),
    "总排名": ("2018", "总排名.xlsx", "总排名", 1.0),
    "统计分析": ("2018", "总排名.xlsx", "统计分析", 0.92),
    "审议表": ("year", "审议表填好.xlsx", "审议表", 0.9),
    "审议单页": ("year", "审议表填好.xlsx", "中华预防医学会党组织审议单页", 0.8),
    "审定结果": ("year", "审定结果.xlsx", "审定结果", 0.8),
    "变更对照": ("year", "审定结果.xlsx", "审议变更对照", 0.5),
    "抽查名单": ("year", "抽查名单.xlsx", "动态验证抽查名单", 0.95),
    "星级台账": ("year", "星级台账.xlsx", "星级台账", 0.8),
    "工作情况": ("year", "星级台账.xlsx", "分组工作情况", 0.36),
    "得分说明": ("year", "中国地质学会-得分说明.xlsx", "得分说明", 0.71),
    "公示件": ("year", "公示.xlsx", "拟定星级公示", 0.85),
    "核查表": ("year", "核查表填好.xlsx", "动态验证核查表", 1.0),
    "核查结论": ("year", "核查结论.xlsx", "动态验证核查结论", 0.52),
}


def run(*words, status=(0,)):
    done = subprocess.run([str(word) for word in words], cwd=ROOT, capture_output=True)
    if done.returncode not in status:
        raise SystemExit(f"{words}: exit status {done.returncode}\n{done.stderr.decode()}")
    return done


def pdf(room, workbook):
    """The workbook as it would be printed."""
    to = room / "pdf" / workbook.parent.name
    run("soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless",
        "--convert-to", "pdf", "--outdir", to, workbook)  # fmt: skip
    return to / f"{workbook.stem}.pdf"


def picture(source, words, shown, target, is_small=False):
    """The first page that has `words`, as large as the limit allows; a small one where it can be read so."""
    colours = ["-gray"] if is_small else []
    pages = run("pdftotext", "-layout", source, "-").stdout.decode().split("\f")
    page = next(number for number, text in enumerate(pages, 1) if words in re.sub(r"\s", "", text))
    info = run("pdfinfo", "-f", page, "-l", page, source).stdout.decode()
    wide, high = (float(size) for size in re.search(r"size:\s+([\d.]+) x ([\d.]+)", info).groups())
    tries = [(dots, SMALLER) for dots in range(110, 60, -5)] if is_small else []
    for dots, largest in [*tries, *((dots, LARGEST) for dots in range(110, 60, -5))]:
        height = round(high * shown / 72 * dots)
        run("pdftoppm", *colours, "-png", "-singlefile", "-r", dots, "-f", page, "-x", 0, "-y", 0,
            "-W", round(wide / 72 * dots), "-H", height, source, target.with_suffix(""))  # fmt: skip
        if target.stat().st_size < largest:
            return
    raise SystemExit(f"{target}: too large")


def filled(room, binary):
    """A blank form of today, filled in like one of the samples."""
    run(binary, "forms", "-o", room / "forms")
    book = openpyxl.load_workbook(next((room / "forms").glob("第1组*/中国地质学会.xlsx")))
    sheet = book.active
    like = openpyxl.load_workbook(ROOT / "samples" / "2018" / "第1组" / "中国地质学会-评价人甲.xlsx").active
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                cell.value = like[cell.coordinate].value
        size = sheet.row_dimensions[row[0].row]
        if row[0].value == "1.1":
            row[12].value = MARK
        if re.match(r"\d+\.\d", str(row[0].value)) and isinstance(row[4].value, (int, float)):
            # Nobody types here, so nothing grows by itself: room for two lines of 佐证材料.
            size.height = max(size.height, 29)
    (room / "form").mkdir()
    book.save(room / "form" / "评价表.xlsx")
    return room / "form"


# What a society of the pictures says of itself: items that are not answered with 是.
FACTS = {
    "1.2-a": 126, "1.2-b": 9, "1.4-a": 62.5, "2.3-a": "按时报送", "3.1-c": "否", "3.2-a": 2, "4.2-a": "单独成立并备案",
    "4.3-a": "推进并备案", "5.1-a": 87.5, "5.1-c": "否", "6.1-a": 3, "7.1-b": "否", "8.2-a": 2, "8.4-a": "否", "9.1-a": 4,
}  # fmt: skip
PROOFS = {"1.1-a": "批复（2017）8号", "1.2-a": "理事名册", "1.4-a": "党小组名单", "2.1-a": "议事规则", "3.2-a": "会议纪要2份"}


def assessed(room, binary):
    """A society's own form of today, filled in."""
    run(binary, "forms", "--stage", "self", "-o", room / "own-forms")
    book = openpyxl.load_workbook(next((room / "own-forms").glob("第1组*/中国地质学会*.xlsx")))
    sheet = book.active
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value in ("事项号", "填报内容", "佐证材料")}
    for row in range(1, sheet.max_row + 1):
        number = str(sheet.cell(row, heads["事项号"]).value)
        if re.match(r"\d.*-[a-z]$", number):
            sheet.cell(row, heads["填报内容"]).value = FACTS.get(number, "是")
            sheet.cell(row, heads["佐证材料"]).value = PROOFS.get(number)
    labels = {cell.value: cell for row in sheet.iter_rows(max_row=6) for cell in row if isinstance(cell.value, str)}
    for label, value in (("填报人", "某某（虚构示例数据）"), ("填报日期", "2018-07-20")):
        cell = labels[label]
        to_right = (sheet.cell(cell.row, column) for column in range(cell.column + 1, sheet.max_column + 1))
        next(one for one in to_right if not isinstance(one, openpyxl.cell.cell.MergedCell)).value = value
    (room / "own").mkdir()
    book.save(room / "own" / "自评表.xlsx")
    return room / "own"


# What the committee of the pictures decides otherwise than computed: star, opinion, reason.
OTHERWISE = {
    "中国能源研究会党组织": (7, "调整", "调研走访核实，补充材料后符合7星要求"),
    "中国地质学会党组织": (7, "调整", "部分材料为上年度的，研究后调整"),
    "中国茶叶学会党组织": (None, "暂缓", "待补充备案材料"),
}
NOTICE = ["--scope", "各全国学会党组织", "--basis", "科协社团党发〔2018〕65号", "--issuer", "中国科协科技社团党委"]


def deliberated(blank, filled):
    """The committee's sheet, filled in."""
    book = openpyxl.load_workbook(blank)
    rows = list(book["审议表"].iter_rows())
    head = next(row for row in rows if any(cell.value == "审议意见" for cell in row))
    at = {cell.value: cell.column - 1 for cell in head}
    for row in rows[head[0].row :]:
        name = str(row[at["学会党组织名称"]].value)
        if not name.endswith("党组织"):
            continue
        agreed = (row[at["测算星级"]].value, "同意", None)
        told = zip(("审议星级", "审议意见", "理由"), OTHERWISE.get(name, agreed))
        for what, value in told:
            row[at[what]].value = value
    for row in book["会议情况"].iter_rows():
        if row[0].value == "审定日期":
            row[1].value = "2018-09-20"
    book.save(filled)


def verified(blank, filled, otherwise):
    """The sheet of a society that was drawn, filled in with the points of last time but for these lines."""
    book = openpyxl.load_workbook(blank)
    for row in book["核查情况"].iter_rows():
        told = {"核查人": "核查人甲", "核查人单位": "中国图书馆学会", "核查日期": "2020-09-15"}
        if row[0].value in told:
            row[1].value = told[row[0].value]
    rows = list(book["核查表"].iter_rows())
    head = next(row for row in rows if any(cell.value == "核查加分" for cell in row))
    at = {cell.value: cell.column - 1 for cell in head}
    for row in rows[head[0].row :]:
        for what, before in (("核查加分", "上次加分"), ("核查减分", "上次减分")):
            cell = row[at[what]]
            if row[at["编号"]].value and not isinstance(cell, openpyxl.cell.cell.MergedCell) and cell.value != "—":
                cell.value = row[at[before]].value
        if row[at["编号"]].value in otherwise:
            row[at["核查加分"]].value, row[at["核查说明"]].value = otherwise[row[at["编号"]].value]
    book.save(filled)


def year(room, binary):
    """The committee's year on the samples, from the deliberation to the ledger two years later."""
    to = room / "year"
    to.mkdir()
    run(binary, "consolidate", "samples/2018", "-o", to / "结果", "--final", "--mark", MARK, "-q")
    run(binary, "deliberate", to / "结果", "-o", to / "审议表.xlsx")
    deliberated(to / "审议表.xlsx", to / "审议表填好.xlsx")
    run(binary, "decide", to / "审议表填好.xlsx", "--results", to / "结果", "-o", to / "审定")
    run(binary, "publish", to / "审定", "-o", to / "公示", "--date", "2018-09-21", "--contact", "联系人甲", *NOTICE)
    run(binary, "register", "add", to / "登记簿.csv", "--decided", to / "审定", "--results", to / "结果",
        "--objections", to / "异议登记.xlsx", "--basis", "科协社团党发〔2018〕99号", "--date", "2018-10-09")  # fmt: skip
    run(binary, "spot-check", "--register", to / "登记簿.csv", "--on", "2020-09-01", "--share", "20%",
        "--seed", "2020年9月1日公布的种子", "--results", to / "结果", "-o", to / "抽查")  # fmt: skip
    run(binary, "register", "downgrade", to / "登记簿.csv", "--society", "中国地质学会", "--stars", "4",
        "--effective", "2020-10-20", "--date", "2020-10-21", "--basis", "办法7.8后一条", "--reason", "抽查发现材料不实",
        "--deadline", "2020-10-19", "--statement", "学会已书面陈述")  # fmt: skip
    run(binary, "register", "export", to / "登记簿.csv", "--on", "2020-12-31", "--results", to / "结果", "-o", to / "星级台账.xlsx")
    run(binary, "statement", to / "结果", "--society", "中国地质学会", "--decided", to / "审定", "-o", to / "说明")
    drawn = sorted((to / "抽查" / "核查表").iterdir())
    (to / "核查").mkdir()
    for number, sheet in enumerate(drawn):
        # One is found with less than it was given.
        otherwise = {} if number else {"3.2": (0, "没有会议记录"), "8.1": (0, "没有申报材料"), "9.1": (0, "没有刊发的简讯")}
        verified(sheet, to / "核查" / sheet.name, otherwise)
    run(binary, "recheck", *sorted((to / "核查").iterdir()), "--draw", to / "抽查", "-o", to / "核查结论.xlsx")
    shutil.copy(to / "核查" / drawn[0].name, to / "核查表填好.xlsx")
    for inner in ("审定/审定结果.xlsx", "抽查/抽查名单.xlsx", "公示/公示.xlsx", "说明/中国地质学会-得分说明.xlsx"):
        shutil.copy(to / inner, to / Path(inner).name)
    return to


def screen(text):
    """What the screen says of two forms and at the end; the rest is left out."""
    lines = text.splitlines()
    told = [line for line in lines if "中国地质学会.xlsx" in line or "中国作物学会" in line]
    end = next(at for at, line in enumerate(lines) if line.startswith("使用"))
    return "\n".join([*told, "……", *lines[end:]])


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--bin", required=True, help="the program")
    binary = Path(words.parse_args().bin).resolve()
    IMG.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        room = Path(room)
        said = {}
        for name in ("2018", "mistakes"):
            done = run(binary, "consolidate", f"samples/{name}", "-o", room / name, "--mark", MARK, status=(0, 1))
            said[name] = done.stderr.decode().replace(str(room / name), "星评结果")
        run(binary, "return", "samples/mistakes", "-o", room / "returns", "--mark", MARK, status=(0, 1))
        folders = {"returns": room / "returns", "form": filled(room, binary), "2018": room / "2018", "mistakes": room / "mistakes"}
        folders["own"] = assessed(room, binary)
        folders["year"] = year(room, binary)
        printed = {}
        for name, (folder, workbook, page, shown) in PICTURES.items():
            source = folders[folder] / workbook
            if source not in printed:
                printed[source] = pdf(room, source)
            picture(printed[source], page, shown, IMG / f"{name}.png", folder == "year")
        book = BOOK.read_text(encoding="utf-8")
        block = f"<!-- 屏幕 -->\n```text\n{screen(said['mistakes'])}\n```\n<!-- 屏幕完 -->"
        book = re.sub(r"<!-- 屏幕 -->.*?<!-- 屏幕完 -->", lambda _: block, book, flags=re.DOTALL)
        BOOK.write_text(book, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
