"""Tables and moving pictures of a run, read back by others' readers."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from cases import random_patterns
from PIL import Image

from hopgui.model.flips import Flips
from hopgui.model.network import Network
from hopgui.refusal import Refusal
from hopgui.session import export
from hopgui.session.session import Grid
from hopgui.session.tape import Tape

INK, PAPER, MARK = (27, 42, 65), (233, 237, 242), (217, 72, 15)


def recalled(grid: Grid, memories: int = 2, damage: int = 9):
    patterns = random_patterns(memories, grid.units, seed=3)
    cue = patterns[0].copy()
    cue[:damage] *= -1
    run = Network(patterns).start(cue, rng=np.random.default_rng(1))
    tape = Tape(1, 1, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(100))
    return tape.recording(run.updates)


def frames(path: Path):
    """Every frame of a GIF as RGB, and how long it is shown."""
    with Image.open(path) as image:
        shown = []
        for number in range(image.n_frames):
            image.seek(number)
            shown.append((np.asarray(image.convert("RGB")), image.info["duration"]))
        return shown


def cells(frame: np.ndarray, grid: Grid) -> np.ndarray:
    """The colour in the middle of each cell, shape (height, width, 3)."""
    cell = frame.shape[0] // grid.height
    assert frame.shape == (grid.height * cell, grid.width * cell, 3)
    assert (
        frame.reshape(grid.height, cell, grid.width, cell, 3)[:, :1, :, :1]
        == frame.reshape(grid.height, cell, grid.width, cell, 3)
    ).all(), "a cell is of one colour"
    return frame[cell // 2 :: cell, cell // 2 :: cell]


def test_the_table_has_a_row_a_flip(tmp_path: Path):
    recording = recalled(Grid(8, 5))
    export.write_trace(tmp_path / "trace.csv", recording)
    content = (tmp_path / "trace.csv").read_bytes()
    assert b"\r" not in content
    rows = list(csv.reader(io.StringIO(content.decode("ascii"))))
    assert rows[0] == ["update", "unit", "energy"]
    assert len(rows) == 1 + recording.flip_units.size > 5
    assert [int(row[0]) for row in rows[1:]] == recording.flip_updates.tolist()
    assert [int(row[1]) for row in rows[1:]] == recording.flip_units.tolist()
    assert [float(row[2]) for row in rows[1:]] == recording.flip_energies.tolist()


def test_a_change_of_the_network_is_no_row():
    tape = Tape(1, 1, np.ones(4, np.int8), 0.0)
    tape.append(Flips(np.array([2]), np.array([3], np.int32), np.array([-1.5])))
    tape.note_change(2, -7.0)
    tape.append(Flips(np.array([5]), np.array([0], np.int32), np.array([-8.0])))
    assert export.trace_table(tape.recording(9)) == "update,unit,energy\n2,3,-1.5\n5,0,-8.0\n"


def test_a_run_without_flips_is_a_heading():
    recording = Tape(1, 1, np.ones(4, np.int8), 0.0).recording(4)
    assert export.trace_table(recording) == "update,unit,energy\n"


def test_the_gif_shows_every_flip_marked_and_rests_on_the_last_state(tmp_path: Path):
    grid = Grid(8, 5)
    recording = recalled(grid)
    export.write_gif(tmp_path / "recall.gif", recording, grid)
    shown = frames(tmp_path / "recall.gif")
    moments = [0, *recording.flip_updates.tolist()]
    assert len(shown) == len(moments) + 1
    for number, (update, (frame, duration)) in enumerate(zip(moments, shown, strict=False)):
        colours = cells(frame, grid)
        state = recording.state_at(update).reshape(grid.shape)
        marked = (colours == MARK).all(axis=2)
        flipped = [] if number == 0 else [int(recording.flip_units[number - 1])]
        assert np.flatnonzero(marked).tolist() == flipped
        assert (colours[(state > 0) & ~marked] == INK).all()
        assert (colours[(state < 0) & ~marked] == PAPER).all()
        assert duration == export.MOMENT
    last, duration = shown[-1]
    state = recording.state_at(recording.updates).reshape(grid.shape)
    assert (cells(last, grid)[state > 0] == INK).all()
    assert (cells(last, grid)[state < 0] == PAPER).all()
    assert duration == export.LAST_MOMENT


@pytest.mark.parametrize(
    ("grid", "size"),
    [
        (Grid(10, 10), (320, 320)),
        (Grid(16, 8), (320, 160)),
        (Grid(3, 7), (138, 322)),
        (Grid(256, 256), (512, 512)),
    ],
)
def test_cells_are_square_and_the_longer_side_has_320_pixels_at_least(tmp_path: Path, grid, size):
    start = random_patterns(1, grid.units, seed=1)[0]
    tape = Tape(1, 1, start, 0.0)
    tape.append(Flips(np.array([1]), np.array([2], np.int32), np.array([-1.0])))
    export.write_gif(tmp_path / "a.gif", tape.recording(3), grid)
    with Image.open(tmp_path / "a.gif") as image:
        assert image.format == "GIF"
        assert image.size == size
        assert image.info["loop"] == 0
        assert image.n_frames == 3


def test_a_long_run_is_thinned_to_120_moments_from_first_to_last(tmp_path: Path):
    grid = Grid(20, 20)
    recording = recalled(grid, damage=190)
    assert recording.flip_units.size > 150
    export.write_gif(tmp_path / "a.gif", recording, grid)
    shown = frames(tmp_path / "a.gif")
    assert len(shown) == export.MOST_MOMENTS + 1
    first = cells(shown[0][0], grid)
    assert (first[recording.start.reshape(grid.shape) > 0] == INK).all()
    assert np.count_nonzero((cells(shown[-2][0], grid) == MARK).all(axis=2)) == 1


def test_a_run_without_flips_still_is_a_picture(tmp_path: Path):
    grid = Grid(4, 4)
    recording = Tape(1, 1, random_patterns(1, 16, seed=1)[0], 0.0).recording(16)
    export.write_gif(tmp_path / "a.gif", recording, grid)
    frame = frames(tmp_path / "a.gif")[0][0]
    state = recording.start.reshape(grid.shape)
    assert (cells(frame, grid)[state > 0] == INK).all()
    assert (cells(frame, grid)[state < 0] == PAPER).all()


def test_what_cannot_be_written_is_refused(tmp_path: Path):
    recording = recalled(Grid(4, 4), damage=2)
    for write in (
        lambda: export.write_trace(tmp_path / "no" / "trace.csv", recording),
        lambda: export.write_gif(tmp_path / "no" / "recall.gif", recording, Grid(4, 4)),
    ):
        with pytest.raises(Refusal, match="could not be written"):
            write()
    assert list(tmp_path.iterdir()) == []
