"""From the candidates of a customer to its row: hits, parties set aside, parties listed at another time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from provenance.core.vocabulary.watched import ListedOn, PartyKind
from provenance.schema.session import Session
from provenance.screening import reasons
from provenance.screening.calibration import HIGHEST, is_outranked, likeness_for, probability
from provenance.screening.hits import Hit, NumberSays, ScreenedCustomer, ScreeningTerms, ranked
from provenance.screening.identity import DIGEST_LENGTH, customer_digest
from provenance.screening.listed_parties import (
    ListedNumber,
    ListedText,
    PartyDetails,
    fetch_addresses,
    fetch_names,
    fetch_numbers,
    fetch_parties,
    fetch_party_addresses,
    fetch_party_names,
)
from provenance.screening.matcher import Candidate, Matcher, is_same_whole, screening_fault, with_unit
from provenance.screening.number_index import NumberIndex
from provenance.screening.number_matches import difference_from, equal_numbers, number_remarks
from provenance.sources.customers import Customer
from provenance.text.addresses import UnitMatch
from provenance.text.registration_numbers import keys_of
from provenance.watchlists.intervals import Listing, listed_on

SAME_COUNTRY = 0.03
OTHER_COUNTRY = -0.05
"""What the same or another country adds to a likeness: too little to hide a clear match."""

_LEAST_ADDRESS = 0.5
"""What an address or a number is worth at least that is a hit; a higher threshold for names holds for them
as well."""

_BATCH = 2_000
"""Customers screened at once: what is loaded about their candidates fits into memory."""

_OPPOSITE = {PartyKind.ENTITY: PartyKind.PERSON, PartyKind.PERSON: PartyKind.ENTITY}
"""What is left out where a user asks for one of the two; vessels, addresses and unknown kinds never are."""

_LISTED = (ListedOn.LISTED, ListedOn.POSSIBLY)

_NAME = "name"
_NUMBER = "number "
"""How the kind of a match by a number begins: each number is a kind of its own."""

Progress = Callable[[int], None]


class _Group(Enum):
    """The fields of a row that matches go into."""

    HITS = auto()
    LISTED_SINCE = auto()
    SET_ASIDE = auto()
    OTHER_TIMES = auto()
    OTHER_KINDS = auto()


def screen_customers(
    session: Session,
    matcher: Matcher,
    numbers: NumberIndex | None,
    customers: Sequence[Customer],
    terms: ScreeningTerms,
    on_progress: Progress = lambda _count: None,
) -> Iterator[ScreenedCustomer]:
    """Every customer's row, in order; ``on_progress`` is given the number of rows done so far.

    ``numbers`` is needed where a customer has any.
    """
    for start in range(0, len(customers), _BATCH):
        batch = customers[start : start + _BATCH]
        yield from _screen_batch(session, matcher, numbers, batch, terms)
        on_progress(start + len(batch))


def _screen_batch(
    session: Session,
    matcher: Matcher,
    index: NumberIndex | None,
    customers: Sequence[Customer],
    terms: ScreeningTerms,
) -> Iterator[ScreenedCustomer]:
    faults = [screening_fault(customer) for customer in customers]
    able = [customer for customer, fault in zip(customers, faults, strict=True) if fault is None]
    by_name = matcher.by_name(able, likeness_for(terms.threshold))
    by_address = matcher.by_address(able)
    keys = {key for customer in able for one in customer.identifiers for key in keys_of(one)}
    numbers = fetch_numbers(session, index.rows(keys) if index is not None else ())
    parties = {candidate.party for found in (*by_name, *by_address) for candidate in found}
    parties |= {listed.party for found in numbers.values() for listed in found}
    details = fetch_parties(session, parties)
    assessor = _Assessor(
        parties=details,
        names=fetch_names(session, {candidate.row for found in by_name for candidate in found}),
        party_names=fetch_party_names(
            session, {one.party for found in by_name for one in found if one.general}
        ),
        addresses=fetch_addresses(session, {candidate.row for found in by_address for candidate in found}),
        numbers=numbers,
        terms=terms,
        least_likeness=likeness_for(terms.threshold),
        today=session.today,
    )
    answers = iter(_with_details(session, details, list(map(assessor.assess, able, by_name, by_address))))
    for customer, fault in zip(customers, faults, strict=True):
        if fault is None:
            yield next(answers)
        else:
            yield replace(screened(customer, session.today), not_screened=fault)


def screened(customer: Customer, today: date) -> ScreenedCustomer:
    """The row of a customer with nothing found yet."""
    return ScreenedCustomer(
        row=customer.row,
        id=customer.id,
        name=customer.name or None,
        hits=(),
        customer_digest=customer_digest(customer),
        role=customer.role,
        as_of=(customer.day or today).isoformat(),
        undated=customer.undated,
        addresses=customer.addresses,
        country=customer.country,
        numbers=tuple(f"{one.scheme or ''} {one.value}".strip() for one in customer.identifiers),
        order=customer.order,
    )


def _with_details(
    session: Session, parties: Mapping[int, PartyDetails], rows: Sequence[ScreenedCustomer]
) -> list[ScreenedCustomer]:
    """The rows, with what a person compares of each listed party in what is to be decided."""
    number_of = {party.uid: number for number, party in parties.items()}
    to_decide = {hit.party_uid for row in rows for hit in (*row.findings, *row.set_aside)}
    wanted = {number_of[uid] for uid in to_decide if uid}
    addresses = fetch_party_addresses(session, wanted)

    details = {
        parties[number].uid: (
            tuple(addresses.get(number, ())),
            tuple(sorted(parties[number].countries)),
            tuple(dict.fromkeys(one.label for one in parties[number].identifiers)),
        )
        for number in wanted
    }

    def detailed(hits: Sequence[Hit]) -> tuple[Hit, ...]:
        found = ((hit, details[hit.party_uid or ""]) for hit in hits)
        return tuple(
            replace(hit, addresses=places, countries=countries, numbers=numbers)
            for hit, (places, countries, numbers) in found
        )

    return [
        replace(
            row,
            hits=detailed(row.hits),
            listed_since=detailed(row.listed_since),
            set_aside=detailed(row.set_aside),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Match:
    """One reason why a listed party may be the customer: a name, an address or a number of one record."""

    kind: str
    score: float
    matched: str
    reason: str
    record: int
    decides: bool = False


@dataclass(frozen=True, slots=True)
class _Assessment:
    """How much all matches of a party speak for it together, why, and what registration numbers say.

    ``strength`` is the likeness of its name with what the country adds (``by_name``), or the worth of the
    address or number that says more.
    """

    strength: float
    by_name: bool
    reasons: tuple[str, ...]
    number: NumberSays | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assessor:
    """Turns the candidates of one customer after the other into rows."""

    parties: dict[int, PartyDetails]
    names: dict[int, ListedText]
    party_names: dict[int, list[ListedText]]
    addresses: dict[int, ListedText]
    numbers: dict[str, list[ListedNumber]]
    terms: ScreeningTerms
    least_likeness: float
    today: date

    def assess(
        self, customer: Customer, by_name: Sequence[Candidate], by_address: Sequence[Candidate]
    ) -> ScreenedCustomer:
        """The customer's row, best hits first."""
        matches, remarks = self._matches(customer, by_name, by_address)
        kept: list[tuple[_Group, PartyDetails, _Assessment, Hit]] = []
        for number, of_party in matches.items():
            party = self.parties[number]
            if self.terms.lists and party.watchlist not in self.terms.lists:
                continue
            assessed = self._assessed(customer, party, of_party, remarks[number])
            if assessed is None:
                continue
            then = listed_on(party.listings, customer.day or self.today)
            only_today = then not in _LISTED and listed_on(party.listings, self.today) in _LISTED
            hit = _hit(customer, party, assessed, of_party, then, only_today)
            kept.append((self._group(party, assessed, then, only_today), party, assessed, hit))
        found = _scored(kept)
        return replace(
            screened(customer, self.today),
            hits=ranked(found[_Group.HITS]),
            listed_since=ranked(found[_Group.LISTED_SINCE]),
            set_aside=ranked(found[_Group.SET_ASIDE]),
            other_times=ranked(found[_Group.OTHER_TIMES]),
            other_kinds=ranked(found[_Group.OTHER_KINDS]),
        )

    def _group(self, party: PartyDetails, assessed: _Assessment, then: ListedOn, only_today: bool) -> _Group:
        """What a match is: only what nothing speaks against is a hit."""
        if assessed.number is NumberSays.DIFFERS:
            return _Group.SET_ASIDE
        if self.terms.only and party.kinds == {_OPPOSITE[self.terms.only]}:
            return _Group.OTHER_KINDS
        if then in _LISTED:
            return _Group.HITS
        return _Group.LISTED_SINCE if only_today else _Group.OTHER_TIMES

    def _matches(
        self, customer: Customer, by_name: Sequence[Candidate], by_address: Sequence[Candidate]
    ) -> tuple[dict[int, list[_Match]], dict[int, list[str]]]:
        """The matches of each party, and remarks that are not matches, such as another unit of a tower."""
        matches: defaultdict[int, list[_Match]] = defaultdict(list)
        remarks: defaultdict[int, list[str]] = defaultdict(list)
        for candidate in by_name:
            listed = self._listed_name(candidate)
            if listed is None:
                continue
            reason = reasons.name_reason(candidate, listed)
            matches[candidate.party].append(
                _Match(_NAME, candidate.score, listed.text, reason, listed.record)
            )
        for building in by_address:
            listed = self.addresses.get(building.row)
            place = with_unit(building, listed.text) if listed else None
            if listed is None or place is None or place.unit is None:
                continue
            if place.unit is UnitMatch.OTHER:
                remarks[place.party].append(reasons.other_unit_reason(listed.text))
                continue
            reason = reasons.UNIT_REASONS[place.unit]
            matches[place.party].append(_Match("address", place.score, listed.text, reason, listed.record))
        for same in equal_numbers(customer, self.numbers):
            reason = reasons.number_reason(same.compared)
            matched = same.listed.number.value
            matches[same.listed.party].append(
                _Match(_NUMBER + reason, same.score, matched, reason, same.listed.record, same.decides)
            )
        return matches, remarks

    def _listed_name(self, candidate: Candidate) -> ListedText | None:
        """The listed name of a candidate; of one general word that which is the same as a whole."""
        if not candidate.general:
            return self.names.get(candidate.row)
        names = self.party_names.get(candidate.party, ())
        return next((one for one in names if is_same_whole(candidate.query, one.text)), None)

    def _assessed(
        self, customer: Customer, party: PartyDetails, matches: Sequence[_Match], remarks: Sequence[str]
    ) -> _Assessment | None:
        """The matches of a party together; None where they do not make a hit."""
        best, *others = _best_of_each_kind(matches)
        words = [best.reason, *(f"also {one.reason} ({one.matched})" for one in others)]
        by_name = best.kind == _NAME
        strength = best.score
        if best.score < 1.0:
            if customer.country is not None and party.countries:
                strength += SAME_COUNTRY if customer.country in party.countries else OTHER_COUNTRY
                words.append(reasons.country_reason(customer.country, party.countries))
            strength += SAME_COUNTRY if others else 0.0
        least = self.least_likeness if by_name else max(_LEAST_ADDRESS, self.terms.threshold)
        if max(best.score, strength) < least:
            return None
        words += remarks[:1]
        says = NumberSays.SAME if any(one.decides for one in matches) else None
        if not any(one.kind.startswith(_NUMBER) for one in matches):
            theirs = party.identifiers if customer.identifiers or customer.no_numbers else []
            different = difference_from(customer, theirs)
            # An address is a reason of its own, whoever else is registered there; of several names in a cell
            # nothing says whose the number is.
            only_name = all(one.kind == _NAME for one in matches) and not customer.further_names
            is_other = different is not None and only_name
            says = NumberSays.DIFFERS if is_other else None
            if different is not None:
                words.append(reasons.different_number_reason(different, decides=is_other))
            else:
                words += number_remarks(customer, theirs)
        return _Assessment(strength, by_name, tuple(words), says)


