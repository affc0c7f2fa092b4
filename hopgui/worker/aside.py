"""What keeps the window smooth while others work: they stand back, or work in a process aside."""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QProcess

import hopgui

NICENESS = 10
# Seconds after which a thread at work gives up the interpreter lock when another asks for it.
HOLD = 0.0001


def stand_back() -> None:
    """Let this thread work after the window's where there are fewer cores than work.

    Linux knows a priority of each thread; elsewhere, or where it may not be changed, nothing is.
    Everywhere the window need not wait for the interpreter lock as long as Python's own 5 ms.
    """
    sys.setswitchinterval(HOLD)
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


def compile_all_aside() -> None:
    """Have every loop compiled for every form and kept on disk, by a process that takes its time.

    Compiling holds the interpreter lock: done here, the window would stutter for some seconds.
    """
    process = QProcess()
    process.setProgram(sys.executable)
    process.setArguments(["-m", "hopgui.model.warm"])
    # A clone that is not installed is found from the folder it stands in.
    process.setWorkingDirectory(str(Path(hopgui.__file__).parents[1]))
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    process.startDetached()
