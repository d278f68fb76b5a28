"""Runs a Windows program in a terminal of its own, as a double click does, and answers what it asks.

usage: python3 window.py ASKED [TYPED] -- WINE_ARGUMENT…
The first time ASKED is said, TYPED and Enter are pressed, each further time Enter alone. Ends with 1 unless it was asked
and the program has ended then.
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
    until = sys.argv.index("--")
    asked, typed = sys.argv[1], sys.argv[2:until]
    arguments = sys.argv[until + 1 :]
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("wine", ["wine", *arguments])
    said = b""
    answers = 0
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
        if re.sub(r"\s", "", text).count(asked) > answers:
            time.sleep(0.5)  # what is typed before it listens is not meant for it
            keys = "" if answers else "".join(typed)
            os.write(terminal, keys.encode() + b"\r")
            answers += 1
    else:
        os.kill(child, 9)
        print(f"it neither asked nor ended within {PATIENCE} s", file=sys.stderr)
        answers = 0
    print(ESCAPES.sub("", said.decode("utf-8", "replace")))
    sys.exit(0 if answers else 1)


main()
