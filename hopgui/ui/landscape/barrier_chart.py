"""The tree of barriers: minima hang at their energies from the saddles at which they meet."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from hopgui.model.barriers import NO_NODE, BarrierTree
from hopgui.ui.landscape.state_chart import StateChart
from hopgui.ui.look.numbers import tick_texts
from hopgui.ui.verdict.kinds import paint_kind

_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 12, 12, 24
LARGEST_TILE, SMALLEST_TILE = 44, 8
LEAST_PICTURE = 14  # pixels: smaller thumbnails would be smudges
_TILE_GAP = 4


class BarrierChart(StateChart):
    """Energy upwards; every minimum is a thumbnail where there is room, else a mark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tree: BarrierTree | None = None
        self._columns: NDArray[np.float64] = np.empty(0)
        self._range = 0.0, 1.0

    def show_tree(self, tree: BarrierTree | None) -> None:
        """Show a tree; its minima are the marks, in their order."""
        self._tree = tree
        if tree is not None:
            self._columns = columns(tree)
            low, high = float(tree.energies.min()), float(tree.energies.max())
            air = max((high - low) * 0.08, 0.5)
            self._range = low - air, high + air
        self.renew()

    def node(self, node: int) -> QPointF:
        """Return where a node stands in the whole picture."""
        low, high = self._range
        width, height = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM - self.tile
        energy = 0.0 if self._tree is None else float(self._tree.energies[node])
        share = (energy - low) / (high - low)
        across = self._columns[node] if node < len(self._columns) else 0.5
        return QPointF(_LEFT + across * width, _TOP + (1 - share) * height)

    def place(self, index: int) -> QPointF:
        """Return where a minimum's thumbnail has its middle: it hangs from the minimum."""
        at = self.node(index) if self._tree is not None else QPointF()
        # The picture grows when it is zoomed, thumbnails do not.
        return QPointF(at.x(), at.y() + (self.tile / 2 + 1) / self.zoom.scale)

    def size_of(self, index: int) -> float:
        """Return half the side of a thumbnail."""
        del index
        return self.tile / 2

    @property
    def tile(self) -> float:
        """Side of a thumbnail: as large as neighbours allow."""
        minima = max(1, len(self.marks))
        room = (self.width() - _LEFT - _RIGHT) * self.zoom.scale / minima - _TILE_GAP
        return float(min(max(room, SMALLEST_TILE), LARGEST_TILE))

    def paint_still(self, painter: QPainter) -> None:
        """Paint the energies and the branches."""
        tree = self._tree
        if tree is None:
            return
        self._paint_energies(painter)
        painter.setClipRect(self.rect().adjusted(_LEFT - 8, 0, 0, 0))
        pen = QPen(QColor(self.theme.text), 1.5)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        painter.setPen(pen)
        for node, parent in enumerate(tree.parents.tolist()):
            at = self.zoom.shown(self.node(node))
            if parent == NO_NODE:
                continue
            above = self.zoom.shown(self.node(parent))
            painter.drawLine(at, QPointF(at.x(), above.y()))
            painter.drawLine(QPointF(at.x(), above.y()), above)

    def _paint_energies(self, painter: QPainter) -> None:
        low, high = self._range
        texts, factor = tick_texts(low, high, max(2, int(self.height() * self.zoom.scale / 44)))
        height = self.height() - _TOP - _BOTTOM - self.tile
        for value, text in texts:
            share = (value - low) / (high - low)
            y = self.zoom.shown(QPointF(0, _TOP + (1 - share) * height)).y()
            painter.setPen(QColor(self.theme.line))
            painter.drawLine(QPointF(_LEFT - 8, y), QPointF(self.width(), y))
            painter.setPen(QColor(self.theme.muted))
            box = QRectF(0, y - 9, _LEFT - 14, 18)
            flags = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
            painter.drawText(box, flags, text)
        painter.drawText(QRectF(0, 0, _LEFT, 16), Qt.AlignmentFlag.AlignLeft, factor)

    def paint_mark(self, painter: QPainter, index: int) -> None:
        """Draw a minimum's thumbnail, or its shape where thumbnails would be too small."""
        at, side = self.seen(index), self.tile
        if side < LEAST_PICTURE:
            super().paint_mark(painter, index)
            return
        picture = self.picture_of(index, int(side))
        box = QRectF(at.x() - int(side) / 2, at.y() - int(side) / 2, int(side), int(side))
        painter.drawPixmap(box.topLeft(), picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawRect(box)
        beneath = QPointF(at.x(), box.bottom() + 9)
        paint_kind(painter, self.theme, self.marks[index].kind, beneath, 3.5)


def columns(tree: BarrierTree) -> NDArray[np.float64]:
    """Return where nodes stand from left to right, 0 … 1, so that no two branches cross.

    Minima stand side by side, at each saddle the part with the lowest minimum leftmost; a saddle
    stands over the middle of what meets there.

    Returns
    -------
    NDArray
        float64 array of shape (nodes,).
    """
    nodes = tree.parents.size
    children: list[list[int]] = [[] for _ in range(nodes)]
    root = 0
    for node, parent in enumerate(tree.parents.tolist()):
        if parent == NO_NODE:
            root = node
        else:
            children[parent].append(node)
    lowest = tree.energies.copy()
    for node in range(tree.minima, nodes):  # saddles come after all that meets there
        lowest[node] = min(lowest[child] for child in children[node])
    order: list[int] = []
    _walk(root, children, lowest, order)
    across = np.zeros(nodes)
    for column, node in enumerate(order):
        across[node] = (column + 0.5) / len(order)
    for node in range(tree.minima, nodes):
        across[node] = np.mean([across[child] for child in children[node]])
    return across


def _walk(
    root: int, children: list[list[int]], lowest: NDArray[np.float64], order: list[int]
) -> None:
    """Gather the minima under a node, the deepest part first."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not children[node]:
            order.append(node)
        # The last one put down is the first one taken up.
        waiting.extend(sorted(children[node], key=lambda child: (-lowest[child], -child)))
