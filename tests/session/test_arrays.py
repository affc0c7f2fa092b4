"""Rows of numbers from files that nobody vouches for."""

import io
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopgui.refusal import Refusal
from hopgui.session import arrays
from hopgui.session.arrays import parse_pictures, parse_table, read_rows, shapes

RNG = np.random.default_rng(4)
SIGNS = RNG.choice([-1, 1], (5, 12))


def save(path, array, **more):
    if path.suffix == ".npz":
        np.savez_compressed(path, **{"X": array, **more})
    elif path.suffix == ".npy":
        np.save(path, array)
    else:
        np.savetxt(path, array, delimiter=",", fmt="%g")
    return path


def header(text):
    """A file of NumPy's that says this of itself, and holds nothing."""
    line = text.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + len(line).to_bytes(2, "little") + line


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".csv"])
@pytest.mark.parametrize(
    "dtype", [np.int8, np.uint8, np.int64, np.float16, np.float32, np.float64, bool, ">i4"]
)
@pytest.mark.parametrize("zero", [False, True])
def test_rows_come_back_whatever_their_type(tmp_path, suffix, dtype, zero):
    if not zero and np.dtype(dtype).kind in "ub":
        zero = True
    values = np.where(SIGNS > 0, 1, 0 if zero else -1).astype(dtype)
    rows = read_rows(save(tmp_path / f"set{suffix}", values))
    assert rows.units.dtype == np.int8
    assert np.array_equal(rows.units, SIGNS)
    assert (rows.name, rows.shape, rows.left_out) == ("set", None, 0)


def test_pictures_of_three_dimensions_know_their_shape(tmp_path):
    cube = SIGNS.reshape(5, 3, 4)
    for order in "CF":
        rows = read_rows(save(tmp_path / "cube.npy", np.asarray(cube, order=order)))
        assert rows.shape == (3, 4)
        assert np.array_equal(rows.units, SIGNS)
    rows = read_rows(save(tmp_path / "cube.npz", SIGNS, images=cube, target=np.arange(5)))
    assert rows.shape == (3, 4), "of an archive the pictures are taken before the rows"


def test_columns_first_and_one_row_alone(tmp_path):
    rows = read_rows(save(tmp_path / "f.npy", np.asfortranarray(SIGNS)))
    assert np.array_equal(rows.units, SIGNS)
    rows = read_rows(save(tmp_path / "one.npy", SIGNS[0]))
    assert np.array_equal(rows.units, SIGNS[:1])


@pytest.mark.parametrize("order", ["C", "F"])
def test_of_too_many_rows_the_first_thousand_are_read(tmp_path, order):
    many = np.asarray(RNG.choice([-1, 1], (1234, 6)).astype(np.int8), order=order)
    rows = read_rows(save(tmp_path / "many.npy", many))
    assert np.array_equal(rows.units, many[:1000])
    assert rows.left_out == 234
    rows = read_rows(save(tmp_path / "many.csv", many))
    assert np.array_equal(rows.units, many[:1000])
    assert rows.left_out == 234


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".csv"])
@pytest.mark.parametrize(
    ("value", "shown"), [(np.nan, "nan"), (np.inf, "inf"), (0.5, "0.5"), (2, "2"), (-7, "-7")]
)
def test_foreign_values_are_refused_by_file_and_value(tmp_path, suffix, value, shown):
    values = SIGNS.astype(float)
    values[3, 4] = value
    with pytest.raises(Refusal) as caught:
        read_rows(save(tmp_path / f"set{suffix}", values))
    text = str(caught.value)
    assert f"set{suffix}" in text
    assert f"the value {shown}:" in text
    assert text.count(".") == text.count("set.") + 1 + shown.count("."), "one sentence"


def test_a_mixture_of_the_two_ways_to_write_is_refused(tmp_path):
    values = SIGNS.copy()
    values[0, 0] = 0
    with pytest.raises(Refusal, match=r"mixes −1, 0 and 1"):
        read_rows(save(tmp_path / "set.npy", values))


class Bomb:
    def __reduce__(self):
        return (exec, ("raise SystemExit('unpickled')",))


def test_nothing_is_unpickled(tmp_path):
    evil = np.array([[Bomb(), 1]], object)
    np.save(tmp_path / "evil.npy", evil, allow_pickle=True)
    np.savez(tmp_path / "evil.npz", X=evil)
    (tmp_path / "bare.npy").write_bytes(pickle.dumps(Bomb()))
    for name in ("evil.npy", "evil.npz", "bare.npy"):
        with pytest.raises(Refusal):
            read_rows(tmp_path / name)


