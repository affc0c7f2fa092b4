"""Line icons of one family, tinted by the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hopgui.ui.look.theme import Theme

SIZE = 20  # on a button
SMALL = 16  # in a menu

_FOLDER = Path(__file__).parent / "icons"
_SCALES = (1, 2)
_DISABLED_OPACITY = 0.4


def names() -> tuple[str, ...]:
    """Return the names of all icons, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))


@cache
def icon(name: str, theme: Theme, sizes: tuple[int, ...] = (SIZE,)) -> QIcon:
    """Return an icon in the colours of a theme.

    It is the colour of text, pale when disabled, the colour of doing when on or selected.

    Parameters
    ----------
    name
        What the icon means: a file of that name stands in ``icons/``.
    theme
        Colours to draw it in.
    sizes
        Sides to draw it for, in device-independent pixels.

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
        for size in sizes:
            for scale in _SCALES:
                made.addPixmap(pixmap(name, colour.name(_ARGB), size, scale), mode, state)
    return made


@cache
def tinted(name: str, colour: str, size: int = SIZE) -> QIcon:
    """Return an icon in one colour, ``#RRGGBB``, for a button that has a ground of its own.

    Raises
    ------
    KeyError
        If there is no icon of that name.
    """
    made = QIcon()
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
    picture = QPixmap(_shape(name, size, scale))
    painter = QPainter(picture)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(QRectF(0, 0, size, size), QColor(colour))
    painter.end()
    return picture


@cache
def _shape(name: str, size: int, scale: int) -> QPixmap:
    """Draw an icon once for all colours: drawing takes longer than filling with one."""
    drawing = _drawing(name)
    picture = QPixmap(QSize(size, size) * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _drawing(name: str) -> QSvgRenderer:
    path = _FOLDER / f"{name}.svg"
    if not path.is_file():
        raise KeyError(name)
    return QSvgRenderer(str(path))


_ARGB = QColor.NameFormat.HexArgb
