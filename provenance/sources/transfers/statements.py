"""A stated transfer, field by field, as a record: the same for lists, forms and the sample."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from provenance.core.tlp import read_mark
from provenance.core.vocabulary import EvidenceClass, PartyRole, Side
from provenance.core.vocabulary.tracing import Channel, DocumentKind
from provenance.sources.cells import (
    country,
    credibility,
    currency,
    hs6,
    known,
    quantity,
    span,
    sure,
    value,
    word,
)
from provenance.sources.formats import raw_text
from provenance.sources.records import DocumentRecord, ShipmentParty
from provenance.sources.sieve import read
from provenance.text.column_styles import IN_A_FILE, PLAIN, Style, Written
from provenance.text.confidence import HIDDEN, blank_names
from provenance.text.folding import fold
from provenance.text.party_names import plainly_several
from provenance.text.registration_numbers import RegistrationNumber

PARTY_FIELDS = (("consignor", Side.FROM), ("consignee", Side.TO))
"""The fields that name a party, each with its side."""

_TELLING = ("place", "numbers")
"""What else of a party says who it is."""

MOVED_FIELDS = ("component", "lot", "mpn", "part_family", "hs6", "goods", "weapon")
"""The fields that name the goods."""

WRITTEN: Mapping[str, Written] = MappingProxyType(
    {
        **dict.fromkeys(("date", "document_date", "published", "retrieved"), Written.DATE),
        **dict.fromkeys(("quantity", "value"), Written.NUMBER),
    }
)
"""The fields that can be written in two ways."""

_AS_WRITTEN = ("component", "lot", "mpn", "maker", "part_family", "weapon", "goods")
_IN_WORDS = ("part_family", "goods", "weapon", "document")
"""The fields that say something of the goods and cannot be compared with a part."""
_TO_ORDER = frozenset(("toorder", "totheorder", "toorderofshipper", "totheorderofshipper", "sameasconsignee"))
_LINE_OF_DECLARATION = re.compile(r"(?P<declaration>\d{8}/\d{6}/\d{7})\s*[/\\-]\s*\d{1,4}")
"""A goods line of a Russian or Eurasian declaration: office, day, number, and the line within it."""
_BOTH = frozenset((Side.FROM, Side.TO))
_IN_CONFIDENCE: dict[str, frozenset[Side]] = {
    **dict.fromkeys(("from", "consignor"), frozenset((Side.FROM,))),
    **dict.fromkeys(("to", "consignee"), frozenset((Side.TO,))),
    **dict.fromkeys(("both", "yes", "y", "true", "1", "так", "да", "是"), _BOTH),
    **dict.fromkeys(("no", "n", "false", "0", "ні", "нет", "否"), frozenset[Side]()),
}

Get = Callable[[str], str | None]
NumbersOf = Callable[[str, str | None, int], tuple[RegistrationNumber, ...]]
"""The registration numbers of a side, by the field, the country, and how many parties share them."""


def raw_of(
    cells: Mapping[str, str],
    parties: tuple[ShipmentParty, ...],
    columns: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The statement's text as found, without what was given in confidence: it is shown to people.

    ``columns`` are those of each field: addresses and numbers of a party name it too.
    """
    hidden = [party.as_written for party in parties if party.confidential]
    if not hidden:
        return raw_text(cells)
    sides = {party.side for party in parties if party.confidential}
    fields = [f"{name}_{what}" for name, side in PARTY_FIELDS if side in sides for what in _TELLING]
    telling = {column for field in fields for column in columns.get(field, ())}
    return raw_text(
        {
            name: HIDDEN if cell and name in telling else blank_names(cell, hidden)
            for name, cell in cells.items()
        }
    )


