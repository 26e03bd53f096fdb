"""From what a search found to the answer: hits, what was set aside, what was not screened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from provenance.core.vocabulary.watched import ListedNameKind, ListedOn
from provenance.schema.session import Session
from provenance.screening import listed as facts
from provenance.screening.judged import DIGEST_LENGTH, Judged, digest_of
from provenance.screening.listed import ListedText, PartyFacts
from provenance.screening.matching import Found, Matcher, screenable, with_unit
from provenance.screening.scoring import THRESHOLD
from provenance.sources.customers import Customer, Identifier
from provenance.text.addresses import UnitMatch
from provenance.watchlists.intervals import Listing, listed_on

SAME_COUNTRY = 0.03
OTHER_COUNTRY = -0.05
"""What an equal or another country adds to a score; it never makes a hit disappear."""

_MOST = 0.99
_DAY = timedelta(days=1)
_TOGETHER = 2_000
_SHORTEST_NUMBER = 7
_SHORTEST_OF_SCHEME = 4
_DECIDING = ("INN", "OGRN", "LEI", "IMO", "USCC", "BRN", "DUNS", "EDRPOU")
"""Schemes under which a party has one number: two different ones are two parties."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that a row may be; the shape that other programs count on.

    ``key`` is the list's own id; ``matched`` is what the list writes, ``reason`` how it was matched.
    ``listed_from`` and ``listed_to`` are days or ``EARLIEST..LATEST``; None where open or not seen.
    ``party_uid`` is the party's in every version of its list, ``entry_digest`` over what the newest one says
    of it; ``judgement`` is what somebody held of this hit before.
    """

    list: str
    version: str
    key: str
    party: str
    score: float
    matched: str
    reason: str
    asks: str
    listed_from: str | None
    listed_to: str | None
    party_uid: str
    entry_digest: str
    judgement: Judged | None = None


@dataclass(frozen=True, slots=True)
class ScreenedName:
    """One row's answer. A row with ``not_screened`` is not clear.

    ``set_aside`` are parties of like names that a number tells apart; ``other_times`` such as were not
    listed on the row's day; ``dismissed`` such as somebody judged to be others, entry and customer being
    unchanged since. ``customer_digest`` is over what was screened of the row.
    """

    row: int
    id: str | None
    name: str
    hits: tuple[Hit, ...]
    not_screened: str | None = None
    set_aside: tuple[Hit, ...] = ()
    other_times: tuple[Hit, ...] = ()
    dismissed: tuple[Hit, ...] = ()
    customer_digest: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to screen: from which score on, and which lists (empty for all)."""

    threshold: float = THRESHOLD
    lists: tuple[str, ...] = ()


def screen(
    session: Session,
    matcher: Matcher,
    customers: Sequence[Customer],
    terms: Terms,
    on_progress: Progress = lambda _count: None,
) -> Iterator[ScreenedName]:
    """Every row's answer, in order."""
    for start in range(0, len(customers), _TOGETHER):
        some = customers[start : start + _TOGETHER]
        yield from _screen_some(session, matcher, some, terms)
        on_progress(len(some))


