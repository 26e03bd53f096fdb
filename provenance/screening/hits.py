"""What a screening answers: a row per customer with its hits. Other programs count on this shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from provenance.screening.score import THRESHOLD


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
    ``number`` is None where no registration number decides.
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


@dataclass(frozen=True, slots=True)
class ScreenedCustomer:
    """One customer's row; a row with ``not_screened`` is not clear.

    ``set_aside`` are parties of similar names whose valid registration number of the same scheme differs,
    ``other_times`` those not
    listed on the row's day, ``dismissed`` those judged to be another party, entry and customer being
    unchanged since. ``customer_digest`` covers what was screened of the customer.
    """

    row: int
    id: str | None
    name: str | None
    hits: tuple[Hit, ...]
    not_screened: str | None = None
    set_aside: tuple[Hit, ...] = ()
    other_times: tuple[Hit, ...] = ()
    dismissed: tuple[Hit, ...] = ()
    customer_digest: str | None = None

    @property
    def is_reported(self) -> bool:
        """Whether there is a hit of any kind, or a reason why the customer was not screened."""
        return bool(self.hits or self.not_screened or self.set_aside or self.other_times or self.dismissed)


@dataclass(frozen=True, slots=True)
class ScreeningTerms:
    """The score from which a match is a hit, and the lists to screen against (empty for all)."""

    threshold: float = THRESHOLD
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreeningTotals:
    """The figures of a screening.

    ``judged`` are hits whose judgement holds, ``reopened`` those whose judgement no longer does.
    """

    rows: int
    rows_with_hits: int
    rows_not_screened: int
    hits: int
    set_aside: int
    other_times: int
    dismissed: int
    judged: int
    reopened: int


def totals_of(answers: Sequence[ScreenedCustomer]) -> ScreeningTotals:
    """The figures of some rows."""
    judgements = [hit.judgement for answer in answers for hit in answer.hits if hit.judgement]
    reopened = sum(one.reopened is not None for one in judgements)
    return ScreeningTotals(
        rows=len(answers),
        rows_with_hits=sum(bool(answer.hits) for answer in answers),
        rows_not_screened=sum(answer.not_screened is not None for answer in answers),
        hits=sum(len(answer.hits) for answer in answers),
        set_aside=sum(len(answer.set_aside) for answer in answers),
        other_times=sum(len(answer.other_times) for answer in answers),
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


def only_new(
    answers: Sequence[ScreenedCustomer], known: set[tuple[str | None, str, str]]
) -> list[ScreenedCustomer]:
    """The rows without the hits that an earlier run had for the same customer."""
    return [
        replace(
            answer,
            hits=tuple(
                hit for hit in answer.hits if (answer.id or answer.name, hit.list, hit.key) not in known
            ),
        )
        for answer in answers
    ]


def screened_customer(stored: Mapping[str, Any]) -> ScreenedCustomer:
    """A row as a run stored it; runs of older versions lack some of its parts."""
    parts = ("hits", "set_aside", "other_times", "dismissed")
    return ScreenedCustomer(
        row=stored["row"],
        id=stored["id"],
        name=stored["name"] or None,
        not_screened=stored["not_screened"],
        customer_digest=stored.get("customer_digest"),
        **{name: tuple(_hit(one) for one in stored.get(name, ())) for name in parts},
    )


def _hit(stored: Mapping[str, Any]) -> Hit:
    judgement, number = stored.get("judgement"), stored.get("number")
    return Hit(
        **{
            **stored,
            "judgement": HitJudgement(**judgement) if judgement else None,
            "number": NumberSays(number) if number else None,
        }
    )
