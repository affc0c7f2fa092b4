"""The overlap of the pad with the memories against updates."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from hopgui.session.frame import Frame, OverlapTrace
from hopgui.session.session import Memory
from hopgui.ui import numbers
from hopgui.ui.plot import Dot, PlotCard, RunPlot, TimeAxis, blend
from hopgui.ui.staircase import NO_POINTS, Points, staircase, thin
from hopgui.ui.theme import memory_colour, memory_pen

MOST_LINES = 8
SHALLOW, DEEP = (-0.4, 1.08), (-1.08, 1.08)
DEEP_FROM = -0.35


@dataclass(frozen=True)
class Tag:
    """A name beside the end of a line."""

    update: float
    overlap: float
    name: str
    colour: QColor


class OverlapPlot(RunPlot):
    """A plot whose lines carry names at their ends."""

    def __init__(self, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(axis, parent)
        self.tags: tuple[Tag, ...] = ()

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Write names at ends of lines, the foremost first."""
        self.tags = tuple(tags)
        self.viewport().update()

    def paint_names(self, painter: QPainter) -> None:
        """Write each name right of its line's end, or left of it where the plot stops."""
        for tag in self.tags:
            width, height = self.name_size(tag.name)
            end = self.place(tag.update, tag.overlap)
            left = end.x() + 8
            if left + width > self.width():
                left = end.x() - 8 - width
            self.write_name(
                painter, tag.name, tag.colour, QRectF(left, end.y() - height / 2, width, height)
            )


class OverlapPanel(PlotCard):
    """Overlap with the memories against updates, each in its memory's colour.

    Signals
    -------
    scrubbed
        The update that the person points at on the plot.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        plot = OverlapPlot(TimeAxis())
        super().__init__(plot, 190, parent)
        self._overlap_plot = plot
        plot.axis.setParent(self)
        self._title.setText(self.tr("Overlap"))
        self.setAccessibleName(self.tr("Overlap"))
        plot.name_axis(self.tr("updates"))
        plot.setToolTip(
            self.tr("Overlap with each memory: 1 is the memory, −1 its inverse. Drag to move.")
        )
        plot.set_values(*SHALLOW)
        self._lines: list[tuple[pg.PlotCurveItem, pg.PlotCurveItem]] = []

    def show_memories(self, memories: tuple[Memory, ...]) -> None:
        """Take up the memories' names and colours, in the order of the gallery."""
        self._memories = memories
        self._draw()

    def _draw(self) -> None:
        frame = self._frame
        hint = (
            ""
            if self._memories
            else self.tr("Store a memory: how alike the pad and it are appears here.")
        )
        self._plot.set_hint(hint, alone=not self._memories)
        if frame is None:
            return
        shown = self._shown(frame)
        self._set_depth(frame)
        self._draw_lines(frame)
        self._overlap_plot.set_tags([self._tag(frame, index) for index in shown])
        dots = [self._dot(frame, index) for index in reversed(shown)]
        moment = None if frame.recording is None else frame.update
        self._plot.set_moment(moment, dots if moment is None else dots[-1:])

    def _shown(self, frame: Frame) -> list[int]:
        """Return the memories to be named, the nearest first: those traced, or the most alike."""
        count = min(len(self._memories), frame.overlaps.size)
        order: list[int]
        likeness = np.abs(frame.overlaps[:count])
        if frame.trace is None:
            order = np.argsort(-likeness, kind="stable")[:MOST_LINES].tolist()
        else:
            traced = [index for index in frame.trace.memories.tolist() if index < count]
            order = sorted(traced, key=lambda index: -likeness[index])
        nearest = frame.verdict.nearest
        if nearest in order:
            order.remove(nearest)
            order.insert(0, nearest)
        return order

    def _set_depth(self, frame: Frame) -> None:
        """Show the negative half only while something is there, and no less during a run."""
        overlaps = frame.overlaps if frame.trace is None else frame.trace.overlaps
        deep = overlaps.size > 0 and float(overlaps.min()) < DEEP_FROM
        self._plot.set_values(*(DEEP if deep else SHALLOW))

    def _draw_lines(self, frame: Frame) -> None:
        """Draw the traced memories, each up to the moment shown, and pale beyond it."""
        trace = frame.trace
        columns = []
        if trace is not None:
            known = enumerate(trace.memories.tolist())
            columns = [(column, index) for column, index in known if index < len(self._memories)]
        while len(self._lines) < len(columns):
            self._lines.append((self._plot.new_curve(0), self._plot.new_curve(1)))
        for lines, drawn in zip_longest(self._lines, columns):
            if drawn is None or trace is None:
                self._plot.draw_curve(lines[0], NO_POINTS, QColor())
                self._plot.draw_curve(lines[1], NO_POINTS, QColor())
            else:
                self._draw_line(lines, trace, drawn[0], frame)

    def _draw_line(
        self,
        lines: tuple[pg.PlotCurveItem, pg.PlotCurveItem],
        trace: OverlapTrace,
        column: int,
        frame: Frame,
    ) -> None:
        index = int(trace.memories[column])
        nearest = index == frame.verdict.nearest
        pen = memory_pen(self._plot.theme, self._memories[index].colour)
        pale = blend(pen.color(), QColor(self._plot.theme.panel), 0.35)
        values = trace.overlaps[:, column]
        past = int(np.searchsorted(trace.updates, frame.update, side="right"))
        done = ahead = NO_POINTS
        if past:
            done = self._stairs(trace.updates[:past], values[:past], frame.update)
        if past < trace.updates.size:
            before = max(past - 1, 0)
            updates = trace.updates[before:].copy()
            updates[0] = max(updates[0], frame.update)
            ahead = self._stairs(updates, values[before:], updates[-1])
        self._plot.draw_curve(lines[0], ahead, pale, style=pen.style())
        self._plot.draw_curve(lines[1], done, pen.color(), strong=nearest, style=pen.style())
        lines[1].setZValue(3 if nearest else 2)

    def _stairs(self, updates: np.ndarray, values: np.ndarray, last: float) -> Points:
        kept = 1 + thin(updates[1:], values[1:], self.time_axis.start, self._plot.column)
        return staircase(updates[0], values[0], updates[kept], values[kept], last)

    def _tag(self, frame: Frame, index: int) -> Tag:
        memory = self._memories[index]
        colour = memory_colour(self._plot.theme, memory.colour)
        return Tag(frame.update, float(frame.overlaps[index]), memory.name, colour)

    def _dot(self, frame: Frame, index: int) -> Dot:
        colour = memory_colour(self._plot.theme, self._memories[index].colour)
        nearest = index == frame.verdict.nearest
        radius = 4.0 if nearest else 3.0
        return Dot(frame.update, float(frame.overlaps[index]), colour, radius)

    def _description(self, frame: Frame) -> str:
        parts = [
            self.tr("{name}: {overlap}").format(
                name=self._memories[index].name,
                overlap=numbers.signed(float(frame.overlaps[index]), 2),
            )
            for index in self._shown(frame)
        ]
        return ", ".join(parts)
