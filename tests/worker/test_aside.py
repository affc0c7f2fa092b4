"""What keeps the window smooth: threads that stand back, and loops compiled elsewhere."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess

import hopgui
from hopgui.model import warm
from hopgui.worker import aside


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread has no priority of its own")
def test_a_thread_that_stands_back_comes_after_the_windows():
    def priority():
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, found = priority(), []

    def work():
        aside.stand_back()
        found.append(priority())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [max(before, aside.NICENESS)]
    assert priority() == before


def test_a_priority_that_may_not_be_changed_stays(monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "setpriority", refuse, raising=False)
    aside.stand_back()


@pytest.fixture
def as_python_begins():
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("as_python_begins")
def test_the_window_soon_has_the_interpreter_lock_from_threads_that_stand_back(monkeypatch):
    monkeypatch.setattr(os, "setpriority", lambda *_: None, raising=False)
    aside.stand_back()
    assert sys.getswitchinterval() <= 0.001


def test_loops_are_compiled_in_a_process_that_nobody_waits_for(monkeypatch):
    started = []

    class Process(QProcess):
        def startDetached(self):  # noqa: N802 - Qt's name
            started.append([self.program(), *self.arguments(), self.workingDirectory()])
            return True

    monkeypatch.setattr(aside, "QProcess", Process)
    aside.compile_all_aside()
    ((program, *arguments, folder),) = started
    assert program == sys.executable
    assert arguments == ["-m", warm.__name__]
    # There, this very package is what is found.
    assert Path(folder, *warm.__name__.split(".")).with_suffix(".py").samefile(warm.__file__)
    assert Path(folder, "hopgui", "__init__.py").samefile(hopgui.__file__)


ALL_KINDS = """
from hopgui.model import kernels, warm
warm.main()
from cases import random_patterns
from kinds import CHOSEN, KINDS, PAIRWISE, begin, network_of
from hopgui.model.choices import Trouble, Update

def compiled():
    return {name: len(loop.signatures) for name, loop in vars(kernels).items()
            if hasattr(loop, "signatures")}

known = compiled()
assert all(known[name] for name in ("fall", "wander", "descend", "step", "flip_by_hand"))
patterns = random_patterns(3, 300, seed=1)
for preset in CHOSEN.values():
    for kind in KINDS:
        for trouble in (Trouble(), Trouble(one_way=True)) if kind in PAIRWISE else (Trouble(),):
            network = network_of(kind, patterns, preset, trouble=trouble)
            network.fields(patterns[0])
            network.score(patterns[0])
            for update in Update:
                for temperature in (0.0, 1.0):
                    run = begin(network, patterns[0], update, temperature=temperature)
                    run.advance(run.least)
                    run.set_units(patterns[0][:2] * 0, -1)
later = compiled()
assert later == known, {name: (known[name], later[name]) for name in later}
"""


def test_afterwards_no_network_has_anything_left_to_compile():
    # In an interpreter of its own: others may have compiled what is missing here.
    root, tests = Path(hopgui.__file__).parents[1], Path(__file__).parents[1]
    paths = os.pathsep.join([str(root), str(tests)])
    done = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", ALL_KINDS],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
