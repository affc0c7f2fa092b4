"""The window: what is in it, what comes into it, and who reaches what by key."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
)

from hopgui.model.network import Network
from hopgui.session import library
from hopgui.session.frame import Phase
from hopgui.session.moment import moment
from hopgui.ui.controls.controls import Controls
from hopgui.ui.couplings.view import CouplingsView
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.window.main_window import MainWindow

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    session = library.first_session()
    made.show_theme(LIGHT)
    made.show_session(session)
    made.show_memories(session, None)
    made.show_frame(moment(session, Network(session.patterns), Phase.REST))
    made.resize(1280, 800)
    made.reset_layout()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def send_drop(widget, data):
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = widget.rect().center()
    enter = QDragEnterEvent(QPoint(place), COPY, data, left, plain)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), COPY, data, left, plain))
    return enter.isAccepted()


def files(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def docks(window):
    return {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}


def test_the_title_names_the_document_and_marks_what_is_not_saved(window):
    window.show_name("Letters", unsaved=False)
    assert window.windowTitle() == "Letters[*] – HopGUI"
    assert not window.isWindowModified()
    window.show_name("Letters", unsaved=True)
    assert window.isWindowModified()


def test_a_name_that_looks_like_the_mark_is_shown_as_it_is(window):
    window.show_name("a[*]b", unsaved=False)
    assert window.windowTitle() == "a[*][*]b[*] – HopGUI"


def test_a_window_that_is_held_asks_to_be_closed_and_stays(window, qtbot):
    window.show()
    window.hold(held=True)
    with qtbot.waitSignal(window.close_requested), qtbot.assertNotEmitted(window.closed):
        window.close()
    assert window.isVisible()
    window.hold(held=False)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()


def test_files_dropped_anywhere_are_handed_on(window, qtbot, tmp_path):
    with qtbot.waitSignal(window.files_dropped) as told:
        assert send_drop(window, files(tmp_path / "a.png", tmp_path / "b.png"))
    assert [path.name for path in told.args[0]] == ["a.png", "b.png"]


def test_words_are_not_let_in(window, qtbot):
    data = QMimeData()
    data.setText("words")
    with qtbot.assertNotEmitted(window.files_dropped):
        assert not send_drop(window, data)


def test_closing_is_told_once(window, qtbot):
    with qtbot.waitSignal(window.closed):
        window.close()


def test_every_panel_can_be_closed_and_brought_back(window):
    for dock in docks(window).values():
        shown = not dock.isHidden()
        dock.toggleViewAction().trigger()
        assert dock.isHidden() == shown
        dock.toggleViewAction().trigger()
        assert dock.isHidden() != shown


def test_a_layout_is_kept_put_back_and_reset(window):
    first = {name: dock.isHidden() for name, dock in docks(window).items()}
    docks(window)["energy"].hide()
    docks(window)["controls"].open()
    kept = window.layout_state()
    window.reset_layout()
    assert {name: dock.isHidden() for name, dock in docks(window).items()} == first
    assert window.set_layout_state(kept)
    assert docks(window)["energy"].isHidden()
    assert not docks(window)["controls"].isHidden()
    for rubbish in (b"", b"rubbish", kept.data()[: len(kept.data()) // 2]):
        window.set_layout_state(rubbish)
    window.reset_layout()
    assert {name: dock.isHidden() for name, dock in docks(window).items()} == first


def test_nothing_closed_is_built(window):
    assert [name for name, dock in docks(window).items() if dock.isHidden()] == [
        "controls",
        "couplings",
        "atlas",
        "why",
        "landscape",
        "basins",
        "boltzmann",
        "runs",
        "kept",
    ]
    assert not window.findChildren(Controls)
    assert not window.findChildren(CouplingsView)


@pytest.mark.parametrize(("size", "kept"), [((1280, 800), 0.85), ((1920, 1080), 1.0)])
def test_the_picture_stays_large_when_every_panel_is_open(window, qtbot, size, kept):
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() == size[0])
    side = picture_side(window)
    for dock in docks(window).values():
        if dock.isHidden():
            dock.open()
            qtbot.waitUntil(lambda dock=dock: dock.panel is not None)
    qtbot.wait(50)
    assert (window.width(), window.height()) == size
    assert picture_side(window) >= kept * side


def picture_side(window):
    """Return the side of the largest square picture that the pad has room for, in pixels."""
    room = window.pad.view.size()
    return min(room.width(), room.height())


def test_a_submenu_stands_at_the_top_of_its_menu(window):
    window.add_to_menu("&File", "More", [QAction("One", window)])
    first, line, *_ = window._menus["&File"].actions()
    assert first.text() == "More"
    assert [action.text() for action in first.menu().actions()] == ["One"]
    assert line.isSeparator()


def test_no_button_takes_the_focus_at_a_click(window):
    """Space stays the window's after every press."""
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not button.objectName().startswith("qt_"):
            assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus, (
                type(button).__name__,
                button.text() or button.accessibleName(),
            )


