"""The wires between the document, the teacher and what the window says of learning."""

from PySide6.QtCore import QObject, Qt, Signal

from hopgui.control.desk import Desk
from hopgui.control.player import Player
from hopgui.control.teacher import Teacher
from hopgui.model.learning import Learnt
from hopgui.refusal import Refusal
from hopgui.ui.look.numbers import number
from hopgui.ui.window.main_window import MainWindow


class Learning(QObject):
    """Has the document's plans learnt, shows how far that is, and takes back what cannot be.

    Parameters
    ----------
    window, player, desk
        The parts to connect.

    Signals
    -------
    refused(object)
        A `Refusal` to tell the person.
    failed(str, str)
        Learning went wrong inside: what, and the details.
    """

    refused = Signal(object)
    failed = Signal(str, str)

    def __init__(self, window: MainWindow, player: Player, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._desk = desk
        self._note = ""
        self.teacher = Teacher(self)
        player.plan_changed.connect(self.teacher.ask)
        self.teacher.learnt.connect(player.learn)
        self.teacher.learnt.connect(self._show_learnt)
        self.teacher.began.connect(self._show_progress)
        self.teacher.progressed.connect(self._show_progress)
        self.teacher.failed.connect(self.failed)
        # What cannot be learnt is taken back once everyone has heard of it.
        later = Qt.ConnectionType.QueuedConnection
        self.teacher.refused.connect(self._refuse, later)
        self.teacher.cancelled.connect(self._take_back, later)
        window.learning.cancelled.connect(self.teacher.cancel)
        window.docks.controls.when_built(lambda controls: controls.show_learning_note(self._note))

    def close(self) -> None:
        """End the teacher's thread."""
        self.teacher.close()

    def _show_progress(self, fraction: float = 0.0) -> None:
        self._window.learning.show_learning(fraction, self.tr("Learning"))

    def _show_learnt(self, learnt: Learnt) -> None:
        self._window.learning.show_learning(None, "")
        self._note = ""
        if not learnt.reached and learnt.margin is not None:
            self._note = self.tr("The margin κ was not reached: the least is {margin}.").format(
                margin=number(learnt.margin, 2)
            )
        controls = self._window.docks.controls.panel
        if controls is not None:
            controls.show_learning_note(self._note)

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)
        self._take_back()

    def _take_back(self) -> None:
        self._window.learning.show_learning(None, "")
        self._desk.undo()
