"""A card with a title and the plot of a run."""

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.plots.plot import RunPlot
from hopgui.ui.plots.time_axis import TimeAxis

_RAPID = 40  # ms: frames of a run that follow each other faster are drawn by turns
LONGEST_GHOST = 4  # times the present run that an earlier one may stretch the axis
_LONGEST_SILENCE = 1000  # ms between two descriptions of a running plot for a screen reader


class PlotCard(QFrame):
    """A titled card with the plot of a run; what is drawn on it, each kind of card knows.

    While a run goes at full rate every second frame is drawn, by the card that leads and the one
    that follows in turn, so that no frame has to pay for both. The last frame is always drawn.

    Signals
    -------
    scrubbed
        The update that the person points at on the plot.
    """

    scrubbed = Signal(int)

    def __init__(self, plot: RunPlot, height: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._height = height
        self._plot = plot
        self._leads = True
        self._frame: Frame | None = None
        self._memories: tuple[Memory, ...] = ()
        self._skipped = False
        self._since_frame = QElapsedTimer()
        self._since_words = QElapsedTimer()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_RAPID)
        self._late.timeout.connect(self._draw_now)
        self._title = QLabel(self)
        self._title.setObjectName("title")
        self._note = ElidedLabel("note", self)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.setSpacing(6)
        head.addWidget(self._title)
        head.addWidget(self._note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 4, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(plot, 1)
        self.show_note("")
        plot.scrubbed.connect(self.scrubbed)
        plot.reshaped.connect(self._draw)

    @property
    def plot(self) -> RunPlot:
        """The plot itself, to be drawn elsewhere than in the card."""
        return self._plot

    @property
    def time_axis(self) -> TimeAxis:
        """The stretch of updates shown, to be followed by other plots of the same run."""
        return self._plot.axis

    def follow(self, axis: TimeAxis) -> None:
        """Show the updates that another plot shows, in line with it."""
        self._leads = False
        self._plot.follow(axis)

    def show_note(self, text: str) -> None:
        """Say something beside the title; else what the curves stand against."""
        self._note.show_text(text or self.tr("against updates"))

    def show_theme(self, theme: Theme) -> None:
        """Wear a theme."""
        self._plot.show_theme(theme)
        self._draw()
        self.update()

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of a run, or of the pad at rest."""
        before, self._frame = self._frame, frame
        rapid = self._since_frame.isValid() and not self._since_frame.hasExpired(_RAPID)
        self._since_frame.start()
        goes_on = (
            before is not None
            and None not in (before.recording, frame.recording)
            and before.recording is not frame.recording
        )
        # The card that leads skips the first of rapid frames, the one that follows the second.
        self._skipped = not self._skipped if rapid and goes_on else not self._leads
        if self._skipped and rapid and goes_on:
            self._late.start()
        else:
            self._draw_now()

    @Slot()
    def _draw_now(self) -> None:
        frame = self._frame
        self._late.stop()
        if frame is None:
            return
        recording = frame.recording
        self._plot.set_reach((recording.first_update, recording.updates) if recording else None)
        if self._leads:
            running = frame.phase is Phase.RUNNING
            self.time_axis.show_span(*_span(frame), running=running)
        self._draw()
        spoken = frame.phase is Phase.RUNNING and self._since_words.isValid()
        if not spoken or self._since_words.hasExpired(_LONGEST_SILENCE):
            self._since_words.start()
            self.setAccessibleDescription(self._description(frame))

    def _draw(self) -> None:
        """Draw the frame shown last, if any."""
        raise NotImplementedError

    def _description(self, frame: Frame) -> str:
        """Say the frame in words, for those who do not see the plot."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Size in the window's right column."""
        return QSize(380, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which the numbers can be read."""
        return QSize(240, 104)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the keyboard's focus by a ring."""
        if self._late.isActive():
            self._draw_now()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._plot.theme.act), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)


def _span(frame: Frame) -> tuple[int, int]:
    """First and last update to be seen: the run, the earlier ones, two sweeps of a small grid."""
    run = frame.recording
    if run is not None and run.first_update:
        return run.first_update, run.updates
    sweeps = min(2 * frame.state.size, 200)
    present = max(sweeps, run.updates if run is not None else 0)
    # An earlier run a hundred times as long would leave nothing of this one to be seen.
    alike = (each.updates for each in frame.earlier if each.updates <= LONGEST_GHOST * present)
    return 0, max(present, *alike, 0)
