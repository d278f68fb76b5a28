#!/usr/bin/env python3
"""Makes the samples: samples/2018 (a believable round) and samples/mistakes (a round with honest mistakes).

    cargo build --release
    python3 samples/make.py --bin target/release/xingping

Needs Python 3.11, openpyxl and LibreOffice (soffice); with msoffcrypto-tool the encrypted sample is made anew, without
it the one that is there is kept. Everything starts from the blank forms that `xingping forms` writes; where
things stand on them is found by their labels. The seed and all dates are fixed: the same blanks give the same bytes
from the same versions of these programs.

At the end both samples are checked with the program: samples/2018 must come through without error or
warning, and samples/mistakes must give exactly what samples/mistakes/README.md says, which is written from
what was put in here, not from what the program found. Where they differ, the status is 1 and nothing is hidden.
"""

import argparse
import datetime
import io
import json
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

HERE = Path(__file__).resolve().parent
MARK = "虚构示例数据"
SEED = 65  # 科协社团党发〔2018〕65号
EPOCH = datetime.date(1899, 12, 30)  # day 0 of a spreadsheet
SAVED = datetime.datetime(2018, 8, 31)  # what openpyxl writes as the time of saving


# ── the scheme, as far as made-up points need it (the run over samples/2018 shows whether it is right) ──

@dataclass(frozen=True)
class Line:
    code: str
    bonus: tuple = ()  # attainable values above 0
    deduction: tuple = ()
    needs: str = ""


LINES = [
    Line("1.1", (100,)),
    Line("1.2", (), (30,)),
    Line("1.3", (), (10, 20)),
    Line("1.4", (15, 20, 25), (), "1.1"),
    Line("2.1", (50,), (), "1.1"),
    Line("2.2", (25,), (), "1.1"),
    Line("2.3", (), (25, 50)),
    Line("3.1", (15, 20, 30, 35, 50), (), "1.1"),
    Line("3.2", (20, 40, 50), (), "1.1"),
    Line("3.3", (50,), (), "1.1"),
    Line("3.4", (25,), (), "1.1"),
    Line("3.5", (25,), (), "1.1"),
    Line("4.1", (100,)),
    Line("4.2", (25,), (25,), "4.1"),
    Line("4.3", (25,), (25,), "4.1"),
    Line("5.1", (10, 15, 25)),
    Line("5.2", (25,)),
    Line("6.1", tuple(range(10, 51))),
    Line("7.1", (25, 50)),
    Line("8.1", tuple(range(10, 51))),
    Line("8.2", (20, 30, 40, 50)),
    Line("8.3", (25, 50)),
    Line("8.4", (20, 30, 50)),
    Line("9.1", tuple(range(5, 51, 5))),
    Line("9.2(1)", (25,)),
    Line("9.2(2)", (25,)),
    Line("9.2(3)", (), (50,)),
]
CODES = [line.code for line in LINES]

EVIDENCE = {
    "1.1": "成立批复1份",
    "1.4": "工作小组名册",
    "2.1": "党委工作规则及备案函",
    "2.2": "分支机构党建管理制度",
    "3.1": "年度计划、活动记录、总结",
    "3.2": "党委会会议纪要",
    "3.3": "前置审议记录",
    "3.4": "换届廉政提醒材料",
    "3.5": "走访科技工作者记录",
    "4.1": "支部成立批复",
    "4.2": "备案函1份",
    "4.3": "“三会一课”记录及备案函",
    "5.1": "积极分子培养记录",
    "5.2": "组织关系转接单",
    "6.1": "主题党日活动照片、签到表",
    "7.1": "工会、团组织活动记录",
    "8.1": "“党建强会计划”申报书、总结",
    "8.2": "活动方案及备案邮件",
    "8.3": "培训、会议通知及签到表",
    "8.4": "课题立项书",
    "9.1": "科协网站简讯截图",
    "9.2(1)": "微信群截图",
    "9.2(2)": "工作平台使用记录",
}
REASON = {
    "1.2": "党委委员人数不符合要求",
    "1.3": "纪检委员、组织委员未明确",
    "2.3": "年度全面报告未按时报送",
    "4.2": "成立支部但未备案",
    "4.3": "未按要求备案",
    "9.2(3)": "党建联系人变更未及时通报",
}


# ── what a form says ──

@dataclass
class Filling:
    """What is to be filled in. Points are numbers, or anything else a cell can hold (see `cell_xml`)."""
    society: str
    reviewer: str
    unit: str
    date: object
    bonus: dict = field(default_factory=dict)
    deduction: dict = field(default_factory=dict)
    evidence: dict = field(default_factory=dict)
    remark: dict = field(default_factory=dict)
    member: str = "是"
    recusal: str = "无"
    mode: str = "非现场"
    recommended: str = ""
    opinion: str = ""
    other: dict = field(default_factory=dict)  # further cells: {reference: value}


CLEARED = object()  # a cell of the blank form, emptied


class Formula(str):
    """A formula without a stored result, as programs write it that compute nothing."""


class Error(str):
    """A formula whose result is an error value."""


@dataclass(frozen=True)
class Typed:
    """A date in a cell, as a spreadsheet turns 5-10 into 5月10日."""
    day: datetime.date


def number(value):
    """What the spreadsheet's own sums see in a cell."""
    return value if isinstance(value, (int, float, Decimal)) else 0


