"""Any CSV or XLSX list of components, its headers mapped to fields (see `mapping`).

A row needs something that says what it was found in (``recovery``, ``weapon`` or ``serial``) and
something about the component (``marking``, ``mpn``, ``maker`` or ``description``). A row has a key if the
list has a column of keys (`provenance.sources.record_keys`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache, partial
from itertools import chain, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
)
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.values import place as read_place
from provenance.sources.cells import (
    country,
    credibility,
    hs6,
    known,
    once_a_cell,
    pieces,
    span,
    sure,
    texts,
    word,
)
from provenance.sources.components.mixed_texts import MIXED, with_mixed_text
from provenance.sources.components.recovery_cells import (
    DATES,
    FOUND_IN,
    OF_THE_RECOVERY,
    VOCABULARIES,
    RecoveryCells,
)
from provenance.sources.components.recovery_cells import DECLARED as DECLARED_OF_RECOVERY
from provenance.sources.components.several import SeveralComponents
from provenance.sources.formats import ReadOptions, noted_if_none, raw_texts, record_of, with_cells
from provenance.sources.headers import headers_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import FieldCells, MappedFormat
from provenance.sources.records import (
    ComponentRecord,
    MakerRecord,
    RecoveryRecord,
    Rejected,
    checked_component,
)
from provenance.sources.sieve import Check, Sieve
from provenance.sources.tables import Table, TableRow, row_of
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.date_code_field import read_date_code
from provenance.text.maker_strings import read_maker
from provenance.text.partial_dates import DateSpan
from provenance.text.unknown import says_no_number, says_unknown

_NAMED = ("marking", MIXED, "mpn", "maker")
_ABOUT = (*_NAMED, "description")
_ALTERNATES = ("alternate_maker", "alternate_mpn")


_STYLED = ("pieces", "made", "published", "retrieved", *DATES)

_DIGIT = re.compile(r"\d")

Cell = TypeVar("Cell", bound=Hashable)
Value = TypeVar("Value")
Row = tuple[int, list[str]]
"""A row's line and cells."""

Columns = dict[str, Sequence[Any]]
"""Fields of records, each with what the rows say."""


class MappedComponents(MappedFormat):
    """The format that the module describes."""

    kind = SourceKind.COMPONENTS
    name = "components"
    title = "any CSV or XLSX list of components, headers mapped"
    written = MappingProxyType(
        {"pieces": Written.WHOLE, **dict.fromkeys((*DATES, "made", "published", "retrieved"), Written.DATE)}
    )

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """What a component was found in; and its marking, part number or maker.

        A description is enough where the user says which column it is.
        """
        enough = (fields & set(FOUND_IN), fields & set(_NAMED) or stated & {"description"})
        groups = zip(enough, (FOUND_IN, _NAMED), strict=True)
        return [f"one of {', '.join(group)}" for found, group in groups if not found]

    def mapping(self, header: Sequence[str], options: ReadOptions) -> dict[str, str]:
        """As for every table, but for what stands beside a text that mixes name and marking."""
        return with_mixed_text(super().mapping(header, options), options)

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """Every row that the mapping makes a component of.

        Raises:
            BadInput: the mapping names nothing that components were found in, or nothing about them.
        """
        table, mapping, styles = self.open_surveyed(file, options)
        reader = _Reader(table, mapping, options.today, styles)
        return noted_if_none(chain.from_iterable(map(reader.records, table.blocks())), table)


