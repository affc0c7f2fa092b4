import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from hopgui.ui.parts.elided_label import ElidedLabel

LONG = "13 units away, and then some more words that find no room"


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 80)
    return window


@pytest.fixture
def label(qtbot, window):
    label = ElidedLabel("muted")
    QVBoxLayout(window).addWidget(label)
    window.show()
    qtbot.waitExposed(window)
    return label


def inked(label):
    image = label.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    columns = range(image.width())
    return [x for x in columns for y in range(image.height()) if image.pixelColor(x, y) != ground]


def test_a_short_text_stands_whole(label):
    label.show_text("A")
    assert label.text() == label.accessibleName() == "A"
    assert not label.toolTip()
    assert 0 < max(inked(label)) < 30


def test_a_long_text_is_cut_and_stands_whole_in_its_hint(label):
    label.show_text(LONG)
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == label.whole == LONG
    assert max(inked(label)) > 100
    label.window().resize(800, 80)
    QApplication.processEvents()
    assert label.text() == LONG
    assert not label.toolTip()


def test_a_larger_font_cuts_anew(label):
    label.window().resize(420, 80)
    QApplication.processEvents()
    label.show_text(LONG)
    assert label.text() == LONG
    font = label.font()
    font.setPixelSize(30)
    label.setFont(font)
    QApplication.processEvents()
    assert label.text() != LONG
    assert label.sizeHint().height() == label.fontMetrics().height()


def test_another_text_lays_nothing_out(label):
    class Layouts(QObject):
        def __init__(self):
            super().__init__()
            self.count = 0

        def eventFilter(self, _watched, event):
            self.count += event.type() == QEvent.Type.LayoutRequest
            return False

    counter = Layouts()
    label.window().installEventFilter(counter)
    label.show_text("one")
    label.show_text(LONG)
    QApplication.processEvents()
    assert counter.count == 0
    label.updateGeometry()
    QApplication.processEvents()
    assert counter.count == 1
