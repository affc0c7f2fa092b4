"""How a long computation says how far it is, and hears whether it may go on."""

from collections.abc import Callable
from time import monotonic

# Fraction done, 0 … 1; the answer says whether to go on.
Report = Callable[[float], bool]
# Seconds between two reports, so that the reports themselves cost nothing.
PAUSE = 0.02


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The person has called the computation off."""


class Progress:
    """A computation, or a share of one, that says how far it is.

    Parameters
    ----------
    report
        Told the fraction of the whole that is done; answers whether to go on. Nobody is told if
        None.
    """

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._whole = self
        self._first, self._last = 0.0, 1.0
        self._told = -PAUSE

    def tell(self, fraction: float) -> None:
        """Say how much of this share is done, 0 … 1.

        Raises
        ------
        Cancelled
            If the answer is not to go on.
        """
        now = monotonic()
        if self._report is None or now - self._whole._told < PAUSE:  # noqa: SLF001 - of its kind
            return
        self._whole._told = now  # noqa: SLF001
        if not self._report(self._at(fraction)):
            raise Cancelled

    def part(self, first: float, last: float) -> "Progress":
        """Return a share of this share, between two fractions of it."""
        part = Progress(self._report)
        part._whole = self._whole
        part._first, part._last = self._at(first), self._at(last)
        return part

    def _at(self, fraction: float) -> float:
        return self._first + (self._last - self._first) * min(max(fraction, 0.0), 1.0)


SILENT = Progress()
