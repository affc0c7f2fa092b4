"""The wires of what is selected on the pad: copied, cut, blanked, pasted as a piece that floats."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication

from hopgui.control.desk import Desk
from hopgui.control.player import Player
from hopgui.session.region import Region, whole
from hopgui.session.session import Session
from hopgui.ui.parts.clipboard import add_units, units_in
from hopgui.ui.window.main_window import MainWindow


class Regions(QObject):
    """Takes regions of the pad to the clipboard, and from there back to the pad.

    Parameters
    ----------
    window, player, desk
        The parts to connect.
    import_pasted
        What is done with what is on the clipboard and is no picture of this program's that fits.
    """

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        desk: Desk,
        import_pasted: Callable[[Session], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._desk = window, player, desk
        self._view = window.pad.view
        self._import_pasted = import_pasted
        self._view.piece_set.connect(desk.paste)
        desk.acting.connect(self._view.set_piece)
        self._view.selection_changed.connect(self._allow)
        for name, act in (
            ("copy", self._copy),
            ("cut", self._cut),
            ("paste", self._paste),
            ("select_all", self._select_all),
            ("blank_region", self._blank),
        ):
            window.actions_by_name[name].triggered.connect(lambda _on, act=act: act())
        self._allow()

    @property
    def _region(self) -> Region:
        """The region selected, the whole pad if there is none."""
        return self._view.region or whole(self._desk.session.grid)

    def _copy(self) -> None:
        """Copy the piece that floats, else the region selected, else the whole pad."""
        piece, data = self._view.piece, QMimeData()
        shown = self._region.cut_from(self._player.shown)
        add_units(data, shown if piece is None else piece.picture)
        QGuiApplication.clipboard().setMimeData(data)

    def _cut(self) -> None:
        self._copy()
        if self._view.piece is not None:
            self._view.drop_piece()
        else:
            self._desk.cut(self._region.units(self._desk.session.grid))

    def _paste(self) -> None:
        """Let a picture of this program's float over the pad; any other one is imported."""
        session = self._desk.session
        # An empty clipboard may give nothing at all.
        picture = units_in(QGuiApplication.clipboard().mimeData() or QMimeData())
        if picture is None or not Region(0, 0, *picture.shape[::-1]).fits(session.grid):
            self._import_pasted(session)
            return
        self._view.float_piece(picture)
        self._view.setFocus()

    def _select_all(self) -> None:
        self._window.actions_by_name["select"].trigger()
        self._view.select_all()

    def _blank(self) -> None:
        if self._view.region is not None:
            self._view.blank_chosen.emit(self._view.region.units(self._desk.session.grid))

    @Slot()
    def _allow(self) -> None:
        self._window.actions_by_name["blank_region"].setEnabled(self._view.region is not None)
