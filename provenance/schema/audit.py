"""Who wrote what when: installations, audit chains, imports."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from provenance.core.vocabulary import ImportStatus
from provenance.schema.base import UID, Mapped, TableModel, UtcDateTime, one_of


class Installation(TableModel, table=True):
    """This database's own identity, and which seed it contains; one row, or none before `init`."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    created_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    seed_digest: Mapped[str | None] = Field(default=None)
    sample_digest: Mapped[str | None] = Field(default=None)


class AuditEntry(TableModel, table=True):
    """One link of an installation's chain: what was done to which record, before and after.

    ``hash`` is the SHA-256 over the entry's fields and ``previous_hash``.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("installation_uid", "sequence"),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    installation_uid: Mapped[str] = Field(sa_type=UID)
    sequence: Mapped[int]
    actor: Mapped[str]
    at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    action: Mapped[str]
    record_table: Mapped[str]
    record_uid: Mapped[str] = Field(sa_type=UID, index=True)
    before: Mapped[str | None] = Field(default=None)
    after: Mapped[str | None] = Field(default=None)
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ImportRun(TableModel, table=True):
    """One import of one file: what was read, and what became of each row."""

    __tablename__ = "import_run"
    __table_args__ = (one_of("status", ImportStatus),)

    id: Mapped[int] = Field(default=None, primary_key=True)
    uid: Mapped[str] = Field(sa_type=UID, unique=True)
    format: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str]
    source_id: Mapped[int] = Field(foreign_key="source.id", index=True)
    actor: Mapped[str]
    program_version: Mapped[str]
    started_at: Mapped[datetime] = Field(sa_type=UtcDateTime)
    finished_at: Mapped[datetime | None] = Field(default=None, sa_type=UtcDateTime)
    status: Mapped[str]
    rows_read: Mapped[int] = Field(default=0)
    rows_new: Mapped[int] = Field(default=0)
    rows_known: Mapped[int] = Field(default=0)
    rows_changed: Mapped[int] = Field(default=0)
    rows_repeated: Mapped[int] = Field(default=0)
    rows_rejected: Mapped[int] = Field(default=0)
