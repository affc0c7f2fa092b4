import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.session.session import Grid, Memory, blank_session
from hopgui.ui.controls import temperature
from hopgui.ui.controls.controls import Controls
from hopgui.ui.controls.values import values_of
from hopgui.ui.look.theme import DARK
from hopgui.ui.parts.choice_box import ChoiceBox, SettingSlider

CONVENTIONS = st.builds(
    Conventions, st.sampled_from(Scale), st.booleans(), st.booleans(), st.sampled_from(Ties)
)
SESSIONS = st.builds(
    lambda **choices: replace(SESSION, **choices),
    conventions=CONVENTIONS,
    rule=st.builds(
        Rule,
        st.sampled_from(RuleKind),
        st.sampled_from([0.0, 0.5, 3.0]),
        st.booleans(),
        st.integers(0, 10_000),
        st.sampled_from([0.0001, 0.01, 0.2]),
    ),
    energy=st.builds(Energy, st.sampled_from(EnergyKind), st.integers(2, 40)),
    dynamics=st.builds(
        Dynamics,
        st.sampled_from(Update),
        st.sampled_from([0.0, 0.46, 50.0, 1e6]),
        st.sampled_from([0.5, 0.95, 1.0]),
    ),
    trouble=st.builds(Trouble, st.booleans(), st.booleans()),
)
BLANK = blank_session(Grid(10, 10))
SESSION = replace(BLANK, memories=tuple(Memory(name, BLANK.pad, 0) for name in "ACHY"))


@pytest.fixture
def controls(qtbot):
    widget = Controls()
    qtbot.addWidget(widget)
    widget.resize(300, 2400)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_session(SESSION)
    return widget


@pytest.fixture
def heard(controls):
    said = []
    for signal in (
        controls.rule_changed,
        controls.energy_changed,
        controls.dynamics_changed,
        controls.conventions_changed,
        controls.trouble_changed,
        controls.repeat_pause_changed,
    ):
        signal.connect(said.append)
    return said


def named(controls, name, kind=QWidget):
    return next(each for each in controls.findChildren(kind) if each.accessibleName() == name)


def word(controls, text) -> QToolButton:
    return next(each for each in controls.findChildren(QToolButton) if each.text() == text)


def switch(controls, text) -> QCheckBox:
    return next(each for each in controls.findChildren(QCheckBox) if text in each.text())


def plain(controls) -> list[str]:
    seen = (label for label in controls.findChildren(QLabel) if label.isVisible())
    return [re.sub("<[^>]+>", "", label.text()) for label in seen]


def says(controls, text) -> bool:
    return any(text in each for each in plain(controls))


def preset(controls) -> ChoiceBox:
    return named(controls, "Preset of conventions")


def presets(controls) -> list[str]:
    return [preset(controls).itemText(row) for row in range(preset(controls).count())]


def click(widget):
    # A check box answers on its mark and its word, not on the empty rest of its row.
    where = widget.rect().center()
    where.setX(min(where.x(), 10))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=where)


def choose(box, text):
    """Choose a word of a box by keyboard."""
    box.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    while box.currentText() != text:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() > before


def write(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text.replace(".", box.locale().decimalPoint()))
    qtbot.keyClick(box, Qt.Key.Key_Return)


# What is shown


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SESSIONS)
def test_showing_says_nothing_and_shows_all(controls, heard, session):
    controls.show_session(session)
    assert heard == []
    conventions, rule = session.conventions, session.rule
    assert word(controls, "1 / P").isChecked() == (conventions.scale is Scale.MEMORIES)
    assert switch(controls, "Self-conn").isChecked() == conventions.self_connections
    assert switch(controls, "½").isChecked() == conventions.half
    assert word(controls, "random").isChecked() == (conventions.ties is Ties.RANDOM)
    assert ("Own" in presets(controls)) == (conventions not in {ARTICLE, TEXTBOOK})
    assert named(controls, "Energy").currentText().lower().startswith(session.energy.kind)
    assert named(controls, "Order n").value() == session.energy.order
    assert named(controls, "Margin κ").value() == rule.margin
    assert named(controls, "Dreams").value() == rule.dreams
    assert named(controls, "Strength ε").value() == rule.strength
    shown = named(controls, "Temperature T", temperature.TemperatureBox)
    assert shown.value() == session.dynamics.temperature
    assert named(controls, "Cooling per sweep").value() == session.dynamics.cooling
    assert switch(controls, "Negative").isChecked() == session.trouble.negative_own
    assert switch(controls, "One-way").isChecked() == session.trouble.one_way


