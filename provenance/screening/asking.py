"""A screening from the question to the answer and its basis, kept as a run where that is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from provenance.core.basis import Basis
from provenance.core.errors import NotFound
from provenance.core.tlp import Handling
from provenance.schema.session import Session
from provenance.schema.watchlists import Watchlist
from provenance.screening.answering import ScreenedName, Terms, screen, with_hits
from provenance.screening.chains import KNOWN_CHAINS, KnownChains
from provenance.screening.judging import Pair, Standing, apply, standing
from provenance.screening.keeping import load
from provenance.screening.runs import versions
from provenance.sources.customers import Customer
from provenance.watchlists.answers import ListStatus, staleness, statuses

NOTHING_DECIDED = "A hit is a likeness to be looked at, not a finding about the firm."
NO_CLEARANCE = "No hit is no clearance: lists write names in their own way and know few of the firms."

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Screening:
    """The answers of all rows in order, and what they rest on."""

    answers: list[ScreenedName]
    basis: Basis


def ask_lists(
    session: Session,
    customers: Sequence[Customer],
    terms: Terms,
    settings: dict[str, str],
    on_progress: Progress = lambda _count: None,
) -> Screening:
    """Screens rows against the lists and the firms on known chains.

    Raises:
        NotFound: there is no such list, or nothing at all to screen against.
    """
    found = statuses(session, date.today(), count=False)
    chains = KnownChains(session)
    _check_lists(found, chains, terms)
    matcher = load(session, addresses=any(customer.addresses for customer in customers))
    answers = list(screen(session, matcher, customers, terms, on_progress))
    able = [customer for customer, answer in zip(customers, answers, strict=True) if not answer.not_screened]
    more = iter(chains.hits(able, terms))
    answers = [answer if answer.not_screened else with_hits(answer, next(more)) for answer in answers]
    judgements = standing(session)
    answers = apply(answers, judgements)
    rested = [one for one in found if not terms.lists or one.list in terms.lists]
    basis = _basis(session, answers, rested, len(chains), terms, settings)
    basis.handling = _handling(session, rested, answers, judgements)
    return Screening(answers, basis)


def _check_lists(found: Sequence[ListStatus], chains: KnownChains, terms: Terms) -> None:
    known = [one.list for one in found] + [KNOWN_CHAINS]
    for name in terms.lists:
        if name not in known:
            raise NotFound(f"There is no list {name}", near=known)
    if not found and not len(chains):
        raise NotFound(
            "There is no list to screen against",
            hint="Get one first: provenance watchlist import FORMAT FILE --as-of DATE",
        )


def _basis(
    session: Session,
    answers: Sequence[ScreenedName],
    lists: list[ListStatus],
    firms: int,
    terms: Terms,
    settings: dict[str, str],
) -> Basis:
    basis = Basis(
        question="screen",
        unit="rows screened by name, address and number",
        data=hashlib.sha256("\n".join(versions(session)).encode()).hexdigest()[:12],
        filters={"score_from": f"{terms.threshold:g}", **settings},
    )
    not_screened = sum(answer.not_screened is not None for answer in answers)
    basis.counted = {
        "rows_with_hits": sum(bool(answer.hits) for answer in answers),
        "hits": sum(len(answer.hits) for answer in answers),
        "rows_not_screened": not_screened,
    }
    basis.out_of = {"rows": len(answers)}
    basis.notes += staleness(lists)
    if not terms.lists or KNOWN_CHAINS in terms.lists:
        basis.notes.append(f"{KNOWN_CHAINS}: {firms:,} firms that transfers on record name, makers left out.")
    if not_screened:
        basis.notes.append(f"NOT SCREENED: {not_screened:,} rows; they are not clear.")
    aside = sum(len(answer.set_aside) for answer in answers)
    if aside:
        basis.notes.append(f"Set aside because a registration number differs: {aside:,}.")
    other = sum(len(answer.other_times) for answer in answers)
    if other:
        basis.notes.append(f"Not listed on the day asked about, but at another time: {other:,}.")
    basis.notes += _judgement_notes(answers)
    basis.notes += [NOTHING_DECIDED, NO_CLEARANCE]
    return basis


def _judgement_notes(answers: Sequence[ScreenedName]) -> list[str]:
    dismissed = sum(len(answer.dismissed) for answer in answers)
    said = [hit.judgement for answer in answers for hit in answer.hits if hit.judgement is not None]
    reopened = sum(judged.reopened is not None for judged in said)
    counts = (
        (dismissed, "Dismissed by earlier judgements (another party)"),
        (len(said) - reopened, "Judged before and still to be acted on or told"),
        (reopened, "Open again, because the entry or the customer changed since it was judged"),
    )
    return [f"{words}: {count:,}." for count, words in counts if count]


def _handling(
    session: Session,
    lists: Sequence[ListStatus],
    answers: Sequence[ScreenedName],
    judgements: Mapping[Pair, Standing],
) -> Handling | None:
    """As strict as the lists, the judgements that were applied, and the customers, who have no mark."""
    names = [one.list for one in lists]
    marks = list(session.execute(select(Watchlist.tlp).where(Watchlist.key.in_(names))).scalars())
    applied = {
        hit.judgement.ref
        for answer in answers
        for hit in (*answer.hits, *answer.dismissed)
        if hit.judgement is not None
    }
    marks += [one.tlp for one in judgements.values() if one.judged.ref in applied]
    return Handling.of([*marks, *([None] * len(answers))])


def only_new(answers: Sequence[ScreenedName], known: set[tuple[str, str, str]]) -> list[ScreenedName]:
    """The answers without the hits that an earlier run had for the same customer."""
    return [
        replace(
            answer,
            hits=tuple(
                hit for hit in answer.hits if (answer.id or answer.name, hit.list, hit.key) not in known
            ),
        )
        for answer in answers
    ]
