"""Published components to component rows, with the statements that hang on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from provenance.identity import natural_uid
from provenance.importing.firms import FirmResolver, ResolvedMaker
from provenance.importing.recoveries import RecoveryLoader
from provenance.importing.rows import NewRows
from provenance.models.tables import table
from provenance.records import ComponentRecord, TransferRecord
from provenance.text.folding import fold, fold_marking, search_text
from provenance.vocab import StatementStatus

_PARTS_KEPT = 200_000


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
        part = table("part")
        stored = (
            select(part.c.mpn_key, part.c.organization_id, part.c.id)
            .where(part.c.mpn_key.in_(set(keys.values())))
            .order_by(part.c.id.desc())
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
            firm = table("organization")
            found = select(firm.c.uid).where(firm.c.id == organization_id)
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
        recovery_id = self._recoveries.recovery(record.recovery)
        said = [text for text in (record.marking, record.description, record.mpn) if text]
        return {
            "recovery_id": recovery_id,
            "unit_id": self._recoveries.unit(recovery_id, record.recovery.key, record.unit),
            "description": record.description,
            "marking": record.marking,
            "marking_mixed": record.marking_mixed,
            "marking_state": record.marking_state,
            "search_key": component_search_key(said),
            "date_code": record.date_code,
            "lot": record.lot,
            "made_earliest": record.made_earliest,
            "made_latest": record.made_latest,
            "made_basis": _made_basis(record),
            "pieces": record.pieces,
            "category": record.category,
            "category_basis": "published" if record.category else None,
            "hs6": record.hs6,
            "condition": record.condition,
            "authenticity": record.authenticity,
            "authenticity_basis": "published" if record.authenticity else None,
            "note": record.note,
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

    def add(self, record: ComponentRecord, maker: ResolvedMaker) -> int:
        """Collects a new component with its citation and what is said about it."""
        row = self.values(record)
        row["uid"] = natural_uid("component", self._source_key, record.key)
        component_id = self._rows.put("component", row)
        citation_id = self._cite(record, record.key, component_id=component_id)
        self.attribute(component_id, record, maker, citation_id)
        if record.mpn is not None:
            self.identify(component_id, record, maker, citation_id)
        if record.transfer is not None:
            self.add_transfer(component_id, record, record.transfer)
        return component_id

    def attribute(
        self,
        component_id: int,
        record: ComponentRecord,
        maker: ResolvedMaker,
        citation_id: int,
        version: int = 0,
        superseded_by: int | None = None,
    ) -> int | None:
        """Collects the published maker, or the source's word that there is none; None if it is silent."""
        if record.maker is None and record.country_stated is None:
            return None
        written = record.maker.as_written if record.maker else ""
        return self._rows.add(
            "maker_attribution",
            uid=natural_uid("maker_attribution", self._source_key, record.key, str(version)),
            component_id=component_id,
            organization_id=maker.organization_id,
            as_written=written,
            country_stated=record.country_stated,
            status=StatementStatus.PUBLISHED,
            basis="published maker",
            citation_id=citation_id,
            superseded_by=superseded_by,
        )

    def identify(
        self,
        component_id: int,
        record: ComponentRecord,
        maker: ResolvedMaker,
        citation_id: int,
        version: int = 0,
        superseded_by: int | None = None,
    ) -> int | None:
        """Collects the published part number, if any."""
        if record.mpn is None:
            return None
        return self._rows.add(
            "identification",
            uid=natural_uid("identification", self._source_key, record.key, str(version)),
            component_id=component_id,
            part_id=self._parts.part(record.mpn, maker.organization_id),
            as_written=record.mpn,
            status=StatementStatus.PUBLISHED,
            method="published part number",
            citation_id=citation_id,
            superseded_by=superseded_by,
        )

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
        self._cite(record, key, transfer_id=transfer_id)

    def _cite(
        self,
        record: ComponentRecord,
        key: str,
        *,
        component_id: int | None = None,
        transfer_id: int | None = None,
    ) -> int:
        return self._rows.add(
            "citation",
            source_id=self.source_id,
            record_key=key,
            recovery_id=None,
            component_id=component_id,
            transfer_id=transfer_id,
            address=record.address,
            raw_text=record.raw,
            published_earliest=record.published_earliest,
            published_latest=record.published_latest,
            retrieved=record.retrieved,
            credibility=record.credibility,
            import_run_id=self._run_id,
        )


def component_search_key(texts: list[str]) -> str | None:
    """What a component is found by: each text as it sounds, and as its letters look; a line each."""
    readings = [reading for text in texts for reading in _readings(text)]
    return "\n".join(dict.fromkeys(readings)) or None


def _readings(text: str) -> tuple[str, ...]:
    # ASCII letters sound as they look.
    return (fold(text),) if text.isascii() else (search_text(text), fold_marking(text).lower())


def _made_basis(record: ComponentRecord) -> str | None:
    if record.made_earliest is None and record.made_latest is None:
        return None
    return "date code" if record.made_from_code else "published"
