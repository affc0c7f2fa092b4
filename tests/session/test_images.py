"""Pictures from elsewhere: what is read, what is refused, and what becomes of the pixels."""

import os
import struct
import tracemalloc
import zlib
from io import BytesIO

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from hopgui.refusal import Refusal
from hopgui.session import images
from hopgui.session.fitting import (
    Fit,
    fitted,
    inked,
    otsu,
    reduced,
    to_units,
)
from hopgui.session.images import GreyPicture, read_grey

GREY = np.random.default_rng(5).integers(0, 256, (12, 9), dtype=np.uint8)


def encoded(image, kind, **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def sample(kind):
    image = Image.fromarray(GREY)
    return encoded(image.convert("1") if kind == "PBM" else image, kind.replace("PBM", "PPM"))


def png_header(width, height):
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + crc


# Reading


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "PPM"])
def test_lossless_files_are_read_exactly(kind, tmp_path):
    path = tmp_path / "picture.any"
    path.write_bytes(sample(kind))
    np.testing.assert_array_equal(read_grey(path).luminance, GREY)
    np.testing.assert_array_equal(read_grey(sample(kind)).luminance, GREY)


@pytest.mark.parametrize("text", [b"P1\n3 2\n1 0 1\n0 1 0\n", b"P4\n3 2\n\xa0\x40"])
def test_black_in_a_bitmap_is_dark(text):
    np.testing.assert_array_equal(read_grey(text).luminance, [[0, 255, 0], [255, 0, 255]])


def test_a_jpeg_is_read_nearly_exactly():
    flat = np.repeat(np.array([[0], [80], [255]], np.uint8), 8, axis=0).repeat(16, axis=1)
    colour = Image.fromarray(flat).convert("RGB")
    read = read_grey(encoded(colour, "JPEG", quality=95)).luminance
    assert np.abs(read.astype(int) - flat).max() < 12


def test_a_large_jpeg_is_decoded_smaller():
    image = Image.new("RGB", (5000, 4200), (30, 30, 30))
    grey = read_grey(encoded(image, "JPEG")).luminance
    assert grey.shape == (1050, 1250)


def test_the_picture_cannot_be_written_to():
    assert not read_grey(sample("PNG")).luminance.flags.writeable


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_pixels_are_white(mode):
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 0))
    content = encoded(image if mode == "RGBA" else image.convert(mode), "PNG")
    np.testing.assert_array_equal(read_grey(content).luminance, [[0, 255]])


def test_a_transparent_palette_colour_is_white():
    image = Image.fromarray(np.array([[0, 1]], np.uint8), "P")
    image.putpalette([0, 0, 0, 10, 10, 10])
    for kind in ("GIF", "PNG"):
        content = encoded(image, kind, transparency=1)
        np.testing.assert_array_equal(read_grey(content).luminance, [[0, 255]])


def test_sixteen_bits_are_scaled_not_clipped():
    deep = np.array([[0, 0x4000, 0xFFFF]], np.uint16)
    np.testing.assert_array_equal(
        read_grey(encoded(Image.fromarray(deep), "PNG")).luminance, [[0, 0x40, 0xFF]]
    )


def test_the_first_frame_of_an_animation_counts():
    frames = [Image.new("L", (3, 3), grey) for grey in (0, 255)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert (read_grey(content).luminance == 0).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_cameras_orientation_is_applied(orientation, kind):
    upright = np.kron(np.array([[0, 255, 255], [255, 255, 255]], np.uint8), np.ones((16, 16)))
    turns = {value: key for key, value in images._TURNS.items()}
    back = {
        Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270,
        Image.Transpose.ROTATE_270: Image.Transpose.ROTATE_90,
    }
    image = Image.fromarray(upright.astype(np.uint8))
    if orientation > 1:
        turn = next(turn for turn, number in turns.items() if number == orientation)
        image = image.transpose(back.get(turn, turn))
    exif = Image.Exif()
    exif[0x0112] = orientation
    read = read_grey(encoded(image, kind, exif=exif.tobytes())).luminance
    assert read.shape == upright.shape
    assert np.abs(read.astype(int) - upright).mean() < 3


def test_an_orientation_that_cannot_be_read_is_left_out():
    content = encoded(Image.fromarray(GREY), "PNG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")
    np.testing.assert_array_equal(read_grey(content).luminance, GREY)


# Refusing


def refusal_of(source, name=""):
    with pytest.raises(Refusal) as caught:
        read_grey(source, name)
    return str(caught.value)


@pytest.mark.parametrize("side", [30_000, 8_000, 2**31 - 1])
def test_too_many_pixels_are_refused_by_the_header_alone(side, tmp_path):
    path = tmp_path / "huge.png"
    path.write_bytes(png_header(side, side) + b"\x00\x00\x00\x40IDAT")
    tracemalloc.start()
    try:
        said = refusal_of(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert said == "huge.png has too many pixels: a picture may have at most 40 million."


def test_a_file_too_large_is_refused_unread(tmp_path):
    path = tmp_path / "long.bmp"
    with path.open("wb") as file:
        file.truncate(images.MOST_BYTES + 1)
    assert refusal_of(path) == "long.bmp is too large: a picture may have at most 64 MB."
    assert "is too large" in refusal_of(bytes(images.MOST_BYTES + 1))


@pytest.mark.parametrize(
    "content", [b"", b"Dear diary,\n", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"P7\nnothing", b"RIFF"]
)
def test_what_is_no_picture_is_refused_whatever_its_name(content, tmp_path):
    path = tmp_path / "letter.png"
    path.write_bytes(content)
    assert "letter.png is not a picture that can be read" in refusal_of(path)


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "ICO"])
def test_other_formats_are_refused_by_their_content(kind, tmp_path):
    path = tmp_path / "other.png"
    path.write_bytes(encoded(Image.new("RGB", (32, 32)), kind))
    assert "other.png is not a picture that can be read" in refusal_of(path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "PPM"])