class _Reader:
    """What one mapping makes of the rows of one file.

    Rows are read many at a time and column by column, so that what depends on a cell alone is worked out once
    for all rows that have it. Where one of them cannot be used, each half of them is read by itself, down to
    that row.
    """

    def __init__(
        self, table: Table, mapping: Mapping[str, str], today: date, styles: Mapping[str, Style]
    ) -> None:
        self._today = today
        self._styles = dict.fromkeys(_STYLED, IN_A_FILE) | dict(styles)
        self._originals = table.originals
        self._cells = FieldCells(mapping, headers_of(SourceKind.COMPONENTS))
        headers = {field: names[0] for field, names in self._cells.columns.items()}
        self._header = table.header
        self._mixed = MIXED in headers
        self._own = [(headers[field], *reading) for field, reading in _OWN.items() if field in headers]
        self._about = [name for _header, name, _convert in self._own if name in _ABOUT]
        self._more = {name: headers[name] for name in _DECLARED if name in headers}
        found_in = [field for field in OF_THE_RECOVERY if field in headers]
        self._found_headers = [headers[field] for field in found_in]
        self._found = RecoveryCells(found_in, self._styles)
        self._made, self._code = headers.get("made"), headers.get("date_code")
        self._published = headers.get("published")
        alternates = [name for field in _ALTERNATES for name in self._cells.columns.get(field, ())]
        self._several = SeveralComponents(headers, alternates, table.problems)
        self._problems = table.problems
        self._sieve = Sieve(dict(self._checks(headers)), table.problems)
        self._recoveries: dict[int, Sequence[RecoveryRecord]] = {}

    def _checks(self, headers: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, Check]]]:
        """How it is found out whether a cell is a value of its field, by header."""
        for header, name, convert in self._own:
            # A text can be anything, and so can a maker's name.
            if convert not in (known, _maker) and (read := self._in_style(name, convert)) is not None:
                yield header, (name, partial(_checked, name, read))
        for field, vocabulary in VOCABULARIES.items():
            if field in headers:
                yield headers[field], (field, partial(word, vocabulary, field))
        for field in (*DATES, "made", "published"):
            if field in headers:
                yield headers[field], (field, partial(_span, field, self._styles[field]))
        if "country" in headers:
            yield headers["country"], ("country", country)
        if "place" in headers:
            yield headers["place"], ("place", read_place)
        for name, header in self._more.items():
            yield header, (name, _DECLARED[name].read)
        for name in filter(headers.__contains__, DECLARED_OF_RECOVERY):
            yield headers[name], (name, DECLARED_OF_RECOVERY[name].read)

    def records(self, rows: Sequence[Row]) -> Iterator[ComponentRecord | Rejected]:
        """Each of at least one row as a record or a rejection, in order."""
        if len(rows) == 1:
            row = row_of(self._header, *rows[0])
            record = record_of(row, len(self._header), self._fields, checked_component)
            if isinstance(record, Rejected):
                yield with_cells(record, self._problems)
            else:
                yield from self._several.taken_apart([record], self._recoveries)
            return
        try:
            records = self._together(rows)
        except ValueError:
            half = len(rows) // 2
            yield from self.records(rows[:half])
            yield from self.records(rows[half:])
        else:
            yield from self._several.taken_apart(records, self._recoveries)

    def _together(self, rows: Sequence[Row]) -> list[ComponentRecord]:
        """The records of rows all of which can be used.

        Raises:
            ValueError: at least one of them may not be usable.
        """
        lines, lists = zip(*rows, strict=True)
        text = "".join(chain.from_iterable(lists))
        if "\0" in text or set(map(len, lists)) != {len(self._header)}:
            raise ValueError("a row is not as wide as the header, or has a null character")
        # A workbook may hold half of a surrogate pair, which is not text.
        text.encode()
        columns = self._columns(lines, dict(zip(self._header, zip(*lists, strict=True), strict=True)))
        unstated = ComponentRecord._field_defaults
        cells = (columns.get(name) or repeat(unstated[name], len(rows)) for name in ComponentRecord._fields)
        return list(map(ComponentRecord._make, zip(*cells, strict=True)))

    def _fields(self, row: TableRow) -> dict[str, Any]:
        columns = self._columns([row.line], {name: (cell,) for name, cell in row.cells.items()})
        return {name: values[0] for name, values in columns.items()}

    def _columns(self, lines: Sequence[int], cells: Mapping[str, Sequence[str]]) -> Columns:
        """The columns of records, of the lines of their rows and the columns of their cells.

        Raises:
            ValueError: a row cannot be used; with the reason, if it is the only one.
        """
        stripped = {name: list(map(str.strip, column)) for name, column in cells.items()}
        self._sieve.sift(lines, stripped)
        self._several.note_alternates(lines, stripped)
        self._join(stripped)
        written = self._originals(lines, cells)
        found: Columns = {"line": lines, "raw": raw_texts(written)}
        found |= {
            name: _values(stripped[header], self._in_style(name, convert))
            for header, name, convert in self._own
        }
        if not all(map(any, zip(*[found[name] for name in self._about], strict=True))):
            self._refuse_nothing(found, written)
        has_digit = _DIGIT.search
        keys = [
            cell if cell and has_digit(cell) else _key(cell)
            for cell in found.get("key", repeat(None, len(lines)))
        ]
        described = list(zip(*[stripped[header] for header in self._found_headers], strict=True))
        named = _each_once(self._found.recoveries, described)
        self._recoveries = {line: found for line, found in zip(lines, named, strict=True) if len(found) > 1}
        recoveries = [found[0] for found in named]
        if self._mixed:
            found["marking_mixed"] = [marking is not None for marking in found["marking"]]
        if self._more:
            cells_of = [
                _values(stripped[header], _DECLARED[name].read) for name, header in self._more.items()
            ]
            found["more"] = [dict(zip(self._more, row, strict=True)) for row in zip(*cells_of, strict=True)]
        return found | {"key": keys, "recovery": recoveries} | self._dates(stripped, len(lines))

    def _refuse_nothing(self, found: Columns, written: Mapping[str, Sequence[str]]) -> None:
        """Refuses rows that say nothing about a component.

        One whose cells about it hold something, if no value (#N/A), is a component of which nothing is known:
        somebody listed it.

        Raises:
            ValueError: a row has only empty cells about it.
        """
        names = [name for field in _ABOUT for name in self._cells.columns.get(field, ())]
        columns = [*(found[name] for name in self._about), *(written[name] for name in names)]
        for row in zip(*columns, strict=True):
            if not any(isinstance(each, MakerRecord) or (each and each.strip()) for each in row):
                raise ValueError(f"nothing about the component ({', '.join(_ABOUT)} are all empty)")

    def _join(self, cells: dict[str, list[str]]) -> None:
        """Makes the columns of a field one, under the name of the first."""
        for field, names in self._cells.columns.items():
            if len(names) > 1:
                rows = zip(*[cells[name] for name in names], strict=True)
                cells[names[0]] = [self._cells.joined(field, row) for row in rows]

    def _dates(self, cells: Mapping[str, Sequence[str]], count: int) -> Columns:
        found: Columns = {}
        if self._made or self._code:
            made, codes = (cells[name] if name else [""] * count for name in (self._made, self._code))
            style = self._styles["made"]
            read = _each_once(
                lambda pair: _made(*pair, self._today, style), list(zip(made, codes, strict=True))
            )
            found["made_earliest"] = [dates.earliest for dates, _from_code in read]
            found["made_latest"] = [dates.latest for dates, _from_code in read]
            found["made_from_code"] = [from_code for _dates, from_code in read]
        if self._published:
            style = self._styles["published"]
            published = _each_once(
                lambda cell: span("published", cell or None, style), cells[self._published]
            )
            found["published_earliest"] = [dates.earliest for dates in published]
            found["published_latest"] = [dates.latest for dates in published]
        return found

    def _in_style(self, name: str, convert: Callable[..., Any] | None) -> Callable[[str], Any] | None:
        """How a cell of this field is read in this file."""
        style = self._styles.get(name)
        if convert is None or style is None:
            return convert
        return lambda cell: convert(cell, style)


