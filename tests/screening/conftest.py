"""Lists to screen against."""

from __future__ import annotations

from tests.support.imported_lists import lists

__all__ = ["lists"]
