"""The training of a fully visible machine as a value, in its file, and in a file that lies."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cases import random_patterns
from visible_reference import slow_law

from hopgui.model.boltzmann import visible
from hopgui.model.boltzmann.datasets import Pictures, bars_and_stripes
from hopgui.model.boltzmann.matching import Schedule
from hopgui.model.boltzmann.walsh import number_of
from hopgui.model.choices import EnergyKind, Trouble
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.learning import learn
from hopgui.refusal import Refusal
from hopgui.session import edits, store, training
from hopgui.session.any_training import steps
from hopgui.session.archive import pack
from hopgui.session.plan import plan_of
from hopgui.session.session import Grid, blank_session
from hopgui.session.training import DataKind
from hopgui.session.visible_training import Start, VisibleCourse, begin, steps_from

EXACT = Schedule(True, 200, 0.2, 0.2)
SAMPLED = Schedule(False, 60, 0.05, 0.001, 0.0, 30)
BARS = bars_and_stripes(3, 3)


def course(**changes):
    return replace(
        VisibleCourse(DataKind.BARS_AND_STRIPES, Start.NOTHING, 1.0, EXACT, 3), **changes
    )


def last(begun):
    *_, newest = steps(begun)
    return newest


def document(schedule=EXACT, *, stop=None):
    """A document with a machine that has learnt for a while."""
    for newest in steps(begin(course(schedule=schedule), BARS)):
        if newest.done == stop:
            break
    return edits.keep_training(blank_session(Grid(3, 3)), newest)


def opened(session):
    return store.decode(store.encode(session), "it.hopgui")


def test_a_training_makes_all_its_steps_and_tells_them():
    values = list(steps(begin(course(), BARS)))
    assert [each.done for each in values] == list(range(201))
    assert values[-1].finished
    points = values[-1].curve
    assert [point.step for point in points] == list(range(0, 201, 2))
    # Nothing is as likely as every picture as often as it comes.
    assert points[0].log_likelihood == pytest.approx(-9 * np.log(2))
    assert values[-1].best == pytest.approx(-np.log(14))
    chances, _ = slow_law(values[-1].machine)
    told = np.log(chances[number_of(BARS.units)]).mean()
    assert points[-1].log_likelihood == pytest.approx(told)
    gaps = [values[-1].wanted.pairs - values[-1].moments.pairs]
    gaps += [values[-1].wanted.single - values[-1].moments.single]
    assert points[-1].mismatch == pytest.approx(max(np.abs(gap).max() for gap in gaps))
    assert values[-1].dreams.shape == (64, 9)


def test_it_starts_as_the_hopfield_network_of_the_memories():
    session = blank_session(Grid(3, 2))
    for row in random_patterns(3, 6, 2):
        session = edits.store(session, row.reshape(2, 3))
    session = replace(session, conventions=TEXTBOOK)
    pictures = Pictures(session.patterns, (2, 3))
    begun = begin(course(start=Start.HOPFIELD, temperature=2.0), pictures)
    first = next(steps_from(begun, plan_of(session)))
    network = learn(plan_of(session)).network
    expected = visible.from_network(network, 2.0)
    assert np.array_equal(first.machine.couplings, expected.couplings)
    np.testing.assert_allclose(
        first.moments.pairs, visible.exact_moments(visible.exact_law(expected)[0]).pairs
    )


def test_a_start_that_cannot_be_is_refused():
    session = replace(blank_session(Grid(3, 3)), trouble=Trouble(one_way=True))
    for row in random_patterns(3, 9, 2):
        session = edits.store(session, row.reshape(3, 3))
    begun = begin(course(start=Start.HOPFIELD), BARS)
    with pytest.raises(Refusal, match="symmetric"):
        next(steps_from(begun, plan_of(session)))
    cold = begin(course(start=Start.HOPFIELD, temperature=1e-9), BARS)
    with pytest.raises(Refusal, match="ever in doubt"):
        next(steps_from(cold, plan_of(replace(session, trouble=Trouble()))))


def test_units_beyond_what_can_be_learnt_are_refused_before_a_matrix_is_made():
    huge = Pictures(random_patterns(2, 65536, 1), (256, 256))
    with pytest.raises(Refusal, match="65536 units has too many couplings"):
        begin(course(schedule=SAMPLED), huge)
    with pytest.raises(Refusal, match="Exact moments of 65536"):
        begin(course(), huge)


# The file


@pytest.mark.parametrize("schedule", [EXACT, SAMPLED])
@pytest.mark.parametrize("stop", [None, 17])
def test_a_training_is_gone_on_with_from_a_file_draw_for_draw(schedule, stop):
    session = document(schedule, stop=stop)
    again = opened(session)
    assert store.encode(again) == store.encode(session)
    mine, theirs = session.training, again.training
    assert (mine.course, mine.curve, mine.done) == (theirs.course, theirs.curve, theirs.done)
    assert np.array_equal(mine.dreams, theirs.dreams)
    np.testing.assert_array_equal(mine.moments.pairs, theirs.moments.pairs)
    one, other = last(mine), last(theirs)
    assert np.array_equal(one.machine.couplings, other.machine.couplings)
    assert np.array_equal(one.machine.bias, other.machine.bias)
    assert one.curve[-1] == other.curve[-1]
    assert again.energy.kind is EnergyKind.BOLTZMANN


def schema(session):
    with zipfile.ZipFile(io.BytesIO(store.encode(session))) as archive:
        return json.loads(archive.read("session.json"))["schema"]


def test_only_what_older_versions_cannot_read_asks_for_a_newer_one():
    blank = blank_session(Grid(3, 3))
    assert schema(blank) == 1
    restricted = training.begin(
        training.Course(DataKind.BARS_AND_STRIPES, 4, training.Settings()), BARS
    )
    assert schema(edits.keep_training(blank, restricted)) == 1
    folder = replace(restricted, course=replace(restricted.course, data=DataKind.FOLDER))
    assert schema(edits.keep_training(blank, folder)) == 2
    assert schema(document(stop=1)) == 2


def test_files_of_the_second_schema_are_opened():
    path = Path(__file__).parent / "data" / "schema-2.hopgui"
    session = store.read(path)
    assert session.training.pictures.shape == (3, 3)
    assert session.training.finished
    with zipfile.ZipFile(io.BytesIO(store.encode(session))) as again, zipfile.ZipFile(path) as file:
        assert again.namelist() == file.namelist()
        assert all(again.read(name) == file.read(name) for name in file.namelist())


def changed(content, change=None, **arrays):
    """The file with its fields or arrays changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if change is not None:
        whole = json.loads(members["session.json"])
        change(whole["training"])
        members["session.json"] = json.dumps(whole).encode()
    for name, array in arrays.items():
        file = io.BytesIO()
        np.lib.format.write_array(file, array, (1, 0), allow_pickle=False)
        members[f"training/{name}.npy"] = file.getvalue()
    return pack(members)


