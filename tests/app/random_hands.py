"""Hands that do anything to the window, by dice: paint, click, press keys, choose, answer."""

import faulthandler
import time
import traceback

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QWidget,
)
from shiboken6 import isValid
from tour import dialogs, linger

from hopgui.app import Lab
from hopgui.session.history import History
from hopgui.session.library import first_session
from hopgui.session.session import Grid, blank_session

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
MIDDLE = Qt.MouseButton.MiddleButton
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
# These end the program, or open a dialog of the system that nobody here can answer.
UNTOUCHED = {
    *("quit", "import", "import_folder", "full_screen", "present"),
    *("open", "save", "save_as", "revert"),
}
# These take so long (a style sheet for the whole window) that they come by seldom.
SELDOM = {"theme_light", "theme_dark", "theme_system", "reset_layout"}
KEYS = [
    *(Qt.Key(key) for key in range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
    *(Qt.Key(key) for key in range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)),
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_F2,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
    Qt.Key.Key_Comma,
    Qt.Key.Key_Period,
    Qt.Key.Key_BracketLeft,
    Qt.Key.Key_BracketRight,
]
LONGEST_ROUND = 400  # events between two new beginnings
MOST_ANSWERS = 8
DRAWN = 0.08
STANDSTILL = 120  # seconds


