"""The card of the landscape: its pages, and what is told of them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from hopgui.model.verdict import Kind
from hopgui.ui.landscape.state_chart import StateMark
from hopgui.ui.landscape.view import LandscapeView, Page
from hopgui.ui.look.theme import DARK
from hopgui.ui.parts.choice_box import ChoiceBox
from hopgui.ui.parts.segmented import Segmented


@pytest.fixture
def view(qtbot):
    view = LandscapeView()
    view.resize(360, 560)
    qtbot.addWidget(view)
    return view


def test_it_tells_which_page_is_to_be_seen(view, qtbot):
    told = []
    view.page_shown.connect(told.append)
    assert view.page is None
    view.show()
    qtbot.waitExposed(view)
    assert told[-1] is Page.PLANE
    for page in Page:
        qtbot.mouseClick(view.findChild(Segmented).button(page), Qt.MouseButton.LeftButton)
        assert told[-1] is page is view.page
        assert [each for each in Page if view._pages[each].isVisible()] == [page]
    view.hide()
    assert told[-1] is None


def test_a_state_of_any_page_is_asked_for(view, qtbot):
    view.show()
    qtbot.waitExposed(view)
    asked = []
    view.put_requested.connect(asked.append)
    for page in Page:
        mark = StateMark(np.ones((2, 2), np.int8), Kind.OTHER, page.value)
        view.show_page(page)
        chart = view._pages[page].chart
        chart.show_marks([mark])
        chart.setFocus()
        qtbot.keyClick(chart, Qt.Key.Key_Right)
        qtbot.keyClick(chart, Qt.Key.Key_Return)
        assert asked[-1] is mark.state
    assert len(asked) == len(Page)


def test_every_chart_has_a_name_and_wears_the_theme(view):
    view.show_theme(DARK)
    names = {page.chart.accessibleName() for page in view._pages.values()}
    assert len(names) == len(Page)
    assert all(names)
    assert all(page.chart.theme is DARK for page in view._pages.values())


def test_progress_is_seen_only_on_the_way(view, qtbot):
    view.show()
    qtbot.waitExposed(view)
    page = view.plane
    page.show_progress(3, 10)
    assert page._bar.isVisible()
    assert page._bar.value() == 300
    page.show_progress(10, 10)
    assert not page._bar.isVisible()


def test_a_box_can_be_filled_anew(qtbot):
    box = ChoiceBox([(1, "one"), (2, "two")])
    qtbot.addWidget(box)
    box.show_choice(2)
    assert box.value == 2
    box.clear_choices()
    assert not box.has(2)
    chosen = []
    box.chosen.connect(chosen.append)
    box.add(7, "seven")
    box.show_choice(7)
    assert box.value == 7
    assert not chosen
