"""What ownership shows of some firms: listed owners, the stakes up to them, and applicable rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provenance.core.errors import NotFound
from provenance.queries.names import organization_labels
from provenance.schema.session import Session
from provenance.tracing.listed_owners import (
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
    """One owner on the way up; ``percent`` is 0 to 100, None where no source states it."""

    owner: str
    owner_ref: str
    percent: float | None
    verified: bool


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
    """What is on record of a firm's owners on a day; ``listed_on`` are the lists with the firm's own name."""

    listed_on: tuple[str, ...] = ()
    listed_owners: tuple[ListedOwner, ...] = ()
    treatments: tuple[Treatment, ...] = ()


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
    owners = {step.owner for found in paths.values() for path in found for step in path.holdings}
    labels = organization_labels(session, owners)
    return {
        firm: OwnershipFindings(
            listed.get(firm, ()),
            tuple(_listed_owner(path, labels) for path in paths[firm]),
            tuple(
                Treatment(item.key, item.name, item.state(day), treated[item.key][firm], item.verification)
                for item in rules
                if firm in treated[item.key]
            ),
        )
        for firm in firms
    }


def _listed_owner(path: OwnershipPath, labels: dict[int, tuple[str, str]]) -> ListedOwner:
    return ListedOwner(
        *labels[path.listed],
        lists=path.lists,
        stakes=tuple(Stake(*labels[step.owner], step.percent, step.verified) for step in path.holdings),
        least_percent=path.least_percent,
        unverified=any(not step.verified for step in path.holdings),
    )
