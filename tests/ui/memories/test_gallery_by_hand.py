"""Hands on the gallery: its keys, names edited in place, its menu and its button."""

import pytest
from galleries import LEFT, MEMORIES, click, editor_of, key, middle, view_of
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton


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
