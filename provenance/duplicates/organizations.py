"""Firms that may be one, under two names: in other scripts and legal forms, by number, by address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import select

from provenance.domain.record_kinds import RecordKind
from provenance.duplicates.proposals import Proposal, Sign, SignKind, proposal
from provenance.schema.assessments import Seizure
from provenance.schema.organizations import (
    Organization,
    OrganizationAddress,
    OrganizationIdentifier,
    OrganizationName,
    OrganizationSeat,
    Ownership,
)
from provenance.schema.session import Session
from provenance.schema.transfers import TransferParty
from provenance.screening.index import NamedParty, build
from provenance.screening.matcher import Matcher, with_unit
from provenance.sources.customers import Customer
from provenance.text.addresses import read_address
from provenance.text.english_by_ear import heard_key
from provenance.text.folding import fold
from provenance.text.name_words import name_words
from provenance.text.party_names import read_names
from provenance.text.registration_numbers import RegistrationNumber, difference, keys_of, read_stored

_THRESHOLD = 0.6
"""The least score of two names (`provenance.screening.score`), a step above that of a hit: firms on record
are looked through by the thousand, and a customer one by one."""

_TELLS_LITTLE = ("form", "generic", "link", "title")
"""Kinds of words that many firms have in their names."""

_SHORTEST_HEARD = 6
"""The fewest letters of a name that is compared by ear: short words sound alike by chance."""

Pair = tuple[int, int]


@dataclass(slots=True)
class _Firm:
    """A firm as it is compared."""

    id: int
    label: str
    from_seed: bool
    names: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    numbers: list[RegistrationNumber] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)


def organization_proposals(session: Session, *, parties: bool = False) -> list[Proposal]:
    """The pairs of firms that share a name, a number or an address, with all that speaks for it and against.

    Two firms of the reference data are never proposed: it was looked through. With ``parties`` only pairs in
    which one is a party to a transfer or a seizure.
    """
    firms = _load(session)
    wanted = _parties(session) if parties else firms.keys()
    signs: dict[Pair, list[Sign]] = defaultdict(list)
    for pairs in (_by_name(firms), _by_ear(firms), _by_number(firms), _by_address(firms)):
        for pair, sign in pairs:
            is_reference = all(firms[number].from_seed for number in pair)
            if not is_reference and set(pair) & wanted:
                signs[pair].append(sign)
    owned = {frozenset(row) for row in session.execute(select(Ownership.owned_id, Ownership.owner_id))}
    found = []
    for (one, other), of in sorted(signs.items()):
        against = _against(firms[one], firms[other], owned)
        found.append(proposal(RecordKind.ORGANIZATION, one, other, [*_best(of), *against]))
    return found


def _best(signs: list[Sign]) -> list[Sign]:
    """The heaviest sign of each kind."""
    best: dict[SignKind, Sign] = {}
    for sign in signs:
        if sign.kind not in best or sign.weight > best[sign.kind].weight:
            best[sign.kind] = sign
    return list(best.values())


def _parties(session: Session) -> set[int]:
    # Who was named in confidence must not be told from who is asked about.
    traded = select(TransferParty.organization_id).where(~TransferParty.confidential).distinct()
    found = set(session.execute(traded).scalars())
    for column in (Seizure.consignor_id, Seizure.consignee_id):
        found.update(session.execute(select(column).distinct()).scalars())
    return {number for number in found if number is not None}


def _load(session: Session) -> dict[int, _Firm]:
    rows = session.execute(
        select(Organization.id, Organization.label, Organization.from_seed).order_by(Organization.id)
    )
    found = {row.id: _Firm(row.id, row.label, row.from_seed) for row in rows}
    names = select(OrganizationName.organization_id, OrganizationName.name).order_by(OrganizationName.id)
    for number, name in session.execute(names):
        found[number].names.append(name)
    addresses = select(
        OrganizationAddress.organization_id, OrganizationAddress.as_written, OrganizationAddress.country
    ).order_by(OrganizationAddress.id)
    for number, address, country in session.execute(addresses):
        found[number].addresses.append(address)
        found[number].countries |= {country} - {None}
    for number, country in session.execute(
        select(OrganizationSeat.organization_id, OrganizationSeat.country)
    ):
        found[number].countries.add(country)
    numbers = select(
        OrganizationIdentifier.organization_id, OrganizationIdentifier.value, OrganizationIdentifier.scheme
    ).order_by(OrganizationIdentifier.id)
    for number, value, scheme in session.execute(numbers):
        found[number].numbers += read_stored(value, scheme, None)
    return found


def _by_name(firms: Mapping[int, _Firm]) -> Iterator[tuple[Pair, Sign]]:
    """Names compared as those of customers with those of listed parties, in any script and legal form."""
    named = [
        NamedParty(firm.id, firm.id, name_words(name.name))
        for firm in firms.values()
        for text in firm.names
        for name in read_names(text)
    ]
    matcher = Matcher(build(named), build(()))
    strangers = [firm for firm in firms.values() if not firm.from_seed]
    asked = [
        Customer(row=firm.id, id=None, name=firm.label, further_names=tuple(firm.names)) for firm in strangers
    ]
    for firm, candidates in zip(strangers, matcher.by_name(asked, _THRESHOLD), strict=True):
        for candidate in candidates:
            if candidate.party != firm.id and candidate.score >= _THRESHOLD and not candidate.general:
                pair = min(firm.id, candidate.party), max(firm.id, candidate.party)
                text = (
                    f"names alike ({candidate.score:.2f}): {candidate.query}, {firms[candidate.party].label}"
                )
                yield pair, Sign(SignKind.NAME, _of_score(candidate.score), text)


def _by_ear(firms: Mapping[int, _Firm]) -> Iterator[tuple[Pair, Sign]]:
    """Names of which every telling word sounds alike, one written in English and one as Cyrillic hears it."""
    having: dict[tuple[str, ...], dict[int, str]] = defaultdict(dict)
    for firm in firms.values():
        for text in firm.names:
            own = [word.text for word in name_words(text).words if word.kind not in _TELLS_LITTLE]
            key = tuple(sorted(map(heard_key, own)))
            if sum(map(len, key)) >= _SHORTEST_HEARD:
                having[key].setdefault(firm.id, text)
    for known in having.values():
        for one, other in combinations(sorted(known), 2):
            if fold(known[one]) != fold(known[other]):
                text = f"names sound alike: {known[one]}, {known[other]}"
                yield (one, other), Sign(SignKind.NAME, 4, text)


def _of_score(score: float) -> int:
    """A name that agrees wholly is worth a look by itself; one that is only like needs something more."""
    if score >= 0.95:
        return 5
    return 3 if score >= 0.8 else 2


def _by_number(firms: Mapping[int, _Firm]) -> Iterator[tuple[Pair, Sign]]:
    having: dict[str, list[tuple[int, RegistrationNumber]]] = defaultdict(list)
    for firm in firms.values():
        for number in firm.numbers:
            for key in keys_of(number):
                having[key].append((firm.id, number))
    for key, several in having.items():
        for (one, number), (other, _same) in combinations(several, 2):
            if one != other:
                pair = min(one, other), max(one, other)
                text = f"the same number: {number.scheme or 'of an unknown register'} {key}"
                yield pair, Sign(SignKind.IDENTIFIER, 10, text)


def _by_address(firms: Mapping[int, _Firm]) -> Iterator[tuple[Pair, Sign]]:
    """One room is one firm more often than not; one building with a thousand firms is not."""
    located = [firm for firm in firms.values() if firm.addresses]
    texts = [(firm.id, text) for firm in located for text in firm.addresses]
    named = [
        NamedParty(number, place, read_address(text).words, variant=str(place))
        for place, (number, text) in enumerate(texts)
        if read_address(text).locates
    ]
    matcher = Matcher(build(()), build(named))
    asked = [
        Customer(row=firm.id, id=None, name=firm.label, addresses=tuple(firm.addresses)) for firm in located
    ]
    for firm, candidates in zip(located, matcher.by_address(asked), strict=True):
        for candidate in candidates:
            if candidate.party <= firm.id:
                continue
            compared = with_unit(candidate, texts[candidate.row][1])
            if compared is not None and compared.score >= _THRESHOLD:
                weight = 3 if compared.score >= 0.95 else 2
                text = f"one address: {candidate.query}; {texts[candidate.row][1]}"
                yield (firm.id, candidate.party), Sign(SignKind.ADDRESS, weight, text)


def _against(one: _Firm, other: _Firm, owned: Collection[frozenset[int]]) -> Iterator[Sign]:
    if frozenset((one.id, other.id)) in owned:
        yield Sign(SignKind.NAME, -6, "one owns the other")
    if said := difference(one.numbers, other.numbers):
        theirs = ", ".join(number.value for number in said.listed)
        text = f"other numbers ({said.given.scheme}): {said.given.value} and {theirs}"
        yield Sign(SignKind.IDENTIFIER, -8, text)
    if one.countries and other.countries:
        if shared := sorted(one.countries & other.countries):
            yield Sign(SignKind.COUNTRY, 1, f"the same country: {', '.join(shared)}")
        else:
            countries = f"{', '.join(sorted(one.countries))} and {', '.join(sorted(other.countries))}"
            yield Sign(SignKind.COUNTRY, -2, f"other countries: {countries}")
