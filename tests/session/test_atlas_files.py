"""An atlas in a folder is what was found, and says where it comes from."""

import csv

import numpy as np
import pytest

from hopgui.model.census import census
from hopgui.model.conventions import TEXTBOOK
from hopgui.model.network import Network
from hopgui.model.patterns import random_pattern
from hopgui.model.starts import Starts
from hopgui.refusal import Refusal
from hopgui.session import edits, pbm
from hopgui.session.atlas_files import TABLE, write_atlas
from hopgui.session.session import Grid, blank_session

GRID = Grid(8, 6)


@pytest.fixture
def session():
    rng = np.random.default_rng(5)
    pictures = [(name, random_pattern(GRID.shape, rng)) for name in "AB"]
    return edits.store_all(blank_session(GRID), pictures)


@pytest.fixture
def found(session):
    network = Network(session.patterns, TEXTBOOK)
    *_, last = census(network, Starts(), 200, rng=np.random.default_rng(1))
    return last


def names_of(found):
    return [f"state {place} / +" for place in range(len(found.attractors))]


def table(folder):
    lines = (folder / TABLE).read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    return comments, list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("counted", [True, False])
def test_every_attractor_has_its_picture_and_its_row(tmp_path, session, found, counted):
    hits = found.hits if counted else None
    *_, last = write_atlas(tmp_path / "a", session, found.attractors, hits, names_of(found))
    assert last.done == last.total == len(found.attractors)
    comments, rows = table(tmp_path / "a")
    assert any("seed" in line.lower() for line in comments)
    assert len(rows) == len(found.attractors)
    for row, attractor, count in zip(rows, found.attractors, found.hits, strict=True):
        picture = pbm.read(tmp_path / "a" / row["file"])
        assert np.array_equal(picture.ravel(), attractor.state)
        assert float(row["energy"]) == attractor.energy
        assert row["kind"] == attractor.verdict.kind
        assert row["hits"] == (str(count) if counted else "")
        assert row["local_minimum"] == ("yes" if attractor.minimum else "no")


def test_a_folder_that_cannot_be_made_is_told(tmp_path, session, found):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="file"):
        list(write_atlas(tmp_path / "file", session, found.attractors, None, names_of(found)))
