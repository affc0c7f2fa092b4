"""Session files that are damaged, lie, or were written by something else: each is refused."""

import io
import json

import numpy as np
import pytest
from stored import put_together, taken_apart, with_kept, with_run

from hopgui.refusal import Refusal
from hopgui.session import archive, past_run, store
from hopgui.session.archive import pack
from hopgui.session.library import first_session
from hopgui.session.session import MOST_KEPT, Grid, blank_session


def refused(content):
    with pytest.raises(Refusal) as told:
        store.decode(content, "a.hopgui")
    assert "a.hopgui" in str(told.value)
    assert str(told.value).count(". ") == 0
    return str(told.value)


def test_a_newer_schema_is_refused_politely():
    whole, members = taken_apart(first_session())
    whole["schema"] = store.SCHEMA + 1
    whole["document"] = {"whatever": "it will be"}
    assert refused(put_together(whole, members)) == (
        "a.hopgui was written by a newer HopGUI (format 4; this one reads up to 3):"
        " a newer version opens it."
    )


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"x" * 5000])
def test_what_is_no_session_is_told(content):
    assert refused(content) == "a.hopgui is no HopGUI session, or it is damaged."


def test_another_archive_is_no_session():
    assert "no HopGUI session" in refused(pack({"document.xml": b"<text/>"}))
    assert "no HopGUI session" in refused(pack({"session.json": b'{"format": "other"}'}))


BAD = {
    "grid.width": (1, 257, -3, 2.5, "10", None, True, 10**30),
    "grid.height": (0, [], {}),
    "pad": ("gone.pbm", "../../etc/passwd", "/etc/passwd", 3, "", "session.json"),
    "pinned": ("memories/9999.pbm",),
    "memories": ({}, "A", [1], [None], [{"name": "A"}]),
    "seed": (-1, 2**31, 1.0, "7"),
    "title": (5, "x" * 201, "\ud800"),
    "conventions.scale": ("elephants", 3, []),
    "conventions.half": (1, "yes", None),
    "rule.kind": ("magic", {}),
    "rule.margin": (-1, "nan", 1e300, 10**400),
    "rule.dreams": (10**7, 1.5),
    "energy.order": (1, 41),
    "dynamics.temperature": (-0.1, True),
    "dynamics.cooling": (0, 1.1),
    "trouble.one_way": ("no",),
    "damage.percent": (101, -1),
}
CASES = [(place, value) for place, values in BAD.items() for value in values]


@pytest.mark.parametrize(("place", "value"), CASES)
def test_a_field_that_is_not_what_it_should_be_is_named(place, value):
    whole, members = taken_apart(first_session())
    *path, last = place.split(".")
    fields = whole["document"]
    for step in path:
        fields = fields[step]
    fields[last] = value
    told = refused(put_together(whole, members))
    assert "is damaged: “" in told


@pytest.mark.parametrize("place", [*BAD, "grid", "rule"])
def test_a_field_that_is_missing_is_named(place):
    whole, members = taken_apart(first_session())
    *path, last = place.split(".")
    fields = whole["document"]
    for step in path:
        fields = fields[step]
    del fields[last]
    assert f"“document.{place}”" in refused(put_together(whole, members))


KEPT_BAD = (
    {"a": 1},
    "kept",
    None,
    [None],
    [{"name": "a"}],
    [{"picture": "kept/0001.pbm"}],
    [{"name": 3, "picture": "kept/0001.pbm"}],
    [{"name": "x" * 81, "picture": "kept/0001.pbm"}],
    [{"name": "a", "picture": "gone.pbm"}],
    [{"name": "a", "picture": "../../etc/passwd"}],
    [{"name": "a", "picture": "session.json"}],
    [{"name": "a", "picture": "kept/0001.pbm"}] * (MOST_KEPT + 1),
)


@pytest.mark.parametrize("rows", KEPT_BAD, ids=range(len(KEPT_BAD)))
def test_kept_states_that_are_not_what_they_should_be_are_named(rows):
    whole, members = taken_apart(with_kept(first_session()))
    whole["kept"] = rows
    told = refused(put_together(whole, members))
    assert "is damaged: “" in told


@pytest.mark.parametrize(
    "content",
    [b"", b"P1\n9 9\n", b"P1\n11 10\n" + b"0" * 110, b"P4\n60000 60000\n", b"x" * 300_000],
)
def test_a_damaged_picture_of_a_kept_state_is_named(content):
    whole, members = taken_apart(with_kept(first_session()))
    members["kept/0001.pbm"] = content
    assert "“kept/0001.pbm”" in refused(put_together(whole, members))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_refused(constant):
    whole, members = taken_apart(first_session())
    whole["document"]["dynamics"]["temperature"] = 12345.5
    text = json.dumps(whole).replace("12345.5", constant).encode()
    refused(pack({**members, "session.json": text}))


@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe", b"", b"1" * 9999])
def test_json_that_is_deep_or_none_is_refused(text):
    _, members = taken_apart(first_session())
    refused(pack({**members, "session.json": text}))


def test_a_picture_of_another_size_than_the_grid_is_named():
    whole, members = taken_apart(first_session())
    members["memories/0002.pbm"] = b"P1\n3 2\n000000\n"
    assert "“memories/0002.pbm”" in refused(put_together(whole, members))


