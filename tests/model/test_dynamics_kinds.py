"""Every update at every temperature: what it samples, where it ends, what it reports."""

from itertools import pairwise
from math import sqrt

import numpy as np
import pytest
from cases import bits, law, nets, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import (
    CHOSEN,
    MINUS,
    begin,
    both_presets,
    every_kind,
    every_rule,
    loaded,
    matrix_of,
    network_of,
)

from hopgui.model.choices import Dynamics, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.network import Network

SWEEPWISE = [Update.ASYNC, Update.RASTER, Update.REPLACEMENT]
every_update = pytest.mark.parametrize("update", Update)


# What temperature samples


def visits(network, update, temperature, samples, apart, seed=1):
    """How often each state is met, looked at every so many updates after a while."""
    units = network.units
    run = begin(network, np.ones(units, np.int8), update, seed, temperature)
    run.advance(200 * units)
    start = sum(1 << unit for unit in range(units) if run.state[unit] > 0)
    first, wanted = run.updates, samples * apart
    updates, masks = [np.array([first])], [np.array([start])]
    while run.updates < first + wanted:
        flips = run.advance(min(40_000, first + wanted - run.updates))
        updates.append(flips.updates)
        masks.append(1 << flips.units.astype(np.int64))
    states = np.bitwise_xor.accumulate(np.concatenate(masks))
    moments = first + apart * np.arange(1, samples + 1)
    places = np.searchsorted(np.concatenate(updates), moments, side="right") - 1
    return np.bincount(states[places], minlength=2**units)


def expected_of(weights, samples):
    return samples * weights / weights.sum()


def surprise(counts, expected):
    """χ² over what it passes once in a thousand, with rare states taken together."""
    order = np.argsort(expected)
    cells, kept = [], [0.0, 0.0]
    for place in order:
        kept[0] += counts[place]
        kept[1] += expected[place]
        if kept[1] >= 8:
            cells.append(kept)
            kept = [0.0, 0.0]
    cells[-1] = [cells[-1][0] + kept[0], cells[-1][1] + kept[1]]
    freedom = len(cells) - 1
    assert freedom >= 5
    chi = sum((count - mean) ** 2 / mean for count, mean in cells)
    # Wilson and Hilferty's approximation.
    return chi / (freedom * (1 - 2 / (9 * freedom) + 3.09 * sqrt(2 / (9 * freedom))) ** 3)


def boltzmann(network, temperature):
    energies = np.array(
        [network.energy(bits(number, network.units)) for number in range(2**network.units)]
    )
    return np.exp(-(energies - energies.min()) / temperature)


@pytest.mark.parametrize("update", SWEEPWISE)
@both_presets
def test_glauber_samples_the_boltzmann_law(update, preset):
    patterns = random_patterns(3, 6, seed=2)
    temperature = {"textbook": 0.8, "article": 0.8 * 2 * 6 / 3}[preset]
    network = Network(patterns, CHOSEN[preset])
    counts = visits(network, update, temperature, samples=20_000, apart=48)
    expected = expected_of(boltzmann(network, temperature), 20_000)
    assert surprise(counts, expected) < 1
    # And the test can tell: a tenth more heat is another law.
    assert surprise(counts, expected_of(boltzmann(network, 1.1 * temperature), 20_000)) > 1


@pytest.mark.parametrize(
    ("kind", "temperature"),
    [
        ("projection", 1.2),
        ("storkey", 1.2),
        ("perceptron", 1.5),
        ("unlearning", 2.5),
        ("cubic", 120.0),
        ("order-30", 4e22),
        ("exponential", 2.0),
    ],
)
def test_every_kind_samples_its_own_boltzmann_law(kind, temperature):
    patterns = random_patterns(3, 6, seed=2)
    network = network_of(kind, patterns)
    counts = visits(network, Update.ASYNC, temperature, samples=20_000, apart=48)
    expected = expected_of(boltzmann(network, temperature), 20_000)
    assert surprise(counts, expected) < 1
    uniform = expected_of(np.ones(64), 20_000)
    assert surprise(counts, uniform) > 1


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("half", [True, False])
def test_synchronous_steps_sample_littles_law(own, half):
    # Π_i 2 cosh(β h_i) with β = 1/T where E carries ½, and 2/T where it does not.
    patterns = random_patterns(3, 6, seed=2)
    network = Network(patterns, Conventions(self_connections=own, half=half))
    temperature = 1.6 if half else 3.2
    beta = (1 if half else 2) / temperature
    weights = matrix_of(network)
    law_of = np.array(
        [np.prod(np.cosh(beta * (weights @ bits(number, 6)))) for number in range(64)]
    )
    counts = visits(network, Update.SYNC, temperature, samples=4000, apart=24)
    assert surprise(counts, expected_of(law_of, 4000)) < 1
    assert surprise(counts, expected_of(boltzmann(network, temperature), 4000)) > 1


