"""The attractors found, as a list model: sorted, filtered, and growing while one looks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QObject, Qt

from hopgui.model.attractors import Attractor
from hopgui.model.verdict import Kind
from hopgui.session.session import Grid, Memory
from hopgui.ui.look import numbers
from hopgui.ui.parts.row_painting import ROW, Index
from hopgui.ui.verdict.kinds import KINDS
from hopgui.ui.verdict.verdict_text import title


class Order(StrEnum):
    """What the list is sorted by."""

    HITS = "hits"
    ENERGY = "energy"
    KIND = "kind"


@dataclass(frozen=True, eq=False)
class Row:
    """What one row of the list shows.

    Attributes
    ----------
    number
        Which attractor it is, in the order in which they were found.
    attractor
        The attractor.
    picture
        Its units ±1, int8 array of shape (height, width).
    name
        What it is, in a few words.
    colour
        Number of the colour of the memory that it is, or is the inverse of; None for all others.
    hits
        How many falls ended in it, None where nothing fell.
    share
        Their share of all falls, 0 … 1.
    """

    number: int
    attractor: Attractor
    picture: NDArray[np.int8]
    name: str
    colour: int | None
    hits: int | None
    share: float


class AttractorList(QAbstractListModel):
    """Attractors of one network. They are only ever added to, so a number stays a number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._attractors: tuple[Attractor, ...] = ()
        self._hits: NDArray[np.int64] | None = None
        self._falls = 0
        self._memories: tuple[Memory, ...] = ()
        self._shape = (1, 1)
        self._order = Order.HITS
        self._only: Kind | None = None
        self._rows: NDArray[np.int64] = np.empty(0, np.int64)

    def begin(self, memories: Sequence[Memory], grid: Grid) -> None:
        """Forget all attractors; those to come are of a network with these memories."""
        self.beginResetModel()
        self._attractors, self._hits, self._falls = (), None, 0
        self._memories, self._shape = tuple(memories), grid.shape
        self._rows = np.empty(0, np.int64)
        self.endResetModel()

    def show_attractors(
        self, attractors: tuple[Attractor, ...], hits: NDArray[np.int64] | None, falls: int
    ) -> bool:
        """Show these attractors; see `Row` for hits and falls.

        Returns
        -------
        reset
            Whether rows came or moved, so that what was chosen by row is another one.
        """
        self._attractors, self._hits, self._falls = attractors, hits, falls
        return self._arrange()

    def arrange(self, order: Order, only: Kind | None) -> bool:
        """Sort, and leave out all but one kind; returns as `show_attractors`."""
        self._order, self._only = order, only
        return self._arrange()

    def number(self, row: int) -> int:
        """Return which attractor stands in a row."""
        return int(self._rows[row])

    def rows_of(self, numbers_: Sequence[int]) -> list[int]:
        """Return the rows in which these attractors stand, those left out excepted."""
        return np.flatnonzero(np.isin(self._rows, numbers_)).tolist()

    def row(self, row: int) -> Row:
        """Return what a row shows."""
        number = self.number(row)
        attractor = self._attractors[number]
        verdict = attractor.verdict
        own = verdict.kind in {Kind.MEMORY, Kind.INVERSE}
        hits = None if self._hits is None else int(self._hits[number])
        return Row(
            number,
            attractor,
            attractor.state.reshape(self._shape),
            title(verdict, self._memories),
            self._memories[verdict.members[0][1]].colour if own else None,
            hits,
            0.0 if hits is None else hits / max(self._falls, 1),
        )

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else int(self._rows.size)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its name, or all that is to be said of it."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return " · ".join((row.name, *self.evidence(row)))
        return None

    def evidence(self, row: Row) -> tuple[str, ...]:
        """Say what is known of a row beside its name: energy, hits, agreement, stability."""
        words = [self.tr("E = {energy}").format(energy=numbers.energy(row.attractor.energy))]
        if row.hits is not None:
            text = self.tr("1 hit") if row.hits == 1 else self.tr("{n} hits")
            words.append(text.format(n=numbers.number(row.hits)))
            words.append(self.tr("{percent} %").format(percent=numbers.percent(row.share)))
        agreement = row.attractor.verdict.agreement
        text = self.tr("exact") if agreement >= 1 else self.tr("overlap {overlap}")
        words.append(text.format(overlap=numbers.number(agreement, 2)))
        if row.attractor.partner is None and not row.attractor.minimum:
            words.append(self.tr("held by its self-connections, no minimum of the energy"))
        return tuple(words)

    def _arrange(self) -> bool:
        rows = self._sorted()
        if np.array_equal(rows, self._rows):
            if rows.size:
                self.dataChanged.emit(self.index(0), self.index(int(rows.size) - 1))
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def _sorted(self) -> NDArray[np.int64]:
        kinds = self._each(lambda each: KINDS.index(each.verdict.kind)).astype(np.int64)
        energies = self._each(lambda each: each.energy)
        hits = np.zeros(len(self._attractors)) if self._hits is None else self._hits
        # Of those that are equal the ones found first come first.
        keys = {
            Order.HITS: (energies, -hits),
            Order.ENERGY: (-hits, energies),
            Order.KIND: (energies, -hits, kinds),
        }[self._order]
        rows = np.lexsort(keys)
        if self._only is not None:
            rows = rows[kinds[rows] == KINDS.index(self._only)]
        return rows.astype(np.int64)

    def _each(self, value: Callable[[Attractor], float]) -> NDArray[np.float64]:
        return np.array([value(each) for each in self._attractors], np.float64)
