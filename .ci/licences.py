"""Prints the licence of every crate that is built in, and of what the compilers add, with its texts.
usage: python3 .ci/licences.py
"""

import json
import pathlib
import subprocess
import sys

# What compilers put into every program: where Debian's packages and Rust keep its texts. What is not there ends it.
DEBIAN = pathlib.Path("/usr/share/doc")
ADDED = {
    "musl（Linux 版的 C 库）：MIT": [DEBIAN / "musl/copyright"],
    "mingw-w64（Windows 版的运行库）": [DEBIAN / "mingw-w64-common/copyright"],
    "GCC 运行库（Windows 版）：GPL-3.0 及 GCC 运行库例外": [DEBIAN / "gcc-mingw-w64-base/copyright"],
}

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
    sysroot = subprocess.run(["rustc", "--print", "sysroot"], check=True, capture_output=True, text=True).stdout
    of_rust = pathlib.Path(sysroot.strip()) / "share/doc/rust/licenses"
    added = {"Rust 标准库：MIT OR Apache-2.0": [of_rust / "MIT.txt", of_rust / "Apache-2.0.txt"], **ADDED}
    for said, paths in added.items():
        print(said)
        for path in paths:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            texts.setdefault(text, []).append(said.split("：")[0])
    for text, names in texts.items():
        print(f"\n{'=' * 72}\n{'、'.join(names)}\n\n{text}")


main()
