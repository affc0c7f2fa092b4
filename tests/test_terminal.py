"""Terminals, and pipes, that do not know every sign."""

import io
import sys

import pytest

from hopgui import terminal
from hopgui.__main__ import main


@pytest.mark.parametrize(
    ("coding", "text", "seen"),
    [
        ("cp1252", "██··", "##··"),
        ("ascii", "██··", "##.."),
        ("ascii", "E = −2\N{THIN SPACE}532, v → h, κ ≤ ½", "E = -2 532, v -> h, kappa <= 1/2"),
        ("ascii", "Ω ⟨x⟩", "? ?x?"),
        ("utf-8", "██··, κ", "██··, κ"),
    ],
)
def test_what_cannot_be_encoded_is_written_in_plainer_signs(coding, text, seen):
    assert text.encode(coding, terminal.PLAINER).decode(coding) == seen


def test_bytes_that_cannot_be_read_are_still_an_error():
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", terminal.PLAINER)


@pytest.mark.parametrize("coding", ["ascii", "cp1252"])
@pytest.mark.parametrize(
    "command", ["demo", "recall", "census", "enumerate", "train", "sample", ""]
)
def test_every_help_can_be_written_anywhere(coding, command, monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=coding))
    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    sys.stdout.flush()
    assert ended.value.code == 0
    assert "usage: hopgui" in written.getvalue().decode(coding)
    assert "?" not in written.getvalue().decode(coding)
