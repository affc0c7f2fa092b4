"""The atlas in the whole window: letting states fall, and what is done with where they end."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from hopgui.model.choices import RuleKind
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.starts import StartKind
from hopgui.model.verdict import Kind
from hopgui.session.session import Grid, blank_session
from hopgui.ui.parts.job_strip import JobStrip

K = Kind
SIDE = (16, 16)


def pictures(count, shape, seed=3):
    rng = np.random.default_rng(seed)
    return [rng.choice(np.array([-1, 1], np.int8), shape) for _ in range(count)]


@pytest.fixture
def atlas_of(open_lab, document):
    def make(*memories, **settings):
        hands = open_lab(document(*memories, **settings))
        hands.choose("atlas")
        view = hands.panel("atlas")
        hands.wait(view.isVisible)
        return hands, view

    return make


def strip(view):
    return view.findChild(JobStrip)


def let_fall(hands, view, falls=1000):
    view.controls._falls.show_choice(falls)
    view.controls._choose_falls(falls)
    hands.click(strip(view).begin_button)
    wait_for_the_end(hands, view)


def wait_for_the_end(hands, view):
    hands.qtbot.waitUntil(
        lambda: strip(view).begin_button.text() == "Let them fall", timeout=60_000
    )


def names(view):
    model = view.view.model()
    return [model.index(row).data() for row in range(model.rowCount())]


def choose(hands, view, row):
    rect = view.view.visualRect(view.view.model().index(row))
    hands.click(view.view.viewport(), rect.center())


def test_three_random_memories_have_a_ghost_that_can_be_looked_at_and_stored(atlas_of):
    hands, view = atlas_of(*pictures(3, SIDE), conventions=TEXTBOOK)
    let_fall(hands, view)
    found = hands.lab._atlas._snapshot
    assert found.done == found.total == 1000
    assert found.hits.sum() + found.counts[K.UNSETTLED] == 1000
    assert {"A", "B", "C", "Inverse of A", "+ A + B + C"} <= set(names(view))
    row = names(view).index("+ A + B + C")
    choose(hands, view, row)
    majority = np.where(np.sum([m.picture for m in hands.session.memories], axis=0) > 0, 1, -1)
    assert np.mean(hands.shown == majority) > 0.95
    hands.click(view._store)
    assert hands.names == ["A", "B", "C", "+ A + B + C"]
    assert np.array_equal(hands.session.memories[-1].picture, hands.shown)
    assert "let them fall again" in view._note.whole


def test_looking_at_one_after_another_is_one_step_back(atlas_of):
    hands, view = atlas_of(*pictures(3, SIDE))
    before = hands.session
    let_fall(hands, view)
    for row in range(3):
        choose(hands, view, row)
    hands.choose("undo")
    assert hands.session is before


def test_a_cue_is_the_attractor_damaged(atlas_of):
    hands, view = atlas_of(*pictures(3, SIDE))
    let_fall(hands, view)
    choose(hands, view, 0)
    attractor = hands.shown.copy()
    hands.click(view._cue)
    wrong = round(hands.session.damage.percent * 256 / 100)
    assert int((hands.shown != attractor).sum()) == wrong


def test_unlearning_an_attractor_changes_the_rule_and_can_be_undone(atlas_of):
    hands, view = atlas_of(*pictures(3, SIDE))
    let_fall(hands, view)
    choose(hands, view, 0)
    hands.click(view._unlearn)
    assert hands.session.rule.kind is RuleKind.UNLEARNING
    assert np.array_equal(hands.session.unlearnt[0], hands.shown)
    hands.choose("undo")
    assert hands.session.rule.kind is RuleKind.HEBB


def test_falls_around_the_pad_end_where_it_belongs(atlas_of):
    memories = pictures(3, SIDE)
    hands, view = atlas_of(*memories, pad=memories[1])
    view.controls._kinds.show_choice(StartKind.AROUND)
    view.controls._choose_kind(StartKind.AROUND)
    view.controls._percent.setValue(10)
    let_fall(hands, view)
    assert names(view)[0] == "B"
    assert hands.lab._atlas._snapshot.hits.max() >= 990


def test_every_state_of_a_small_grid_is_gone_through(atlas_of):
    hands, view = atlas_of(*pictures(1, (3, 4), seed=1), conventions=TEXTBOOK)
    assert view.controls._all.text() == "Go through all 4\u2009096 states"
    hands.click(view.controls._all)
    wait_for_the_end(hands, view)
    # One memory, no self-connections, ties kept: it and its inverse are all.
    assert sorted(names(view)) == ["A", "Inverse of A"]
    assert "2 local minima" in view._note.whole


def test_a_census_can_be_paused_gone_on_with_and_called_off(atlas_of):
    hands, view = atlas_of(*pictures(40, (28, 28)))
    view.controls._choose_falls(1_000_000)
    bar = strip(view)
    hands.click(bar.begin_button)
    hands.wait(lambda: hands.lab._atlas._snapshot is not None)
    hands.click(bar.begin_button)
    assert bar.begin_button.text() == "Go on"
    hands.qtbot.wait(1000)  # a step that is under way still tells what it found
    held = hands.lab._atlas._snapshot.done
    hands.qtbot.wait(200)
    assert hands.lab._atlas._snapshot.done == held
    hands.click(bar.begin_button)
    hands.wait(lambda: hands.lab._atlas._snapshot.done > held)
    hands.click(bar._cancel)
    assert bar.begin_button.text() == "Let them fall"
    assert names(view)


def test_the_window_can_be_closed_in_the_middle_of_a_census(atlas_of):
    hands, view = atlas_of(*pictures(40, (28, 28)))
    view.controls._choose_falls(1_000_000)
    hands.click(strip(view).begin_button)
    hands.window.close()


def test_without_memories_there_is_nothing_to_fall_to(open_lab, document):
    hands = open_lab(document(grid=Grid(4, 4)))
    hands.choose("atlas")
    view = hands.panel("atlas")
    hands.click(strip(view).begin_button)
    assert "nothing to fall to" in hands.window.banner.text
    assert strip(view).begin_button.text() == "Let them fall"


def test_an_attractor_of_another_grid_is_refused_in_words(atlas_of):
    hands, view = atlas_of(*pictures(2, SIDE))
    let_fall(hands, view)
    hands.lab.desk.open(blank_session(Grid(4, 4)))
    choose(hands, view, 0)
    assert "16 × 16" in hands.window.banner.text
    assert hands.shown.shape == (4, 4)
    opened = hands.session
    for button in (view._store, view._unlearn, view._cue):
        hands.click(button)
        assert "16 × 16" in hands.window.banner.text
        assert hands.session is opened


def test_keys_in_the_list_walk_through_attractors_and_leave_the_pad_s_keys_alone(atlas_of):
    hands, view = atlas_of(*pictures(3, SIDE))
    let_fall(hands, view)
    choose(hands, view, 0)
    first = hands.shown.copy()
    hands.key(Qt.Key.Key_Down, on=view.view)
    assert not np.array_equal(hands.shown, first)
    shown = {hands.shown.tobytes()}
    assert np.roll(first, 1, axis=0).tobytes() not in shown


def test_the_atlas_is_written_into_a_folder(atlas_of, tmp_path):
    hands, view = atlas_of(*pictures(3, SIDE))
    let_fall(hands, view)
    folder = tmp_path / "atlas"
    folder.mkdir()
    hands.click(view._export)
    dialog = hands.dialog(QFileDialog)
    dialog.selectFile(str(folder))
    dialog.accept()
    hands.wait(lambda: view._note.whole == "The atlas is written.")
    assert (folder / "attractors.csv").is_file()
    assert len(list(folder.glob("*.pbm"))) == len(names(view))


def test_a_network_that_changes_under_a_census_is_told_and_not_mapped(atlas_of):
    hands, view = atlas_of(*pictures(40, (28, 28)))
    view.controls._choose_falls(1_000_000)
    found = []
    hands.lab._atlas.found.connect(found.append)
    hands.click(strip(view).begin_button)
    hands.lab.desk.delete([3])  # before anything has been found
    assert "let them fall again" in view._note.whole
    hands.wait(lambda: hands.lab._atlas._snapshot is not None)
    assert "let them fall again" in view._note.whole
    assert not found, "those are attractors of another network"
    hands.click(strip(view)._cancel)


def test_an_enumeration_keeps_saying_that_the_network_has_changed(atlas_of):
    hands, view = atlas_of(*pictures(3, (4, 4)))
    hands.lab._atlas._begin_enumeration()
    hands.lab.desk.delete([2])
    wait_for_the_end(hands, view)
    assert "let them fall again" in view._note.whole
