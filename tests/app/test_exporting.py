"""What goes out of the window: written where one said, refused in a sentence, or pasted."""

import csv
import io
import os

import numpy as np
import pytest
from exporting import gone, leave, open_dialog, press, save
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from hopgui.model.choices import Dynamics, Rule, RuleKind
from hopgui.session import edits, library
from hopgui.session.cues import read_patterns
from hopgui.session.fingerprint import session_hash
from hopgui.session.session import Grid, blank_session
from hopgui.ui.exports.dialog import ExportDialog
from hopgui.ui.exports.order import CHARTS, FORMATS, Format, What

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("what", [w for w in What if w not in {What.MEMORIES, What.FILM, *CHARTS}])
def test_everything_is_written_under_the_name_that_was_given(hands, tmp_path, what):
    cue = session_hash(hands.session)
    hands.recall()
    for kind in FORMATS[what]:
        dialog = open_dialog(hands, what, kind)
        path = tmp_path / f"it.{kind}"
        save(hands, dialog, path)
        gone(hands)
        content = path.read_bytes()
        assert content.startswith(
            {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b"# Software: HopGUI"}[kind]
        )
        of_the_document = what in {What.COUPLINGS, What.MEMORY_TABLE, What.SHEET}
        expected = session_hash(hands.lab.desk.session) if of_the_document else cue
        if kind is Format.PNG:  # which packs what is long
            with Image.open(path) as image:
                content = image.info["Session"].encode()
        assert f"sha256 {expected}".encode() in content
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix != ".ini") == sorted(
        f"it.{kind}" for kind in FORMATS[what]
    )


def test_a_run_comes_out_as_a_film_of_its_moments(hands, tmp_path):
    hands.recall()
    dialog = open_dialog(hands, What.FILM)
    save(hands, dialog, tmp_path / "run.gif")
    gone(hands)
    with Image.open(tmp_path / "run.gif") as image:
        recording = hands.frame.recording
        assert image.n_frames == np.unique([0, *recording.flip_updates, recording.updates]).size
        assert b"Session: sha256" in image.info["comment"]
    assert hands.window.banner.text == "run.gif is saved."


def test_a_run_that_goes_on_is_exported_as_it_was_when_asked(open_lab, tmp_path):
    hands = open_lab(speed=50)
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait(lambda: hands.frame.flips > 2)
    dialog = open_dialog(hands, What.RUN_TABLE)
    flips = dialog._subject.frame.recording.flip_units.size
    hands.wait(lambda: hands.frame.recording.flip_units.size > flips)
    save(hands, dialog, tmp_path / "run.csv")
    gone(hands)
    text = (tmp_path / "run.csv").read_text()
    rows = [line for line in text.splitlines() if line[0].isdigit()]
    assert len(rows) == flips


def test_memories_come_out_as_a_folder_and_in_again(hands, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    dialog = open_dialog(hands, What.MEMORIES, Format.PNG)
    save(hands, dialog, folder)
    gone(hands)
    back = read_patterns(folder)
    assert back.names == ("A", "C", "H", "Y")
    assert np.array_equal(back.units, hands.session.patterns)


@pytest.mark.parametrize("what", [What.PAD, What.RUN_TABLE])
def test_a_place_that_cannot_be_written_to_is_one_sentence_and_loses_nothing(hands, tmp_path, what):
    hands.recall()
    before = hands.session
    dialog = open_dialog(hands, what)
    path = tmp_path / f"there.{FORMATS[what][0]}"
    path.mkdir()  # a folder of that name: no file can take its place
    hands.lab._export._save(dialog.order(), str(path))
    hands.wait(lambda: "could not be written" in dialog._note.text())
    assert dialog._note.text().startswith(path.name)
    assert dialog.isVisible(), "one can choose another place"
    assert list(path.iterdir()) == []
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".hopgui")]
    assert hands.session is before
    save(hands, dialog, tmp_path / f"other.{FORMATS[what][0]}")
    gone(hands)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")  # noqa: PTH110
def test_a_full_disk_is_one_sentence(hands):
    dialog = open_dialog(hands, What.PAD)
    hands.lab._export._save(dialog.order(), "/dev/full")
    assert dialog._note.text() == "full could not be written: No space left on device."
    dialog.reject()


def test_a_long_film_can_be_given_up(open_lab, tmp_path):
    session = edits.store(blank_session(Grid(40, 40)))
    hands = open_lab(edits.damage(edits.set_damage(session, percent=30)))
    hands.recall()
    dialog = open_dialog(hands, What.FILM)
    hands.lab._export._save(dialog.order(), str(tmp_path / "run.gif"))
    hands.wait(lambda: dialog._bar.value() > 0)
    press(hands, dialog, "Cancel")
    assert dialog.isVisible()
    assert dialog._note.text() == "Given up."
    assert not (tmp_path / "run.gif").exists()
    press(hands, dialog, "Cancel")
    gone(hands)


