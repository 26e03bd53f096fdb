"""Counts and lists in words."""

from __future__ import annotations

from provenance.text.plurals import many as many
