"""`trace listings`: firms that traded and were listed, the lag, what followed, who began afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from provenance.core.basis import NO_CLEARANCE, Basis
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.queries.fingerprint import data_fingerprint
from provenance.schema.organizations import OrganizationName
from provenance.schema.session import Session
from provenance.schema.watchlists import ListedName, ListedParty, ListedRecord, ListingInterval, Watchlist
from provenance.text.firm_names import name_key
from provenance.tracing.ledger import Ledger, day_of, load_ledger
from provenance.tracing.listings import ListingSpan, Successor, TradeAround, successors, trade_around
from provenance.tracing.network import ALWAYS
from provenance.tracing.party_profiles import PartyName, party_names
from provenance.tracing.statements import PartyKind
from provenance.tracing.surveys import ON_A_PATH, Scope
from provenance.tracing.transfer_tlp import handling_of

SHOWN_SUCCESSORS = 5
"""The most that are listed of each firm; ``successors_in_all`` counts the rest."""


class WentOn(StrEnum):
    """Whether trade went on after the listing, as far as the dates on record decide."""

    YES = "yes"
    POSSIBLY = "possibly"
    NONE_ON_RECORD = "none_on_record"


@dataclass(frozen=True, slots=True)
class FirmAfterwards:
    """A firm that sent the same parts to the same recipients, and of which no earlier record does."""

    firm: str | None
    firm_ref: str | None
    transfers: int
    recipients: int
    parts: int
    since: date | None


@dataclass(frozen=True, slots=True)
class ListedTrade:
    """A firm with trade on record whose name is on a watchlist; the same name is a lead, not an identity.

    Days are intervals: ``listed_earliest`` None is a listing before the first version of its list.
    ``lag_days_least`` and ``lag_days_most`` are from the first dated transfer to the listing, negative where
    the listing came first; None where a date is not known. ``before``, ``after`` and ``unplaced`` count
    transfers as in `TradeAround`.
    """

    firm: str
    firm_ref: str
    watchlist: str
    listed_earliest: date | None
    listed_latest: date
    first_trade_earliest: date | None
    first_trade_latest: date | None
    lag_days_least: int | None
    lag_days_most: int | None
    before: int
    after: int
    unplaced: int
    went_on: WentOn
    last_trade_earliest: date | None
    last_trade_latest: date | None
    successors: tuple[FirmAfterwards, ...]
    successors_in_all: int


def fetch_listings(
    session: Session, scope: Scope, *, watchlists: Sequence[str] = (), firms: Sequence[int] = ()
) -> tuple[tuple[ListedTrade, ...], Basis]:
    """Every listed firm with trade on record, the longest certain lag first; of some lists or firms only."""
    ledger = load_ledger(session, scope.as_of, classes=scope.classes)
    nodes = {int(who): node for node, (kind, who) in enumerate(ledger.parties) if kind == PartyKind.FIRM}
    spans = _first_listings(session, set(nodes), watchlists)
    if firms:
        spans = {key: span for key, span in spans.items() if key[0] in firms}
    found = [
        (
            number,
            key,
            span,
            trade_around(ledger, nodes[number], span),
            successors(ledger, nodes[number], span),
        )
        for (number, key), span in spans.items()
    ]
    named = {nodes[number] for number, *_rest in found}
    named |= {item.node for *_rest, after in found for item in after[:SHOWN_SUCCESSORS]}
    names = party_names(session, ledger, named)
    rows = [_row(names, nodes[number], key, span, trade, after) for number, key, span, trade, after in found]
    rows.sort(
        key=lambda row: (row.lag_days_least is None, -(row.lag_days_least or 0), row.firm, row.watchlist)
    )
    return tuple(rows), _basis(session, scope, rows, ledger, watchlists)


def _first_listings(
    session: Session, firms: set[int], watchlists: Sequence[str]
) -> dict[tuple[int, str], ListingSpan]:
    """When each firm's name was first on each list."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    by_name: dict[str, set[int]] = {}
    for row in session.execute(select(OrganizationName.organization_id, OrganizationName.name_key)):
        number = merged.get(row.organization_id, row.organization_id)
        if number in firms:
            by_name.setdefault(row.name_key, set()).add(number)
    statement = (
        select(ListedName.name, Watchlist.key, ListingInterval.began_earliest, ListingInterval.began_latest)
        .select_from(ListedName)
        .join(ListedRecord, ListedRecord.id == ListedName.record_id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .join(ListingInterval, ListingInterval.party_id == ListedParty.id)
        .distinct()
    )
    if watchlists:
        statement = statement.where(Watchlist.key.in_(watchlists))
    found: dict[tuple[int, str], ListingSpan] = {}
    for row in session.execute(statement):
        began = row.began_earliest.toordinal() if row.began_earliest else ALWAYS
        span = ListingSpan(began, row.began_latest.toordinal())
        for number in by_name.get(name_key(row.name), ()):
            other = found.get((number, row.key), span)
            found[number, row.key] = min(other, span, key=lambda each: (each.latest, each.earliest))
    return found


def _row(
    names: dict[int, PartyName],
    node: int,
    watchlist: str,
    span: ListingSpan,
    trade: TradeAround,
    after: list[Successor],
) -> ListedTrade:
    first, last = trade.first or (ALWAYS, ALWAYS), trade.last or (ALWAYS, ALWAYS)
    known = trade.first is not None
    went_on = WentOn.YES if trade.after else WentOn.POSSIBLY if trade.unplaced else WentOn.NONE_ON_RECORD
    return ListedTrade(
        firm=names[node].name or "",
        firm_ref=names[node].ref or "",
        watchlist=watchlist,
        listed_earliest=day_of(span.earliest),
        listed_latest=date.fromordinal(span.latest),
        first_trade_earliest=day_of(first[0]),
        first_trade_latest=day_of(first[1]),
        lag_days_least=span.earliest - first[1] if known and span.earliest > ALWAYS else None,
        lag_days_most=span.latest - first[0] if known else None,
        before=trade.before,
        after=trade.after,
        unplaced=trade.unplaced,
        went_on=went_on,
        last_trade_earliest=day_of(last[0]),
        last_trade_latest=day_of(last[1]),
        successors=tuple(
            FirmAfterwards(
                names[item.node].name,
                names[item.node].ref,
                item.transfers,
                item.recipients,
                item.parts,
                day_of(item.first),
            )
            for item in after[:SHOWN_SUCCESSORS]
        ),
        successors_in_all=len(after),
    )


def _basis(
    session: Session, scope: Scope, rows: Sequence[ListedTrade], ledger: Ledger, watchlists: Sequence[str]
) -> Basis:
    basis = Basis("trace listings", "firms with trade on record and a listed name", data_fingerprint(session))
    basis.filters = scope.filters() | ({"watchlists": ", ".join(watchlists)} if watchlists else {})
    basis.handling = handling_of(session, scope.classes, scope.as_of.max_tlp)
    kinds = [kind for kind, _who in ledger.parties]
    basis.counted = {"firms": len({row.firm_ref for row in rows}), "listings": len(rows)}
    basis.out_of = {"firms": kinds.count(PartyKind.FIRM)}
    basis.cautions = [
        "The same name is a lead, not an identity.",
        "Who began afterwards sent the same part to the same recipient; it does not show who is behind it.",
        *([ON_A_PATH] if rows else [NO_CLEARANCE]),
    ]
    unnamed = len(kinds) - kinds.count(PartyKind.FIRM)
    if unnamed:
        basis.unknown.append(f"Parties not matched to one firm, or unknown, were not compared: {unnamed:,}.")
    basis.notes.append("Trade before the first record here is not known: a lag is at least what it says.")
    return basis
