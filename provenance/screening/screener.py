"""A whole screening: customers against the lists and the known chains, with judgements and the basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from provenance.core.basis import Basis
from provenance.core.errors import NotFound
from provenance.schema.session import Session
from provenance.schema.watchlists import ListedParty
from provenance.screening.assessment import Progress, screen_customers
from provenance.screening.basis import handling_of, screening_basis
from provenance.screening.chains import KNOWN_CHAINS, KnownChains, asks_for_chains, firms_on_chains
from provenance.screening.hits import ScreenedCustomer, ScreeningTerms, with_more_hits
from provenance.screening.index_store import load_matcher, load_numbers
from provenance.screening.judgements import apply_judgements, current_judgements
from provenance.screening.listed_parties import dangling
from provenance.sources.customers import Customer
from provenance.watchlists.status import ListStatus, list_statuses

NO_LIST = "no_list"
"""Code of the error that there is nothing to screen against."""


@dataclass(frozen=True, slots=True)
class Screening:
    """The rows of all customers in order, and what they rest on."""

    answers: list[ScreenedCustomer]
    basis: Basis


def screen_against_lists(
    session: Session,
    customers: Sequence[Customer],
    terms: ScreeningTerms,
    filters: Mapping[str, str],
    on_progress: Progress = lambda _count: None,
) -> Screening:
    """Screens customers; ``filters`` are further settings that the basis names.

    Raises:
        NotFound: there is no such list, or nothing at all to screen against.
        IntegrityFailure: there are listed parties without a list.
    """
    lists = list_statuses(session, session.today, count=False)
    chains = KnownChains(session) if asks_for_chains(terms) else None
    _check_lists(session, lists, chains, terms)
    matcher = load_matcher(session, addresses=any(customer.addresses for customer in customers))
    numbers = load_numbers(session) if any(customer.identifiers for customer in customers) else None
    answers = list(screen_customers(session, matcher, numbers, customers, terms, on_progress))
    if chains is not None:
        answers = _with_chains(answers, customers, chains, terms)
    judgements = current_judgements(session)
    answers = apply_judgements(answers, judgements)
    used = [one for one in lists if not terms.lists or one.list in terms.lists]
    firms = firms_on_chains(session) if chains is None else len(chains)
    basis = screening_basis(session, answers, used, firms, terms, filters)
    basis.handling = handling_of(session, used, answers, judgements)
    return Screening(answers, basis)


def _check_lists(
    session: Session, lists: Sequence[ListStatus], chains: KnownChains | None, terms: ScreeningTerms
) -> None:
    known = [one.list for one in lists] + [KNOWN_CHAINS]
    for name in terms.lists:
        if name not in known:
            raise NotFound(f"There is no list {name}", near=known)
    if not lists and (gone := session.execute(select(func.count(ListedParty.id))).scalar_one()):
        raise dangling(gone, "lists")
    if not lists and not chains:
        raise NotFound("There is no list to screen against", code=NO_LIST)


def _with_chains(
    answers: Sequence[ScreenedCustomer],
    customers: Sequence[Customer],
    chains: KnownChains,
    terms: ScreeningTerms,
) -> list[ScreenedCustomer]:
    able = [customer for customer, row in zip(customers, answers, strict=True) if not row.not_screened]
    more = iter(chains.hits(able, terms))
    return [row if row.not_screened else with_more_hits(row, next(more)) for row in answers]
