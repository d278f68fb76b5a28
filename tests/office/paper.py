#!/usr/bin/env python3
"""The sheets people hold in their hands, as other programs see them.

    python3 tests/office/paper.py --bin PATH [--keep DIR]

Makes blank forms, consolidates both sample rounds and two invented years (35 societies, 300
societies), prints every workbook to PDF with LibreOffice, lets it recalculate and save them,
and reads everything back with openpyxl.  Held to be true:

- a society's page is one page, whatever reviewers wrote, and its annex has all of it;
- every letter of every printed page is 9 points or more on A4, heads and feet included (处理登记 is
  for the screen and exempt);
- page counts, paper, page numbers, the mark on every page, header rows repeated, the block to
  sign and to seal kept together; nothing outside the print area;
- every formula equals its stored result, and no value changes when LibreOffice recalculates;
- protection, lists and checks of the form survive a LibreOffice round trip, and a filled form
  adds up;
- every workbook is read without a warning; formulas stay within their row; links are relative
  and lead to files; recused reviewers are struck out; fonts are the named ones.

Needs Python 3.11, openpyxl, pdfminer, LibreOffice (`soffice`) and poppler (`pdfinfo`, `pdftotext`).  Each
failure is a line; the last line is `N passed, N failed`; exit status 1 if any failed.
"""

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from urllib.parse import unquote

import openpyxl
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer
from openpyxl.utils import get_column_letter, range_boundaries

ROOT = Path(__file__).resolve().parents[2]
MARK = "虚构示例数据"
FONTS = {"宋体", "黑体"}
# Points on paper, less what scales in whole per cent leave open.
LEAST = 8.95
A4 = (595, 842)
# LibreOffice recalculates every formula of an .xlsx it opens.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


class Tally:
    """Counts what held and says what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, what, held, seen=""):
        if held:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}" + (f": {seen}" if seen != "" else ""))

    def equal(self, what, seen, wanted):
        self.check(what, seen == wanted, f"{seen!r}, not {wanted!r}")


class Office:
    """LibreOffice with a profile of its own, and the tools that read its PDFs."""

    def __init__(self, room):
        self.room = room
        profile = room / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
        self.profile = profile.as_uri()

    def convert(self, kind, files, to):
        """Converts files (whose names differ) into the folder `to`."""
        to.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["soffice", f"-env:UserInstallation={self.profile}", "--headless", "--convert-to", kind,
             "--outdir", str(to), *map(str, files)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=170,
        )  # fmt: skip
        return {file: to / f"{file.stem}.{kind}" for file in files}

    @staticmethod
    def pages(pdf):
        """The text of every page without white space, and the size of the pages."""
        text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
        info = subprocess.run(["pdfinfo", "-f", "1", "-l", "-1", str(pdf)], check=True, capture_output=True)
        sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info.stdout.decode())
        pages = [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]
        return pages, [(round(float(wide)), round(float(high))) for wide, high in sizes]


def run(binary, *words, status=(0,)):
    done = subprocess.run([binary, *map(str, words)], cwd=ROOT, capture_output=True, timeout=120)
    if done.returncode not in status:
        raise SystemExit(f"{words}: exit status {done.returncode}\n{done.stderr.decode()}")


def load(tally, path, **options):
    """Reads a workbook; every warning of the reader is a failure."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book = openpyxl.load_workbook(path, **options)
    tally.check(f"{path.name} is read without a warning", not said, [str(one.message) for one in said])
    return book


