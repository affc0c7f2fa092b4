"""Tables, read back by others' readers and against sums made by brute force."""

import csv
import io

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.session import edits, library, tables
from hopgui.session.provenance import NOWHERE, provenance
from hopgui.session.session import Grid, blank_session
from hopgui.session.tape import Tape


def whole(steps):
    made = list(steps)
    assert [each.content for each in made[:-1]] == [None] * (len(made) - 1)
    assert made[-1].done == made[-1].total
    assert [each.done for each in made] == sorted(each.done for each in made)
    return made[-1].content.decode()


def rows_of(text):
    """The notes above a table, its heading and its rows."""
    lines = text.splitlines()
    notes = [line for line in lines if line.startswith("#")]
    heading, *rows = csv.reader(io.StringIO("\n".join(lines[len(notes) :])))
    return notes, heading, rows


@pytest.fixture
def session():
    pictures = random_patterns(3, 30, seed=5).reshape(3, 5, 6)
    names = ("A", "with, comma", "C")
    blank = blank_session(Grid(6, 5), title="t")
    return edits.store_all(blank, list(zip(names, pictures, strict=True)))


def wandering(session, flips, seed=0):
    """A run in which units flip again and again, and the network is changed once."""
    rng = np.random.default_rng(seed)
    start = session.patterns[0].copy()
    tape = Tape(1, 4, start, 0.5)
    for update in range(flips):
        unit = np.array([rng.integers(session.grid.units)], np.int32)
        tape.append(Flips(np.array([2 * update + 1]), unit, np.array([-float(update)])))
        if update == flips // 2:
            tape.note_change(2 * update + 1, 0.25)
    return tape.recording(2 * flips + 3)


def test_a_run_has_a_row_a_flip_under_its_notes(session):
    recording = wandering(session, 40)
    origin = provenance(session, recording)
    notes, heading, rows = rows_of(whole(tables.run_table(recording, origin)))
    assert [line.removeprefix("# ") for line in notes] == origin.text.splitlines()
    assert heading == ["update", "unit", "energy"]
    real = recording.flip_units >= 0
    assert [int(row[0]) for row in rows] == recording.flip_updates[real].tolist()
    assert [int(row[1]) for row in rows] == recording.flip_units[real].tolist()
    assert [float(row[2]) for row in rows] == recording.flip_energies[real].tolist()


def test_a_change_of_the_network_is_no_row():
    tape = Tape(1, 1, np.ones(4, np.int8), 0.0)
    tape.append(Flips(np.array([2]), np.array([3], np.int32), np.array([-1.5])))
    tape.note_change(2, -7.0)
    tape.append(Flips(np.array([5]), np.array([0], np.int32), np.array([-8.0])))
    text = whole(tables.run_table(tape.recording(9), NOWHERE))
    assert text == "update,unit,energy\n2,3,-1.5\n5,0,-8.0\n"


def test_overlaps_are_the_sums_over_the_state_at_each_flip(session):
    recording = wandering(session, 60)
    table = tables.overlap_table(session, recording, NOWHERE)
    _, heading, rows = rows_of(whole(table))
    assert heading == ["update", "A", "with, comma", "C"]
    assert len(rows) == 61
    for row in rows:
        state = recording.state_at(int(row[0])).astype(int)
        expected = [int(pattern.astype(int) @ state) / 30 for pattern in session.patterns]
        assert [float(value) for value in row[1:]] == expected


def test_a_run_too_long_is_thinned_and_says_so(session, monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 100)
    recording = wandering(session, 103)
    notes, _, rows = rows_of(whole(tables.overlap_table(session, recording, NOWHERE)))
    assert notes == ["# Thinned: every 5 flips"]
    updates = [int(row[0]) for row in rows]
    real = recording.flip_updates[recording.flip_units >= 0].tolist()
    assert updates == [0, *real[4::5], real[-1]]


def test_a_table_of_many_rows_comes_in_pieces(session, monkeypatch):
    monkeypatch.setattr(tables, "PIECE", 30)
    recording = wandering(session, 50)
    steps = list(tables.run_table(recording, NOWHERE))
    assert len(steps) == 6
    monkeypatch.undo()
    assert steps[-1].content.decode() == whole(tables.run_table(recording, NOWHERE))


def test_a_run_without_flips_is_a_heading(session):
    recording = Tape(1, 1, session.patterns[0], 0.0).recording(4)
    assert whole(tables.run_table(recording, NOWHERE)) == "update,unit,energy\n"
    _, _, rows = rows_of(whole(tables.overlap_table(session, recording, NOWHERE)))
    assert [row[:2] for row in rows] == [["0", "1.0"]]


def test_memories_are_a_row_each():
    session = library.first_session()
    network = Network(session.patterns, session.conventions)
    energies = np.array([network.energy(pattern) for pattern in session.patterns])
    overlaps = session.patterns.astype(int) @ session.pad.ravel() / 100
    stable = np.array([True, False, True, True])
    text = tables.memory_table(session, energies, stable, overlaps, provenance(session))
    notes, heading, rows = rows_of(text)
    assert notes
    assert heading == ["number", "name", "weight", "plus_units", "energy", "stable", "overlap"]
    assert [row[1] for row in rows] == ["A", "C", "H", "Y"]
    assert [int(row[3]) for row in rows] == [(p > 0).sum() for p in session.patterns]
    assert [float(row[4]) for row in rows] == energies.tolist()
    assert [row[5] for row in rows] == ["yes", "no", "yes", "yes"]
    assert [float(row[6]) for row in rows] == overlaps.tolist()


def test_what_is_not_known_yet_is_left_empty():
    session = library.first_session()
    text = tables.memory_table(session, None, None, np.zeros(4), NOWHERE)
    _, _, rows = rows_of(text)
    assert all(row[4:6] == ["", ""] for row in rows)
