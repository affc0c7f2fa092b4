"""Loops kept on disk: found again, and never after anything in them has changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import hopgui

PULLS = """
import numpy as np
from hopgui.model import kernels
columns, alone = np.zeros((2, 2), np.int32), np.zeros(2, np.int64)
form = kernels.Matrix(columns, np.array([3, 4]), columns[:0, :0], alone[:0], alone, alone)
out = np.empty(2, np.int64)
kernels.pulls(form, np.ones(2, np.int8), out)
print(*out, sum(kernels.pulls.stats.cache_hits.values()))
"""


# What a process does that reads the index before another has written to it, and writes after it.
LATE = """
from numba.core.caching import IndexDataCacheFile
IndexDataCacheFile._load_index = lambda files: {}
IndexDataCacheFile._save_index = lambda files, overloads: None
import numpy as np
from hopgui.model.kernels import whole
whole.weighted_sums(np.ones((2, 2), np.int32), np.ones(2, np.int8), np.zeros(2, np.int64))
"""

EARLY = """
import numpy as np
from hopgui.model.kernels import whole
out = np.zeros(3, np.int32)
whole.weighted_sums(np.arange(9, dtype=np.int8).reshape(3, 3), np.ones(3, np.int8), out)
print(*out, sum(whole.weighted_sums.stats.cache_hits.values()))
"""


def test_two_processes_that_keep_a_loop_at_once_do_not_mix_up_its_forms(tmp_path):
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}

    def told(text):
        done = subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", text], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    assert told(EARLY) == ["9", "12", "15", "0"]
    told(LATE)
    assert told(EARLY) == ["9", "12", "15", "1"]


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_loop_is_compiled_anew_when_a_piece_in_another_file_changes(tmp_path, elsewhere):
    package = Path(hopgui.__file__).parent
    shutil.copytree(package, tmp_path / "hopgui", ignore=shutil.ignore_patterns("__pycache__"))
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    env.pop("NUMBA_CACHE_DIR", None)
    if elsewhere:
        env["NUMBA_CACHE_DIR"] = str(tmp_path / "kept")

    def told():
        done = subprocess.run(  # noqa: S603 - our own interpreter and text
            [sys.executable, "-c", PULLS],
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split()

    assert told() == ["3", "4", "0"]
    assert told() == ["3", "4", "1"]
    kept = list(tmp_path.rglob("*.nbi"))
    assert kept
    assert all((tmp_path / "kept" in file.parents) == elsewhere for file in kept)
    units = tmp_path / "hopgui" / "model" / "kernels" / "units.py"
    text = units.read_text(encoding="utf-8")
    assert text.count("return form.fields[unit]\n") == 1
    changed = text.replace("return form.fields[unit]\n", "return form.fields[unit] + 10\n")
    units.write_text(changed, encoding="utf-8")
    assert told() == ["13", "14", "0"]
    units.write_text(text, encoding="utf-8")
    assert told() == ["3", "4", "1"]
