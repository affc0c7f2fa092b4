"""Charts of panels go out too: as lines, in the theme that was chosen."""

import pytest
from exporting import gone, leave, open_dialog, save
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from hopgui.session.fingerprint import session_hash
from hopgui.session.provenance import NOWHERE
from hopgui.ui.exports.dialog import ExportDialog
from hopgui.ui.exports.order import CHARTS, Format, What, drawing_of
from hopgui.ui.exports.picture_files import to_bytes
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.why.panel import Page

CONTROL = Qt.KeyboardModifier.ControlModifier
PANELS = {
    What.LANDSCAPE: "landscape",
    What.RECOVERY: "basins",
    What.MARGINS: "why",
    What.LEARNING: "boltzmann",
    What.MOMENTS: "boltzmann",
}

CAPTIONS = {
    What.LANDSCAPE: "Energy from",
    What.RECOVERY: "Memory A",
    What.MARGINS: "Margins of all units",
}


def shown(hands, what):
    """Open the panel that shows this, and wait until it does."""
    hands.choose(PANELS[what])
    panel = hands.panel(PANELS[what])
    if what is What.LANDSCAPE:
        hands.wait(lambda: "Energy" in panel.caption)  # its shades are there
    if what is What.RECOVERY:
        hands.click(panel.strip.begin_button)
        hands.wait(lambda: not panel.chart.empty)
    return panel


def drawing(dialog):
    """What would be drawn now of what is chosen."""
    made = drawing_of(dialog.order(), dialog._subject)
    return to_bytes(made, Format.SVG, 400, "it", NOWHERE)


@pytest.mark.parametrize("what", [What.LANDSCAPE, What.RECOVERY, What.MARGINS])
def test_a_chart_of_a_panel_is_written_as_lines_and_letters(hands, tmp_path, what):
    panel = shown(hands, what)
    if what is What.MARGINS:
        panel.turn_to(Page.UNITS)
    expected = session_hash(hands.session)
    dialog = open_dialog(hands, what, Format.SVG)
    save(hands, dialog, tmp_path / "it.svg")
    gone(hands)
    content = (tmp_path / "it.svg").read_text()
    assert content.count("<text") > 2
    assert "<image" not in content
    assert CAPTIONS[what] in content, "what it shows, and how true it is"
    assert f"sha256 {expected}" in content


def test_a_chart_is_drawn_in_the_theme_chosen_and_keeps_its_own(hands, tmp_path):
    panel = shown(hands, What.MARGINS)
    panel.turn_to(Page.UNITS)
    dialog = open_dialog(hands, What.MARGINS, Format.PNG)
    dialog._settings._theme.show_choice(DARK)
    save(hands, dialog, tmp_path / "it.png")
    gone(hands)
    assert panel.chart._theme is LIGHT
    with Image.open(tmp_path / "it.png") as image:
        corner = image.convert("RGB").getpixel((0, 0))
    assert "#{:02x}{:02x}{:02x}".format(*corner) == DARK.panel.lower()


def test_a_chart_is_exported_as_it_was_when_asked(open_lab):
    hands = open_lab(speed=50)
    panel = shown(hands, What.MARGINS)
    panel.turn_to(Page.UNITS)
    hands.wait(panel.chart.isVisible)
    hands.key(Qt.Key.Key_Space, on=hands.pad)
    hands.wait(lambda: hands.frame.flips > 2)
    dialog = open_dialog(hands, What.MARGINS, Format.SVG)
    first = drawing(dialog)
    flips = hands.frame.flips
    hands.wait(lambda: hands.frame.flips > flips + 5)
    assert drawing(dialog) == first
    leave(hands, dialog)
    hands.key(Qt.Key.Key_Space, on=hands.pad)


def test_what_no_panel_shows_cannot_be_chosen(hands):
    shown(hands, What.MARGINS).turn_to(Page.UNITS)
    shown(hands, What.LEARNING)  # opened, and nothing learnt yet
    hands.window.docks.why.hide()  # what a hidden panel shows grows old
    hands.key(Qt.Key.Key_E, CONTROL)
    dialog = hands.dialog(ExportDialog)
    rows = dialog.findChild(QListWidget)
    items = {
        rows.item(row).data(Qt.ItemDataRole.UserRole): rows.item(row) for row in range(rows.count())
    }
    for what in CHARTS:
        assert not items[what.value].flags() & Qt.ItemFlag.ItemIsEnabled
        assert "panel" in items[what.value].toolTip()
    leave(hands, dialog)
