import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QLabel

import hopgui.ui.look
from hopgui.ui.look import fonts, style
from hopgui.ui.look.theme import DARK, LIGHT, memory_pen

PACKAGE = Path(hopgui.ui.look.__file__).parent
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)

# Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
SIGHTS = {
    "full": np.eye(3),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    channels = np.array(QColor(colour).getRgbF()[:3])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ rgb / WHITE
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, sight: str) -> float:
    seen = [lab(np.clip(SIGHTS[sight] @ linear(colour), 0, 1)) for colour in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_contrast_is_counted_as_the_guidelines_do():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize("token", ["text", "muted", "act", "accent", "good"])
def test_type_can_be_read(theme, token):
    assert contrast(getattr(theme, token), theme.panel) >= 4.5


@THEMES
def test_type_on_the_colour_of_doing_can_be_read(theme):
    assert contrast(theme.on_act, theme.act) >= 4.5
    assert contrast(theme.muted, theme.window) >= 4.5


@THEMES
def test_memory_colours_stand_out_from_the_panel(theme):
    assert len(theme.memories) == 8
    assert min(contrast(colour, theme.panel) for colour in theme.memories) >= 3


@THEMES
@pytest.mark.parametrize("sight", SIGHTS)
def test_memory_colours_are_told_apart(theme, sight):
    pairs = itertools.combinations(theme.memories, 2)
    assert min(apart(one, other, sight) for one, other in pairs) >= 12


@pytest.mark.usefixtures("qapp")
def test_beyond_eight_memories_the_dash_tells_them_apart():
    first, ninth = memory_pen(LIGHT, 0), memory_pen(LIGHT, 8)
    assert first.color() == ninth.color()
    assert first.style() != ninth.style()


@THEMES
def test_the_style_sheet_has_no_gap_left_and_no_missing_picture(theme):
    sheet = style.style_sheet(theme)
    assert "$" not in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


@THEMES
def test_indicator_pictures_wear_colours_of_the_theme(theme):
    paths = list((PACKAGE / "icons" / theme.name).glob("*.svg"))
    assert paths
    for path in paths:
        colours = set(re.findall(r"#[0-9A-Fa-f]{6}", path.read_text(encoding="utf-8")))
        assert colours <= {theme.text, theme.muted, theme.on_act}, path


@THEMES
def test_both_themes_have_the_same_pictures(theme):
    assert {path.name for path in (PACKAGE / "icons" / theme.name).glob("*.svg")} == {
        path.name for path in (PACKAGE / "icons" / "light").glob("*.svg")
    }


def test_colours_are_laid_over_one_another():
    assert style.blend("#000000", "#FFFFFF", 0.0) == "#FFFFFF"
    assert style.blend("#000000", "#FFFFFF", 1.0) == "#000000"
    assert style.blend("#FF0000", "#0000FF", 0.5) == "#800080"


@pytest.fixture
def dressed(qapp):
    font, palette, name = qapp.font(), qapp.palette(), qapp.style().objectName()
    yield qapp
    qapp.setStyleSheet("")
    qapp.setStyle(name)
    qapp.setPalette(palette)
    qapp.setFont(font)


@THEMES
def test_the_program_is_dressed(dressed, theme):
    style.apply(dressed, theme)
    assert dressed.palette().color(QPalette.ColorRole.Window).name().upper() == theme.window
    assert dressed.palette().color(QPalette.ColorRole.Highlight).name().upper() == theme.act


class System:
    """Stands in for a desktop: the platform of the tests has no colour scheme to set."""

    def __init__(self, scheme):
        self.scheme = scheme

    def styleHints(self):  # noqa: N802 - Qt's own name
        return self

    def colorScheme(self):  # noqa: N802 - Qt's own name
        return self.scheme


def test_the_system_is_followed(qapp):
    assert style.system_theme(qapp) is LIGHT
    assert style.system_theme(System(Qt.ColorScheme.Dark)) is DARK
    assert style.system_theme(System(Qt.ColorScheme.Light)) is LIGHT
    assert style.system_theme(System(Qt.ColorScheme.Unknown)) is LIGHT


def test_three_weights_of_inter_are_shipped_and_small(dressed):
    fonts.install(dressed)
    assert set(QFontDatabase.styles("Inter")) >= {"Regular", "Medium", "Semi Bold"}
    assert QFontInfo(dressed.font()).family() == "Inter"
    files = list((PACKAGE / "fonts").glob("*.otf"))
    assert len(files) == 3
    assert max(path.stat().st_size for path in files) < 120_000
    assert "SIL OPEN FONT LICENSE" in (PACKAGE / "fonts" / "LICENSE.txt").read_text()


def test_the_font_has_every_character_that_is_shown(dressed):
    fonts.install(dressed)
    metrics = QFontMetricsF(dressed.font())
    for character in "Aéœ−\N{THIN SPACE}…·→←●○αξμΣσ½±≤≥×÷°“”’ŁžΩ∞√∂":
        assert metrics.inFontUcs4(ord(character)), character


@pytest.mark.parametrize("name", ["", "title", "verdict", "muted"])
def test_figures_are_equally_wide_even_under_the_style_sheet(dressed, qtbot, name):
    fonts.install(dressed)
    style.apply(dressed, LIGHT)
    label = QLabel("1")
    label.setObjectName(name)
    qtbot.addWidget(label)
    label.ensurePolished()
    metrics = QFontMetricsF(label.font())
    widths = [metrics.horizontalAdvance(digit) for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.1  # of a pixel; Inter's own figures differ by 4


def test_type_is_never_smaller_than_nine_points():
    sheet = style.style_sheet(LIGHT)
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", sheet)]
    assert min([*sizes, fonts.TEXT_SIZE, fonts.SMALL_SIZE]) >= 12
