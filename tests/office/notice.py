#!/usr/bin/env python3
"""The published page in a real browser: searched and filtered by keyboard events, nothing loaded, nothing planted shown.

Drives Chromium over its debugging pipe, with the standard library alone.
"""

import argparse
import base64
import json
import os
import pathlib
import subprocess
import tempfile

import openpyxl

PLANTED = "密语：不得公开"


class Browser:
    """Chromium without a window, on file descriptors 3 and 4."""

    def __init__(self, home):
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()

        def wire():
            # Both may lie on 3 or 4 already: move them away first.
            read, write = os.dup(to_read), os.dup(to_write)
            high_read, high_write = os.dup2(read, 30), os.dup2(write, 31)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={home}", "--window-size=390,844"],
            preexec_fn=wire, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.number, self.rest, self.events = 0, b"", []

    def _message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.read, 1 << 20)
            if not piece:
                raise SystemExit("the browser ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, session=None, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if session:
            request["sessionId"] = session
        os.write(self.write, json.dumps(request).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self.number:
                assert "error" not in message, (method, message)
                return message["result"]
            self.events.append(message)

    def close(self):
        self.ask("Browser.close")
        self.process.wait(30)


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
    target = browser.ask("Target.createTarget", url="about:blank")["targetId"]
    session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Network", "Page", "Runtime", "Log"):
        browser.ask(f"{domain}.enable", session)
    browser.ask("Page.navigate", session, url=page.as_uri())

    def value(expression):
        result = browser.ask("Runtime.evaluate", session, expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    while value("document.readyState") != "complete" or not value("location.href").startswith("file:"):
        pass
    shown = "Array.from(document.querySelectorAll('#list tr')).filter(row => row.offsetParent).length"
    everything = value(shown)
    assert everything > 20, everything
    # By keyboard alone: the first stop is the search.
    tab = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
    browser.ask("Input.dispatchKeyEvent", session, type="keyDown", **tab)
    browser.ask("Input.dispatchKeyEvent", session, type="keyUp", **tab)
    assert value("document.activeElement.id") == "name"
    browser.ask("Input.insertText", session, text="中国地质")
    assert value(shown) == 1
    assert value("document.getElementById('count').textContent") == f"找到1个，共{everything}个"
    value("document.getElementById('name').value = ''; document.getElementById('stars').value = '9';"
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
    asked = [event["params"]["request"]["url"] for event in browser.events
             if event["method"] == "Network.requestWillBeSent"]
    assert asked == [page.as_uri()], asked
    shot = browser.ask("Page.captureScreenshot", session, format="png")["data"]
    picture.write_bytes(base64.b64decode(shot))


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
