"""Undo and redo, against a plain list of documents."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hopgui.session.history import MOST_STEPS, History
from hopgui.session.session import Grid, blank_session

BLANK = blank_session(Grid(2, 2))


def document(seed: int):
    return replace(BLANK, seed=seed)


class HistoryMachine(RuleBasedStateMachine):
    """The plain model: all documents in a row, the labels between them, and where one stands."""

    def __init__(self) -> None:
        super().__init__()
        self.documents = [document(0)]
        self.labels: list[str] = []
        self.place = 0
        self.history = History(self.documents[0])
        self.seed = 0

    def fresh(self):
        self.seed += 1
        return document(self.seed)

    @rule(label=st.text(max_size=3))
    def edit(self, label):
        session = self.fresh()
        self.history = self.history.edited(session, label)
        self.documents[self.place + 1 :] = [session]
        self.labels[self.place :] = [label]
        self.place += 1

    @rule(label=st.text(max_size=3))
    def slip_in(self, label):
        session = self.fresh()
        self.history = self.history.slipped_in(session, label)
        self.documents.insert(self.place + 1, session)
        self.labels.insert(self.place, label)
        self.place += 1

    @rule()
    def amend(self):
        session = self.fresh()
        self.history = self.history.amended(session)
        self.documents[self.place] = session

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self):
        self.history = self.history.undone()
        self.place -= 1

    @precondition(lambda self: self.place < len(self.labels))
    @rule()
    def redo(self):
        self.history = self.history.redone()
        self.place += 1

    @precondition(lambda self: self.place == 0)
    @rule()
    def undo_nothing(self):
        assert self.history.undone() is self.history

    @precondition(lambda self: self.place == len(self.labels))
    @rule()
    def redo_nothing(self):
        assert self.history.redone() is self.history

    @invariant()
    def stands_where_the_list_does(self):
        history = self.history
        assert history.present is self.documents[self.place]
        assert [entry.session for entry in history.past] == self.documents[: self.place]
        assert [entry.label for entry in history.past] == self.labels[: self.place]
        ahead = list(reversed(history.future))
        assert [entry.session for entry in ahead] == self.documents[self.place + 1 :]
        assert [entry.label for entry in ahead] == self.labels[self.place :]


TestHistory = HistoryMachine.TestCase
TestHistory.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)


def test_an_earlier_history_is_a_value_that_stays_as_it_was():
    first = History(document(0)).edited(document(1), "one")
    kept = (first.present, first.past, first.future)
    first.edited(document(2), "two").undone().undone().redone()
    first.amended(document(3))
    assert (first.present, first.past, first.future) == kept


def test_amending_keeps_what_can_be_redone():
    history = History(document(0)).edited(document(1), "one").undone().amended(document(5))
    assert history.redone().present.seed == 1
    assert history.redone().undone().present.seed == 5


@pytest.mark.parametrize("beyond", [1, 7])
def test_of_very_many_steps_the_oldest_are_let_go(beyond):
    history = History(document(0))
    for seed in range(1, MOST_STEPS + beyond + 1):
        history = history.edited(document(seed), "")
    assert len(history.past) == MOST_STEPS
    assert history.past[0].session.seed == beyond
    for _ in range(MOST_STEPS):
        history = history.undone()
    assert history.present.seed == beyond
    assert history.undone() is history
    assert len(history.future) == MOST_STEPS
