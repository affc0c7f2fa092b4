"""How a table of couplings is drawn: one scaled image, hairline gaps, the frame of one cell."""

from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from hopgui.ui.couplings.heat_viewport import HeatViewport
from hopgui.ui.couplings.table import CouplingTable
from hopgui.ui.look import coupling_colours
from hopgui.ui.look.theme import Theme

SMALLEST_GAPPED = 6  # Qt's pixels: smaller cells touch

_INDEXED = QImage.Format.Format_Indexed8
_PLAIN = QImage.Format.Format_RGB32


class HeatPainting:
    """Draws tables in the colours of a theme; no more cells are touched than there are pixels."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._colours = coupling_colours.colour_table(theme)

    def picture(
        self,
        view: HeatViewport,
        table: CouplingTable,
        marked: tuple[int, int] | None,
        ratio: float,
    ) -> QImage:
        """Return what is seen of a table, in device pixels.

        Parameters
        ----------
        view
            Where the cells lie.
        table
            The couplings.
        marked
            Row and column of a cell to be framed, None for none.
        ratio
            Device pixels to one of Qt's.
        """
        picture = QImage(view.width, view.height, _PLAIN)
        picture.fill(QColor(self._theme.panel))
        painter = QPainter(picture)
        self._draw_cells(painter, view, table)
        if view.cell >= SMALLEST_GAPPED * ratio:
            self._draw_gaps(painter, view, ratio)
        whole = QRectF(view.left, view.top, view.columns * view.cell, view.rows * view.cell)
        painter.setPen(QPen(QColor(self._theme.line), ratio))
        painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5))
        if marked is not None:
            self._draw_mark(painter, view, marked, ratio)
        painter.end()
        return picture

    def _draw_cells(self, painter: QPainter, view: HeatViewport, table: CouplingTable) -> None:
        block = 2**view.level
        (row, row_end), (column, column_end) = view.seen_rows, view.seen_columns
        rows = slice(row // block, ceil(row_end / block))
        columns = slice(column // block, ceil(column_end / block))
        values = table.copy(view.level)[rows, columns]
        if not values.size:
            return
        seen = np.ascontiguousarray(coupling_colours.indices(values, table.copy_limit(view.level)))
        height, width = seen.shape
        # Rows are not padded to four bytes, so Qt has to be told where each begins.
        image = QImage(seen.data, width, height, width, _INDEXED)
        image.setColorTable(self._colours)
        side = view.cell * block
        left, top = view.left + columns.start * side, view.top + rows.start * side
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, side < 1)
        target = QRectF(left, top, width * side, height * side)
        painter.drawImage(target, image.convertToFormat(_PLAIN))

    def _draw_gaps(self, painter: QPainter, view: HeatViewport, ratio: float) -> None:
        painter.setPen(QPen(QColor(self._theme.panel), round(ratio)))
        (row, row_end), (column, column_end) = view.seen_rows, view.seen_columns
        bottom, right = view.top + row_end * view.cell, view.left + column_end * view.cell
        for each in range(column, column_end + 1):
            x = view.left + each * view.cell
            painter.drawLine(QPointF(x, view.top), QPointF(x, bottom))
        for each in range(row, row_end + 1):
            y = view.top + each * view.cell
            painter.drawLine(QPointF(view.left, y), QPointF(right, y))

    def _draw_mark(
        self, painter: QPainter, view: HeatViewport, marked: tuple[int, int], ratio: float
    ) -> None:
        row, column = marked
        width = max(1.0, min(2 * ratio, view.cell / 4))
        side = max(view.cell, 4 * ratio) - width
        frame = QRectF(0, 0, side, side)
        left, top = view.left + column * view.cell, view.top + row * view.cell
        frame.moveCenter(QPointF(left + view.cell / 2, top + view.cell / 2))
        painter.setPen(QPen(QColor(self._theme.text), width))
        painter.drawRect(frame)