def test_closing_the_window_while_a_film_is_made_ends_it(open_lab, tmp_path):
    session = edits.store(blank_session(Grid(40, 40)))
    hands = open_lab(edits.damage(edits.set_damage(session, percent=30)))
    hands.recall()
    dialog = open_dialog(hands, What.FILM)
    hands.lab._export._save(dialog.order(), str(tmp_path / "run.gif"))
    dialog._preview.stop()
    hands.window.close()
    assert not hands.lab._export.job.active


def test_pictures_and_texts_are_copied(hands, clipboard):
    hands.recall()
    dialog = open_dialog(hands, What.PAD)
    press(hands, dialog, "Copy")
    assert clipboard.image().width() == 960
    assert dialog._note.text().startswith("Copied")
    leave(hands, dialog)
    dialog = open_dialog(hands, What.FIGURE, Format.SVG)
    press(hands, dialog, "Copy")
    assert clipboard.mimeData().hasImage()
    assert bytes(clipboard.mimeData().data("image/svg+xml").data()).startswith(b"<?xml")
    leave(hands, dialog)
    dialog = open_dialog(hands, What.OVERLAP_TABLE)
    press(hands, dialog, "Copy")
    hands.wait(lambda: clipboard.text() != "")
    rows = [line for line in clipboard.text().splitlines() if not line.startswith("#")]
    table = list(csv.reader(io.StringIO("\n".join(rows))))
    assert table[0] == ["update", "A", "C", "H", "Y"]
    assert float(table[-1][1]) == pytest.approx(hands.frame.overlaps[0])
    leave(hands, dialog)
    dialog = open_dialog(hands, What.FILM)
    press(hands, dialog, "Copy")
    hands.wait(lambda: clipboard.mimeData().hasFormat("image/gif"))
    assert bytes(clipboard.mimeData().data("image/gif").data()).startswith(b"GIF89a")
    leave(hands, dialog)
    dialog = open_dialog(hands, What.MEMORIES)
    press(hands, dialog, "Copy")
    assert clipboard.text().count("P1") == 4
    dialog.reject()


def notes_of(hands, path):
    dialog = open_dialog(hands, What.RUN_TABLE)
    save(hands, dialog, path)
    gone(hands)
    lines = path.read_text().splitlines()
    return dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))


def test_a_run_shown_again_says_what_it_went_under_and_not_what_is_chosen_now(hands, tmp_path):
    hands.recall()
    first = notes_of(hands, tmp_path / "first.csv")
    run = hands.lab.player.present
    hands.lab.desk.set_rule(Rule(RuleKind.PROJECTION))
    hands.lab.desk.set_seed(99)
    hands.lab.player.retell(run)
    again = notes_of(hands, tmp_path / "again.csv")
    assert "Beside" not in first
    assert again.pop("Beside").startswith("4 memories of session sha256")
    assert again == first


def test_a_run_whose_temperature_was_turned_says_so(open_lab, tmp_path):
    hands = open_lab(speed=200)
    hands.lab.desk.set_dynamics(Dynamics(temperature=200.0))
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait(lambda: hands.frame.update > 3)
    assert "Driven" not in notes_of(hands, tmp_path / "first.csv")
    hands.lab.desk.set_dynamics(Dynamics(temperature=20.0))
    said = notes_of(hands, tmp_path / "driven.csv")
    assert said["Driven"] == "order or temperature were changed while it ran"


def test_the_last_choice_is_offered_again(hands, tmp_path):
    dialog = open_dialog(hands, What.SHEET)
    save(hands, dialog, tmp_path / "a.png")
    gone(hands)
    hands.key(Qt.Key.Key_E, CONTROL)
    dialog = hands.dialog(ExportDialog)
    assert dialog.order().what is What.SHEET
    dialog.reject()


def test_it_opens_for_an_empty_document(open_lab):
    hands = open_lab(blank_session(Grid(7, 3)))
    for theme in ("theme_dark", "theme_light"):
        hands.choose(theme)
        dialog = open_dialog(hands, What.ENERGY)
        assert dialog._preview.picture.width() > 100
        leave(hands, dialog)


def test_the_window_is_previewed_after_a_text_was_made_larger(hands):
    dialog = open_dialog(hands, What.MEMORY_TABLE)
    dialog.resize(dialog.width() + 80, dialog.height() + 60)
    rows = dialog.findChild(QListWidget)
    order = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
    rows.setCurrentRow(order.index(What.WINDOW.value))
    preview = dialog._preview
    hands.wait(lambda: preview.picture.width() > preview._picture.width() - 40)
    dialog.reject()


def test_the_largest_pad_is_previewed_and_written(open_lab, tmp_path):
    session = edits.randomise(edits.store(blank_session(Grid(256, 256))))
    hands = open_lab(session)
    dialog = open_dialog(hands, What.PAD, Format.SVG)
    save(hands, dialog, tmp_path / "big.svg")
    gone(hands)
    assert (tmp_path / "big.svg").stat().st_size < 8_000_000


def test_first_session_is_known_by_its_hash_in_the_picture_of_the_pad(hands, tmp_path):
    dialog = open_dialog(hands, What.PAD)
    save(hands, dialog, tmp_path / "pad.png")
    gone(hands)
    with Image.open(tmp_path / "pad.png") as image:
        assert image.info["Session"] == f"sha256 {session_hash(library.first_session())}"
