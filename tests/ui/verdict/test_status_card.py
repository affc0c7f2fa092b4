"""The card beside the pad: where the run stands and what is nearest."""

from dataclasses import replace

import pytest
from cards import LETTERS, MIXTURE, make_frame, make_memories, said
from PySide6.QtWidgets import QLabel

from hopgui.model.verdict import Kind, Verdict
from hopgui.session.frame import Phase
from hopgui.ui.verdict.overlap_bars import OverlapBars
from hopgui.ui.verdict.status_card import sentence


@pytest.mark.parametrize(
    ("frame", "title"),
    [
        (make_frame(Phase.REST, [74, 6, 2, 8]), "At rest"),
        (make_frame(Phase.RUNNING, [74, 6, 2, 8]), "Falling · 58 updates, 13 flips"),
        (make_frame(Phase.RUNNING, [74, 6, 2, 8], 1, 1, 1), "Falling · 1 update, 1 flip"),
        (make_frame(Phase.PAUSED, [74, 6, 2, 8]), "Paused · 58 updates, 13 flips"),
        (make_frame(Phase.PAUSED, [74, 6, 2, 8], 58, 200), "Moment 58 of 200 · 13 flips"),
        (make_frame(Phase.SETTLED, [74, 6, 2, 8], 58, 200), "Moment 58 of 200 · 13 flips"),
        (
            make_frame(Phase.SETTLED, [100, 6, 2, 8], 1143, 1143, 31),
            "Settled after 1\N{THIN SPACE}143 updates (31 flips)",
        ),
    ],
)
def test_it_says_where_the_run_stands(card, frame, title):
    card.show_frame(frame)
    assert said(card, "title") == title


@pytest.mark.parametrize(
    ("phase", "overlaps", "headline", "line"),
    [
        (Phase.RUNNING, [74, 6, 2, 8], "Nearest: memory A", "13 units away · energy −625 → −1 395"),
        (
            Phase.RUNNING,
            [4, -66, 2, 8],
            "Nearest: inverse of C",
            "17 units away · energy −625 → −1 395",
        ),
        (Phase.REST, [74, 6, 2, 8], "Nearest: memory A", "13 units away · energy −1 395"),
        (Phase.REST, [100, 6, 2, 8], "Nearest: memory A", "exact · energy −1 395"),
        (Phase.REST, [98, 6, 2, 8], "Nearest: memory A", "1 unit away · energy −1 395"),
        (Phase.SETTLED, [100, 6, 2, 8], "Memory A, exact", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, 6, 94, 8], "Memory H, 3 units away", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, -100, 4, 8], "Inverse of C", "energy −625 → −1 395"),
        (Phase.SETTLED, [0, -98, 4, 8], "Inverse of C, 1 unit away", "energy −625 → −1 395"),
        (
            Phase.SETTLED,
            [50, 52, 4, 8],
            "Nearest: memory C",
            "24 units away · energy −625 → −1 395",
        ),
        (
            Phase.SETTLED,
            [50, -52, 4, 8],
            "Nearest: inverse of C",
            "24 units away · energy −625 → −1 395",
        ),
    ],
)
def test_it_says_what_the_state_is(card, phase, overlaps, headline, line):
    card.resize(480, 260)
    card.show_frame(make_frame(phase, overlaps))
    assert said(card, "verdict") == headline
    assert said(card, "muted") == line.replace("−1 395", "−1\N{THIN SPACE}395")


def test_it_says_which_kind_of_stable(card):
    note = card.findChild(QLabel, "note")
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    assert note.text() == ""
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8]))
    assert note.text() == "a local minimum of the energy"
    card.show_frame(replace(make_frame(Phase.SETTLED, [74, 6, 2, 8]), held=2))
    assert note.text() == "a local minimum of the energy as long as the pinned units are held"
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], descents=6))
    assert note.text().endswith("not a local minimum: 6 single flips would still lower the energy")
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], 20, 58))
    assert note.text() == ""


def test_the_bars_stay_in_place_when_the_run_settles(qtbot, card):
    bars = card.findChild(OverlapBars)
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    qtbot.wait(1)
    before = bars.geometry()
    card.show_frame(make_frame(Phase.SETTLED, [100, 6, 2, 8]))
    qtbot.wait(1)
    assert bars.geometry() == before


def test_without_memories(card):
    card.show_memories(())
    card.show_frame(make_frame(Phase.REST, []))
    assert said(card, "verdict") == "Nothing stored yet"
    assert sentence(make_frame(Phase.SETTLED, []), ()).startswith("Settled after 58 updates")


def test_the_memory_being_recalled_is_deleted(card):
    frame = make_frame(Phase.RUNNING, [4, 6, 2, 88])
    card.show_frame(frame)
    assert said(card, "verdict") == "Nearest: memory Y"
    card.show_memories(LETTERS[:3])  # the next frame has not come yet
    assert "Y" not in said(card, "verdict")
    assert "Y" not in sentence(frame, LETTERS[:3])
    card.grab()


