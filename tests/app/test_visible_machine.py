"""The fully visible machine in the whole window: learnt, used on the pad, saved, and taken back."""

import numpy as np
import pytest
import rbm_reference as reference
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QMessageBox,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
)
from visible_reference import slow_law

from hopgui.model.boltzmann import visible
from hopgui.model.boltzmann.datasets import bars_and_stripes
from hopgui.model.boltzmann.visible_network import VisibleNetwork
from hopgui.model.boltzmann.walsh import number_of
from hopgui.model.choices import Dynamics, EnergyKind, Update
from hopgui.model.why import margins
from hopgui.session import store
from hopgui.session.any_training import MachineKind
from hopgui.session.session import Grid
from hopgui.session.training import DataKind
from hopgui.session.visible_training import Start, VisibleTraining
from hopgui.ui.boltzmann.matching_curve import Curve
from hopgui.ui.boltzmann.view import Page
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.segmented import Segmented

RNG = np.random.default_rng(3)


def open_panel(hands):
    hands.choose("boltzmann")
    view = hands.panel("boltzmann")
    hands.click(view.controls._machines.button(MachineKind.VISIBLE))
    return view


def choose_data(view, kind):
    view.controls._data.show_choice(kind)
    view.controls._choose_data(kind)


def train(hands, view):
    hands.click(view.strip.begin_button)
    idle(hands, view)


def idle(hands, view):
    hands.qtbot.waitUntil(lambda: view.strip.begin_button.text() == "Train", timeout=60_000)


def button(view, text):
    return next(each for each in view.findChildren(QPushButton) if each.text() == text)


def pictures(count, side=3):
    return [RNG.choice(np.array([-1, 1], np.int8), (side, side)) for _ in range(count)]


