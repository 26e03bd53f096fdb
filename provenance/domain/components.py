"""Published components to component rows, with the statements that hang on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any

from sqlalchemy import select

from provenance.core.identity import natural_uid, natural_uids
from provenance.core.vocabulary import StatementStatus
from provenance.domain.batches import Columns, NewRows
from provenance.domain.organizations import FirmResolver, ResolvedMaker
from provenance.domain.recoveries import RecoveryLoader
from provenance.schema.organizations import Organization
from provenance.schema.reference import Part
from provenance.schema.session import Session
from provenance.sources.records import ComponentRecord, TransferRecord
from provenance.text.folding import fold, fold_each, fold_marking, search_text

_PARTS_KEPT = 200_000

_STATED = (
    "description", "marking", "marking_mixed", "marking_state", "date_code", "lot", "made_earliest",
    "made_latest", "pieces", "category", "hs6", "condition", "authenticity", "note",
)  # fmt: skip
"""Columns of a component that are a record's own."""

_CITED = ("address", "published_earliest", "published_latest", "retrieved", "credibility")
"""Columns of a citation that are a record's own."""

Said = tuple[int, ComponentRecord, ResolvedMaker, int]
"""A component's number, what a record says of it, its maker, and the number of the record's citation."""


class PartBook:
    """Part numbers as makers sell them, found or made; looked up by number, for there may be millions."""

    def __init__(self, session: Session, rows: NewRows, source_id: int) -> None:
        self._session = session
        self._rows = rows
        self._source_id = source_id
        self._makers: dict[int, str] = {}
        self._keys: dict[str, str] = {}
        self._known: dict[tuple[str, int | None], int] = {}

    def prepare(self, mpns: Iterable[str]) -> None:
        """Looks up the parts of a batch's numbers, some thousands at most.

        What was collected before is written already.
        """
        if len(self._known) > _PARTS_KEPT:
            self._known.clear()
            self._keys.clear()
        self._look_up({mpn for mpn in mpns if mpn not in self._keys})

    def _look_up(self, mpns: set[str]) -> None:
        keys = {mpn: fold_marking(mpn) for mpn in mpns}
        stored = (
            select(Part.mpn_key, Part.organization_id, Part.id)
            .where(Part.mpn_key.in_(set(keys.values())))
            .order_by(Part.id.desc())
        )
        # The oldest comes last and stands: without a maker a number may be there twice.
        found = {(row[0], row[1]): row[2] for row in self._session.execute(stored)} if keys else {}
        # A number that was made and is not written yet is known by another spelling.
        self._known = found | self._known
        self._keys |= keys

    def part(self, mpn: str, organization_id: int | None) -> int:
        """The row number of a maker's part number."""
        mpn_key = self._keys.get(mpn)
        if mpn_key is None:
            self._look_up({mpn})
            mpn_key = self._keys[mpn]
        key = mpn_key, organization_id
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(mpn, *key)
        return known

    def _make(self, mpn: str, mpn_key: str, organization_id: int | None) -> int:
        return self._rows.add(
            "part",
            uid=natural_uid("part", mpn_key, self._maker_uid(organization_id)),
            organization_id=organization_id,
            mpn=mpn,
            mpn_key=mpn_key,
            folded=fold(mpn),
            source_id=self._source_id,
        )

    def _maker_uid(self, organization_id: int | None) -> str:
        # Row numbers differ between installations; a part's identity may not.
        if organization_id is None:
            return ""
        if organization_id not in self._makers:
            found = select(Organization.uid).where(Organization.id == organization_id)
            self._makers[organization_id] = self._session.execute(found).scalar_one()
        return self._makers[organization_id]


