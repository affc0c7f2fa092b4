"""The whole program in a test, and hands to use it with."""

from dataclasses import dataclass, replace
from math import inf

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QToolButton, QWidget
from shiboken6 import isValid

from hopgui.app import Lab
from hopgui.session.frame import Phase
from hopgui.session.library import first_session
from hopgui.session.session import Grid, Memory, blank_session, frozen

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
LONG = 20_000  # milliseconds: a machine may have to compile the kernels first


@dataclass
class Hands:
    """One lab, and a person's hands and eyes on it."""

    qtbot: object
    lab: Lab

    @property
    def window(self):
        return self.lab.window

    @property
    def pad(self):
        return self.lab.window.pad.view

    @property
    def frame(self):
        return self.lab.player.frame

    @property
    def session(self):
        return self.lab.document.session

    @property
    def shown(self):
        """What is on the pad: the same for the window, the player and the document's edits."""
        assert np.array_equal(self.lab.player.shown, self.lab.desk.session.pad)
        return self.lab.player.shown

    @property
    def status(self):
        return self.window.status.accessibleDescription()

    @property
    def names(self):
        return [memory.name for memory in self.session.memories]

    def at(self, cell):
        return self.pad.cell_centre(cell).toPoint()

    def key(self, key, modifier=PLAIN, on=None):
        target = on or QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, key, modifier)

    def press(self, cell, button=LEFT, modifier=PLAIN):
        self.qtbot.mousePress(self.pad, button, modifier, self.at(cell))

    def move(self, cell):
        self.qtbot.mouseMove(self.pad, self.at(cell))

    def release(self, cell, button=LEFT, modifier=PLAIN):
        self.qtbot.mouseRelease(self.pad, button, modifier, self.at(cell))

    def paint(self, *path, button=LEFT):
        self.press(path[0], button)
        for cell in path[1:]:
            self.move(cell)
        self.release(path[-1], button)

    def click(self, widget, where=None):
        self.qtbot.mouseClick(widget, LEFT, PLAIN, where or widget.rect().center())

    def button(self, name, inside=None):
        """The button that a screen reader would call by this name."""
        root = inside or self.window.transport
        return next(
            each for each in root.findChildren(QToolButton) if each.accessibleName() == name
        )

    def choose(self, action):
        """Choose a menu's entry."""
        assert self.window.actions_by_name[action].isEnabled(), action
        self.window.actions_by_name[action].trigger()

    def can(self, action):
        return self.window.actions_by_name[action].isEnabled()

    def panel(self, name):
        """Open a panel that is built when it is first seen."""
        dock = getattr(self.window.docks, name)
        dock.open()
        self.wait(lambda: dock.panel is not None and dock.panel.isVisible())
        QApplication.sendPostedEvents()  # its column finds its width, and the pad its place
        self.qtbot.wait(20)
        return dock.panel

    def dialog(self, kind=QDialog):
        """The dialog that stands before the window."""
        found = []

        def look():
            found[:] = [each for each in self.window.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(look)
        return found[0]

    def answer(self, dialog, key=Qt.Key.Key_Return):
        """Close a dialog by a key, and come back to the window as a window manager would."""
        self.qtbot.keyClick(dialog, key)
        self.wait(lambda: not isValid(dialog) or not dialog.isVisible())
        self.window.activateWindow()
        self.pad.setFocus()
        self.wait(self.pad.hasFocus)

    def wait(self, condition):
        self.qtbot.waitUntil(condition, timeout=LONG)

    def wait_for(self, phase):
        self.wait(lambda: self.frame.phase is phase)

    def settle(self):
        """Wait until a run has settled and the document holds what it settled in."""
        self.wait_for(Phase.SETTLED)
        self.wait(lambda: np.array_equal(self.session.pad, self.lab.player.shown))

    def recall(self):
        self.key(Qt.Key.Key_Space, on=self.pad)
        self.settle()

    def recall_again(self):
        run = self.frame.recording.run
        self.key(Qt.Key.Key_Space, on=self.pad)
        self.wait(lambda: self.frame.recording.run not in {run, 0})
        self.settle()

    def idle(self):
        """Wait until nobody looks for letters any more."""
        self.wait(lambda: not self.lab.runner._pulse.isActive())


def a_session(*pictures, grid=None, pad=None, **settings):
    """A document with these pictures as memories A, B, …"""
    grid = grid or Grid(pictures[0].shape[1], pictures[0].shape[0])
    memories = tuple(
        Memory(chr(65 + place), frozen(picture), place) for place, picture in enumerate(pictures)
    )
    session = replace(blank_session(grid), memories=memories, **settings)
    return session if pad is None else replace(session, pad=frozen(pad))


@pytest.fixture
def open_lab(qtbot, qapp, tmp_path):
    """Open labs; each is closed when the test ends."""
    opened = []

    def open_one(session=None, *, speed=inf, recovery=None, **kept):
        settings = QSettings(str(tmp_path / f"{len(opened)}.ini"), QSettings.Format.IniFormat)
        for name, value in {"speed": str(speed), "theme": "light", **kept}.items():
            settings.setValue(name, value)
        lab = Lab(qapp, session or first_session(), settings, recovery)
        opened.append(lab)
        lab.runner.warm()
        # A test's end asks nobody whether to save.
        qtbot.addWidget(lab.window, before_close_func=lambda window: window.hold(held=False))
        lab.window.resize(1280, 800)
        lab.window.show()
        qtbot.waitExposed(lab.window)
        lab.window.activateWindow()
        lab.window.pad.view.setFocus()
        qtbot.waitUntil(lab.window.pad.view.hasFocus)
        return Hands(qtbot, lab)

    yield open_one
    for lab in opened:
        lab.close()
    qapp.setStyleSheet("")  # widgets are built faster without one


@pytest.fixture
def hands(open_lab):
    """Hands on a lab as at the first start, but as fast as the machine goes."""
    return open_lab()


@pytest.fixture
def document():
    """Make a document of pictures."""
    return a_session


@pytest.fixture
def drop():
    """Drop files onto a widget, as a file manager does."""

    def drop_on(widget: QWidget, *paths):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle, copy = widget.rect().center(), Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPoint(middle), copy, data, LEFT, PLAIN)
        QApplication.sendEvent(widget, enter)
        if enter.isAccepted():
            QApplication.sendEvent(widget, QDropEvent(QPointF(middle), copy, data, LEFT, PLAIN))
        return enter.isAccepted()

    return drop_on


@pytest.fixture
def clipboard(qapp):  # noqa: ARG001 - a clipboard needs an application
    board = QGuiApplication.clipboard()
    board.clear()
    yield board
    board.clear()
