"""The command `hopgui recall`, as a person or a program meets it."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import reference
from cases import random_patterns
from PIL import Image

from hopgui import cli
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.model.network import Network
from hopgui.session import cues, edits, library, pbm
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import Damage, with_pad

LETTERS = library.pattern_folder() / "letters-10"
CUE = LETTERS / "01-A.pbm"
KEYS = [
    "width",
    "height",
    "memories",
    "rule",
    "energy_kind",
    "preset",
    "seed",
    "settled",
    "updates",
    "flips",
    "energy_start",
    "energy_end",
    "overlaps",
    "verdict",
]


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


def folder_of(path: Path, pictures: dict[str, np.ndarray]) -> Path:
    path.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        pbm.write(path / f"{name}.pbm", picture)
    return path


def squares(memories: int, side: int, seed: int) -> list[np.ndarray]:
    return [row.reshape(side, side) for row in random_patterns(memories, side * side, seed)]


def trace_of(path: Path) -> list[tuple[int, int, float]]:
    with path.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["update", "unit", "energy"]
    return [(int(update), int(unit), float(energy)) for update, unit, energy in rows[1:]]


# What it prints


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


# What it computes


@pytest.mark.parametrize("preset", [ARTICLE, TEXTBOOK], ids=["article", "textbook"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_does_what_the_slow_recall_does(told, tmp_path, preset, seed):
    name = "article" if preset == ARTICLE else "textbook"
    patterns = cues.read_patterns(LETTERS)
    facts = told("--preset", name, "--seed", seed, "--flip", 35, "--trace", tmp_path / "t.csv")
    damaged = patterns.units[0].copy()
    damaged[rng_of(Draws.DAMAGE, seed).choice(100, 35, replace=False, shuffle=False)] *= -1
    stream = reference.stream_seed(rng_of(Draws.RECALL, seed))
    state, flips, updates = reference.settled_by(patterns.units, damaged, preset, stream)
    trace = trace_of(tmp_path / "t.csv")
    assert [(update, unit) for update, unit, _ in trace] == flips
    assert facts["updates"] == updates
    assert facts["flips"] == len(flips)
    energy = {
        which: reference.energy(patterns.units, which_state, preset)
        for which, which_state in (("start", damaged), ("end", state))
    }
    assert facts["energy_start"] == pytest.approx(float(energy["start"]))
    assert facts["energy_end"] == pytest.approx(float(energy["end"]))
    assert trace[-1][2] == facts["energy_end"]
    sums = reference.overlaps(patterns.units, state)
    assert list(facts["overlaps"].values()) == [total / 100 for total in sums]


def test_the_same_seed_gives_the_run_of_the_window(told, tmp_path):
    session = library.session_of(library.read_set(LETTERS))
    session = replace(with_pad(session, session.memories[2].picture), seed=9)
    session = edits.damage(replace(session, damage=Damage(30, 9)))
    shown = library_run(session)
    facts = told("--flip", 30, "--seed", 9, "--trace", tmp_path / "t.csv", cue=LETTERS / "03-H.pbm")
    assert [row[:2] for row in trace_of(tmp_path / "t.csv")] == shown[0]
    assert facts["updates"] == shown[1]


def library_run(session) -> tuple[list[tuple[int, int]], int]:
    run = Network(session.patterns, session.conventions).start(
        session.pad.ravel(), rng=rng_of(Draws.RECALL, session.seed)
    )
    flips = run.advance(10**6)
    return list(zip(flips.updates.tolist(), flips.units.tolist(), strict=True)), run.updates


@pytest.mark.parametrize("rule", [*RuleKind])
def test_every_rule_recalls(told, rule):
    facts = told("--rule", rule, "--flip", 10, "--preset", "textbook")
    assert facts["rule"] == rule
    assert facts["settled"]
    assert facts["verdict"]["members"] == [[1, "A"]]


@pytest.mark.parametrize("energy", ["quadratic", "polynomial:2", "polynomial:5", "exponential"])
@pytest.mark.parametrize("update", [*Update])
def test_every_energy_under_every_update(told, energy, update):
    facts = told("--energy", energy, "--update", update, "--flip", 20, "--preset", "textbook")
    assert facts["energy_kind"] == energy
    assert facts["settled"]
    assert facts["verdict"] == {"kind": "memory", "members": [[1, "A"]], "agreement": 1.0}


def test_order_two_is_the_network_without_self_connections(told, tmp_path):
    for which, switches in {"two": ["--energy", "polynomial:2"], "zero": []}.items():
        told(
            *("--self-connections", "zero", "--flip", 40, "--seed", 5, *switches),
            *("--trace", tmp_path / which),
        )
    two, zero = (trace_of(tmp_path / which) for which in ("two", "zero"))
    assert [row[:2] for row in two] == [row[:2] for row in zero]
    # Removing self-connections adds a constant.
    assert {round(b[2] - a[2], 6) for a, b in zip(two, zero, strict=True)} == {100.0}


def test_the_same_seed_says_the_same_and_another_seed_does_not(run, tmp_path):
    def once(seed, place):
        paths = tmp_path / f"{place}.pbm", tmp_path / f"{place}.csv"
        _, out, _ = run(
            *("--temperature", 150, "--sweeps", 5, "--flip", 25, "--seed", seed, "--json"),
            *("--output", paths[0], "--trace", paths[1]),
        )
        return out, *(path.read_bytes() for path in paths)

    assert once(4, "a") == once(4, "b")
    assert once(4, "a")[2] != once(5, "c")[2]


def test_conventions_scale_the_energy(told):
    article = told()["energy_start"]
    assert told("--half")["energy_start"] == article / 2
    assert told("--scale", "units")["energy_start"] == pytest.approx(article * 4 / 100)
    assert told("--self-connections", "zero")["energy_start"] == article + 100


# Temperature, cooling, cycles: what is settled and what is not


def test_a_hot_run_is_never_settled(told):
    facts = told("--temperature", 200)
    assert facts["settled"] is False
    assert facts["verdict"]["kind"] == "unsettled"
    assert facts["updates"] == 100 * 100


def test_a_cooling_run_settles_at_last(told):
    facts = told("--temperature", 200, "--cooling", 0.9)
    assert facts["settled"] is True
    assert facts["verdict"]["kind"] != "unsettled"


def test_sweeps_are_the_bound(told, tmp_path):
    facts = told("--temperature", 200, "--sweeps", 7, "--trace", tmp_path / "t.csv")
    assert facts["updates"] == 700
    assert len(trace_of(tmp_path / "t.csv")) == facts["flips"]
    still = told("--flip", 50, "--sweeps", 0)
    assert (still["updates"], still["flips"], still["settled"]) == (0, 0, False)
    assert still["energy_end"] == still["energy_start"]
    assert still["verdict"]["kind"] == "unsettled"


def test_a_synchronous_cycle_is_called_one(told, tmp_path):
    patterns = folder_of(tmp_path / "p", {"both": np.array([[1, 1]], np.int8)})
    pbm.write(tmp_path / "cue.pbm", np.array([[1, -1]], np.int8))
    facts = told(
        *("--update", "sync", "--preset", "textbook"), patterns=patterns, cue=tmp_path / "cue.pbm"
    )
    assert facts["verdict"]["kind"] == "cycle"
    assert facts["settled"] is False
    assert facts["updates"] <= 3 * 2


def test_ghosts_are_named_with_their_signs(told, tmp_path):
    one, two, three = squares(3, 12, 11)
    patterns = folder_of(tmp_path / "p", {"A": one, "C": two, "J": three})
    ghost = np.sign(one.astype(int) + two - three).astype(np.int8)
    pbm.write(tmp_path / "cue.pbm", ghost)
    facts = told(patterns=patterns, cue=tmp_path / "cue.pbm")
    assert facts["verdict"]["kind"] == "mixture"
    assert facts["verdict"]["members"] == [[1, "A"], [1, "C"], [-1, "J"]]
    assert facts["verdict"]["agreement"] >= 0.9
    # To an odd order a memory and its inverse are not alike: this ghost cannot stand.
    cubic = told("--energy", "polynomial:3", patterns=patterns, cue=tmp_path / "cue.pbm")
    assert cubic["verdict"]["members"] != [[1, "A"], [1, "C"], [-1, "J"]]


def test_an_inverse_is_named(told, tmp_path):
    pbm.write(tmp_path / "cue.pbm", -pbm.read(CUE))
    facts = told("--preset", "textbook", cue=tmp_path / "cue.pbm")
    assert facts["verdict"] == {"kind": "inverse", "members": [[-1, "A"]], "agreement": 1.0}
    assert facts["overlaps"]["A"] == -1.0


# Damage and pinned units


@pytest.mark.parametrize(("percent", "flipped"), [(0, 0), (1, 1), (12.4, 12), (50, 50), (100, 100)])
def test_exactly_so_many_units_are_flipped(told, tmp_path, percent, flipped):
    told("--flip", percent, "--sweeps", 0, "--output", tmp_path / "o.pbm")
    assert int((pbm.read(tmp_path / "o.pbm") != pbm.read(CUE)).sum()) == flipped


@pytest.mark.parametrize("update", [*Update])
@pytest.mark.parametrize("temperature", [0, 500])
def test_pinned_units_never_change(run, tmp_path, update, temperature):
    if update is Update.STEEPEST and temperature:
        return
    rng = np.random.default_rng(3)
    mask = rng.choice(np.array([-1, 1], np.int8), (10, 10))
    cue = rng.choice(np.array([-1, 1], np.int8), (10, 10))
    pbm.write(tmp_path / "mask.pbm", mask)
    pbm.write(tmp_path / "cue.pbm", cue)
    status, _, _ = run(
        *("--pin", tmp_path / "mask.pbm", "--flip", 60, "--update", update, "--sweeps", 20),
        *("--temperature", temperature, "--output", tmp_path / "o.pbm"),
        *("--trace", tmp_path / "t.csv"),
        cue=tmp_path / "cue.pbm",
    )
    assert status == 0
    end = pbm.read(tmp_path / "o.pbm")
    assert (end == cue)[mask > 0].all()
    trace = trace_of(tmp_path / "t.csv")
    assert trace
    assert not {unit for _, unit, _ in trace} & set(np.flatnonzero(mask.ravel() > 0).tolist())


@pytest.mark.parametrize("switches", [[], ["--temperature", "9"], ["--update", "sync"]])
def test_with_every_unit_pinned_nothing_moves(told, tmp_path, switches):
    pbm.write(tmp_path / "mask.pbm", np.ones((10, 10), np.int8))
    facts = told("--pin", tmp_path / "mask.pbm", "--flip", 50, *switches)
    assert facts["flips"] == 0
    assert facts["overlaps"]["A"] == 1.0


# Files


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


# Mistakes


@pytest.mark.parametrize(
    ("switches", "reason"),
    [
        (["--temperature", "nan"], "a number"),
        (["--temperature", "-1"], "0 or more"),
        (["--temperature", "inf"], "a number"),
        (["--temperature", "warm"], "a number"),
        (["--cooling", "0.9"], "needs a --temperature"),
        (["--temperature", "1", "--cooling", "0"], "above 0"),
        (["--temperature", "1", "--cooling", "1.5"], "at most 1"),
        (["--temperature", "1", "--update", "steepest"], "no temperature"),
        (["--flip", "101"], "from 0 to 100"),
        (["--flip", "-1"], "from 0 to 100"),
        (["--flip", "nan"], "from 0 to 100"),
        (["--flip"], "expected one argument"),
        (["--energy", "polynomial:abc"], "whole number"),
        (["--energy", "polynomial:"], "whole number"),
        (["--energy", "polynomial"], "polynomial:3"),
        (["--energy", "polynomial:1"], "2 to 40"),
        (["--energy", "polynomial:41"], "2 to 40"),
        (["--energy", "polynomial:" + "9" * 5000], "whole number"),
        (["--energy", "cubic"], "polynomial:3"),
        (["--energy", "quadratic:3"], "polynomial:3"),
        (["--energy", "exponential", "--rule", "storkey"], "quadratic energy alone"),
        (["--rule", "hebbian"], "invalid choice"),
        (["--margin", "0.5"], "perceptron alone"),
        (["--rule", "perceptron", "--margin", "-1"], "0 or more"),
        (["--dreams", "5", "--rule", "storkey"], "unlearning alone"),
        (["--strength", "0.1"], "unlearning alone"),
        (["--rule", "unlearning", "--dreams", "many"], "whole number"),
        (["--update", "random"], "invalid choice"),
        (["--update", "sync", "--sweeps", "many"], "whole number"),
        (["--preset", "mine"], "invalid choice"),
        (["--scale", "pairs"], "invalid choice"),
        (["--self-connections", "no"], "invalid choice"),
        (["--ties", "plus"], "invalid choice"),
        (["--seed", "-1"], "whole number"),
        (["--seed", "1.5"], "whole number"),
        (["--seed", "9" * 5000], "whole number"),
        (["--sweeps", "-3"], "whole number"),
        (["--frob"], "unrecognized"),
        (["--temp", "1"], "unrecognized"),
        (["--pin", "nowhere.pbm"], "No such file"),
        (["--output", "nowhere/o.pbm"], "could not be written"),
        (["--trace", "nowhere/t.csv"], "could not be written"),
        (["--output", "."], "could not be written"),
        (["--trace", "two\nlines/t.csv"], "could not be written"),
        (["--output", "o.pbm", "--trace", "./o.pbm"], "a file each"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_a_mistake_is_said_in_one_line(refused, tmp_path, monkeypatch, switches, reason):
    monkeypatch.chdir(tmp_path)
    assert reason in refused(*switches)
    assert not list(tmp_path.iterdir())


def test_what_is_missing_from_the_command_line_is_said(capsys):
    for words in (["recall"], ["recall", "--cue", "a.pbm"], ["frob"]):
        with pytest.raises(SystemExit) as stop:
            cli.parse(words)
        assert stop.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_broken_and_unfit_files_are_refused(refused, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no PBM or PNG" in refused(patterns=empty)
    assert "could not be read" in refused(patterns=tmp_path / "missing")
    assert "could not be read" in refused(patterns=CUE)
    assert "is not a file" in refused(cue=LETTERS)
    small = tmp_path / "small.pbm"
    pbm.write(small, np.ones((3, 4), np.int8))
    assert "small.pbm is 4 × 3, but letters-10 is 10 × 10" in refused(cue=small)
    assert "small.pbm is 4 × 3, but 01-A.pbm is 10 × 10" in refused("--pin", small)
    mixed = folder_of(tmp_path / "mixed", {"a": np.ones((3, 3), np.int8), "b": -np.ones((3, 4))})
    assert "b.pbm is 4 × 3, but a.pbm is 3 × 3" in refused(patterns=mixed)
    bad = tmp_path / "bad.pbm"
    for content in (b"", b"P", b"P5\n1 1\n255\n0", b"hello", b"\x89PNG", b"\xff\xd8\xff\xe0"):
        bad.write_bytes(content)
        assert "neither a PBM nor a PNG" in refused(cue=bad)
    for content in (b"P1\n", b"P1\n10 10\n0101", b"P4\n10 10\n\0", b"P1\n0 0\n", b"P1\n2 1\n0 7"):
        bad.write_bytes(content)
        assert "bad.pbm" in refused(cue=bad)
    bad.write_bytes(b"P4\n9000 9000\n")
    assert "9000 × 9000" in refused(cue=bad)
    picture = tmp_path / "picture.png"
    Image.fromarray(np.zeros((10, 10), np.uint8)).save(picture)
    whole = picture.read_bytes()
    for length in (8, 40, len(whole) // 2):
        picture.write_bytes(whole[:length])
        assert "picture.png" in refused(cue=picture)


def test_couplings_that_do_not_fit_are_refused_with_their_size(refused, tmp_path):
    huge = folder_of(tmp_path / "huge", {"a": np.ones((300, 300), np.int8)})
    for rule in ("storkey", "perceptron"):
        assert "90000 × 90000" in refused("--rule", rule, patterns=huge, cue=huge / "a.pbm")


# The reading of the command line


def parsed(*switches: str):
    return cli.parse(["recall", "--patterns", "p", "--cue", "c", *switches])


def test_the_defaults_are_the_article():
    chosen = parsed()
    assert chosen.conventions == ARTICLE
    assert chosen.rule == Rule()
    assert chosen.energy == Energy()
    assert chosen.dynamics == Dynamics()
    assert chosen.seed == 1


def test_a_switch_overrides_its_preset():
    assert parsed("--preset", "textbook").conventions == TEXTBOOK
    switches = ("--scale", "memories", "--self-connections", "keep", "--half", "--ties", "random")
    expected = Conventions(Scale.MEMORIES, self_connections=True, half=True, ties=Ties.RANDOM)
    assert parsed(*switches, "--preset", "textbook").conventions == expected
    assert parsed(*switches).conventions == expected
    assert parsed("--preset", "textbook", "--no-half").conventions == replace(TEXTBOOK, half=False)
    for ties in Ties:
        assert parsed("--ties", ties).conventions == replace(ARTICLE, ties=ties)


def test_parameters_reach_their_rule():
    assert parsed("--rule", "perceptron", "--margin", "0.5").rule == Rule(
        RuleKind.PERCEPTRON, margin=0.5
    )
    assert parsed("--rule", "unlearning", "--dreams", "7", "--strength", "0.02").rule == Rule(
        RuleKind.UNLEARNING, dreams=7, strength=0.02
    )
    assert parsed("--energy", "polynomial:4").energy == Energy(EnergyKind.POLYNOMIAL, 4)


def test_a_perceptron_that_gave_up_says_so(run):
    for margin in ("50", "1e308"):
        status, out, err = run("--rule", "perceptron", "--margin", margin)
        assert (status, err) == (0, "")
        assert f"gave up before every margin was {float(margin):g}" in out
