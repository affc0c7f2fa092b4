"""Dense energies against unbounded whole numbers, logarithms, and published numbers."""

from fractions import Fraction
from math import exp, fsum, log, sqrt

import numpy as np
import pytest
import reference
from cases import conventions, law, nets, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import begin, network_of

from hopgui.model import theory
from hopgui.model.choices import Energy, EnergyKind, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.model.dense import DenseNetwork
from hopgui.model.network import Network
from hopgui.model.patterns import flipped
from hopgui.refusal import Refusal

EXPONENTIAL = Energy(EnergyKind.EXPONENTIAL)


def polynomial(order):
    return Energy(EnergyKind.POLYNOMIAL, order)


def dense(patterns, energy, chosen=ARTICLE):
    return DenseNetwork(patterns, chosen, energy_kind=energy)


def pulls(patterns, state, function):
    """Σ_μ [F(M_μ with the unit at +1) − F(M_μ with it at −1)] for every unit."""
    said = []
    for unit in range(state.size):
        up, down = state.copy(), state.copy()
        up[unit], down[unit] = 1, -1
        said.append(
            sum(map(function, reference.overlaps(patterns, up)))
            - sum(map(function, reference.overlaps(patterns, down)))
        )
    return said


def log_sum(overlaps):
    """ln Σ exp, the largest taken out, added without rounding."""
    most = max(overlaps)
    return most + log(fsum(exp(overlap - most) for overlap in overlaps))


# Against brute force


@law
@given(net=nets(most=30), order=st.integers(2, 8), chosen=conventions)
def test_polynomial_energies_are_whole_numbers_and_exact(net, order, chosen):
    patterns, state = net
    network = dense(patterns, polynomial(order), chosen)
    exact = sum(overlap**order for overlap in reference.overlaps(patterns, state))
    score = network.score(state)
    assert isinstance(score, int)
    assert score == exact
    fields = network.fields(state)
    assert fields.dtype == np.int64
    said = pulls(patterns, state, lambda overlap: overlap**order)
    assert fields.tolist() == said
    divisor = max(1, len(patterns)) if chosen.scale is Scale.MEMORIES else state.size ** (order - 1)
    energy = -Fraction(exact, divisor) * Fraction(1, 2 if chosen.half else 1)
    assert network.energy(state) == pytest.approx(float(energy), rel=1e-14, abs=1e-300)
    tie = {Ties.MINUS: state > 0, Ties.KEEP: False, Ties.RANDOM: True}[chosen.ties]
    expected = np.where(fields == 0, tie, fields * state < 0)
    assert network.unstable(state).tolist() == expected.tolist()


@law
@given(net=nets(most=40), order=st.integers(9, 40))
def test_beyond_64_bits_polynomials_are_double_precision_numbers(net, order):
    patterns, state = net
    network = dense(patterns, polynomial(order))
    overlaps = reference.overlaps(patterns, state)
    largest = max((float(abs(overlap)) ** order for overlap in overlaps), default=0.0)
    exact = sum(overlap**order for overlap in overlaps)
    assert network.score(state) == pytest.approx(float(exact), rel=1e-13, abs=1e-13 * largest)
    said = pulls(patterns, state, lambda overlap: overlap**order)
    bound = 1e-12 * max((float(abs(overlap) + 2) ** order for overlap in overlaps), default=0.0)
    for field, exactly in zip(network.fields(state).tolist(), said, strict=True):
        assert field == pytest.approx(float(exactly), rel=1e-12, abs=bound)


