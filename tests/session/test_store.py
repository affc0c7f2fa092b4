"""Session files: what is written reads back, whole and by anyone."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cases import law
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from stored import put_together, recorded, taken_apart, with_kept, with_run

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.session import store
from hopgui.session.library import first_session
from hopgui.session.past_run import PastRun
from hopgui.session.session import (
    LARGEST_SEED,
    Damage,
    Grid,
    KeptState,
    Memory,
    Session,
    blank_session,
    frozen,
)

# A machine's energy needs a machine beside it.
WITHOUT_MACHINE = [kind for kind in EnergyKind if kind is not EnergyKind.BOLTZMANN]
DATA = Path(__file__).parent / "data"
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
numbers = st.floats(0, 1e6, allow_nan=False)


@st.composite
def pictures(draw, grid):
    bits = draw(st.integers(0, 2**grid.units - 1))
    units = [1 if bits >> unit & 1 else -1 for unit in range(grid.units)]
    return frozen(np.array(units, np.int8).reshape(grid.shape))


@st.composite
def sessions(draw, *, runs=True):
    """Documents of every kind that a window can make."""
    grid = Grid(draw(st.integers(2, 40)), draw(st.integers(2, 9)))
    memory = st.builds(Memory, names, pictures(grid), st.integers(0, 999), st.integers(0, 9))
    session = Session(
        grid,
        pad=draw(pictures(grid)),
        pinned=frozen(draw(pictures(grid)) > 0),
        memories=tuple(draw(st.lists(memory, max_size=4))),
        conventions=draw(
            st.builds(
                Conventions,
                st.sampled_from(Scale),
                st.booleans(),
                st.booleans(),
                st.sampled_from(Ties),
            )
        ),
        rule=draw(
            st.builds(
                Rule,
                st.sampled_from(RuleKind),
                numbers,
                st.booleans(),
                st.integers(0, 10**6),
                numbers,
            )
        ),
        energy=draw(st.builds(Energy, st.sampled_from(WITHOUT_MACHINE), st.integers(2, 40))),
        dynamics=draw(
            st.builds(
                Dynamics,
                st.sampled_from(Update),
                numbers,
                st.floats(0, 1, exclude_min=True),
            )
        ),
        trouble=draw(st.builds(Trouble, st.booleans(), st.booleans())),
        seed=draw(st.integers(0, LARGEST_SEED)),
        damage=Damage(draw(st.integers(0, 100)), draw(st.integers(0, LARGEST_SEED))),
        title=draw(names),
        unlearnt=tuple(draw(st.lists(pictures(grid), max_size=3))),
        kept=tuple(draw(st.lists(st.builds(KeptState, names, pictures(grid)), max_size=3))),
    )
    if runs and session.memories:
        session = replace(session, runs=tuple(draw(st.lists(past_runs(session), max_size=2))))
    return session


@st.composite
def past_runs(draw, session):
    """A run of the document, as the worker would record it."""
    session = replace(session, kept=())
    seed = draw(st.integers(0, LARGEST_SEED))
    recording = recorded(session, seed)
    return PastRun(draw(names), session, recording, draw(st.booleans()), draw(st.booleans()))


def same_memory(one, other):
    return (one.name, one.colour, one.weight) == (
        other.name,
        other.colour,
        other.weight,
    ) and np.array_equal(one.picture, other.picture)


def same(one, other):
    """Whether two documents are equal, field for field."""
    plain = (
        "grid",
        "conventions",
        "rule",
        "energy",
        "dynamics",
        "trouble",
        "seed",
        "title",
    )
    return (
        all(getattr(one, name) == getattr(other, name) for name in plain)
        and (one.damage.percent, one.damage.seed) == (other.damage.percent, other.damage.seed)
        and np.array_equal(one.pad, other.pad)
        and np.array_equal(one.pinned, other.pinned)
        and len(one.memories) == len(other.memories)
        and all(map(same_memory, one.memories, other.memories))
        and len(one.unlearnt) == len(other.unlearnt)
        and all(map(np.array_equal, one.unlearnt, other.unlearnt))
        and [each.name for each in one.kept] == [each.name for each in other.kept]
        and len(one.kept) == len(other.kept)
        and all(
            np.array_equal(mine.picture, theirs.picture)
            for mine, theirs in zip(one.kept, other.kept, strict=True)
        )
        and len(one.runs) == len(other.runs)
        and all(map(same_run, one.runs, other.runs))
    )


def same_run(one, other):
    mine, theirs = one.recording, other.recording
    arrays = ("start", "flip_updates", "flip_units", "flip_energies", "by_hand")
    numbers = ("seed", "energy_start", "updates", "forgotten", "forgotten_by_hand", "first_update")
    return (
        (one.name, one.settled, one.driven) == (other.name, other.settled, other.driven)
        and same(one.session, other.session)
        and all(np.array_equal(getattr(mine, name), getattr(theirs, name)) for name in arrays)
        and all(getattr(mine, name) == getattr(theirs, name) for name in numbers)
    )


@law
@given(sessions())
def test_what_is_written_reads_back_and_is_written_alike(session):
    content = store.encode(session)
    read = store.decode(content, "a.hopgui")
    assert same(read, session)
    assert store.encode(read) == content


def test_arrays_that_were_read_cannot_be_written_to():
    session = with_run(first_session())
    read = store.decode(store.encode(session), "a.hopgui")
    run = read.runs[0]
    for array in (
        read.pad,
        read.pinned,
        read.memories[0].picture,
        run.recording.flip_units,
        run.recording.flip_energies,
        run.recording.start,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_a_file_is_read_back_from_the_disk(tmp_path):
    file = tmp_path / "a.hopgui"
    store.write(file, with_run(first_session()))
    assert same(store.read(file), with_run(first_session()))


def test_memories_that_a_run_shares_with_the_document_are_there_once():
    content = store.encode(with_run(first_session()))
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len([name for name in names if name.endswith(".pbm")]) == 6
    read = store.decode(content, "a.hopgui")
    assert read.runs[0].session.memories[0].picture is read.memories[0].picture


def test_anyone_can_read_a_session_with_a_zip_reader_and_nothing_of_ours():
    session = with_run(first_session())
    archive = zipfile.ZipFile(io.BytesIO(store.encode(session)))
    assert archive.testzip() is None
    assert archive.infolist()[0].filename == "mimetype"
    assert store.encode(session)[38:].startswith(b"application/x-hopgui-session")
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    whole = json.loads(archive.read("session.json"))
    assert whole["schema"] == 1
    assert [memory["name"] for memory in whole["document"]["memories"]] == ["A", "C", "H", "Y"]
    with Image.open(io.BytesIO(archive.read(whole["document"]["pad"]))) as picture:
        assert np.array_equal(np.asarray(picture.convert("L")) == 0, session.pad > 0)
    units = np.load(io.BytesIO(archive.read("runs/01/flip_units.npy")), allow_pickle=False)
    assert np.array_equal(units, session.runs[0].recording.flip_units)


def test_the_first_schema_opens_for_ever():
    """A file as the first version wrote it, kept here so that no later one forgets it."""
    read = store.read(DATA / "schema-1.hopgui")
    expected = replace(with_run(first_session(seed=7)), title="Schema 1")
    assert same(read, expected)


def test_kept_states_are_there_for_anyone_to_read():
    content = store.encode(with_kept(first_session()))
    archive = zipfile.ZipFile(io.BytesIO(content))
    rows = json.loads(archive.read("session.json"))["kept"]
    assert rows == [
        {"name": "a", "picture": "kept/0001.pbm"},
        {"name": "b", "picture": "kept/0002.pbm"},
    ]
    with Image.open(io.BytesIO(archive.read("kept/0002.pbm"))) as picture:
        assert np.array_equal(np.asarray(picture.convert("L")) == 0, first_session().pad < 0)


def test_kept_states_need_the_second_schema_and_a_file_without_them_the_first():
    plain, _ = taken_apart(first_session())
    kept, _ = taken_apart(with_kept(first_session()))
    assert (plain["schema"], kept["schema"]) == (1, 2)
    assert "kept" not in plain


def test_a_file_from_before_there_were_kept_states_has_none():
    whole, members = taken_apart(with_kept(first_session()))
    del whole["kept"]
    assert store.decode(put_together(whole, members), "a.hopgui").kept == ()


def test_a_blank_document_opens():
    session = blank_session(Grid(256, 2))
    assert same(store.decode(store.encode(session), "a"), session)