@pytest.mark.parametrize(
    "said",
    [
        "{'descr': '|i1', 'fortran_order': False, 'shape': (1000000000, 1000000000)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (99999999999999999999999, 4)}",
        "{'descr': '|i1', 'fortran_order': True, 'shape': (1000000000, 65536)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1000, 65536)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (3, 1000000)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (-3, 4)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (3, 0)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': ()}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2, 2, 2)}",
        "{'descr': '<f16', 'fortran_order': False, 'shape': (2, 4)}",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (2, 4)}",
        "{'descr': '<U9', 'fortran_order': False, 'shape': (2, 4)}",
        "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (2, 4)}",
        "{'descr': '|i1', 'fortran_order': False, 'shape': (2, 4)}",
        "{'descr': '|i1', 'shape': (2, 4)}",
        "not a header",
        "(" * 5000,
    ],
)
def test_a_header_is_judged_before_anything_is_read(tmp_path, said):
    for name, content in (("a.npy", header(said)), ("a.npz", None)):
        path = tmp_path / name
        if content is None:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("X.npy", header(said))
        else:
            path.write_bytes(content)
        with pytest.raises(Refusal) as caught:
            read_rows(path)
        assert str(caught.value).startswith("a.np")


def test_an_archive_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(arrays, "MOST_BYTES", 2**20)
    monkeypatch.setattr(arrays, "MOST_READ", 2**19)
    good = io.BytesIO()
    np.save(good, SIGNS.astype(np.int8))
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("X.npy", good.getvalue() + bytes(4 * 2**20))
    assert path.stat().st_size < 2**15
    with pytest.raises(Refusal, match="too large"):
        read_rows(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        said = "{'descr': '|i1', 'fortran_order': False, 'shape': (1000, 800)}"
        archive.writestr("X.npy", header(said) + bytes(800_000))
    with pytest.raises(Refusal, match="too large"):
        read_rows(path)


def test_an_archive_of_too_many_arrays_or_none_is_refused(tmp_path):
    path = tmp_path / "many.npz"
    np.savez(path, **{f"a{n}": SIGNS for n in range(arrays.MOST_ARRAYS + 1)})
    with pytest.raises(Refusal, match="too large"):
        read_rows(path)
    np.savez(path, target=np.arange(5), names=np.array(["a"]))
    with pytest.raises(Refusal, match="holds no rows"):
        read_rows(path)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_but_never_breaks(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    suffix = data.draw(st.sampled_from([".npy", ".npz", ".csv"]))
    path = save(folder / f"set{suffix}", SIGNS.astype(np.int8))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        rows = read_rows(path)
    except Refusal:
        return
    assert set(np.unique(rows.units)) <= {-1, 1}


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path / "gone.npy", tmp_path):
        with pytest.raises(Refusal, match="could not be read"):
            read_rows(path)


@pytest.mark.parametrize(
    "text",
    [
        "1,-1,1\n-1,1,1\n",
        "1;-1;1\r\n-1;1;1\r\n",
        "# notes\nx1 x2 x3\n1 -1 1\n\n-1  1\t1",
        "1.0,-1.0,1e0\n-1,+1,1.000",
        "a,b,c\n1,0,1\n0,1,1",
        "1,0,1,\n0,1,1,\n",
    ],
)
def test_a_table_is_read_however_it_is_written(text):
    rows = parse_table(text, "file", "name")
    assert rows.units.tolist() == [[1, -1, 1], [-1, 1, 1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no rows of numbers"),
        ("# only notes\n", "holds no rows of numbers"),
        ("a,b\nc,d\n", "holds no rows of numbers"),
        ("1,1\n1,x\n", "holds no rows of numbers"),
        ("1,1,1\n1,1\n", "row 2 has 2 numbers, but the first has 3"),
        ("1\n1\n", "patterns of 1 units"),
        ("1,1\n1,nan\n", "the value nan"),
    ],
)
def test_what_is_no_table_is_refused(text, said):
    with pytest.raises(Refusal, match=said):
        parse_table(text, "file", "name")


def test_a_text_can_draw_pictures():
    drawn = parse_pictures("#.#\n.#.\n\n  0 1 1\n  1 0 0\n")
    assert [picture.tolist() for picture in drawn] == [
        [[1, -1, 1], [-1, 1, -1]],
        [[-1, 1, 1], [1, -1, -1]],
    ]
    for text in ("words", "#.#\n.#\n", "#.#", "1 2\n2 1\n", "", "#" * 300 + "\n" + "#" * 300):
        assert parse_pictures(text) == []


def test_784_units_are_28_by_28_first_and_every_other_pair_after_it():
    found = shapes(784)
    assert found[0] == (28, 28)
    assert set(found) == {(h, w) for h in range(2, 257) for w in range(2, 257) if h * w == 784}
    assert shapes(7) == []
    assert shapes(6) == [(2, 3), (3, 2)]
    assert shapes(65536) == [(256, 256)]
