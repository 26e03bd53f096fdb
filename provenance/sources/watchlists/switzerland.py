"""The consolidated list of the Swiss State Secretariat for Economic Affairs (SECO), XML.

A target has identities with names in parts; a part has spelling variants, each language and script of which
is another spelling of the whole name. Places, and the programmes of sanctions, are elements of their own that
targets refer to. A target whose last modification is a delisting is no longer listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from xml.etree.ElementTree import Element

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import ListedNameKind, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import called_what_it_is
from provenance.sources.tables import FileKind, file_kind
from provenance.sources.watchlists.base import (
    FixedFormat,
    address,
    country_or_none,
    day,
    identifier_texts,
    numbers_to_review,
    once,
    refuse_layout,
    texts,
)
from provenance.sources.watchlists.published import whole_list
from provenance.sources.watchlists.records import AddressText, IdentifierText, ListEntry, NameText
from provenance.sources.watchlists.xml_records import root_of, xml_records
from provenance.text.registration_numbers import read_labelled_numbers, read_numbers

_ROOT = "swiss-sanctions-list"
_KINDS = {"individual": PartyKind.PERSON, "entity": PartyKind.ENTITY, "object": PartyKind.VESSEL}
_NAME_KINDS = {
    "primary-name": ListedNameKind.PRIMARY,
    "alias": ListedNameKind.ALIAS,
    "formerly-known-as": ListedNameKind.FORMER,
}
_PLACE = ("address-details", "p-o-box", "location", "zip-code", "area", "country")
_LISTED = ("listed", "amended", "relisted")
_DELISTED = "de-listed"
_MOST_SPELLINGS = 32
"""Combinations of spelling variants that are read of one name: more only repeat what these have."""

_NOWHERE = Element("place")
_NO_TITLES = ("title",)


class Switzerland(FixedFormat):
    """The format that the module describes."""

    name = "ch-seco"
    title = "Swiss consolidated list of sanctioned persons and entities (SECO), XML"
    watchlist = "ch-seco"

    def sniff(self, sample: FileSample) -> bool:
        """Whether the root of the XML is this list's."""
        return sample.kind is FileKind.XML and root_of(sample.text) == _ROOT

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every listed target in order; see `ListFormat.read`. Reads the file twice: places may come last."""
        if file_kind(file) is not FileKind.XML:
            raise called_what_it_is(BadInput("this list is XML", file=file.name, line=1), file, self)
        refuse_layout(file, options)
        try:
            yield from whole_list(file, _targets(file, options))
        except BadInput as error:
            raise called_what_it_is(error, file, self) from None


def _targets(file: Path, options: ReadOptions) -> Iterator[ListEntry]:
    places: dict[str, Element] = {}
    programs: dict[str, str] = {}
    for _line, element in xml_records(file, _ROOT, ("place", "sanctions-program", "target")):
        if element.tag == "place":
            places[element.get("ssid", "")] = element
        elif element.tag == "sanctions-program":
            named = element.findall("program-key") + element.findall("program-name")
            name = next((one.text for one in named if one.get("lang") == "eng" and one.text), None)
            programs |= {one.get("ssid", ""): name or "" for one in element.findall("sanctions-set")}
    delisted = 0
    for line, target in xml_records(file, _ROOT, ("target",)):
        if _is_delisted(target):
            delisted += 1
            continue
        yield _entry(file, line, target, places, programs)
    if delisted:
        options.notes.append(f"targets that the file says were delisted are not listed: {delisted:,}")


def _modifications(target: Element) -> list[tuple[str, Element]]:
    """The modifications by the day from which they count; those of a target within it are history."""
    found = [*target.findall("modification"), *target.findall("*/modification")]
    days = ("effective-date", "publication-date", "enactment-date")
    dated = [(next(filter(None, map(one.get, days)), ""), one) for one in found]
    return sorted(dated, key=lambda item: item[0])


def _is_delisted(target: Element) -> bool:
    found = _modifications(target)
    return bool(found) and found[-1][1].get("modification-type") == _DELISTED


def _entry(
    file: Path, line: int, target: Element, places: dict[str, Element], programs: dict[str, str]
) -> ListEntry:
    number = target.get("ssid", "")
    subject = next((child for child in target if child.tag in _KINDS), None)
    if subject is None or not number:
        raise BadInput("a target without ssid, individual, entity or object", file=file.name, line=line)
    names = once(name for node in _own(subject, "identity") for name in _names(node))
    if not names:
        raise BadInput(f"an entry without a name of {number}", file=file.name, line=line)
    sets = [one.text or "" for one in target.iter("sanctions-set-id")] or [target.get("sanctions-set-id", "")]
    program = "; ".join(dict.fromkeys(filter(None, (programs.get(one.strip()) for one in sets))))
    numbers, review = _numbers(subject)
    first, last = names[0], names[1:]
    return ListEntry(
        line=line,
        identity=number,
        own_id=number,
        names=(NameText(first.name), *last),
        section=program or None,
        kind=_KINDS[subject.tag],
        addresses=tuple(dict.fromkeys(_addresses(subject, places))),
        identifiers=numbers,
        program=program or None,
        stated_from=_listed_from(target),
        reference=texts(target.findtext("foreign-identifier") or ""),
        remarks=texts("; ".join(one.text or "" for one in subject.findall("other-information"))),
        review=review,
    )


def _own(subject: Element, tag: str) -> list[Element]:
    """The elements of a target as it is now, the main one first; those in its history are left out."""
    found = subject.findall(tag)
    return sorted(found, key=lambda one: one.get("main") != "true")


def _listed_from(target: Element) -> date | None:
    days = [
        found
        for text, one in _modifications(target)
        if one.get("modification-type") in _LISTED and (found := day(text, "%Y-%m-%d"))
    ]
    return min(days, default=None)


def _names(identity: Element) -> list[NameText]:
    """The names of an identity in every language and script, the primary one first."""
    found: list[NameText] = []
    for name in identity.findall("name"):
        kind = _NAME_KINDS.get(name.get("name-type", ""), ListedNameKind.ALIAS)
        if name.get("quality") == "low":
            kind = ListedNameKind.WEAK
        spellings = _spellings(name)
        found += [
            NameText(text, ListedNameKind.ALIAS if place and kind is ListedNameKind.PRIMARY else kind)
            for place, text in enumerate(spellings)
        ]
    order = list(ListedNameKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def _spellings(name: Element) -> list[str]:
    """Every spelling of a name: as its parts are, then with the variants of each language and script."""
    parts = [part for part in name.findall("name-part") if part.get("name-part-type") not in _NO_TITLES]
    parts.sort(key=lambda part: int(part.get("order") or 0))
    values = [" ".join((part.findtext("value") or "").split()) for part in parts]
    found = [" ".join(filter(None, values))]
    variants = [
        [
            ((one.get("lang"), one.get("script")), " ".join((one.text or "").split()))
            for one in part.findall("spelling-variant")
        ]
        for part in parts
    ]
    cultures = dict.fromkeys(culture for part in variants for culture, _text in part)
    for culture in cultures:
        choices = [
            [text for own, text in part if own == culture] or [value]
            for part, value in zip(variants, values, strict=True)
        ]
        for count, choice in enumerate(product(*choices)):
            if count >= _MOST_SPELLINGS:
                break
            found.append(" ".join(filter(None, choice)))
    return [text for text in dict.fromkeys(found) if text]


def _addresses(subject: Element, places: dict[str, Element]) -> Iterator[AddressText]:
    for identity in subject.findall("identity"):
        for node in identity.iter("address"):
            place = places.get(node.get("place-id", ""))
            stated = [
                _part(node, part) or (_part(place, part) if place is not None else "") for part in _PLACE
            ]
            country = country_or_none(stated[-1])
            if not any(stated[:-1]):
                if country:
                    yield AddressText("", country)
            elif found := address(", ".join(filter(None, stated)), country):
                yield found
        for nationality in identity.iter("nationality"):
            code = next((one.get("iso-code") or one.text or "" for one in nationality.iter("country")), "")
            if country := country_or_none(code):
                yield AddressText("", country)


def _part(node: Element, part: str) -> str:
    text = " ".join((node.findtext(part) or "").split())
    return f"P.O. Box {text}" if text and part == "p-o-box" else text


def _numbers(subject: Element) -> tuple[tuple[IdentifierText, ...], tuple[str, ...]]:
    found: list[IdentifierText] = []
    review: list[str] = []
    for document in subject.iter("identification-document"):
        kind = document.get("document-type", "").replace("-", " ")
        issuer = document.find("issuer")
        place = country_or_none(issuer.get("code") or issuer.text or "") if issuer is not None else None
        read = read_numbers(document.findtext("number") or "", kind or None, place)
        found += identifier_texts(read.numbers)
        review += numbers_to_review([read])
    for other in subject.findall("other-information"):
        found += identifier_texts(read_labelled_numbers(other.text or ""))
    return tuple(dict.fromkeys(found)), tuple(review)
