"""One record of each kind with everything that supports it, as typed dataclasses."""
