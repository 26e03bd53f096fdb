"""The curated sample: a few hundred published components, in our own words, under the source's own keys.

A list imported later from the same source finds these records by their keys and updates them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

from provenance.core.vocabulary import ComponentCategory, Extent, RecoveryDateKind, SerialKind
from provenance.seeding.files import SeedFile, SeedRow
from provenance.sources.components.gur_components import GurComponents
from provenance.sources.formats import ReadOptions, raw_text
from provenance.sources.headers import Fields
from provenance.sources.records import (
    ComponentRecord,
    DatedFact,
    MakerRecord,
    RecoveryRecord,
    Rejected,
    SerialRecord,
    checked_component,
)
from provenance.text.date_code_field import read_date_code
from provenance.text.maker_strings import read_maker
from provenance.text.partial_dates import DateSpan

SAMPLE_FILES = ("sample_recovery.csv", "sample_component.csv")

_DATE_COLUMNS = ("used", "captured", "recovered", "produced", "examined", "unstated")


class Sample:
    """The sample as a format, so that it is imported like any list."""

    name = "sample"
    title = "the curated sample that comes with the program"
    fields: ClassVar[Fields] = {}
    source = GurComponents.source

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """Every component of the sample."""
        recoveries = {row["key"]: _recovery(row) for row in SeedFile(SAMPLE_FILES[0]).rows}
        for row in SeedFile(SAMPLE_FILES[1]).rows:
            key = row["recovery"]
            if key not in recoveries:
                raise row.complaint(f"recovery: there is none with key {key}")
            yield _component(row, recoveries[key], options.today)


def _recovery(row: SeedRow) -> RecoveryRecord:
    weapon, unit = row.get("weapon"), row.get("unit_type")
    numbers = [(kind, value) for kind in ("serial", "tail") for value in row.values(kind)]
    dates = [(kind, text) for kind in _DATE_COLUMNS if (text := row.get(kind))]
    return RecoveryRecord(
        key=row["key"],
        label=row["label"],
        extent=row.read("extent", Extent),
        designation=weapon,
        weapon_names=(weapon,) if weapon else (),
        unit_designation=unit,
        unit_names=(unit,) if unit else (),
        host_named=weapon is not None,
        variant=row.get("variant"),
        serials=tuple(SerialRecord(kind=SerialKind(kind), value=value) for kind, value in numbers),
        dates=tuple(_dated(row, kind, text) for kind, text in dates),
        place=row.get("place"),
    )


def _dated(row: SeedRow, kind: str, text: str) -> DatedFact:
    span = row.span(kind)
    return DatedFact(kind=RecoveryDateKind(kind), earliest=span.earliest, latest=span.latest, as_written=text)


def _component(row: SeedRow, recovery: RecoveryRecord, today: date) -> ComponentRecord:
    reading = read_maker(row["maker"])
    code = row.get("date_code")
    made = (read_date_code(code, today=today) if code else None) or DateSpan()
    record = ComponentRecord(
        line=row.line,
        key=row["key"],
        raw=raw_text(row.cells),
        recovery=recovery,
        address=row["address"],
        description=row.get("description"),
        marking=row.get("marking"),
        maker=MakerRecord(
            as_written=row["maker"], brand=reading.brand, parentheses=tuple(reading.parentheses)
        ),
        country_stated=row.get("maker_country"),
        mpn=row.get("mpn"),
        date_code=code,
        made_earliest=made.earliest,
        made_latest=made.latest,
        made_from_code=code is not None,
        category=row.read("category", ComponentCategory) if row.get("category") else None,
        note=None,
    )
    return checked_component(record._asdict())


def sample_file() -> Path:
    """The file whose digest represents the sample in the record of imports."""
    from provenance.seeding.files import seed_path

    return seed_path() / SAMPLE_FILES[1]
