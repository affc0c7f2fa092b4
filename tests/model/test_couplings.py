"""Sums of couplings, where they are as large as they get."""

import numpy as np
import pytest

from hopgui.model import couplings
from hopgui.model.kernels.whole import LONG, weighted_sums
from hopgui.model.network import Network


@pytest.mark.parametrize("memories", [2, 20, 500])
def test_the_largest_sums_of_numpy_are_exact(memories):
    # As large as they get before compiled loops take over, and odd: in single precision a sum
    # beyond 2^24 would lose its last digit.
    units = (couplings.SMALL // memories - 1) | 1
    weights = np.full(memories, 127)
    weights[0] = 126
    patterns = np.ones((memories, units), np.int8)
    patterns[0, :3] = -1
    network = Network(patterns, couplings=couplings.hebbian(patterns, weights))
    state = np.ones(units, np.int8)
    state[-1] = -1
    sums = [
        int(weight) * sum(map(int.__mul__, row.tolist(), state.tolist()))
        for weight, row in zip(weights, patterns, strict=True)
    ]
    assert network.learnt.sums(state).tolist() == sums
    fields = network.fields(state)
    for unit in (0, 5, units - 1):
        assert fields[unit] == sum(
            value * total for value, total in zip(patterns[:, unit].tolist(), sums, strict=True)
        )


def test_sums_that_would_not_fit_32_bits_together_are_added_up_in_64():
    memories, units = 17, 1_000_000
    patterns = np.ones((memories, units), np.int8)
    learnt = couplings.hebbian(patterns, np.full(memories, 127))
    state, own = np.ones(units, np.int8), np.zeros(units, np.int64)
    total = 127 * memories * (units - 1)
    assert total > 2**31
    assert not learnt.narrow
    assert set(learnt.fields(state, own).tolist()) == {total}
    assert learnt.field(state, 0, 0) == total
    fewer = couplings.hebbian(patterns[:16], np.full(16, 127))
    assert fewer.narrow
    assert set(fewer.fields(state, own).tolist()) == {127 * 16 * (units - 1)}


@pytest.mark.parametrize("places", [1, 10, LONG - 1, LONG, LONG + 5])
@pytest.mark.parametrize("units", [*range(1, 18), 100])
@pytest.mark.parametrize(("kind", "sums"), [("i1", "i4"), ("i1", "i8"), ("i4", "i8"), ("i8", "i8")])
def test_weighted_rows_are_added_up_whatever_their_number_and_length(places, units, kind, sums):
    rng = np.random.default_rng(places * units)
    table = rng.integers(-128, 128, (units, places)).astype(kind)
    state = rng.choice(np.array([-1, 1], np.int8), units)
    out = rng.integers(-9, 9, places).astype(sums)
    expected = out + state.astype(np.int64) @ table.astype(np.int64)
    weighted_sums(table, state, out)
    assert np.array_equal(out, expected)
