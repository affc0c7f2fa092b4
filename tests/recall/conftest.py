"""The command `hopgui recall`, as a person or a program calls it."""

import json

import pytest
from recalling import CUE, LETTERS


@pytest.fixture
def run(run):
    """Runs the command; its exit status, and what it printed on both outputs."""

    def recall(*switches: object, patterns: object = LETTERS, cue: object = CUE):
        return run("recall", "--patterns", patterns, "--cue", cue, *switches)

    return recall


@pytest.fixture
def told(run):
    """Runs the command with --json; the object."""

    def recall(*switches: object, **files: object) -> dict:
        status, out, err = run(*switches, "--json", **files)
        assert (status, err) == (0, "")
        return json.loads(out)

    return recall


@pytest.fixture
def refused(run):
    """Runs the command; the one line that it ends with."""

    def recall(*switches: object, **files: object) -> str:
        status, out, err = run(*switches, **files)
        assert (status, out) == (2, "")
        assert err.startswith("hopgui: ")
        assert err.count("\n") == 1
        assert err.endswith("\n")
        return err

    return recall
