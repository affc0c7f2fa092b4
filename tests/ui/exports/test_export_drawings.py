"""What is exported as a picture: every cell where it belongs, in every kind of file."""

import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from subjects import array, at_rest, rgb, subject

from hopgui.session import edits, library
from hopgui.session.provenance import Provenance
from hopgui.session.session import Grid, blank_session, frozen
from hopgui.ui.exports import drawings
from hopgui.ui.exports.order import CHARTS, Format, Order, What, can_export, drawing_of
from hopgui.ui.exports.picture_files import MOST_PIXELS, to_bytes, to_image
from hopgui.ui.look import fonts
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.pad.drawing import draw_pad
from hopgui.ui.plots.energy_panel import EnergyPanel

ORIGIN = Provenance((("Software", "HopGUI 1"), ("Session", "sha256 ab"), ("Seed", "7 <&>")))


@pytest.fixture(autouse=True)
def _fonts(qapp):
    fonts.install(qapp)


def order(what, kind=Format.PNG, theme=LIGHT, width=960, height=600, **more):
    return Order(what, kind, width, height, theme, **more)


def svg_image(content, width):
    renderer = QSvgRenderer(QByteArray(content))
    assert renderer.isValid()
    size = renderer.viewBox().size()
    image = QImage(width, round(width * size.height() / size.width()), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


PICTURES = [What.PAD, What.ENERGY, What.OVERLAP, What.COUPLINGS, What.FIGURE, What.SHEET]


def test_pad_cells_have_the_colours_of_their_units_in_png_and_svg():
    shown = subject()
    state = shown.frame.state
    for theme in (LIGHT, DARK):
        drawing = drawing_of(order(What.PAD, theme=theme, marks=False), shown)
        content = to_bytes(drawing, Format.SVG, 640, "pad", ORIGIN)
        for image in (to_image(drawing, 1024), svg_image(content, 1024)):
            pixels = array(image)
            edge = 1024 * drawings.MARGIN / drawing.size.width()
            cell = (1024 - 2 * edge) / 10
            middles = (edge + cell * (np.arange(10) + 0.5)).astype(int)
            colours = pixels[middles][:, middles]
            assert ((colours == rgb(theme.plus)).all(2) == (state > 0)).all()
            assert ((colours == rgb(theme.minus)).all(2) == (state < 0)).all()
            assert tuple(pixels[2, 2]) == rgb(theme.panel)


@pytest.mark.parametrize("grid", [Grid(256, 256), Grid(200, 3), Grid(2, 90)])
def test_cells_too_small_for_gaps_touch_and_stay_in_place(grid):
    rng = np.random.default_rng(1)
    state = rng.choice(np.array([-1, 1], np.int8), grid.shape)
    side = 4 * max(grid.width, grid.height)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    painter = QPainter(image)
    draw_pad(painter, QRectF(0, 0, side, side), state, LIGHT)
    painter.end()
    pixels = array(image)
    top, left = (side - 4 * grid.height) // 2, (side - 4 * grid.width) // 2
    part = pixels[top : top + 4 * grid.height, left : left + 4 * grid.width]
    expected = state.repeat(4, 0).repeat(4, 1) > 0
    assert ((part == rgb(LIGHT.plus)).all(2) == expected).all()
    assert ((part == rgb(LIGHT.minus)).all(2) == ~expected).all()


def test_marks_are_there_when_wanted_and_not_otherwise():
    session = library.first_session()
    pinned = np.zeros(session.grid.shape, bool)
    pinned[4, 4] = True
    shown = subject(replace(session, pinned=frozen(pinned)))
    plain = array(to_image(drawing_of(order(What.PAD, marks=False), shown), 800))
    marked = array(to_image(drawing_of(order(What.PAD, marks=True), shown), 800))
    accent = rgb(LIGHT.accent)
    assert not (plain == accent).all(2).any()
    assert (marked == accent).all(2).any()
    edge, cell = 800 * 16 / 512, 80 * 480 / 512
    corner = marked[int(edge + 4 * cell) :, : int(edge + 5 * cell)][6, -9]
    other = LIGHT.minus if shown.frame.state[4, 4] > 0 else LIGHT.plus
    assert tuple(corner) == rgb(other), "a pinned unit wears a corner of the other colour"


@pytest.mark.parametrize("what", PICTURES)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_svg_and_png_show_the_same(what, theme):
    shown = subject()
    drawing = drawing_of(order(what, theme=theme), shown)
    pixels = array(to_image(drawing, 640)).astype(int)
    lines = array(svg_image(to_bytes(drawing, Format.SVG, 640, "t", ORIGIN), 640)).astype(int)
    assert tuple(pixels[1, 1]) == rgb(theme.panel)
    coarse = [
        each[: 16 * (each.shape[0] // 16), :640].reshape(-1, 16, 40, 16, 3).mean((1, 3))
        for each in (pixels, lines[: pixels.shape[0]])
    ]
    assert pixels.std() > 5
    assert abs(coarse[0] - coarse[1]).mean() < 3


@pytest.mark.parametrize("what", PICTURES)
def test_every_kind_of_file_carries_what_makes_it_again(what):
    drawing = drawing_of(order(what), subject())
    with Image.open(io.BytesIO(to_bytes(drawing, Format.PNG, 320, "Letters: x", ORIGIN))) as image:
        assert image.size[0] == 320
        assert {**dict(ORIGIN.notes), "Title": "Letters: x"}.items() <= image.info.items()
    tree = ET.fromstring(to_bytes(drawing, Format.SVG, 320, "Letters: x", ORIGIN))  # noqa: S314 - made here
    names = {"s": "http://www.w3.org/2000/svg"}
    assert tree.find("s:title", names).text == "Letters: x"
    assert tree.find("s:desc", names).text == ORIGIN.text
    pdf = to_bytes(drawing, Format.PDF, 320, "Letters: x", ORIGIN)
    start = pdf.index(b"<?xpacket begin")
    xmp = pdf[start : pdf.index(b"<?xpacket end", start)].decode()
    said = ET.fromstring(xmp[xmp.index("<x:xmpmeta") :])  # noqa: S314 - made here
    lines = [each.text for each in said.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li")]
    assert lines == ["Letters: x", ORIGIN.text]


def test_a_pdf_has_one_page_of_its_size():
    drawing = drawing_of(order(What.FIGURE, width=640, height=480), subject())
    pdf = to_bytes(drawing, Format.PDF, 640, "t", ORIGIN)
    boxes = re.findall(rb"/MediaBox \[([^]]*)\]", pdf)
    assert len(boxes) == 1
    _, _, width, height = map(float, boxes[0].split())
    assert (width, height) == pytest.approx((480, 360), abs=1)


def test_lines_grow_with_the_picture():
    shown = subject()
    widths = {}
    for width in (480, 1920):
        drawing = drawing_of(order(What.ENERGY, width=width, height=width * 5 // 8), shown)
        pixels = array(to_image(drawing, width)).astype(int)
        # How much of the curve's blue there is, softened edges counted for what they are.
        blue = pixels[..., 2] - pixels[..., 0]
        widths[width] = blue[blue > 40].sum() / blue.size
    assert widths[1920] == pytest.approx(widths[480], rel=0.3)


def test_the_screen_does_not_change_by_an_export(qtbot):
    shown = subject()
    card = EnergyPanel()
    qtbot.addWidget(card)
    card.show_memories(shown.session.memories, shown.energies)
    card.show_frame(shown.frame)
    before = card.grab().toImage()
    to_image(drawing_of(order(What.ENERGY, theme=DARK), shown), 900)
    card.update()
    assert card.grab().toImage() == before


def test_a_figure_shows_four_moments_of_the_run():
    shown = subject()
    recording = shown.frame.recording
    chosen = drawings.four_moments(recording)
    assert chosen[0] == 0
    assert chosen[-1] == recording.flip_updates[-1]
    assert chosen == sorted(set(chosen))
    assert len(chosen) == 4
    width = 1280
    drawing = drawing_of(order(What.FIGURE, width=width, height=950), shown)
    pixels = array(to_image(drawing, width))
    side = 2 * (drawings.FIGURE_WIDTH - 5 * drawings.MARGIN) / 4
    for place, update in enumerate(chosen):
        left = 2 * drawings.MARGIN + place * (side + 2 * drawings.MARGIN)
        columns = (left + side / 10 * (np.arange(10) + 0.5)).astype(int)
        rows = (2 * drawings.MARGIN + side / 10 * (np.arange(10) + 0.5)).astype(int)
        ink = (pixels[rows][:, columns] == rgb(LIGHT.plus)).all(2)
        assert np.array_equal(ink, recording.state_at(update).reshape(10, 10) > 0)


def test_the_window_is_taken_as_it_stands():
    image = to_image(drawing_of(order(What.WINDOW), subject()), 300)
    assert (image.width(), image.height()) == (300, 180)
    assert (array(image) == rgb("#123456")).all()


def test_a_picture_beyond_all_bounds_is_made_smaller():
    drawing = drawings.Drawing(QSizeF(10, 400), lambda _painter, _scale: None)
    image = to_image(drawing, 8000)
    assert image.width() * image.height() <= MOST_PIXELS * 1.01
    assert image.height() / image.width() == pytest.approx(40, rel=0.01)


def test_a_sheet_holds_a_thousand_memories():
    session = blank_session(Grid(4, 4))
    session = edits.store_all(session, [(str(n), session.pad) for n in range(1000)])
    image = to_image(drawing_of(order(What.SHEET), at_rest(session)), 960)
    assert 300 < image.height() < 1500


def test_only_what_is_there_can_be_exported():
    empty = at_rest(blank_session(Grid(4, 4)))
    assert [what for what in What if can_export(what, empty)] == [
        What.PAD,
        What.ENERGY,
        What.WINDOW,
    ]
    still = at_rest(library.first_session())
    missing = {what for what in What if not can_export(what, still)}
    assert missing == {
        What.COUPLINGS,
        What.FIGURE,
        What.FILM,
        What.RUN_TABLE,
        What.OVERLAP_TABLE,
        *CHARTS,
    }
    assert all(can_export(what, subject()) for what in What)


def test_a_buffer_holds_the_file_that_is_told():
    buffer = QBuffer()
    buffer.setData(to_bytes(drawing_of(order(What.PAD), subject()), Format.PNG, 64, "t", ORIGIN))
    assert QImage.fromData(buffer.data()).size() == QSize(64, 64)
