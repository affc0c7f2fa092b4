"""The laws of the house that a machine can check."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]

QT = ("PySide6", "shiboken6")
ALL_BUT_QTCORE = ("PySide6.QtGui", "PySide6.QtWidgets")

WITHOUT = """
import importlib
import pkgutil
import sys
from importlib.abc import MetaPathFinder

blocked, rooms = (words.split(",") for words in sys.argv[1:])


class Block(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in blocked:
            raise ImportError(name + " is not to be had")
        return None


sys.meta_path.insert(0, Block())
for name in blocked:
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    sys.exit("the block does not hold")

for room in rooms:
    package = importlib.import_module(room)
    print(room)
    for module in pkgutil.walk_packages(package.__path__, room + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


def test_who_may_import_whom(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


def imported_without(blocked: tuple[str, ...], *rooms: str) -> subprocess.CompletedProcess[str]:
    """Import every module of some rooms in a fresh interpreter that lacks some others."""
    return subprocess.run(  # noqa: S603 - a program of this file's own
        [sys.executable, "-c", WITHOUT, ",".join(blocked), ",".join(rooms)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("blocked", "rooms"),
    [(QT, ("model", "session")), (ALL_BUT_QTCORE, ("worker", "control"))],
    ids=["model and session without Qt", "worker and control with QtCore only"],
)
def test_every_module_imports_without(blocked: tuple[str, ...], rooms: tuple[str, ...]):
    run = imported_without(blocked, *(f"hopgui.{room}" for room in rooms))
    assert run.returncode == 0, run.stderr
    files = [file for room in rooms for file in (ROOT / "hopgui" / room).rglob("*.py")]
    assert len(run.stdout.split()) == len(files)


@pytest.mark.parametrize(("blocked", "room"), [(QT, "worker"), (ALL_BUT_QTCORE, "ui")])
def test_a_room_that_needs_what_is_blocked_fails(blocked: tuple[str, ...], room: str):
    run = imported_without(blocked, f"hopgui.{room}")
    assert run.returncode != 0
    assert "is not to be had" in run.stderr
