"""The clock: who asks what time it is gets it handed in, so that a test or a correction can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Says the moment, in UTC."""


def system_clock() -> datetime:
    """The moment by this machine's clock, in UTC."""
    return datetime.now(UTC)
