"""A rectangle of the pad, and the picture that was lifted from one."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hopgui.session.session import Grid, Picture, Session, frozen, with_pad

Cell = tuple[int, int]


@dataclass(frozen=True)
class Region:
    """A rectangle of cells.

    Attributes
    ----------
    left, top
        Column and row of its first cell.
    width, height
        Its sides in cells, at least 1.
    """

    left: int
    top: int
    width: int
    height: int

    @property
    def corners(self) -> tuple[Cell, Cell]:
        """Its first cell and its last."""
        return (self.left, self.top), (
            self.left + self.width - 1,
            self.top + self.height - 1,
        )

    @property
    def slices(self) -> tuple[slice, slice]:
        """What takes it out of an array of shape (height, width)."""
        return (
            slice(self.top, self.top + self.height),
            slice(self.left, self.left + self.width),
        )

    def holds(self, cell: Cell) -> bool:
        """Say whether a cell lies in it."""
        column, row = cell
        across = self.left <= column < self.left + self.width
        return across and self.top <= row < self.top + self.height

    def fits(self, grid: Grid) -> bool:
        """Say whether it is no larger than a grid."""
        return self.width <= grid.width and self.height <= grid.height

    def moved(self, columns: int, rows: int, grid: Grid) -> "Region":
        """Return it moved right and down, as far as it stays on the grid, which it must fit."""
        return replace(
            self,
            left=min(max(self.left + columns, 0), grid.width - self.width),
            top=min(max(self.top + rows, 0), grid.height - self.height),
        )

    def units(self, grid: Grid) -> NDArray[np.int32]:
        """Return its units on a grid, sorted flat indices, int32 array."""
        return np.arange(grid.units, dtype=np.int32).reshape(grid.shape)[self.slices].ravel()

    def cut_from(self, picture: Picture) -> Picture:
        """Return what a picture, int8 array of shape (height, width), shows in it."""
        return frozen(picture[self.slices])


@dataclass(frozen=True, eq=False)
class Piece:
    """A picture that lies over a region of the pad, and is no part of it yet.

    Attributes
    ----------
    picture
        Units ±1, int8 array of the region's shape (height, width), read-only.
    region
        Where it lies.
    """

    picture: Picture
    region: Region

    def over(self, picture: Picture) -> Picture:
        """Return a picture with this piece set into it, int8 array of that picture's shape."""
        covered = picture.copy()
        covered[self.region.slices] = self.picture
        return covered


def spanned(a: Cell, b: Cell) -> Region:
    """Return the region with two cells at opposite corners."""
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    return Region(left, top, right - left + 1, bottom - top + 1)


def whole(grid: Grid) -> Region:
    """Return the region that is the whole grid."""
    return Region(0, 0, grid.width, grid.height)


def set_piece(session: Session, piece: Piece) -> Session:
    """Set a piece into the picture on the pad, −1 and +1 alike."""
    return with_pad(session, piece.over(session.pad))
