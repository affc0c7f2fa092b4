"""Films of a run, read back frame by frame."""

import io
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from cases import random_patterns
from PIL import Image

from hopgui.model.network import Network
from hopgui.refusal import Refusal
from hopgui.session import film
from hopgui.session.provenance import NOWHERE, Provenance
from hopgui.session.session import Grid
from hopgui.session.tape import Tape

LOOK = film.Look(
    panel="#FFFFFF",
    plus="#1B2A41",
    minus="#E9EDF2",
    line="#E4E8EE",
    text="#18212F",
    muted="#5B6778",
    act="#1C5FD4",
    accent="#CF430C",
)
PLUS, MINUS, ACT, ACCENT = (27, 42, 65), (233, 237, 242), (28, 95, 212), (207, 67, 12)
WORDS = "update {update}, {flips} flips, E = {energy}"


def recalled(grid, damage=9):
    patterns = random_patterns(2, grid.units, seed=3)
    cue = patterns[0].copy()
    cue[:damage] *= -1
    run = Network(patterns).start(cue, rng=np.random.default_rng(1))
    tape = Tape(1, 1, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(100))
    return tape.recording(run.updates)


def made(steps):
    *before, last = steps
    assert all(each.content is None for each in before)
    assert [each.done for each in (*before, last)] == list(range(last.total + 1))
    return last.content


def middles(frame, grid, edge):
    """The colour at the middle of each cell of a square pad that begins `edge` pixels in."""
    cell = (frame.shape[1] - 2 * edge) // max(grid.width, grid.height)
    left = (frame.shape[1] - grid.width * cell) // 2
    rows = edge + cell * np.arange(grid.height) + cell // 2
    columns = left + cell * np.arange(grid.width) + cell // 2
    return frame[rows][:, columns]


@pytest.mark.parametrize("grid", [Grid(8, 5), Grid(3, 9), Grid(60, 60)])
def test_a_film_shows_start_flips_and_end_as_they_were(grid):
    recording = recalled(grid)
    shown = film.Film(recording, grid, film.Shape(width=240, rate=10), LOOK, WORDS)
    every = np.unique([0, *recording.flip_updates.tolist(), recording.updates])
    assert shown.moments == every.tolist()
    with Image.open(io.BytesIO(made(film.gif(shown, NOWHERE)))) as image:
        assert (image.size, image.n_frames) == (shown.size, len(every))
        assert image.info["loop"] == 0
        for place, update in enumerate(every.tolist()):
            image.seek(place)
            frame = np.asarray(image.convert("RGB"))
            state = recording.state_at(update).reshape(grid.shape)
            colours = middles(frame, grid, 10)
            plain = (colours == PLUS).all(2) | (colours == MINUS).all(2)
            assert plain.all() or grid.width > 20, "only the smallest cells are marked whole"
            assert ((colours == PLUS).all(2) == (state > 0))[plain].all()
            assert image.info["duration"] == (100 if place + 1 < len(every) else 1500)


def test_the_last_flip_is_outlined_and_the_end_is_not():
    grid = Grid(8, 5)
    recording = recalled(grid)
    shown = film.Film(recording, grid, film.Shape(curve=False, caption=False), LOOK, WORDS)
    marked = {
        update: (np.asarray(shown.frame(update)) == ACCENT).all(2).any()
        for update in (0, int(recording.flip_updates[2]), recording.updates)
    }
    assert list(marked.values()) == [False, True, False]


def test_the_curve_falls_from_the_start_to_the_moment():
    grid = Grid(10, 10)
    recording = recalled(grid, damage=30)
    with_curve = film.Film(recording, grid, film.Shape(width=400, caption=False), LOOK, WORDS)
    without = film.Film(
        recording, grid, film.Shape(width=400, curve=False, caption=False), LOOK, WORDS
    )
    assert with_curve.size[1] > without.size[1]
    top = without.size[1] - 16  # it begins within the margin

    def reached(update):
        """How far right the full colour of the curve comes, and how deep."""
        part = np.asarray(with_curve.frame(update))[top:].astype(int)
        rows, columns = np.nonzero(abs(part - ACT).sum(2) < 60)
        return columns.max(), rows.max()

    ends = [reached(update) for update in with_curve.moments]
    assert ends == sorted(ends)
    assert ends[-1][0] > 370
    assert ends[-1][1] > ends[0][1] + 50


def test_the_words_say_the_moment():
    grid = Grid(6, 6)
    recording = recalled(grid)
    shown = film.Film(recording, grid, film.Shape(), LOOK, WORDS)
    other = film.Film(recording, grid, film.Shape(), LOOK, "update 0, 0 flips, E = {energy}")
    foot = slice(-30, None)
    same = [
        np.array_equal(np.asarray(shown.frame(update))[foot], np.asarray(other.frame(update))[foot])
        for update in (0, recording.updates)
    ]
    assert same == [True, False]


