"""What an export carries makes it again: the run from the notes is the run that was exported."""

from dataclasses import replace

import numpy as np

from hopgui import __version__
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.session import library
from hopgui.session.draws import Draws, rng_of
from hopgui.session.fingerprint import session_hash
from hopgui.session.provenance import provenance
from hopgui.session.session import with_pad
from hopgui.session.tape import Tape


def recalled(session):
    network = Network(session.patterns, session.conventions)
    run = network.start(session.pad.ravel(), rng=rng_of(Draws.RECALL, session.seed))
    tape = Tape(1, session.seed, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(session.grid.units))
    return tape, tape.recording(run.updates)


def notes(*given):
    return dict(provenance(*given).notes)


def test_it_names_version_document_seed_and_every_choice():
    session = replace(
        library.first_session(),
        rule=Rule(RuleKind.PERCEPTRON, margin=0.5, one_way=True),
        dynamics=Dynamics(Update.RASTER, 0.25, 0.9),
        trouble=Trouble(one_way=True),
    )
    said = notes(session)
    assert said["Software"] == f"HopGUI {__version__}"
    assert said["Session"] == f"sha256 {session_hash(session)}"
    assert said["Seed"] == "7"
    assert said["Grid"] == "10 x 10"
    assert said["Rule"] == "perceptron, margin 0.5, one-way"
    assert said["Updates"] == "raster, temperature 0.25, cooling 0.9 a sweep"
    assert said["Trouble"] == "one-way couplings"
    assert said["Conventions"].startswith("article (")


def test_a_dense_energy_has_no_rule():
    session = replace(library.first_session(), energy=Energy(EnergyKind.POLYNOMIAL, 4))
    assert notes(session)["Energy"] == "polynomial, order 4"
    assert notes(session)["Rule"] == "none"


def test_of_a_run_it_is_the_document_that_the_run_began_with():
    cue = library.first_session()
    _, recording = recalled(cue)
    settled = with_pad(cue, recording.state_at(recording.updates).reshape(cue.grid.shape))
    later = replace(settled, seed=99)
    said = notes(later, recording, 57)
    assert said["Session"] == f"sha256 {session_hash(cue)}"
    assert said["Seed"] == "7"
    assert said["Update"] == "57"
    assert "By hand" not in said
    assert "Beginning" not in said


def test_it_says_where_the_notes_alone_do_not_make_the_run_again():
    session = library.first_session()
    tape, _ = recalled(session)
    tape.append(Flips(np.array([300]), np.array([5], np.int32), np.array([0.0])), by_hand=True)
    said = notes(session, replace(tape.recording(400), first_update=12))
    assert said["By hand"] == "1 changes while it ran"
    assert said["Beginning"] == "let go up to update 12"


def test_it_says_that_a_run_was_driven_and_beside_what_it_is_seen():
    session = library.first_session()
    _, recording = recalled(session)
    other = replace(session, memories=session.memories[:2])
    said = dict(provenance(session, recording, driven=True, beside=other).notes)
    assert said["Session"] == f"sha256 {session_hash(session)}"
    assert said["Driven"] == "order or temperature were changed while it ran"
    assert said["Beside"] == f"2 memories of session sha256 {session_hash(other)}"


def test_every_line_of_the_comment_is_one():
    session = replace(library.first_session(), title="two\nlines")
    comment = provenance(session).comment
    assert all(line.startswith("# ") for line in comment.splitlines())
    assert comment.isascii()
