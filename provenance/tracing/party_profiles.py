"""Names, roles, countries and amounts traded of parties, for the rows that an answer shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import select, true

from provenance.core.vocabulary import PartyRole, Side
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.names import organization_labels
from provenance.schema.chunks import chunks
from provenance.schema.organizations import OrganizationSeat
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.confidence import HIDDEN
from provenance.text.quantity_units import in_base_unit
from provenance.tracing.ledger import Ledger
from provenance.tracing.network import Numbers
from provenance.tracing.statements import PartyKey, PartyKind


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as an answer names it; ``name`` None is unknown, ``ref`` None is not matched to one firm."""

    name: str | None
    ref: str | None


def party_names(session: Session, ledger: Ledger, nodes: Iterable[int]) -> dict[int, PartyName]:
    """What parties are called; one named in confidence stays without a name."""
    wanted = {node: ledger.parties[node] for node in nodes}
    firms = {node: int(who) for node, (kind, who) in wanted.items() if kind == PartyKind.FIRM}
    labels = organization_labels(session, firms.values())
    return {
        node: PartyName(*labels[firms[node]]) if node in firms else _unmatched(key)
        for node, key in wanted.items()
    }


def _unmatched(key: PartyKey) -> PartyName:
    kind, who = key
    if kind == PartyKind.NAME:
        return PartyName(who.partition(":")[2] or who, None)
    return PartyName(HIDDEN if kind == PartyKind.CONFIDENTIAL else None, None)


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much, in which unit; None is a unit that is not stated."""

    amount: float
    unit: str | None


@dataclass(frozen=True, slots=True)
class Money:
    """How much money, in which currency (ISO 4217); None is a currency that is not stated."""

    amount: float
    currency: str | None


@dataclass(frozen=True, slots=True)
class TradedAmounts:
    """The sum of some transfers, each kind of unit (pieces, kilograms …) and each currency by itself.

    ``unquantified`` and ``unvalued`` count the transfers that do not state how many or how much.
    """

    quantities: tuple[Quantity, ...] = ()
    unquantified: int = 0
    values: tuple[Money, ...] = ()
    unvalued: int = 0


def traded(rows: Sequence[Any]) -> TradedAmounts:
    """Adds up some rows of `Transfer`."""
    quantities: dict[str | None, float] = {}
    values: dict[str | None, float] = {}
    for row in rows:
        if row.quantity is not None:
            amount, unit = in_base_unit(row.quantity, row.quantity_unit)
            quantities[unit] = quantities.get(unit, 0) + amount
        if row.value is not None:
            currency = row.currency or None
            values[currency] = values.get(currency, 0) + row.value
    return TradedAmounts(
        tuple(Quantity(amount, unit) for unit, amount in _in_order(quantities)),
        sum(row.quantity is None for row in rows),
        tuple(Money(amount, currency) for currency, amount in _in_order(values)),
        sum(row.value is None for row in rows),
    )


def _in_order(amounts: Mapping[str | None, float]) -> list[tuple[str | None, float]]:
    return sorted(amounts.items(), key=lambda item: (item[0] is None, item[0] or ""))


@dataclass(frozen=True, slots=True)
class TradeTotals:
    """What the transfers of one firm add up to: what it received and what it sent, never as one sum.

    ``first`` and ``last`` are the days between which they lie; ``undated`` transfers are in neither.
    ``roles`` are those that it had, most frequent first; ``partner_countries`` those of the other parties.
    """

    transfers: int
    received: TradedAmounts
    sent: TradedAmounts
    first: date | None
    last: date | None
    undated: int
    roles: tuple[str, ...]
    countries: tuple[str, ...]
    partner_countries: tuple[str, ...]


@dataclass(slots=True)
class _Collected:
    """What is collected of a firm's transfers, chunk by chunk."""

    roles: Counter[str] = field(default_factory=Counter)
    own: dict[str, None] = field(default_factory=dict)
    others: set[str] = field(default_factory=set)
    sides: dict[int, str] = field(default_factory=dict)
    moved: dict[str, list[Any]] = field(default_factory=lambda: {Side.TO: [], Side.FROM: []})
    days: list[date] = field(default_factory=list)
    undated: int = 0

    def add_party(self, row: Any, mine: bool) -> None:
        """Adds one open party of a transfer."""
        if mine:
            self.sides[row.transfer_id] = row.side
            if row.role != PartyRole.UNKNOWN:
                self.roles[row.role] += 1
        if row.country and mine:
            self.own[row.country] = None
        elif row.country:
            self.others.add(row.country)

    def add_transfer(self, row: Any) -> None:
        """Adds one transfer, after its parties."""
        if (side := self.sides.get(row.id)) in self.moved:
            self.moved[side].append(row)
        dated = [day for day in (row.earliest, row.latest) if day is not None]
        self.days += dated
        self.undated += not dated
        self.others |= {place for place in (row.origin_country, row.destination_country) if place}


def trade_totals(session: Session, organization_id: int, numbers: Sequence[int]) -> TradeTotals:
    """Adds up some transfers of a firm, each once; parties named in confidence add no role or country."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    collected = _Collected()
    for chunk in chunks(numbers):
        parties = select(TransferParty).where(
            TransferParty.transfer_id.in_(chunk), ~TransferParty.confidential
        )
        for row in session.execute(parties.order_by(TransferParty.id)):
            mine = merged.get(row.organization_id, row.organization_id) == organization_id
            collected.add_party(row, mine)
        for row in session.execute(select(Transfer).where(Transfer.id.in_(chunk))):
            collected.add_transfer(row)
    return TradeTotals(
        len(numbers), traded(collected.moved[Side.TO]), traded(collected.moved[Side.FROM]),
        min(collected.days, default=None), max(collected.days, default=None), collected.undated,
        tuple(role for role, _count in collected.roles.most_common()), tuple(collected.own),
        tuple(sorted(collected.others)),
    )  # fmt: skip


def countries_of(session: Session, numbers: Iterable[int]) -> dict[int, set[str]]:
    """The countries where firms have their seats or were parties, but not in confidence, by row number."""
    found: dict[int, set[str]] = defaultdict(set)
    for chunk in chunks(sorted(set(numbers))):
        for place, open_ in ((OrganizationSeat, true()), (TransferParty, ~TransferParty.confidential)):
            rows: Any = session.execute(
                select(place.organization_id, place.country)
                .where(place.organization_id.in_(chunk), place.country.is_not(None), open_)
                .distinct()
            )
            for row in rows:
                found[row.organization_id].add(row.country)
    return found


def transfers_at(ledger: Ledger, edges: Numbers, node: int) -> list[int]:
    """The row numbers of the transfers that some edges of a party belong to, each once."""
    mine = edges[(ledger.tail[edges] == node) | (ledger.head[edges] == node)]
    found: list[int] = np.unique(ledger.number[ledger.transfer[mine]]).tolist()
    return found
