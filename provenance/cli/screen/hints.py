"""Hints that name options, added to errors of services, which know none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from provenance.core.errors import ProvenanceError


@contextmanager
def option_hints(hints: Mapping[str, str]) -> Iterator[None]:
    """Adds to an error the hint for its code."""
    try:
        yield
    except ProvenanceError as error:
        if error.code in hints:
            error.hint = "\n".join(filter(None, (error.hint, hints[error.code])))
        raise
