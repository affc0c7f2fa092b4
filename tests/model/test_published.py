"""Published numbers and closed forms of the Hebbian network, by sampling from fixed seeds."""

from math import erfc, sqrt

import kinds
import numpy as np
import pytest
from cases import begin, finish, random_patterns

from hopgui.model.choices import Dynamics
from hopgui.model.conventions import TEXTBOOK, Conventions, Scale, Ties
from hopgui.model.network import Network
from hopgui.model.patterns import overlap
from hopgui.model.survey import survey


def error_share(
    load: float, chosen: Conventions, nets: int, units: int = 1000
) -> tuple[float, int]:
    """Share of the memories' units that one update would flip, and how many were looked at."""
    count = round(load * units)
    wrong = looked_at = 0
    for seed in range(nets):
        patterns = random_patterns(count, units, seed=seed)
        network = Network(patterns, chosen)
        for memory in patterns:
            wrong += int(network.unstable(memory).sum())
            looked_at += units
    return wrong / looked_at, looked_at


@pytest.mark.parametrize(
    ("load", "table", "nets"),
    [(0.105, 0.001, 12), (0.138, 0.0036, 6), (0.185, 0.01, 3), (0.37, 0.05, 1), (0.61, 0.1, 1)],
)
def test_error_bits_after_one_update(load, table, nets):
    # Hertz, Krogh, Palmer 1991, table 2.1: ½ erfc(1/√(2α)), without self-connections.
    expected = erfc(1 / sqrt(2 * load)) / 2
    assert expected == pytest.approx(table, rel=0.06)
    share, looked_at = error_share(load, TEXTBOOK, nets)
    # Four standard errors, and two per cent for N = 1000 being no infinity.
    assert abs(share - expected) < 4 * sqrt(expected / looked_at) + 0.02 * expected


@pytest.mark.parametrize("load", [0.3, 0.5, 1.0])
def test_self_connections_hold_bits_that_would_be_wrong(load):
    # With them a unit errs only below −(1 + α)/√α standard deviations.
    chosen = Conventions(Scale.UNITS, self_connections=True, ties=Ties.KEEP)
    expected = erfc((1 + load) / sqrt(2 * load)) / 2
    share, looked_at = error_share(load, chosen, nets=2, units=600)
    assert abs(share - expected) < 4 * sqrt(expected / looked_at) + 0.04 * expected


@pytest.mark.parametrize(
    ("members", "share", "energy"), [(3, 1 / 2, -0.375), (5, 3 / 8, -0.3516), (7, 5 / 16, -0.3418)]
)
def test_symmetric_mixtures(members, share, energy):
    # Amit, Gutfreund, Sompolinsky 1985: overlaps ½, ⅜, 5/16; E/N with ½, 1/N and the diagonal.
    units = 40_000
    patterns = random_patterns(members, units, seed=members)
    mixture = np.sign(patterns.sum(axis=0)).astype(np.int8)
    network = Network(patterns, Conventions(Scale.UNITS, half=True))
    found = network.overlaps(mixture) / units
    assert found == pytest.approx([share] * members, abs=4 / sqrt(units))
    assert network.energy(mixture) / units == pytest.approx(energy, abs=0.012)
    # It is a ghost: stable although nobody stored it.
    run = begin(patterns, mixture, TEXTBOOK, 1)
    assert finish(run)[1] == []
    assert all(abs(overlap(memory, mixture)) < 0.9 for memory in patterns)


@pytest.mark.parametrize(("temperature", "stays"), [(0.3, True), (0.4, True), (0.53, False)])
def test_mixtures_of_three_melt_above_a_temperature_of_point_46(temperature, stays):
    # Amit, Gutfreund, Sompolinsky 1985, at no load; N is large, for the barrier is low.
    units, sweeps = 100_000, 60
    patterns = random_patterns(3, units, seed=1)
    mixture = np.sign(patterns.sum(axis=0)).astype(np.int8)
    run = kinds.begin(Network(patterns, TEXTBOOK), mixture, seed=1, temperature=temperature)
    while run.updates < sweeps * units:
        run.advance(sweeps * units - run.updates)
    found = np.sort(run.overlaps / units)
    if stays:
        # m = ¼ tanh(3m/T) + ¼ tanh(m/T) for each of the three.
        share = 0.5
        for _ in range(200):
            share = (np.tanh(3 * share / temperature) + np.tanh(share / temperature)) / 4
        assert found == pytest.approx([share] * 3, abs=0.03)
    else:
        assert found[2] > 0.9
        assert abs(found[:2]).max() < 0.1


