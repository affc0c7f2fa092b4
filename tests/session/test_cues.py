"""Pictures for the commands: which files are read, in what order, and what they are called."""

import numpy as np
import pytest
from PIL import Image

from hopgui.refusal import Refusal
from hopgui.session import cues, pbm
from hopgui.session.atomic import growing

BAR = np.array([[1, -1, -1], [1, -1, 1]], np.int8)


def put(folder, *names):
    for name in names:
        pbm.write(folder / name, BAR)


def test_a_folder_is_read_in_natural_order(tmp_path):
    put(tmp_path, "x10.pbm", "x9.pbm", "X1.PBM", ".hidden.pbm", "notes.txt")
    (tmp_path / "README.md").write_text("no picture")
    Image.fromarray(np.where(BAR > 0, 0, 255).astype(np.uint8)).save(tmp_path / "x9b.png")
    found = cues.read_patterns(tmp_path)
    assert found.names == ("X1", "x9", "x9b", "x10")
    assert found.shape == (2, 3)
    assert found.units.dtype == np.int8
    assert found.units.tolist() == [BAR.ravel().tolist()] * 4


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["01-A.pbm", "02-C.pbm"], ["A", "C"]),
        (["1.pbm", "2.pbm"], ["1", "2"]),
        (["01-A.pbm", "02-A.pbm", "03-B.pbm"], ["01-A", "02-A", "B"]),
        (["A.pbm", "A.PBM"], ["A.PBM", "A.pbm"]),
        (["01-A.pbm", "02-A.pbm", "03-01-A.pbm"], ["01-A.pbm", "02-A", "03-01-A"]),
    ],
)
def test_names_are_short_and_no_two_alike(tmp_path, files, names):
    put(tmp_path, *files)
    assert list(cues.read_patterns(tmp_path).names) == names


def test_a_name_of_any_bytes_can_be_printed(tmp_path):
    put(tmp_path, b"\xff.pbm".decode("utf-8", "surrogateescape"))
    (name,) = cues.read_patterns(tmp_path).names
    assert name.encode("utf-8") == b"\\xff"


@pytest.mark.parametrize(
    ("mode", "dark", "light"),
    [
        ("L", 200, 201),
        ("L", 3, 4),
        ("RGB", (10, 20, 200), (250, 250, 90)),
        ("1", 0, 1),
        ("P", 0, 1),
    ],
)
def test_a_png_of_two_colours_is_taken_exactly(tmp_path, mode, dark, light):
    image = Image.new(mode, (40, 30), light)
    if mode == "P":
        image.putpalette([90, 90, 90, 140, 140, 140])
    units = np.random.default_rng(1).random((30, 40)) < 0.1
    for y, x in np.argwhere(units):
        image.putpixel((int(x), int(y)), dark)
    image.save(tmp_path / "a.png")
    assert ((cues.read_picture(tmp_path / "a.png") > 0) == units).all()


def test_the_content_tells_the_kind_and_not_the_name(tmp_path):
    pbm.write(tmp_path / "a.png", BAR)
    assert cues.read_picture(tmp_path / "a.png").tolist() == BAR.tolist()


def test_a_png_may_be_larger_than_a_pad_but_not_without_end(tmp_path):
    Image.new("1", (700, 300)).save(tmp_path / "a.png")
    assert cues.read_picture(tmp_path / "a.png").shape == (300, 700)
    for size in ((9000, 2), (2100, 2100)):
        Image.new("1", size).save(tmp_path / "b.png")
        with pytest.raises(Refusal, match="4 million in all"):
            cues.read_picture(tmp_path / "b.png")


def test_too_many_pictures_are_refused_before_they_are_read(tmp_path, monkeypatch):
    put(tmp_path, "a.pbm", "b.pbm")
    (tmp_path / "c.pbm").write_bytes(b"broken")
    monkeypatch.setattr(cues, "MOST_IN_ALL", 17)
    with pytest.raises(Refusal, match="3 pictures of 3 × 2 are too large together"):
        cues.read_patterns(tmp_path)
    monkeypatch.setattr(cues, "MOST_MEMORIES", 2)
    with pytest.raises(Refusal, match="holds 3 pictures"):
        cues.read_patterns(tmp_path)


def test_a_growing_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("before")

    def broken():
        with growing(path) as file:
            file.write("half")
            assert path.read_text() == "before"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert path.read_text() == "before"
    link = tmp_path / "link"
    link.symlink_to(path)
    with growing(link) as file:
        file.write("after")
    assert path.read_text() == "after"
    assert link.is_symlink()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link", "t.csv"]


def test_a_file_that_cannot_grow_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "t.csv"):
        with pytest.raises(Refusal, match="could not be written"), growing(path):
            pass
