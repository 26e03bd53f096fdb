"""GLEIF, who owns whom: relationship records (RR-CDF, CSV or XML), and the names behind LEIs (LEI-CDF).

A record says that one firm (the start) is consolidated in the accounts of another (the end), directly or
ultimately. Branches of one firm and relations of funds are no ownership. Shares are seldom stated. GLEIF's
guide to the files: https://www.gleif.org/en/about-lei/common-data-file-format
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.core.errors import BadInput
from provenance.sources.ownership.records import NotOwnership, Stated, StatedFirm, StatedStake, Unreadable
from provenance.sources.tables import TableOptions, open_table
from provenance.sources.watchlists.xml_records import xml_records
from provenance.text.partial_dates import DateSpan
from provenance.text.registration_numbers import Validity, read_numbers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Cells = Mapping[str, str]

_DIRECT, _ULTIMATE = "IS_DIRECTLY_CONSOLIDATED_BY", "IS_ULTIMATELY_CONSOLIDATED_BY"
_OTHER = {
    "IS_INTERNATIONAL_BRANCH_OF": "a branch, which is the firm itself",
    "IS_FUND-MANAGED_BY": "who manages a fund",
    "IS_SUBFUND_OF": "a part of a fund",
    "IS_FEEDER_TO": "a fund that feeds another",
}
_WITHDRAWN = {
    "ANNULLED": "a record that GLEIF annulled",
    "DUPLICATE": "a record that GLEIF has twice",
    "CANCELLED": "a record that GLEIF cancelled",
    "PENDING_TRANSFER": "a record that is being transferred",
}
_PERIODS = range(1, 6)
_NAMES = range(1, 6)
_REQUIRED = (
    "Relationship.StartNode.NodeID",
    "Relationship.EndNode.NodeID",
    "Relationship.RelationshipType",
    "Relationship.RelationshipStatus",
)
_EXCEPTIONS = "Exception.Category"
_LEI_COLUMNS = ("LEI", "Entity.LegalName")


def read_relationships(file: Path) -> Iterator[Stated]:
    """Every relationship record of a file, in order.

    Raises:
        BadInput: the file cannot be read, or is not one of relationship records.
    """
    records = _xml_relationships(file) if _is_xml(file) else _csv_rows(file, _REQUIRED)
    for line, cells in records:
        yield _stake(line, cells)


def read_names(file: Path) -> Iterator[StatedFirm]:
    """Every firm of a file of LEI records: LEI, names, country of its legal seat.

    The legal name comes first; each other name is a firm of its own with the same LEI.

    Raises:
        BadInput: the file cannot be read, or is not one of LEI records.
    """
    records = _xml_names(file) if _is_xml(file) else _csv_rows(file, _LEI_COLUMNS)
    for _line, cells in records:
        lei = (("LEI", cells.get("LEI", "").strip()),)
        country = cells.get("Entity.LegalAddress.Country", "").strip() or None
        others = (cells.get(f"Entity.OtherEntityNames.OtherEntityName.{place}", "") for place in _NAMES)
        for name in (cells.get("Entity.LegalName", ""), *others):
            if name.strip():
                yield StatedFirm(name.strip(), lei, country)


def _is_xml(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def _csv_rows(file: Path, required: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    table = open_table(file, TableOptions(strict=True, of_names=True))
    if _EXCEPTIONS in table.header:
        raise BadInput(
            "these are reporting exceptions: why firms name no owner",
            file=file.name,
            hint="Who owns whom is in the relationship records (rr).",
        )
    table.require(required)
    for row in table.rows():
        yield row.line, row.cells


def _stake(line: int, cells: Cells) -> Stated:
    kind = cells["Relationship.RelationshipType"].strip()
    registered = cells.get("Registration.RegistrationStatus", "").strip()
    if kind in _OTHER:
        return NotOwnership(line, _OTHER[kind])
    if kind not in (_DIRECT, _ULTIMATE):
        return NotOwnership(line, f"a relationship that is not known here: {kind or 'none is stated'}")
    if registered in _WITHDRAWN:
        return NotOwnership(line, _WITHDRAWN[registered])
    try:
        owned, owner = (
            _firm(cells[f"Relationship.{side}.NodeID"], cells.get(f"Relationship.{side}.NodeIDType", "LEI"))
            for side in ("StartNode", "EndNode")
        )
        since, until = _period(cells)
        percent = _percent(cells)
    except ValueError as error:
        return Unreadable(line, str(error))
    what = "ultimate parent" if kind == _ULTIMATE else "parent"
    standard = cells.get("Relationship.Qualifiers.1.QualifierCategory", "").strip()
    note = f"{what} in consolidated accounts{f' ({standard})' if standard else ''}"
    return StatedStake(
        line, owner, owned, percent, since=since, until=until, note=note, indirect=kind == _ULTIMATE
    )


def _firm(value: str, label: str) -> StatedFirm:
    text = value.strip()
    if (label.strip() or "LEI") != "LEI":
        raise ValueError(f"{text} is a number of another kind ({label.strip()}), not a LEI")
    numbers = read_numbers(text, "LEI").numbers
    if len(numbers) != 1 or numbers[0].validity is not Validity.VALID:
        raise ValueError(f"{text or 'an empty cell'} is not a LEI: its form or check digits are wrong")
    return StatedFirm(None, (("LEI", numbers[0].value),))


def _period(cells: Cells) -> tuple[DateSpan | None, DateSpan | None]:
    """From and until when it stood, as far as the record says.

    An accounting period only says that it stood during it. What is no longer active and has no end ended at
    some time before the record was last updated.
    """
    since = until = None
    for place in _PERIODS:
        before = f"Relationship.Period.{place}"
        kind = cells.get(f"{before}.periodType", "").strip()
        start, end = (_day(cells.get(f"{before}.{side}Date", "")) for side in ("start", "end"))
        if kind == "RELATIONSHIP_PERIOD":
            since = DateSpan(start, start) if start else since
            until = DateSpan(end, end) if end else until
        elif kind == "ACCOUNTING_PERIOD" and since is None and start is not None:
            since = DateSpan(None, start)
    if cells["Relationship.RelationshipStatus"].strip() == "INACTIVE" and until is None:
        until = DateSpan(None, _day(cells.get("Registration.LastUpdateDate", "")))
        if until.is_unknown:
            raise ValueError("the relationship is inactive, and nothing says since when")
    return since, until


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()[:10]) if text.strip() else None


def _percent(cells: Cells) -> float | None:
    amount = cells.get("Relationship.Quantifiers.1.QuantifierAmount", "").strip()
    if not amount or cells.get("Relationship.Quantifiers.1.QuantifierUnits", "").strip() != "PERCENTAGE":
        return None
    percent = float(amount)
    if not 0 <= percent <= 100:
        raise ValueError(f"a share of {amount} % cannot be")
    return percent


def _xml_relationships(file: Path) -> Iterator[tuple[int, Cells]]:
    for line, record in xml_records(file, "RelationshipData", ("RelationshipRecord",)):
        cells = {
            f"Relationship.{side}.{name}": _text(record, f"Relationship/{side}/{name}")
            for side in ("StartNode", "EndNode")
            for name in ("NodeID", "NodeIDType")
        }
        for name in ("RelationshipType", "RelationshipStatus"):
            cells[f"Relationship.{name}"] = _text(record, f"Relationship/{name}")
        for name in ("RegistrationStatus", "LastUpdateDate"):
            cells[f"Registration.{name}"] = _text(record, f"Registration/{name}")
        periods = record.findall("Relationship/RelationshipPeriods/RelationshipPeriod")
        for place, period in enumerate(periods, start=1):
            for name, tag in (
                ("startDate", "StartDate"),
                ("endDate", "EndDate"),
                ("periodType", "PeriodType"),
            ):
                cells[f"Relationship.Period.{place}.{name}"] = _text(period, tag)
        for name in ("QuantifierAmount", "QuantifierUnits"):
            cells[f"Relationship.Quantifiers.1.{name}"] = _text(
                record, f"Relationship/RelationshipQuantifiers/RelationshipQuantifier/{name}"
            )
        cells["Relationship.Qualifiers.1.QualifierCategory"] = _text(
            record, "Relationship/RelationshipQualifiers/RelationshipQualifier/QualifierCategory"
        )
        yield line, cells


def _xml_names(file: Path) -> Iterator[tuple[int, Cells]]:
    for line, record in xml_records(file, "LEIData", ("LEIRecord",)):
        cells = {
            "LEI": _text(record, "LEI"),
            "Entity.LegalName": _text(record, "Entity/LegalName"),
            "Entity.LegalAddress.Country": _text(record, "Entity/LegalAddress/Country"),
        }
        for place, other in enumerate(record.findall("Entity/OtherEntityNames/OtherEntityName"), start=1):
            cells[f"Entity.OtherEntityNames.OtherEntityName.{place}"] = (other.text or "").strip()
        yield line, cells


def _text(element: Element, path: str) -> str:
    return (element.findtext(path) or "").strip()
