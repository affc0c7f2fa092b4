"""Whatever is in a file, it is read or refused in one sentence, soon, and in little memory."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import fuzzing
import pytest
from cases import law
from hypothesis import example, given
from hypothesis import strategies as st

from hopgui.refusal import Refusal
from hopgui.session import pbm, store

PROGRAM = Path(__file__).parents[1] / "fuzzing.py"
FILES = 2000


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc for its memory")
def test_damaged_files_by_the_thousand_are_read_or_refused():
    run = subprocess.run(  # noqa: S603 - a program of this folder's own
        [sys.executable, PROGRAM, str(FILES), "1"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["wrong"] == []
    assert found["read"] + found["refused"] >= FILES
    # Else the damage was such that nothing was tried beyond the first byte.
    assert min(found["read"], found["refused"]) > FILES / 10
    assert found["slowest"][0] < 1.0, "seconds of the processor's, for any one file"
    assert found["megabytes"] < 300


@cache
def sound():
    return fuzzing.session_file()


@st.composite
def damaged(draw):
    """A session with some bytes changed, cut out or put in."""
    content = sound()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 40))
        content = content[:start] + draw(st.binary(max_size=40)) + content[end:]
    return content


def read_or_refused(reader, content):
    """What is read, or None where it is refused by the file's name."""
    try:
        return reader(content, "the file")
    except Refusal as refusal:
        told = str(refusal)
    assert told.startswith("the file ")
    return None


@law
@given(damaged() | st.binary(max_size=300))
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes_are_a_session_or_none(content):
    session = read_or_refused(store.decode, content)
    if session is not None:
        assert store.encode(store.decode(store.encode(session), "b")) == store.encode(session)


@law
@given(st.binary(max_size=300).map(lambda tail: b"P1" + tail) | st.binary(max_size=99))
def test_any_bytes_are_a_bitmap_or_none(content):
    picture = read_or_refused(pbm.parse, content)
    if picture is not None:
        assert set(picture.flat) <= {-1, 1}
