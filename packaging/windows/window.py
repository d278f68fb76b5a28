"""Runs a Windows program in a terminal of its own, as a double click does, and presses the key that it asks for.

usage: python3 window.py ASKED WINE_ARGUMENT…     (ends with 1 unless ASKED is said and Enter then ends the program)
"""

import os
import pty
import re
import select
import sys
import time

PATIENCE = 120  # seconds
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


def main():
    asked, arguments = sys.argv[1], sys.argv[2:]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("wine", ["wine", *arguments])
    said = b""
    is_pressed = False
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            more = os.read(terminal, 65536)
        except OSError:  # the program has ended
            more = b""
        if not more:
            break
        said += more
        text = ESCAPES.sub("", said.decode("utf-8", "replace"))
        if not is_pressed and asked in re.sub(r"\s", "", text):
            time.sleep(0.5)  # what is typed before it listens is not meant for it
            os.write(terminal, b"\r")
            is_pressed = True
    else:
        os.kill(child, 9)
        print(f"it neither asked nor ended within {PATIENCE} s", file=sys.stderr)
        is_pressed = False
    print(ESCAPES.sub("", said.decode("utf-8", "replace")))
    sys.exit(0 if is_pressed else 1)


main()
