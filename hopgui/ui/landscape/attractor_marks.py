"""Attractors as marks of a chart: what they are called, and what is said of each."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from hopgui.model.attractors import Attractor
from hopgui.session.session import Memory
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.look.numbers import energy, percent
from hopgui.ui.verdict.verdict_text import title

translate = QCoreApplication.translate  # the name by which Qt's tools find the texts

SMALLEST, LARGEST = 3.5, 12.0  # pixels


def marks_of(
    attractors: Sequence[Attractor],
    memories: Sequence[Memory],
    shape: tuple[int, int],
    shares: Sequence[float] | None = None,
    facts: Sequence[str] = (),
) -> list[StateMark]:
    """Return a mark for each attractor.

    Parameters
    ----------
    attractors
        The attractors.
    memories
        What they are named by.
    shape
        Height and width of the pad.
    shares
        Share of the falls that end in each, 0 … 1: the area of its mark. None if not known.
    facts
        One more thing to be said of each, empty for none.
    """
    marks = []
    for number_, attractor in enumerate(attractors):
        share = None if shares is None else float(shares[number_])
        lines = [translate("Marks", "energy {energy}").format(energy=energy(attractor.energy))]
        if share is not None:
            lines.append(_share_text(share))
        if not attractor.minimum:
            lines.append(translate("Marks", "no local minimum"))
        if facts and facts[number_]:
            lines.append(facts[number_])
        marks.append(
            StateMark(
                attractor.state.reshape(shape),
                attractor.verdict.kind,
                title(attractor.verdict, memories),
                tuple(lines),
                SMALLEST + 1.5 if share is None else _radius(share),
            )
        )
    return marks


def _radius(share: float) -> float:
    return float(min(max(SMALLEST, LARGEST * 1.8 * share**0.5), LARGEST))


def _share_text(share: float) -> str:
    return translate("Marks", "{percent} % of falls").format(percent=percent(share))