@pytest.mark.parametrize(("load", "stays"), [(0.02, True), (0.04, False)])
def test_mixtures_of_three_hold_up_to_a_load_of_three_hundredths(load, stays):
    # Amit, Gutfreund, Sompolinsky 1985, at temperature 0.
    units = 3000
    for seed in range(5):
        patterns = random_patterns(round(load * units), units, seed=seed)
        mixture = np.sign(patterns[:3].sum(axis=0)).astype(np.int8)
        run = begin(patterns, mixture, TEXTBOOK, seed)
        finish(run, most=10**7)
        assert run.settled
        assert overlap(run.state, mixture) > 0.98 if stays else overlap(run.state, mixture) < 0.6


def kept_share(load: float, units: int, nets: int) -> float:
    """Share of the nets in which a recall from a memory ends within overlap 0.9 of it."""
    kept = 0
    for seed in range(nets):
        patterns = random_patterns(round(load * units), units, seed=seed)
        run = begin(patterns, patterns[0], TEXTBOOK, seed)
        finish(run, most=10**7)
        assert run.settled
        kept += overlap(run.state, patterns[0]) > 0.9
    return kept / nets


@pytest.mark.parametrize(("load", "least", "most"), [(0.12, 0.9, 1.0), (0.18, 0.0, 0.15)])
def test_memories_hold_below_the_capacity_and_are_lost_above_it(load, least, most):
    # Amit, Gutfreund, Sompolinsky 1985: α_c = 0.138, here with N = 2000 on either side of it.
    share = kept_share(load, units=2000, nets=30)
    assert least < share <= most if least else share < most


def test_near_the_capacity_a_recalled_memory_keeps_an_overlap_of_about_point_967():
    # At α = 0.12, below α_c, it is a little more; at no load at all it is 1.
    patterns = random_patterns(240, 2000, seed=5)
    ends = []
    for memory in patterns[:10]:
        run = begin(patterns, memory, TEXTBOOK, 1)
        finish(run, most=10**7)
        ends.append(overlap(run.state, memory))
    assert 0.967 < float(np.mean(ends)) < 0.995


@pytest.mark.parametrize(("load", "stable"), [(0.02, True), (0.5, False)])
def test_a_survey_of_many_memories_tells_light_loads_from_heavy_ones(load, stable):
    marks = survey(Network(random_patterns(round(load * 1500), 1500, seed=2), TEXTBOOK)).stable
    assert marks.mean() > 0.99 if stable else marks.mean() < 0.01


def mixture_kept(load: float, units: int, seed: int) -> bool:
    """Whether a mixture of three, let fall, stays like each of the three, and like no other."""
    patterns = random_patterns(round(load * units), units, seed=seed)
    mixture = np.sign(patterns[:3].sum(axis=0, dtype=int)).astype(np.int8)
    run = begin(patterns, mixture, TEXTBOOK, seed)
    finish(run, most=10**7)
    assert run.settled
    return bool(overlap(run.state, mixture) > 0.9)


@pytest.mark.parametrize(("load", "kept"), [(0.015, 12), (0.08, 0)])
def test_mixtures_of_three_hold_below_a_load_of_point_03_and_are_lost_above_it(load, kept):
    # Amit, Gutfreund, Sompolinsky 1985: at T = 0 they are stable for α below 0.03.
    held = sum(mixture_kept(load, 3000, seed) for seed in range(12))
    assert held == kept


@pytest.mark.parametrize(("temperature", "kept"), [(0.3, True), (0.6, False)])
def test_mixtures_of_three_hold_below_a_temperature_of_point_46_and_melt_above_it(
    temperature, kept
):
    # Amit, Gutfreund, Sompolinsky 1985, at vanishing load. There the mean-field overlaps solve
    # m = ¼ ⟨tanh(3m/T) + tanh(m/T)⟩; above .46 the state runs to a single memory, m = tanh(m/T).
    patterns = random_patterns(3, 20_000, seed=3)
    mixture = np.sign(patterns.sum(axis=0, dtype=int)).astype(np.int8)
    run = Network(patterns, TEXTBOOK).start(
        mixture,
        rng=np.random.default_rng(1),
        dynamics=Dynamics(temperature=temperature),
    )
    for _ in range(300):
        run.advance(20_000)
    m = np.sort(np.abs(run.overlaps) / 20_000)
    single, mixed = (
        mean_field(lambda m: np.tanh(m / temperature)),
        mean_field(lambda m: (np.tanh(3 * m / temperature) + np.tanh(m / temperature)) / 4),
    )
    expected = [mixed] * 3 if kept else [0.0, 0.0, single]
    assert m == pytest.approx(expected, abs=0.04)


def mean_field(step) -> float:
    """Where m ← step(m) comes to rest, from m = 1 on."""
    m = 1.0
    for _ in range(1000):
        m = float(step(m))
    return m
