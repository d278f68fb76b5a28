#!/usr/bin/env python3
"""An independent judge of `xingping`, written from its papers and not from its code.

    python3 tests/office/judge.py --bin PATH [--seed N] [--forms N] [--keep DIR]

It takes the blank forms that the program makes, fills them with openpyxl, saves them
through LibreOffice in several formats, with random scores, several reviewers, harmless
habits of people who fill forms, and faults injected at known cells.  Then it compares
results.json with its own table of the 2018 scheme and its own exact arithmetic: every
total, star, grade, rank, state and finding, at the right sheet and cell, and no error or
warning that was not injected.  Notes are only looked for where one is expected.

Rounds: 1 the built-in lists, all faults; 2 a year folder (ineligible societies, aliases,
listed reviewers and their conflicts); 3 clean forms, exit statuses and refusals.
Every round is run twice, the second time on a copy written in another order and with
another number of threads; both must write the same bytes.

Needs Python 3.11, openpyxl and LibreOffice (`soffice`).  Each difference is a line; the
last line is `N passed, N failed`; exit status 1 if any failed.
"""

import argparse
import copy
import datetime
import json
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from pathlib import Path

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter

# ── The 2018 scheme, typed from the papers ───────────────────────────────────────────────

WHOLE_50 = tuple(range(51))
# code: (part, bonus cap, deduction cap, attainable bonus, attainable deduction)
LINES = {
    "1.1": (1, 100, 0, (0, 100), (0,)),
    "1.2": (1, 0, 30, (0,), (0, 30)),
    "1.3": (1, 0, 20, (0,), (0, 10, 20)),
    "1.4": (1, 25, 0, (0, 15, 20, 25), (0,)),
    "2.1": (1, 50, 0, (0, 50), (0,)),
    "2.2": (1, 25, 0, (0, 25), (0,)),
    "2.3": (1, 0, 50, (0,), (0, 25, 50)),
    "3.1": (1, 50, 0, (0, 15, 20, 30, 35, 50), (0,)),
    "3.2": (1, 50, 0, (0, 20, 40, 50), (0,)),
    "3.3": (1, 50, 0, (0, 50), (0,)),
    "3.4": (1, 25, 0, (0, 25), (0,)),
    "3.5": (1, 25, 0, (0, 25), (0,)),
    "4.1": (2, 100, 0, (0, 100), (0,)),
    "4.2": (2, 25, 25, (0, 25), (0, 25)),
    "4.3": (2, 25, 25, (0, 25), (0, 25)),
    "5.1": (2, 25, 0, (0, 10, 15, 25), (0,)),
    "5.2": (2, 25, 0, (0, 25), (0,)),
    "6.1": (2, 50, 0, WHOLE_50, (0,)),
    "7.1": (2, 50, 0, (0, 25, 50), (0,)),
    "8.1": (3, 50, 0, WHOLE_50, (0,)),
    "8.2": (3, 50, 0, (0, 20, 30, 40, 50), (0,)),
    "8.3": (3, 50, 0, (0, 25, 50), (0,)),
    "8.4": (3, 50, 0, (0, 20, 30, 50), (0,)),
    "9.1": (3, 50, 0, tuple(range(0, 51, 5)), (0,)),
    "9.2(1)": (3, 25, 0, (0, 25), (0,)),
    "9.2(2)": (3, 25, 0, (0, 25), (0,)),
    "9.2(3)": (3, 0, 50, (0,), (0, 50)),
}
PARTS = (1, 2, 3)
NEEDS = {code: "1.1" for code in ("1.4", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4", "3.5")}
NEEDS |= {"4.2": "4.1", "4.3": "4.1"}
EXCLUSIVE = ("4.2", "4.3")
BASE = ("1.1", "4.1")
STAGE = (datetime.date(2018, 8, 1), datetime.date(2018, 8, 30))

SOCIETIES = {  # annex 3, in its order
    1: ("中国农业机械学会党委", "中国地质学会 中国水力发电工程学会 中国能源研究会 中国作物学会 中华预防医学会"),
    2: ("中国防痨协会党委", "中国细胞生物学学会 中国水利学会 中国粮油学会 中国茶叶学会 中华口腔医学会"),
    3: ("中国化学会党委", "中国环境科学学会 中国内燃机学会 中国动力工程学会 中国草学会 中国卒中学会"),
    4: ("中国图书馆学会党委", "中国自然资源学会 中国自动化学会 中国风景园林学会 中国植物营养与肥料学会 中国麻风防治协会"),
    5: ("中国国土经济学会党委", "中国感光学会 中国通信学会 中国复合材料学会 中华护理学会 中国技术经济学会"),
    6: ("中国航空学会党委", "中国实验动物学会 中国公路学会 中国密码学会 中国生物医学工程学会 中国城市科学研究会"),
    7: ("中国仪器仪表学会党委", "中国运筹学会 中国兵工学会 中国人工智能学会"),
}
GROUP_OF = {name: number for number, (_, names) in SOCIETIES.items() for name in names.split()}
LEAD = {number: lead for number, (lead, _) in SOCIETIES.items()}
UNITS = (
    "中国力学会党委 中国化学会党委 中国农业机械学会党委 中国航空学会党委 中国仪器仪表学会党委 中国标准化协会党委 "
    "中国水产学会党委 中华医学会理事会党委 中国防痨协会党委 中国图书馆学会党委 中国国土经济学会党委"
).split()

SEVERITY = {}
for _severity, _names in {
    "error": "unreadable encrypted other-form-edition identity-contradiction table-damaged line-missing line-twice "
    "society-unknown reviewer-missing unit-missing membership-missing not-a-member recused over-cap negative-bonus "
    "not-a-number not-scored no-cached-value error-value date-in-points points-without-cap excluded-by "
    "conflicting-versions",
    "warning": "unknown-line caps-changed wrong-group society-ineligible reviewer-unlisted date-missing "
    "date-unreadable outside-stage unattainable base-line-missing too-many-decimals deduction-without-reason "
    "total-disagrees same-lines-as-another-society superseded society-without-form reviewer-without-form "
    "conflict-with-unknown",
    "note": "unmatched-scan not-a-form blank-form skipped form-id-missing unit-unknown stars-preview-disagrees recommended-differs "
    "identical-copy alias-never-met",
}.items():
    SEVERITY |= {name: _severity for name in _names.split()}

HEADINGS = "编号 一级指标 二级指标 评价要求 加分上限 减分上限 自评加分 自评减分 初评加分 初评减分 初评得分 佐证材料 评分说明".split()
FIELDS = "学会名称 对口分组 牵头联系单位 评价人 评价人单位 是否中共党员 有无应回避情形 评价方式 评价日期 推荐星级 联系电话".split()

# ── Exact arithmetic ─────────────────────────────────────────────────────────────────────


def half_up(value: Fraction, places: int = 2) -> Fraction:
    scale = 10**places
    magnitude = Fraction(floor(abs(value) * scale + Fraction(1, 2)), scale)
    return magnitude if value >= 0 else -magnitude


def printed(value: Fraction) -> str:
    """The two-decimal text of results.json."""
    cents = half_up(value) * 100
    sign = "-" if cents < 0 else ""
    cents = abs(int(cents))
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def stars_of(total: Fraction) -> int:
    return max(0, min(10, int(total // 100)))


def grade_of(stars: int):
    return "优秀" if stars >= 8 else "良好" if stars >= 5 else None


# ── Forms ────────────────────────────────────────────────────────────────────────────────


@dataclass
class Expected:
    """A finding that must be there. `key` names a place on the form, None means the whole file or nothing."""

    name: str
    key: tuple | None = None
    code: str | None = None  # the line, where the finding is about one


@dataclass(eq=False)
class Form:
    society: str
    reviewer: str
    unit: str
    points: dict = field(default_factory=dict)  # code -> [bonus, deduction], Fractions that must count
    shown: dict = field(default_factory=dict)  # ("bonus"|"deduction"|"reason", code) -> what is written instead
    fields: dict = field(default_factory=dict)  # label -> what is written instead
    date: datetime.date = datetime.date(2018, 8, 15)
    star: int | None = None
    format: str = "xlsx"
    name: str = ""  # file name without ending; made up when empty
    path: str = ""  # as results.json must give it
    sheet: str = "评价表"
    structure: list = field(default_factory=list)  # changes to the sheet, made after filling
    cells: dict = field(default_factory=dict)  # key -> (row, column), after all changes
    expected: list = field(default_factory=list)
    state: str = "counted"
    pair: str | None = None  # identical copies share a tag: one counts, the others are duplicates
    attributed: bool = True  # False: the papers leave open whose form it is
    peers: tuple = ()  # societies with forms that count, to be mistaken for
    mistaken: str | None = None
    label: str = "clean"
    seed: int = 0  # of what is left to chance when the form is filled

    @property
    def group(self) -> int:
        return GROUP_OF[self.society]

    def expect(self, name, key=None, code=None):
        self.expected.append(Expected(name, key, code))
        if SEVERITY[name] == "error" and self.state == "counted":
            self.state = "recused" if name == "recused" else "held"

    def total(self) -> Fraction:
        return sum((b - d for b, d in self.points.values()), Fraction(0))

    def own_star(self) -> int:
        return stars_of(max(Fraction(0), half_up(self.total())))


def random_points(rng: random.Random, whole_base: bool, generous: float) -> dict:
    """Attainable values that break no need and no exclusion."""
    points = {}
    for code, (_, _, _, bonus, deduction) in LINES.items():
        if code in BASE:
            value = 100 if whole_base or rng.random() < 0.9 else 0
        elif NEEDS.get(code) and not points[NEEDS[code]][0]:
            value = 0
        else:
            value = max(bonus) if rng.random() < generous else rng.choice(bonus)
        minus = rng.choice(deduction) if rng.random() < 0.3 else 0
        if code in EXCLUSIVE and value and minus:
            minus = 0
        points[code] = [Fraction(value), Fraction(minus)]
    return points


def a1(place) -> str:
    return f"{get_column_letter(place[1])}{place[0]}"


def locate(ws) -> dict:
    """Finds everything by its words, as a reader of the form would."""
    cells = {}
    head = next(c for row in ws.iter_rows() for c in row if c.value == "编号")
    for cell in ws[head.row]:
        if cell.value in HEADINGS:
            cells["head", cell.value] = (cell.row, cell.column)
    column = {word: place[1] for (_, word), place in cells.items()}
    for row in ws.iter_rows():
        for cell in row:
            text = str(cell.value or "").strip()
            if cell.row < head.row and text in FIELDS:
                cells["label", text] = (cell.row, cell.column)
                cells["field", text] = (cell.row, cell.column + 1)
            if cell.column == column["编号"] and text in LINES:
                cells["code", text] = (cell.row, cell.column)
                for key, word in (("bonus", "初评加分"), ("deduction", "初评减分"), ("reason", "评分说明"),
                                  ("evidence", "佐证材料"), ("cap+", "加分上限"), ("cap-", "减分上限"), ("title", "二级指标")):
                    cells[key, text] = (cell.row, column[word])
            if text == "总分":
                cells["total", ""] = (cell.row, column["初评得分"])
            if text.startswith("cast-2018·"):
                cells["id", ""] = (cell.row, cell.column)
    assert {k[1] for k in cells if k[0] == "code"} == set(LINES), "the blank form lacks lines"
    return cells


def put(ws, place, value, number_format=None):
    cell = ws.cell(*place)
    cell.value = value
    if isinstance(value, str) and not value.startswith("="):
        cell.data_type = "e" if value in ("#REF!", "#N/A") else "s"
    if number_format:
        cell.number_format = number_format
    return cell


def fill(form: Form, ws):
    rng = random.Random(form.seed)
    form.cells = locate(ws)
    values = {
        "评价人": form.reviewer, "评价人单位": form.unit, "是否中共党员": "是", "有无应回避情形": "无",
        "评价方式": rng.choice(("现场", "非现场")), "评价日期": form.date, "联系电话": "010-00000000",
        "推荐星级": None if form.star is None else f"{form.star}星",
    } | form.fields
    for label, value in values.items():
        number_format = "yyyy-mm-dd" if isinstance(value, datetime.date) else None
        put(ws, form.cells["field", label], value, number_format)
    for code, (bonus, deduction) in form.points.items():
        _, cap, floor_, _, _ = LINES[code]
        shown = {
            "bonus": as_number(bonus) if cap else None,
            "deduction": as_number(deduction) if deduction else (rng.choice((0, None)) if floor_ else None),
            "reason": rng.choice(("材料不全", "核实后减分", "见附件")) if deduction else None,
            "evidence": rng.choice((None, "附件1", "会议记录")),
        }
        for side in shown:
            value = form.shown.get((side, code), shown[side])
            if isinstance(value, datetime.date):
                put(ws, form.cells[side, code], value, 'm"月"d"日"')
            elif value is not None or (side, code) in form.shown:
                put(ws, form.cells[side, code], value)
    for change in form.structure:
        ws = change(form, ws, rng) or ws
    form.sheet = ws.title
    if "id" in {k[0] for k in form.cells}:
        names = ws.parent.defined_names
        if "表单编号" in names and len(ws.parent.sheetnames) < 3:
            row, col = form.cells["id", ""]
            names["表单编号"].attr_text = f"'{ws.title}'!${get_column_letter(col)}${row}"


def as_number(value: Fraction):
    return int(value) if value.denominator == 1 else float(value)


# ── Changes to the sheet that a person makes ─────────────────────────────────────────────

REFERENCE = re.compile(r"(\$?)\b([A-Z]{1,2})(\$?)(\d+)\b(?!\()")


def rebuild(form: Form, ws, rows, cols, copies=()):
    """Moves rows and columns (old number -> new number; absent means deleted), formulas with them."""
    last_row, last_col = ws.max_row, ws.max_column

    def nearest(table, number, step, limit):
        while number not in table and 0 < number <= limit:
            number += step
        return table.get(number, 1)

    def reference(match, step):
        col = column_index_from_string(match[2])
        return (f"{match[1]}{get_column_letter(nearest(cols, col, step, last_col))}"
                f"{match[3]}{nearest(rows, int(match[4]), step, last_row)}")

    def formula(text):
        halves = re.split(r"(?<=\d):(?=\$?[A-Z])", text)  # ranges shrink inwards when an end is deleted
        out = []
        for index, half in enumerate(halves):
            found = list(REFERENCE.finditer(half))
            for n, match in reversed(list(enumerate(found))):
                step = -1 if n == 0 and index > 0 and match.start() == 0 else 1
                half = half[: match.start()] + reference(match, step) + half[match.end():]
            out.append(half)
        return ":".join(out)

    book, title, index = ws.parent, ws.title, ws.parent.index(ws)
    new = book.create_sheet("新表", index)
    for row in ws.iter_rows():
        for cell in row:
            if cell.row not in rows or cell.column not in cols:
                continue
            target = new.cell(rows[cell.row], cols[cell.column])
            is_formula = isinstance(cell.value, str) and cell.data_type == "f"
            target.value = formula(cell.value) if is_formula else cell.value
            if not is_formula and cell.value is not None:
                target.data_type = cell.data_type
            target._style = copy.copy(cell._style)
    for merged in ws.merged_cells.ranges:
        rr = [rows[r] for r in range(merged.min_row, merged.max_row + 1) if r in rows]
        cc = [cols[c] for c in range(merged.min_col, merged.max_col + 1) if c in cols]
        if rr and cc and (len(rr) > 1 or len(cc) > 1):
            box = min(rr), min(cc), max(rr), max(cc)
            keep = new.cell(box[0], box[1])
            if keep.value is None:
                keep.value = ws.cell(merged.min_row, merged.min_col).value
            new.merge_cells(start_row=box[0], start_column=box[1], end_row=box[2], end_column=box[3])
    for source, target_row in copies:
        for col in list(range(1, last_col + 1)):
            cell = ws.cell(source, col)
            if col in cols and type(cell).__name__ != "MergedCell":
                twin = new.cell(target_row, cols[col])
                if type(twin).__name__ == "MergedCell":
                    continue
                value = cell.value
                if cell.data_type == "f":
                    value = re.sub(rf"(?<=[A-Z]){source}\b", str(target_row), value)
                twin.value = value
                if cell.data_type == "s":
                    twin.data_type = "s"
                twin._style = copy.copy(cell._style)
    del book[title]
    new.title = title
    form.cells = {key: (rows[r], cols[c]) for key, (r, c) in form.cells.items() if r in rows and c in cols}
    return new


def same(limit):
    return {n: n for n in range(1, limit + 1)}


def opened(limit, gaps):
    """Row (or column) numbers after one is inserted before each of `gaps`."""
    return {n: n + sum(1 for gap in gaps if gap <= n) for n in range(1, limit + 1)}


def some_codes(rng, count):
    return rng.sample([c for c in LINES if c != "1.1"], count)


def insert_blank_rows(form, ws, rng):
    gaps = [form.cells["code", c][0] for c in some_codes(rng, rng.randint(1, 3))] + rng.sample((3, 4, 8, 46), 1)
    return rebuild(form, ws, opened(ws.max_row, gaps), same(ws.max_column))


def insert_remark_rows(form, ws, rng):
    gap = form.cells["code", rng.choice([c for c in LINES if c != "1.1"])][0]
    new = rebuild(form, ws, opened(ws.max_row, [gap]), same(ws.max_column))
    column = form.cells["head", rng.choice(("二级指标", "评价要求", "编号", "佐证材料"))][1]
    if type(new.cell(gap, column)).__name__ == "MergedCell":
        column = form.cells["head", "佐证材料"][1]
    put(new, (gap, column), rng.choice(("备注：以上材料由秘书处补充", "注：以下各项见附件", "说明：现场查看")))
    return new


def insert_column(form, ws, rng):
    before = rng.choice((1, form.cells["head", "佐证材料"][1]))
    return rebuild(form, ws, same(ws.max_row), opened(ws.max_column, [before]))


def swap_columns(form, ws, rng):
    plus, minus = form.cells["head", "初评加分"][1], form.cells["head", "初评减分"][1]
    return rebuild(form, ws, same(ws.max_row), same(ws.max_column) | {plus: minus, minus: plus})


def delete_hidden_columns(form, ws, rng):
    gone = {form.cells["head", w][1] for w in ("自评加分", "自评减分")}
    cols, number = {}, 0
    for col in range(1, ws.max_column + 1):
        if col not in gone:
            number += 1
            cols[col] = number
    return rebuild(form, ws, same(ws.max_row), cols)


def swap_lines(form, ws, rng):
    one, two = rng.choice((("2.1", "2.2"), ("3.3", "3.4"), ("5.1", "5.2"), ("8.3", "8.4")))  # no ends of sums
    first, second = form.cells["code", one][0], form.cells["code", two][0]
    for merged in list(ws.merged_cells.ranges):  # as people do: first unmerge, then move
        if merged.min_row <= second and merged.max_row >= first:
            ws.unmerge_cells(str(merged))
    return rebuild(form, ws, same(ws.max_row) | {first: second, second: first}, same(ws.max_column))


def rename_sheet(form, ws, rng):
    ws.title = rng.choice(("Sheet1", "初评 (2)", "评分-终", "张三"))


def extra_sheets(form, ws, rng):
    front = ws.parent.create_sheet("说明", 0)
    front["A1"], front["A2"], front["B2"] = "本表由办公室汇总", "得分", 88
    ws.parent.create_sheet("空白")
    ws.parent.active = rng.randint(0, 2)


def number_codes(form, ws, rng):
    for code in rng.sample([c for c in LINES if "(" not in c], 4):
        put(ws, form.cells["code", code], float(code), "0.0").data_type = "n"


def wide_brackets(form, ws, rng):
    for code in ("9.2(1)", "9.2(2)", "9.2(3)"):
        put(ws, form.cells["code", code], code.replace("(", "（").replace(")", "）"))


def blanks_in_name(form, ws, rng):
    name = form.society
    put(ws, form.cells["field", "学会名称"], rng.choice((f" {name} ", f"{name[:2]} {name[2:]}", f"{name[:2]}　{name[2:]}")))


# Harmless habits: (change, formats it is not for).
CSV = ("csv", "csv;", "csv-gb", "tsv16")
STRUCTURES = {
    insert_blank_rows: (), insert_remark_rows: (), insert_column: (), swap_columns: (), delete_hidden_columns: (),
    swap_lines: (), rename_sheet: (), extra_sheets: CSV, number_codes: (), wide_brackets: (), blanks_in_name: (),
}
CAPITALS = {10: "拾", 15: "拾伍", 20: "贰拾", 25: "贰拾伍", 30: "叁拾", 35: "叁拾伍", 40: "肆拾", 50: "伍拾", 100: "壹佰"}


def odd_writing(form: Form, rng: random.Random):
    """Points as people write them; each stands for the number that counts."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    for code in rng.sample(list(LINES), 6):
        _, cap, floor_, _, _ = LINES[code]
        bonus, deduction = form.points[code]
        if cap and ("bonus", code) not in form.shown:
            number = as_number(bonus)
            if not bonus:
                value = rng.choice(("无", "不得分", "/", "—", "-", "0分", "０"))
            else:
                value = rng.choice([f"{number}分", f"{number} 分", str(number).translate(wide), f"+{number}"]
                                   + ([] if form.format in CSV else [str(number), f"{number}.0", f" {number}"])
                                   + ([CAPITALS[number]] * 2 if number in CAPITALS else []))
                if form.format not in CSV + ("openpyxl",) and rng.random() < 0.2:
                    value = f"={number}-5+5"
            form.shown["bonus", code] = value
        if floor_ and ("deduction", code) not in form.shown:
            number = as_number(deduction)
            form.shown["deduction", code] = (
                rng.choice((-number, f"-{number}", f"－{number}", f"{number}分")) if deduction
                else rng.choice((None, 0, "无", "/", "—")))
    code = rng.choice(list(LINES))
    side = "bonus" if not LINES[code][1] else "deduction" if not LINES[code][2] else None
    if side:  # a nought or a stroke in a grey cell gives nothing
        form.shown[side, code] = rng.choice((0, "/", "无", " "))


def odd_date(form: Form, rng: random.Random):
    d = form.date
    form.fields["评价日期"] = rng.choice(
        (f"{d.year}年{d.month}月{d.day}日", f"{d.year}/{d.month}/{d.day}", f"{d.year}.{d.month}.{d.day}", d.isoformat()))


# ── Faults ───────────────────────────────────────────────────────────────────────────────

FAULTS = {}  # name -> (function, formats it is only for, or None)


def fault(only=None):
    def register(function):
        FAULTS[function.__name__] = (function, only)
        return function
    return register


def lines_with(side, but=()):
    index = 1 if side == "bonus" else 2
    return [c for c, line in LINES.items() if line[index] and c not in but]


def clear_deduction(form, code):
    form.points[code][1] = Fraction(0)
    form.shown["deduction", code] = None
    form.shown["reason", code] = None


def write_bonus(form, code, value, finding):
    if code in EXCLUSIVE:
        clear_deduction(form, code)
    form.shown["bonus", code] = value
    form.expect(finding, ("bonus", code), code)


@fault()
def over_cap_bonus(form, rng):
    for code in rng.sample(lines_with("bonus"), rng.choice((1, 1, 3))):
        write_bonus(form, code, LINES[code][1] + rng.choice((1, 5, 25, 900)), "over-cap")


@fault()
def over_cap_deduction(form, rng):
    code = rng.choice(lines_with("deduction", EXCLUSIVE))
    form.shown["deduction", code] = LINES[code][2] + rng.choice((5, 20))
    form.shown["reason", code] = "未报送"
    form.expect("over-cap", ("deduction", code), code)


@fault()
def negative_bonus(form, rng):
    code = rng.choice(lines_with("bonus", BASE))
    write_bonus(form, code, rng.choice((-LINES[code][1], f"-{LINES[code][1]}")), "negative-bonus")


@fault()
def not_a_number(form, rng):
    code = rng.choice(lines_with("bonus", BASE))
    write_bonus(form, code, rng.choice(("良好", "约20", "20-25", "见附件", "待定", "20/25")), "not-a-number")


@fault()
def not_a_number_deduction(form, rng):
    code = rng.choice(lines_with("deduction", EXCLUSIVE))
    form.shown["deduction", code] = rng.choice(("酌减", "未备案", "待核"))
    form.shown["reason", code] = "见附件"
    form.expect("not-a-number", ("deduction", code), code)


@fault()
def not_scored(form, rng):
    for code in rng.sample(lines_with("bonus"), rng.choice((1, 1, 4))):
        write_bonus(form, code, rng.choice((None, "  ")) if form.format not in CSV else None, "not-scored")


@fault()
def not_scored_base(form, rng):
    """Blank is not 0: the lines that need this one are not to blame."""
    write_bonus(form, "1.1", None, "not-scored")


@fault(only=("openpyxl",))
def no_cached_value(form, rng):
    write_bonus(form, rng.choice(lines_with("bonus", BASE)), "=10+15", "no-cached-value")


@fault()
def error_value(form, rng):
    value = "#REF!" if form.format == "openpyxl" else rng.choice(("#REF!", "=1/0", "=NA()"))
    write_bonus(form, rng.choice(lines_with("bonus", BASE)), value, "error-value")


@fault()
def date_in_points(form, rng):
    write_bonus(form, rng.choice(lines_with("bonus", BASE)), datetime.date(2018, 5, 10), "date-in-points")


@fault()
def points_without_cap(form, rng):
    side = rng.choice(("bonus", "deduction"))
    code = rng.choice([c for c in LINES if not LINES[c][1 if side == "bonus" else 2]])
    form.shown[side, code] = rng.choice((5, 10, "10分"))
    form.shown["reason", code] = "情况特殊"
    form.expect("points-without-cap", (side, code), code)


@fault()
def excluded_by(form, rng):
    code = rng.choice(EXCLUSIVE)
    form.shown["bonus", code], form.shown["deduction", code], form.shown["reason", code] = 25, 25, "未备案"
    form.expect("excluded-by", ("deduction", code), code)


@fault()
def unattainable(form, rng):
    code, value = rng.choice((("3.2", 37), ("1.4", 10), ("9.1", 12), ("8.2", 10), ("5.1", 20), ("6.1", 12.5), ("3.3", 25)))
    form.points[code][0] = Fraction(value)
    form.expect("unattainable", ("bonus", code), code)


@fault()
def unattainable_deduction(form, rng):
    code, value = rng.choice((("1.3", 15), ("2.3", 10), ("1.2", 20), ("9.2(3)", 25)))
    form.points[code][1] = Fraction(value)
    form.expect("unattainable", ("deduction", code), code)


@fault()
def base_line_missing(form, rng):
    base = rng.choice(BASE)
    dependents = [c for c, need in NEEDS.items() if need == base]
    chosen = rng.sample(dependents, rng.choice((1, 2)))
    form.points[base][0] = Fraction(0)
    for code in dependents:
        form.points[code][0] = Fraction(max(LINES[code][3]) if code in chosen else 0)
        if code in chosen:
            clear_deduction(form, code)
            form.expect("base-line-missing", ("bonus", code), code)


@fault()
def too_many_decimals(form, rng):
    code = rng.choice(("6.1", "8.1"))
    form.points[code][0] = Fraction(rng.choice(("12.345", "20.125", "33.3333")))
    form.expect("too-many-decimals", ("bonus", code), code)
    form.expect("unattainable", ("bonus", code), code)  # no criterion gives parts of a point: both rows apply


@fault()
def deduction_without_reason(form, rng):
    code = rng.choice(lines_with("deduction", EXCLUSIVE))
    form.points[code][1] = Fraction(max(LINES[code][4]))
    form.shown["reason", code] = None
    form.expect("deduction-without-reason", ("deduction", code), code)


@fault()
def total_disagrees(form, rng):
    def change(form, ws, rng):
        put(ws, form.cells["total", ""], as_number(form.total()) + rng.choice((-10, 5, 100)))
    form.structure.append(change)
    form.expect("total-disagrees", ("total", ""))


@fault()
def caps_changed(form, rng):
    code = rng.choice(list(LINES))
    side = rng.choice(("cap+", "cap-"))
    cap = LINES[code][1 if side == "cap+" else 2]

    def change(form, ws, rng):
        put(ws, form.cells[side, code], rng.choice((cap + 10, cap + 50)))
    form.structure.append(change)
    form.expect("caps-changed", (side, code), code)


@fault()
def unknown_line(form, rng):
    code = rng.choice(("10.1", "9.3", "3.6"))

    def change(form, ws, rng):
        gap = form.cells["code", "8.4"][0]
        new = rebuild(form, ws, opened(ws.max_row, [gap]), same(ws.max_column))
        for word, value in (("编号", code), ("二级指标", "其他工作"), ("加分上限", 20), ("减分上限", 0), ("初评加分", 0)):
            put(new, (gap, form.cells["head", word][1]), value)
        form.cells["new", ""] = (gap, form.cells["head", "编号"][1])
        return new
    form.structure.append(change)
    form.expect("unknown-line", ("new", ""))


@fault()
def line_deleted(form, rng):
    code = rng.choice([c for c in LINES if c not in ("1.1", "4.1", "8.1")])  # first lines: open

    def change(form, ws, rng):
        gone = form.cells["code", code][0]
        rows = {r: r - (r > gone) for r in range(1, ws.max_row + 1) if r != gone}
        place = form.cells["code", code]
        new = rebuild(form, ws, rows, same(ws.max_column))
        form.cells["gone", ""] = place  # where the line stood
        return new
    form.structure.append(change)
    form.expect("line-missing", ("gone", ""), code)


@fault()
def code_blanked(form, rng):
    code = rng.choice(list(LINES))

    def change(form, ws, rng):
        put(ws, form.cells["code", code], None)
    form.structure.append(change)
    form.expect("line-missing", ("code", code), code)


@fault()
def line_twice(form, rng):
    code = rng.choice([c for c in LINES if "9.2" not in c])

    def change(form, ws, rng):
        row = form.cells["code", code][0]
        new = rebuild(form, ws, opened(ws.max_row, [row + 1]), same(ws.max_column), copies=[(row, row + 1)])
        form.cells["twin", ""] = (row + 1, form.cells["code", code][1])
        return new
    form.structure.append(change)
    form.expect("line-twice", ("twin", ""), code)


@fault()
def table_damaged(form, rng):
    word = rng.choice(("初评加分", "初评减分"))

    def change(form, ws, rng):
        put(ws, form.cells["head", word], rng.choice(("打分", None, "专家意见")))
    form.structure.append(change)
    form.expect("table-damaged", ("head", word))


@fault()
def other_form_edition(form, rng):
    def change(form, ws, rng):
        place = form.cells["id", ""]
        parts = str(ws.cell(*place).value).split("·")
        if rng.random() < 0.5:
            parts[-1] = "".join(rng.choice("0123456789abcdef") for _ in parts[-1][:-1]) + ("0" if parts[-1][-1] != "0" else "1")
        else:
            parts[0] = "cast-2017"
        put(ws, place, "·".join(parts))
    form.structure.append(change)
    form.expect("other-form-edition", ("id", ""))


@fault()
def id_removed(form, rng):
    def change(form, ws, rng):
        put(ws, form.cells["id", ""], None)
    form.structure.append(change)
    form.expect("form-id-missing")


def another_society(form, rng):
    """One of the same group if possible, so that nothing but the name is wrong."""
    others = [s for s in form.peers if s != form.society]
    form.mistaken = rng.choice([s for s in others if GROUP_OF[s] == form.group] or others)
    form.attributed = False
    return form.mistaken


@fault()
def name_of_another(form, rng):
    other = another_society(form, rng)
    form.fields["学会名称"] = other
    form.name = rng.choice(("", other))  # a neutral file name, or the new one: last society's form renamed
    if GROUP_OF[other] != form.group:
        form.fields["对口分组"] = f"第{GROUP_OF[other]}组"
    form.expect("identity-contradiction", ("field", "学会名称"))


@fault()
def file_of_another(form, rng):
    form.name = another_society(form, rng)
    form.expect("identity-contradiction", ("field", "学会名称"))


@fault()
def id_of_another(form, rng):
    other = another_society(form, rng)

    def change(form, ws, rng):
        place = form.cells["id", ""]
        put(ws, place, str(ws.cell(*place).value).replace(form.society, other).replace(f"第{form.group}组", f"第{GROUP_OF[other]}组"))
    form.structure.append(change)
    form.expect("identity-contradiction", ("field", "学会名称"))


@fault()
def recommended_differs(form, rng):
    form.star = (form.own_star() + 5) % 11
    form.expect("recommended-differs")


@fault()
def unit_unknown(form, rng):
    form.unit = rng.choice(("某某大学党委", "北京某研究院"))
    form.expect("unit-unknown")


@fault()
def society_unknown(form, rng):
    name = form.society
    form.fields["学会名称"] = rng.choice((name[:-1] + "院", name.replace("中国", "全国").replace("中华", "全国"), name[2:]))
    form.attributed = False
    form.expect("society-unknown", ("field", "学会名称"))


@fault()
def wrong_group(form, rng):
    form.fields["对口分组"] = f"第{rng.choice([g for g in SOCIETIES if g != form.group])}组"
    form.expect("wrong-group", ("field", "对口分组"))


def blank_field(label, finding):
    def change(form, rng):
        form.fields[label] = None
        form.expect(finding, ("field", label))
    change.__name__ = finding.replace("-", "_")
    return change


for _label, _finding in (("评价人", "reviewer-missing"), ("评价人单位", "unit-missing"),
                         ("是否中共党员", "membership-missing"), ("评价日期", "date-missing")):
    fault()(blank_field(_label, _finding))


@fault()
def not_a_member(form, rng):
    form.fields["是否中共党员"] = "否"
    form.expect("not-a-member", ("field", "是否中共党员"))


@fault()
def recused_by_unit(form, rng):
    form.unit = form.society + rng.choice(("党委", "理事会党委", "", "秘书处", "党支部"))
    form.expect("recused", ("field", "评价人单位"))


@fault()
def recused_by_tick(form, rng):
    form.fields["有无应回避情形"] = "有"
    form.expect("recused", ("field", "有无应回避情形"))


@fault()
def date_unreadable(form, rng):
    form.fields["评价日期"] = rng.choice(("八月上旬", "2018年13月40日", "已填", "2018-02-30"))
    form.expect("date-unreadable", ("field", "评价日期"))


@fault()
def outside_stage(form, rng):
    form.date = rng.choice((datetime.date(2018, 7, 31), datetime.date(2018, 8, 31), datetime.date(2018, 9, 12), datetime.date(2017, 8, 15)))
    form.expect("outside-stage", ("field", "评价日期"))


@fault()
def two_faults(form, rng):
    """Several faults of different kinds on one form."""
    write_bonus(form, "8.2", 70, "over-cap")
    write_bonus(form, "9.1", None, "not-scored")
    form.points["8.4"][0] = Fraction(17)
    form.expect("unattainable", ("bonus", "8.4"), "8.4")
    form.fields["评价日期"] = None
    form.expect("date-missing", ("field", "评价日期"))


# ── Formats ──────────────────────────────────────────────────────────────────────────────


def csv_filter(separator: str, charset: int) -> str:
    return f"csv:Text - txt - csv (StarCalc):{ord(separator)},34,{charset},1,,0,false,true,false,false,false,0"


# format: (file ending, soffice filter or None for openpyxl's own file)
FORMATS = {
    "openpyxl": ("xlsx", None),
    "xlsx": ("xlsx", "xlsx:Calc MS Excel 2007 XML"),
    "xlsm": ("xlsm", "xlsm:Calc MS Excel 2007 VBA XML"),
    "xls": ("xls", "xls:MS Excel 97"),
    "ods": ("ods", "ods:calc8"),
    "fods": ("fods", "fods:OpenDocument Spreadsheet Flat XML"),
    "csv": ("csv", csv_filter(",", 76)),
    "csv;": ("csv", csv_filter(";", 76)),
    "csv-gb": ("csv", csv_filter(",", 85)),  # GB18030
    "tsv16": ("csv", csv_filter("\t", 76)),  # recoded to UTF-16 with a mark
}
WRONG_ENDINGS = {"xls": ("xlsx", "et"), "csv": ("xls",), "ods": ("xlsx",), "fods": ("xls",), "xlsx": ("xls",), "csv-gb": ("xls",)}


class Office:
    """Collects workbooks and saves them all, one soffice call per format."""

    def __init__(self, work: Path):
        self.work, self.jobs, self.count = work, defaultdict(list), 0
        self.stage = work / "stage"

    def add(self, book, kind: str, target: Path):
        self.count += 1
        target.parent.mkdir(parents=True, exist_ok=True)
        if FORMATS[kind][1] is None:
            book.save(target)
            return
        folder = self.stage / kind.replace(";", "_")
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / f"{self.count:05d}.xlsx"
        book.save(source)
        self.jobs[kind].append((source, target))

    def save_all(self):
        for kind, jobs in self.jobs.items():
            ending, convert = FORMATS[kind]
            out = self.stage / (kind.replace(";", "_") + "-out")
            out.mkdir(exist_ok=True)
            subprocess.run(
                ["soffice", f"-env:UserInstallation={(self.work / 'profile').as_uri()}", "--headless", "--convert-to",
                 convert, "--outdir", str(out), *(str(source) for source, _ in jobs)],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for source, target in jobs:
                made = out / f"{source.stem}.{ending}"
                if kind == "tsv16":
                    made.write_bytes(made.read_text("utf-8").encode("utf-16"))
                shutil.move(made, target)
        self.jobs.clear()
        shutil.rmtree(self.stage, ignore_errors=True)


def compound_file(streams: dict) -> bytes:
    """A minimal OLE2 container, for the shape of a workbook encrypted by Excel (streams of 4096 bytes and more)."""
    sector, end, free, fat_mark = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    fat, body, entries = [fat_mark, end], [], []

    def entry(name, kind, child, start, size, right=free):
        raw = name.encode("utf-16-le")
        return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, free, right, child)
                + b"\0" * 36 + struct.pack("<IQ", start, size))

    items = sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper()))
    for number, (name, data) in enumerate(items):
        start, count = len(fat), -(-len(data) // sector)
        fat += [start + i + 1 for i in range(count - 1)] + [end]
        body.append(data.ljust(count * sector, b"\0"))
        entries.append(entry(name, 2, free, start, len(data), number + 2 if number + 1 < len(items) else free))
    directory = entry("Root Entry", 5, 1, end, 0) + b"".join(entries)
    header = (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
              + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + b"\xff" * (108 * 4))
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(sector, b"\xff")
    return header + table + directory.ljust(sector, b"\0")[:sector] + b"".join(body)


# ── Filling a round ──────────────────────────────────────────────────────────────────────


class Round:
    def __init__(self, name, work: Path, blanks: Path, rng: random.Random, office: Office):
        self.name, self.rng, self.office = name, rng, office
        self.folder = work / name / "in"
        self.folder.mkdir(parents=True)
        self.blanks = {path.stem: path for path in blanks.rglob("*.xlsx")}
        self.forms, self.loose, self.used = [], [], set()
        self.peers = ()
        self.ineligible, self.reviewers = set(), None  # reviewers: list of dicts when the round has a list
        self.general = []  # findings about no file: (name, society, reviewer)
        self.kinds = list(FORMATS)
        self.turn = 0

    def next_format(self, only=None):
        kinds = [k for k in self.kinds if only is None or k in only]
        self.turn += 1
        return kinds[self.turn % len(kinds)]

    def reviewer_for(self, society):
        # One name at two units may be one person, who would have to be asked about: a fault of its own, not a habit.
        taken = {f.reviewer for f in self.forms if society in (f.society, f.mistaken)}
        while True:
            person = (self.rng.choice("赵钱孙李周吴郑王冯陈褚卫") + self.rng.choice("建国志强晓明海燕丽华春生玉兰"), self.rng.choice(UNITS))
            if person[0] not in taken:
                return person

    def new_form(self, society, kind=None, generous=None) -> Form:
        rng = self.rng
        reviewer, unit = self.reviewer_for(society)
        form = Form(society, reviewer, unit, format=kind or self.next_format(), seed=rng.randrange(1 << 32))
        form.points = random_points(rng, True, rng.choice((0.2, 0.5, 0.8)) if generous is None else generous)
        form.date = STAGE[0] + datetime.timedelta(days=rng.randint(0, 29))
        self.forms.append(form)
        return form

    def place(self, form: Form, ending=None):
        """Gives the form a file name nobody else has."""
        rng = self.rng
        ending = ending or FORMATS[form.format][0]
        own = form.society
        stem = form.name or rng.choice((own, f"{own}-{form.reviewer}", f"评价表{rng.randint(1, 999)}", f"{own}党组织评价表", f"初评-{rng.randint(1, 99)}"))
        if not form.attributed and not form.name:
            stem = f"评价表{rng.randint(1, 999)}"
        folder = rng.choice((f"第{form.group}组-{LEAD[form.group]}", f"收件{rng.randint(1, 3)}", "")) + "/"
        number, path = 1, f"{folder}{stem}.{ending}".lstrip("/")
        while path.lower() in self.used:
            number += 1
            path = f"{folder}{stem}({number}).{ending}".lstrip("/")
        self.used.add(path.lower())
        form.path = path

    def write(self, form: Form, ending=None):
        book = openpyxl.load_workbook(self.blanks[form.society])
        fill(form, book.active)
        self.place(form, ending)
        self.office.add(book, form.format, self.folder / form.path)
        if form.format in CSV:
            form.sheet = ""

    def finish_star(self, form: Form):
        if form.star is None and self.rng.random() < 0.7:
            form.star = form.own_star()

    def clean(self, society, kind=None, harmless=True, generous=None, base=True) -> Form:
        rng = self.rng
        form = self.new_form(society, kind, generous)
        if not base:
            form.points = random_points(rng, False, 0.5)
        self.finish_star(form)
        if harmless and rng.random() < 0.75:
            odd_writing(form, rng)
        if harmless and rng.random() < 0.3:
            odd_date(form, rng)
        if harmless:
            choices = [s for s, never in STRUCTURES.items() if form.format not in never]
            form.structure = rng.sample(choices, rng.choice((0, 1, 1, 2)))
            form.label = "harmless: " + ", ".join(s.__name__ for s in form.structure)
        ending = None
        if harmless and rng.random() < 0.15 and form.format in WRONG_ENDINGS:
            ending = rng.choice(WRONG_ENDINGS[form.format])
        self.write(form, ending)
        return form

    def faulty(self, society, name) -> Form:
        function, only = FAULTS[name]
        form = self.new_form(society, self.next_format(only))
        form.label, form.peers = name, self.peers
        function(form, self.rng)
        self.finish_star(form)
        if self.rng.random() < 0.25 and name not in ("line_deleted", "code_blanked"):
            odd_names = {c for _, c in form.shown} | {e.code for e in form.expected}
            before = dict(form.shown)
            odd_writing(form, self.rng)
            form.shown = {k: v for k, v in form.shown.items() if k in before or k[1] not in odd_names} | before
        if self.rng.random() < 0.25 and not form.structure:
            form.structure.append(self.rng.choice((insert_blank_rows, rename_sheet, swap_columns, insert_column)))
        self.write(form)
        return form

    def twin(self, form: Form, **changes) -> Form:
        """Another file of the same society, reviewer and unit."""
        other = Form(form.society, form.reviewer, form.unit, copy.deepcopy(form.points), dict(form.shown), dict(form.fields),
                     form.date, form.star, form.format, name=form.name, label=form.label, seed=form.seed)
        for key, value in changes.items():
            setattr(other, key, value)
        self.forms.append(other)
        return other


def fill_group_book(round_: Round, group_blank: Path, societies: dict, kind: str):
    """A workbook with one sheet per society; sheets left alone are blank forms."""
    book = openpyxl.load_workbook(group_blank)
    path = f"整组/第{GROUP_OF[next(iter(societies))]}组 汇总.{FORMATS[kind][0]}"
    round_.used.add(path.lower())
    for ws in list(book.worksheets):
        try:
            cells = locate(ws)
        except StopIteration:
            continue
        name = ws.cell(*cells["field", "学会名称"]).value
        form = societies.get(name)
        if form is None:
            round_.loose.append(("blank-form", path, ws.title))
            continue
        form.path = path
        fill(form, ws)
    round_.office.add(book, kind, round_.folder / path)


def first_round(work, blanks, group_blanks, rng, office, wanted) -> Round:
    round_ = Round("round1", work, blanks, rng, office)
    names = list(GROUP_OF)
    rng.shuffle(names)
    missing, held_only, rest = names[:2], names[2:6], names[6:]
    round_.general += [("society-without-form", name, None) for name in missing]

    poor = rest[0]  # all deductions, nothing else: below nought counts as nought
    for name in rest[1:]:  # so that every one of them has something that counts
        for _ in range(rng.choice((1, 1, 2, 3))):
            round_.clean(name)
    form = round_.new_form(poor)
    form.points = {c: [Fraction(0), Fraction(max(line[4]))] for c, line in LINES.items()}
    form.label = "below nought"
    round_.write(form)
    for name in rest[1:4]:  # reviewers who disagree on the base lines
        round_.clean(name, base=False)
    rich = round_.new_form(rest[4])
    rich.points = {c: [Fraction(line[1]), Fraction(0)] for c, line in LINES.items()}
    rich.label = "all points"
    round_.write(rich)

    round_.peers = tuple(rest)
    holders = ("over_cap_bonus", "not_scored", "not_a_member", "line_twice", "recused_by_tick", "error_value", "excluded_by")
    for name in held_only:
        round_.faulty(name, rng.choice(holders))
    faults = list(FAULTS)
    rng.shuffle(faults)
    while len(round_.forms) < wanted or faults:
        if not faults:
            faults = rng.sample(list(FAULTS), len(FAULTS))
        name = faults.pop()
        choices = [s for s in rest if sum(f.society == s for f in round_.forms) < 8]
        round_.faulty(rng.choice(choices or rest), name)

    # Versions and copies.
    for newer_fault in (None, "over_cap_bonus"):
        old = round_.new_form(rng.choice(rest))
        old.date, old.label = datetime.date(2018, 8, 5), "older version"
        new = round_.twin(old, date=datetime.date(2018, 8, 20), label="newer version", format=round_.next_format())
        new.points["9.1"][0] = (old.points["9.1"][0] + 5) % 55
        if newer_fault:
            FAULTS[newer_fault][0](new, rng)
        old.expect("superseded")
        old.state = "superseded"
        for form in (old, new):
            round_.write(form)
    for missing_date in (False, True):
        one = round_.new_form(rng.choice(rest))
        one.label = "conflicting versions"
        two = round_.twin(one, format=round_.next_format())
        two.points["8.1"][0] = (one.points["8.1"][0] + 7) % 51
        if missing_date:
            two.fields["评价日期"] = None
            two.expect("date-missing", ("field", "评价日期"))
        for form in (one, two):
            form.expect("conflicting-versions")
            round_.write(form)
    for suffix in ("(1)", " - 副本", "最终版"):
        one = round_.new_form(rng.choice(rest))
        one.pair = one.label = f"copy {suffix}"
        one.name = one.society
        two = round_.twin(one, name=one.society + suffix, pair=one.pair, format=round_.next_format())
        if suffix == "最终版":  # the same points, written otherwise
            two.shown = {("deduction", c): 0 if not d else f"-{d}" for c, (_, d) in one.points.items() if LINES[c][2]}
            one.shown = {("deduction", c): None if not d else as_number(d) for c, (_, d) in one.points.items() if LINES[c][2]}
        for form in (one, two):
            round_.write(form)
        round_.loose.append(("identical-copy", {one.path, two.path}, None))
    one = round_.new_form(rng.choice(rest[5:]))
    one.reviewer, one.label = "司马相如", "same lines"
    other = round_.new_form(rng.choice([s for s in rest[5:] if s != one.society]))
    other.reviewer, other.unit, other.label = one.reviewer, one.unit, one.label
    other.points = copy.deepcopy(one.points)
    other.shown = {("deduction", c): as_number(d) if d or rng.random() < 0.5 else None for c, (_, d) in one.points.items() if LINES[c][2]}
    for form in (one, other):
        form.expect("same-lines-as-another-society")
        round_.write(form)

    # Several forms in one workbook.
    for kind, group in zip(("xlsx", "ods", "xls"), rng.sample((1, 2, 3, 4, 5, 6), 3)):
        members = [s for s in rest[1:] if GROUP_OF[s] == group]
        sheets = {}
        for n, name in enumerate(rng.sample(members, min(3, len(members)))):
            form = round_.new_form(name, kind)
            form.label = "group workbook"
            if n == 1:
                form.label = "group workbook, faulty"
                FAULTS[rng.choice(("not_scored", "over_cap_bonus", "unattainable", "reviewer_missing"))][0](form, rng)
            if n == 2:
                odd_writing(form, rng)
            sheets[name] = form
        if sheets:
            fill_group_book(round_, group_blanks[group], sheets, kind)

    office.save_all()
    strays(round_, rng)
    return round_


def strays(round_: Round, rng):
    """Files that are no forms, or cannot be read."""
    folder = round_.folder / "杂"
    folder.mkdir(exist_ok=True)
    by_kind = {}
    for form in round_.forms:
        by_kind.setdefault(form.format, round_.folder / form.path)
    for kind in ("xlsx", "ods", "xls", "openpyxl"):
        data = by_kind[kind].read_bytes()
        name = f"杂/坏文件-{kind}.{FORMATS[kind][0]}"
        (round_.folder / name).write_bytes(data[: len(data) // 2])
        round_.loose.append(("unreadable", name, None))
    locked = compound_file({"EncryptionInfo": bytes(5000), "EncryptedPackage": bytes(range(256)) * 40})
    (folder / "加密.xlsx").write_bytes(locked)
    round_.loose.append(("encrypted", "杂/加密.xlsx", None))
    with zipfile.ZipFile(by_kind["ods"]) as source, zipfile.ZipFile(folder / "加密.ods", "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "content.xml":
                data = bytes(rng.randrange(256) for _ in range(3000))
            if item.filename == "META-INF/manifest.xml":
                lock = (b'<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="AAAA">'
                        b'<manifest:algorithm manifest:algorithm-name="Blowfish CFB" manifest:initialisation-vector="AAAA"/>'
                        b'</manifest:encryption-data></manifest:file-entry>')
                data = re.sub(rb'(<manifest:file-entry [^>]*full-path="content.xml"[^>]*?)/>', rb'\1 manifest:size="9">' + lock, data)
            target.writestr(item.filename, data)
    round_.loose.append(("encrypted", "杂/加密.ods", None))
    (folder / "~$中国地质学会.xlsx").write_bytes(b"\x05user".ljust(165, b" "))
    (folder / "通知.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    round_.loose += [("skipped", "杂/~$中国地质学会.xlsx", None), ("unmatched-scan", "杂/通知.pdf", None)]
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.active.append(["张三", "010-1"])
    book.save(folder / "通讯录.xlsx")
    (folder / "通讯录.csv").write_text("姓名,电话\n张三,010-1\n", "utf-8")
    round_.loose += [("not-a-form", "杂/通讯录.xlsx", None), ("not-a-form", "杂/通讯录.csv", None)]
    name = rng.choice(list(round_.blanks))
    shutil.copy(round_.blanks[name], folder / f"{name}.xlsx")
    round_.loose.append(("blank-form", f"杂/{name}.xlsx", "评价表"))


SOCIETY_LIST = "组号 牵头联系单位 学会名称 别名 原则上必须参评 上年度年检结论 通报批评 停业整顿 处罚期至".split()
REVIEWER_LIST = "姓名 单位 组号 是否中共党员 应回避的学会 邮箱".split()


def second_round(work, blanks, rng, office) -> Round:
    """A year folder with facts of its own, and reviewers on a list."""
    round_ = Round("round2", work, blanks, rng, office)
    round_.kinds = ["openpyxl", "xlsx", "openpyxl", "ods", "csv"]
    year = round_.folder.parent / "年度"
    year.mkdir()
    names = list(GROUP_OF)
    rng.shuffle(names)
    facts = {names[0]: (5, "基本合格"), names[1]: (5, "不合格"), names[2]: (6, "未整改"), names[3]: (7, "未整改"),
             names[4]: (8, datetime.date(2018, 12, 31))}
    round_.ineligible = set(facts)
    harmless = {names[5]: (5, "合格"), names[6]: (6, "已整改"), names[7]: (8, datetime.date(2018, 7, 1)), names[8]: (4, "是")}
    met, never = names[9], names[10]
    aliases = {met: f"{met[2:]}、{met}总会", never: f"{never}旧称"}
    book = openpyxl.Workbook()
    book.active.append(SOCIETY_LIST)
    for society, group in GROUP_OF.items():
        row = [group, LEAD[group], society, aliases.get(society)] + [None] * 5
        for table in (facts, harmless):
            if society in table:
                row[table[society][0]] = table[society][1]
        book.active.append(row)
    book.save(year / "学会名单.xlsx")
    round_.general += [("society-ineligible", name, None) for name in round_.ineligible]
    round_.loose.append(("alias-never-met", None, None))

    people = []
    for group in SOCIETIES:
        members = [s for s in GROUP_OF if GROUP_OF[s] == group]
        for n in range(3):
            people.append({"name": f"{'赵钱孙李周吴郑'[group - 1]}{'一二三'[n]}", "unit": rng.choice(UNITS), "group": group,
                           "conflicts": [rng.choice(members)] if n == 1 else []})
    insider = people[0]  # belongs to a society of the group that he reviews
    insider["unit"] = next(s for s in GROUP_OF if GROUP_OF[s] == insider["group"] and s != met) + "党委"
    silent = people[7]
    stranger = people[10]
    rows = [REVIEWER_LIST]
    for person in people:
        conflicts = "、".join(person["conflicts"] + (["中国不存在学会"] if person is stranger else []))
        rows.append([person["name"], person["unit"], str(person["group"]), "是", conflicts])
    (year / "评价人名单.csv").write_text("".join(",".join(row) + "\n" for row in rows), "utf-8-sig")
    round_.general.append(("conflict-with-unknown", None, None))
    round_.reviewers = people
    round_.year = year

    def recused(person, society):
        return society in person["conflicts"] or person["unit"].startswith(society)

    alias_written = False
    owing = rng.choice([s for s in names[11:] if s != names[11] and GROUP_OF[s] != silent["group"]])
    for person in people:
        if person is silent:
            continue
        for society in (s for s in GROUP_OF if GROUP_OF[s] == person["group"]):
            if society == owing:
                continue
            by_conflict = society in person["conflicts"]
            if recused(person, society) and rng.random() < 0.5 and not by_conflict:
                continue
            form = round_.new_form(society)
            form.reviewer, form.unit = person["name"], person["unit"]
            if recused(person, society):
                form.label = "recused by the list" if by_conflict else "recused by unit"
                form.expect("recused", ("field", "评价人单位"))
            elif society == met and not alias_written:
                form.fields["学会名称"], form.label, alias_written = met[2:], "society by alias", True
            round_.write(form)
    round_.general.append(("society-without-form", owing, None))
    for person in people:  # what is due and did not come: each pair within a group, not of a society refused anyway
        for society in (s for s in GROUP_OF if GROUP_OF[s] == person["group"] and s not in round_.ineligible):
            if (person is silent or society == owing) and not recused(person, society):
                round_.general.append(("reviewer-without-form", society, person["name"]))
    # Recused through an alias; a reviewer nobody listed.
    form = round_.new_form(met)
    form.unit, form.label = f"{met}总会党委", "recused by alias"
    form.expect("recused", ("field", "评价人单位"))
    form.expect("reviewer-unlisted", ("field", "评价人"))
    round_.write(form)
    form = round_.new_form(names[11])
    form.reviewer, form.label = "欧阳修", "unlisted"
    form.expect("reviewer-unlisted", ("field", "评价人"))
    round_.write(form)
    office.save_all()
    return round_


# ── What must come out ───────────────────────────────────────────────────────────────────


class Tally:
    def __init__(self):
        self.passed, self.failed = 0, 0

    def check(self, good, message):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAIL", message)
        return good

    def equal(self, what, got, want):
        return self.check(got == want, f"{what}: got {got!r}, want {want!r}")


def aggregate(forms):
    """The mean of each line, exactly."""
    lines = {}
    for code in LINES:
        lines[code] = tuple(sum((f.points[code][side] for f in forms), Fraction(0)) / len(forms) for side in (0, 1))
    return lines


def compare_societies(tally: Tally, round_: Round, results, duplicates):
    where = round_.name
    got = {s["name"]: s for s in results["societies"]}
    tally.equal(f"{where} societies", set(got), set(GROUP_OF))
    mine = {}
    unclear = {f.society for f in round_.forms if not f.attributed}
    unclear |= {f.mistaken for f in round_.forms}
    for society in GROUP_OF:
        forms = [f for f in round_.forms if f.society == society and f.attributed]
        counted = [f for f in forms if f.state == "counted" and f not in duplicates]
        entry = {"counted": counted, "forms": forms}
        if society in round_.ineligible:
            entry["state"] = "ineligible"
        else:
            entry["state"] = "ranked" if counted else "held" if forms else "missing"
        if counted:
            lines = aggregate(counted)
            bonus = sum((b for b, _ in lines.values()), Fraction(0))
            deduction = sum((d for _, d in lines.values()), Fraction(0))
            total = max(Fraction(0), half_up(bonus - deduction))
            entry |= {"lines": lines, "bonus": bonus, "deduction": deduction, "total": total}
        mine[society] = entry
    ranked = [s for s, e in mine.items() if e["state"] == "ranked"]

    def rank(society, among):
        return 1 + sum(mine[o]["total"] > mine[society]["total"] for o in among if o != society)

    for society, entry in mine.items():
        have = got.get(society)
        if have is None:
            continue
        at = f"{where} {society}"
        tally.equal(f"{at} state", have["state"], entry["state"])
        tally.equal(f"{at} group", have["group"], GROUP_OF[society])
        tally.equal(f"{at} forms_counted", have["forms_counted"], len(entry["counted"]))
        tally.equal(f"{at} forms_due", have["forms_due"], forms_due(round_, society))
        if society not in unclear:
            # A form that waits, or one that is due and has not been counted, makes a total provisional.
            held = any(f.state == "held" for f in entry["forms"])
            owed = any(kind == "reviewer-without-form" and of == society for kind, of, _ in round_.general)
            tally.equal(f"{at} provisional", have["provisional"], entry["state"] == "ranked" and (held or owed))
        if entry["state"] == "ranked":
            peers = [s for s in ranked if GROUP_OF[s] == GROUP_OF[society]]
            tally.equal(f"{at} rank", have["rank"], rank(society, ranked))
            tally.equal(f"{at} tied", have["tied"], sum(mine[s]["total"] == entry["total"] for s in ranked) > 1)
            tally.equal(f"{at} rank_in_group", have["rank_in_group"], rank(society, peers))
            tally.equal(f"{at} would_be_rank", have["would_be_rank"], None)
        else:
            tally.equal(f"{at} rank", (have["rank"], have["rank_in_group"]), (None, None))
            want = rank(society, ranked) if entry["state"] == "ineligible" and entry["counted"] else None
            tally.equal(f"{at} would_be_rank", have["would_be_rank"], want)
        if not entry["counted"]:
            tally.equal(f"{at} nothing counted", (have["total"], have["stars"], have["grade"]), (None, None, None))
            continue
        stars = stars_of(entry["total"])
        tally.equal(f"{at} total", have["total"], printed(entry["total"]))
        tally.equal(f"{at} stars", have["stars"], stars)
        tally.equal(f"{at} grade", have["grade"], grade_of(stars))
        tally.equal(f"{at} bonus", have["bonus"], printed(entry["bonus"]))
        tally.equal(f"{at} deduction", have["deduction"], printed(entry["deduction"]))
        tally.equal(f"{at} has_base", have["has_base"], sum(entry["lines"][c][0] for c in BASE) == 200)
        parts = {str(p): printed(sum((b - d for c, (b, d) in entry["lines"].items() if LINES[c][0] == p), Fraction(0))) for p in PARTS}
        tally.equal(f"{at} parts", {p["id"]: p["points"] for p in have["parts"]}, parts)
        lines = {c: (printed(b), printed(d)) for c, (b, d) in entry["lines"].items()}
        tally.equal(f"{at} lines", {x["code"]: (x["bonus"], x["deduction"]) for x in have["lines"]}, lines)
        stars_said = Counter(f.star for f in entry["counted"] if f.star is not None)
        tally.equal(f"{at} recommended", {r["stars"]: r["forms"] for r in have["recommended"]}, dict(stars_said))


def forms_due(round_: Round, society) -> int:
    if society in round_.ineligible:
        return 0
    if round_.reviewers is None:
        return 1
    return sum(p["group"] == GROUP_OF[society] and society not in p["conflicts"] and not p["unit"].startswith(society)
               for p in round_.reviewers)


def compare_forms(tally: Tally, round_: Round, results):
    """Every form: state, points and cells. Returns the forms of mine that were set aside as copies."""
    where, duplicates = round_.name, []
    got = defaultdict(list)
    for entry in results["forms"]:
        got[entry["file"], entry["sheet"] or ""].append(entry)
    pairs = defaultdict(list)
    for form in round_.forms:
        at = f"{where} {form.path} [{form.label}; {form.format}]"
        found = got.pop((form.path, form.sheet), [])
        if not tally.check(len(found) == 1, f"{at}: {len(found)} forms in results, sheet {form.sheet!r}"):
            continue
        have = found[0]
        if form.pair:
            pairs[form.pair].append((form, have["state"]))
            if have["state"] == "duplicate":
                duplicates.append(form)
        else:
            want = "ineligible" if form.society in round_.ineligible and form.state == "counted" else form.state
            tally.equal(f"{at} state", have["state"], want)
        if form.attributed:
            tally.equal(f"{at} society", (have["society"], have["group"]), (form.society, form.group))
        for key, label, want in (("reviewer", "评价人", form.reviewer), ("unit", "评价人单位", form.unit)):
            if label not in form.fields:
                tally.equal(f"{at} {key}", have[key], want)
        if not {e.name for e in form.expected} & {"date-missing", "date-unreadable"}:
            tally.equal(f"{at} date", have["date"], form.date.isoformat())
        tally.equal(f"{at} recommended", have["recommended"], form.star)
        if form.state != "counted":
            continue
        bonus = sum((b for b, _ in form.points.values()), Fraction(0))
        deduction = sum((d for _, d in form.points.values()), Fraction(0))
        # A form's own numbers are shown as they are; rounded ones are let pass too.
        for key, want in (("bonus", bonus), ("deduction", deduction), ("total", bonus - deduction)):
            tally.check(Fraction(have[key]) in (want, half_up(want)), f"{at} {key}: got {have[key]}, want {printed(want)}")
        tally.equal(f"{at} codes", [x["code"] for x in have["lines"]], list(LINES))
        for x in have["lines"]:
            for key, want in zip(("bonus", "deduction"), form.points.get(x["code"], ())):
                tally.check(Fraction(x[key]) in (want, half_up(want)), f"{at} {x['code']} {key}: got {x[key]}, want {printed(want)}")
        cells = {x["code"]: x for x in have["lines"]}
        for code, (_, cap, floor_, _, _) in LINES.items():
            for side, limit, index in (("bonus", cap, 0), ("deduction", floor_, 1)):
                if limit and (index == 0 or form.points[code][1]):
                    tally.equal(f"{at} {code} {side}_cell", cells[code][f"{side}_cell"], a1(form.cells[side, code]))
    for tag, members in pairs.items():
        tally.equal(f"{where} {tag}", Counter(state for _, state in members), Counter(counted=1, duplicate=len(members) - 1))
        if not {form for form, state in members if state == "duplicate"}:
            duplicates += [form for form, _ in members[1:]]  # as it should be, so that one fault is not told many times
    blank = {(path, sheet) for name, path, sheet in round_.loose if name == "blank-form"}
    for key, entries in got.items():
        tally.check(key in blank and entries[0]["state"] == "blank", f"{where} unexpected form {key}: {entries[0]['state']}")
    return duplicates


def compare_findings(tally: Tally, round_: Round, results):
    where, wanted, lines = round_.name, Counter(), {}
    notes = []
    labels = {}
    for form in round_.forms:
        for e in form.expected:
            cell = a1(form.cells[e.key]) if e.key else ""
            # Whoever must stand aside is asked for nothing else: the rest is worth knowing, no more.
            severity = "note" if form.state == "recused" and SEVERITY[e.name] == "warning" else SEVERITY[e.name]
            key = (e.name, severity, form.path, form.sheet, cell)
            labels[form.path, form.sheet] = f"[{form.label}; {form.format}]"
            if severity == "note":
                notes.append(key[:1] + key[2:4])
            else:
                wanted[key] += 1
                lines[key] = e.code
        labels.setdefault((form.path, form.sheet), f"[{form.label}; {form.format}]")
    for name, path, sheet in round_.loose:
        if SEVERITY[name] == "note":
            notes.append((name, path, sheet))
        else:
            wanted[name, SEVERITY[name], path, sheet or "", ""] += 1
    got, general = Counter(), Counter()
    recused = {(form.path, form.sheet) for form in round_.forms if form.state == "recused"}
    for f in results["findings"]:
        known = SEVERITY.get(f["name"], f["severity"])
        is_aside = f["severity"] == "note" and (f["file"] or "", f["sheet"] or "") in recused
        tally.check(known == f["severity"] or is_aside, f"{where} severity of {f['name']}: {f['severity']}")
        tally.check(f["message"] and "\n" not in f["message"], f"{where} message of {f['name']}: {f['message']!r}")
        if f["severity"] == "note":
            continue
        if f["name"] in ("society-without-form", "society-ineligible", "reviewer-without-form", "conflict-with-unknown"):
            general[f["name"], None if f["name"] == "conflict-with-unknown" else f["society"],
                    f["reviewer"] if f["name"] == "reviewer-without-form" else None] += 1
            continue
        key = (f["name"], f["severity"], f["file"] or "", f["sheet"] or "", f["cell"] or "")
        got[key] += 1
        if lines.get(key):
            tally.equal(f"{where} line of {key}", f["line"], lines[key])
    for key in sorted(set(wanted) | set(got)):
        label = labels.get((key[2], key[3]), next((v for k, v in labels.items() if k[0] == key[2]), ""))
        kind = "missing" if wanted[key] > got[key] else "not injected" if got[key] > wanted[key] else ""
        tally.check(not kind, f"{where} finding {kind}: {' '.join(key)} {label} (want {wanted[key]}, got {got[key]})")
    want = Counter(round_.general)
    for key in sorted(set(want) | set(general), key=str):
        tally.equal(f"{where} finding {' '.join(map(str, key))}", general[key], want[key])
    have = [(f["name"], f["file"], f["sheet"] or "") for f in results["findings"] if f["severity"] == "note"]
    for name, path, sheet in notes:
        paths = path if isinstance(path, set) else {path}
        found = any(n == name and (path is None or p in paths) and (not sheet or s == sheet) for n, p, s in have)
        tally.check(found, f"{where} note missing: {name} {path} {sheet}")


# ── Running ──────────────────────────────────────────────────────────────────────────────


def run(binary, *arguments):
    done = subprocess.run([str(binary), *map(str, arguments)], capture_output=True, text=True, timeout=300)
    return done


def shuffled_copy(source: Path, target: Path, rng):
    files = [p for p in source.rglob("*") if p.is_file()]
    rng.shuffle(files)
    for path in files:
        copy_ = target / path.relative_to(source)
        copy_.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy_)


def tree(folder: Path):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def judge_round(tally: Tally, binary, round_: Round, rng):
    base = round_.folder.parent
    extra = ["--scheme", round_.year] if hasattr(round_, "year") else []
    done = run(binary, "consolidate", round_.folder, "-o", base / "out", "--jobs", 1, "--quiet", *extra)
    errors = any(SEVERITY[e.name] == "error" for f in round_.forms for e in f.expected)
    errors = errors or any(SEVERITY[name] == "error" for name, _, _ in round_.loose)
    tally.check(done.returncode == int(errors), f"{round_.name} exit status {done.returncode}, want {int(errors)}: {done.stderr[-800:]}")
    results_file = base / "out" / "data" / "results.json"
    if not tally.check(results_file.is_file(), f"{round_.name} wrote no results.json"):
        return
    results = json.loads(results_file.read_text("utf-8"))
    duplicates = compare_forms(tally, round_, results)
    compare_societies(tally, round_, results, duplicates)
    compare_findings(tally, round_, results)

    shuffled_copy(round_.folder, base / "again" / "in", rng)
    run(binary, "consolidate", base / "again" / "in", "-o", base / "again" / "out", "--jobs", 8, "--quiet", *extra)
    first, second = tree(base / "out"), tree(base / "again" / "out")
    tally.equal(f"{round_.name} again: files", sorted(second), sorted(first))
    for name in first:
        tally.check(second.get(name) == first[name], f"{round_.name} again: {name} differs")


def third_round(tally: Tally, binary, work: Path, first: Round):
    """Clean forms give 0; what cannot work gives 2 and writes nothing."""
    base = work / "round3"
    good = [f for f in first.forms if f.state == "counted" and not f.expected and not f.pair and f.label != "group workbook"][:12]
    for form in good:
        target = base / "in" / form.path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(first.folder / form.path, target)
    done = run(binary, "consolidate", base / "in", "-o", base / "out", "--quiet")
    tally.equal("round3 clean forms: exit status", done.returncode, 0)
    results = json.loads((base / "out/data/results.json").read_text("utf-8"))
    tally.equal("round3 clean forms: counted", sum(f["state"] == "counted" for f in results["forms"]), len(good))
    tally.equal("round3 clean forms: state", results["state"], "draft")

    stray = first.folder / "杂/通讯录.xlsx"
    done = run(binary, "consolidate", base / "in", stray, "-o", base / "named", "--quiet")
    tally.equal("round3 named file that is no form: exit status", done.returncode, 1)
    named = json.loads((base / "named/data/results.json").read_text("utf-8"))
    severities = [f["severity"] for f in named["findings"] if f["name"] == "not-a-form"]
    tally.equal("round3 named file that is no form: severity", severities, ["error"])

    refusals = {
        "a path that is not there": ["consolidate", base / "nowhere"],
        "no form at all": ["consolidate", stray],
        "final while forms are missing": ["consolidate", base / "in", "--final"],
        "unknown option": ["consolidate", base / "in", "--frobnicate"],
    }
    both = base / "两种名单"
    both.mkdir()
    book = openpyxl.Workbook()
    book.active.append(SOCIETY_LIST)
    book.active.append([1, LEAD[1], "中国地质学会"])
    book.save(both / "学会名单.xlsx")
    (both / "学会名单.csv").write_text(",".join(SOCIETY_LIST) + "\n1," + LEAD[1] + ",中国地质学会,,,,,,\n", "utf-8")
    refusals["the same list twice"] = ["consolidate", base / "in", "--scheme", both]
    for number, (what, arguments) in enumerate(refusals.items()):
        target = base / f"refused{number}"
        done = run(binary, *arguments, "-o", target)
        tally.equal(f"round3 {what}: exit status", done.returncode, 2)
        tally.check(not target.exists(), f"round3 {what}: something was written")
        tally.check(done.stderr.strip(), f"round3 {what}: says nothing")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bin", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forms", type=int, default=170, help="about how many forms in the first round")
    parser.add_argument("--keep", type=Path, help="work here and keep everything")
    arguments = parser.parse_args()
    started = time.time()
    rng = random.Random(arguments.seed)
    if arguments.keep:
        shutil.rmtree(arguments.keep, ignore_errors=True)
        arguments.keep.mkdir(parents=True)
    holder = None if arguments.keep else tempfile.TemporaryDirectory()
    work = (arguments.keep or Path(holder.name)).resolve()
    tally = Tally()

    for extra, folder in (([], "blank"), (["--per-group"], "blank-groups")):
        done = run(arguments.bin, "forms", "-o", work / folder, *extra)
        tally.check(done.returncode == 0, f"forms {extra}: exit status {done.returncode} {done.stderr}")
    blanks, by_group = work / "blank", {}
    tally.equal("blank forms", sorted(p.stem for p in blanks.rglob("*.xlsx")), sorted(GROUP_OF))
    for path in (work / "blank-groups").rglob("*.xlsx"):
        by_group[int(re.search(r"第(\d+)组", str(path.relative_to(work)))[1])] = path
    tally.equal("blank group workbooks", sorted(by_group), sorted(SOCIETIES))

    office = Office(work)
    rounds = [first_round(work, blanks, by_group, rng, office, arguments.forms), second_round(work, blanks, rng, office)]
    print(f"{sum(len(r.forms) for r in rounds)} forms made in {time.time() - started:.0f} s, seed {arguments.seed}")
    for round_ in rounds:
        judge_round(tally, arguments.bin.resolve(), round_, rng)
    third_round(tally, arguments.bin.resolve(), work, rounds[0])
    if holder:
        holder.cleanup()
    print(f"{time.time() - started:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
