"""A slider whose handle comes to the click."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget


class JumpSlider(QSlider):
    """A horizontal slider that jumps to where it is clicked, instead of by pages."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_value(self, value: int) -> None:
        """Move the handle without a signal, unless a person holds it."""
        if self.isSliderDown() or value == self.value():
            return
        blocked = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(blocked)

    def show_range(self, least: int, most: int) -> None:
        """Set the ends without a signal."""
        if (least, most) == (self.minimum(), self.maximum()):
            return
        blocked = self.blockSignals(True)
        self.setRange(least, most)
        self.blockSignals(blocked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring the handle under the pointer first, so that the press takes hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._jump(event.position().toPoint())
        super().mousePressEvent(event)

    def _jump(self, point: QPoint) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        style = self.style()
        groove = style.subControlRect(control, option, QStyle.SubControl.SC_SliderGroove, self)
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        if handle.contains(point):
            return
        way = groove.width() - handle.width()
        along = point.x() - groove.x() - handle.width() // 2
        self.setValue(
            QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), along, way, option.upsideDown
            )
        )
