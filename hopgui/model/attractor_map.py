"""A map of attractors that goes on as more of them are found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.attractors import Attractor
from hopgui.model.census import Census
from hopgui.model.scaling import Scaling, laid_over, map_of, stacked

# Attractors on a map: more could not be told apart.
MOST = 150


@dataclass(frozen=True, eq=False)
class AttractorMap:
    """Attractors, and where they lie by their distances.

    Attributes
    ----------
    attractors
        Those on the map, the most often found first.
    shares
        Share of the falls that ended in each, float64 array of shape (attractors,); NaN where that
        is not known.
    scaling
        Where they lie, and the part of the distances that is kept.
    found
        How many attractors are known.
    done, total
        Falls so far, and falls asked for.
    """

    attractors: tuple[Attractor, ...]
    shares: NDArray[np.float64]
    scaling: Scaling
    found: int
    done: int
    total: int


def mapped(censuses: Iterable[Census], most: int = MOST) -> Iterator[AttractorMap]:
    """Make a map of each snapshot of a census, turned so that nothing moves more than it must.

    Parameters
    ----------
    censuses
        The snapshots.
    most
        Most attractors to lay out.
    """
    last: AttractorMap | None = None
    for census in censuses:
        chosen = np.argsort(-census.hits, kind="stable")[:most]
        last = _laid_out(
            tuple(census.attractors[number] for number in chosen),
            census.hits[chosen] / max(census.done, 1),
            last,
            (len(census.attractors) + census.unkept, census.done, census.total),
        )
        yield last


def map_of_attractors(attractors: tuple[Attractor, ...], most: int = MOST) -> AttractorMap:
    """Make a map of attractors of which nobody knows how often falls end there.

    The lowest are laid out where there are more than `most`.
    """
    lowest = np.argsort([each.energy for each in attractors], kind="stable")[:most]
    chosen = tuple(attractors[number] for number in lowest)
    counts = len(attractors), 1, 1
    return _laid_out(chosen, np.full(len(chosen), np.nan), None, counts)


def _laid_out(
    attractors: tuple[Attractor, ...],
    shares: NDArray[np.float64],
    before: AttractorMap | None,
    counts: tuple[int, int, int],
) -> AttractorMap:
    units = attractors[0].state.size if attractors else 0
    scaling = map_of(stacked([each.state for each in attractors], units))
    if before is not None:
        known = {id(each): place for place, each in enumerate(before.attractors)}
        again = [place for place, each in enumerate(attractors) if id(each) in known]
        earlier = before.scaling.points[[known[id(attractors[place])] for place in again]]
        points = laid_over(scaling.points, earlier.reshape(-1, 2), np.array(again, np.int64))
        scaling = Scaling(points, scaling.kept)
    return AttractorMap(attractors, shares, scaling, *counts)
