"""A tour of the window: each part used once, so that what is kept for the next time is kept."""

import time

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QToolButton,
)

from hopgui.app import Lab
from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Update
from hopgui.session.library import first_session
from hopgui.session.session import Grid, blank_session
from hopgui.ui.parts.job_strip import JobStrip
from hopgui.ui.parts.segmented import Segmented

DIALOGS = ("find", "about", "new", "resize", "export", "import_letters")
THEMES = ("theme_dark", "theme_light")


def go_around(lab: Lab) -> None:
    """Use each part once, and end where a start begins.

    That keeps the compiled loops of every rule, energy, order of updates and panel, the letters of
    every font, the icons of both themes, and what Qt loads with its first dialog for files.
    """
    _recall_in_every_way(lab)
    actions = lab.window.findChildren(QAction)
    for action in actions:
        if action.objectName().startswith("set_") or action.objectName() in THEMES:
            action.trigger()
            linger(0.02)
    _use_every_panel(lab)
    lab.desk.open(first_session())
    lab.desk.recall()  # a run can be exported too
    linger(0.3)
    for name in DIALOGS:
        _turn_over(lab, name)
    files = QFileDialog(lab.window)
    files.open()
    linger(0.3)
    files.reject()
    files.deleteLater()
    lab.window.docks.reset_layout()
    lab.desk.open(first_session())


def linger(seconds: float) -> None:
    """Let the window and its threads go on for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def dialogs() -> list[QDialog]:
    """Return the dialogs that stand before the window, the foremost last."""
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]


def _recall_in_every_way(lab: Lab) -> None:
    desk = lab.desk
    choices = (
        *((desk.set_rule, Rule(kind)) for kind in RuleKind),
        *((desk.set_energy, Energy(kind)) for kind in EnergyKind),
        (desk.set_energy, Energy()),
        *((desk.set_dynamics, Dynamics(update)) for update in Update),
        (desk.set_dynamics, Dynamics(temperature=100.0)),
    )
    for choose, choice in choices:
        desk.open(first_session())
        choose(choice)
        desk.recall()
        linger(0.2)


def _use_every_panel(lab: Lab) -> None:
    """Turn every page and begin every computation, on the letters and on a grid of few states."""
    for action in lab.window.docks.actions():
        if not action.isChecked():
            action.trigger()
        linger(0.2)
    for session in (first_session(), blank_session(Grid(4, 4))):
        lab.desk.open(session)
        lab.window.actions_by_name["random"].trigger()
        lab.window.actions_by_name["store"].trigger()
        lab.desk.recall()
        linger(0.3)
        for choice in lab.window.findChildren(Segmented):
            for button in choice.findChildren(QToolButton):
                button.click()
                linger(0.1)
        for strip in lab.window.findChildren(JobStrip):
            strip.begin_button.click()
            linger(2.0)
            strip.cancelled.emit()
            linger(0.1)


def _turn_over(lab: Lab, name: str) -> None:
    """Look at everything that a dialog offers."""
    lab.window.actions_by_name[name].trigger()
    linger(0.05)
    dialog = dialogs()[-1]
    for listed in dialog.findChildren(QListWidget):
        for row in range(listed.count()):
            listed.setCurrentRow(row)
            linger(0.02)
    for box in dialog.findChildren(QComboBox):
        for row in range(box.count()):
            box.setCurrentIndex(row)
            linger(0.01)
    dialog.accept() if name == "import_letters" else dialog.reject()
    linger(0.3)
    for each in dialogs():
        each.reject()
