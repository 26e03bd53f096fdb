"""Transfers that concern a firm: as a party, by its parts, by its recovered components, by words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from provenance.domain.record_kinds import RecordKind
from provenance.domain.sameness import clusters
from provenance.schema.chunks import chunks
from provenance.schema.organizations import Organization, OrganizationName
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.schema.transfers import Transfer, TransferParty
from provenance.text.ambiguous_names import ambiguity_of
from provenance.text.doubts import is_doubted
from provenance.text.folding import nfkc
from provenance.text.part_numbers import part_key

_SHORTEST_NAME = 4
"""Letters and digits of a name that is looked for in words: "TI" and "ST" are too many other things."""
_SHORTEST_NUMBER = 6
"""Characters of a part number that is looked for in words, where it has letters and digits."""
_WORDS = re.compile(r"\w+", re.UNICODE)
_NUMBER = re.compile(r"[^\s,;:()\"'«»]+")


class FoundBy(StrEnum):
    """What connects a transfer with a firm; a name or a number among words is a lead, not a finding."""

    PARTY = "party"
    COMPONENT = "component"
    PART = "part"
    PART_IN_WORDS = "part_in_words"
    NAME_IN_WORDS = "name_in_words"


@dataclass(frozen=True, slots=True)
class FirmTransfers:
    """Row numbers of transfers with what connects each with the firm, and what was looked for.

    ``names`` are those looked for among words, ``parts`` counts the part numbers.
    """

    found: Mapping[int, tuple[FoundBy, ...]]
    names: tuple[str, ...]
    parts: int


def transfers_of_firm(
    session: Session, organizations: Sequence[int], components: Iterable[int], part_ids: Iterable[int]
) -> FirmTransfers:
    """Every transfer that concerns one of the organizations, withdrawn ones included.

    ``components`` are the recovered components that count as the firm's, ``part_ids`` the parts of these.
    """
    merged = clusters(session, RecordKind.ORGANIZATION)
    wanted = {merged.get(number, number) for number in organizations}
    own = sorted({*organizations, *(number for number, first in merged.items() if first in wanted)})
    found: dict[int, set[FoundBy]] = defaultdict(set)
    for number in _naming(session, own):
        found[number].add(FoundBy.PARTY)
    for some in chunks(sorted(set(components))):
        for number in session.execute(select(Transfer.id).where(Transfer.component_id.in_(some))).scalars():
            found[number].add(FoundBy.COMPONENT)
    parts = _parts(session, set(own), set(part_ids), merged)
    for some in chunks(sorted(parts)):
        for number in session.execute(select(Transfer.id).where(Transfer.part_id.in_(some))).scalars():
            found[number].add(FoundBy.PART)
    names = _names(session, own)
    _add_by_words(session, found, names, set(parts.values()))
    ordered = {number: tuple(kind for kind in FoundBy if kind in found[number]) for number in sorted(found)}
    return FirmTransfers(ordered, names, len(set(parts.values())))


def _naming(session: Session, organizations: Sequence[int]) -> set[int]:
    """Transfers with one of them as a party; asking must not reveal a name given in confidence."""
    statement = select(TransferParty.transfer_id).where(~TransferParty.confidential)
    return {
        number
        for some in chunks(organizations)
        for number in session.execute(statement.where(TransferParty.organization_id.in_(some))).scalars()
    }


def _parts(session: Session, own: set[int], more: set[int], merged: Mapping[int, int]) -> dict[int, str]:
    """The firm's part records with their keys; without a maker only if no other maker has the number."""
    makers: dict[str, set[int]] = defaultdict(set)
    rows = session.execute(select(Part.id, Part.mpn_key, Part.organization_id)).all()
    for row in rows:
        if row.organization_id is not None:
            makers[row.mpn_key].add(merged.get(row.organization_id, row.organization_id))
    first = {merged.get(number, number) for number in own}
    return {
        row.id: row.mpn_key
        for row in rows
        if row.id in more
        or (row.organization_id in own)
        or (row.organization_id is None and makers[row.mpn_key] and makers[row.mpn_key] <= first)
    }


def _names(session: Session, organizations: Sequence[int]) -> tuple[str, ...]:
    """The names by which the firm can be told among words; one that means several things is not one."""
    labels = select(Organization.label).where(Organization.id.in_(organizations))
    names = select(OrganizationName.name).where(OrganizationName.organization_id.in_(organizations))
    found = {*session.execute(labels).scalars(), *session.execute(names).scalars()}
    return tuple(sorted(name for name in found if _is_telling(name)))


def _is_telling(name: str) -> bool:
    letters = sum(map(str.isalnum, name))
    unspaced = not name.isascii() and letters >= 2 and not any(char.isascii() for char in name)
    long_enough = letters >= _SHORTEST_NAME or (unspaced and len(name) >= _SHORTEST_NAME - 1)
    return long_enough and ambiguity_of(name) is None and not is_doubted(name)


def _add_by_words(
    session: Session, found: dict[int, set[FoundBy]], names: Sequence[str], numbers: set[str]
) -> None:
    """Adds the transfers whose description of the goods has a name of the firm, or a number of its parts."""
    sequences = {tuple(_words(name)) for name in names}
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for sequence in sequences:
        starts[sequence[0]].append(sequence)
    long = {key for key in numbers if len(key) >= _SHORTEST_NUMBER and _has_both(key)}
    read: dict[str, tuple[FoundBy, ...]] = {}
    statement = select(Transfer.id, Transfer.goods_as_written).where(Transfer.goods_as_written.is_not(None))
    for row in session.execute(statement):
        goods = row.goods_as_written
        assert goods is not None
        if goods not in read:
            read[goods] = tuple(_in_words(goods, starts, long))
        found_here = read[goods]
        if found_here:
            found[row.id].update(found_here)
        if FoundBy.PART in found.get(row.id, ()):
            found[row.id].discard(FoundBy.PART_IN_WORDS)


def _in_words(goods: str, names: Mapping[str, list[tuple[str, ...]]], numbers: set[str]) -> list[FoundBy]:
    words = _words(goods)
    found = []
    if any(
        tuple(words[place : place + len(name)]) == name
        for place, word in enumerate(words)
        for name in names.get(word, ())
    ):
        found.append(FoundBy.NAME_IN_WORDS)
    if numbers and any(part_key(text) in numbers for text in _NUMBER.findall(goods)):
        found.append(FoundBy.PART_IN_WORDS)
    return found


def _words(text: str) -> list[str]:
    return _WORDS.findall(nfkc(text).casefold())


def _has_both(key: str) -> bool:
    return any(map(str.isdigit, key)) and any(map(str.isalpha, key))
