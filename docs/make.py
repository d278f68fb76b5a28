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

# picture: folder, workbook, words that only its page has, part of the page from the top that is shown
PICTURES = {
    "评价表": ("form", "评价表.xlsx", "2018年创建星级学会党组织评价表", 1.0),
    "填报核对清单": ("mistakes", "0-工作底稿（内部）.xlsx", "填报核对清单", 0.75),
    "汇总": ("mistakes", "第4组-中国图书馆学会党委-汇总.xlsx", "第4组汇总表", 0.62),
    "退回说明": ("returns", "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx", "评价表退回说明", 0.68),
    "退回件": ("returns", "第1组-中国农业机械学会党委/中国地质学会-评价人甲-退回.xlsx", "第1部分小计", 0.75),
    "处理登记": ("mistakes", "处理登记.xlsx", "文件或学会", 0.6),
    "总排名": ("2018", "总排名.xlsx", "总排名", 1.0),
    "统计分析": ("2018", "总排名.xlsx", "统计分析", 0.92),
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


def picture(source, words, shown, target):
    """The first page that has `words`, as large as the limit allows."""
    pages = run("pdftotext", "-layout", source, "-").stdout.decode().split("\f")
    page = next(number for number, text in enumerate(pages, 1) if words in re.sub(r"\s", "", text))
    info = run("pdfinfo", "-f", page, "-l", page, source).stdout.decode()
    wide, high = (float(size) for size in re.search(r"size:\s+([\d.]+) x ([\d.]+)", info).groups())
    for dots in range(110, 60, -5):
        height = round(high * shown / 72 * dots)
        run("pdftoppm", "-png", "-singlefile", "-r", dots, "-f", page, "-x", 0, "-y", 0,
            "-W", round(wide / 72 * dots), "-H", height, source, target.with_suffix(""))  # fmt: skip
        if target.stat().st_size < LARGEST:
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
        printed = {}
        for name, (folder, workbook, page, shown) in PICTURES.items():
            source = folders[folder] / workbook
            if source not in printed:
                printed[source] = pdf(room, source)
            picture(printed[source], page, shown, IMG / f"{name}.png")
        book = BOOK.read_text(encoding="utf-8")
        block = f"<!-- 屏幕 -->\n```text\n{screen(said['mistakes'])}\n```\n<!-- 屏幕完 -->"
        book = re.sub(r"<!-- 屏幕 -->.*?<!-- 屏幕完 -->", lambda _: block, book, flags=re.DOTALL)
        BOOK.write_text(book, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
