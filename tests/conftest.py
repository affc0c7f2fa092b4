"""What every test stands on: no screen needed, and nothing left running behind it."""

import gc
import json
import os
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from shiboken6 import isValid

from hopgui.__main__ import main

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def running():
    """Every thread and every timer of Qt that is at work, of those made since the last freeze."""
    if QCoreApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    objects = gc.get_objects()
    kinds = {kind for kind in set(map(type, objects)) if issubclass(kind, (QThread, QTimer))}
    made = [each for each in objects if type(each) in kinds and isValid(each)]
    return [
        each
        for each in made
        if (each.isRunning() if isinstance(each, QThread) else each.isActive())
    ]


@pytest.fixture(autouse=True)
def nothing_outlives_its_test():
    before = set(threading.enumerate())
    # Half a million objects of the libraries need not be gone through after every test.
    gc.freeze()
    yield
    left = running()
    if left:
        left.clear()
        gc.collect()  # a widget that the test let go is not left running
        left = running()
    assert not left, f"Qt's threads or timers outlived the test: {left}"
    alive = [each for each in threading.enumerate() if each not in before and each.is_alive()]
    assert not alive, f"threads outlived the test: {alive}"
    gc.collect()  # else the next test would freeze what this one has left lying


@pytest.fixture
def run(capsys):
    """Runs a command; its exit status, and what it printed on both outputs."""

    def command(*words: object):
        try:
            status = main([str(word) for word in words])
        except SystemExit as stop:
            status = stop.code
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def told(run):
    """Runs a command with --json; the object."""

    def command(*words: object) -> dict:
        status, out, err = run(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return command


@pytest.fixture
def refused(run):
    """Runs a command; the one line that it ends with."""

    def command(*words: object) -> str:
        status, out, err = run(*words)
        assert (status, out) == (2, "")
        assert err.startswith("hopgui: ")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        return err

    return command
