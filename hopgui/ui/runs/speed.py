"""The speed slider: equal steps of the handle multiply the updates per second."""

from bisect import bisect_left
from math import inf, log

RATES: tuple[float, ...] = (
    *(digit * 10.0**power for power in range(6) for digit in (1, 2, 3, 5)),
    1e6,
    inf,
)
"""Updates per second at each position of the slider; the last is as fast as the machine goes."""

LAST = len(RATES) - 1


def rate(position: int) -> float:
    """Return the updates per second at a position of the slider, ``inf`` at the last.

    Parameters
    ----------
    position
        0 … ``LAST``.

    Raises
    ------
    IndexError
        If there is no such position.
    """
    if position < 0:
        raise IndexError(position)
    return RATES[position]


def position(rate: float) -> int:
    """Return the position of the slider that stands nearest to a rate, in equal ratios.

    Parameters
    ----------
    rate
        Updates per second, above 0; ``inf`` is unlimited.

    Raises
    ------
    ValueError
        If `rate` is not above 0.
    """
    if not rate > 0:
        raise ValueError(rate)
    if rate == inf:
        return LAST
    above = min(bisect_left(RATES, rate), LAST - 1)
    if above == 0:
        return 0
    below = above - 1
    closer_below = log(rate / RATES[below]) < log(RATES[above] / rate)
    return below if closer_below else above
