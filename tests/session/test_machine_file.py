"""Files of machines: read as written, and refused in one sentence when they lie."""

import io
import json
import zipfile

import numpy as np
import pytest
import rbm_reference as reference
from kinds import small_memory
from visible_reference import machine_of

from hopgui.refusal import Refusal
from hopgui.session import machine_file
from hopgui.session.machine_file import KeptMachine

KEPT = KeptMachine(reference.machine_of(6, 4), (2, 3), {"method": "pt", "log_likelihood": None})
PARTS = ("weights", "visible_bias", "hidden_bias")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "m.hop"


def members_of(kept=KEPT) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(machine_file.as_bytes(kept))) as file:
        return {name: file.read(name) for name in file.namelist()}


def written(path, members, compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def with_facts(**changed) -> dict[str, bytes]:
    members = members_of()
    facts = json.loads(members["machine.json"]) | changed
    return members | {"machine.json": json.dumps(facts).encode()}


def npy(array, **more) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, **more)
    return buffer.getvalue()


def test_a_machine_comes_back_to_the_last_bit(file):
    machine_file.write(file, KEPT)
    back = machine_file.read(file)
    assert (back.shape, back.about) == (KEPT.shape, KEPT.about)
    for part in PARTS:
        np.testing.assert_array_equal(getattr(back.machine, part), getattr(KEPT.machine, part))


def test_the_same_machine_is_the_same_file():
    assert machine_file.as_bytes(KEPT) == machine_file.as_bytes(KEPT)


def test_it_is_a_zip_of_plain_things(file):
    machine_file.write(file, KEPT)
    with zipfile.ZipFile(file) as opened:
        assert opened.namelist() == ["machine.json", *(f"{part}.npy" for part in PARTS)]
        facts = json.loads(opened.read("machine.json"))
    assert facts["schema"] == 1
    with np.load(file, allow_pickle=False) as arrays:
        np.testing.assert_array_equal(arrays["weights"], KEPT.machine.weights)


def test_what_others_compress_is_read_as_well(file):
    assert machine_file.read(written(file, members_of(), zipfile.ZIP_DEFLATED)).shape == (2, 3)


def test_a_size_that_is_not_the_machines_is_a_mistake():
    with pytest.raises(ValueError, match="no picture of 3 × 3"):
        machine_file.as_bytes(KeptMachine(KEPT.machine, (3, 3)))


DAMAGED = "m.hop is damaged, or no machine of HopGUI."


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"machine.json": b"{}"},
        {"machine.json": b"[" * 60_000},
        {"machine.json": b'{"format": "hopgui-machine", "schema": NaN}'},
        members_of() | {"machine.json": b" " * 70_000},
        members_of() | {"machine.json": b"\xff\xfe"},
        {name: content for name, content in members_of().items() if "hidden" not in name},
        with_facts(width=0),
        with_facts(width=-3, height=-2),
        with_facts(width=2.0),
        with_facts(height=True),
        with_facts(hidden="4"),
        with_facts(width=4),
        with_facts(width=10**400),
        with_facts(hidden=5),
        with_facts(format="zip"),
        with_facts(about=[1]),
        members_of() | {"weights.npy": b"no array"},
        members_of() | {"weights.npy": npy(np.zeros((6, 4), np.float32))},
        members_of() | {"weights.npy": npy(np.zeros((4, 6)))},
        members_of() | {"weights.npy": npy(np.zeros((4, 6)).T)},
        members_of() | {"weights.npy": npy(np.zeros((6, 4)))[:-8]},
        members_of() | {"weights.npy": npy(np.zeros((6, 4))) + b"more"},
        members_of() | {"weights.npy": npy(np.full((6, 4), None), allow_pickle=True)},
    ],
)
def test_what_is_damaged_is_refused_in_one_sentence(file, members):
    with pytest.raises(Refusal) as refused:
        machine_file.read(written(file, members))
    assert str(refused.value) == DAMAGED


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"P1 2 2 1 0 0 1", b"\x00" * 1000])
def test_what_is_no_zip_is_refused(file, content):
    file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        machine_file.read(file)
    assert str(refused.value) == DAMAGED


def test_every_cut_and_many_flipped_bits_are_refused_or_read(file):
    whole = machine_file.as_bytes(KEPT)
    for end in range(0, len(whole), 37):
        file.write_bytes(whole[:end])
        with pytest.raises(Refusal):
            machine_file.read(file)
    rng = np.random.default_rng(1)
    for place in rng.integers(0, len(whole), 150).tolist():
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << int(rng.integers(0, 8))
        file.write_bytes(bytes(spoilt))
        try:
            machine_file.read(file)
        except Refusal:
            continue


