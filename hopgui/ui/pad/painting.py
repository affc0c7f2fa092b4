"""How the pad is drawn: one scaled image, a cached grid of gaps, one layer of marks.

Nothing is drawn cell by cell. The picture is an indexed image of a few bytes a row whose colour
table knows the themes; what marks single cells is stamped by numpy into one image as large as the
part that is seen. So a frame costs about the same however many units it has.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF, QTransform

from hopgui.session.session import Mask, Picture
from hopgui.ui.look.theme import Theme, memory_colour
from hopgui.ui.pad.heat import Reals, heat, heat_of
from hopgui.ui.pad.stamps import Layer, Stamps
from hopgui.ui.pad.strokes import NO_UNITS, Cell, Units
from hopgui.ui.pad.unit_marks import draw_mark
from hopgui.ui.pad.viewport import Viewport

SMALLEST_DOTTED_CELL = 8
SMALLEST_NOTCHED_CELL = 3
MOST_OUTLINES = 32

# Codes of the picture: the value, times one and what else is to be seen in it where cells are too
# small for marks. A negative code −k is the byte 256 − k of the colour table.
UNSTABLE, PINNED, DIFFERENT, TURNING = 1, 2, 4, 8


@dataclass(frozen=True, eq=False)
class Scene:
    """What is to be seen on the pad.

    Attributes
    ----------
    state
        Units ±1, with the shape that a line or rectangle will have once the button is let go.
    unstable
        Units to mark as wanting to flip, None for none.
    pinned
        Units to mark as pinned, None for none.
    fields
        Local fields to show behind the units, None for none.
    different
        Units to mark as differing from a memory, None for none.
    colour
        Number of that memory's colour.
    recent
        Units to outline, newest first.
    weakest
        Units to mark as those that stand least firmly.
    turning
        Units to underline: their flip changes where the state falls. None for none.
    frame
        Opposite corners of a rectangle to frame, None for none.
    piece
        Opposite corners of a piece that floats over the picture, None for none.
    guide
        Ends of a line to draw through the middles of two cells, None for none.
    cursor
        Cell of the keyboard's cursor, None if it is not to be seen.
    """

    state: Picture
    unstable: Mask | None = None
    pinned: Mask | None = None
    fields: Reals | None = None
    different: Mask | None = None
    colour: int = 0
    recent: Units = field(default_factory=lambda: NO_UNITS)
    weakest: Units = field(default_factory=lambda: NO_UNITS)
    turning: Mask | None = None
    frame: tuple[Cell, Cell] | None = None
    piece: tuple[Cell, Cell] | None = None
    guide: tuple[Cell, Cell] | None = None
    cursor: Cell | None = None


class PadPainting:
    """Draws scenes in the colours of a theme, and keeps what the next one can use again."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._tables: dict[int, list[int]] = {}
        self._gaps = QPixmap()
        self._gaps_key: tuple[int, ...] = ()
        self._stamps = Stamps(theme, 0, 0)
        self._layers: dict[str, Layer] = {}

    def paint(self, painter: QPainter, viewport: Viewport, scene: Scene) -> None:
        """Draw a scene; the painter's units become device pixels of the widget.

        Parameters
        ----------
        painter
            A painter on the widget or on an image it is rendered to.
        viewport
            Where the cells lie, in the device pixels of that painter.
        scene
            What to draw.
        """
        _count_device_pixels(painter)
        area = _visible_area(viewport)
        if area.isEmpty():
            return
        self._draw_picture(painter, viewport, scene, area)
        if viewport.gap:
            painter.drawPixmap(area.topLeft(), self._gap_pixmap(viewport))
        self._draw_marks(painter, viewport, scene, area)
        self._draw_recent(painter, viewport, scene)
        self._draw_weakest(painter, viewport, scene)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for corners, dashed in ((scene.frame, True), (scene.piece, False)):
            if corners is not None:
                a, b = corners
                box = QRectF(_cell_box(viewport, a).united(_cell_box(viewport, b)))
                self._frame(painter, viewport, _closed(box), dashed=dashed)
        if scene.guide is not None:
            ends = (QRectF(_cell_box(viewport, cell)).center() for cell in scene.guide)
            self._frame(painter, viewport, QPolygonF(list(ends)))
        if scene.cursor is not None:
            self._draw_cursor(painter, viewport, scene.cursor)

    def _draw_picture(
        self, painter: QPainter, viewport: Viewport, scene: Scene, area: QRect
    ) -> None:
        seen = _seen(viewport)
        state = scene.state[seen]
        if scene.fields is not None:
            fields = scene.fields[seen]
            dotted = _dotted(viewport)
            picture = heat(self.theme, fields) if dotted else heat_of(self.theme, fields, state)
            painter.drawImage(area, picture)
            return
        codes = np.ones_like(state)
        if not _dotted(viewport):
            for mask, code in ((scene.unstable, UNSTABLE), (scene.different, DIFFERENT)):
                if mask is not None:
                    codes += np.where(mask[seen], np.int8(code), np.int8(0))
        if scene.pinned is not None and not _notched(viewport):
            codes += np.where(scene.pinned[seen], np.int8(PINNED), np.int8(0))
        if scene.turning is not None and not _dotted(viewport):
            codes += np.where(scene.turning[seen], np.int8(TURNING), np.int8(0))
        codes *= state
        codes = np.ascontiguousarray(codes, np.int8)
        height, width = codes.shape
        # Rows are not padded to four bytes, so Qt has to be told where each begins.
        image = QImage(codes.view(np.uint8).data, width, height, width, _INDEXED)
        image.setColorTable(self._table(scene.colour))
        painter.drawImage(area, image.convertToFormat(QImage.Format.Format_RGB32))

    def _table(self, colour: int) -> list[int]:
        if colour not in self._tables:
            self._tables[colour] = _colour_table(self.theme, memory_colour(self.theme, colour))
        return self._tables[colour]

    def _gap_pixmap(self, viewport: Viewport) -> QPixmap:
        area = _visible_area(viewport)
        key = (viewport.cell, viewport.gap, area.width(), area.height())
        if key != self._gaps_key:
            tile = _gap_tile(viewport, QColor(self.theme.panel))
            self._gaps = QPixmap(area.size())
            self._gaps.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._gaps)
            painter.drawTiledPixmap(self._gaps.rect(), tile)
            painter.end()
            self._gaps_key = key
        return self._gaps

    def _draw_marks(self, painter: QPainter, viewport: Viewport, scene: Scene, area: QRect) -> None:
        if not _notched(viewport):
            return
        if not self._stamps.suits(viewport.cell, viewport.gap):
            self._stamps = Stamps(self.theme, viewport.cell, viewport.gap)
            self._layers.clear()
        seen, stamps = _seen(viewport), self._stamps
        state = scene.state[seen]
        if _dotted(viewport):
            if scene.fields is not None:
                self._stamp(painter, viewport, area, stamps.core, state)
            if scene.different is not None and scene.different.any():
                colour = memory_colour(self.theme, scene.colour)
                self._stamp(painter, viewport, area, stamps.slash, scene.different[seen], colour)
            if scene.unstable is not None and scene.unstable.any():
                self._stamp(painter, viewport, area, stamps.dot, scene.unstable[seen])
            if scene.turning is not None and scene.turning.any():
                self._stamp(painter, viewport, area, stamps.underline, scene.turning[seen])
        if scene.pinned is not None and scene.pinned.any():
            self._stamp(painter, viewport, area, stamps.notch, scene.pinned[seen], state)

    def _stamp(
        self,
        painter: QPainter,
        viewport: Viewport,
        area: QRect,
        stamp: Callable[..., None],
        *what: object,
    ) -> None:
        """Draw one kind of mark, in a layer of its own that the next frame uses again."""
        width, height, cell = area.width(), area.height(), viewport.cell
        shape = (height // cell, cell, width // cell, cell)
        layer = self._layers.get(stamp.__name__)
        if layer is None or layer.shape != shape:
            layer = self._layers[stamp.__name__] = np.zeros(shape, np.uint32)
        stamp(layer, *what)
        painter.drawImage(
            area.topLeft(), QImage(layer.data, width, height, 4 * width, _PREMULTIPLIED)
        )

    def _draw_recent(self, painter: QPainter, viewport: Viewport, scene: Scene) -> None:
        """Outline the last flips: the newest thick and full, older ones thinner and paler."""
        units = scene.recent[:MOST_OUTLINES]
        colour = QColor(self.theme.accent)
        thickest = min(3.0, max(1.0, viewport.cell / viewport.ratio / 12))
        for age in range(units.size - 1, -1, -1):
            row, column = divmod(int(units[age]), viewport.grid.width)
            strength = 1 - age / units.size
            width = max(1, round(viewport.ratio * thickest * strength))
            colour.setAlphaF(0.35 + 0.65 * strength)
            box = _inner_box(viewport, (column, row))
            hole = box.adjusted(width, width, -width, -width)
            painter.fillRect(box.x(), box.y(), box.width(), width, colour)
            painter.fillRect(box.x(), hole.bottom() + 1, box.width(), width, colour)
            painter.fillRect(box.x(), hole.y(), width, hole.height(), colour)
            painter.fillRect(hole.right() + 1, hole.y(), width, hole.height(), colour)

    def _draw_weakest(self, painter: QPainter, viewport: Viewport, scene: Scene) -> None:
        for unit in scene.weakest.tolist():
            row, column = divmod(unit, viewport.grid.width)
            box = QRectF(_cell_box(viewport, (column, row)))
            plus = bool(scene.state[row, column] > 0)
            draw_mark(painter, box, self.theme, plus=plus, ratio=viewport.ratio)

    def _frame(
        self, painter: QPainter, viewport: Viewport, path: QPolygonF, *, dashed: bool = True
    ) -> None:
        """Draw along what is dragged or selected, dashed so that it is not taken for the picture.

        A piece that floats is framed by a whole line: it covers the picture.
        """
        width = max(1, round(2 * viewport.ratio))
        painter.setPen(_square_pen(QColor(self.theme.panel), 2 * width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(path)
        pen = _square_pen(QColor(self.theme.act), width)
        if dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawPolyline(path)

    def _draw_cursor(self, painter: QPainter, viewport: Viewport, cell: Cell) -> None:
        """Ring the keyboard's cell; the ring stands off it, so it is seen on either value."""
        width = max(1, round(2 * viewport.ratio))
        box = QRectF(_cell_box(viewport, cell))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        window = QRectF(half, half, viewport.width - width, viewport.height - width)
        for colour, out in ((self.theme.panel, half), (self.theme.act, half + width)):
            painter.setPen(_square_pen(QColor(colour), width))
            painter.drawRect(box.adjusted(-out, -out, out, out).intersected(window))


_INDEXED = QImage.Format.Format_Indexed8
_PREMULTIPLIED = QImage.Format.Format_ARGB32_Premultiplied


def _dotted(viewport: Viewport) -> bool:
    return viewport.cell >= SMALLEST_DOTTED_CELL * viewport.ratio


def _notched(viewport: Viewport) -> bool:
    return viewport.cell >= SMALLEST_NOTCHED_CELL


def _seen(viewport: Viewport) -> tuple[slice, slice]:
    first_column, first_row, last_column, last_row = viewport.visible
    return slice(first_row, last_row), slice(first_column, last_column)


def _visible_area(viewport: Viewport) -> QRect:
    first_column, first_row, last_column, last_row = viewport.visible
    left, top = viewport.corner((first_column, first_row))
    right, bottom = viewport.corner((last_column, last_row))
    return QRect(left, top, right - left, bottom - top)


def _cell_box(viewport: Viewport, cell: Cell) -> QRect:
    return QRect(QPoint(*viewport.corner(cell)), QPoint(*viewport.corner(cell))).adjusted(
        0, 0, viewport.cell - 1, viewport.cell - 1
    )


def _closed(box: QRectF) -> QPolygonF:
    """Return a rectangle's outline as a path that ends where it begins."""
    corners = [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]
    return QPolygonF([*corners, corners[0]])


def _inner_box(viewport: Viewport, cell: Cell) -> QRect:
    """Return what of a cell its gaps leave, or a box around it where it is too small for one."""
    box = _cell_box(viewport, cell)
    if viewport.cell < 6 * viewport.ratio:
        out = max(1, round(viewport.ratio))
        return box.adjusted(-out, -out, out, out)
    before = viewport.gap // 2
    after = viewport.gap - before
    return box.adjusted(before, before, -after, -after)


def _count_device_pixels(painter: QPainter) -> None:
    """Let the painter count whole device pixels, on fractional screens too."""
    device = painter.deviceTransform()
    back, _ = painter.transform().inverted()
    system, _ = (back * device).inverted()
    whole = QTransform.fromTranslate(round(device.dx()), round(device.dy()))
    painter.setTransform(whole * system)


def _colour_table(theme: Theme, difference: QColor) -> list[int]:
    accent, muted, act = QColor(theme.accent), QColor(theme.muted), QColor(theme.act)
    table = [0] * 256
    for sign, colour in ((1, QColor(theme.plus)), (-1, QColor(theme.minus))):
        for marks in range(UNSTABLE + PINNED + DIFFERENT + TURNING + 1):
            mixed = _mixed(colour, difference, 0.7) if marks & DIFFERENT else colour
            mixed = _mixed(mixed, accent, 0.6) if marks & UNSTABLE else mixed
            mixed = _mixed(mixed, muted, 0.5) if marks & PINNED else mixed
            mixed = _mixed(mixed, act, 0.7) if marks & TURNING else mixed
            table[sign * (1 + marks) % 256] = mixed.rgb()
    return table


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def _gap_tile(viewport: Viewport, colour: QColor) -> QPixmap:
    """Return what one cell loses to its gaps: an edge, and rounded corners where it is large."""
    side, before = viewport.cell, viewport.gap // 2
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.fillRect(tile.rect(), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.black)
    inner = QRectF(before, before, side - viewport.gap, side - viewport.gap)
    radius = 2 * viewport.ratio if side >= 24 * viewport.ratio else 0
    painter.drawRoundedRect(inner, radius, radius)
    painter.end()
    return tile


def _square_pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