def test_a_file_cut_short_is_refused(kind):
    content = encoded(Image.effect_noise((64, 64), 90).convert("L"), kind)
    assert refusal_of(content[: len(content) // 2], "half") == (
        "half is damaged or cut short: its pixels cannot be read."
    )


@pytest.mark.parametrize(
    "content",
    [
        b"P4\n5000 5000\n\xff\xff",
        b"P1\n100 100\n1 0 1\n",
        b"P1\n2 2\n1 0 1 7\n",
        b"P5\n10 10\n255\n\x00",
        b"P1\n-3 2\n1 0 1 0 1 0\n",
        b"P1\n0 0\n",
        b"P2\n2 2\n0\n0 0 0 0\n",
        b"P1\nwide high\n",
        b"P1\n99999999999999999999 2\n",
        b"Pf\n1 1\n-1.0\n\x00\x00\x00\x00",
    ],
)
def test_a_portable_bitmap_that_lies_is_refused(content):
    assert refusal_of(content, "liar.pbm").startswith("liar.pbm ")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"P1\n3 3\n010 010 010 1\n", "goes on after the last pixel"),
        (b"P4\n3 2\n\x80\x40\x80", "goes on after the last pixel"),
        (b"P4\n3 2\n\x80", "fewer pixels than its header says"),
        (b"P1\n-3 2\n1 0 1 0 1 0\n", "names no width and height"),
        (b"P1\n0 0\n", "0 × 0 pixels"),
        (b"P4\n10000 10000\n\xff", "40 million in all"),
    ],
)
def test_what_a_bitmap_lies_about_is_said(content, reason):
    assert reason in refusal_of(content, "liar.pbm")


def test_a_bitmap_may_be_as_large_as_any_picture():
    assert read_grey(b"P4\n10000 3000\n" + bytes(1250 * 3000)).luminance.shape == (3000, 10000)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
@pytest.mark.parametrize("read", [read_grey, images.read_frames])
def test_a_pipe_is_not_waited_for(read, tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(Refusal, match=r"^pipe\.png is not a file\.$"):
        read(tmp_path / "pipe.png")


def test_what_cannot_be_opened_is_refused(tmp_path):
    assert refusal_of(tmp_path / "gone.png").startswith("gone.png cannot be opened: ")
    assert "cannot be opened" in refusal_of(tmp_path)


SEEDS = {kind: sample(kind) for kind in ("PNG", "JPEG", "GIF", "BMP", "PPM", "PBM")}
SEEDS["palette"] = encoded(Image.fromarray(GREY).quantize(7), "PNG", transparency=2)
SEEDS["plain"] = b"P1\n# a comment\n4 3\n1 0 0 1\n1 1 1 1\n0 1 1 0\n"
SEEDS["exif"] = encoded(
    Image.fromarray(GREY), "JPEG", exif=b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12" * 2
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(SEEDS)),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=4)), max_size=6),
    cut=st.floats(0, 1),
)
def test_whatever_the_bytes_there_is_a_picture_or_a_refusal(kind, changes, cut):
    content = bytearray(SEEDS[kind])
    for where, replacement in changes:
        at = int(where * len(content))
        content[at : at + len(replacement)] = replacement
    if cut > 0.7:
        del content[int((cut - 0.7) / 0.3 * len(content)) :]
    try:
        grey = read_grey(bytes(content), "mutant")
    except Refusal as refusal:
        said = str(refusal)
    else:
        assert grey.luminance.ndim == 2
        assert grey.luminance.dtype == np.uint8
        assert grey.luminance.size > 0
        return
    assert said.startswith("mutant ")


# Fitting

greys = arrays(np.uint8, st.tuples(st.integers(1, 14), st.integers(1, 14)))


@given(luminance=greys, fit=st.sampled_from(Fit), invert=st.booleans())
def test_a_picture_of_the_grids_size_is_taken_pixel_for_pixel(luminance, fit, invert):
    units = to_units(GreyPicture(luminance), luminance.shape, threshold=100, invert=invert, fit=fit)
    np.testing.assert_array_equal(units, np.where((luminance < 100) != invert, 1, -1))


