"""The colours of couplings: blue against orange, and none in between.

Both are told apart by people who do not see red and green; what is not coupled looks like the
panel, so that it seems empty in both themes.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from hopgui.ui.look.style import blend
from hopgui.ui.look.theme import Theme

MIDDLE = 127
LEAST = 1e-30
_BLUE, _ORANGE = 0, 1


def colour(theme: Theme, strength: float) -> str:
    """Return the colour of a coupling, as ``#RRGGBB``.

    Parameters
    ----------
    strength
        −1 … 1, against the strongest that is shown.
    """
    hue = theme.memories[_BLUE if strength < 0 else _ORANGE]
    return blend(hue, theme.panel, abs(strength))


@cache
def colour_table(theme: Theme) -> list[int]:
    """Return the colours of the indices 0 … 254, for an indexed image."""
    return [QColor(colour(theme, (i - MIDDLE) / MIDDLE)).rgb() for i in range(2 * MIDDLE + 1)]


def indices(values: NDArray[np.float32], limit: float) -> NDArray[np.uint8]:
    """Return each value's place in the colour table, uint8 array of the same shape.

    Values beyond ±limit wear the strongest colours.
    """
    # Where a factor would overflow, nothing is left to be seen.
    factor = np.float32(MIDDLE / limit if limit > LEAST else 0.0)
    # Half is added so that cutting off the decimals rounds.
    places = np.clip(values * factor + np.float32(MIDDLE + 0.5), 0, 2 * MIDDLE)
    whole: NDArray[np.uint8] = places.astype(np.uint8)
    return whole
