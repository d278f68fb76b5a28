"""The same job with openpyxl, pandas and python-calamine: read every form, add up its points, write one list.

usage: python3 benches/others.py ROUND     (a folder made by `cargo run --example round`)
Prints name and seconds for each. Far less than the program does: no check, no finding, one workbook.
"""

import pathlib
import sys
import time

import openpyxl
import pandas
import python_calamine
import xlsxwriter

HEADS = ("初评加分", "初评减分")


def total(rows):
    rows = iter(rows)
    columns = None
    points = 0.0
    name = ""
    for row in rows:
        texts = ["" if cell is None else str(cell) for cell in row]
        if "学会名称" in texts:
            at = texts.index("学会名称")
            name = next((text for text in texts[at + 1 :] if text), "")
        if columns is None:
            if all(head in texts for head in HEADS):
                columns = [texts.index(head) for head in HEADS]
            continue
        if texts[0][:1].isdigit():
            for sign, column in zip((1, -1), columns):
                if isinstance(row[column], (int, float)):
                    points += sign * row[column]
    return name, points


def by_openpyxl(path):
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return total(book.worksheets[0].iter_rows(values_only=True))


def by_pandas(path):
    frame = pandas.read_excel(path, header=None)
    return total(frame.astype(object).where(frame.notna(), None).values.tolist())


def by_calamine(path):
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return total(book.get_sheet_by_index(0).to_python())


def main():
    folder = pathlib.Path(sys.argv[1])
    files = sorted((folder / "forms").rglob("*.xlsx"))
    for name, read in (
        ("openpyxl", by_openpyxl),
        ("pandas", by_pandas),
        ("python-calamine + xlsxwriter", by_calamine),
    ):
        began = time.perf_counter()
        sums = {}
        for path in files:
            society, points = read(path)
            sums.setdefault(society, []).append(points)
        book = xlsxwriter.Workbook(str(folder / "others.xlsx"))
        sheet = book.add_worksheet()
        means = sorted(((sum(all) / len(all), one) for one, all in sums.items()), reverse=True)
        for row, (points, society) in enumerate(means):
            sheet.write_row(row, 0, (society, points))
        book.close()
        print(f"{name}\t{time.perf_counter() - began:.3f}", flush=True)


main()