def test_a_renamed_memory_is_named_at_once(card):
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    card.show_memories((replace(LETTERS[0], name="Anna"), *LETTERS[1:]))
    assert said(card, "verdict") == "Nearest: memory Anna"


def test_names_are_no_markup_and_no_gaps(card):
    card.show_memories(make_memories("<b>{units}</b>", "C", "H", "Y"))
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    assert said(card, "verdict") == "Nearest: memory <b>{units}</b>"
    assert card.findChild(QLabel, "verdict").textFormat().name == "PlainText"


def test_a_long_name_is_cut_and_whole_in_the_hint(card):
    name = "A memory of a very long afternoon in the countryside"
    card.show_memories(make_memories(name, "C", "H", "Y"))
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    label = card.findChild(QLabel, "verdict")
    assert label.text().endswith("…")
    assert label.toolTip() == f"Nearest: memory {name}"
    assert card.width() == 380


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        (
            make_frame(Phase.SETTLED, [100, 6, 2, 8], 143, 143, 31, -2557.0),
            "Settled in memory A after 143 updates (31 flips), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [94, 6, 2, 8], 143, 143, 1, -2557.0),
            "Settled 3 units from memory A after 143 updates (1 flip), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [0, -100, 2, 8], 143, 143, 31, -2557.0),
            "Settled in the inverse of C after 143 updates (31 flips), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.SETTLED, [50, 6, 2, 8], 143, 143, 1, -2557.0),
            "Settled 25 units from memory A after 143 updates (1 flip), energy from −625 to −2 557",
        ),
        (
            make_frame(Phase.RUNNING, [74, 6, 2, 8]),
            "Falling · 58 updates, 13 flips · 13 units from memory A · energy −625 → −1 395",
        ),
    ],
)
def test_all_of_it_in_one_sentence(frame, text):
    thin = "\N{THIN SPACE}"
    assert sentence(frame, LETTERS) == text.replace("−2 557", f"−2{thin}557").replace(
        "−1 395", f"−1{thin}395"
    )


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(Kind.OTHER, agreement=0.5), "Settled close to no memory after 143 updates"),
        (MIXTURE, "Settled in the mixture + A + C − Y after 143 updates"),
        (Verdict(Kind.MEMORY, ((1, 0),), 1.0), "Settled 25 units from memory A after"),
    ],
)
def test_the_verdict_comes_into_the_sentence(verdict, text):
    frame = make_frame(Phase.SETTLED, [50, 6, 2, 8], 143, 143, 31, -2557.0)
    assert sentence(frame, LETTERS, verdict).startswith(text)


def test_a_screen_reader_hears_the_settling(card):
    settled = make_frame(Phase.SETTLED, [100, 6, 2, 8])
    card.show_frame(make_frame(Phase.RUNNING, [74, 6, 2, 8]))
    card.show_frame(settled)
    assert card.accessibleDescription() == sentence(settled, LETTERS)


@pytest.mark.parametrize("phase", [Phase.REST, Phase.PAUSED, Phase.SETTLED])
def test_a_screen_reader_hears_what_was_done_by_hand(card, phase):
    card.show_frame(make_frame(phase, [100, 6, 2, 8]))
    other = make_frame(phase, [74, 6, 2, 8], energy=-16.0)
    card.show_frame(other)
    assert card.accessibleDescription() == sentence(other, LETTERS)


def test_a_screen_reader_does_not_hear_every_frame_of_a_run(card, qtbot):
    first = make_frame(Phase.RUNNING, [74, 6, 2, 8])
    card.show_frame(first)
    card.show_frame(replace(first, update=60, energy=-1400.0))
    qtbot.waitUntil(lambda: said(card, "title").startswith("Falling · 60"))
    assert card.accessibleDescription() == sentence(first, LETTERS)


def test_energies_without_room_are_rounded_and_whole_in_the_hint(card):
    fall = "energy −625 → −357\u2009989\u2009939.33"
    frame = make_frame(Phase.SETTLED, [100, 6, 2, 8], energy=-357_989_939.33)
    card.resize(1000, 290)
    card.show_frame(frame)
    assert said(card, "muted") == fall
    label = card.findChild(QLabel, "muted")
    label.resize(label.fontMetrics().horizontalAdvance(fall) - 1, label.height())
    assert label.text() == "energy −625 → −3.580·10⁸"
    assert label.toolTip() == fall


def test_four_memories_stand_in_the_least_height_of_the_card(qtbot, card):
    card.show_frame(make_frame(Phase.SETTLED, [74, 6, 2, 8], descents=6))
    card.resize(380, card.minimumSizeHint().height())
    qtbot.wait(1)
    assert card.findChild(OverlapBars).rows() == ([0, 1, 2, 3], 0)