def cells(sheet):
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def same(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9
    return (one or "") == (other or "")


def stripped(text):
    return re.sub(r"\s", "", str(text))


# ── Every workbook ───────────────────────────────────────────────────────────────────────


def printed_area(tally, at, sheet):
    """Everything with a value, and every chart, lies inside the print area; the mark for the screen above it."""
    # One text, or a list of them: versions of the reader differ.
    areas = sheet.print_area or ""
    area = re.sub(r"^.*!", "", areas if isinstance(areas, str) else areas[0]).replace("$", "")
    tally.check(f"{at} has a print area", area)
    if not area:
        return
    left, top, right, bottom = range_boundaries(area)
    outside = [
        cell.coordinate
        for cell in cells(sheet)
        if not (left <= cell.column <= right and top <= cell.row <= bottom) and not (cell.row < top and cell.value == MARK)
    ]
    tally.check(f"{at}: nothing outside the print area", not outside, outside[:5])
    for chart in sheet._charts:
        corner = chart.anchor.to if hasattr(chart.anchor, "to") else chart.anchor._from
        tally.check(f"{at}: charts inside the print area", corner.col < right and corner.row < bottom, area)


def plain(tally, path):
    """What holds for every workbook: no warnings, named fonts, formulas within their row, a print area."""
    book = load(tally, path)
    for sheet in book:
        at = f"{path.name} {sheet.title}"
        printed_area(tally, at, sheet)
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row} - FONTS
        tally.check(f"{at}: named fonts", not fonts, fonts)
        tally.check(f"{at}: A4", sheet.page_setup.paperSize in ("9", 9), sheet.page_setup.paperSize)
    return book


def within_rows(tally, path, book):
    """People sort tables: a formula that looks at another row would then be wrong."""
    for sheet in book:
        strays = [
            cell.coordinate
            for cell in cells(sheet)
            if cell.data_type == "f" and {int(row) for row in re.findall(r"[A-Z]{1,3}(\d+)", cell.value)} - {cell.row}
        ]
        tally.check(f"{path.name} {sheet.title}: formulas stay within their row", not strays, strays[:5])


def recalculated(tally, office, files, room):
    """Stored results against LibreOffice: once as saved, once with all stored results taken away."""
    bare = room / "bare"
    bare.mkdir()
    for file in files:
        book = openpyxl.load_workbook(file)
        book.save(bare / file.name)
    as_saved = office.convert("xlsx", files, room / "saved")
    anew = office.convert("xlsx", [bare / file.name for file in files], room / "anew")
    for file in files:
        stored = openpyxl.load_workbook(file, data_only=True)
        formulas = openpyxl.load_workbook(file)
        first = load(tally, as_saved[file], data_only=True)
        second = openpyxl.load_workbook(anew[bare / file.name], data_only=True)
        changed, wrong, count = [], [], 0
        for sheet in stored:
            for row in sheet.iter_rows():
                for cell in row:
                    at = (sheet.title, cell.coordinate)
                    if not same(cell.value, first[sheet.title][cell.coordinate].value):
                        changed.append(at)
                    if formulas[sheet.title][cell.coordinate].data_type == "f":
                        count += 1
                        if not same(cell.value, second[sheet.title][cell.coordinate].value):
                            wrong.append((*at, cell.value, second[sheet.title][cell.coordinate].value))
        tally.check(f"{file.name}: no value changes in LibreOffice", not changed, changed[:5])
        tally.check(f"{file.name}: {count} formulas equal their stored results", not wrong, wrong[:5])
    return as_saved


# ── Pages ────────────────────────────────────────────────────────────────────────────────


def letters(part):
    """Every letter on a page, with its size as it is printed."""
    if isinstance(part, LTChar):
        yield part
    elif isinstance(part, LTContainer):
        for piece in part:
            yield from letters(piece)


def readable(tally, name, pdf):
    """Nothing that is printed is too small to be read, and all of it is on A4."""
    for number, page in enumerate(extract_pages(str(pdf), laparams=None), 1):
        at = f"{name} page {number}"
        small = {}
        for letter in letters(page):
            if letter.size < LEAST and letter.get_text().strip():
                small.setdefault(round(letter.size, 1), []).append(letter.get_text())
        told = {size: "".join(text[:20]) for size, text in sorted(small.items())}
        tally.check(f"{at}: can be read", not told, told)
        tally.equal(f"{at}: A4", sorted((round(page.width), round(page.height))), sorted(A4))


