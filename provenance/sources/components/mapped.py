"""Any CSV or XLSX list of components, its headers mapped to fields (see `mapping`).

A row needs something that says what it was found in (``recovery``, ``weapon`` or ``serial``) and
something about the component (``marking``, ``mpn``, ``maker`` or ``description``). Without a
``key`` column a row's identity is its own content, so that neither order nor repetition matters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache, partial
from itertools import chain, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter

from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    Extent,
    RecoveryDateKind,
    RecoveryKind,
    SerialKind,
    WeaponKind,
)
from provenance.core.vocabulary.members import member
from provenance.fields.components import COMPONENT_FIELDS
from provenance.fields.values import place as read_place
from provenance.sources.cells import (
    content_key,
    country,
    credibility,
    hs6,
    known,
    once_a_cell,
    pieces,
    span,
)
from provenance.sources.formats import ReadOptions, batches, raw_texts, record_of
from provenance.sources.kinds import SourceKind
from provenance.sources.mapped_format import MappedFormat
from provenance.sources.records import (
    ComponentRecord,
    DatedFact,
    MakerRecord,
    RecoveryRecord,
    Rejected,
    SerialRecord,
    checked_component,
)
from provenance.sources.tables import Table, TableRow, row_of
from provenance.text.column_styles import IN_A_FILE, Style, Written
from provenance.text.date_code_field import read_date_code
from provenance.text.maker_strings import read_maker
from provenance.text.partial_dates import DateSpan
from provenance.text.unknown import says_no_number, says_unknown

_FOUND_IN = ("recovery", "weapon", "serial", "tail")
_NAMED = ("marking", "mpn", "maker")
_ABOUT = (*_NAMED, "description")
_SERIALS = ("serial", "tail")
_DATES = ("recovered", "used", "captured")
_OF_THE_RECOVERY = (
    "recovery", "weapon", "weapon_kind", "recovery_kind", "extent", "place", "country", *_SERIALS, *_DATES,
)  # fmt: skip


_STYLED = ("pieces", "made", "published", "retrieved", *_DATES)
_ROWS_AT_ONCE = 1_000

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
        {"pieces": Written.WHOLE, **dict.fromkeys((*_DATES, "made", "published", "retrieved"), Written.DATE)}
    )

    def needs(self, fields: AbstractSet[str], stated: AbstractSet[str] = frozenset()) -> list[str]:
        """What a component was found in; and its marking, part number or maker.

        A description is enough where the user says which column it is.
        """
        enough = (fields & set(_FOUND_IN), fields & set(_NAMED) or stated & {"description"})
        groups = zip(enough, (_FOUND_IN, _NAMED), strict=True)
        return [f"one of {', '.join(group)}" for found, group in groups if not found]

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """Every row that the mapping makes a component of.

        Raises:
            BadInput: the mapping names nothing that components were found in, or nothing about them.
        """
        table, mapping = self.open(file, options)
        reader = _Reader(table, mapping, options.today, self.styles(table, mapping, options))
        return chain.from_iterable(map(reader.records, batches(table.lines(), _ROWS_AT_ONCE)))


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
        headers = {field: name for name, field in mapping.items()}
        self._header = table.header
        self._own = [(headers[field], *reading) for field, reading in _OWN.items() if field in headers]
        self._about = [name for _header, name, _convert in self._own if name in _ABOUT]
        self._converted = [name for _header, name, convert in self._own if convert]
        self._more = {name: headers[name] for name in _DECLARED if name in headers}
        self._found_fields = tuple(field for field in _OF_THE_RECOVERY if field in headers)
        self._found_headers = [headers[field] for field in self._found_fields]
        self._made, self._code = headers.get("made"), headers.get("date_code")
        self._published = headers.get("published")

    def records(self, rows: Sequence[Row]) -> Iterator[ComponentRecord | Rejected]:
        """Each of at least one row as a record or a rejection, in order."""
        if len(rows) == 1:
            row = row_of(self._header, *rows[0])
            yield record_of(row, len(self._header), self._fields, checked_component)
            return
        try:
            records = self._together(rows)
        except ValueError:
            half = len(rows) // 2
            yield from self.records(rows[:half])
            yield from self.records(rows[half:])
        else:
            yield from records

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
        for name in self._converted:
            # Equal cells share one value.
            for value in {id(value): value for value in columns[name]}.values():
                _check(name).validate_python(value)
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
        written = self._originals(lines, cells)
        found: Columns = {"line": lines, "raw": raw_texts(written)}
        found |= {
            name: _values(stripped[header], self._in_style(name, convert))
            for header, name, convert in self._own
        }
        if not all(map(any, zip(*[found[name] for name in self._about], strict=True))):
            raise ValueError(f"nothing about the component ({', '.join(_ABOUT)} are all empty)")
        keys = found.get("key", [None] * len(lines))
        if not all(keys):
            rows = (dict(zip(written, row, strict=True)) for row in zip(*written.values(), strict=True))
            keys = [key or content_key(row) for key, row in zip(keys, rows, strict=True)]
        described = list(zip(*[stripped[header] for header in self._found_headers], strict=True))
        styles = tuple(self._styles[kind] for kind in _DATES)
        recoveries = _each_once(partial(_recovery, self._found_fields, styles), described)
        if self._more:
            cells_of = [
                _values(stripped[header], _DECLARED[name].read) for name, header in self._more.items()
            ]
            found["more"] = [dict(zip(self._more, row, strict=True)) for row in zip(*cells_of, strict=True)]
        return found | {"key": keys, "recovery": recoveries} | self._dates(stripped, len(lines))

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


def _values(cells: Sequence[str], convert: Callable[[str], Any] | None) -> list[Any]:
    """The values of one of a component's own fields; None where the cells are empty."""
    if convert is None:
        return [cell or None for cell in cells]
    return _each_once(lambda cell: convert(cell) if cell else None, cells)


