"""Names, roles, countries and figures of holders, for the rows that an answer shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select, true

from provenance.core.vocabulary import Side
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.organizations import OrganizationSeat
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.confidence import HIDDEN
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import Numbers

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Named:
    """A holder as an answer names it; ``ref`` only of an organization on record."""

    name: str
    ref: str | None


def names_of(session: Session, ledger: Ledger, nodes: Iterable[int]) -> dict[int, Named]:
    """What holders are called; what was given in confidence, and the unknown, stay without a name."""
    wanted = {node: ledger.holders[node] for node in nodes}
    firms = {node: int(who) for node, (kind, who) in wanted.items() if kind == "firm"}
    labels = organization_labels(session, firms.values())
    found = {node: Named(*labels[number]) for node, number in firms.items()}
    for node, (kind, who) in wanted.items():
        if kind == "name":
            found[node] = Named(f"{who.partition(':')[2] or who} (no firm settled)", None)
        elif kind == "confidential":
            found[node] = Named(HIDDEN, None)
        elif kind == "unknown":
            found[node] = Named("unknown", None)
    return found


@dataclass(slots=True)
class Amounts:
    """What some transfers add up to, each unit and each currency by itself.

    ``unquantified`` and ``unvalued`` transfers say nothing of how many or how much.
    """

    quantities: dict[str, float] = field(default_factory=dict)
    unquantified: int = 0
    values: dict[str, float] = field(default_factory=dict)
    unvalued: int = 0

    def add(self, row: Any) -> None:
        """Takes in one transfer."""
        if row.quantity is None:
            self.unquantified += 1
        else:
            unit = row.quantity_unit or "unit not stated"
            self.quantities[unit] = self.quantities.get(unit, 0) + row.quantity
        if row.value is None:
            self.unvalued += 1
        else:
            currency = row.currency or "currency not stated"
            self.values[currency] = self.values.get(currency, 0) + row.value


@dataclass(frozen=True, slots=True)
class Figures:
    """What the transfers of one holder add up to: what it took and what it gave, which are never one sum.

    ``undated`` transfers are in no date.
    """

    transfers: int
    taken: Amounts
    given: Amounts
    first: date | None
    last: date | None
    undated: int
    roles: tuple[str, ...]
    countries: tuple[str, ...]
    partner_countries: tuple[str, ...]


def figures_of(session: Session, organization_id: int, numbers: Sequence[int]) -> Figures:
    """Adds up some transfers of a firm, each once; who was named in confidence adds no role or country."""
    merged = clusters(session, "organization")
    amounts = {Side.TO: Amounts(), Side.FROM: Amounts()}
    days: list[date] = []
    undated = 0
    roles: Counter[str] = Counter()
    own: dict[str, None] = {}
    others: dict[str, None] = {}
    for start in range(0, len(numbers), _CHUNK):
        chunk = list(numbers[start : start + _CHUNK])
        sides: dict[int, str] = {}
        for row in session.execute(
            select(TransferParty).where(TransferParty.transfer_id.in_(chunk)).order_by(TransferParty.id)
        ):
            mine = merged.get(row.organization_id, row.organization_id) == organization_id
            if row.confidential:
                continue
            if mine:
                roles[row.role] += 1
                sides[row.transfer_id] = row.side
            if row.country:
                (own if mine else others)[row.country] = None
        for row in session.execute(select(Transfer).where(Transfer.id.in_(chunk))):
            if (side := sides.get(row.id)) in amounts:
                amounts[Side(side)].add(row)
            dated = [day for day in (row.earliest, row.latest) if day is not None]
            days += dated
            undated += not dated
            places = (row.origin_country, row.destination_country)
            others |= dict.fromkeys([place for place in places if place])
    return Figures(
        len(numbers), amounts[Side.TO], amounts[Side.FROM], min(days, default=None), max(days, default=None),
        undated, tuple(role for role, _count in roles.most_common()), tuple(own), tuple(sorted(others)),
    )  # fmt: skip


def countries_of(session: Session, numbers: Iterable[int]) -> dict[int, set[str]]:
    """The countries that firms sit in or stood in as parties, but not in confidence, by row number."""
    found: dict[int, set[str]] = defaultdict(set)
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for column, open_ in ((OrganizationSeat, true()), (TransferParty, ~TransferParty.confidential)):
            rows: Any = session.execute(
                select(column.organization_id, column.country)
                .where(column.organization_id.in_(chunk), column.country.is_not(None), open_)
                .distinct()
            )
            for row in rows:
                found[row.organization_id].add(row.country)
    return found


def transfers_at(ledger: Ledger, hops: Numbers, node: int) -> list[int]:
    """The row numbers of the transfers that some hops of a holder belong to, each once."""
    import numpy as np

    mine = hops[(ledger.tail[hops] == node) | (ledger.head[hops] == node)]
    found: list[int] = np.unique(ledger.number[ledger.transfer[mine]]).tolist()
    return found
