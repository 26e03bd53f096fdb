"""Owners of a firm and firms that it owns, as they stood on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from provenance.core.vocabulary import OwnershipStatus, Verification
from provenance.domain.ownership import attributes
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.organizations import Organization, Ownership
from provenance.schema.session import Session
from provenance.schema.sources import Source
from provenance.text.partial_dates import DateSpan, format_span


class Side(StrEnum):
    """Whether a line of the tree is an owner of the firm, the firm itself, or a firm that it owns."""

    OWNER = "owner"
    FIRM = "firm"
    OWNED = "owned"


@dataclass(frozen=True, slots=True)
class TreeLine:
    """A firm in the tree: ``depth`` steps from the one asked about, by the ownership that led to it.

    ``certain`` is false where the dates on record leave open whether it stood on that day. ``repeated`` says
    that the firm stands elsewhere in the tree too, and what is beyond it is shown there. ``attributes`` says
    whether counts follow this step: completed, of the whole firm, a controlling share, not only legal
    control.
    """

    side: Side
    depth: int
    firm: str
    firm_ref: str
    firm_kind: str
    share_percent: float | None = None
    product_line: str | None = None
    control: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    verification: str | None = None
    source: str | None = None
    certain: bool = True
    attributes: bool = True
    repeated: bool = False


def fetch_tree(session: Session, number: int, day: date) -> tuple[TreeLine, ...]:
    """The owners above a firm, topmost first, the firm, and what it owned, on one day.

    A stake that ended before the day or began after it is left out; merged firms are one.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    stakes = [each for each in _stakes(session) if _may_stand(each, day)]
    first = merged.get(number, number)
    tree = _Tree(session, merged, stakes, day)
    above = list(tree.lines(first, Side.OWNER))
    below = list(tree.lines(first, Side.OWNED))
    return (*reversed(above), tree.line(first, Side.FIRM, 0), *below)


def _stakes(session: Session) -> list[Any]:
    return list(
        session.execute(
            select(Ownership, Source.publisher)
            .join(Source, Source.id == Ownership.source_id)
            .where(Ownership.status != OwnershipStatus.LAPSED)
            .order_by(Ownership.since_earliest, Ownership.id)
        )
    )


def _may_stand(stake: Any, day: date) -> bool:
    begun = stake.since_earliest is None or stake.since_earliest <= day
    has_end = stake.until_earliest is not None or stake.until_latest is not None
    return begun and (not has_end or stake.until_latest is None or day < stake.until_latest)


class _Tree:
    def __init__(self, session: Session, merged: dict[int, int], stakes: Iterable[Any], day: date) -> None:
        self._day, self._today, self._merged = day, session.today, merged
        self._above: dict[int, list[Any]] = defaultdict(list)
        self._below: dict[int, list[Any]] = defaultdict(list)
        numbers = set()
        for stake in stakes:
            owner = merged.get(stake.owner_id, stake.owner_id)
            owned = merged.get(stake.owned_id, stake.owned_id)
            if owner != owned:
                self._above[owned].append((owner, stake))
                self._below[owner].append((owned, stake))
                numbers |= {owner, owned}
        self._labels = organization_labels(session, numbers)
        self._kinds = {
            row.id: row.kind for row in session.execute(select(Organization.id, Organization.kind))
        }
        self._session = session

    def lines(self, first: int, side: Side) -> Iterable[TreeLine]:
        """The firms on one side, each after the one that leads to it."""
        nearby = self._above if side is Side.OWNER else self._below
        seen = {first}
        waiting = [(1, *each) for each in reversed(self._ordered(nearby[first]))]
        while waiting:
            depth, firm, stake = waiting.pop()
            repeated = firm in seen
            yield self.line(firm, side, depth, stake, repeated=repeated)
            if not repeated and stake.product_line is None and stake.status == OwnershipStatus.COMPLETED:
                # Who owns a firm does not own a line that it sold, nor what it may sell.
                seen.add(firm)
                waiting += [(depth + 1, *each) for each in reversed(self._ordered(nearby[firm]))]

    def _ordered(self, steps: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
        return sorted(steps, key=lambda step: (-(step[1].share_percent or 0.0), self._labels[step[0]]))

    def line(
        self, firm: int, side: Side, depth: int, stake: Any = None, *, repeated: bool = False
    ) -> TreeLine:
        """One firm, with the ownership that led to it."""
        label, ref = self._labels.get(firm) or organization_labels(self._session, [firm])[firm]
        if stake is None:
            return TreeLine(side, depth, label, ref, self._kinds[firm])
        return TreeLine(
            side=side,
            depth=depth,
            firm=label,
            firm_ref=ref,
            firm_kind=self._kinds[firm],
            share_percent=stake.share_percent,
            product_line=stake.product_line,
            control=stake.control,
            since=_span(stake.since_earliest, stake.since_latest),
            until=_span(stake.until_earliest, stake.until_latest),
            status=stake.status,
            verification=Verification(stake.verification).value,
            source=stake.publisher,
            certain=self._certainly(stake),
            attributes=attributes(stake),
            repeated=repeated,
        )

    def _certainly(self, stake: Any) -> bool:
        begun = (stake.since_latest is not None and stake.since_latest <= self._day) or (
            self._day >= self._today
        )
        has_end = stake.until_earliest is not None or stake.until_latest is not None
        return begun and (
            not has_end or (stake.until_earliest is not None and self._day < stake.until_earliest)
        )


def _span(earliest: date | None, latest: date | None) -> str | None:
    return format_span(DateSpan(earliest, latest)) or None