@pytest.mark.parametrize(("units", "order"), [(100, 9), (1000, 6), (65_536, 3), (31, 12)])
def test_where_64_bits_end_both_kinds_of_numbers_agree(units, order, monkeypatch):
    # P Nⁿ just within 2⁶² and just beyond it: the same states, the same decisions.
    memories = min(4, (2**61 - 1) // (units + 1) ** order)
    patterns = random_patterns(memories, units, seed=1)
    states = random_patterns(3, units, seed=2)
    states[1] = patterns[0]
    whole = dense(patterns, polynomial(order))
    assert whole.gains.dtype == np.int64
    monkeypatch.setattr("hopgui.model.dense.LARGEST_WHOLE", 0)
    real = dense(patterns, polynomial(order))
    assert real.gains.dtype == np.float64
    for state in states:
        np.testing.assert_allclose(real.fields(state), whole.fields(state), rtol=1e-9, atol=1e-6)
        assert real.energy(state) == pytest.approx(whole.energy(state), rel=1e-12)
        ends = []
        for network in (whole, real):
            run = begin(network, state, Update.RASTER)
            run.advance(10 * units)
            ends.append(run.state.tolist())
        assert ends[0] == ends[1]


@pytest.mark.parametrize(
    ("memories", "units", "order", "whole"),
    [
        (1, 2**20 - 1, 3, True),
        (2, 2**20 - 1, 3, False),
        (1, 2**15, 4, True),
        (2, 2**15, 4, False),
        (1, 7, 20, True),
    ],
)
def test_whole_numbers_are_left_before_they_could_overflow(memories, units, order, whole):
    patterns = np.ones((memories, units), np.int8)
    network = dense(patterns, polynomial(order))
    assert (network.gains.dtype == np.int64) == whole
    # All memories alike and recalled: the largest energy that can be.
    state = np.ones(units, np.int8)
    assert network.score(state) == pytest.approx(float(memories * units**order), rel=1e-14)
    assert network.fields(state[:]).min() > 0


@law
@given(net=nets(most=30), chosen=conventions)
def test_exponential_energies_are_those_of_their_logarithms(net, chosen):
    patterns, state = net
    network = dense(patterns, EXPONENTIAL, chosen)
    if not len(patterns):
        assert network.score(state) == 0
        assert not network.fields(state).any()
        return
    half = 0.5 if chosen.half else 1.0
    expected = log_sum(reference.overlaps(patterns, state))
    assert network.energy(state) == pytest.approx(-half * expected, rel=1e-13, abs=1e-13)
    for unit, field in enumerate(network.fields(state).tolist()):
        up, down = state.copy(), state.copy()
        up[unit], down[unit] = 1, -1
        said = log_sum(reference.overlaps(patterns, up)) - log_sum(
            reference.overlaps(patterns, down)
        )
        assert field == pytest.approx(said, rel=1e-12, abs=1e-12)


def test_exponentials_that_would_overflow_are_counted_all_the_same():
    patterns = random_patterns(40, 1000, seed=1)
    network = dense(patterns, EXPONENTIAL)
    with np.errstate(over="ignore"):
        assert np.exp(np.float64(1000)) == np.inf
    for state in (patterns[3], -patterns[3], random_patterns(1, 1000, seed=2)[0]):
        overlaps = reference.overlaps(patterns, state)
        assert network.energy(state) == pytest.approx(-log_sum(overlaps), rel=1e-14)
        fields = network.fields(state)
        assert np.isfinite(fields).all()
        for unit in (0, 500, 999):
            up, down = (np.array(state) for _ in range(2))
            up[unit], down[unit] = 1, -1
            said = log_sum(reference.overlaps(patterns, up)) - log_sum(
                reference.overlaps(patterns, down)
            )
            assert fields[unit] == pytest.approx(said, abs=1e-9)
    assert not network.unstable(patterns[3]).any()


# Order two is the network that is known already


@law
@given(net=nets(), scale=st.sampled_from(Scale), ties=st.sampled_from(Ties), seed=st.integers(0, 9))
def test_order_two_is_the_network_without_self_connections_flip_for_flip(net, scale, ties, seed):
    patterns, state = net
    chosen = Conventions(scale, self_connections=False, ties=ties)
    two, known = dense(patterns, polynomial(2), chosen), Network(patterns, chosen)
    assert two.fields(state).tolist() == (4 * known.fields(state)).tolist()
    for update in Update:
        runs = [begin(network, state, update, seed) for network in (two, known)]
        flips = [run.advance(8 * state.size) for run in runs]
        assert flips[0].updates.tolist() == flips[1].updates.tolist()
        assert flips[0].units.tolist() == flips[1].units.tolist()
        # The dense energy counts the diagonal, a constant.
        np.testing.assert_allclose(
            flips[0].energies - runs[0].energy, flips[1].energies - runs[1].energy, atol=1e-9
        )
        assert runs[0].settled == runs[1].settled


@pytest.mark.parametrize("temperature", [0.5, 3.0])
def test_order_two_is_the_known_network_at_any_temperature(temperature):
    patterns, state = random_patterns(3, 20, seed=1), random_patterns(1, 20, seed=2)[0]
    chosen = Conventions(self_connections=False)
    flips = [
        begin(network, state, temperature=temperature, seed=3).advance(2000).units.tolist()
        for network in (dense(patterns, polynomial(2), chosen), Network(patterns, chosen))
    ]
    assert flips[0] == flips[1]


# What higher orders are for


def cut(ghost, sizes):
    """Memories that are the ghost but for a piece each, of so many units."""
    patterns, first = np.repeat(ghost[None], len(sizes), axis=0), 0
    for memory, size in zip(patterns, sizes, strict=True):
        memory[first : first + size] *= -1
        first += size
    return patterns


def returns(network, ghost, count=40):
    """Share of the falls from 20 % flips that end in the ghost; all others end in a memory."""
    ended = 0
    for seed in range(count):
        rng = np.random.default_rng(seed)
        run = begin(network, flipped(ghost, ghost.size // 5, rng), seed=seed)
        run.advance(10**6)
        assert run.settled
        ended += (run.state == ghost).all()
        assert (run.state == ghost).all() or (run.state == network.patterns).all(axis=1).any()
    return ended / count


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_a_ghost_cut_unevenly_disappears_at_order_three(chosen):
    # Where the first memory is wrong the others hold the ghost while M₁ⁿ⁻¹ < M₂ⁿ⁻¹ + M₃ⁿ⁻¹:
    # with M = ¾, ½, ½ that is so for n = 2, ¾ < 1, and not for n = 3, 9/16 > ½.
    ghost = random_patterns(1, 256, seed=1)[0]
    patterns = cut(ghost, [32, 64, 64])
    assert (dense(patterns, polynomial(2)).overlaps(ghost) == [192, 128, 128]).all()
    assert not network_of("hebb", patterns, chosen).unstable(ghost).any()
    assert not dense(patterns, polynomial(2), chosen).unstable(ghost).any()
    assert returns(dense(patterns, polynomial(2), chosen), ghost) > 0.8
    for energy in (polynomial(3), polynomial(4), EXPONENTIAL):
        network = dense(patterns, energy, chosen)
        assert network.unstable(ghost).sum() >= 32
        assert returns(network, ghost) == 0
        for memory in patterns:
            assert not network.unstable(memory).any()


def test_a_ghost_cut_evenly_loses_its_basin_order_by_order():
    # Of equal overlaps two beat one whatever the power: it stays stable, with ever less around it.
    ghost = random_patterns(1, 256, seed=1)[0]
    patterns = cut(ghost, [64, 64, 64])
    shares = []
    for order in (2, 3, 5, 8):
        network = dense(patterns, polynomial(order))
        assert not network.unstable(ghost).any()
        shares.append(returns(network, ghost))
    assert shares[0] == 1
    assert shares == sorted(shares, reverse=True)
    assert shares[2] < 0.4
    assert shares[3] < 0.05
    assert dense(patterns, EXPONENTIAL).unstable(ghost).any()


def test_one_step_errors_of_order_three_are_those_published():
    # Krotov, Hopfield 2016: Φ(−√(N²/(3K))), here 5 %.
    units, memories = 120, 1700
    expected = theory.polynomial_error(units, memories, 3)
    assert 0.04 < expected < 0.06
    patterns = random_patterns(memories, units, seed=3)
    network = dense(patterns, polynomial(3), TEXTBOOK)
    looked_at = patterns[::4]
    wrong = sum(int(network.unstable(memory).sum()) for memory in looked_at)
    share, many = wrong / looked_at.size, looked_at.size
    assert abs(share - expected) < 4 * sqrt(expected / many) + 0.05 * expected


def test_order_three_holds_more_memories_than_units():
    units = 60
    memories = int(theory.polynomial_capacity(units, 3))
    assert memories > 2 * units
    patterns = random_patterns(memories, units, seed=4)
    network = dense(patterns, polynomial(3), TEXTBOOK)
    stable = np.mean([not network.unstable(memory).any() for memory in patterns])
    assert stable > 0.9
    hebb = Network(patterns, TEXTBOOK)
    assert np.mean([not hebb.unstable(memory).any() for memory in patterns]) == 0


def test_the_exponential_energy_holds_memories_by_the_thousand():
    patterns = random_patterns(4000, 30, seed=5)
    network = dense(patterns, EXPONENTIAL, TEXTBOOK)
    assert theory.exponential_capacity(30) > 4000
    assert np.mean([not network.unstable(memory).any() for memory in patterns[:200]]) > 0.9


# Refusals


@pytest.mark.parametrize("order", [-1, 0, 1, 41])
def test_orders_that_are_no_energies_are_refused(order):
    with pytest.raises(Refusal, match="order of the energy"):
        dense(random_patterns(2, 9, seed=1), polynomial(order))


def test_orders_beyond_double_precision_are_refused():
    patterns = np.broadcast_to(np.int8(1), (1, 2**26))
    with pytest.raises(Refusal, match="beyond double precision"):
        dense(patterns, polynomial(40))
    dense(patterns, polynomial(30))


def test_a_dense_energy_has_no_couplings_to_show():
    with pytest.raises(Refusal, match="no pairwise couplings"):
        dense(random_patterns(2, 9, seed=1), polynomial(3)).couplings_of(0)