def by_sheet(tally, book, pages, name):
    """The pages of every sheet, told by the title: above the table, or running in the page header."""
    titles = {}
    for sheet in book:
        rows = sheet.iter_rows(min_row=1, max_row=2, max_col=1, values_only=True)
        titles[sheet.title] = next(stripped(value) for (value,) in rows if value and value != MARK)
    found = {title: [] for title in titles}
    for number, page in enumerate(pages, 1):
        owners = [sheet for sheet, title in titles.items() if title in page]
        tally.equal(f"{name} page {number}: belongs to a sheet", len(owners), 1)
        if owners:
            found[owners[0]].append(page)
    return found


def pages_of(tally, path, book, pdf):
    """Page numbers, the mark and repeated header rows; gives the pages sheet by sheet and all sizes."""
    pages, sizes = Office.pages(pdf)
    for number, page in enumerate(pages, 1):
        at = f"{path.name} page {number}"
        tally.check(f"{at}: x of y", f"第{number}页共{len(pages)}页" in page, page[-40:])
        tally.equal(f"{at}: the mark once", page.count(MARK), 1 + page.count(f"{MARK}：") if MARK in page else -1)
    found = by_sheet(tally, book, pages, path.name)
    for sheet in book:
        tally.check(f"{path.name} {sheet.title}: has pages", found[sheet.title])
        if sheet.title == "统计分析":
            continue
        if not sheet.print_title_rows:
            tally.check(f"{path.name} {sheet.title}: one page without repeated rows", len(found[sheet.title]) == 1)
            continue
        row = int(re.sub(r"\D", "", sheet.print_title_rows.split(":")[0]))
        # Long heads are broken into lines that a text of the page does not keep together.
        heads = [str(cell.value) for cell in sheet[row] if cell.value and len(str(cell.value)) <= 2]
        # Of a table that is several pages wide each page repeats the heads of its own columns.
        wide = int(sheet.page_setup.fitToWidth or 1)
        for number, page in enumerate(found[sheet.title], 1):
            missing = [head for head in heads if head not in page]
            repeated = not missing if wide == 1 else len(missing) < len(heads)
            tally.check(f"{path.name} {sheet.title} page {number}: header row", repeated, missing)
        never = [head for head in heads if not any(head in page for page in found[sheet.title])]
        tally.check(f"{path.name} {sheet.title}: every head is on some page", not never, never)
        tally.check(f"{path.name} {sheet.title}: header row stays in sight", sheet.freeze_panes)
    return found, sizes


def together(tally, at, pages):
    """The block to sign and to seal is on one page, and on that page is a piece of the table."""
    last = pages[-1]
    for words in ("制表人：", "（签字）：", "（盖章）", "年月日"):
        tally.check(f"{at}: {words} on the last page", words in last)
    tally.check(f"{at}: not signed on an empty page", "党组织" in last.replace("学会党组织名称", ""))


# ── The blank form ───────────────────────────────────────────────────────────────────────


