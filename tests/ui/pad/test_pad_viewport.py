"""The viewport: whole pixels, and the cell under the pointer stays there."""

from hypothesis import given
from hypothesis import strategies as st

from hopgui.session.session import Grid
from hopgui.ui.pad.viewport import fitted, panned, resized, revealing, zoomed

grids = st.builds(Grid, st.integers(2, 256), st.integers(2, 256))
lengths = st.integers(256, 2000)
ratios = st.sampled_from([1.0, 1.25, 1.5, 2.0])
views = st.builds(fitted, grids, lengths, lengths, ratios)
shares = st.floats(0.001, 0.999)
steps = st.lists(st.integers(1, 4), min_size=1, max_size=5)


def point_in(view, across, down):
    x = view.left + across * view.grid.width * view.cell
    y = view.top + down * view.grid.height * view.cell
    return x, y


@given(views)
def test_a_fitted_picture_is_whole_and_centred(view):
    right = view.width - view.left - view.grid.width * view.cell
    below = view.height - view.top - view.grid.height * view.cell
    assert view.left >= 0
    assert view.top >= 0
    assert 0 <= right - view.left <= 1
    assert 0 <= below - view.top <= 1
    assert min(view.left + right - view.grid.width, view.top + below - view.grid.height) < 0


@given(views, shares, shares, steps)
def test_zooming_in_keeps_the_cell_under_the_pointer(view, across, down, turns):
    point = point_in(view, across, down)
    cell = view.cell_at(*point)
    for turn in turns:
        view = zoomed(view, turn, *point)
        assert view.cell_at(*point) == cell


@given(views, shares, shares)
def test_zooming_out_ends_at_the_whole_picture(view, across, down):
    near = zoomed(view, 3, *point_in(view, across, down))
    assert zoomed(near, -40, *point_in(near, down, across)) == view


@given(views, st.integers(-5000, 5000), st.integers(-5000, 5000))
def test_panning_never_loses_the_picture(view, across, down):
    near = panned(zoomed(view, 6, view.width / 2, view.height / 2), across, down)
    first_column, first_row, last_column, last_row = near.visible
    assert first_column < last_column
    assert first_row < last_row


@given(views)
def test_every_visible_cell_and_no_other_is_counted(view):
    near = zoomed(view, 5, view.width * 0.4, view.height * 0.6)
    first_column, _, last_column, _ = near.visible
    shown = {
        near.cell_at(x + 0.5, 0)[0]
        for x in range(near.width)
        if 0 <= near.cell_at(x + 0.5, 0)[0] < near.grid.width
    }
    assert shown == set(range(first_column, last_column))


@given(views, ratios)
def test_a_fitting_picture_fits_another_screen_too(view, ratio):
    other = resized(view, 900, 700, ratio)
    assert other == fitted(view.grid, 900, 700, ratio)


@given(views, st.data())
def test_a_revealed_cell_is_seen_whole(view, data):
    near = zoomed(view, 4, 0, 0)
    cell = (
        data.draw(st.integers(0, view.grid.width - 1)),
        data.draw(st.integers(0, view.grid.height - 1)),
    )
    shown = revealing(near, cell)
    x, y = shown.corner(cell)
    assert 0 <= x <= shown.width - shown.cell
    assert 0 <= y <= shown.height - shown.cell
