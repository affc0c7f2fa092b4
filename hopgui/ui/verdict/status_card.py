"""The card that says what the state is: its verdict with the evidence, energy, overlaps."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from hopgui.session.frame import Frame, Phase
from hopgui.session.judged import Judged
from hopgui.session.session import Memory
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.pace import Pace
from hopgui.ui.verdict import status_text, verdict_text
from hopgui.ui.verdict.buttons import VerdictButtons
from hopgui.ui.verdict.overlap_bars import OverlapBars
from hopgui.ui.verdict.status_text import sentence

__all__ = ["StatusCard", "sentence"]

PERIOD = 100  # milliseconds between two readings


class StatusCard(QFrame):
    """Where the run stands, what the state is, and the overlap with each memory.

    Attributes
    ----------
    buttons
        What can be done with the state; they speak by their own signals.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Status"))
        self._memories: tuple[Memory, ...] = ()
        self._frame: Frame | None = None
        self._judged: Judged | None = None
        self._phase: Phase | None = None
        self._pace = Pace(PERIOD, self)
        self._pace.due.connect(self._say)
        self._progress = ElidedLabel("title")
        self._headline = ElidedLabel("verdict")
        self._evidence = ElidedLabel("muted")
        self._proof = ElidedLabel("proof")
        self._stability = QLabel()
        self._stability.setObjectName("note")
        self._stability.setWordWrap(True)
        self._stability.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bars = OverlapBars()
        self.buttons = VerdictButtons()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._progress)
        column.addSpacing(4)
        column.addWidget(self._headline)
        # Room is kept for what comes with the verdict, so that nothing moves when it appears.
        column.addWidget(self._proof)
        column.addLayout(self._made_evidence())
        column.addSpacing(4)
        column.addWidget(self._bars, 1)
        column.addWidget(self._stability)
        column.addWidget(self.buttons)
        column.addStretch()
        self._keep_room()

    def _made_evidence(self) -> QHBoxLayout:
        """Return the line of evidence, and at its end the way to see more of it."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._evidence, 1)
        row.addWidget(self.buttons.rebuilding)
        row.addStrut(self.buttons.rebuilding.sizeHint().height())
        return row

    def show_memories(self, memories: Sequence[Memory]) -> None:
        """Name the memories, in the order of the gallery."""
        self._memories = tuple(memories)
        self._bars.show_memories(memories)
        self._say()

    def show_frame(self, frame: Frame) -> None:
        """Say what this moment is; in a run, not faster than one can read."""
        self._frame = frame
        if not self._judges(frame):
            self._judged = None
        if frame.phase is Phase.RUNNING and self._phase is Phase.RUNNING:
            self._pace.ask()
        else:
            self._say()

    def show_verdict(self, judged: Judged | None) -> None:
        """Say what the state shown is, or the one that will be next; None while nobody knows."""
        if judged is self._judged:
            return
        self._judged = judged
        self._phase = None  # it is worth another word to a screen reader
        if self._frame is not None and (judged is None or self._judges(self._frame)):
            self._say()

    def _judges(self, frame: Frame) -> bool:
        return self._judged is not None and np.array_equal(self._judged.picture, frame.state)

    @Slot()
    def _say(self) -> None:
        frame = self._frame
        if frame is None:
            return
        judged = self._judged
        self._progress.show_text(status_text.progress(frame))
        if judged is None:
            self._headline.show_text(status_text.headline(frame, self._memories))
            self._proof.show_text("")
        else:
            found = judged.verdict, self._memories, frame.state.size
            self._headline.show_text(*verdict_text.headline(*found))
            self._proof.show_text(verdict_text.proof(*found, sure=judged.sure))
        judged_too = judged is not None
        told = frame, self._memories
        self._evidence.show_text(
            status_text.evidence(*told, judged=judged_too),
            status_text.evidence(*told, judged=judged_too, brief=True),
        )
        stability = status_text.stability(frame, judged=judged_too)
        if stability != self._stability.text():
            self._stability.setText(stability)
            self._stability.setToolTip(stability)
        self._bars.show_overlaps(frame.overlaps)
        self._bars.show_members(() if judged is None else judged.verdict.members)
        self.buttons.show_state(frame, judged, has_memories=bool(self._memories))
        if frame.phase != self._phase or frame.phase is not Phase.RUNNING:
            # A screen reader hears what a hand does; of a run its turns, not its every frame.
            self._phase = frame.phase
            verdict = None if judged is None else judged.verdict
            self.setAccessibleDescription(sentence(frame, self._memories, verdict))

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