RULES = {
    RuleKind.HEBB: ("wij = (1/P) Σμ aμ ξiμ ξjμ", "0.138 N"),
    RuleKind.PROJECTION: ("wij = Σμν ξiμ (Q+)μν ξjν", "N independent"),
    RuleKind.STORKEY: ("Δwij = (1/N) (ξi ξj&nbsp;&nbsp;− ξi hji − hij ξj)", "√(2 ln N)"),
    RuleKind.PERCEPTRON: ("ξiμ hi &lt; κ |wi| :Δwij ∝ ξiμ ξjμ", "0.96 N at κ = ½"),
    RuleKind.UNLEARNING: ("Δwij = −(ε/P) si sj", "Too many dreams destroy"),
}


@pytest.mark.parametrize("kind", RuleKind)
def test_each_rule_has_its_formula_its_capacity_and_only_its_own_parameters(controls, kind):
    controls.show_session(replace(SESSION, rule=Rule(kind)))
    formula, capacity = RULES[kind]
    assert formula in plain(controls)
    assert says(controls, capacity)
    assert named(controls, "Margin κ").isVisible() == (kind is RuleKind.PERCEPTRON)
    assert named(controls, "Dreams").isVisible() == (kind is RuleKind.UNLEARNING)
    own_scale = kind in {RuleKind.PROJECTION, RuleKind.STORKEY, RuleKind.PERCEPTRON}
    assert word(controls, "1 / N").isEnabled() == (not own_scale)
    assert says(controls, "has a scale of its own") == own_scale


def test_energies_have_their_formulas(controls):
    assert "E = −Σij wij xi xj" in plain(controls)
    controls.show_session(replace(SESSION, conventions=TEXTBOOK))
    assert "E = −½ Σij wij xi xj" in plain(controls)
    cubic = Energy(EnergyKind.POLYNOMIAL, 3)
    controls.show_session(replace(SESSION, conventions=TEXTBOOK, energy=cubic))
    assert "E = −½ (1/N2) Σμ Mμ3" in plain(controls)
    assert says(controls, "Scale of the energy")
    controls.show_session(replace(SESSION, energy=Energy(EnergyKind.EXPONENTIAL)))
    assert "E = −ln Σμ exp Mμ" in plain(controls)


@pytest.mark.parametrize("kind", [EnergyKind.POLYNOMIAL, EnergyKind.EXPONENTIAL])
def test_a_dense_energy_greys_what_it_does_not_use_and_says_why(controls, kind):
    controls.show_session(replace(SESSION, energy=Energy(kind)))
    polynomial = kind is EnergyKind.POLYNOMIAL
    assert not named(controls, "Learning rule", ChoiceBox).isEnabled()
    assert says(controls, "nothing to learn")
    assert not switch(controls, "Negative").isEnabled()
    assert not switch(controls, "One-way").isEnabled()
    assert says(controls, "no couplings to break")
    assert not switch(controls, "Self-conn").isEnabled()
    assert says(controls, "never asks the unit itself")
    assert switch(controls, "½").isEnabled()
    assert word(controls, "1 / N").isEnabled() == polynomial
    assert named(controls, "Order n").isVisible() == polynomial
    controls.show_session(SESSION)
    assert named(controls, "Learning rule", ChoiceBox).isEnabled()
    assert not says(controls, "nothing to learn")


def test_the_ghost_of_three_memories_is_announced(controls):
    for order, hint in ((2, "watch the ghost"), (3, "there again"), (4, "its inverse alike")):
        controls.show_session(replace(SESSION, energy=Energy(EnergyKind.POLYNOMIAL, order)))
        assert says(controls, hint)


def test_what_is_broken_is_said(controls, heard):
    assert says(controls, "can only fall, unless")
    click(switch(controls, "Negative"))
    click(switch(controls, "One-way"))
    assert heard == [Trouble(negative_own=True), Trouble(negative_own=True, one_way=True)]
    assert says(controls, "The theorem does not hold now")
    assert not switch(controls, "Self-conn").isEnabled()
    controls.show_session(replace(SESSION, rule=Rule(RuleKind.UNLEARNING)))
    assert not switch(controls, "Negative").isEnabled()
    assert says(controls, "no self-connections to turn round")


# Choosing


