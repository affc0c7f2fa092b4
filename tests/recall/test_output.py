"""What `hopgui recall` prints and writes, and with what it may be called."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from recalling import CUE, KEYS, LETTERS, folder_of, squares

from hopgui.session import pbm


def test_the_object_has_every_fact_once(told):
    facts = told("--flip", 20, "--seed", 7)
    assert list(facts) == KEYS
    assert (facts["width"], facts["height"], facts["memories"]) == (10, 10, 4)
    assert (facts["rule"], facts["energy_kind"]) == ("hebb", "quadratic")
    assert (facts["preset"], facts["seed"]) == ("article", 7)
    assert facts["settled"] is True
    assert facts["flips"] >= 20
    assert facts["updates"] % 100 == 0
    assert facts["energy_start"] > facts["energy_end"]
    assert facts["overlaps"] == {"A": 1.0, "C": 0.08, "H": -0.08, "Y": 0.0}
    assert facts["verdict"] == {"kind": "memory", "members": [[1, "A"]], "agreement": 1.0}


def test_without_json_it_tells_a_person(run):
    status, out, err = run("--flip", 20, "--seed", 7)
    assert (status, err) == (0, "")
    assert "Settled in memory A" in out
    assert "20 flips" in out
    assert "article conventions." in out
    memory = [line for line in out.splitlines() if line.endswith("··████████████████··")]
    assert memory  # a line of the A as it is after the recall
    assert "Energy from −920 to −2\u2009532." in out


def test_a_large_picture_is_not_printed(run, tmp_path):
    patterns = folder_of(tmp_path / "p", dict(zip("ab", squares(2, 50, 1), strict=True)))
    status, out, _ = run(patterns=patterns, cue=patterns / "a.pbm")
    assert status == 0
    assert "█" not in out


def test_changed_conventions_are_said(run):
    _, out, _ = run("--preset", "textbook", "--ties", "random", "--no-half")
    assert "textbook conventions but without ½, ties are drawn." in out


def test_names_alike_lose_no_memory(told, tmp_path):
    one, two, three = squares(3, 6, 2)
    patterns = folder_of(tmp_path / "p", {"01-A": one, "02-A": two, "03-B": three})
    facts = told(patterns=patterns, cue=patterns / "02-A.pbm")
    assert list(facts["overlaps"]) == ["01-A", "02-A", "B"]
    assert facts["verdict"]["members"] == [[1, "02-A"]]


def test_the_last_state_is_written_and_starts_the_next_recall(told, tmp_path):
    told("--flip", 30, "--output", tmp_path / "o.pbm")
    again = told(cue=tmp_path / "o.pbm")
    assert again["flips"] == 0
    assert again["overlaps"]["A"] == 1.0


def test_pictures_may_be_png(told, tmp_path):
    folder = tmp_path / "png"
    folder.mkdir()
    for name in ("01-A", "02-C", "03-H", "04-Y"):
        units = pbm.read(LETTERS / f"{name}.pbm")
        Image.fromarray(np.where(units > 0, 190, 200).astype(np.uint8)).save(folder / f"{name}.png")
    assert told("--flip", 20, patterns=folder, cue=folder / "01-A.png") == told("--flip", 20)


def test_a_picture_that_was_there_survives_a_failure(run, tmp_path):
    target = tmp_path / "o.pbm"
    target.write_text("mine")
    status, _, _ = run("--rule", "perceptron", "--output", target, "--trace", tmp_path / "no" / "t")
    assert status == 2
    assert target.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [target]


def test_the_trace_may_go_into_a_pipe(tmp_path):
    done = subprocess.run(  # noqa: S603
        [*INSTALLED, "--patterns", LETTERS, "--cue", CUE, "--flip", "20", "--trace", "/dev/stderr"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stderr.startswith("update,unit,energy\n")


INSTALLED = [str(Path(sys.executable).with_name("hopgui")), "recall"]


def test_the_installed_command_runs_without_a_screen(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment.pop("DISPLAY", None)
    done = subprocess.run(  # noqa: S603
        [*INSTALLED, "--patterns", LETTERS, "--cue", CUE, "--flip", "20", "--json"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(json.loads(done.stdout)) == KEYS
    broken = subprocess.run(  # noqa: S603
        [*INSTALLED, "--patterns", LETTERS, "--cue", "missing.pbm"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (broken.returncode, broken.stdout) == (2, "")
    assert broken.stderr == ("hopgui: missing.pbm could not be read: No such file or directory.\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_an_output_that_takes_nothing_is_said_in_one_line(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603
            [*INSTALLED, "--patterns", LETTERS, "--cue", CUE],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == (
        "hopgui: standard output could not be written: No space left on device.\n"
    )


def test_an_output_that_is_closed_is_said_in_one_line(run, monkeypatch):
    monkeypatch.setattr("sys.stdout", None)
    status, out, err = run()
    assert (status, out, err) == (2, "", "hopgui: standard output is closed.\n")


def test_qt_is_not_loaded(tmp_path):
    script = (
        "import sys; from hopgui.__main__ import main; status = main(sys.argv[1:]);"
        "sys.exit(status or any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script, "recall", "--patterns", LETTERS, "--cue", CUE],
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0


def test_a_perceptron_that_gave_up_says_so(run):
    for margin in ("50", "1e308"):
        status, out, err = run("--rule", "perceptron", "--margin", margin)
        assert (status, err) == (0, "")
        assert f"gave up before every margin was {float(margin):g}" in out