def test_a_gif_carries_where_it_comes_from():
    grid = Grid(4, 4)
    origin = Provenance((("Software", "HopGUI 1"), ("Session", "sha256 ab")))
    shown = film.Film(recalled(grid, 2), grid, film.Shape(), LOOK, WORDS)
    with Image.open(io.BytesIO(made(film.gif(shown, origin)))) as image:
        assert image.info["comment"] == b"Software: HopGUI 1\nSession: sha256 ab"


def test_a_long_run_is_thinned_from_first_to_last():
    grid = Grid(30, 30)
    recording = recalled(grid, damage=420)
    assert recording.flip_units.size > film.MOST_MOMENTS
    chosen = film.moments(recording)
    assert chosen.size <= film.MOST_MOMENTS
    assert (chosen[0], chosen[-1]) == (0, recording.updates)
    assert np.isin(chosen[1:-1], recording.flip_updates).all()


@pytest.mark.parametrize("width", [1, 161, 333, 9999])
def test_both_sides_are_even_and_within_bounds(width):
    grid = Grid(5, 3)
    shown = film.Film(recalled(grid, 2), grid, film.Shape(width=width), LOOK, WORDS)
    assert shown.size == shown.frame(0).size
    assert all(side % 2 == 0 for side in shown.size)
    assert film.SMALLEST_WIDTH <= shown.size[0] <= film.LARGEST_WIDTH


def test_the_colours_of_a_gif_are_the_films_own():
    grid = Grid(6, 6)
    shown = film.Film(recalled(grid), grid, film.Shape(), LOOK, WORDS)
    exact = np.asarray(shown.frame(0))
    with Image.open(io.BytesIO(made(film.gif(shown, NOWHERE)))) as image:
        kept = np.asarray(image.convert("RGB"))
    for colour in ((255, 255, 255), PLUS, MINUS):
        where = (exact == colour).all(2)
        assert where.any()
        assert (kept[where] == colour).all()
    assert abs(kept.astype(int) - exact).max() < 40, "softened edges go to a shade nearby"


def test_giving_up_leaves_nothing_behind():
    grid = Grid(6, 6)
    steps = film.gif(film.Film(recalled(grid), grid, film.Shape(), LOOK, WORDS), NOWHERE)
    next(steps)
    steps.close()


def test_mp4_is_refused_in_words_without_its_encoder(monkeypatch):
    grid = Grid(4, 4)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    shown = film.Film(recalled(grid, 2), grid, film.Shape(), LOOK, WORDS)
    with pytest.raises(Refusal, match="pip install"):
        next(film.mp4(shown, NOWHERE))


def test_mp4_hands_every_moment_to_the_encoder_and_takes_its_file(monkeypatch):
    grid = Grid(4, 4)
    shown = film.Film(recalled(grid, 2), grid, film.Shape(rate=4), LOOK, WORDS)
    taken = []

    class Encoder:
        @staticmethod
        def write_frames(path, size, *, fps, output_params, **_more):
            taken.append((size, fps, output_params))
            try:
                while True:
                    taken.append((yield))
            finally:
                Path(path).write_bytes(b"a film")

    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", Encoder)
    origin = Provenance((("Session", "sha256 ab"),))
    assert made(film.mp4(shown, origin)) == b"a film"
    (size, fps, parameters), *frames = taken
    assert (size, fps) == (shown.size, 4)
    assert parameters == ["-metadata", "comment=Session: sha256 ab"]
    assert len(frames) == len(shown.moments) - 1 + 6, "the last moment for a second and a half"
    assert frames[0] == shown.frame(0).tobytes()
    assert frames[-1] == shown.frame(shown.moments[-1]).tobytes()


def test_mp4_is_a_film_that_others_read():
    encoder = pytest.importorskip("imageio_ffmpeg", reason="`make test` installs the extra “video”")
    grid = Grid(6, 6)
    recording = recalled(grid)
    shown = film.Film(recording, grid, film.Shape(width=240, rate=5), LOOK, WORDS)
    origin = Provenance((("Session", "sha256 ab"), ("Seed", "1")))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        path.write_bytes(made(film.mp4(shown, origin)))
        read = [encoder.get_ffmpeg_exe(), "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
        told = subprocess.run(read, capture_output=True, check=True)  # noqa: S603 - made above
        assert b"Session: sha256 ab" in path.read_bytes()
    assert b"5 fps" in told.stderr
    width, height = shown.size
    pictures = np.frombuffer(told.stdout, np.uint8).reshape(-1, height, width, 3)
    assert len(pictures) == len(shown.moments) - 1 + round(5 * film.REST)
    state = recording.state_at(recording.updates).reshape(grid.shape)
    ink = middles(pictures[-1].astype(int).mean(2), grid, 10) < 128
    assert np.array_equal(ink, state > 0)
