"""The demonstration without a screen and the command line, run as a person runs them."""

import csv
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import reference
from PIL import Image

from hopgui import __main__, __version__, cli, demo, screen
from hopgui.session import library
from hopgui.session.draws import Draws, rng_of
from hopgui.session.session import LARGEST_SEED

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="screens as Linux has them")
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, where no screen is unless the environment names one."""
    surroundings = {name: value for name, value in os.environ.items() if name not in SCREENS}
    surroundings |= {"PYTHONIOENCODING": "utf-8"} | environment
    return subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hopgui", *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def table(path: Path) -> list[tuple[int, int, float]]:
    with path.open(encoding="ascii", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == ["update", "unit", "energy"]
    return [(int(update), int(unit), float(energy)) for update, unit, energy in rows]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """One demonstration into a folder that has to be made."""
    folder = tmp_path_factory.mktemp("demo")
    done = run("demo", "--output", "deep/inside", folder=folder)
    return done, folder / "deep" / "inside"


def test_the_demonstration_tells_its_story_and_leaves_three_files(shown):
    done, folder = shown
    assert done.returncode == 0
    assert done.stderr == ""
    assert sorted(entry.name for entry in folder.iterdir()) == [
        "recall.gif",
        "trace.csv",
        "window.png",
    ]
    assert "Four letters are stored: A, C, H, Y." in done.stdout
    assert str(Path("deep") / "inside") in done.stdout


def test_the_story_is_that_of_the_trace(shown):
    done, folder = shown
    rows = table(folder / "trace.csv")
    found = re.search(r"Settled in memory A after (\d+) updates \((\d+) flips\)", done.stdout)
    assert found is not None
    assert int(found[2]) == len(rows)
    assert int(found[1]) >= rows[-1][0] + 100  # a whole quiet sweep
    energies = re.search(r"Energy from ([−-]?\d+) to ([−-]?\d+)\.", done.stdout)
    assert energies is not None
    assert int(energies[2].replace("−", "-")) == round(rows[-1][2])


def test_the_pad_is_printed_before_and_after(shown):
    done, _ = shown
    rows = [line for line in done.stdout.splitlines() if set(line) <= set("█· ") and line.strip()]
    assert len(rows) == 10
    session = library.first_session()
    ink = {1: "██", -1: "··"}
    for row, before, after in zip(rows, session.pad, session.memories[0].picture, strict=True):
        left, right = row[:20], row[-20:]
        assert left == "".join(ink[int(unit)] for unit in before)
        assert right == "".join(ink[int(unit)] for unit in after)


def test_the_trace_is_the_run_foretold_from_the_seed(shown):
    _, folder = shown
    rows = table(folder / "trace.csv")
    session = library.first_session()
    state = session.pad.ravel()
    plain = reference.Recall(
        session.patterns,
        state,
        session.conventions,
        reference.stream_seed(rng_of(Draws.RECALL, session.seed)),
    )
    plain.advance(10_000)
    assert plain.settled
    assert [(update, unit) for update, unit, _ in rows] == plain.flips
    replayed = state.copy()
    for _, unit, energy in rows:
        replayed[unit] *= -1
        exact = reference.energy(session.patterns, replayed, session.conventions)
        assert energy == pytest.approx(float(exact), rel=1e-12)
    assert replayed.tolist() == session.memories[0].picture.ravel().tolist()


def test_the_moving_picture_has_a_frame_a_flip_and_a_curve(shown):
    _, folder = shown
    with Image.open(folder / "recall.gif") as image:
        # The start, every flip, and the end, which is a quiet sweep later.
        assert image.n_frames == len(table(folder / "trace.csv")) + 2
        assert "Seed: 7" in image.info["comment"].decode()
        image.seek(image.n_frames - 1)
        light = np.asarray(image.convert("L"))
    height, width = light.shape
    assert height > width, "under the pad is room for the curve"
    edge = width // 24
    middles = edge + ((np.arange(10) + 0.5) * (width - 2 * edge) / 10).astype(int)
    letter = library.first_session().memories[0].picture
    assert np.array_equal(light[np.ix_(middles, middles)] < 128, letter > 0)


def test_the_picture_of_the_window_is_one(shown):
    _, folder = shown
    with Image.open(folder / "window.png") as image:
        assert image.format == "PNG"
        assert image.size == (1440, 900)
        pixels = np.asarray(image.convert("RGB")).astype(int)
    colours, counts = np.unique(pixels @ (2**16, 2**8, 1), return_counts=True)
    assert colours.size > 200, "text and curves have soft edges"
    assert counts.max() < 0.7 * 1440 * 900
    # Something is drawn in every part of it: no panel is missing.
    for band in np.array_split(pixels, 3, axis=0):
        for part in np.array_split(band, 4, axis=1):
            assert part.std() > 2


def cell_middles(grey: np.ndarray, cell: int) -> np.ndarray:
    """Grey in the middle of every cell of a 10 × 10 pad, wherever such a pad might lie."""
    height, width = grey.shape
    tops, lefts = (np.arange(0, max(side - 10 * cell, 0), 8) for side in (height, width))
    middles = cell // 2 + cell * np.arange(10)
    rows, columns = tops[:, None] + middles, lefts[:, None] + middles
    return grey[rows[:, None, :, None], columns[None, :, None, :]].reshape(-1, 10, 10)


def test_the_window_shows_the_repaired_letter_on_its_pad(shown):
    _, folder = shown
    letter = library.first_session().memories[0].picture > 0
    with Image.open(folder / "window.png") as image:
        grey = np.asarray(image.convert("L")).astype(int)
    found = []
    for cell in range(30, 85):
        seen = cell_middles(grey, cell)
        ink, paper = seen[:, letter], seen[:, ~letter]
        # Dark on light or light on dark, but clearly one or the other everywhere.
        darker = ink.max(axis=1) + 80 < paper.min(axis=1)
        lighter = ink.min(axis=1) > paper.max(axis=1) + 80
        found += [cell] * int((darker | lighter).sum())
    assert found


def test_one_seed_is_one_trace_and_another_another(shown, tmp_path: Path):
    _, folder = shown
    same = run("demo", "--output", "same", "--seed", str(library.FIRST_SEED), folder=tmp_path)
    other = run("demo", "--output", "other", "--seed", "8", folder=tmp_path)
    assert same.returncode == other.returncode == 0
    trace = (folder / "trace.csv").read_bytes()
    assert (tmp_path / "same" / "trace.csv").read_bytes() == trace
    assert (tmp_path / "other" / "trace.csv").read_bytes() != trace
    assert (tmp_path / "same" / "recall.gif").read_bytes() == (folder / "recall.gif").read_bytes()


@LINUX
def test_without_a_screen_the_program_says_so_and_shows_the_demonstration(shown, tmp_path: Path):
    done = run(folder=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("There is no screen here")
    assert "Settled in memory A" in done.stdout
    assert cli.DEMO_FOLDER in done.stdout
    trace = tmp_path / cli.DEMO_FOLDER / "trace.csv"
    assert trace.read_bytes() == (shown[1] / "trace.csv").read_bytes()
    assert (tmp_path / cli.DEMO_FOLDER / "window.png").stat().st_size > 10_000


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    for place, name in ("file/inside", "inside"), ("file", "file"):
        done = run("demo", "--output", place, folder=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"hopgui: The folder {name} could not be made: ")
        assert len(done.stderr.strip().splitlines()) == 1
        assert "Errno" not in done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_folder_in_the_place_of_a_file_is_said_in_one_line(tmp_path: Path):
    (tmp_path / "out" / "trace.csv").mkdir(parents=True)
    done = run("demo", "--output", "out", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip().startswith("hopgui: trace.csv could not be written")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write anywhere"
)
def test_a_folder_that_may_not_be_written_to_is_said_in_one_line(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = run("demo", "--output", "closed", folder=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_terminal_without_blocks_and_dots_is_shown_the_pad_in_plainer_signs(tmp_path: Path):
    done = run("demo", folder=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "..######....######..    ..######....######..\n" in done.stdout


@LINUX
def test_whoever_stops_reading_gets_the_files_all_the_same(tmp_path: Path):
    surroundings = {name: value for name, value in os.environ.items() if name not in SCREENS}
    program = subprocess.Popen(
        [sys.executable, "-m", "hopgui", "demo"],
        cwd=tmp_path,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    program.stdout.close()
    assert (program.wait(100), program.stderr.read()) == (0, b"")
    program.stderr.close()
    names = {path.name for path in (tmp_path / cli.DEMO_FOLDER).iterdir()}
    assert names == {"window.png", "recall.gif", "trace.csv"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_an_output_that_takes_nothing_is_said_in_one_line(tmp_path: Path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "hopgui", "demo"],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "hopgui: standard output could not be written: No space left on device.\n"


def test_an_interrupted_demonstration_says_so_in_one_line(monkeypatch, capsys):
    def interrupt(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "demo", interrupt)
    assert __main__.main(["demo"]) == 130
    assert capsys.readouterr().err == "hopgui: interrupted.\n"


# The command line


@pytest.mark.parametrize(
    "seed", ["-1", "1.5", "seven", "", " 7", "٣", str(LARGEST_SEED + 1), "1" * 5000, "0x10", "1_0"]
)
def test_bad_seeds_are_refused(seed, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.parse(["demo", f"--seed={seed}"])
    assert ended.value.code == 2
    assert "--seed" in capsys.readouterr().err


@pytest.mark.parametrize("seed", [0, 7, LARGEST_SEED])
def test_every_other_seed_is_taken(seed):
    chosen = cli.parse(["demo", "--seed", str(seed), "--output", "x"])
    assert (chosen.command, chosen.seed, chosen.output) == ("demo", seed, "x")


def test_a_bad_seed_ends_the_program_with_status_two(tmp_path: Path):
    done = run("demo", "--seed", "many", folder=tmp_path)
    assert done.returncode == 2
    assert "a seed is a whole number from 0 to" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["dance"], ["demo", "--sed"], ["--output", "x"]])
def test_what_nobody_knows_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.parse(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert said.err.splitlines()[-1].startswith("hopgui: ")
    assert said.out == ""


def test_nothing_asked_for_means_the_window():
    assert cli.parse([]).command is None
    assert cli.parse(["demo"]).output == cli.DEMO_FOLDER


def test_version_and_help(capsys):
    for asked, said in (["--version"], f"hopgui {__version__}"), (["demo", "--help"], "--output"):
        with pytest.raises(SystemExit) as ended:
            cli.parse(asked)
        assert ended.value.code == 0
        assert said in capsys.readouterr().out


# Whether there is a screen


@LINUX
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":98765"},
        {"DISPLAY": "localhost:9876.0"},
        {"WAYLAND_DISPLAY": "wayland-none", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_where_nobody_answers_there_is_no_screen(environment):
    assert not screen.has_screen(environment)


@LINUX
def test_a_platform_of_ones_own_choice_is_a_screen():
    assert screen.has_screen({"QT_QPA_PLATFORM": "offscreen"})
    assert screen.missing_library({"QT_QPA_PLATFORM": "offscreen"}) is None


@LINUX
@pytest.mark.parametrize("display", [":4321", "unix:4321", ":4321.0"])
def test_an_x_server_that_answers_is_a_screen(display):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X4321")
        server.listen()
        assert screen.has_screen({"DISPLAY": display})
    assert not screen.has_screen({"DISPLAY": display})


@LINUX
def test_a_display_on_another_machine_is_asked_over_the_network():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        for number in range(4000, 4050):
            try:
                server.bind(("127.0.0.1", 6000 + number))
            except OSError:
                continue
            break
        server.listen()
        assert screen.has_screen({"DISPLAY": f"127.0.0.1:{number}.0"})
    assert not screen.has_screen({"DISPLAY": f"127.0.0.1:{number}.0"})


@LINUX
def test_a_wayland_server_that_answers_is_a_screen(tmp_path: Path):
    environment = {"WAYLAND_DISPLAY": "wl", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wl"))
        server.listen()
        assert screen.has_screen(environment)
        assert screen.missing_library(environment) is None
    assert not screen.has_screen(environment)


@LINUX
def test_a_missing_library_is_named_with_the_line_that_installs_it(monkeypatch, capsys):
    monkeypatch.setattr(screen, "CURSOR_LIBRARY", "libno-such-thing.so.0")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X4322")
        server.listen()
        for name in SCREENS:
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DISPLAY", ":4322")
        assert screen.missing_library() == "libxcb-cursor0"
        assert __main__.main([]) == 1
    said = capsys.readouterr()
    assert said.err.strip().splitlines() == [
        "To open a window, install one library first: sudo apt-get install libxcb-cursor0"
    ]
    assert said.out == ""
