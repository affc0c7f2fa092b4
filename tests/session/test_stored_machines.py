"""A run on a machine is made again from its file, whatever has become of the machine since."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.matching import Schedule
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.choices import Dynamics, Energy, EnergyKind
from hopgui.model.learning import learn
from hopgui.refusal import Refusal
from hopgui.session import any_training, edits, run_edits, store
from hopgui.session.archive import pack
from hopgui.session.draws import Draws, rng_of
from hopgui.session.past_run import PastRun
from hopgui.session.plan import plan_of
from hopgui.session.proof import prove
from hopgui.session.session import Grid, blank_session
from hopgui.session.tape import Tape
from hopgui.session.training import Course, DataKind
from hopgui.session.visible_training import Start, VisibleCourse

SETTINGS = Settings(Method.PCD, epochs=30, batch=7, chains=10, every=10)
RESTRICTED = Course(DataKind.BARS_AND_STRIPES, 4, SETTINGS)
VISIBLE = VisibleCourse(
    DataKind.BARS_AND_STRIPES, Start.NOTHING, 1.0, Schedule(True, 10, 0.5, 0.1, 0.0, 10)
)
COURSES = pytest.mark.parametrize("course", [RESTRICTED, VISIBLE], ids=["restricted", "visible"])


def trained(course, seed):
    *_, training = any_training.steps(
        any_training.begin(replace(course, seed=seed), bars_and_stripes(3, 3))
    )
    return training


def with_run(session, seed=4):
    """The document with a kept run of its own machine at T = 1."""
    session = replace(session, dynamics=Dynamics(temperature=1.0), seed=seed)
    run = learn(plan_of(session)).network.start(
        session.pad.ravel(), rng=rng_of(Draws.RECALL, seed), dynamics=session.dynamics
    )
    tape = Tape(1, seed, run.state, run.energy)
    while run.updates < 200:
        tape.append(run.advance(50))
    recording = tape.recording(run.updates)
    past = PastRun("", replace(session, runs=()), recording, run.settled)
    return run_edits.keep_run(session, past, "Run")


def document(course, seed=1):
    return edits.keep_training(blank_session(Grid(3, 3)), trained(course, seed))


def opened(session):
    content = store.encode(session)
    again = store.decode(content, "it.hopgui")
    assert store.encode(again) == content
    return again


def proven(run):
    proof = list(prove(run))[-1]
    assert proof.flips == run.flips > 0
    return proof.holds


@COURSES
def test_a_run_on_the_documents_machine_is_proved_after_opening(course):
    again = opened(with_run(document(course)))
    assert again.runs[0].session.training is again.training
    assert proven(again.runs[0])


@COURSES
def test_every_run_keeps_the_machine_that_it_went_on(course):
    session = with_run(with_run(document(course)), seed=5)
    session = with_run(edits.keep_training(session, trained(course, 2)))
    session = edits.keep_training(session, trained(course, 3))
    again = opened(session)
    assert [proven(run) for run in again.runs] == [True] * 3
    first, second, third = (run.session.training for run in again.runs)
    assert first is second
    assert len({id(each) for each in (first, third, again.training)}) == 3


def test_a_run_is_kept_with_its_machine_where_the_document_has_none():
    session = replace(with_run(document(VISIBLE)), training=None, energy=Energy())
    again = opened(session)
    assert again.training is None
    assert proven(again.runs[0])


def test_files_of_the_third_schema_are_opened():
    path = Path(__file__).parent / "data" / "schema-3.hopgui"
    session = store.read(path)
    assert proven(session.runs[0])
    with zipfile.ZipFile(io.BytesIO(store.encode(session))) as again, zipfile.ZipFile(path) as file:
        assert again.namelist() == file.namelist()
        assert all(again.read(name) == file.read(name) for name in file.namelist())


def test_a_run_on_a_machine_needs_the_third_schema():
    whole, _ = taken_apart(with_run(document(RESTRICTED)))
    assert whole["schema"] == 3


def test_runs_of_couplings_carry_no_machine():
    session = replace(document(RESTRICTED), energy=Energy())
    session = edits.store(session, np.eye(3, dtype=np.int8) * 2 - 1)
    whole, _ = taken_apart(with_run(session))
    assert "machine" not in whole["runs"][0]
    assert "machines" not in whole


def taken_apart(session):
    with zipfile.ZipFile(io.BytesIO(store.encode(session))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(members["session.json"]), members


def test_a_run_whose_machine_is_not_in_the_file_says_so():
    whole, members = taken_apart(with_run(document(RESTRICTED)))
    del whole["runs"][0]["machine"]  # as files were before machines were kept with runs
    members["session.json"] = json.dumps(whole).encode()
    run = store.decode(pack(members), "it.hopgui").runs[0]
    assert run.session.energy.kind is EnergyKind.BOLTZMANN
    with pytest.raises(Refusal, match="its machine was not kept"):
        list(prove(run))


@pytest.mark.parametrize("machine", [-1, 1, "0", None, 10**30])
def test_a_machine_that_is_not_there_is_named(machine):
    whole, members = taken_apart(with_run(document(RESTRICTED)))
    whole["runs"][0]["machine"] = machine
    members["session.json"] = json.dumps(whole).encode()
    with pytest.raises(Refusal, match="machine"):
        store.decode(pack(members), "it.hopgui")


def test_a_machine_of_another_size_than_the_run_is_named():
    other = edits.keep_training(
        blank_session(Grid(2, 2)),
        any_training.begin(RESTRICTED, bars_and_stripes(2, 2)),
    )
    session = with_run(document(RESTRICTED))
    whole, members = taken_apart(replace(session, training=None, energy=Energy()))
    assert whole["runs"][0]["machine"] == 1
    small, arrays = taken_apart(other)
    whole["training"] = small["training"]
    whole["runs"][0]["machine"] = 0
    members |= {name: array for name, array in arrays.items() if name.startswith("training/")}
    members["session.json"] = json.dumps(whole).encode()
    with pytest.raises(Refusal, match="machine"):
        store.decode(pack(members), "it.hopgui")
