import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from hopgui.refusal import Refusal
from hopgui.session import pbm

PLUS_DIAGONAL = np.array([[1, -1, -1], [-1, 1, -1]], np.int8)

pictures = arrays.arrays(
    np.int8,
    arrays.array_shapes(min_dims=2, max_dims=2, max_side=90),
    elements=st.sampled_from([-1, 1]),
)


def pillow_reads(data: bytes) -> np.ndarray:
    """Black is 0 for Pillow and +1 here."""
    with Image.open(io.BytesIO(data)) as image:
        return np.where(np.asarray(image.convert("L")) == 0, 1, -1).astype(np.int8)


def raw(picture: np.ndarray) -> bytes:
    height, width = picture.shape
    return f"P4\n{width} {height}\n".encode() + np.packbits(picture > 0, axis=1).tobytes()


@given(pictures, st.text(max_size=200))
def test_what_is_written_reads_back(picture, comment):
    text = pbm.text(picture, comment)
    assert max(map(len, text.split("\n"))) <= 70
    read = pbm.parse(text.encode("utf-8", "replace"), "a.pbm")
    assert read.dtype == np.int8
    assert not read.flags.writeable
    np.testing.assert_array_equal(read, picture)


@given(pictures)
def test_pillow_reads_what_is_written(picture):
    np.testing.assert_array_equal(pillow_reads(pbm.text(picture).encode()), picture)


@given(pictures)
def test_raw_files_read_as_pillow_reads_them(picture):
    data = raw(picture)
    np.testing.assert_array_equal(pbm.parse(data, "a.pbm"), picture)
    np.testing.assert_array_equal(pillow_reads(data), picture)


@given(pictures)
def test_raw_files_of_pillow_are_read(picture):
    file = io.BytesIO()
    Image.fromarray(picture < 0).convert("1").save(file, "PPM")
    assert file.getvalue().startswith(b"P4")
    np.testing.assert_array_equal(pbm.parse(file.getvalue(), "a.pbm"), picture)


@pytest.mark.parametrize(
    "data",
    [
        b"P1\n3 2\n100\n010\n",
        b"P1 3 2 1 0 0 0 1 0",
        b"P1\r\n3 2\r\n1 0 0\r\n0 1 0\r\n",
        b"P1 # a drawing\n# by hand\n3 # wide\n2 # high\n10#here too\n0 010",
        b"P1\n003 0002\n1\t0\v0\f010\n\n\n",
        b"P1\n3 2\n100010\n# the end\n",
        b"P1\n3 2\n100010# the end",
        b"P4\n3 2\n\x80\x40",
        b"P4\n3 2\n\x80\x40\n",
        b"P4 3 2 \x9f\x5f",  # the bits that fill up a row mean nothing
        b"P4\n# a drawing\n3 2# high\n\x80\x40",
    ],
)
def test_every_way_to_write_the_same_picture(data):
    np.testing.assert_array_equal(pbm.parse(data, "a.pbm"), PLUS_DIAGONAL)


