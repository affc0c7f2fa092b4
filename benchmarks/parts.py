"""What single gestures cost at the largest sizes, in milliseconds of one frame (16 ms) or less."""

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from _screen import screen
from PySide6.QtWidgets import QApplication, QSlider

from hopgui.session.images import GreyPicture, NamedPicture
from hopgui.session.session import Grid, Memory
from hopgui.ui.imports.dialog import ImportDialog
from hopgui.ui.look.theme import LIGHT
from hopgui.ui.memories.gallery import Gallery
from hopgui.ui.memories.memory_view import MemoryView
from hopgui.ui.pad.strokes import fill

ROUNDS = 9


def told(what: str, goal: float, act: Callable[[int], object]) -> bool:
    """Print how long an act takes, and say whether that is within its goal."""
    times = []
    for number in range(ROUNDS):
        begun = time.perf_counter()
        act(number)
        times.append(1000 * (time.perf_counter() - begun))
    print(f"{what:48} {median(times):6.1f} ms   goal: at most {goal:.0f} ms")
    return median(times) <= goal


def winding_path(side: int) -> np.ndarray:
    """Return a picture with one path of +1 that fills a grid to and fro."""
    picture = np.full((side, side), -1, np.int8)
    picture[::2] = 1
    picture[1::4, -1] = 1
    picture[3::4, 0] = 1
    return picture


def filled() -> bool:
    path = winding_path(256)
    return told("filling a winding path on 256 × 256", 20, lambda _: fill(path, (0, 0)))


def imported() -> bool:
    rng = np.random.default_rng(1)
    large = NamedPicture("large", GreyPicture(rng.integers(0, 256, (5000, 8000), np.uint8)))
    patterns = np.where(rng.random((20, 65536)) < 0.5, 1, -1).astype(np.int8)
    dialog = ImportDialog((large,), Grid(256, 256), LIGHT, patterns)
    dialog.show()
    slider = dialog.findChild(QSlider)
    what = "moving the threshold of a picture of 40 megapixels"
    reached = told(what, 10, lambda number: slider.setValue(100 + number))
    dialog.close()
    return reached


def scrolled() -> bool:
    rng = np.random.default_rng(1)
    pictures = np.where(rng.random((1000, 64, 64)) < 0.5, 1, -1).astype(np.int8)
    memories = tuple(Memory(f"memory {n}", picture, n) for n, picture in enumerate(pictures))
    energies, stable = np.linspace(-5000, 0, 1000), np.arange(1000) % 2 == 0
    gallery = Gallery()
    gallery.resize(260, 620)
    gallery.show()

    def show(_: int) -> None:
        gallery.show_memories(memories, energies, stable)
        gallery.grab()

    reached = told("showing a thousand memories", 250, show)
    view = gallery.findChild(MemoryView)
    bar = view.verticalScrollBar()

    def scroll(number: int) -> None:
        bar.setValue((number + 1) * bar.maximum() // ROUNDS)
        view.viewport().grab()

    return told("scrolling through them", 16, scroll) and reached


def main() -> int:
    app = QApplication(sys.argv[:1])
    reached = [filled(), imported(), scrolled()]
    app.quit()
    return 0 if all(reached) else 1


if __name__ == "__main__":
    with screen():
        sys.exit(main())
