"""Which pairs people have decided about, directly or by what follows from other decisions."""

from __future__ import annotations

from provenance.core.vocabulary import SameVerdict
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import standing, statements
from provenance.domain.sameness import joined
from provenance.schema.session import Session


class Decided:
    """What stands about records of a kind."""

    def __init__(self, session: Session, kind: RecordKind) -> None:
        found = statements(session, kind)
        same = standing(found, SameVerdict.SAME)
        groups = joined((each.left, each.right) for each in same)
        self._first = {member: min(group) for group in groups for member in group}
        apart = standing(found, SameVerdict.NEVER)
        self._apart = {frozenset((self._of(each.left), self._of(each.right))) for each in apart}

    def _of(self, number: int) -> int:
        return self._first.get(number, number)

    def verdict(self, one: int, other: int) -> SameVerdict | None:
        """What counts of two records: that they are the same; that they, or records that are the same as
        they, are not; None where nobody has said either.
        """
        pair = frozenset((self._of(one), self._of(other)))
        if len(pair) == 1:
            return SameVerdict.SAME
        return SameVerdict.NEVER if pair in self._apart else None
