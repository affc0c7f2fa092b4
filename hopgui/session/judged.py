"""A picture, and what it is."""

from dataclasses import dataclass

from hopgui.model.verdict import Verdict
from hopgui.session.session import Picture


@dataclass(frozen=True, eq=False)
class Judged:
    """A picture that was asked about, with the verdict.

    Attributes
    ----------
    picture
        Units ±1, int8 array of shape (height, width).
    verdict
        What it is, as far as that is known.
    sure
        Whether that is the last word: while mixtures are still let fall, it is not.
    """

    picture: Picture
    verdict: Verdict
    sure: bool = True
