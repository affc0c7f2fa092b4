"""The gallery by mouse, key and drop."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton

from hopgui.session import pbm
from hopgui.session.session import Memory, frozen
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.memories.gallery import Gallery
from hopgui.ui.memories.memory_row import MemoryRow
from hopgui.ui.memories.memory_view import MemoryView
from hopgui.ui.parts.row_painting import ROW

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


def memory(name, seed=0, side=10):
    units = np.where(np.random.default_rng(seed).random((side, side)) < 0.5, 1, -1)
    return Memory(name, frozen(units.astype(np.int8)), seed)


MEMORIES = tuple(memory(name, seed) for seed, name in enumerate("ACHY"))
ENERGIES = np.array([-2557.0, -2533.0, -2557.25, 12.0])
STABLE = np.array([True, False, True, True])


@pytest.fixture
def gallery(qtbot):
    widget = Gallery()
    widget.resize(260, 620)
    qtbot.addWidget(widget)
    widget.show_memories(MEMORIES, ENERGIES, STABLE)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def view_of(gallery):
    return gallery.findChild(MemoryView)


def middle(gallery, row, down=0.5):
    view = view_of(gallery)
    rect = view.visualRect(view.model().index(row))
    return QPoint(rect.center().x(), rect.top() + round(rect.height() * down))


def click(qtbot, gallery, row, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.mouseClick(view_of(gallery).viewport(), LEFT, modifier, middle(gallery, row))


def editor_of(gallery):
    return gallery.findChild(QLineEdit)


def key(qtbot, gallery, code, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view_of(gallery), code, modifier)


# What is shown


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


# Selection


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


# Keys


def test_enter_and_a_double_click_load(gallery, qtbot):
    click(qtbot, gallery, 1)
    for code in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(gallery.load_requested) as loaded:
            key(qtbot, gallery, code)
        assert loaded.args == [1]
    click(qtbot, gallery, 2)
    with qtbot.waitSignal(gallery.load_requested) as loaded:
        qtbot.mouseDClick(view_of(gallery).viewport(), LEFT, pos=middle(gallery, 2))
    assert loaded.args == [2]


def test_delete_asks_for_all_that_is_selected(gallery, qtbot):
    with qtbot.assertNotEmitted(gallery.delete_requested):
        key(qtbot, gallery, Qt.Key.Key_Delete)
    click(qtbot, gallery, 1)
    key(qtbot, gallery, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(gallery.delete_requested) as deleted:
        key(qtbot, gallery, Qt.Key.Key_Delete)
    assert deleted.args == [[1, 2]]


def test_alt_and_an_arrow_move_a_row_but_not_beyond_the_ends(gallery, qtbot):
    alt = Qt.KeyboardModifier.AltModifier
    click(qtbot, gallery, 1)
    with qtbot.waitSignal(gallery.move_requested) as moved:
        key(qtbot, gallery, Qt.Key.Key_Down, alt)
    assert moved.args == [1, 2]
    with qtbot.waitSignal(gallery.move_requested) as moved:
        key(qtbot, gallery, Qt.Key.Key_Up, alt)
    assert moved.args == [1, 0]
    click(qtbot, gallery, 0)
    with qtbot.assertNotEmitted(gallery.move_requested):
        key(qtbot, gallery, Qt.Key.Key_Up, alt)


@pytest.fixture
def window(gallery, qtbot):
    window = QMainWindow()
    window.setCentralWidget(gallery)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    view_of(gallery).setFocus()
    return window


@pytest.mark.parametrize("keys", ["Space", "M", "A", "I", "Ctrl+Z", "]", "Home"])
def test_the_windows_shortcuts_work_from_the_list(gallery, window, qtbot, keys):
    shortcut = QShortcut(QKeySequence(keys), window)
    click(qtbot, gallery, 0)
    with qtbot.waitSignal(shortcut.activated):
        QTest.keySequence(view_of(gallery), QKeySequence(keys))
    assert gallery.selected() == [0]


@pytest.mark.parametrize("keys", ["Up", "Down", "Left", "Right", "Del", "Return", "F2", "Alt+Up"])
def test_the_lists_own_keys_are_kept_from_the_window(gallery, window, qtbot, keys):
    shortcut = QShortcut(QKeySequence(keys), window)
    click(qtbot, gallery, 0)
    with qtbot.assertNotEmitted(shortcut.activated):
        QTest.keySequence(view_of(gallery), QKeySequence(keys))


@pytest.mark.parametrize("code", [Qt.Key.Key_Space, Qt.Key.Key_C, Qt.Key.Key_Escape])
def test_keys_that_mean_nothing_here_are_passed_on(gallery, qtbot, code):
    click(qtbot, gallery, 0)
    text = "c" if code == Qt.Key.Key_C else " "
    event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, text)
    view_of(gallery).keyPressEvent(event)
    assert not event.isAccepted()
    assert gallery.selected() == [0]


# Renaming


def rename(qtbot, gallery, text, end=Qt.Key.Key_Return):
    key(qtbot, gallery, Qt.Key.Key_F2)
    editor = editor_of(gallery)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, end)


def test_f2_renames_in_place(gallery, qtbot):
    click(qtbot, gallery, 2)
    with qtbot.waitSignal(gallery.rename_requested) as renamed:
        rename(qtbot, gallery, "  a house ")
    assert renamed.args == [2, "a house"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("", Qt.Key.Key_Return),
        ("   ", Qt.Key.Key_Return),
        ("H", Qt.Key.Key_Return),
        ("other", Qt.Key.Key_Escape),
    ],
)
def test_an_empty_an_equal_and_a_dismissed_name_keep_the_old(gallery, qtbot, text, end):
    click(qtbot, gallery, 2)
    with qtbot.assertNotEmitted(gallery.rename_requested):
        rename(qtbot, gallery, text, end)


def test_a_name_has_at_most_eighty_characters(gallery, qtbot):
    click(qtbot, gallery, 0)
    with qtbot.waitSignal(gallery.rename_requested) as renamed:
        rename(qtbot, gallery, "x" * 90)
    assert renamed.args == [0, "x" * 80]


def test_new_numbers_do_not_undo_what_is_being_typed(gallery, qtbot):
    gallery.edit_name(1)
    editor = editor_of(gallery)
    assert editor.text() == "C"
    qtbot.keyClicks(editor, "hair")
    gallery.show_memories(MEMORIES, None, None)
    gallery.show_nearest(1)
    assert editor_of(gallery).text() == "hair"


def test_a_name_that_is_not_there_cannot_be_edited(gallery):
    gallery.edit_name(17)
    assert editor_of(gallery) is None


# The menu


def entries(gallery):
    return {action.text(): action for action in view_of(gallery).menu().actions() if action.text()}


def test_the_menu_has_everything(gallery, qtbot):
    click(qtbot, gallery, 1)
    menu = entries(gallery)
    for text, signal, args in (
        ("Load to the pad", gallery.load_requested, [1]),
        ("Duplicate", gallery.duplicate_requested, [[1]]),
        ("Move up", gallery.move_requested, [1, 0]),
        ("Move down", gallery.move_requested, [1, 2]),
        ("Delete", gallery.delete_requested, [[1]]),
        ("Store the pad", gallery.store_requested, []),
    ):
        with qtbot.waitSignal(signal) as told:
            menu[text].trigger()
        assert told.args == args
    menu["Rename…"].trigger()
    assert editor_of(gallery) is not None


def test_the_menu_offers_only_what_can_be_done(gallery, qtbot):
    nothing = entries(gallery)
    assert [text for text, action in nothing.items() if action.isEnabled()] == ["Store the pad"]
    click(qtbot, gallery, 0)
    assert not entries(gallery)["Move up"].isEnabled()
    click(qtbot, gallery, 3, Qt.KeyboardModifier.ShiftModifier)
    several = entries(gallery)
    assert several["Duplicate"].isEnabled()
    assert several["Delete"].isEnabled()
    assert not several["Rename…"].isEnabled()


def test_the_menu_opens_where_it_is_asked_for(gallery, qtbot):
    click(qtbot, gallery, 0)
    view_of(gallery).customContextMenuRequested.emit(middle(gallery, 0))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()


@pytest.mark.usefixtures("window")
def test_the_button_stores_and_leaves_the_focus_alone(gallery, qtbot):
    button = gallery.findChild(QPushButton)
    assert button.accessibleName() == "Store the pad"
    with qtbot.waitSignal(gallery.store_requested):
        qtbot.mouseClick(button, LEFT)
    assert not button.hasFocus()


# Dragging


def drop(target, position, data):
    action = Qt.DropAction.CopyAction if data.hasUrls() else Qt.DropAction.MoveAction
    options = (action, data, LEFT)
    enter = QDragEnterEvent(position, *options, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, enter)
    event = QDropEvent(QPointF(position), *options, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    ("start", "row", "down", "expected"),
    [(0, 2, 0.9, [0, 2]), (0, 2, 0.1, [0, 1]), (3, 0, 0.1, [3, 0]), (3, 0, 0.9, [3, 1])],
)
def test_a_row_dropped_in_a_gap_moves_there(gallery, qtbot, start, row, down, expected):
    click(qtbot, gallery, start)
    view = view_of(gallery)
    data = view.model().mimeData([])
    with qtbot.waitSignal(gallery.move_requested) as moved:
        assert drop(view.viewport(), middle(gallery, row, down), data)
    assert moved.args == expected


@pytest.mark.parametrize("down", [0.1, 0.9])
def test_a_row_dropped_where_it_was_stays(gallery, qtbot, down):
    click(qtbot, gallery, 1)
    view = view_of(gallery)
    with qtbot.assertNotEmitted(gallery.move_requested):
        drop(view.viewport(), middle(gallery, 1, down), view.model().mimeData([]))


def test_a_row_of_another_list_is_no_move(gallery, qtbot):
    other = Gallery()
    qtbot.addWidget(other)
    click(qtbot, gallery, 1)
    with qtbot.assertNotEmitted(gallery.move_requested):
        drop(
            view_of(gallery).viewport(),
            middle(gallery, 3),
            view_of(other).model().mimeData([]),
        )


@pytest.mark.parametrize("filled", [True, False])
def test_files_can_be_dropped_anywhere_on_the_gallery(gallery, qtbot, filled):
    if not filled:
        gallery.show_memories((), None, None)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/some/a b.png"), QUrl("https://example.org/c.png")])
    targets = [gallery, view_of(gallery).viewport()] if filled else [gallery]
    for target in targets:
        with qtbot.waitSignal(gallery.files_dropped) as dropped:
            drop(target, QPoint(60, 60), data)
        assert dropped.args == [[Path("/some/a b.png")]]


def test_what_is_no_file_is_not_taken(gallery, qtbot):
    data = QMimeData()
    data.setText("hello")
    with qtbot.assertNotEmitted(gallery.files_dropped):
        drop(gallery, QPoint(5, 5), data)


# Many


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


def black(image):
    """Which of ten by ten places of a picture are black."""
    step = image.width() / 10
    return np.array(
        [
            [
                image.pixelColor(int((x + 0.5) * step), int((y + 0.5) * step)).black() > 128
                for x in range(10)
            ]
            for y in range(10)
        ]
    )


def test_a_row_that_is_dragged_is_a_picture_to_others(gallery):
    view = view_of(gallery)
    rows = [view.model().index(row) for row in (2, 0)]
    data = view.model().mimeData(rows)
    pictures = [view.model().memories[row].picture for row in (0, 2)]
    assert np.array_equal(
        black(data.imageData().convertToFormat(QImage.Format.Format_RGB32)), pictures[0] > 0
    )
    first, second = data.text().split("P1")[1:]
    for text, picture in ((first, pictures[0]), (second, pictures[1])):
        assert np.array_equal(pbm.parse(f"P1{text}".encode(), "dragged"), picture)


def test_a_memory_is_copied_from_the_menu(gallery, qtbot, qapp):
    click(qtbot, gallery, 1)
    menu = view_of(gallery).menu()
    copy = next(action for action in menu.actions() if action.text() == "Copy as a picture")
    copy.trigger()
    image = qapp.clipboard().image().convertToFormat(QImage.Format.Format_RGB32)
    assert np.array_equal(black(image), view_of(gallery).model().memories[1].picture > 0)
    qapp.clipboard().clear()
    menu.deleteLater()


def test_asking_twice_for_a_name_keeps_what_is_typed(gallery, qtbot):
    click(qtbot, gallery, 1)
    gallery.edit_name(1)
    editor = editor_of(gallery)
    editor.clear()
    qtbot.keyClicks(editor, "half typ")
    gallery.edit_name(1)  # Qt would warn of a second editor
    gallery.edit_name(0)
    assert editor_of(gallery) is editor
    with qtbot.waitSignal(gallery.rename_requested) as told:
        qtbot.keyClicks(editor, "ed")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told.args == [1, "half typed"]
