"""Any CSV or XLSX list of components, its headers mapped to fields (see `formats.mapping`).

A row needs something that says what it was found in (``recovery``, ``weapon`` or ``serial``) and
something about the component (``marking``, ``mpn``, ``maker`` or ``description``). Without a
``key`` column a row's identity is its own content, so that neither order nor repetition matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from provenance.errors import BadInput
from provenance.formats.base import ReadOptions, raw_writer, rows_to_records
from provenance.formats.cells import content_key, country, hs6, member, once_a_cell, span, whole_number
from provenance.formats.mapping import FIELD_HEADERS, Fields, guess_mapping
from provenance.formats.tables import TableRow, read_header, read_rows
from provenance.records import (
    ComponentRecord,
    DatedFact,
    MakerRecord,
    RecoveryRecord,
    Rejected,
    SerialRecord,
    SourceRecord,
)
from provenance.text.date_code_field import read_date_code
from provenance.text.maker_strings import read_maker
from provenance.text.partial_dates import DateSpan
from provenance.vocab import (
    Authenticity,
    ComponentCategory,
    Extent,
    RecoveryDateKind,
    RecoveryKind,
    SerialKind,
    WeaponKind,
)

_FOUND_IN = ("recovery", "weapon", "serial", "tail")
_ABOUT = ("marking", "mpn", "maker", "description")
_SERIALS = ("serial", "tail")
_DATES = ("recovered", "used", "captured")
_OF_THE_RECOVERY = (
    "recovery", "weapon", "weapon_kind", "recovery_kind", "extent", "place", "country", *_SERIALS, *_DATES,
)  # fmt: skip


class MappedComponents:
    """See the module's own words."""

    name = "components"
    title = "any CSV or XLSX list of components, headers mapped"
    source: SourceRecord | None = None
    fields: ClassVar[Fields] = FIELD_HEADERS

    def sniff(self, header: Sequence[str]) -> bool:
        """Whether enough of the headers are understood."""
        return _complete(guess_mapping(header))

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """Every row that the mapping makes a component of.

        Raises:
            BadInput: the mapping names nothing to find a component in, or nothing about it.
        """
        mapping = options.mapping or guess_mapping(read_header(file))
        if not _complete(mapping):
            raise BadInput(
                f"the columns say too little: needed is one of {', '.join(_FOUND_IN)}"
                f" and one of {', '.join(_ABOUT)}; understood were"
                f" {', '.join(f'{header} as {name}' for header, name in mapping.items()) or 'none'}",
                file=file.name,
                line=1,
                hint="Name columns with --map 'HEADER=field'.",
            )
        header = read_header(file)
        rows = read_rows(file, required=list(mapping))
        return rows_to_records(rows, len(header), _Converter(header, mapping), ComponentRecord)


def _complete(mapping: Mapping[str, str]) -> bool:
    fields = set(mapping.values())
    return bool(fields & set(_FOUND_IN)) and bool(fields & set(_ABOUT))


class _Converter:
    """What one mapping makes of the rows of one file; raises ValueError for a row that cannot be used."""

    def __init__(self, header: Sequence[str], mapping: Mapping[str, str]) -> None:
        headers = {field: name for name, field in mapping.items()}
        self._raw = raw_writer(header)
        self._own = [(headers[field], *told) for field, told in _OWN.items() if field in headers]
        self._found_fields = tuple(field for field in _OF_THE_RECOVERY if field in headers)
        self._found_headers = [headers[field] for field in self._found_fields]
        self._made, self._code = headers.get("made"), headers.get("date_code")
        self._published = headers.get("published")

    def __call__(self, row: TableRow) -> dict[str, Any]:
        cells = row.cells
        record: dict[str, Any] = {"line": row.line, "raw": self._raw(cells)}
        for header, name, convert in self._own:
            if cell := cells[header].strip():
                record[name] = cell if convert is None else convert(cell)
        if record.keys().isdisjoint(_ABOUT):
            raise ValueError(f"nothing about the component: {', '.join(_ABOUT)} are all empty")
        if "key" not in record:
            record["key"] = content_key(cells)
        found = tuple([cells[header].strip() for header in self._found_headers])
        record["recovery"] = _recovery(self._found_fields, found)
        self._add_dates(record, cells)
        return record

    def _add_dates(self, record: dict[str, Any], cells: Mapping[str, str]) -> None:
        made = cells[self._made].strip() if self._made else ""
        code = cells[self._code].strip() if self._code else ""
        if made or code:
            read, record["made_from_code"] = _made(made, code)
            record["made_earliest"], record["made_latest"] = read.earliest, read.latest
        if self._published and (cell := cells[self._published].strip()):
            read = span("published", cell)
            record["published_earliest"], record["published_latest"] = read.earliest, read.latest


