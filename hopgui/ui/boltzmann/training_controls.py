"""What a training is asked for: the pictures, the machine, the method and its schedule."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from hopgui.model.boltzmann.settings import Method, Settings, hidden_units, settings_for
from hopgui.session.any_training import AnyCourse, MachineKind
from hopgui.session.training import Course, DataKind
from hopgui.session.visible_training import VisibleCourse
from hopgui.ui.boltzmann.visible_controls import VisibleControls
from hopgui.ui.controls.parts import Section, decimal_box, number_box, show_number
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.segmented import Segmented

MOST_HIDDEN, MOST_EPOCHS = 2000, 1_000_000


class TrainingControls(Section):
    """Choices for the next training; what is not touched follows from the pictures.

    Signals
    -------
    data_chosen(object)
        A person chose this `DataKind`: its pictures may be more or fewer.
    folder_wanted()
        A person wants to train on a folder of pictures: which, and how they are fitted to the
        grid, is to be asked for. Until `choose_folder` says so, the choice stays as it was.
    machine_chosen(object)
        A person chose this `MachineKind`.
    """

    data_chosen = Signal(object)
    folder_wanted = Signal()
    machine_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Training"))
        self._pictures, self._visible = 0, 1
        self._settings = Settings()
        self._data = ChoiceBox(
            (
                (DataKind.MEMORIES, self.tr("The memories")),
                (DataKind.SHIFTED, self.tr("The memories, shifted")),
                (DataKind.NOISY, self.tr("The memories, noisy")),
                (DataKind.BARS_AND_STRIPES, self.tr("Bars and stripes")),
                (DataKind.DIGITS, self.tr("Handwritten digits, 8 × 8")),
                (DataKind.FOLDER, self.tr("A folder of pictures …")),
            )
        )
        self._kind = DataKind.MEMORIES
        self._data.setAccessibleName(self.tr("Pictures to train on"))
        self._data.chosen.connect(self._choose_data)
        # The same folder may be asked for again, or another one.
        self._data.activated.connect(self._want_folder)
        self.add(self._data)
        self._count = self.note()
        self._machine = MachineKind.RESTRICTED
        self._machines = Segmented(
            (
                (MachineKind.RESTRICTED, self.tr("Restricted")),
                (MachineKind.VISIBLE, self.tr("Fully visible")),
            )
        )
        self._machines.setAccessibleName(self.tr("Kind of machine"))
        self._machines.chosen.connect(self._choose_machine)
        self.add(self._machines)
        self._machine_note = self.note()
        with self.group() as self._restricted:
            self._make_restricted()
        self.visible = VisibleControls()
        self.add(self.visible)
        self._show_machine(MachineKind.RESTRICTED)

    def _make_restricted(self) -> None:
        self._methods = Segmented(
            (
                (Method.CD, self.tr("CD")),
                (Method.PCD, self.tr("PCD")),
                (Method.PT, self.tr("Tempering")),
            )
        )
        self._methods.setAccessibleName(self.tr("Method of training"))
        self._methods.chosen.connect(self._choose_method)
        self.add(self._methods)
        self._meaning = self.note()
        self._hidden = number_box(1, MOST_HIDDEN)
        self.row(self.tr("Hidden units"), self._hidden)
        self._epochs = number_box(1, MOST_EPOCHS, 100)
        self.row(self.tr("Epochs"), self._epochs)
        self._k = number_box(1, 100)
        self.row(self.tr("Gibbs steps k"), self._k)
        self._held = number_box(0, 50, 5)
        self._held.setSuffix(self.tr(" %"))
        self.row(self.tr("Pictures kept apart"), self._held)
        self._more = Section()
        self._more.set_title(self.tr("Schedule"))
        self._make_schedule(self._more)
        self.add(self._more)

    @property
    def kind(self) -> DataKind:
        """What is to be trained on."""
        return self._kind

    @property
    def machine(self) -> MachineKind:
        """Which machine is to be trained."""
        return self._machine

    def course(self, seed: int) -> AnyCourse:
        """Return what is asked for."""
        if self._machine is MachineKind.VISIBLE:
            return self.visible.course(self._kind, seed)
        settings = replace(
            self._settings,
            epochs=self._epochs.value(),
            k=self._k.value(),
            batch=self._batch.value(),
            chains=self._chains.value(),
            temperatures=self._temperatures.value(),
            rate=self._rate.value(),
            last_rate=self._last_rate.value(),
            momentum=self._momentum.value(),
            decay=self._decay.value(),
            every=max(1, self._epochs.value() // 100),
        )
        return Course(self._kind, self._hidden.value(), settings, self._held.value(), seed)

    def show_pictures(self, pictures: int, visible: int, words: str) -> None:
        """Choose what usually works for so many pictures of so many units, and name them."""
        self._count.show_text(words)
        if (pictures, visible) != (self._pictures, self._visible):
            self._pictures, self._visible = pictures, visible
            show_number(self._hidden, hidden_units(visible))
            self._show_settings(settings_for(max(pictures, 1), visible))
            self.visible.show_units(visible)

    def show_no_pictures(self, why: str) -> None:
        """Say why there are no such pictures on this pad."""
        self._count.show_text(why)

    def choose_folder(self) -> None:
        """Let the pictures be those of the folder that was asked for."""
        self.show_data(DataKind.FOLDER)
        self.data_chosen.emit(DataKind.FOLDER)

    def show_data(self, kind: DataKind) -> None:
        """Show what is trained on."""
        self._kind = kind
        self._data.show_choice(kind)

    def show_course(self, course: AnyCourse) -> None:
        """Show what a training was asked for."""
        self.show_data(course.data)
        if isinstance(course, VisibleCourse):
            self._show_machine(MachineKind.VISIBLE)
            self.visible.show_course(course)
            return
        self._show_machine(MachineKind.RESTRICTED)
        show_number(self._hidden, course.hidden)
        show_number(self._held, course.held_percent)
        self._show_settings(course.settings)

    def _make_schedule(self, part: Section) -> None:
        self._rate = decimal_box(0.0001, 10, 0.01, 4)
        part.row(self.tr("First learning rate"), self._rate)
        self._last_rate = decimal_box(0.0001, 10, 0.001, 4)
        part.row(self.tr("Last learning rate"), self._last_rate)
        self._momentum = decimal_box(0, 0.99, 0.1, 2)
        part.row(self.tr("Momentum"), self._momentum)
        self._decay = decimal_box(0, 1, 0.0001, 4)
        part.row(self.tr("Weight decay"), self._decay)
        self._batch = number_box(1, 100_000, 10)
        part.row(self.tr("Pictures to a gradient"), self._batch)
        self._chains = number_box(1, 10_000, 10)
        part.row(self.tr("Chains"), self._chains)
        self._temperatures = number_box(2, 100)
        part.row(self.tr("Temperatures"), self._temperatures)
        part.fold()

    def _show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self._methods.show_choice(settings.method)
        self._meaning.show_text(self._words(settings.method))
        for box, value in (
            (self._epochs, settings.epochs),
            (self._k, settings.k),
            (self._batch, settings.batch),
            (self._chains, settings.chains),
            (self._temperatures, settings.temperatures),
            (self._rate, settings.rate),
            (self._last_rate, settings.last_rate),
            (self._momentum, settings.momentum),
            (self._decay, settings.decay),
        ):
            show_number(box, value)
        self._chains.setEnabled(settings.method is not Method.CD)
        self._temperatures.setEnabled(settings.method is Method.PT)

    def _choose_data(self, kind: DataKind) -> None:
        if kind is DataKind.FOLDER:
            self._data.show_choice(self._kind)
            self.folder_wanted.emit()
            return
        self._kind = kind
        self.data_chosen.emit(kind)

    def _want_folder(self) -> None:
        if self._kind is DataKind.FOLDER and self._data.value is DataKind.FOLDER:
            self.folder_wanted.emit()

    def _choose_machine(self, machine: MachineKind) -> None:
        self._show_machine(machine)
        self.machine_chosen.emit(machine)

    def _show_machine(self, machine: MachineKind) -> None:
        self._machine = machine
        self._machines.show_choice(machine)
        restricted = machine is MachineKind.RESTRICTED
        self._restricted.setVisible(restricted)
        self.visible.setVisible(not restricted)
        self._machine_note.show_text(
            self.tr("Hidden units say what visible ones have in common.")
            if restricted
            else self.tr("A Hopfield network that learns: no hidden units.")
        )

    def _choose_method(self, method: Method) -> None:
        # Another method asks for another schedule.
        self._show_settings(settings_for(max(self._pictures, 1), self._visible, method))

    def _words(self, method: Method) -> str:
        match method:
            case Method.CD:
                return self.tr("Chains start at the pictures each time and take k steps.")
            case Method.PCD:
                return self.tr("Chains go on from where they were; they may get stuck.")
            case Method.PT:
                return self.tr("Chains at several temperatures exchange states: none gets stuck.")
