"""What the controls say when something else is chosen."""

from dataclasses import replace

import pytest
from controlling import (
    BLANK,
    SESSION,
    choose,
    click,
    named,
    plain,
    preset,
    presets,
    says,
    switch,
    word,
    write,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from hopgui.model.choices import Dynamics, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import TEXTBOOK, Conventions, Scale, Ties
from hopgui.ui.controls import temperature
from hopgui.ui.parts.choice_box import ChoiceBox, SettingSlider


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
