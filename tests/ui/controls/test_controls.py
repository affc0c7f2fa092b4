"""What the controls show: every choice, its formula, and what goes with it."""

from dataclasses import replace

import pytest
from controlling import SESSION, click, named, plain, preset, presets, says, switch, word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import ARTICLE, TEXTBOOK, Conventions, Scale, Ties
from hopgui.ui.controls import temperature
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


def test_what_learning_came_to_is_said(controls):
    controls.show_learning_note("κ = 1 was not reached: least margin 0.43")
    assert says(controls, "least margin 0.43")
    controls.show_learning_note("")
    assert not says(controls, "least margin")


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
