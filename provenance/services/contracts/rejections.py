"""Rows of a file that cannot be used, in the results of imports and of logged files."""

from __future__ import annotations

from provenance.services.contracts.base import Contract


class RejectedRow(Contract):
    """A row of a file that cannot be used, and why."""

    line: int
    reason: str
