"""What the command line of `hopgui recall` says, and the mistakes that can be made in it."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from recalling import CUE, LETTERS, folder_of

from hopgui import cli
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.session import pbm


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