@pytest.mark.parametrize("temperature", [5e-324, 1e-200, 1e308])
@pytest.mark.parametrize("update", [*SWEEPWISE, Update.SYNC])
def test_at_any_temperature_a_unit_without_a_field_is_a_coins_throw(update, temperature):
    network = Network(np.empty((0, 50), np.int8), TEXTBOOK)
    run = begin(network, np.ones(50, np.int8), update, temperature=temperature)
    flips = run.advance(10_000).units.size
    # Ten thousand throws: five standard deviations of 50.
    assert abs(flips - 5000) < 250


@pytest.mark.parametrize("update", SWEEPWISE)
@pytest.mark.parametrize(("memories", "units"), [(4, 32), (8, 16)])
def test_a_temperature_of_one_convention_has_its_like_in_the_other(update, memories, units):
    # T_article = 2 (N/P) T_textbook: the same run, flip for flip.
    patterns = random_patterns(memories, units, seed=1)
    state = random_patterns(1, units, seed=2)[0]
    flips = [
        begin(Network(patterns, chosen), state, update, temperature=temperature).advance(3000)
        for chosen, temperature in ((TEXTBOOK, 0.75), (ARTICLE, 0.75 * 2 * units / memories))
    ]
    assert flips[0].units.size > 100
    assert flips[0].units.tolist() == flips[1].units.tolist()
    assert flips[0].updates.tolist() == flips[1].updates.tolist()


@every_kind
@every_update
def test_nothing_is_settled_while_it_is_warm(kind, update):
    patterns, _ = loaded(16, 3)
    run = begin(network_of(kind, patterns), patterns[0], update, temperature=1e-3)
    run.advance(3000)
    assert run.updates >= 3000 - 16
    assert not run.settled
    assert not run.cycling


# Cooling


@every_update
@both_presets
def test_cooling_ends_in_a_stable_state_at_temperature_nothing(update, preset):
    units = 30
    patterns, state = loaded(units)
    network = Network(patterns, CHOSEN[preset])
    run = network.start(
        state, rng=np.random.default_rng(3), dynamics=Dynamics(update, 5.0, cooling=0.8)
    )
    warm = 0
    while not run.settled:
        before = run.temperature
        run.advance(run.left_in_sweep)
        assert run.temperature <= before
        if run.temperature > 0:
            warm += 1
            assert not run.settled
        assert run.updates < 10**5
    assert run.temperature == 0
    assert warm > 10
    assert run.cycling or not network.unstable(run.state).any()


@every_update
def test_the_temperature_falls_once_a_sweep(update):
    units = 25
    patterns, state = loaded(units)
    run = Network(patterns).start(
        state, rng=np.random.default_rng(3), dynamics=Dynamics(update, 8.0, cooling=0.9)
    )
    for sweep in range(1, 20):
        run.advance(units)
        assert run.updates == sweep * units
        assert run.temperature == pytest.approx(8.0 * 0.9**sweep)


@every_update
def test_cooling_in_slices_is_cooling_in_one_piece(update):
    patterns, state = loaded(25)
    network = Network(patterns)
    runs = [
        network.start(state, rng=np.random.default_rng(3), dynamics=Dynamics(update, 8.0, 0.7))
        for _ in range(2)
    ]
    whole = runs[0].advance(2000).units.tolist()
    sliced, size = [], 25 if update is Update.SYNC else 7
    while runs[1].updates < runs[0].updates and not runs[1].settled:
        sliced += runs[1].advance(min(size, runs[0].updates - runs[1].updates)).units.tolist()
    assert sliced == whole
    assert runs[0].temperature == runs[1].temperature
    if runs[0].settled:
        assert runs[1].advance(25).units.size == 0
        assert runs[1].settled


# The steepest descent


@every_kind
@both_presets
def test_the_steepest_unit_is_the_one_that_gains_most(kind, preset):
    units = 24
    patterns, _ = loaded(units)
    network = network_of(kind, patterns, CHOSEN[preset])
    for seed, state in enumerate(random_patterns(3, units, seed=4)):
        run = begin(network, state, Update.STEEPEST, seed)
        now = state.copy()
        while not run.settled:
            unstable = np.flatnonzero(network.unstable(now))
            flips = run.advance(1)
            if not unstable.size:
                assert not flips.units.size
                break
            drops = []
            for unit in unstable:
                other = now.copy()
                other[unit] *= -1
                drops.append(network.energy(now) - network.energy(other))
            chosen = int(flips.units[0])
            assert chosen in unstable
            best = max(drops)
            assert drops[unstable.tolist().index(chosen)] >= best - 1e-9 * max(abs(best), 1)
            now[chosen] *= -1
            assert run.state.tolist() == now.tolist()
        assert run.settled
        assert run.updates == run.flips


# Synchronous steps


