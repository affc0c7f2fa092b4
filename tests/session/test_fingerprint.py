"""A document's hash: the same for the same, another for every difference, and known for one."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest

from hopgui.model.choices import Dynamics, Energy, EnergyKind, Rule, RuleKind, Trouble, Update
from hopgui.model.conventions import TEXTBOOK
from hopgui.session import edits, library
from hopgui.session.fingerprint import canonical, session_hash
from hopgui.session.session import Damage, Grid, blank_session, frozen, with_pad


def a_session():
    return library.first_session()


OTHERS = {
    "pad": edits.invert,
    "pinned": lambda s: replace(s, pinned=frozen(~s.pinned)),
    "order": lambda s: edits.move(s, 0, 1),
    "name": lambda s: edits.rename(s, 0, "a"),
    "weight": lambda s: edits.weigh(s, [0], 1),
    "a memory less": lambda s: edits.delete(s, [3]),
    "conventions": lambda s: replace(s, conventions=TEXTBOOK),
    "rule": lambda s: replace(s, rule=Rule(RuleKind.STORKEY)),
    "margin": lambda s: replace(s, rule=Rule(margin=0.1)),
    "energy": lambda s: replace(s, energy=Energy(EnergyKind.EXPONENTIAL)),
    "updates": lambda s: replace(s, dynamics=Dynamics(Update.RASTER)),
    "temperature": lambda s: replace(s, dynamics=Dynamics(temperature=np.nextafter(0, 1).item())),
    "trouble": lambda s: replace(s, trouble=Trouble(one_way=True)),
    "seed": lambda s: replace(s, seed=s.seed + 1),
    "damage": lambda s: replace(s, damage=Damage(s.damage.percent, s.damage.seed + 1)),
    "title": lambda s: replace(s, title="letters"),
    "grid": lambda s: blank_session(Grid(5, 20), title=s.title),
}


def test_the_same_document_made_twice_has_the_same_hash():
    one, other = a_session(), a_session()
    assert one is not other
    assert session_hash(one) == session_hash(other)


@pytest.mark.parametrize("difference", OTHERS)
def test_any_difference_gives_another_hash(difference):
    session = a_session()
    assert session_hash(OTHERS[difference](session)) != session_hash(session)


def test_no_two_of_the_others_are_taken_for_each_other():
    hashes = {session_hash(change(a_session())) for change in OTHERS.values()}
    assert len(hashes) == len(OTHERS)


def test_shape_counts_where_the_bytes_are_the_same():
    wide, high = blank_session(Grid(4, 2)), blank_session(Grid(2, 4))
    assert wide.pad.tobytes() == high.pad.tobytes()
    assert session_hash(wide) != session_hash(high)


def test_what_is_no_difference_makes_none():
    session = a_session()
    copy = with_pad(session, np.asfortranarray(session.pad))
    assert session_hash(copy) == session_hash(session)


def test_a_small_document_has_the_hash_that_one_works_out_by_hand():
    """The serialisation is a promise to files made earlier: written out here once more."""
    session = blank_session(Grid(3, 2), title="é")
    by_hand = {
        "hopgui": 1,
        "session": {
            "conventions": {
                "half": False,
                "scale": "memories",
                "self_connections": True,
                "ties": "minus",
            },
            "damage": {"percent": 20, "seed": 1},
            "dynamics": {
                "cooling": "0x1.0000000000000p+0",
                "temperature": "0x0.0p+0",
                "update": "async",
            },
            "energy": {"kind": "quadratic", "order": 3},
            "grid": {"height": 2, "width": 3},
            "kept": [],
            "memories": [],
            "pad": ["|i1", [2, 3], "ffffffffffff"],
            "pinned": ["|b1", [2, 3], "000000000000"],
            "rule": {
                "dreams": 100,
                "kind": "hebb",
                "margin": "0x0.0p+0",
                "one_way": False,
                "strength": (0.01).hex(),
            },
            "runs": [],
            "seed": 1,
            "title": "é",
            "training": None,
            "trouble": {"negative_own": False, "one_way": False},
            "unlearnt": [],
        },
    }
    assert json.loads(canonical(session)) == by_hand
    text = json.dumps(by_hand, sort_keys=True, separators=(",", ":"))
    assert session_hash(session) == hashlib.sha256(text.encode()).hexdigest()
