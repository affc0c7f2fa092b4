"""The card that says what the state is: nearest memory, energy, stability, overlaps."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui import status_text
from hopgui.ui.elided_label import ElidedLabel
from hopgui.ui.overlap_bars import OverlapBars
from hopgui.ui.pace import Pace
from hopgui.ui.status_text import sentence
from hopgui.ui.theme import Theme

__all__ = ["StatusCard", "sentence"]

PERIOD = 100  # milliseconds between two readings


class StatusCard(QFrame):
    """Where the run stands, what the state is, and the overlap with each memory."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Status"))
        self._memories: tuple[Memory, ...] = ()
        self._frame: Frame | None = None
        self._phase: Phase | None = None
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._say)
        self._progress = ElidedLabel("title")
        self._headline = ElidedLabel("verdict")
        self._evidence = ElidedLabel("muted")
        self._stability = QLabel()
        self._stability.setObjectName("note")
        self._stability.setWordWrap(True)
        self._stability.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bars = OverlapBars()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._progress)
        column.addSpacing(4)
        column.addWidget(self._headline)
        column.addWidget(self._evidence)
        column.addSpacing(8)
        # Two lines are kept for the stability, so that nothing moves when it appears.
        column.addWidget(self._bars, 1)
        column.addWidget(self._stability)
        column.addStretch()
        self._keep_room()

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Name the memories, in the order of the gallery."""
        self._memories = tuple(memories)
        self._bars.show_memories(memories)
        self._say()

    def show_frame(self, frame: Frame) -> None:
        """Say what this moment is; in a run, not faster than one can read."""
        self._frame = frame
        if frame.phase is Phase.RUNNING and self._phase is Phase.RUNNING:
            self._pace.ask()
        else:
            self._say()

    @Slot()
    def _say(self) -> None:
        frame = self._frame
        if frame is None:
            return
        self._progress.show_text(status_text.progress(frame))
        self._headline.show_text(status_text.headline(frame, self._memories))
        self._evidence.show_text(status_text.evidence(frame, self._memories))
        stability = status_text.stability(frame)
        if stability != self._stability.text():
            self._stability.setText(stability)
            self._stability.setToolTip(stability)
        self._bars.show_overlaps(frame.overlaps)
        if frame.phase != self._phase:
            # A screen reader hears of a run's turns, not of its every frame.
            self._phase = frame.phase
            self.setAccessibleDescription(sentence(frame, self._memories))

    def changeEvent(self, event: QEvent) -> None:
        """Keep the room of two lines when the type changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._keep_room()

    def show_theme(self, theme: Theme) -> None:
        """Dress in a theme."""
        self._bars.show_theme(theme)

    def _keep_room(self) -> None:
        self._stability.ensurePolished()
        self._stability.setFixedHeight(2 * self._stability.fontMetrics().lineSpacing() + 2)
