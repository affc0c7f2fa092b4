"""The training of a Boltzmann machine as fields and arrays of a session file, and back again."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hopgui.model.boltzmann.datasets import MOST_IN_ALL, Pictures
from hopgui.model.boltzmann.measures import Measures
from hopgui.model.boltzmann.settings import Method, Settings
from hopgui.model.boltzmann.state import State, state_from
from hopgui.model.boltzmann.training import LARGEST_WEIGHT
from hopgui.refusal import Refusal
from hopgui.session.archive import Archive
from hopgui.session.fields import Fields, Unsound
from hopgui.session.session import LARGEST_SEED, Grid
from hopgui.session.stored_arrays import npy, read_array
from hopgui.session.training import Course, DataKind, Estimated, Training

MOST_NUMBERS = 8_000_000  # of an array of decimals: 64 MB
MOST_IN_CHAINS = 100_000_000  # units: what fits into memory has fewer
MOST_COUNT = 2**53
MOST_POINTS = 100_000
_FLOAT, _WHOLE = np.dtype("<f8"), np.dtype("<i8")
_UNITS, _BITS = np.dtype("|i1"), np.dtype("|u1")
# Name of each array, what it is made of, and how many dimensions it has.
ARRAYS: dict[str, tuple[np.dtype[Any], int]] = {
    "pictures": (_UNITS, 2),
    "held": (_UNITS, 2),
    "dreams": (_UNITS, 2),
    "weights": (_FLOAT, 2),
    "visible_bias": (_FLOAT, 1),
    "hidden_bias": (_FLOAT, 1),
    "velocity_weights": (_FLOAT, 2),
    "velocity_visible_bias": (_FLOAT, 1),
    "velocity_hidden_bias": (_FLOAT, 1),
    "hidden_offset": (_FLOAT, 1),
    "chains": (_BITS, 3),
    "order": (_WHOLE, 1),
}
_COUNTS = ("k", "epochs", "batch", "chains", "temperatures", "every")
_RATES = ("rate", "last_rate", "momentum", "decay")


def write(training: Training, folder: str) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return a training as plain values, and its arrays by name; these are to lie in `folder`."""
    state = training.state
    arrays = {
        "pictures": training.pictures.units,
        "held": training.held,
        "dreams": training.dreams,
        **state.arrays(),
    }
    course = training.course
    height, width = training.pictures.shape
    row: dict[str, object] = {
        "data": course.data,
        "hidden": course.hidden,
        "held_percent": course.held_percent,
        "seed": course.seed,
        "settings": asdict(course.settings),
        "grid": {"width": width, "height": height},
        "done": training.done,
        "total": training.total,
        "epoch": training.epoch,
        "step": state.step,
        "rng": state.rng,
        "curve": [asdict(point) for point in training.curve],
        "estimates": [asdict(point) for point in training.estimates],
    }
    members = {
        member(folder, name): npy(array.astype(ARRAYS[name][0], copy=False))
        for name, array in arrays.items()
    }
    return row, members


def read(fields: Fields, archive: Archive, folder: str) -> Training:
    """Return the training that these fields are, with the arrays of a folder.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be.
    """
    inner = fields.inner("grid")
    try:
        grid = Grid(inner.whole("width", 0, 10**6), inner.whole("height", 0, 10**6))
        course = _course(fields)
    except Refusal as refusal:
        raise Unsound(fields.part) from refusal
    most = _most(grid.units, course.hidden)
    if most["weights"] > MOST_NUMBERS:
        raise Unsound(fields.where("hidden"))
    arrays = {
        name: read_array(archive, member(folder, name), kind, most[name], dimensions)
        for name, (kind, dimensions) in ARRAYS.items()
    }
    _check(arrays, grid, course, fields, folder)
    total = fields.whole("total", 0, MOST_COUNT)
    return Training(
        course,
        Pictures(arrays["pictures"], grid.shape),
        arrays["held"],
        _state(arrays, fields),
        done=fields.whole("done", 0, total),
        total=total,
        epoch=fields.whole("epoch", 0, MOST_COUNT),
        curve=tuple(_point(row) for row in fields.rows("curve", MOST_POINTS)),
        estimates=tuple(
            Estimated(
                row.whole("epoch", 0, MOST_COUNT),
                row.number("log_likelihood"),
                row.number("error", 0),
            )
            for row in fields.rows("estimates", MOST_POINTS)
        ),
        dreams=arrays["dreams"],
    )


def member(folder: str, name: str) -> str:
    """Return the name in the file of one of a training's arrays."""
    return f"{folder}{name}.npy"


