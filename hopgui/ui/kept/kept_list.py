"""The kept states as a list model: what each row knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal

from hopgui.model.appraisal import Appraisal
from hopgui.model.verdict import Kind, Verdict
from hopgui.session.session import KeptState, Memory
from hopgui.ui.look import numbers
from hopgui.ui.parts.row_painting import ROW, Index
from hopgui.ui.parts.stability import stability_word
from hopgui.ui.verdict import verdict_text


@dataclass(frozen=True, eq=False)
class Row:
    """What one row of the list shows.

    Attributes
    ----------
    state
        The kept state.
    appraisal
        What it is under the present network, None while that is being found out.
    told
        What it is, in words; and the same in ever fewer.
    colour
        Number of the colour of the memory that it is, or is the inverse of; None for all others.
    """

    state: KeptState
    appraisal: Appraisal | None
    told: tuple[str, ...]
    colour: int | None


class KeptList(QAbstractListModel):
    """The kept states, oldest first.

    *Signals*

    renamed(int, str)
        A row was given another name by hand. The list itself does not change.
    """

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kept: tuple[KeptState, ...] = ()
        self._appraisals: tuple[Appraisal | None, ...] = ()
        self._memories: tuple[Memory, ...] = ()

    def show_kept(
        self,
        kept: tuple[KeptState, ...],
        appraisals: Sequence[Appraisal | None],
        memories: tuple[Memory, ...],
    ) -> bool:
        """Take over the kept states and what is known of them; see `KeptPanel.show_kept`.

        Returns
        -------
        reset
            Whether rows came or went, so that selections by row are gone.
        """
        same_rows = len(kept) == len(self.kept) and all(
            new.picture is old.picture for new, old in zip(kept, self.kept, strict=True)
        )
        if not same_rows:
            self.beginResetModel()
        self.kept, self._appraisals, self._memories = kept, tuple(appraisals), memories
        if not same_rows:
            self.endResetModel()
        elif kept:
            self.dataChanged.emit(self.index(0), self.index(len(kept) - 1))
        return not same_rows

    def row(self, number: int) -> Row:
        """Return what a row shows."""
        state, appraisal = self.kept[number], self._appraisals[number]
        if appraisal is None:
            return Row(state, None, ("…",), None)
        verdict, memories = appraisal.verdict, self._memories
        if not memories:
            text = self.tr("Nothing stored yet")
            return Row(state, appraisal, (text,), None)
        own = verdict.kind in {Kind.MEMORY, Kind.INVERSE}
        index = verdict.members[0][1] if own else len(memories)
        colour = memories[index].colour if index < len(memories) else None
        return Row(state, appraisal, self._told(verdict, state.picture.size), colour)

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the kept states."""
        return 0 if parent is not None and parent.isValid() else len(self.kept)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, its name, or all that is to be said of it."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.kept[index.row()].name
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(self.row(index.row()))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; an empty one keeps the old."""
        name = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if not name or name == self.kept[index.row()].name:
            return False
        self.renamed.emit(index.row(), name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be selected and edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def _told(self, verdict: Verdict, units: int) -> tuple[str, ...]:
        """Say what a state is, and the same in fewer words that hide nothing."""
        told = verdict_text.headline(verdict, self._memories, units)
        if verdict.kind is Kind.OTHER:
            return *told, self.tr("Close to none")
        single = verdict.kind in {Kind.MEMORY, Kind.INVERSE}
        if single and verdict.agreement < 1:
            return told
        return told[0], verdict_text.title(verdict, self._memories), told[1]

    def _spoken(self, row: Row) -> str:
        said = [row.state.name, row.told[0]]
        if row.appraisal is not None:
            energy = numbers.energy(row.appraisal.energy)
            said.append(self.tr("energy {energy}").format(energy=energy))
            said.append(stability_word(stable=row.appraisal.stable))
        return ", ".join(said)
