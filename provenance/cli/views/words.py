"""Counts and lists in words."""

from __future__ import annotations


def many(count: int, thing: str) -> str:
    """A count and what is counted: ``1 recovery``, ``1,204 recoveries``."""
    several = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{count:,} {thing if count == 1 else several}"
