"""A run as a moving picture: the pad, the curve of its energy, and a line of words beneath.

Drawn without a window, so that a long film neither waits for one nor holds it up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session.provenance import Provenance
from hopgui.session.recording import Recording
from hopgui.session.session import Grid
from hopgui.session.tables import Made
from hopgui.session.tape import NO_UNIT

SMALLEST_WIDTH, LARGEST_WIDTH = 160, 1600
MOST_MOMENTS = 240
SLOWEST, FASTEST = 1, 50  # moments a second
REST = 1.5  # seconds that the last moment is shown
_FINE = 3  # the curve is drawn so many times larger, and averaged
_SHADES = 16

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """The colours and the type of a film.

    Attributes
    ----------
    panel, plus, minus, line, text, muted, act, accent
        Colours as ``#RRGGBB``, by what they mean in the window.
    font
        A font's file; Pillow's own where there is none.
    """

    panel: str
    plus: str
    minus: str
    line: str
    text: str
    muted: str
    act: str
    accent: str
    font: Path | None = None


@dataclass(frozen=True)
class Shape:
    """Size and pace of a film.

    Attributes
    ----------
    width
        Pixels across, 160 … 1600; always even, as films ask for.
    rate
        Moments a second, 1 … 50.
    curve, caption
        Whether the energy's curve and the words are shown.
    """

    width: int = 480
    rate: int = 12
    curve: bool = True
    caption: bool = True


def moments(recording: Recording) -> NDArray[np.int64]:
    """Return the updates that a film shows: start, every flip, end; at most 240 of them."""
    ends = [recording.first_update, recording.updates]
    every = np.unique(np.append(ends, recording.flip_updates))
    chosen = np.linspace(0, every.size - 1, min(every.size, MOST_MOMENTS)).round().astype(int)
    kept: NDArray[np.int64] = every[np.unique(chosen)]
    return kept


class Film:
    """Draws the moments of a run.

    Parameters
    ----------
    recording
        The run.
    grid
        Of the pad.
    shape
        Size and pace.
    look
        Colours and type.
    words
        What the line beneath says of a moment: ``{update}``, ``{flips}`` and ``{energy}`` are
        filled in.

    Attributes
    ----------
    size
        Width and height of its pictures, both even.
    rate
        Moments a second.
    moments
        The updates that it shows.
    """

    def __init__(
        self, recording: Recording, grid: Grid, shape: Shape, look: Look, words: str
    ) -> None:
        self._recording, self._grid, self._shape, self._words = recording, grid, shape, words
        self.rate = min(max(shape.rate, SLOWEST), FASTEST)
        self.moments = moments(recording).tolist()
        self._look = {name: _rgb(getattr(look, name)) for name in vars(look) if name != "font"}
        width = min(max(shape.width, SMALLEST_WIDTH), LARGEST_WIDTH) // 2 * 2
        self._margin = margin = max(8, width // 24)
        self._cell = max(1, (width - 2 * margin) // max(grid.width, grid.height))
        self._gap = 0 if self._cell < 6 else max(1, self._cell // 20)
        self._type = _font(look.font, max(11, width // 32))
        line = self._type.size * 1.6
        below = margin + grid.height * self._cell
        self._left = (width - grid.width * self._cell) // 2
        self._curve_top = below + margin // 2
        curve = width // 4 if shape.curve else 0
        self._words_top = self._curve_top + curve + (margin // 2 if shape.curve else 0)
        height = self._words_top + (line if shape.caption else 0) + margin // 2
        self.size = (width, int(height) // 2 * 2)
        self._curve = (margin, self._curve_top, width - 2 * margin, curve)
        self._line = self._stairs() if shape.curve else np.empty((0, 2))

    def frame(self, update: int) -> Image.Image:
        """Draw one moment, a picture in RGB."""
        image = Image.new("RGB", self.size, self._look["panel"])
        image.paste(self._pad(update), (self._left, self._margin))
        if self._shape.curve:
            image.paste(self._drawn_curve(update), self._curve[:2])
        if self._shape.caption:
            self._write(image, update)
        return image

    def _pad(self, update: int) -> Image.Image:
        recording, look, cell = self._recording, self._look, self._cell
        shape = self._grid.shape
        state = recording.state_at(update).reshape(shape)
        colours = np.where((state > 0)[..., None], look["plus"], look["minus"]).astype(np.uint8)
        pixels = colours.repeat(cell, 0).repeat(cell, 1)
        if self._gap:
            edge = np.arange(max(shape) * cell) % cell >= cell - self._gap
            pixels[edge[: pixels.shape[0]]] = look["panel"]
            pixels[:, edge[: pixels.shape[1]]] = look["panel"]
        flips = recording.flips_at(update)
        unit = int(recording.flip_units[flips - 1]) if flips else NO_UNIT
        if unit != NO_UNIT and recording.flip_updates[flips - 1] == update:
            self._outline(pixels, *divmod(unit, self._grid.width))
        return Image.fromarray(pixels)

    def _outline(self, pixels: NDArray[np.uint8], row: int, column: int) -> None:
        """Mark the unit that flipped last."""
        cell, inner = self._cell, self._cell - self._gap
        thick = max(1, inner // 10)
        block = pixels[row * cell : row * cell + inner, column * cell : column * cell + inner]
        accent = self._look["accent"]
        if inner <= 2 * thick + 1:
            block[:] = accent
            return
        block[:thick] = block[-thick:] = accent
        block[:, :thick] = block[:, -thick:] = accent

    def _stairs(self) -> NDArray[np.float64]:
        """Return the corners of the energy's curve, in pixels of the finely drawn picture."""
        recording = self._recording
        x = np.concatenate([[recording.first_update], recording.flip_updates, [recording.updates]])
        y = np.concatenate([[recording.energy_start], recording.flip_energies])
        low, high = float(y.min()), float(y.max())
        _, _, width, height = self._curve
        inset = 4 * _FINE
        across = (x - x[0]) / max(1, x[-1] - x[0]) * (width * _FINE - 2 * inset) + inset
        span = high - low or 1.0
        down = (high - y) / span * (height * _FINE - 2 * inset) + inset
        corners = np.empty((2 * y.size, 2))
        corners[0::2, 0], corners[1::2, 0] = across[:-1], across[1:]
        corners[0::2, 1], corners[1::2, 1] = down, down
        return corners

    def _drawn_curve(self, update: int) -> Image.Image:
        """Draw the energy up to a moment, and pale what lies ahead."""
        look, recording = self._look, self._recording
        _, _, width, height = self._curve
        image = Image.new("RGB", (width * _FINE, height * _FINE), look["panel"])
        draw = ImageDraw.Draw(image)
        for share in (0.0, 0.5, 1.0):
            y = round(4 * _FINE + share * (height - 8) * _FINE)
            draw.line([(0, y), (width * _FINE, y)], look["line"], _FINE)
        corners = self._line
        flips = recording.flips_at(update)
        span = max(1, recording.updates - recording.first_update)
        share = (update - recording.first_update) / span
        now = (share * (width - 8) + 4) * _FINE, float(corners[2 * flips, 1])
        thick = max(1, round(self.size[0] / 320 * _FINE))
        ahead = _thinned(np.concatenate([[now], corners[2 * flips + 1 :]]))
        draw.line(ahead, _mixed(look["act"], look["panel"], 0.35), thick)
        done = _thinned(np.concatenate([corners[: 2 * flips + 1], [now]]))
        draw.line(done, look["act"], thick)
        radius = 2.2 * thick
        box = (now[0] - radius, now[1] - radius, now[0] + radius, now[1] + radius)
        draw.ellipse(box, look["act"])
        return image.resize((width, height), Image.Resampling.BOX)

    def _write(self, image: Image.Image, update: int) -> None:
        recording = self._recording
        words = self._words.format(
            update=_number(update),
            flips=_number(recording.flips_at(update)),
            energy=_number(recording.energy_at(update)),
        )
        place = (self._margin, self._words_top)
        ImageDraw.Draw(image).text(place, words, self._look["muted"], self._type)

    def palette(self) -> NDArray[np.uint8]:
        """Return the colours of a GIF, uint8 array of shape (colours, 3)."""
        look = self._look
        ground = look["panel"]
        inks = [look[name] for name in ("plus", "minus", "line", "text", "muted", "act", "accent")]
        inks.append(_mixed(look["act"], ground, 0.35))
        shades = [
            _mixed(ink, ground, step / (_SHADES - 1)) for ink in inks for step in range(_SHADES)
        ]
        return np.array(shades, np.uint8)