@given(
    luminance=greys,
    shape=st.tuples(st.integers(2, 20), st.integers(2, 20)),
    fit=st.sampled_from(Fit),
    threshold=st.integers(0, 256),
    invert=st.booleans(),
)
def test_units_have_the_grids_shape_and_grow_with_the_threshold(
    luminance, shape, fit, threshold, invert
):
    grey = GreyPicture(luminance)
    units = to_units(grey, shape, threshold=threshold, invert=invert, fit=fit)
    assert units.shape == shape
    assert units.dtype == np.int8
    assert set(np.unique(units)) <= {-1, 1}
    fit_once = fitted(grey, shape, fit)
    np.testing.assert_array_equal(units, inked(fit_once, threshold, invert=invert))
    assert (inked(fit_once, 0, invert=False) == -1).all()
    np.testing.assert_array_equal(
        inked(fit_once, 256, invert=False), np.where(fit_once.covered, 1, -1)
    )


def test_dark_is_ink_and_each_unit_takes_its_areas_mean():
    luminance = np.kron(np.array([[0, 255], [100, 200]], np.uint8), np.ones((8, 8), np.uint8))
    units = to_units(GreyPicture(luminance), (2, 2), threshold=128, invert=False, fit=Fit.STRETCH)
    np.testing.assert_array_equal(units, [[1, -1], [1, -1]])
    checks = np.indices((40, 40)).sum(axis=0) % 2 * 200
    mean = fitted(GreyPicture(checks.astype(np.uint8)), (4, 4), Fit.STRETCH).luminance
    np.testing.assert_array_equal(mean, np.full((4, 4), 100))


@pytest.mark.parametrize("invert", [False, True])
def test_containing_pads_with_minus_one_whatever_the_switches(invert):
    black = GreyPicture(np.full((10, 40), 255 if invert else 0, np.uint8))
    units = to_units(black, (8, 8), threshold=128, invert=invert, fit=Fit.CONTAIN)
    np.testing.assert_array_equal(units[3:5], np.ones((2, 8)))
    assert (np.delete(units, [3, 4], axis=0) == -1).all()


def test_covering_cuts_evenly_around_the_centre():
    luminance = np.full((10, 30), 255, np.uint8)
    luminance[:, 10:20] = 0
    units = to_units(GreyPicture(luminance), (5, 5), threshold=128, invert=False, fit=Fit.COVER)
    assert (units == 1).all()


def test_reducing_keeps_proportions_and_leaves_small_pictures_alone():
    grey = GreyPicture(np.zeros((300, 900), np.uint8))
    assert reduced(grey, 90).luminance.shape == (30, 90)
    assert reduced(grey, 900) is grey


# Otsu's threshold


def variance_between(luminance, threshold):
    dark, light = luminance[luminance < threshold], luminance[luminance >= threshold]
    if not dark.size or not light.size:
        return -1.0
    return dark.size * light.size * (dark.mean() - light.mean()) ** 2


@given(luminance=greys)
def test_otsu_is_the_best_of_all_thresholds(luminance):
    best = max(variance_between(luminance, threshold) for threshold in range(1, 256))
    found = otsu(GreyPicture(luminance))
    if best < 0:
        assert found == 128
    else:
        assert variance_between(luminance, found) == pytest.approx(best)


def test_otsu_stands_in_the_middle_of_a_gap():
    assert otsu(GreyPicture(np.array([[0, 255]], np.uint8))) == 128
    assert otsu(GreyPicture(np.array([[100, 110]], np.uint8))) == 105


def test_a_picture_whose_pixels_are_written_out_may_not_be_large(tmp_path):
    path = tmp_path / "plain.ppm"
    path.write_bytes(b"P3\n1000 1000\n255\n" + b"1 " * 2**20)
    told = refusal_of(path)
    assert told.startswith("plain.ppm is too large: a picture whose pixels are written out")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_a_tall_picture_is_grey_pixel_for_pixel(tmp_path, mode):
    """Rows are turned to grey a few hundred at a time: no seam may show."""
    rng = np.random.default_rng(3)
    colours = rng.integers(0, 256, (600, 7, 3), np.uint8)
    image = Image.fromarray(colours)
    suffix = ".jpg" if mode == "CMYK" else ".png"
    image = (
        Image.fromarray(colours[..., 0].astype(np.uint16) * 257)
        if mode == "I;16"
        else image.convert(mode)
    )
    path = tmp_path / f"tall{suffix}"
    image.save(path)
    whole = read_grey(path).luminance
    parts = []
    for top in range(0, 600, 100):
        part = tmp_path / "part.png"
        with Image.open(path) as opened:
            strip = opened.crop((0, top, 7, top + 100))
            strip = strip if mode != "CMYK" else strip.convert("L")
            strip.save(part)
        parts.append(read_grey(part).luminance)
    np.testing.assert_array_equal(whole, np.concatenate(parts))
