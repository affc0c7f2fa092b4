"""Files, folders, films and texts on their way in, one by one."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from hopgui.refusal import Refusal
from hopgui.session import pbm
from hopgui.session.fitting import Fit, fitted, inked
from hopgui.session.images import GreyPicture, read_frames
from hopgui.session.reading import grey_of, pictures_of, read_all, read_text

RNG = np.random.default_rng(2)


def picture(height=6, width=5):
    return RNG.choice(np.array([-1, 1], np.int8), (height, width))


def units(grey):
    return np.where(grey.luminance < 128, 1, -1)


def whole(paths):
    *before, last = read_all(paths)
    assert [each.done for each in before] == list(range(len(before)))
    assert all(not each.pictures and each.total == last.total for each in before)
    assert last.done == last.total
    return last


def test_a_folder_is_read_in_natural_order_and_not_beneath(tmp_path):
    pictures = {name: picture() for name in ("2.pbm", "10.pbm", "1.png")}
    for name, each in pictures.items():
        if name.endswith("pbm"):
            pbm.write(tmp_path / name, each)
        else:
            Image.fromarray(np.where(each > 0, 0, 255).astype(np.uint8)).save(tmp_path / name)
    (tmp_path / "README.md").write_text("words")
    (tmp_path / "notes.txt").write_text("words")
    (tmp_path / ".hidden.pbm").write_text("P1")
    (tmp_path / "deeper").mkdir()
    pbm.write(tmp_path / "deeper" / "3.pbm", picture())
    reading = whole([tmp_path])
    assert [each.name for each in reading.pictures] == ["1", "2", "10"]
    for each, name in zip(reading.pictures, ("1.png", "2.pbm", "10.pbm"), strict=True):
        assert np.array_equal(units(each.grey), pictures[name])
    assert reading.refusals == ()


def test_each_bad_file_is_told_and_the_good_ones_come_in(tmp_path):
    (tmp_path / "empty").mkdir()
    pbm.write(tmp_path / "good.pbm", picture())
    (tmp_path / "bad.png").write_bytes(b"words")
    (tmp_path / "bad.npz").write_bytes(b"words")
    names = ("gone.gif", "bad.png", "good.pbm", "bad.npz", "empty")
    reading = whole([tmp_path / name for name in names])
    assert [each.name for each in reading.pictures] == ["good"]
    said = sorted(str(each) for each in reading.refusals)
    assert len(said) == 4
    bad = sorted(set(names) - {"good.pbm"})
    assert all(name in text for name, text in zip(bad, said, strict=True))


def test_rows_wait_for_their_shape_and_pictures_do_not(tmp_path):
    rows = RNG.choice([-1, 1], (3, 12))
    np.save(tmp_path / "flat.npy", rows)
    np.save(tmp_path / "cube.npy", rows.reshape(3, 3, 4))
    reading = whole([tmp_path])
    assert [each.name for each in reading.pictures] == ["cube 1", "cube 2", "cube 3"]
    (flat,) = reading.rows
    again = pictures_of(flat, (3, 4))
    for one, other, row in zip(reading.pictures, again, rows, strict=True):
        assert np.array_equal(one.grey.luminance, other.grey.luminance)
        assert np.array_equal(units(one.grey).ravel(), row)


def test_every_frame_of_a_film_is_a_picture(tmp_path):
    frames = [picture(8, 8) for _ in range(7)]
    images = [Image.fromarray(np.where(each > 0, 0, 255).astype(np.uint8)) for each in frames]
    path = tmp_path / "film.gif"
    images[0].save(path, save_all=True, append_images=images[1:], duration=50)
    reading = whole([path])
    assert [each.name for each in reading.pictures] == [f"film {n}" for n in range(1, 8)]
    for each, frame in zip(reading.pictures, frames, strict=True):
        assert np.array_equal(units(each.grey), frame)


def test_a_film_of_too_many_pixels_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    images = [Image.fromarray(np.full((50, 50), n, np.uint8)) for n in range(9)]
    images[0].save(tmp_path / "film.gif", save_all=True, append_images=images[1:])
    monkeypatch.setattr("hopgui.session.images.MOST_PIXELS", 5 * 2500)
    with pytest.raises(Refusal, match="too many pixels"):
        read_frames(tmp_path / "film.gif")


def test_a_film_cut_short_is_refused(tmp_path):
    images = [Image.fromarray(RNG.integers(0, 256, (40, 40)).astype(np.uint8)) for _ in range(4)]
    path = tmp_path / "film.gif"
    images[0].save(path, save_all=True, append_images=images[1:])
    content = path.read_bytes()
    for length in range(6, len(content), 97):
        path.write_bytes(content[:length])
        try:
            frames = read_frames(path)
        except Refusal as refusal:
            assert "film.gif" in str(refusal)  # noqa: PT017 - either is right
        else:
            assert all(each.luminance.shape == (40, 40) for each in frames)


def test_no_more_come_in_than_a_gallery_holds(tmp_path):
    np.save(tmp_path / "a.npy", RNG.choice([-1, 1], (700, 2, 3)))
    np.save(tmp_path / "b.npy", RNG.choice([-1, 1], (700, 2, 3)))
    np.save(tmp_path / "c.npy", RNG.choice([-1, 1], (2, 2, 3)))
    reading = whole([tmp_path])
    assert len(reading.pictures) == 1000
    assert reading.left_out == 401, "400 rows, and a file that was not opened any more"


def test_reading_can_be_given_up_between_two_files(tmp_path):
    for number in range(5):
        pbm.write(tmp_path / f"{number}.pbm", picture())
    steps = read_all([tmp_path])
    next(steps)
    next(steps)
    steps.close()


def test_texts_are_pictures_or_rows():
    one = picture()
    reading = read_text(pbm.text(one), "pasted")
    assert [each.name for each in reading.pictures] == ["pasted"]
    assert np.array_equal(units(reading.pictures[0].grey), one)
    reading = read_text("##..\n..##\n\n....\n####\n", "pasted")
    assert [each.name for each in reading.pictures] == ["pasted 1", "pasted 2"]
    reading = read_text("1,-1,-1,1\n-1,1,1,1\n", "pasted")
    assert reading.rows[0].units.tolist() == [[1, -1, -1, 1], [-1, 1, 1, 1]]
    with pytest.raises(Refusal, match="pasted"):
        read_text("P1\n3 3\n1", "pasted")


def test_a_picture_of_units_comes_back_as_it_was():
    one = picture(9, 4)
    cut = inked(fitted(grey_of(one), one.shape, Fit.CONTAIN), 128, invert=False)
    assert np.array_equal(cut, one)


def test_dithering_keeps_the_mean_grey():
    ramp = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (64, 1))
    for grey in (ramp, np.full((64, 64), 200, np.uint8), np.full((64, 64), 60, np.uint8)):
        taken = fitted(GreyPicture(grey), (64, 64), Fit.STRETCH)
        ink = inked(taken, 128, invert=False, dither=True) > 0
        assert ink.mean() == pytest.approx(1 - grey.mean() / 255, abs=0.02)
        plain = inked(taken, 128, invert=False) > 0
        assert not np.array_equal(ink, plain)
    turned = inked(taken, 128, invert=True, dither=True) > 0
    assert np.array_equal(turned, ~ink)


@pytest.mark.parametrize("threshold", [20, 90, 128, 200, 240])
def test_the_threshold_is_the_grey_that_becomes_half_of_the_units(threshold):
    def ink_of(grey):
        flat = np.full((48, 48), grey, np.uint8)
        taken = fitted(GreyPicture(flat), (48, 48), Fit.STRETCH)
        return (inked(taken, threshold, invert=False, dither=True) > 0).mean()

    assert ink_of(threshold) == pytest.approx(0.5, abs=0.02)
    assert (ink_of(0), ink_of(255)) == (1, 0)
    inks = [ink_of(grey) for grey in range(0, 256, 15)]
    assert all(one >= other - 0.02 for one, other in pairwise(inks))


def test_two_hundred_pictures_are_read_one_a_step_each_in_a_moment(tmp_path):
    for number in range(200):
        pbm.write(tmp_path / f"{number}.pbm", picture(64, 64))
    steps = [reading.done for reading in read_all([tmp_path])]
    assert len(set(steps)) >= 200
    assert max(np.diff(steps)) == 1
