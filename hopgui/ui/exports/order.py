"""What is to be exported, and how: one frozen value."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QSizeF

from hopgui.ui.exports import drawings
from hopgui.ui.exports.drawings import Drawing, Subject
from hopgui.ui.look.theme import Theme


class What(StrEnum):
    """What can be exported."""

    PAD = "pad"
    ENERGY = "energy"
    OVERLAP = "overlap"
    COUPLINGS = "couplings"
    LANDSCAPE = "landscape"
    RECOVERY = "recovery"
    MARGINS = "margins"
    LEARNING = "learning"
    MOMENTS = "moments"
    WINDOW = "window"
    FIGURE = "figure"
    FILM = "film"
    RUN_TABLE = "run"
    OVERLAP_TABLE = "overlaps"
    MEMORY_TABLE = "memory_table"
    SHEET = "sheet"
    MEMORIES = "memories"


class Format(StrEnum):
    """What kind of file, by its suffix."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"
    GIF = "gif"
    MP4 = "mp4"
    CSV = "csv"
    PBM = "pbm"


# What is drawn as it stands in its panel.
CHARTS = (What.LANDSCAPE, What.RECOVERY, What.MARGINS, What.LEARNING, What.MOMENTS)
_LINES = (Format.PNG, Format.SVG, Format.PDF)
FORMATS: dict[What, tuple[Format, ...]] = {
    What.PAD: _LINES,
    What.ENERGY: _LINES,
    What.OVERLAP: _LINES,
    What.COUPLINGS: _LINES,
    **dict.fromkeys(CHARTS, _LINES),
    What.WINDOW: (Format.PNG,),
    What.FIGURE: (Format.SVG, Format.PDF, Format.PNG),
    What.FILM: (Format.GIF, Format.MP4),
    What.RUN_TABLE: (Format.CSV,),
    What.OVERLAP_TABLE: (Format.CSV,),
    What.MEMORY_TABLE: (Format.CSV,),
    What.SHEET: _LINES,
    What.MEMORIES: (Format.PBM, Format.PNG),
}
TABLES = {What.RUN_TABLE, What.OVERLAP_TABLE, What.MEMORY_TABLE}
OF_A_RUN = {What.FIGURE, What.FILM, What.RUN_TABLE, What.OVERLAP_TABLE}
OF_MEMORIES = {What.MEMORY_TABLE, What.SHEET, What.MEMORIES}
# What says nothing of the state on the pad.
OF_THE_DOCUMENT = {*OF_MEMORIES, What.COUPLINGS, What.LEARNING, What.MOMENTS}
PLOTS = {What.ENERGY, What.OVERLAP, What.FIGURE}
PLOT_SHAPE = 0.625  # height of a plot against its width
FIRST_WIDTH = {What.FILM: 480, What.FIGURE: 640}
USUAL_WIDTH = 960


@dataclass(frozen=True)
class Order:
    """What is to be exported, and how.

    Attributes
    ----------
    what, format
        Of which kind.
    width, height
        In pixels; what has a shape of its own minds the width alone.
    theme
        Whose colours to use.
    marks
        Whether the pad carries its marks.
    rate
        Moments of a film a second.
    """

    what: What
    format: Format
    width: int
    height: int
    theme: Theme
    marks: bool = True
    rate: int = 12


def can_export(what: What, subject: Subject) -> bool:
    """Say whether there is anything of this kind."""
    if what in OF_A_RUN:
        run = subject.frame.recording is not None
        return run and (what is not What.OVERLAP_TABLE or bool(subject.session.memories))
    if what in OF_MEMORIES or what is What.OVERLAP:
        return bool(subject.session.memories)
    if what in CHARTS:
        return what in subject.charts
    return what is not What.COUPLINGS or subject.matrix is not None


def usual_height(what: What, subject: Subject, width: int) -> int:
    """Return the height at which a plot or a figure of this width looks well."""
    if what is What.FIGURE:
        own = drawings.figure_height(subject, drawings.FIGURE_WIDTH)
        return round(width * own / drawings.FIGURE_WIDTH)
    return round(width * PLOT_SHAPE)


def drawing_of(order: Order, subject: Subject) -> Drawing | None:
    """Return the drawing that is asked for; None for a film, a table or a folder."""
    theme = order.theme
    across = drawings.FIGURE_WIDTH if order.what is What.FIGURE else drawings.PLOT_WIDTH
    plot = QSizeF(across, across * order.height / order.width)
    draw: dict[What, Callable[[], Drawing]] = {
        What.PAD: lambda: drawings.pad(subject, theme, marks=order.marks),
        What.ENERGY: lambda: drawings.energy(subject, theme, plot),
        What.OVERLAP: lambda: drawings.overlap(subject, theme, plot),
        What.COUPLINGS: lambda: drawings.couplings(subject, theme),
        What.WINDOW: lambda: drawings.window(subject),
        What.FIGURE: lambda: drawings.figure(subject, theme, plot),
        What.SHEET: lambda: drawings.sheet(subject, theme),
    }
    if order.what in CHARTS:
        return drawings.chart(subject.charts.get(order.what), theme)
    return draw[order.what]() if order.what in draw else None
