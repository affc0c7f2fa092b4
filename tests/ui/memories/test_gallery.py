"""What the gallery shows, and which of it is selected."""

import numpy as np
import pytest
from galleries import ENERGIES, MEMORIES, STABLE, click, key, memory, view_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.memories.memory_row import MemoryRow
from hopgui.ui.parts.row_painting import ROW


def test_a_row_says_all_there_is_to_say(gallery):
    model = view_of(gallery).model()
    said = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert said == [
        "A, energy \u22122\u2009557, stable",
        "C, energy \u22122\u2009533, unstable",
        "H, energy \u22122\u2009557.25, stable",
        "Y, energy 12, stable",
    ]


def test_what_is_being_computed_is_left_open(gallery):
    gallery.show_memories(MEMORIES, None, None)
    row = view_of(gallery).model().index(0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "A"
    assert row.data(ROW).energy is None
    assert not gallery.grab().isNull()


def pixels(gallery, row):
    view = view_of(gallery)
    image = view.viewport().grab(view.visualRect(view.model().index(row))).toImage()
    return [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_row_wears_its_memorys_colour_and_green_only_when_stable(gallery, theme):
    gallery.show_theme(theme)
    for row in range(4):
        seen = pixels(gallery, row)
        assert QColor(theme.memories[row]) in seen
        assert QColor(theme.plus) in seen
        assert (QColor(theme.good) in seen) == STABLE[row]
        assert QColor(theme.accent) not in seen


def marked(gallery):
    model = view_of(gallery).model()
    return [row for row in range(model.rowCount()) if model.index(row).data(ROW).nearest]


def test_the_nearest_memory_is_marked_and_let_go(gallery, qtbot):
    plain = pixels(gallery, 2)
    gallery.show_nearest(2)
    assert pixels(gallery, 2) != plain
    gallery.show_nearest(None)
    qtbot.waitUntil(lambda: pixels(gallery, 2) == plain)


def test_of_many_nearest_memories_the_last_is_marked(gallery, qtbot):
    for nearest in (0, 1, 3, 2):
        gallery.show_nearest(nearest)
    qtbot.waitUntil(lambda: marked(gallery) == [2])


def test_a_nearest_memory_that_has_gone_marks_nothing(gallery, qtbot):
    gallery.show_nearest(3)
    gallery.show_memories(MEMORIES[:2], ENERGIES[:2], STABLE[:2])
    assert marked(gallery) == []
    gallery.show_nearest(0)
    qtbot.waitUntil(lambda: marked(gallery) == [0])


def test_an_empty_gallery_speaks(gallery):
    empty = next(
        label
        for label in gallery.findChildren(QLabel)
        if label.text() == "Paint something, then Store (M)"
    )
    assert not empty.isVisible()
    gallery.show_memories((), np.empty(0), np.empty(0, bool))
    assert empty.isVisible()
    gallery.show_memories(MEMORIES, None, None)
    assert not empty.isVisible()


def test_the_load_is_handed_to_the_meter(gallery):
    gallery.show_load(14, 100)
    assert any(
        "beyond capacity" in widget.accessibleName()
        for widget in gallery.findChildren(object)
        if hasattr(widget, "accessibleName")
    )


def test_the_selection_is_told(gallery, qtbot):
    with qtbot.waitSignal(gallery.selection_changed) as told:
        click(qtbot, gallery, 1)
    assert told.args == [[1]]
    click(qtbot, gallery, 3, Qt.KeyboardModifier.ControlModifier)
    assert gallery.selected() == [1, 3]
    key(qtbot, gallery, Qt.Key.Key_Up)
    assert gallery.selected() == [2]


def test_new_numbers_leave_the_selection_alone(gallery, qtbot):
    click(qtbot, gallery, 2)
    with qtbot.assertNotEmitted(gallery.selection_changed):
        gallery.show_memories(MEMORIES, None, None)
        gallery.show_memories(MEMORIES, ENERGIES, STABLE)
    assert gallery.selected() == [2]


def test_the_selection_follows_a_memory_that_moves(gallery, qtbot):
    click(qtbot, gallery, 0)
    with qtbot.waitSignal(gallery.selection_changed) as told:
        gallery.show_memories((*MEMORIES[1:], MEMORIES[0]), None, None)
    assert told.args == [[3]]
    assert gallery.selected() == [3]
    assert view_of(gallery).currentIndex().row() == 3


def test_when_the_selected_memory_goes_its_neighbour_is_selected(gallery, qtbot):
    click(qtbot, gallery, 3)
    gallery.show_memories(MEMORIES[:3], None, None)
    assert gallery.selected() == [2]
    gallery.show_memories((MEMORIES[0], MEMORIES[1]), None, None)
    assert gallery.selected() == [1]


def test_another_set_of_memories_begins_with_nothing_selected(gallery, qtbot):
    click(qtbot, gallery, 1)
    gallery.show_memories((memory("new", 9),), None, None)
    assert gallery.selected() == []


def test_of_a_thousand_memories_the_last_can_be_reached(gallery, qtbot):
    many = tuple(memory(f"memory {seed}", seed) for seed in range(1000))
    gallery.show_memories(many, np.linspace(-5000, 0, 1000), np.arange(1000) % 2 == 0)
    bar = view_of(gallery).verticalScrollBar()
    bar.setValue(bar.maximum())
    click(qtbot, gallery, 999)
    assert gallery.selected() == [999]


class WatchedRow(MemoryRow):
    """Tells which rows are drawn."""

    def __init__(self, parent):
        super().__init__(parent)
        self.drawn = set()

    def paint(self, painter, option, index):
        self.drawn.add(index.row())
        super().paint(painter, option, index)


def wait_for_quiet(qtbot, rows):
    """Wait until nothing is drawn any more: a list shown anew is laid out, and drawn, twice."""

    def quiet():
        rows.drawn.clear()
        qtbot.wait(50)
        return not rows.drawn

    qtbot.waitUntil(quiet)


def test_marking_the_nearest_draws_its_row_and_no_other(gallery, qtbot):
    rows = WatchedRow(view_of(gallery))
    view_of(gallery).setItemDelegate(rows)
    qtbot.waitUntil(lambda: rows.drawn == {0, 1, 2, 3})
    wait_for_quiet(qtbot, rows)
    for nearest, drawn in ((0, {0}), (3, {0, 3}), (None, {3})):
        rows.drawn.clear()
        gallery.show_nearest(nearest)
        qtbot.waitUntil(lambda drawn=drawn: rows.drawn == drawn)


def test_an_energy_without_room_for_its_decimals_goes_without_them(gallery):
    energies = np.array([-357_955_976.25, -2533.25, -1e300, 0.0])
    gallery.show_memories(MEMORIES, energies, STABLE)
    row = view_of(gallery).itemDelegate()
    metrics = view_of(gallery).fontMetrics()
    wide = metrics.horizontalAdvance("E = −357 955 976.2")
    assert row._energy(energies[0], metrics, wide) == "E = −357 955 976"
    assert row._energy(energies[1], metrics, wide) == "E = −2 533.25"
    narrow = metrics.horizontalAdvance("E = −357 955 976") - 1
    assert row._energy(energies[0], metrics, narrow) == "E = −3.580·10⁸"
    assert row._energy(None, metrics, wide) == "E = …"
