"""Minima and the saddles between them, against a flood that rises state by state."""

import numpy as np
import pytest
from cases import bits, conventions, law, memories, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import KINDS, network_of

from hopgui.model.all_states import MOST_UNITS, number_of
from hopgui.model.barriers import barriers
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.verdict import Kind
from hopgui.refusal import Refusal

RNG = np.random.default_rng(0)


def tree_of(network):
    *_, last = barriers(network, np.random.default_rng(0))
    assert last.done == last.total
    return last.tree


def states_of(tree):
    return [attractor.state for attractor in tree.attractors]


def energies_of(network):
    """Energy of every state, told apart only where they differ by more than rounding."""
    states = (bits(n, network.units) for n in range(2**network.units))
    return [float(f"{round(network.energy(state), 8):.9g}") for state in states]


def parts(members, units):
    """The connected parts of a set of states under single flips."""
    left, found = set(members), []
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            state = edge.pop()
            part.add(state)
            for unit in range(units):
                beside = state ^ 1 << unit
                if beside in left:
                    left.remove(beside)
                    edge.append(beside)
        found.append(frozenset(part))
    return found


def plateaus(energies, units):
    """The minima: connected states of one energy with nothing lower beside them."""
    found = []
    for level in set(energies):
        for part in parts([n for n, e in enumerate(energies) if e == level], units):
            beside = {n ^ 1 << unit for n in part for unit in range(units)}
            if all(energies[n] >= level for n in beside):
                found.append(part)
    return found


def flood(energies, units, one, other):
    """The energy at which water that rises everywhere first joins two states."""
    for level in sorted(set(energies)):
        below = [n for n, e in enumerate(energies) if e <= level]
        if any(one in part and other in part for part in parts(below, units)):
            return level
    raise AssertionError


def hold(network):
    energies = energies_of(network)
    tree = tree_of(network)
    expected = {min(part): len(part) for part in plateaus(energies, network.units)}
    numbers = [number_of(state) for state in states_of(tree)]
    assert dict(zip(numbers, tree.sizes.tolist(), strict=True)) == expected
    assert tree.energies[: tree.minima] == pytest.approx([energies[n] for n in numbers], rel=1e-7)
    assert tree.energies[: tree.minima].tolist() == sorted(tree.energies[: tree.minima])
    for one in range(tree.minima):
        reached = {
            other: flood(energies, network.units, numbers[one], numbers[other])
            for other in range(tree.minima)
            if other != one
        }
        for other, level in reached.items():
            assert tree.saddle(one, other) == pytest.approx(level, rel=1e-7, abs=1e-7)
        climb = min(reached.values(), default=np.inf) - energies[numbers[one]]
        assert tree.climb(one) == pytest.approx(climb, rel=1e-7, abs=1e-7)


@law
@given(st.data(), st.integers(1, 6), conventions)
def test_minima_and_saddles_are_those_of_a_rising_flood(data, units, chosen):
    hold(Network(data.draw(memories(units, 5)), chosen))


@pytest.mark.parametrize("seed", range(3))
def test_so_they_are_on_eight_units(seed):
    hold(Network(random_patterns(4, 8, seed), TEXTBOOK))


@pytest.mark.parametrize("kind", KINDS)
def test_so_they_are_for_every_kind_of_network(kind):
    hold(network_of(kind, random_patterns(3, 6, 9)))


def test_saddles_stand_above_what_meets_there_and_the_last_above_all():
    tree = tree_of(Network(random_patterns(5, 12, 3), TEXTBOOK))
    assert tree.minima > 2
    assert np.count_nonzero(tree.parents == -1) == 1
    for node, parent in enumerate(tree.parents):
        if parent >= 0:
            assert tree.energies[parent] > tree.energies[node]
            assert np.count_nonzero(tree.parents == parent) >= 2
    assert np.all(tree.parents[: tree.minima] >= tree.minima)


def test_one_memory_has_two_minima_and_a_saddle_where_half_the_units_are_turned():
    """E = −M² in the article's convention, from −N² at ± the memory to 0 (N even) half-way."""
    memory = random_patterns(1, 10, 1)
    tree = tree_of(Network(memory, ARTICLE))
    assert tree.energies.tolist() == [-100.0, -100.0, 0.0]
    assert {tuple(state) for state in states_of(tree)} == {tuple(memory[0]), tuple(-memory[0])}
    assert tree.climb(0) == tree.climb(1) == 100
    assert tree.saddle(0, 1) == 0


def test_an_odd_grid_of_one_memory_has_its_saddle_at_the_first_overlap():
    tree = tree_of(Network(random_patterns(1, 9, 1), ARTICLE))
    assert tree.energies.tolist() == [-81.0, -81.0, -1.0]


def test_a_stable_state_that_self_connections_hold_has_no_leaf():
    for seed in range(50):
        network = Network(random_patterns(3, 9, seed), ARTICLE)
        stable = [bits(n, 9) for n in range(512) if not network.unstable(bits(n, 9)).any()]
        held = [state for state in stable if network.descents(state).any()]
        if held:
            leaves = {tuple(state) for state in states_of(tree_of(network))}
            assert not leaves & {tuple(state) for state in held}
            return
    pytest.fail("no such state in fifty networks")


def test_minima_are_named_and_are_minima():
    patterns = random_patterns(3, 12, 6)
    tree = tree_of(Network(patterns, TEXTBOOK))
    assert all(attractor.minimum for attractor in tree.attractors)
    energies = [attractor.energy for attractor in tree.attractors]
    assert energies == pytest.approx(tree.energies[: tree.minima])
    named = {
        attractor.verdict.members[0][1]
        for attractor in tree.attractors
        if attractor.verdict.kind is Kind.MEMORY
    }
    stable = {n for n, row in enumerate(patterns) if tuple(row) in map(tuple, states_of(tree))}
    assert stable
    assert stable <= named


def test_without_memories_all_states_are_one_plateau():
    tree = tree_of(Network(np.empty((0, 6), np.int8)))
    assert tree.minima == 1
    assert tree.sizes.tolist() == [64]
    assert tree.climb(0) == np.inf


def test_sixteen_units_are_found_and_told_on_the_way():
    steps = list(barriers(Network(random_patterns(3, 16, 2), TEXTBOOK), RNG))
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert all(step.tree is None for step in steps[:-1])
    assert steps[-1].tree.minima >= 2


def test_too_many_units_and_flat_landscapes_are_refused():
    with pytest.raises(Refusal, match="21 units"):
        next(barriers(Network(np.ones((1, MOST_UNITS + 1), np.int8)), RNG))
    with pytest.raises(Refusal, match="flat in 65536 places"):
        list(barriers(Network(np.empty((0, 16), np.int8)), RNG))
