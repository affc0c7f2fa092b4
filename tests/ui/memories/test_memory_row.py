"""How strongly a memory is stored: seen in its row, changed by key and by menu."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtTest import QTest

from hopgui.session.session import Memory, frozen
from hopgui.ui.memories.memory_row import MemoryRow, _joined
from hopgui.ui.memories.memory_view import MemoryView

PICTURE = frozen(np.where(np.eye(10) > 0, 1, -1).astype(np.int8))
MEMORIES = tuple(replace(Memory(name, frozen(PICTURE), row)) for row, name in enumerate("ACH"))
ENERGIES, STABLE = np.array([-2557.0, -2533.0, 12.0]), np.array([True, False, True])
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gallery(gallery):
    gallery.show_memories(MEMORIES, ENERGIES, STABLE)
    return gallery


@pytest.fixture
def view(gallery):
    return gallery.findChild(MemoryView)


def weighed(weight, row=0):
    changed = list(MEMORIES)
    changed[row] = replace(changed[row], weight=weight)
    return tuple(changed)


def spoken(view, row=0):
    return view.model().index(row).data(Qt.ItemDataRole.AccessibleTextRole)


def image(view, row=0):
    return view.viewport().grab(view.visualRect(view.model().index(row))).toImage()


def test_a_weight_other_than_one_is_said(gallery, view):
    assert spoken(view) == "A, energy −2\u2009557, stable"
    gallery.show_memories(weighed(3), ENERGIES, STABLE)
    assert spoken(view) == "A, energy −2\u2009557, stable, stored 3 times"
    gallery.show_memories(weighed(0), None, None)
    assert spoken(view) == "A, not stored"


def test_a_weight_other_than_one_is_seen_in_its_row_alone(gallery, view):
    once, other = image(view), image(view, 1)
    gallery.show_memories(weighed(3), ENERGIES, STABLE)
    thrice = image(view)
    gallery.show_memories(weighed(0), ENERGIES, STABLE)
    assert len({bytes(each.constBits()) for each in (once, thrice, image(view))}) == 3
    assert image(view, 1) == other


@pytest.mark.parametrize(("weight", "said"), [(1, ""), (3, "× 3"), (0, "× 0, not stored")])
def test_the_words_of_a_weight(weight, said):
    assert MemoryRow()._weight(replace(MEMORIES[0], weight=weight)) == said


def test_where_both_do_not_fit_the_weight_is_kept(gallery):
    metrics = QFontMetrics(gallery.font())
    both = "E = −2 557 · × 3"
    wide = metrics.horizontalAdvance(both)
    assert _joined("E = −2 557", "× 3", metrics, wide) == both
    assert _joined("E = −2 557", "× 3", metrics, wide - 1) == "× 3"
    assert _joined("E = −2 557", "", metrics, 0) == "E = −2 557"


def test_a_changed_weight_leaves_the_selection_alone(gallery, view, qtbot):
    view.select([1])
    with qtbot.assertNotEmitted(gallery.selection_changed):
        gallery.show_memories(weighed(2, 1), ENERGIES, STABLE)
    assert gallery.selected() == [1]


def test_control_and_an_arrow_ask_for_more_and_for_less(gallery, view, qtbot):
    with qtbot.assertNotEmitted(gallery.weight_requested):
        qtbot.keyClick(view, Qt.Key.Key_Up, CTRL)
    view.select([0, 2])
    for key, step in ((Qt.Key.Key_Up, 1), (Qt.Key.Key_Down, -1)):
        with qtbot.waitSignal(gallery.weight_requested) as asked:
            qtbot.keyClick(view, key, CTRL)
        assert asked.args == [[0, 2], step]
    assert gallery.selected() == [0, 2]


def test_the_window_does_not_get_these_keys(gallery, view, qtbot):
    shortcut = QShortcut(QKeySequence("Ctrl+Up"), gallery)
    view.setFocus()
    view.select([0])
    with qtbot.assertNotEmitted(shortcut.activated), qtbot.waitSignal(gallery.weight_requested):
        QTest.keySequence(view, QKeySequence("Ctrl+Up"))


def test_the_menu_has_them_too(gallery, view, qtbot):
    entries = {action.text(): action for action in view.menu().actions()}
    assert not entries["Store more strongly"].isEnabled()
    view.select([1])
    entries = {action.text(): action for action in view.menu().actions()}
    for text, step in (("Store more strongly", 1), ("Store less strongly", -1)):
        with qtbot.waitSignal(gallery.weight_requested) as asked:
            entries[text].trigger()
        assert asked.args == [[1], step]
