"""Kept runs as fields and arrays of a session file, and back again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from hopgui.model.choices import EnergyKind
from hopgui.refusal import Refusal
from hopgui.session import stored_document
from hopgui.session.any_training import AnyTraining
from hopgui.session.archive import Archive
from hopgui.session.edits import LONGEST_NAME
from hopgui.session.fields import Fields, Unsound
from hopgui.session.past_run import MOST_FLIPS, PastRun, require_room
from hopgui.session.recording import Recording, key_frames
from hopgui.session.session import LARGEST_SEED, Session
from hopgui.session.stored_arrays import npy, read_array
from hopgui.session.stored_machines import MachinesOut
from hopgui.session.stored_pictures import PicturesIn, PicturesOut
from hopgui.session.tape import NO_UNIT

# Name of each array of a recording, and of what it is made.
ARRAYS: dict[str, np.dtype[Any]] = {
    "flip_updates": np.dtype("<i8"),
    "flip_units": np.dtype("<i4"),
    "flip_energies": np.dtype("<f8"),
    "by_hand": np.dtype("|b1"),
}
MOST_UPDATES = 2**53


def write(
    runs: Sequence[PastRun], pictures: PicturesOut, machines: MachinesOut
) -> tuple[list[dict[str, object]], dict[str, bytes]]:
    """Return the runs as plain values, and their arrays by name.

    Pictures go to `pictures`, and what they need of machines to `machines`.
    """
    rows: list[dict[str, object]] = []
    arrays = {}
    for place, run in enumerate(runs, 1):
        folder = f"runs/{place:02}/"
        recording = run.recording
        start = recording.start.reshape(run.session.grid.shape)
        rows.append(
            {
                "name": run.name,
                "document": stored_document.write(run.session, pictures, folder),
                "seed": recording.seed,
                "start": pictures.add(start, f"{folder}start.pbm", once=True),
                "first_update": recording.first_update,
                "energy_start": recording.energy_start,
                "updates": recording.updates,
                "forgotten": recording.forgotten,
                "forgotten_by_hand": recording.forgotten_by_hand,
                "settled": run.settled,
                "driven": run.driven,
                "flips": folder,
            }
        )
        training = run.session.training
        if training is not None and has_machine(run):
            rows[-1]["machine"] = machines.place(training)
        for name, kind in ARRAYS.items():
            arrays[f"{folder}{name}.npy"] = npy(getattr(recording, name).astype(kind, copy=False))
    return rows, arrays


def has_machine(run: PastRun) -> bool:
    """Say whether a run needs a machine to be made again, and has it."""
    machine = run.session.energy.kind is EnergyKind.BOLTZMANN
    return machine and run.session.training is not None


def read(
    rows: Sequence[Fields],
    archive: Archive,
    pictures: PicturesIn,
    machines: Sequence[AnyTraining | None],
) -> tuple[PastRun, ...]:
    """Return the runs that these fields are.

    Parameters
    ----------
    rows
        The fields, those of a run each.
    archive, pictures
        Where their arrays and their pictures are.
    machines
        The trainings of the file, the document's own first.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be, or if there are more than a document
        may keep.
    """
    runs: list[PastRun] = []
    for number, fields in enumerate(rows, 1):
        run = _run(fields, number, archive, pictures)
        if "machine" in fields:
            run = replace(run, session=_with_machine(run.session, fields, machines))
        runs.append(run)
        try:
            require_room(runs)
        except Refusal as refusal:
            raise Unsound(fields.part) from refusal
    return tuple(runs)


def _with_machine(
    session: Session, fields: Fields, machines: Sequence[AnyTraining | None]
) -> Session:
    training = machines[fields.whole("machine", 0, len(machines) - 1)]
    if training is None or training.pictures.shape != session.grid.shape:
        raise Unsound(fields.where("machine"))
    return replace(session, training=training)


def _run(fields: Fields, number: int, archive: Archive, pictures: PicturesIn) -> PastRun:
    session = stored_document.read(fields.inner("document"), pictures)
    folder = fields.text("flips", 100)
    arrays = {
        name: read_array(archive, f"{folder}{name}.npy", ARRAYS[name], MOST_FLIPS)
        for name in ARRAYS
    }
    updates = fields.whole("updates", 0, MOST_UPDATES)
    start = pictures.get(fields.text("start", 200), session.grid).ravel()
    recording = Recording(
        # A number of its own: no other run of a window has one below 0.
        run=-number,
        seed=fields.whole("seed", 0, 2 * LARGEST_SEED),
        start=start,
        energy_start=fields.number("energy_start"),
        updates=updates,
        flip_updates=arrays["flip_updates"],
        flip_units=arrays["flip_units"],
        flip_energies=arrays["flip_energies"],
        by_hand=arrays["by_hand"],
        forgotten=fields.whole("forgotten", 0, MOST_UPDATES),
        forgotten_by_hand=fields.whole("forgotten_by_hand", 0, MOST_UPDATES),
        first_update=fields.whole("first_update", 0, updates),
    )
    _check(recording, folder)
    return PastRun(
        fields.text("name", LONGEST_NAME),
        session,
        replace(recording, keys=key_frames(start, recording.flip_units)),
        fields.yes("settled"),
        fields.yes("driven"),
    )


def _check(recording: Recording, folder: str) -> None:
    """Refuse flips that no run could have made."""
    moments, units = recording.flip_updates, recording.flip_units
    if len({getattr(recording, name).size for name in ARRAYS}) > 1:
        raise Unsound(folder)
    if not np.isfinite(recording.flip_energies).all():
        raise Unsound(folder + "flip_energies.npy")
    if not units.size:
        return
    if units.min() < NO_UNIT or units.max() >= recording.start.size:
        raise Unsound(folder + "flip_units.npy")
    within = recording.first_update <= moments[0] and moments[-1] <= recording.updates
    if not within or (np.diff(moments) < 0).any():
        raise Unsound(folder + "flip_updates.npy")
