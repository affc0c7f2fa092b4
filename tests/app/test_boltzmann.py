"""The Boltzmann machine in the whole window: trained, used on the pad, and taken back."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from hopgui.model.boltzmann.machine import Machine
from hopgui.model.boltzmann.network import RbmNetwork
from hopgui.model.choices import EnergyKind, Rule, RuleKind
from hopgui.session import store
from hopgui.session.edits import COOLING
from hopgui.session.frame import Phase
from hopgui.session.session import Grid
from hopgui.session.training import DataKind
from hopgui.ui.boltzmann.bridge_dialog import BridgeDialog
from hopgui.ui.boltzmann.view import Page
from hopgui.ui.look.numbers import energy, number
from hopgui.ui.parts.elided_label import ElidedLabel


@pytest.fixture(scope="module", autouse=True)
def compiled():
    """Have the loops compiled before anybody waits for them."""
    rng = np.random.default_rng(0)
    machine = Machine(rng.normal(size=(9, 4)), np.zeros(9), np.zeros(4))
    network = RbmNetwork(np.empty((0, 9), np.int8), machine=machine)
    network.start(np.ones(9, np.int8), rng=rng, dynamics=COOLING).advance(20)


@pytest.fixture
def trained(open_lab, document):
    """Hands on a pad of 3 × 3 and a machine that has learnt bars and stripes a little."""
    hands = open_lab(document(grid=Grid(3, 3)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls._epochs.setValue(1500)
    train(hands, view)
    hands.wait(button(view, "Dream").isEnabled)
    return hands, view


def open_panel(hands):
    hands.choose("boltzmann")
    return hands.panel("boltzmann")


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


def words(view):
    elided = [each.whole for each in view.findChildren(ElidedLabel)]
    return [*elided, view._curve.words(), view._matching.words()]


def test_the_whole_story(trained):
    hands, view = trained
    assert hands.session.energy.kind is EnergyKind.BOLTZMANN
    assert isinstance(hands.lab.player.network, RbmNetwork)
    training = hands.session.training
    assert training.finished
    assert training.curve[-1].log_likelihood > training.curve[0].log_likelihood + 1
    assert any("below the best" in text for text in words(view))
    hands.lab.desk.recall()
    hands.settle()
    frame = hands.frame
    v = (frame.state.ravel() > 0).astype(float)
    assert frame.energy == pytest.approx(float(training.machine.free_energy(v)))
    while hands.can("undo"):
        hands.choose("undo")
    assert hands.session.energy.kind is EnergyKind.QUADRATIC
    assert not isinstance(hands.lab.player.network, RbmNetwork)


def test_pinned_units_stay_while_the_machine_recalls(trained):
    hands, _view = trained
    hands.lab.desk.clear()
    pad = np.full((3, 3), -1, np.int8)
    pad[0] = 1
    hands.lab.desk.put(pad)
    hands.lab.desk.pin(np.array([0, 1, 2]), pinned=True)
    for _ in range(3):
        hands.lab.desk.dream()
        hands.settle()
        hands.lab.desk.put(np.where(hands.session.pinned, pad, hands.shown).astype(np.int8))
        assert (hands.shown[0] == 1).all()


def test_a_dream_settles_where_the_free_energy_cannot_fall(trained):
    hands, view = trained
    hands.click(button(view, "Dream"))
    hands.settle()
    assert hands.frame.phase is Phase.SETTLED
    assert not hands.frame.unstable.any()


def test_the_free_energy_and_the_energy_are_told_apart_in_a_narrow_panel(trained):
    hands, view = trained
    machine = hands.session.training.machine
    hands.wait(view._bars.isVisible)
    v = (hands.shown.ravel() > 0).astype(float)
    h = (machine.hidden_mean(v) > 0.5).astype(float)
    told = {label.whole: label.text() for label in view.findChildren(ElidedLabel)}
    free = f"F(v) = {energy(float(machine.free_energy(v)))}, all h together"
    both = f"E(v, h) = {energy(float(machine.energy(v, h)))} at the likeliest h"
    assert told[free] == free  # none of it is cut
    assert told[both] == both


def test_a_trained_machine_is_no_network_to_be_opened_as_one(trained):
    hands, view = trained
    hands.click(view._bridge)
    assert "Controls ▸ Energy" in hands.window.banner.text
    assert not hands.window.findChildren(BridgeDialog)


def test_a_hidden_unit_is_shown_and_turned_over(trained):
    hands, view = trained
    machine = hands.session.training.machine
    hands.wait(view._bars.isVisible)
    hands.click(view._bars, view._bars.rect().center())
    unit = view._marked
    assert f"hidden unit {unit + 1}" in words(view)
    v = (hands.shown.ravel() > 0).astype(float)
    h = (machine.hidden_mean(v) > 0.5).astype(float)
    h[unit] = 1 - h[unit]
    expected = np.where(machine.visible_mean(h) > 0.5, 1, -1)
    hands.click(button(view, "Turn it over"))
    assert np.array_equal(hands.shown.ravel(), expected)


def test_a_bar_that_is_clicked_shows_its_filter(trained):
    hands, view = trained
    hands.window.resize(1280, 700)
    hands.wait(view._bars.isVisible)
    view._pages.show_choice(Page.DREAMS)
    view._turn(Page.DREAMS)
    view._area.ensureWidgetVisible(view._bars)
    hands.click(view._bars, view._bars.rect().center())
    assert view._pages.choice is Page.FILTERS
    assert view._stack.currentWidget() is view._filters
    wall = view._filters
    assert wall._marked == view._marked
    assert wall.visibleRegion().contains(wall.place(view._marked))


def test_mean_field_recall_leaves_no_unit_in_doubt(trained):
    hands, view = trained
    machine = hands.session.training.machine
    v = (hands.shown.ravel() > 0).astype(float)
    hands.click(button(view, "Mean field"))
    for _ in range(3000):
        v = machine.visible_mean(machine.hidden_mean(v))
    assert np.array_equal(hands.shown.ravel(), np.where(v > 0.5, 1, -1))


def test_a_dream_of_the_chains_is_put_on_the_pad(trained):
    hands, view = trained
    view._pages.show_choice(Page.DREAMS)
    view._turn(Page.DREAMS)
    wall = view._dream_wall
    hands.wait(lambda: bool(wall._images))
    hands.click(wall, wall.place(1).center())
    assert np.array_equal(hands.shown.ravel(), hands.session.training.dreams[1])


def test_training_is_paused_called_off_and_gone_on_with(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls._epochs.setValue(1_000_000)
    hands.click(view.strip.begin_button)
    hands.wait(lambda: hands.lab._boltzmann._training is not None)
    hands.click(view.strip.begin_button)
    assert view.strip.begin_button.text() == "Go on"
    assert hands.session.training is not None
    hands.click(view.strip._cancel)
    idle(hands, view)
    done = hands.session.training.done
    assert 0 <= done < hands.session.training.total
    hands.click(button(view, "Train on"))
    hands.wait(lambda: hands.lab._boltzmann._training.done > done)
    hands.click(view.strip._cancel)
    idle(hands, view)
    more = hands.session.training.done - done
    assert more > 0
    # One gradient an epoch; those of before took none of this time.
    assert view.strip._words.whole.startswith(f"{number(more)} epochs in ")


def test_the_time_left_is_told_by_what_was_done_since_it_was_gone_on_with(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls._epochs.setValue(1_000_000)
    hands.click(view.strip.begin_button)
    hands.wait(lambda: hands.lab._boltzmann._training is not None)
    hands.wait(lambda: hands.lab._boltzmann._training.done > 0)
    hands.click(view.strip._cancel)
    idle(hands, view)
    # As if almost all of it had been made on another day.
    training = hands.session.training
    state = replace(training.state, step=900_000)
    hands.lab.desk.keep_training(replace(training, state=state, done=900_000, epoch=900_000))
    hands.click(button(view, "Train on"))
    hands.wait(lambda: " / s" in view.strip._words.whole)
    rate = view.strip._words.whole.split(" · ")[1].removesuffix(" / s").replace("\u2009", "")
    hands.click(view.strip._cancel)
    assert float(rate) < 100_000
    idle(hands, view)


def test_a_machine_cannot_be_chosen_before_there_is_one(open_lab, document):
    hands = open_lab(document(np.ones((4, 4), np.int8)))
    chosen = hands.session.energy
    hands.lab.desk.set_energy(type(chosen)(EnergyKind.BOLTZMANN))
    hands.wait(lambda: hands.session.energy.kind is EnergyKind.QUADRATIC)
    assert "no machine yet" in hands.window.banner.text


def test_one_picture_is_too_few_and_says_so(open_lab, document):
    hands = open_lab(document(np.ones((4, 4), np.int8)))
    view = open_panel(hands)
    hands.click(view.strip.begin_button)
    assert "at least two" in hands.window.banner.text
    assert view.strip.begin_button.text() == "Train"


@pytest.mark.parametrize("kind", [DataKind.MEMORIES, DataKind.SHIFTED, DataKind.NOISY])
def test_without_memories_there_is_nothing_to_learn_and_it_says_so(kind, open_lab, document):
    hands = open_lab(document(grid=Grid(2, 2)))
    view = open_panel(hands)
    choose_data(view, kind)
    assert view.controls._count.text() == "0 pictures of 2 × 2"
    hands.click(view.strip.begin_button)
    assert "at least two" in hands.window.banner.text


def test_a_diverging_rate_is_told_and_the_last_good_weights_kept(open_lab, document):
    hands = open_lab(document(grid=Grid(3, 3)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    for box in (view.controls._rate, view.controls._last_rate):
        box.setMaximum(1e9)
        box.setValue(1e9)
    train(hands, view)
    assert "too high" in hands.window.banner.text
    assert np.isfinite(hands.session.training.machine.weights).all()


def test_on_another_grid_the_network_takes_its_place(trained):
    hands, _view = trained
    hands.lab.desk.resize(Grid(5, 5), "crop")
    assert hands.session.energy.kind is EnergyKind.QUADRATIC
    hands.choose("undo")
    assert hands.session.energy.kind is EnergyKind.BOLTZMANN


def test_what_a_training_was_asked_for_is_shown_again_with_its_session(open_lab, document):
    hands = open_lab(document(grid=Grid(3, 3)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    asked = {"_hidden": 5, "_epochs": 37, "_rate": 0.7, "_held": 10}
    for name, value in asked.items():
        getattr(view.controls, name).setValue(value)
    train(hands, view)
    again = open_lab(store.decode(store.encode(hands.session), "it.hopgui"))
    view = open_panel(again)
    assert view.controls.kind is DataKind.BARS_AND_STRIPES
    assert view.controls._count.text() == "14 pictures of 3 × 3, as large as the pad"
    assert {name: getattr(view.controls, name).value() for name in asked} == asked


def test_bars_and_stripes_follow_the_pad_and_are_no_hindrance_where_there_are_too_many(
    open_lab, document
):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    hands.lab.desk.resize(Grid(5, 3), "crop")
    assert view.controls._count.text() == "38 pictures of 5 × 3, as large as the pad"
    assert view.controls._hidden.value() == 15
    hands.lab.desk.resize(Grid(64, 64), "crop")
    assert "too many" in view.controls._count.text()
    hands.lab.desk.randomise()
    hands.lab.desk.store()
    assert not hands.window.banner.isVisible()
    hands.click(view.strip.begin_button)
    assert "too many" in hands.window.banner.text


def test_digits_open_a_pad_of_their_size(open_lab, document):
    hands = open_lab(document(*(np.ones((4, 4), np.int8),)))
    view = open_panel(hands)
    choose_data(view, DataKind.DIGITS)
    assert view.controls._count.text() == "1\u2009797 pictures of 8 × 8"
    view.controls._epochs.setValue(1)
    hands.click(view.strip.begin_button)
    assert hands.session.grid == Grid(8, 8)
    assert hands.names[:3] == ["0", "1", "2"]
    hands.click(view.strip._cancel)
    idle(hands, view)


def test_the_window_can_be_closed_in_the_middle_of_a_training(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    hands.click(view.strip.begin_button)
    hands.window.close()


def test_the_network_is_shown_beside_the_machine_that_it_is(open_lab, document):
    rng = np.random.default_rng(2)
    hands = open_lab(document(*(rng.choice(np.array([-1, 1], np.int8), (5, 5)) for _ in range(2))))
    view = open_panel(hands)
    hands.click(view._bridge)
    dialog = hands.dialog(BridgeDialog)
    hands.wait(lambda: "standard errors apart" in dialog._words.whole)
    hands.wait(lambda: "sweep 200 of 200" in dialog._words.whole)
    assert float(dialog._words.whole.split("are ")[1].split()[0]) < 4
    hands.answer(dialog, Qt.Key.Key_Escape)


def test_only_hebb_s_network_is_such_a_machine(open_lab, document):
    rng = np.random.default_rng(4)
    pictures = [rng.choice(np.array([-1, 1], np.int8), (5, 5)) for _ in range(3)]
    hands = open_lab(document(*pictures, rule=Rule(RuleKind.PROJECTION)))
    hands.wait(lambda: hands.lab.player.network.couplings is not None)
    view = open_panel(hands)
    hands.click(view._bridge)
    assert "Only Hebb" in hands.window.banner.text


def test_a_training_is_kept_in_the_document_that_it_was_begun_in(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    view = open_panel(hands)
    choose_data(view, DataKind.BARS_AND_STRIPES)
    view.controls._epochs.setValue(1_000_000)
    hands.click(view.strip.begin_button)
    hands.wait(lambda: hands.lab._boltzmann._training is not None)
    hands.lab.desk.open(document(np.ones((4, 4), np.int8)))
    hands.click(view.strip._cancel)
    idle(hands, view)
    assert hands.session.training is None
    assert hands.session.energy.kind is EnergyKind.QUADRATIC


def test_a_training_called_off_at_once_does_not_bring_the_former_machine_back(trained):
    hands, view = trained
    hands.lab.desk.set_energy(type(hands.session.energy)(EnergyKind.QUADRATIC))
    former = hands.session.training
    view.controls._epochs.setValue(1_000_000)
    view.strip.begin_button.click()
    view.strip._cancel.click()
    assert hands.lab._boltzmann._training is former
    assert hands.session.energy.kind is EnergyKind.QUADRATIC


def test_a_hidden_unit_that_the_machine_on_the_pad_has_not_cannot_be_turned_over(trained):
    hands, view = trained
    hands.wait(view._bars.isVisible)
    view._mark(hands.session.training.machine.hidden)  # of a larger machine's filters
    assert not button(view, "Turn it over").isEnabled()
    view._mark(0)
    assert button(view, "Turn it over").isEnabled()


def test_the_bridge_bears_a_network_without_memories(open_lab, document):
    hands = open_lab(document(grid=Grid(3, 3)))
    hands.lab.desk.set_dynamics(replace(hands.session.dynamics, temperature=2.0))
    view = open_panel(hands)
    hands.click(button(view, "Open the memories as RBM"))
    dialogs = hands.window.findChildren(BridgeDialog)
    hands.qtbot.wait(200)
    for dialog in dialogs:
        dialog.reject()
    assert hands.window.banner.isHidden() or "went wrong" not in hands.window.banner.text
