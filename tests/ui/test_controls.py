import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLabel, QScrollArea, QToolButton

from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.ui.controls import Controls

ANY = st.builds(
    Conventions, st.sampled_from(Scale), st.booleans(), st.booleans(), st.sampled_from(Ties)
)


@pytest.fixture
def controls(qtbot):
    widget = Controls()
    qtbot.addWidget(widget)
    widget.resize(320, 900)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def heard(controls):
    said = []
    controls.conventions_changed.connect(said.append)
    controls.repeat_pause_changed.connect(said.append)
    return said


def word(controls, text) -> QToolButton:
    return next(each for each in controls.findChildren(QToolButton) if each.text() == text)


def switch(controls, text) -> QCheckBox:
    return next(each for each in controls.findChildren(QCheckBox) if text in each.text())


def plain(controls) -> list[str]:
    return [re.sub("<[^>]+>", "", label.text()) for label in controls.findChildren(QLabel)]


def presets(controls) -> list[str]:
    combo = controls.findChild(QComboBox)
    return [combo.itemText(row) for row in range(combo.count())]


def click(widget):
    # A check box answers on its mark and its word, not on the empty rest of its row.
    where = widget.rect().center()
    where.setX(min(where.x(), 10))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


def test_it_starts_with_the_article(controls):
    assert controls.findChild(QComboBox).currentText() == "Article"
    assert presets(controls) == ["Article", "Textbook"]


@pytest.mark.parametrize(
    ("press", "chosen"),
    [
        (lambda c: word(c, "1 / N"), Conventions(scale=Scale.UNITS)),
        (lambda c: switch(c, "Self"), Conventions(self_connections=False)),
        (lambda c: switch(c, "½"), Conventions(half=True)),
        (lambda c: word(c, "keep"), Conventions(ties=Ties.KEEP)),
        (lambda c: word(c, "random"), Conventions(ties=Ties.RANDOM)),
    ],
)
def test_each_switch_changes_its_own_convention(controls, heard, press, chosen):
    click(press(controls))
    assert heard == [chosen]
    assert controls.findChild(QComboBox).currentText() == "Own"


def test_a_preset_is_chosen_by_keyboard(controls, heard):
    combo = controls.findChild(QComboBox)
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert heard == [TEXTBOOK]
    assert combo.currentText() == "Textbook"


def test_switch_by_switch_to_the_textbook(controls, heard):
    for button in (word(controls, "1 / N"), switch(controls, "Self"), switch(controls, "½")):
        click(button)
        assert presets(controls) == ["Article", "Textbook", "Own"]
    click(word(controls, "keep"))
    assert heard[-1] == TEXTBOOK
    assert controls.findChild(QComboBox).currentText() == "Textbook"
    assert presets(controls) == ["Article", "Textbook"]


def test_pressing_what_is_chosen_says_nothing(controls, heard):
    click(word(controls, "1 / P"))
    click(word(controls, "−1"))
    assert heard == []


@settings(max_examples=24, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY)
def test_showing_says_nothing_and_shows_all(controls, heard, conventions):
    controls.show_conventions(conventions)
    assert heard == []
    assert word(controls, "1 / P").isChecked() == (conventions.scale is Scale.MEMORIES)
    assert switch(controls, "Self").isChecked() == conventions.self_connections
    assert switch(controls, "½").isChecked() == conventions.half
    assert word(controls, "random").isChecked() == (conventions.ties is Ties.RANDOM)
    own = conventions not in {ARTICLE, TEXTBOOK}
    assert ("Own" in presets(controls)) == own


def test_formulas_follow_the_choice(controls):
    assert {"wij = (1/P) Σμ ξiμ ξjμ", "wii = 1", "E = −Σij wij xi xj"} <= set(plain(controls))
    controls.show_conventions(TEXTBOOK)
    assert {"wij = (1/N) Σμ ξiμ ξjμ", "wii = 0", "E = −½ Σij wij xi xj"} <= set(plain(controls))
    controls.show_conventions(Conventions(scale=Scale.UNITS))
    assert "wii = P/N" in plain(controls)


def test_random_ties_come_with_a_warning(controls):
    assert not any("never settle" in text for text in plain(controls))
    click(word(controls, "random"))
    assert any("may never settle" in text for text in plain(controls))


def test_the_pause_of_repeat(qtbot, controls, heard):
    pause = controls.findChild(QDoubleSpinBox)
    controls.show_pause(2.5)
    assert (pause.value(), heard) == (2.5, [])
    pause.setFocus()
    pause.selectAll()
    qtbot.keyClicks(pause, pause.locale().toString(4.5, "f", 1))
    qtbot.keyClick(pause, Qt.Key.Key_Return)
    assert heard == [4.5]
    for _ in range(20):
        qtbot.keyClick(pause, Qt.Key.Key_Up)
    assert pause.value() == 10.0


def test_a_short_dock_scrolls(qtbot, controls):
    controls.resize(280, 200)
    qtbot.wait(1)
    area = controls.findChild(QScrollArea)
    assert controls.height() == 200
    assert area.verticalScrollBar().maximum() > 0
    assert area.widget().width() <= area.viewport().width()
