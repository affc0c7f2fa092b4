"""What is found out at once where it is quick, in the background where it is not."""

import numpy as np
import pytest

from hopgui.control.errand import Errand
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.model.survey import is_quick, survey


def network_of(memories, units, seed=0):
    rng = np.random.default_rng(seed)
    return Network(np.stack([random_pattern(units, rng) for _ in range(memories)]))


@pytest.fixture
def errand(qapp):  # noqa: ARG001 - signals need an application
    made = Errand(survey, is_quick)
    yield made
    made.close()


@pytest.fixture
def told(errand):
    heard = []
    errand.found.connect(heard.append)
    return heard


def test_a_small_network_is_surveyed_before_ask_returns(errand, told):
    network = network_of(4, 100)
    errand.ask(network)
    (result,) = told
    expected = survey(network)
    assert np.array_equal(result.stable, expected.stable)
    assert np.array_equal(result.energies, expected.energies)


def test_a_large_network_is_surveyed_in_the_background(errand, told, qtbot):
    network = network_of(120, 1600)
    assert not is_quick(network)
    errand.ask(network)
    assert told == [None], "nothing is known yet, and the old is not true any more"
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
    assert np.array_equal(told[1].stable, survey(network).stable)


def test_only_the_newest_network_is_told_of(errand, told, qtbot):
    large = [network_of(120, 1600, seed) for seed in range(4)]
    for network in large:
        errand.ask(network)
    qtbot.waitUntil(lambda: told[-1] is not None, timeout=20_000)
    results = [result for result in told if result is not None]
    assert len(results) == 1
    assert np.array_equal(results[0].energies, survey(large[-1]).energies)


def test_a_late_answer_does_not_overtake_a_quick_one(errand, told, qtbot):
    errand.ask(network_of(120, 1600))
    errand.ask(network_of(2, 9))
    with qtbot.assertNotEmitted(errand.found, wait=200):
        pass
    assert len(told[-1].energies) == 2


def test_it_closes_in_the_middle_of_work_and_twice(errand):
    for seed in range(3):
        errand.ask(network_of(120, 1600, seed))
    errand.close()
    errand.close()


def test_no_memories_are_nothing_to_find_out(errand, told):
    errand.ask(Network(np.empty((0, 9), np.int8)))
    assert told[0].energies.size == 0


def test_what_is_forgotten_is_not_told(errand, told, qtbot):
    errand.ask(network_of(120, 1600))
    errand.forget()
    errand._pool.submit(int).result()  # whatever was begun has ended
    qtbot.wait(20)
    assert told == [None]
