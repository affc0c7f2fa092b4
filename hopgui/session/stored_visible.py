"""The training of a fully visible machine in a session file, and back again."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.datasets import MOST_IN_ALL, Pictures
from hopgui.model.boltzmann.matching import (
    LARGEST_COUPLING,
    MOST_IN_CHAINS,
    Schedule,
    State,
    require_units,
)
from hopgui.model.boltzmann.visible import VisibleMachine, moments_of
from hopgui.refusal import Refusal
from hopgui.session.archive import Archive
from hopgui.session.fields import Fields, Unsound
from hopgui.session.session import LARGEST_SEED, Grid
from hopgui.session.stored_arrays import npy, read_array
from hopgui.session.stored_training import (
    MOST_COUNT,
    MOST_POINTS,
    is_sound,
    member,
    rng_of,
)
from hopgui.session.training import DataKind
from hopgui.session.visible_training import Match, Start, VisibleCourse, VisibleTraining

KIND = "visible"
_FLOAT, _UNITS = np.dtype("<f8"), np.dtype("|i1")
# Name of each array, what it is made of, and how many dimensions it has.
ARRAYS: dict[str, tuple[np.dtype[Any], int]] = {
    "pictures": (_UNITS, 2),
    "dreams": (_UNITS, 2),
    "couplings": (_FLOAT, 2),
    "bias": (_FLOAT, 1),
    "velocity": (_FLOAT, 2),
    "chains": (_UNITS, 2),
}


def write(training: VisibleTraining, folder: str) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return a training as plain values, and its arrays by name; these are to lie in `folder`."""
    state, course = training.state, training.course
    height, width = training.pictures.shape
    arrays: dict[str, NDArray[Any]] = {
        "pictures": training.pictures.units,
        "dreams": training.dreams,
        "couplings": state.machine.couplings,
        "bias": state.machine.bias,
        "velocity": state.velocity,
        "chains": state.chains,
    }
    row: dict[str, object] = {
        "kind": KIND,
        "data": course.data,
        "start": course.start,
        "temperature": course.temperature,
        "seed": course.seed,
        "schedule": asdict(course.schedule),
        "grid": {"width": width, "height": height},
        "step": state.step,
        "rng": state.rng,
        "curve": [asdict(point) for point in training.curve],
    }
    members = {
        member(folder, name): npy(array.astype(ARRAYS[name][0], copy=False))
        for name, array in arrays.items()
    }
    return row, members


def read(fields: Fields, archive: Archive, folder: str) -> VisibleTraining:
    """Return the training that these fields are, with the arrays of a folder.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be.
    """
    if fields.text("kind", len(KIND)) != KIND:
        raise Unsound(fields.where("kind"))
    inner = fields.inner("grid")
    try:
        grid = Grid(inner.whole("width", 0, 10**6), inner.whole("height", 0, 10**6))
        course = _course(fields)
        require_units(grid.units, course.schedule)
    except Refusal as refusal:
        raise Unsound(fields.part) from refusal
    most = {
        "pictures": MOST_IN_ALL,
        "dreams": MOST_IN_CHAINS,
        "couplings": grid.units**2,
        "bias": grid.units,
        "velocity": grid.units * (grid.units + 1),
        "chains": MOST_IN_CHAINS,
    }
    arrays = {
        name: read_array(archive, member(folder, name), kind, most[name], dimensions)
        for name, (kind, dimensions) in ARRAYS.items()
    }
    _check(arrays, grid.units, course.schedule, folder)
    machine = VisibleMachine(np.array(arrays["couplings"]), np.array(arrays["bias"]))
    return VisibleTraining(
        course,
        Pictures(arrays["pictures"], grid.shape),
        moments_of(arrays["pictures"]),
        State(
            machine,
            np.array(arrays["velocity"]),
            np.array(arrays["chains"]),
            fields.whole("step", 0, course.schedule.steps),
            rng_of(fields.inner("rng")),
        ),
        tuple(_point(row) for row in fields.rows("curve", MOST_POINTS)),
        arrays["dreams"],
    )


def _course(fields: Fields) -> VisibleCourse:
    inner = fields.inner("schedule")
    schedule = Schedule(
        inner.yes("exact"),
        inner.whole("steps", 1, MOST_COUNT),
        inner.number("rate", 0, 1e12),
        inner.number("last_rate", 0, 1e12),
        inner.number("momentum", 0, 1),
        inner.whole("chains", 1, MOST_COUNT),
    )
    return VisibleCourse(
        fields.choice("data", DataKind),
        fields.choice("start", Start),
        fields.number("temperature", 0, 1e12),
        schedule,
        fields.whole("seed", 0, LARGEST_SEED),
    )


def _check(arrays: dict[str, NDArray[Any]], units: int, schedule: Schedule, folder: str) -> None:
    """Refuse arrays that no training could have."""
    count = len(arrays["pictures"])
    sides = {
        "pictures": (count, units),
        "couplings": (units, units),
        "bias": (units,),
        "velocity": (units, units + 1),
        "chains": (0 if schedule.exact else schedule.chains, units),
    }
    if arrays["dreams"].size:
        sides["dreams"] = (len(arrays["dreams"]), units)
    for name, shape in sides.items():
        if arrays[name].shape != shape or not is_sound(arrays[name]):
            raise Unsound(member(folder, name))
    couplings = arrays["couplings"]
    if not np.array_equal(couplings, couplings.T) or couplings.diagonal().any():
        raise Unsound(member(folder, "couplings"))
    for name in ("couplings", "bias"):
        if np.abs(arrays[name]).max() > LARGEST_COUPLING:
            raise Unsound(member(folder, name))
    if count < 2:
        raise Unsound(member(folder, "pictures"))


def _point(row: Fields) -> Match:
    nothing = row.is_nothing("log_likelihood")
    return Match(
        row.whole("step", 0, MOST_COUNT),
        row.number("mismatch", 0),
        None if nothing else row.number("log_likelihood"),
    )
