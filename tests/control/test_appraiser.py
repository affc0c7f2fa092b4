"""Kept states are told once each, and anew under another network."""

import numpy as np
import pytest
from cases import random_patterns

from hopgui.control.appraiser import Appraiser
from hopgui.model.choices import Dynamics
from hopgui.model.network import Network
from hopgui.model.verdict import Kind

PATTERNS = random_patterns(4, 100, seed=1)
PICTURES = [row.reshape(10, 10) for row in random_patterns(3, 100, seed=2)]
OWN = PATTERNS[2].reshape(10, 10)


@pytest.fixture
def appraiser(qapp):  # noqa: ARG001 - signals need an application
    made = Appraiser(Network(PATTERNS))
    yield made
    made.close()


def told(qtbot, appraiser, pictures):
    appraiser.ask(pictures, Dynamics(), 3)
    qtbot.waitUntil(lambda: all(appraiser.of(each) is not None for each in pictures))
    return [appraiser.of(each) for each in pictures]


def test_every_picture_is_told(qtbot, appraiser):
    found = told(qtbot, appraiser, [*PICTURES, OWN])
    assert [each.verdict.kind for each in found] == [Kind.OTHER] * 3 + [Kind.MEMORY]
    assert found[3].verdict.members == ((1, 2),)
    network = Network(PATTERNS)
    assert [each.energy for each in found[:3]] == [network.energy(p.ravel()) for p in PICTURES]


def test_what_was_told_is_not_computed_again(qtbot, appraiser):
    before = told(qtbot, appraiser, PICTURES)
    after = told(qtbot, appraiser, [*PICTURES, OWN])
    assert [a is b for a, b in zip(before, after[:3], strict=True)] == [True] * 3


def test_what_is_not_asked_about_any_more_is_forgotten(qtbot, appraiser):
    told(qtbot, appraiser, PICTURES)
    told(qtbot, appraiser, PICTURES[:1])
    assert appraiser.of(PICTURES[1]) is None
    assert appraiser.of(PICTURES[0]) is not None


def test_another_network_gives_other_answers(qtbot, appraiser):
    (before,) = told(qtbot, appraiser, [OWN])
    appraiser.know(Network(PATTERNS[:2]))
    assert appraiser.of(OWN) is None
    (after,) = told(qtbot, appraiser, [OWN])
    assert (before.verdict.kind, after.verdict.kind) == (Kind.MEMORY, Kind.OTHER)
    assert after.energy == Network(PATTERNS[:2]).energy(OWN.ravel())


def test_pictures_of_another_grid_wait_for_its_network(qtbot, appraiser):
    small = np.ones((2, 2), np.int8)
    appraiser.ask([small, OWN], Dynamics(), 3)
    qtbot.waitUntil(lambda: appraiser.of(OWN) is not None)
    assert appraiser.of(small) is None
    appraiser.know(Network(np.ones((1, 4), np.int8)))
    (found,) = told(qtbot, appraiser, [small])
    assert found.verdict.kind is Kind.MEMORY
