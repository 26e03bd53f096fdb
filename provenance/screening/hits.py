"""What a screening answers: a row per customer with its hits. Other programs count on this shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from provenance.core.vocabulary.watched import PartyKind
from provenance.screening.calibration import THRESHOLD
from provenance.sources.customers import OrderLine


@dataclass(frozen=True, slots=True)
class HitJudgement:
    """The current judgement on a hit: the verdict, by whom, when (ISO, UTC) and why.

    ``reopened`` says what has changed since; such a judgement is shown and decides nothing.
    """

    ref: str
    verdict: str
    actor: str
    at: str
    reason: str
    reopened: str | None = None


class NumberSays(StrEnum):
    """What registration numbers say about a hit; None stands for nothing that decides."""

    SAME = "same"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that a customer may be.

    ``key`` is the list's own id, ``matched`` the name, address or number as the list writes it, ``reason``
    how it matched, ``asks`` what the list asks of those who deal with the party (None where unknown).
    ``listed_from`` and ``listed_to`` are days or ``EARLIEST..LATEST``, None where no end was seen.
    ``party_uid`` is the party's in every version of its list, ``entry_digest`` covers its newest entry.
    ``number`` is None where no registration number decides. ``only_today`` is true where the party is listed
    today, but was not on the day that the customer was screened as of. ``addresses``, ``countries`` and
    ``numbers`` are all that the list gives for the party, by which a person compares it with the customer.
    """

    list: str
    version: str
    key: str
    party: str
    score: float
    matched: str
    reason: str
    asks: str | None
    listed_from: str | None
    listed_to: str | None
    party_uid: str | None = None
    entry_digest: str | None = None
    judgement: HitJudgement | None = None
    number: NumberSays | None = None
    only_today: bool = False
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreenedCustomer:
    """One customer's row; a row with ``not_screened`` is not clear.

    ``listed_since`` are parties that are listed today and were not on the row's day, ``set_aside`` parties of
    similar names whose valid registration number of the same scheme differs, ``other_times`` those listed
    neither on the row's day nor today, ``other_kinds`` those that the user did not ask for (a person where
    entities were), ``dismissed`` those judged to be another party, entry and customer
    being unchanged since. ``customer_digest`` covers what was screened of the customer.

    ``role`` is the column of the name in a file with several ("Ship-to"). ``as_of`` is the day (ISO) that the
    row was screened as of, ``undated`` whether it has none of its own although others have, so that it was
    screened as of today. ``addresses``, ``country``, ``numbers`` and ``order`` are the customer's own.
    """

    row: int
    id: str | None
    name: str | None
    hits: tuple[Hit, ...]
    not_screened: str | None = None
    listed_since: tuple[Hit, ...] = ()
    set_aside: tuple[Hit, ...] = ()
    other_times: tuple[Hit, ...] = ()
    other_kinds: tuple[Hit, ...] = ()
    dismissed: tuple[Hit, ...] = ()
    customer_digest: str | None = None
    role: str | None = None
    as_of: str | None = None
    undated: bool = False
    addresses: tuple[str, ...] = ()
    country: str | None = None
    numbers: tuple[str, ...] = ()
    order: OrderLine | None = None

    @property
    def findings(self) -> tuple[Hit, ...]:
        """What asks for a decision: hits on the row's day, and parties listed since."""
        return (*self.hits, *self.listed_since)

    @property
    def is_reported(self) -> bool:
        """Whether there is a hit of any kind, or a reason why the customer was not screened."""
        apart = (self.set_aside, self.other_times, self.other_kinds, self.dismissed)
        return bool(self.findings or self.not_screened or any(apart))

    @property
    def best_score(self) -> float:
        """The highest score of what asks for a decision; 0 where nothing does."""
        return max((hit.score for hit in self.findings), default=0.0)


@dataclass(frozen=True, slots=True)
class ScreeningTerms:
    """The probability from which a match is a hit, the lists to screen against (empty for all), whether the
    firms of known chains are one more, and whether entities or persons alone are asked for (None for both).

    The threshold is of a match by itself: beside a better entry of the same list it stays a hit, with the
    lower score that it has there.
    """

    threshold: float = THRESHOLD
    lists: tuple[str, ...] = ()
    known_chains: bool = False
    only: Literal[PartyKind.ENTITY, PartyKind.PERSON] | None = None