class RandomHands:
    """One window, and hands that do anything.

    Parameters
    ----------
    lab
        The program.
    seed
        Of the events.

    Attributes
    ----------
    faults
        What went wrong, with the last events before it.
    """

    def __init__(self, lab: Lab, seed: int) -> None:
        self.lab = lab
        self.rng = np.random.default_rng(seed)
        self.faults: list[str] = []
        self.done = 0
        self._recent: list[str] = []
        self._down: Qt.MouseButton | None = None
        self._deeds = {
            self.draw: 30,
            self.wheel: 4,
            self.click_somewhere: 16,
            self.press_key: 20,
            self.choose: 18,
            self.choose_seldom: 0.1,
            self.undo_or_redo: 6,
            self.resize: 1,
            self.open_a_set: 0.5,
            self.wait: 1.5,
        }
        names = lab.window.actions_by_name.all()
        known = [each for each in names if each.objectName() not in UNTOUCHED]
        self._seldom = [each for each in known if each.objectName() in SELDOM]
        self._actions = [each for each in known if each.objectName() not in SELDOM]
        sets = [a for a in lab.window.findChildren(QAction) if a.objectName().startswith("set_")]
        self._sets = sets
        self._watching = True
        self._watch()
        docks = lab.window.docks.actions()
        self._actions += docks

    @property
    def window(self) -> QWidget:
        return self.lab.window

    @property
    def pad(self) -> QWidget:
        return self.lab.window.pad.view

    def go(self, events: int) -> None:
        """Do so many random things."""
        deeds, weights = list(self._deeds), np.array(list(self._deeds.values()), float)
        order = self.rng.choice(len(deeds), events, p=weights / weights.sum())
        for number, which in enumerate(order.tolist()):
            if number % LONGEST_ROUND == LONGEST_ROUND - 1:
                self.begin_anew()
            try:
                deeds[which]()
                # Events come in bursts: the window is drawn after a few of them.
                if self.rng.random() < DRAWN:
                    QApplication.processEvents()
                self.answer()
            except Exception:  # noqa: BLE001 - this is what is looked for
                self.fault(traceback.format_exc())
            self.done += 1

    def fault(self, what: str) -> None:
        last = "\n".join(self._recent[-12:])
        self.faults.append(f"after {self.done} events:\n{last}\n{what}")

    def note(self, what: str) -> None:
        # A window that stands still for so long ends the soak, and tells where it stands.
        faulthandler.dump_traceback_later(STANDSTILL, exit=True)
        self._recent.append(what)
        del self._recent[:-40]

    # What hands do

    def draw(self) -> None:
        """Press, move or let go on the pad, within it and a little beyond."""
        spot = self._spot(self.pad, beyond=10)
        if self._down is None:
            self._down = self._one([LEFT, LEFT, LEFT, RIGHT, MIDDLE])
            modifier = self._one([PLAIN] * 6 + [SHIFT, ALT, CONTROL])
            self.note(f"press {self._down.name} {modifier.name} at {spot}")
            QTest.mousePress(self.pad, self._down, modifier, spot)
        elif self.rng.random() < 0.7:
            self.note(f"move to {spot}")
            QTest.mouseMove(self.pad, spot)
        else:
            self.let_go(spot)

    def let_go(self, spot: QPoint | None = None) -> None:
        if self._down is not None:
            self.note(f"let go at {spot}")
            QTest.mouseRelease(self.pad, self._down, PLAIN, spot or self.pad.rect().center())
            self._down = None

    def wheel(self) -> None:
        """Turn the wheel over any part of the window."""
        target = self._somewhere()
        spot = QPointF(self._spot(target))
        turn = QPoint(0, int(self.rng.choice([-240, -120, 120, 240])))
        self.note(f"wheel {turn.y()} over {target.metaObject().className()}")
        event = QWheelEvent(
            spot,
            QPointF(target.mapToGlobal(spot.toPoint())),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            PLAIN,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)

    def click_somewhere(self) -> None:
        """Click, double-click or drag on any part of the window but its menu bar."""
        target = self._somewhere()
        spot = self._spot(target)
        self.note(f"click {target.metaObject().className()} {target.accessibleName()} at {spot}")
        kind = self.rng.random()
        if kind < 0.1:
            QTest.mouseDClick(target, LEFT, PLAIN, spot)
        elif kind < 0.2:
            QTest.mouseClick(target, RIGHT, PLAIN, spot)
        elif kind < 0.4 and isinstance(target, QAbstractSlider):
            QTest.mousePress(target, LEFT, PLAIN, spot)
            QTest.mouseMove(target, self._spot(target))
            QTest.mouseRelease(target, LEFT, PLAIN, self._spot(target))
        else:
            QTest.mouseClick(target, LEFT, PLAIN, spot)

    def press_key(self) -> None:
        """Press a key where the focus is."""
        key = self._one(KEYS)
        modifier = self._one([PLAIN] * 12 + [SHIFT, SHIFT, ALT])
        target = QApplication.focusWidget()
        if target is None or not target.isVisible():
            target = self.pad  # no hand reaches a dialog that is closed, though it keeps the focus
        self.note(f"{modifier.name}+{key.name} on {target.metaObject().className()}")
        QTest.keyClick(target, key, modifier)

    def choose(self) -> None:
        """Choose any entry of the menus."""
        self._trigger(self._one(self._actions))

    def choose_seldom(self) -> None:
        self._trigger(self._one(self._seldom))

    def undo_or_redo(self) -> None:
        name = self._one(["undo", "undo", "redo"])
        self._trigger(self.lab.window.actions_by_name[name])

    def open_a_set(self) -> None:
        if self._sets:
            self._trigger(self._one(self._sets))

    def resize(self) -> None:
        """Give the window another size."""
        width, height = int(self.rng.integers(900, 1921)), int(self.rng.integers(640, 1081))
        self.note(f"resize to {width} × {height}")
        self.window.resize(width, height)

    def wait(self) -> None:
        """Let a run go on for a moment."""
        linger(self.rng.random() * 0.03)

    def answer(self) -> None:
        """Answer whatever stands before the window: after a few keys yes or no, in the end no."""
        for attempt in range(MOST_ANSWERS):
            if QApplication.activePopupWidget() is not None:
                self._answer_popup()
                continue
            standing = dialogs()
            if not standing:
                return
            self._answer_one(standing[-1], last=attempt + 3 > MOST_ANSWERS)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        for each in dialogs():
            self.note(f"close {each.metaObject().className()}")
            each.close()

    def _watch(self) -> None:
        """Answer menus that wait in a loop of their own: nobody but a timer can close them.

        Each look arranges for the next one first, since an answer may open another such menu.
        """
        if self._watching:
            QTimer.singleShot(30, self._watch)
            self._answer_popup()

    def stop(self) -> None:
        """Do nothing any more."""
        self._watching = False

    def _answer_popup(self) -> None:
        """Choose from a menu or a list that is open, or close it."""
        popup = QApplication.activePopupWidget()
        if popup is None:
            return
        self.note(f"answer {popup.metaObject().className()}")
        QTest.keyClick(popup, self._one([Qt.Key.Key_Down, Qt.Key.Key_Escape]))
        QTest.keyClick(popup, self._one([Qt.Key.Key_Return, Qt.Key.Key_Escape]))
        if isValid(popup) and QApplication.activePopupWidget() is popup:
            popup.close()

    def _answer_one(self, dialog: QDialog, *, last: bool) -> None:
        self.let_go()
        name = dialog.metaObject().className()
        if last or isinstance(dialog, QFileDialog) or self.rng.random() < 0.3:
            self.note(f"no to {name}")
            dialog.reject()
            return
        kinds = (QAbstractButton, QComboBox, QAbstractSlider)
        # A dialog for files that stands before this one is its child: with its Save, files would
        # come into being, and Qt would ask about the next of the same name until somebody answers.
        parts = [
            each
            for each in dialog.findChildren(QWidget)
            if isinstance(each, kinds) and each.window() is dialog
            if each.isVisible() and each.isEnabled()
        ]
        if parts and self.rng.random() < 0.7:
            part = self._one(parts)
            self.note(f"click {part.metaObject().className()} in {name}")
            QTest.mouseClick(part, LEFT, PLAIN, self._spot(part))
        else:
            key = self._one([*KEYS[:40], Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab])
            self.note(f"{key.name} in {name}")
            QTest.keyClick(dialog, key)

    def begin_anew(self) -> None:
        """Go back to the first document, as a person does now and then."""
        self.note("begin anew")
        self.let_go()
        self.lab.desk.open(first_session())
        self.window.resize(1280, 800)
        self.pad.setFocus()

    def come_to_rest(self) -> None:
        """Let go of all that may rightly be kept: history, runs, networks, zoom, open dialogs."""
        self.let_go()
        self.answer()
        self.lab.player.rest()
        for session in (blank_session(Grid(2, 2)), first_session()):
            self.lab.desk.open(session)
        self.lab.document._history = History(self.lab.document.session)
        self.lab._learning.teacher._kept.clear()  # two, each perhaps with a matrix
        self.lab.window.reset_layout()
        self.begin_anew()
        for _ in range(40):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.01)

    # Dice

    def _one(self, choices: list) -> object:
        return choices[int(self.rng.integers(len(choices)))]

    def _spot(self, widget: QWidget, beyond: int = 0) -> QPoint:
        width, height = max(1, widget.width()), max(1, widget.height())
        x, y = self.rng.integers((-beyond, -beyond), (width + beyond, height + beyond))
        return QPoint(int(x), int(y))

    def _somewhere(self) -> QWidget:
        """Return any part of the window that could be pointed at, its menu bar left out."""
        bar = self.lab.window.menuBar()
        everything = self.window.findChildren(QWidget)
        while True:
            part = self._one(everything)
            seen = part.isVisible() and part.isEnabled() and part.window() is self.window
            if seen and part is not bar and not bar.isAncestorOf(part):
                return part

    def _trigger(self, action: QAction) -> None:
        if action.isEnabled():
            self.note(f"choose {action.objectName() or action.text()}")
            action.trigger()
