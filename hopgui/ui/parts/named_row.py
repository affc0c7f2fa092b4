"""What rows with a thumbnail and a name have in common: a line in which the name is edited."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from hopgui.session.edits import LONGEST_NAME
from hopgui.ui.parts.row_painting import Index
from hopgui.ui.parts.tile_row import TileRow, words


class NamedRow(TileRow):
    """Lets the name of a row be edited where its words are."""

    def editor_name(self) -> str:
        """Return what a screen reader calls the line."""
        return self.tr("Name")

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Open a line for the name."""
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_NAME)
        editor.setAccessibleName(self.editor_name())
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the line with the name."""
        # New energies arriving under the editor must not undo what is being typed.
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Ask for the name typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Put the line where the words of the row are."""
        room = words(option.rect)
        height = editor.sizeHint().height()
        top = room.center().y() - height // 2
        editor.setGeometry(room.left() - 8, top, room.width() + 14, height)
