"""The bar at the foot of the window: play, step, scrub, speed, seed, repeat."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hopgui.session.frame import Frame, Phase
from hopgui.session.session import LARGEST_SEED
from hopgui.session.step import Step
from hopgui.ui.look import icons
from hopgui.ui.look.numbers import number
from hopgui.ui.look.theme import Theme
from hopgui.ui.parts.elided_label import ElidedLabel
from hopgui.ui.parts.jump_slider import JumpSlider
from hopgui.ui.parts.segmented import Segmented
from hopgui.ui.parts.spin_box import SpinBox
from hopgui.ui.runs import speed

_ROOMY = 1180  # px: narrower than this, words go and the numbers stay
_MOST_MARKS = 2**30  # a slider counts in 32 bits; a longer run is shown on it in proportion
_LEAST_SEED_DIGITS = 3
_LEAST_MOMENT_WIDTH = 118  # px: room for hundreds, so that a first run moves nothing


class Transport(QFrame):
    """The player's controls of a run.

    Signals
    -------
    toggled()
        Recall, Pause or Continue was pressed.
    step_forward(object), step_back(object)
        One `Step` onwards or back.
    to_start(), to_end()
        To the first or the last recorded moment.
    scrubbed(object)
        To this moment, an int: a person moved the scrubber.
    speed_changed(float)
        Updates per second, ``inf`` for unlimited.
    seed_changed(int)
        A seed was typed.
    new_seed_requested()
        The dice were pressed.
    repeat_toggled(bool)
        Repeat was turned on or off.
    """

    toggled = Signal()
    step_forward = Signal(object)
    step_back = Signal(object)
    to_start = Signal()
    to_end = Signal()
    scrubbed = Signal(object)
    speed_changed = Signal(float)
    seed_changed = Signal(int)
    new_seed_requested = Signal()
    repeat_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAccessibleName(self.tr("Transport"))
        self._theme: Theme | None = None
        self._phase = Phase.REST
        self._first = 0
        self._last = 0
        self._update = 0
        self._roomy = True
        self._make_buttons()
        self._make_scrubber()
        self._make_settings()
        self._lay_out()
        self._connect()
        self._show_primary()
        self._show_moment(0)
        self.show_speed(30.0)
        self.show_seed(1)

    @property
    def step(self) -> Step:
        """The `Step` that a step button takes now."""
        return Step(str(self._step.choice))

    def show_frame(self, frame: Frame) -> None:
        """Show where a run stands; nothing is emitted."""
        recording = frame.recording
        first, last = (recording.first_update, recording.updates) if recording else (0, 0)
        if frame.phase != self._phase:
            self._phase = frame.phase
            self._show_primary()
        self._first, self._last = first, last
        self._scrubber.show_range(0, self._mark(last))
        self._scrubber.show_value(self._mark(frame.update if recording else 0))
        self._scrubber.setPageStep(max(1, self._mark(first + frame.state.size)))
        if not self._scrubber.isSliderDown():
            self._show_moment(frame.update)
        begun, ended = frame.update > first, frame.update >= last
        settled = frame.phase is Phase.SETTLED
        self._scrubber.setEnabled(last > first)
        self._start.setEnabled(recording is not None and begun)
        self._back.setEnabled(recording is not None and begun)
        self._forward.setEnabled(not (settled and ended))
        self._end.setEnabled(recording is not None and not ended)

    def show_seed(self, seed: int) -> None:
        """Show the seed of the recall; nothing is emitted."""
        blocked = self._seed.blockSignals(True)
        self._seed.setValue(seed)
        self._seed.blockSignals(blocked)
        self._fit_seed()

    def show_speed(self, rate: float) -> None:
        """Show the updates per second, ``inf`` for unlimited; nothing is emitted."""
        self._speed.show_value(speed.position(rate))
        self._rate.setText(self._rate_text(rate))

    def show_repeat(self, on: bool) -> None:
        """Show whether rounds repeat by themselves; nothing is emitted."""
        self._repeat.setChecked(on)

    def show_theme(self, theme: Theme) -> None:
        """Dress the icons in a theme."""
        self._theme = theme
        for button, name in self._icons.items():
            button.setIcon(icons.icon(name, theme))
        self._show_primary()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop words before anything is cut."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOMY
        if roomy == self._roomy:
            return
        self._roomy = roomy
        self._show_moment(self._update)
        self._speed_word.setVisible(roomy)
        self._repeat.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            if roomy
            else Qt.ToolButtonStyle.ToolButtonIconOnly
        )

    def changeEvent(self, event: QEvent) -> None:
        """Measure the fixed widths anew when the type changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _make_buttons(self) -> None:
        self._icons: dict[QToolButton, str] = {}
        self._start = self._button("to_start", self.tr("To the start"))
        self._back = self._button("step_back", self.tr("One step back"))
        self._primary = QPushButton()
        self._primary.setObjectName("primary")
        self._primary.setIconSize(QSize(icons.SIZE, icons.SIZE))
        self._primary.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._primary.setToolTip(self.tr("Recall, pause, continue (Space)"))
        self._forward = self._button("step_forward", self.tr("One step forward"))
        self._end = self._button("to_end", self.tr("To the end"))
        for button in (self._back, self._forward):
            button.setAutoRepeat(True)
        self._step = Segmented(
            (
                (Step.UPDATE, self.tr("update")),
                (Step.FLIP, self.tr("flip")),
                (Step.SWEEP, self.tr("sweep")),
            )
        )
        self._step.setAccessibleName(self.tr("Length of a step"))
        self._step.button(Step.UPDATE).setToolTip(self.tr("A step asks one unit"))
        self._step.button(Step.FLIP).setToolTip(self.tr("A step goes to the next unit that flips"))
        self._step.button(Step.SWEEP).setToolTip(self.tr("A step asks every unit once"))
        self._step.show_choice(Step.FLIP)

    def _make_scrubber(self) -> None:
        self._scrubber = JumpSlider()
        self._scrubber.setAccessibleName(self.tr("Moment of the run"))
        self._scrubber.setToolTip(self.tr("Drag to go through the run"))
        self._moment = ElidedLabel()

    def _make_settings(self) -> None:
        self._speed_word = QLabel(self.tr("speed"))
        self._speed_word.setObjectName("muted")
        self._speed = JumpSlider()
        self._speed.setRange(0, speed.LAST)
        self._speed.setPageStep(4)
        self._speed.setMinimumWidth(64)
        self._speed.setMaximumWidth(112)
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setToolTip(self.tr("Updates per second"))
        self._rate = QLabel()
        self._seed = SpinBox(bare=True)
        self._seed.setRange(0, LARGEST_SEED)
        self._seed.setPrefix(self.tr("seed "))
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.setToolTip(self.tr("The same seed on the same pad gives the same run"))
        self._dice = self._button("random", self.tr("Another seed"))
        self._repeat = self._button("repeat", self.tr("Repeat"))
        self._repeat.setText(self.tr("Repeat"))
        self._repeat.setCheckable(True)
        self._repeat.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._repeat.setToolTip(self.tr("Repeat damage, recall and a pause, by itself"))

    def _button(self, name: str, meaning: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(icons.SIZE, icons.SIZE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(meaning)
        button.setToolTip(meaning)
        self._icons[button] = name
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in (self._start, self._back, self._primary, self._forward, self._end):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self._step)
        row.addSpacing(12)
        row.addWidget(self._moment)
        row.addStretch(1)
        row.addWidget(self._speed_word)
        row.addSpacing(4)
        row.addWidget(self._speed)
        row.addSpacing(4)
        row.addWidget(self._rate)
        row.addSpacing(8)
        row.addWidget(self._seed)
        row.addWidget(self._dice)
        row.addSpacing(8)
        row.addWidget(self._repeat)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 10)
        column.setSpacing(4)
        across = QHBoxLayout()
        across.setContentsMargins(6, 0, 6, 0)  # its ends stand under the icons, not their buttons
        across.addWidget(self._scrubber)
        column.addLayout(across)
        column.addLayout(row)

    def _connect(self) -> None:
        self._primary.clicked.connect(self._announce_toggle)
        self._start.clicked.connect(self._announce_start)
        self._end.clicked.connect(self._announce_end)
        self._back.clicked.connect(self._announce_back)
        self._forward.clicked.connect(self._announce_forward)
        self._scrubber.valueChanged.connect(self._announce_moment)
        self._speed.valueChanged.connect(self._announce_speed)
        self._seed.valueChanged.connect(self._announce_seed)
        self._seed.editingFinished.connect(self._seed.clearFocus)
        self._dice.clicked.connect(self._announce_dice)
        self._repeat.clicked.connect(self.repeat_toggled)

    def _announce_toggle(self) -> None:
        self.toggled.emit()

    def _announce_start(self) -> None:
        self.to_start.emit()

    def _announce_end(self) -> None:
        self.to_end.emit()

    def _announce_back(self) -> None:
        self.step_back.emit(self._step.choice)

    def _announce_forward(self) -> None:
        self.step_forward.emit(self._step.choice)

    def _announce_moment(self, mark: int) -> None:
        update = self._update_at(mark)
        self._show_moment(update)
        self.scrubbed.emit(update)

    def _announce_speed(self, position: int) -> None:
        rate = speed.rate(position)
        self._rate.setText(self._rate_text(rate))
        self.speed_changed.emit(rate)

    def _announce_seed(self, seed: int) -> None:
        self._fit_seed()
        self.seed_changed.emit(seed)

    def _announce_dice(self) -> None:
        self.new_seed_requested.emit()

    def _mark(self, update: int) -> int:
        span = self._last - self._first
        along = min(max(update - self._first, 0), span)
        return along if span <= _MOST_MARKS else along * _MOST_MARKS // span

    def _update_at(self, mark: int) -> int:
        span = self._last - self._first
        return self._first + (mark if span <= _MOST_MARKS else mark * span // _MOST_MARKS)

    def _show_primary(self) -> None:
        name = "pause" if self._phase is Phase.RUNNING else "recall"
        self._primary.setText(self._primary_texts()[self._phase])
        if self._theme is not None:
            first = self._primary.icon().isNull()
            self._primary.setIcon(icons.tinted(name, self._theme.on_act))
            if first:
                self._fit()

    def _primary_texts(self) -> dict[Phase, str]:
        words = {
            Phase.REST: self.tr("Recall"),
            Phase.RUNNING: self.tr("Pause"),
            Phase.PAUSED: self.tr("Continue"),
            Phase.SETTLED: self.tr("Recall"),
        }
        # The space keeps the word off the icon, which Qt sets tightly.
        return {phase: f" {word}" for phase, word in words.items()}

    def _show_moment(self, update: int) -> None:
        self._update = update
        text = self._moment_text(update)
        if text != self._moment.whole:
            self._fit_moment()
            self._moment.show_text(text)

    def _rate_text(self, rate: float) -> str:
        if rate == float("inf"):
            return self.tr("unlimited")
        return self.tr("{rate} / s").format(rate=number(rate))

    def _fit(self) -> None:
        """Give what changes its text the width of its longest text."""
        for child in (self._primary, self._rate, self._seed, self._moment):
            child.ensurePolished()
        shown, widest = self._primary.text(), 0
        for word in self._primary_texts().values():
            self._primary.setText(word)
            widest = max(widest, self._primary.sizeHint().width())
        self._primary.setText(shown)
        self._primary.setFixedWidth(widest)
        metrics = self._rate.fontMetrics()
        rates = (self._rate_text(rate) for rate in speed.RATES)
        self._rate.setFixedWidth(max(map(metrics.horizontalAdvance, rates)) + 2)
        self._fit_seed()
        self._fit_moment()

    def _fit_moment(self) -> None:
        widest = self._moment_text(self._last)
        width = max(self._moment.fontMetrics().horizontalAdvance(widest) + 2, _LEAST_MOMENT_WIDTH)
        if width != self._moment.minimumWidth():
            self._moment.setFixedWidth(width)

    def _moment_text(self, update: int) -> str:
        if not self._last:
            text = self.tr("update {now}")
        elif self._roomy:
            text = self.tr("update {now} of {all}")
        else:
            text = self.tr("{now} of {all}")
        return text.format(now=number(update), all=number(self._last))

    def _fit_seed(self) -> None:
        digits = "0" * max(len(str(self._seed.value())), _LEAST_SEED_DIGITS)
        width = self._seed.fontMetrics().horizontalAdvance(self._seed.prefix() + digits)
        self._seed.setFixedWidth(width + 24)
