"""What is said of one unit, held against the couplings written out."""

from dataclasses import replace

import numpy as np
import pytest

from hopgui.control.facts import unit_facts
from hopgui.model.conventions import ARTICLE, TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.session import edits
from hopgui.session.session import Grid, blank_session


@pytest.fixture
def session():
    rng = np.random.default_rng(2)
    grid = Grid(5, 3)
    blank = blank_session(grid)
    pictures = [(name, random_pattern(grid.shape, rng)) for name in "ABC"]
    made = edits.store_all(blank, pictures)
    made = replace(made, pad=random_pattern(grid.shape, rng))
    return edits.pin(made, np.array([7]), pinned=True)


@pytest.mark.parametrize("conventions", [ARTICLE, TEXTBOOK])
def test_field_margin_and_votes_are_those_of_the_network(session, conventions):
    network = Network(session.patterns, conventions)
    state = session.pad.ravel().astype(int)
    patterns = session.patterns.astype(int)
    weights = patterns.T @ patterns / (3 if conventions is ARTICLE else 15)
    if not conventions.self_connections:
        np.fill_diagonal(weights, 0)
    for unit in range(15):
        facts = unit_facts(session, network, session.pad, unit)
        assert (facts.column, facts.row) == (unit % 5, unit // 5)
        assert facts.value == state[unit]
        assert facts.pinned == (unit == 7)
        assert facts.field == pytest.approx(weights[unit] @ state)
        assert facts.margin == pytest.approx(state[unit] * (weights[unit] @ state))
        assert [name for name, _ in facts.votes] == ["A", "B", "C"]
        for (_, vote), pattern in zip(facts.votes, patterns, strict=True):
            assert vote == pytest.approx(pattern[unit] * (pattern @ state) / 15)


def test_whether_it_would_flip_is_what_an_update_does(session):
    network = Network(session.patterns)
    unstable = network.unstable(session.pad.ravel())
    for unit in range(15):
        assert unit_facts(session, network, session.pad, unit).would_flip == unstable[unit]


def test_without_memories_nothing_pulls():
    session = blank_session(Grid(2, 2))
    facts = unit_facts(session, Network(session.patterns), session.pad, 3)
    assert facts.field == 0
    assert facts.votes == ()
