"""Counts with what is counted, in the singular or plural."""

from __future__ import annotations


def many(count: int, noun: str) -> str:
    """A count and what is counted: ``1 recovery``, ``1,204 recoveries``, ``3 days``."""
    if count == 1:
        return f"1 {noun}"
    changes = noun.endswith("y") and not noun.endswith(("ay", "ey", "oy", "uy"))
    return f"{count:,} {f'{noun[:-1]}ies' if changes else f'{noun}s'}"