@dataclass(frozen=True, slots=True)
class ScreeningTotals:
    """The figures of a screening.

    ``rows_with_hits`` counts rows with a hit on their day or with a party listed since. ``undated`` rows were
    screened as of today for want of a date. ``judged`` are hits whose judgement holds, ``reopened`` those
    whose judgement no longer does.
    """

    rows: int
    rows_with_hits: int
    rows_not_screened: int
    undated: int
    hits: int
    listed_since: int
    set_aside: int
    other_times: int
    other_kinds: int
    dismissed: int
    judged: int
    reopened: int


def totals_of(answers: Sequence[ScreenedCustomer]) -> ScreeningTotals:
    """The figures of some rows."""
    judgements = [hit.judgement for answer in answers for hit in answer.findings if hit.judgement]
    reopened = sum(one.reopened is not None for one in judgements)
    return ScreeningTotals(
        rows=len(answers),
        rows_with_hits=sum(bool(answer.findings) for answer in answers),
        rows_not_screened=sum(answer.not_screened is not None for answer in answers),
        undated=sum(answer.undated for answer in answers),
        hits=sum(len(answer.hits) for answer in answers),
        listed_since=sum(len(answer.listed_since) for answer in answers),
        set_aside=sum(len(answer.set_aside) for answer in answers),
        other_times=sum(len(answer.other_times) for answer in answers),
        other_kinds=sum(len(answer.other_kinds) for answer in answers),
        dismissed=sum(len(answer.dismissed) for answer in answers),
        judged=len(judgements) - reopened,
        reopened=reopened,
    )


def ranked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Best first; of equal scores names before addresses, then longer matches, then by list and key."""

    def order(hit: Hit) -> tuple[float, int, int, str, str]:
        by_address = "address:" in hit.reason and "name:" not in hit.reason
        return (-hit.score, int(by_address), -len(hit.matched), hit.list, hit.key)

    return tuple(sorted(hits, key=order))


def with_more_hits(answer: ScreenedCustomer, more: Sequence[Hit]) -> ScreenedCustomer:
    """The same row with hits on another list added in order."""
    return replace(answer, hits=ranked([*answer.hits, *more])) if more else answer


KnownHit = tuple[str | None, str | None, str, str]
"""A customer (its id, or its name where it has none), the role of its name, a list, and a party on it."""


def known_hits(rows: Iterable[ScreenedCustomer]) -> set[KnownHit]:
    """What some rows found. A party is its uid, which a renumbered list keeps; runs of old versions have only
    the list's own id.
    """
    return {
        (row.id or row.name, row.role, hit.list, hit.party_uid or hit.key)
        for row in rows
        for hit in row.findings
    }


def only_new(answers: Sequence[ScreenedCustomer], known: set[KnownHit]) -> list[ScreenedCustomer]:
    """The rows without the hits that an earlier run had for the same customer."""

    def new(answer: ScreenedCustomer, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        customer = answer.id or answer.name, answer.role
        return tuple(
            hit
            for hit in hits
            if known.isdisjoint(
                {(*customer, hit.list, hit.party_uid or hit.key), (*customer, hit.list, hit.key)}
            )
        )

    return [
        replace(answer, hits=new(answer, answer.hits), listed_since=new(answer, answer.listed_since))
        for answer in answers
    ]


def screened_customer(stored: Mapping[str, Any]) -> ScreenedCustomer:
    """A row as a run stored it; runs of older versions lack some of its parts."""
    groups = ("hits", "listed_since", "set_aside", "other_times", "other_kinds", "dismissed")
    texts = ("addresses", "numbers")
    order = stored.get("order")
    found = {
        **stored,
        **{name: tuple(_hit(one) for one in stored.get(name, ())) for name in groups},
        **{name: tuple(stored.get(name, ())) for name in texts},
        "name": stored["name"] or None,
        "order": OrderLine(**order) if order else None,
    }
    return ScreenedCustomer(**found)


def _hit(stored: Mapping[str, Any]) -> Hit:
    judgement, number = stored.get("judgement"), stored.get("number")
    return Hit(
        **{
            **stored,
            "judgement": HitJudgement(**judgement) if judgement else None,
            "number": NumberSays(number) if number else None,
            **{name: tuple(stored.get(name, ())) for name in ("addresses", "countries", "numbers")},
        }
    )
