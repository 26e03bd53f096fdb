"""The catalogue of parts as identification asks for it: by key and by prefix."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from provenance.identify.catalogue import CatalogueEntry
from provenance.models.tables import table

_KEYS_A_QUESTION = 1_000
_ROWS_A_KEY = 64
_AFTER_EVERY_KEY = "\x7f"
"""Sorts after the letters and digits that keys are made of."""


class SqlCatalogue:
    """Parts in the database; makers are organizations' row numbers as text.

    Raises nothing: a key that nothing stands under gives nothing.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        key, part = table("part_key"), table("part")
        self._statement = (
            select(key.c.key, part.c.mpn, part.c.organization_id)
            .join(part, part.c.id == key.c.part_id)
            .where(part.c.organization_id.is_not(None))
        )
        self._key = key.c.key

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that stand under any of these keys, at most 64 a key, each with the key."""
        found: list[tuple[str, CatalogueEntry]] = []
        counts: dict[str, int] = {}
        for start in range(0, len(keys), _KEYS_A_QUESTION):
            chunk = keys[start : start + _KEYS_A_QUESTION]
            for row in self._session.execute(self._statement.where(self._key.in_(chunk))):
                counts[row.key] = counts.get(row.key, 0) + 1
                if counts[row.key] <= _ROWS_A_KEY:
                    found.append((row.key, CatalogueEntry(row.mpn, str(row.organization_id))))
        return found

    def by_prefix(self, prefix: str, limit: int) -> Sequence[tuple[str, CatalogueEntry]]:
        """At most ``limit`` parts whose key begins so, in order of the key."""
        rows = self._session.execute(
            self._statement.where(self._key >= prefix, self._key < prefix + _AFTER_EVERY_KEY)
            .order_by(self._key)
            .limit(limit)
        )
        return [(row.key, CatalogueEntry(row.mpn, str(row.organization_id))) for row in rows]
