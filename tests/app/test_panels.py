"""Panels that are built when they are first seen: they come connected, and know what is."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget

from hopgui.app import Lab
from hopgui.model.choices import Rule, RuleKind
from hopgui.model.conventions import TEXTBOOK
from hopgui.session.library import first_session
from hopgui.ui.look.theme import DARK
from hopgui.ui.window.action_finder import ActionFinder


def texts(panel):
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def test_controls_come_with_the_choices_of_the_document(open_lab):
    session = replace(first_session(), conventions=TEXTBOOK)
    controls = open_lab(session, pause=4.0).panel("controls")
    assert controls._values.conventions == TEXTBOOK
    assert controls._repeat.findChild(QLineEdit).text().startswith("4")


def test_controls_choose_and_follow_the_document(hands):
    controls = hands.panel("controls")
    half = next(box for box in controls.findChildren(QCheckBox) if "½" in box.text())
    before = hands.session.conventions.half
    half.click()
    assert hands.session.conventions.half != before
    hands.choose("undo")
    assert hands.session.conventions.half == before
    assert half.isChecked() == before


def test_a_pause_is_remembered_whether_or_not_controls_were_ever_seen(open_lab):
    hands = open_lab(pause=3.0)
    assert hands.lab.player._repeat_pause == 3.0
    hands.panel("controls").repeat_pause_changed.emit(5.0)
    assert hands.lab.player._repeat_pause == 5.0
    assert hands.lab._preferences.pause == 5.0


def test_the_note_of_a_learning_is_there_when_controls_open(hands):
    hands.lab.desk.set_rule(Rule(RuleKind.PERCEPTRON, margin=1000.0))
    assert any("margin κ was not reached" in text for text in texts(hands.panel("controls")))


def test_couplings_come_with_the_matrix_of_now(hands):
    hands.paint((0, 0), (0, 9))
    hands.choose("store")
    view = hands.panel("couplings")
    hands.wait(lambda: view._matrix is not None)
    network = hands.lab.player.network
    assert np.array_equal(view._matrix.values, network.matrix())
    hands.choose("undo")
    hands.wait(lambda: view._matrix is not None)
    assert not np.array_equal(view._matrix.values, network.matrix())


def test_a_panel_is_found_by_its_name(hands):
    hands.choose("find")
    finder = hands.dialog(ActionFinder)
    hands.qtbot.keyClicks(finder.findChild(QLineEdit), "control")
    hands.qtbot.keyClick(finder.findChild(QLineEdit), Qt.Key.Key_Return)
    hands.wait(lambda: hands.window.docks.controls.panel is not None)
    assert hands.window.docks.controls.panel.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_panel_is_open_at_the_next_start(qtbot, qapp, tmp_path, theme):
    settings = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    settings.setValue("theme", theme)
    for start in range(2):
        lab = Lab(qapp, first_session(), settings)
        qtbot.addWidget(lab.window)
        lab.window.show()
        qtbot.waitExposed(lab.window)
        docks = lab.window.docks
        assert (docks.controls.panel is not None) == (start == 1)
        if start == 0:
            docks.controls.open()
            qtbot.waitUntil(lambda docks=docks: docks.controls.panel is not None)
        assert docks.controls.panel.isVisible()
        assert docks.couplings.panel is None
        assert (docks.controls._theme is DARK) == (theme == "dark")
        lab.window.close()
        QApplication.processEvents()
    qapp.setStyleSheet("")


class Windows(QObject):
    """Notes everything that is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(qapp, open_lab):
    windows = Windows()
    qapp.installEventFilter(windows)
    hands = open_lab()
    for name in ("controls", "couplings", "landscape", "basins"):
        hands.panel(name)
    qapp.removeEventFilter(windows)
    assert windows.shown == [hands.window]
    assert hands.window.isActiveWindow()
