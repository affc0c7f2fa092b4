"""Pictures from elsewhere: read with care, fitted to the grid, and turned into ±1 units."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.session import LARGEST_SIDE, MOST_MEMORIES, Picture

MOST_BYTES = 64 * 2**20
MOST_PIXELS = 40_000_000
MOST_PLAIN_BYTES = 2 * 2**20
MIDDLE_GREY = 128

# A JPEG is decoded at a fraction of its size as long as every unit still gets 4 × 4 pixels.
_FINEST_JPEG = 4 * LARGEST_SIDE
# Rows that are turned to grey at a time: a whole picture in colour would be there twice.
_ROWS = 256
# Portable pictures whose numbers are written in words, and are read one by one.
_PLAIN = (b"P1", b"P2", b"P3")
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "PPM")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# All that Pillow's readers are known to raise for bytes made in error or in malice.
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    SyntaxError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class Fit(StrEnum):
    """How a picture of another shape is brought onto the grid."""

    STRETCH = "stretch"  # the whole picture on the whole grid
    CONTAIN = "contain"  # the whole picture, in its proportions, with a margin of −1
    COVER = "cover"  # the whole grid filled, in the picture's proportions, cut evenly


@dataclass(frozen=True, eq=False)
class GreyPicture:
    """A picture as luminance alone.

    Attributes
    ----------
    luminance
        0 is black, 255 white (and whatever was transparent), uint8 array of shape
        (height, width), read-only.
    """

    luminance: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class NamedPicture:
    """A picture and what the person knows it by, a file's name without its suffix."""

    name: str
    grey: GreyPicture


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


def read_grey(source: Path | str | bytes, name: str = "") -> GreyPicture:
    """Read a picture file as luminance, refusing whatever is too large or is no picture.

    The kind of file is told by its content. Size and dimensions are judged before any pixel is
    decoded. The first frame counts; the camera's orientation is applied.

    Parameters
    ----------
    source
        A file, or the bytes of one.
    name
        What to call it in a refusal; the file's own name if empty.

    Raises
    ------
    Refusal
        If the file cannot be read, is larger than 64 MB (2 MB where its numbers are written in
        words, as in a plain PPM), has more than 40 million pixels, is no
        PNG, JPEG, GIF, BMP, PBM, PGM or PPM, or is damaged.
    """
    if isinstance(source, bytes):
        name = name or "This picture"
        content = source
    else:
        name = name or Path(source).name
        content = _content(Path(source), name)
    if len(content) > MOST_BYTES:
        raise _too_large(name)
    if content.startswith(_PLAIN) and len(content) > MOST_PLAIN_BYTES:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "{name} is too large: a picture whose pixels are written out may have at most"
                " {most} MB.",
            ),
            name=name,
            most=MOST_PLAIN_BYTES // 2**20,
        )
    with _told_as_refusals(name):
        return _decoded(content, name)


@contextmanager
def _told_as_refusals(name: str) -> Iterator[None]:
    """Say in a sentence whatever is wrong with a picture."""
    with warnings.catch_warnings():
        # What Pillow only warns of is either judged here or does not matter for luminance.
        warnings.simplefilter("ignore")
        try:
            yield
        except Refusal:
            raise
        except UnidentifiedImageError as error:
            raise _no_picture(name) from error
        except Image.DecompressionBombError as error:
            raise _too_many_pixels(name) from error
        except _BROKEN as error:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal", "{name} is damaged or cut short: its pixels cannot be read."
                ),
                name=name,
            ) from error


def read_frames(source: Path, name: str = "") -> list[GreyPicture]:
    """Read every frame of a picture file; most have one, a GIF may have many.

    Raises
    ------
    Refusal
        As `read_grey`, and if the file has more frames than a gallery holds, or they have more
        than 40 million pixels in all.
    """
    name = name or source.name
    content = _content(source, name)
    if not content.startswith(b"GIF"):
        return [read_grey(content, name)]
    with _told_as_refusals(name), Image.open(BytesIO(content), formats=("GIF",)) as image:
        area = image.width * image.height
        frames: list[GreyPicture] = []
        # How many there are is only known by going through them, so each is judged as it comes.
        for frame in ImageSequence.Iterator(image):
            if len(frames) == MOST_MEMORIES or (len(frames) + 1) * area > MOST_PIXELS:
                raise _too_many_pixels(name)
            luminance = np.array(_luminance(frame.convert("RGBA")))
            luminance.flags.writeable = False
            frames.append(GreyPicture(luminance))
    return frames


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


def _content(path: Path, name: str) -> bytes:
    """Read the file, unless its length alone forbids it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(name)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{name} cannot be opened: {reason}."),
            name=name,
            reason=error.strerror or str(error),
        ) from error


def _decoded(content: bytes, name: str) -> GreyPicture:
    with Image.open(BytesIO(content), formats=_FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _too_many_pixels(name)
        if image.mode == "F":  # a "portable float map" comes along with Pillow's PPM reader
            raise _no_picture(name)
        image.draft("L", (_FINEST_JPEG, _FINEST_JPEG))
        image.load()
        luminance = _luminance(image)
        turn = _TURNS.get(_orientation(image))
    if turn is not None:
        luminance = np.array(Image.fromarray(luminance).transpose(turn))
    luminance.flags.writeable = False
    return GreyPicture(luminance)


def _luminance(image: Image.Image) -> NDArray[np.uint8]:
    """Return the luminance of every pixel, with white behind what is transparent."""
    luminance = np.empty((image.height, image.width), np.uint8)
    for top in range(0, image.height, _ROWS):
        bottom = min(top + _ROWS, image.height)
        luminance[top:bottom] = np.asarray(_grey(image.crop((0, top, image.width, bottom))))
    return luminance


def _grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits: Pillow's own conversion would clip, not scale
        return Image.fromarray((np.asarray(image).clip(0, 65535) >> 8).astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("L")
    image = image.convert("RGBA")
    grey = Image.new("L", image.size, 255)
    grey.paste(image.convert("L"), mask=image.getchannel("A"))
    return grey


def _orientation(image: Image.Image) -> int:
    """Return the camera's note on which way is up; 1 (as it is) if there is none to be read."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        return 1


def _averaged(
    luminance: NDArray[np.uint8], size: tuple[int, int], box: tuple[float, float, float, float]
) -> NDArray[np.uint8]:
    image = Image.fromarray(luminance)
    return np.asarray(image.resize(size, Image.Resampling.BOX, box=box))


def _too_large(name: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP("Refusal", "{name} is too large: a picture may have at most {most} MB."),
        name=name,
        most=MOST_BYTES // 2**20,
    )


def _too_many_pixels(name: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal",
            "{name} has too many pixels: a picture may have at most {most} million.",
        ),
        name=name,
        most=MOST_PIXELS // 1_000_000,
    )


def _no_picture(name: str) -> Refusal:
    return Refusal(
        QT_TRANSLATE_NOOP(
            "Refusal",
            "{name} is not a picture that can be read: PNG, JPEG, GIF, BMP, PBM, PGM and PPM can.",
        ),
        name=name,
    )
