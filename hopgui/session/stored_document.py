"""The document as fields of a session file, and back again."""

from dataclasses import asdict

import numpy as np

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import Conventions, Scale, Ties
from hopgui.model.dense import LARGEST_ORDER
from hopgui.session.edits import LONGEST_NAME
from hopgui.session.fields import Fields, Unsound
from hopgui.session.session import (
    LARGEST_SEED,
    LARGEST_SIDE,
    LARGEST_WEIGHT,
    MOST_MEMORIES,
    MOST_UNLEARNT,
    SMALLEST_SIDE,
    Damage,
    Grid,
    Mask,
    Memory,
    Picture,
    Session,
    frozen,
)
from hopgui.session.stored_pictures import PicturesIn, PicturesOut

LONGEST_TITLE = 200
LARGEST_COLOUR = MOST_MEMORIES
LARGEST_NUMBER = 1e12
MOST_DREAMS = 1_000_000


def write(session: Session, pictures: PicturesOut, folder: str = "") -> dict[str, object]:
    """Return a document as plain values; its pictures go to `pictures`.

    Parameters
    ----------
    session
        The document.
    pictures
        Takes the pictures, and says what each is called.
    folder
        Where in the file its pictures go, if it is a run's; only those not there already do.
    """

    def add(picture: Picture, name: str) -> str:
        return pictures.add(picture, f"{folder}{name}", once=bool(folder))

    return {
        "title": session.title[:LONGEST_TITLE],
        "grid": asdict(session.grid),
        "pad": add(session.pad, "pad.pbm"),
        "pinned": add(_units(session.pinned), "pinned.pbm"),
        "memories": [
            {
                "name": memory.name,
                "picture": add(memory.picture, f"memories/{place:04}.pbm"),
                "colour": memory.colour,
                "weight": memory.weight,
            }
            for place, memory in enumerate(session.memories, 1)
        ],
        "conventions": asdict(session.conventions),
        "rule": asdict(session.rule),
        "energy": asdict(session.energy),
        "dynamics": asdict(session.dynamics),
        "trouble": asdict(session.trouble),
        "seed": session.seed,
        "unlearnt": [
            {"picture": add(picture, f"unlearnt/{place:04}.pbm")}
            for place, picture in enumerate(session.unlearnt, 1)
        ],
        "damage": {"percent": session.damage.percent, "seed": session.damage.seed},
    }


def read(fields: Fields, pictures: PicturesIn) -> Session:
    """Return the document that these fields are.

    Raises
    ------
    Unsound
        Naming what is missing or is not what it should be.
    """
    grid = _grid(fields.inner("grid"))

    def picture(within: Fields, name: str) -> Picture:
        return pictures.get(within.text(name, 200), grid)

    return Session(
        grid=grid,
        pad=picture(fields, "pad"),
        pinned=_mask(picture(fields, "pinned")),
        memories=tuple(
            Memory(
                row.text("name", LONGEST_NAME),
                picture(row, "picture"),
                row.whole("colour", 0, LARGEST_COLOUR),
                row.whole("weight", 0, LARGEST_WEIGHT),
            )
            for row in fields.rows("memories", MOST_MEMORIES)
        ),
        conventions=_conventions(fields.inner("conventions")),
        rule=_rule(fields.inner("rule")),
        energy=_energy(fields.inner("energy")),
        dynamics=_dynamics(fields.inner("dynamics")),
        trouble=_trouble(fields.inner("trouble")),
        seed=fields.whole("seed", 0, LARGEST_SEED),
        damage=_damage(fields.inner("damage")),
        title=fields.text("title", LONGEST_TITLE),
        unlearnt=tuple(picture(row, "picture") for row in fields.rows("unlearnt", MOST_UNLEARNT))
        if "unlearnt" in fields
        else (),
    )


def _units(mask: Mask) -> Picture:
    return np.where(mask, np.int8(1), np.int8(-1))


def _mask(units: Picture) -> Mask:
    return frozen(units > 0)


def _grid(fields: Fields) -> Grid:
    width, height = (
        fields.whole(side, SMALLEST_SIDE, LARGEST_SIDE) for side in ("width", "height")
    )
    return Grid(width, height)


def _conventions(fields: Fields) -> Conventions:
    return Conventions(
        fields.choice("scale", Scale),
        fields.yes("self_connections"),
        fields.yes("half"),
        fields.choice("ties", Ties),
    )


def _rule(fields: Fields) -> Rule:
    return Rule(
        fields.choice("kind", RuleKind),
        fields.number("margin", 0, LARGEST_NUMBER),
        fields.yes("one_way"),
        fields.whole("dreams", 0, MOST_DREAMS),
        fields.number("strength", 0, LARGEST_NUMBER),
    )


def _energy(fields: Fields) -> Energy:
    return Energy(fields.choice("kind", EnergyKind), fields.whole("order", 2, LARGEST_ORDER))


def _dynamics(fields: Fields) -> Dynamics:
    dynamics = Dynamics(
        fields.choice("update", Update),
        fields.number("temperature", 0, LARGEST_NUMBER),
        fields.number("cooling", 0, 1),
    )
    if dynamics.cooling <= 0:
        raise Unsound(fields.where("cooling"))
    return dynamics


def _trouble(fields: Fields) -> Trouble:
    return Trouble(fields.yes("negative_own"), fields.yes("one_way"))


def _damage(fields: Fields) -> Damage:
    return Damage(fields.whole("percent", 0, 100), fields.whole("seed", 0, LARGEST_SEED))