def gif(film: Film, origin: Provenance) -> Iterator[Made]:
    """Make a GIF of a film, a moment a step; it goes on for ever, and rests on the last moment."""
    palette = film.palette()
    total = len(film.moments) + 1
    images = []
    for place, update in enumerate(film.moments):
        yield Made(place, total)
        images.append(_of_few_colours(film.frame(update), palette))
    yield Made(total - 1, total)
    buffer = BytesIO()
    # A GIF counts in hundredths of a second.
    images[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=images[1:],
        duration=[round(100 / film.rate) * 10] * (len(images) - 1) + [round(1000 * REST)],
        loop=0,
        optimize=False,
        comment=origin.text.encode(),
    )
    yield Made(total, total, buffer.getvalue())


def mp4(film: Film, origin: Provenance) -> Iterator[Made]:
    """Make an MP4 of a film, a moment a step; it rests on the last moment.

    Raises
    ------
    Refusal
        If the encoder is not installed, or fails.
    """
    encoder = _encoder()
    total = len(film.moments) + 1
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        writer = encoder.write_frames(
            str(path),
            film.size,
            fps=film.rate,
            macro_block_size=2,
            quality=8,
            output_params=["-metadata", f"comment={origin.text}"],
        )
        try:
            writer.send(None)
            for place, update in enumerate(film.moments):
                yield Made(place, total)
                pixels = film.frame(update).tobytes()
                last = place + 2 == total
                for _ in range(round(film.rate * REST) if last else 1):
                    writer.send(pixels)
            yield Made(total - 1, total)
            writer.close()
            content = path.read_bytes()
        except (OSError, RuntimeError) as error:
            raise Refusal(
                QT_TRANSLATE_NOOP("Refusal", "The film could not be made: {reason}."), reason=error
            ) from error
        finally:
            writer.close()
    yield Made(total, total, content)


