"""The main window: lays the panels out. It decides nothing."""

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QToolBar, QVBoxLayout, QWidget

from hopgui.model.survey import Survey
from hopgui.session.frame import Frame
from hopgui.session.session import Session
from hopgui.ui.controls import model_text
from hopgui.ui.controls.learning_bar import LearningBar
from hopgui.ui.look.theme import Theme
from hopgui.ui.memories.gallery import Gallery
from hopgui.ui.pad.panel import PadPanel
from hopgui.ui.parts.files import local_files
from hopgui.ui.parts.load_meter import HEBBIAN_CAPACITY
from hopgui.ui.plots.energy_panel import EnergyPanel
from hopgui.ui.plots.overlap_panel import OverlapPanel
from hopgui.ui.runs.transport import Transport
from hopgui.ui.verdict.status_card import StatusCard
from hopgui.ui.window.actions import STROKES, TOOLS, Actions
from hopgui.ui.window.banner import Banner
from hopgui.ui.window.damage_bar import DamageBar
from hopgui.ui.window.dock import GRIP
from hopgui.ui.window.docks import Docks
from hopgui.ui.window.space_key import SpaceKey

# Keys that belong to the pad only while it has the focus: elsewhere they move a selection.
HALVES = ("half_left", "half_right", "half_top", "half_bottom")
PAD_KEYS = ("left", "right", "up", "down", *HALVES, "select_all", "blank_region")
MARGIN = 12


