"""Sums of couplings, where they are as large as they get."""

import numpy as np
import pytest

from hopgui.model import couplings, kernels
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
    assert learnt.bits == 64
    assert set(learnt.fields(state, own).tolist()) == {total}
    assert learnt.field(state, 0, 0) == total
    fewer = couplings.hebbian(patterns[:16], np.full(16, 127))
    assert fewer.bits == 32
    assert set(fewer.fields(state, own).tolist()) == {127 * 16 * (units - 1)}


@pytest.mark.parametrize(
    ("units", "weight", "bits"),
    [(32_767, 1, 16), (32_768, 1, 32), (258, 127, 16), (259, 127, 32)],
)
def test_sums_are_kept_in_as_few_bits_as_the_largest_takes(units, weight, bits):
    patterns = np.ones((1, units), np.int8)
    learnt = couplings.hebbian(patterns, np.array([weight]))
    network = Network(patterns, couplings=learnt)
    assert network.form(patterns[0]).sums.itemsize * 8 == bits
    run = network.start(patterns[0], rng=np.random.default_rng(0))
    assert run.energy == -(units**2)
    run.set_units(np.arange(units), -1)
    # Every sum from the largest to the least was carried along.
    assert run.energy == -(units**2)
    run.set_units(np.array([0]), 1)
    assert run.energy == -((units - 2) ** 2)
    while not run.settled:
        run.advance(units)
    assert run.flips == 1
    assert np.all(run.state == -1)


@pytest.mark.parametrize("alike", [True, False])
@pytest.mark.parametrize("memories", [1, 7, 8, 9, 16, 17, 31, 33, 65, 255, 256, 300])
def test_rows_filled_up_to_vectors_say_what_the_rows_say(memories, alike):
    rng = np.random.default_rng(memories)
    patterns = rng.choice(np.array([-1, 1], np.int8), (memories, 30))
    weights = np.ones(memories, int) if alike else rng.integers(-9, 10, memories)
    network = Network(patterns, couplings=couplings.hebbian(patterns, weights))
    state = rng.choice(np.array([-1, 1], np.int8), 30)
    matrix = (patterns.T.astype(int) * weights) @ patterns.astype(int)
    form = network.form(state)
    assert (form.carry is form.rows) == alike
    for kept in (form, network.learnt.unfilled(form)):
        pulled = np.empty(30, np.int64)
        kernels.pulls(kept, state, pulled)
        assert np.array_equal(pulled, matrix @ state - np.diag(matrix) * state)
    run = network.start(state, rng=rng)
    for unit in rng.integers(0, 30, 50):
        run.set_units(np.array([unit]), -int(run.state[unit]))
    expected = -float(run.state @ matrix @ run.state) * network.factor
    assert run.energy == pytest.approx(expected, abs=1e-9)


def test_a_symmetric_matrix_is_added_up_by_rows_as_by_columns():
    rng = np.random.default_rng(3)
    half = rng.integers(-(2**30), 2**30, (301, 301))
    matrix = (np.triu(half) + np.triu(half, 1).T).astype(np.int32)
    state = rng.choice(np.array([-1, 1], np.int8), 301)
    assert matrix.size > couplings.SMALL
    expected = matrix.astype(object) @ state.astype(object)
    assert couplings.symmetric_sum(matrix, state).tolist() == expected.tolist()
    assert couplings.weighted_sum(matrix, state, np.int64).tolist() == expected.tolist()
    few = matrix[:9, :9]
    assert (
        couplings.symmetric_sum(few, state[:9]).tolist() == (few @ state[:9].astype(int)).tolist()
    )


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
