"""Damage from the tool bar, by mouse and key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from hopgui.session.session import LARGEST_SEED, Damage
from hopgui.ui.window.damage_bar import DamageBar


@pytest.fixture
def flip(qapp):
    return QAction("flip", qapp)


@pytest.fixture
def bar(qtbot, qapp, flip):
    made = DamageBar(flip, [QAction(side, qapp) for side in ("left", "right")])
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.addWidget(made)
    row.addWidget(made.rest)
    qtbot.addWidget(holder)
    made.show_damage(Damage(20, 7))
    holder.show()
    yield made
    holder.close()


def shown(bar):
    return (
        bar.findChild(QSlider).value(),
        bar.rest.findChild(QSpinBox).value(),
        {label.text() for label in bar.findChildren(QLabel)},
    )


def test_showing_a_damage_says_nothing(bar, qtbot):
    with qtbot.assertNotEmitted(bar.percent_changed), qtbot.assertNotEmitted(bar.seed_changed):
        bar.show_damage(Damage(35, LARGEST_SEED))
    percent, seed, texts = shown(bar)
    assert (percent, seed) == (35, LARGEST_SEED)
    assert "35 %" in texts


def test_the_slider_speaks_by_key(bar, qtbot):
    slider = bar.findChild(QSlider)
    with qtbot.waitSignal(bar.percent_changed) as told:
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert told.args == [21]
    assert "21 %" in shown(bar)[2]
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert slider.value() == 100


def test_a_typed_seed_counts_when_it_is_entered(bar, qtbot):
    seed = bar.rest.findChild(QSpinBox)
    seed.setFocus()
    seed.selectAll()
    heard = []
    bar.seed_changed.connect(heard.append)
    qtbot.keyClicks(seed, "451")
    assert heard == []
    qtbot.keyClick(seed, Qt.Key.Key_Return)
    assert heard == [451]
    assert not seed.hasFocus(), "the keys go back to the window"


def test_the_button_triggers_the_action(bar, qtbot, flip):
    with qtbot.waitSignal(flip.triggered):
        qtbot.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_the_halves_are_in_the_menu(bar):
    menu = bar.rest.findChild(QToolButton).menu()
    assert [action.text() for action in menu.actions()] == ["left", "right"]


def test_everything_is_reached_by_tab_and_has_a_name(bar):
    for widget in (*bar.findChildren(QPushButton), *bar.rest.findChildren(QToolButton)):
        assert widget.focusPolicy() is Qt.FocusPolicy.TabFocus
        assert widget.accessibleName() or widget.text()
    for widget in (bar.findChild(QSlider), bar.rest.findChild(QSpinBox)):
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert widget.accessibleName()