FIELDS = {
    "kind": lambda row: row.update(kind="magic"),
    "grid": lambda row: row["grid"].update(width=4),
    "grid huge": lambda row: row["grid"].update(width=256, height=256),
    "too many units for exact moments": lambda row: row["grid"].update(width=20, height=20),
    "start": lambda row: row.update(start="nowhere"),
    "data": lambda row: row.update(data="stars"),
    "rate": lambda row: row["schedule"].update(rate=-1.0),
    "momentum": lambda row: row["schedule"].update(momentum=1.0),
    "sampled": lambda row: row["schedule"].update(exact=False),
    "chains": lambda row: row["schedule"].update(chains=0),
    "steps": lambda row: row["schedule"].update(steps="many"),
    "step": lambda row: row.update(step=10**9),
    "temperature": lambda row: row.update(temperature="warm"),
    "rng": lambda row: row["rng"].update(bit_generator="MT19937"),
    "curve": lambda row: row["curve"][0].update(mismatch=-1),
    "likelihood": lambda row: row["curve"][0].update(log_likelihood="likely"),
    "gone": lambda row: row.pop("curve"),
}


@pytest.mark.parametrize("what", FIELDS)
def test_fields_that_lie_are_refused(what):
    content = changed(store.encode(document(stop=3)), FIELDS[what])
    with pytest.raises(Refusal, match=r"it\.hopgui is damaged"):
        store.decode(content, "it.hopgui")


OWN = np.ones((9, 9))
ARRAYS = {
    "couplings small": {"couplings": np.zeros((8, 8))},
    "couplings no square": {"couplings": np.zeros((9, 8))},
    "couplings one way": {"couplings": np.triu(OWN, 1)},
    "couplings with themselves": {"couplings": OWN},
    "couplings without end": {"couplings": np.where(np.eye(9) > 0, 0, np.inf)},
    "couplings of no size": {"couplings": np.where(np.eye(9) > 0, 0, 1e200)},
    "couplings whole": {"couplings": np.zeros((9, 9), np.int64)},
    "bias": {"bias": np.full(9, np.nan)},
    "bias long": {"bias": np.zeros(10)},
    "bias of no size": {"bias": np.full(9, -1e5)},
    "velocity": {"velocity": np.zeros((9, 9))},
    "chains": {"chains": np.ones((1, 9), np.int8)},
    "pictures": {"pictures": np.zeros((14, 9), np.int8)},
    "one picture": {"pictures": np.ones((1, 9), np.int8)},
    "dreams": {"dreams": np.ones((64, 8), np.int8)},
}


@pytest.mark.parametrize("what", ARRAYS)
def test_arrays_that_lie_are_refused(what):
    content = changed(store.encode(document(stop=3)), **ARRAYS[what])
    with pytest.raises(Refusal, match=r"training/.*is not what it should be"):
        store.decode(content, "it.hopgui")


def test_one_training_is_not_taken_for_the_other():
    content = changed(store.encode(document(stop=3)), lambda row: row.pop("kind"))
    with pytest.raises(Refusal, match="damaged"):
        store.decode(content, "it.hopgui")
