"""The first minute without a screen: a damaged letter is repaired, and pictures of it are kept."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hopgui.model.nearest import nearest_memory
from hopgui.model.network import Network
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import atomic, film, library, tables
from hopgui.session.draws import Draws, rng_of
from hopgui.session.provenance import NOWHERE, provenance
from hopgui.session.recording import Recording
from hopgui.session.session import Picture, Session
from hopgui.session.tables import Made
from hopgui.session.tape import Tape

PATIENCE = 60.0  # seconds for the window to show the settled run
WINDOW = (1440, 900)
MARKS = {1: "██", -1: "··"}


def demo(folder: str, seed: int | None) -> int:
    """Repair the first start's damaged letter and say what happens.

    Parameters
    ----------
    folder
        Where ``window.png``, ``recall.gif`` and ``trace.csv`` are written; made if need be.
    seed
        Seed of damage and recall, None for the first start's own.

    Returns
    -------
    int
        Exit status: 0, or 2 if the folder or standard output cannot be written to.
    """
    session = library.first_session(library.FIRST_SEED if seed is None else seed)
    recording, network = _recall(session)
    target = Path(folder)
    try:
        _tell(session, recording, network)
        atomic.make_folder(target)
        _write_last(target / "trace.csv", tables.run_table(recording, NOWHERE))
        _write_film(target / "recall.gif", session, recording)
        _write_window(target / "window.png", session)
        _say(f"\nIn {target}: window.png, recall.gif, trace.csv")
    except (OSError, Refusal) as error:
        print(f"hopgui: {error}", file=sys.stderr)
        return 2
    return 0


def _recall(session: Session) -> tuple[Recording, Network]:
    network = Network(session.patterns, session.conventions)
    run = network.start(
        session.pad.ravel(),
        rng=rng_of(Draws.RECALL, session.seed),
        pinned=session.pinned.ravel(),
    )
    tape = Tape(1, session.seed, run.state, run.energy)
    while not run.settled:
        tape.append(run.advance(session.grid.units))
    return tape.recording(run.updates), network


def _tell(session: Session, recording: Recording, network: Network) -> None:
    end = recording.state_at(recording.updates).reshape(session.grid.shape)
    near = nearest_memory(network.overlaps(end.ravel()), session.grid.units)
    found = "a state close to no memory"
    if near.near and near.memory is not None:
        name = session.memories[near.memory].name
        found = f"memory {name}" if near.sign > 0 else f"the inverse of {name}"
    start, flips = recording.energy_start, recording.flip_units.size
    lines = (
        f"Four letters are stored: {', '.join(memory.name for memory in session.memories)}.",
        "Before and after the recall:",
        "",
        *_side_by_side(session.pad, end),
        "",
        f"Settled in {found} after {recording.updates} updates ({flips} flips).",
        f"Energy from {start:.0f} to {recording.energy_at(recording.updates):.0f}.",
    )
    _say("\n".join(lines))


def _say(text: str) -> None:
    """Print; where whoever read along, `head` say, has seen enough, the files are made without.

    Raises
    ------
    Refusal
        If standard output takes nothing.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        sys.stdout = None  # on leaving, Python would try once more, and complain in many lines
        if not isinstance(error, BrokenPipeError):
            raise Refusal(
                QT_TRANSLATE_NOOP("Refusal", "standard output could not be written: {reason}."),
                reason=error.strerror,
            ) from error


def _side_by_side(before: Picture, after: Picture) -> list[str]:
    return [
        "".join(MARKS[int(unit)] for unit in left)
        + "    "
        + "".join(MARKS[int(unit)] for unit in right)
        for left, right in zip(before, after, strict=True)
    ]


def _write_film(path: Path, session: Session, recording: Recording) -> None:
    """Write the run as a film of pad and curve, in the window's colours."""
    from hopgui.ui.exports.making import look_of  # noqa: PLC0415
    from hopgui.ui.look.theme import LIGHT  # noqa: PLC0415

    words = "update {update} · {flips} flips · E = {energy}"
    shown = film.Film(recording, session.grid, film.Shape(), look_of(LIGHT), words)
    _write_last(path, film.gif(shown, provenance(session, recording)))


def _write_last(path: Path, steps: Iterator[Made]) -> None:
    """Write what the last of these steps has made."""
    *_, made = steps
    atomic.write(path, made.content or b"")


def _write_window(path: Path, session: Session) -> None:
    """Write a picture of the real window after the real recall, drawn off screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QSettings, qInstallMessageHandler  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from hopgui.app import Lab  # noqa: PLC0415
    from hopgui.session.frame import Phase  # noqa: PLC0415
    from hopgui.ui.parts.png import png  # noqa: PLC0415

    # Off screen there is no window manager, and Qt would say so for every window.
    qInstallMessageHandler(lambda *_message: None)
    app = QApplication.instance() or QApplication(["hopgui"])
    if not isinstance(app, QApplication):
        return
    # Preferences in a file of its own, gone afterwards: the picture shows the first start.
    kept = tempfile.TemporaryDirectory()
    settings = QSettings(str(Path(kept.name) / "demo.ini"), QSettings.Format.IniFormat)
    lab = Lab(app, session, settings)
    try:
        lab.window.resize(*WINDOW)
        lab.window.show()
        lab.player.set_speed(float("inf"))
        lab.desk.recall()
        deadline = time.monotonic() + PATIENCE
        while lab.player.frame.phase is not Phase.SETTLED and time.monotonic() < deadline:
            app.processEvents()
            time.sleep(0.01)
        atomic.write(path, png(lab.window.grab().toImage()))
    finally:
        lab.window.close()
        settings.sync()
        kept.cleanup()
