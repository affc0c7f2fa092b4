"""Line icons of one family, tinted by the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hopgui.ui.theme import Theme

SIZE = 20

_FOLDER = Path(__file__).parent / "icons"
_SIZES = (16, SIZE)  # in a menu and on a button
_SCALES = (1, 2)
_DISABLED_OPACITY = 0.4


def names() -> tuple[str, ...]:
    """Return the names of all icons, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))


@cache
def icon(name: str, theme: Theme) -> QIcon:
    """Return an icon in the colours of a theme.

    It is the colour of text, pale when disabled, the colour of doing when on or selected.

    Parameters
    ----------
    name
        What the icon means: a file of that name stands in ``icons/``.
    theme
        Colours to draw it in.

    Raises
    ------
    KeyError
        If there is no icon of that name.
    """
    faint = QColor(theme.muted)
    faint.setAlphaF(_DISABLED_OPACITY)
    tints = (
        (QIcon.Mode.Normal, QIcon.State.Off, QColor(theme.text)),
        (QIcon.Mode.Active, QIcon.State.Off, QColor(theme.text)),
        (QIcon.Mode.Disabled, QIcon.State.Off, faint),
        (QIcon.Mode.Selected, QIcon.State.Off, QColor(theme.act)),
        (QIcon.Mode.Normal, QIcon.State.On, QColor(theme.act)),
        (QIcon.Mode.Active, QIcon.State.On, QColor(theme.act)),
        (QIcon.Mode.Selected, QIcon.State.On, QColor(theme.act)),
        (QIcon.Mode.Disabled, QIcon.State.On, faint),
    )
    made = QIcon()
    for mode, state, colour in tints:
        for size in _SIZES:
            for scale in _SCALES:
                made.addPixmap(pixmap(name, colour.name(_ARGB), size, scale), mode, state)
    return made


@cache
def tinted(name: str, colour: str) -> QIcon:
    """Return an icon in one colour, ``#RRGGBB``, for a button that has a ground of its own.

    Raises
    ------
    KeyError
        If there is no icon of that name.
    """
    made = QIcon()
    for size in _SIZES:
        for scale in _SCALES:
            made.addPixmap(pixmap(name, colour, size, scale))
    return made


@cache
def pixmap(name: str, colour: str, size: int = SIZE, scale: int = 1) -> QPixmap:
    """Draw an icon in one colour.

    Parameters
    ----------
    name
        What the icon means.
    colour
        ``#RRGGBB`` or ``#AARRGGBB``.
    size
        Side in device-independent pixels.
    scale
        Device pixels in one of them.

    Raises
    ------
    KeyError
        If there is no icon of that name.
    """
    ink = QColor(colour)
    drawing = _source(name).replace("currentColor", ink.name())
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    picture = QPixmap(QSize(size, size) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    square = QRectF(0, 0, size, size)
    renderer.render(painter, square)
    # Thinned as a whole: strokes that cross must not show through each other.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.fillRect(square, QColor(0, 0, 0, ink.alpha()))
    painter.end()
    return picture


@cache
def _source(name: str) -> str:
    path = _FOLDER / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    return path.read_text(encoding="utf-8")


_ARGB = QColor.NameFormat.HexArgb
