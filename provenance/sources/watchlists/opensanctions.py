"""OpenSanctions: ``targets.simple.csv``, FollowTheMoney entities as JSON lines, their statements as CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.recognition import refuse_other_format
from provenance.sources.tables import strict_lines
from provenance.sources.watchlists.base import (
    FixedFormat,
    Row,
    country_or_none,
    identifier_texts,
    named,
    refuse_layout,
    rows_of,
    texts,
)
from provenance.sources.watchlists.ftm_entities import KINDS, FtmEntity, entity_of, entries_of, remark
from provenance.sources.watchlists.published import whole_list
from provenance.sources.watchlists.records import AddressText, ListEntry, NameText
from provenance.text.registration_numbers import read_numbers

_STATEMENTS = ("canonical_id", "entity_id", "prop", "schema", "value", "dataset")
_DESCRIPTIVE = ("gov", "fin", "rel", "pol", "asset")
"""Topics that say what an entity is, not that it is a risk, by how they begin."""

_TRUE = ("t", "true", "1")
_RANKS = {
    schema: rank
    for rank, schema in enumerate(
        ("Company", "PublicBody", "Vessel", "Airplane", "Vehicle", "Person", "Organization", "LegalEntity")
    )
}
"""Schemata from the most exact to the least."""

_REQUIRED = ("id", "schema", "name", "aliases", "countries", "addresses", "identifiers", "dataset")


class OpenSanctionsSimple(FixedFormat):
    """``targets.simple.csv``: one target a row."""

    name = "opensanctions-simple"
    title = "OpenSanctions targets.simple.csv"
    columns = _REQUIRED

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are those of targets.simple.csv."""
        return set(_REQUIRED) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        for row in rows_of(file, options, self, _REQUIRED):
            names = named(row["name"], _values(row["aliases"]))
            if not names or not row["id"]:
                raise BadInput("an entry without id or name", file=file.name, line=row.line)
            yield _simple(row, names)


def _simple(row: Row, names: tuple[NameText, ...]) -> ListEntry:
    countries = [country for code in _values(row["countries"]) if (country := country_or_none(code))]
    only = countries[0] if len(countries) == 1 else None
    return ListEntry(
        line=row.line,
        identity=row["id"],
        own_id=row["id"],
        names=names,
        kind=KINDS.get(row["schema"]),
        addresses=tuple(AddressText(text, only) for text in _values(row["addresses"]))
        or tuple(AddressText("", country) for country in countries),
        identifiers=identifier_texts(
            number
            for value in _values(row["identifiers"])
            for number in read_numbers(value, assumed_place=only).numbers
        ),
        program=texts(row["program_ids"]),
        reference=texts(row["dataset"]),
        remarks=remark("; ".join(_values(row["sanctions"]))),
    )


def _values(cell: str) -> list[str]:
    """The values of a cell that is itself a line of CSV, separated by semicolons."""
    if not cell.strip('" '):
        return []
    return [value.strip() for row in csv.reader([cell], delimiter=";") for value in row if value.strip()]


class OpenSanctionsFtm(FixedFormat):
    """FollowTheMoney entities, one a line: beside each other, or addresses and sanctions inside a target."""

    name = "opensanctions-ftm"
    title = "OpenSanctions entities.ftm.json or targets.nested.json, one FollowTheMoney entity a line"

    def sniff(self, sample: FileSample) -> bool:
        """Whether the file begins with a FollowTheMoney entity."""
        first = sample.text.partition("\n")[0].lstrip()
        return first.startswith("{") and '"schema"' in first and '"properties"' in first

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every target in order; see `ListFormat.read`. Needs memory for the entities of the file."""
        refuse_other_format(file, self)
        refuse_layout(file, options)
        entities = list(_entities(file))
        if not entities:
            raise BadInput("there is no entity in the file", file=file.name, line=1)
        yield from whole_list(file, entries_of(file, entities, options.notes))


def _entities(file: Path) -> Iterator[FtmEntity]:
    for number, line in enumerate(strict_lines(file), start=1):
        if not line.strip():
            continue
        try:
            yield entity_of(json.loads(line), number)
        except (ValueError, RecursionError) as error:
            raise BadInput(
                f"the line is not a FollowTheMoney entity: {error}",
                file=file.name,
                line=number,
                hint="The file may be cut off; get it again.",
            ) from None


class OpenSanctionsStatements(FixedFormat):
    """The statements that entities are made of, one a row: ``canonical_id``, ``prop``, ``value``.

    They do not say which entities are targets: those are that have a topic of risk, such as ``sanction``.
    """

    name = "opensanctions-statements"
    title = "OpenSanctions statements.csv, one statement about an entity a row"
    columns = _STATEMENTS

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns are those of statements."""
        return set(_STATEMENTS) <= set(sample.header)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every target in the order of its first statement; needs memory for the entities of the file."""
        entities: dict[str, FtmEntity] = {}
        for row in rows_of(file, options, self, _STATEMENTS):
            if not row["canonical_id"]:
                raise BadInput("a row without canonical_id", file=file.name, line=row.line)
            known = entities.setdefault(row["canonical_id"], FtmEntity(row["canonical_id"], "", row.line))
            _add_statement(known, row)
        unlisted = sum(one.schema in KINDS and not one.is_target for one in entities.values())
        yield from whole_list(file, entries_of(file, entities.values(), options.notes))
        if unlisted:
            options.notes.append(
                f"parties and addresses without a topic of risk are not listed: {unlisted:,}"
            )


def _add_statement(entity: FtmEntity, row: Row) -> None:
    """Adds one statement; of several schemata the most exact one counts."""
    name, value = row["prop"], row["value"]
    if _RANKS.get(row["schema"], len(_RANKS)) < _RANKS.get(entity.schema, len(_RANKS)) or not entity.schema:
        entity.schema = row["schema"]
    if row["dataset"] and row["dataset"] not in entity.datasets:
        entity.datasets = (*entity.datasets, row["dataset"])
    if name == "id" or not value:
        return
    if name == "topics" and not value.startswith(_DESCRIPTIVE):
        entity.is_target = True
    entity.is_target = entity.is_target or row["target"].casefold() in _TRUE
    entity.texts.setdefault(name, []).append(value)
