"""Pictures from elsewhere: read with care, fitted to the grid, and turned into ±1 units."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import pbm
from hopgui.session.session import LARGEST_SIDE, MOST_MEMORIES

MOST_BYTES = 64 * 2**20
MOST_PIXELS = 40_000_000
MOST_PLAIN_BYTES = 2 * 2**20

# A JPEG is decoded at a fraction of its size as long as every unit still gets 4 × 4 pixels.
_FINEST_JPEG = 4 * LARGEST_SIDE
# Rows that are turned to grey at a time: a whole picture in colour would be there twice.
_ROWS = 256
# Portable pictures whose numbers are written in words, and are read one by one.
_PLAIN = (b"P1", b"P2", b"P3")
_BITMAPS = (b"P1", b"P4")
_LONGEST_SIDE = 65_535  # of a bitmap; GIF and JPEG have the same bound
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
    if content.startswith(_BITMAPS):
        return _bitmap(content, name)
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


def _content(path: Path, name: str) -> bytes:
    """Read the file, unless its length alone forbids it."""
    try:
        # A pipe would be waited for, and a device may never end.
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise Refusal(QT_TRANSLATE_NOOP("Refusal", "{file} is not a file."), file=name)
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(name)
        return path.read_bytes()
    except OSError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP("Refusal", "{name} cannot be opened: {reason}."),
            name=name,
            reason=error.strerror or str(error),
        ) from error


def _bitmap(content: bytes, name: str) -> GreyPicture:
    """Read a PBM as pattern files are read: Pillow would not see that its header lies."""
    units = pbm.parse(content, name, longest_side=_LONGEST_SIDE, most_units=MOST_PIXELS)
    luminance = np.where(units > 0, np.uint8(0), np.uint8(255))
    luminance.flags.writeable = False
    return GreyPicture(luminance)


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
