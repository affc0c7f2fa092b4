"""Nothing in the window is said past the translator."""

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from hopgui.refusal import Refusal
from hopgui.session import library
from hopgui.session.frame import Phase
from hopgui.session.images import read_grey
from hopgui.ui.exports.dialog import ExportDialog
from hopgui.ui.imports.dialog import ImportDialog
from hopgui.ui.imports.letters_dialog import LettersDialog
from hopgui.ui.imports.shape_dialog import ShapeDialog
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.verdict.rebuilding_dialog import RebuildingDialog
from hopgui.ui.why.panel import Page
from hopgui.ui.window.action_finder import ActionFinder
from hopgui.ui.window.grid_dialog import GridDialog

# What stands for itself in every language: names that people give, numbers, keys, signs.
NAMES = {"A", "C", "H", "Y", "Letters", "HopGUI", "sgn"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Wrapper(QTranslator):
    """Translates every text into itself between brackets."""

    def translate(self, _context, source, _disambiguation=None, _count=-1):
        return f"⟦{source}⟧"

    def isEmpty(self):
        return False


@pytest.fixture
def wrapped(qapp):
    wrapper = Wrapper(qapp)
    qapp.installTranslator(wrapper)
    yield
    qapp.removeTranslator(wrapper)


def bare(text, names):
    """The words of a text that stand outside of brackets and are no names."""
    plain = re.sub(r"<su([bp])>.*?</su\1>|<[^>]*>", " ", text)  # indices of a formula are no words
    while re.search(r"⟦[^⟦⟧]*⟧", plain):
        plain = re.sub(r"⟦[^⟦⟧]*⟧", " ", plain)
    return [word for word in WORD.findall(plain) if word not in names]


TEXTS = {
    QLabel: lambda label: {"text": label.text()},
    QAbstractButton: lambda button: {"text": button.text()},
    QGroupBox: lambda box: {"group": box.title()},
    QMenu: lambda menu: {"menu": menu.title()},
    QLineEdit: lambda line: {"placeholder": line.placeholderText()},
    QSpinBox: lambda box: {"prefix": box.prefix(), "suffix": box.suffix()},
    QComboBox: lambda box: {f"item {row}": box.itemText(row) for row in range(box.count())},
    QListWidget: lambda rows: {f"row {row}": rows.item(row).text() for row in range(rows.count())},
}


def texts_of(widget):
    """Everything a widget shows or tells a screen reader, with where it was found."""
    titled = widget.isWindow() or isinstance(widget, QDockWidget)
    found = {
        "title": widget.windowTitle() if titled else "",
        "tip": widget.toolTip(),
        "name": widget.accessibleName(),
        "description": widget.accessibleDescription(),
        "status tip": widget.statusTip(),
    }
    for kind, texts in TEXTS.items():
        if isinstance(widget, kind):
            found |= texts(widget)
    for name in ("text", "hint", "unit_text"):
        value = getattr(widget, name, None)
        if isinstance(value, str):
            found[name] = value
    if isinstance(widget, ElidedLabel):
        found["text"] = widget.whole
    return {place: text for place, text in found.items() if text}


def bare_texts(root, names=NAMES, but=()):
    """What is said past the translator under a widget."""
    said = []
    for widget in (root, *root.findChildren(QWidget)):
        if widget in but:
            continue
        for place, text in texts_of(widget).items():
            if bare(text, names):
                said.append((type(widget).__name__, place, text))
    for action in root.findChildren(QAction):
        if not action.objectName().startswith("set_"):
            texts = (action.text(), action.toolTip())
            said.extend(
                ("QAction", action.objectName(), text) for text in texts if bare(text, names)
            )
    return said


@pytest.fixture
def hands(wrapped, open_lab):  # noqa: ARG001 - the translator comes before the window
    return open_lab(speed=200)


PANELS = (
    "controls",
    "couplings",
    "landscape",
    "basins",
    "atlas",
    "why",
    "boltzmann",
    "runs",
)


def test_the_check_itself_finds_a_bare_text(hands):
    assert bare("⟦Undo ⟦Paint⟧⟧ now", set()) == ["now"]
    assert not bare("12\u2009000 · A −3.5 %", {"A"})
    hands.window.banner.show_text("Said past the translator")
    assert bare_texts(hands.window)


def test_every_text_of_the_window_goes_through_the_translator(hands):
    for name in PANELS:
        hands.panel(name)
    assert bare_texts(hands.window) == []
    seen = set()
    for cell in ((2, 2), (5, 5)):
        hands.qtbot.mouseMove(hands.pad, hands.at(cell))
    hands.key(Qt.Key.Key_Space)
    for phase in (Phase.RUNNING, Phase.PAUSED):
        hands.wait_for(phase)
        seen.add(hands.frame.phase)
        assert bare_texts(hands.window) == []
        hands.key(Qt.Key.Key_Space)
    hands.settle()
    assert bare_texts(hands.window) == []
    hands.key(Qt.Key.Key_Home)
    assert bare_texts(hands.window) == []
    assert seen == {Phase.RUNNING, Phase.PAUSED}


def test_every_verdict_and_its_reasons_go_through_the_translator(hands):
    session = hands.session
    mixture = sum(memory.picture.astype(int) for memory in session.memories[:3])
    hands.lab.desk.put(np.where(mixture > 0, 1, -1).astype(np.int8))
    hands.choose("identify")
    assert bare_texts(hands.window.status) == []
    hands.window.status.buttons.rebuilding_requested.emit()
    dialog = hands.dialog(RebuildingDialog)
    rows = dialog.findChild(QListWidget)
    for row in range(rows.count()):
        rows.setCurrentRow(row)
        assert bare_texts(dialog) == []
    hands.answer(dialog, Qt.Key.Key_Escape)
    panel = hands.panel("why")
    hands.move((4, 4))
    hands.window.gallery.select(0)
    for page in Page:
        panel.turn_to(page)
        assert bare_texts(panel) == []


def test_every_step_has_a_translated_name(hands):
    acts = "invert clear random damage half_left left store new_seed load duplicate delete"
    hands.window.gallery._view.select([0])
    hands.lab._show_what_is_possible()
    for act in acts.split():
        hands.choose(act)
        label = hands.lab.document.undo_label
        assert label.startswith("⟦"), act
        assert not bare(hands.window.actions_by_name["undo"].text(), set())
        hands.window.gallery._view.select([0])
        hands.lab._show_what_is_possible()
    hands.paint((0, 0), (9, 9))
    hands.lab.desk.rename(0, "Name")
    hands.lab.desk.move(0, 1)
    for act in ("undo", "redo"):
        hands.choose(act)
        assert not bare(hands.window.actions_by_name["redo"].text(), set())


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("new", GridDialog),
        ("resize", GridDialog),
        ("find", ActionFinder),
        ("about", QMessageBox),
    ],
)
def test_every_text_of_a_dialog_goes_through_the_translator(hands, action, kind):
    hands.choose(action)
    dialog = hands.dialog(kind)
    keys = {"Ctrl", "Shift", "Space", "Left", "Right", "Up", "Down", "Home", "End", "Backspace"}
    keys |= {"PgUp", "PgDown", "Del"}
    assert bare_texts(dialog, NAMES | keys | {f"F{n}" for n in range(1, 13)}) == []
    dialog.close()


