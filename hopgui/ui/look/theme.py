"""The colours of the window, light and dark, by what they mean."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


@dataclass(frozen=True)
class Theme:
    """Colour tokens, as ``#RRGGBB``.

    Attributes
    ----------
    window, panel, line
        The ground, the cards on it, and the hairlines between.
    plus, minus
        A unit at +1 and at −1.
    text, muted
        Type, and type that stands back.
    act, on_act
        The colour of doing (Recall, scrubber, the curve), and type upon it.
    accent
        "Wants to flip or has just flipped", and nothing else.
    good
        "Stable, within capacity", and nothing else.
    memories
        One colour a memory; beyond the last the dash of the line varies.
    """

    name: str
    window: str
    panel: str
    line: str
    plus: str
    minus: str
    text: str
    muted: str
    act: str
    on_act: str
    accent: str
    good: str
    memories: tuple[str, ...]


LIGHT = Theme(
    name="light",
    window="#F4F5F7",
    panel="#FFFFFF",
    line="#E4E8EE",
    plus="#1B2A41",
    minus="#E9EDF2",
    text="#18212F",
    muted="#5B6778",
    act="#1C5FD4",
    on_act="#FFFFFF",
    accent="#CF430C",
    good="#1B7F4B",
    memories=(
        "#0072B2",
        "#B35900",
        "#00795A",
        "#A6408A",
        "#6E2414",
        "#8878F5",
        "#3B1FA3",
        "#1E3A2C",
    ),
)

DARK = Theme(
    name="dark",
    window="#14181F",
    panel="#1C222C",
    line="#2C3542",
    plus="#E8EDF5",
    minus="#2A323F",
    text="#E8EDF5",
    muted="#9AA7BA",
    act="#4C8DFF",
    on_act="#0B1220",
    accent="#FF8A4C",
    good="#4CC38A",
    memories=(
        "#56B4E9",
        "#E69F00",
        "#2FC79A",
        "#E78AC3",
        "#B06A3A",
        "#7C6CF5",
        "#F0E442",
        "#C9F5E0",
    ),
)

_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)


def memory_colour(theme: Theme, colour: int) -> QColor:
    """Return the colour that memory number `colour` wears."""
    return QColor(theme.memories[colour % len(theme.memories)])


def memory_pen(theme: Theme, colour: int, width: float = 1.0) -> QPen:
    """Return the pen that draws a memory's line: its colour, and beyond eight memories its dash."""
    pen = QPen(memory_colour(theme, colour), width)
    pen.setCosmetic(True)
    pen.setStyle(_DASHES[colour // len(theme.memories) % len(_DASHES)])
    return pen
