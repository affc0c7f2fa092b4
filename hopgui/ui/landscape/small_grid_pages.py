"""The pages of what can be known exactly of small grids: the tree of barriers, and the kicks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from hopgui.model.barriers import BarrierTree
from hopgui.ui.landscape.barrier_chart import BarrierChart
from hopgui.ui.landscape.chart_page import ChartPage
from hopgui.ui.landscape.kick_chart import KickChart
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.numbers import energy, number, percent
from hopgui.ui.parts.elided_label import ElidedLabel

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts


class BarrierPage(ChartPage):
    """The minima of the energy and how high one must climb between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tree = BarrierChart()
        super().__init__(self._tree, parent)
        self._tree.setAccessibleName(self.tr("Tree of barriers"))

    def show_tree(self, marks: Sequence[StateMark], tree: BarrierTree) -> None:
        """Show a tree, with a mark for each of its minima."""
        self._tree.show_hint("")
        self._tree.show_marks(marks)
        self._tree.show_tree(tree)
        self.show_progress(1, 1)
        self.show_note(
            self.tr(
                "Exact: every local minimum of the energy, hanging from the saddle at which"
                " single flips first lead to another. What only its self-connections hold stable is"
                " no minimum, and not here."
            )
        )


class KickPage(ChartPage):
    """Where each stable state goes when one of its units is flipped, and where the pad falls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._graph = KickChart()
        super().__init__(self._graph, parent)
        self._graph.setAccessibleName(self.tr("Graph of transitions"))
        self._fates = ElidedLabel()
        self._fates.hide()
        self.column.insertWidget(1, self._fates)

    def show_kicks(
        self, marks: Sequence[StateMark], chances: NDArray[np.float64], all_states: int
    ) -> None:
        """Show the chances between some stable states.

        Parameters
        ----------
        marks
            The states that are shown.
        chances
            From the row to the column, float64 array of shape (marks, marks).
        all_states
            How many stable states there are.
        """
        self._graph.show_hint("")
        self._graph.show_marks(marks)
        self._graph.show_chances(chances)
        self.show_progress(1, 1)
        text = self.tr(
            "Exact: one unit is flipped, each as likely, then the state falls, units asked at"
            " random and none pinned. The arc around a state is the chance that it comes back."
        )
        if all_states > len(marks):
            text += " " + self.tr("Shown: the {n} largest basins of {all}.").format(
                n=number(len(marks)), all=number(all_states)
            )
        self.show_note(text)

    def show_absence(self, reason: str) -> None:
        """Say why there is nothing to be seen."""
        super().show_absence(reason)
        self._fates.hide()

    def show_fates(self, fates: Sequence[tuple[str, float]]) -> None:
        """Say where the state on the pad falls.

        Parameters
        ----------
        fates
            Names of the attractors it falls to, and the chances, 0 … 1; the likeliest first.
        """
        words = [
            self.tr("{percent} % {name}").format(name=name, percent=percent(chance))
            for name, chance in fates
        ]
        self._fates.show_text(self.tr("The pad falls to: {fates}").format(fates=" · ".join(words)))
        self._fates.show()


def climb_text(climb: float, size: int) -> str:
    """Say how high the way out of a minimum is, and how many states lie at its bottom."""
    words = []
    if np.isfinite(climb):
        words.append(translate("BarrierPage", "way out: {energy} up").format(energy=energy(climb)))
    if size > 1:
        words.append(translate("BarrierPage", "a plateau of {n} states").format(n=number(size)))
    return " · ".join(words)


def stay_text(chance: float) -> str:
    """Say how often a state comes back from a kick."""
    text = translate("KickPage", "comes back: {percent} %")
    return text.format(percent=number(100 * chance, 0))