@pytest.mark.parametrize(
    ("press", "chosen"),
    [
        (lambda c: word(c, "1 / N"), Conventions(scale=Scale.UNITS)),
        (lambda c: switch(c, "Self-conn"), Conventions(self_connections=False)),
        (lambda c: switch(c, "½"), Conventions(half=True)),
        (lambda c: word(c, "keep"), Conventions(ties=Ties.KEEP)),
        (lambda c: word(c, "random"), Conventions(ties=Ties.RANDOM)),
    ],
)
def test_each_switch_changes_its_own_choice(controls, heard, press, chosen):
    click(press(controls))
    assert heard == [chosen]


def test_pressing_what_is_chosen_says_nothing(controls, heard):
    for text in ("1 / P", "−1"):
        click(word(controls, text))
    assert heard == []


def test_a_preset_is_chosen_by_keyboard(controls, heard):
    choose(preset(controls), "Textbook")
    assert heard == [TEXTBOOK]
    assert word(controls, "1 / N").isChecked()


def test_switch_by_switch_to_the_textbook(controls, heard):
    for button in (word(controls, "1 / N"), switch(controls, "Self-conn"), switch(controls, "½")):
        click(button)
        assert presets(controls) == ["Article", "Textbook", "Own"]
        assert preset(controls).currentText() == "Own"
    click(word(controls, "keep"))
    assert heard[-1] == TEXTBOOK
    assert preset(controls).currentText() == "Textbook"
    assert presets(controls) == ["Article", "Textbook"]


def test_a_rule_and_its_parameters(qtbot, controls, heard):
    choose(named(controls, "Learning rule", ChoiceBox), "Perceptron")
    assert heard[-1] == Rule(RuleKind.PERCEPTRON)
    write(qtbot, named(controls, "Margin κ"), "0.5")
    assert heard[-1] == Rule(RuleKind.PERCEPTRON, margin=0.5)
    click(switch(controls, "Rows learn"))
    assert heard[-1] == Rule(RuleKind.PERCEPTRON, margin=0.5, one_way=True)
    assert says(controls, "the energy may rise")
    choose(named(controls, "Learning rule", ChoiceBox), "Unlearning")
    write(qtbot, named(controls, "Dreams"), "250")
    write(qtbot, named(controls, "Strength ε"), "0.02")
    assert heard[-1] == Rule(RuleKind.UNLEARNING, 0.5, one_way=True, dreams=250, strength=0.02)


def test_what_is_unlearnt_by_hand_is_counted_and_can_be_taken_back(qtbot, controls):
    unlearning = replace(SESSION, rule=Rule(RuleKind.UNLEARNING))
    (button,) = (b for b in controls.findChildren(QPushButton) if "Take back" in b.text())
    for states, words in (
        (0, "weakens the state"),
        (1, "1 state is"),
        (1200, "1\u2009200 states are"),
    ):
        controls.show_session(replace(unlearning, unlearnt=(BLANK.pad,) * states))
        assert says(controls, words)
        assert button.isVisible() == (states > 0)
    with qtbot.waitSignal(controls.unlearnt_forgotten):
        click(button)


def test_the_order_by_box_and_by_slider(qtbot, controls, heard):
    choose(named(controls, "Energy"), "Polynomial, of order n")
    write(qtbot, named(controls, "Order n"), "30")
    slider = named(controls, "Order n, 2 to 6")
    assert slider.value() == 6
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert [energy.order for energy in heard] == [3, 30, 2]
    assert named(controls, "Order n").value() == 2


def test_the_order_of_the_updates(controls, heard):
    box = named(controls, "Order of the updates")
    for row, update in enumerate(Update.__members__.values()):
        controls.show_session(replace(SESSION, dynamics=Dynamics(update)))
        assert box.currentText()
        assert len({box.itemText(each) for each in range(5)}) == 5, row
    choose(box, "All at once (synchronous)")
    assert heard[-1] == Dynamics(Update.SYNC)


def test_the_temperature_is_told_at_every_step_of_a_drag(qtbot, controls, heard):
    slider = named(controls, "Temperature T", SettingSlider)
    rect = slider.rect()
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(7, rect.center().y()))
    for x in range(10, rect.width() - 4, 4):
        qtbot.mouseMove(slider, QPoint(x, rect.center().y()))
    told = [dynamics.temperature for dynamics in heard]
    assert len(told) > 20
    assert told == sorted(told)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(rect.right(), 10))
    # Under the article's conventions one memory of four melts near 2N/P = 50.
    assert heard[-1].temperature == pytest.approx(100, rel=0.1)
    assert says(controls, "nothing is ever settled")
    assert "P(xi = +1) = 1 / (1 + exp(−ΔEi/T))" in plain(controls)


