"""Hints at options: an error names the value it is about, the command says how to give that value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from provenance.core.errors import ProvenanceError

FUTURE = "If the date is correct, add --yes."
STORE = "Give it with --store FOLDER or in PROVENANCE_STORE."


@contextmanager
def option_hints(**hints: str) -> Iterator[None]:
    """Adds to an error the hint for its field."""
    try:
        yield
    except ProvenanceError as error:
        error.hint = "\n".join(line for line in (error.hint, hints.get(error.field, "")) if line)
        raise
