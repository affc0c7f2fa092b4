"""Maps of states by their distances."""

import numpy as np
import pytest
from cases import law, memories, random_patterns, seeds
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.scaling import classical_scaling, hamming, laid_over, map_of, ring_order, stacked


def distances_of(points):
    return np.sqrt(((points[:, None] - points[None, :]) ** 2).sum(axis=-1))


@law
@given(st.integers(1, 12), seeds)
def test_points_of_a_plane_are_found_again(count, seed):
    points = np.random.default_rng(seed).normal(size=(count, 2)) * 10
    found = classical_scaling(distances_of(points))
    assert distances_of(found.points) == pytest.approx(distances_of(points), abs=1e-6)
    assert found.kept == pytest.approx(1)
    assert found.points.sum(axis=0) == pytest.approx([0, 0], abs=1e-6)


def test_a_square_with_its_third_dimension_keeps_the_part_of_two():
    """Points at ±3, ±2, ±1 on three axes: eigenvalues 18, 8, 2; two of them are 26/28."""
    points = np.vstack([np.diag([3.0, 2.0, 1.0]), -np.diag([3.0, 2.0, 1.0])])
    found = classical_scaling(distances_of(points))
    assert found.kept == pytest.approx(26 / 28)
    assert np.abs(found.points).max(axis=0) == pytest.approx([3, 2])


def test_what_no_space_holds_counts_against_the_map():
    """Four cities around one hub (a star of roads): Gower's matrix has a negative eigenvalue."""
    star = np.full((5, 5), 2.0)
    star[0], star[:, 0] = 1.0, 1.0
    np.fill_diagonal(star, 0)
    squares = star**2
    centring = np.eye(5) - 1 / 5
    values = np.linalg.eigvalsh(-0.5 * centring @ squares @ centring)
    expected = np.sort(values)[-2:].sum() / np.abs(values).sum()
    assert values.min() < -1e-6
    assert classical_scaling(star).kept == pytest.approx(expected)


@law
@given(st.integers(1, 20).flatmap(lambda units: memories(units, 9)))
def test_hamming_counts_unlike_units(states):
    expected = [[int((one != other).sum()) for other in states] for one in states]
    assert hamming(states).tolist() == expected


def test_a_state_and_its_inverse_lie_at_opposite_ends():
    state = random_patterns(1, 20, 1)[0]
    found = map_of(np.stack([state, -state]))
    assert found.points[:, 0].tolist() == pytest.approx([10, -10])
    assert found.points[:, 1].tolist() == pytest.approx([0, 0])
    assert found.kept == pytest.approx(1)


def test_the_same_states_make_the_same_map_whatever_the_rounding():
    states = random_patterns(8, 30, 3)
    states = np.vstack([states, -states])
    one, again = map_of(states), map_of(states.copy())
    assert np.array_equal(one.points, again.points)
    largest = np.argmax(np.round(np.abs(one.points), 9), axis=0)
    assert np.all(one.points[largest, [0, 1]] > 0)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_states_have_a_map_too(count):
    found = map_of(stacked(list(random_patterns(count, 9, 1)), 9))
    assert found.points.shape == (count, 2)
    assert found.kept == pytest.approx(1)
    assert np.all(np.isfinite(found.points))


@law
@given(st.integers(1, 9), st.floats(0, 6.3), st.booleans(), seeds)
def test_a_turned_and_mirrored_map_is_turned_back(count, angle, mirrored, seed):
    earlier = np.random.default_rng(seed).normal(size=(count, 2))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if mirrored:
        turn = turn @ np.diag([1, -1])
    again = laid_over(earlier @ turn, earlier, np.arange(count))
    assert again == pytest.approx(earlier, abs=1e-9)
    assert np.array_equal(laid_over(earlier, earlier[:0], np.arange(0)), earlier)


def test_states_on_a_ring_follow_each_other_round_it():
    """Each state of a chain that turns one unit after another, all round, is next to the next."""
    ring = np.array([[-1 if unit < step else 1 for unit in range(8)] for step in range(8)], np.int8)
    ring = np.vstack([ring, -ring])
    shuffled = np.random.default_rng(1).permutation(16)
    order = shuffled[ring_order(ring[shuffled])]
    steps = np.abs(np.diff(np.append(order, order[0])))
    assert set(np.minimum(steps, 16 - steps).tolist()) == {1}
