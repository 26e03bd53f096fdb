"""The catalogue of parts as identification asks for it: by key and by prefix."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, bindparam, func, select
from sqlmodel import Session

from provenance.identify.catalogue import CatalogueEntry
from provenance.models.tables import table

_KEYS_A_QUESTION = 1_000
_ROWS_A_KEY = 24
"""As many as identification weighs; a number's own key has but its makers."""
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
        place = func.row_number().over(partition_by=key.c.key, order_by=key.c.part_id).label("place")
        asked: BindParameter[str] = bindparam("asked", expanding=True)
        first = select(key.c.key, key.c.part_id, place).where(key.c.key.in_(asked)).subquery()
        self._by_keys = (
            select(first.c.key, part.c.mpn, part.c.organization_id)
            .join(part, part.c.id == first.c.part_id)
            .where(first.c.place <= _ROWS_A_KEY, part.c.organization_id.is_not(None))
        )

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that stand under any of these keys, at most 24 a key, each with the key."""
        found: list[tuple[str, CatalogueEntry]] = []
        for start in range(0, len(keys), _KEYS_A_QUESTION):
            chunk = keys[start : start + _KEYS_A_QUESTION]
            rows = self._session.connection().execute(self._by_keys, {"asked": list(chunk)})
            found += [(key, CatalogueEntry(mpn, str(maker))) for key, mpn, maker in rows.all()]
        return found

    def by_prefix(self, prefix: str, limit: int) -> Sequence[tuple[str, CatalogueEntry]]:
        """At most ``limit`` parts whose key begins so, in order of the key."""
        rows = self._session.execute(
            self._statement.where(self._key >= prefix, self._key < prefix + _AFTER_EVERY_KEY)
            .order_by(self._key)
            .limit(limit)
        )
        return [(row.key, CatalogueEntry(row.mpn, str(row.organization_id))) for row in rows]