def run_members(**changed):
    whole, members = taken_apart(with_run(first_session()))
    whole["runs"][0] |= changed
    return whole, members


def npy(array, **options):
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("flip_units", np.array([100], np.int32)),
        ("flip_units", np.array([-2], np.int32)),
        ("flip_units", np.arange(5, dtype=np.int64)),
        ("flip_units", np.arange(4, dtype=np.int32).reshape(2, 2)),
        ("flip_energies", np.array([np.nan])),
        ("flip_energies", np.array([np.inf])),
        ("flip_updates", np.array([-1])),
        ("flip_updates", np.array([10**12])),
        ("by_hand", np.array([1], np.int8)),
    ],
)
def test_an_array_that_no_run_could_have_made_is_refused(name, array):
    whole, members = run_members()
    for each, kind in (
        ("flip_updates", np.int64),
        ("flip_units", np.int32),
        ("flip_energies", np.float64),
        ("by_hand", bool),
    ):
        members[f"runs/01/{each}.npy"] = npy(np.zeros(array.size, kind))
    members[f"runs/01/{name}.npy"] = npy(array)
    assert "“runs/01/" in refused(put_together(whole, members))


def test_flips_out_of_order_or_of_unequal_number_are_refused():
    whole, members = run_members()
    moments = np.load(io.BytesIO(members["runs/01/flip_updates.npy"]))
    shuffled = {**members, "runs/01/flip_updates.npy": npy(moments[::-1].copy())}
    assert "flip_updates" in refused(put_together(whole, shuffled))
    shorter = {**members, "runs/01/flip_updates.npy": npy(moments[:-1])}
    assert "“runs/01/”" in refused(put_together(whole, shorter))


def test_a_pickle_is_not_read():
    whole, members = run_members()
    members["runs/01/flip_units.npy"] = npy(np.array([{}], object), allow_pickle=True)
    assert "flip_units" in refused(put_together(whole, members))


def with_header(header):
    """An array file with this header, and two numbers."""
    text = header.encode()
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(16)


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<i8', 'fortran_order': False, 'shape': (999999999999,)}",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (2, 999999999)}",
        "{'descr': '<i8', 'fortran_order': False, 'shape': (True,)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<i8'}",
        "{'shape'",
        "(" * 900,
        "[" * 5000,
        "9" * 900,
        "",
        "\0\0\0",
        "{}",
    ],
)
def test_a_header_that_lies_is_refused_before_memory_is_taken(header):
    whole, members = run_members()
    members["runs/01/flip_updates.npy"] = with_header(header)
    assert "flip_updates" in refused(put_together(whole, members))


@pytest.mark.parametrize("flips", ["../runs/01/", "/etc/", 3, "x" * 101])
def test_a_folder_of_flips_elsewhere_is_refused(flips):
    whole, members = run_members(flips=flips)
    refused(put_together(whole, members))


def test_more_runs_than_a_document_may_keep_are_refused(monkeypatch):
    whole, members = run_members()
    whole["runs"] *= 65
    refused(put_together(whole, members))
    whole["runs"] = whole["runs"][:3]
    monkeypatch.setattr(past_run, "MOST_FLIPS", 50)
    refused(put_together(whole, members))


def test_a_damaged_byte_is_found():
    content = bytearray(store.encode(first_session()))
    place = content.index(b"session.json") + len(b"session.json") + 40
    content[place] ^= 0x55
    refused(bytes(content))


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    file = tmp_path / "a.hopgui"
    file.write_bytes(b"x" * 101)
    monkeypatch.setattr(store, "MOST_BYTES", 100)
    with pytest.raises(Refusal, match=r"a\.hopgui is too large"):
        store.read(file)


LIMITS = [
    (store, "MOST_BYTES"),
    (store, "MOST_DOCUMENT_BYTES"),
    (archive, "MOST_MEMBERS"),
    (archive, "MOST_DIRECTORY"),
    (archive, "MOST_EXPANDED"),
]


@pytest.mark.parametrize(("where", "limit"), LIMITS, ids=[limit for _, limit in LIMITS])
def test_what_could_not_be_opened_again_is_not_written(tmp_path, monkeypatch, where, limit):
    file = tmp_path / "a.hopgui"
    store.write(file, blank_session(Grid(2, 2)))
    before = file.read_bytes()
    monkeypatch.setattr(where, limit, 5)
    with pytest.raises(Refusal, match="too large for a file"):
        store.write(file, first_session())
    assert file.read_bytes() == before


def test_the_list_of_members_is_as_long_as_was_thought(monkeypatch):
    members = {"a": b"1", "memories/Ä.pbm": b"22"}
    size = int.from_bytes(pack(members)[-10:-6], "little")
    monkeypatch.setattr(archive, "MOST_DIRECTORY", size)
    assert archive.is_readable(members)
    monkeypatch.setattr(archive, "MOST_DIRECTORY", size - 1)
    assert not archive.is_readable(members)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(Refusal, match="is not a file"):
        store.read(tmp_path)
    with pytest.raises(Refusal, match=r"none\.hopgui could not be read: No such file"):
        store.read(tmp_path / "none.hopgui")
