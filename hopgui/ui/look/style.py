"""The whole window dressed in a theme: Fusion, a palette and one style sheet."""

import re
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from hopgui.ui.look import fonts, painting
from hopgui.ui.look.theme import DARK, LIGHT, Theme

_FOLDER = Path(__file__).parent
_SHEET = _FOLDER / "style.qss"
_TYPE = re.compile(r"font-size: (\d+)px")
_PALETTE = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "panel"),
    (QPalette.ColorRole.AlternateBase, "window"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Button, "panel"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "on_act"),
    (QPalette.ColorRole.Highlight, "act"),
    (QPalette.ColorRole.HighlightedText, "on_act"),
    (QPalette.ColorRole.Accent, "act"),
    (QPalette.ColorRole.Link, "act"),
    (QPalette.ColorRole.LinkVisited, "act"),
    (QPalette.ColorRole.ToolTipBase, "text"),
    (QPalette.ColorRole.ToolTipText, "panel"),
    (QPalette.ColorRole.Light, "panel"),
    (QPalette.ColorRole.Midlight, "line"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "muted"),
    (QPalette.ColorRole.Shadow, "line"),
)
_FADING = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def apply(app: QApplication, theme: Theme, scale: float = 1.0) -> None:
    """Dress every window of the program in a theme, its type larger by a factor."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    font = fonts.font(round(scale * fonts.TEXT_SIZE))
    if font != app.font():  # every widget would be told
        app.setFont(font)
    app.setStyleSheet(style_sheet(theme, scale))


def system_theme(app: QApplication) -> Theme:
    """Return the theme that the system asks for; light where it does not say."""
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """Return the palette of a theme, for what paints itself without the style sheet."""
    colours = QPalette()
    for role, token in _PALETTE:
        colours.setColor(role, QColor(getattr(theme, token)))
    for role in _FADING:
        colours.setColor(
            QPalette.ColorGroup.Disabled, role, QColor(blend(theme.muted, theme.panel, 0.5))
        )
    return colours


def style_sheet(theme: Theme, scale: float = 1.0) -> str:
    """Return the style sheet of a theme, its type larger by a factor."""
    tokens = {name: value for name, value in vars(theme).items() if isinstance(value, str)} | {
        "hover": blend(theme.text, theme.panel, 0.06),
        "pressed": blend(theme.text, theme.panel, 0.12),
        "chosen": blend(theme.act, theme.panel, 0.14),
        "chosen_hover": blend(theme.act, theme.panel, 0.22),
        "act_hover": blend(theme.act, theme.text, 0.88),
        "act_pressed": blend(theme.act, theme.text, 0.76),
        "groove": blend(theme.muted, theme.panel, 0.22),
        "edge": blend(theme.muted, theme.panel, 0.32),
        "box": blend(theme.muted, theme.panel, 0.75),
        "faint": blend(theme.muted, theme.panel, 0.5),
        "icons": (_FOLDER / "icons" / theme.name).as_posix(),
    }
    sheet = Template(_SHEET.read_text(encoding="utf-8")).substitute(tokens)
    return _TYPE.sub(lambda size: f"font-size: {round(scale * int(size[1]))}px", sheet)


def blend(colour: str, ground: str, share: float) -> str:
    """Return a share (0 … 1) of one colour laid over another, as ``#RRGGBB``."""
    return painting.blend(colour, ground, share).name().upper()
