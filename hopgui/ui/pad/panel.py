"""The card around the pad, with a line beneath it that says what is under the pointer."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase
from hopgui.session.region import Region
from hopgui.session.session import Memory
from hopgui.session.unit_facts import UnitFacts
from hopgui.ui.look.numbers import number, scaled, signed
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.pad.pad import Overlay, PadView
from hopgui.ui.parts.elided_label import ElidedLabel

MOST_VOTES = 6
NARROWEST_LINE = 440
LINE_GAP = 12
DOT = 10
DOT_GAP = 6


class PadPanel(QFrame):
    """The pad with margin around it, and one line of text beneath.

    Attributes
    ----------
    view
        The pad itself; it speaks by its own signals.
    flip_count
        The words at the right of the line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.view = PadView(self)
        self._hover = ElidedLabel("muted", self)
        self._facts: UnitFacts | None = None
        self._nearest: Nearest | None = None
        self._names: tuple[str, ...] = ()
        self.flip_count = FlipCount(self)

        # The line stands under the picture and is as wide, so it follows where the picture lies.
        self._line = QWidget(self)
        self._line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._hover, 1)
        row.addWidget(self.flip_count)
        room = self._line.sizeHint().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16 + room + LINE_GAP)
        column.addWidget(self.view, 1)
        self.view.placed.connect(self._align_line)
        self.view.overlaid.connect(self._show_line)
        self.view.selection_changed.connect(self._show_line)

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Know the memories' names and colours."""
        self._names = tuple(memory.name for memory in memories)
        self.view.show_memories(memories)
        self._show_line()

    def show_frame(self, frame: Frame) -> None:
        """Show a moment of the pad, and how many of its units want to flip."""
        self._nearest = frame.nearest
        self._show_line()
        self.view.show_frame(frame)
        self.flip_count.show_frame(frame)

    def show_unit(self, facts: UnitFacts | None) -> None:
        """Say what is known of the unit under the pointer; None brings the overlays' legend."""
        self._facts = facts
        self._show_line()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self.view.show_theme(theme)
        self.flip_count.show_theme(theme)

    @property
    def unit_text(self) -> str:
        """What is said of the unit under the pointer, uncut."""
        return self._hover.whole

    def _show_line(self) -> None:
        piece = self.view.piece
        if piece is not None:
            self._hover.show_text(self._piece_text(piece.region))
        elif self._facts is not None:
            self._hover.show_text(self._facts_text(self._facts))
        else:
            self._hover.show_text(self._legend())

    def _piece_text(self, region: Region) -> str:
        """Say what can be done with the piece that floats."""
        text = self.tr("{width} × {height} floats: drag or arrows, Enter sets, Esc drops")
        return text.format(width=number(region.width), height=number(region.height))

    def _region_text(self, region: Region) -> str:
        text = self.tr("{width} × {height} units selected from ({column}, {row})")
        return text.format(
            width=number(region.width),
            height=number(region.height),
            column=region.left,
            row=region.top,
        )

    def _legend(self) -> str:
        """Say what is selected, and what the overlays mean, as far as nothing else says it."""
        parts = []
        if self.view.region is not None:
            parts.append(self._region_text(self.view.region))
        if self.view.shows(Overlay.FIELD):
            parts.append(self.tr("field: blue to −1, orange to +1"))
        if self.view.shows(Overlay.DIFFERENCE) and self._nearest is not None:
            parts.extend(self._difference_text(self._nearest))
        return " · ".join(parts)

    def _difference_text(self, nearest: Nearest) -> Iterator[str]:
        if nearest.memory is not None and nearest.memory < len(self._names):
            as_it_is = self.tr("slash: not as in {name}")
            inverse = self.tr("slash: not as in the inverse of {name}")
            text = as_it_is if nearest.sign > 0 else inverse
            yield text.format(name=self._names[nearest.memory])

    def _facts_text(self, facts: UnitFacts) -> str:
        parts = [
            self.tr("unit ({column}, {row}): field {field}").format(
                column=facts.column, row=facts.row, field=scaled(facts.field)
            ),
            self.tr("margin {margin}").format(margin=scaled(facts.margin)),
        ]
        if facts.pinned:
            parts.append(self.tr("pinned"))
        strongest = sorted(facts.votes, key=lambda vote: -abs(vote[1]))[:MOST_VOTES]
        votes = [vote for vote in facts.votes if vote in strongest][:MOST_VOTES]
        if votes:
            parts.append("  ".join(f"{name} {signed(vote, 1)}" for name, vote in votes))
        return " · ".join(parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line under the picture."""
        super().resizeEvent(event)
        self._align_line(self.view.picture_rect())

    def _align_line(self, picture: QRect) -> None:
        view = self.view.geometry()
        width = min(view.width(), max(picture.width(), NARROWEST_LINE))
        left = view.left() + (view.width() - width) // 2
        bottom = view.top() + min(picture.bottom() + 1, view.height())
        height = self._line.sizeHint().height()
        self._line.setGeometry(left, bottom + LINE_GAP, width, height)
        self._line.raise_()


class FlipCount(QWidget):
    """How many units want to flip: the pad's dot as its own legend, and words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._count = 0
        self._text = ""
        self._longest = ""
        # It paints its own ground, or Qt would paint the pad beneath it once more.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The words that stand beside the dot."""
        return self._text

    def show_frame(self, frame: Frame) -> None:
        """Count the units of a moment that want to flip."""
        self._count = int(frame.unstable.sum())
        text = ""
        if self._count:
            text = self._words(self._count)
        elif frame.phase is Phase.SETTLED:
            text = self.tr("no unit wants to flip")
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()
        # Keeps the room of the longest text, so that nothing moves as the count falls.
        longest = self._words(frame.unstable.size)
        if longest != self._longest:
            self._longest = longest
            self.updateGeometry()

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for the longest text on this grid."""
        metrics = self.fontMetrics()
        texts = self._longest, self.tr("no unit wants to flip")
        width = max(metrics.horizontalAdvance(text) for text in texts)
        return QSize(width + DOT + DOT_GAP + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: the text is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dot and the words, at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self._theme.accent if self._count else self._theme.muted)
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, self._text)
        if self._count:
            left = self.width() - self.fontMetrics().horizontalAdvance(self._text) - DOT - DOT_GAP
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QRectF(left, (self.height() - DOT) / 2, DOT, DOT))

    def _words(self, count: int) -> str:
        if count == 1:
            return self.tr("1 unit wants to flip")
        return self.tr("{count} units want to flip").format(count=number(count))
