"""What ownership says of some firms: listed owners, the way up to them, and rules that treat them alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from provenance.core.errors import NotFound
from provenance.queries.names import organization_labels
from provenance.schema.session import Session
from provenance.tracing.corporate import (
    Rule,
    RuleState,
    fetch_holdings,
    fetch_listed,
    fetch_rules,
    listed_roads,
    treated_as_listed,
)

OFF = "off"
"""What is given for a rule to leave rules aside."""


@dataclass(frozen=True, slots=True)
class ListedOwner:
    """An owner of a listed party's name; ``path`` leads there from the firm, a step a stake."""

    owner: str
    owner_ref: str
    lists: tuple[str, ...]
    path: str
    least_percent: float | None
    unverified: bool


@dataclass(frozen=True, slots=True)
class Treatment:
    """That a rule would treat the firm like its listed owners, and whether it holds on the day."""

    rule: str
    state: RuleState
    percent: float
    verification: str


@dataclass(frozen=True, slots=True)
class Corporate:
    """What is on record of a firm's owners on a day."""

    listed: tuple[str, ...]
    owners: tuple[ListedOwner, ...]
    treatments: tuple[Treatment, ...]

    def words(self) -> str:
        """In short, for a table."""
        said = [f"name on {', '.join(self.listed)}"] if self.listed else []
        said += [f"owned by {item.owner} (name on {', '.join(item.lists)})" for item in self.owners]
        said += [f"{item.rule}: {item.percent:g} %, {item.state}" for item in self.treatments]
        return "; ".join(said)


def fetch_corporate(
    session: Session, firms: Sequence[int], day: date, *, rule: str | None = None
) -> dict[int, Corporate]:
    """What ownership says of firms on a day, under one rule, under all (None), or under none (`OFF`).

    Raises:
        NotFound: there is no rule of that key.
    """
    listed = fetch_listed(session, day)
    holdings = fetch_holdings(session, day)
    rules = _rules(session, rule)
    treated = {item.key: treated_as_listed(holdings, listed, item) for item in rules}
    roads = {firm: listed_roads(firm, holdings, listed) for firm in firms}
    wanted = {
        number
        for found in roads.values()
        for road in found
        for number in (road.listed, *(step.owner for step in road.holdings))
    }
    labels = organization_labels(session, wanted)
    return {
        firm: Corporate(
            listed.get(firm, ()),
            tuple(
                ListedOwner(
                    *labels[road.listed],
                    lists=road.lists,
                    path=" ← ".join(
                        f"{labels[step.owner][0]} ({_share(step.percent)})" for step in road.holdings
                    ),
                    least_percent=road.least_percent,
                    unverified=any(not step.verified for step in road.holdings),
                )
                for road in roads[firm]
                if road.holdings
            ),
            tuple(
                Treatment(item.name, item.state(day), treated[item.key][firm], item.verification)
                for item in rules
                if firm in treated[item.key]
            ),
        )
        for firm in firms
    }


def _share(percent: float | None) -> str:
    return "share not stated" if percent is None else f"{percent:g} %"


def _rules(session: Session, key: str | None) -> list[Rule]:
    if key == OFF:
        return []
    rules = fetch_rules(session)
    if key is None:
        return rules
    found = [rule for rule in rules if rule.key == key]
    if not found:
        raise NotFound(f"There is no ownership rule {key}", near=[rule.key for rule in rules])
    return found
