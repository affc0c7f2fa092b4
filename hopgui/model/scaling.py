"""Points in a plane whose distances are like given ones: classical scaling.

Torgerson (1952), Gower (1966): the doubly centred matrix B = −½ J D² J of squared distances has the
points' coordinates as its eigenvectors, each times the root of its eigenvalue.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hopgui.model.patterns import Pattern

DIMENSIONS = 2


@dataclass(frozen=True, eq=False)
class Scaling:
    """A map of things by their distances.

    Attributes
    ----------
    points
        Where each lies, float64 array of shape (things, 2), in units of the distances; the middle
        of all is the origin.
    kept
        The part of the distances that two dimensions keep, 0 … 1: the two largest eigenvalues over
        the sum of the sizes of all (Mardia, Kent, Bibby 1979, eq. 14.4.7).
    """

    points: NDArray[np.float64]
    kept: float


def hamming(states: NDArray[np.int8]) -> NDArray[np.int64]:
    """Count the units in which states differ, pair by pair.

    Parameters
    ----------
    states
        Units ±1, int8 array of shape (states, units).

    Returns
    -------
    NDArray
        int64 array of shape (states, states).
    """
    wide = states.astype(np.float64)  # sums of ±1 are exact in it
    alike = np.rint(wide @ wide.T).astype(np.int64)
    distances: NDArray[np.int64] = (states.shape[1] - alike) // 2
    return distances


def classical_scaling(distances: NDArray[np.integer] | NDArray[np.floating]) -> Scaling:
    """Lay things out in the plane so that their distances are kept as well as they can be.

    The first axis is the longest. Each axis is turned so that the coordinate of largest size is
    positive, the first of equals; the same distances give the same map.

    Parameters
    ----------
    distances
        Symmetric, zero on the diagonal, of shape (things, things).
    """
    if not len(distances):
        return Scaling(np.zeros((0, DIMENSIONS)), 1.0)
    squares = np.asarray(distances, np.float64) ** 2
    middle = squares.mean(axis=0)
    inner = -0.5 * (squares - middle[:, None] - middle[None, :] + squares.mean())
    values, vectors = np.linalg.eigh(inner)
    lengths, axes = values[::-1][:DIMENSIONS], vectors[:, ::-1][:, :DIMENSIONS]
    points = np.zeros((len(squares), DIMENSIONS))
    points[:, : lengths.size] = axes * np.sqrt(np.maximum(lengths, 0.0))
    size = float(np.abs(values).sum())
    kept = 1.0 if size <= 0 else float(np.maximum(lengths, 0.0).sum()) / size
    return Scaling(_turned(points), min(kept, 1.0))


def _turned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    # Rounding must not choose between equals.
    largest = np.argmax(np.round(np.abs(points), 9), axis=0)
    signs = np.where(points[largest, np.arange(DIMENSIONS)] < 0, -1.0, 1.0)
    turned: NDArray[np.float64] = points * signs
    return turned


def laid_over(
    points: NDArray[np.float64], earlier: NDArray[np.float64], places: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Turn or mirror a map so that things lie as near as they can to where they lay before.

    Parameters
    ----------
    points
        The new map, float64 array of shape (things, 2).
    earlier
        Where some of them lay, float64 array of shape (some, 2).
    places
        Which they are, int array of shape (some,).

    Notes
    -----
    The rotation of orthogonal Procrustes (Schönemann 1966): U Vᵀ of the singular vectors of the
    product of both maps.
    """
    if not len(places):
        return points
    left, _, right = np.linalg.svd(points[places].T @ earlier)
    turned: NDArray[np.float64] = points @ (left @ right)
    return turned


def map_of(states: NDArray[np.int8]) -> Scaling:
    """Lay states out by the number of units in which they differ; x and −x are two states."""
    return classical_scaling(hamming(states))


def ring_order(states: NDArray[np.int8]) -> NDArray[np.int64]:
    """Order states round a ring by their direction on their map, so that neighbours are alike."""
    points = map_of(states).points
    directions = np.round(np.arctan2(points[:, 1], points[:, 0]), 9)
    order: NDArray[np.int64] = np.argsort(directions, kind="stable")
    return order


def stacked(states: Sequence[Pattern], units: int) -> NDArray[np.int8]:
    """Return states as rows, int8 array of shape (states, units), also when there are none."""
    return np.stack(list(states)) if states else np.empty((0, units), np.int8)