def _encoder() -> ModuleType:
    try:
        return import_module("imageio_ffmpeg")
    except ImportError as error:
        raise Refusal(
            QT_TRANSLATE_NOOP(
                "Refusal",
                "MP4 needs an encoder that is not installed: pip install “hopgui[video]”.",
            )
        ) from error


def _of_few_colours(image: Image.Image, palette: NDArray[np.uint8]) -> Image.Image:
    """Bring a picture to a palette, each colour to the nearest one; exact ones stay exact."""
    pixels = np.asarray(image).astype(np.int32)
    codes = (pixels[..., 0] << 16) | (pixels[..., 1] << 8) | pixels[..., 2]
    found, places = np.unique(codes, return_inverse=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    apart = ((colours[:, None] - palette[None].astype(np.int32)) ** 2).sum(axis=2)
    nearest = apart.argmin(axis=1).astype(np.uint8)
    few = Image.fromarray(nearest[places].reshape(codes.shape))
    few.putpalette(palette.ravel().tolist())
    return few


def _number(value: float) -> str:
    """Write a number as the window does: a true minus, thin spaces, two decimals at most."""
    if abs(value) >= 1e10:
        return f"{value:.3e}".replace("-", "−")
    text = f"{value:z,.2f}".rstrip("0").rstrip(".")
    return text.replace(",", "\N{THIN SPACE}").replace("-", "−")


def _rgb(colour: str) -> Colour:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def _mixed(ink: Colour, ground: Colour, share: float) -> Colour:
    red, green, blue = (
        round(share * a + (1 - share) * b) for a, b in zip(ink, ground, strict=True)
    )
    return red, green, blue


def _thinned(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return points as Pillow takes them, with no more than there are places for."""
    if len(points) > 8000:
        kept = np.linspace(0, len(points) - 1, 8000).round().astype(int)
        points = points[kept]
    return [(x, y) for x, y in points.tolist()]


def _font(path: Path | None, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - Pillow's wheels hold FreeType
    return font