@every_rule
@both_presets
def test_synchronous_steps_never_raise_their_own_energy_and_end_in_period_one_or_two(kind, preset):
    # L(t) = −x(t)ᵀ W x(t−1), with symmetric couplings and ties that are kept or −1.
    units = 30
    patterns, _ = loaded(units)
    network = network_of(kind, patterns, MINUS[preset])
    weights = matrix_of(network)
    for seed, state in enumerate(random_patterns(8, units, seed=6)):
        run = begin(network, state, Update.SYNC, seed)
        trail = [state.copy()]
        while not run.settled:
            fields = weights @ trail[-1]
            expected = np.where(fields > 1e-7, 1, -1)
            run.advance(units)
            assert run.state.tolist() == expected.tolist()
            trail.append(run.state.copy())
            assert len(trail) < 500
        energies = [-(new @ weights @ old) for old, new in pairwise(trail)]
        assert all(later <= earlier + 1e-6 for earlier, later in pairwise(energies))
        if run.cycling:
            assert (trail[-1] == trail[-3]).all()
            assert (trail[-1] != trail[-2]).any()
        else:
            assert (trail[-1] == trail[-2]).all()
            assert not network.unstable(run.state).any()


@law
@given(net=nets(most=20), ties=st.sampled_from([Ties.MINUS, Ties.KEEP]), seed=st.integers(0, 9))
def test_hebbian_couplings_with_self_connections_have_no_cycles(net, ties, seed):
    patterns, state = net
    run = begin(Network(patterns, Conventions(ties=ties)), state, Update.SYNC, seed)
    while not run.settled:
        run.advance(state.size)
        assert run.updates < 10**5
    assert not run.cycling


@pytest.mark.parametrize("ties", [Ties.MINUS, Ties.KEEP])
def test_two_units_without_self_connections_take_turns_and_it_is_said(ties):
    network = Network(np.array([[1, 1]], np.int8), Conventions(self_connections=False, ties=ties))
    run = begin(network, np.array([1, -1], np.int8), Update.SYNC)
    run.advance(2)
    assert run.state.tolist() == [-1, 1]
    assert not run.settled
    run.advance(2)
    assert run.state.tolist() == [1, -1]
    assert run.settled
    assert run.cycling
    run.set_units(np.array([1]), 1)
    assert not run.cycling
    run.advance(2)
    assert run.settled
    assert not run.cycling


def test_a_step_asks_all_free_units_at_once_and_counts_them():
    patterns = random_patterns(4, 50, seed=1)
    state = random_patterns(1, 50, seed=2)[0]
    pinned = np.arange(50) < 8
    network = Network(patterns, TEXTBOOK)
    run = begin(network, state, Update.SYNC, pinned=pinned)
    assert run.advance(41).units.size == 0
    unstable = network.unstable(state) & ~pinned
    flips = run.advance(42)
    assert run.updates == 42
    assert sorted(flips.units.tolist()) == np.flatnonzero(unstable).tolist()
    assert set(flips.updates.tolist()) == {42}
    assert set(flips.energies.tolist()) == {network.energy(run.state)}


# Pins, and changes of mind


@every_kind
@every_update
@pytest.mark.parametrize("temperature", [0.0, 2.0])
def test_pinned_units_stay_whatever_the_kind_and_the_update(kind, update, temperature):
    patterns, state = loaded(24)
    pinned = random_patterns(1, 24, seed=5)[0] > 0
    network = network_of(kind, patterns)
    run = begin(network, state, update, temperature=temperature, pinned=pinned)
    run.advance(2000)
    assert run.state[pinned].tolist() == state[pinned].tolist()
    if run.settled and not run.cycling:
        assert not (network.unstable(run.state) & ~pinned).any()


@every_update
def test_a_run_warmed_up_and_cooled_down_again_settles(update):
    patterns, state = loaded(24)
    network = Network(patterns, TEXTBOOK)
    run = begin(network, state, update)
    run.advance(10**4)
    assert run.settled
    run.drive(Dynamics(update, 3.0))
    assert not run.settled
    run.advance(480)
    assert not run.settled
    assert run.temperature == 3.0
    run.drive(Dynamics(update))
    run.advance(10**4)
    assert run.settled
    assert run.cycling or not network.unstable(run.state).any()


def test_a_stable_state_that_chance_left_is_no_cycle_when_the_next_step_comes_back():
    network = Network(random_patterns(1, 20, seed=1), TEXTBOOK)
    memory, left, stable = network.patterns[0], 0, 0
    for seed in range(40):
        # One hot step, then cold ones: what chance flips, the first of them takes back.
        hot = Dynamics(Update.SYNC, 5.0, cooling=1e-3)
        run = network.start(memory, rng=np.random.default_rng(seed), dynamics=hot)
        left += run.advance(run.least).units.size
        while not run.settled:
            run.advance(run.least)
        assert run.cycling == network.unstable(run.state).any()
        stable += not run.cycling
    assert left
    assert stable
