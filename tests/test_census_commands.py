"""The commands `hopgui census` and `hopgui enumerate`, as a person or a program meets them."""

import csv

import numpy as np
import pytest
from cases import bits, random_patterns
from kinds import DENSE, PAIRWISE, plan

from hopgui.model import enumeration
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.learning import learn
from hopgui.model.network import Network
from hopgui.session import library, pbm

LETTERS = library.pattern_folder() / "letters-10"
NAMES = ["0", "1", "2"]


@pytest.fixture
def small(tmp_path):
    """A folder of three pictures of 3 × 3 units, and these as rows."""
    folder, rows = tmp_path / "small", random_patterns(3, 9, seed=3)
    folder.mkdir()
    for name, row in zip(NAMES, rows, strict=True):
        pbm.write(folder / f"{name}.pbm", row.reshape(3, 3))
    return folder, rows


def state_of(each: dict) -> np.ndarray:
    return pbm.parse(each["pbm"].encode(), "it").ravel()


def stable(network) -> set[tuple[int, ...]]:
    states = (bits(number, network.units) for number in range(2**network.units))
    return {tuple(state.tolist()) for state in states if not network.unstable(state).any()}


def states_of(found: dict) -> set[tuple[int, ...]]:
    return {tuple(state_of(each).tolist()) for each in found["attractors"]}


# What the listings say


def test_every_stable_state_is_listed_with_what_it_is(told, small):
    folder, rows = small
    network = Network(rows, TEXTBOOK)
    found = told("enumerate", "--patterns", folder, "--preset", "textbook")
    assert states_of(found) == stable(network)
    assert found["total"] == len(found["attractors"]) == sum(found["counts"].values())
    assert (found["states"], found["unkept"]) == (512, 0)
    assert "cycles" not in found
    assert list(found["counts"]) == ["memory", "inverse", "mixture", "other"]
    for each in found["attractors"]:
        state = state_of(each)
        assert each["energy"] == network.energy(state)
        assert "hits" not in each
        if each["kind"] in {"memory", "inverse"}:
            ((sign, name),) = each["members"]
            assert sign == (1 if each["kind"] == "memory" else -1)
            assert state.tolist() == (sign * rows[NAMES.index(name)]).tolist()
    energies = [each["energy"] for each in found["attractors"]]
    assert energies == sorted(energies)


def test_states_on_cycles_are_counted_when_all_are_asked_at_once(told, small):
    folder, rows = small
    found = told("enumerate", "--patterns", folder, "--preset", "textbook", "--update", "sync")
    network, cycles = Network(rows, TEXTBOOK), 0
    for number in range(512):
        state = bits(number, 9)
        after = np.where(network.unstable(state), -state, state)
        back = np.where(network.unstable(after), -after, after)
        cycles += bool(np.any(after != state)) and back.tolist() == state.tolist()
    assert found["cycles"] == cycles > 0
    words = ["census", "--patterns", folder, "--preset", "textbook", "--starts", 20_000]
    assert told(*words, "--update", "sync")["cycles"] == cycles
    assert "cycles" not in told(*words)


def test_kinds_are_said_to_be_those_of_the_stable_states_that_have_a_name(run, small, monkeypatch):
    folder, _ = small
    words = ["enumerate", "--patterns", folder]
    told = run(*words)[1].splitlines()
    assert told[3].startswith("They are memories ")
    monkeypatch.setattr(enumeration, "MOST_KEPT", 5)
    told = run(*words)[1].splitlines()
    assert told[3].startswith("The first 5 of them are ")
    assert told[4].startswith("Stable states past the first 5: ")


def test_a_census_lists_the_same_states_with_their_hits(told, small):
    folder, _ = small
    words = ["--patterns", folder, "--preset", "textbook"]
    found = told("census", *words, "--starts", 3000)
    assert states_of(found) == states_of(told("enumerate", *words))
    hits = [each["hits"] for each in found["attractors"]]
    assert sum(hits) == sum(found["counts"].values()) == found["total"] == 3000
    assert hits == sorted(hits, reverse=True)
    for kind, count in found["counts"].items():
        of_kind = (each["hits"] for each in found["attractors"] if each["kind"] == kind)
        assert sum(of_kind) == count
    assert told("census", *words, "--starts", 3000) == found
    assert told("census", *words, "--starts", 3000, "--seed", 2) != found


