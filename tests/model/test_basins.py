"""Exact basins against fractions, against sampled falls, and against closed forms."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
import reference
from cases import bits, certain_conventions, law, memories, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import KINDS, network_of, small_memory

from hopgui.model.basins import exact_basins
from hopgui.model.census import census
from hopgui.model.choices import Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Ties
from hopgui.model.network import Network
from hopgui.model.starts import StartKind, Starts
from hopgui.refusal import Refusal


def basins(network, **more):
    return exact_basins(network, rng=np.random.default_rng(1), **more)


def in_fractions(patterns, chosen):
    """Chance to fall from each state to each stable one, by the definition, exactly."""
    weights, units = reference.couplings(patterns, chosen), patterns.shape[1]

    @cache
    def falls(number: int) -> dict[int, Fraction]:
        state = bits(number, units)
        fields = reference.fields(weights, state)
        flips = [
            unit
            for unit, own in enumerate(state.tolist())
            if reference.becomes(fields[unit], own, chosen) != own
        ]
        if not flips:
            return {number: Fraction(1)}
        total: dict[int, Fraction] = {}
        for unit in flips:
            for end, share in falls(number ^ 1 << unit).items():
                total[end] = total.get(end, Fraction(0)) + share / len(flips)
        return total

    return [falls(number) for number in range(2**units)]


@law
@given(
    patterns=st.integers(1, 7).flatmap(lambda units: memories(units, 5)),
    chosen=certain_conventions,
)
def test_basins_are_those_of_the_definition(patterns, chosen):
    found = basins(Network(patterns, chosen))
    ends = [found.number(each.state) for each in found.attractors]
    for number, expected in enumerate(in_fractions(patterns, chosen)):
        row = [float(expected.get(end, 0)) for end in ends]
        assert found.shares[number] == pytest.approx(row, abs=1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ties", [Ties.MINUS, Ties.KEEP])
def test_shares_of_every_kind_add_up_to_one(kind, ties):
    chosen = Conventions(self_connections=False, ties=ties)
    found = basins(network_of(kind, random_patterns(4, 11, seed=2), chosen))
    assert found.shares.shape == (2**11, len(found.attractors))
    assert np.abs(found.shares.sum(axis=1) - 1).max() < 1e-13
    assert found.sizes.sum() == pytest.approx(1)
    for place, each in enumerate(found.attractors):
        assert found.shares[found.number(each.state), place] == 1


@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK, Conventions(self_connections=False)])
def test_sampled_falls_agree_within_their_error(chosen):
    network = Network(random_patterns(3, 12, seed=3), chosen)
    found, tries = basins(network), 20_000
    # From the state whose end is least certain, and from all states together.
    start = bits(int(np.argmin((found.shares**2).sum(axis=1))), 12)
    cases = [
        (Starts(StartKind.AROUND, 0.0, start), found.shares[found.number(start)]),
        (Starts(), found.sizes),
    ]
    for starts, shares in cases:
        *_, sampled = census(
            network,
            starts,
            tries,
            rng=np.random.default_rng(4),
            update=Update.REPLACEMENT,
        )
        hits = dict(
            zip(
                [found.number(each.state) for each in sampled.attractors],
                sampled.hits.tolist(),
                strict=True,
            )
        )
        for each, share in zip(found.attractors, shares.tolist(), strict=True):
            error = np.sqrt(tries * share * (1 - share))
            assert abs(hits.get(found.number(each.state), 0) - tries * share) <= 5 * error + 1e-6


def test_one_memory_and_its_inverse_share_all_states():
    # Closed form: an odd number of units fall to what more than half of them stand for.
    memory = random_patterns(1, 9, seed=5)
    found = basins(Network(memory, TEXTBOOK))
    assert found.sizes.tolist() == [0.5, 0.5]
    for number in range(2**9):
        overlap = int(bits(number, 9) @ memory[0].astype(int))
        end = found.attractors[int(np.argmax(found.shares[number]))].state
        assert end.tolist() == (np.sign(overlap) * memory[0]).tolist()
        assert found.shares[number].max() == 1


def test_only_free_units_count():
    network = Network(random_patterns(3, 40, seed=6), TEXTBOOK)
    pinned, state = np.ones(40, bool), random_patterns(1, 40, seed=7)[0]
    pinned[[3, 8, 11, 30, 31]] = False
    found = basins(network, pinned=pinned, state=state)
    assert found.shares.shape[0] == 32
    assert found.free.tolist() == [3, 8, 11, 30, 31]
    for each in found.attractors:
        assert each.state[pinned].tolist() == state[pinned].tolist()


@pytest.mark.parametrize(
    "network",
    [
        Network(np.empty((0, 4), np.int8), Conventions(ties=Ties.RANDOM)),
        Network(np.ones((1, 1), np.int8), trouble=Trouble(negative_own=True)),
    ],
    ids=["random ties", "a unit against itself"],
)
def test_falls_that_go_round_in_circles_are_refused(network):
    with pytest.raises(Refusal, match="circles"):
        basins(network)


def test_what_would_not_fit_is_refused_before_memory_is_taken():
    with small_memory(100_000), pytest.raises(Refusal, match="17 units"):
        basins(Network(np.ones((1, 17), np.int8)))
    # Without memories and with ties kept all 65 536 states are stable: 34 GB of shares.
    with pytest.raises(Refusal, match=r"34\.4 GB"):
        basins(Network(np.empty((0, 16), np.int8), TEXTBOOK))
