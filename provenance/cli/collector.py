"""Python's cyclic garbage collector, paused while a command answers many markings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Within the block no cycles are looked for; a collector that was off stays off.

    Identification keeps some hundred thousand small objects for as long as it works and makes no cycles, so
    that each search among them takes a quarter of its time for nothing. Memory is freed as ever by reference
    counts. Only for a whole command that does nothing else.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
