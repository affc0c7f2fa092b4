"""Drawings as PNG, SVG and PDF files, each with what it takes to make it again."""

import math
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from hopgui.session.provenance import Provenance
from hopgui.ui.exports.drawings import Drawing
from hopgui.ui.exports.order import Format
from hopgui.ui.parts.png import png

MOST_PIXELS = 64_000_000
DOTS = 96  # of Qt's pixels in an inch
POINTS = 72
_XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li
xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li
xml:lang="x-default">{notes}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def pixels(drawing: Drawing, width: int) -> QSize:
    """Return how large the drawing becomes at this width, in pixels."""
    height = round(width * drawing.size.height() / drawing.size.width())
    return QSize(width, max(1, height))


def to_image(drawing: Drawing, width: int) -> QImage:
    """Return the drawing as a picture of so many pixels across, 64 million in all at most."""
    size = pixels(drawing, width)
    if size.width() * size.height() > MOST_PIXELS:
        shrink = math.sqrt(MOST_PIXELS / (size.width() * size.height()))
        size = pixels(drawing, int(width * shrink))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    scale = size.width() / drawing.size.width()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(scale, size.height() / drawing.size.height())
    drawing.paint(painter, scale)
    painter.end()
    return image


def to_bytes(drawing: Drawing, kind: Format, width: int, title: str, origin: Provenance) -> bytes:
    """Return the drawing as a file.

    Parameters
    ----------
    drawing
        What to draw.
    kind
        PNG, SVG or PDF.
    width
        Pixels across; of SVG and PDF, where a pixel is 1/96 inch.
    title
        What it is.
    origin
        Where it comes from: PNG carries it as text chunks, SVG as its description, PDF as XMP.
    """
    if kind is Format.PNG:
        image = to_image(drawing, width)
        image.setText("Title", title)
        for name, value in origin.notes:
            image.setText(name, value)
        return png(image)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = _svg if kind is Format.SVG else _pdf
    _paint_onto(device(buffer, pixels(drawing, width), title, origin), drawing, width)
    return bytes(buffer.data().data())


def _svg(buffer: QBuffer, size: QSize, title: str, origin: Provenance) -> QSvgGenerator:
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription(origin.text)
    return generator


def _pdf(buffer: QBuffer, size: QSize, title: str, origin: Provenance) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    page = QSizeF(size) * POINTS / DOTS
    writer.setPageSize(
        QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF())
    writer.setTitle(title)
    software = dict(origin.notes).get("Software", "HopGUI")
    writer.setCreator(software)
    xmp = _XMP.format(title=escape(title), notes=escape(origin.text))
    writer.setDocumentXmpMetadata(xmp.encode())
    return writer


def _paint_onto(device: QSvgGenerator | QPdfWriter, drawing: Drawing, width: int) -> None:
    painter = QPainter(device)
    scale = width / drawing.size.width()
    painter.scale(scale, scale)
    drawing.paint(painter, scale)
    painter.end()
