"""The wires between the documents and the copies of them that are kept against a crash."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.app.files import Files
from hopgui.control.document import Document
from hopgui.refusal import Refusal
from hopgui.session.autosave import Autosaver
from hopgui.session.recovery import Copies, Lost, Recovery, Unsaved
from hopgui.ui.basins.recovery_bar import RecoveryBar
from hopgui.ui.look.theme import LIGHT, Theme
from hopgui.ui.window.main_window import MainWindow

# Copies are numbered, so that one can be told from an earlier one that is still being written.
_Copy = tuple[int, dict[int, Unsaved]]


class Rescue(QObject):
    """Keeps a copy of each document that is not saved, and offers what another window lost.

    Parameters
    ----------
    window, document, files
        The parts to connect.
    folder
        Where the copies are; None to keep none.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person: no copy can be kept, or one cannot be read.
    """

    refused = Signal(object)
    _told = Signal(object, object)

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        files: Files,
        folder: Path | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._files = files
        self._theme = LIGHT
        self._bar: RecoveryBar | None = None
        self._offered: list[Lost] = []
        # Lost documents that are open again, each with the number of the copy that has it whole.
        self._adopted: list[tuple[int, Lost]] = []
        self._number = 0
        self._noted = False
        self._in_order = True
        self._recovery = None if folder is None else Recovery(folder)
        if folder is None:
            return
        self._copies = Copies(folder)
        self._autosaver: Autosaver[_Copy] = Autosaver(self._keep, self._told.emit)
        self._told.connect(self._hear)
        document.changed.connect(self._note)
        files.filing.changed.connect(self._note)

    def look(self) -> None:
        """Offer what was lost, the newest first."""
        if self._recovery is not None:
            self._offered = list(self._recovery.lost())
            self._offer()
            for refusal in self._recovery.unread[:1]:
                self.refused.emit(refusal)

    def close(self) -> None:
        """Take the copies away and end the thread; what was not answered is offered again."""
        if self._recovery is None:
            return
        self._autosaver.close()
        self._copies.close()
        self._forget_adopted(self._number)
        for lost in self._offered:
            lost.lock.release()
        self._offered = []

    def show_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme
        if self._bar is not None:
            self._bar.show_theme(theme)

    @Slot()
    def _note(self) -> None:
        unsaved = self._files.filing.unsaved
        if unsaved or self._noted:
            self._noted = bool(unsaved)
            self._number += 1
            self._autosaver.note((self._number, unsaved))

    def _keep(self, copy: _Copy) -> None:
        """Write copies, in the saver's thread."""
        self._copies.keep(copy[1])

    @Slot(object, object)
    def _hear(self, copy: _Copy, refusal: Refusal | None) -> None:
        """Tell of a copy that could not be kept: once, until one is kept again."""
        if refusal is not None and self._in_order:
            self.refused.emit(refusal)
        self._in_order = refusal is None
        if self._in_order:
            self._forget_adopted(copy[0])

    def _forget_adopted(self, number: int) -> None:
        """Let the copies go of what is now kept by this window's own."""
        for needed, lost in self._adopted:
            if needed <= number and self._recovery is not None:
                self._recovery.forget(lost)
        self._adopted = [each for each in self._adopted if each[0] > number]

    def _offer(self) -> None:
        if self._bar is not None:
            self._bar.setVisible(bool(self._offered))
        if not self._offered:
            return
        if self._bar is None:
            self._bar = RecoveryBar()
            self._bar.recovered.connect(self._recover)
            self._bar.discarded.connect(self._discard)
            self._window.put_notice(self._bar)
        lost = self._offered[0]
        name = self._files.name_of(lost.unsaved.session, lost.unsaved.home)
        self._bar.show_lost(lost.unsaved.session, name, lost.time, len(self._offered) - 1)
        self._bar.show_theme(self._theme)

    @Slot()
    def _recover(self) -> None:
        lost = self._offered.pop(0)
        self._adopted.append((self._number + 1, lost))
        self._files.recover(lost.unsaved)
        self._offer()

    @Slot()
    def _discard(self) -> None:
        if self._recovery is not None:
            self._recovery.forget(self._offered.pop(0))
        self._offer()
