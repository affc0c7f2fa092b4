"""The document as the window holds it: one present session, undo and redo."""

from PySide6.QtCore import QObject, Signal

from hopgui.session.history import History
from hopgui.session.session import Session


class Document(QObject):
    """Holds the present session, and tells when it is another one.

    Attributes
    ----------
    by_hand
        Whether a hand made the last change; else a run came to rest.

    Signals
    -------
    changed(object, object)
        The session now, and the one before.
    """

    changed = Signal(object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = History(session)
        self._open_label = ""
        self._numbers = 0
        self.by_hand = True

    @property
    def session(self) -> Session:
        """The present session."""
        return self._history.present

    @property
    def number(self) -> int:
        """Which document the present one is; opening another gives another number."""
        return self._history.number

    @property
    def replaced(self) -> dict[int, Session]:
        """The documents that others took the place of, as each stood then, by their numbers."""
        latest = {entry.number: entry.session for entry in self._history.past}
        latest.pop(self.number, None)
        return latest

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, None when there is nothing."""
        return self._history.past[-1].label if self._history.past else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring again, None when there is nothing."""
        return self._history.future[-1].label if self._history.future else None

    def edit(
        self, session: Session, label: str, *, joined: bool = False, by_hand: bool = True
    ) -> None:
        """Take one step to another session.

        Parameters
        ----------
        session
            The session from now on.
        label
            What undo calls the step.
        joined
            Whether the step grows the last one, if that has the same label and was joined too:
            one stroke, or one drag of a slider, is one step.
        by_hand
            Whether a person does it: what can be redone is then gone, else it stays. A run that
            comes to rest is nobody's doing.
        """
        if session is self.session:
            return
        self.by_hand = by_hand
        if joined and self._open_label == label:
            self._become(self._history.amended(session))
        elif by_hand:
            self._become(self._history.edited(session, label))
        else:
            self._become(self._history.slipped_in(session, label))
        self._open_label = label if joined else ""

    def open(self, session: Session, label: str) -> None:
        """Take one step to another document."""
        self._numbers += 1
        self._open_label = ""
        self.by_hand = True
        self._become(self._history.edited(session, label, self._numbers))

    def begin(self, session: Session) -> None:
        """Begin with another document, with nothing to undo."""
        self._numbers += 1
        self._open_label = ""
        self.by_hand = True
        self._become(History(session, number=self._numbers))

    def end_step(self) -> None:
        """Let the next edit be a step of its own, whatever its label."""
        self._open_label = ""

    def undo(self) -> None:
        """Go one step back."""
        self._open_label = ""
        self.by_hand = True
        self._become(self._history.undone())

    def redo(self) -> None:
        """Go one undone step forward again."""
        self._open_label = ""
        self.by_hand = True
        self._become(self._history.redone())

    def _become(self, history: History) -> None:
        before, self._history = self.session, history
        if history.present is not before:
            self.changed.emit(history.present, before)
