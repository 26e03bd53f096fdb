"""The kinds of files that the program reads."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    """The kinds of rows or entries of files; each has its own vocabulary of headers and its own formats."""

    COMPONENTS = "components"
    PARTS = "parts"
    TRANSFERS = "transfers"
    CUSTOMERS = "customers"
    WATCHLISTS = "watchlists"
