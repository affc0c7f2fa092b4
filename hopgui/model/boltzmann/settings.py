"""How a machine is trained, and settings that just work."""

from dataclasses import dataclass, replace
from enum import StrEnum

from hopgui.refusal import QT_TRANSLATE_NOOP, Refusal


class Method(StrEnum):
    """Where the model's half of the gradient is sampled."""

    CD = "cd"  # chains start at the data each time: contrastive divergence, Hinton (2002)
    PCD = "pcd"  # chains go on from where they were: Tieleman (2008)
    PT = "pt"  # chains at several temperatures exchange states: Desjardins et al. (2010)


@dataclass(frozen=True)
class Settings:
    """A schedule of training.

    Attributes
    ----------
    method
        Where the model's half of the gradient is sampled.
    k
        Gibbs steps between two gradients.
    epochs
        How often every picture is seen.
    batch
        Pictures to a gradient; the last of an epoch may get fewer.
    chains
        Persistent chains, at each temperature (CD has one a picture of the batch).
    temperatures
        Parallel tempering: how many, their β evenly spaced from 0 to 1.
    rate, last_rate
        Learning rate of the first and of the last gradient; between them it falls by equal shares.
    momentum
        Share of the last change that is made again.
    decay
        Weight decay: share of the weights, times the rate, that each gradient takes away.
    every
        Epochs between two measurements of the learning curve.
    """

    method: Method = Method.PCD
    k: int = 1
    epochs: int = 100
    batch: int = 100
    chains: int = 100
    temperatures: int = 5
    rate: float = 0.1
    last_rate: float = 0.005
    momentum: float = 0.5
    decay: float = 0.0
    every: int = 1

    def __post_init__(self) -> None:
        counts = (self.k, self.epochs, self.batch, self.chains, self.temperatures, self.every)
        if min(counts) < 1 or (self.method is Method.PT and self.temperatures < 2):
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "Training needs at least one step, epoch, picture and chain, and tempering two"
                    " temperatures.",
                )
            )
        rates = self.last_rate > 0 and self.rate > 0 and self.decay >= 0
        if not rates or not 0 <= self.momentum < 1:
            raise Refusal(
                QT_TRANSLATE_NOOP(
                    "Refusal",
                    "Learning rates must be above 0, the momentum 0 to below 1, the decay 0 or"
                    " more.",
                )
            )

    def batches(self, pictures: int) -> int:
        """Return how many gradients an epoch of so many pictures has."""
        return -(-pictures // self.batch)

    def rate_at(self, step: int, steps: int) -> float:
        """Return the learning rate of one of so many gradients."""
        share = step / max(steps - 1, 1)
        return float(self.rate * (self.last_rate / self.rate) ** share)


# Up to here all pictures make one gradient; up to here it is chosen to temper the chains.
FEW_PICTURES, TEMPERED_PICTURES = 256, 2048
# Up to here five temperatures are enough, at a high rate.
FEW_UNITS = 64
# Beyond so many units 128 chains at ten temperatures would fill the memory.
WIDE_UNITS = 40_000
# Weights of a machine that is proposed: a session's file has room for so many.
MOST_PROPOSED = 2**22
# Gradients that tempered chains need at ten temperatures.
GRADIENTS = 1500
REPORTS = 50


def hidden_units(visible: int) -> int:
    """Return how many hidden units a machine gets by default."""
    return min(max(visible, 8), 128, MOST_PROPOSED // visible)


def settings_for(
    pictures: int, visible: int, method: Method | None = None, epochs: int | None = None
) -> Settings:
    """Return settings that just work.

    Few pictures are seen all at once, thousands of times, at a rate that falls to almost nothing:
    only so do the pictures' chances become equal to the last hundredth. Chains that are not
    tempered stay with one picture or a few, and the likelihood falls instead of rising: on the four
    letters of the first start to −184 nats a picture, where tempering comes to −1.6, and
    −ln 4 = −1.39 is best.
    Many pictures are seen 150 times: the 1 797 digits become 2.4 nats likelier than after 50, and
    their dreams legible.

    Parameters
    ----------
    pictures, visible
        How many there are.
    method
        The method; if None, parallel tempering on up to 2 048 pictures and PCD on more.
    epochs
        How many, if not as many as usual.
    """
    if method is None:
        method = Method.PT if pictures <= TEMPERED_PICTURES else Method.PCD
    few = pictures <= FEW_PICTURES
    batch = pictures if few else 100
    usual = Settings(method, epochs=3500 if few else 150, batch=batch)
    if method is Method.PT:
        usual = replace(usual, chains=128 if visible <= WIDE_UNITS else 32, momentum=0.0)
        if few and visible <= FEW_UNITS:
            usual = replace(usual, temperatures=5, rate=3.0)
        else:
            seen = -(-GRADIENTS * batch // pictures)
            usual = replace(
                usual, temperatures=10, rate=0.5, epochs=seen if few else max(150, seen)
            )
    if epochs is not None:
        usual = replace(usual, epochs=epochs)
    return replace(usual, every=max(1, usual.epochs // REPORTS))
