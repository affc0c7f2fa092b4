"""What the pad looks like, pixel by pixel where it matters."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage

from hopgui.model.nearest import Nearest
from hopgui.session.frame import Frame, Phase
from hopgui.session.session import Memory
from hopgui.ui.look.theme import DARK, LIGHT
from hopgui.ui.pad.pad import Overlay, PadView

themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
ratios = pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
sizes = pytest.mark.parametrize(
    ("width", "height"), [(2, 2), (5, 3), (10, 10), (33, 17), (127, 61), (256, 256), (3, 256)]
)


def a_frame(state, unstable=None, recent=(), fields=None, different=None):
    state = np.asarray(state, np.int8)
    return Frame(
        Phase.RUNNING,
        state,
        update=0,
        flips=0,
        energy=0.0,
        overlaps=np.empty(0),
        unstable=np.zeros(state.shape, bool) if unstable is None else unstable,
        descents=0,
        nearest=Nearest(None if different is None else 0, 1, 0, 0.0),
        recent=np.array(recent, np.int32),
        fields=fields,
        different=different,
    )


def noise(width, height, seed=3):
    draw = np.random.default_rng(seed).random((height, width))
    return np.where(draw < 0.5, 1, -1).astype(np.int8)


@pytest.fixture
def pad(qtbot):
    view = PadView()
    view.resize(600, 560)
    qtbot.addWidget(view)
    return view


def picture_of(pad, ratio=1.0):
    """Render the pad at a scale, as uint32 colours of the picture alone, and the cell size."""
    width, height = int(pad.width() * ratio), int(pad.height() * ratio)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    pad.render(image, QPoint())
    grid_height, grid_width = pad._frame.state.shape
    cell = max(1, min(width // grid_width, height // grid_height))
    left, top = (width - cell * grid_width) // 2, (height - cell * grid_height) // 2
    cut = image.copy(QRect(left, top, cell * grid_width, cell * grid_height))
    pixels = np.frombuffer(cut.constBits(), np.uint32).reshape(cut.height(), cut.width())
    return pixels.reshape(grid_height, cell, grid_width, cell).copy()


def rgb(colour):
    return np.uint32(QColor(colour).rgb())


def middles(pixels):
    cell = pixels.shape[1]
    return pixels[:, cell // 2, :, cell // 2]


@sizes
@ratios
@themes
def test_every_unit_wears_its_colour(pad, width, height, ratio, theme):
    state = noise(width, height)
    pad.show_theme(theme)
    pad.show_frame(a_frame(state))
    expected = np.where(state > 0, rgb(theme.plus), rgb(theme.minus))
    assert (middles(picture_of(pad, ratio)) == expected).all()


@ratios
@themes
def test_all_cells_are_alike_and_crisp(pad, ratio, theme):
    pad.show_theme(theme)
    pad.show_frame(a_frame(np.ones((16, 15))))
    pixels = picture_of(pad, ratio)
    assert (pixels == pixels[:1, :, :1]).all()
    middle = pixels[0, pixels.shape[1] // 2, 0]
    assert set(middle.tolist()) == {int(rgb(theme.plus)), int(rgb(theme.panel))}
    assert np.count_nonzero(middle == rgb(theme.panel)) == round(2 * ratio)


def test_small_cells_have_no_gaps(pad):
    pad.show_frame(a_frame(np.ones((128, 128))))
    assert (picture_of(pad) == rgb(LIGHT.plus)).all()


def test_around_the_picture_is_the_card(pad):
    pad.show_theme(DARK)
    pad.show_frame(a_frame(np.ones((10, 10))))
    assert pad.grab().toImage().pixelColor(2, 280) == QColor(DARK.panel)


@themes
def test_a_unit_that_wants_to_flip_has_a_dot(pad, theme):
    unstable = np.zeros((10, 10), bool)
    unstable[3, 4] = True
    pad.show_theme(theme)
    pad.show_frame(a_frame(noise(10, 10), unstable))
    assert ((middles(picture_of(pad)) == rgb(theme.accent)) == unstable).all()
    pad.set_overlay(Overlay.UNSTABLE, False)
    assert not (picture_of(pad) == rgb(theme.accent)).any()


@pytest.mark.parametrize("side", [10, 60, 130, 256])
def test_marks_go_when_their_reason_goes(pad, side):
    state, all_units = noise(side, side), np.ones((side, side), bool)
    pad.show_frame(a_frame(state))
    bare = picture_of(pad)
    pad.show_pinned(all_units)
    pad.show_frame(a_frame(state, all_units, [0, 5]))
    marked = picture_of(pad)
    changed = (marked != bare).any(axis=(1, 3))
    assert changed.all()
    pad.show_frame(a_frame(state))
    assert (picture_of(pad) != bare).any()
    pad.show_pinned(~all_units)
    assert (picture_of(pad) == bare).all()


@pytest.mark.parametrize("side", [10, 60, 130, 256])
@themes
def test_a_pin_is_seen_on_either_value_and_is_no_accent(pad, side, theme):
    state = noise(side, side)
    pinned = noise(side, side, seed=4) > 0
    pad.show_theme(theme)
    pad.show_frame(a_frame(state))
    bare = picture_of(pad)
    pad.show_pinned(pinned)
    marked = picture_of(pad)
    assert ((marked != bare).any(axis=(1, 3)) == pinned).all()
    assert not (marked == rgb(theme.accent)).any()


@pytest.mark.parametrize("side", [10, 60, 130, 256])
@themes
def test_a_turning_unit_is_marked_on_either_value_whatever_else_marks_it(pad, side, theme):
    state = noise(side, side)
    turning = noise(side, side, seed=6) > 0
    pad.show_theme(theme)
    for others in (np.zeros((side, side), bool), noise(side, side, seed=8) > 0):
        pad.show_pinned(others)
        pad.show_frame(a_frame(state, others))
        pad.show_turning(None)
        bare = picture_of(pad)
        pad.show_turning(turning)
        assert ((picture_of(pad) != bare).any(axis=(1, 3)) == turning).all()
        pad.show_turning(~turning)
        assert ((picture_of(pad) != bare).any(axis=(1, 3)) == ~turning).all()
        pad.show_turning(None)
        assert (picture_of(pad) == bare).all()


def test_the_newest_flip_is_outlined_most_strongly(pad):
    pad.show_frame(a_frame(-np.ones((10, 10))))
    bare = picture_of(pad)
    pad.show_frame(a_frame(-np.ones((10, 10)), recent=[11, 55, 88]))
    changed = (picture_of(pad) != bare).sum(axis=(1, 3))
    assert changed[1, 1] > changed[5, 5] > changed[8, 8] > 0
    assert np.count_nonzero(changed) == 3
    pad.set_overlay(Overlay.RECENT, False)
    assert (picture_of(pad) == bare).all()


def test_marks_of_another_grid_are_not_drawn(pad):
    pad.show_frame(a_frame(noise(10, 10)))
    bare = picture_of(pad)
    pad.show_pinned(np.ones((4, 4), bool))
    pad.show_turning(np.ones((4, 4), bool))
    assert (picture_of(pad) == bare).all()


@pytest.mark.parametrize("side", [10, 60])
def test_a_zoomed_picture_shows_its_cells_and_marks_in_place(pad, side):
    state = noise(side, side)
    unstable = noise(side, side, seed=9) > 0
    pad.show_frame(a_frame(state, unstable))
    for _ in range(4):
        pad.zoom_in()
    image = pad.grab().toImage()
    view = pad._viewport
    first_column, first_row, last_column, last_row = view.visible
    for row in range(first_row + 1, last_row - 1):
        for column in range(first_column + 1, last_column - 1):
            x, y = view.corner((column, row))
            value = LIGHT.plus if state[row, column] > 0 else LIGHT.minus
            middle = LIGHT.accent if unstable[row, column] else value
            beside = view.cell // 4
            assert image.pixelColor(x + view.cell // 2, y + view.cell // 2) == QColor(middle)
            assert image.pixelColor(x + beside, y + beside) == QColor(value)


@themes
@ratios
def test_the_weakest_units_wear_a_diamond_in_the_colour_of_the_other_value(pad, theme, ratio):
    state = noise(10, 10)
    pad.show_theme(theme)
    pad.show_frame(a_frame(state))
    plain = picture_of(pad, ratio)
    weakest = np.array([3, 47, 99], np.int32)
    pad.show_weakest(weakest)
    marked = picture_of(pad, ratio)
    other = {1: QColor(theme.minus).rgb(), -1: QColor(theme.plus).rgb()}
    for unit in range(100):
        row, column = divmod(unit, 10)
        before, after = plain[row, :, column], marked[row, :, column]
        if unit in weakest:
            assert other[int(state[row, column])] in after.ravel()
            middle = after.shape[0] // 2
            assert after[middle, middle] == before[middle, middle], "a dot is seen in it"
        else:
            assert np.array_equal(before, after)


def test_in_the_smallest_cells_the_weakest_are_ringed(pad):
    state = noise(127, 61)
    pad.show_frame(a_frame(state))
    plain = picture_of(pad)
    pad.show_weakest(np.array([30 * 127 + 60], np.int32))
    changed = np.argwhere((picture_of(pad) != plain).any(axis=(1, 3)))
    assert changed.size
    assert np.abs(changed - [30, 60]).max() <= 2


def test_marks_of_a_larger_pad_are_left_out(pad):
    pad.show_frame(a_frame(noise(10, 10)))
    pad.show_weakest(np.array([99], np.int32))
    pad.show_frame(a_frame(noise(5, 3)))
    assert not pad.grab().isNull()


def channels(colours):
    """Red, green and blue of uint32 colours."""
    return np.array([colours >> shift & 255 for shift in (16, 8, 0)], int)


@pytest.mark.parametrize("side", [2, 10, 60, 130, 256])
@themes
def test_fields_are_blue_below_zero_and_orange_above(pad, side, theme):
    state = noise(side, side)
    fields = np.random.default_rng(8).integers(-50, 51, (side, side))
    pad.show_theme(theme)
    pad.show_frame(a_frame(state, fields=fields))
    bare = picture_of(pad)
    pad.set_overlay(Overlay.FIELD, True)
    pixels = picture_of(pad)
    cell = pixels.shape[1]
    red, _, blue = channels(pixels[:, cell // 6, :, cell // 2])
    for value in (1, -1):
        warm = (red - blue)[(fields > 25) & (state == value)]
        cold = (red - blue)[(fields < -25) & (state == value)]
        assert not warm.size or not cold.size or warm.min() > cold.max()
    pad.set_overlay(Overlay.FIELD, False)
    assert (picture_of(pad) == bare).all()


@pytest.mark.parametrize("side", [2, 10, 60])
@themes
def test_a_core_shows_the_value_before_its_field(pad, side, theme):
    state = noise(side, side)
    fields = np.random.default_rng(8).integers(-50, 51, (side, side))
    pad.show_theme(theme)
    pad.set_overlay(Overlay.FIELD, True)
    pad.show_frame(a_frame(state, fields=fields))
    expected = np.where(state > 0, rgb(theme.plus), rgb(theme.minus))
    assert (middles(picture_of(pad)) == expected).all()
    pad.show_frame(a_frame(-state, fields=fields))
    assert (middles(picture_of(pad)) != expected).all()


@pytest.mark.parametrize("side", [130, 256])
def test_where_field_and_value_share_a_cell_both_are_told(pad, side):
    state = noise(side, side)
    fields = np.where(noise(side, side, seed=5) > 0, 7.5, -7.5)
    pad.set_overlay(Overlay.FIELD, True)
    pad.show_frame(a_frame(state, fields=fields))
    seen = middles(picture_of(pad))
    kinds = {
        (value, sign): set(seen[(state == value) & (np.sign(fields) == sign)].tolist())
        for value in (1, -1)
        for sign in (1, -1)
    }
    assert all(len(colours) == 1 for colours in kinds.values())
    assert len(set.union(*kinds.values())) == 4


def test_no_field_at_all_looks_like_the_panel(pad):
    pad.set_overlay(Overlay.FIELD, True)
    pad.show_frame(a_frame(noise(10, 10), fields=np.zeros((10, 10), np.int64)))
    pixels = picture_of(pad)
    assert (pixels[:, pixels.shape[1] // 6, :, pixels.shape[1] // 2] == rgb(LIGHT.panel)).all()


@pytest.mark.parametrize("side", [10, 60, 130, 256])
@pytest.mark.parametrize("colour", [0, 3])
@themes
def test_what_differs_from_the_memory_is_marked_in_its_colour(pad, side, colour, theme):
    state, different = noise(side, side), noise(side, side, seed=6) > 0
    memory = Memory("A", state, colour)
    pad.show_theme(theme)
    pad.show_memories([memory])
    pad.show_frame(a_frame(state, different=different))
    bare = picture_of(pad)
    pad.set_overlay(Overlay.DIFFERENCE, True)
    marked = picture_of(pad)
    assert ((marked != bare).any(axis=(1, 3)) == different).all()
    if side < 100:
        want = channels(rgb(theme.memories[colour]))[:, None, None]
        near = (np.abs(channels(middles(marked)) - want) < 64).all(axis=0)
        assert (near == different).all()
    pad.show_frame(a_frame(state, different=~different))
    assert ((picture_of(pad) != bare).any(axis=(1, 3)) == ~different).all()
    pad.show_frame(a_frame(state))
    assert (picture_of(pad) == bare).all()


@pytest.mark.parametrize("side", [10, 60, 130, 256])
def test_every_mark_goes_with_every_other(pad, side):
    """Each of the four kinds changes a cell whatever the other three do."""
    state, masks = noise(side, side), [noise(side, side, seed=seed) > 0 for seed in (5, 6, 7)]
    fields = np.random.default_rng(8).integers(1, 51, (side, side)) * state
    pad.show_memories([Memory("A", state, 1)])
    seen = set()
    for overlays in range(8):
        unstable, different, pinned = (
            mask if overlays >> place & 1 else np.zeros_like(mask)
            for place, mask in enumerate(masks)
        )
        pad.show_pinned(pinned)
        pad.set_overlay(Overlay.DIFFERENCE, True)
        pad.show_frame(a_frame(state, unstable, fields=fields, different=different))
        seen.add(picture_of(pad).tobytes())
    assert len(seen) == 8
