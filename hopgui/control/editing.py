"""How an edit is done: on the picture that is shown, in one step, and in a live run too."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.refusal import Refusal
from hopgui.session import edits
from hopgui.session.session import Picture, Session, with_pad

Edit = Callable[[Session], Session]


class Editing(QObject):
    """Edits the document, or the run while it goes on.

    Every edit acts on the picture that is shown, whatever moment of a run it is of. Where the
    document does not hold that picture yet, it is written down first, as a step of its own: undo
    then goes back to what was seen.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    acting()
        Something is about to be done with the picture: what only floats over it is to be set now.
    """

    refused = Signal(object)
    acting = Signal()

    def __init__(self, document: Document, player: Player, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._player = player
        self._stroking = False
        self._stroke: list[tuple[NDArray[np.integer], int]] = []  # given to the run
        self._writing = False
        document.changed.connect(self._follow)
        player.came_to_rest.connect(self._keep_recalled)

    @property
    def session(self) -> Session:
        """The present document, with what is shown on its pad."""
        session = self._document.session
        if np.array_equal(session.pad, self._player.shown):
            return session
        return with_pad(session, self._player.shown)

    @Slot()
    def begin_stroke(self) -> None:
        """Let what is painted from now on be one step."""
        self._document.end_step()
        self._stroking = True
        self._stroke.clear()

    @Slot(object)
    def paint(self, units: NDArray[np.integer], value: int) -> None:
        """Set units of the pad, or of the run on it."""
        if self._player.live:
            if not self._stroke:
                self._write_down_shown()
            self._player.paint(units, value)
            self._stroke.append((units, value))
        elif np.any(self._player.shown.flat[units] != value):
            self._edit_pad(
                partial(edits.paint, units=units, value=value), self.tr("Paint"), joined=True
            )

    @Slot()
    def end_stroke(self) -> None:
        """End the step."""
        if self._stroke and self._player.live:
            # The run may not have answered yet, and may have turned some units back again.
            picture = self._player.shown.copy()
            for units, value in self._stroke:
                picture.flat[units] = value
            self._write_down(picture, painted=True, joined=True)
        self._stroking = False
        self._stroke.clear()
        self._document.end_step()

    def write_down(self) -> Session:
        """Take what is shown into the document, end its step, and return it."""
        self.acting.emit()
        self._write_down_shown()
        self._document.end_step()
        return self._document.session

    def _taken(self) -> Picture:
        """Return the picture that is shown, as soon as nothing floats over it any more."""
        self.acting.emit()
        return self._player.shown

    def _edit(self, edit: Edit, label: str, *, joined: bool = False) -> None:
        """Edit the document; a run that can go on under it keeps its own picture."""
        self.acting.emit()
        try:
            edited = edit(self._document.session)
            if not self._player.keeps_shown(edited) and self._write_down_shown():
                edited = edit(self._document.session)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return
        self._step_to(edited, label, joined=joined)

    def _edit_pad(self, edit: Edit, label: str, *, joined: bool = False) -> None:
        """Edit the picture that is shown, in a live run too."""
        self.acting.emit()
        self._write_down_shown()
        self._step_to(edit(self._document.session), label, joined=joined)

    def _step_to(self, session: Session, label: str, *, joined: bool) -> None:
        if not _alike(session, self._document.session):
            self._document.edit(session, label, joined=joined)

    def _write_down_shown(self) -> bool:
        return self._write_down(self._player.shown)

    def _write_down(self, picture: Picture, *, painted: bool = False, joined: bool = False) -> bool:
        """Take into the document what a run, or a stroke in it, has made of the pad.

        Say whether that was news.
        """
        session = self._document.session
        if np.array_equal(session.pad, picture):
            return False
        self._writing = True
        try:
            label = self.tr("Paint") if painted else self.tr("Recall")
            self._document.edit(with_pad(session, picture), label, joined=joined, by_hand=painted)
        finally:
            self._writing = False
        return True

    @Slot(object, object)
    def _follow(self, session: Session, before: Session) -> None:
        self._player.follow(session, before, repaint=not self._writing)

    @Slot(object)
    def _keep_recalled(self, picture: Picture) -> None:
        # A run that comes to rest under a stroke is part of that stroke's step.
        self._write_down(picture, painted=self._stroking, joined=True)


def _alike(one: Session, other: Session) -> bool:
    """Whether nobody could tell two documents apart."""
    return (
        one.memories == other.memories
        and one.unlearnt is other.unlearnt
        and one.training is other.training
        and one.runs == other.runs
        and one.kept == other.kept
        and (one.grid, one.conventions, one.title) == (other.grid, other.conventions, other.title)
        and (one.rule, one.energy, one.dynamics, one.trouble)
        == (other.rule, other.energy, other.dynamics, other.trouble)
        and (one.seed, one.damage.seed, one.damage.percent)
        == (other.seed, other.damage.seed, other.damage.percent)
        and np.array_equal(one.pad, other.pad)
        and np.array_equal(one.pinned, other.pinned)
    )
