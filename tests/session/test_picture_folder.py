"""Memories as files: read back as they were, under names that every system takes."""

import os
import re

import numpy as np
import pytest
from PIL import Image

from hopgui.refusal import Refusal
from hopgui.session import edits, library, pbm
from hopgui.session.cues import read_patterns
from hopgui.session.picture_folder import Kind, file_names, safe_name, write_memories
from hopgui.session.provenance import provenance
from hopgui.session.session import Grid, blank_session


def written(folder, session, kind):
    steps = list(write_memories(folder, session.memories, kind, provenance(session)))
    count = len(session.memories)
    assert [(step.done, step.total) for step in steps] == [(n, count) for n in range(count + 1)]


@pytest.mark.parametrize("kind", Kind)
def test_memories_come_back_with_names_and_order(tmp_path, kind):
    session = library.first_session()
    written(tmp_path / "new" / "folder", session, kind)
    back = read_patterns(tmp_path / "new" / "folder")
    assert back.names == ("A", "C", "H", "Y")
    assert np.array_equal(back.units, session.patterns)


def test_each_file_says_where_it_comes_from(tmp_path):
    session = library.first_session()
    notes = provenance(session).notes
    written(tmp_path, session, Kind.PNG)
    with Image.open(tmp_path / "01-A.png") as image:
        assert {name: image.info[name] for name, _ in notes} == dict(notes)
    written(tmp_path, session, Kind.PBM)
    said = " ".join(re.findall(r"(?m)^# (.*)$", (tmp_path / "01-A.pbm").read_text()))
    assert all(f"{name}: {value}" in said for name, value in notes)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("A", "A"),
        ("../../etc/passwd", "etc_passwd"),
        ("a/b\\c:d", "a_b_c_d"),
        ("…", "memory"),
        ("", "memory"),
        ("nul", "memory"),
        ("Ünï 漢", "Ünï 漢"),
        ("x" * 300, "x" * 60),
        (" .hidden. ", "hidden"),
    ],
)
def test_any_name_becomes_one_for_a_file(name, safe):
    assert safe_name(name) == safe


def test_numbers_keep_the_order_of_many():
    session = blank_session(Grid(2, 2))
    session = edits.store_all(session, [("x", session.pad)] * 120)
    names = file_names(session.memories, Kind.PBM)
    assert names == sorted(names)
    assert len(set(names)) == 120


def test_a_folder_that_cannot_be_is_refused_in_a_sentence(tmp_path):
    session = library.first_session()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match=r"The folder file could not be made: .+\."):
        written(tmp_path / "file", session, Kind.PBM)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_may_not_be_written_to_is_refused(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(Refusal, match="could not be written"):
            written(tmp_path, library.first_session(), Kind.PBM)
    finally:
        tmp_path.chmod(0o700)


def test_giving_up_leaves_whole_files_alone(tmp_path):
    session = library.first_session()
    steps = write_memories(tmp_path, session.memories, Kind.PBM, provenance(session))
    next(steps)
    next(steps)
    steps.close()
    assert [file.name for file in tmp_path.iterdir()] == ["01-A.pbm"]
    assert np.array_equal(pbm.read(tmp_path / "01-A.pbm"), session.memories[0].picture)
