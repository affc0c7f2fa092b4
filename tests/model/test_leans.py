"""Steps read from tables, against fields computed anew for every state."""

import numpy as np
import pytest
from cases import ALL_CONVENTIONS, random_patterns
from kinds import KINDS, REAL, network_of

from hopgui.model import leans as leans_module
from hopgui.model.all_states import number_of
from hopgui.model.choices import Trouble
from hopgui.model.conventions import TEXTBOOK, Ties
from hopgui.model.falls import free_units
from hopgui.model.kernels import steps
from hopgui.model.leans import leans_of

WHOLE = [kind for kind in KINDS if kind not in REAL]


class Plainly:
    """Every state by its number, its fields by the network."""

    def __init__(self, network, free, base):
        self.network, self.free, self.base = network, free, base

    def state(self, number):
        state = self.base.copy()
        state[self.free] = 2 * (number >> np.arange(self.free.size) & 1) - 1
        return state

    def mask(self, number):
        """The free units that would flip, or might, as a number."""
        unstable = self.network.unstable(self.state(number))[self.free]
        return number_of(np.where(unstable, 1, -1))

    def next(self, number):
        """The number of the state that a step leads to; None where chance decides."""
        state = self.state(number)
        tied = np.abs(self.network.fields(state)[self.free]) <= self.network.slack
        if self.network.conventions.ties is Ties.RANDOM and tied.any():
            return None
        return number ^ self.mask(number)

    def cycles(self, number):
        after = self.next(number)
        return after is not None and after != number and self.next(after) == number

    def lowest(self, number):
        return not self.network.descents(self.state(number))[self.free].any()


def tables(network, pinned=None, base=None):
    free = free_units(network.units, pinned)
    base = np.full(network.units, -1, np.int8) if base is None else base
    base[free] = -1
    return leans_of(network, free, base), Plainly(network, free, base)


def masks_of(leans, free):
    masks = np.empty(2**free, np.int32)
    steps.moved_units(*leans, masks)
    return masks.tolist()


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("chosen", ALL_CONVENTIONS[::5])
def test_the_units_that_move_are_those_of_the_fields(kind, chosen):
    leans, plainly = tables(network_of(kind, random_patterns(4, 9, seed=1), chosen))
    assert masks_of(leans, 9) == [plainly.mask(number) for number in range(2**9)]


@pytest.mark.parametrize("trouble", [Trouble(negative_own=True), Trouble(one_way=True)])
def test_broken_networks_are_read_from_tables_as_well(trouble):
    patterns = random_patterns(3, 9, seed=2)
    leans, plainly = tables(network_of("hebb", patterns, trouble=trouble))
    assert masks_of(leans, 9) == [plainly.mask(number) for number in range(2**9)]


@pytest.mark.parametrize("kind", ["hebb", "storkey", "cubic"])
def test_pinned_units_speak_but_are_not_asked(kind):
    pinned = np.isin(np.arange(40), [0, 3, 4, 11, 20, 21, 39], invert=True)
    patterns, base = random_patterns(3, 40, seed=3), random_patterns(1, 40, seed=4)[0]
    leans, plainly = tables(network_of(kind, patterns, TEXTBOOK), pinned, base)
    assert masks_of(leans, 7) == [plainly.mask(number) for number in range(2**7)]


# The number of 19 units has three chunks of digits; parts begin and end within the first, or not.


def found(leans, first, digits):
    codes = np.empty(2**digits, np.int64)
    stable, lowest, cycles = steps.step_through(*leans, first, digits, False, True, codes)
    return codes[:stable].tolist(), lowest, cycles


def expected(plainly, first, digits):
    numbers = range(first, first + 2**digits)
    stable = [number for number in numbers if not plainly.mask(number)]
    cycles = sum(plainly.cycles(number) for number in numbers)
    return stable, sum(plainly.lowest(number) for number in stable), cycles


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("digits", [5, 9])
def test_a_part_of_a_larger_grid_is_gone_through(kind, digits):
    any_stable = 0
    for seed, chosen in enumerate(ALL_CONVENTIONS[1::5]):
        patterns = random_patterns(3, 19, seed=10 + seed)
        leans, plainly = tables(network_of(kind, patterns, chosen))
        # Around a memory there is something to find.
        for near in (number_of(patterns[0]), number_of(-patterns[0])):
            first = near >> digits << digits
            stable, lowest, cycles = found(leans, first, digits)
            assert (stable, lowest, cycles) == expected(plainly, first, digits)
            any_stable += len(stable)
    assert any_stable


def test_a_state_on_a_cycle_is_counted_in_a_larger_grid():
    # h_i = M − x_i: a state of overlap 0 becomes its inverse, and one of overlap 2 or more all +1.
    # With the higher half of the units at +1 only the one whose others are at −1 has overlap 0.
    leans, plainly = tables(network_of("hebb", np.ones((1, 18), np.int8), TEXTBOOK))
    first = (2**9 - 1) << 9
    assert expected(plainly, first, 9) == found(leans, first, 9)
    assert found(leans, first, 9)[2] == 1


def test_too_many_memories_of_a_higher_order_are_left_to_other_loops(monkeypatch):
    network = network_of("cubic", random_patterns(4, 6, seed=1))
    assert tables(network)[0] is not None
    monkeypatch.setattr(leans_module, "MOST_MEMORIES", 3)
    assert tables(network)[0] is None


@pytest.mark.parametrize("kind", sorted(REAL))
def test_fields_that_are_no_whole_numbers_have_no_tables(kind):
    assert tables(network_of(kind, random_patterns(3, 9, seed=1)))[0] is None