def test_every_text_of_the_import_goes_through_the_translator(hands, drop, tmp_path):
    files = [tmp_path / f"face{number}.pbm" for number in range(2)]
    for file in files:
        file.write_text("P1\n3 3\n0 1 1 0 0 1 1 0 1\n")
    drop(hands.window, *files)
    dialog = hands.dialog(ImportDialog)
    assert bare_texts(dialog, {"face0", "face1", "face"}) == []
    dialog.close()


def test_every_text_of_the_questions_before_an_import_goes_through_the_translator(
    hands, drop, tmp_path
):
    hands.choose("import_letters")
    dialog = hands.dialog(LettersDialog)
    families = dialog.findChild(QComboBox)
    assert bare_texts(dialog, NAMES, but={families, dialog.findChild(QLineEdit)}) == []
    dialog.reject()
    np.save(tmp_path / "rows.npy", np.ones((3, 12)))
    drop(hands.window, tmp_path / "rows.npy")
    dialog = hands.dialog(ShapeDialog)
    assert bare_texts(dialog, {"rows"}) == []
    dialog.reject()


def test_every_text_of_the_export_goes_through_the_translator(hands):
    hands.recall()
    hands.choose("export")
    dialog = hands.dialog(ExportDialog)
    for row in range(dialog._list.count()):
        dialog._list.setCurrentRow(row)
        tables = {
            dialog._preview,
            dialog._preview.currentWidget(),
        }  # files are made of words of their own
        assert bare_texts(dialog, NAMES, but=tables) == []
    dialog.show_progress(0.5)
    assert bare_texts(dialog, NAMES, but=tables) == []
    dialog.show_progress(None)
    dialog.reject()


def test_a_failure_goes_through_the_translator(hands):
    hands.lab._fail("it", "details of it")
    box = hands.dialog(QMessageBox)
    assert bare(box.text(), {"it"}) == []
    assert bare(box.windowTitle(), set()) == []
    assert bare_texts(box, {"it"}, but=box.findChildren(QLabel)) == []
    box.close()


def test_every_refusal_goes_through_the_translator(hands, tmp_path):
    refused = []
    hands.lab.desk.refused.connect(refused.append)
    hands.lab.desk.delete(range(4))
    hands.lab.desk.recall()
    for content in (b"words", b"", b"P1\n10 10\n0", b"P1\n99999 99999\n1"):
        file = tmp_path / "12.png"
        file.write_bytes(content)
        with pytest.raises(Refusal) as caught:
            read_grey(file)
        refused.append(caught.value)
    hands.lab.desk.store_all([("x", np.ones((10, 10), np.int8))] * 1001)
    assert len(refused) == 6
    for refusal in refused:
        hands.lab._refuse(refusal)
        assert bare(hands.window.banner.text, {"png"}) == [], refusal.sentence


def test_a_set_for_another_rule_is_announced_in_the_language_of_the_window(hands):
    meant_for_others = [
        name
        for name in library.set_names()
        if library.read_set(library.pattern_folder() / name).rule is not library.Rule.HEBB
    ]
    for name in meant_for_others:
        hands.lab._open_set(name)
        assert bare(hands.window.banner.text, set()) == []
    assert meant_for_others
