"""Rows that a source has changed: the citation is renewed, the old text kept, statements superseded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from provenance.audit.chain import add_entry
from provenance.importing.components import ComponentLoader
from provenance.importing.rows import NewRows
from provenance.models.tables import table
from provenance.records import ComponentRecord


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What the database holds of a source's record."""

    citation_id: int
    component_id: int
    raw_text: str


def known_records(session: Session, source_id: int, keys: list[str]) -> dict[str, KnownRecord]:
    """Those of a source's records that are in already; at most some thousands of keys at a time."""
    citation = table("citation")
    rows = session.execute(
        select(citation.c.record_key, citation.c.id, citation.c.component_id, citation.c.raw_text).where(
            citation.c.source_id == source_id,
            citation.c.record_key.in_(keys),
            citation.c.component_id.is_not(None),
        )
    )
    return {row.record_key: KnownRecord(row.id, row.component_id, row.raw_text) for row in rows}


def has_records(session: Session, source_id: int) -> bool:
    """Whether any component of a source is in already."""
    citation = table("citation")
    mine = citation.c.source_id == source_id, citation.c.component_id.is_not(None)
    return session.execute(select(citation.c.id).where(*mine).limit(1)).first() is not None


class ChangeLoader:
    """Carries one source's changed records over, in one transaction with their audit entries."""

    def __init__(
        self, session: Session, rows: NewRows, loader: ComponentLoader, actor: str, run_id: int
    ) -> None:
        self._session = session
        self._rows = rows
        self._loader = loader
        self._actor = actor
        self._run_id = run_id

    def apply(self, record: ComponentRecord, known: KnownRecord) -> None:
        """Brings a component up to what its record says now."""
        self._renew_citation(record, known)
        component = table("component")
        before = self._session.execute(select(component).where(component.c.id == known.component_id)).one()
        values = self._loader.values(record)
        # What the change refers to (a new recovery, a new unit) must be there before the reference.
        self._rows.write()
        self._session.execute(update(component).where(component.c.id == known.component_id).values(values))
        self._supersede(record, known)
        self._renew_transfer(record, known)
        changed = {name: value for name, value in values.items() if getattr(before, name) != value}
        add_entry(
            self._session,
            actor=self._actor,
            action="source changed",
            table="component",
            uid=before.uid,
            before={"raw": known.raw_text, **{name: getattr(before, name) for name in changed}},
            after={"raw": record.raw, **changed},
        )

    def _renew_citation(self, record: ComponentRecord, known: KnownRecord) -> None:
        citation = table("citation")
        old = self._session.execute(
            select(citation.c.retrieved).where(citation.c.id == known.citation_id)
        ).one()
        self._session.execute(
            insert(table("citation_version")).values(
                citation_id=known.citation_id,
                raw_text=known.raw_text,
                retrieved=old.retrieved,
                replaced_at=datetime.now(UTC),
                import_run_id=self._run_id,
            )
        )
        self._session.execute(
            update(citation)
            .where(citation.c.id == known.citation_id)
            .values(
                raw_text=record.raw,
                address=record.address,
                published_earliest=record.published_earliest,
                published_latest=record.published_latest,
                retrieved=record.retrieved,
                credibility=record.credibility,
                import_run_id=self._run_id,
            )
        )

    def _supersede(self, record: ComponentRecord, known: KnownRecord) -> None:
        maker = self._loader.resolved_maker(record)
        version = self._version(known)
        old = self._standing("maker_attribution", known)
        said = (record.maker.as_written if record.maker else "", record.country_stated)
        if old is None or (old.as_written, old.country_stated) != said:
            new = self._loader.attribute(known.component_id, record, maker, known.citation_id, version)
            self._replace("maker_attribution", old, new)
        old = self._standing("identification", known)
        if (old.as_written if old else None) != record.mpn:
            new = self._loader.identify(known.component_id, record, maker, known.citation_id, version)
            self._replace("identification", old, new)

    def _version(self, known: KnownRecord) -> int:
        """How often the record has changed: a statement that comes back is another statement."""
        version = table("citation_version")
        count: int = self._session.execute(
            select(func.count()).select_from(version).where(version.c.citation_id == known.citation_id)
        ).scalar_one()
        return count

    def _standing(self, name: str, known: KnownRecord) -> Any:
        statement = table(name)
        return self._session.execute(
            select(statement).where(
                statement.c.citation_id == known.citation_id, statement.c.superseded_by.is_(None)
            )
        ).first()

    def _replace(self, name: str, old: Any, new: int | None) -> None:
        self._rows.write()
        if old is not None:
            statement = table(name)
            # A statement that the source took back without another is superseded by itself.
            self._session.execute(
                update(statement).where(statement.c.id == old.id).values(superseded_by=new or old.id)
            )

    def _renew_transfer(self, record: ComponentRecord, known: KnownRecord) -> None:
        transfer, citation = table("transfer"), table("citation")
        rows = self._session.execute(
            select(transfer.c.id, transfer.c.withdrawn_at, citation.c.record_key)
            .join(citation, citation.c.transfer_id == transfer.c.id)
            .where(
                transfer.c.component_id == known.component_id,
                citation.c.source_id == self._loader.source_id,
                citation.c.record_key.startswith(f"{record.key}/transfer/", autoescape=True),
            )
        ).all()
        key = self._loader.transfer_key(record, record.transfer) if record.transfer else None
        for row in rows:
            stands = row.record_key == key
            if stands == (row.withdrawn_at is not None):
                self._session.execute(
                    update(transfer)
                    .where(transfer.c.id == row.id)
                    .values(withdrawn_at=None if stands else datetime.now(UTC))
                )
        if record.transfer is not None and key not in {row.record_key for row in rows}:
            self._loader.add_transfer(known.component_id, record, record.transfer)
