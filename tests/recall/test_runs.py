"""What `hopgui recall` computes: the same runs as the window's, and as the slow recall's."""

from dataclasses import replace

import numpy as np
import pytest
import reference
from recalling import CUE, LETTERS, folder_of, squares, trace_of

from hopgui.model.choices import RuleKind, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.session import cues, edits, library, pbm
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import Damage, with_pad


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
