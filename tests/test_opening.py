"""What the command is started with: a session named on the command line, and its surroundings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import hopgui.app
from hopgui import __main__, cli


@pytest.fixture
def opened(monkeypatch):
    """What the window was asked to open with."""
    asked = []
    monkeypatch.setattr(hopgui.app, "run", lambda arguments, file: asked.append((arguments, file)))
    monkeypatch.setattr(__main__, "has_screen", lambda: True)
    monkeypatch.setattr(__main__, "missing_library", lambda: None)
    return asked


def test_a_session_is_handed_to_the_window(opened):
    __main__.main(["talk.hopgui"])
    assert opened[0][1] == Path("talk.hopgui")


def test_without_a_file_there_is_none(opened):
    __main__.main([])
    assert opened[0][1] is None


def test_a_file_of_any_name_is_opened_if_it_is_there(opened, tmp_path):
    file = tmp_path / "talk"
    file.write_bytes(b"")
    __main__.main([str(file)])
    assert opened[0][1] == file


@pytest.mark.parametrize("arguments", [["recal"], ["talk.hopgui", "more"], ["--talk.hopgu"]])
def test_what_is_neither_file_nor_command_is_told_in_one_line(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        cli.parse(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_commands_are_commands_though_a_file_has_their_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo").write_bytes(b"")
    assert cli.parse(["demo"]).command == "demo"


def test_without_a_screen_a_session_is_not_opened_and_no_demonstration_run(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "has_screen", lambda: False)
    assert __main__.main(["talk.hopgui"]) == 2
    assert capsys.readouterr().err == "hopgui: there is no screen to open talk.hopgui on\n"


@pytest.mark.parametrize(("given", "kept"), [(None, "4"), ("20", "20")])
def test_the_threads_of_the_blas_do_not_spin_unless_they_are_told_to(given, kept):
    name = "OPENBLAS_THREAD_TIMEOUT"
    surroundings = {key: value for key, value in os.environ.items() if key != name}
    if given is not None:
        surroundings[name] = given
    # Set once numpy is loaded it would be too late.
    text = (
        "import sys, os, hopgui\n"
        f"print(os.environ['{name}'], 'numpy' in sys.modules)\n"
        "import hopgui.__main__"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", text], env=surroundings, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [kept, "False"]
