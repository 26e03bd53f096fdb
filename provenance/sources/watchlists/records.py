"""What a list format yields: one entry of a list, as the list writes it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date

from provenance.core.vocabulary.watched import Asks, ListedNameKind, PartyKind

CONTENT_DIGITS, _NUMBER_DIGITS = 24, 8
"""Digits of an entry's digest: 96 bits for what it states, 32 for its number."""


@dataclass(frozen=True, slots=True)
class NameText:
    """A name and how the list gives it."""

    name: str
    kind: ListedNameKind = ListedNameKind.PRIMARY


@dataclass(frozen=True, slots=True)
class AddressText:
    """An address and its country (ISO 3166-1 alpha-2), where the list or the address states it."""

    text: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class IdentifierText:
    """A number, its scheme where the list names it, and who issued it."""

    value: str
    scheme: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry; ``line`` is where it begins in its file.

    ``identity`` is the list's own number where it lasts from version to version, or None: then one is made
    from section and name. ``own_id`` is the list's own id of the entry. ``review`` states what was read from
    a cell with more than one value.
    """

    line: int
    names: tuple[NameText, ...]
    identity: str | None = None
    own_id: str | None = None
    section: str | None = None
    kind: PartyKind | None = None
    addresses: tuple[AddressText, ...] = ()
    identifiers: tuple[IdentifierText, ...] = ()
    program: str | None = None
    asks: Asks | None = None
    asks_text: str | None = None
    stated_from: date | None = None
    stated_to: date | None = None
    reference: str | None = None
    remarks: str | None = None
    review: tuple[str, ...] = field(default=(), compare=False)
    _digest: str | None = field(default=None, init=False, compare=False, repr=False)

    @property
    def label(self) -> str:
        """What to call the entry: its first name, or else its address."""
        if self.names:
            return self.names[0].name
        return self.addresses[0].text if self.addresses else self.own_id or "(no name)"

    def digest(self) -> str:
        """One digest of what the list states, wherever in the file it is.

        Its first `CONTENT_DIGITS` say what is stated besides the entry's number: an entry that is only
        numbered anew keeps them.
        """
        if self._digest is None:
            stated = {name: getattr(self, name) for name in _STATED}
            content = json.dumps(stated, ensure_ascii=False, default=_plain)
            number = json.dumps([self.identity, self.own_id], ensure_ascii=False)
            found = _digest(content)[:CONTENT_DIGITS] + _digest(number)[:_NUMBER_DIGITS]
            # Asked for at every step of an import; a copy with other values starts without it.
            object.__setattr__(self, "_digest", found)
        return self._digest or ""


_STATED = tuple(
    one.name
    for one in fields(ListEntry)
    if one.name not in ("line", "review", "identity", "own_id", "_digest")
)


def _plain(value: object) -> object:
    """What JSON writes for a value that it does not know: the parts of a record, or the text of a day."""
    if is_dataclass(value):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return str(value)


def content_of(digest: str) -> str:
    """The part of an entry's digest that no new number changes."""
    return digest[:CONTENT_DIGITS]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
