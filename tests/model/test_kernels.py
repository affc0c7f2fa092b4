"""The random stream inside the compiled loops, bit for bit and by its statistics."""

from collections import Counter
from itertools import islice, permutations

import numpy as np
import pytest
import reference
from cases import law
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model import kernels

# The first numbers that the published generator gives from this seed.
SEED = 1234567
PUBLISHED = [
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
]


def stream(seed: int) -> np.ndarray:
    return np.array([seed], np.uint64)


def chi_square(counts, expected: float) -> float:
    return sum((count - expected) ** 2 / expected for count in counts)


def test_the_stream_is_the_published_one():
    place = stream(SEED)
    assert [int(kernels.draw(place)) for _ in PUBLISHED] == PUBLISHED
    assert list(islice(reference.splitmix64(SEED), len(PUBLISHED))) == PUBLISHED


@law
@given(seed=st.integers(0, 2**64 - 1))
def test_the_stream_wraps_around_like_64_bits(seed):
    place, plain = stream(seed), reference.splitmix64(seed)
    for _ in range(20):
        assert int(kernels.draw(place)) == next(plain)


@law
@given(
    seed=st.integers(0, 2**64 - 1),
    bound=st.one_of(st.integers(1, 300), st.integers(1, 2**32 - 1)),
)
def test_a_number_below_a_bound_is_drawn_as_published_and_never_out_of_range(seed, bound):
    place, plain = stream(seed), reference.splitmix64(seed)
    for _ in range(30):
        number = int(kernels.draw_below(place, bound))
        assert 0 <= number < bound
        assert number == reference.below(plain, bound)


def test_below_one_there_is_only_zero():
    place = stream(3)
    assert {int(kernels.draw_below(place, 1)) for _ in range(50)} == {0}


@pytest.mark.parametrize(("bound", "limit"), [(2, 10.8), (3, 13.8), (7, 22.5), (10, 27.9)])
def test_small_bounds_are_met_evenly(bound, limit):
    # The limits are those that χ² of bound − 1 degrees of freedom passes once in a thousand.
    place, draws = stream(bound), 20_000
    counts = Counter(int(kernels.draw_below(place, bound)) for _ in range(draws))
    assert set(counts) == set(range(bound))
    assert chi_square(counts.values(), draws / bound) < limit


def test_a_bound_that_does_not_divide_the_range_brings_no_bias():
    # Scaled without rejection, every third number below 3 · 2³⁰ would come twice as often.
    place, draws = stream(8), 20_000
    counts = Counter(int(kernels.draw_below(place, 3 * 2**30)) % 3 for _ in range(draws))
    assert chi_square(counts.values(), draws / 3) < 13.8


@law
@given(seed=st.integers(0, 2**64 - 1), units=st.integers(0, 60))
def test_a_shuffle_is_that_of_fisher_and_yates(seed, units):
    order = np.arange(units, dtype=np.int32)
    plain = list(range(units))
    place, numbers = stream(seed), reference.splitmix64(seed)
    for _ in range(3):
        kernels.shuffle(order, place)
        reference.shuffle(plain, numbers)
        assert order.tolist() == plain


def test_a_shuffle_brings_every_order_as_often():
    place, draws = stream(5), 12_000
    counts: Counter[tuple[int, ...]] = Counter()
    for _ in range(draws):
        order = np.arange(4, dtype=np.int32)
        kernels.shuffle(order, place)
        counts[tuple(order.tolist())] += 1
    assert set(counts) == set(permutations(range(4)))
    # χ² of 23 degrees of freedom passes 49.7 once in a thousand.
    assert chi_square(counts.values(), draws / 24) < 49.7


@law
@given(
    units=st.integers(0, 21),
    rank=st.integers(0, 9),
    kinds=st.sampled_from([("i1", "i4"), ("i4", "i8"), ("i8", "i8")]),
    data=st.data(),
)
def test_weighted_sums_are_exact_for_any_number_of_rows(units, rank, kinds, data):
    kind, kept = kinds
    # Beyond 2³¹ products must not wrap around, and 2⁵⁷ leaves room for the sum of 21.
    most = {"i1": 127, "i4": 2**31 - 1, "i8": 2**57}[kind]
    numbers = st.lists(st.integers(-most, most), min_size=rank, max_size=rank)
    rows = data.draw(st.lists(numbers, min_size=units, max_size=units))
    state = data.draw(st.lists(st.sampled_from([-1, 1]), min_size=units, max_size=units))
    out = np.full(rank, 5, kept)
    table = np.array(rows, kind).reshape(units, rank)
    kernels.weighted_sums(table, np.array(state, np.int8), out)
    pairs = [list(zip(state, (row[place] for row in rows), strict=True)) for place in range(rank)]
    assert out.tolist() == [5 + sum(value * entry for value, entry in each) for each in pairs]
