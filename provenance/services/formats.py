"""Names of file formats, for shells that complete them; loads no database."""

from __future__ import annotations

from provenance.sources.registry import IMPORTED, WATCHLISTS


def importable_formats() -> list[str]:
    """The formats that become records of the database."""
    return [name for kind in IMPORTED for name in kind.names]


def watchlist_formats() -> list[str]:
    """The formats of watchlists."""
    return WATCHLISTS.names
