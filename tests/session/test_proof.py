"""A run made again from its seed is the recorded one, and one that is not is caught."""

from dataclasses import replace

import numpy as np
import pytest
from cases import law, seeds
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.learning import learn
from hopgui.refusal import Refusal
from hopgui.session.draws import Draws, rng_of
from hopgui.session.library import first_session
from hopgui.session.past_run import PastRun
from hopgui.session.plan import plan_of
from hopgui.session.proof import prove
from hopgui.session.tape import Tape

RULES = [Rule(kind, dreams=5) for kind in RuleKind]
# A run on a machine is proved in test_stored_machines.py.
ENERGIES = [Energy(kind) for kind in EnergyKind if kind is not EnergyKind.BOLTZMANN]
DYNAMICS = [
    *(Dynamics(update) for update in Update),
    Dynamics(temperature=300.0),
    Dynamics(Update.SYNC, temperature=300.0),
    Dynamics(temperature=900.0, cooling=0.8),
]


def run_of(session, seed=7, sweeps=6, steps=(37, 400)):
    """A run of the document, recorded in slices of its own."""
    network = learn(plan_of(session)).network
    run = network.start(
        session.pad.ravel(),
        rng=rng_of(Draws.RECALL, seed),
        pinned=session.pinned.ravel(),
        dynamics=session.dynamics,
    )
    tape, number = Tape(1, seed, run.state, run.energy), 0
    while not run.settled and run.updates < sweeps * session.grid.units:
        tape.append(run.advance(max(run.least, steps[number % len(steps)])))
        number += 1
    return PastRun("", session, tape.recording(run.updates), run.settled)


def proven(run):
    return list(prove(run))[-1]


@pytest.mark.parametrize("dynamics", DYNAMICS, ids=str)
def test_every_kind_of_run_is_made_again_flip_for_flip(dynamics):
    run = run_of(replace(first_session(), dynamics=dynamics))
    proof = proven(run)
    assert proof.holds
    assert proof.flips == run.flips > 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_under_every_rule(rule):
    run = run_of(replace(first_session(), rule=rule, conventions=TEXTBOOK))
    assert proven(run).holds


@pytest.mark.parametrize("energy", ENERGIES, ids=lambda energy: energy.kind)
def test_under_every_energy(energy):
    assert proven(run_of(replace(first_session(), energy=energy))).holds


def test_with_couplings_cut_at_random_and_units_pinned():
    session = replace(first_session(), trouble=Trouble(one_way=True), conventions=TEXTBOOK)
    pinned = np.zeros((10, 10), bool)
    pinned[:3] = True
    assert proven(run_of(replace(session, pinned=pinned))).holds


@law
@given(
    seed=st.integers(0, 2**31 - 1),
    temperature=st.sampled_from([0.0, 400.0]),
    flaw=st.sampled_from(["seed", "unit", "energy", "moment", "missing", "more", "start"]),
    place=seeds,
)
def test_whatever_is_not_the_same_is_found(seed, temperature, flaw, place):
    """Holds: a run is its own proof, and any single flaw in the record breaks it."""
    session = replace(first_session(), dynamics=Dynamics(temperature=temperature))
    run = run_of(session, seed=seed)
    assert proven(run).holds
    recording = run.recording
    flip = place % recording.flip_units.size
    broken = {name: getattr(recording, name).copy() for name in ARRAYS}
    if flaw == "seed":
        broken["seed"] = seed + 1
    elif flaw == "unit":
        broken["flip_units"][flip] = (broken["flip_units"][flip] + 1) % 100
    elif flaw == "energy":
        broken["flip_energies"][flip] += 1.0
    elif flaw == "moment":
        broken["flip_updates"][flip] += 1
    elif flaw == "missing":
        broken = {name: np.delete(array, flip) for name, array in broken.items()}
    elif flaw == "more":
        broken = {name: np.append(array, array[-1:]) for name, array in broken.items()}
    else:
        # Not all of them: without ties the inverse falls by the very same flips.
        broken["start"] = recording.start.copy()
        broken["start"][place % 100] *= -1
    proof = proven(replace(run, recording=replace(recording, **broken)))
    assert not proof.holds
    assert proof.differs_at is not None
    if flaw in {"unit", "energy", "moment", "missing"}:
        assert proof.flips == flip


ARRAYS = ("flip_updates", "flip_units", "flip_energies", "by_hand")


def test_it_is_told_step_by_step_how_far_it_is():
    session = replace(first_session(), dynamics=Dynamics(temperature=300.0))
    run = run_of(session, sweeps=2000)
    proofs = list(prove(run))
    assert [proof.done for proof in proofs] == sorted(proof.done for proof in proofs)
    assert len(proofs) > 3
    assert not any(proof.holds for proof in proofs[:-1])
    assert proofs[-1].holds


@pytest.mark.parametrize("changed", ["driven", "painted", "forgotten"])
def test_a_run_that_its_seed_does_not_tell_is_refused(changed):
    run = run_of(first_session())
    by_hand = run.recording.by_hand.copy()
    by_hand[3] = True
    refused = {
        "driven": replace(run, driven=True),
        "painted": replace(run, recording=replace(run.recording, by_hand=by_hand)),
        "forgotten": replace(run, recording=replace(run.recording, forgotten=5)),
    }[changed]
    with pytest.raises(Refusal, match="cannot be made again"):
        proven(refused)
