"""Who wrote what when: installations, audit chains, imports."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from provenance.models.base import UID, UtcDateTime, one_of
from provenance.vocab import ImportStatus


class Installation(SQLModel, table=True):
    """This database's own identity, and which seed it holds; there is one, or none before `init`."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seed_digest: str | None = None
    sample_digest: str | None = None


class AuditEntry(SQLModel, table=True):
    """One link of an installation's chain: what was done to which record, before and after.

    ``hash`` is the SHA-256 over the entry's fields and ``previous_hash``.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("installation_uid", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    installation_uid: str = Field(sa_type=UID)
    sequence: int
    actor: str
    at: datetime = Field(sa_type=UtcDateTime)
    action: str
    record_table: str
    record_uid: str = Field(sa_type=UID, index=True)
    before: str | None = None
    after: str | None = None
    previous_hash: str
    hash: str


class ImportRun(SQLModel, table=True):
    """One import of one file: what was read, and what became of each row."""

    __tablename__ = "import_run"
    __table_args__ = (one_of("status", ImportStatus),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(sa_type=UID, unique=True)
    format: str
    file_name: str
    file_sha256: str
    source_id: int = Field(foreign_key="source.id", index=True)
    actor: str
    program_version: str
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: str
    rows_read: int = 0
    rows_new: int = 0
    rows_known: int = 0
    rows_changed: int = 0
    rows_repeated: int = 0
    rows_rejected: int = 0
