"""The stamp: a memory set down by hand, at rest and under a run."""

import numpy as np
from PySide6.QtCore import Qt

from hopgui.session.session import Grid, blank_session


def stamp(hands, cell):
    hands.key(Qt.Key.Key_S, on=hands.pad)
    hands.paint(cell)


def test_the_selected_memory_is_the_stamp(hands):
    hands.choose("clear")
    hands.window.gallery._view.select([2])
    picture = hands.session.memories[2].picture
    rows, columns = np.nonzero(picture > 0)
    middle = [int(ends.min() + ends.max() + 1) // 2 for ends in (columns, rows)]
    stamp(hands, tuple(middle))
    assert np.array_equal(hands.shown, picture)
    assert hands.lab.document.undo_label == "Paint"
    hands.choose("undo")
    assert (hands.shown == -1).all()


def test_the_first_memory_is_the_stamp_where_none_is_selected(hands):
    hands.choose("clear")
    stamp(hands, (5, 5))
    assert (hands.shown > 0).sum() == (hands.session.memories[0].picture > 0).sum()


def test_without_memories_there_is_no_stamp(open_lab):
    hands = open_lab(blank_session(Grid(10, 10)))
    assert not hands.can("stamp")
    hands.paint((2, 2), (7, 2))
    hands.choose("store")
    assert hands.can("stamp")
    stamp(hands, (5, 6))
    assert (hands.shown[6, 2:8] == 1).all()
    hands.choose("undo")
    hands.choose("undo")
    assert not hands.can("stamp")