def test_damaged_letters_come_back(told):
    found = told("census", "--patterns", LETTERS, "--from", "damaged:10", "--starts", 400)
    assert found["from"] == "damaged:10"
    assert found["counts"]["memory"] == 400
    assert sorted(each["hits"] for each in found["attractors"]) == [100] * 4


SWITCHES = {
    "hebb": [],
    "projection": ["--rule", "projection"],
    "storkey": ["--rule", "storkey"],
    "perceptron": ["--rule", "perceptron", "--margin", "0.3"],
    "unlearning": ["--rule", "unlearning", "--dreams", "20", "--strength", "0.05"],
    "cubic": ["--energy", "polynomial:3"],
    "quartic": ["--energy", "polynomial:4"],
    "order-30": ["--energy", "polynomial:30"],
    "exponential": ["--energy", "exponential"],
}


@pytest.mark.parametrize("kind", SWITCHES)
@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK], ids=["article", "textbook"])
def test_both_take_every_switch_of_the_model(told, small, kind, chosen):
    folder, rows = small
    rule, energy = PAIRWISE.get(kind), DENSE.get(kind)
    more = {} if energy is None else {"energy": energy}
    network = learn(plan(rows, rule, conventions=chosen, seed=1, **more)).network
    preset = "article" if chosen is ARTICLE else "textbook"
    words = ["--patterns", folder, "--preset", preset, *SWITCHES[kind]]
    expected = stable(network)
    assert states_of(told("enumerate", *words)) == expected
    assert states_of(told("census", *words, "--starts", 200)) <= expected


def test_conventions_can_be_chosen_one_by_one(told, small):
    folder, rows = small
    words = ["--scale", "units", "--self-connections", "zero", "--ties", "keep", "--half"]
    found = told("enumerate", "--patterns", folder, *words)
    same = told("enumerate", "--patterns", folder, "--preset", "textbook")
    assert found["attractors"] == same["attractors"]
    assert states_of(found) == stable(Network(rows, TEXTBOOK))


# What it looks like to people


def test_people_are_told_in_sentences(run, small):
    folder, _ = small
    status, out, err = run("enumerate", "--patterns", folder, "--preset", "textbook")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "3 memories of 3 × 3 units: 0, 1, 2."
    assert lines[1] == "Learnt by Hebb's rule, quadratic energy, textbook conventions."
    assert lines[2].startswith("Of 512 states ")
    status, out, err = run("census", "--patterns", folder, "--starts", 1200, "--update", "sync")
    assert (status, err) == (0, "")
    assert out.splitlines()[2].startswith("1\u2009200 falls from random states ended in ")


def test_files_hold_what_the_listing_says(run, told, small, tmp_path):
    folder, _ = small
    for command, more in (("enumerate", []), ("census", ["--starts", 500])):
        words = [command, "--patterns", folder, "--preset", "textbook", *more]
        output = tmp_path / "deep" / command
        assert run(*words, "--output", output)[0] == 0
        listed = told(*words)["attractors"]
        with (output / "attractors.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(listed) == len(list(output.glob("*.pbm")))
        for row, each in zip(rows, listed, strict=True):
            assert (output / row["file"]).read_text() == each["pbm"]
            assert (row["kind"], float(row["energy"])) == (each["kind"], each["energy"])
            members = [f"{'+' if sign > 0 else '-'}{name}" for sign, name in each["members"]]
            assert row["members"] == " ".join(members)
            assert row.get("hits") == (str(each["hits"]) if "hits" in each else None)


# What is wrong is said in one line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "anywhere"], "--from"),
        (["--from", "damaged"], "--from"),
        (["--from", "damaged:101"], "percentage"),
        (["--from", "damaged:nan"], "percentage"),
        (["--starts", "-1"], "number of falls"),
        (["--starts", "1e3"], "number of falls"),
        (["--update", "never"], "--update"),
        (["--margin", "1"], "perceptron"),
        (["--rule", "storkey", "--energy", "exponential"], "quadratic"),
    ],
)
def test_bad_words_are_refused(refused, words, said):
    assert said in refused("census", "--patterns", LETTERS, *words)


def test_a_large_grid_cannot_be_enumerated(refused):
    assert "100 units" in refused("enumerate", "--patterns", LETTERS)


def test_missing_and_unwritable_folders_are_refused(refused, small, tmp_path):
    for command in ("census", "enumerate"):
        refused(command)
        refused(command, "--patterns", tmp_path / "nowhere")
        (tmp_path / "file").write_text("")
        refused(command, "--patterns", small[0], "--output", tmp_path / "file")
