"""The day on which tests read lists: it settles the century of date codes."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 6, 1)