def _each_once(convert: Callable[[Cell], Value], cells: Sequence[Cell]) -> list[Value]:
    """What the cells convert to; equal ones are converted once and share the result."""
    found = {cell: convert(cell) for cell in set(cells)}
    return [found[cell] for cell in cells]


@cache
def _check(field: str) -> TypeAdapter[Any]:
    """What a field of a record may hold."""
    return TypeAdapter(get_type_hints(ComponentRecord, include_extras=True)[field])


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
    **{name: (name, known) for name in ("unit", "address", "description")},
    "maker": ("maker", _maker),
    "maker_country": ("country_stated", country),
    **{name: (name, known) for name in ("mpn", "date_code", "lot")},
    "pieces": ("pieces", pieces),
    "category": ("category", partial(member, ComponentCategory, "category")),
    "hs6": ("hs6", hs6),
    "condition": ("condition", known),
    "authenticity": ("authenticity", partial(member, Authenticity, "authenticity")),
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


@once_a_cell
def _recovery(fields: tuple[str, ...], styles: tuple[Style, ...], cells: tuple[str, ...]) -> RecoveryRecord:
    """The recovery that the cells of some of `_OF_THE_RECOVERY` describe, its `_DATES` in these styles.

    Empty cells and words for the unknown state nothing.
    """
    get = {field: cell for field, cell in zip(fields, cells, strict=True) if _is_stated(field, cell)}.get
    recovery, weapon = get("recovery"), get("weapon")
    numbers = tuple(
        SerialRecord(kind=SerialKind(kind), value=text) for kind in _SERIALS if (text := get(kind))
    )
    name = " ".join((weapon or "", *(number.value for number in numbers))).strip()
    if not recovery and not name:
        raise ValueError(f"nothing says what it was found in ({', '.join(_FOUND_IN)} are all empty)")
    return RecoveryRecord(
        key=f"recovery:{recovery or name}",
        label=f"{weapon or ''} {recovery}".strip() if recovery else name,
        kind=member(RecoveryKind, "recovery_kind", get("recovery_kind")) or RecoveryKind.BATTLEFIELD,
        extent=member(Extent, "extent", get("extent")) or _extent(bool(numbers), bool(recovery)),
        designation=weapon,
        weapon_names=(weapon,) if weapon else (),
        weapon_kind=member(WeaponKind, "weapon_kind", get("weapon_kind")),
        serials=numbers,
        dates=tuple(
            _dated(kind, text, style)
            for kind, style in zip(_DATES, styles, strict=True)
            if (text := get(kind))
        ),
        place=_place(get("place")),
        country=country(get("country")),
    )


def _is_stated(field: str, cell: str) -> bool:
    return not (says_no_number(cell) if field in _SERIALS else says_unknown(cell))


def _place(cell: str | None) -> str | None:
    """A place as written.

    Raises:
        ValueError: it looks like a position but is not one, or lies off the globe.
    """
    if cell is not None:
        read_place(cell)
    return cell


def _dated(kind: str, text: str, style: Style) -> DatedFact:
    dates = span(kind, text, style)
    return DatedFact(
        kind=RecoveryDateKind(kind), earliest=dates.earliest, latest=dates.latest, as_written=text
    )


def _extent(numbered: bool, named: bool) -> Extent:
    # A wreck's or an incident's name may cover several specimens; only a number identifies one.
    if numbered:
        return Extent.SPECIMEN
    return Extent.UNSTATED if named else Extent.MODEL
