"""A training as a value: begun, gone on with, and measured."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hopgui.model.boltzmann.datasets import Pictures, bars_and_stripes
from hopgui.model.boltzmann.likelihood import log_likelihood, log_partition
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.patterns import random_pattern
from hopgui.refusal import Refusal
from hopgui.session.training import Course, DataKind, begin, pictures_of, steps

FEW = Settings(Method.PCD, epochs=12, batch=14, chains=20, every=3)


def course(**changes):
    return replace(Course(DataKind.BARS_AND_STRIPES, 5, FEW, seed=3), **changes)


def last(training):
    *_, newest = steps(training)
    return newest


def test_a_training_makes_all_its_gradients_and_keeps_every_point_of_its_curve():
    pictures = bars_and_stripes(3, 3)
    values = list(steps(begin(course(), pictures)))
    assert values[-1].finished
    assert values[-1].epoch == 12
    assert [point.epoch for point in values[-1].curve] == [0, 3, 6, 9, 12]
    for before, after in pairwise(values):
        assert after.done >= before.done
        assert after.curve[: len(before.curve)] == before.curve
    machine = values[-1].machine
    exact = log_likelihood(machine, pictures.units, log_partition(machine))
    assert values[-1].curve[-1].log_likelihood == pytest.approx(exact)
    assert values[-1].dreams.shape == (20, 9)


@pytest.mark.parametrize("batch", [5, 14, 20])
def test_how_many_gradients_there_will_be_is_known_from_the_first(batch):
    begun = begin(course(settings=replace(FEW, batch=batch)), bars_and_stripes(3, 3))
    assert begun.total == last(begun).done


def test_it_can_be_gone_on_with_draw_for_draw():
    pictures = bars_and_stripes(3, 3)
    whole = last(begin(course(), pictures))
    halfway = next(value for value in steps(begin(course(), pictures)) if value.epoch == 6)
    resumed = last(halfway)
    assert np.array_equal(resumed.machine.weights, whole.machine.weights)
    assert [point.epoch for point in resumed.curve] == [point.epoch for point in whole.curve]


def test_another_seed_is_another_machine():
    pictures = bars_and_stripes(3, 3)
    one, same, other = (last(begin(course(seed=seed), pictures)) for seed in (3, 3, 4))
    assert np.array_equal(one.machine.weights, same.machine.weights)
    assert not np.array_equal(one.machine.weights, other.machine.weights)


def test_pictures_kept_apart_are_not_trained_on_and_are_compared_with():
    pictures = bars_and_stripes(3, 3)
    begun = begin(course(held_percent=25), pictures)
    assert len(begun.held) == round(0.25 * len(pictures.units))
    rows = {row.tobytes() for row in begun.held} | {row.tobytes() for row in begun.pictures.units}
    assert rows == {row.tobytes() for row in pictures.units}
    settings = replace(FEW, batch=10)
    point = last(begin(course(held_percent=25, settings=settings), pictures)).curve[-1]
    assert point.free_energy_held is not None


def test_the_best_is_what_no_machine_can_beat():
    begun = begin(course(), bars_and_stripes(3, 3))
    assert begun.best == pytest.approx(-np.log(14))


def test_likelihoods_that_cannot_be_summed_are_estimated():
    rng = np.random.default_rng(0)
    units = np.stack([random_pattern(25, rng) for _ in range(14)])
    settings = replace(FEW, epochs=2, every=1)
    training = last(begin(course(hidden=22, settings=settings), Pictures(units, (5, 5))))
    assert [estimate.epoch for estimate in training.estimates] == [0, 1, 2]
    assert all(np.isfinite(each.log_likelihood) for each in training.estimates)
    # Nothing can be likelier than each picture as often as it comes.
    assert training.estimates[-1].log_likelihood < training.best + 5 * training.estimates[-1].error


def test_a_rate_that_is_too_high_is_told_and_the_last_good_machine_kept():
    settings = replace(FEW, rate=1e9, last_rate=1e9, epochs=50)
    training = last(begin(course(settings=settings), bars_and_stripes(3, 3)))
    assert training.trouble is not None
    assert not training.finished
    assert np.isfinite(training.machine.weights).all()


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_pictures_are_refused(count):
    with pytest.raises(Refusal, match="at least two"):
        begin(course(), Pictures(np.ones((count, 9), np.int8), (3, 3)))


MEMORIES = Pictures(np.array([[1, -1, -1, -1, -1, -1, -1, -1, 1]], np.int8), (3, 3))


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        (DataKind.MEMORIES, 1),
        (DataKind.SHIFTED, 9),
        (DataKind.NOISY, 20),
        (DataKind.BARS_AND_STRIPES, 14),
    ],
)
def test_pictures_of_every_kind(kind, count):
    pictures = pictures_of(kind, MEMORIES, None, seed=1)
    assert pictures.units.shape == (count, 9)
    assert set(np.unique(pictures.units)) == {-1, 1}


@pytest.mark.parametrize("kind", [DataKind.DIGITS, DataKind.FOLDER])
def test_digits_and_pictures_of_a_folder_are_those_that_are_given(kind):
    given = Pictures(-np.ones((3, 64), np.int8), (8, 8))
    assert pictures_of(kind, MEMORIES, given, seed=1) is given
    with pytest.raises(ValueError, match="not at hand"):
        pictures_of(kind, MEMORIES, None, seed=1)