class MainWindow(QMainWindow):
    """Lays out the pad, the docks around it and the transport beneath.

    Attributes
    ----------
    actions_by_name
        Every action of the menus.
    pad, gallery, energy, overlap, status, transport, damage_bar, banner
        The panels that are always built.
    docks
        Where the panels around the pad stand, and those that are built when first seen.
    learning
        Progress of a learning that takes its time.
    space
        The space bar.

    Signals
    -------
    files_dropped(list)
        Files dropped from outside, as paths.
    close_requested()
        The window was to be closed while it is held open.
    closed()
        The window has been closed.
    """

    files_dropped = Signal(list)
    close_requested = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self._held = False
        self.actions_by_name = Actions(self)
        self.pad = PadPanel()
        self.gallery = Gallery()
        self.energy = EnergyPanel()
        self.overlap = OverlapPanel()
        self.overlap.follow(self.energy.time_axis)
        self.status = StatusCard()
        self.transport = Transport()
        self.banner = Banner()
        self.learning = LearningBar()
        self.damage_bar = DamageBar(
            self.actions_by_name["damage"], [self.actions_by_name[name] for name in HALVES]
        )
        self.space = SpaceKey(self, self.pad.view)
        self._summary = QLabel()
        self._summary.setObjectName("muted")
        self._summary.setContentsMargins(0, 4, 16, 0)
        self._give_pad_its_keys()
        self._menus = self.actions_by_name.fill(self.menuBar())
        self.menuBar().setCornerWidget(self._summary)
        self._make_tool_bar()
        self._make_centre()
        self.docks = Docks(self, self.gallery, self.energy, self.overlap, self.status)
        self.add_to_menu("&View", self.tr("&Panels"), self.docks.actions())
        self._make_transport()
        self.pad.view.setFocus()

    def show_session(self, session: Session) -> None:
        """Show the document."""
        self._show_summary(model_text.summary(session))
        self.pad.view.show_pinned(session.pinned)
        self.damage_bar.show_damage(session.damage)
        self.transport.show_seed(session.seed)
        self.energy.show_note(model_text.why_energy_may_rise(session))

    def show_name(self, name: str, *, unsaved: bool) -> None:
        """Show what the document is called, and whether something of it is not saved."""
        # To Qt "[*]" is the place of the mark, and twice that is what it says.
        title = self.tr("{title} – HopGUI").format(title=name.replace("[*]", "[*][*]") + "[*]")
        self.setWindowTitle(title)
        self.setWindowModified(unsaved)

    def hold(self, *, held: bool) -> None:
        """Keep the window open when it is to be closed, and ask by `close_requested`, or do not."""
        self._held = held

    def show_memories(
        self, session: Session, survey: Survey | None, capacity: float = HEBBIAN_CAPACITY
    ) -> None:
        """Show the memories, with their energies and stabilities once they are known.

        Parameters
        ----------
        session
            The document.
        survey
            What is known of its memories, None while it is being found out.
        capacity
            Memories a unit that its learning rule can hold.
        """
        energies = None if survey is None else survey.energies
        stable = None if survey is None else survey.stable
        self.pad.show_memories(session.memories)
        self.gallery.show_memories(session.memories, energies, stable)
        self.gallery.show_load(len(session.memories), session.grid.units, capacity)
        self.energy.show_memories(session.memories, energies)
        self.overlap.show_memories(session.memories)
        self.status.show_memories(session.memories)

    def show_frame(self, frame: Frame) -> None:
        """Show one moment of the pad in every panel."""
        self.pad.show_frame(frame)
        self.energy.show_frame(frame)
        self.overlap.show_frame(frame)
        self.status.show_frame(frame)
        self.transport.show_frame(frame)
        self.gallery.show_nearest(frame.nearest.memory)

    def show_theme(self, theme: Theme) -> None:
        """Draw everything in the colours of a theme."""
        self.actions_by_name.show_theme(theme)
        for panel in (
            self.pad,
            self.gallery,
            self.energy,
            self.overlap,
            self.status,
            self.transport,
            self.banner,
            self.docks,
        ):
            panel.show_theme(theme)

    def add_to_menu(self, menu: str, title: str, actions: list[QAction]) -> None:
        """Add a submenu at the top of a menu."""
        parent = self._menus[menu]
        submenu = QMenu(title, parent)
        submenu.addActions(actions)
        first = parent.actions()[0]
        parent.insertMenu(first, submenu)
        parent.insertSeparator(first)

    def put_menu(self, menu: str, after: str, submenu: QMenu) -> None:
        """Put a submenu after one of a menu's actions."""
        actions = self._menus[menu].actions()
        place = actions.index(self.actions_by_name[after]) + 1
        self._menus[menu].insertMenu(actions[place], submenu)

    def put_notice(self, notice: QWidget) -> None:
        """Put something to be answered above the pad."""
        self._centre.insertWidget(0, notice)

    def layout_state(self) -> QByteArray:
        """Return where the docks are, to be remembered."""
        return self.docks.layout_state()

    def set_layout_state(self, state: QByteArray) -> bool:
        """Put the docks where they were; say whether that was understood."""
        return self.docks.set_layout_state(state)

    def reset_layout(self) -> None:
        """Put the docks where they are at the first start."""
        self.docks.reset_layout()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        event.acceptProposedAction()
        self.files_dropped.emit(local_files(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes, or is to go."""
        if self._held:
            event.ignore()
            self.close_requested.emit()
            return
        super().closeEvent(event)
        self.closed.emit()

    def _show_summary(self, text: str) -> None:
        if text != self._summary.text():
            self._summary.setText(text)
            # A menu bar gives its corner room when the widget is put there, and not again.
            self.menuBar().setCornerWidget(self._summary)
            self._summary.show()

    def _give_pad_its_keys(self) -> None:
        for name in PAD_KEYS:
            action = self.actions_by_name[name]
            self.removeAction(action)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.pad.view.addAction(action)

    def _make_tool_bar(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        actions = self.actions_by_name
        bar.addActions([actions[name] for name in TOOLS])
        bar.addSeparator()
        bar.addActions([actions[name] for name in STROKES])
        bar.addSeparator()
        bar.addWidget(self.damage_bar)
        bar.addWidget(self.damage_bar.rest)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)

    def _make_centre(self) -> None:
        centre = QWidget()
        self._centre = column = QVBoxLayout(centre)
        column.setContentsMargins(0, GRIP, 0, 0)
        column.setSpacing(MARGIN)
        column.addWidget(self.banner)
        column.addWidget(self.learning)
        column.addWidget(self.pad, 1)
        self.setCentralWidget(centre)

    def _make_transport(self) -> None:
        bar = QToolBar(self.tr("Transport"))
        bar.setObjectName("transport")
        bar.setMovable(False)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, MARGIN, 0, 0)
        column.addWidget(self.transport)
        bar.addWidget(holder)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
