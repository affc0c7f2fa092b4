"""What a picture is: at once for small networks, in the background for large ones."""

import numpy as np
import pytest
from cases import random_patterns

from hopgui.control.namer import FEW, Namer, Question
from hopgui.model.choices import Dynamics
from hopgui.model.mixtures import identify
from hopgui.model.network import Network
from hopgui.model.settling import settler
from hopgui.model.verdict import Kind

SMALL = random_patterns(5, 100, seed=1)
LARGE = random_patterns(FEW + 8, 1600, seed=2)


def mixture(patterns, *places):
    total = patterns[list(places)].sum(axis=0, dtype=int)
    return np.where(total > 0, 1, -1).astype(np.int8)


def question(state, *, stable=False, settled=True, cycle=False):
    side = int(state.size**0.5)
    return Question(state.reshape(side, side), stable, settled, cycle, dynamics=Dynamics(), seed=3)


@pytest.fixture
def namer(qapp):  # noqa: ARG001 - signals need an application
    made = Namer(Network(SMALL))
    yield made
    made.close()


@pytest.fixture
def told(namer):
    heard = []
    namer.judged.connect(heard.append)
    return heard


def test_a_small_network_is_asked_before_ask_returns(namer, told):
    asked = question(mixture(SMALL, 0, 2, 4))
    namer.ask(asked)
    (judged,) = told
    assert judged.picture is asked.picture
    assert judged.sure
    assert judged.verdict.members == ((1, 0), (1, 2), (1, 4))


def test_a_large_network_answers_in_the_background(namer, told, qtbot):
    namer.know(Network(LARGE))
    state = mixture(LARGE, 3, 20, 35)
    namer.ask(question(state))
    assert not told
    qtbot.waitUntil(lambda: bool(told) and told[-1].sure, timeout=20_000)
    assert told[-1].verdict.members == ((1, 3), (1, 20), (1, 35))


def test_the_last_word_of_a_large_network_is_that_of_the_plain_function(namer, told, qtbot):
    network = Network(LARGE)
    namer.know(network)
    run = network.start(random_patterns(1, 1600, seed=4)[0], rng=np.random.default_rng(5))
    run.advance(10**6)
    namer.ask(question(run.state, stable=True))
    qtbot.waitUntil(lambda: bool(told) and told[-1].sure, timeout=60_000)
    settle = settler(network, Dynamics(), lambda: np.random.default_rng(3))
    plain = identify(LARGE, run.state, settle=settle)
    assert told[-1].verdict.kind is plain.kind or told[-1].verdict.falls_from
    assert [each.sure for each in told[:-1]] == [False] * (len(told) - 1)


def test_only_the_newest_question_is_answered(namer, told, qtbot):
    namer.know(Network(LARGE))
    asked = [question(mixture(LARGE, place, place + 1, place + 2)) for place in range(4)]
    for each in asked:
        namer.ask(each)
    qtbot.waitUntil(lambda: bool(told) and told[-1].sure, timeout=20_000)
    assert {id(each.picture) for each in told} == {id(asked[-1].picture)}


def test_a_question_let_go_is_not_answered(namer, told, qtbot):
    namer.know(Network(LARGE))
    namer.ask(question(mixture(LARGE, 1, 2, 3)))
    namer.forget()
    with qtbot.assertNotEmitted(namer.judged, wait=300):
        pass
    namer.ask(question(mixture(LARGE, 1, 2, 3)))
    namer.know(Network(SMALL))
    with qtbot.assertNotEmitted(namer.judged, wait=300):
        pass
    assert not told


def test_memories_are_made_ready_once(namer, qtbot):
    network = Network(LARGE)
    namer.know(network)
    ready = namer.mixtures
    qtbot.waitUntil(lambda: "_inverse" in vars(ready), timeout=20_000)
    namer.know(Network(LARGE, trouble=network.trouble))
    assert namer.mixtures is ready, "the memories are the same"
    namer.know(Network(LARGE.copy()))
    assert namer.mixtures is not ready


@pytest.mark.parametrize(
    ("facts", "kind"),
    [({}, Kind.MEMORY), ({"settled": False}, Kind.UNSETTLED), ({"cycle": True}, Kind.CYCLE)],
)
def test_the_kind_of_rest_is_told(namer, told, facts, kind):
    namer.ask(question(SMALL[1], **facts))
    assert told[0].verdict.kind is kind
    assert told[0].verdict.members == ((1, 1),)


def test_without_memories_a_picture_is_close_to_none(namer, told):
    namer.know(Network(np.empty((0, 100), np.int8)))
    namer.ask(question(SMALL[0], stable=True))
    assert told[0].verdict.kind is Kind.OTHER


def test_it_closes_in_the_middle_of_work_and_twice(namer):
    namer.know(Network(LARGE))
    namer.ask(question(LARGE[0], stable=True))
    namer.close()
    namer.close()
