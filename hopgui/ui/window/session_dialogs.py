"""What is asked about session files: which to open, what to call one, whether to save."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from hopgui.session.session import SUFFIX


class SessionDialogs(QObject):
    """Opens dialogs before the window, and calls back with what was answered.

    Parameters
    ----------
    window
        The window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def ask_what_to_open(self, folder: Path | None, then: Callable[[Path], None]) -> None:
        """Let a session be chosen."""
        dialog = self._files(self.tr("Open a session"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def ask_what_to_call(self, suggestion: Path, then: Callable[[Path], None]) -> None:
        """Let a session be given a name; one that is taken is asked about by the dialog itself."""
        dialog = self._files(self.tr("Save the session"), suggestion.parent)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(suggestion.name)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def ask_whether_to_save(
        self, names: Sequence[str], save: Callable[[], None], discard: Callable[[], None]
    ) -> None:
        """Ask once what becomes of documents that are not saved; to cancel is to do nothing."""
        if len(names) == 1:
            question = self.tr("Save the changes to “{name}”?").format(name=names[0])
        else:
            question = self.tr("Save the changes to “{name}” and {count} more?").format(
                name=names[0], count=len(names) - 1
            )
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Close"))
        box.setText(question)
        box.setInformativeText(self.tr("What is not saved is lost."))
        answers = QMessageBox.StandardButton
        box.setStandardButtons(answers.Save | answers.Discard | answers.Cancel)
        box.setDefaultButton(answers.Save)
        box.button(answers.Save).setText(self.tr("&Save"))
        box.button(answers.Discard).setText(self.tr("&Discard"))
        box.button(answers.Cancel).setText(self.tr("&Cancel"))
        box.button(answers.Save).clicked.connect(save)
        box.button(answers.Discard).clicked.connect(discard)
        box.finished.connect(box.deleteLater)
        box.open()

    def _files(self, title: str, folder: Path | None) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(folder or ""))
        dialog.setNameFilters(
            [self.tr("HopGUI sessions (*{suffix})").format(suffix=SUFFIX), self.tr("All files (*)")]
        )
        dialog.finished.connect(dialog.deleteLater)
        return dialog
