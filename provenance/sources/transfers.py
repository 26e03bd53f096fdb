"""Any CSV or XLSX list of transfers, customs records above all, its headers mapped to fields.

A row needs a party and something that says what moved. Without an evidence class its own columns tell it:
a component or lot is a document about this item, a part number a trade record with the same part number,
a customs code alone a trade record with the same code. Without a ``key`` column a row's identity is its
own content. One document may stand in many rows and stays one document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from provenance.core.errors import BadInput
from provenance.core.vocabulary import EvidenceClass, PartyRole, Side, Tlp
from provenance.core.vocabulary.tracing import Channel, DocumentKind
from provenance.sources.base import ReadOptions, raw_text, rows_to_records
from provenance.sources.cells import amount, content_key, country, hs6, member, span, whole_number
from provenance.sources.mapping import Fields, guess_mapping
from provenance.sources.records import DocumentRecord, Rejected, ShipmentParty, ShipmentRecord, SourceRecord
from provenance.sources.tables import TableRow, read_header, read_rows
from provenance.text.confidence import blank_names

TRANSFER_HEADERS: dict[str, tuple[str, ...]] = {
    "key": ("id", "record", "record id", "record key", "transfer id", "no", "row"),
    "consignor": ("shipper", "exporter", "sender", "seller", "supplier", "from", "from party", "отправитель"),
    "consignor_role": ("from role", "exporter role", "seller role"),
    "consignor_channel": ("from channel",),
    "consignor_country": ("from country", "exporter country", "shipper country", "country of consignor"),
    "consignor_place": ("consignor address", "exporter address", "shipper address"),
    "consignee": ("importer", "receiver", "recipient", "buyer", "to", "to party", "получатель"),
    "consignee_role": ("to role", "importer role", "buyer role"),
    "consignee_channel": ("to channel",),
    "consignee_country": ("to country", "importer country", "buyer country", "country of consignee"),
    "consignee_place": ("consignee address", "importer address", "buyer address"),
    "confidential": ("in confidence",),
    "component": ("component id", "component reference"),
    "lot": ("lot code", "lot number", "batch"),
    "mpn": ("part number", "part no", "manufacturer part number", "part", "article"),
    "maker": ("manufacturer", "brand", "mfr", "trademark", "producer"),
    "part_family": ("family", "series", "product family"),
    "weapon": ("weapon system", "for weapon"),
    "goods": ("description", "goods description", "description of goods", "item", "commodity", "product"),
    "hs6": ("hs", "hs code", "hs-6", "customs code", "tariff code", "tn ved", "commodity code"),
    "quantity": ("qty", "amount", "pieces", "units"),
    "quantity_unit": ("unit", "unit of quantity", "uom"),
    "value": ("invoice value", "customs value", "price", "total value"),
    "currency": ("currency code",),
    "date": (
        "shipment date",
        "declaration date",
        "date of shipment",
        "registration date",
        "arrival date",
        "period",
    ),
    "origin": ("country of origin", "origin country"),
    "transit": ("transit country", "transit countries", "via", "country of transit"),
    "destination": ("country of destination", "destination country"),
    "document": ("document number", "declaration number", "declaration", "invoice", "bill of lading", "awb"),
    "document_kind": ("kind of document", "document type"),
    "document_date": ("date of document",),
    "document_origin": ("document of", "document holder"),
    "evidence_class": ("evidence", "class", "evidence grade"),
    "credibility": ("admiralty credibility",),
    "address": ("url", "link", "record address"),
    "published": ("publication date", "date published"),
    "retrieved": ("accessed", "date retrieved"),
    "tlp": ("marking tlp",),
    "note": ("notes", "remark", "remarks", "comment"),
}
"""The fields of a list of transfers and the headers that are taken to mean them, in lower case."""

_PARTIES = (("consignor", Side.FROM), ("consignee", Side.TO))
_MOVED = ("component", "lot", "mpn", "part_family", "hs6", "goods", "weapon")
_AS_WRITTEN = ("component", "lot", "mpn", "maker", "part_family", "weapon", "goods")
_IN_CONFIDENCE = {
    "from": {Side.FROM},
    "consignor": {Side.FROM},
    "to": {Side.TO},
    "consignee": {Side.TO},
    "both": {Side.FROM, Side.TO},
    "yes": {Side.FROM, Side.TO},
    "no": set(),
}

Get = Callable[[str], str | None]


class MappedTransfers:
    """See the module's own words."""

    name = "transfers"
    title = "any CSV or XLSX list of transfers, customs records above all, headers mapped"
    source: SourceRecord | None = None
    fields: ClassVar[Fields] = TRANSFER_HEADERS

    def sniff(self, header: Sequence[str]) -> bool:
        """Whether a party and something that moved are among the headers."""
        return _complete(guess_mapping(header, TRANSFER_HEADERS))

    def read(self, file: Path, options: ReadOptions) -> Iterator[ShipmentRecord | Rejected]:
        """Every row that the mapping makes a transfer of.

        Raises:
            BadInput: the mapping names no party or nothing that moved.
        """
        header = read_header(file)
        mapping = options.mapping or guess_mapping(header, TRANSFER_HEADERS)
        if not _complete(mapping):
            raise BadInput(
                f"the columns say too little: needed is consignor or consignee, and one of"
                f" {', '.join(_MOVED)}; understood were"
                f" {', '.join(f'{name} as {field}' for name, field in mapping.items()) or 'none'}",
                file=file.name,
                line=1,
                hint="Name columns with --map 'HEADER=field'.",
            )
        rows = read_rows(file, required=list(mapping))
        return rows_to_records(
            rows, len(header), lambda row: _convert(row, mapping), ShipmentRecord.model_validate
        )


