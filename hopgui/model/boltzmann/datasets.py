"""Pictures to train on: bars and stripes, and what given memories look like shifted and noisy."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.likelihood import best_log_likelihood
from hopgui.model.patterns import damaged
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal

# Pictures times units that any set may have.
MOST_IN_ALL = 50_000_000


@dataclass(frozen=True, eq=False)
class Pictures:
    """Pictures of one size.

    Attributes
    ----------
    units
        Units ±1, int8 array of shape (pictures, units).
    shape
        (height, width) of each.
    """

    units: NDArray[np.int8]
    shape: tuple[int, int]

    @property
    def distinct(self) -> int:
        """Number of pictures that differ."""
        return len(np.unique(self.units, axis=0))

    @cached_property
    def best(self) -> float:
        """The largest mean log-likelihood that any law can reach, in nats a picture."""
        # Many large pictures are slow to compare, and every moment of a training asks for it.
        return best_log_likelihood(self.units)


def bars_and_stripes(rows: int, columns: int) -> Pictures:
    """Return every picture of whole rows, and every one of whole columns, each once.

    There are 2^rows + 2^columns − 2: the empty picture and the full one are both (MacKay 2003,
    sect. 43.1). From 2 × 2 on.

    Raises
    ------
    Refusal
        If a side is below 2, or the pictures have more than 50 million units together.
    """
    if min(rows, columns) < 2:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "Bars and stripes need at least 2 rows and 2 columns.")
        )
    # Sides are compared before 2^side is: that of a huge one would itself be huge.
    if max(rows, columns) > 22 or (2**rows + 2**columns - 2) * rows * columns > MOST_IN_ALL:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "Bars and stripes of {rows} × {columns} are too many: together they may have {most}"
                " million units.",
            ),
            rows=rows,
            columns=columns,
            most=MOST_IN_ALL // 1_000_000,
        )
    bars = np.repeat(_signs(rows), columns, axis=1)
    stripes = np.tile(_signs(columns), rows)
    # The first stripes are empty and the last full, as some bars already are.
    return Pictures(np.concatenate([bars, stripes[1:-1]]), (rows, columns))


def _signs(units: int) -> NDArray[np.int8]:
    bits = np.arange(2**units)[:, None] >> np.arange(units) & 1
    return (2 * bits - 1).astype(np.int8)


def shifted_copies(pictures: Pictures, reach: int) -> Pictures:
    """Return every picture moved by up to so many rows and columns each way, going round.

    Raises
    ------
    Refusal
        If the copies have more than 50 million units together.
    """
    moves = range(-reach, reach + 1)
    _require(pictures, len(moves) ** 2)
    height, width = pictures.shape
    stack = pictures.units.reshape(-1, height, width)
    copies = [np.roll(stack, (down, right), axis=(1, 2)) for down in moves for right in moves]
    return Pictures(np.stack(copies, axis=1).reshape(-1, height * width), pictures.shape)


def noisy_copies(
    pictures: Pictures, copies: int, percent: float, rng: np.random.Generator
) -> Pictures:
    """Return copies of every picture, with exactly `percent` of the units of each flipped.

    Raises
    ------
    Refusal
        If the copies have more than 50 million units together.
    """
    _require(pictures, copies)
    noisy = [damaged(picture, percent, rng) for picture in pictures.units for _ in range(copies)]
    # Copies of no picture still have units.
    units = np.array(noisy, np.int8).reshape(-1, pictures.units.shape[1])
    return Pictures(units, pictures.shape)


def split(pictures: Pictures, held: int, rng: np.random.Generator) -> tuple[Pictures, Pictures]:
    """Keep so many pictures apart, drawn at random; the rest are to train on."""
    order = rng.permutation(len(pictures.units))
    apart, rest = np.sort(order[:held]), np.sort(order[held:])
    return (
        Pictures(pictures.units[rest], pictures.shape),
        Pictures(pictures.units[apart], pictures.shape),
    )


def _require(pictures: Pictures, times: int) -> None:
    if pictures.units.size * times > MOST_IN_ALL:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{count} copies of each picture are too many: together they may have {most}"
                " million units.",
            ),
            count=times,
            most=MOST_IN_ALL // 1_000_000,
        )
