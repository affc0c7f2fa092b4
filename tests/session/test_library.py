from pathlib import Path

import numpy as np
import pytest

from hopgui.model.conventions import ARTICLE
from hopgui.refusal import Refusal
from hopgui.session import library, pbm
from hopgui.session.library import Rule
from hopgui.session.session import Grid


def drawing(width: int = 3, height: int = 2) -> np.ndarray:
    return np.resize(np.array([1, -1, -1], np.int8), (height, width))


def folder_of(tmp_path: Path, *names: str) -> Path:
    for name in names:
        pbm.write(tmp_path / name, drawing())
    return tmp_path


def test_the_sets_that_come_with_the_program_can_all_be_opened():
    names = library.set_names()
    assert len(names) >= 6
    for name in names:
        pattern_set = library.read_set(library.pattern_folder() / name)
        assert pattern_set.name == name
        assert pattern_set.title != name
        assert pattern_set.description
        session = library.session_of(pattern_set)
        assert session.title == pattern_set.title
        assert session.patterns.shape == (len(pattern_set.pictures), session.grid.units)


def test_pictures_come_in_the_order_of_their_numbers_and_lose_them(tmp_path: Path):
    folder_of(tmp_path, "10-J.pbm", "2-B.pbm", "01_big A.pbm", "7.pbm", "c.PBM", "._2-B.pbm")
    (tmp_path / "notes.txt").write_text("no picture")
    pictures = library.read_set(tmp_path).pictures
    assert [name for name, _ in pictures] == ["big A", "B", "7", "J", "c"]


def test_natural_order_takes_any_name():
    names = ["", "٣", "9", "10", "A9", "a9", "a10", "²-1"]
    assert sorted(names, key=library.natural_key) == names


def test_the_readme_names_title_description_and_rule(tmp_path: Path):
    folder_of(tmp_path, "A.pbm")
    (tmp_path / "README.md").write_text(
        "# Two words\r\n\r\nWhat it\r\nshows.\r\n\r\nMore.\r\n\r\nRule: projection\r\n", newline=""
    )
    pattern_set = library.read_set(tmp_path)
    assert pattern_set.title == "Two words"
    assert pattern_set.description == "What it shows."
    assert pattern_set.rule is Rule.PROJECTION


def test_a_folder_without_readme_is_a_hebbian_set_called_like_the_folder(tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    pattern_set = library.read_set(folder_of(folder, "A.pbm"))
    assert (pattern_set.name, pattern_set.title) == ("mine", "mine")
    assert (pattern_set.description, pattern_set.rule) == ("", Rule.HEBB)
    assert pattern_set.grid == Grid(3, 2)


@pytest.mark.parametrize("readme", ["", "no heading", "# ", "#", "\n\n\n", "# Only a title"])
def test_an_odd_readme_does_no_harm(tmp_path: Path, readme: str):
    folder_of(tmp_path, "A.pbm")
    (tmp_path / "README.md").write_text(readme)
    assert library.read_set(tmp_path).title in {tmp_path.name, "Only a title"}


def test_an_unknown_rule_is_refused(tmp_path: Path):
    folder_of(tmp_path, "A.pbm")
    (tmp_path / "README.md").write_text("# Mine\n\nRule: magic\n")
    with pytest.raises(Refusal, match="magic"):
        library.read_set(tmp_path)


def test_a_folder_without_pictures_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match="no PBM pictures"):
        library.read_set(tmp_path)
    with pytest.raises(Refusal, match="no PBM pictures"):
        library.read_set(tmp_path / "nowhere")


def test_unequal_sizes_are_refused_by_name(tmp_path: Path):
    folder_of(tmp_path, "A.pbm")
    pbm.write(tmp_path / "B.pbm", drawing(4, 2))
    with pytest.raises(Refusal, match=r"B\.pbm is 4 × 2, but A\.pbm is 3 × 2"):
        library.read_set(tmp_path)


@pytest.mark.parametrize(("width", "height"), [(257, 2), (2, 257), (1, 5)])
def test_sizes_that_no_pad_has_are_refused(tmp_path: Path, width: int, height: int):
    pbm.write(tmp_path / "A.pbm", drawing(width, height))
    with pytest.raises(Refusal, match=rf"A\.pbm is {width} × {height}"):
        library.read_set(tmp_path)


def test_too_many_pictures_are_refused(tmp_path: Path):
    for number in range(1001):
        (tmp_path / f"{number}.pbm").write_bytes(b"P1 2 2 1001")
    with pytest.raises(Refusal, match="1001 pictures"):
        library.read_set(tmp_path)
    (tmp_path / "0.pbm").unlink()
    assert len(library.read_set(tmp_path).pictures) == 1000


def test_a_damaged_picture_is_refused_by_name(tmp_path: Path):
    folder_of(tmp_path, "A.pbm")
    (tmp_path / "B.pbm").write_bytes(b"P1 3 2 1")
    with pytest.raises(Refusal, match=r"B\.pbm is cut short"):
        library.read_set(tmp_path)


def test_a_session_of_a_set_wears_one_colour_a_memory_and_an_empty_pad(tmp_path: Path):
    session = library.session_of(library.read_set(folder_of(tmp_path, "A.pbm", "B.pbm")))
    assert [memory.name for memory in session.memories] == ["A", "B"]
    assert [memory.colour for memory in session.memories] == [0, 1]
    assert (session.pad == -1).all()
    assert session.conventions == ARTICLE


def test_the_first_start_shows_four_letters_and_a_damaged_a():
    session = library.first_session()
    assert [memory.name for memory in session.memories] == ["A", "C", "H", "Y"]
    assert session.grid == Grid(10, 10)
    assert session.conventions == ARTICLE
    assert np.count_nonzero(session.pad != session.memories[0].picture) == 20
    assert session.damage.percent == 20
    again = library.first_session(session.seed)
    np.testing.assert_array_equal(session.pad, again.pad)
    assert (library.first_session(session.seed + 1).pad != session.pad).any()