def checks(sheet):
    """Every cell with a check: its kind, its limits, whether and how it alerts."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        limits = (rule.formula1,) if rule.type == "list" else (rule.formula1, rule.formula2)
        limits = tuple(re.sub(r"\.0+$", "", str(limit)) for limit in limits)
        told = (rule.type, limits, bool(rule.showErrorMessage), rule.errorTitle, rule.error, rule.prompt)
        for area in rule.sqref.ranges:
            for row, column in area.cells:
                found[f"{get_column_letter(column)}{row}"] = told
    return found


def unlocked(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}


def row_of(sheet, label):
    return next(cell.row for cell in cells(sheet) if stripped(cell.value).startswith(label))


def growing_rows(path):
    """Rows of the first sheet whose height is not fixed by hand."""
    with zipfile.ZipFile(path) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    return {int(number) for number, rest in re.findall(r'<row r="(\d+)"([^>]*)>', text) if "customHeight" not in rest}


def form(tally, office, path, room):
    book = plain(tally, path)
    sheet = book.active
    points = {code: row_of(sheet, code) for code in ("1.1", "9.2(3)")}
    lines = [row for row in range(points["1.1"], points["9.2(3)"] + 1) if re.match(r"\d+\.\d", str(sheet.cell(row, 1).value))
             and sheet.cell(row, 5).value is not None]  # fmt: skip
    tally.equal("form: lines", len(lines), 27)
    tally.check("form: protected", sheet.protection.sheet and not sheet.protection.password)
    tally.check("form: rows and columns may be resized", not sheet.protection.formatRows and not sheet.protection.formatColumns)
    tally.check("form: rows grow with what is typed", set(lines) <= growing_rows(path))
    for row in lines:
        for cap, cell in ((sheet.cell(row, 5), sheet.cell(row, 9)), (sheet.cell(row, 6), sheet.cell(row, 10))):
            tally.equal(f"form {cell.coordinate}: locked where nothing can be given", cell.protection.locked, cap.value == 0)
            grey = cell.fill.fgColor.rgb == "FFD9D9D9"
            tally.equal(f"form {cell.coordinate}: grey where nothing can be given", grey, cap.value == 0)
            rule = checks(sheet).get(cell.coordinate)
            wanted = None if cap.value == 0 else ("decimal", ("0", f"{cap.value:g}"), True)
            tally.equal(f"form {cell.coordinate}: held to its cap", rule and rule[:3], wanted)
            if rule:
                tally.check(f"form {cell.coordinate}: alerts in Chinese", re.search("[一-鿿]", rule[4] or ""))
    kinds = [rule[0] for rule in checks(sheet).values()]
    tally.equal("form: fields with lists", kinds.count("list"), 4)
    tally.equal("form: fields with days", kinds.count("date"), 1)

    pdf = office.convert("pdf", [path], room / "pdf")[path]
    readable(tally, "form", pdf)
    pages, sizes = Office.pages(pdf)
    tally.equal("form: pages", len(pages), 3)
    tally.check("form: A4 landscape", set(sizes) == {A4[::-1]}, sizes)
    for number, page in enumerate(pages, 1):
        tally.check(f"form page {number}: header row", all(head in page for head in ("编号", "二级指标", "评价要求", "佐证材料")))
        tally.check(f"form page {number}: number", f"—{number}—" in page)
    tally.check("form: signature and id at the foot", all(words in pages[-1] for words in ("评价人（签字）", "表单编号", "cast-2018")))
    for row in lines:
        wording = stripped(sheet.cell(row, 4).value.splitlines()[0])[:12]
        tally.check(f"form {sheet.cell(row, 1).value}: its wording is printed", any(wording in page for page in pages), wording)

    trip = load(tally, office.convert("xlsx", [path], room / "trip")[path]).active
    tally.check("form: still protected after LibreOffice", trip.protection.sheet)
    tally.equal("form: the same cells to fill after LibreOffice", unlocked(trip), unlocked(sheet))
    differing = {cell for cell, rule in checks(sheet).items() if checks(trip).get(cell) != rule}
    tally.check("form: the same checks after LibreOffice", not differing, sorted(differing))
    rules = [len([rule for area in one.conditional_formatting for rule in area.rules]) for one in (sheet, trip)]
    tally.check("form: red over the cap, before and after LibreOffice", rules[0] == rules[1] > 0, rules)
    tally.equal("form: repeated rows after LibreOffice", trip.print_title_rows, sheet.print_title_rows)
    filled_form(tally, office, path, lines, room)


def filled_form(tally, office, path, lines, room):
    """Full marks, then one bonus less and one deduction: sums, star and what is left, as LibreOffice reckons them."""
    wanted = {"full": (1000, 10, 0), "short": (865, 8, 1)}
    (room / "filled").mkdir()
    files = {}
    for name in wanted:
        book = openpyxl.load_workbook(path)
        sheet = book.active
        for row in lines:
            if sheet.cell(row, 5).value:
                sheet.cell(row, 9).value = sheet.cell(row, 5).value
        if name == "short":
            sheet.cell(lines[0], 9).value = None
            sheet.cell(row_of(sheet, "1.2"), 10).value = 30
            sheet.cell(row_of(sheet, "9.1"), 9).value = 45
        files[name] = room / "filled" / f"{name}.xlsx"
        book.save(files[name])
    done = office.convert("xlsx", list(files.values()), room / "reckoned")
    for name, (total, star, open_) in wanted.items():
        sheet = openpyxl.load_workbook(done[files[name]], data_only=True).active
        tally.equal(f"{name} form: total", sheet.cell(row_of(sheet, "总分"), 11).value, total)
        row = row_of(sheet, "未评项数")
        tally.equal(f"{name} form: what is left", sheet.cell(row, 2).value, open_)
        tally.equal(f"{name} form: star", sheet.cell(row, 5).value, star)


# ── The outputs ──────────────────────────────────────────────────────────────────────────


def lists(tally, path, book):
    """Tables can be filtered; 填报核对清单 offers no decision, for no run reads it."""
    for sheet in book:
        if sheet.title in ("统计分析",):
            continue
        at = f"{path.name} {sheet.title}"
        row = int(re.sub(r"\D", "", sheet.print_title_rows.split(":")[0]))
        if sheet.cell(row + 1, 1).value is not None and sheet.cell(row + 1, 2).border.left.style:
            tally.check(f"{at}: can be filtered", sheet.auto_filter.ref, sheet.auto_filter.ref)
        if sheet.title == "填报核对清单":
            # What no run reads is offered nowhere: decisions belong into 处理登记.
            tally.check(f"{at}: offers no decision", not sheet.data_validations.dataValidation)


def links(tally, path, book):
    """Links from 逐项明细 and 材料来源 lead to files, by a way that begins at the workbook; the secretariat's alone has
    them, for an original may hold what is another group's."""
    for sheet in book:
        targets = [cell.hyperlink.target for cell in cells(sheet) if cell.hyperlink]
        wanted = sheet.title in ("逐项明细", "材料来源", "评价人明细") and path.name.startswith("0-")
        if not wanted:
            tally.check(f"{path.name} {sheet.title}: no links", not targets, targets[:3])
            continue
        if sheet.title != "评价人明细":
            tally.check(f"{path.name} {sheet.title}: links", targets)
        lost = [target for target in targets if not (path.parent / unquote(target)).is_file()]
        tally.check(f"{path.name} {sheet.title}: links lead to files", not lost, lost[:3])


