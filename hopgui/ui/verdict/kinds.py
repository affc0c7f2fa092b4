"""How each kind of state looks and is called: a shape and a shade, never a shade alone."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from hopgui.model.verdict import Kind
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.row_painting import faint

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts

# In the order in which they are shown everywhere.
KINDS = (
    Kind.MEMORY,
    Kind.INVERSE,
    Kind.MIXTURE,
    Kind.OTHER,
    Kind.CYCLE,
    Kind.UNSETTLED,
)


def kind_name(kind: Kind) -> str:
    """Return what states of a kind are called together."""
    match kind:
        case Kind.MEMORY:
            return translate("Kinds", "memories")
        case Kind.INVERSE:
            return translate("Kinds", "inverses")
        case Kind.MIXTURE:
            return translate("Kinds", "mixtures")
        case Kind.OTHER:
            return translate("Kinds", "others")
        case Kind.CYCLE:
            return translate("Kinds", "cycles")
        case Kind.UNSETTLED:
            return translate("Kinds", "not settled")


def kind_colour(theme: Theme, kind: Kind) -> QColor:
    """Return the shade of a kind: blue for what was stored, greys for what was not."""
    match kind:
        case Kind.MEMORY:
            return QColor(theme.act)
        case Kind.INVERSE:
            return faint(theme.act, 0.5)
        case Kind.MIXTURE:
            return QColor(theme.text)
        case Kind.OTHER:
            return QColor(theme.muted)
        case Kind.CYCLE | Kind.UNSETTLED:
            return faint(theme.muted, 0.45)


def paint_kind(painter: QPainter, theme: Theme, kind: Kind, middle: QPointF, radius: float) -> None:
    """Draw the mark of a kind: ● memory, ○ inverse, ◆ mixture, ■ other, ↻ as a ring with a gap."""
    colour = kind_colour(theme, kind)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    match kind:
        case Kind.MEMORY:
            painter.drawEllipse(middle, radius, radius)
        case Kind.INVERSE:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.act), max(1.5, radius / 2.5)))
            painter.drawEllipse(middle, 0.8 * radius, 0.8 * radius)
        case Kind.MIXTURE:
            corners = ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0))
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(middle.x() + radius * x, middle.y() + radius * y) for x, y in corners]
                )
            )
        case Kind.OTHER:
            side = 0.85 * radius
            painter.drawRect(QRectF(middle.x() - side, middle.y() - side, 2 * side, 2 * side))
        case Kind.CYCLE | Kind.UNSETTLED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.muted), 1.5))
            ring = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            painter.drawArc(ring.adjusted(1, 1, -1, -1), 30 * 16, 300 * 16)
    painter.restore()
