"""A screen to measure on: the one there is, or a virtual one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1920x1080x24"


@contextmanager
def screen() -> Iterator[None]:
    """Have a screen while the block lasts: a virtual one where no display is set."""
    if sys.platform != "linux" or "DISPLAY" in os.environ:
        yield
        return
    server = shutil.which("Xvfb")
    if server is None:
        sys.exit("There is no screen, and no Xvfb to make one: apt-get install xvfb")
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"]
    xvfb = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            os.environ["DISPLAY"] = f":{answer.readline().strip()}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        xvfb.terminate()
        xvfb.wait()