def struck(tally, path):
    """Recused reviewers are struck out and said in words: `<strike>950</strike>（回避）`."""
    with zipfile.ZipFile(path) as parts:
        texts = re.findall(r"<si>.*?</si>", parts.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    said = [text for text in texts if "（回避）" in text and "<r>" in text]
    tally.check(f"{path.name}: recused reviewers are said to be", said)
    for text in said:
        first = text.split("</r>")[0]
        tally.check(f"{path.name}: recused reviewers are struck out", "<strike/>" in first, text)


def outcome(tally, office, folder, room, counts):
    """One output folder: `counts` are the pages that its ranking may take, sheet by sheet."""
    # 处理登记 is a list to be filled in on screen, as those that `init` writes: no page of it is signed.
    files = [path for path in sorted(folder.glob("*.xlsx")) if path.name != "处理登记.xlsx"]
    results = json.loads((folder / "data" / "results.json").read_text(encoding="utf-8"))
    pdfs = office.convert("pdf", files, room / "pdf")
    for path in files:
        book = plain(tally, path)
        within_rows(tally, path, book)
        readable(tally, f"{folder.name} {path.name}", pdfs[path])
        found, sizes = pages_of(tally, path, book, pdfs[path])
        lists(tally, path, book)
        links(tally, path, book)
        if path.name == "总排名.xlsx":
            for sheet, most in counts.items():
                tally.check(f"{folder.name} {sheet}: pages", len(found[sheet]) <= most, len(found[sheet]))
            for sheet in ("按总分", "按分组", "等次名单"):
                together(tally, f"{folder.name} {sheet}", found[sheet])
            tally.equal("统计分析: charts", len(book["统计分析"]._charts), 3)
            names = {form["reviewer"] for form in results["forms"] if len(form["reviewer"] or "") > 1}
            told = " ".join(str(cell.value) for sheet in book for cell in cells(sheet))
            tally.check(f"{folder.name}: the ranking names no reviewer", not [name for name in names if name in told])
        elif path.name.startswith("第"):
            tally.equal(f"{path.name} 汇总: pages", len(found["汇总"]), 1)
            together(tally, f"{path.name} 汇总", found["汇总"])
            lead = path.name.split("-")[1]
            tally.check(f"{path.name} 汇总: sealed by the lead", f"{lead}（盖章）" in found["汇总"][-1])
    recalculated(tally, office, files, room)
    return files


# ── Invented years ───────────────────────────────────────────────────────────────────────


def year(binary, room, societies):
    """A year folder with so many societies: those of the built-in list, then invented ones."""
    folder = room / f"year-{societies}"
    run(binary, "init", folder)
    (folder / "学会名单.xlsx").unlink()
    with open(ROOT / "templates" / "2018" / "学会名单.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    head, listed = rows[0], rows[1:]
    name = head.index("学会名称")
    for number in range(societies - len(listed)):
        row = list(listed[number % 30])
        row[name] = f"虚构第{number + 1}学会"
        listed.append(row)
    with open(folder / "学会名单.csv", "w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([head, *listed])
    return folder


def invented(tally, office, binary, room):
    """35 societies on a few pages; 300 run on with repeated header rows and the block to sign at the end."""
    for societies, pages in ((35, (1, 3)), (300, (4, 20))):
        out = room / f"out-{societies}"
        run(binary, "consolidate", ROOT / "samples" / "2018", "-o", out, "--mark", MARK,
            "--scheme", year(binary, room, societies), status=(0, 1))  # fmt: skip
        path = out / "总排名.xlsx"
        book = load(tally, path)
        found, _ = pages_of(tally, path, book, office.convert("pdf", [path], room / f"pdf-{societies}")[path])
        for sheet in ("按总分", "按分组"):
            at = f"{societies} societies, {sheet}"
            tally.check(f"{at}: pages", pages[0] <= len(found[sheet]) <= pages[1], len(found[sheet]))
            together(tally, at, found[sheet])


def crowded(tally, office, binary, room):
    """Forms of many short parts: the signature goes with the total and its last lines, a sum with its lines."""
    files = {}
    for parts in (6, 7, 8, 9):
        folder = room / f"crowded-{parts}"
        folder.mkdir(parents=True)
        codes = [f"{part}.{line}" for part in range(1, parts + 1) for line in (1, 2)]
        scheme = [
            'id = "crowded-2027"', 'title = "评估"', 'form_title = "评分表"', "year = 2027", 'subject = "学会党组织"', 'subject_suffix = "党组织"', "precision = 2",
            'stage = "a"', "deadline = 2027-05-08", 'return_to = "评估办公室，某市某路1号"', "[declared]", f"parts = {parts}",
            f"lines = {len(codes)}", f"bonus = {10 * len(codes)}", "[stars]", "thresholds = [50]", "[[stages]]", 'id = "a"',
            'name = "评审"', "from = 2027-03-01", "to = 2027-04-30",
        ]  # fmt: skip
        for part in range(1, parts + 1):
            scheme += ["[[parts]]", f'id = "{part}"', 'title = "组织建设"']
        for code in codes:
            scheme += ["[[lines]]", f'code = "{code}"', f'part = "{code[0]}"', 'title = "指标"', "bonus = 10", "step = 1"]
        (folder / "scheme.toml").write_text("\n".join(scheme) + "\n", encoding="utf-8")
        run(binary, "forms", "-o", folder / "forms", "--scheme", folder)
        path = next((folder / "forms").glob("第1组*/*.xlsx"))
        files[Path(shutil.copy(path, room / f"crowded-{parts}.xlsx"))] = codes
    pdfs = office.convert("pdf", list(files), room / "crowded-pdf")
    for path, codes in files.items():
        readable(tally, path.name, pdfs[path])
        pages, _ = Office.pages(pdfs[path])
        signed = next(page for page in pages if "评价人（签字）" in page)
        tally.check(f"{path.name}: signed beside the total", "总分" in signed and codes[-1] in signed, signed)
        tally.check(f"{path.name}: deadline and address", "2027年5月8日" in pages[0] and "某市某路1号" in pages[0], pages[0])
        for number in range(1, int(codes[-1][0]) + 1):
            sums = next(page for page in pages if f"第{number}部分小计" in page)
            tally.check(f"{path.name}: sum {number} beside its last line", f"{number}.2" in sums, sums)


def committee(binary, room):
    """The committee's year from the samples: everything agreed, published, entered, drawn, exported."""
    room.mkdir()
    at = {name: room / name for name in ("结果", "审议表.xlsx", "审定", "公示", "登记簿.csv")}
    run(binary, "consolidate", ROOT / "samples" / "2018", "-o", at["结果"], "--final")
    run(binary, "deliberate", at["结果"], "-o", at["审议表.xlsx"])
    book = openpyxl.load_workbook(at["审议表.xlsx"])
    sheet = book["审议表"]
    head = {cell.value: cell for cell in cells(sheet)}
    for row in range(head["审议星级"].row + 1, sheet.max_row + 1):
        stars = sheet.cell(row, head["测算星级"].column).value
        if isinstance(stars, (int, float)):
            sheet.cell(row, head["审议星级"].column).value = stars
            sheet.cell(row, head["审议意见"].column).value = "同意"
    day = next(cell for cell in cells(book["会议情况"]) if cell.value == "审定日期")
    book["会议情况"].cell(day.row, day.column + 1).value = "2018-09-20"
    filled = room / "填好.xlsx"
    book.save(filled)
    run(binary, "decide", filled, "--results", at["结果"], "-o", at["审定"])
    filled.unlink()
    basis = "科协社团党发〔2018〕99号"
    run(binary, "publish", at["审定"], "-o", at["公示"], "--kind", "公示", "--date", "2018-09-21", "--contact", "联系人甲",
        "--scope", "各全国学会党组织", "--basis", basis, "--issuer", "中国科协科技社团党委")  # fmt: skip
    run(binary, "register", "add", at["登记簿.csv"], "--results", at["结果"], "--decided", at["审定"], "--objections", room / "异议登记.xlsx",
        "--basis", basis, "--date", "2018-10-09")  # fmt: skip
    run(binary, "register", "export", at["登记簿.csv"], "--on", "2019-12-31", "-o", room / "台账.xlsx")
    run(binary, "spot-check", "--register", at["登记簿.csv"], "--on", "2019-09-01", "--share", "20%", "--seed", "种子",
        "-o", room / "抽查")  # fmt: skip
    society = ("statement", at["结果"], "--society", "中华预防医学会", "--decided", at["审定"])
    run(binary, *society, "-o", room / "说明")
    run(binary, *society, "--remarks", "-o", room / "附说明")
    shutil.rmtree(at["结果"])


def printed(tally, office, folders, room):
    """Every other workbook that is printed: in A4, in the two fonts, and readable."""
    files = {}
    for number, path in enumerate(sorted(path for folder in folders for path in folder.rglob("*.xlsx"))):
        # Names differ once they are in one folder.
        copy = room / f"{number:03}-{path.name}"
        copy.parent.mkdir(parents=True, exist_ok=True)
        files[Path(shutil.copy(path, copy))] = path
    pdfs = office.convert("pdf", list(files), room / "pdf")
    for copy, path in files.items():
        load(tally, path)
        readable(tally, path.name, pdfs[copy])


def annexes(tally, office, binary, room):
    """A society's page is one page, whatever reviewers wrote: what it has no room for is whole on its annex."""
    said = "查阅了会议记录和备案回执，材料齐全，个别佐证日期不全，已电话核实。"
    (room / "inbox").mkdir(parents=True)
    path = next((ROOT / "samples" / "2018").rglob("中国地质学会-评价人甲.xlsx"))
    rows = [list(row) for row in load(tally, path, data_only=True).worksheets[0].iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "编号")
    lines = [row for row in rows if re.match(r"\d\.\d", str(row[0])) and row[head.index("评价要求")]]
    tally.equal("lines of the form", len(lines), 27)
    for times in (1, 8, 60):
        for number, row in enumerate(lines):
            row[head.index("评分说明")] = said * (times if number % 2 else 1)
        with open(room / "inbox" / "中国地质学会.csv", "w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])
        out = room / str(times)
        run(binary, "consolidate", room / "inbox", "-o", out / "out", status=(0, 1))
        run(binary, "statement", out / "out", "--all", "--remarks", "-o", out / "page")
        run(binary, "deliberate", out / "out", "-o", out / "page" / "审议表.xlsx")
        files = sorted((out / "page").iterdir())
        for path, pdf in office.convert("pdf", files, out / "pdf").items():
            pages, sizes = Office.pages(pdf)
            names = [sheet.title for sheet in load(tally, path)]
            at = [number for number, page in enumerate(pages) if "得分说明附页" in page or "审议单页附页" in page]
            first = at[0] if at else len(pages)
            own = "得分说明" if "得分说明" in path.name else "审议单页"
            # The pages before the annex: those of the other sheets, and one of its own.
            shown = [page for page in pages[:first] if own in page]
            tally.equal(f"{path.name}, {times}: one page", len(shown), 1)
            tally.equal(f"{path.name}, {times}: an annex", bool(at), any("附页" in name for name in names))
            tally.check(f"{path.name}, {times}: the page says so", bool(at) == ("全文另见附页" in shown[0]))
            told = "".join(pages[first:] if at else shown)
            wanted = sum(times if number % 2 else 1 for number in range(len(lines)))
            # Heads and feet of pages stand between some of the words.
            tally.check(f"{path.name}, {times}: all of it", told.count("材料齐全") >= wanted * 0.97, told.count("材料齐全"))
            readable(tally, f"{path.name}, {times}", pdf)


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--bin", required=True, help="the program")
    words.add_argument("--keep", type=Path, help="keep everything that was made in this folder")
    asked = words.parse_args()
    binary = str(Path(asked.bin).resolve())
    tally = Tally()
    room = Path(tempfile.mkdtemp(prefix="paper-"))
    try:
        office = Office(room)
        run(binary, "forms", "-o", room / "forms")
        run(binary, "forms", "-o", room / "by-group", "--per-group")
        form(tally, office, sorted((room / "forms").glob("*/中国地质学会*.xlsx"))[0], room / "form")
        for path in sorted((room / "forms").rglob("*.xlsx")):
            load(tally, path)
        groups = sorted((room / "by-group").rglob("*.xlsx"))
        pdfs = office.convert("pdf", groups, room / "by-group-pdf")
        for path in groups:
            book = load(tally, path)
            pages, sizes = Office.pages(pdfs[path])
            tally.equal(f"{path.name}: pages", len(pages), 3 * len(book.sheetnames))
            tally.check(f"{path.name}: A4 landscape", set(sizes) == {A4[::-1]}, set(sizes))
        (room / "year").mkdir()
        run(binary, "init", room / "year" / "2019")
        run(binary, "scheme", "show", "-o", room / "year" / "指标体系.xlsx")
        run(binary, "return", ROOT / "samples" / "mistakes", "-o", room / "return", status=(0, 1))
        committee(binary, room / "committee")
        printed(tally, office, [room / "year", room / "return", room / "committee"], room / "printed")
        usual = {"按总分": 2, "按分组": 2, "等次名单": 1, "统计分析": 3, "评分说明": 4}
        for name in ("2018", "mistakes"):
            folder = room / f"out-{name}"
            run(binary, "consolidate", ROOT / "samples" / name, "-o", folder, "--mark", MARK, "--archive", status=(0, 1))
            files = outcome(tally, office, folder, room / f"seen-{name}", usual)
            if name == "mistakes":
                for path in files:
                    if path.name.startswith(("第2组", "第3组")):
                        struck(tally, path)
        invented(tally, office, binary, room)
        crowded(tally, office, binary, room / "crowded")
        annexes(tally, office, binary, room / "annexes")
    finally:
        if asked.keep:
            shutil.copytree(room, asked.keep, dirs_exist_ok=True)
        shutil.rmtree(room)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
