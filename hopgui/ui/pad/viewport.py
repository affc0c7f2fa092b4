"""Where the cells of the pad lie in its widget, zoomed and panned: one frozen value."""

from dataclasses import dataclass, replace
from math import floor

from hopgui.session.session import Grid
from hopgui.ui.pad.strokes import Cell

LARGEST_ZOOMED_CELL = 96.0
ZOOM_STEP = 1.25


@dataclass(frozen=True)
class Viewport:
    """A picture of whole-pixel square cells behind a window of device pixels.

    All lengths are device pixels, so that cells are crisp at any scaling of the screen.

    Attributes
    ----------
    grid
        How many cells there are.
    width, height
        Size of the window.
    ratio
        Device pixels to one of Qt's.
    cell
        Side of a cell.
    left, top
        Where the picture's corner lies in the window.
    """

    grid: Grid
    width: int
    height: int
    ratio: float
    cell: int
    left: int
    top: int

    @property
    def fitting_cell(self) -> int:
        """Side of the largest cell with which the whole picture is seen."""
        return max(1, min(self.width // self.grid.width, self.height // self.grid.height))

    @property
    def fits(self) -> bool:
        """Whether the picture is shown as large as the window allows, and whole."""
        return self.cell == self.fitting_cell

    @property
    def zoom(self) -> float:
        """Size of the cells against those of the fitting picture."""
        return self.cell / self.fitting_cell

    @property
    def gap(self) -> int:
        """Width of the hairline between two cells; none where cells are small."""
        if self.cell < 6 * self.ratio:
            return 0
        return round(self.ratio * (2 if self.cell >= 24 * self.ratio else 1))

    @property
    def visible(self) -> tuple[int, int, int, int]:
        """First column, first row, last column + 1 and last row + 1 that the window shows."""
        first_column, last_column = _seen(self.left, self.cell, self.width, self.grid.width)
        first_row, last_row = _seen(self.top, self.cell, self.height, self.grid.height)
        return first_column, first_row, last_column, last_row

    def cell_at(self, x: float, y: float) -> Cell:
        """Return the cell under a point; outside the picture it goes on counting."""
        return floor((x - self.left) / self.cell), floor((y - self.top) / self.cell)

    def unit_at(self, x: float, y: float) -> int:
        """Return the unit under a point, −1 outside the picture."""
        column, row = self.cell_at(x, y)
        if 0 <= column < self.grid.width and 0 <= row < self.grid.height:
            return row * self.grid.width + column
        return -1

    def corner(self, cell: Cell) -> tuple[int, int]:
        """Return the top left corner of a cell."""
        return self.left + cell[0] * self.cell, self.top + cell[1] * self.cell


def fitted(grid: Grid, width: int, height: int, ratio: float) -> Viewport:
    """Return the viewport that shows the whole picture, centred, as large as it goes."""
    bare = Viewport(grid, width, height, ratio, 1, 0, 0)
    return _placed(bare, bare.fitting_cell, 0, 0)


def zoomed(viewport: Viewport, steps: int, x: float, y: float) -> Viewport:
    """Return the viewport some steps nearer (or, below 0, further), around a point.

    The cell under the point stays under it, except where that would push the picture out of the
    window. Not further out than the whole picture.
    """
    smallest = viewport.fitting_cell
    largest = max(smallest, round(LARGEST_ZOOMED_CELL * viewport.ratio))
    cell = viewport.cell
    for _ in range(abs(steps)):
        if steps > 0:
            cell = max(cell + 1, round(cell * ZOOM_STEP))
        else:
            cell = min(cell - 1, round(cell / ZOOM_STEP))
    cell = min(max(cell, smallest), largest)
    column, row = viewport.cell_at(x, y)
    left = _kept(x, viewport.left, viewport.cell, cell, column)
    top = _kept(y, viewport.top, viewport.cell, cell, row)
    return _placed(viewport, cell, left, top)


def panned(viewport: Viewport, across: int, down: int) -> Viewport:
    """Return the viewport with the picture moved by device pixels, as far as it may go."""
    return _placed(viewport, viewport.cell, viewport.left + across, viewport.top + down)


def resized(viewport: Viewport, width: int, height: int, ratio: float) -> Viewport:
    """Return the viewport for another window: still fitting, or with the same middle and zoom."""
    if viewport.fits:
        return fitted(viewport.grid, width, height, ratio)
    grown = ratio / viewport.ratio
    cell = max(1, round(viewport.cell * grown))
    bare = replace(viewport, width=width, height=height, ratio=ratio, cell=cell)
    if cell <= bare.fitting_cell:
        return fitted(viewport.grid, width, height, ratio)
    scale = cell / viewport.cell
    left = round(width / 2 - (viewport.width / 2 - viewport.left) * scale)
    top = round(height / 2 - (viewport.height / 2 - viewport.top) * scale)
    return _placed(bare, cell, left, top)


def revealing(viewport: Viewport, cell: Cell) -> Viewport:
    """Return the viewport moved just as far as it takes to show a cell whole."""
    x, y = viewport.corner(cell)
    across = max(0, -x) or min(0, viewport.width - x - viewport.cell)
    down = max(0, -y) or min(0, viewport.height - y - viewport.cell)
    return panned(viewport, across, down)


def _placed(viewport: Viewport, cell: int, left: int, top: int) -> Viewport:
    """Set the cell size and keep the window's middle over the picture; centre one that fits."""
    width, height = viewport.grid.width * cell, viewport.grid.height * cell
    if cell <= viewport.fitting_cell:
        left, top = (viewport.width - width) // 2, (viewport.height - height) // 2
    else:
        left = min(max(left, viewport.width // 2 - width), viewport.width // 2)
        top = min(max(top, viewport.height // 2 - height), viewport.height // 2)
    return replace(viewport, cell=cell, left=left, top=top)


def _kept(point: float, start: int, cell: int, new_cell: int, index: int) -> int:
    """Return where the picture must start so that the same spot of it is under a point.

    Whole pixels round: the spot may move by half a pixel, but never into the next cell.
    """
    new_start = round(point - (point - start) / cell * new_cell)
    reached = floor((point - new_start) / new_cell)
    return new_start + (reached > index) - (reached < index)


def _seen(start: int, cell: int, length: int, count: int) -> tuple[int, int]:
    first = min(max(-start // cell, 0), count)
    last = min(max(-(-(length - start) // cell), first), count)
    return first, last