def _key(cell: str | None) -> str:
    """The source's own key in a cell; a word for the unknown is none."""
    return "" if cell is None or says_no_number(cell) else cell


def _values(cells: Sequence[str], convert: Callable[[str], Any] | None) -> list[Any]:
    """The values of one of a component's own fields; None where the cells are empty."""
    if convert is None:
        return [cell or None for cell in cells]
    if convert in (known, sure):
        # What is doubted has been sifted out.
        return texts(cells)
    return _each_once(lambda cell: convert(cell) if cell else None, cells)


def _each_once(convert: Callable[[Cell], Value], cells: Sequence[Cell]) -> list[Value]:
    """What the cells convert to; equal ones are converted once and share the result."""
    found = {cell: convert(cell) for cell in set(cells)}
    return [found[cell] for cell in cells]


@cache
def _check(field: str) -> TypeAdapter[Any]:
    """What a field of a record may hold."""
    return TypeAdapter(get_type_hints(ComponentRecord, include_extras=True)[field])


def _span(field: str, style: Style, cell: str) -> DateSpan:
    return span(field, cell, style)


def _checked(name: str, convert: Callable[[str], Any], cell: str) -> None:
    """Refuses a cell that does not convert to what the record's field may hold.

    Raises:
        ValueError: with the reason.
    """
    value = convert(cell)
    try:
        _check(name).validate_python(value)
    except ValidationError:
        raise ValueError(f"{cell!r} is not a possible value") from None


@once_a_cell
def _made(made: str, date_code: str, today: date, style: Style) -> tuple[DateSpan, bool]:
    if made and not says_unknown(made):
        return span("made", made, style), False
    read = read_date_code(date_code, today=today)
    return (read, True) if read else (DateSpan(), False)


@once_a_cell
def _maker(cell: str) -> MakerRecord:
    reading = read_maker(cell)
    return MakerRecord(as_written=cell, brand=reading.brand, parentheses=tuple(reading.parentheses))


def _retrieved(cell: str, style: Style) -> date | None:
    return span("retrieved", cell, style).latest


_OWN: dict[str, tuple[str, Callable[..., Any] | None]] = {
    **{name: (name, None) for name in ("key", "marking")},
    MIXED: ("marking", known),
    **{name: (name, known) for name in ("unit", "designator", "address", "description")},
    "maker": ("maker", _maker),
    "maker_country": ("country_stated", country),
    "mpn": ("mpn", sure),
    **{name: (name, known) for name in ("date_code", "lot")},
    "pieces": ("pieces", pieces),
    "category": ("category", partial(word, ComponentCategory, "category")),
    "hs6": ("hs6", hs6),
    "condition": ("condition", known),
    "authenticity": ("authenticity", partial(word, Authenticity, "authenticity")),
    "credibility": ("credibility", credibility),
    "retrieved": ("retrieved", _retrieved),
    "note": ("note", None),
}
"""Fields of a component's own: the record's name for each, and how its cell is read (None: as it is)."""

_DECLARED = {
    field.name: field
    for field in COMPONENT_FIELDS
    if field.column and field.headers and field.name not in ComponentRecord._fields
}
"""Declared fields that a list may have, see `provenance.fields.components`."""