def shipment_of(
    fields: Mapping[str, str],
    parties: tuple[ShipmentParty, ...],
    styles: Mapping[str, Style] | None = None,
    in_words: EvidenceClass | None = None,
) -> dict[str, Any]:
    """The fields of a transfer, ready for a `ShipmentRecord`; ``styles`` are those of a file's `WRITTEN`.

    ``in_words`` is the evidence class of a transfer whose goods only words or a document name; without it
    such a transfer has to state one.

    Raises:
        OddCell: a field cannot be read, which the transfer can be read without.
        ValueError: no party or no goods are named; or it cannot be told who may see it.
    """
    get = {name: text for name, cell in fields.items() if (text := known(cell))}.get
    if not parties:
        named = [f"{name} {cell!r}" for name, _side in PARTY_FIELDS if (cell := fields.get(name, "").strip())]
        why = f"{' and '.join(named)} name nobody" if named else "consignor and consignee are both empty"
        raise ValueError(f"no party: {why}")
    style = {name: PLAIN if styles is None else styles.get(name, IN_A_FILE) for name in WRITTEN}
    dated, published = (read(name, span, name, get(name), style[name]) for name in ("date", "published"))
    moved, unit = read("quantity", quantity, get("quantity"), get("quantity_unit"), style["quantity"])
    stated = read("currency", currency, get("currency"))
    worth, paid_in = read("value", value, get("value"), stated, style["value"])
    return {
        "evidence_class": _evidence_class(get, in_words),
        "parties": parties,
        **{name: get(name) for name in _AS_WRITTEN},
        "mpn": read("mpn", sure, get("mpn")),
        "hs6": read("hs6", hs6, get("hs6")),
        "quantity": moved,
        "quantity_unit": unit,
        "value": worth,
        "currency": paid_in,
        "earliest": dated.earliest,
        "latest": dated.latest,
        "origin_country": read("origin", country, get("origin")),
        "transit": read("transit", _countries, get("transit")),
        "destination_country": read("destination", country, get("destination")),
        "document": document_record(get, style["document_date"]),
        "address": get("address"),
        "credibility": read("credibility", credibility, get("credibility")),
        "published_earliest": published.earliest,
        "published_latest": published.latest,
        "retrieved": read("retrieved", span, "retrieved", get("retrieved"), style["retrieved"]).latest,
        "tlp": read_mark(get("tlp")),
        "note": get("note"),
    }


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def _countries(text: str | None) -> tuple[str, ...]:
    return tuple(code for part in _several(text) if (code := country(part)))


def _word(vocabulary: type[StrEnum], field: str, get: Get) -> Any:
    return read(field, word, vocabulary, field, get(field))


def parties_of(get: Get, numbers_of: NumbersOf = lambda *_side: ()) -> Iterator[ShipmentParty]:
    """The parties of both sides; several of a side share its role and country.

    They are separated by ``;``, or by lines, bars or spaced slashes if each of them has a legal form.

    Raises:
        OddCell: a role, channel or country cannot be read.
        ValueError: it cannot be told whose name was given in confidence.
    """
    hidden = _IN_CONFIDENCE.get((get("confidential") or "no").casefold())
    if hidden is None:
        raise ValueError(f"confidential {get('confidential')!r} is not one of from, to, both, yes, no")
    for column, side in PARTY_FIELDS:
        listed = (name for cell in _several(get(column)) for name in plainly_several(cell) or (cell,))
        names = list(filter(_names_a_party, dict.fromkeys(listed)))
        place = read(f"{column}_country", country, get(f"{column}_country")) if names else None
        numbers = numbers_of(f"{column}_numbers", place, len(names)) if names else ()
        for name in names:
            yield ShipmentParty(
                side=side,
                role=_word(PartyRole, f"{column}_role", get) or PartyRole.UNKNOWN,
                channel=_word(Channel, f"{column}_channel", get),
                country=place,
                place=known(get(f"{column}_place")),
                as_written=name,
                confidential=side in hidden,
                numbers=numbers,
            )


def _names_a_party(text: str) -> bool:
    """Whether a cell names somebody: goods "to order" go to whoever holds the bill of lading."""
    return known(text) is not None and fold(text) not in _TO_ORDER


def _evidence_class(get: Get, in_words: EvidenceClass | None) -> EvidenceClass:
    stated: EvidenceClass | None = _word(EvidenceClass, "evidence_class", get)
    if stated is not None:
        return stated
    if get("component") or get("lot"):
        return EvidenceClass.ITEM_DOCUMENT
    if get("mpn"):
        return EvidenceClass.TRADE_RECORD_SAME_PART
    if get("hs6"):
        return EvidenceClass.TRADE_RECORD_SAME_HS
    if in_words is not None:
        if any(map(get, _IN_WORDS)):
            return in_words
        raise ValueError(f"nothing says what moved ({', '.join(MOVED_FIELDS)} and document are all empty)")
    raise ValueError(
        f"nothing says what moved ({', '.join(MOVED_FIELDS[:5])} are all empty):"
        " a description alone needs an evidence_class"
    )


def document_record(get: Get, style: Style = PLAIN) -> DocumentRecord | None:
    """The document that a row names, if any; a kind without a number names none.

    Raises:
        OddCell: its kind or date cannot be read.
    """
    reference = known(get("document"))
    if reference is None:
        return None
    if (line := _LINE_OF_DECLARATION.fullmatch(reference)) is not None:
        reference = line["declaration"]
    kind = _word(DocumentKind, "document_kind", get)
    issued = read("document_date", span, "document_date", get("document_date"), style)
    words = (kind or "document").replace("_", " ")
    return DocumentRecord(
        kind=kind,
        reference=reference,
        title=f"{words} {reference}",
        origin_group=get("document_origin"),
        issued_earliest=issued.earliest,
        issued_latest=issued.latest,
    )
