"""The card of basins: how much damage a state recovers from, and which units decide its fall."""

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hopgui.model.recovery import Recovery, Turning
from hopgui.ui.basins.recovery_plot import NOTHING, RecoveryPlot
from hopgui.ui.look import fonts
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.job_strip import JobStrip
from hopgui.ui.parts.segmented import Segmented


class Source(Enum):
    """Which state is damaged."""

    MEMORY = "memory"
    PAD = "pad"


class BasinsView(QFrame):
    """A curve of recovery against damage, and a switch for the marks on the pad.

    Attributes
    ----------
    strip
        Buttons and progress of the curve.

    Signals
    -------
    source_chosen(object)
        A person chose this `Source`.
    marks_wanted(bool)
        The units whose flip changes where the pad falls are to be marked, or no more.
    seen()
        The card has come into sight.
    """

    source_chosen = Signal(object)
    marks_wanted = Signal(bool)
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Basins"))
        self._recovery: Recovery | None = None
        self._choice = Segmented(((Source.MEMORY, self.tr("memory")), (Source.PAD, self.tr("pad"))))
        self._choice.setAccessibleName(self.tr("Which state is damaged"))
        self._subject = ElidedLabel("verdict")
        self._caution = QLabel()
        self._caution.setObjectName("note")
        self._caution.setWordWrap(True)
        self._plot = RecoveryPlot()
        self._legend = _Legend()
        self._damage, self._share = ElidedLabel("note"), ElidedLabel("note")
        self.strip = JobStrip(self.tr("Damage it"))
        self._marks = QCheckBox(self.tr("Mark the deciding units"))
        self._marks.setToolTip(
            self.tr("Underline the units of the pad whose flip changes where it falls")
        )
        self._marks.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._note = QLabel()
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._lay_out()
        self._choice.chosen.connect(self.source_chosen)
        self._marks.toggled.connect(self.marks_wanted)
        self._plot.pointed.connect(self._describe)
        self.show_recovery(None)
        self.show_turning(None)

    @property
    def chart(self) -> RecoveryPlot:
        """The curve of recovery against damage."""
        return self._plot

    @property
    def caption(self) -> str:
        """Which state is damaged, and what the two curves are."""
        lines = self.tr("full line: back to itself, dashed: or near it (overlap 0.9)")
        known = (self._subject.whole, lines, self._caution.text())
        return " · ".join(text for text in known if text)

    @property
    def source(self) -> Source:
        """Which state is damaged."""
        choice = self._choice.choice
        assert isinstance(choice, Source)  # noqa: S101 - no other is put in
        return choice

    @property
    def marks(self) -> bool:
        """Whether units are to be marked on the pad."""
        return self._marks.isChecked()

    def show_subject(self, name: str, caution: str = "") -> None:
        """Name the state that is damaged, and say what must be known of it."""
        self._subject.show_text(name)
        self._caution.setText(caution)
        self._caution.setVisible(bool(caution))

    def show_possible(self, possible: bool) -> None:
        """Say whether there is anything to fall to."""
        self.strip.begin_button.setEnabled(possible)
        self._marks.setEnabled(possible)
        if not possible:
            self._plot.show_recovery(
                None, self.tr("Store a memory, and see here how much damage it recovers from.")
            )

    def show_recovery(self, recovery: Recovery | None) -> None:
        """Show how often the state came back so far, None for not tried yet."""
        self._recovery = recovery
        hint = self.tr("Flip more and more of its units, and see how often it comes back.")
        self._plot.show_recovery(recovery, hint)
        self._legend.setVisible(recovery is not None)
        self._describe(self._plot.marked)

    def show_turning(self, turning: Turning | None) -> None:
        """Say how many units change where the pad falls, None while that is not asked."""
        if turning is None:
            self._note.setText("")
            self._note.hide()
            return
        units = int(turning.turns.sum())
        if turning.done < turning.total:
            text = self.tr("{units} of {done} units tried so far change it ({total} in all).")
        elif not units:
            text = self.tr("No single flip changes where it falls.")
        else:
            text = self.tr("{units} of {total} units change it: underlined on the pad.")
        self._note.setText(
            text.format(units=number(units), done=number(turning.done), total=number(turning.total))
        )
        self._note.show()

    def show_theme(self, theme: Theme) -> None:
        """Draw everything in the colours of a theme."""
        self._plot.show_theme(theme)
        self._legend.show_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that the card has come into sight."""
        super().showEvent(event)
        self.seen.emit()

    def sizeHint(self) -> QSize:
        """Return a size for a dock."""
        return QSize(360, 520)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Basins"))
        title.setObjectName("title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._subject)
        column.addWidget(self._caution)
        column.addWidget(self._plot, 1)
        column.addWidget(self._legend)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self._damage)
        lines.addWidget(self._share)
        column.addLayout(lines)
        column.addWidget(self.strip)
        column.addSpacing(8)
        column.addWidget(self._marks)
        column.addWidget(self._note)

    def _describe(self, place: int) -> None:
        """Say how often the state came back from the damage pointed at."""
        known = self._recovery
        if known is None or place == NOTHING or not known.tries[place]:
            words = self.tr("Bands: 95 % confidence")
            self._damage.show_text("" if known is None else words)
            self._share.show_text("")
            return
        low, high = known.exact_interval[:, place].tolist()
        self._damage.show_text(
            self.tr("{units} units flipped · {tries} falls").format(
                units=number(int(known.flips[place])), tries=number(int(known.tries[place]))
            )
        )
        self._share.show_text(
            self.tr("back from {share} % ({low} to {high} %)").format(
                share=number(100 * float(known.exact_share[place])),
                low=number(100 * low),
                high=number(100 * high),
            )
        )
        words = f"{self._damage.whole}, {self._share.whole}"
        self._plot.setAccessibleDescription(words)


class _Legend(QWidget):
    """What the two curves are: a full and a dashed line, with words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self.setFont(fonts.font(fonts.SMALL_SIZE))
        self._words = self.tr("back to itself"), self.tr("or near it (overlap 0.9)")
        self.setAccessibleName(", ".join(self._words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, 2 * (self.fontMetrics().height() + 2))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 4
        looks = (
            (self._theme.act, Qt.PenStyle.SolidLine),
            (self._theme.muted, Qt.PenStyle.DashLine),
        )
        for words, (colour, style) in zip(self._words, looks, strict=True):
            painter.setPen(QPen(QColor(colour), 2, style))
            painter.drawLine(QPointF(0, middle), QPointF(22, middle))
            painter.setPen(QColor(self._theme.muted))
            baseline = middle + self.fontMetrics().ascent() / 2 - 1
            painter.drawText(QPointF(28, baseline), words)
            middle += self.height() / 2
        painter.end()
