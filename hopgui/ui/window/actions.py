"""Every action of the window in one table: its text, its keys, its icon, its place in a menu."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from hopgui.refusal import QT_TRANSLATE_NOOP
from hopgui.ui.look.icons import SIZE, SMALL, icon
from hopgui.ui.look.theme import Theme


@dataclass(frozen=True)
class Entry:
    """One action.

    Attributes
    ----------
    name
        What the program calls it.
    text
        What a person reads, marked for the translator.
    keys
        Shortcuts, the first one shown in the menu.
    icon
        Name of its icon, empty for none.
    group
        Actions of one group exclude each other; empty for an action of its own.
    checkable
        Whether it is a switch.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    checkable: bool = False


SEPARATOR = None

_ = QT_TRANSLATE_NOOP
MENUS: tuple[tuple[str, tuple[Entry | None, ...]], ...] = (
    (
        _("Actions", "&File"),
        (
            Entry("new", _("Actions", "&New grid…"), ("Ctrl+N",)),
            Entry("open", _("Actions", "&Open a session…"), ("Ctrl+O",), "open"),
            SEPARATOR,
            Entry("save", _("Actions", "&Save the session"), ("Ctrl+S",), "save"),
            Entry("save_as", _("Actions", "Save the session &as…"), ("Ctrl+Shift+S",)),
            Entry("revert", _("Actions", "Re&vert to the saved session")),
            SEPARATOR,
            Entry("import", _("Actions", "&Import pictures…"), ("Ctrl+I",), "import"),
            Entry("import_folder", _("Actions", "Import a &folder…"), ("Ctrl+Shift+I",)),
            Entry("import_letters", _("Actions", "Import &letters of a font…")),
            Entry("export", _("Actions", "&Export…"), ("Ctrl+E",), "export"),
            SEPARATOR,
            Entry("quit", _("Actions", "&Quit"), ("Ctrl+Q",)),
        ),
    ),
    (
        _("Actions", "&Edit"),
        (
            Entry("undo", _("Actions", "&Undo"), ("Ctrl+Z",), "undo"),
            Entry("redo", _("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
            SEPARATOR,
            Entry("cut", _("Actions", "Cu&t the region or the pad"), ("Ctrl+X",), "cut"),
            Entry("copy", _("Actions", "&Copy the region or the pad"), ("Ctrl+C",), "copy"),
            Entry("paste", _("Actions", "&Paste"), ("Ctrl+V",), "paste"),
            SEPARATOR,
            Entry("select_all", _("Actions", "Select &all of the pad"), ("Ctrl+A",)),
            Entry("blank_region", _("Actions", "&Blank the region selected"), ("Del", "Backspace")),
            SEPARATOR,
            Entry("find", _("Actions", "&Find an action…"), ("Ctrl+K",)),
        ),
    ),
    (
        _("Actions", "&Pad"),
        (
            Entry("pencil", _("Actions", "&Pencil"), ("B",), "pencil", "tool"),
            Entry("eraser", _("Actions", "&Eraser"), ("E",), "eraser", "tool"),
            Entry("line", _("Actions", "&Line"), ("L",), "line", "tool"),
            Entry("rectangle", _("Actions", "&Rectangle"), ("R",), "rectangle", "tool"),
            Entry("fill", _("Actions", "&Fill"), ("G",), "fill", "tool"),
            Entry("stamp", _("Actions", "S&tamp a memory"), ("S",), "stamp", "tool"),
            Entry("pin", _("Actions", "P&in units"), ("P",), "pin", "tool"),
            Entry("blank", _("Actions", "&Blank a rectangle"), ("X",), "blank_rectangle", "tool"),
            Entry("select", _("Actions", "Select a re&gion"), ("A",), "select", "tool"),
            SEPARATOR,
            Entry("smaller_brush", _("Actions", "S&maller brush"), ("[",)),
            Entry("larger_brush", _("Actions", "L&arger brush"), ("]",)),
            Entry("mirror_columns", _("Actions", "Mirror left and right"), ("H",), checkable=True),
            Entry("mirror_rows", _("Actions", "Mirror top and bottom"), ("V",), checkable=True),
            SEPARATOR,
            Entry("invert", _("Actions", "In&vert"), ("I",), "invert"),
            Entry("clear", _("Actions", "&Clear"), ("Ctrl+Backspace",), "clear"),
            Entry("random", _("Actions", "Ra&ndom"), ("N",), "random"),
            Entry("unpin_all", _("Actions", "&Unpin all"), ("Shift+P",)),
            SEPARATOR,
            Entry("damage", _("Actions", "&Damage: flip units"), ("D",), "flip"),
            Entry("half_left", _("Actions", "Blank the left half"), ("Shift+Left",)),
            Entry("half_right", _("Actions", "Blank the right half"), ("Shift+Right",)),
            Entry("half_top", _("Actions", "Blank the top half"), ("Shift+Up",)),
            Entry("half_bottom", _("Actions", "Blank the bottom half"), ("Shift+Down",)),
            Entry(
                "noisy_blank",
                _("Actions", "Blank a rectangle with noise"),
                ("Shift+X",),
                "",
                "",
                checkable=True,
            ),
            SEPARATOR,
            Entry("left", _("Actions", "Shift left"), ("Left",)),
            Entry("right", _("Actions", "Shift right"), ("Right",)),
            Entry("up", _("Actions", "Shift up"), ("Up",)),
            Entry("down", _("Actions", "Shift down"), ("Down",)),
            SEPARATOR,
            Entry("resize", _("Actions", "Re&size the grid…"), ("Ctrl+R",)),
        ),
    ),
    (
        _("Actions", "&Memories"),
        (
            Entry("store", _("Actions", "&Store the pad"), ("M",), "store"),
            SEPARATOR,
            Entry("load", _("Actions", "Put on the &pad"), (), "load"),
            Entry("rename", _("Actions", "&Rename"), (), "rename"),
            Entry("keep", _("Actions", "&Keep the state on the pad"), ("K",)),
            Entry("unlearn", _("Actions", "&Unlearn the state on the pad"), ("Shift+M",)),
            SEPARATOR,
            Entry("duplicate", _("Actions", "&Duplicate"), ("Ctrl+D",), "copy"),
            Entry("delete", _("Actions", "D&elete"), (), "delete"),
        ),
    ),
    (
        _("Actions", "&Recall"),
        (
            Entry("recall", _("Actions", "&Recall or pause\tSpace"), (), "recall"),
            Entry("repeat", _("Actions", "Re&peat"), ("Ctrl+Shift+R",), "repeat", checkable=True),
            SEPARATOR,
            Entry("forward", _("Actions", "Step &forward"), (".",), "step_forward"),
            Entry("back", _("Actions", "Step &back"), (",",), "step_back"),
            Entry("to_start", _("Actions", "To the &start"), ("Home",), "to_start"),
            Entry("to_end", _("Actions", "To the &end"), ("End",), "to_end"),
            SEPARATOR,
            Entry(
                "faster",
                _("Actions", "F&aster"),
                ("+", "="),
            ),
            Entry("slower", _("Actions", "S&lower"), ("-",)),
            Entry("new_seed", _("Actions", "&New seed"), ("Ctrl+Shift+N",), "random"),
            SEPARATOR,
            Entry("next", _("Actions", "Clicker: recall or pause"), ("PgDown",)),
            Entry("previous", _("Actions", "Clicker: to the start"), ("PgUp",)),
        ),
    ),
    (
        _("Actions", "E&xplore"),
        (
            Entry("identify", _("Actions", "&What is this state?"), ("W",)),
            Entry("why", _("Actions", "Wh&y?"), ("Shift+W",)),
            SEPARATOR,
            Entry("atlas", _("Actions", "&Atlas: where states fall"), ("Ctrl+Shift+A",)),
            Entry("landscape", _("Actions", "&Landscape of the energy"), ("Ctrl+Shift+L",)),
            Entry("basins", _("Actions", "&Basins: recovery from damage"), ("Ctrl+Shift+B",)),
            SEPARATOR,
            Entry("boltzmann", _("Actions", "Boltz&mann machine"), ("Ctrl+Shift+M",)),
            SEPARATOR,
            Entry("runs", _("Actions", "&Runs"), ("Ctrl+Shift+U",)),
            Entry("kept", _("Actions", "&Kept states"), ("Ctrl+Shift+K",)),
        ),
    ),
    (
        _("Actions", "&View"),
        (
            Entry("show_unstable", _("Actions", "Units that want to flip"), ("U",), checkable=True),
            Entry("show_recent", _("Actions", "Units just flipped"), ("J",), checkable=True),
            Entry("show_field", _("Actions", "Local field as a &heat map"), ("F",), checkable=True),
            Entry(
                "show_difference",
                _("Actions", "Diff&erence to the nearest memory"),
                ("C",),
                checkable=True,
            ),
            SEPARATOR,
            Entry("zoom_in", _("Actions", "Zoom &in"), ("Ctrl++", "Ctrl+="), "zoom_in"),
            Entry("zoom_out", _("Actions", "Zoom &out"), ("Ctrl+-",), "zoom_out"),
            Entry("zoom_fit", _("Actions", "&Fit the pad"), ("Ctrl+0",), "zoom_fit"),
            SEPARATOR,
            Entry("theme_system", _("Actions", "Theme of the &system"), (), "", "theme"),
            Entry("theme_light", _("Actions", "&Light theme"), (), "light", "theme"),
            Entry("theme_dark", _("Actions", "&Dark theme"), (), "dark", "theme"),
            SEPARATOR,
            Entry("present", _("Actions", "&Presenter mode"), ("F11",), checkable=True),
            Entry("full_screen", _("Actions", "F&ull screen"), ("Shift+F11",), checkable=True),
            Entry("reset_layout", _("Actions", "&Reset layout")),
        ),
    ),
    (
        _("Actions", "&Help"),
        (Entry("about", _("Actions", "&About HopGUI"), (), "info"),),
    ),
)
# Where the window adds what is not known before it runs.
PANELS_MENU, SETS_MENU = "&View", "&File"


# Actions that are always in sight, on the tool bar.
TOOLS = ("pencil", "eraser", "line", "rectangle", "fill", "stamp", "pin", "blank", "select")
STROKES = ("invert", "clear", "random", "undo", "redo")
IN_SIGHT = (*TOOLS, *STROKES)
LATER = 300  # milliseconds: the window has been painted by then


class Actions(QObject):
    """The window's actions by name, and the menus that hold them all.

    Parameters
    ----------
    window
        Gets every action, so that its keys work wherever the window has the focus.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._icons: dict[str, str] = {}
        self._theme: Theme | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._tint_all)
        self._groups: dict[str, QActionGroup] = {}
        self._by_name: dict[str, QAction] = {}
        for _title, entries in MENUS:
            for entry in entries:
                if entry is not None:
                    self._by_name[entry.name] = self._make(entry, window)

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def all(self) -> list[QAction]:
        """Return every action in the order of the menus."""
        return list(self._by_name.values())

    def group(self, name: str) -> QActionGroup:
        """Return a group of actions that exclude each other."""
        return self._groups[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the menus into a menu bar and return them by their untranslated title."""
        menus = {}
        for title, entries in MENUS:
            menu = bar.addMenu(QCoreApplication.translate("Actions", title))
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._by_name[entry.name])
            menus[title] = menu
        return menus

    def show_theme(self, theme: Theme) -> None:
        """Tint the icons: those that are seen at once, and a little later those in the menus."""
        self._theme = theme
        for name in IN_SIGHT:
            self._by_name[name].setIcon(icon(self._icons[name], theme))
        self._later.start()

    def _tint_all(self) -> None:
        if self._theme is not None:
            for name, drawing in self._icons.items():
                self._by_name[name].setIcon(icon(drawing, self._theme, (SMALL, SIZE)))

    def _make(self, entry: Entry, window: QWidget) -> QAction:
        action = QAction(QCoreApplication.translate("Actions", entry.text), window)
        action.setObjectName(entry.name)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.setCheckable(entry.checkable or bool(entry.group))
        if entry.icon:
            self._icons[entry.name] = entry.icon
        if entry.group:
            group = self._groups.setdefault(entry.group, QActionGroup(self))
            group.addAction(action)
        window.addAction(action)
        return action