@pytest.fixture
def trained(open_lab, document):
    """Hands on a pad of 2 × 2 and a machine that has learnt bars and stripes a little."""
    hands = open_lab(document(grid=Grid(2, 2)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls.visible._steps.setValue(30)
    train(hands, view)
    hands.wait(button(view, "Dream").isEnabled)
    return hands, view


def test_the_whole_story(trained):
    hands, view = trained
    training = hands.session.training
    assert training.finished
    chances, _ = slow_law(training.machine)
    brute = np.log(chances[number_of(bars_and_stripes(2, 2).units)]).mean()
    assert training.curve[-1].log_likelihood == pytest.approx(brute)
    shown = view._matching.words().split()[1].replace("\u2212", "-")
    assert float(shown) == pytest.approx(brute, abs=5e-4)
    assert hands.session.energy.kind is EnergyKind.BOLTZMANN
    assert isinstance(hands.lab.player.network, VisibleNetwork)
    hands.lab.desk.recall()
    hands.settle()
    state = hands.frame.state.ravel()
    assert hands.frame.energy == pytest.approx(float(training.machine.energy(state)), abs=1e-6)
    assert not hands.frame.unstable.any()
    while hands.can("undo"):
        hands.choose("undo")
    assert hands.session.training is None
    assert not isinstance(hands.lab.player.network, VisibleNetwork)
    while hands.can("redo"):
        hands.choose("redo")
    assert isinstance(hands.lab.player.network, VisibleNetwork)
    assert hands.lab.player.network.machine is training.machine


def test_recalls_at_its_own_temperature_have_the_machines_law(trained):
    hands, _view = trained
    network, session = hands.lab.player.network, hands.session
    run = network.start(
        session.pad.ravel(), rng=np.random.default_rng(4), dynamics=Dynamics(Update.ASYNC, 1.0)
    )
    seen = []
    for _ in range(5000):
        run.advance(4000)  # a thousand sweeps: the wells of a learnt machine are deep
        seen.append(run.state.copy())
    chances, _ = slow_law(session.training.machine)
    assert reference.surprise(-np.array(seen), chances) > 1e-3


def test_pinned_units_stay_while_it_dreams(trained):
    hands, view = trained
    pad = np.array([[1, 1], [-1, -1]], np.int8)
    hands.lab.desk.put(pad)
    hands.lab.desk.pin(np.array([0, 1]), pinned=True)
    hands.click(button(view, "Dream"))
    hands.settle()
    hands.lab.desk.put(pad)
    hands.lab.desk.recall()
    hands.settle()
    assert (hands.shown[0] == 1).all()


def test_mean_field_recall_leaves_no_mean_in_doubt(trained):
    hands, view = trained
    machine = hands.session.training.machine
    hands.lab.desk.put(np.array([[1, 1], [1, -1]], np.int8))
    hands.lab.desk.pin(np.array([3]), pinned=True)
    hands.wait(button(view, "Mean field").isEnabled)
    hands.click(button(view, "Mean field"))
    means = hands.shown.ravel().astype(float)
    assert means[3] == -1
    for _ in range(2000):
        for unit in range(3):
            means[unit] = np.tanh(machine.bias[unit] + machine.couplings[unit] @ means)
    assert np.array_equal(hands.shown.ravel(), np.where(means > 0, 1, -1))


def test_moments_come_onto_the_diagonal(trained):
    hands, view = trained
    assert not view._pages.button(Page.FILTERS).isVisible()
    chart = view._moments
    assert len(chart._pairs) == 6
    assert len(chart._single) == 4
    before = np.abs(chart._pairs[:, 0] - chart._pairs[:, 1]).max()
    view.controls.visible._steps.setValue(1500)
    train(hands, view)
    data = visible.moments_of(bars_and_stripes(2, 2).units)
    above = np.triu_indices(4, 1)
    np.testing.assert_allclose(chart._pairs[:, 0], data.pairs[above])
    after = np.abs(chart._pairs[:, 0] - chart._pairs[:, 1]).max()
    assert after < before
    assert after < 0.001
    assert "6 moments" in chart.toolTip()


def test_its_dreams_and_its_mismatch_are_shown(trained):
    hands, view = trained
    hands.click(view._pages.button(Page.DREAMS))
    wall = view._dream_wall
    hands.wait(lambda: bool(wall._images))
    hands.click(wall, wall.place(1).center())
    assert np.array_equal(hands.shown.ravel(), hands.session.training.dreams[1])
    view._matching._choice.show_choice(Curve.MISMATCH)
    view._matching._choose(Curve.MISMATCH)
    assert "0 is the best of all pairwise machines" in view._matching.words()


def test_its_couplings_are_those_of_the_panel(trained):
    hands, _view = trained
    panel = hands.panel("couplings")
    machine = hands.session.training.machine
    hands.wait(lambda: panel._matrix is not None)
    np.testing.assert_allclose(panel._matrix.values, machine.couplings, atol=1e-6)


def test_every_panel_bears_a_machine_with_biases(open_lab, document):
    hands = open_lab(document(*pictures(4)))
    view = open_panel(hands)
    view.controls.visible._steps.setValue(50)
    train(hands, view)
    assert hands.session.training.machine.bias.any()
    why = hands.panel("why")
    hands.move((1, 1))
    hands.wait(lambda: why.said.startswith("unit (1, 1) is "))
    machine, state = hands.session.training.machine, hands.shown.ravel()
    network = hands.lab.player.network
    expected = machine.fields(state) * state
    np.testing.assert_allclose(margins(network, state), expected, atol=1e-7)
    for name in ("controls", "atlas", "landscape", "basins", "couplings", "runs"):
        hands.panel(name)
        hands.qtbot.wait(300)
        hands.move((0, 0))
        hands.move((1, 1))
    hands.recall()
    assert not hands.window.findChildren(QMessageBox)


def test_it_starts_as_the_network_of_the_memories(open_lab, document):
    stored = [pictures(1)[0] for _ in range(3)]
    for picture in stored[1:]:
        picture[:2] = stored[0][:2]  # alike, so that they melt later than a memory alone
    hands = open_lab(document(*stored))
    view = open_panel(hands)
    controls = view.controls.visible
    network = hands.lab.player.network
    couplings = np.array([network.couplings_of(unit) for unit in range(9)])
    np.fill_diagonal(couplings, 0)
    # With the article's energy, twice the textbook's, it melts at twice the largest eigenvalue.
    temperature = controls._temperature.value()
    assert temperature == pytest.approx(2 * np.linalg.eigvalsh(couplings)[-1], abs=0.01)
    expected = visible.from_network(network, temperature)
    controls._steps.setValue(1)
    controls._rate.setValue(0.0001)
    controls._last_rate.setValue(0.0001)
    train(hands, view)
    learnt = hands.session.training.machine.couplings
    np.testing.assert_allclose(learnt, expected.couplings, atol=3e-4)
    # Once more, while the machine is on the pad: it still starts from the memories.
    train(hands, view)
    np.testing.assert_array_equal(hands.session.training.machine.couplings, learnt)


def test_it_is_saved_and_comes_back_byte_for_byte(trained, open_lab, tmp_path):
    hands, _view = trained
    path = tmp_path / "it.hopgui"
    store.write(path, hands.session)
    again = store.read(path)
    assert store.encode(again) == path.read_bytes()
    others = open_lab(again)
    assert isinstance(others.lab.player.network, VisibleNetwork)
    others.choose("boltzmann")
    view = others.panel("boltzmann")
    assert view.controls.machine is MachineKind.VISIBLE
    assert "below the best" in view._matching.words()
    assert len(view._moments._pairs) == 6


def test_it_is_paused_called_off_and_gone_on_with(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls.visible._steps.setValue(1_000_000)
    hands.click(view.strip.begin_button)
    hands.wait(lambda: hands.lab._boltzmann._training is not None)
    hands.click(view.strip.begin_button)
    assert view.strip.begin_button.text() == "Go on"
    hands.click(view.strip._cancel)
    idle(hands, view)
    done = hands.session.training.done
    assert 0 <= done < 1_000_000
    hands.click(button(view, "Train on"))
    hands.wait(lambda: hands.lab._boltzmann._training.done > done)
    hands.click(view.strip._cancel)
    idle(hands, view)
    assert hands.session.training.done > done


def test_more_units_than_can_be_summed_are_sampled(open_lab, document):
    hands = open_lab(document(*pictures(4, 5)))
    view = open_panel(hands)
    controls = view.controls.visible
    assert not controls._moments.button(True).isEnabled()
    controls._steps.setValue(20)
    train(hands, view)
    training = hands.session.training
    assert not training.course.schedule.exact
    assert training.curve[-1].log_likelihood is None
    assert "500 chains alone differ by about" in view._matching.words()
    view._matching._choose(Curve.LIKELIHOOD)
    assert "no likelihood" in view._matching.words()
    # It stands where the line would be, in the place of the call to train.
    assert view._matching._plot._hint == view._matching.words()
    assert not view._matching._words.isVisible()
    assert np.isin(training.dreams, (-1, 1)).all()


def test_what_cannot_be_learnt_is_told(open_lab, document):
    hands = open_lab(document(*pictures(1)))
    view = open_panel(hands)
    hands.click(view.strip.begin_button)
    assert "at least two" in hands.window.banner.text
    assert view.strip.begin_button.text() == "Train"
    hands.lab.desk.open(document(*pictures(2, 5)))
    view.controls.visible._show_schedule(view.controls.visible._schedule.__class__())
    hands.click(view.strip.begin_button)
    assert "25 units cannot be summed: the most is 20" in hands.window.banner.text
    assert hands.session.training is None


def test_a_restricted_machine_takes_its_place_and_gives_it_back(trained):
    hands, view = trained
    machine = hands.session.training.machine
    hands.click(view.controls._machines.button(MachineKind.RESTRICTED))
    view.controls._epochs.setValue(20)
    train(hands, view)
    assert not isinstance(hands.session.training, VisibleTraining)
    assert view._pages.button(Page.FILTERS).isVisible()
    hands.choose("undo")
    assert hands.session.training.machine is machine
    assert view.controls.machine is MachineKind.VISIBLE
    assert view.controls.visible._start_kind is Start.HOPFIELD


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_word_of_the_panel_is_cut_in_the_narrowest_dock(theme, open_lab, document):
    hands = open_lab(document(*pictures(2)), theme=theme)
    view = open_panel(hands)
    dock = hands.window.docks.boltzmann
    hands.window.resizeDocks([dock], [1], Qt.Orientation.Horizontal)  # as narrow as it can be
    hands.wait(lambda: view.width() < 240)
    for kind in MachineKind:
        hands.click(view.controls._machines.button(kind))
        for box in view.findChildren(ChoiceBox):
            option = QStyleOptionComboBox()
            box.initStyleOption(option)
            room = box.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox,
                option,
                QStyle.SubControl.SC_ComboBoxEditField,
                box,
            )
            for row in range(box.count()):
                assert box.fontMetrics().horizontalAdvance(box.itemText(row)) <= room.width()
        for segments in view.findChildren(Segmented):
            assert (
                segments.minimumSizeHint().width() <= segments.width() or not segments.isVisible()
            )