def _screen_some(
    session: Session, matcher: Matcher, customers: Sequence[Customer], terms: Terms
) -> Iterator[ScreenedName]:
    faults = [screenable(customer) for customer in customers]
    able = [customer for customer, fault in zip(customers, faults, strict=True) if fault is None]
    names = matcher.by_name(able, terms.threshold)
    places = matcher.by_address(able)
    numbers = facts.by_identifier(session, {one.value for customer in able for one in customer.identifiers})
    rows = {found.row for one in names for found in one}
    name_texts = facts.texts(session, "listed_name", rows)
    address_texts = facts.texts(session, "listed_address", {found.row for one in places for found, _ in one})
    wanted = {found.party for one in names for found in one} | {
        found.party for one in places for found, _ in one
    }
    wanted |= {party for found in numbers.values() for party, _record, _scheme in found}
    known = facts.parties(session, wanted)
    judge = _Judge(known, name_texts, address_texts, numbers, terms)
    answers = iter(
        judge.answer(customer, by_name, [found for found, _ in by_place])
        for customer, by_name, by_place in zip(able, names, places, strict=True)
    )
    for customer, fault in zip(customers, faults, strict=True):
        if fault is None:
            yield next(answers)
        else:
            yield ScreenedName(
                customer.row, customer.id, customer.name, (), fault, customer_digest=digest_of(customer)
            )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for one listed party: the best of a name, an address, a number."""

    score: float
    matched: str
    reason: str
    record: int | None


class _Judge:
    """Weighs what was found of each party for one row after the other."""

    def __init__(
        self,
        known: dict[int, PartyFacts],
        names: dict[int, ListedText],
        addresses: dict[int, ListedText],
        numbers: dict[str, list[tuple[int, int, str | None]]],
        terms: Terms,
    ) -> None:
        self._known = known
        self._names = names
        self._addresses = addresses
        self._numbers = numbers
        self._terms = terms

    def answer(self, customer: Customer, by_name: Sequence[Found], by_place: Sequence[Found]) -> ScreenedName:
        """One row's answer, best hits first."""
        evidence: defaultdict[int, list[_Evidence]] = defaultdict(list)
        asides: defaultdict[int, list[str]] = defaultdict(list)
        for found in by_name:
            evidence[found.party].append(self._name_evidence(found))
        for found in by_place:
            self._weigh_place(found, evidence, asides)
        for number, party, record, scheme in self._equal_numbers(customer):
            reason = f"{scheme or number.scheme or 'number'} {number.value} is equal, which decides"
            evidence[party].append(_Evidence(1.0, number.value, reason, record))
        hits: list[tuple[Hit, ListedOn]] = []
        aside: list[Hit] = []
        for party, found_of in evidence.items():
            facts_of = self._known[party]
            if self._terms.lists and facts_of.watchlist not in self._terms.lists:
                continue
            score, reasons, apart = self._weighed(customer, facts_of, found_of, asides[party])
            if score is None:
                continue
            hit, status = self._hit(customer, facts_of, score, reasons, found_of)
            if apart:
                aside.append(hit)
            else:
                hits.append((hit, status))
        now = [hit for hit, status in hits if status in (ListedOn.LISTED, ListedOn.POSSIBLY)]
        other = [hit for hit, status in hits if status not in (ListedOn.LISTED, ListedOn.POSSIBLY)]
        return ScreenedName(
            customer.row, customer.id, customer.name, _ranked(now), None, _ranked(aside), _ranked(other),
            customer_digest=digest_of(customer),
        )  # fmt: skip

    def _name_evidence(self, found: Found) -> _Evidence:
        text = self._names[found.row]
        return _Evidence(found.score, text.text, _name_reason(found, text), text.record)

    def _weigh_place(
        self, found: Found, evidence: dict[int, list[_Evidence]], asides: dict[int, list[str]]
    ) -> None:
        text = self._addresses[found.row]
        settled = with_unit(found, text.text)
        if settled is None or settled.unit is None:
            return
        if settled.unit is UnitMatch.OTHER:
            asides[found.party].append(f"another unit of the same building ({text.text})")
            return
        evidence[found.party].append(
            _Evidence(settled.score, text.text, _UNIT_REASONS[settled.unit], text.record)
        )

    def _equal_numbers(self, customer: Customer) -> Iterator[tuple[Identifier, int, int, str | None]]:
        for number in customer.identifiers:
            for party, record, scheme in self._numbers.get(number.value, ()):
                same_scheme = scheme is not None and scheme == number.scheme
                if len(number.value) >= (_SHORTEST_OF_SCHEME if same_scheme else _SHORTEST_NUMBER):
                    yield number, party, record, scheme

    def _weighed(
        self,
        customer: Customer,
        party: PartyFacts,
        evidence: Sequence[_Evidence],
        asides: Sequence[str],
    ) -> tuple[float | None, list[str], bool]:
        """The score of all that speaks for a party, in words, and whether a number speaks against it."""
        ordered = sorted(evidence, key=lambda one: -one.score)
        base = ordered[0].score
        reasons = [one.reason for one in ordered[:1]] + [
            f"also {one.reason} ({one.matched})" for one in _distinct(ordered[1:])
        ]
        score = base
        if base < 1.0:
            shift, words = _country_shift(customer.country, party.countries)
            score = min(_MOST, base + shift + (SAME_COUNTRY if len(_distinct(ordered)) > 1 else 0.0))
            reasons += words
        if max(base, score) < self._terms.threshold:
            return None, [], False
        reasons += asides[:1]
        against = None if base == 1.0 else _number_against(customer, party)
        return score, reasons + ([against] if against else []), against is not None

    def _hit(
        self,
        customer: Customer,
        party: PartyFacts,
        score: float,
        reasons: Sequence[str],
        evidence: Sequence[_Evidence],
    ) -> tuple[Hit, ListedOn]:
        best = max(evidence, key=lambda one: one.score)
        record = party.record(best.record, customer.day)
        day = customer.day
        status = listed_on(party.stretches, day or date.today())
        stretch = _stretch_for(party.stretches, day)
        said = [*reasons, *_status_words(status, day)]
        section = f"{record.section}: " if record.section else ""
        return (
            Hit(
                list=party.watchlist,
                version=record.day_for(day).isoformat(),
                key=record.own_id or party.key,
                party=record.label,
                score=round(score, 4),
                matched=best.matched,
                reason=section + "; ".join(said),
                asks=_asks(record.asks, record.asks_text),
                listed_from=_between(stretch.began_earliest, stretch.began_latest, open_before=True),
                listed_to=_last_day(stretch),
                party_uid=party.uid,
                entry_digest=party.records[-1].digest[:DIGEST_LENGTH],
            ),
            status,
        )


