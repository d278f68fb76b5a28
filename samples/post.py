"""Packs forms of samples/2018 as they arrive by mail, into samples/post. Standard library only; run from anywhere.

What must come of it is said in samples/post/README.md and held by tests/samples.rs. All names of people are invented.
"""

import base64
import csv
import io
import pathlib
import shutil
import zipfile

HERE = pathlib.Path(__file__).parent
ROUND = HERE / "2018"
POST = HERE / "post"


class Old(zipfile.ZipInfo):
    """An entry whose name is written in GBK and does not say so, as old programs do."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gb18030"), self.flag_bits & ~0x800


def packed(files, kind=zipfile.ZipInfo):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            entry = kind(name, (2018, 8, 15, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def word(text, charset):
    """One encoded word of RFC 2047."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def mail(sender, subject, date, attachments, charset="gb2312", body="各位老师：\r\n评价表见附件。\r\n"):
    """A mail as Chinese programs write it: names in encoded words within quotes."""
    mark = "----=_Part_" + "".join(letter for letter in date if letter.isdigit())
    lines = [
        f"From: {word(sender[0], charset)} <{sender[1]}>",
        "To: pingjia@example.org",
        f"Subject: {word(subject, charset)}",
        f"Date: {date}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{mark}"',
        "",
        f"--{mark}",
        f"Content-Type: text/plain; charset={charset}",
        "Content-Transfer-Encoding: base64",
        "",
        base64.encodebytes(body.encode(charset)).decode().replace("\n", "\r\n"),
    ]
    out = "\r\n".join(lines).encode() + b"\r\n"
    for name, data in attachments:
        head = [f"--{mark}"]
        if name.endswith(".eml"):
            head += ["Content-Type: message/rfc822", "Content-Disposition: attachment", "", ""]
            out += "\r\n".join(head).encode() + data + b"\r\n"
            continue
        head += [
            f'Content-Type: application/octet-stream; name="{word(name, charset)}"',
            "Content-Transfer-Encoding: base64",
            f'Content-Disposition: attachment; filename="{word(name, charset)}"',
            "",
            "",
        ]
        text = base64.encodebytes(data).decode().replace("\n", "\r\n")
        out += "\r\n".join(head).encode() + text.encode() + b"\r\n"
    return out + f"--{mark}--\r\n".encode()


def form(name):
    return (ROUND / name).read_bytes()


def corrected(data):
    """The same form with ten points more in 3.2, its sums with it."""
    rows = list(csv.reader(io.StringIO(data.decode("gb18030"))))
    head = next(row for row in rows if "初评加分" in row)
    for row in rows:
        if row and row[0] in ("3.2", "第1部分小计", "总分"):
            for column in ("初评加分", "初评得分"):
                at = head.index(column)
                row[at] = str(int(float(row[at])) + 10)
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("gb18030")


def main():
    keep = (POST / "README.md").read_bytes() if (POST / "README.md").exists() else b""
    shutil.rmtree(POST, ignore_errors=True)
    for folder in (POST, POST / "作废", POST / "签字件"):
        folder.mkdir(parents=True)
    (POST / "README.md").write_bytes(keep)
    first = [
        (name, form(f"第1组/{name}"))
        for name in ("中国地质学会-评价人甲.xlsx", "中国地质学会-评价人乙.xls", "中国作物学会-评价人甲.xlsx")
    ]
    second = [(name, form(f"第2组/{name}")) for name in ("中国水利学会评价表.xlsx", "中国茶叶学会评价表.xlsx")]
    engine = next((ROUND / "第3组").glob("*壬.csv")).read_bytes()
    (POST / "第1组报送.eml").write_bytes(
        mail(("张三", "zhangsan@example.org"), "第1组评价表", "Wed, 15 Aug 2018 16:20:00 +0800", [("评价表.zip", packed(first))])
    )
    (POST / "第2组.zip").write_bytes(packed(second, Old))
    third = mail(
        ("李四", "lisi@example.org"), "动力工程学会评价表", "Thu, 16 Aug 2018 09:00:00 +0800",
        [("中国动力工程学会.csv", engine)], charset="gb18030",
    )
    (POST / "转发：第3组.eml").write_bytes(
        mail(("王五", "wangwu@example.org"), "转发：动力工程学会评价表", "Fri, 17 Aug 2018 08:00:00 +0800", [("邮件.eml", third)], charset="utf-8")
    )
    (POST / "更正：第3组.eml").write_bytes(
        mail(("李四", "lisi@example.org"), "更正：动力工程学会评价表", "Mon, 20 Aug 2018 10:30:00 +0800", [("中国动力工程学会.csv", corrected(engine))])
    )
    link = "从QQ邮箱发来的超大附件\r\n\r\n第6组评价表.rar (186M, 2018年9月20日 到期)\r\n进入下载页面：http://mail.qq.com/cgi-bin/ftnExs_download?k=example\r\n"
    (POST / "第6组.eml").write_bytes(
        mail(("赵六", "zhaoliu@example.org"), "第6组评价表", "Mon, 20 Aug 2018 11:00:00 +0800", [], charset="utf-8", body=link)
    )
    (POST / "第4组.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(56))
    (POST / "签字件" / "中国地质学会-评价人甲.pdf").write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    (POST / "签字件" / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(60))
    (POST / "作废" / "中国地质学会-评价人甲-旧.xlsx").write_bytes(first[0][1])
    (POST / "处理登记.csv").write_text(
        "\ufeff文件或学会,评价人,处理,对应学会,依据,处理人,日期\r\n"
        "第4组.rar,,不计入,,该组8月21日改用邮件重报,王五,2018-8-21\r\n"
        "中国作物学会-评价人甲.xlsx,,不计入,,评价人来电撤回,王五,2018-8-22\r\n",
        encoding="utf-8", newline="",
    )


if __name__ == "__main__":
    main()