@once_a_cell
def _made(made: str, date_code: str) -> tuple[DateSpan, bool]:
    if made:
        return span("made", made), False
    read = read_date_code(date_code)
    return (read, True) if read else (DateSpan(), False)


@once_a_cell
def _maker(cell: str) -> MakerRecord:
    reading = read_maker(cell)
    return MakerRecord(as_written=cell, brand=reading.brand, parentheses=tuple(reading.parentheses))


_OWN: dict[str, tuple[str, Callable[[str], Any] | None]] = {
    **{name: (name, None) for name in ("key", "unit", "address", "description", "marking")},
    "maker": ("maker", _maker),
    "maker_country": ("country_stated", country),
    **{name: (name, None) for name in ("mpn", "date_code", "lot")},
    "pieces": ("pieces", partial(whole_number, "pieces")),
    "category": ("category", partial(member, ComponentCategory, "category")),
    "hs6": ("hs6", hs6),
    "condition": ("condition", None),
    "authenticity": ("authenticity", partial(member, Authenticity, "authenticity")),
    "credibility": ("credibility", partial(whole_number, "credibility")),
    "retrieved": ("retrieved", lambda text: span("retrieved", text).latest),
    "note": ("note", None),
}
"""Fields of a component's own: the record's name for each, and how its cell is read (None: as it is)."""


@once_a_cell
def _recovery(fields: tuple[str, ...], cells: tuple[str, ...]) -> RecoveryRecord:
    """The recovery that the cells of some of `_OF_THE_RECOVERY` describe; empty ones say nothing."""
    get = {field: cell for field, cell in zip(fields, cells, strict=True) if cell}.get
    recovery, weapon = get("recovery"), get("weapon")
    numbers = tuple(
        SerialRecord(kind=SerialKind(kind), value=text) for kind in _SERIALS if (text := get(kind))
    )
    name = " ".join((weapon or "", *(number.value for number in numbers))).strip()
    if not recovery and not name:
        raise ValueError(f"nothing says what it was found in: {', '.join(_FOUND_IN)} are all empty")
    return RecoveryRecord(
        key=f"recovery:{recovery or name}",
        label=f"{weapon or ''} {recovery}".strip() if recovery else name,
        kind=member(RecoveryKind, "recovery_kind", get("recovery_kind")) or RecoveryKind.BATTLEFIELD,
        extent=member(Extent, "extent", get("extent")) or _extent(bool(numbers), bool(recovery)),
        designation=weapon,
        weapon_names=(weapon,) if weapon else (),
        weapon_kind=member(WeaponKind, "weapon_kind", get("weapon_kind")),
        serials=numbers,
        dates=tuple(_dated(kind, text) for kind in _DATES if (text := get(kind))),
        place=get("place"),
        country=country(get("country")),
    )


def _dated(kind: str, text: str) -> DatedFact:
    said = span(kind, text)
    return DatedFact(kind=RecoveryDateKind(kind), earliest=said.earliest, latest=said.latest, as_written=text)


def _extent(numbered: bool, named: bool) -> Extent:
    # A wreck's or an incident's own name may stand for several specimens; only a number singles one out.
    if numbered:
        return Extent.SPECIMEN
    return Extent.UNSTATED if named else Extent.MODEL
