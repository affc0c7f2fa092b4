"""A table of couplings made ready to be seen: smaller copies for a distance, and its histogram."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

# Bins on either side of the one around zero. Thirty makes halves, thirds, fourths, fifths and
# sixths of the strongest coupling, the usual ones under few memories, fall into the middle of one.
HALF_BINS = 30
BINS = 2 * HALF_BINS + 1
# A histogram of more couplings than this is drawn from rows at equal distances.
MOST_COUNTED = 1_000_000
# The share of the means that the colours tell apart, and how many means that is found from.
USUAL = 0.99
MOST_RANKED = 50_000


class CouplingTable:
    """Values in rows and columns, with copies of half, a quarter, an eighth … the size.

    A copy's value is the mean of the block that it stands for, as if seen from further away.

    Parameters
    ----------
    values
        float array of shape (rows, columns); kept as it is, not copied, where it is float32.
    own
        Places (rows, columns) that are left out of the histogram: a unit's coupling to itself.
    """

    def __init__(
        self, values: NDArray[np.floating], own: tuple[NDArray[np.intp], NDArray[np.intp]]
    ) -> None:
        self.values: Values = values.astype(np.float32, copy=False)
        self._own = own
        self._copies: dict[int, Values] = {0: self.values}
        self._limits: dict[int, float] = {}

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns there are."""
        rows, columns = self.values.shape
        return rows, columns

    @cached_property
    def limit(self) -> float:
        """Largest size of a value; 0 if all are zero."""
        return _largest(self.values)

    def copy_limit(self, level: int) -> float:
        """Return the size of a mean that is to wear the strongest colour; 0 if all are zero.

        In a copy most means are far smaller than the few on the diagonal, which may go beyond.
        """
        if not level:
            return self.limit
        if level not in self._limits:
            copy = self.copy(level)
            few = np.abs(copy.ravel()[:: -(-copy.size // MOST_RANKED)])
            usual = float(np.quantile(few, USUAL)) if few.size else 0.0
            self._limits[level] = max(usual, _largest(copy) / 4)
        return self._limits[level]

    def copy(self, level: int) -> Values:
        """Return means over blocks of 2^level × 2^level, cut off at the last row and column."""
        if level not in self._copies:
            narrow = _means(self.values, 2**level)
            self._copies[level] = _means(narrow.T, 2**level).T
        return self._copies[level]

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """How many values lie around each of `BINS` equal steps from −limit to +limit.

        float64 array of shape (BINS,); whole numbers unless only some of the rows were counted.
        """
        stride = -(-self.values.size // MOST_COUNTED)
        rows = self.values[::stride]
        counts = _binned(rows.ravel(), self.limit)
        places = self._own[0] % stride == 0
        counts -= _binned(self.values[self._own[0][places], self._own[1][places]], self.limit)
        return counts * (self.values.size / max(rows.size, 1))


def matrix_table(matrix: NDArray[np.floating]) -> CouplingTable:
    """Return the table of a whole matrix w_ij, float array of shape (units, units)."""
    units = np.arange(matrix.shape[0])
    return CouplingTable(matrix, (units, units))


def unit_table(row: NDArray[np.floating], unit: int, width: int) -> CouplingTable:
    """Return one unit's couplings, float array of shape (units,), in the pad's own shape."""
    own = np.array([unit // width]), np.array([unit % width])
    return CouplingTable(row.reshape(-1, width), own)


def _means(values: Values, block: int) -> Values:
    """Return the means over blocks of rows; the last block may be shorter."""
    rows, columns = values.shape
    whole = rows // block
    # As a product with a row of ones this is as fast as memory is read; numpy's sums are not.
    share = np.full((1, block), 1 / block, np.float32)
    blocks = values[: whole * block].reshape(whole, block, columns)
    means: Values = np.matmul(share, blocks).reshape(whole, columns)
    if rows % block:
        rest = values[whole * block :].mean(axis=0, dtype=np.float32)
        means = np.vstack([means, rest[None]])
    return means


def _largest(values: Values) -> float:
    return float(max(values.max(initial=0.0), -values.min(initial=0.0)))


def _binned(values: Values, limit: float) -> NDArray[np.float64]:
    if not limit:
        counts = np.zeros(BINS)
        counts[HALF_BINS] = values.size
        return counts
    # Divided first: over the least numbers that float32 knows, the factor would overflow.
    bins = np.rint(values / np.float32(limit) * np.float32(HALF_BINS)).astype(np.int16)
    return np.bincount(bins + HALF_BINS, minlength=BINS).astype(np.float64)
