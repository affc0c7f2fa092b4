"""Pictures on their way in: how much of each is ink, seen before it is stored."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.images import Fit, Fitted, NamedPicture, fitted, inked, otsu, reduced
from hopgui.session.session import LARGEST_SIDE, Grid, Picture
from hopgui.ui import numbers
from hopgui.ui.picture_view import PictureView
from hopgui.ui.theme import Theme
from hopgui.ui.thumbnail import grey_image, units_image

# The original is shown from a copy no larger than a large window needs.
_SHOWN = 1024
_SET_BITS = np.array([number.bit_count() for number in range(256)], np.uint8)


class Destination(StrEnum):
    """What the pictures become."""

    MEMORIES = "memories"
    PAD = "pad"


class ImportDialog(QDialog):
    """Turns pictures into units under the person's eyes.

    Parameters
    ----------
    pictures
        The pictures, at least one.
    grid
        The grid they come onto.
    theme
        Colours of the preview.
    patterns
        The memories as rows of ±1, int8 array of shape (memories, units).
    """

    def __init__(
        self,
        pictures: Sequence[NamedPicture],
        grid: Grid,
        theme: Theme,
        patterns: NDArray[np.int8],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        title = self.tr("Import a picture") if len(pictures) == 1 else self.tr("Import pictures")
        self.setWindowTitle(title)
        self.destination = Destination.MEMORIES
        self._pictures = tuple(pictures)
        self._grid = grid
        self._theme = theme
        self._patterns = np.packbits(patterns > 0, axis=1)
        self._thresholds = [otsu(reduced(each.grey, LARGEST_SIDE)) for each in self._pictures]
        self._at = 0
        self._fitted: Fitted = self._fit_of(0, Fit.CONTAIN)
        self._make_controls()
        self._lay_out()
        self._connect()
        self._show_picture(0)
        self.resize(self.sizeHint())

    def pictures(self) -> list[tuple[str, Picture]]:
        """Return the name and the units of each picture, int8 arrays of shape (height, width)."""
        return [
            (each.name, self._units(self._fit_of(place, self._fit()), threshold))
            for place, (each, threshold) in enumerate(
                zip(self._pictures, self._thresholds, strict=True)
            )
        ]

    # The controls

    def _make_controls(self) -> None:
        several = len(self._pictures) > 1
        self._list = QListWidget()
        for each in self._pictures:
            item = QListWidgetItem(each.name, self._list)
            item.setSizeHint(QSize(0, 28))
        self._list.setAccessibleName(self.tr("Pictures"))
        self._list.setFixedWidth(168)
        self._previous = self._button(self.tr("Previous"))
        self._next = self._button(self.tr("Next"))
        self._place = QLabel()
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._original = PictureView()
        self._preview = PictureView()
        self._threshold = QSlider(Qt.Orientation.Horizontal)
        self._threshold.setRange(0, 256)
        self._threshold.setPageStep(16)
        self._threshold.setAccessibleName(self.tr("Threshold"))
        self._number = QLabel()
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance("0000"))
        self._auto = self._button(self.tr("Auto"))
        self._auto.setToolTip(self.tr("The threshold that parts dark from light best (Otsu)"))
        self._common = QCheckBox(self.tr("The same threshold for all pictures"))
        self._invert = QCheckBox(self.tr("Light is ink"))
        self._fits = QComboBox()
        self._fits.addItem(self.tr("Whole picture, with a margin"), Fit.CONTAIN)
        self._fits.addItem(self.tr("Fill the grid, cut what is over"), Fit.COVER)
        self._fits.addItem(self.tr("Stretch to the grid"), Fit.STRETCH)
        self._fits.setAccessibleName(self.tr("Fit"))
        self._facts = QLabel()
        self._facts.setObjectName("muted")
        for widget in (self._list, self._previous, self._next, self._place, self._common):
            widget.setVisible(several)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName("secondary")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addLayout(self._chooser())
        work = QVBoxLayout()
        work.setSpacing(16)
        work.addLayout(self._views(), 1)
        work.addLayout(self._settings())
        body.addLayout(work, 1)
        column.addLayout(body, 1)
        column.addWidget(self._decision())

    def _chooser(self) -> QVBoxLayout:
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self._previous)
        steps.addWidget(self._next)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._list, 1)
        column.addWidget(self._place)
        column.addLayout(steps)
        return column

    def _views(self) -> QGridLayout:
        views = QGridLayout()
        views.setHorizontalSpacing(24)
        views.setVerticalSpacing(8)
        on_grid = self.tr("On the grid, {width} × {height}")
        titles = (
            self.tr("Original"),
            on_grid.format(width=self._grid.width, height=self._grid.height),
        )
        for place, (title, view) in enumerate(
            zip(titles, (self._original, self._preview), strict=True)
        ):
            label = QLabel(title)
            label.setObjectName("title")
            view.setAccessibleName(title)
            views.addWidget(label, 0, place)
            views.addWidget(view, 1, place)
            views.setColumnStretch(place, 1)
        views.setRowStretch(1, 1)
        views.addWidget(self._facts, 2, 0, 1, 2)
        return views

    def _settings(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(8)
        for row, text in ((0, self.tr("Threshold")), (3, self.tr("Fit"))):
            label = QLabel(text)
            label.setContentsMargins(0, 0, 8, 0)
            grid.addWidget(label, row, 0)
        grid.addWidget(self._threshold, 0, 1)
        grid.addWidget(self._number, 0, 2)
        grid.addWidget(self._auto, 0, 3)
        for row, widget in ((1, self._common), (2, self._invert), (3, self._fits)):
            grid.addWidget(widget, row, 1, 1, 3)
        grid.setColumnStretch(1, 1)
        return grid

    def _decision(self) -> QDialogButtonBox:
        count = len(self._pictures)
        text = self.tr("Store as memory") if count == 1 else self.tr("Store {count} memories")
        box = QDialogButtonBox()
        store = box.addButton(
            text.format(count=numbers.number(count)), QDialogButtonBox.ButtonRole.AcceptRole
        )
        store.setObjectName("primary")
        store.setDefault(True)
        buttons = [store]
        if count == 1:
            pad = box.addButton(self.tr("Put on the pad"), QDialogButtonBox.ButtonRole.ActionRole)
            pad.clicked.connect(self._accept_for_pad)
            buttons.append(pad)
        buttons.append(box.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole))
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAutoDefault(button is store)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _connect(self) -> None:
        self._list.currentRowChanged.connect(self._show_picture)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._threshold.valueChanged.connect(self._take_threshold)
        self._auto.clicked.connect(self._take_best)
        self._common.toggled.connect(self._share_threshold)
        self._invert.toggled.connect(self._show_units)
        self._fits.currentIndexChanged.connect(self._refit)

    # What happens

    def _show_picture(self, place: int) -> None:
        count = len(self._pictures)
        self._at = place
        self._list.setCurrentRow(place)
        self._previous.setEnabled(place > 0)
        self._next.setEnabled(place + 1 < count)
        at = self.tr("{place} of {count}")
        self._place.setText(at.format(place=numbers.number(place + 1), count=numbers.number(count)))
        original = reduced(self._pictures[place].grey, _SHOWN)
        self._original.show_picture(grey_image(original.luminance))
        self._fitted = self._fit_of(place, self._fit())
        self._threshold.setValue(self._thresholds[place])
        self._show_units()

    def _show_units(self) -> None:
        """Cut the fitted picture anew and say what came out; quick enough for every move."""
        threshold = self._thresholds[self._at]
        units = self._units(self._fitted, threshold)
        self._number.setText(numbers.number(threshold))
        self._preview.show_picture(units_image(units, self._theme))
        share = 100 * np.count_nonzero(units == 1) / units.size
        facts = self.tr("{share} % ink").format(share=numbers.number(share))
        if len(self._patterns):
            overlap = self._nearest_overlap(units)
            nearest = self.tr("overlap with the nearest memory {overlap}")
            facts += " · " + nearest.format(overlap=numbers.signed(overlap, 2))
        self._facts.setText(facts)

    def _nearest_overlap(self, units: Picture) -> float:
        """Return the overlap of the largest size, the mean of the products with a memory."""
        apart = np.bitwise_xor(self._patterns, np.packbits(units.ravel() > 0))
        overlaps = 1 - 2 * _SET_BITS[apart].sum(axis=1, dtype=np.int64) / units.size
        return float(overlaps[np.argmax(np.abs(overlaps))])

    def _fit(self) -> Fit:
        return Fit(self._fits.currentData())

    def _fit_of(self, place: int, fit: Fit) -> Fitted:
        return fitted(self._pictures[place].grey, self._grid.shape, fit)

    def _units(self, picture: Fitted, threshold: int) -> Picture:
        return inked(picture, threshold, invert=self._invert.isChecked())

    def _refit(self) -> None:
        self._fitted = self._fit_of(self._at, self._fit())
        self._show_units()

    def _take_threshold(self, threshold: int) -> None:
        self._thresholds[self._at] = threshold
        if self._common.isChecked():
            self._share_threshold(shared=True)
        self._show_units()

    def _take_best(self) -> None:
        grey = reduced(self._pictures[self._at].grey, LARGEST_SIDE)
        self._threshold.setValue(otsu(grey))

    def _share_threshold(self, shared: bool) -> None:
        if shared:
            self._thresholds = [self._thresholds[self._at]] * len(self._pictures)

    def _go_back(self) -> None:
        self._list.setCurrentRow(self._at - 1)

    def _go_on(self) -> None:
        self._list.setCurrentRow(self._at + 1)

    def _accept_for_pad(self) -> None:
        self.destination = Destination.PAD
        self.accept()
