"""The machine as a network on the pad: its free energy falls, and its law is the machine's."""

from itertools import pairwise

import numpy as np
import pytest
import rbm_reference as reference
from cases import bits, random_patterns
from kinds import ONE_AT_A_TIME, begin

from hopgui.model.boltzmann.machine import Machine, bits_of
from hopgui.model.boltzmann.network import FREE, RbmNetwork
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.network import Network
from hopgui.model.survey import is_quick, survey
from hopgui.refusal import Refusal
from hopgui.session.tape import Tape


def network_of(visible=6, hidden=4, seed=1, scale=1.0, conventions=FREE):
    patterns = random_patterns(3, visible, seed)
    machine = reference.machine_of(visible, hidden, seed, scale)
    return RbmNetwork(patterns, conventions, machine=machine)


def test_a_survey_that_would_hold_the_window_up_is_not_quick():
    # All fields of a state ask every hidden unit about every visible one.
    assert is_quick(network_of(100, 100))
    large = network_of(4096, 128)
    assert is_quick(Network(large.patterns))
    assert not is_quick(large)


def test_its_energy_is_the_free_energy():
    network = network_of()
    for number in range(64):
        state = bits(number, 6)
        expected = reference.free_energy(network.rbm, bits_of(state).tolist())
        assert network.energy(state) == pytest.approx(expected)


@pytest.mark.parametrize("conventions", [FREE, ARTICLE, TEXTBOOK])
def test_a_field_is_what_a_flip_changes_whatever_the_conventions(conventions):
    network = network_of(conventions=conventions)
    for number in (0, 5, 44, 63):
        state = bits(number, 6)
        fields = network.fields(state)
        for unit in range(6):
            ends = state.copy(), state.copy()
            ends[0][unit], ends[1][unit] = -1, 1
            expected = network.energy(ends[0]) - network.energy(ends[1])
            votes = network.explain(state, unit)
            assert fields[unit] == votes.field == pytest.approx(expected)
            assert votes.margin == votes.field * state[unit]
            assert votes.would_flip == (state[unit] * expected < 0)
            by_hidden = network.by_hidden(state, unit)
            assert by_hidden.sum() + network.rbm.visible_bias[unit] == pytest.approx(fields[unit])


@pytest.mark.parametrize("update", ONE_AT_A_TIME)
def test_at_temperature_zero_the_free_energy_falls_to_a_local_minimum(update):
    network = network_of(30, 10, 2)
    for seed in range(5):
        run = begin(network, random_patterns(1, 30, seed)[0], update, seed)
        energies = [run.energy]
        while not run.settled:
            flips = run.advance(7)
            energies += flips.energies.tolist()
            assert run.updates < 10_000
        assert all(after < before for before, after in pairwise(energies))
        assert not network.unstable(run.state).any()
        assert not network.descents(run.state).any()
        assert energies[-1] == pytest.approx(network.energy(run.state), abs=1e-9)


@pytest.mark.parametrize("update", [Update.ASYNC, Update.RASTER, Update.REPLACEMENT])
@pytest.mark.parametrize("temperature", [1.0, 2.0])
def test_one_unit_at_a_time_samples_the_free_energy(update, temperature):
    network = network_of(4, 3, 4)
    states = visited(network, update, temperature, 8000, apart=12)
    free = np.array([network.energy(bits(number, 4)) for number in range(16)])
    chance = np.exp(-free / temperature)
    assert reference.surprise(states, chance / chance.sum()) > 1e-3


@pytest.mark.parametrize("conventions", [TEXTBOOK, ARTICLE])
def test_the_conventions_do_not_change_the_law(conventions):
    network = network_of(4, 3, 4, conventions=conventions)
    states = visited(network, Update.ASYNC, 1.0, 8000, apart=12)
    assert reference.surprise(states, reference.chances(network.rbm)) > 1e-3


@pytest.mark.parametrize("temperature", [1.0, 2.0])
def test_block_steps_sample_both_sides_together(temperature):
    network = network_of(4, 3, 4)
    states = visited(network, Update.SYNC, temperature, 8000, apart=32)
    assert reference.surprise(states, reference.chances(network.rbm, temperature)) > 1e-3
    wrong = reference.chances(network.rbm, 1.5 * temperature)
    assert reference.surprise(states, wrong) < 1e-6


def visited(network, update, temperature, samples, apart):
    run = begin(network, np.ones(network.units, np.int8), update, 1, temperature)
    states = np.empty((samples, network.units), np.int8)
    run.advance(100 * network.units)
    for row in states:
        run.advance(apart)
        row[:] = run.state
    return states


