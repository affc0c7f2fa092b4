"""The wires between the document and its files: open, save, close, and what is kept of a crash."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.filing import Filing
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import store
from hopgui.session.recovery import Unsaved
from hopgui.session.session import SUFFIX, Session
from hopgui.ui.window.main_window import MainWindow
from hopgui.ui.window.preferences import Preferences
from hopgui.ui.window.recent_menu import RecentMenu
from hopgui.ui.window.session_dialogs import SessionDialogs

CHANGED = QT_TRANSLATE_NOOP(
    "Refusal",
    "{file} was written by another window or program since: Save As keeps both, Revert takes that"
    " one up.",
)


class Files(QObject):
    """Opens and saves the document, and has nothing closed that would be lost.

    Parameters
    ----------
    window, document, desk, preferences
        The parts to connect.

    Attributes
    ----------
    filing
        Where each document is kept.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    """

    refused = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        document: Document,
        desk: Desk,
        preferences: Preferences,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._document = document
        self._desk = desk
        self._preferences = preferences
        self.filing = Filing(document, self)
        self._stamps: dict[Path, store.Stamp | None] = {}  # of files as they were left here
        self._dialogs = SessionDialogs(window)
        self._menu = RecentMenu(window)
        window.put_menu("&File", "open", self._menu)
        self._menu.chosen.connect(self.open)
        self._menu.cleared.connect(self._forget_recent)
        for name, act in {
            "open": self._ask_what_to_open,
            "save": self.save,
            "save_as": self.save_as,
            "revert": self.revert,
        }.items():
            window.actions_by_name[name].triggered.connect(lambda _on, act=act: act())
        window.close_requested.connect(self._ask_whether_to_save)
        self.filing.changed.connect(self._show)
        document.changed.connect(self._hold)
        self._menu.show_files(preferences.recent)
        self._show()

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a session; undo brings the document back that it takes the place of."""
        session = self._read(path)
        if session is not None:
            self._desk.open(session)
            self._use(path, self._document.number, self._document.session)

    def begin(self, path: Path) -> None:
        """Begin with a session, with nothing to undo."""
        session = self._read(path)
        if session is not None:
            self._desk.begin(session)
            self._use(path, self._document.number, self._document.session)

    def recover(self, lost: Unsaved) -> None:
        """Open a document that a crash left behind; undo brings the present one back."""
        self._desk.open(lost.session)
        self.filing.keep_unsaved(lost.home)

    def take(self, files: list[Path]) -> list[Path]:
        """Open the last session among these files, and return those that are no sessions."""
        sessions = [file for file in files if file.suffix.lower() == SUFFIX]
        if sessions:
            self.open(sessions[-1])
        return [file for file in files if file not in sessions]

    def save(self) -> None:
        """Save the document in its file; ask for one if it has none."""
        if self.filing.path is None:
            self.save_as()
        else:
            self._write_again(self.filing.path, self._document.number, self._desk.write_down())

    def save_as(self) -> None:
        """Save the document in a file to be named."""
        session = self._desk.write_down()
        self._ask_what_to_call(self._document.number, session)

    def revert(self) -> None:
        """Go back to what the file holds; undo brings the changes back."""
        path = self.filing.path
        session = None if path is None else self._read(path)
        if session is not None and path is not None:
            self._desk.revert(session)
            self._use(path, self._document.number, self._document.session)

    def name_of(self, session: Session, path: Path | None) -> str:
        """Return what a document is called: by its file, or by its title."""
        return path.stem if path is not None else session.title or self.tr("Untitled")

    # Reading and writing

    def _read(self, path: Path) -> Session | None:
        try:
            return store.read(path)
        except Refusal as refusal:
            self._preferences.recent = [each for each in self._preferences.recent if each != path]
            self._menu.show_files(self._preferences.recent)
            self.refused.emit(refusal)
            return None

    def _write(self, path: Path, number: int, session: Session) -> bool:
        try:
            store.write(path, session)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return False
        self._use(path, number, session)
        return True

    def _write_again(self, path: Path, number: int, session: Session) -> bool:
        """Write the file of a document, unless somebody else has written it meanwhile."""
        now, left = store.stamp_of(path), self._stamps.get(path.absolute())
        if left is not None and now is not None and now != left:
            self.refused.emit(Refusal(CHANGED, file=path.name))
            # Also where nothing was changed here.
            self._window.actions_by_name["revert"].setEnabled(True)
            return False
        return self._write(path, number, session)

    def _use(self, path: Path, number: int, session: Session) -> None:
        path = path.absolute()
        self._stamps[path] = store.stamp_of(path)
        self.filing.keep(path, number, session)
        others = [each for each in self._preferences.recent if each != path]
        self._preferences.recent = [path, *others]
        self._menu.show_files(self._preferences.recent)

    def _forget_recent(self) -> None:
        self._preferences.recent = []
        self._menu.show_files([])

    # Asking

    def _ask_what_to_open(self) -> None:
        self._dialogs.ask_what_to_open(self._folder(), self.open)

    def _ask_what_to_call(
        self, number: int, session: Session, then: Callable[[], None] | None = None
    ) -> None:
        path = self.filing.path_of(number)
        name = self.name_of(session, path).replace("/", "-")
        suggestion = path or (self._folder() or Path()) / f"{name}{SUFFIX}"

        def write(chosen: Path) -> None:
            if self._write(chosen, number, session) and then is not None:
                then()

        self._dialogs.ask_what_to_call(suggestion, write)

    def _folder(self) -> Path | None:
        """Where the last file was."""
        recent = self._preferences.recent
        return recent[0].parent if recent else None

    # Closing

    @Slot()
    def _ask_whether_to_save(self) -> None:
        names = [
            self.name_of(session, self.filing.path_of(number))
            for number, session in self.filing.at_stake()
        ]
        if names:
            self._dialogs.ask_whether_to_save(names, self._save_and_close, self._close)
        else:
            self._close()

    def _save_and_close(self) -> None:
        self._desk.write_down()
        for number, session in self.filing.at_stake():
            path = self.filing.path_of(number)
            if path is None:
                # The rest is asked for when this one has its name.
                self._ask_what_to_call(number, session, self._save_and_close)
                return
            if not self._write_again(path, number, session):
                return
        self._close()

    def _close(self) -> None:
        self._window.hold(held=False)
        self._window.close()

    # Showing

    def _show(self) -> None:
        path = self.filing.path
        name = self.name_of(self._document.session, path)
        self._window.show_name(name, unsaved=self.filing.dirty)
        self._window.actions_by_name["revert"].setEnabled(path is not None and self.filing.dirty)
        self._hold()

    @Slot()
    def _hold(self) -> None:
        self._window.hold(held=any(True for _ in self.filing.at_stake()))
