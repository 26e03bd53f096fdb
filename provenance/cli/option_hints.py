"""What a command adds to an error that one of its options answers."""

from __future__ import annotations

from provenance.core.errors import ProvenanceError

_MAP = "Name columns with --map 'HEADER=field'."
_HINTS = {
    ("import", "unknown_columns"): _MAP,
    ("watchlist", "unknown_columns"): _MAP,
    ("screen", "unknown_columns"): "Name the column with --names-from COLUMN.",
}


def option_hint(error: ProvenanceError, command: str | None) -> str:
    """The option by which a command lets its user answer the error; empty where there is none."""
    return _HINTS.get((command or "", error.code), "")
