"""The catalogue of parts in the database, looked up by key, by prefix and by top code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from provenance.identify.catalogue import Carrier, CatalogueEntry
from provenance.schema.reference import Part, PartKey
from provenance.schema.session import Session
from provenance.text.partial_dates import UNKNOWN, DateSpan

_KEYS_PER_QUERY = 1_000
_PREFIXES_PER_QUERY = 16
_ROWS_PER_KEY = 24
"""As many parts as identification compares; under a number's own key there are only its makers."""
_CARRIERS_PER_CODE = 100
"""Far more than carry any real code; a column of a list mistaken for codes may have millions."""
_AFTER_EVERY_KEY = "\x7f"
"""Sorts after the letters and digits that keys are made of."""


class SqlCatalogue:
    """Parts in the database; makers are organizations' row numbers as text.

    Raises nothing: an unknown key has no parts.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        place = func.row_number().over(partition_by=PartKey.key, order_by=PartKey.part_id).label("place")
        wanted: BindParameter[str] = bindparam("wanted", expanding=True)
        first = select(PartKey.key, PartKey.part_id, place).where(PartKey.key.in_(wanted)).subquery()
        self._by_keys = (
            select(first.c.key, *_entry_columns())
            .join(Part, Part.id == first.c.part_id)
            .where(first.c.place <= _ROWS_PER_KEY, Part.organization_id.is_not(None))
        )
        carriers = func.count().over(partition_by=PartKey.key).label("carriers")
        coded = (
            select(PartKey.key, PartKey.part_id, place, carriers).where(PartKey.key.in_(wanted)).subquery()
        )
        self._by_top_codes = (
            select(coded.c.key, coded.c.carriers, *_entry_columns())
            .join(Part, Part.id == coded.c.part_id)
            .where(coded.c.place <= _CARRIERS_PER_CODE, Part.organization_id.is_not(None))
        )

    def by_keys(self, keys: Sequence[str]) -> Sequence[tuple[str, CatalogueEntry]]:
        """The parts that have any of these keys, at most 24 for each, each with the key."""
        return [
            (key, CatalogueEntry(mpn, str(maker), _introduced(earliest, latest)))
            for key, mpn, maker, earliest, latest in self._rows(self._by_keys, keys)
        ]

    def by_top_codes(self, keys: Sequence[str]) -> Sequence[Carrier]:
        """The parts that carry any of these top codes, at most 100 for each, and how many do in total."""
        return [
            Carrier(key, CatalogueEntry(mpn, str(maker), _introduced(earliest, latest)), carriers)
            for key, carriers, mpn, maker, earliest, latest in self._rows(self._by_top_codes, keys)
        ]

    def _rows(self, query: Select[Any], keys: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            wanted = list(keys[start : start + _KEYS_PER_QUERY])
            yield from self._session.connection().execute(query, {"wanted": wanted}).all()

    def by_prefixes(
        self, prefixes: Sequence[str], limit: int
    ) -> Mapping[str, Sequence[tuple[str, CatalogueEntry]]]:
        """For each prefix at most ``limit`` parts whose key begins so, in order of the key."""
        found: dict[str, list[tuple[str, CatalogueEntry]]] = defaultdict(list)
        for start in range(0, len(prefixes), _PREFIXES_PER_QUERY):
            chunk = prefixes[start : start + _PREFIXES_PER_QUERY]
            values: dict[str, object] = {"rows": limit}
            for place, prefix in enumerate(chunk):
                values |= {f"low{place}": prefix, f"high{place}": prefix + _AFTER_EVERY_KEY}
            rows = self._session.connection().execute(_by_prefixes(len(chunk)), values).all()
            for place, key, mpn, maker in sorted(rows, key=itemgetter(0, 1)):
                found[chunk[place]].append((key, CatalogueEntry(mpn, str(maker))))
        return found


def _entry_columns() -> tuple[Any, ...]:
    return Part.mpn, Part.organization_id, Part.introduced_earliest, Part.introduced_latest


def _introduced(earliest: date | None, latest: date | None) -> DateSpan:
    return DateSpan(earliest, latest) if earliest or latest else UNKNOWN


@lru_cache(maxsize=_PREFIXES_PER_QUERY)
def _by_prefixes(count: int) -> CompoundSelect[Any] | Select[Any]:
    """Parts under each of some prefixes: a range of keys each, read only as far as needed."""
    ranges = [
        select(literal_column(str(place)).label("place"), PartKey.key, Part.mpn, Part.organization_id)
        .join(Part, Part.id == PartKey.part_id)
        .where(
            Part.organization_id.is_not(None),
            PartKey.key >= bindparam(f"low{place}"),
            PartKey.key < bindparam(f"high{place}"),
        )
        .order_by(PartKey.key, PartKey.part_id)
        .limit(bindparam("rows"))
        .subquery()
        for place in range(count)
    ]
    return union_all(*(select(each) for each in ranges)) if count > 1 else select(ranges[0])
