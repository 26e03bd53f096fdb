"""Labels of bags and reels, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.cli.views.tables import Section, shown_text, text
from provenance.cli.views.words import plain_name

if TYPE_CHECKING:
    from provenance.services.contracts.reel_labels import LabelFacts, LabelFieldRow, LabelsRead

_SYNTAX = {
    "iso_15434": "ISO 15434",
    "data_identifiers": "data identifiers without an envelope",
    "gs1": "GS1",
    "key_values": "keys and values, as LCSC prints them",
}
_MEANINGS = {
    "maker_part": "part number of the maker",
    "orderable_part": "orderable part number",
    "customer_part": "part number of the customer",
    "seller_part": "part number of the seller",
    "bin": "bin code",
    "gtin": "GTIN",
    "second_lot": "second lot",
    "packages": "number of packages",
    "order_line": "line of the order",
    "package": "number of the package",
    "country": "country of origin",
    "rohs": "RoHS",
}


def labels_view(result: LabelsRead) -> list[Section]:
    """Each label with its fields, then what it agrees with, what was stored, and what can be made of it."""
    sections = [_label(result, each) for each in result.labels]
    if not result.labels:
        sections.append(Section("", lines=["No label of a bag or reel was read."]))
    if result.other_codes:
        sections.append(Section("Other codes in the photo", lines=list(map(shown_text, result.other_codes))))
    stored = [f"Document: {result.transfer}"] if result.transfer else []
    stored += [f"Request: {ref}" for ref in result.requests]
    if stored:
        return [*sections, Section("Stored", lines=stored)]
    return [
        *sections,
        *([Section("Nothing is stored", lines=list(_offers(result)))] if result.labels else []),
    ]


def _label(result: LabelsRead, facts: LabelFacts) -> Section:
    rows = [row for row in result.rows if row.label == facts.number]
    columns = [
        text("field", lambda row: row.identifier),
        text("meaning", _meaning),
        text("value", lambda row: row.value),
        text("read as", _reading),
    ]
    title = f"Label {facts.number} of {result.file}: {facts.symbology}, {_SYNTAX[facts.syntax]}"
    lines = [f"Without an identifier: {shown_text(each)}" for each in facts.rest]
    if facts.separators_lost:
        lines.append("The separators between its fields were lost, so that they cannot be told apart.")
    lines += [f"Doubt: {shown_text(each)}" for each in facts.doubts]
    return Section(title, rows, columns if rows else [], lines)


def _meaning(row: LabelFieldRow) -> str:
    if row.meaning is None:
        return "not known"
    return _MEANINGS.get(row.meaning, plain_name(row.meaning))


def _reading(row: LabelFieldRow) -> str:
    return f"{row.value} {row.problem}" if row.problem else row.reading or ""


def _offers(result: LabelsRead) -> Iterator[str]:
    """The commands that make something of a label."""
    photo = result.photo
    if photo is None:
        yield f"To log the photo: provenance log photo {shown_text(result.file)} --component C-…"
        return
    of = "" if result.component else " --component C-…"
    choice = " --label N" if len(result.labels) > 1 else ""
    yield f"As a document about the item: provenance evidence read {photo}{of}{choice} --from SELLER"
    yield f"As a trace request: provenance evidence read {photo}{of}{choice} --ask FIRM --letter letter.md"
