"""Every state of a small grid, against going through them one by one in plain Python."""

from dataclasses import replace

import numpy as np
import pytest
import reference
from cases import ALL_CONVENTIONS, bits, conventions, law, memories, random_patterns
from hypothesis import given
from hypothesis import strategies as st
from kinds import KINDS, network_of, small_memory

from hopgui.model import enumeration as enumeration_module
from hopgui.model.census import census
from hopgui.model.choices import Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Ties
from hopgui.model.enumeration import Enumeration, enumeration
from hopgui.model.network import Network
from hopgui.model.starts import Starts
from hopgui.model.verdict import Kind
from hopgui.refusal import Refusal


def all_of(network, **more) -> Enumeration:
    """The last snapshot, all of them held to tell one story."""
    before = None
    for now in enumeration(network, rng=np.random.default_rng(1), **more):
        assert now.stable == len(now.attractors) + now.unkept
        assert sum(now.counts.values()) == len(now.attractors)
        if before is not None:
            assert now.done >= before.done
            assert now.attractors[: len(before.attractors)] == before.attractors
        before = now
    assert before.done == before.total
    assert before.unkept or sum(each.minimum for each in before.attractors) == before.minima
    return before


def as_set(found) -> set[tuple[int, ...]]:
    states = {tuple(each.state.tolist()) for each in found.attractors}
    assert len(states) == len(found.attractors)
    return states


def plainly(patterns, chosen) -> set[tuple[int, ...]]:
    """The stable states by the definition, in Python's own whole numbers."""
    weights = reference.couplings(patterns, chosen)
    found = set()
    for number in range(2 ** patterns.shape[1]):
        state = bits(number, patterns.shape[1])
        fields = reference.fields(weights, state)
        stays = [
            reference.becomes(field, own, chosen) == own
            for field, own in zip(fields, state.tolist(), strict=True)
        ]
        if all(stays):
            found.add(tuple(state.tolist()))
    return found


def fixed(network) -> set[tuple[int, ...]]:
    """The stable states, each state's fields computed anew."""
    states = (bits(number, network.units) for number in range(2**network.units))
    return {tuple(state.tolist()) for state in states if not network.unstable(state).any()}


@st.composite
def small_nets(draw):
    return draw(memories(draw(st.integers(1, 7)), 5))


