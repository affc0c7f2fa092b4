"""A run as a table and as a moving picture."""

import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from hopgui.session import atomic, tables
from hopgui.session.provenance import NOWHERE
from hopgui.session.recording import Recording
from hopgui.session.session import Grid, Picture
from hopgui.session.tape import NO_UNIT

GIF_SIDE = 320  # pixels of the longer side, at least
MOST_MOMENTS = 120
MOMENT = 80  # milliseconds each moment is shown
LAST_MOMENT = 1500
INK, PAPER, JUST_FLIPPED = (27, 42, 65), (233, 237, 242), (217, 72, 15)
MARKED = 2  # place of JUST_FLIPPED in the palette


def trace_table(recording: Recording) -> str:
    """Return a run as CSV: ``update,unit,energy``, a row a flip."""
    *_, made = tables.run_table(recording, NOWHERE)
    return (made.content or b"").decode()


def write_trace(path: Path, recording: Recording) -> None:
    """Write a run as CSV."""
    atomic.write(path, trace_table(recording).encode())


def write_gif(path: Path, recording: Recording, grid: Grid) -> None:
    """Write a run as a moving GIF: a moment a flip, at most 120, the last flip marked."""
    moments = np.unique(np.append(recording.first_update, recording.flip_updates))
    chosen = np.unique(
        np.linspace(0, moments.size - 1, min(moments.size, MOST_MOMENTS)).astype(int)
    )
    images = [_moment(recording, int(update), grid) for update in moments[chosen]]
    images.append(_image(recording.state_at(recording.updates).reshape(grid.shape)))
    buffer = io.BytesIO()
    images[0].save(
        buffer,
        "GIF",
        save_all=True,
        append_images=images[1:],
        duration=[MOMENT] * (len(images) - 1) + [LAST_MOMENT],
        loop=0,
        optimize=False,
    )
    atomic.write(path, buffer.getvalue())


def _moment(recording: Recording, update: int, grid: Grid) -> Image.Image:
    state = recording.state_at(update)
    flips = recording.flips_at(update)
    unit = int(recording.flip_units[flips - 1]) if flips else NO_UNIT
    colours = np.where(state > 0, 1, 0)
    if unit != NO_UNIT:
        colours[unit] = MARKED
    return _image(colours.reshape(grid.shape))


def _image(picture: Picture | NDArray[np.integer]) -> Image.Image:
    """Draw a picture with square cells and hairline gaps."""
    height, width = picture.shape
    cell = max(1, -(-GIF_SIDE // max(height, width)))
    indices = np.maximum(picture, 0).astype(np.uint8)
    pixels = indices.repeat(cell, 0).repeat(cell, 1)
    image = Image.fromarray(pixels, "P")
    image.putpalette([*PAPER, *INK, *JUST_FLIPPED])
    return image
