"""Python's cyclic garbage collector, paused while a command answers many markings."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS_BETWEEN_COLLECTIONS = 500_000
"""How many more objects are made than freed between two collections in an import; Python's default is 700."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """No collection within the block; a collector that was off stays off.

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


@contextmanager
def collector_eased() -> Iterator[None]:
    """Within the block cycles are looked for rarely: an import makes millions of objects and no cycles.

    What exists before (mostly the program itself) is not looked at.
    """
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *usual[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
