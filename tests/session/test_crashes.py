"""The power may go at any moment: the saved file is whole, and little is lost of what is not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parents[1] / "crashing.py"
KILLS = 200
LONGEST_LIFE = "0.12"  # seconds


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed")
def test_a_process_killed_at_any_moment_leaves_whole_files_and_a_young_copy():
    run = subprocess.run(  # noqa: S603 - a program of this folder's own
        [sys.executable, PROGRAM, str(KILLS), LONGEST_LIFE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["wrong"] == []
    assert found["kills"] == KILLS
    # Else no kill came at an interesting moment: after something was kept, within a write.
    assert found["recovered"] > KILLS / 4
    assert found["drafts"] > 0
    assert found["old_recovered"] == 6
    assert 0 < found["oldest"] <= 2.0, "a copy is at most two seconds behind"
