"""A fully visible machine on the pad, against its own energy and its own law."""

from dataclasses import replace

import numpy as np
import pytest
import rbm_reference as reference
from cases import law, random_patterns, seeds
from hypothesis import given
from visible_reference import all_states, machine_of, slow_law

from hopgui.model import enumeration
from hopgui.model.all_states import scores_of_all, state_of
from hopgui.model.boltzmann.visible import VisibleMachine, blank_machine
from hopgui.model.boltzmann.visible_network import VisibleNetwork
from hopgui.model.census import census
from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import Ties
from hopgui.model.landscape import is_function, lattice_of
from hopgui.model.starts import Starts

NONE = np.empty((0, 5), np.int8)


def network_of(machine, patterns=None):
    patterns = np.empty((0, machine.units), np.int8) if patterns is None else patterns
    return VisibleNetwork(patterns, machine=machine)


@law
@given(seeds)
def test_energies_and_fields_are_the_machines(seed):
    machine = machine_of(6, seed)
    network, state = network_of(machine), random_patterns(1, 6, seed)[0]
    assert network.energy(state) == pytest.approx(float(machine.energy(state)), abs=1e-7)
    np.testing.assert_allclose(
        network.fields(state) * network.factor, machine.fields(state), atol=1e-7
    )
    for unit in range(6):
        told = network.explain(state, unit)
        assert told.field == pytest.approx(machine.fields(state)[unit], abs=1e-7)
        np.testing.assert_allclose(network.couplings_of(unit), machine.couplings[unit], atol=1e-7)


@law
@given(seeds)
def test_every_flip_of_a_fall_lowers_the_machines_energy(seed):
    machine = machine_of(8, seed)
    network, state = network_of(machine), random_patterns(1, 8, seed)[0]
    run = network.start(state, rng=np.random.default_rng(seed))
    before = float(machine.energy(state))
    while not run.settled:
        run.advance(1)
        now = float(machine.energy(run.state))
        assert now <= before + 1e-9
        assert run.energy == pytest.approx(now, abs=1e-6)
        before = now
    assert not network.unstable(run.state).any()


@pytest.mark.parametrize("temperature", [1.0, 2.5])
def test_glauber_on_the_pad_has_the_machines_law(temperature):
    machine = machine_of(4, 3, 0.7)
    network = network_of(machine)
    state = np.ones(4, np.int8)
    run = network.start(
        state, rng=np.random.default_rng(5), dynamics=Dynamics(Update.ASYNC, temperature)
    )
    run.advance(400)
    seen = []
    for _ in range(20_000):
        run.advance(40)  # ten sweeps: states far enough apart to be draws
        seen.append(run.state.copy())
    warm = VisibleMachine(machine.couplings / temperature, machine.bias / temperature)
    assert reference.surprise(-np.array(seen), slow_law(warm)[0]) > 1e-3
    hotter = VisibleMachine(warm.couplings / 1.2, warm.bias / 1.2)
    assert reference.surprise(-np.array(seen), slow_law(hotter)[0]) < 1e-6


def test_pinned_units_stay():
    machine = machine_of(6, 2)
    pinned = np.array([True, False, True, False, False, False])
    state = np.array([1, 1, -1, 1, 1, 1], np.int8)
    run = network_of(machine).start(
        state,
        rng=np.random.default_rng(1),
        pinned=pinned,
        dynamics=Dynamics(Update.ASYNC, 5.0),
    )
    run.advance(5000)
    assert (run.state[pinned] == state[pinned]).all()
    assert run.updates == 5000


@pytest.mark.parametrize("biased", [True, False])
def test_all_states_and_all_attractors_are_those_of_the_machine(biased):
    machine = machine_of(6, 11)
    if not biased:
        machine = replace(machine, bias=np.zeros(6))
    network = network_of(machine)
    *_, (_, scores) = scores_of_all(network)
    states = np.array([state_of(number, 6) for number in range(64)])
    np.testing.assert_allclose(network.energies_of(scores), machine.energy(states), atol=1e-6)
    *_, found = enumeration.enumeration(network, rng=np.random.default_rng(1))
    every = all_states(6)
    stable = {
        tuple(state)
        for state in every.tolist()
        if (machine.fields(np.array(state)) * state > 0).all()
    }
    assert {tuple(each.state.tolist()) for each in found.attractors} == stable
    assert network.even is not biased


def test_falls_of_a_census_end_where_the_machine_is_stable():
    machine = machine_of(12, 4)
    network = network_of(machine)
    *_, last = census(network, Starts(), 500, rng=np.random.default_rng(2))
    assert last.attractors
    for each in last.attractors:
        assert (machine.fields(each.state) * each.state > 0).all()
        assert each.energy == pytest.approx(float(machine.energy(each.state)), abs=1e-6)


def test_the_plane_is_a_function_only_where_the_biases_are():
    patterns = np.array([[1, 1, 1, 1, 1, 1], [1, 1, 1, -1, -1, -1]], np.int8)
    couplings = (patterns.T @ patterns).astype(float)
    np.fill_diagonal(couplings, 0)
    lattice = lattice_of(*patterns)
    for bias, answer in ((np.zeros(6), True), (patterns[1] / 2, True), (np.arange(6.0), False)):
        assert is_function(network_of(VisibleMachine(couplings, bias), patterns), lattice) is answer


def test_only_the_ties_of_the_conventions_count():
    machine = blank_machine(5)
    chosen = replace(network_of(machine).conventions, ties=Ties.MINUS, half=False)
    network = VisibleNetwork(NONE, chosen, machine=machine)
    assert network.conventions.half
    assert network.unstable(np.ones(5, np.int8)).all()
    assert network.recalls


@pytest.mark.parametrize("machine", [None, blank_machine(4)])
def test_a_machine_of_another_size_is_a_mistake(machine):
    with pytest.raises(ValueError, match="5 units needs a machine"):
        VisibleNetwork(NONE, machine=machine)


@pytest.mark.parametrize("scale", [1e-300, 1e-20, 1e3])
def test_numbers_of_any_size_are_borne(scale):
    machine = machine_of(5, 1)
    machine = VisibleMachine(machine.couplings * scale, machine.bias * scale)
    state = np.ones(5, np.int8)
    expected = float(machine.energy(state))
    assert network_of(machine).energy(state) == pytest.approx(expected, rel=1e-6, abs=1e-11)
