#!/usr/bin/env python3
"""自评表: filled with openpyxl, calculated by LibreOffice, read back: what the society saw is what is reckoned."""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

SOCIETIES = 6


def run(*words, status=(0,)):
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    if done.returncode not in status:
        sys.exit(f"{words}: {done.returncode}\n{done.stderr.decode()}")
    return done


def fill(source, target, chance):
    """Answers every item with something its validation allows."""
    book = openpyxl.load_workbook(source)
    sheet = book.active
    allowed = {}
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            allowed[area.coord] = rule
    heads = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value in ("事项号", "填报内容")}
    number, value = heads["事项号"].column, heads["填报内容"].column
    answered = 0
    for row in range(heads["事项号"].row + 1, sheet.max_row + 1):
        if not sheet.cell(row, number).value:
            continue
        cell = sheet.cell(row, value)
        rule = allowed[cell.coordinate]
        if rule.type == "list":
            cell.value = chance.choice(rule.formula1.strip('"').split(","))
        elif rule.type == "whole":
            cell.value = chance.choice([0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 99, 100, 101])
        else:
            cell.value = chance.choice([0, 12.5, 49.99, 50, 84.9, 85, 99.9, 100])
        answered += 1
    book.save(target)
    return answered


def returned(binary, room, chance):
    """A form with a faulty item goes back, is put right, calculated, and stands for what it corrects; its facts leave as
    tables."""
    blank = sorted((room / "blank").glob("*/*.xlsx"))[SOCIETIES]
    (room / "faulty").mkdir()
    (room / "right").mkdir()
    path = room / "faulty" / blank.name
    fill(blank, path, chance)
    book = openpyxl.load_workbook(path)
    cell = item(book.active, "3.2-a")
    cell.value = "约3次"
    book.save(path)
    run(binary, "return", room / "faulty", "-o", room / "back", status=(0, 1))
    slips = list((room / "back").glob("*/*-自评表-退回.xlsx"))
    assert len(slips) == 1, slips
    book = openpyxl.load_workbook(slips[0])
    cell = item(book["自评表"], "3.2-a")
    assert cell.value == "约3次" and cell.comment and cell.border.left.style == "thick", cell.value
    assert not cell.protection.locked
    cell.value = 3
    book.save(room / "right" / slips[0].name)
    run("soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
        "--outdir", room / "faulty", room / "right" / slips[0].name)
    run(binary, "consolidate", room / "faulty", "-o", room / "out", "-q", "--export", room / "tables", status=(0, 1))
    results = json.loads((room / "out/data/results.json").read_text(encoding="utf-8"))
    used = [one["self"] for one in results["societies"] if one["self"]["state"] == "used"]
    assert [own["file"] for own in used] == [slips[0].name], used
    wrong = [one["code"] for one in results["findings"] if one["code"].startswith("S10") and one["severity"] != "note"]
    assert not wrong, wrong
    with open(room / "tables/self_items.csv", encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["used"] == "true"]
    assert len(rows) == 38, len(rows)
    assert [row["answer"] for row in rows if row["item"] == "3.2-a"] == ["3次"]
    print("a self-assessment sent back, put right and calculated stands for what it corrects")


def item(sheet, code):
    """The cell that an item is answered in."""
    value = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "填报内容")
    row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == code)
    return sheet.cell(row, value)


def main():
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--bin", required=True)
    binary = Path(words.parse_args().bin).resolve()
    chance = random.Random(20180713)
    with tempfile.TemporaryDirectory() as room:
        room = Path(room)
        run(binary, "forms", "--stage", "self", "-o", room / "blank")
        blanks = sorted((room / "blank").glob("*/*.xlsx"))[:SOCIETIES]
        (room / "filled").mkdir()
        (room / "inbox").mkdir()
        for blank in blanks:
            answered = fill(blank, room / "filled" / blank.name, chance)
            assert answered == 38, f"{blank.name}: {answered} items"
        run("soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
            "--outdir", room / "inbox", *sorted((room / "filled").glob("*.xlsx")))
        done = run(binary, "check", room / "inbox", "--format", "json", status=(0, 1))
        results = json.loads(done.stdout)
        wrong = [one for one in results["findings"] if one["code"] not in ("M101", "S301", "D101", "P403")]
        assert not wrong, wrong
        used = [one["self"] for one in results["societies"] if one["self"]["state"] == "used"]
        assert len(used) == len(blanks), f"{len(used)} of {len(blanks)} are used"
        shown = {}
        for path in (room / "inbox").glob("*.xlsx"):
            sheet = openpyxl.load_workbook(path, data_only=True).active
            net = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == "自评得分")
            total = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "总分")
            shown[path.name] = float(sheet.cell(total, net).value)
        for own in used:
            total = shown[own["file"]]
            assert abs(total - float(own["total"])) < 1e-9, (own["file"], total, own["total"])
        print(f"{len(used)} self-assessments: what LibreOffice shows is what is reckoned")
        returned(binary, room, chance)
    return 0


if __name__ == "__main__":
    sys.exit(main())
