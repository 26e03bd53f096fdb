"""Records that count as one are one hit of a search: of those that match, the best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from provenance.core.identity import reference
from provenance.domain.record_kinds import RecordKind, id_column, uid_column
from provenance.domain.sameness import clusters
from provenance.schema.chunks import chunks
from provenance.schema.session import Session


class SameRecords:
    """The merged records of a kind, for a search among them."""

    def __init__(self, session: Session, kind: RecordKind) -> None:
        self._session, self._kind = session, kind
        self._merged = clusters(session, kind)

    def once(
        self, statement: Select[*tuple[Any, ...]], order: Sequence[Any]
    ) -> tuple[ColumnElement[bool], int]:
        """A condition that leaves of each group of merged records among the matching ones the first, and how
        many it leaves out.
        """
        if not self._merged:
            return true(), 0
        number, again, met = id_column(self._kind), list[int](), set[int]()
        matching = statement.with_only_columns(number, maintain_column_froms=True)
        # A few thousand records are merged at most, and a statement takes ten times as many numbers.
        merged = matching.where(number.in_(list(self._merged))).order_by(*order)
        for found in self._session.execute(merged).scalars():
            first = self._merged[found]
            if first in met:
                again.append(found)
            met.add(first)
        return number.not_in(again) if again else true(), len(again)

    def others(self, uids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The references of the records that count as one with each of some, by uid."""
        if not self._merged:
            return {}
        known: dict[int, str] = {}
        number, uid = id_column(self._kind), uid_column(self._kind)
        for some in chunks(sorted(self._merged)):
            known.update(
                {row[0]: row[1] for row in self._session.execute(select(number, uid).where(number.in_(some)))}
            )
        members: dict[int, list[int]] = {}
        for member, first in sorted(self._merged.items()):
            members.setdefault(first, []).append(member)
        wanted = set(uids)
        return {
            known[member]: tuple(reference(self._kind, known[each]) for each in of if each != member)
            for of in members.values()
            for member in of
            if known[member] in wanted
        }
