#!/usr/bin/env python3
"""Reads an export back with another library: exports a round whole and in two halves, and lets DuckDB rank the halves
together with the queries of docs/数据导出.md, as they stand there.
"""

import argparse
import csv
import pathlib
import re
import subprocess
import tempfile

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, type=pathlib.Path, help="the program; its examples lie beside it")
    asked = parser.parse_args()
    program = asked.bin.resolve()
    kept = tempfile.TemporaryDirectory()
    room = pathlib.Path(kept.name)
    round_folder = room / "round"
    generator = program.parent / "examples/round"
    size = ["--societies", "40", "--reviewers", "3", "--formats", "csv,xlsx"]
    subprocess.run([generator, *size, round_folder], check=True, stdout=subprocess.DEVNULL)
    forms = sorted((round_folder / "forms").iterdir())
    scheme = round_folder / "scheme"
    heads = {}
    for name in ("学会名单", "评价人名单"):
        with open(scheme / f"{name}.csv", encoding="utf-8-sig", newline="") as file:
            heads[name] = list(csv.reader(file))
    half = len(forms) // 2
    numbers = [re.search(r"\d+", folder.name).group() for folder in forms]
    for part, chosen in (("whole", range(len(forms))), ("a", range(half)), ("b", range(half, len(forms)))):
        year = room / f"{part}-year"
        year.mkdir()
        (year / "scheme.toml").write_bytes((scheme / "scheme.toml").read_bytes())
        groups = {numbers[at] for at in chosen}
        for name, (head, *rows) in heads.items():
            with open(year / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
                at = head.index("组号")
                csv.writer(file).writerows([head, *(row for row in rows if row[at] in groups)])
        out = room / ("one" if part == "whole" else "各省") / part
        out.parent.mkdir(exist_ok=True)
        command = [program, "consolidate", *(str(forms[at]) for at in chosen), "--scheme", str(year)]
        subprocess.run([*command, "-o", str(room / f"{part}-out"), "-q", "--export", str(out)], check=True)
    page = (ROOT / "docs/数据导出.md").read_text(encoding="utf-8")
    ranking, again, twins = re.findall(r"```sql\n(.*?)```", page, re.S)
    ask = lambda query: duckdb.sql(query.replace("各省/*", f"{room}/各省/*")).fetchall()
    ranked = [(rank, tied, society, total) for rank, tied, society, total, *_ in ask(ranking)]
    one = duckdb.sql(
        f"SELECT rank, tied, society, total FROM read_parquet('{room}/one/whole/societies.parquet') "
        "WHERE state = 'ranked' ORDER BY rank, society"
    ).fetchall()
    assert ranked == one and ranked, "two halves come to something else than one piece"
    assert ask(again) == [], "a total is not what its sums come to"
    for query in twins.strip().split(";")[:2]:
        assert ask(query) == [], "something is there twice"
    for table in ("societies", "forms", "lines", "findings", "self", "self_items", "self_lines"):
        path = f"{room}/one/whole/{table}"
        both = [
            duckdb.sql(f"SELECT count(*) FROM {source}").fetchall()[0][0]
            for source in (f"read_parquet('{path}.parquet')", f"read_csv('{path}.csv', all_varchar = true, header = true)")
        ]
        assert both[0] == both[1], (table, both)
    sums = [
        duckdb.sql(f"SELECT sum(bonus::DECIMAL(38,12)), sum(deduction::DECIMAL(38,12)) FROM {source}").fetchall()[0]
        for source in (
            f"read_parquet('{room}/one/whole/lines.parquet')",
            f"read_csv('{room}/one/whole/lines.csv', all_varchar = true, header = true)",
        )
    ]
    assert sums[0] == sums[1], sums
    print(f"{len(ranked)} societies: two halves and one piece are ranked alike")


if __name__ == "__main__":
    main()
