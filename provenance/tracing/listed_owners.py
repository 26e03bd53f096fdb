"""Ownership paths: firms owned by listed parties, by share and date, and the rules about them.

That a firm has the same name as a listed party is a lead, not an identity: a person has to check.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from provenance.core.vocabulary import Control, OwnershipScope, OwnershipStatus, Verification
from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.organizations import OrganizationName, Ownership
from provenance.schema.session import Session
from provenance.schema.traces import OwnershipRule
from provenance.schema.watchlists import ListedName, ListedParty, ListedRecord, ListingInterval, Watchlist
from provenance.text.firm_names import name_key


class RuleState(StrEnum):
    """Whether a rule is in force on a day; not known after a suspension that may have been extended."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    NOT_KNOWN = "not_known_whether_in_force"
    NOT_YET = "not_yet_in_force"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about firms owned by listed parties; ``least_percent`` is 0 to 100."""

    key: str
    name: str
    least_percent: float
    aggregate: bool
    since: date | None
    suspended_from: date | None
    suspended_until: date | None
    until: date | None
    verification: str
    note: str | None

    @property
    def asks(self) -> str:
        """What the rule asks of a firm's owners, in words."""
        alone = "together" if self.aggregate else "alone"
        return (
            f"{self.least_percent:g} % or more of the firm owned by listed owners {alone};"
            " legal control without ownership does not count"
        )

    def state(self, day: date) -> RuleState:
        """Whether the rule is in force on a day.

        It is again on the day on which a suspension ends, if a source verifies that it ended then; otherwise
        the suspension may have been extended, and the state is not known.
        """
        if self.since and day < self.since:
            return RuleState.NOT_YET
        if self.until and day >= self.until:
            return RuleState.ENDED
        if self.suspended_from is None or day < self.suspended_from:
            return RuleState.IN_FORCE
        if self.suspended_until is None or day < self.suspended_until:
            return RuleState.SUSPENDED
        return RuleState.IN_FORCE if self.verification == Verification.VERIFIED else RuleState.NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Holding:
    """A stake: ``percent`` is 0 to 100, None where no source states it.

    ``control`` is what the owner has, None where it is not stated.
    """

    owner: int
    owned: int
    percent: float | None
    verified: bool
    control: str | None = None

    @property
    def owns(self) -> bool:
        """Whether it is ownership, which the rules ask for: the right to decide alone is not."""
        return self.control != Control.LEGAL


@dataclass(frozen=True, slots=True)
class OwnershipPath:
    """The stakes from a firm up to an owner with a listed party's name, nearest owner first.

    A path without holdings means that the firm itself has the name. ``least_percent`` is the smallest
    stake on it, None where one is not stated.
    """

    firm: int
    listed: int
    lists: tuple[str, ...]
    holdings: tuple[Holding, ...]
    least_percent: float | None


def fetch_rules(session: Session) -> list[Rule]:
    """Every rule on record, in the order of their keys."""
    rows = session.execute(select(OwnershipRule).order_by(OwnershipRule.key))
    return [
        Rule(
            row.key, row.name, row.least_percent, row.aggregate, row.since, row.suspended_from,
            row.suspended_until, row.until, row.verification, row.note,
        )
        for row in rows
    ]  # fmt: skip


def fetch_holdings(session: Session, day: date) -> list[Holding]:
    """Stakes in whole firms that may have been held on a day, whatever their size."""
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(Ownership)
        .where(Ownership.scope == OwnershipScope.ALL, Ownership.status == OwnershipStatus.COMPLETED)
        .order_by(Ownership.id)
    )
    return [
        Holding(
            merged.get(row.owner_id, row.owner_id),
            merged.get(row.owned_id, row.owned_id),
            row.share_percent,
            row.verification == Verification.VERIFIED,
            row.control,
        )
        for row in rows
        if (row.since_earliest is None or row.since_earliest <= day)
        and (row.until_latest is None or row.until_latest > day)
    ]


def fetch_listed(session: Session, day: date) -> dict[int, tuple[str, ...]]:
    """Organizations whose name was on some list on a day, with the lists' keys.

    A listing whose end is not known to the day counts up to the last day on which it may have been valid.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    rows = session.execute(
        select(ListedName.name, Watchlist.key)
        .select_from(ListedName)
        .join(ListedRecord, ListedRecord.id == ListedName.record_id)
        .join(ListedParty, ListedParty.id == ListedRecord.party_id)
        .join(Watchlist, Watchlist.id == ListedParty.watchlist_id)
        .join(ListingInterval, ListingInterval.party_id == ListedParty.id)
        .where(
            (ListingInterval.began_earliest.is_(None) & (ListingInterval.began_latest <= day))
            | (ListingInterval.began_earliest <= day),
            ListingInterval.ended_latest.is_(None) | (ListingInterval.ended_latest > day),
        )
        .distinct()
    )
    lists: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        lists[name_key(row.name)].add(row.key)
    if not lists:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(select(OrganizationName.organization_id, OrganizationName.name_key)):
        if row.name_key in lists:
            found[merged.get(row.organization_id, row.organization_id)] |= lists[row.name_key]
    return {number: tuple(sorted(keys)) for number, keys in found.items()}


def paths_to_listed_owners(
    firm: int, holdings: Iterable[Holding], listed: Mapping[int, tuple[str, ...]]
) -> list[OwnershipPath]:
    """The shortest path up from a firm to each owner with a listed name, at any distance; cycles are fine."""
    above: dict[int, list[Holding]] = defaultdict(list)
    for holding in holdings:
        above[holding.owned].append(holding)
    ways: dict[int, tuple[Holding, ...]] = {firm: ()}
    queue = [firm]
    for current in queue:
        for holding in sorted(above[current], key=lambda item: (-(item.percent or 0), item.owner)):
            if holding.owner not in ways:
                ways[holding.owner] = (*ways[current], holding)
                queue.append(holding.owner)
    return [
        OwnershipPath(firm, owner, listed[owner], way, _least(way))
        for owner, way in ways.items()
        if owner in listed
    ]


def _least(way: tuple[Holding, ...]) -> float | None:
    percents = [holding.percent for holding in way]
    known = [percent for percent in percents if percent is not None]
    return min(known) if known and len(known) == len(percents) else None


def treated_as_listed(holdings: Iterable[Holding], listed: Iterable[int], rule: Rule) -> dict[int, float]:
    """The firms that a rule treats like the listed parties that own them, with the percentage.

    A firm that is treated so counts as a listed owner in turn. A stake that is not stated adds nothing, nor
    does legal control alone; a firm that is listed itself is not included.
    """
    below: dict[int, list[Holding]] = defaultdict(list)
    stakes: dict[int, dict[int, float]] = defaultdict(dict)
    for holding in holdings:
        if holding.percent is not None and holding.owner != holding.owned and holding.owns:
            below[holding.owner].append(holding)
    started = set(listed)
    queue = sorted(started)
    found: dict[int, float] = {}
    for owner in queue:
        for holding in below[owner]:
            mine = stakes[holding.owned]
            mine[owner] = max(mine.get(owner, 0.0), holding.percent or 0.0)
            percent = min(sum(mine.values()), 100.0) if rule.aggregate else max(mine.values())
            if holding.owned in started or percent < rule.least_percent:
                continue
            if holding.owned not in found:
                queue.append(holding.owned)
            found[holding.owned] = percent
    return found
