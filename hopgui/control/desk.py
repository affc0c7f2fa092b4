"""What each gesture does to the document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot

from hopgui.control.editing import Editing
from hopgui.model.choices import Dynamics, Energy, Rule, Trouble
from hopgui.model.conventions import Conventions
from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal
from hopgui.session import edits, kept_edits, run_edits
from hopgui.session.any_training import AnyTraining
from hopgui.session.carry import Carry
from hopgui.session.past_run import PastRun
from hopgui.session.region import Piece, set_piece
from hopgui.session.session import Grid, Picture, Session, with_pad
from hopgui.session.step import Step


class Desk(Editing):
    """Turns gestures into edits of the document, or of the run while it goes on."""

    # The pad

    def pin(self, units: NDArray[np.integer], *, pinned: bool) -> None:
        """Pin units, or let them go."""
        self._edit(
            partial(edits.pin, units=units, pinned=pinned),
            self.tr("Pin") if pinned else self.tr("Unpin"),
            joined=True,
        )

    def unpin_all(self) -> None:
        """Let every unit go."""
        self._edit(edits.unpin_all, self.tr("Unpin all"))

    def clear(self) -> None:
        """Set every unit to −1."""
        self._edit_pad(edits.clear, self.tr("Clear"))

    def invert(self) -> None:
        """Turn every unit over."""
        self._edit_pad(edits.invert, self.tr("Invert"))

    def randomise(self) -> None:
        """Redraw every unit."""
        self._edit_pad(edits.randomise, self.tr("Random"))

    def shift(self, columns: int, rows: int) -> None:
        """Move the picture."""
        self._edit_pad(partial(edits.shift, columns=columns, rows=rows), self.tr("Shift"))

    def damage(self) -> None:
        """Flip the chosen share of the units."""
        self._edit_pad(edits.damage, self.tr("Damage"))

    def erase_half(self, side: str) -> None:
        """Blank the left, right, top or bottom half."""
        units = edits.half(self._document.session.grid, side)
        self._edit_pad(partial(edits.erase, units=units), self.tr("Blank half"))

    def erase(self, units: NDArray[np.integer], *, noise: bool = False) -> None:
        """Blank these units, or redraw them at random."""
        self._edit_pad(partial(edits.erase, units=units, noise=noise), self.tr("Blank"))

    def cut(self, units: NDArray[np.integer]) -> None:
        """Set these units, which were copied, to −1."""
        self._edit_pad(partial(edits.erase, units=units), self.tr("Cut"))

    def paste(self, piece: Piece) -> None:
        """Set a piece into the picture."""
        self._edit_pad(partial(set_piece, piece=piece), self.tr("Paste"))

    def put(self, picture: Picture) -> None:
        """Put a picture on the pad."""
        self._edit_pad(lambda session: with_pad(session, picture), self.tr("Put on the pad"))

    def look_at(self, picture: Picture) -> None:
        """Put a picture on the pad to be looked at; looking at one after another is one step."""
        self._edit_pad(lambda session: with_pad(session, picture), self.tr("Look at"), joined=True)

    def set_cue(self, picture: Picture) -> None:
        """Put a picture on the pad, damaged, ready to be recalled."""
        self._edit_pad(
            lambda session: edits.damage(with_pad(session, picture)), self.tr("Set as cue")
        )

    def dream(self) -> None:
        """Draw the pad at random, and let the network fall or wander from there."""
        self.randomise()
        self._player.rest()
        self.recall()

    # Memories

    def store(self) -> None:
        """Store what is shown."""
        self._edit(partial(edits.store, picture=self._taken()), self.tr("Store"))

    def store_all(self, pictures: Sequence[tuple[str, Picture]]) -> None:
        """Store these named pictures."""
        self._edit(partial(edits.store_all, pictures=pictures), self.tr("Import"))

    def rename(self, index: int, name: str) -> None:
        """Call a memory something else."""
        self._edit(partial(edits.rename, index=index, name=name), self.tr("Rename"))

    def move(self, index: int, place: int) -> None:
        """Put a memory at another place."""
        self._edit(partial(edits.move, index=index, place=place), self.tr("Reorder"))

    def duplicate(self, indices: Sequence[int]) -> None:
        """Store these memories once more."""
        self._edit(partial(edits.duplicate, indices=indices), self.tr("Duplicate"))

    def delete(self, indices: Sequence[int]) -> None:
        """Forget these memories."""
        self._edit(partial(edits.delete, indices=indices), self.tr("Delete"))

    def unlearn(self, pictures: Sequence[Picture] | None = None) -> None:
        """Weaken states, the one shown unless others are given."""
        chosen = [self._taken()] if pictures is None else pictures
        self._edit(partial(edits.unlearn, pictures=chosen), self.tr("Unlearn"))

    def forget_unlearnt(self) -> None:
        """Take back all that was unlearnt by hand."""
        self._edit(edits.forget_unlearnt, self.tr("Forget what was unlearnt"))

    def keep_training(self, training: AnyTraining) -> None:
        """Keep a machine with its training, and use it on the pad."""
        self._edit(partial(edits.keep_training, training=training), self.tr("Train"))

    def load(self, index: int) -> None:
        """Put a memory on the pad."""
        self._edit_pad(partial(edits.load, index=index), self.tr("Load"))

    # Runs

    def keep_run(self, run: PastRun) -> None:
        """Keep a run in the document."""
        number = 1 + _last_number(each.name for each in self._document.session.runs)
        name = self.tr("Run {number}").format(number=number)
        self._edit(partial(run_edits.keep_run, run=run, name=name), self.tr("Keep the run"))

    def rename_run(self, index: int, name: str) -> None:
        """Call a kept run something else."""
        self._edit(partial(run_edits.rename_run, index=index, name=name), self.tr("Rename the run"))

    def delete_run(self, index: int) -> None:
        """Let a kept run go."""
        self._edit(partial(run_edits.delete_run, index=index), self.tr("Delete the run"))

    # Kept states

    def keep(self) -> None:
        """Put the state that is shown aside."""
        self.keep_all([self._taken()])

    def keep_all(self, pictures: Sequence[Picture]) -> None:
        """Put these states aside, each under a name of its own."""
        number = 1 + _last_number(state.name for state in self._document.session.kept)
        names = [
            self.tr("State {number}").format(number=number + at) for at in range(len(pictures))
        ]
        named = list(zip(names, pictures, strict=True))
        self._edit(partial(kept_edits.keep_all, pictures=named), self.tr("Keep the state"))

    def rename_kept(self, index: int, name: str) -> None:
        """Call a kept state something else."""
        self._edit(partial(kept_edits.rename, index=index, name=name), self.tr("Rename the state"))

    def delete_kept(self, indices: Sequence[int]) -> None:
        """Let these kept states go."""
        self._edit(partial(kept_edits.delete, indices=indices), self.tr("Delete the state"))

    def store_kept(self, indices: Sequence[int]) -> None:
        """Store these kept states as memories."""
        self._edit(partial(kept_edits.store, indices=indices), self.tr("Store"))

    # The document

    def open(self, session: Session) -> None:
        """Put another document in the place of this one; undo brings it back."""
        self.acting.emit()
        self._write_down_shown()
        self._player.rest()
        self._document.open(session, self.tr("Open"))

    def begin(self, session: Session) -> None:
        """Begin with this document, with nothing to undo."""
        self._player.rest()
        self._document.begin(session)

    def revert(self, session: Session) -> None:
        """Go back to the document as it was saved, in one step."""
        self.acting.emit()
        self._write_down_shown()
        self._player.rest()
        self._document.edit(session, self.tr("Revert"))

    def resize(self, grid: Grid, carry: Carry) -> None:
        """Take everything over to another grid."""
        self._edit(partial(edits.resize, grid=grid, carry=carry), self.tr("Resize"))

    def set_conventions(self, conventions: Conventions) -> None:
        """Choose the conventions."""
        self._edit(
            lambda session: replace(session, conventions=conventions), self.tr("Conventions")
        )

    def set_rule(self, rule: Rule) -> None:
        """Choose the learning rule."""
        self._edit(lambda session: replace(session, rule=rule), self.tr("Learning rule"))

    def set_energy(self, energy: Energy) -> None:
        """Choose the energy."""
        self._edit(lambda session: replace(session, energy=energy), self.tr("Energy"))

    def set_dynamics(self, dynamics: Dynamics) -> None:
        """Choose which unit is asked next, and the temperature."""
        self._edit(
            lambda session: replace(session, dynamics=dynamics), self.tr("Updates"), joined=True
        )

    def set_trouble(self, trouble: Trouble) -> None:
        """Choose what breaks the theorem."""
        self._edit(lambda session: replace(session, trouble=trouble), self.tr("Trouble"))

    def weigh(self, indices: Sequence[int], step: int) -> None:
        """Store these memories more or less strongly."""
        self._edit(partial(edits.weigh, indices=indices, step=step), self.tr("Weight"))

    def set_seed(self, seed: int) -> None:
        """Choose the seed of the next recall."""
        self._edit(lambda session: replace(session, seed=seed), self.tr("Seed"), joined=True)

    def set_damage_percent(self, percent: int) -> None:
        """Choose how much the next damage flips."""
        self._edit(
            partial(edits.set_damage, percent=percent), self.tr("Damage amount"), joined=True
        )

    def set_damage_seed(self, seed: int) -> None:
        """Choose the draw of the next damage."""
        self._edit(partial(edits.set_damage, seed=seed), self.tr("Damage seed"), joined=True)

    @Slot()
    def recall(self) -> None:
        """Do what the big button says."""
        self.acting.emit()
        if self._player.network.recalls or self._player.running:
            self._player.toggle()
        else:
            self._refuse_without_memories()

    def step_forward(self, step: Step) -> None:
        """Go on by one step; the first one begins a recall."""
        self.acting.emit()
        if self._player.network.recalls:
            self._player.step_forward(step)
        else:
            self._refuse_without_memories()

    def repeat(self, on: bool) -> None:
        """Begin or end a repeat."""
        self.acting.emit()
        if on and not self._player.network.memories:
            self._refuse_without_memories()
        self._player.set_repeat(on)

    def undo(self) -> None:
        """Take the last step back."""
        self.acting.emit()
        self._document.undo()

    def redo(self) -> None:
        """Take the step again that undo took back."""
        self.acting.emit()
        self._document.redo()

    def _refuse_without_memories(self) -> None:
        sentence = QT_TRANSLATE_NOOP(
            "Refusal", "There is nothing to recall yet: paint something, then store it (M)."
        )
        self.refused.emit(Refusal(sentence))


def _last_number(names: Iterable[str]) -> int:
    """Return the largest number that one of the names ends with, 0 if none does."""
    return max((_number(name) for name in names), default=0)


def _number(name: str) -> int:
    """Return the number that a name ends with, 0 if it does not."""
    last = name.rpartition(" ")[2]
    return int(last) if last.isascii() and last.isdecimal() and len(last) < 5 else 0
