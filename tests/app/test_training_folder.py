"""A folder of pictures to train on, for either machine: asked for, taken, kept, and let be."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from hopgui.session import store
from hopgui.session.any_training import MachineKind
from hopgui.session.session import Grid
from hopgui.session.training import DataKind
from hopgui.ui.imports.dialog import ImportDialog

RNG = np.random.default_rng(3)


def open_panel(hands):
    hands.choose("boltzmann")
    view = hands.panel("boltzmann")
    hands.click(view.controls._machines.button(MachineKind.VISIBLE))
    return view


def train(hands, view):
    hands.click(view.strip.begin_button)
    hands.qtbot.waitUntil(lambda: view.strip.begin_button.text() == "Train", timeout=60_000)


def pictures(count, side=3):
    return [RNG.choice(np.array([-1, 1], np.int8), (side, side)) for _ in range(count)]


def written(folder, units):
    folder.mkdir()
    for place, picture in enumerate(units):
        image = Image.fromarray(np.where(picture > 0, 0, 255).astype(np.uint8))
        image.save(folder / f"{place:02}.png")
    return folder


def choose_folder(view, monkeypatch, folder):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    box = view.controls._data
    row = box._values.index(DataKind.FOLDER)
    box.setCurrentIndex(row)
    box.activated.emit(row)


@pytest.mark.parametrize("kind", MachineKind)
def test_a_folder_is_trained_on_and_need_not_stay(kind, open_lab, document, monkeypatch, tmp_path):
    hands = open_lab(document(*pictures(2)))
    view = open_panel(hands)
    hands.click(view.controls._machines.button(kind))
    units = pictures(5)
    folder = written(tmp_path / "set", units)
    choose_folder(view, monkeypatch, folder)
    hands.answer(hands.dialog(ImportDialog))
    hands.wait(lambda: view.controls.kind is DataKind.FOLDER)
    assert view.controls._count.text() == "5 pictures of 3 × 3"
    assert len(hands.session.memories) == 2
    view.controls.visible._steps.setValue(10)
    view.controls._epochs.setValue(10)
    train(hands, view)
    expected = [each.ravel() for each in units]
    assert np.array_equal(hands.session.training.pictures.units, expected)
    for file in folder.iterdir():
        file.unlink()
    again = open_lab(store.decode(store.encode(hands.session), "it.hopgui"))
    view = open_panel(again)
    assert view.controls.kind is DataKind.FOLDER
    assert view.controls._count.text() == "5 pictures of 3 × 3"
    view.controls.visible._steps.setValue(10)
    train(again, view)
    assert np.array_equal(again.session.training.pictures.units, expected)


def test_pictures_of_a_size_of_their_own_get_a_pad_of_it(open_lab, document, monkeypatch, tmp_path):
    hands = open_lab(document(*pictures(2)))
    view = open_panel(hands)
    choose_folder(view, monkeypatch, written(tmp_path / "set", pictures(4, 4)))
    dialog = hands.dialog(ImportDialog)
    grids = dialog._settings._grids
    grids.setCurrentIndex(1)
    grids.activated.emit(1)
    assert dialog.grid() == Grid(4, 4)
    hands.answer(dialog)
    hands.wait(lambda: view.controls.kind is DataKind.FOLDER)
    view.controls.visible._steps.setValue(5)
    train(hands, view)
    assert hands.session.grid == Grid(4, 4)
    assert len(hands.session.memories) == 4


def test_the_choice_stays_as_it_was_when_no_folder_is_chosen(
    open_lab, document, monkeypatch, tmp_path
):
    hands = open_lab(document(*pictures(2)))
    view = open_panel(hands)
    choose_folder(view, monkeypatch, "")
    assert view.controls.kind is DataKind.MEMORIES
    assert view.controls._data.value is DataKind.MEMORIES
    choose_folder(view, monkeypatch, written(tmp_path / "set", pictures(3)))
    hands.answer(hands.dialog(ImportDialog), Qt.Key.Key_Escape)
    assert view.controls.kind is DataKind.MEMORIES
    assert view.controls._data.value is DataKind.MEMORIES


def test_a_folder_without_pictures_is_told(open_lab, document, monkeypatch, tmp_path):
    hands = open_lab(document(*pictures(2)))
    view = open_panel(hands)
    (tmp_path / "empty").mkdir()
    choose_folder(view, monkeypatch, tmp_path / "empty")
    hands.wait(lambda: "holds no pictures" in hands.window.banner.text)
    assert view.controls.kind is DataKind.MEMORIES


def test_another_folder_may_be_asked_for(open_lab, document, monkeypatch, tmp_path):
    hands = open_lab(document(*pictures(2)))
    view = open_panel(hands)
    for count in (3, 5):
        choose_folder(view, monkeypatch, written(tmp_path / str(count), pictures(count)))
        hands.answer(hands.dialog(ImportDialog))
        hands.wait(lambda count=count: view.controls._count.text().startswith(f"{count} pictures"))