def _complete(mapping: Mapping[str, str]) -> bool:
    fields = set(mapping.values())
    return bool(fields & {name for name, _side in _PARTIES}) and bool(fields & set(_MOVED))


def _convert(row: TableRow, mapping: Mapping[str, str]) -> dict[str, Any]:
    said = {name: cell for header, name in mapping.items() if (cell := row.cells[header].strip())}
    found = shipment_of(said, tuple(parties_of(said.get)))
    key = said.get("key") or content_key(row.cells)
    return {**found, "line": row.line, "key": key, "raw": raw_of(row.cells, found["parties"])}


def raw_of(cells: Mapping[str, str], parties: tuple[ShipmentParty, ...]) -> str:
    """The statement's text as found, with the names given in confidence blanked: it is shown to people."""
    hidden = [party.as_written for party in parties if party.confidential]
    return raw_text({name: blank_names(cell, hidden) for name, cell in cells.items()})


def shipment_of(said: Mapping[str, str], parties: tuple[ShipmentParty, ...]) -> dict[str, Any]:
    """What the fields of `TRANSFER_HEADERS` say of a transfer, ready for a `ShipmentRecord`.

    Raises:
        ValueError: nobody, or nothing that moved, is named, or a field cannot be read.
    """
    get = said.get
    if not parties:
        raise ValueError("no party: consignor and consignee are both empty")
    dated, published = span("date", get("date")), span("published", get("published"))
    currency = get("currency")
    return {
        "evidence_class": _evidence_class(get),
        "parties": parties,
        **{name: get(name) for name in _AS_WRITTEN},
        "hs6": hs6(get("hs6")),
        "quantity": amount("quantity", get("quantity")),
        "quantity_unit": get("quantity_unit"),
        "value": amount("value", get("value")),
        "currency": currency.upper() if currency else None,
        "earliest": dated.earliest,
        "latest": dated.latest,
        "origin_country": country(get("origin")),
        "transit": tuple(code for text in _several(get("transit")) if (code := country(text))),
        "destination_country": country(get("destination")),
        "document": document_record(get),
        "address": get("address"),
        "credibility": whole_number("credibility", get("credibility")),
        "published_earliest": published.earliest,
        "published_latest": published.latest,
        "retrieved": span("retrieved", get("retrieved")).latest,
        "tlp": member_of_tlp(get("tlp")),
        "note": get("note"),
    }


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]


def parties_of(get: Get) -> Iterator[ShipmentParty]:
    """The parties of both sides; several of a side are parted by ``;`` and share what else is said of it.

    Raises:
        ValueError: a role, channel or country cannot be read.
    """
    hidden = _IN_CONFIDENCE.get((get("confidential") or "no").casefold())
    if hidden is None:
        raise ValueError(f"confidential {get('confidential')!r} is not one of {', '.join(_IN_CONFIDENCE)}")
    for column, side in _PARTIES:
        for name in dict.fromkeys(_several(get(column))):
            yield ShipmentParty(
                side=side,
                role=member(PartyRole, f"{column}_role", get(f"{column}_role")) or PartyRole.UNKNOWN,
                channel=member(Channel, f"{column}_channel", get(f"{column}_channel")),
                country=country(get(f"{column}_country")),
                place=get(f"{column}_place"),
                as_written=name,
                confidential=side in hidden,
            )


def _evidence_class(get: Get) -> EvidenceClass:
    stated: EvidenceClass | None = member(EvidenceClass, "evidence_class", get("evidence_class"))
    if stated is not None:
        return stated
    if get("component") or get("lot"):
        return EvidenceClass.ITEM_DOCUMENT
    if get("mpn"):
        return EvidenceClass.TRADE_RECORD_SAME_PART
    if get("hs6"):
        return EvidenceClass.TRADE_RECORD_SAME_HS
    raise ValueError(
        f"nothing says what moved ({', '.join(_MOVED[:5])} are all empty): words alone need an evidence_class"
    )


def document_record(get: Get) -> DocumentRecord | None:
    """The document that a row names, if any; a kind without a number names none.

    Raises:
        ValueError: its kind or date cannot be read.
    """
    reference = get("document")
    if reference is None:
        return None
    kind = member(DocumentKind, "document_kind", get("document_kind"))
    issued = span("document_date", get("document_date"))
    words = (kind or "document").replace("_", " ")
    return DocumentRecord(
        kind=kind,
        reference=reference,
        title=f"{words} {reference}",
        origin_group=get("document_origin"),
        issued_earliest=issued.earliest,
        issued_latest=issued.latest,
    )


def member_of_tlp(text: str | None) -> Tlp | None:
    """A TLP mark, with or without "TLP:" before it; None where there is none.

    Raises:
        ValueError: it is no mark of TLP 2.0 (WHITE of the older version is read as CLEAR).
    """
    if text is None:
        return None
    mark = text.upper().removeprefix("TLP:").strip()
    try:
        return Tlp("CLEAR" if mark == "WHITE" else mark)
    except ValueError:
        raise ValueError(f"tlp {text!r} is not one of {', '.join(Tlp)}") from None
