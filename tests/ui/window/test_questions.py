"""The dialogs that stand before the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QProxyStyle,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
)

from hopgui import __version__
from hopgui.session.carry import Carry
from hopgui.session.session import Grid, blank_session
from hopgui.ui.look import style
from hopgui.ui.look.theme import LIGHT
from hopgui.ui.window.action_finder import ActionFinder
from hopgui.ui.window.failure import show_failure
from hopgui.ui.window.grid_dialog import GridDialog
from hopgui.ui.window.main_window import MainWindow
from hopgui.ui.window.questions import Questions


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def questions(window):
    return Questions(window)


@pytest.fixture
def dialog(window, qtbot):
    def find(kind=QDialog):
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(kind)))
        return next(each for each in window.findChildren(kind) if each.isVisible())

    return find


@pytest.fixture
def session():
    return blank_session(Grid(8, 5))


def test_a_new_grid_is_handed_over(questions, dialog, session, qtbot):
    questions.ask_new(session)
    asked = dialog(GridDialog)
    asked.findChildren(QSpinBox)[0].setValue(30)
    with qtbot.waitSignal(questions.grid_chosen) as told:
        qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert told.args == [Grid(30, 5)]


def test_another_size_comes_with_how_to_carry(questions, dialog, session, qtbot):
    questions.ask_size(session)
    asked = dialog(GridDialog)
    asked.findChildren(QSpinBox)[1].setValue(6)
    asked.findChildren(QRadioButton)[1].setChecked(True)
    with qtbot.waitSignal(questions.size_chosen) as told:
        qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert told.args == [Grid(8, 6), Carry.RESAMPLE]


@pytest.mark.parametrize("ask", ["ask_new", "ask_size"])
def test_escape_hands_over_nothing(questions, dialog, session, qtbot, ask):
    getattr(questions, ask)(session)
    with (
        qtbot.assertNotEmitted(questions.grid_chosen),
        qtbot.assertNotEmitted(questions.size_chosen),
    ):
        qtbot.keyClick(dialog(GridDialog), Qt.Key.Key_Escape)


def test_dialogs_leave_the_window_responsive_and_are_gone_when_closed(
    questions, dialog, window, qtbot
):
    questions.about()
    box = dialog(QMessageBox)
    assert __version__ in box.text()
    box.close()
    questions.find_action()
    finder = dialog(ActionFinder)
    finder.close()
    qtbot.waitUntil(lambda: not window.findChildren(QDialog))


def test_the_finder_knows_every_action_of_the_window(questions, dialog, window):
    questions.find_action()
    finder = dialog(ActionFinder)
    known = [*window.actions_by_name.all(), *window.docks.actions()]
    assert finder._list.count() == len(known)
    assert finder._list.findItems("Couplings", Qt.MatchFlag.MatchExactly)
    finder.close()


def test_a_failure_leaves_the_window_usable_and_its_details_are_copied(window, qtbot, qapp):
    box = show_failure(window, "<b>it</b> broke", "Traceback: it")
    assert not box.isModal()
    assert box.textFormat() is Qt.TextFormat.PlainText
    copy = next(each for each in box.findChildren(QPushButton) if each.text() == "Copy details")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "Traceback: it"
    assert box.isVisible()
    assert box.icon() is QMessageBox.Icon.NoIcon, "its sign is one of the window's own"
    assert not box.iconPixmap().isNull()
    assert box.defaultButton().text() == "Close", "Return closes it, and does nothing else"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))


def test_the_default_button_of_a_message_has_room_for_its_word(window, qapp, qtbot):
    style.apply(qapp, LIGHT)
    box = QMessageBox(window)
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    button = box.button(QMessageBox.StandardButton.Ok)
    assert button.isDefault()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    contents = button.style().subElementRect(
        QStyle.SubElement.SE_PushButtonContents, option, button
    )
    assert contents.width() >= button.fontMetrics().horizontalAdvance(button.text())
    box.close()
    qapp.setStyleSheet("")


class UnixStyle(QProxyStyle):
    """A style that puts the toolkit's pictures on the buttons of dialogs, as desktops ask for."""

    def styleHint(self, hint, option=None, widget=None, result=None):
        if hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 1
        return super().styleHint(hint, option, widget, result)


@pytest.mark.parametrize("dressed", [False, True])
def test_the_buttons_of_dialogs_have_none_of_the_toolkits_pictures(dressed, qapp, qtbot):
    if dressed:
        style.apply(qapp, LIGHT)
    buttons = QDialogButtonBox()
    qtbot.addWidget(buttons)
    unix = UnixStyle("Fusion")
    buttons.setStyle(unix)
    save = buttons.addButton(QDialogButtonBox.StandardButton.Save)
    assert save.icon().isNull() is dressed
    qapp.setStyleSheet("")