def test_the_temperature_by_box(qtbot, controls, heard):
    box = named(controls, "Temperature T", temperature.TemperatureBox)
    write(qtbot, box, "0.46")
    assert heard == [Dynamics(temperature=0.46)]
    assert box.text() == "0.46".replace(".", box.locale().decimalPoint())
    write(qtbot, box, "0")
    assert heard[-1] == Dynamics()


def test_cooling_needs_something_to_cool(qtbot, controls, heard):
    cooling = named(controls, "Cooling per sweep")
    assert not cooling.isEnabled()
    controls.show_session(replace(SESSION, dynamics=Dynamics(temperature=2.0)))
    assert cooling.isEnabled()
    write(qtbot, cooling, "0.95")
    assert heard == [Dynamics(temperature=2.0, cooling=0.95)]
    assert "After each sweep: T ← 0.95 T" in plain(controls)


def test_steepest_has_no_temperature(controls, heard):
    controls.show_session(replace(SESSION, dynamics=Dynamics(Update.SYNC, 2.0)))
    choose(named(controls, "Order of the updates"), "One by one, steepest first")
    assert heard[-1] == Dynamics(Update.STEEPEST)
    assert not named(controls, "Temperature T", temperature.TemperatureBox).isEnabled()
    assert not named(controls, "Temperature T", SettingSlider).isEnabled()
    assert says(controls, "it has no temperature")


def test_the_pause_of_repeat(qtbot, controls, heard):
    pause = named(controls, "Pause between rounds")
    controls.show_pause(2.5)
    assert (pause.value(), heard) == (2.5, [])
    write(qtbot, pause, "4.5")
    assert heard == [4.5]
    for _ in range(20):
        qtbot.keyClick(pause, Qt.Key.Key_Up)
    assert pause.value() == 10.0


# Learning


def test_what_learning_came_to_is_said(controls):
    controls.show_learning_note("κ = 1 was not reached: least margin 0.43")
    assert says(controls, "least margin 0.43")
    controls.show_learning_note("")
    assert not says(controls, "least margin")


# Manners


def test_sections_fold(controls):
    title = next(
        each for each in controls.findChildren(QPushButton) if each.text() == "Conventions"
    )
    assert preset(controls).isVisible()
    click(title)
    assert not preset(controls).isVisible()
    click(title)
    assert preset(controls).isVisible()


def test_the_wheel_scrolls_the_page_and_changes_nothing(controls, heard):
    controls.setFocus()
    for box in (*controls.findChildren(ChoiceBox), *controls.findChildren(SettingSlider)):
        middle = QPointF(box.rect().center())
        event = QWheelEvent(
            middle,
            QPointF(box.mapToGlobal(box.rect().center())),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        if not box.hasFocus():
            QApplication.sendEvent(box, event)
    assert heard == []


@pytest.mark.parametrize("kind", RuleKind)
def test_a_short_and_narrow_dock_scrolls(qtbot, controls, kind):
    controls.show_theme(DARK)
    controls.show_session(
        replace(SESSION, rule=Rule(kind), energy=Energy(), dynamics=Dynamics(temperature=1.0))
    )
    controls.resize(280, 200)
    qtbot.wait(1)
    area = controls.findChild(QScrollArea)
    assert controls.height() == 200
    assert area.verticalScrollBar().maximum() > 0
    assert area.widget().width() <= area.viewport().width()


# The slider's scale


@given(st.integers(0, temperature.LAST), st.floats(1e-3, 1e12))
def test_positions_and_temperatures_belong_together(position, highest):
    value = temperature.temperature(position, highest)
    assert 0 <= value <= highest * 1.005
    assert temperature.position(value, highest) == pytest.approx(position, abs=1)


@pytest.mark.parametrize(
    ("changes", "span"),
    [
        ({}, 50),  # 2N/P
        ({"conventions": TEXTBOOK}, 1),
        ({"rule": Rule(RuleKind.PROJECTION)}, 2),
        ({"energy": Energy(EnergyKind.POLYNOMIAL, 3)}, 7500),  # 3N²/P
        ({"energy": Energy(EnergyKind.POLYNOMIAL, 3), "conventions": TEXTBOOK}, 1.5),
        ({"energy": Energy(EnergyKind.EXPONENTIAL)}, 1),
    ],
)
def test_the_slider_reaches_as_far_as_the_energy_does(changes, span):
    assert values_of(replace(SESSION, **changes)).span == span
    assert 2 * span <= temperature.top(span) < 5.01 * span