class ComponentLoader:
    """Makes the rows of one source's components."""

    def __init__(
        self,
        rows: NewRows,
        firms: FirmResolver,
        recoveries: RecoveryLoader,
        parts: PartBook,
        source: tuple[int, str],
        run_id: int,
    ) -> None:
        self._rows = rows
        self._firms = firms
        self._recoveries = recoveries
        self._parts = parts
        self.source_id, self._source_key = source
        self._run_id = run_id

    def values(self, record: ComponentRecord) -> dict[str, Any]:
        """The component's own columns, as this record states them."""
        return {name: cells[0] for name, cells in self._columns(stated_columns([record])).items()}

    def _columns(self, stated: Columns) -> Columns:
        recoveries = self._recoveries.numbers(stated["recovery"])
        return {
            "recovery_id": recoveries,
            "unit_id": self._recoveries.units(recoveries, stated["recovery"], stated["unit"]),
            **{name: stated[name] for name in _STATED},
            "search_key": component_search_keys(stated["marking"], stated["description"], stated["mpn"]),
            "made_basis": [
                _made_basis(*made)
                for made in zip(
                    stated["made_earliest"], stated["made_latest"], stated["made_from_code"], strict=True
                )
            ],
            "category_basis": [category and "published" for category in stated["category"]],
            "authenticity_basis": [authenticity and "published" for authenticity in stated["authenticity"]],
        }

    def resolved_maker(self, record: ComponentRecord) -> ResolvedMaker:
        """Whose brand the record says is on the component."""
        return self._firms.maker(record.maker) if record.maker else ResolvedMaker(None)

    def prepare(self, records: Sequence[ComponentRecord]) -> None:
        """Looks up what the records of a batch refer to; what was collected before is written already."""
        self._recoveries.prepare(
            (record.recovery for record in records),
            units=any(record.unit is not None for record in records),
        )
        self._parts.prepare(record.mpn for record in records if record.mpn is not None)

    def add(self, records: Sequence[ComponentRecord], makers: Sequence[ResolvedMaker]) -> range:
        """Collects new components with their citations and what is said about them; says their numbers."""
        stated = stated_columns(records)
        uids = natural_uids("component", self._source_key, stated["key"])
        components = self._rows.add_many("component", len(records), {"uid": uids, **self._columns(stated)})
        citations = self._cite(stated, stated["key"], components=components)
        said = list(zip(components, records, makers, citations, strict=True))
        self.attribute(said)
        self.identify(said)
        for component_id, record, _maker, _citation in said:
            if record.transfer is not None:
                self.add_transfer(component_id, record, record.transfer)
        return components

    def attribute(self, said: Sequence[Said], version: int = 0, superseded_by: int | None = None) -> range:
        """Collects the published makers, or the source's word that there is none; none where it is silent."""
        said = [each for each in said if each[1].maker or each[1].country_stated]
        key = self._source_key
        columns: Columns = {
            "uid": natural_uids("maker_attribution", key, (each[1].key for each in said), str(version)),
            "component_id": [each[0] for each in said],
            "organization_id": [each[2].organization_id for each in said],
            "as_written": [record.maker.as_written if record.maker else "" for _id, record, *_rest in said],
            "country_stated": [each[1].country_stated for each in said],
            "status": [str(StatementStatus.PUBLISHED)] * len(said),
            "basis": ["published maker"] * len(said),
            "citation_id": [each[3] for each in said],
            "superseded_by": [superseded_by] * len(said),
        }
        return self._rows.add_many("maker_attribution", len(said), columns)

    def identify(self, said: Sequence[Said], version: int = 0, superseded_by: int | None = None) -> range:
        """Collects the published part numbers, where there are any."""
        numbered = [(each, mpn) for each in said if (mpn := each[1].mpn) is not None]
        key, part = self._source_key, self._parts.part
        columns: Columns = {
            "uid": natural_uids(
                "identification", key, (each[1].key for each, _mpn in numbered), str(version)
            ),
            "component_id": [each[0] for each, _mpn in numbered],
            "part_id": [part(mpn, each[2].organization_id) for each, mpn in numbered],
            "as_written": [mpn for _each, mpn in numbered],
            "status": [str(StatementStatus.PUBLISHED)] * len(numbered),
            "method": ["published part number"] * len(numbered),
            "citation_id": [each[3] for each, _mpn in numbered],
            "superseded_by": [superseded_by] * len(numbered),
        }
        return self._rows.add_many("identification", len(numbered), columns)

    def transfer_key(self, record: ComponentRecord, transfer: TransferRecord) -> str:
        """The record key of a transfer named beside a component: other parties make another transfer."""
        named = "\x1f".join(f"{party.side}:{party.role}:{party.as_written}" for party in transfer.parties)
        return f"{record.key}/transfer/{hashlib.sha256(named.encode()).hexdigest()[:12]}"

    def add_transfer(self, component_id: int, record: ComponentRecord, transfer: TransferRecord) -> None:
        """Collects a transfer that the source names beside a component."""
        key = self.transfer_key(record, transfer)
        transfer_id = self._rows.add(
            "transfer",
            uid=natural_uid("transfer", self._source_key, key),
            component_id=component_id,
            evidence_class=transfer.evidence_class,
        )
        for party in dict.fromkeys(transfer.parties):
            self._rows.add(
                "transfer_party",
                transfer_id=transfer_id,
                organization_id=self._firms.organization(party.as_written),
                side=party.side,
                role=party.role,
                as_written=party.as_written,
                confidential=False,
            )
        self._cite(stated_columns([record]), [key], transfers=[transfer_id])

    def _cite(
        self,
        stated: Columns,
        keys: Sequence[str],
        *,
        components: Sequence[int | None] | None = None,
        transfers: Sequence[int | None] | None = None,
    ) -> range:
        nothing = [None] * len(keys)
        columns: Columns = {
            "source_id": [self.source_id] * len(keys),
            "record_key": keys,
            "component_id": components or nothing,
            "transfer_id": transfers or nothing,
            **{name: stated[name] for name in _CITED},
            "raw_text": stated["raw"],
            "import_run_id": [self._run_id] * len(keys),
        }
        return self._rows.add_many("citation", len(keys), columns)


def stated_columns(records: Sequence[ComponentRecord]) -> Columns:
    """What the records say, field by field."""
    cells = zip(*records, strict=True) if records else repeat(())
    return dict(zip(ComponentRecord._fields, cells, strict=False))


def component_search_keys(*columns: Sequence[str | None]) -> list[str | None]:
    """`component_search_key` of many components, of each text of which a column is given."""
    said = set(chain.from_iterable(columns))
    plain = [text for text in said if text and text.isascii()]
    readings = {text: _readings(text) for text in said if text and not text.isascii()}
    readings |= {text: (folded,) for text, folded in zip(plain, fold_each(plain), strict=True)}
    return [
        _search_key([reading for text in texts if text for reading in readings[text]])
        for texts in zip(*columns, strict=True)
    ]


def component_search_key(texts: list[str]) -> str | None:
    """What a component is found by: each text as it sounds, and as its letters look; a line each."""
    return _search_key([reading for text in texts for reading in _readings(text)])


def _search_key(readings: list[str]) -> str | None:
    return "\n".join(dict.fromkeys(readings)) or None


def _readings(text: str) -> tuple[str, ...]:
    # ASCII letters sound as they look.
    return (fold(text),) if text.isascii() else (search_text(text), fold_marking(text).lower())


def _made_basis(earliest: date | None, latest: date | None, from_code: bool) -> str | None:
    if earliest is None and latest is None:
        return None
    return "date code" if from_code else "published"
