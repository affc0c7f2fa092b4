"""What each pattern set promises in its README, checked by a recall written here alone."""

from functools import cache

import numpy as np
import pytest

from hopgui.model import conventions
from hopgui.model.choices import Energy, EnergyKind
from hopgui.model.dense import DenseNetwork
from hopgui.session.library import Rule, pattern_folder, read_set, session_of, set_names

HEBBIAN = {
    # set: largest |overlap| between two memories that it promises
    "letters-10": 0.12,
    "digits-10": 0.16,
    "pictograms-16": 0.30,
    "pictograms-32": 0.30,
    "orthogonal-8": 0.0,
    "ghost": 0.25,
}
PROJECTION = {"digits-all-10": 10, "alphabet-10": 26}
ARTICLE = {"self_connections": True, "ties_keep": False}
TEXTBOOK = {"self_connections": False, "ties_keep": True}
SEEDS = 100

both_presets = pytest.mark.parametrize("preset", [ARTICLE, TEXTBOOK], ids=["article", "textbook"])
hebbian_sets = pytest.mark.parametrize("name", HEBBIAN)


@cache
def memories_of(name: str) -> np.ndarray:
    return session_of(read_set(pattern_folder() / name)).patterns.astype(np.int64)


def stable(patterns, states, *, self_connections, ties_keep):
    """Say of each row whether no unit would change, by the full matrix of couplings."""
    couplings = patterns.T @ patterns
    if not self_connections:
        np.fill_diagonal(couplings, 0)
    fields = states @ couplings
    wanted = np.where(fields == 0, states if ties_keep else -1, np.sign(fields))
    return (wanted == states).all(axis=1)


def recall(patterns, cues, rng, *, self_connections, ties_keep):
    """Ask all units of each row, each row in a random order of its own, until a quiet sweep."""
    states = cues.copy()
    overlaps = states @ patterns.T
    rows = np.arange(len(states))
    changed = True
    while changed:
        changed = False
        orders = rng.permuted(np.tile(np.arange(patterns.shape[1]), (len(states), 1)), axis=1)
        for asked in orders.T:
            votes = patterns[:, asked].T
            before = states[rows, asked]
            fields = (votes * overlaps).sum(axis=1)
            if not self_connections:
                fields -= len(patterns) * before
            after = np.where(fields == 0, before if ties_keep else -1, np.sign(fields))
            overlaps += votes * (after - before)[:, None]
            states[rows, asked] = after
            changed = changed or bool((after != before).any())
    return states


def damaged(pattern, rng):
    """Return SEEDS copies with exactly 20 % of the units flipped in each."""
    flips = round(pattern.size / 5)
    units = rng.permuted(np.tile(np.arange(pattern.size), (SEEDS, 1)), axis=1)[:, :flips]
    copies = np.tile(pattern, (SEEDS, 1))
    np.put_along_axis(copies, units, -pattern[units], axis=1)
    return copies


def test_the_sets_are_those_that_promise_something():
    assert set(set_names()) == {*HEBBIAN, *PROJECTION}
    for name in set_names():
        rule = Rule.HEBB if name in HEBBIAN else Rule.PROJECTION
        assert read_set(pattern_folder() / name).rule is rule


def test_every_picture_is_plain_text():
    for file in pattern_folder().glob("*/*.pbm"):
        assert file.read_bytes().startswith(b"P1\n"), file
        assert file.read_bytes().isascii(), file


@hebbian_sets
def test_memories_overlap_no_more_than_promised(name):
    patterns = memories_of(name)
    overlaps = patterns @ patterns.T / patterns.shape[1]
    np.fill_diagonal(overlaps, 0)
    assert np.abs(overlaps).max() <= HEBBIAN[name]


@both_presets
@hebbian_sets
def test_every_memory_is_stable(name, preset):
    patterns = memories_of(name)
    assert stable(patterns, patterns, **preset).all()


@both_presets
@hebbian_sets
def test_every_memory_is_repaired_from_twenty_per_cent_flips(name, preset):
    patterns = memories_of(name)
    rng = np.random.default_rng(20)
    cues = np.concatenate([damaged(pattern, rng) for pattern in patterns])
    ends = recall(patterns, cues, rng, **preset)
    assert stable(patterns, ends, **preset).all()
    exact = (ends == np.repeat(patterns, SEEDS, axis=0)).all(axis=1).reshape(-1, SEEDS)
    assert exact.mean(axis=1).min() >= 0.95


@both_presets
def test_the_ghost_is_stable_and_nobody_stored_it(preset):
    patterns = memories_of("ghost")
    ghost = np.sign(patterns.sum(axis=0))
    assert stable(patterns, ghost[None], **preset).all()
    np.testing.assert_array_equal(patterns @ ghost, [192, 128, 128])
    rng = np.random.default_rng(3)
    ends = recall(patterns, damaged(ghost, rng), rng, **preset)
    assert (ends == ghost).all(axis=1).mean() >= 0.95


@pytest.mark.parametrize("preset", [conventions.ARTICLE, conventions.TEXTBOOK])
def test_the_ghost_stays_at_order_two_and_is_gone_at_order_three(preset):
    patterns = memories_of("ghost").astype(np.int8)
    ghost = np.sign(patterns.sum(axis=0, dtype=int)).astype(np.int8)
    for order, stays in ((2, True), (3, False)):
        energy = Energy(EnergyKind.POLYNOMIAL, order)
        network = DenseNetwork(patterns, preset, energy_kind=energy)
        assert network.unstable(ghost).any() != stays
        for seed in range(SEEDS):
            run = network.start(ghost, rng=np.random.default_rng(seed))
            run.advance(10**6)
            assert run.settled
            if stays:
                assert (run.state == ghost).all()
            else:
                assert (run.state == patterns).all(axis=1).any()


def test_in_an_orthogonal_memory_every_field_is_the_same():
    patterns = memories_of("orthogonal-8")
    np.testing.assert_array_equal(patterns @ patterns.T, 64 * np.eye(6))
    np.testing.assert_array_equal(patterns @ (patterns.T @ patterns), 64 * patterns)


@pytest.mark.parametrize("name", PROJECTION)
def test_the_projection_rule_holds_what_the_hebbian_rule_does_not(name):
    patterns = memories_of(name)
    assert len(patterns) == PROJECTION[name]
    couplings = np.linalg.pinv(patterns) @ patterns
    np.fill_diagonal(couplings, 0)
    assert (patterns * (patterns @ couplings)).min() > 0.1
    for preset in (ARTICLE, TEXTBOOK):
        assert stable(patterns, patterns, **preset).sum() <= 2