def test_everything_that_is_used_has_a_name(window):
    kinds = (QPushButton, QToolButton, QSlider, QSpinBox, QLineEdit)
    for widget in (each for kind in kinds for each in window.findChildren(kind)):
        if widget.isVisible() and not widget.objectName().startswith("qt_"):
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text or widget.toolTip(), widget


def test_tab_goes_round_and_reaches_sliders_boxes_and_lists(window, qtbot):
    window.activateWindow()
    window.pad.view.setFocus()
    qtbot.waitUntil(window.pad.view.hasFocus)
    reached = []
    for _ in range(120):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is window.pad.view:
            break
        reached.append(now)
    assert QApplication.focusWidget() is window.pad.view, "it never came round"
    names = {widget.accessibleName() for widget in reached}
    assert {"Share of the units to flip", "Seed of the damage", "Seed", "Speed"} <= names
    assert any(widget is window.gallery._view for widget in reached)


def test_the_arrows_move_the_picture_only_on_the_pad(window, qtbot):
    window.activateWindow()
    window.pad.view.setFocus()
    qtbot.waitUntil(window.pad.view.hasFocus)
    action = window.actions_by_name["left"]
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(window.pad.view, Qt.Key.Key_Left)
    slider = window.damage_bar.findChild(QSlider)
    slider.setFocus()
    with qtbot.assertNotEmitted(action.triggered):
        qtbot.keyClick(slider, Qt.Key.Key_Left)


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_fits_and_nothing_is_cut(window, qtbot, size, theme):
    window.show_theme(theme)
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() == size[0])
    assert (window.width(), window.height()) == size, "the content is larger than the window"
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            assert label.width() >= min(label.sizeHint().width(), label.minimumSizeHint().width())
    for button in (*window.findChildren(QPushButton), *window.findChildren(QToolButton)):
        if button.isVisible() and not button.objectName().startswith("qt_"):
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    assert np.asarray(window.pad.view.size().toTuple()).min() > size[1] // 3


def test_the_whole_window_finds_room_on_a_small_screen(window):
    # A laptop has 1366 × 768 pixels, and its bars and the window's title take some 70 of them.
    window.resize(1366, 768 - 70)
    assert (window.width(), window.height()) == (1366, 698)


def lone_tabs_in_sight(window):
    """The tabs of docks that are alone, where they would lie over the window."""
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    alone = [bar for bar in bars if bar.count() < 2 and not bar.isHidden()]
    return [bar for bar in alone if bar.geometry().intersects(window.rect())]


@pytest.mark.parametrize("way", ["made", "reset", "put back"])
def test_tabs_of_a_dock_that_is_alone_are_not_over_the_menus(qtbot, way):
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    if way != "made":
        qtbot.waitUntil(lambda: not lone_tabs_in_sight(window))
        window.reset_layout() if way == "reset" else window.set_layout_state(window.layout_state())
    qtbot.waitUntil(lambda: not lone_tabs_in_sight(window))
