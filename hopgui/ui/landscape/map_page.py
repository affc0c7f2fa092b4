"""The page of the map of attractors."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hopgui.model.scaling import Scaling
from hopgui.ui.landscape.attractor_map import AttractorMap
from hopgui.ui.landscape.chart_page import ChartPage
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.job_strip import JobStrip
from hopgui.ui.verdict.kind_bar import KindBar


class MapPage(ChartPage):
    """Attractors laid out by the units in which they differ, and the search for them.

    Attributes
    ----------
    strip
        The strip of the search.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self._map = AttractorMap()
        super().__init__(self._map, parent)
        self._map.setAccessibleName(self.tr("Map of attractors"))
        self._kinds = KindBar()
        self.strip = JobStrip(self.tr("Find attractors"))
        self.column.insertWidget(1, self._kinds)
        self.column.addWidget(self.strip)
        self.show_attractors((), None, 0)

    def show_attractors(
        self, marks: Sequence[StateMark], scaling: Scaling | None, found: int
    ) -> None:
        """Show attractors.

        Parameters
        ----------
        marks
            The attractors that are shown.
        scaling
            Where they lie, None if there are none.
        found
            How many are known.
        """
        if scaling is None or not marks:
            self._map.show_marks(())
            self._kinds.hide()
            self.show_absence(
                self.tr("Let random states fall, and see here where they end: {button}.").format(
                    button=self.tr("Find attractors")
                )
            )
            return
        self._map.show_hint("")
        self._map.show_points(scaling.points)
        self._map.show_marks(marks)
        self._kinds.show_counts(Counter(mark.kind for mark in marks), shares=False)
        if self._kinds.isHidden():
            self._kinds.show()
            # How many lines it needs shows only now that it wears its type.
            self._kinds.updateGeometry()
        text = self.tr(
            "A projection: two dimensions keep {percent} % of the distances between {n} attractors."
        ).format(percent=number(100 * scaling.kept), n=number(len(marks)))
        if found > len(marks):
            text += " " + self.tr("They are the most often found of {all}.").format(
                all=number(found)
            )
        self.show_note(text)

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        super().show_theme(theme)
        self._kinds.show_theme(theme)
