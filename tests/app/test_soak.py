"""Twenty thousand random events: no exception, no warning of Qt, no memory that goes on growing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

EVENTS, SEED = 20_000, 1
GROWTH = 1.10


@pytest.mark.timeout(900)
def test_the_window_bears_whatever_is_done_to_it():
    # In an interpreter of its own, so that its memory is its own.
    script = Path(__file__).with_name("soak.py")
    command = [sys.executable, script, "--events", str(EVENTS), "--seed", str(SEED)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert told.stdout, told.stderr[-4000:]
    found = json.loads(told.stdout)
    assert not found["faults"], "\n\n".join(found["faults"])
    assert told.returncode == 0, told.stderr[-4000:]
    assert found["events"] == EVENTS
    _, warm, *later = found["memory"]
    assert max(later) <= GROWTH * warm, found["memory"]
