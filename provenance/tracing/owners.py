"""What ownership shows of some firms: listed owners, the stakes up to them, and applicable rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from provenance.core.errors import NotFound
from provenance.core.vocabulary import Control, OwnershipScope, OwnershipStatus
from provenance.domain.record_kinds import RecordKind
from provenance.domain.same_statements import cluster_of
from provenance.queries.names import organization_labels
from provenance.schema.organizations import Ownership
from provenance.schema.session import Session
from provenance.tracing.listed_owners import (
    Holding,
    OwnershipPath,
    Rule,
    RuleState,
    fetch_holdings,
    fetch_listed,
    fetch_rules,
    paths_to_listed_owners,
    treated_as_listed,
)

OFF = "off"
"""The rule key that leaves all rules aside."""


@dataclass(frozen=True, slots=True)
class Stake:
    """One owner on the way up; ``percent`` is 0 to 100, None where no source states it.

    ``control`` is what the owner has: the economic interest, the legal right to decide, or both; None where
    no source states it.
    """

    owner: str
    owner_ref: str
    percent: float | None
    verified: bool
    control: Control | None


@dataclass(frozen=True, slots=True)
class FormerOwner:
    """A direct owner whose ownership had ended by the day, as far as its source says in which sense."""

    owner: str
    owner_ref: str
    until: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ListedOwner:
    """An owner whose name is on watchlists; ``stakes`` lead there from the firm, nearest owner first.

    ``least_percent`` is the smallest of the stakes, None where one is not stated.
    """

    owner: str
    owner_ref: str
    lists: tuple[str, ...]
    stakes: tuple[Stake, ...]
    least_percent: float | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Treatment:
    """That a rule treats the firm like its listed owners, whether it is in force, and their share."""

    rule_key: str
    rule: str
    state: RuleState
    percent: float
    verification: str


@dataclass(frozen=True, slots=True)
class OwnershipFindings:
    """What is on record of a firm's owners on a day; ``listed_on`` are the lists with the firm's own name.

    ``owners`` are the direct ones, listed or not, with what each of them has.
    """

    listed_on: tuple[str, ...] = ()
    owners: tuple[Stake, ...] = ()
    listed_owners: tuple[ListedOwner, ...] = ()
    treatments: tuple[Treatment, ...] = ()


def former_owners(session: Session, firm: int, day: date) -> tuple[FormerOwner, ...]:
    """The direct owners whose ownership had ended by a day, the last one first."""
    numbers = cluster_of(session, RecordKind.ORGANIZATION, firm)
    rows = session.execute(
        select(Ownership.owner_id, Ownership.until_latest, Ownership.note)
        .where(
            Ownership.owned_id.in_(numbers),
            Ownership.scope == OwnershipScope.ALL,
            Ownership.status == OwnershipStatus.COMPLETED,
            Ownership.until_latest <= day,
        )
        .order_by(Ownership.until_latest.desc(), Ownership.id)
    ).all()
    labels = organization_labels(session, {row.owner_id for row in rows})
    return tuple(FormerOwner(*labels[row.owner_id], row.until_latest, row.note) for row in rows)


def ownership_rules(session: Session, key: str | None) -> list[Rule]:
    """The ownership rule of that key, all on record (None), or none (`OFF`).

    Raises:
        NotFound: there is no rule of that key.
    """
    if key == OFF:
        return []
    rules = fetch_rules(session)
    if key is None:
        return rules
    found = [rule for rule in rules if rule.key == key]
    if not found:
        raise NotFound(f"There is no ownership rule {key}", near=[rule.key for rule in rules])
    return found


def rules_in_words(rules: Sequence[Rule], day: date) -> list[str]:
    """What each rule says of firms that listed parties own, and its state on a day; no legal conclusion."""
    return [
        f"{rule.name} ({rule.least_percent:g} % or more): {rule.state(day).replace('_', ' ')} on {day}"
        f" ({rule.verification})."
        for rule in rules
    ]


def fetch_ownership(
    session: Session, firms: Sequence[int], day: date, *, rule: str | None = None
) -> dict[int, OwnershipFindings]:
    """What ownership shows of firms on a day, under one rule, under all (None), or under none (`OFF`).

    Raises:
        NotFound: there is no rule of that key.
    """
    listed = fetch_listed(session, day)
    holdings = fetch_holdings(session, day)
    rules = ownership_rules(session, rule)
    treated = {item.key: treated_as_listed(holdings, listed, item) for item in rules}
    paths = {
        firm: [path for path in paths_to_listed_owners(firm, holdings, listed) if path.holdings]
        for firm in firms
    }
    direct = {firm: [step for step in holdings if step.owned == firm] for firm in firms}
    owners = {step.owner for found in paths.values() for path in found for step in path.holdings}
    owners |= {step.owner for found in direct.values() for step in found}
    labels = organization_labels(session, owners)
    return {
        firm: OwnershipFindings(
            listed.get(firm, ()),
            tuple(_stake(step, labels) for step in direct[firm]),
            tuple(_listed_owner(path, labels) for path in paths[firm]),
            tuple(
                Treatment(item.key, item.name, item.state(day), treated[item.key][firm], item.verification)
                for item in rules
                if firm in treated[item.key]
            ),
        )
        for firm in firms
    }


def _stake(step: Holding, labels: dict[int, tuple[str, str]]) -> Stake:
    control = Control(step.control) if step.control else None
    return Stake(*labels[step.owner], step.percent, step.verified, control)


def _listed_owner(path: OwnershipPath, labels: dict[int, tuple[str, str]]) -> ListedOwner:
    return ListedOwner(
        *labels[path.listed],
        lists=path.lists,
        stakes=tuple(_stake(step, labels) for step in path.holdings),
        least_percent=path.least_percent,
        unverified=any(not step.verified for step in path.holdings),
    )