def test_a_raw_raster_may_look_like_space_or_a_comment():
    """Only one character parts the raster from the header, whatever the next one is."""
    np.testing.assert_array_equal(
        pbm.parse(b"P4\n8 2\n\n#", "a.pbm") > 0,
        np.unpackbits(np.frombuffer(b"\n#", np.uint8).reshape(2, 1), axis=1),
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "starts with P1 or P4"),
        (b"P", "starts with P1 or P4"),
        (b"P2\n1 1\n1\n0\n", "starts with P1 or P4"),
        (b"\x89PNG\r\n\x1a\n", "starts with P1 or P4"),
        (b"P1", "names no width and height"),
        (b"P1\n3", "names no width and height"),
        (b"P13 2\n100010", "names no width and height"),
        (b"P1\n-3 2\n100010", "names no width and height"),
        (b"P1\n# 3 2\n100010", "names no width and height"),
        (b"P1\n0 2\n", "0 × 2"),
        (b"P4\n30000 30000\n", "30000 × 30000"),
        (b"P1\n8193 1\n", "8193 × 1"),
        (b"P1\n8192 8192\n", "4 million"),
        (b"P1\n" + b"9" * 5000 + b" 2\n1", "names no width and height"),
        (b"P1\n3 2", "cut short"),
        (b"P1\n3 2\n", "cut short"),
        (b"P1\n3 2\n10001", "cut short"),
        (b"P1\n3 2\n10001#0", "cut short"),
        (b"P4\n3 2", "cut short"),
        (b"P4\n3 2\n", "cut short"),
        (b"P4\n3 2\n\x80", "cut short"),
        (b"P1\n3 2\n100012", "other than 0 or 1"),
        (b"P1\n3 2x100010", "other than 0 or 1"),
        (b"P1\n3 2\n1000101", "goes on after"),
        (b"P1\n3 2\n100010\nP1\n3 2\n100010", "other than 0 or 1"),
        (b"P4\n3 2\n\x80\x40P4\n3 2\n\x80\x40", "goes on after"),
    ],
)
def test_unsound_files_are_refused_by_name_and_reason(data, reason):
    with pytest.raises(Refusal, match=r"^drawing\.pbm .*\.$") as refusal:
        pbm.parse(data, "drawing.pbm")
    assert reason in str(refusal.value)


@given(
    st.one_of(
        st.binary(max_size=200),
        st.from_regex(rb"P[14][ \n#]{1,2}[0-9]{1,6}[ \n][0-9]{1,6}[ \n#][01 #\n]*"),
        st.tuples(pictures.map(raw), st.integers(0, 400)).map(lambda pair: pair[0][: pair[1]]),
    )
)
@example(b"P1\n" + b"0" * 20000)
@example(b"P1\n" + b"#" * 20000)
@example(b"P4" + b"\n" * 20000)
def test_whatever_the_bytes_there_is_a_picture_or_a_refusal(data):
    try:
        picture = pbm.parse(data, "a.pbm")
    except Refusal:
        return
    assert set(np.unique(picture)) <= {-1, 1}


def test_the_largest_picture_is_read():
    picture = pbm.parse(b"P4\n8000 500\n" + bytes(500_000), "a.pbm")
    assert picture.shape == (500, 8000)
    assert (picture == -1).all()


def test_files_are_written_whole_and_read_back(tmp_path: Path):
    path = tmp_path / "diagonal.pbm"
    pbm.write(path, -PLUS_DIAGONAL)
    pbm.write(path, PLUS_DIAGONAL, "Drawn by hand.")
    assert path.read_text("utf-8") == "P1\n# Drawn by hand.\n3 2\n1 0 0\n0 1 0\n"
    np.testing.assert_array_equal(pbm.read(path), PLUS_DIAGONAL)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_goes_on_pointing_to_its_file(tmp_path: Path):
    target, link = tmp_path / "target.pbm", tmp_path / "link.pbm"
    pbm.write(target, -PLUS_DIAGONAL)
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("no links on this system")
    pbm.write(link, PLUS_DIAGONAL)
    assert link.is_symlink()
    np.testing.assert_array_equal(pbm.read(target), PLUS_DIAGONAL)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match=r"^a\.pbm could not be written: .*\.$"):
        pbm.write(tmp_path / "nowhere" / "a.pbm", PLUS_DIAGONAL)
    (tmp_path / "b.pbm").mkdir()
    with pytest.raises(Refusal, match=r"^b\.pbm could not be written: .*\.$"):
        pbm.write(tmp_path / "b.pbm", PLUS_DIAGONAL)
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.pbm"]


def test_what_is_no_file_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match="no such file"):
        pbm.read(tmp_path / "a.pbm")
    with pytest.raises(Refusal, match="no such file"):
        pbm.read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "a.pbm")
    with pytest.raises(Refusal, match="no such file"):
        pbm.read(tmp_path / "a.pbm")


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path):
    path = tmp_path / "a.pbm"
    with path.open("wb") as file:
        file.write(b"P1\n2 2\n")
        file.truncate(pbm.MOST_BYTES + 1)
    with pytest.raises(Refusal, match="32 MB"):
        pbm.read(path)
