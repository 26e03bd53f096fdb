"""Creates or upgrades a database and loads its reference data; safe to repeat and to run twice at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from provenance.core.identity import new_uid
from provenance.domain.audit import add_entry
from provenance.domain.sameness import same_named_strangers
from provenance.importing.run import ImportRequest, run_import
from provenance.importing.summary import ImportSummary
from provenance.importing.transfers import run_transfer_import
from provenance.queries.facts.upkeep import pack_changes
from provenance.schema import migrations as schema
from provenance.schema.audit import Installation
from provenance.schema.row_values import update_rows
from provenance.schema.rows import insert_row
from provenance.schema.session import Database, Session, hold
from provenance.schema.sources import SameAs
from provenance.seeding.adoption import adopt_recoveries
from provenance.seeding.doubtful_firms import release_doubtful_firms
from provenance.seeding.files import seed_digest
from provenance.seeding.load import REFERENCE_FILES, load_reference
from provenance.seeding.sample import SAMPLE_FILES, Sample, sample_file
from provenance.seeding.sample_transfers import (
    SAMPLE_TRANSFERS,
    SampleTransfers,
    sample_sources,
    sample_transfers_file,
)
from provenance.sources.formats import ReadOptions

_SEED_ACTOR = "provenance seed"


@dataclass(frozen=True, slots=True)
class Initialised:
    """What `initialise` did; ``reference_rows`` is None where the reference data was already loaded.

    ``revision_before`` is None where the database is new.
    """

    revision_before: str | None
    revision: str
    reference_rows: int | None
    sample: ImportSummary | None


def initialise(database: Database, *, sample: bool = False) -> Initialised:
    """Upgrades the schema and the reference data to this program's, and loads the sample on request.

    Raises:
        NoDatabase: the database is newer than the program.
    """
    upgraded = schema.upgrade(database.engine)
    with database.writing() as session:
        hold(session, "reference data", "")
        installation = _installation(session)
        reference_rows = _load_reference(session, installation, database.actor)
    summary = _load_sample(database) if sample else None
    with database.writing() as session:
        pack_changes(session)
    return Initialised(upgraded.before, schema.newest_file_revision(), reference_rows, summary)


def _installation(session: Session) -> Any:
    found = session.execute(select(Installation)).first()
    if found is None:
        insert_row(session, Installation(id=1, uid=new_uid(), created_at=session.moment))
        found = session.execute(select(Installation)).one()
    return found


def _load_reference(session: Session, installation: Any, actor: str) -> int | None:
    digest = seed_digest([*REFERENCE_FILES, "ambiguous_name.csv", "legal_form.csv"])
    if installation.seed_digest == digest:
        return None
    rows = load_reference(session)
    for left, right in same_named_strangers(session):
        _say_same(session, left, right)
    adopt_recoveries(session, actor)
    release_doubtful_firms(session, actor)
    update_rows(session, Installation, {Installation.seed_digest: digest})
    add_entry(
        session,
        actor=actor,
        action="load reference data",
        table=Installation,
        uid=installation.uid,
        before={"digest": installation.seed_digest},
        after={"digest": digest, "rows": rows},
    )
    return rows


def _say_same(session: Session, left: int, right: int) -> None:
    insert_row(
        session,
        SameAs(
            uid=new_uid(),
            left_organization_id=left,
            right_organization_id=right,
            verdict="same",
            actor=_SEED_ACTOR,
            decided_at=session.moment,
            reason="an import met this name before the reference data knew it",
        ),
    )


def _load_sample(database: Database) -> ImportSummary:
    digest = seed_digest([*SAMPLE_FILES, SAMPLE_TRANSFERS])
    summary = ImportSummary(SAMPLE_FILES[1], Sample.name)
    with database.writing() as session:
        if session.execute(select(Installation.sample_digest)).scalar_one() == digest:
            return summary
        options = ReadOptions(session.today)
    summary = run_import(database, ImportRequest(Sample(), sample_file(), options))
    for key in sample_sources():
        shipments = ImportRequest(SampleTransfers(key), sample_transfers_file(), options)
        run_transfer_import(database, shipments)
    with database.writing() as session:
        update_rows(session, Installation, {Installation.sample_digest: digest})
    return summary
