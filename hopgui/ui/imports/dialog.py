"""Pictures on their way in: how much of each is ink, seen before it is stored."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.fitting import Fitted, fitted, inked, otsu, reduced
from hopgui.session.images import NamedPicture
from hopgui.session.session import (
    LARGEST_SIDE,
    MOST_MEMORIES,
    SMALLEST_SIDE,
    Grid,
    Picture,
    Session,
    blank_session,
)
from hopgui.session.set_facts import most_compared, set_facts
from hopgui.ui.imports.set_card import SetCard
from hopgui.ui.imports.settings import ImportSettings
from hopgui.ui.look import numbers
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.picture_view import PictureView
from hopgui.ui.parts.thumbnail import grey_image, units_image

# The original is shown from a copy no larger than a large window needs.
_SHOWN = 1024
_SOON = 120  # milliseconds until the set is compared anew
_SET_BITS = np.array([number.bit_count() for number in range(256)], np.uint8)


class Destination(StrEnum):
    """What the pictures become."""

    MEMORIES = "memories"
    PAD = "pad"
    DOCUMENT = "document"  # memories of a new document, on a grid of their own size
    TRAINING = "training"  # what a machine is trained on


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
    session
        The document they come to, a blank one if None.
    offers_grid
        Whether the pictures' own size can become the grid's.
    training
        Whether a machine is to be trained on the pictures, which are then stored nowhere.
    """

    def __init__(
        self,
        pictures: Sequence[NamedPicture],
        grid: Grid,
        theme: Theme,
        patterns: NDArray[np.int8],
        parent: QWidget | None = None,
        *,
        session: Session | None = None,
        offers_grid: bool = True,
        training: bool = False,
    ) -> None:
        super().__init__(parent)
        title = self.tr("Import a picture") if len(pictures) == 1 else self.tr("Import pictures")
        self.setWindowTitle(title)
        self._training = training
        self.destination = Destination.TRAINING if training else Destination.MEMORIES
        self._pictures = tuple(pictures)
        self._session = session or blank_session(grid)
        self._old_grid = grid
        self._own_grid = _common_grid(self._pictures) if offers_grid else None
        self._theme = theme
        self._memories = patterns
        self._patterns = np.packbits(patterns > 0, axis=1)
        self._thresholds = [otsu(reduced(each.grey, LARGEST_SIDE)) for each in self._pictures]
        self._at = 0
        self._pad: QPushButton | None = None
        self._make_controls()
        self._fitted: Fitted = self._fit_of(0)
        self._lay_out()
        self._connect()
        self._show_picture(0)
        self._show_grid()
        self._show_count()
        self.resize(self.sizeHint())

    def pictures(self) -> list[tuple[str, Picture]]:
        """Return name and units of each picture taken, int8 arrays of shape (height, width)."""
        return [self._named(place) for place in self._taken()]

    def grid(self) -> Grid:
        """Return the grid that the pictures were brought to."""
        return self._settings.grid

    def _named(self, place: int) -> tuple[str, Picture]:
        fitted_one = self._fit_of(place)
        return self._pictures[place].name, self._units(fitted_one, self._thresholds[place])

    def _taken(self) -> list[int]:
        checked = Qt.CheckState.Checked
        count = self._list.count()
        return [row for row in range(count) if self._list.item(row).checkState() is checked]

    # The controls

    def _make_controls(self) -> None:
        several = len(self._pictures) > 1
        self._list = QListWidget()
        for each in self._pictures:
            item = QListWidgetItem(each.name, self._list)
            item.setSizeHint(QSize(0, 28))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self._list.setObjectName("choices")
        self._list.setAccessibleName(self.tr("Pictures"))
        self._list.setFixedWidth(168)
        self._all = self._button(self.tr("All"))
        self._none = self._button(self.tr("None"))
        self._previous = self._button(self.tr("Previous"))
        self._next = self._button(self.tr("Next"))
        self._place = QLabel()
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._original = PictureView()
        self._preview = PictureView()
        self._settings = ImportSettings(self._old_grid, self._own_grid, several=several)
        self._facts = QLabel()
        self._facts.setObjectName("muted")
        self._set = SetCard(self._theme)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._show_set)
        only_several = (self._previous, self._next, self._place, self._all, self._none)
        for widget in (self._list, *only_several):
            widget.setVisible(several)
        # What is stored nowhere crowds no memories.
        self._set.setVisible(several and not self._training)

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
        work.addWidget(self._settings)
        body.addLayout(work, 1)
        body.addWidget(self._set)
        column.addLayout(body, 1)
        column.addWidget(self._decision())

    def _chooser(self) -> QVBoxLayout:
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(self._previous)
        steps.addWidget(self._next)
        column = QVBoxLayout()
        column.setSpacing(8)
        choose = QHBoxLayout()
        choose.setSpacing(8)
        choose.addWidget(self._all)
        choose.addWidget(self._none)
        column.addWidget(self._list, 1)
        column.addLayout(choose)
        column.addWidget(self._place)
        column.addLayout(steps)
        return column

    def _views(self) -> QGridLayout:
        views = QGridLayout()
        views.setHorizontalSpacing(24)
        views.setVerticalSpacing(8)
        self._on_grid = QLabel()
        titles = QLabel(self.tr("Original")), self._on_grid
        self._original.setAccessibleName(titles[0].text())
        for place, (label, view) in enumerate(
            zip(titles, (self._original, self._preview), strict=True)
        ):
            label.setObjectName("title")
            views.addWidget(label, 0, place)
            views.addWidget(view, 1, place)
            views.setColumnStretch(place, 1)
        views.setRowStretch(1, 1)
        views.addWidget(self._facts, 2, 0, 1, 2)
        return views

    def _decision(self) -> QDialogButtonBox:
        count = len(self._pictures)
        box = QDialogButtonBox()
        self._store = store = box.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        store.setObjectName("primary")
        store.setDefault(True)
        buttons = [store]
        if count == 1 and not self._training:
            pad = box.addButton(self.tr("Put on the pad"), QDialogButtonBox.ButtonRole.ActionRole)
            pad.clicked.connect(self._accept_for_pad)
            buttons.append(pad)
            self._pad = pad
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
        self._settings.threshold_chosen.connect(self._take_threshold)
        self._settings.best_wanted.connect(self._take_best)
        self._settings.common_chosen.connect(self._share_threshold)
        self._settings.cut_changed.connect(self._show_units)
        self._settings.fit_changed.connect(self._refit)
        self._list.itemChanged.connect(self._show_count)
        self._all.clicked.connect(lambda: self._check_all(Qt.CheckState.Checked))
        self._none.clicked.connect(lambda: self._check_all(Qt.CheckState.Unchecked))

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
        self._fitted = self._fit_of(place)
        self._settings.show_threshold(self._thresholds[place])
        self._show_units()

    def _show_units(self) -> None:
        """Cut the fitted picture anew and say what came out; quick enough for every move."""
        threshold = self._thresholds[self._at]
        units = self._units(self._fitted, threshold)
        self._settings.show_threshold(threshold)
        self._preview.show_picture(units_image(units, self._theme))
        share = 100 * np.count_nonzero(units == 1) / units.size
        facts = self.tr("{share} % ink").format(share=numbers.number(share))
        self._soon.start()
        if len(self._patterns) and self.grid() == self._old_grid:
            overlap = self._nearest_overlap(units)
            nearest = self.tr("overlap with the nearest memory {overlap}")
            facts += " · " + nearest.format(overlap=numbers.signed(overlap, 2))
        self._facts.setText(facts)

    def _nearest_overlap(self, units: Picture) -> float:
        """Return the overlap of the largest size, the mean of the products with a memory."""
        apart = np.bitwise_xor(self._patterns, np.packbits(units.ravel() > 0))
        overlaps = 1 - 2 * _SET_BITS[apart].sum(axis=1, dtype=np.int64) / units.size
        return float(overlaps[np.argmax(np.abs(overlaps))])

    def _fit_of(self, place: int) -> Fitted:
        shape = self._settings.grid.shape
        return fitted(self._pictures[place].grey, shape, self._settings.fit)

    def _units(self, picture: Fitted, threshold: int) -> Picture:
        settings = self._settings
        return inked(picture, threshold, invert=settings.invert, dither=settings.dither)

    def _show_count(self) -> None:
        """Say on the button how many pictures are taken."""
        count = len(self._taken())
        text = self.tr("Store {count} memories")
        if len(self._pictures) == 1:
            text = self.tr("Store as memory")
        if self.destination is Destination.TRAINING:
            text = self.tr("Train on {count} pictures")
        if self.destination is Destination.DOCUMENT:
            text = self.tr("Open with {count} memories")
        room = MOST_MEMORIES - len(self._session.memories)
        fits = self.destination is not Destination.MEMORIES or count <= room
        if not fits:  # told while it can still be chosen otherwise
            text = self.tr("There is room for {count}")
        self._store.setText(text.format(count=numbers.number(count if fits else room)))
        self._store.setEnabled(count > 0 and fits)
        if self._pad is not None:
            self._pad.setEnabled(self.grid() == self._old_grid)
        self._soon.start()

    def _check_all(self, state: Qt.CheckState) -> None:
        self._list.blockSignals(True)
        for row in range(self._list.count()):
            self._list.item(row).setCheckState(state)
        self._list.blockSignals(False)
        self._list.viewport().update()
        self._show_count()

    def _show_set(self) -> None:
        """Compare what would be stored: the memories that stay, and the pictures taken."""
        self._soon.stop()
        if not self._set.isVisibleTo(self):
            return
        stays = self.grid() == self._old_grid
        units = self.grid().units
        before = [memory.name for memory in self._session.memories] if stays else []
        taken = self._taken()
        room = max(0, most_compared(units) - len(before))
        new = [self._named(place) for place in taken[:room]]
        rows = [units_of.ravel() for _, units_of in new]
        patterns = np.stack(rows) if rows else np.empty((0, units), np.int8)
        if before:
            patterns = np.concatenate([self._memories, patterns])
        count = len(before) + len(taken)
        facts = set_facts(patterns, count, self._session, units)
        self._set.show_set(facts, [*before, *(name for name, _ in new)], count, units)

    def _refit(self) -> None:
        grid = self.grid()
        if not self._training:
            stays = grid == self._old_grid
            self.destination = Destination.MEMORIES if stays else Destination.DOCUMENT
        self._fitted = self._fit_of(self._at)
        self._show_grid()
        self._show_units()
        self._show_count()

    def _show_grid(self) -> None:
        grid = self.grid()
        text = self.tr("On the grid, {width} × {height}")
        self._on_grid.setText(text.format(width=grid.width, height=grid.height))
        self._preview.setAccessibleName(self._on_grid.text())

    def _take_threshold(self, threshold: int) -> None:
        self._thresholds[self._at] = threshold
        if self._settings.common:
            self._share_threshold(shared=True)
        self._show_units()

    def _take_best(self) -> None:
        grey = reduced(self._pictures[self._at].grey, LARGEST_SIDE)
        self._settings.show_threshold(otsu(grey))

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

    def done(self, result: int) -> None:
        """Close; nothing is compared any more."""
        self._soon.stop()
        super().done(result)


def _common_grid(pictures: Sequence[NamedPicture]) -> Grid | None:
    """Return the grid on which all pictures are pixel for pixel, None if there is none."""
    shapes = {each.grey.luminance.shape for each in pictures}
    height, width = shapes.pop()
    fits = all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (height, width))
    return None if shapes or not fits else Grid(width, height)
