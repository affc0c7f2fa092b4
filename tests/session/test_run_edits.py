"""Runs are kept, named and deleted as values, within what a file may hold."""

from dataclasses import replace

import numpy as np
import pytest
from cases import random_patterns

from hopgui.model.flips import Flips
from hopgui.refusal import Refusal
from hopgui.session import past_run, run_edits
from hopgui.session.edits import LONGEST_NAME
from hopgui.session.library import first_session
from hopgui.session.past_run import PastRun, same_run
from hopgui.session.session import Grid, Memory, blank_session, frozen
from hopgui.session.tape import Tape

SESSION = first_session()


def a_run(flips=3, session=SESSION, number=1):
    units = session.grid.units
    rng = np.random.default_rng(number)
    moments = np.cumsum(rng.integers(1, 5, flips))
    tape = Tape(number, 7, session.pad.ravel(), 0.0)
    tape.append(
        Flips(moments, rng.integers(0, units, flips).astype(np.int32), rng.normal(size=flips))
    )
    return PastRun("", session, tape.recording(int(moments[-1])))


def test_a_run_is_kept_under_a_short_name_and_holds_no_more_than_its_flips():
    run = a_run()
    session = run_edits.keep_run(SESSION, run, "  a \n name " + "x" * 200)
    kept = session.runs[0]
    assert kept.name.startswith("a name xxx")
    assert len(kept.name) == LONGEST_NAME
    assert SESSION.runs == ()
    assert kept.recording.flip_units.tolist() == run.recording.flip_units.tolist()
    assert kept.recording.flip_units.base is None, "no share in a tape with room for more"
    with pytest.raises(ValueError, match="read-only"):
        kept.recording.flip_units[0] = 0


def test_runs_are_named_and_deleted_by_their_place():
    session = SESSION
    for number in range(3):
        session = run_edits.keep_run(session, a_run(number=number), str(number))
    session = run_edits.rename_run(session, 1, " b ")
    assert [run.name for run in session.runs] == ["0", "b", "2"]
    assert run_edits.rename_run(session, 1, "  ") is session
    assert [run.name for run in run_edits.delete_run(session, 0).runs] == ["b", "2"]


def test_a_run_is_the_same_as_far_as_it_had_come():
    run = a_run()
    assert same_run(run, replace(run, name="other"))
    assert not same_run(run, a_run())
    longer = replace(run, recording=replace(run.recording, updates=99))
    assert not same_run(run, longer)


def full(session, run, what):
    with pytest.raises(Refusal, match=what):
        run_edits.keep_run(session, run, "one more")


def test_there_is_room_for_so_many_runs(monkeypatch):
    monkeypatch.setattr(past_run, "MOST_RUNS", 2)
    run = a_run()
    session = run_edits.keep_run(run_edits.keep_run(SESSION, run, "a"), run, "b")
    full(session, run, "at most 2 runs")


def test_there_is_room_for_so_many_flips(monkeypatch):
    monkeypatch.setattr(past_run, "MOST_FLIPS", 7)
    session = run_edits.keep_run(SESSION, a_run(4), "a")
    session = run_edits.keep_run(session, a_run(3), "b")
    full(session, a_run(1), "too large together")


def test_there_is_room_for_so_many_memories_and_a_shared_one_takes_its_place_once(monkeypatch):
    monkeypatch.setattr(past_run, "MOST_MEMORIES", 11)
    session = run_edits.keep_run(run_edits.keep_run(SESSION, a_run(), "a"), a_run(), "b")
    full(session, a_run(), "too large together")
    monkeypatch.setattr(past_run, "MOST_MEMORIES", 12)
    monkeypatch.setattr(past_run, "MOST_UNITS", 400)
    session = run_edits.keep_run(session, a_run(), "c")
    pictures = random_patterns(1, 100, seed=1).reshape(1, 10, 10)
    other = replace(blank_session(Grid(10, 10)), memories=(Memory("one", frozen(pictures[0]), 0),))
    monkeypatch.setattr(past_run, "MOST_MEMORIES", 99)
    full(session, a_run(session=other), "too large together")
