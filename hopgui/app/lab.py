"""The whole program, built and connected."""

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from hopgui.app.application import Application
from hopgui.app.atlas import Atlas
from hopgui.app.basins import Basins
from hopgui.app.boltzmann import Boltzmann
from hopgui.app.bridge import Bridge
from hopgui.app.choices import Choices
from hopgui.app.couplings import Couplings
from hopgui.app.export import Export
from hopgui.app.files import Files
from hopgui.app.importing import Importing
from hopgui.app.interrupts import Interrupts
from hopgui.app.kept import Kept
from hopgui.app.landscape import Landscape
from hopgui.app.learning import Learning
from hopgui.app.memories import Memories
from hopgui.app.pad import Pad
from hopgui.app.regions import Regions
from hopgui.app.rescue import Rescue
from hopgui.app.runs import Runs
from hopgui.app.stamping import Stamping
from hopgui.app.verdict import Verdicts
from hopgui.app.why import Whys
from hopgui.control.desk import Desk
from hopgui.control.document import Document
from hopgui.control.player import Player
from hopgui.refusal import Refusal
from hopgui.session import edits, library
from hopgui.session.frame import Frame
from hopgui.session.session import Grid, Session, blank_session
from hopgui.ui.look import fonts
from hopgui.ui.look.theme import Theme
from hopgui.ui.runs import speed
from hopgui.ui.window.failure import show_failure
from hopgui.ui.window.main_window import MainWindow
from hopgui.ui.window.preferences import Preferences
from hopgui.ui.window.presenter import Presenter
from hopgui.ui.window.questions import Questions
from hopgui.ui.window.theme_switch import ThemeSwitch
from hopgui.ui.window.tool_box import ToolBox
from hopgui.worker.runner import Runner

WARM_AFTER = 250  # milliseconds: the window has been painted by then


