"""All edits as pure functions; those of pad, grid and rule by their meaning."""

from dataclasses import replace

import numpy as np
import pytest
from editing import GRID, contents, document, picture
from hypothesis import given
from hypothesis import strategies as st

from hopgui.model.choices import Energy, EnergyKind, Rule, RuleKind
from hopgui.refusal import Refusal
from hopgui.session import edits, kept_edits
from hopgui.session.carry import Carry
from hopgui.session.session import (
    LARGEST_SEED,
    MOST_UNLEARNT,
    Grid,
    blank_session,
)

UNITS = np.array([2, 8, 19])
EDITS = {
    "paint": lambda session: edits.paint(session, UNITS, 1),
    "pin": lambda session: edits.pin(session, UNITS, pinned=True),
    "unpin_all": edits.unpin_all,
    "clear": edits.clear,
    "invert": edits.invert,
    "shift": lambda session: edits.shift(session, 1, -1),
    "randomise": edits.randomise,
    "damage": edits.damage,
    "erase": lambda session: edits.erase(session, UNITS),
    "erase by noise": lambda session: edits.erase(session, np.arange(20), noise=True),
    "set_damage": lambda session: edits.set_damage(session, percent=33, seed=5),
    "store": edits.store,
    "store_all": lambda session: edits.store_all(session, [("a", picture(3)), ("b", picture(4))]),
    "rename": lambda session: edits.rename(session, 1, "other"),
    "move": lambda session: edits.move(session, 0, 2),
    "duplicate": lambda session: edits.duplicate(session, [0, 2]),
    "delete": lambda session: edits.delete(session, [1]),
    "load": lambda session: edits.load(session, 2),
    "resize": lambda session: edits.resize(session, Grid(6, 3), Carry.CROP),
    "unlearn": edits.unlearn,
    "forget_unlearnt": edits.forget_unlearnt,
    "keep": lambda session: kept_edits.keep(session, picture(5), "k2"),
    "keep_all": lambda session: kept_edits.keep_all(session, [("a", picture(6))]),
    "rename a kept state": lambda session: kept_edits.rename(session, 1, "other"),
    "delete a kept state": lambda session: kept_edits.delete(session, [0]),
    "store a kept state": lambda session: kept_edits.store(session, [1]),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_changes_something_and_leaves_the_document_given_alone(edit):
    session = document()
    before = contents(session)
    edited = edit(session)
    assert contents(session) == before
    assert contents(edited) != before
    assert contents(edit(document())) == contents(edited)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_array_of_an_edited_document_is_read_only_and_fits_its_grid(edit):
    edited = edit(document())
    memories = [memory.picture for memory in edited.memories]
    kept = [state.picture for state in edited.kept]
    arrays = [edited.pad, edited.pinned, *memories, *edited.unlearnt, *kept]
    for array in arrays:
        assert not array.flags.writeable
        assert array.shape == edited.grid.shape
    assert {array.dtype for array in arrays} == {np.dtype(np.int8), np.dtype(bool)}
    assert set(np.unique(edited.pad)) <= {-1, 1}


def test_painting_sets_just_these_units():
    session = edits.paint(document(), UNITS, 1)
    assert np.flatnonzero(session.pad.ravel() > 0).tolist() == [1, 2, 7, 8, 19]
    session = edits.paint(session, np.array([1, 4]), -1)
    assert np.flatnonzero(session.pad.ravel() > 0).tolist() == [2, 7, 8, 19]
    assert contents(edits.paint(session, np.empty(0, np.int64), 1)) == contents(session)


def test_pinning_and_letting_go():
    session = document()
    assert np.flatnonzero(session.pinned).tolist() == [0, 3]
    session = edits.pin(session, np.array([3, 4]), pinned=True)
    assert np.flatnonzero(session.pinned).tolist() == [0, 3, 4]
    session = edits.pin(session, np.array([0, 9]), pinned=False)
    assert np.flatnonzero(session.pinned).tolist() == [3, 4]
    assert not edits.unpin_all(session).pinned.any()


def test_clear_invert_load():
    session = document()
    assert (edits.clear(session).pad == -1).all()
    assert edits.invert(session).pad.tolist() == (-session.pad).tolist()
    assert edits.invert(edits.invert(session)).pad.tolist() == session.pad.tolist()
    assert edits.load(session, 1).pad.tolist() == session.memories[1].picture.tolist()


def test_a_shift_moves_right_and_down_and_comes_around():
    session = edits.paint(blank_session(GRID), np.array([0]), 1)
    assert edits.shift(session, 1, 2).pad[2, 1] == 1
    assert edits.shift(session, -1, -1).pad[3, 4] == 1
    assert np.count_nonzero(edits.shift(session, -1, -1).pad == 1) == 1


# Damage


@given(percent=st.integers(0, 100), seed=st.integers(0, LARGEST_SEED))
def test_damage_flips_exactly_the_share_and_moves_the_seed_on(percent, seed):
    bare = replace(document(grid=Grid(9, 7)), pinned=np.zeros((7, 9), bool))
    session = edits.set_damage(bare, percent=percent, seed=seed)
    damaged = edits.damage(session)
    count = (2 * percent * 63 + 100) // 200
    assert np.count_nonzero(damaged.pad != session.pad) == count
    assert damaged.damage.percent == percent
    assert damaged.damage.seed != seed
    assert 1 <= damaged.damage.seed <= LARGEST_SEED
    assert damaged.pad.tolist() == edits.damage(session).pad.tolist()


@given(percent=st.integers(0, 100), pins=st.integers(0, 62), seed=st.integers(1, 99))
def test_damage_takes_its_share_of_what_is_not_pinned(percent, pins, seed):
    pinned = np.random.default_rng(seed).permutation(63).reshape(7, 9) < pins
    session = replace(document(grid=Grid(9, 7)), pinned=pinned)
    flips = edits.damage(edits.set_damage(session, percent=percent, seed=seed)).pad != session.pad
    assert not flips[pinned].any()
    assert flips.sum() == (2 * percent * (63 - pins) + 100) // 200


def test_where_all_is_pinned_damage_flips_nothing():
    session = replace(document(), pinned=np.ones_like(document().pinned))
    damaged = edits.damage(edits.set_damage(session, percent=100))
    assert np.array_equal(damaged.pad, session.pad)


def test_one_damage_after_another_draws_other_units():
    first = edits.damage(document(grid=Grid(16, 16)))
    second = edits.damage(first)
    flips_first = first.pad != document(grid=Grid(16, 16)).pad
    flips_second = second.pad != first.pad
    assert flips_first.sum() == flips_second.sum() == 51
    assert (flips_first != flips_second).any()


def test_the_last_seed_is_followed_by_the_first():
    session = edits.set_damage(document(), seed=LARGEST_SEED)
    assert edits.damage(session).damage.seed == 1


@pytest.mark.parametrize(("asked", "kept"), [(-5, 0), (0, 0), (45, 45), (100, 100), (900, 100)])
def test_the_damage_stays_between_nothing_and_everything(asked, kept):
    session = edits.set_damage(document(), percent=asked)
    assert session.damage.percent == kept
    assert session.damage.seed == document().damage.seed


def test_a_random_pad_has_as_many_of_either_and_moves_the_seed_on():
    session = edits.randomise(blank_session(Grid(64, 64)))
    assert abs(int(session.pad.sum(dtype=np.int64))) < 4 * 64
    assert session.damage.seed == 2
    again = edits.randomise(session)
    assert (again.pad != session.pad).any()
    assert again.damage.seed == 3


def test_erasing_blanks_or_redraws_just_these_units():
    grid = Grid(40, 30)
    full = edits.invert(blank_session(grid))
    units = edits.half(grid, "left")
    blank = edits.erase(full, units)
    assert (blank.pad[:, :20] == -1).all()
    assert (blank.pad[:, 20:] == 1).all()
    assert blank.damage.seed == full.damage.seed
    noisy = edits.erase(full, units, noise=True)
    assert set(np.unique(noisy.pad[:, :20])) == {-1, 1}
    assert (noisy.pad[:, 20:] == 1).all()
    assert noisy.damage.seed != full.damage.seed


@pytest.mark.parametrize("grid", [Grid(5, 4), Grid(4, 5), Grid(7, 3), Grid(2, 2), Grid(256, 255)])
def test_halves_face_each_other_and_leave_an_odd_middle_line_out(grid):
    columns = np.arange(grid.units) % grid.width
    rows = np.arange(grid.units) // grid.width
    expected = {
        "left": 2 * columns + 1 < grid.width,
        "right": 2 * columns + 1 > grid.width,
        "top": 2 * rows + 1 < grid.height,
        "bottom": 2 * rows + 1 > grid.height,
    }
    assert set(expected) == set(edits.SIDES)
    for side, inside in expected.items():
        assert edits.half(grid, side).tolist() == np.flatnonzero(inside).tolist()


# Another grid


@pytest.mark.parametrize("carry", Carry)
@pytest.mark.parametrize("grid", [Grid(2, 2), Grid(5, 4), Grid(3, 9), Grid(10, 8)])
def test_a_resize_takes_pad_pins_and_memories_along(carry, grid):
    session = replace(document(3), seed=9, title="T")
    resized = edits.resize(session, grid, carry)
    assert resized.grid == grid
    assert resized.patterns.shape == (3, grid.units)
    assert resized.pinned.dtype == bool
    assert [(memory.name, memory.colour) for memory in resized.memories] == [
        (memory.name, memory.colour) for memory in session.memories
    ]
    assert (resized.seed, resized.title) == (9, "T")


def test_a_larger_grid_carries_what_was_to_its_middle_and_pins_nothing_new():
    session = document(1)
    resized = edits.resize(session, Grid(7, 6), Carry.CROP)
    inner = np.s_[1:5, 1:6]
    assert resized.pad[inner].tolist() == session.pad.tolist()
    assert resized.pinned[inner].tolist() == session.pinned.tolist()
    assert resized.memories[0].picture[inner].tolist() == session.memories[0].picture.tolist()
    assert resized.pinned.sum() == session.pinned.sum()
    rim = np.ones((6, 7), bool)
    rim[inner] = False
    assert (resized.pad[rim] == -1).all()
    back = edits.resize(resized, GRID, Carry.CROP)
    assert contents(back) == contents(session)


def test_resampling_to_twice_the_size_repeats_units_and_pins():
    session = document(1)
    resized = edits.resize(session, Grid(10, 8), Carry.RESAMPLE)
    assert resized.pad.tolist() == session.pad.repeat(2, 0).repeat(2, 1).tolist()
    assert resized.pinned.tolist() == session.pinned.repeat(2, 0).repeat(2, 1).tolist()


# Unlearning


def test_unlearning_under_hebb_changes_the_rule_and_dreams_nothing():
    session = replace(document(), rule=Rule(), unlearnt=())
    once = edits.unlearn(session)
    assert (once.rule.kind, once.rule.dreams) == (RuleKind.UNLEARNING, 0)
    assert once.rule.strength == session.rule.strength
    twice = edits.unlearn(once, [picture(5)])
    assert [each.tolist() for each in twice.unlearnt] == [session.pad.tolist(), picture(5).tolist()]
    assert twice.rule == once.rule
    assert edits.unlearn(document()).rule.dreams == 7


@pytest.mark.parametrize("kind", [RuleKind.PROJECTION, RuleKind.STORKEY, RuleKind.PERCEPTRON])
def test_only_hebb_s_couplings_can_be_unlearnt(kind):
    with pytest.raises(Refusal, match="Hebb"):
        edits.unlearn(replace(document(), rule=Rule(kind)))


def test_a_dense_energy_and_one_state_too_many_are_refused():
    with pytest.raises(Refusal, match="dense"):
        edits.unlearn(replace(document(), energy=Energy(EnergyKind.EXPONENTIAL)))
    full = replace(document(), unlearnt=(document().pad,) * MOST_UNLEARNT)
    with pytest.raises(Refusal, match="1000"):
        edits.unlearn(full)
