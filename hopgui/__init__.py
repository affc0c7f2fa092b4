"""A drawing pad for Hopfield networks."""

import os

# The threads of numpy's BLAS would otherwise spin for a tenth of a second after each product, and
# take the cores from the thread in which a state falls. It is read when numpy is loaded.
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "4")

__version__ = "0.1.0"
