"""The fields of a citation, each declared once: those of its own, and those of a source that is new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from provenance.core.messages import mark
from provenance.core.vocabulary import Reliability
from provenance.fields import values
from provenance.fields.common import CREDIBILITY, DATE_FORM, TLP
from provenance.fields.specification import FieldSpec, chosen

if TYPE_CHECKING:
    from provenance.schema.sources import Citation, Source

_REFERRING: tuple[FieldSpec[Any], ...] = (
    FieldSpec(
        "ref",
        "Reference of the recovery, component, transfer or firm that it reports",
        completes="recovery",
        required=True,
        asked=True,
        question=mark("What it reports (reference)"),
    ),
    FieldSpec(
        "source",
        "Short key of the source",
        completes="source",
        required=True,
        asked=True,
        question=mark("Source (short key)"),
    ),
)

SOURCE_FIELDS: tuple[FieldSpec[Source], ...] = (
    FieldSpec(
        "publisher",
        "Publisher of a source that is new to the database",
        column=lambda table: table.publisher,
        asked=True,
        question=mark("Publisher of this new source"),
    ),
    FieldSpec(
        "title",
        "Title of that source",
        column=lambda table: table.title,
        asked=True,
        question=mark("Title of this new source"),
    ),
    FieldSpec(
        "source_address", "Web address of that source", values.words, column=lambda table: table.address
    ),
    FieldSpec(
        "origin_group", "Name shared by sources that rest on the same wrecks. Defaults to the publisher"
    ),
    chosen(
        "reliability",
        "Admiralty reliability of a new source. Blank: not assessed",
        Reliability,
        column=lambda table: table.reliability,
    ),
)
"""What is stated about a source that the database does not know yet."""

OWN_FIELDS: tuple[FieldSpec[Citation], ...] = (
    FieldSpec(
        "record",
        "Key of the record in the source. Defaults to its address",
        values.words,
        asked=True,
        question=mark("Key of the record in the source"),
    ),
    FieldSpec(
        "address",
        "Web address of the record",
        values.words,
        column=lambda table: table.address,
        asked=True,
        question=mark("Web address"),
    ),
    FieldSpec(
        "published",
        f"When it was published: {DATE_FORM}",
        values.days,
        asked=True,
        question=mark("Published on"),
    ),
    FieldSpec("retrieved", "When it was retrieved", values.days),
    FieldSpec(
        "quote", "What it says, in its own words", values.words, asked=True, question=mark("Quotation")
    ),
    replace(CREDIBILITY, column=lambda table: table.credibility, asked=True),
    replace(TLP, column=lambda table: table.tlp),
)
"""What is stated about the record that reports it."""

CITATION_FIELDS: tuple[FieldSpec[Any], ...] = (*_REFERRING, *SOURCE_FIELDS, *OWN_FIELDS)
