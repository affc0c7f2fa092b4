"""Grey pictures on a grid: fitted to its shape, and made of units."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hopgui.session.images import GreyPicture
from hopgui.session.session import Picture

MIDDLE_GREY = 128


class Fit(StrEnum):
    """How a picture of another shape is brought onto the grid."""

    STRETCH = "stretch"  # the whole picture on the whole grid
    CONTAIN = "contain"  # the whole picture, in its proportions, with a margin of −1
    COVER = "cover"  # the whole grid filled, in the picture's proportions, cut evenly


@dataclass(frozen=True, eq=False)
class Fitted:
    """A picture averaged over the units of a grid, not yet cut into ink and ground.

    Attributes
    ----------
    luminance
        Mean luminance over each unit, uint8 array of shape (height, width).
    covered
        Units that the picture covers, bool array of shape (height, width); the others are −1
        whatever the threshold.
    """

    luminance: NDArray[np.uint8]
    covered: NDArray[np.bool_]


def reduced(grey: GreyPicture, longest: int) -> GreyPicture:
    """Return the picture averaged down until no side is longer than `longest` pixels."""
    height, width = grey.luminance.shape
    if max(height, width) <= longest:
        return grey
    scale = longest / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return GreyPicture(_averaged(grey.luminance, size, (0.0, 0.0, width, height)))


def fitted(grey: GreyPicture, shape: tuple[int, int], fit: Fit) -> Fitted:
    """Average a picture over the units of a grid.

    A picture of the grid's own size is taken pixel for pixel, whatever `fit` says.

    Parameters
    ----------
    grey
        The picture.
    shape
        (height, width) of the grid.
    fit
        How the picture's proportions are brought onto the grid's.
    """
    high, wide = grey.luminance.shape
    height, width = shape
    covered = np.ones(shape, bool)
    if (high, wide) == shape:
        return Fitted(grey.luminance, covered)
    box = (0.0, 0.0, float(wide), float(high))
    if fit is Fit.COVER:
        scale = max(width / wide, height / high)
        across, down = min(wide, width / scale), min(high, height / scale)
        left, top = (wide - across) / 2, (high - down) / 2
        box = (left, top, left + across, top + down)
    if fit is not Fit.CONTAIN:
        return Fitted(_averaged(grey.luminance, (width, height), box), covered)
    scale = min(width / wide, height / high)
    across, down = max(1, round(wide * scale)), max(1, round(high * scale))
    left, top = (width - across) // 2, (height - down) // 2
    inside = slice(top, top + down), slice(left, left + across)
    luminance = np.full(shape, 255, np.uint8)
    luminance[inside] = _averaged(grey.luminance, (across, down), box)
    covered[:] = False
    covered[inside] = True
    return Fitted(luminance, covered)


def inked(picture: Fitted, threshold: int, *, invert: bool, dither: bool = False) -> Picture:
    """Cut a fitted picture into ink (+1) and ground (−1).

    Parameters
    ----------
    picture
        The picture on the grid.
    threshold
        Luminance below it is ink, 0 … 256.
    invert
        Whether the light parts are the ink instead.
    dither
        Whether greys become patterns of units that are as dark on the whole: what a unit is too
        light or too dark by is handed on to its neighbours (Floyd, Steinberg 1976).

    Returns
    -------
    units
        int8 array of shape (height, width); units that the picture does not cover are −1.
    """
    dark = _dithered(picture.luminance, threshold) if dither else picture.luminance < threshold
    ink = dark != invert
    return np.where(ink & picture.covered, 1, -1).astype(np.int8)


def _dithered(luminance: NDArray[np.uint8], threshold: int) -> NDArray[np.bool_]:
    """Return which units are dark; the threshold's grey becomes half of them."""
    grey = np.arange(256)
    below = grey / max(1, threshold) * MIDDLE_GREY
    above = 255 - (255 - grey) / max(1, 255 - threshold) * (255 - MIDDLE_GREY)
    curve = np.where(grey < threshold, below, above).clip(0, 255).astype(np.uint8)
    image = Image.fromarray(curve[luminance]).convert("1", dither=Image.Dither.FLOYDSTEINBERG)
    return ~np.asarray(image)


def to_units(
    grey: GreyPicture, shape: tuple[int, int], *, threshold: int, invert: bool, fit: Fit
) -> Picture:
    """Turn a picture into ±1 units: dark is ink is +1; see `fitted` and `inked`."""
    return inked(fitted(grey, shape, fit), threshold, invert=invert)


def otsu(grey: GreyPicture) -> int:
    """Return the threshold that parts dark from light best (Otsu 1979), 1 … 255.

    It is the one with the largest variance between the two classes; of a run of equal ones the
    middle. A picture of one single grey gets 128.
    """
    counts = np.bincount(grey.luminance.ravel(), minlength=256)
    sums = np.cumsum(counts * np.arange(256))
    below = np.cumsum(counts)[:-1]  # below[t - 1] pixels are darker than t
    total, above = int(counts.sum()), int(counts.sum()) - below
    parted = (below > 0) & (above > 0)
    if not parted.any():
        return MIDDLE_GREY
    difference = total * sums[:-1].astype(float) - below * float(sums[-1])
    between = np.zeros(255)
    between[parted] = difference[parted] ** 2 / (below[parted] * above[parted].astype(float))
    first = int(np.argmax(between))
    last = first
    while last + 1 < 255 and below[last + 1] == below[first]:
        last += 1
    return (first + last + 2) // 2


def _averaged(
    luminance: NDArray[np.uint8], size: tuple[int, int], box: tuple[float, float, float, float]
) -> NDArray[np.uint8]:
    image = Image.fromarray(luminance)
    return np.asarray(image.resize(size, Image.Resampling.BOX, box=box))
