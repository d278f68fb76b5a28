"""Prints the licence of every crate that is built in, with its texts. usage: python3 .ci/licences.py"""

import json
import pathlib
import subprocess
import sys

FILTERS = ("x86_64-pc-windows-gnu", "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl")


def main():
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    for target in FILTERS:
        command += ["--filter-platform", target]
    data = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    # From the program along what is built in; not what only tests or build scripts need.
    root = data["resolve"]["root"]
    reached, open_ones = set(), [root]
    while open_ones:
        one = open_ones.pop()
        if one in reached:
            continue
        reached.add(one)
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                open_ones.append(dependency["pkg"])
    packages = sorted(
        (package for package in data["packages"] if package["id"] in reached - {root}),
        key=lambda package: (package["name"], package["version"]),
    )
    texts = {}
    print("本程序用到的开源组件及其许可\n")
    for package in packages:
        if not package["license"]:
            sys.exit(f"{package['name']} names no licence")
        print(f"{package['name']} {package['version']}：{package['license']}")
        folder = pathlib.Path(package["manifest_path"]).parent
        for path in sorted(folder.iterdir()):
            named = path.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"))
            if named and path.is_file():
                text = path.read_text(encoding="utf-8", errors="replace").strip()
                texts.setdefault(text, []).append(package["name"])
    for text, names in texts.items():
        print(f"\n{'=' * 72}\n{'、'.join(names)}\n\n{text}")


main()