def own_total(filling):
    """What the lines add up to, numbers typed as text included."""
    def points(value):
        if isinstance(value, str):
            digits = re.sub(r"\D", "", value.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
            return int(digits or 0)
        return number(value)
    return sum(map(points, filling.bonus.values())) - sum(map(points, filling.deduction.values()))


def stars(total):
    return min(10, max(0, int(total // 100)))


# ── the blank form: where things stand ──

class Layout:
    """Where the parts of the blank form stand, by their labels."""

    FIELDS = ["学会名称", "对口分组", "牵头联系单位", "评价人", "评价人单位", "是否中共党员", "评价日期", "评价方式",
              "有无应回避情形", "推荐星级", "联系电话", "未评项数", "星级预览", "推荐意见", "表单编号（请勿修改）"]

    def __init__(self, blank):
        sheet = openpyxl.load_workbook(blank).active
        self.sheet_name = sheet.title
        merged = {str(one).split(":")[0]: one for one in sheet.merged_cells.ranges}
        text = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        self.text = text
        self.field = {}
        for reference, value in text.items():
            if value in self.FIELDS:
                span = merged.get(reference)
                cell = sheet[reference]
                right = (span.max_col if span else cell.column) + 1
                self.field[value] = sheet.cell(cell.row, right).coordinate
        missing = [label for label in self.FIELDS if label not in self.field]
        assert not missing, f"labels not on the blank form: {missing}"
        self.head_row = next(row for reference, value in text.items() if value == "编号"
                             for row in [int(re.sub(r"\D", "", reference))])
        self.column = {text[reference]: re.sub(r"\d", "", reference) for reference in text
                       if re.sub(r"\D", "", reference) == str(self.head_row)}
        codes = self.column["编号"]
        self.row = {value: int(reference[len(codes):]) for reference, value in text.items()
                    if re.fullmatch(codes + r"\d+", reference) and value in CODES}
        assert list(self.row) == CODES, "the blank form does not have the 27 lines"
        self.subtotals = [int(reference[len(codes):]) for reference, value in text.items()
                          if re.fullmatch(codes + r"\d+", reference) and str(value).endswith("部分小计")]
        self.total = next(int(reference[len(codes):]) for reference, value in text.items()
                          if re.fullmatch(codes + r"\d+", reference) and value == "总分")

    def bonus(self, code):
        return f"{self.column['初评加分']}{self.row[code]}"

    def deduction(self, code):
        return f"{self.column['初评减分']}{self.row[code]}"

    def code(self, code):
        return f"{self.column['编号']}{self.row[code]}"

    def cells(self, filling):
        """Every cell that a person fills in."""
        cells = {
            self.field["评价人"]: filling.reviewer,
            self.field["评价人单位"]: filling.unit,
            self.field["是否中共党员"]: filling.member,
            self.field["评价日期"]: filling.date,
            self.field["评价方式"]: filling.mode,
            self.field["有无应回避情形"]: filling.recusal,
            self.field["推荐星级"]: filling.recommended,
            self.field["推荐意见"]: filling.opinion,
        }
        for code in CODES:
            row = self.row[code]
            cells[self.bonus(code)] = filling.bonus.get(code)
            cells[self.deduction(code)] = filling.deduction.get(code)
            cells[f"{self.column['佐证材料']}{row}"] = filling.evidence.get(code)
            cells[f"{self.column['评分说明']}{row}"] = filling.remark.get(code)
        cells.update(filling.other)
        return {reference: value for reference, value in cells.items() if value not in (None, "")}

    def results(self, filling):
        """What the form's own formulas come to: {cell: number, Error or ""}."""
        results = {}
        net = self.column["初评得分"]
        part, parts, failed, all_failed = [0, 0], [0, 0], [False, False], [False, False]
        rows = {self.row[code]: code for code in CODES}
        for row in range(self.head_row + 1, self.total):
            if row in rows:
                values = filling.bonus.get(rows[row]), filling.deduction.get(rows[row])
                errors = [isinstance(value, Error) for value in values]
                seen = [0 if value is None else cell_number(value) for value in values]
                part = [part[side] + seen[side] for side in (0, 1)]
                failed = [failed[side] or errors[side] for side in (0, 1)]
                if any(errors):
                    results[f"{net}{row}"] = next(value for value in values if isinstance(value, Error))
                elif values == (None, None):
                    results[f"{net}{row}"] = ""
                else:
                    results[f"{net}{row}"] = seen[0] - seen[1]
            elif row in self.subtotals:
                results |= self.sums(row, part, failed)
                parts = [parts[side] + part[side] for side in (0, 1)]
                all_failed = [all_failed[side] or failed[side] for side in (0, 1)]
                part, failed = [0, 0], [False, False]
        results |= self.sums(self.total, parts, all_failed)
        blank = sum(1 for line in LINES if line.bonus and filling.bonus.get(line.code) in (None, ""))
        results[self.field["未评项数"]] = blank
        total = filling.other.get(f"{self.column['初评得分']}{self.total}", parts[0] - parts[1])
        preview = Error("#REF!") if any(all_failed) else stars(total)
        results[self.field["星级预览"]] = preview
        return results

    def sums(self, row, sums, failed):
        bonus, deduction, net = (f"{self.column[name]}{row}" for name in ("初评加分", "初评减分", "初评得分"))
        error = Error("#REF!")
        return {
            bonus: error if failed[0] else sums[0],
            deduction: error if failed[1] else sums[1],
            net: error if any(failed) else sums[0] - sums[1],
        }


def cell_number(value):
    return (value.day - EPOCH).days if isinstance(value, Typed) else number(value)


# ── filling a blank in place: only the cells' values change, everything else stays as the tool wrote it ──

CELL = r'<c r="{}"((?: [a-z]+="[^"]*")*)(?:/>|>(.*?)</c>)'


def cell_xml(reference, attributes, content, value, date_style):
    style = re.search(r' s="\d+"', attributes)
    style = style.group(0) if style else ""
    formula = re.search(r"<f>.*?</f>", content or "")
    formula = formula.group(0) if formula else ""
    if isinstance(value, Error):
        return f'<c r="{reference}"{style} t="e">{formula or "<f>#REF!</f>"}<v>{value}</v></c>'
    if isinstance(value, Typed):
        return f'<c r="{reference}" s="{date_style}"><v>{(value.day - EPOCH).days}</v></c>'
    if isinstance(value, datetime.date):
        return f'<c r="{reference}"{style}><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{reference}"{style} t="inlineStr">{text}</c>'
    return f'<c r="{reference}"{style}><v>{value}</v></c>'


def put(xml, reference, value, date_style, is_result=False):
    pattern = re.compile(CELL.format(reference), re.S)
    found = pattern.search(xml)
    assert found, f"no cell {reference} on the blank form"
    attributes, content = found.group(1), found.group(2)
    if is_result:
        formula = re.search(r"<f>.*?</f>", content or "")
        assert formula, f"no formula in {reference} of the blank form"
        style = re.search(r' s="\d+"', attributes).group(0)
        if isinstance(value, Error):
            new = f'<c r="{reference}"{style} t="e">{formula.group(0)}<v>{value}</v></c>'
        elif value == "":
            new = f'<c r="{reference}"{style} t="str">{formula.group(0)}<v></v></c>'
        else:
            new = f'<c r="{reference}"{style}>{formula.group(0)}<v>{value}</v></c>'
    elif value is CLEARED:
        style = re.search(r' s="\d+"', attributes)
        new = f'<c r="{reference}"{style.group(0) if style else ""}/>'
    else:
        new = cell_xml(reference, attributes, content, value, date_style)
    return xml[:found.start()] + new + xml[found.end():]


def fill_sheet(xml, layout, filling):
    date_style = re.search(CELL.format(layout.field["评价日期"]) , xml, re.S).group(1)
    date_style = re.search(r's="(\d+)"', date_style).group(1)
    for reference, value in layout.results(filling).items():
        xml = put(xml, reference, value, date_style, is_result=True)
    for reference, value in layout.cells(filling).items():
        xml = put(xml, reference, value, date_style)
    return xml


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_zip(path, parts):
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)


def sheet_parts(parts):
    """{sheet name: part name}"""
    workbook = parts["xl/workbook.xml"].decode()
    relations = dict(re.findall(r'<Relationship Id="([^"]+)"[^>]*Target="([^"]+)"',
                                parts["xl/_rels/workbook.xml.rels"].decode()))
    return {name: "xl/" + relations[relation]
            for name, relation in re.findall(r'<sheet name="([^"]+)"[^>]*r:id="([^"]+)"', workbook)}


def fill(blank, target, layout, fillings):
    """Fills the sheets of `blank`, in order, in place."""
    parts = read_zip(blank)
    for part, filling in zip(sheet_parts(parts).values(), fillings, strict=True):
        parts[part] = fill_sheet(parts[part].decode(), layout, filling).encode()
    write_zip(target, parts)


def insert_row(path, at, text):
    """Inserts a row with `text` above row `at`, as a spreadsheet does: all below moves, formulas and ranges too."""
    parts = read_zip(path)

    def shift(reference):
        return re.sub(r"(\$?[A-Z]{1,2}\$?)(\d+)",
                      lambda hit: hit[1] + str(int(hit[2]) + (int(hit[2]) >= at)), reference)

    for part in sheet_parts(parts).values():
        xml = parts[part].decode()
        xml = re.sub(r'(<row r=")(\d+)(")', lambda hit: hit[1] + str(int(hit[2]) + (int(hit[2]) >= at)) + hit[3], xml)
        xml = re.sub(r'( (?:r|ref|sqref|topLeftCell|activeCell)=")([^"]*)(")',
                     lambda hit: hit[1] + (shift(hit[2]) if re.match(r"\$?[A-Z]", hit[2]) else hit[2]) + hit[3], xml)
        xml = re.sub(r"(<(?:f|formula|formula1|formula2)>)(.*?)(</)",
                     lambda hit: hit[1] + shift(hit[2]) + hit[3], xml)
        row = f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c></row>'
        below = re.search(rf'<row r="{at + 1}"', xml)
        xml = xml[:below.start()] + row + xml[below.start():]
        parts[part] = xml.encode()
    workbook = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = re.sub(
        r"(<definedName[^>]*>)(.*?)(</)",
        lambda hit: hit[1] + re.sub(r"\$(\d+)", lambda n: f"${int(n[1]) + (int(n[1]) >= at)}", hit[2]) + hit[3],
        workbook).encode()
    write_zip(path, parts)


def rename_sheet(path, old, new):
    parts = read_zip(path)
    workbook = parts["xl/workbook.xml"].decode()
    workbook = workbook.replace(f'<sheet name="{old}"', f'<sheet name="{new}"')
    workbook = workbook.replace(f">{old}!", f">'{new}'!").replace(f"'{old}'!", f"'{new}'!")
    parts["xl/workbook.xml"] = workbook.encode()
    write_zip(path, parts)


# ── other programs ──

def with_openpyxl(blank, target, layout, filling):
    """Fills a blank with openpyxl, which stores no result of any formula."""
    book = openpyxl.load_workbook(blank)
    sheet = book.active
    for reference, value in layout.cells(filling).items():
        if isinstance(value, Typed):
            sheet[reference].value = value.day
            sheet[reference].number_format = 'm"月"d"日"'
        else:
            sheet[reference].value = str(value) if isinstance(value, (Error, Formula)) else value
    save(book, target)


def save(book, target):
    """openpyxl stamps the time of saving; a fixed one is put in its place."""
    book.properties.created = SAVED
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    parts = read_zip(content)
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + SAVED.strftime("%Y-%m-%dT%H:%M:%SZ").encode(),
        parts["docProps/core.xml"])
    write_zip(target, parts)


LIBRE = {
    "xlsx": ("xlsx", "xlsx:Calc MS Excel 2007 XML"),
    "xls": ("xls", "xls:MS Excel 97"),
    "ods": ("ods", "ods:calc8"),
    "utf8": ("csv", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"),
    "gb18030": ("csv", "csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true,false"),
}


class Libre:
    """LibreOffice, asked once per format for all files."""

    def __init__(self, work):
        self.work = work
        self.jobs = {}

    def add(self, kind, source, target):
        self.jobs.setdefault(kind, []).append((source, target))

    def run(self):
        for kind, jobs in self.jobs.items():
            ending, how = LIBRE[kind]
            source, output = self.work / f"in-{kind}", self.work / f"out-{kind}"
            source.mkdir()
            names = []
            for index, (path, _) in enumerate(jobs):
                names.append(source / f"{index}.xlsx")
                shutil.copyfile(path, names[-1])
            profile = f"-env:UserInstallation={(self.work / 'profile').as_uri()}"
            subprocess.run(["soffice", profile, "--headless", "--convert-to", how, "--outdir", output, *names],
                           check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for index, (_, target) in enumerate(jobs):
                target.parent.mkdir(parents=True, exist_ok=True)
                content = (output / f"{index}.{ending}").read_bytes()
                target.write_bytes(untimed(content))
        self.jobs = {}


def untimed(content):
    """A zip with the time of saving struck out of its directory; all else byte for byte as it was written."""
    if not content.startswith(b"PK"):
        return content
    patched = bytearray(content)
    stamp = struct.pack("<HH", 0, (0 << 9) | (1 << 5) | 1)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        offset = archive.start_dir
        for info in archive.infolist():
            assert content[info.header_offset:][:4] == b"PK\x03\x04" and content[offset:][:4] == b"PK\x01\x02"
            patched[info.header_offset + 10:info.header_offset + 14] = stamp
            patched[offset + 12:offset + 16] = stamp
            lengths = struct.unpack("<HHH", content[offset + 28:offset + 34])
            offset += 46 + sum(lengths)
    return bytes(patched)


# ── believable points ──

def points(rng, target, without=()):
    """Points of one form that come to `target`, all of them attainable."""
    quality = target / 1000
    base_lost = {"1.1": 400, "4.1": 150}
    reach = (target + 30) / (1000 - sum(base_lost[code] for code in without))
    chance = min(1, reach)
    for _ in range(200_000):
        bonus, deduction = {}, {}
        for line in LINES:
            if line.bonus and line.code not in ("6.1", "8.1"):
                if line.code in without or (line.needs and bonus[line.needs] == 0):
                    bonus[line.code] = 0
                elif line.code in base_lost or rng.random() < chance:
                    nearly = [value for value in line.bonus if value >= line.bonus[-1] * (quality - 0.15)]
                    bonus[line.code] = rng.choice(nearly)
                else:
                    bonus[line.code] = 0
            if line.deduction and rng.random() < (1 - quality) * 0.35:
                if line.needs in without or ("1.1" in without and line.code in ("1.2", "1.3")):
                    continue
                if not bonus.get(line.code):
                    deduction[line.code] = line.deduction[0]
        rest = target - sum(bonus.values()) + sum(deduction.values())
        for _ in range(5):
            first = rng.randint(10, 50)
            second = rest - first
            if 10 <= second <= 50 and abs(first - second) <= 25:
                bonus["6.1"], bonus["8.1"] = first, second
                return {code: bonus[code] for code in CODES if code in bonus}, deduction
    raise AssertionError(f"no points found for {target}")


def second_opinion(rng, bonus, target_before, target):
    """Another reviewer's points: the same facts, judged a little differently."""
    bonus = dict(bonus)
    for _ in range(10_000):
        first = bonus["6.1"] + rng.choice([-4, -3, -2, 2, 3, 4])
        second = bonus["8.1"] + target - target_before - (first - bonus["6.1"])
        if 10 <= first <= 50 and 10 <= second <= 50:
            bonus["6.1"], bonus["8.1"] = first, second
            return bonus
    raise AssertionError("no second opinion found")


def describe(rng, filling):
    """佐证材料, 评分说明 and 推荐意见, each marked as made up."""
    for code, value in filling.bonus.items():
        if value and code in EVIDENCE and rng.random() < 0.6:
            filling.evidence[code] = f"示例：{EVIDENCE[code]}"
    for code, value in filling.deduction.items():
        if value:
            filling.remark[code] = f"示例：{REASON[code]}，减{value}分"
    total = own_total(filling)
    filling.recommended = filling.recommended or f"{stars(total)}星"
    filling.opinion = f"{MARK}：分值、文字均为演示所编，不反映任何学会党组织的实际情况。"


# ── samples/2018 ──

UNITS = {
    1: [("甲", "中国农业机械学会党委"), ("乙", "中国标准化协会党委"), ("丙", "中国力学会党委")],
    2: [("丁", "中国防痨协会党委"), ("戊", "中华医学会理事会党委"), ("己", "中国水产学会党委")],
    3: [("庚", "中国化学会党委"), ("辛", "中国力学会党委"), ("壬", "中国水产学会党委")],
    4: [("癸", "中国图书馆学会党委"), ("子", "中国国土经济学会党委"), ("丑", "中国标准化协会党委")],
    5: [("寅", "中国国土经济学会党委"), ("卯", "中国仪器仪表学会党委"), ("辰", "中国防痨协会党委")],
    6: [("巳", "中国航空学会党委"), ("午", "中华医学会理事会党委"), ("未", "中国仪器仪表学会党委")],
    7: [("申", "中国仪器仪表学会党委"), ("酉", "中国航空学会党委"), ("戌", "中国化学会党委")],
}

# society: [(total, how it was written, file name) per reviewer]. {} is the society, {人} the reviewer.
# Ways: tool = the blank filled in place; libre-xlsx, xls, ods, utf8, gb18030 = saved by LibreOffice; openpyxl;
# inserted = filled in place, then rows inserted and the sheet renamed; book = one workbook for the whole group.
TIE, NEAR = 786, 497
ROUND = {
    1: {
        "中国地质学会": [(812, "tool", "{}-{人}.xlsx"), (815, "xls", "{}-{人}.xls")],
        "中国水力发电工程学会": [(TIE, "tool", "{}-{人}.xlsx")],
        "中国能源研究会": [(643, "tool", "{}-{人}.xlsx")],
        "中国作物学会": [(905, "tool", "{}-{人}.xlsx")],
        "中华预防医学会": [(798, "tool", "{}-{人}.xlsx"), (800, "libre-xlsx", "{}-{人}.xlsx"),
                    (801, "openpyxl", "{}-{人}.xlsx")],
    },
    2: {
        "中国细胞生物学学会": [(1000, "libre-xlsx", "{}评价表.xlsx")],
        "中国水利学会": [(871, "libre-xlsx", "{}评价表.xlsx")],
        "中国粮油学会": [(702, "libre-xlsx", "{}评价表（{人}）.xlsx"), (705, "ods", "{}评价表（{人}）.ods")],
        "中国茶叶学会": [(588, "libre-xlsx", "{}评价表.xlsx")],
        "中华口腔医学会": [(734, "tool", "口腔医学会.xlsx")],
    },
    3: {
        "中国环境科学学会": [(915, "xls", "{}.xls")],
        "中国内燃机学会": [(667, "xls", "{}.xls")],
        "中国动力工程学会": [(756, "xls", "{}-{人}.xls"), (749, "xls", "{}-{人}.xls"),
                     (753, "gb18030", "{}-{人}.csv")],
        "中国草学会": [(430, "xls", "{}.xls")],
        "中国卒中学会": [(824, "tool", "{}.xlsx")],
    },
    4: {
        "中国自然资源学会": [(690, "ods", "{}.ods")],
        "中国自动化学会": [(846, "ods", "{}_{人}.ods"), (851, "libre-xlsx", "{}_{人}.xlsx")],
        "中国风景园林学会": [(612, "ods", "{}.ods")],
        "中国植物营养与肥料学会": [(545, "ods", "{}.ods")],
        "中国麻风防治协会": [(NEAR, "tool", "{}.xlsx")],
    },
    5: {
        "中国感光学会": [(523, "gb18030", "{}.csv")],
        "中国通信学会": [(938, "gb18030", "{}-{人}.csv"), (941, "utf8", "{}-{人}.csv")],
        "中国复合材料学会": [(777, "utf8", "{}.csv")],
        "中华护理学会": [(862, "gb18030", "{}.csv")],
        "中国技术经济学会": [(385, "tool", "{}.xlsx")],
    },
    6: {
        "中国实验动物学会": [(709, "book", "")],
        "中国公路学会": [(TIE, "book", "")],
        "中国密码学会": [(651, "book", ""), (648, "openpyxl", "{}（{人}补）.xlsx")],
        "中国生物医学工程学会": [(890, "book", "")],
        "中国城市科学研究会": [(600, "book", ""), (603, "ods", "{}-{人}.ods"), (604, "utf8", "{}-{人}.csv")],
    },
    7: {
        "中国运筹学会": [(732, "openpyxl", "{}-{人}.xlsx"), (737, "tool", "{}-{人}.xlsx")],
        "中国兵工学会": [(803, "inserted", "{}-{人}.xlsx")],
        "中国人工智能学会": [(958, "openpyxl", "{}-{人}.xlsx")],
    },
}
WITHOUT = {"中国植物营养与肥料学会": ("4.1",), "中国技术经济学会": ("1.1",)}
RECOMMENDED = {"中国水利学会": "9星", "中国内燃机学会": "7星", "中国茶叶学会": "6星"}
# Points as people type them: the same numbers.
SPELT = {
    "中国茶叶学会": lambda value: "无" if value == 0 else value,
    "中国感光学会": lambda value: f"{value}分" if value in (25, 50) else value,
    "中国草学会": lambda value: "５０" if value == 50 else "/" if value == 0 else value,
}


class Blanks:
    """The blank forms of a year, one workbook per society, and per group."""

    def __init__(self, binary, work, scheme=None):
        year = ["--scheme", scheme] if scheme else []
        for folder, option in (("forms", []), ("groups", ["--per-group"])):
            subprocess.run([binary, "forms", "-o", work / folder, *option, *year], check=True,
                           stderr=subprocess.DEVNULL)
        self.of = {path.stem: path for path in (work / "forms").glob("*/*.xlsx")}
        self.group = {int(re.search(r"第(\d+)组", path.name)[1]): path for path in (work / "groups").glob("*.xlsx")}
        self.layout = Layout(next(iter(sorted(self.of.values()))))


def make_round(blanks, work, target):
    rng = random.Random(SEED)
    layout, libre = blanks.layout, Libre(work)
    serial = 0
    for group, societies in ROUND.items():
        folder = target / f"第{group}组"
        book = []
        for society, forms in societies.items():
            bonus = deduction = None
            for (total, way, name), (person, unit) in zip(forms, UNITS[group]):
                if bonus is None:
                    bonus, deduction = points(rng, total, WITHOUT.get(society, ()))
                    before, first = total, bonus
                else:
                    bonus = second_opinion(rng, first, before, total)
                reviewer = f"评价人{person}"
                filling = Filling(
                    society, reviewer, unit,
                    datetime.date(2018, 8, 1) + datetime.timedelta(days=rng.randint(0, 29)),
                    dict(bonus), dict(deduction), mode=rng.choice(["现场", "非现场", "非现场"]),
                    recommended=RECOMMENDED.get(society, ""))
                assert own_total(filling) == total
                describe(rng, filling)
                if society in SPELT:
                    filling.bonus = {code: SPELT[society](value) for code, value in filling.bonus.items()}
                    assert own_total(filling) == total
                path = folder / name.format(society, 人=reviewer) if name else None
                serial += 1
                filled = work / f"filled-{serial}.xlsx"
                if way == "book":
                    book.append(filling)
                elif way == "openpyxl":
                    with_openpyxl(blanks.of[society], path, layout, filling)
                else:
                    fill(blanks.of[society], filled, layout, [filling])
                    if way == "inserted":
                        insert_row(filled, layout.row["4.1"], "（以下由办事机构党支部提供材料）")
                        insert_row(filled, 3, "请于8月30日前交组办公室（示例）")
                        rename_sheet(filled, layout.sheet_name, "兵工初评 (2)")
                    if way in ("tool", "inserted"):
                        path.parent.mkdir(parents=True, exist_ok=True)
                        shutil.copyfile(filled, path)
                    else:
                        libre.add(way.removeprefix("libre-"), filled, path)
        if book:
            fill(blanks.group[group], folder / f"第{group}组五家学会评价表.xlsx", layout, book)
    libre.run()


# ── samples/mistakes ──

SOCIETIES_LIST = """\
组号,牵头联系单位,学会名称,别名,原则上必须参评,上年度年检结论,通报批评,停业整顿,处罚期至
1,中国农业机械学会党委,中国地质学会,,,,,,
1,中国农业机械学会党委,中国水力发电工程学会,水电学会,,,,,
1,中国农业机械学会党委,中国能源研究会,,,,,,
1,中国农业机械学会党委,中国作物学会,,,,,,
1,中国农业机械学会党委,中华预防医学会,,,,,,
2,中国防痨协会党委,中国细胞生物学学会,,,,,,
2,中国防痨协会党委,中国水利学会,,,,,,
2,中国防痨协会党委,中国粮油学会,,,,,,
2,中国防痨协会党委,中国茶叶学会,,,,,,
2,中国防痨协会党委,中华口腔医学会,,,,,,
3,中国化学会党委,中国环境科学学会,,,,,,
3,中国化学会党委,中国内燃机学会,,是,,,,
3,中国化学会党委,中国动力工程学会,,,,,,
3,中国化学会党委,中国草学会,,,,,,
3,中国化学会党委,中国卒中学会,,,,,,
4,中国图书馆学会党委,中国自然资源学会,,,,,,
4,中国图书馆学会党委,中国自动化学会,,,,,,
4,中国图书馆学会党委,中国风景园林学会,,,,,,
4,中国图书馆学会党委,中国植物营养与肥料学会,,,,,,
4,中国图书馆学会党委,中国麻风防治协会,,,,,,
5,中国国土经济学会党委,中国感光学会,,,,,,
5,中国国土经济学会党委,中国通信学会,,,,,,
5,中国国土经济学会党委,中国复合材料学会,,,,,,
5,中国国土经济学会党委,中华护理学会,,,,,,
5,中国国土经济学会党委,中国技术经济学会,,,,,,
5,中国国土经济学会党委,虚构示例学会,,,不合格,,,
"""
REVIEWERS_LIST = """\
姓名,单位,组号,是否中共党员,应回避的学会
评价人甲,中国农业机械学会党委,1,是,
评价人乙,中国标准化协会党委,,是,中国能源学会
评价人丁,中国防痨协会党委,2,是,
评价人巳,中国水利学会秘书处,,是,
评价人庚,中国化学会党委,3,是,中国动力工程学会
评价人癸,中国图书馆学会党委,4,是,
评价人寅,中国国土经济学会党委,5,是,
"""
FILLERS = {1: ("评价人甲", "中国农业机械学会党委"), 2: ("评价人丁", "中国防痨协会党委"),
           3: ("评价人庚", "中国化学会党委"), 4: ("评价人癸", "中国图书馆学会党委"),
           5: ("评价人寅", "中国国土经济学会党委")}
PASSWORD = "2018"

ERROR, WARNING, NOTE = "须更正", "请核实", "提示"


@dataclass(frozen=True)
class Expected:
    file: str
    sheet: str
    cell: str
    severity: str
    name: str
    about: str


class Mistakes:
    def __init__(self, blanks, work, target):
        self.rng = random.Random(SEED + 1)
        self.blanks, self.work, self.target = blanks, work, target
        self.layout = blanks.layout
        self.libre = Libre(work)
        self.expected = []
        self.serial = 0

    def form(self, group, society, total, day=None, **changes):
        """A sound form by the group's reviewer, to be spoilt."""
        bonus, deduction = points(self.rng, total)
        reviewer, unit = FILLERS[group]
        day = day or datetime.date(2018, 8, 2 + self.rng.randint(0, 25))
        filling = Filling(society, reviewer, unit, day, bonus, deduction)
        describe(self.rng, filling)
        for name, value in changes.items():
            setattr(filling, name, value)
        return filling

    def write(self, file, filling, way="tool", blank=None):
        path = self.target / file
        path.parent.mkdir(parents=True, exist_ok=True)
        blank = self.blanks.of[blank or filling.society]
        if way == "openpyxl":
            with_openpyxl(blank, path, self.layout, filling)
            return
        self.serial += 1
        filled = self.work / f"mistake-{self.serial}.xlsx"
        fill(blank, filled, self.layout, [filling])
        if way == "tool":
            shutil.copyfile(filled, path)
        else:
            self.libre.add(way, filled, path)

    def expect(self, file, severity, name, about, cell="", sheet=None):
        if sheet is None:
            sheet = "" if file.endswith(".csv") else self.layout.sheet_name
        self.expected.append(Expected(file, sheet, cell, severity, name, about))

    def make(self):
        layout, date = self.layout, datetime.date
        name, unit, member, day, recusal, recommended = (
            layout.field[label]
            for label in ("学会名称", "评价人单位", "是否中共党员", "评价日期", "有无应回避情形", "推荐星级"))
        reviewer, group_cell = layout.field["评价人"], layout.field["对口分组"]

        # 第1组: points.
        file = "第1组/中国地质学会.xlsx"
        form = self.form(1, "中国地质学会", 760)
        form.bonus |= {"1.4": None, "2.2": -25, "3.1": 60, "3.5": "约25", "8.1": None, "9.2(1)": None}
        self.write(file, form)
        self.expect(file, ERROR, "not-scored", "1.4加分空着没填", layout.bonus("1.4"))
        self.expect(file, ERROR, "negative-bonus", "2.2加分填-25", layout.bonus("2.2"))
        self.expect(file, ERROR, "over-cap", "3.1加分填60，上限50", layout.bonus("3.1"))
        self.expect(file, ERROR, "not-a-number", "3.5加分填“约25”", layout.bonus("3.5"))
        self.expect(file, ERROR, "not-scored", "8.1加分空着没填", layout.bonus("8.1"))
        self.expect(file, ERROR, "not-scored", "9.2(1)加分空着没填", layout.bonus("9.2(1)"))

        file = "第1组/中国水力发电工程学会.xlsx"
        form = self.form(1, "中国水力发电工程学会", 830)
        form.bonus |= {"3.2": Formula("=20+20"), "6.1": Typed(date(2018, 5, 10)), "8.2": Error("#REF!")}
        self.write(file, form, "openpyxl")
        self.expect(file, ERROR, "no-cached-value", "3.2加分是没有计算结果的公式（openpyxl 写出，未经 Excel 计算）",
                    layout.bonus("3.2"))
        self.expect(file, ERROR, "date-in-points", "6.1加分被软件变成日期5月10日", layout.bonus("6.1"))
        self.expect(file, ERROR, "error-value", "8.2加分是#REF!", layout.bonus("8.2"))

        file = "第1组/中国能源研究会.xlsx"
        form = self.form(1, "中国能源研究会", 690)
        form.bonus |= {"2.3": 25, "4.2": 25}
        form.deduction |= {"4.2": 25}
        form.remark |= {"4.2": "示例：未备案"}
        self.write(file, form)
        self.expect(file, ERROR, "points-without-cap", "2.3没有加分，灰格里填了25", layout.bonus("2.3"))
        self.expect(file, ERROR, "excluded-by", "4.2既加25又减25", layout.deduction("4.2"))

        file = "第1组/中国作物学会.ods"
        form = self.form(1, "中国作物学会", 720)
        form.bonus |= {"3.2": 37, "4.1": 0, "4.2": 25, "4.3": 0, "6.1": Decimal("12.345")}
        form.deduction = {"2.3": 25}
        form.remark = {}
        form.recommended = f"{stars(own_total(form))}星"
        self.write(file, form, "ods")
        self.expect(file, WARNING, "deduction-without-reason", "2.3减25，没写评分说明", layout.deduction("2.3"))
        self.expect(file, WARNING, "unattainable", "3.2填37，只能是0、20、40、50", layout.bonus("3.2"))
        self.expect(file, WARNING, "base-line-missing", "4.1得0分，4.2却加25", layout.bonus("4.2"))
        self.expect(file, WARNING, "too-many-decimals", "6.1填12.345", layout.bonus("6.1"))
        self.expect(file, WARNING, "unattainable", "6.1填12.345，只能是整数", layout.bonus("6.1"))

        file = "第1组/中华预防医学会.xls"
        form = self.form(1, "中华预防医学会", 655)
        total = f"{layout.column['初评得分']}{layout.total}"
        cap = f"{layout.column['加分上限']}{layout.row['3.1']}"
        form.other = {cap: 60, total: 900}
        form.recommended = "9星"
        self.write(file, form, "xls")
        self.expect(file, WARNING, "caps-changed", "3.1的加分上限被改成60", cap)
        self.expect(file, WARNING, "total-disagrees", "总分的公式被手填的900盖掉", total)
        self.expect(file, NOTE, "stars-preview-disagrees", "星级预览跟着手填的900变成9星，应为6星", layout.field["星级预览"])
        self.expect(file, NOTE, "recommended-differs", "推荐9星，分值是6星", recommended)

        # 第2组: the table, the name, the fields.
        file = "第2组/中国细胞生物学学会.xlsx"
        form = self.form(2, "中国细胞生物学学会", 780)
        form.other = {layout.code("5.2"): "5.1", layout.code("9.2(2)"): "9.3"}
        self.write(file, form)
        self.expect(file, ERROR, "line-twice", "编号5.2被改成5.1，5.1有了两行", layout.code("5.2"))
        self.expect(file, ERROR, "line-missing", "编号5.2没有了", layout.code("5.2"))
        self.expect(file, ERROR, "line-missing", "编号9.2(2)没有了", layout.code("9.2(2)"))
        self.expect(file, WARNING, "unknown-line", "编号9.2(2)被改成9.3，指标体系里没有", layout.code("9.2(2)"))

        file = "第2组/中国水利学会.xlsx"
        form = self.form(2, "中国水利学会", 950, reviewer="评价人巳", unit="中国水利学会秘书处")
        self.write(file, form)
        self.expect(file, ERROR, "recused", "评价人就是本学会的人", unit)

        file = "第2组/中国粮油学会.xlsx"
        form = self.form(2, "中国粮油学会", 640)
        head = f"{layout.column['初评加分']}{layout.head_row}"
        form.other = {head: "加分"}
        self.write(file, form)
        self.expect(file, ERROR, "table-damaged", "表头“初评加分”被改成“加分”", head)

        file = "第2组/中国茶叶学会.csv"
        form = self.form(2, "中国茶叶学会", 588)
        form.other = {name: "中国茶叶协会"}
        self.write(file, form, "gb18030")
        self.expect(file, ERROR, "society-unknown", "学会名称改成了“中国茶叶协会”，名单里没有", name)

        file = "第2组/中华口腔医学会.xlsx"
        form = self.form(2, "中华口腔医学会", 734, reviewer="", unit="", member="")
        form.date = ""
        self.write(file, form)
        self.expect(file, ERROR, "reviewer-missing", "评价人没填", reviewer)
        self.expect(file, ERROR, "unit-missing", "评价人单位没填", unit)
        self.expect(file, ERROR, "membership-missing", "是否中共党员没填", member)
        self.expect(file, WARNING, "date-missing", "评价日期没填", day)

        # 第3组: whom a form is about, and recusal.
        file = "第3组/中国环境科学学会.xlsx"
        original = self.form(3, "中国环境科学学会", 915, date(2018, 8, 9))
        self.write(file, original)

        file = "第3组/中国草学会.xlsx"
        form = self.form(3, "中国环境科学学会", 430, date(2018, 8, 10))
        self.write(file, form)
        self.expect(file, ERROR, "identity-contradiction", "把环境科学学会的表另存改名，表里没改", name)

        file = "第3组/中国内燃机学会.xlsx"
        form = self.form(3, "中国环境科学学会", 667, date(2018, 8, 13))
        form.other = {name: "中国内燃机学会"}
        self.write(file, form)
        self.expect(file, ERROR, "identity-contradiction", "在环境科学学会的表上改了学会名称，表单编号还是环境科学学会", name)

        file = "第3组/中国动力工程学会.xlsx"
        self.write(file, self.form(3, "中国动力工程学会", 752))
        self.expect(file, ERROR, "recused", "评价人名单注明评价人庚应回避该学会", unit)

        file = "第3组/中国卒中学会.xlsx"
        self.write(file, self.form(3, "中国卒中学会", 824, recusal="有"))
        self.expect(file, ERROR, "recused", "有无应回避情形选了“有”", recusal)

        # 第4组: editions and versions.
        file = "第4组/中国自然资源学会.xlsx"
        form = self.form(4, "中国自然资源学会", 690)
        identifier = layout.field["表单编号（请勿修改）"]
        form.other = {identifier: "cast-2017·初评·第4组·中国自然资源学会·3c91d2"}
        self.write(file, form)
        self.expect(file, ERROR, "other-form-edition", "填在2017年的旧表上", identifier)

        file = "第4组/中国自动化学会.xlsx"
        form = self.form(4, "中国自动化学会", 846, recusal="待定")
        form.other = {identifier: CLEARED, group_cell: "第3组"}
        form.recommended = "优秀"
        self.write(file, form)
        self.expect(file, WARNING, "wrong-group", "对口分组改成了第3组", group_cell)
        self.expect(file, ERROR, "recusal-unclear", "有无应回避情形填“待定”", recusal)
        self.expect(file, NOTE, "form-id-missing", "表单编号被删掉")
        self.expect(file, NOTE, "recommended-unreadable", "推荐星级填“优秀”", recommended)

        form = self.form(4, "中国风景园林学会", 612)
        self.write("第4组/中国风景园林学会.xlsx", form)
        file = "第4组/中国风景园林学会(1).xlsx"
        self.write(file, form)
        # The plain name is the original.
        self.expect(file, NOTE, "identical-copy", "同一份表存了两次，只计一次")

        file = "第4组/中国植物营养与肥料学会.xlsx"
        self.write(file, self.form(4, "中国植物营养与肥料学会", 545, date(2018, 8, 6)))
        self.write("第4组/中国植物营养与肥料学会-最终版.xlsx",
                   self.form(4, "中国植物营养与肥料学会", 570, date(2018, 8, 20)))
        self.expect(file, WARNING, "superseded", "8月6日的旧版，8月20日又报了一份")

        for file, total in (("第4组/中国麻风防治协会.xlsx", 497), ("第4组/中国麻风防治协会-改.xlsx", 530)):
            self.write(file, self.form(4, "中国麻风防治协会", total, date(2018, 8, 14)))
            self.expect(file, ERROR, "conflicting-versions", "两份内容不同，日期都是8月14日")

        # 第5组: reviewers, dates, copies, files.
        file = "第5组/中国感光学会.xlsx"
        self.write(file, self.form(5, "中国感光学会", 523, "八月上旬", member="否"))
        self.expect(file, ERROR, "not-a-member", "评价人不是中共党员", member)
        self.expect(file, WARNING, "date-unreadable", "评价日期填“八月上旬”", day)

        form = self.form(5, "中国通信学会", 780, date(2018, 8, 21))
        self.write("第5组/中国通信学会.xlsx", form)
        twin = self.form(5, "中国复合材料学会", 780, date(2018, 9, 5))
        twin.bonus, twin.deduction = form.bonus, form.deduction
        twin.evidence, twin.remark, twin.recommended = form.evidence, form.remark, form.recommended
        self.write("第5组/中国复合材料学会.xlsx", twin)
        self.expect("第5组/中国复合材料学会.xlsx", WARNING, "outside-stage", "评价日期9月5日，初评8月30日截止", day)
        for file in ("第5组/中国复合材料学会.xlsx", "第5组/中国通信学会.xlsx"):
            self.expect(file, WARNING, "same-lines-as-another-society", "两家学会各行分值一模一样")

        file = "第5组/中华护理学会.xlsx"
        self.write(file, self.form(5, "中华护理学会", 862))
        path = self.target / file
        path.write_bytes(path.read_bytes()[:path.stat().st_size * 3 // 5])
        self.expect(file, ERROR, "unreadable", "文件只下载了一半", sheet="")

        file = "第5组/中国技术经济学会.xlsx"
        self.encrypt(file, self.form(5, "中国技术经济学会", 605))
        self.expect(file, ERROR, "encrypted", f"设有打开密码（{PASSWORD}）", sheet="")

        file = "第5组/虚构示例学会.xlsx"
        self.write(file, self.form(5, "虚构示例学会", 555, reviewer="评价人亥", unit="示例大学党委"))
        self.expect(file, WARNING, "reviewer-unlisted", "评价人亥不在评价人名单中", reviewer)
        self.expect(file, NOTE, "unit-unknown", "示例大学不在名单和成员单位中", unit)

        # What lies about.
        folder = self.target / "第5组"
        shutil.copyfile(self.blanks.of["中国技术经济学会"], folder / "空白表.xlsx")
        self.expect("第5组/空白表.xlsx", NOTE, "blank-form", "空白表")
        owner = "评价人寅"
        (folder / "~$中国通信学会.xlsx").write_bytes(
            bytes([len(owner.encode("gb18030"))]) + owner.encode("gb18030").ljust(54)
            + struct.pack("<H", len(owner)) + owner.encode("utf-16-le").ljust(108, b"\0"))
        self.expect("第5组/~$中国通信学会.xlsx", NOTE, "skipped", "打开文件时留下的临时文件", sheet="")
        (folder / "评价通知扫描件.pdf").write_bytes(PDF)
        self.expect("第5组/评价通知扫描件.pdf", NOTE, "unmatched-scan", "PDF，名称里没有学会", sheet="")
        book = openpyxl.Workbook()
        book.active.append(["姓名", "单位", "电话"])
        book.active.append(["联系人甲", "中国国土经济学会党委", "（示例）"])
        save(book, folder / "联系人名册.xlsx")
        self.expect("第5组/联系人名册.xlsx", NOTE, "not-a-form", "是通讯录，不是评价表", sheet="")
        self.libre.run()

        # What the lists and the missing forms come to.
        for society, person in (("中国水利学会", "评价人丁"), ("中华口腔医学会", "评价人丁"),
                                ("中国草学会", "评价人庚"), ("中华护理学会", "评价人寅"), ("中国技术经济学会", "评价人寅")):
            self.expect("", WARNING, "reviewer-without-form", f"{society}：{person}没有交", sheet="")
        for society in ("中国草学会", "中华护理学会", "中国技术经济学会"):
            self.expect("", WARNING, "society-without-form", f"{society}：没有收到评价表", sheet="")
        self.expect("", WARNING, "society-ineligible", "虚构示例学会：上年度年检不合格，不予受理", sheet="")
        self.expect("评价人名单", WARNING, "conflict-with-unknown", "评价人乙应回避的“中国能源学会”不在学会名单中", sheet="")
        self.expect("学会名单", NOTE, "alias-never-met", "中国水力发电工程学会的别名“水电学会”没有用到", sheet="")

    def encrypt(self, file, filling):
        """Encrypts as Excel does, with salts and keys that are the same every time."""
        self.write(file, filling)
        path = self.target / file
        try:
            from msoffcrypto.format.ooxml import OOXMLFile
            from msoffcrypto.method import ecma376_agile
            from msoffcrypto.method.container import ecma376_encrypted
        except ImportError:
            kept = KEPT.get(path.name)
            assert kept, "msoffcrypto-tool is needed once to make the encrypted sample"
            path.write_bytes(kept)
            return
        generator = random.Random(SEED)
        ecma376_agile._random_buffer = generator.randbytes
        ecma376_encrypted.datetime2filetime = lambda _: 0
        result = io.BytesIO()
        OOXMLFile(io.BytesIO(path.read_bytes())).encrypt(PASSWORD, result)
        path.write_bytes(result.getvalue())


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
KEPT = {}

README_MISTAKES = """\
# samples/mistakes: a round with honest mistakes

Names of societies are real, everything else is invented ({mark}). The table below is what
`xingping consolidate samples/mistakes` must find: all errors (须更正) and warnings (请核实), and the notes (提示) worth
showing; a test holds the program to it. It is written by `samples/make.py` from what was put into the files.

五个组交来的一轮评价表，每份都有一处或几处真实工作中常见的差错。学会是真实存在的，分值、文字、差错全部是编的，标有“{mark}”。
本文件夹同时是年度目录：`学会名单.csv`（五个组，外加一个不存在的“虚构示例学会”）和`评价人名单.csv`从这里取，评价方案用内置的2018年方案。

- 运行：`xingping check samples/mistakes`，退出状态是1。
- 下表是应当查出的全部“须更正”“请核实”，和值得一看的“提示”。“文件”为空的是整轮的问题，“说明”以学会名称开头。
- csv 没有工作表，“工作表”为空；说的是整个文件、整张表的，“单元格”为空。
- 没有差错、应当计入的：{sound}。

| 文件 | 工作表 | 单元格 | 级别 | 名称 | 说明 |
|---|---|---|---|---|---|
{rows}
"""

README = """\
# samples

Two sets of filled forms to try the program on, and `make.py`, the script that made both. All scores, reviewers and
texts are invented; only the names of the organisations are real. Whatever is shown from them carries the mark {mark}.

两套填好的评价表，供试用和演示。**分值、评价人、佐证材料、评分说明全部是编的（{mark}）**，只有学会名称取自通知附件3，与任何学会党组织的实际情况无关；
由样例得出的表格、截图都要带上这个标记：

```
xingping consolidate samples/2018 -o out --mark {mark}
xingping check samples/mistakes
```

## samples/2018：一轮正常的评价

七个组、33个学会、{forms}份评价表，放在{files}个文件里，全部计入，没有“须更正”“请核实”，退出状态是0。

- {several}各有两三位评价人，平均分多带小数；其余各一位。评价人都来自通知所列的成员单位，没有应回避的。
- 中国水力发电工程学会与中国公路学会同分（{tie}分），并列；中国麻风防治协会{near}分、中华预防医学会799.67分，离上一星都不足5分。
- 中国植物营养与肥料学会没有4.1、中国技术经济学会没有1.1，都没有拿到基础分200分。
- 三份的推荐星级与测算星级不同；三份里有按习惯写的“25分”“５０”“无”“/”，照样读得出。

| 写法 | 份数 | 怎么来的 |
|---|---|---|
{ways}

## samples/mistakes：一轮常见差错

每类差错至少一处，应当查出什么见 [mistakes/README.md](mistakes/README.md)。

## 重做

```
cargo build --release
python3 samples/make.py --bin target/release/xingping
```

要有 Python 3.11、openpyxl、LibreOffice；加密的一份要 msoffcrypto-tool，没有就保留原件。评价方案改了指标，表单编号就变，要重做一次。
脚本从本工具的空白表出发，随机种子、日期固定，同样的程序版本做出的文件逐字节相同；最后用本工具查一遍，与预期不符就以状态1结束。
"""

WAYS = {
    "tool": ("xlsx（本工具的空白表）", "在空白表的格子里直接填值，其余一字不动，如同在 Excel 里填好保存"),
    "book": ("xlsx（一组一个工作簿）", "`xingping forms --per-group` 的工作簿，一组五家各占一张表，填法同上"),
    "inserted": ("xlsx（插行、改名）", "填法同上，另在表头上方和表中各插入一行，工作表改名为“兵工初评 (2)”"),
    "libre-xlsx": ("xlsx（LibreOffice）", "用 LibreOffice 打开后另存"),
    "xls": ("xls（LibreOffice）", "用 LibreOffice 另存为 Excel 97-2003"),
    "ods": ("ods（LibreOffice）", "用 LibreOffice 另存"),
    "gb18030": ("csv，GB18030", "用 LibreOffice 另存"),
    "utf8": ("csv，UTF-8", "用 LibreOffice 另存"),
    "openpyxl": ("xlsx（openpyxl）", "用程序填写，公式没有计算结果，因此总分一栏无从比对（提示）"),
}


def table(expected):
    order = {ERROR: 0, WARNING: 1, NOTE: 2}

    def key(one):
        column, row = re.fullmatch(r"([A-Z]*)(\d*)", one.cell).groups()
        return (not one.file, one.file, order[one.severity], int(row or 0), column, one.name, one.about)

    return "\n".join(
        f"| {one.file} | {one.sheet} | {one.cell} | {one.severity} | {one.name} | {one.about} |"
        for one in sorted(expected, key=key))


def write_readmes(mistakes):
    sound = ["中国环境科学学会", "中国风景园林学会", "中国植物营养与肥料学会（最终版）", "中国通信学会"]
    warned = "；有“请核实”但照常计入的：中国作物学会、中华预防医学会、中国复合材料学会"
    (HERE / "mistakes/README.md").write_text(README_MISTAKES.format(
        mark=MARK, sound="、".join(sound[:3]) + warned + "、中国通信学会", rows=table(mistakes.expected)), "utf-8")
    forms = [form for societies in ROUND.values() for forms in societies.values() for form in forms]
    several = [name for societies in ROUND.values() for name, forms in societies.items() if len(forms) > 1]
    files = sum(1 for path in (HERE / "2018").rglob("*") if path.is_file())
    ways = "\n".join(f"| {name} | {sum(1 for form in forms if form[1] == way)} | {how} |"
                     for way, (name, how) in WAYS.items())
    (HERE / "README.md").write_text(README.format(
        mark=MARK, forms=len(forms), files=files, several=f"{len(several)}个学会", tie=TIE, near=NEAR, ways=ways),
        "utf-8")


# ── does the program see what was put in? ──

def run_check(binary, folder):
    done = subprocess.run([binary, "check", folder, "--format", "json"], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(done.stdout)


def differences(binary, mistakes):
    said = []
    status, result = run_check(binary, HERE / "2018")
    heavy = [one for one in result["findings"] if one["severity"] != "note"]
    if status or heavy:
        said += [f"2018: {one['severity']} {one['file']} {one['cell']} {one['name']} {one['message']}" for one in heavy]
        said.append(f"2018: status {status}")
    wanted = {name: [total for total, _, _ in forms]
              for societies in ROUND.values() for name, forms in societies.items()}
    for society in result["societies"]:
        totals = wanted.pop(society["name"])
        mean = (Decimal(sum(totals)) / len(totals)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        if society["total"] is None or Decimal(society["total"]) != mean or society["forms_counted"] != len(totals):
            said.append(f"2018: {society['name']} should have {mean} of {totals}, has {society['total']}")
    said += [f"2018: {name} is not there" for name in wanted]
    status, result = run_check(binary, HERE / "mistakes")
    if status != 1:
        said.append(f"mistakes: status {status}")
    names = {"error": ERROR, "warning": WARNING, "note": NOTE}

    def key(one):
        if isinstance(one, Expected):
            about = one.about.split("：")[0] if not one.file else ""
            person = re.search(r"评价人.", one.about) if one.name == "reviewer-without-form" else None
            return one.file, one.sheet, one.cell, one.severity, one.name, about, person[0] if person else ""
        lone = not one["file"]
        return (one["file"] or "", one["sheet"] or "", one["cell"] or "", names[one["severity"]], one["name"],
                one["society"] if lone else "", one["reviewer"] if one["name"] == "reviewer-without-form" else "")

    expected, found = sorted(map(key, mistakes.expected)), sorted(map(key, result["findings"]))
    for one in expected:
        if one in found:
            found.remove(one)
        else:
            said.append(f"mistakes: not found: {' | '.join(one)}")
    said += [f"mistakes: not expected: {' | '.join(one)}" for one in found if one[3] != NOTE]
    for one in found:
        if one[3] == NOTE and one[0] != "README.md":
            print(f"mistakes: a note more: {' | '.join(one)}")
    return said


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bin", type=Path, required=True, help="the built xingping")
    binary = arguments.parse_args().bin.resolve()
    for path in (HERE / "mistakes").rglob("中国技术经济学会.xlsx"):
        KEPT[path.name] = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        work, made = Path(folder), Path(folder) / "made"
        for name in ("2018", "mistakes"):
            (work / name).mkdir()
            (made / name).mkdir(parents=True)
        make_round(Blanks(binary, work / "2018"), work / "2018", made / "2018")
        target = made / "mistakes"
        (target / "学会名单.csv").write_text(SOCIETIES_LIST, "utf-8-sig")
        (target / "评价人名单.csv").write_text(REVIEWERS_LIST, "utf-8-sig")
        mistakes = Mistakes(Blanks(binary, work / "mistakes", target), work / "mistakes", target)
        mistakes.make()
        for name in ("2018", "mistakes"):  # only what is complete takes the place of what was there
            shutil.rmtree(HERE / name, ignore_errors=True)
            shutil.copytree(made / name, HERE / name)
    write_readmes(mistakes)
    said = differences(binary, mistakes)
    print("\n".join(said) or "both samples give what they should")
    sys.exit(bool(said))


if __name__ == "__main__":
    main()
