"""A process of its own that compiles what the window may need later."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess

import hopgui


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