@law
@given(patterns=small_nets(), chosen=conventions)
def test_the_stable_states_are_those_of_the_definition(patterns, chosen):
    found = all_of(Network(patterns, chosen))
    assert as_set(found) == plainly(patterns, chosen)
    assert found.total == 2 ** patterns.shape[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("chosen", ALL_CONVENTIONS[::5])
def test_every_rule_and_energy_is_gone_through(kind, chosen):
    network = network_of(kind, random_patterns(3, 8, seed=4), chosen)
    found = all_of(network)
    assert as_set(found) == fixed(network)
    for each in found.attractors:
        assert each.energy == network.energy(each.state)
        assert each.minimum == (not network.descents(each.state).any())
    assert found.minima == sum(each.minimum for each in found.attractors)


@pytest.mark.parametrize("trouble", [Trouble(negative_own=True), Trouble(one_way=True)])
@pytest.mark.parametrize("chosen", [ARTICLE, TEXTBOOK])
def test_broken_networks_are_gone_through_as_well(trouble, chosen):
    network = network_of("hebb", random_patterns(3, 9, seed=5), chosen, trouble=trouble)
    assert as_set(all_of(network)) == fixed(network)


@pytest.mark.parametrize("kind", ["hebb", "cubic", "exponential"])
def test_more_than_one_part_makes_the_whole(monkeypatch, kind):
    network = network_of(kind, random_patterns(4, 11, seed=6), TEXTBOOK)
    whole = all_of(network, update=Update.SYNC)
    monkeypatch.setattr(enumeration_module, "DIGITS", 4)
    monkeypatch.setattr(enumeration_module, "DIGITS_IN_STEPS", 3)
    for update in (Update.ASYNC, Update.SYNC):
        found = all_of(network, update=update)
        assert as_set(found) == as_set(whole)
        assert found.counts == whole.counts
    assert found.cycles == whole.cycles > 0


@pytest.mark.parametrize("kind", ["hebb", "projection", "storkey", "cubic", "exponential"])
def test_a_census_finds_what_there_is_and_nothing_else(kind):
    network = network_of(kind, random_patterns(3, 10, seed=7), TEXTBOOK)
    there = all_of(network)
    *_, found = census(network, Starts(), 20_000, rng=np.random.default_rng(1))
    # Here every stable state is caught by one start in a thousand or more.
    assert as_set(found) == as_set(there)
    names = {tuple(each.state.tolist()): each.verdict for each in there.attractors}
    for each in found.attractors:
        assert each.verdict == names[tuple(each.state.tolist())]


@pytest.mark.parametrize("units", [1, 2, 9, 14])
def test_one_memory_has_itself_and_its_inverse(units):
    # Closed form: unless |M| = N some unit has x_i h_i = −|M| − 1.
    memory = random_patterns(1, units, seed=units)
    found = all_of(Network(memory, TEXTBOOK))
    expected = {tuple(memory[0].tolist()), tuple((-memory[0]).tolist())}
    assert as_set(found) == expected
    assert found.minima == 2
    kinds = {kind for kind, number in found.counts.items() if number}
    assert kinds <= {Kind.MEMORY, Kind.INVERSE}


def test_no_memories_leave_every_state_as_it_is_or_none_but_one():
    nothing = np.empty((0, 6), np.int8)
    assert all_of(Network(nothing, TEXTBOOK)).stable == 64
    assert as_set(all_of(Network(nothing, ARTICLE))) == {(-1,) * 6}
    drawn = replace(TEXTBOOK, ties=Ties.RANDOM)
    assert all_of(Network(nothing, drawn)).stable == 0


# Synchronous cycles


def on_cycles(network) -> int:
    """States that two steps lead back to and one does not, where chance decides nothing."""

    def stepped(state):
        fields = network.fields(state)
        if network.conventions.ties is Ties.RANDOM and np.any(np.abs(fields) <= network.slack):
            return None
        return np.where(network.unstable(state, fields), -state, state)

    count = 0
    for number in range(2**network.units):
        state = bits(number, network.units)
        after = stepped(state)
        back = None if after is None else stepped(after)
        count += back is not None and np.array_equal(back, state) and not np.all(after == state)
    return count


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("chosen", ALL_CONVENTIONS[1::5])
def test_states_on_cycles_are_counted(kind, chosen):
    network = network_of(kind, random_patterns(3, 8, seed=8), chosen)
    assert all_of(network, update=Update.SYNC).cycles == on_cycles(network)


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_with_self_connections_there_are_no_cycles(count):
    # Hebbian couplings are positive semi-definite then: −x(t)ᵀ W x(t−1) cannot stay the same.
    network = Network(random_patterns(count, 10, seed=count))
    assert all_of(network, update=Update.SYNC).cycles == on_cycles(network) == 0


def test_two_units_take_turns():
    network = Network(np.ones((1, 2), np.int8), TEXTBOOK)
    assert all_of(network, update=Update.SYNC).cycles == 2
    assert all_of(network).cycles == 0


# Pinned units


@pytest.mark.parametrize("kind", ["hebb", "storkey", "cubic"])
def test_only_free_units_are_gone_through(kind):
    rng = np.random.default_rng(9)
    network = network_of(kind, random_patterns(3, 30, seed=9), TEXTBOOK)
    pinned, state = np.ones(30, bool), random_patterns(1, 30, seed=10)[0]
    pinned[rng.choice(30, 7, replace=False)] = False
    found = all_of(network, pinned=pinned, state=state)
    expected = set()
    for number in range(2**7):
        state[~pinned] = bits(number, 7)
        if not network.unstable(state)[~pinned].any():
            expected.add(tuple(state.tolist()))
    assert as_set(found) == expected
    assert found.total == 128


def test_with_all_units_pinned_there_is_one_state():
    state = random_patterns(1, 9, seed=1)[0]
    network = Network(random_patterns(2, 9, seed=2))
    for update in (Update.ASYNC, Update.SYNC):
        found = all_of(network, pinned=np.ones(9, bool), state=state, update=update)
        assert as_set(found) == {tuple(state.tolist())}
        assert (found.total, found.cycles) == (1, 0)


# Bounds


@pytest.mark.parametrize(("units", "most"), [(26, 25), (31, 99), (784, 30)])
def test_large_grids_are_refused_before_memory_is_taken(units, most):
    network = Network(np.ones((1, units), np.int8))
    with small_memory(100_000), pytest.raises(Refusal, match=f"{units} units"):
        next(enumeration(network, rng=np.random.default_rng(1), most=most))


def test_past_the_bound_stable_states_are_counted_but_not_kept(monkeypatch):
    monkeypatch.setattr(enumeration_module, "MOST_KEPT", 5)
    monkeypatch.setattr(enumeration_module, "DIGITS", 3)
    found = all_of(Network(np.empty((0, 6), np.int8), TEXTBOOK))
    assert (found.stable, len(found.attractors), found.unkept) == (64, 5, 59)
    assert found.minima == 64


def test_an_enumeration_can_be_called_off():
    steps = enumeration(Network(random_patterns(3, 25, seed=1)), rng=np.random.default_rng(1))
    assert next(steps).done == 0
    assert next(steps).total == 2**25
    steps.close()
