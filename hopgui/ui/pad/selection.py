"""What is selected on the pad, and the piece that floats over it: a region, a picture, a hold."""

from dataclasses import dataclass, replace

import numpy as np

from hopgui.session.region import Cell, Piece, Region
from hopgui.session.session import Grid, Picture
from hopgui.ui.pad.painting import Scene


@dataclass(frozen=True, eq=False)
class Selection:
    """What is selected, what floats, and where it is held.

    Attributes
    ----------
    region
        The region selected, None for none.
    piece
        The piece that floats, None for none.
    hold
        Cell under which the pointer last had the piece in its grip, None while nothing holds it.
    """

    region: Region | None = None
    piece: Piece | None = None
    hold: Cell | None = None

    def floating(self, picture: Picture, near: Cell, grid: Grid) -> "Selection":
        """Let a picture, no larger than the grid, float with its middle near a cell.

        It takes the place of the region selected, if there is one.
        """
        height, width = picture.shape
        corner = near[0] - width // 2, near[1] - height // 2
        if self.region is not None:
            corner = self.region.left, self.region.top
        region = Region(0, 0, width, height).moved(*corner, grid)
        return Selection(None, Piece(picture, region))

    def grasped(self, cell: Cell) -> "Selection":
        """Take the piece into the grip at a cell of it."""
        return replace(self, hold=cell)

    def dragged(self, cell: Cell, grid: Grid) -> "Selection":
        """Let the piece follow the grip to a cell, as far as it stays on the grid."""
        if self.piece is None or self.hold is None:
            return self
        moved = self.moved(cell[0] - self.hold[0], cell[1] - self.hold[1], grid)
        if moved.piece is None:
            return self
        # Held back at the edge, the grip slides over the piece: it comes along again at once.
        before, after = self.piece.region, moved.piece.region
        hold = (
            self.hold[0] + after.left - before.left,
            self.hold[1] + after.top - before.top,
        )
        return replace(moved, hold=hold)

    def moved(self, columns: int, rows: int, grid: Grid) -> "Selection":
        """Move the piece, as far as it stays on the grid."""
        if self.piece is None:
            return self
        region = self.piece.region.moved(columns, rows, grid)
        return replace(self, piece=replace(self.piece, region=region))

    def let_go(self) -> "Selection":
        """Take the piece out of the grip."""
        return replace(self, hold=None)

    def shown_in(self, scene: Scene) -> Scene:
        """Return a scene in which the piece and the region are to be seen.

        What marks single units says nothing of the piece over them, and is left out there.
        """
        if self.region is not None:
            scene = replace(scene, frame=self.region.corners)
        if self.piece is None:
            return scene
        under = np.zeros(scene.state.shape, bool)
        under[self.piece.region.slices] = True
        masks = {
            name: getattr(scene, name) & ~under
            for name in ("unstable", "different", "turning", "pinned")
            if getattr(scene, name) is not None
        }
        return replace(
            scene,
            state=self.piece.over(scene.state),
            piece=self.piece.region.corners,
            recent=scene.recent[~under.flat[scene.recent]],
            weakest=scene.weakest[~under.flat[scene.weakest]],
            **masks,
        )