def _course(fields: Fields) -> Course:
    inner = fields.inner("settings")
    counts = {name: inner.whole(name, 1, MOST_COUNT) for name in _COUNTS}
    rates = {name: inner.number(name, 0, 1e12) for name in _RATES}
    settings = Settings(inner.choice("method", Method), **counts, **rates)  # type: ignore[arg-type]
    return Course(
        fields.choice("data", DataKind),
        fields.whole("hidden", 1, MOST_COUNT),
        settings,
        fields.whole("held_percent", 0, 100),
        fields.whole("seed", 0, LARGEST_SEED),
    )


def _most(visible: int, hidden: int) -> dict[str, int]:
    """Return how many numbers each array may have, so that no more is unpacked than is needed."""
    sizes = {"weights": visible * hidden, "visible_bias": visible, "hidden_bias": hidden}
    return {
        **sizes,
        **{f"velocity_{name}": size for name, size in sizes.items()},
        "hidden_offset": hidden,
        "pictures": MOST_IN_ALL,
        "held": MOST_IN_ALL,
        "order": MOST_IN_ALL // visible,
        "chains": MOST_IN_CHAINS,
        "dreams": MOST_IN_CHAINS,
    }


def _check(
    arrays: dict[str, NDArray[Any]], grid: Grid, course: Course, fields: Fields, folder: str
) -> None:
    """Refuse arrays that no training could have."""
    visible, hidden, count = grid.units, course.hidden, len(arrays["pictures"])
    sides = {
        "pictures": (count, visible),
        "held": (len(arrays["held"]), visible),
        "weights": (visible, hidden),
        "visible_bias": (visible,),
        "hidden_bias": (hidden,),
        "velocity_weights": (visible, hidden),
        "velocity_visible_bias": (visible,),
        "velocity_hidden_bias": (hidden,),
        "hidden_offset": (hidden,),
        "chains": (*arrays["chains"].shape[:2], visible),
        "order": (count,),
    }
    if arrays["dreams"].size:
        sides["dreams"] = (len(arrays["dreams"]), visible)
    for name, shape in sides.items():
        if arrays[name].shape != shape or not is_sound(arrays[name]):
            raise Unsound(member(folder, name))
    for name in ("weights", "visible_bias", "hidden_bias"):
        if np.abs(arrays[name]).max() > LARGEST_WEIGHT:
            raise Unsound(member(folder, name))
    if not np.array_equal(np.sort(arrays["order"]), np.arange(count)) or count < 2:
        raise Unsound(member(folder, "order"))
    settings = course.settings
    persistent = settings.method is not Method.CD
    temperatures = settings.temperatures if settings.method is Method.PT else 1
    expected = (temperatures, settings.chains) if persistent else None
    if expected is not None and arrays["chains"].shape[:2] != expected:
        raise Unsound(member(folder, "chains"))
    # Of a training that had only begun, older files say 1.
    if fields.whole("total", 0, MOST_COUNT) not in {1, settings.epochs * settings.batches(count)}:
        raise Unsound(fields.where("total"))


def is_sound(array: NDArray[Any]) -> bool:
    """Say whether an array's numbers are what its kind may hold: finite, ±1, or 0 and 1."""
    if array.dtype == _FLOAT:
        return bool(np.isfinite(array).all())
    if array.dtype == _UNITS:
        return bool((np.abs(array) == 1).all())
    return array.dtype != _BITS or bool((array <= 1).all())


def _state(arrays: dict[str, NDArray[Any]], fields: Fields) -> State:
    # Training changes its arrays in place: copies of one's own.
    own = {name: np.array(array) for name, array in arrays.items()}
    step = fields.whole("step", 0, MOST_COUNT)
    return state_from(own, step, rng_of(fields.inner("rng")))


def rng_of(fields: Fields) -> dict[str, Any]:
    """Return the state of numpy's PCG64.

    Raises
    ------
    Unsound
        If it is another generator's, or none's.
    """
    if fields.text("bit_generator", 20) != "PCG64":
        raise Unsound(fields.where("bit_generator"))
    inner = fields.inner("state")
    return {
        "bit_generator": "PCG64",
        "state": {name: inner.whole(name, 0, 2**128 - 1) for name in ("state", "inc")},
        "has_uint32": fields.whole("has_uint32", 0, 1),
        "uinteger": fields.whole("uinteger", 0, 2**32 - 1),
    }


def _point(row: Fields) -> Measures:
    def maybe(name: str) -> float | None:
        return None if row.is_nothing(name) else row.number(name)

    rates = None if row.is_nothing("exchange_rates") else tuple(row.numbers("exchange_rates", 100))
    return Measures(
        row.whole("epoch", 0, MOST_COUNT),
        row.number("reconstruction_error"),
        row.number("pseudo_likelihood"),
        row.number("free_energy"),
        maybe("free_energy_held"),
        maybe("log_likelihood"),
        rates,
    )
