"""Which stored party an entry is, on a list whose numbers do not last: the same by content. Pure.

A letter that is issued again numbers its parties anew. An entry is the party that has its number and one of
its names; failing that, the party of its name; failing that, one with its number and a name spelled nearly
so, or an address or a registration number in common; or one whose name differs in its legal form alone and
that has something in common. A number of the list alone makes nobody the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from provenance.sources.watchlists.records import ListEntry
from provenance.text.folding import fold
from provenance.text.name_words import name_words
from provenance.text.registration_numbers import key_of, read_stored
from provenance.watchlists.keys import own_key

_NEARLY = 85
"""Similarity of two spellings, of 100: one or two letters of a name of ordinary length."""


@dataclass(slots=True)
class Features:
    """What parties are compared by: section, folded labels and names, their words, addresses, numbers."""

    section: str
    labels: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    words: set[tuple[str, ...]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def add_name(self, name: str) -> None:
        """Adds a name."""
        self.names.add(fold(name) or name)
        if words := tuple(word.text for word in name_words(name).words):
            self.words.add(words)

    def add_label(self, label: str) -> None:
        """Adds what the party is called first."""
        self.labels.add(fold(label) or label)

    def add_place(self, text: str) -> None:
        """Adds an address; one that states no more than a country tells nothing."""
        if any(map(str.isdigit, text)):
            self.places.add(fold(text))

    def add_number(self, value: str, scheme: str | None, country: str | None) -> None:
        """Adds a registration number."""
        read = {number.value for number in read_stored(value, scheme, country)}
        self.numbers |= read or {key_of(value)}

    def shares(self, other: Features) -> int:
        """How many addresses and numbers both have."""
        return len(self.places & other.places) + len(self.numbers & other.numbers)


@dataclass(frozen=True, slots=True)
class Matched:
    """The entries by the keys of their parties, and what a person should look at: line and text."""

    parties: dict[str, ListEntry]
    review: list[tuple[int, str]]


def features_of(entry: ListEntry) -> Features:
    """The features of an entry."""
    found = Features(entry.section or "")
    found.add_label(entry.label)
    for name in entry.names:
        found.add_name(name.name)
    for place in entry.addresses:
        found.add_place(place.text)
    for number in entry.identifiers:
        found.add_number(number.value, number.scheme, number.country)
    return found


def matched(entries: Mapping[str, ListEntry], stored: Mapping[str, Features]) -> Matched:
    """Entries by the keys of their parties; they are given under the keys that they would have alone.

    ``stored`` are the parties of the list in all its versions. Whatever is matched to nobody is a new party,
    under a key that no other one has.
    """
    matcher = _Matcher(entries, stored)
    for same in (_same_number_and_name, _same_name, _same_number_shared, _same_words_shared):
        matcher.assign(same)
    return matcher.result()


Relation = Callable[[str, Features, str, Features], bool]
"""Whether an entry (its key, its features) is a stored party (its key, its features)."""


def _same_number_and_name(key: str, new: Features, party: str, old: Features) -> bool:
    return key == party and bool(new.names & old.names)


def _same_name(_key: str, new: Features, _party: str, old: Features) -> bool:
    return new.section == old.section and bool(new.labels & old.labels)


def _same_number_shared(key: str, new: Features, party: str, old: Features) -> bool:
    if key != party:
        return False
    return new.shares(old) > 0 or bool(new.words & old.words) or _nearly_so(new.labels, old.labels)


def _nearly_so(new: Iterable[str], old: Iterable[str]) -> bool:
    """Whether a name is spelled nearly like another, with the same digits: "Plant 4" is not "Plant 5"."""
    # Needed for a number that comes with another name only: the library takes long to import.
    from rapidfuzz import fuzz

    return any(
        fuzz.ratio(one, other) >= _NEARLY and _digits(one) == _digits(other) for one in new for other in old
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _same_words_shared(_key: str, new: Features, _party: str, old: Features) -> bool:
    return new.section == old.section and bool(new.words & old.words) and new.shares(old) > 0


class _Matcher:
    """Assigns entries to stored parties, the surest relation first; no party to two entries."""

    def __init__(self, entries: Mapping[str, ListEntry], stored: Mapping[str, Features]) -> None:
        self._entries = entries
        self._stored = stored
        self._open = {key: features_of(entry) for key, entry in entries.items()}
        self._taken: dict[str, str] = {}
        self._near: defaultdict[object, set[str]] = defaultdict(set)
        for party, features in stored.items():
            for feature in _handles(party, features):
                self._near[feature].add(party)

    def assign(self, same: Relation) -> None:
        """Assigns what is related so; of several parties the one that shares most, then by key."""
        found: list[tuple[int, int, str, str]] = []
        for key, new in self._open.items():
            near = set().union(*(self._near[one] for one in _handles(key, new) if one in self._near))
            for party in near - self._taken.keys():
                old = self._stored[party]
                if same(key, new, party, old):
                    common = new.shares(old) + len(new.names & old.names) + len(new.labels & old.labels)
                    found.append((-common, int(key != party), party, key))
        for _common, _other, party, key in sorted(found):
            if party not in self._taken and key in self._open:
                self._taken[party] = key
                del self._open[key]

    def result(self) -> Matched:
        """The entries by the keys of their parties."""
        parties = {party: self._entries[key] for party, key in self._taken.items()}
        review = []
        for key in self._open:
            entry = self._entries[key]
            if key not in self._stored and key not in parties:
                parties[key] = entry
                continue
            parties[self._free_key(entry, parties)] = entry
            if key == entry.identity:
                text = f"{entry.label} has the number {key}, which was another party's: a new party"
                review.append(
                    (
                        entry.line,
                        text,
                    )
                )
        return Matched(parties, review)

    def _free_key(self, entry: ListEntry, parties: Iterable[str]) -> str:
        taken = {*self._stored, *parties}
        ordinal = 1
        while (key := own_key(entry, ordinal)) in taken:
            ordinal += 1
        return key


def _handles(key: str, features: Features) -> list[object]:
    return [("key", key), *(("name", one) for one in features.names | features.labels), *features.words]
