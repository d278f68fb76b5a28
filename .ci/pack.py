#!/usr/bin/env python3
"""Packs a folder as a zip of the same name beside it. Names are UTF-8 and are marked so (bit 11 of the flags): without
that mark a Windows of the language reads them by its own code page, and the first page cannot be found. Reads back what
it wrote.
"""

import pathlib
import sys
import zipfile

UTF8 = 0x800


def main():
    folder = pathlib.Path(sys.argv[1])
    archive = folder.with_name(folder.name + ".zip")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            packed.write(path, path.relative_to(folder.parent).as_posix())
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        entries = packed.infolist()
        assert len(entries) == len(files) > 0
        for entry in entries:
            assert entry.filename.isascii() or entry.flag_bits & UTF8, f"{entry.filename}: not marked as UTF-8"
        assert any(not entry.filename.isascii() for entry in entries), "no name that the mark is for"


if __name__ == "__main__":
    main()
