"""The clock. It is passed in, so that tests and corrections can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the moment, in UTC."""


def system_clock() -> datetime:
    """The moment by this machine's clock, in UTC."""
    return datetime.now(UTC)
