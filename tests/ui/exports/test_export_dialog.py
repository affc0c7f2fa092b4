"""The export dialog, used by hand: what is chosen is what is asked for, and what is seen."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QToolButton,
)
from subjects import array, at_rest, rgb, subject

from hopgui.session import library
from hopgui.session.session import Grid, blank_session
from hopgui.ui.exports.dialog import ExportDialog
from hopgui.ui.exports.order import FORMATS, Format, Order, What
from hopgui.ui.look.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_dialog(qtbot):
    opened = []

    def open_one(shown=None, theme=LIGHT, before=None):
        dialog = ExportDialog(shown or subject(), theme, before)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        opened.append(dialog)
        return dialog

    yield open_one
    for dialog in opened:
        dialog.show_progress(None)
        dialog.reject()


def choose(qtbot, dialog, what):
    """Click a row of the list."""
    rows = dialog.findChild(QListWidget)
    row = 0
    for each in range(rows.count()):
        if rows.item(each).data(Qt.ItemDataRole.UserRole) == what.value:
            row = each
    place = rows.visualItemRect(rows.item(row)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=place)


def press(qtbot, dialog, text):
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, LEFT)


def segment(qtbot, dialog, text):
    button = next(b for b in dialog.findChildren(QToolButton) if b.text() == text)
    qtbot.mouseClick(button, LEFT)


def box(dialog, name):
    return next(b for b in dialog.findChildren(QSpinBox) if b.accessibleName() == name)


def take_format(qtbot, dialog, row):
    formats = dialog.findChild(QComboBox)
    formats.setFocus()
    for _ in range(formats.count()):
        qtbot.keyClick(formats, Qt.Key.Key_Up)
    for _ in range(row):
        qtbot.keyClick(formats, Qt.Key.Key_Down)


def note(dialog):
    return next(each.text() for each in dialog.findChildren(QLabel) if each.objectName() == "muted")


@pytest.mark.parametrize("what", What)
def test_each_thing_offers_its_kinds_of_file_and_shows_itself(qtbot, open_dialog, what):
    dialog = open_dialog()
    choose(qtbot, dialog, what)
    assert dialog.order().what is what
    for row, kind in enumerate(FORMATS[what]):
        take_format(qtbot, dialog, row)
        assert dialog.order().format is kind
        preview = dialog._preview
        shown = preview.text or array(preview.picture).std() > 0 or what is What.WINDOW
        assert shown, "something is to be seen"
    assert note(dialog)


def test_what_is_asked_for_is_what_is_chosen(qtbot, open_dialog):
    dialog = open_dialog()
    choose(qtbot, dialog, What.ENERGY)
    take_format(qtbot, dialog, 1)
    for name, value in (("Width in pixels", "700"), ("Height in pixels", "333")):
        field = box(dialog, name)
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, value)  # and no key that would end it
    segment(qtbot, dialog, "dark")
    with qtbot.waitSignal(dialog.save_wanted) as asked:
        press(qtbot, dialog, "Save…")
    assert asked.args[0] == Order(What.ENERGY, Format.SVG, 700, 333, DARK)
    with qtbot.waitSignal(dialog.copy_wanted) as asked:
        press(qtbot, dialog, "Copy")
    assert asked.args[0] == Order(What.ENERGY, Format.SVG, 700, 333, DARK)


def test_the_theme_is_the_one_chosen_whatever_the_windows_is(qtbot, open_dialog):
    dialog = open_dialog(theme=DARK)
    assert dialog.order().theme is DARK
    assert tuple(array(dialog._preview.picture)[1, 1]) == rgb(DARK.panel)
    segment(qtbot, dialog, "light")
    assert tuple(array(dialog._preview.picture)[1, 1]) == rgb(LIGHT.panel)


def test_a_wider_plot_keeps_its_shape_until_its_height_is_chosen(qtbot, open_dialog):
    dialog = open_dialog()
    choose(qtbot, dialog, What.ENERGY)
    width, height = box(dialog, "Width in pixels"), box(dialog, "Height in pixels")
    assert (width.value(), height.value()) == (960, 600)
    width.setValue(480)
    assert height.value() == 300
    height.setValue(240)
    width.setValue(960)
    assert height.value() == 480
    assert note(dialog) == "960 × 480 pixels"


def test_the_marks_of_the_pad_can_be_left_out(qtbot, open_dialog):
    dialog = open_dialog()
    marks = dialog.findChild(QCheckBox)
    before = array(dialog._preview.picture)
    qtbot.mouseClick(marks, LEFT, pos=QPoint(10, marks.height() // 2))
    after = array(dialog._preview.picture)
    accent = rgb(LIGHT.accent)
    assert (before == accent).all(2).any()
    assert not (after == accent).all(2).any()


def test_only_settings_that_mean_something_are_seen(qtbot, open_dialog):
    dialog = open_dialog()
    seen = {}
    for what in (What.PAD, What.FIGURE, What.WINDOW, What.FILM, What.RUN_TABLE):
        choose(qtbot, dialog, what)
        seen[what] = [
            dialog.findChild(QCheckBox).isVisible(),
            box(dialog, "Width in pixels").isVisible(),
            box(dialog, "Height in pixels").isVisible(),
            box(dialog, "Moments a second").isVisible(),
        ]
    assert seen == {
        What.PAD: [True, True, False, False],
        What.FIGURE: [False, True, True, False],
        What.WINDOW: [False, True, False, False],
        What.FILM: [False, True, False, True],
        What.RUN_TABLE: [False, False, False, False],
    }


def test_the_film_plays_in_the_preview_and_stops_with_it(qtbot, open_dialog):
    dialog = open_dialog()
    choose(qtbot, dialog, What.FILM)
    first = array(dialog._preview.picture)
    qtbot.waitUntil(lambda: not np.array_equal(array(dialog._preview.picture), first))
    dialog.reject()
    assert not dialog._preview._clock.isActive()


def test_a_table_is_read_before_it_is_written(qtbot, open_dialog):
    dialog = open_dialog()
    choose(qtbot, dialog, What.RUN_TABLE)
    lines = dialog._preview.text.splitlines()
    assert lines[0].startswith("# Software: HopGUI")
    assert "# Run: 200 updates, 20 flips" in lines
    assert "update,unit,energy" in lines
    choose(qtbot, dialog, What.MEMORIES)
    assert dialog._preview.text.split() == ["01-A.pbm", "02-C.pbm", "03-H.pbm", "04-Y.pbm"]


def test_the_notes_of_a_long_tables_preview_are_those_of_the_whole(qtbot, open_dialog):
    shown = subject()
    recording = shown.frame.recording
    many = {
        name: np.tile(getattr(recording, name), 5)
        for name in ("flip_updates", "flip_units", "flip_energies", "by_hand")
    }
    frame = replace(shown.frame, recording=replace(recording, **many))
    dialog = open_dialog(replace(shown, frame=frame))
    choose(qtbot, dialog, What.RUN_TABLE)
    assert "# Run: 200 updates, 100 flips" in dialog._preview.text
    rows = [line for line in dialog._preview.text.splitlines() if line[0].isdigit()]
    assert len(rows) == 40
    assert note(dialog) == "100 flips in all"


def test_what_is_not_there_cannot_be_chosen_and_says_why(qtbot, open_dialog):
    dialog = open_dialog(at_rest(library.first_session()))
    rows = dialog.findChild(QListWidget)
    film = next(
        rows.item(n) for n in range(rows.count()) if rows.item(n).text() == "Film of the run"
    )
    choose(qtbot, dialog, What.FILM)
    assert dialog.order().what is What.PAD
    assert film.toolTip() == "Recall something first (Space)."
    empty = open_dialog(at_rest(blank_session(Grid(3, 3))))
    rows = empty.findChild(QListWidget)
    tips = {rows.item(n).toolTip() for n in range(rows.count())}
    assert "Store a memory first (M)." in tips


def test_the_last_choice_is_offered_again(open_dialog):
    before = Order(What.FILM, Format.MP4, 300, 200, DARK, rate=7)
    dialog = open_dialog(before=before)
    assert replace(dialog.order(), height=200) == before
    gone = open_dialog(at_rest(blank_session(Grid(3, 3))), before=before)
    assert gone.order().what is What.PAD


def test_a_film_in_mp4_is_not_for_the_clipboard(qtbot, open_dialog):
    dialog = open_dialog()
    choose(qtbot, dialog, What.FILM)
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy")
    assert copy.isEnabled()
    take_format(qtbot, dialog, 1)
    assert not copy.isEnabled()
    assert copy.toolTip()


def test_while_something_is_made_only_giving_up_is_possible(qtbot, open_dialog):
    dialog = open_dialog()
    dialog.show_progress(0.25)
    bar = dialog.findChild(QProgressBar)
    assert bar.isVisible()
    assert bar.value() == 250
    enabled = {b.text(): b.isEnabled() for b in dialog.findChildren(QPushButton)}
    assert enabled == {"Cancel": True, "Copy": False, "Save…": False}
    with qtbot.waitSignal(dialog.cancelled):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.show_progress(None)
    assert not bar.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_is_used_by_keys_alone(qtbot, open_dialog):
    dialog = open_dialog()
    rows = dialog.findChild(QListWidget)
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert dialog.order().what is What.ENERGY
    with qtbot.waitSignal(dialog.save_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_it_fits_a_small_screen(open_dialog):
    dialog = open_dialog()
    least = dialog.minimumSizeHint()
    assert least.width() <= 900
    assert least.height() <= 600
    assert dialog.size().boundedTo(QSize(1000, 700)) == dialog.size()