@pytest.mark.parametrize(
    "claims",
    [
        {"width": 10**6, "height": 10**6},
        {"width": 8192, "height": 8192, "hidden": 10},
        {"hidden": 10**12},
    ],
)
def test_huge_claims_are_refused_before_memory_is_taken(file, claims):
    written(file, with_facts(**claims))
    with small_memory(), pytest.raises(Refusal, match="more than fits into memory"):
        machine_file.read(file)


def test_a_bomb_is_refused_before_it_is_unfolded(file):
    bomb = members_of() | {"weights.npy": bytes(50_000_000)}
    written(file, bomb, zipfile.ZIP_DEFLATED)
    assert file.stat().st_size < 100_000
    with small_memory(), pytest.raises(Refusal, match="damaged"):
        machine_file.read(file)


@pytest.mark.parametrize("part", PARTS)
def test_numbers_that_no_training_reaches_are_refused(file, part):
    array = getattr(KEPT.machine, part).copy()
    array.flat[-1] = -1e300
    with pytest.raises(Refusal, match=r"m\.hop is damaged"):
        machine_file.read(written(file, members_of() | {f"{part}.npy": npy(array)}))


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(file, number):
    weights = np.zeros((6, 4))
    weights[3, 1] = number
    written(file, members_of() | {"weights.npy": npy(weights)})
    with pytest.raises(Refusal, match=r"m\.hop holds a number that is not finite"):
        machine_file.read(file)


def test_a_newer_file_is_said_to_be_newer(file):
    with pytest.raises(Refusal, match="newer version"):
        machine_file.read(written(file, with_facts(schema=3)))


def test_no_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(Refusal, match="could not be read: No such file"):
        machine_file.read(tmp_path / "none.hop")
    with pytest.raises(Refusal, match="is not a file"):
        machine_file.read(tmp_path)


def test_a_write_that_fails_leaves_the_old_file(file, monkeypatch):
    machine_file.write(file, KEPT)
    before = file.read_bytes()
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "no room")))
    with pytest.raises(Refusal, match="no room"):
        machine_file.write(file, KeptMachine(reference.machine_of(4, 2), (2, 2)))
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


# A fully visible machine

SEEN = KeptMachine(machine_of(6), (2, 3), {"start": "nothing"})


def seen_with(**changed) -> dict[str, bytes]:
    members = members_of(SEEN)
    facts = json.loads(members["machine.json"]) | changed
    return members | {"machine.json": json.dumps(facts).encode()}


def test_a_visible_machine_comes_back_to_the_last_bit(file):
    machine_file.write(file, SEEN)
    back = machine_file.read(file)
    assert (back.shape, back.about) == (SEEN.shape, SEEN.about)
    np.testing.assert_array_equal(back.machine.couplings, SEEN.machine.couplings)
    np.testing.assert_array_equal(back.machine.bias, SEEN.machine.bias)
    assert machine_file.as_bytes(back) == machine_file.as_bytes(SEEN)


@pytest.mark.parametrize(
    "members",
    [
        seen_with(kind="magic"),
        seen_with(kind=3),
        seen_with(width=4),
        seen_with(height=0),
        members_of(SEEN) | {"couplings.npy": npy(np.ones((6, 6)))},
        members_of(SEEN) | {"couplings.npy": npy(np.triu(np.ones((6, 6)), 1))},
        members_of(SEEN) | {"couplings.npy": npy(np.zeros((5, 5)))},
        members_of(SEEN) | {"bias.npy": npy(np.full(6, 1e5))},
        members_of(SEEN) | {"bias.npy": npy(np.zeros(6, np.float32))},
        {name: content for name, content in members_of(SEEN).items() if "bias" not in name},
    ],
)
def test_a_visible_machine_that_is_damaged_is_refused(file, members):
    with pytest.raises(Refusal) as refused:
        machine_file.read(written(file, members))
    assert str(refused.value) == DAMAGED


def test_a_visible_machine_beyond_all_is_refused_before_it_is_read(file):
    with small_memory(), pytest.raises(Refusal, match="at most"):
        machine_file.read(written(file, seen_with(width=4000, height=4000)))
    members = members_of(SEEN) | {"bias.npy": npy(np.full(6, np.nan))}
    with pytest.raises(Refusal, match="not finite"):
        machine_file.read(written(file, members))
