"""Pictures as PNG files in memory."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage


def png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, b"PNG")
    return bytes(buffer.data().data())
