"""Published lists made of records, imported the way every list is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Engine

from provenance.core.clock import system_clock
from provenance.core.vocabulary import (
    Authenticity,
    ComponentCategory,
    Extent,
    RecoveryDateKind,
    RecoveryKind,
    WeaponKind,
)
from provenance.importing.run import ImportRequest, run_import
from provenance.importing.summary import ImportSummary
from provenance.schema.session import Database
from provenance.sources.formats import ReadOptions
from provenance.sources.records import (
    ComponentRecord,
    DatedFact,
    MakerRecord,
    RecoveryRecord,
    Rejected,
    SourceRecord,
)
from tests.support.days import TODAY

DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))


def dated(kind: str, day: date) -> DatedFact:
    """Something that happened on a day."""
    return DatedFact(kind=RecoveryDateKind(kind), earliest=day, latest=day, as_written=day.isoformat())


def recovery(key: str = "wreck", **values: Any) -> RecoveryRecord:
    """A recovery as a source publishes it: one specimen, of a weapon where ``designation`` names one."""
    designation = values.get("designation")
    names = {"weapon_names": (designation,)} if designation else {}
    return RecoveryRecord(**{"key": key, "label": key, "extent": Extent.SPECIMEN} | names | values)


def component(key: str = "1", maker: str | None = None, **values: Any) -> ComponentRecord:
    """A component as a source publishes it; its raw text tells everything that was said."""
    values.setdefault("recovery", recovery())
    brand = MakerRecord(as_written=maker, brand=maker) if maker else None
    said = {"key": key, "maker": brand} | values
    raw = json.dumps({name: str(value) for name, value in said.items()}, ensure_ascii=False)
    return ComponentRecord(line=2, raw=raw, **said)


class Listed:
    """A list that is in memory already, as a format."""

    name = "listed"
    title = "a list made for a test"

    def __init__(self, records: Sequence[ComponentRecord | Rejected], publisher: str = "Test bench") -> None:
        self._records = records
        self.source = SourceRecord(
            key=publisher.casefold(), publisher=publisher, title="List", origin_group=publisher.casefold()
        )

    def read(self, file: Path, options: ReadOptions) -> Iterator[ComponentRecord | Rejected]:
        """The records as they are."""
        yield from self._records


def take_in(engine: Engine, *records: ComponentRecord, publisher: str = "Test bench") -> ImportSummary:
    """Imports some records; those that contradict others of their key are left out."""
    request = ImportRequest(Listed(records, publisher), Path(__file__), ReadOptions(TODAY), keep_good=True)
    return run_import(Database(engine, "tester", system_clock), request)


MAKERS = st.sampled_from([None, "Acorn", "ACORN Ltd", "Beech", "Дуб"])

RECOVERIES = st.builds(
    recovery,
    st.sampled_from(["wreck 1", "wreck 2", "wreck 3", "wreck 4"]),
    kind=st.sampled_from(RecoveryKind),
    extent=st.sampled_from(Extent),
    designation=st.sampled_from([None, "Kh-1", "Geran-9"]),
    weapon_kind=st.sampled_from([None, *WeaponKind]),
    dates=st.lists(
        st.builds(dated, st.sampled_from([kind.value for kind in RecoveryDateKind]), DAYS), max_size=3
    ).map(tuple),
)

COMPONENTS = st.builds(
    component,
    st.integers(1, 12).map(str),
    MAKERS,
    recovery=RECOVERIES,
    country_stated=st.sampled_from([None, "US", "CN"]),
    mpn=st.sampled_from([None, "AB123", "CD-456"]),
    category=st.sampled_from([None, *ComponentCategory]),
    hs6=st.sampled_from([None, "854231", "010001"]),
    made_earliest=st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2018, 1, 1))),
    made_latest=st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2025, 1, 1))),
    pieces=st.one_of(st.none(), st.integers(1, 9)),
    authenticity=st.sampled_from([None, *Authenticity]),
    credibility=st.one_of(st.none(), st.integers(1, 6)),
    published_latest=st.one_of(st.none(), DAYS),
    retrieved=st.one_of(st.none(), DAYS),
)
"""Any component of a short list; lists that are drawn apart meet in the same recoveries and keys."""
