"""The random stream of a run, the same on every machine."""

from typing import Any

import numpy as np

from hopgui.model.kernels.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_LOW = np.uint64(0xFFFFFFFF)


@compiled
def draw(stream: Any) -> Any:
    """Draw 64 random bits: SplitMix64 (Steele, Lea, Flood 2014, fig. 14)."""
    stream[0] += _GOLDEN
    bits = stream[0]
    bits = (bits ^ (bits >> np.uint64(30))) * _MIX_1
    bits = (bits ^ (bits >> np.uint64(27))) * _MIX_2
    return bits ^ (bits >> np.uint64(31))


@compiled
def draw_below(stream: Any, bound: Any) -> Any:
    """Draw a whole number below `bound` < 2³², each as likely: Lemire (2019), algorithm 5."""
    many = np.uint64(bound)
    product = (draw(stream) >> np.uint64(32)) * many
    if (product & _LOW) < many:
        least = ((_LOW - many) + np.uint64(1)) % many
        while (product & _LOW) < least:
            product = (draw(stream) >> np.uint64(32)) * many
    return np.int64(product >> np.uint64(32))


@compiled
def shuffle(order: Any, stream: Any) -> None:
    """Put the units in a fresh random order: Fisher and Yates, by Durstenfeld (1964)."""
    for last in range(order.size - 1, 0, -1):
        other = draw_below(stream, last + 1)
        order[last], order[other] = order[other], order[last]
