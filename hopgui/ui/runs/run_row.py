"""How one row of the list of runs is drawn and renamed."""

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QObject, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hopgui.session.edits import LONGEST_NAME
from hopgui.session.recording import Recording
from hopgui.session.run_facts import Keeping, RunFacts
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.row_painting import ROW, Index, paint_ground
from hopgui.ui.plots.outline import outline
from hopgui.ui.runs import run_text

_CURVE = QSize(56, 40)
_MARGIN = 8
_GAP = 12
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RunRow(QStyledItemDelegate):
    """Draws a row: how the energy fell, the name, what the run came to, its flips and its seed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._falls: dict[Recording, QPolygonF] = {}

    def show_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self._theme = theme

    def forget(self) -> None:
        """Draw every curve anew: other runs are listed."""
        self._falls.clear()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return a height that holds three lines."""
        return QSize(0, 3 * option.fontMetrics.height() + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        facts: RunFacts = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, self._theme)
        self._paint_curve(painter, option.rect, facts)
        self._paint_words(painter, option, facts)
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Open a line for the name."""
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName(self.tr("Name of the run"))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the line with the name."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(ROW).run.name)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for the name typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Put the line where the name is."""
        words = _words(option.rect)
        editor.setGeometry(
            words.left() - 8, option.rect.top() + 2, words.width() + 12, editor.sizeHint().height()
        )

    def _paint_curve(self, painter: QPainter, row: QRect, facts: RunFacts) -> None:
        fall = self._falls.setdefault(facts.run.recording, _fall(facts.run.recording))
        present = facts.keeping is Keeping.PRESENT
        colour = QColor(self._theme.act if present else self._theme.muted)
        top = row.center().y() + 1 - _CURVE.height() / 2
        painter.setPen(QPen(colour, 1.5))
        painter.drawPolyline(fall.translated(row.left() + _MARGIN, top))

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, facts: RunFacts
    ) -> None:
        words, metrics = _words(option.rect), option.fontMetrics
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        line = QRect(words.left(), words.top() + _MARGIN, words.width(), metrics.height())
        room = line.width()
        if facts.keeping is Keeping.KEPT:
            kept = self.tr("kept")
            painter.setFont(option.font)
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(line, _RIGHT, kept)
            room -= metrics.horizontalAdvance(kept) + _MARGIN
        for text, font, colour in (
            (run_text.name(facts), bold, self._theme.text),
            (run_text.headline(facts), option.font, self._theme.text),
            (run_text.detail(facts), option.font, self._theme.muted),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(line, _LEFT, cut)
            line.translate(0, metrics.height())
            room = line.width()


def _words(row: QRect) -> QRect:
    """Where the words of a row stand: right of its curve."""
    return row.adjusted(_MARGIN + _CURVE.width() + _GAP, 0, -_MARGIN - 2, 0)


def _fall(recording: Recording) -> QPolygonF:
    """Return how the energy fell, in a small field of pixels."""
    width = max(recording.updates - recording.first_update, 1)
    line = outline(recording, recording.first_update, width / _CURVE.width())
    x, y = line.until(recording.updates)
    low, high = float(y.min()), float(y.max())
    across = (x - recording.first_update) * (_CURVE.width() / width)
    down = np.full(y.size, _CURVE.height() / 2)
    if high > low:
        down = (high - y) * (_CURVE.height() / (high - low))
    return QPolygonF([QPointF(*point) for point in zip(across, down, strict=True)])
