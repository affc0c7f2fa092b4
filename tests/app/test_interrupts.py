"""Ctrl+C in the terminal from which the window was opened."""

import os
import signal
import subprocess
import sys
import time

import pytest

from hopgui.app.interrupts import SIGNALS, Interrupts

OPEN = """
import sys
from PySide6.QtCore import QTimer
from hopgui.app import lab
from hopgui.ui.window.main_window import MainWindow

shown = MainWindow.showEvent
def say(window, event):
    shown(window, event)
    QTimer.singleShot(500, lambda: print("open", flush=True))
MainWindow.showEvent = say
sys.exit(lab.run(["hopgui"]))
"""


@pytest.fixture
def interrupts(qapp):  # noqa: ARG001 - a notifier needs an application
    before = {each: signal.getsignal(each) for each in SIGNALS}
    made = Interrupts()
    yield made
    made.close()
    assert {each: signal.getsignal(each) for each in SIGNALS} == before


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_is_told_of_while_the_window_waits(interrupts, qtbot, number):
    with qtbot.waitSignal(interrupts.asked, timeout=5000):
        signal.raise_signal(number)


def test_the_second_ends_the_program_at_once(interrupts, qtbot):
    with qtbot.waitSignal(interrupts.asked, timeout=5000):
        signal.raise_signal(signal.SIGINT)
    assert {signal.getsignal(each) for each in SIGNALS} == {signal.SIG_DFL}


@pytest.mark.skipif(sys.platform == "win32", reason="no Ctrl+C for a process without a console")
def test_ctrl_c_closes_the_window_in_an_orderly_way(tmp_path):
    surroundings = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    program = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", OPEN],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert program.stdout.readline() == "open\n"
    time.sleep(0.5)
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=60)
    lines = [line for line in said.splitlines() if "propagateSizeHints" not in line]
    assert (program.returncode, lines) == (0, [])
