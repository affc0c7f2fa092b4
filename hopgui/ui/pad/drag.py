"""One drag over the pad, from press to release: which units it covers, each only once."""

from dataclasses import dataclass, field

import numpy as np

from hopgui.session.session import Grid, Picture
from hopgui.ui.pad.strokes import (
    NO_UNITS,
    Cell,
    Cells,
    Units,
    brush,
    fill,
    line,
    mirrored,
    rectangle,
    stamped,
)
from hopgui.ui.pad.tools import Tool

FREEHAND = frozenset({Tool.PENCIL, Tool.ERASER, Tool.PIN})
LINKED = frozenset({Tool.PENCIL, Tool.ERASER})
SHAPES = frozenset({Tool.LINE, Tool.RECTANGLE, Tool.STAMP, Tool.BLANK, Tool.SELECT})
FRAMED = frozenset({Tool.BLANK, Tool.SELECT})
NO_CELLS: Cells = np.empty((0, 2), np.int32)


@dataclass(frozen=True, eq=False)
class Hand:
    """What is held: the tool, the width of its brush, the mirrors it stands between, the stamp."""

    tool: Tool = Tool.PENCIL
    size: int = 1
    horizontally: bool = False
    vertically: bool = False
    stamp: Cells = field(default_factory=lambda: NO_CELLS)


class Drag:
    """A drag of one hand over one grid.

    Parameters
    ----------
    hand
        What is held, for the whole of the drag.
    adds
        Whether the drag sets +1 (or pins), rather than −1 (or lets go).
    grid
        The grid under it.
    start
        Cell where it begins; cells outside the grid are allowed.
    came_from
        Cell from which a freehand tool draws a straight line to the start, None for no line.
    """

    def __init__(
        self, hand: Hand, *, adds: bool, grid: Grid, start: Cell, came_from: Cell | None = None
    ) -> None:
        self.hand = hand
        self.adds = adds
        self.grid = grid
        self.start = start
        self.last = start if came_from is None else came_from
        self._covered = np.zeros(grid.units, bool)

    @property
    def is_shape(self) -> bool:
        """Whether nothing is painted before the release."""
        return self.hand.tool in SHAPES

    @property
    def value(self) -> int:
        """The value that is painted, +1 or −1."""
        return 1 if self.adds and self.hand.tool is not Tool.ERASER else -1

    def extend(self, cell: Cell) -> Units:
        """Go on to a cell in a straight line and return the units that are newly covered."""
        path = line(self.last, cell)
        self.last = cell
        if self.hand.tool not in FREEHAND:
            return NO_UNITS
        return self._fresh(brush(path, self.hand.size, self.grid))

    def flood(self, picture: Picture) -> Units:
        """Return the units of the area in which the drag began."""
        column, row = self.start
        if not (0 <= column < self.grid.width and 0 <= row < self.grid.height):
            return NO_UNITS
        return self._fresh(fill(picture, self.start))

    def shape(self) -> Units:
        """Return the units of the line or rectangle to the last cell, or of the stamp on it."""
        match self.hand.tool:
            case Tool.LINE:
                units = brush(line(self.start, self.last), self.hand.size, self.grid)
                return self._mirrored(units)
            case Tool.RECTANGLE:
                return self._mirrored(rectangle(self.start, self.last, self.grid))
            case Tool.STAMP:
                return self._mirrored(stamped(self.hand.stamp, self.last, self.grid))
            case Tool.BLANK:
                return rectangle(self.start, self.last, self.grid)
            case _:
                return NO_UNITS

    def clipped_corners(self) -> tuple[Cell, Cell] | None:
        """Return opposite corners of what the grid holds of the rectangle, None for nothing."""
        left, right = sorted((self.start[0], self.last[0]))
        top, bottom = sorted((self.start[1], self.last[1]))
        last_column, last_row = self.grid.width - 1, self.grid.height - 1
        if right < 0 or bottom < 0 or left > last_column or top > last_row:
            return None
        return (max(left, 0), max(top, 0)), (min(right, last_column), min(bottom, last_row))

    def _mirrored(self, units: Units) -> Units:
        hand = self.hand
        return mirrored(
            units, self.grid, horizontally=hand.horizontally, vertically=hand.vertically
        )

    def _fresh(self, units: Units) -> Units:
        units = self._mirrored(units)
        fresh = units[~self._covered[units]]
        self._covered[fresh] = True
        return fresh
