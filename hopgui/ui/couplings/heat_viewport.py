"""Where the cells of a heat map lie in its window, zoomed and panned: one frozen value."""

from dataclasses import dataclass, replace
from math import floor

LARGEST_CELL = 48.0
STEP = 1.25
# From this size on cells are whole pixels, so that they are equally wide.
WHOLE = 2.0


@dataclass(frozen=True)
class HeatViewport:
    """A table behind a window, in device pixels.

    Attributes
    ----------
    rows, columns
        How many cells there are.
    width, height
        Size of the window.
    cell
        Side of a cell; below 1 where several share a pixel.
    left, top
        Where the table's corner lies in the window.
    """

    rows: int
    columns: int
    width: int
    height: int
    cell: float
    left: float
    top: float

    @property
    def fitting_cell(self) -> float:
        """Side of the largest cell with which the whole table is seen."""
        side = min(self.width / max(self.columns, 1), self.height / max(self.rows, 1))
        return max(_whole(side), 1e-3)

    @property
    def fits(self) -> bool:
        """Whether the table is seen whole."""
        return self.cell <= self.fitting_cell

    @property
    def level(self) -> int:
        """Which power of two cells may be drawn as one: less than a pixel each."""
        level = 0
        while self.cell * 2 ** (level + 1) <= 1:
            level += 1
        return level

    @property
    def seen_columns(self) -> tuple[int, int]:
        """First column seen, and last + 1."""
        return _seen(self.left, self.cell, self.width, self.columns)

    @property
    def seen_rows(self) -> tuple[int, int]:
        """First row seen, and last + 1."""
        return _seen(self.top, self.cell, self.height, self.rows)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column under a point, None outside the window or the table."""
        column, row = floor((x - self.left) / self.cell), floor((y - self.top) / self.cell)
        inside = 0 <= x < self.width and 0 <= y < self.height
        if inside and 0 <= row < self.rows and 0 <= column < self.columns:
            return row, column
        return None


def fitted(rows: int, columns: int, width: int, height: int) -> HeatViewport:
    """Return the viewport that shows the whole table as large as it goes, from the corner on."""
    bare = HeatViewport(rows, columns, max(width, 1), max(height, 1), 1.0, 0.0, 0.0)
    return _placed(bare, bare.fitting_cell, 0.0, 0.0)


def zoomed(view: HeatViewport, steps: float, x: float, y: float, ratio: float) -> HeatViewport:
    """Return the viewport some steps nearer (or, below 0, further), around a point.

    Not further out than the whole table, nor nearer than cells of 48 of Qt's pixels.
    """
    largest = max(view.fitting_cell, LARGEST_CELL * ratio)
    cell = _whole(view.cell * STEP**steps)
    if cell == view.cell and steps > 0:  # whole pixels must not hold the zoom back
        cell += 1
    cell = min(max(cell, view.fitting_cell), largest)
    grown = cell / view.cell
    return _placed(view, cell, x - (x - view.left) * grown, y - (y - view.top) * grown)


def panned(view: HeatViewport, across: float, down: float) -> HeatViewport:
    """Return the viewport with the table moved by device pixels, as far as it may go."""
    return _placed(view, view.cell, view.left + across, view.top + down)


def resized(view: HeatViewport, width: int, height: int) -> HeatViewport:
    """Return the viewport for another window: still whole, or with the same cells."""
    if view.fits:
        return fitted(view.rows, view.columns, width, height)
    bare = replace(view, width=max(width, 1), height=max(height, 1))
    return _placed(bare, max(bare.cell, bare.fitting_cell), bare.left, bare.top)


def _placed(view: HeatViewport, cell: float, left: float, top: float) -> HeatViewport:
    """Set the cells' size and keep the table over the window; centre it where it is smaller."""
    return replace(
        view,
        cell=cell,
        left=_kept(left, view.width, cell * view.columns),
        top=_kept(top, view.height, cell * view.rows),
    )


def _kept(start: float, window: int, size: float) -> float:
    room = window - size
    return float(round(room / 2 if room >= 0 else min(max(start, room), 0.0)))


def _whole(side: float) -> float:
    return float(floor(side)) if side >= WHOLE else side


def _seen(start: float, cell: float, length: int, count: int) -> tuple[int, int]:
    first = min(max(floor(-start / cell), 0), count)
    last = min(max(floor((length - start) / cell) + 1, first), count)
    return first, last
