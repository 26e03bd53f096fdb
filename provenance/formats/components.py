"""Any CSV or XLSX list of components, its headers mapped to fields (see `formats.mapping`).

A row needs something that says what it was found in (``recovery``, ``weapon`` or ``serial``) and
something about the component (``marking``, ``mpn``, ``maker`` or ``description``). Without a
``key`` column a row's identity is its own content, so that neither order nor repetition matters.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from provenance.errors import BadInput
from provenance.formats.base import ReadOptions, raw_text, rows_to_records
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
from provenance.text.countries import country_code
from provenance.text.date_code_field import read_date_code
from provenance.text.maker_strings import read_maker
from provenance.text.partial_dates import DateSpan, parse_partial_date
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

# What depends on a cell alone is worked out once: lists repeat most of their cells.
_once_a_cell = lru_cache(maxsize=65536)


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
        rows = read_rows(file, required=list(mapping))
        return rows_to_records(
            rows, len(read_header(file)), lambda row: _convert(row, mapping), ComponentRecord
        )


def _complete(mapping: Mapping[str, str]) -> bool:
    fields = set(mapping.values())
    return bool(fields & set(_FOUND_IN)) and bool(fields & set(_ABOUT))


def _convert(row: TableRow, mapping: Mapping[str, str]) -> dict[str, Any]:
    said = {name: cell for header, name in mapping.items() if (cell := row.cells[header].strip())}
    get = said.get
    if said.keys().isdisjoint(_ABOUT):
        raise ValueError(f"nothing about the component: {', '.join(_ABOUT)} are all empty")
    raw = raw_text(row.cells)
    made, made_from_code = _made(get("made"), get("date_code"))
    published = _span("published", get("published"))
    return {
        "line": row.line,
        "key": get("key") or _content_key(row.cells),
        "raw": raw,
        "recovery": _recovery(*map(get, _OF_THE_RECOVERY)),
        "unit": get("unit"),
        "address": get("address"),
        "description": get("description"),
        "marking": get("marking"),
        "maker": _maker(get("maker")),
        "country_stated": _country(get("maker_country")),
        "mpn": get("mpn"),
        "date_code": get("date_code"),
        "lot": get("lot"),
        "made_earliest": made.earliest,
        "made_latest": made.latest,
        "made_from_code": made_from_code,
        "pieces": _whole("pieces", get("pieces")),
        "category": _member(ComponentCategory, "category", get("category")),
        "hs6": get("hs6"),
        "condition": get("condition"),
        "authenticity": _member(Authenticity, "authenticity", get("authenticity")),
        "credibility": _whole("credibility", get("credibility")),
        "published_earliest": published.earliest,
        "published_latest": published.latest,
        "retrieved": _span("retrieved", get("retrieved")).latest,
        "note": get("note"),
    }


def _content_key(cells: Mapping[str, str]) -> str:
    """A key that a row has whatever the order of the columns it stands in."""
    ordered = raw_text(dict(sorted(cells.items())))
    return f"content:{hashlib.sha256(ordered.encode()).hexdigest()[:32]}"


@_once_a_cell
def _member(vocabulary: type[StrEnum], field: str, text: str | None) -> Any:
    if text is None or text.casefold() in ("unknown", "not assessed"):
        return None
    try:
        return vocabulary(text.casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        raise ValueError(f"{field} {text!r} is not one of {', '.join(vocabulary)}") from None


def _whole(field: str, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{field} {text!r} is no whole number") from None


@_once_a_cell
def _span(field: str, text: str | None) -> DateSpan:
    if text is None:
        return DateSpan()
    try:
        return parse_partial_date(text)
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from None


@_once_a_cell
def _made(made: str | None, date_code: str | None) -> tuple[DateSpan, bool]:
    if made is not None:
        return _span("made", made), False
    span = read_date_code(date_code) if date_code else None
    return (span, True) if span else (DateSpan(), False)


@_once_a_cell
def _country(text: str | None) -> str | None:
    return None if text is None else country_code(text)


@_once_a_cell
def _maker(cell: str | None) -> MakerRecord | None:
    if cell is None:
        return None
    reading = read_maker(cell)
    return MakerRecord(as_written=cell, brand=reading.brand, parentheses=tuple(reading.parentheses))


@_once_a_cell
def _recovery(*cells: str | None) -> RecoveryRecord:
    """The recovery that the cells of `_OF_THE_RECOVERY` describe."""
    get = dict(zip(_OF_THE_RECOVERY, cells, strict=True)).get
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
        kind=_member(RecoveryKind, "recovery_kind", get("recovery_kind")) or RecoveryKind.BATTLEFIELD,
        extent=_member(Extent, "extent", get("extent")) or _extent(bool(numbers), bool(recovery)),
        designation=weapon,
        weapon_names=(weapon,) if weapon else (),
        weapon_kind=_member(WeaponKind, "weapon_kind", get("weapon_kind")),
        serials=numbers,
        dates=tuple(_dated(kind, text) for kind in _DATES if (text := get(kind))),
        place=get("place"),
        country=_country(get("country")),
    )


def _dated(kind: str, text: str) -> DatedFact:
    span = _span(kind, text)
    return DatedFact(kind=RecoveryDateKind(kind), earliest=span.earliest, latest=span.latest, as_written=text)


def _extent(numbered: bool, named: bool) -> Extent:
    # A wreck's or an incident's own name may stand for several specimens; only a number singles one out.
    if numbered:
        return Extent.SPECIMEN
    return Extent.UNSTATED if named else Extent.MODEL
