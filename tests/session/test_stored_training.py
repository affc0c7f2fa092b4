"""A training is kept with its document, number for number, and a file of one is not believed."""

import io
import json
import tracemalloc
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from hopgui.model.boltzmann.datasets import Pictures, bars_and_stripes
from hopgui.model.boltzmann.settings import Method, Settings, hidden_units
from hopgui.refusal import Refusal
from hopgui.session import edits, store
from hopgui.session.archive import pack
from hopgui.session.session import Grid, blank_session
from hopgui.session.training import MOST_WEIGHTS, Course, DataKind, begin, steps

SETTINGS = Settings(Method.PT, epochs=20, batch=7, chains=10, temperatures=3, every=5)


def trained(method=Method.PT, *, epochs=None, held=20):
    """A document with a machine that has learnt for a while."""
    settings = replace(SETTINGS, method=method)
    course = Course(DataKind.BARS_AND_STRIPES, 4, settings, held_percent=held, seed=5)
    for training in steps(begin(course, bars_and_stripes(3, 3))):
        if epochs is not None and training.epoch >= epochs:
            break
    return edits.keep_training(blank_session(Grid(3, 3)), training)


def opened(session):
    return store.decode(store.encode(session), "it.hopgui")


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


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("epochs", [None, 7])
def test_a_training_is_gone_on_with_from_a_file_draw_for_draw(method, epochs):
    session = trained(method, epochs=epochs)
    again = opened(session)
    assert store.encode(again) == store.encode(session)
    mine, theirs = session.training, again.training
    assert (mine.course, mine.curve, mine.estimates) == (
        theirs.course,
        theirs.curve,
        theirs.estimates,
    )
    assert (mine.done, mine.total, mine.epoch) == (theirs.done, theirs.total, theirs.epoch)
    assert np.array_equal(mine.dreams, theirs.dreams)
    *_, one = steps(mine)
    *_, other = steps(theirs)
    assert np.array_equal(one.machine.weights, other.machine.weights)
    assert one.curve[-1] == other.curve[-1]


def test_a_document_without_a_machine_has_none_in_its_file():
    assert opened(blank_session(Grid(3, 3))).training is None


def test_a_machine_of_another_pad_may_lie_beside_the_document():
    session = edits.resize(trained(), Grid(4, 4), "crop")
    assert np.array_equal(opened(session).machine.weights, session.machine.weights)


def large(count, side, hidden):
    """A training of many pictures, or of a large machine, that has just begun."""
    rng = np.random.default_rng(1)
    units = rng.choice(np.array([-1, 1], np.int8), (count, side**2))
    course = Course(DataKind.MEMORIES, hidden, Settings(Method.CD))
    return begin(course, Pictures(units, (side, side)))


def test_a_training_on_many_large_pictures_is_opened_again():
    training = large(600, 128, 1)
    again = opened(replace(blank_session(Grid(128, 128)), training=training)).training
    assert np.array_equal(again.pictures.units, training.pictures.units)


@pytest.mark.parametrize("side", [2, 64, 181, 182, 256])
def test_a_session_has_room_for_the_machine_that_is_proposed(side):
    visible = side * side
    assert 1 <= hidden_units(visible) <= MOST_WEIGHTS // visible


def test_what_would_find_no_room_in_a_session_file_is_not_trained():
    most = MOST_WEIGHTS // 64**2
    with pytest.raises(Refusal, match=f"at most {most} hidden units"):
        large(2, 64, most + 1)
    with pytest.raises(Refusal, match="too many to be learnt"):
        large(763, 256, 1)


def test_an_energy_of_a_machine_that_is_not_there_is_told():
    session = replace(trained(), training=None)
    with pytest.raises(Refusal, match="training"):
        opened(session)


FIELDS = {
    "hidden": lambda row: row.update(hidden=5),
    "hidden huge": lambda row: row.update(hidden=10**12),
    "grid": lambda row: row["grid"].update(width=4),
    "grid huge": lambda row: row["grid"].update(width=10**6),
    "method": lambda row: row["settings"].update(method="magic"),
    "chains": lambda row: row["settings"].update(chains=11),
    "rate": lambda row: row["settings"].update(rate=-1.0),
    "total": lambda row: row.update(total=3),
    "done": lambda row: row.update(done=10**9),
    "step": lambda row: row.update(step=-1),
    "rng": lambda row: row["rng"].update(bit_generator="MT19937"),
    "rng state": lambda row: row["rng"]["state"].update(state=2**128),
    "curve": lambda row: row["curve"][0].update(free_energy="low"),
    "rates": lambda row: row["curve"][-1].update(exchange_rates=["many"]),
    "estimates": lambda row: row.update(estimates=[{"epoch": 1}]),
    "gone": lambda row: row.pop("curve"),
}


@pytest.mark.parametrize("change", FIELDS.values(), ids=FIELDS.keys())
def test_fields_that_no_training_could_have_are_told(change):
    with pytest.raises(Refusal, match="damaged"):
        store.decode(changed(store.encode(trained()), change), "it.hopgui")


ARRAYS = {
    "weights": np.zeros((9, 5)),
    "visible_bias": np.full(9, np.nan),
    "hidden_bias": np.full(4, np.inf),
    "velocity_weights": np.zeros(36),
    "pictures": np.zeros((11, 9), np.int8),
    "held": np.ones((3, 8), np.int8),
    "dreams": np.full((10, 9), 2, np.int8),
    "chains": np.full((3, 10, 9), 2, np.uint8),
    "order": np.zeros(11, np.int64),
    "hidden_offset": np.zeros(4, np.float32),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_that_no_training_could_have_are_told(name):
    with pytest.raises(Refusal, match="damaged"):
        store.decode(changed(store.encode(trained()), **{name: ARRAYS[name]}), "it.hopgui")


@pytest.mark.parametrize("name", ["weights", "visible_bias", "hidden_bias"])
def test_numbers_that_no_training_reaches_are_told(name):
    array = getattr(trained().training.machine, name).copy()
    array.flat[-1] = -1e300
    with pytest.raises(Refusal, match="damaged"):
        store.decode(changed(store.encode(trained()), **{name: array}), "it.hopgui")


def test_a_header_that_claims_too_much_is_refused_before_memory_is_taken():
    facts = b"{'descr': '<f8', 'fortran_order': False, 'shape': (9, 999999999999), }"
    header = b"\x93NUMPY\x01\x00v\x00" + facts
    content = store.encode(trained())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["training/weights.npy"] = header.ljust(128) + b"\n"
    with pytest.raises(Refusal, match="damaged"):
        store.decode(pack(members), "it.hopgui")


def test_an_array_that_is_larger_than_its_machine_is_not_unpacked():
    content = changed(store.encode(trained()), visible_bias=np.zeros(7_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match="damaged"):
            store.decode(content, "it.hopgui")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10_000_000
