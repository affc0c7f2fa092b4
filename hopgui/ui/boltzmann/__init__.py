"""The panel of the Boltzmann machine: its training, its filters, its dreams."""
