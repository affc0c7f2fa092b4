"""What gestures do to the document, with the real player and no window."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.control.teacher import Teacher
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.patterns import random_pattern
from hopgui.session import edits
from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.session import MOST_MEMORIES, Grid, blank_session
from hopgui.session.step import Step
from hopgui.worker.runner import Runner

LONG = 20_000


class Room:
    """A desk with its document and player."""

    def __init__(self, qtbot, session):
        self.qtbot = qtbot
        self.document = Document(session)
        self.player, self.teacher = Player(session, Runner()), Teacher()
        self.player.plan_changed.connect(self.teacher.ask)
        self.teacher.learnt.connect(self.player.learn)
        self.player.set_speed(inf)
        self.desk = Desk(self.document, self.player)
        self.refusals = []
        self.desk.refused.connect(self.refusals.append)

    @property
    def session(self):
        return self.document.session

    @property
    def labels(self):
        return [entry.label for entry in self.document._history.past]

    def wait(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def recall(self):
        self.desk.recall()
        self.wait(
            lambda: (
                self.player.frame.phase is Phase.SETTLED
                and np.array_equal(self.session.pad, self.player.shown)
            )
        )

    def run_slowly(self):
        self.player.set_speed(1.0)
        self.desk.recall()
        self.wait(lambda: self.player.frame.recording.run > 0)


def painted_on(player):
    """Whether a frame tells of what a hand has turned."""
    return player.frame.recording.by_hand.any()


@pytest.fixture
def room(qtbot):
    rng = np.random.default_rng(6)
    session = edits.store_all(
        blank_session(Grid(10, 8)), [(name, random_pattern((8, 10), rng)) for name in "ABC"]
    )
    made = Room(qtbot, edits.damage(edits.load(session, 0)))
    yield made
    made.player.close()
    made.teacher.close()


@pytest.fixture
def empty(qtbot):
    made = Room(qtbot, blank_session(Grid(4, 4)))
    yield made
    made.player.close()
    made.teacher.close()


ACTS = {
    "Clear": lambda desk: desk.clear(),
    "Invert": lambda desk: desk.invert(),
    "Random": lambda desk: desk.randomise(),
    "Shift": lambda desk: desk.shift(1, 0),
    "Damage": lambda desk: desk.damage(),
    "Blank half": lambda desk: desk.erase_half("left"),
    "Blank": lambda desk: desk.erase(np.arange(40)),
    "Put on the pad": lambda desk: desk.put(np.ones((8, 10), np.int8)),
    "Load": lambda desk: desk.load(1),
    "Store": lambda desk: desk.store(),
    "Import": lambda desk: desk.store_all([("new", np.ones((8, 10), np.int8))]),
    "Rename": lambda desk: desk.rename(0, "Alpha"),
    "Reorder": lambda desk: desk.move(0, 2),
    "Duplicate": lambda desk: desk.duplicate([0]),
    "Delete": lambda desk: desk.delete([0]),
    "Resize": lambda desk: desk.resize(Grid(5, 4), Carry.RESAMPLE),
    "Unlearn": lambda desk: desk.unlearn(),
    "Conventions": lambda desk: desk.set_conventions(TEXTBOOK),
    "Seed": lambda desk: desk.set_seed(99),
    "Damage amount": lambda desk: desk.set_damage_percent(77),
    "Damage seed": lambda desk: desk.set_damage_seed(77),
    "Pin": lambda desk: desk.pin(np.arange(5), pinned=True),
    "Open": lambda desk: desk.open(blank_session(Grid(3, 3))),
}


@pytest.mark.parametrize("label", ACTS)
@pytest.mark.parametrize("when", ["rest", "settled"])
def test_each_act_is_one_step_that_undo_takes_back(room, label, when):
    if when == "settled":
        room.recall()
    steps, before, shown = room.labels, room.session, room.player.shown.copy()
    ACTS[label](room.desk)
    assert room.labels == [*steps, label]
    after = room.session
    assert np.array_equal(room.player.shown, after.pad)
    room.desk.undo()
    assert room.session is before
    assert np.array_equal(room.player.shown, shown)
    room.desk.redo()
    assert room.session is after


@pytest.mark.parametrize("label", ACTS)
def test_each_act_at_an_earlier_moment_is_done_to_it(room, label):
    room.recall()
    room.player.scrub(15)
    moment = room.player.shown.copy()
    ACTS[label](room.desk)
    assert room.labels[-1] == label
    kept = label in {"Seed", "Damage amount", "Damage seed"}
    assert np.array_equal(room.player.shown, moment) or not kept
    room.desk.undo()
    assert np.array_equal(room.player.shown, moment)
    if label == "Store":
        room.desk.redo()
        assert np.array_equal(room.session.memories[-1].picture, moment)


@pytest.mark.parametrize("label", ACTS)
def test_each_act_under_a_run_leaves_a_pad_that_all_agree_on(room, label):
    room.run_slowly()
    shown = room.player.shown.copy()
    ACTS[label](room.desk)
    assert room.labels[-1] == label
    if label == "Resize":
        assert np.array_equal(room.session.pad, edits.carried(shown, (4, 5), Carry.RESAMPLE))
    room.player.set_speed(inf)
    if room.player.network.memories:
        room.player.pause()
        room.wait(lambda: not room.player.running)
    room.wait(lambda: np.array_equal(room.desk.session.pad, room.player.shown))
    while room.document.undo_label is not None:
        room.desk.undo()
    assert room.session.grid == Grid(10, 8)
    assert [memory.name for memory in room.session.memories] == ["A", "B", "C"]


def test_a_stroke_at_rest_is_one_step(room):
    before = room.session
    room.desk.begin_stroke()
    for unit in range(5):
        room.desk.paint(np.array([unit]), 1)
        room.desk.paint(np.array([unit]), -1)
    room.desk.end_stroke()
    room.desk.begin_stroke()
    room.desk.paint(np.array([40]), -int(room.player.shown.flat[40]))
    room.desk.end_stroke()
    assert room.labels == ["Paint", "Paint"]
    room.desk.undo()
    room.desk.undo()
    assert room.session is before


def test_a_stroke_that_changes_nothing_is_no_step(room):
    room.desk.begin_stroke()
    plus = np.flatnonzero(room.player.shown.ravel() > 0)
    room.desk.paint(plus, 1)
    room.desk.end_stroke()
    assert room.labels == []


def test_a_stroke_that_outlives_its_run_is_one_step(room):
    """Begun while it runs, ended when it has settled."""
    room.desk.load(0)
    room.run_slowly()
    before, steps = room.player.shown.copy(), len(room.labels)
    room.desk.begin_stroke()
    room.desk.paint(np.arange(6), 1)
    room.player.set_speed(inf)
    room.wait(lambda: room.player.frame.phase is Phase.SETTLED)
    room.wait(lambda: np.array_equal(room.session.pad, room.player.shown))
    room.desk.paint(np.arange(6, 12), 1)
    room.desk.paint(np.arange(6, 12), -1)
    room.desk.end_stroke()
    assert room.labels[steps:] == ["Paint"]
    assert (room.player.shown.flat[6:12] == -1).all()
    room.desk.undo()
    assert np.array_equal(room.player.shown, before)


def test_a_stroke_that_sees_a_run_begin_keeps_both_parts(room):
    room.player.set_speed(1.0)
    room.desk.begin_stroke()
    room.desk.paint(np.arange(0, 4), 1)
    room.desk.recall()
    room.desk.paint(np.arange(4, 8), 1)
    room.desk.end_stroke()
    assert (room.session.pad.flat[:8] == 1).all()
    assert set(room.labels) == {"Paint"}


def test_settling_is_written_down_once(room):
    cue = room.session.pad
    room.recall()
    assert room.labels == ["Recall"]
    settled = room.session
    run = room.player.frame.recording.run
    room.desk.recall()
    room.wait(lambda: room.player.frame.recording.run > run)
    room.wait(lambda: room.player.frame.phase is Phase.SETTLED)
    assert room.labels == ["Recall"]
    assert room.session is settled
    room.desk.undo()
    assert room.session.pad is cue


def test_walking_step_by_step_is_one_step_of_the_document(room):
    for count in range(1, 5):
        room.desk.step_forward(Step.FLIP)
        room.wait(lambda count=count: room.player.frame.flips == count)
        room.wait(lambda: np.array_equal(room.session.pad, room.player.shown))
    assert room.labels == ["Recall"]


def test_undo_while_it_runs_paints_the_run_back(room):
    room.run_slowly()
    room.desk.clear()
    room.desk.undo()
    wanted = room.session.pad
    room.wait(lambda: painted_on(room.player))
    room.player.pause()
    room.wait(lambda: np.array_equal(room.session.pad, room.player.shown))
    assert (room.player.shown != wanted).sum() <= 2, "a second or so at one update a second"


@pytest.mark.parametrize("act", ["recall", "step", "repeat"])
def test_without_memories_it_says_what_to_do(empty, act):
    told = []
    empty.player.repeat_changed.connect(told.append)
    {
        "recall": empty.desk.recall,
        "step": lambda: empty.desk.step_forward(Step.FLIP),
        "repeat": lambda: empty.desk.repeat(on=True),
    }[act]()
    assert "store it (M)" in str(empty.refusals[0])
    assert empty.player.frame.phase is Phase.REST
    if act == "repeat":
        assert told == [False], "the button springs back"


def test_too_many_memories_are_refused_and_nothing_is_stored(room):
    before = room.session
    room.desk.store_all([("x", room.player.shown)] * MOST_MEMORIES)
    room.desk.duplicate([0] * MOST_MEMORIES)
    assert len(room.refusals) == 2
    assert room.session is before


def test_an_act_without_effect_is_no_step(room):
    room.desk.set_seed(room.session.seed)
    room.desk.set_conventions(room.session.conventions)
    room.desk.unpin_all()
    room.desk.pin(np.arange(3), pinned=False)
    room.desk.move(1, 1)
    room.desk.rename(0, "   ")
    room.desk.delete([])
    room.desk.put(room.player.shown)
    assert room.labels == []


def test_one_drag_of_a_slider_is_one_step(room):
    for percent in (21, 30, 45):
        room.desk.set_damage_percent(percent)
    assert room.labels == ["Damage amount"]
    room.desk.undo()
    assert room.session.damage.percent == 20


def test_storing_all_units_of_a_document_keeps_the_rest(room):
    session = replace(room.session, seed=5)
    room.desk.open(session)
    assert room.labels == ["Open"]
    assert room.session.seed == 5


def test_what_is_unlearnt_is_learnt_anew_and_can_be_taken_back(room):
    room.desk.unlearn()
    energy = room.player.network.energy(room.session.pad.ravel())
    room.desk.unlearn()
    assert room.player.network.energy(room.session.pad.ravel()) > energy
    room.desk.forget_unlearnt()
    assert not room.session.unlearnt
    room.desk.undo()
    assert len(room.session.unlearnt) == 2