@pytest.mark.parametrize("update", list(Update))
@pytest.mark.parametrize("temperature", [0.0, 1.5])
def test_flips_lead_to_the_state_with_their_energies(update, temperature):
    network = network_of(20, 8, 3)
    pinned = np.arange(20) % 3 == 0
    start = random_patterns(1, 20, 9)[0]
    run = begin(network, start, update, temperature=temperature, pinned=pinned)
    tape = Tape(1, 1, start, run.energy)
    for _ in range(30):
        tape.append(run.advance(run.least * 3))
    tape.append(run.set_units(np.array([0, 1, 2]), -run.state[0]), by_hand=True)
    recording = tape.recording(run.updates)
    np.testing.assert_array_equal(recording.state_at(run.updates), run.state)
    assert recording.energy_at(run.updates) == pytest.approx(network.energy(run.state), abs=1e-9)
    assert recording.flip_units.size
    assert not pinned[recording.flip_units[~recording.by_hand]].any()
    for moment in recording.flip_updates[~recording.by_hand][:5].tolist():
        state = recording.state_at(moment)
        assert recording.energy_at(moment) == pytest.approx(network.energy(state), abs=1e-9)


def test_a_step_is_as_many_updates_as_there_are_free_units():
    network = network_of(20, 8, 3)
    pinned = np.arange(20) < 5
    run = begin(network, np.ones(20, np.int8), Update.SYNC, temperature=5.0, pinned=pinned)
    assert run.least == 15
    assert run.advance(14).units.size == 0
    flips = run.advance(15)
    assert flips.units.size
    assert set(flips.updates.tolist()) == {15}
    assert set(flips.energies.tolist()) == {run.energy}
    assert run.hidden.shape == (8,)
    assert set(run.hidden.tolist()) <= {0.0, 1.0}


def test_block_steps_at_temperature_zero_settle():
    network = network_of(30, 10, 2)
    for seed in range(5):
        run = begin(network, random_patterns(1, 30, seed)[0], Update.SYNC, seed)
        joint = []
        while not run.settled:
            run.advance(run.least)
            joint.append(float(network.rbm.energy(bits_of(run.state), run.hidden)))
            assert len(joint) < 1000
        assert all(after <= before for before, after in pairwise(joint))
        assert not run.cycling


@pytest.mark.parametrize("ties", list(Ties))
def test_ties_are_broken_as_the_conventions_say(ties):
    machine = Machine(np.zeros((40, 2)), np.zeros(40), np.zeros(2))
    network = RbmNetwork(np.ones((1, 40), np.int8), Conventions(ties=ties), machine=machine)
    state = random_patterns(1, 40, 1)[0]
    for update in (Update.ASYNC, Update.SYNC):
        run = begin(network, state, update)
        run.advance(80)
        if ties is Ties.MINUS:
            assert (run.state == -1).all()
        elif ties is Ties.KEEP:
            np.testing.assert_array_equal(run.state, state)
        else:
            assert not run.settled


def test_block_steps_cool():
    network = network_of(10, 4)
    run = network.start(
        np.ones(10, np.int8),
        rng=np.random.default_rng(1),
        dynamics=Dynamics(Update.SYNC, 4.0, 0.5),
    )
    run.advance(run.least)
    assert run.temperature == 2.0
    while not run.settled:
        run.advance(run.least)
    assert run.temperature == 0


def test_the_same_seed_is_the_same_run():
    network = network_of(20, 8)
    for update in (Update.ASYNC, Update.SYNC):
        one, other = (
            begin(network, np.ones(20, np.int8), update, 3, temperature=2.0).advance(400)
            for _ in range(2)
        )
        np.testing.assert_array_equal(one.units, other.units)
        np.testing.assert_array_equal(one.energies, other.energies)


def test_the_machine_may_change_under_a_run():
    network = network_of(20, 8, 1)
    other = network_of(20, 3, 2)
    run = begin(network, np.ones(20, np.int8))
    run.advance(13)
    run.change(other)
    assert run.energy == pytest.approx(other.energy(run.state))
    with pytest.raises(ValueError, match="other couplings"):
        run.change(Network(other.patterns))
    with pytest.raises(ValueError, match="units"):
        run.change(network_of(19, 3))


def test_pictures_are_surveyed_and_compared():
    network = network_of()
    facts = survey(network)
    assert facts.energies.tolist() == [network.energy(row) for row in network.patterns]
    assert network.overlaps(network.patterns[1])[1] == 6
    empty = RbmNetwork(np.empty((0, 6), np.int8), machine=network.rbm)
    assert empty.overlaps(bits(3, 6)).size == 0


def test_it_has_no_couplings_and_needs_its_machine():
    network = network_of()
    assert not network.has_couplings
    with pytest.raises(Refusal, match="no pairwise couplings"):
        network.couplings_of(0)
    with pytest.raises(ValueError, match="differ"):
        RbmNetwork(np.ones((1, 5), np.int8), machine=network.rbm)
    with pytest.raises(ValueError, match="needs one"):
        RbmNetwork(np.ones((1, 5), np.int8))
