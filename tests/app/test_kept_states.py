"""States put aside: kept from the verdict, by key and from the atlas; seen, used and saved."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from hopgui.model.choices import Rule, RuleKind
from hopgui.session import library, store
from hopgui.session.carry import Carry
from hopgui.session.frame import Phase
from hopgui.session.session import Grid, with_pad

LEFT = Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def mixed(session, *members):
    """The document with a mixture of its memories on the pad."""
    total = sum(sign * session.patterns[place].astype(int) for sign, place in members)
    pad = np.where(total > 0, 1, -1).astype(np.int8)
    return with_pad(session, pad.reshape(session.grid.shape))


def letters():
    return library.session_of(library.read_set(library.pattern_folder() / "letters-10"))


def ghost():
    return mixed(letters(), (1, 0), (1, 1), (-1, 3))


def button(root, text):
    return next(each for each in root.findChildren(QPushButton) if each.text() == text)


def seen(root):
    return {each.text() for each in root.findChildren(QPushButton) if each.isVisible()}


def names(hands):
    return [state.name for state in hands.session.kept]


def spoken(hands):
    model = hands.panel("kept").view.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_a_ghost_is_kept_from_its_verdict_and_named_as_the_memories_stand(open_lab):
    hands = open_lab(ghost())
    hands.recall()
    card = hands.window.status
    hands.click(button(card, "Keep"))
    assert names(hands) == ["State 1"]
    assert np.array_equal(hands.session.kept[0].picture, hands.shown)
    assert not hands.window.banner.isVisible(), "the button says it"
    assert "Kept" in seen(card)
    assert len(hands.names) == 4, "it is no memory"

    hands.key(Qt.Key.Key_K, CTRL_SHIFT)
    hands.wait(lambda: spoken(hands) and spoken(hands)[0].startswith("State 1, Mixture + A + C"))
    assert spoken(hands)[0].endswith(", stable")
    energy = spoken(hands)[0]
    hands.window.gallery.select(3)
    hands.choose("delete")
    hands.wait(lambda: "…" not in spoken(hands)[0] and spoken(hands)[0] != energy)
    assert "− Y" not in spoken(hands)[0], "without Y it is another thing"


def test_k_keeps_what_is_shown_once_and_undo_takes_it_back(hands):
    hands.key(Qt.Key.Key_K)
    kept = hands.session.kept[0].picture
    assert np.array_equal(kept, hands.shown)
    hands.key(Qt.Key.Key_K)
    assert names(hands) == ["State 1"]
    assert hands.window.banner.text == "This state is kept already, as State 1."
    hands.key(Qt.Key.Key_I)
    hands.key(Qt.Key.Key_K)
    assert names(hands) == ["State 1", "State 2"]
    hands.choose("undo")
    hands.choose("undo")
    hands.choose("undo")
    assert names(hands) == []
    assert np.array_equal(hands.shown, kept)
    hands.choose("redo")
    assert names(hands) == ["State 1"]


def test_where_no_button_says_it_a_sentence_does(open_lab):
    hands = open_lab(library.first_session())
    hands.window.gallery.select(0)
    hands.choose("load")
    hands.key(Qt.Key.Key_W)
    assert "Keep" not in seen(hands.window.status), "it is a memory"
    hands.key(Qt.Key.Key_K)
    assert hands.window.banner.text == "Kept as State 1: Ctrl+Shift+K shows what is kept."


def test_a_moment_of_a_run_that_goes_on_is_kept_without_stopping_it(open_lab):
    hands = open_lab(speed=20)
    hands.key(Qt.Key.Key_Space)
    hands.wait_for(Phase.RUNNING)
    hands.wait(lambda: hands.frame.update > 2)
    hands.key(Qt.Key.Key_K)
    assert names(hands) == ["State 1"]
    assert hands.frame.phase is Phase.RUNNING


def test_a_kept_state_is_put_on_the_pad_stored_named_and_deleted(hands):
    hands.key(Qt.Key.Key_K)
    first = hands.session.kept[0].picture
    hands.recall()
    panel = hands.panel("kept")
    view = panel.view
    hands.click(view.viewport(), view.visualRect(view.model().index(0)).center())
    view.setFocus()
    hands.key(Qt.Key.Key_Return, on=view)
    assert np.array_equal(hands.shown, first)
    hands.choose("undo")
    assert not np.array_equal(hands.shown, first)

    hands.key(Qt.Key.Key_F2, on=view)
    editor = view.findChild(QLineEdit)
    editor.selectAll()
    hands.qtbot.keyClicks(editor, "a damaged A")
    hands.key(Qt.Key.Key_Return, on=editor)
    hands.wait(lambda: names(hands) == ["a damaged A"])

    hands.click(button(panel, "Store"))
    assert hands.names[-1] == "a damaged A"
    assert np.array_equal(hands.session.memories[-1].picture, first)
    assert names(hands) == ["a damaged A"], "it stays kept"
    hands.choose("undo")
    assert len(hands.names) == 4

    view.setFocus()
    hands.key(Qt.Key.Key_Delete, on=view)
    assert names(hands) == []
    hands.choose("undo")
    assert names(hands) == ["a damaged A"]


def test_a_spurious_state_is_unlearnt_from_its_verdict(open_lab):
    hands = open_lab(ghost())
    hands.recall()
    before = hands.shown.copy()
    hands.click(button(hands.window.status, "Unlearn it"))
    assert hands.session.rule.kind is RuleKind.UNLEARNING
    assert np.array_equal(hands.session.unlearnt[0], before)
    hands.choose("undo")
    assert hands.session.unlearnt == ()


def test_a_rule_that_cannot_unlearn_says_so_and_loses_nothing(open_lab):
    hands = open_lab(ghost())
    hands.lab.desk.set_rule(Rule(RuleKind.PROJECTION))
    session = hands.session
    hands.choose("unlearn")
    assert "Only what Hebb's rule has learnt" in hands.window.banner.text
    assert hands.session is session


def test_a_memory_and_an_inverse_are_not_offered_to_be_unlearnt(hands):
    hands.recall()
    assert "How it is built" in seen(hands.window.status)
    assert "Unlearn it" not in seen(hands.window.status)
    hands.key(Qt.Key.Key_I)
    hands.key(Qt.Key.Key_W)
    assert "Unlearn it" not in seen(hands.window.status)


def test_they_are_saved_and_opened_byte_for_byte(hands, tmp_path):
    hands.key(Qt.Key.Key_K)
    hands.key(Qt.Key.Key_I)
    hands.key(Qt.Key.Key_K)
    file = tmp_path / "kept.hopgui"
    store.write(file, hands.lab.desk.write_down())
    read = store.read(file)
    assert [state.name for state in read.kept] == ["State 1", "State 2"]
    hands.lab.files.open(file)
    hands.wait(lambda: len(hands.session.kept) == 2)
    assert store.encode(hands.session) == file.read_bytes()


def test_they_come_along_to_another_grid(hands):
    hands.key(Qt.Key.Key_K)
    hands.panel("kept")
    before = hands.session.kept[0].picture
    hands.lab.desk.resize(Grid(14, 12), Carry.CROP)
    after = hands.session.kept[0].picture
    assert np.array_equal(after[1:11, 2:12], before)
    hands.wait(lambda: "energy" in spoken(hands)[0])


def test_a_run_that_is_kept_does_not_hold_them_once_more(hands):
    hands.key(Qt.Key.Key_K)
    hands.recall()
    hands.lab.desk.keep_run(hands.lab.player.present)
    assert hands.session.runs[0].session.kept == ()
    assert names(hands) == ["State 1"]


def test_attractors_of_the_atlas_are_kept(open_lab):
    hands = open_lab(letters())
    atlas = hands.panel("atlas")
    hands.click(atlas.controls.strip.begin_button)
    hands.wait(lambda: atlas.view.model().rowCount() >= 3)
    hands.wait(lambda: not hands.lab._atlas._job.active)
    atlas.view.choose([0, 2])
    hands.click(button(atlas, "Keep"))
    assert names(hands) == ["State 1", "State 2"]
    found = hands.lab._atlas._snapshot.attractors
    assert np.array_equal(hands.session.kept[1].picture.ravel(), found[2].state)
    atlas.view.choose([0, 1])
    hands.click(button(atlas, "Keep"))
    assert len(names(hands)) == 3, "the one that was kept stays as it is"
