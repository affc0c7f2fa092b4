"""The type of the window: Inter, shipped with the program, with figures of one width."""

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

FAMILIES = ("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans", "sans-serif")
TEXT_SIZE = 13
SMALL_SIZE = 12

_FOLDER = Path(__file__).parent / "fonts"
REGULAR = _FOLDER / "Inter-Regular.otf"
_TABULAR = QFont.Tag("tnum")


def install(app: QApplication) -> None:
    """Register the shipped fonts and make Inter, 13 px, the font of the program."""
    _register()
    app.setFont(font(TEXT_SIZE))


def font(pixels: int = TEXT_SIZE, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's font at a size in pixels, with tabular figures.

    Parameters
    ----------
    pixels
        Height in device-independent pixels, 12 (9 pt) or more.
    weight
        Normal, medium or semibold: the three that are shipped.
    """
    chosen = QFont(list(FAMILIES))
    chosen.setPixelSize(pixels)
    chosen.setWeight(weight)
    return tabular(chosen)


def tabular(proportional: QFont) -> QFont:
    """Return a copy of a font in which all figures are equally wide, so that numbers stand."""
    copy = QFont(proportional)
    copy.setFeature(_TABULAR, 1)
    return copy


@cache
def _register() -> None:
    for path in sorted(_FOLDER.glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))