def _scored(
    kept: Sequence[tuple[_Group, PartyDetails, _Assessment, Hit]],
) -> defaultdict[_Group, list[Hit]]:
    """The hits by group, each with its score: what it is worth where its list may have a better entry.

    Only what is a hit itself makes another one less probable, not who is listed at another time.
    """
    best: defaultdict[str, float] = defaultdict(float)
    for group, party, assessed, _hit in kept:
        if group is _Group.HITS:
            best[party.watchlist] = max(best[party.watchlist], assessed.strength)
    found: defaultdict[_Group, list[Hit]] = defaultdict(list)
    for group, party, assessed, hit in kept:
        if assessed.by_name:
            outranked = is_outranked(assessed.strength, best[party.watchlist])
            score = probability(assessed.strength, outranked=outranked)
        else:
            score = 1.0 if assessed.strength == 1.0 else min(HIGHEST, assessed.strength)
        found[group].append(replace(hit, score=round(score, 4)))
    return found


def _best_of_each_kind(matches: Sequence[_Match]) -> list[_Match]:
    """The best name, the best address and each number, best first."""
    best: dict[str, _Match] = {}
    for one in sorted(matches, key=lambda one: -one.score):
        best.setdefault(one.kind, one)
    return list(best.values())


def _hit(
    customer: Customer,
    party: PartyDetails,
    assessed: _Assessment,
    matches: Sequence[_Match],
    status: ListedOn,
    only_today: bool,
) -> Hit:
    best = max(matches, key=lambda one: one.score)
    record = party.record(best.record, customer.day)
    listing = _listing_for(party.listings, customer.day)
    listed = reasons.listing_reasons(status, customer.day, today_too=only_today)
    words = "; ".join([*assessed.reasons, *listed])
    return Hit(
        list=party.watchlist,
        version=record.version_for(customer.day).isoformat(),
        key=record.own_id or party.key,
        party=record.label,
        score=0.0,
        matched=best.matched,
        reason=f"{record.section}: {words}" if record.section else words,
        asks=reasons.asks_words(record.asks, record.asks_text),
        listed_from=reasons.first_day(listing),
        listed_to=reasons.last_day(listing),
        party_uid=party.uid,
        entry_digest=party.records[-1].digest[:DIGEST_LENGTH],
        number=assessed.number,
        only_today=only_today,
    )


def _listing_for(listings: Sequence[Listing], day: date | None) -> Listing:
    """The listing to show: the one that covers the day, or else the last."""
    covering = [one for one in listings if day and one.on(day) in (ListedOn.LISTED, ListedOn.POSSIBLY)]
    return (covering or list(listings))[-1]