class Lab(QObject):
    """The whole program: the document, the player, the window, and the wires between them.

    Parameters
    ----------
    app
        The application.
    session
        The document to open with.
    settings
        Where preferences are kept.
    recovery
        Folder of the copies that are kept against a crash; None to keep none.
    """

    def __init__(
        self,
        app: QApplication,
        session: Session,
        settings: QSettings,
        recovery: Path | None = None,
    ) -> None:
        super().__init__()
        fonts.install(app)
        self.runner = Runner(self)
        self.player = Player(session, self.runner, self)
        self.document = Document(session, self)
        self.desk = Desk(self.document, self.player, self)
        self.window = MainWindow()
        self._preferences = Preferences(settings)
        self._pad = Pad(self.window, self.player, self.desk, self)
        self._memories = Memories(self.window, self.player, self.document, self.desk, self)
        Choices(self.window, self.player, self.document, self.desk, self._preferences, self)
        self._learning = Learning(self.window, self.player, self.desk, self)
        self._couplings = Couplings(self.window, self.player, self.document, self)
        self._verdicts = Verdicts(self.window, self.player, self.document, self.desk, self)
        self._kept = Kept(self.window, self.player, self.document, self.desk, self)
        self._atlas = Atlas(self.window, self.player, self.document, self.desk, self)
        self._whys = Whys(self.window, self.player, self.document, self)
        self._landscape = Landscape(self.window, self.player, self.document, self.desk, self)
        self._basins = Basins(self.window, self.player, self.document, self.desk, self)
        self._boltzmann = Boltzmann(self.window, self.player, self.document, self.desk, self)
        self._bridge = Bridge(self.window, self.player, self.document, self)
        self._export = Export(self.window, self.player, self.desk, self)
        self._importing = Importing(self.window, self.desk, self)
        paste = self._importing.importer.paste
        Regions(self.window, self.player, self.desk, paste, self)
        self.files = Files(self.window, self.document, self.desk, self._preferences, self)
        self.runs = Runs(self.window, self.player, self.document, self.desk, self)
        self.rescue = Rescue(self.window, self.document, self.files, recovery, self)
        self._questions = Questions(self.window)
        self._themes = ThemeSwitch(app, self.window.actions_by_name)
        self._presenter = Presenter(self.window, self._themes)
        self._rng = np.random.default_rng()
        self._speed = speed.position(self._preferences.speed)
        ToolBox(self.window.actions_by_name, self.window.pad.view)
        self._connect_gallery()
        self._connect_transport()
        self._connect_document()
        self._connect_actions()
        Stamping(self.window, self.document, self)
        self._fill_sets_menu()
        self._restore_preferences()
        self._show_session(session)
        self.player.ask()
        self._show_frame(self.player.frame)

    def close(self) -> None:
        """Keep the preferences and end every thread."""
        self._presenter.leave()
        self._preferences.geometry = self.window.saveGeometry()
        self._preferences.layout = self.window.layout_state()
        self._preferences.theme = self._themes.choice
        self._preferences.speed = speed.rate(self._speed)
        self.rescue.close()
        self.runs.close()
        self.player.close()
        self._learning.close()
        self._couplings.close()
        self._verdicts.close()
        self._kept.close()
        self._atlas.close()
        self._whys.close()
        self._landscape.close()
        self._basins.close()
        self._boltzmann.close()
        self._bridge.close()
        self._export.close()
        self._importing.close()
        self._memories.close()

    # Connections, a room at a time

    def _connect_gallery(self) -> None:
        self.window.gallery.selection_changed.connect(self._show_what_is_possible)
        for source in (self.window.gallery, self.window):
            source.files_dropped.connect(self._import_files)

    def _connect_transport(self) -> None:
        transport = self.window.transport
        transport.toggled.connect(self.desk.recall)
        self.window.space.tapped.connect(self.desk.recall)
        self.window.space.held.connect(self.window.pad.view.set_panning)
        transport.step_forward.connect(self.desk.step_forward)
        transport.step_back.connect(self.player.step_back)
        transport.to_start.connect(self.player.to_start)
        transport.to_end.connect(self.player.to_end)
        transport.speed_changed.connect(self._set_speed)
        transport.seed_changed.connect(self.desk.set_seed)
        transport.new_seed_requested.connect(self._new_seed)
        transport.repeat_toggled.connect(self.desk.repeat)
        for scrubber in (transport, self.window.energy, self.window.overlap):
            scrubber.scrubbed.connect(self.player.scrub)

    def _connect_document(self) -> None:
        self.document.changed.connect(self._show_session)
        self.player.frame_changed.connect(self._show_frame)
        self.player.repeat_changed.connect(self._show_repeat)
        for asked in (
            self._learning,
            self.desk,
            self._atlas,
            self._landscape,
            self._boltzmann,
            self._bridge,
            self.files,
            self.rescue,
            self.runs,
        ):
            asked.refused.connect(self._refuse)
        self._importing.refused.connect(self.window.banner.show_refusals)
        self._boltzmann.folder_wanted.connect(
            lambda: self._importing.importer.ask_training(self.desk.session)
        )
        self._importing.importer.chosen.connect(self._boltzmann.take_folder)
        self._memories.surveyor.found.connect(self._export.show_survey)
        self._atlas.found.connect(self._landscape.take)
        self.window.status.buttons.offer_basins()
        self.window.status.buttons.basin_requested.connect(self.window.docks.basins.open)
        for source in (
            self.runner,
            self._memories.surveyor,
            self._learning,
            self._couplings.errand,
            self._verdicts,
            self._kept.appraiser,
            self._atlas,
            self._whys,
            self._landscape,
            self._basins,
            self._boltzmann,
            self._bridge,
            self._export,
            self._importing,
            self.runs.job,
        ):
            source.failed.connect(self._fail)
        self._questions.grid_chosen.connect(self._new)
        self._questions.size_chosen.connect(self.desk.resize)
        self._themes.switched.connect(self._show_theme)
        self._themes.switched.connect(self._verdicts.show_theme)
        self._themes.switched.connect(self._export.show_theme)
        self._themes.switched.connect(self._bridge.show_theme)
        self.window.closed.connect(self.close)

    def _connect_actions(self) -> None:
        desk, player, window = self.desk, self.player, self.window
        acts = {
            "new": lambda: self._questions.ask_new(desk.session),
            "quit": window.close,
            "undo": desk.undo,
            "redo": desk.redo,
            "find": self._questions.find_action,
            "invert": desk.invert,
            "clear": desk.clear,
            "random": desk.randomise,
            "unpin_all": desk.unpin_all,
            "damage": desk.damage,
            "left": partial(desk.shift, -1, 0),
            "right": partial(desk.shift, 1, 0),
            "up": partial(desk.shift, 0, -1),
            "down": partial(desk.shift, 0, 1),
            "resize": lambda: self._questions.ask_size(desk.session),
            "store": desk.store,
            "load": lambda: desk.load(window.gallery.selected()[0]),
            "rename": lambda: window.gallery.edit_name(window.gallery.selected()[0]),
            "unlearn": desk.unlearn,
            "duplicate": lambda: desk.duplicate(window.gallery.selected()),
            "delete": lambda: desk.delete(window.gallery.selected()),
            "recall": desk.recall,
            "next": desk.recall,
            "previous": player.to_start,
            "forward": lambda: desk.step_forward(window.transport.step),
            "back": lambda: player.step_back(window.transport.step),
            "to_start": player.to_start,
            "to_end": player.to_end,
            "faster": partial(self._change_speed, 1),
            "slower": partial(self._change_speed, -1),
            "new_seed": self._new_seed,
            "reset_layout": window.reset_layout,
            "about": self._questions.about,
            **{f"half_{side}": partial(desk.erase_half, side) for side in edits.SIDES},
        }
        for name, act in acts.items():
            # Qt hands over whether the action is checked, which none of these asks for.
            window.actions_by_name[name].triggered.connect(lambda _on, act=act: act())
        window.actions_by_name["repeat"].triggered.connect(desk.repeat)
        window.actions_by_name["full_screen"].triggered.connect(self._full_screen)

    def _fill_sets_menu(self) -> None:
        actions = []
        for name in library.set_names():
            action = QAction(library.set_title(name), self.window)
            action.setObjectName(f"set_{name}")
            action.triggered.connect(lambda _on, name=name: self._open_set(name))
            actions.append(action)
        if actions:
            self.window.add_to_menu("&File", self.tr("&Pattern sets"), actions)

    def _restore_preferences(self) -> None:
        kept = self._preferences
        self._themes.choose(kept.theme)
        self._change_speed(0)
        if not self.window.restoreGeometry(kept.geometry):
            self.window.resize(1280, 800)
        self.window.actions_by_name["full_screen"].setChecked(self.window.isFullScreen())
        if not self.window.set_layout_state(kept.layout):
            self.window.reset_layout()

    # What the rooms tell each other

    def _show_session(self, session: Session) -> None:
        self.window.show_session(session)
        self._show_what_is_possible()

    def _show_frame(self, frame: Frame) -> None:
        self.window.show_frame(frame)
        self._pad.show_unit()

    def _show_theme(self, theme: Theme) -> None:
        self.window.show_theme(theme)
        self._importing.importer.show_theme(theme)
        self.rescue.show_theme(theme)

    def _show_repeat(self, on: bool) -> None:
        self.window.transport.show_repeat(on)
        self.window.actions_by_name["repeat"].setChecked(on)

    def _show_what_is_possible(self) -> None:
        actions, document = self.window.actions_by_name, self.document
        chosen = len(self.window.gallery.selected())
        actions["undo"].setEnabled(document.undo_label is not None)
        actions["redo"].setEnabled(document.redo_label is not None)
        undo, redo = document.undo_label or "", document.redo_label or ""
        actions["undo"].setText(self.tr("&Undo {step}").format(step=undo).strip())
        actions["redo"].setText(self.tr("&Redo {step}").format(step=redo).strip())
        for name in ("load", "rename"):
            actions[name].setEnabled(chosen == 1)
        for name in ("duplicate", "delete"):
            actions[name].setEnabled(chosen > 0)

    # What the window asks for

    def _new(self, grid: Grid) -> None:
        self.desk.open(blank_session(grid))

    def _open_set(self, name: str) -> None:
        try:
            pattern_set = library.read_set(library.pattern_folder() / name)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self.desk.open(edits.damage(edits.load(library.session_of(pattern_set), 0)))
        if pattern_set.rule is not library.Rule.HEBB:
            self.window.banner.show_text(
                self.tr(
                    "This set is meant for the projection rule: under Hebb's rule its memories"
                    " disturb each other, and most are not stable."
                )
            )

    def _import_files(self, files: list[Path]) -> None:
        pictures = self.files.take(files)
        if pictures:
            self._importing.importer.read(pictures, self.desk.session)

    def _new_seed(self) -> None:
        self.desk.set_seed(int(self._rng.integers(1, 1000)))

    def _set_speed(self, updates_per_second: float) -> None:
        self._speed = speed.position(updates_per_second)
        self.player.set_speed(updates_per_second)

    def _change_speed(self, steps: int) -> None:
        self._set_speed(speed.rate(min(max(self._speed + steps, 0), speed.LAST)))
        self.window.transport.show_speed(speed.rate(self._speed))

    def _full_screen(self, on: bool) -> None:
        full = Qt.WindowState.WindowFullScreen
        state = self.window.windowState()
        self.window.setWindowState(state | full if on else state & ~full)

    def _refuse(self, refusal: Refusal) -> None:
        self.window.banner.show_refusal(refusal)

    def _fail(self, what: str, details: str) -> None:
        self.player.rest()
        show_failure(self.window, what, details)


def run(arguments: list[str], file: Path | None = None) -> int:
    """Open the window, and return the program's exit status when it is closed.

    Parameters
    ----------
    arguments
        The command line, for Qt.
    file
        The session to open, if any.
    """
    app = Application(arguments)
    app.setApplicationName("HopGUI")
    app.setOrganizationName("HopGUI")
    data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    lab = Lab(app, library.first_session(), QSettings(), Path(data) / "recovery")
    if file is not None:
        lab.files.begin(file)
    app.file_opened.connect(lab.files.open)
    interrupts = Interrupts(app)
    interrupts.asked.connect(lab.window.close)
    lab.window.show()
    # Loading the compiled kernels would hold up the first paint.
    QTimer.singleShot(WARM_AFTER, lab.runner.warm)
    QTimer.singleShot(WARM_AFTER, lab.rescue.look)
    try:
        return int(app.exec())
    finally:
        interrupts.close()
