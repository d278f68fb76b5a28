#!/usr/bin/env python3
"""The published page in a real browser: searched and filtered by keyboard events, nothing loaded, nothing planted shown.
"""

import argparse
import pathlib
import subprocess
import tempfile

import openpyxl

from lib.browser import Browser

PLANTED = "密语：不得公开"


def decided(xingping, room, samples):
    """A decision of which every star is agreed, with planted words where nobody may see them."""
    def run(*words):
        done = subprocess.run([xingping, *words], cwd=room, capture_output=True, text=True)
        assert done.returncode == 0, (words, done.stderr)

    run("consolidate", samples, "-o", "结果", "--final", "-q")
    run("deliberate", "结果", "-o", "审议表.xlsx")
    book = openpyxl.load_workbook(room / "审议表.xlsx")
    sheet = book["审议表"]
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "审议意见")
    columns = {cell.value: cell.column for cell in sheet[head]}
    for row in range(head + 1, sheet.max_row + 1):
        if isinstance(sheet.cell(row, columns["序号"]).value, (int, float)):
            sheet.cell(row, columns["审议星级"]).value = sheet.cell(row, columns["测算星级"]).value
            sheet.cell(row, columns["审议意见"]).value = "同意"
            for column in ("理由", "调研走访情况", "各方反馈意见"):
                sheet.cell(row, columns[column]).value = PLANTED
    for row in book["会议情况"].iter_rows():
        if row[0].value == "审定日期":
            row[1].value = "2018-09-20"
    book.save(room / "填好.xlsx")
    run("decide", "填好.xlsx", "--results", "结果", "-o", "审定")
    run("publish", "审定", "-o", "公示", "--date", "2018-09-21", "--scope", "各全国学会党组织",
        "--basis", "科协社团党发〔2018〕65号", "--issuer", "中国科协科技社团党委",
        "--contact", "联系人甲，010-00000000")


def look(browser, page, picture):
    session = browser.open(page.as_uri())

    def value(expression):
        return browser.value(session, expression)

    shown = "Array.from(document.querySelectorAll('#list tr')).filter(row => row.offsetParent).length"
    everything = value(shown)
    assert everything > 20, everything
    # By keyboard alone: the first stop is the search.
    browser.press(session, "Tab", 9)
    assert value("document.activeElement.id") == "name"
    browser.ask("Input.insertText", session, text="中国地质")
    assert value(shown) == 1
    assert value("document.getElementById('count').textContent") == f"找到1个，共{everything}个"
    value("document.getElementById('name').value = ''; document.getElementById('stars').value = '9星';"
          "document.getElementById('stars').dispatchEvent(new Event('change'))")
    nine = value(shown)
    assert 0 < nine < everything, nine
    assert value("Array.from(document.querySelectorAll('#list tr')).filter(row => row.offsetParent)"
                 ".every(row => row.cells[1].textContent === '9星')")
    value("document.getElementById('stars').value = '';"
          "document.getElementById('stars').dispatchEvent(new Event('change'))")
    assert value(shown) == everything
    # On a phone nothing is cut off at the side; every field has its label.
    assert value("document.documentElement.scrollWidth <= window.innerWidth")
    assert value("Array.from(document.querySelectorAll('input, select')).every(one => one.labels.length === 1)")
    # The policy holds: a script or a picture that somebody puts in does nothing.
    value("(() => { const one = document.createElement('script'); one.textContent = 'window.bad = 1';"
          "document.body.append(one); })()")
    assert value("window.bad === undefined")
    assert browser.asked() == [page.as_uri()], browser.asked()
    browser.picture(session, picture)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--picture", help="where to keep the picture for the handbook")
    asked = parser.parse_args()
    xingping = str(pathlib.Path(asked.bin).resolve())
    samples = str(pathlib.Path(__file__).resolve().parents[2] / "samples/2018")
    with tempfile.TemporaryDirectory() as name:
        room = pathlib.Path(name)
        decided(xingping, room, samples)
        for path in sorted((room / "公示").rglob("*")):
            if path.suffix in (".html", ".json", ".csv"):
                text = path.read_text("utf-8-sig")
                for word in ("密语", "总分", "名次", "评价人", "813.50"):
                    assert word not in text, (path, word)
        picture = pathlib.Path(asked.picture) if asked.picture else room / "公示.png"
        browser = Browser(room / "浏览器")
        look(browser, room / "公示/公示.html", picture)
        browser.close()
    print("the published page: searched, filtered, nothing loaded, nothing planted")


if __name__ == "__main__":
    main()
