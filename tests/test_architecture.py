"""The laws of the house that a machine can check."""

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]

WITHOUT_QT = """
import importlib
import pkgutil
import sys
from importlib.abc import MetaPathFinder


class NoQt(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}:
            raise ImportError(name + " is not to be had")
        return None


sys.meta_path.insert(0, NoQt())
try:
    import PySide6
except ImportError:
    pass
else:
    sys.exit("the block does not hold")

for room in sys.argv[1:]:
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


def imported_without_qt(*rooms: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a program of this file's own
        [sys.executable, "-c", WITHOUT_QT, *rooms],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_model_and_session_run_without_qt():
    run = imported_without_qt("hopgui.model", "hopgui.session")
    assert run.returncode == 0, run.stderr
    files = {
        path
        for room in ("model", "session")
        for path in (ROOT / "hopgui" / room).rglob("*.py")
        if path.name != "__init__.py"
    }
    assert len(run.stdout.split()) == len(files) + 2


def test_the_worker_does_not_so_the_block_holds():
    run = imported_without_qt("hopgui.worker")
    assert run.returncode != 0
    assert "is not to be had" in run.stderr