_UNIT_REASONS = {
    UnitMatch.SAME: "address: the same building and the same unit",
    UnitMatch.OVERLAPS: "address: the same building, units that overlap",
    UnitMatch.UNSTATED: "address: the same building; a unit is not stated on both sides",
}
_KIND_WORDS = {
    ListedNameKind.PRIMARY: "the entry's name",
    ListedNameKind.ALIAS: "an alias of the entry",
    ListedNameKind.WEAK: "a weak alias of the entry",
    ListedNameKind.FORMER: "a former name of the entry",
}


def _name_reason(found: Found, text: ListedText) -> str:
    kind = _KIND_WORDS[ListedNameKind(text.kind or ListedNameKind.PRIMARY)]
    if found.given.casefold() == text.text.casefold():
        return f"name: {kind}, letter by letter"
    said = f"name: {kind}, alike in {', '.join(found.shared)}"
    if found.exact:
        return f"{said}: every word, beside legal form, script and order"
    if found.missed:
        said += f"; not in the entry: {', '.join(found.missed)}"
    if found.missed_listed:
        said += f"; only in the entry: {', '.join(found.missed_listed)}"
    return said


def _distinct(evidence: Sequence[_Evidence]) -> list[_Evidence]:
    """The best of each sort of evidence."""
    best: dict[str, _Evidence] = {}
    for one in evidence:
        best.setdefault(one.reason.split(":")[0], one)
    return list(best.values())


def _country_shift(country: str | None, listed: Collection[str]) -> tuple[float, list[str]]:
    if country is None or not listed:
        return 0.0, []
    if country in listed:
        return SAME_COUNTRY, [f"country {country} is equal"]
    return OTHER_COUNTRY, [f"country {country} is not among the entry's ({', '.join(sorted(listed))})"]


def _number_against(customer: Customer, party: PartyFacts) -> str | None:
    """What number tells the two apart; None where none does."""
    for number in customer.identifiers:
        others = {one.value for one in party.identifiers if one.scheme == number.scheme}
        if number.scheme in _DECIDING and others and number.value not in others:
            return f"{number.scheme} differs ({number.value}, not {', '.join(sorted(others))}), which decides"
    return None


def _stretch_for(stretches: Sequence[Listing], day: date | None) -> Listing:
    """The stretch to show: the one that covers the day, else the last."""
    covering = [one for one in stretches if day and one.on(day) in (ListedOn.LISTED, ListedOn.POSSIBLY)]
    return (covering or list(stretches))[-1]


def _status_words(status: ListedOn, day: date | None) -> list[str]:
    when = f"on {day}" if day else "today"
    return {
        ListedOn.LISTED: [],
        ListedOn.POSSIBLY: [f"listed {when} as far as the versions here tell, not certainly"],
        ListedOn.NOT_YET: [f"not yet listed {when}"],
        ListedOn.NO_LONGER: [f"no longer listed {when}"],
    }[status]


def _between(earliest: date | None, latest: date | None, *, open_before: bool = False) -> str | None:
    if earliest == latest:
        return latest.isoformat() if latest else None
    if earliest is None and latest is not None:
        return f"..{latest}" if open_before else latest.isoformat()
    return f"{earliest}..{latest}" if latest else f"{earliest}.."


def _last_day(stretch: Listing) -> str | None:
    """The last day listed, or the days between which it lies; None where no end was seen."""
    if stretch.ended_latest is None:
        return None
    first = stretch.ended_earliest and stretch.ended_earliest - _DAY
    return _between(first, stretch.ended_latest - _DAY)


def _asks(asks: str | None, text: str | None) -> str:
    if asks is None:
        return f"not known{f': {text}' if text else ''}"
    return f"{asks}: {text}" if text else asks


def _ranked(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Best first; of equal scores names before addresses, then longer matches, then by list and key."""

    def order(hit: Hit) -> tuple[float, int, int, str, str]:
        address = "address:" in hit.reason and "name:" not in hit.reason
        return (-hit.score, int(address), -len(hit.matched), hit.list, hit.key)

    return tuple(sorted(hits, key=order))


def with_hits(answer: ScreenedName, more: Sequence[Hit]) -> ScreenedName:
    """The same answer with hits of another list among its own."""
    return replace(answer, hits=_ranked([*answer.hits, *more])) if more else answer
