"""How long the window takes to appear, against an empty window with the same imports.

Starts both alternately, as many times as the number given (nine), each in a process of its own,
and times each from its start to its first painted window.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from _screen import screen

START = Path(__file__).parent / "_start.py"
MOST = 1.3


def start(kind: str, folder: str) -> float:
    """Return the seconds from the start of a process to its first painted window."""
    environment = {**os.environ, "XDG_CONFIG_HOME": folder}  # no preferences of anyone's
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(START), kind],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1]) - begun


def main(rounds: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        start("program", folder), start("empty", folder)  # compiled files are there from now on
        pairs = [(start("program", folder), start("empty", folder)) for _ in range(rounds)]
    programs, empties = zip(*pairs, strict=True)
    ratio = median(program / empty for program, empty in pairs)
    print(f"the window    {median(programs):6.2f} s  (best {min(programs):.2f} s)")
    print(f"an empty one  {median(empties):6.2f} s  (best {min(empties):.2f} s)")
    print(f"ratio         {ratio:6.2f}    goal: at most {MOST}")
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    with screen():
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
