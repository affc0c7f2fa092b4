"""The temperature's slider and box: fine where it is cold, and as far as the energy's own size."""

import math

from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from hopgui.ui.look.numbers import round_above
from hopgui.ui.parts.spin_box import DoubleSpinBox

LAST = 200
_DIGITS = 6
_HIGHEST = 1e12


def top(span: float) -> float:
    """Return the slider's highest temperature: a round number at or above twice the span."""
    return round_above(2 * span)


def temperature(position: int, highest: float) -> float:
    """Return the temperature at a position 0 … LAST, in three significant digits.

    It grows as the square of the way, so that half of the slider is the coldest quarter.
    """
    exact = highest * (position / LAST) ** 2
    return float(f"{exact:.3g}")


def position(value: float, highest: float) -> int:
    """Return the position nearest to a temperature, the last for those above the highest."""
    return round(LAST * math.sqrt(min(max(value / highest, 0.0), 1.0)))


class TemperatureBox(DoubleSpinBox):
    """A box for a temperature of any size, written with as many decimals as it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(_DIGITS)
        self.setRange(0.0, _HIGHEST)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def stepBy(self, steps: int) -> None:  # noqa: N802 - Qt's own name
        """Step by a tenth of the number's size, from zero by a hundredth."""
        if self.value() <= 0 < steps:
            self.setValue(0.01 * steps)
        else:
            super().stepBy(steps)

    def textFromValue(self, value: float) -> str:  # noqa: N802 - Qt's own name
        """Write the number without zeros at its end."""
        text = f"{value:.{_DIGITS}f}".rstrip("0").rstrip(".") or "0"
        return text.replace(".", self.locale().decimalPoint())
