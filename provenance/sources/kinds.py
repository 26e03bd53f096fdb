"""What the files are about that the program reads."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    """What one row or entry of a file is; each has a vocabulary of headers and formats of its own."""

    COMPONENTS = "components"
    PARTS = "parts"
    TRANSFERS = "transfers"
    CUSTOMERS = "customers"
    WATCHLISTS = "watchlists"
