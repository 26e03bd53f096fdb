"""The Entity List (15 CFR 744, Supplement No. 4) as its table is published.

That is the eCFR's XML or page, a rule in the Federal Register, or the table copied into a workbook, a
document or CSV. A row's cell holds name, aliases and addresses together; the country stands in the first row
of those that it is for. A rule has the rows that it adds, so that it is imported as an extract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from provenance.core.errors import BadInput
from provenance.core.vocabulary.watched import Asks, PartyKind
from provenance.sources.formats import FileSample, ReadOptions
from provenance.sources.headers import header_key, header_keys
from provenance.sources.recognition import called_what_it_is, open_as, wrong_columns
from provenance.sources.tables import FileKind, file_kind
from provenance.sources.watchlists.base import (
    FixedFormat,
    address,
    check_last_line,
    country_or_none,
    day,
    named,
    refuse_layout,
    texts,
    whole_rows,
)
from provenance.sources.watchlists.column_names import layout_columns
from provenance.sources.watchlists.combined_cells import split_cell, summary_of
from provenance.sources.watchlists.markup_tables import markup_tables
from provenance.sources.watchlists.published import whole_list
from provenance.sources.watchlists.records import ListEntry

_COUNTRY, _ENTITY, _REQUIREMENT = "Country", "Entity", "License requirement"
_POLICY, _CITATION = "License review policy", "Federal Register citation"
_COLUMNS = (_COUNTRY, _ENTITY, _REQUIREMENT, _POLICY, _CITATION)
_KEYS = tuple(map(header_key, _COLUMNS))
_MARKUP = (FileKind.XML, FileKind.HTML)
_MARKED = re.compile(r">\s*License\s+requirement", re.IGNORECASE)
_OF_MARKUP = re.compile(r"<(?:html|!doctype html|\?xml|DIV\d|RULE|PART|ECFR|APPENDIX)", re.IGNORECASE)
_LEFT_OUT = re.compile(r"[*\s]*")
"""A row of asterisks stands for rows of the list that the rule leaves as they are."""

_ADDRESS_ENTRY = re.compile(r"address\s*(?:no\.?\s*)?\d+\b[\s,.:]*", re.IGNORECASE)
_CITED_DAY = re.compile(r"\d+ FR \d+,?\s*(?P<day>\d{1,2}/\d{1,2}/\d{2,4})")

Cells = tuple[int, dict[str, str]]


class EntityList(FixedFormat):
    """The format that the module describes."""

    name = "bis-entity-list"
    title = "BIS Entity List: the table of the eCFR or of a Federal Register rule; XML, HTML, XLSX, DOCX, CSV"
    watchlist = "bis-entity-list"
    columns = _COLUMNS

    def sniff(self, sample: FileSample) -> bool:
        """Whether the columns, or the beginning of the document, are this list's."""
        if sample.kind in _MARKUP:
            return bool(_MARKED.search(sample.text))
        return len(layout_columns(sample.header, _COLUMNS)) == len(_COLUMNS)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ListEntry]:
        """Every entry in order; see `ListFormat.read`."""
        rows = self._markup_rows(file, options) if file_kind(file) in _MARKUP else self._rows(file, options)
        yield from whole_list(file, _entries(file, rows))

    def _rows(self, file: Path, options: ReadOptions) -> Iterator[Cells]:
        strict = replace(options.table, strict=True, guess_encoding=False)
        if file_kind(file) is FileKind.DOCX:
            strict = replace(strict, kind=FileKind.DOCX)
        table = open_as(file, replace(strict, known=header_keys(_COLUMNS)), self)
        names = layout_columns(table.header, _COLUMNS)
        if missing := [column for column in _COLUMNS if column not in names]:
            raise wrong_columns(table, self, f"missing column {', '.join(missing)}")
        for row in whole_rows(table):
            yield row.line, {column: row[names[column]] for column in _COLUMNS}
        if table.kind is FileKind.TEXT:
            check_last_line(file)

    def _markup_rows(self, file: Path, options: ReadOptions) -> Iterator[Cells]:
        refuse_layout(file, options)
        found = False
        for table in markup_tables(file):
            if not table or [header_key(name) for name in table[0][1][: len(_KEYS)]] != list(_KEYS):
                continue
            found = True
            for line, cells in table[1:]:
                if [header_key(cell) for cell in cells] == list(_KEYS):
                    continue
                yield line, dict(zip(_COLUMNS, [*cells, *[""] * len(_COLUMNS)], strict=False))
        if not found:
            wrong = BadInput(
                f"the {file_kind(file)} has no table of the Entity List",
                file=file.name,
                line=1,
                hint=f"The table's header is: {', '.join(_COLUMNS)}.",
            )
            raise called_what_it_is(wrong, file, self)


def _entries(file: Path, rows: Iterator[Cells]) -> Iterator[ListEntry]:
    country = requirement = policy = ""
    for line, cells in rows:
        country = cells[_COUNTRY] or country
        entity = cells[_ENTITY]
        if all(_LEFT_OUT.fullmatch(cells[column]) for column in _COLUMNS[1:]):
            continue
        if not any(map(str.isalnum, entity)):
            raise BadInput("a row without an entity", file=file.name, line=line)
        requirement, policy = cells[_REQUIREMENT] or requirement, cells[_POLICY] or policy
        yield _entry(line, entity, country.strip(" ."), (requirement, policy, cells[_CITATION]))


def _entry(line: int, cell: str, country: str, terms: tuple[str, str, str]) -> ListEntry:
    requirement, policy, citation = terms
    code = country_or_none(country)
    only_address = _ADDRESS_ENTRY.match(cell)
    if only_address:
        split = {"name": [], "aliases": [], "address": [cell[only_address.end() :]], "identifiers": []}
    else:
        split = split_cell(cell)
    found = [place for text in split["address"] if (place := address(text, code))]
    names = named(next(iter(split["name"]), ""), [*split["name"][1:], *split["aliases"]])
    days = [day(text, "%m/%d/%y", "%m/%d/%Y") for text in _CITED_DAY.findall(citation)]
    return ListEntry(
        line=line,
        names=names,
        section=country.upper() or None,
        kind=PartyKind.ADDRESS if only_address else None,
        addresses=tuple(dict.fromkeys(found)),
        asks=Asks.LICENCE,
        asks_text=texts(". ".join(filter(None, (requirement.rstrip("."), policy.rstrip("."))))),
        stated_from=min((one for one in days if one), default=None),
        reference=texts(citation),
        review=(f"{' / '.join(cell.splitlines())!r} was read as {summary_of(split)}",),
    )
