"""Streams of random numbers: one a purpose."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hopgui.session.draws import Draws, rng_of

seeds = st.integers(0, 2**32 - 1)


@given(seed=seeds)
def test_what_draws_for_one_purpose_says_nothing_of_another(seed):
    first = {draws: rng_of(draws, seed).integers(0, 2**63, 4).tolist() for draws in Draws}
    for one, other in combinations(Draws, 2):
        assert first[one] != first[other]


@given(seed=seeds, more=st.integers(0, 2**16))
def test_the_same_seed_draws_the_same_and_another_number_another(seed, more):
    one, same, other = (rng_of(Draws.LIKELIHOOD, seed, n) for n in (more, more, more + 1))
    drawn = one.integers(0, 2**63, 4).tolist()
    assert same.integers(0, 2**63, 4).tolist() == drawn
    assert other.integers(0, 2**63, 4).tolist() != drawn


def test_damage_draws_apart_from_the_recall():
    draws = [
        generator.integers(0, 2**63, 4).tolist()
        for seed in (0, 1, 2)
        for generator in (rng_of(Draws.DAMAGE, seed), rng_of(Draws.RECALL, seed))
    ]
    assert len({tuple(draw) for draw in draws}) == 6
    assert (
        rng_of(Draws.RECALL, 7).integers(0, 99, 9).tolist()
        == rng_of(Draws.RECALL, 7).integers(0, 99, 9).tolist()
    )
